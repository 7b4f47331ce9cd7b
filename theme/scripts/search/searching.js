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

let latest = { base: null, asked: "", made: new Map() }; // what fits, for who looks at more of the same cases

/* The cases that hold every term and that every filter lets through, ascending, and those that one filter alone refuses. */
function fitting(base, wanted, filters) {
  const asked = JSON.stringify([wanted, Array.from(filters)]), names = Array.from(filters.keys());
  if (latest.base !== base || latest.asked !== asked) latest = { base: base, asked: asked, made: new Map() };
  return once(latest.made, "fits", function () {
    return Promise.all([matching(base, wanted)].concat(names.map(function (name) { return facet(base, name); }))).then(function (all) {
      const found = all.shift(), meanings = all.map(function (each) { return meant(each, filters.get(each.name)); });
      const chosen = all.map(function (each, i) { return choice(each, meanings[i]); }), fits = [], only = all.map(function () { return []; });
      found.terms = wanted.length;
      for (const at of found.cases) {
        let refusing = 0, one = 0;
        for (let i = 0; i < all.length && refusing < 2; i++) if (!hasOne(all[i], chosen[i], at)) { refusing++; one = i; }
        if (!refusing) fits.push(at);
        else if (refusing === 1) only[one].push(at);
      }
      const filtered = new Map(all.map(function (each, i) {
        return [each.name, { meant: meanings[i], chosen: chosen[i], keys: each.keys, only: only[i] }];
      }));
      return { found: found, fits: fits, filtered: filtered, orders: new Map() };
    });
  });
}

/* Those that fit, in an order; without a value by which they are sorted they come last in both directions. */
function ordered(base, found, sort, backwards) {
  return once(found.orders, sort + backwards, function () {
    return ranks(base, sort, found.found).then(function (ranked) {
      const sign = backwards ? -1 : 1;
      return found.fits.slice().sort(function (a, b) {
        const one = ranked[a], other = ranked[b];
        if (one === other) return a - b;
        return one === Infinity ? 1 : other === Infinity ? -1 : sign * (one - other);
      });
    });
  });
}

function search(text, options) {
  options = options || {};
  const backwards = /^-/.test(options.sort || ""), order = String(options.sort || "relevance").replace(/^-/, "");
  const offset = Math.max(0, Math.floor(options.offset) || 0);
  const limit = options.limit === undefined ? 10 : Math.max(0, options.limit === Infinity ? Infinity : Math.floor(options.limit) || 0);
  return withBase(function (base) {
    const wanted = checked(text === undefined || text === null ? "" : text), filters = filtersOf(base, options.filters);
    const sort = ["relevance", "reading", "title"].indexOf(order) < 0 ? fieldOf(base, order) : order;
    const shown = Array.isArray(options.facets) ? options.facets.map(function (name) { return fieldOf(base, name); })
      : options.facets === false ? []
      : base.facets.filter(function (f) { return !f.large; }).map(function (f) { return f.name; });
    return Promise.all([fitting(base, wanted, filters)].concat(shown.map(function (name) { return facet(base, name); }))).then(function (all) {
      const found = all.shift(), result = { total: found.fits.length, terms: wanted, meant: {}, facets: {}, hits: [] };
      found.filtered.forEach(function (each, name) {
        result.meant[name] = each.meant.map(function (one) {
          return { word: one.word, values: one.values.map(function (i) { return each.keys[i]; }) };
        });
      });
      all.forEach(function (each) {
        const own = found.filtered.get(each.name);
        result.facets[each.name] = facetResult(each, tally(each, own ? found.fits.concat(own.only) : found.fits), own && own.chosen);
      });
      if (!limit || offset >= found.fits.length) return result;
      return ordered(base, found, sort, backwards).then(function (cases) {
        return hits(base, cases.slice(offset, offset + limit), wanted);
      }).then(function (some) {
        result.hits = some;
        return result;
      });
    });
  });
}
