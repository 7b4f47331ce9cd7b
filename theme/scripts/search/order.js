/* The order of results. */

/* A number for each case by which it is sorted, ascending. */
function ranks(base, sort, found) {
  const ranked = new Float64Array(base.cases);
  if (sort === "reading" || sort === "relevance" && !found.terms) return Promise.resolve(ranked.map(function (_, at) { return at; }));
  if (sort === "relevance") {
    const order = found.cases.map(function (_, i) { return i; }).sort(function (a, b) {
      return found.zones[a] - found.zones[b] || found.rates[b] - found.rates[a] || a - b;
    });
    order.forEach(function (i, rank) { ranked[found.cases[i]] = rank; });
    return Promise.resolve(ranked);
  }
  if (sort === "title") {
    return file(base, "order", function (data) {
      let width = 0;
      while (2 ** width <= base.cases) width++;
      return numbers(data, base.cases, width);
    }).then(function (order) {
      order.forEach(function (at, rank) { ranked[at] = rank; });
      return ranked;
    });
  }
  return facet(base, sort).then(function (values) {
    for (let at = 0; at < base.cases; at++) {
      let least = Infinity; // cases without a value come last in both directions
      for (let i = values.firsts[at]; i < values.firsts[at + 1]; i++) least = Math.min(least, values.values[i]);
      ranked[at] = least;
    }
    return ranked;
  });
}
