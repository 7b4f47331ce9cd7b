/* Suggestions while typing: titles and values that contain every term; where none does, words by their pinyin. They are cut
   out of two lists, of all titles and all values, so that after the first letter nothing has to be fetched. */

const FENCE = "\ue000"; // for private use: hardly any text has it, and folding leaves it alone

/* Texts with what they are folded to, all in one go, joined by 0, so that one look finds a term in any of them. */
function seekable(some) {
  const texts = some.map(function (each) { return each.text; }), starts = [];
  let parts = fold(texts.join(FENCE)).split(FENCE), at = 1;
  if (parts.length !== texts.length) parts = texts.map(fold);
  parts.forEach(function (part) { starts.push(at); at += part.length + 1; });
  return { some: some, joined: PIECE + parts.join(PIECE) + PIECE, starts: starts };
}

/* What can be suggested, titles in reading order, values that many cases have before others. */
function suggestible(base) {
  return Promise.all([titles(base), file(base, "values", function (text) {
    return text ? written(base, text).split(PIECE) : [];
  })]).then(function (all) {
    return once(base.kept, "suggestible", function () {
      const field = base.fields.find(function (each) { return each.name === "title"; });
      return Promise.resolve({
        titles: seekable(all[0].map(function (each) { return { field: field, text: each.title, url: address(each.id) }; })),
        values: seekable(all[1].map(function (each) { return { field: base.fields[each.charCodeAt(0) - 32], text: each.slice(1), url: "" }; }))
      });
    });
  });
}

/* Those that contain every term, first where the first term stands soonest. */
function containing(list, wanted) {
  const found = [], joined = list.joined;
  for (let place = joined.indexOf(wanted[0]); place >= 0;) {
    const at = above(list.starts, place, 0) - 1, end = at + 1 < list.starts.length ? list.starts[at + 1] : joined.length;
    const text = joined.slice(list.starts[at], end);
    if (wanted.every(function (term) { return text.indexOf(term) >= 0; })) found.push({ at: at, place: place - list.starts[at] });
    place = joined.indexOf(wanted[0], end);
  }
  return found.sort(function (a, b) { return a.place - b.place || a.at - b.at; }).map(function (each) { return list.some[each.at]; });
}

function suggest(text, limit) {
  const most = limit === undefined ? 8 : limit;
  return withBase(function (base) {
    const wanted = checked(text === undefined || text === null ? "" : text);
    return suggestible(base).then(function (all) {
      if (!wanted.length) return [];
      const first = containing(all.titles, wanted), others = containing(all.values, wanted);
      const room = Math.min(others.length, Math.max(most - first.length, Math.floor(most / 2)));
      if (first.length || others.length || wanted.length !== 1 || !SPELT.test(wanted[0])) {
        return first.slice(0, most - room).concat(others.slice(0, room)).map(function (each) {
          return {
            field: each.field.name, label: each.field.label, text: each.text,
            marked: html(each.text, rangesOf(each.text, wanted), 0, each.text.length), url: each.url
          };
        });
      }
      return near(base, wanted[0], true).then(function (words) {
        return words.slice(0, most).map(function (word) {
          return { field: "", label: "拼音", text: word, marked: escaped(word), url: "" };
        });
      });
    });
  });
}
