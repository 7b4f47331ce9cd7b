/* Where suggestions lead. */

/* Half of a pair of surrogates cannot stand in an address, and no text has it. */
function whole(text) {
  return text.replace(/[\ud800-\udfff]/gu, "");
}

function quoted(text) {
  return /[\s，、；。！？,;]/.test(text) && !/["＂]/.test(text) ? '"' + text + '"' : text;
}

/* Where a suggestion leads, as {link, means}: a title to its case; a value to the cases that have it, by whatever name it
   is called, `means` being its label where that is another word; other words to a search. */
function addresses(form, found, text) {
  const all = form.action;
  function asking(name, word) {
    return all + "?" + new URLSearchParams([[name, word]]);
  }
  return casepress.about().then(function (about) {
    const fields = new Map(about.fields.map(function (field) { return [field.name, field]; }));
    return Promise.all(found.map(function (each) {
      if (each.url) return { link: each.url + "?" + new URLSearchParams([["q", text]]) };
      const field = fields.get(each.field), name = each.field, wanted = {};
      if (!field || !field.facet) return { link: asking("q", quoted(each.text)) };
      if (field.kind !== "choice") return { link: asking(casepress.parameter(name), each.text) };
      wanted[name] = each.text;
      return casepress.search("", { filters: wanted, facets: [name], limit: 0 }).then(function (result) {
        const keys = result.meant[name][0].values;
        if (!keys.length) return { link: asking("q", quoted(each.text)) };
        const value = result.facets[name].find(function (one) { return one.value === keys[0]; });
        return keys.length > 1 ? { link: asking(casepress.parameter(name), each.text) }
          : { link: asking(casepress.parameter(name), value.value), means: value.label === each.text ? "" : value.label };
      });
    }));
  });
}

/* The name in the address of a field's filter; a field that is called like one of our own words is told apart. */
casepress.parameter = function (field) {
  return /^(?:q|sort|view)$/.test(field) ? "f." + field : field;
};
