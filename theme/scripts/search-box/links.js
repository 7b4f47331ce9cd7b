/* Where suggestions lead. */

/* Half of a pair of surrogates cannot stand in an address, and no text has it. */
function whole(text) {
  return text.replace(/[\ud800-\udfff]/gu, "");
}

function quoted(text) {
  return /\s/.test(text) && !/["＂]/.test(text) ? '"' + text + '"' : text;
}

/* Where a suggestion leads: a title to its case; a value to the cases that have it; other words to a search; and to
   nowhere what is only another name of a value. */
function addresses(form, found, text) {
  const all = form.action, kinds = casepress.about().then(function (about) {
    return new Map(about.fields.map(function (field) { return [field.name, field]; }));
  });
  return kinds.then(function (fields) {
    return Promise.all(found.map(function (each) {
      if (each.url) return each.url + "?" + new URLSearchParams([["q", text]]);
      const field = fields.get(each.field), search = all + "?" + new URLSearchParams([["q", quoted(each.text)]]);
      if (!field || !field.facet) return search;
      const filter = all + "?" + new URLSearchParams([[casepress.parameter(each.field), each.text]]);
      if (field.kind !== "choice") return filter;
      return casepress.search("", { facets: [each.field], limit: 0 }).then(function (result) {
        const value = result.facets[each.field].find(function (one) { return one.label === each.text; });
        return value ? all + "?" + new URLSearchParams([[casepress.parameter(each.field), value.value]]) : "";
      });
    }));
  });
}

/* The name in the address of a field's filter; a field that is called like one of our own words is told apart. */
casepress.parameter = function (field) {
  return /^(?:q|sort|view)$/.test(field) ? "f." + field : field;
};
