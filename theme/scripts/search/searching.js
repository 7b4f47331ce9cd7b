/* A search: text and filters to hits and counts. */

/* The name of a facet that is called by its name or its label. */
function fieldOf(base, word) {
  const found = base.facets.find(function (f) { return f.name === word; }) || base.facets.find(function (f) { return f.label === word; });
  if (!found) throw new Error("没有可以筛选的字段“" + word + "”");
  return found.name;
}

/* Filters by the names of their fields; a field that nothing is wanted of is left out. */
function filtersOf(base, given) {
  const filters = new Map();
  Object.keys(given || {}).forEach(function (word) {
    const values = given[word] ? [].concat(given[word]) : [];
    if (!values.length) return;
    const name = fieldOf(base, word);
    filters.set(name, (filters.get(name) || []).concat(values));
  });
  return filters;
}

function search(text, options) {
  options = options || {};
  const backwards = /^-/.test(options.sort || ""), order = String(options.sort || "relevance").replace(/^-/, "");
  const offset = Math.max(0, Math.floor(options.offset) || 0);
  const limit = options.limit === undefined ? 10 : Math.max(0, options.limit === Infinity ? Infinity : Math.floor(options.limit) || 0);
  return withBase(function (base) {
    const wanted = checked(text === undefined || text === null ? "" : text);
    const filters = filtersOf(base, options.filters), filtered = Array.from(filters.keys());
    const sort = ["relevance", "reading", "title"].indexOf(order) < 0 ? fieldOf(base, order) : order;
    const shown = Array.isArray(options.facets) ? options.facets.map(function (name) { return fieldOf(base, name); })
      : options.facets === false ? []
      : base.facets.filter(function (f) { return !f.large; }).map(function (f) { return f.name; });
    const names = Array.from(new Set(filtered.concat(shown)));
    return Promise.all([matching(base, wanted)].concat(names.map(function (name) { return facet(base, name); }))).then(function (all) {
      const found = all.shift(), facets = new Map(all.map(function (each) { return [each.name, each]; }));
      const meanings = new Map(filtered.map(function (name) { return [name, meant(facets.get(name), filters.get(name))]; }));
      const chosen = new Map(filtered.map(function (name) { return [name, choice(facets.get(name), meanings.get(name))]; }));
      const fits = [], only = new Map(filtered.map(function (name) { return [name, []]; })); // refused by one filter alone
      found.terms = wanted.length;
      for (const at of found.cases) {
        const refusing = filtered.filter(function (name) { return !hasOne(facets.get(name), chosen.get(name), at); });
        if (!refusing.length) fits.push(at);
        else if (refusing.length === 1) only.get(refusing[0]).push(at);
      }
      const result = { total: fits.length, terms: wanted, meant: {}, facets: {}, hits: [] };
      for (const name of filtered) {
        const keys = facets.get(name).keys;
        result.meant[name] = meanings.get(name).map(function (each) {
          return { word: each.word, values: each.values.map(function (i) { return keys[i]; }) };
        });
      }
      for (const name of shown) {
        const counts = tally(facets.get(name), only.has(name) ? fits.concat(only.get(name)) : fits);
        result.facets[name] = facetResult(facets.get(name), counts, chosen.get(name));
      }
      if (!limit || offset >= fits.length) return result;
      return ranks(base, sort, found).then(function (ranked) {
        const sign = backwards ? -1 : 1;
        fits.sort(function (a, b) {
          const one = ranked[a], other = ranked[b];
          if (one === other) return a - b;
          return one === Infinity ? 1 : other === Infinity ? -1 : sign * (one - other);
        });
        return hits(base, fits.slice(offset, offset + limit), wanted);
      }).then(function (some) {
        result.hits = some;
        return result;
      });
    });
  });
}
