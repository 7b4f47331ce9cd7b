/* Search: finds every case whose text contains each term, and no other. Classic script, ES2019; it loads `search/*.js`
   (written by casepress/search/index.py) by script tags, so that it works from a server, a sub-folder and a disk alike.

   casepress.search(text, {filters, sort, offset, limit, facets}) -> Promise of
     {total, terms, meant: {theme: [{word, values}]}, facets: {theme: [{value, label, count, selected, depth, parent}]},
      hits: [{id, title, url, excerpt, marked, values}]}
     text     terms between spaces; "in quotes" a term keeps its spaces. Every term must be there. Empty finds all
     filters  {theme: ["课后服务"], region: ["370000"]}: or within a field, and between fields. A value is written
              by its key or any of its names: 课后服务, an alias, 内蒙古, 武进, 江苏常州; a place means all below it
     sort     "relevance" (as is without it), "reading", "title", or a facet's name; with "-" before it, backwards
     offset, limit   which of them to return: 0 and 10 if not given; limit 0 counts only, Infinity returns all
     facets   true: those that are not large; a list of names: those; false: none. Each counts under the text and the
              other fields' filters
     excerpt, marked (the title)   safe HTML: everything is escaped, terms are in <mark>. From the 51st hit on the
              excerpt and the values are empty
     meant    for each field of the filters its words as given, and the keys of the values that each of them means
   casepress.suggest(text, limit) -> Promise of [{field, label, text, marked, url}]: titles (with the case's url) and
     values that contain every term; where none does, words whose pinyin or initials the text is, with no field. An empty
     text suggests nothing, and has the lists fetched that suggestions are cut from
   casepress.offers(text, filters) -> Promise of [{words, q, total}]: what to ask instead of a text that finds nothing: near
     words, and the words that it is made of; never part of an exact answer
   casepress.terms(text) -> the folded terms; casepress.fold(text)
   casepress.ranges(string, text) -> [[start, end]]: where the terms of a query stand in any string
   casepress.mark(string, text) -> the string as safe HTML with its terms in <mark>
   casepress.about() -> Promise of {cases, fields: [{name, label, facet, kind, large}]}
   A promise is rejected with an Error whose message can be shown to people. */

function about() {
  return withBase(function (base) { return { cases: base.cases, fields: base.fields.map(function (f) { return Object.assign({}, f); }) }; });
}

window.casepress = Object.assign(window.casepress || {}, {
  search: search,
  suggest: suggest,
  offers: offers,
  about: about,
  fold: fold,
  terms: terms,
  ranges: function (string, text) { return rangesOf(String(string), terms(text)); },
  mark: function (string, text) {
    string = String(string);
    return html(string, rangesOf(string, terms(text)), 0, string.length);
  },
  take: take
});
