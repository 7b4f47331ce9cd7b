/* Filters: what is ticked, in a field's own values. */

let last = null; // the result that is shown
const asked = new Set(); // large facets that somebody wants to see

function parents(values) {
  const found = new Map();
  values.forEach(function (each) { found.set(each.value, each.parent); });
  return found;
}

/* The filters by their keys: in an address a value may have any of its names (scripts/search/names.js). */
function settled(filters, meant) {
  const made = {};
  Object.keys(filters).forEach(function (name) {
    const found = filters[name].map(function (word) {
      const values = meant[name].find(function (each) { return each.word === word; }).values;
      return values.length ? values : [word];
    });
    made[name] = Array.from(new Set([].concat.apply([], found)));
  });
  return made;
}

/* Ticking a place takes what stands above and below it away: the one narrows, the other is meant already. */
function tick(name, value, on) {
  const values = last.facets[name] || [], above = parents(values);
  function under(one, other) {
    for (let here = above.get(one); here; here = above.get(here)) if (here === other) return true;
    return false;
  }
  let chosen = (state.filters[name] || []).filter(function (each) {
    return each !== value && !(on && (under(each, value) || under(value, each)));
  });
  if (on) chosen = chosen.concat(value);
  const filters = Object.assign({}, state.filters);
  delete filters[name];
  if (chosen.length) filters[name] = chosen;
  changed({ filters: filters });
}

function without(name, value) {
  const filters = Object.assign({}, state.filters);
  filters[name] = (filters[name] || []).filter(function (each) { return value !== undefined && each !== value; });
  if (!filters[name].length) delete filters[name];
  return filters;
}

/* What a value is called; a place that shares its name with another, with what is above it. */
function labelOf(name, value) {
  const values = last && last.facets[name] || [], byValue = new Map(values.map(function (each) { return [each.value, each]; }));
  const found = byValue.get(value), labels = [];
  if (!found) return value;
  const alone = values.filter(function (each) { return each.label === found.label; }).length < 2;
  for (let here = found; here; here = alone ? null : byValue.get(here.parent)) labels.unshift(here.label);
  return labels.join(" ");
}

/* Selected filters as [field, value], in the order of the fields. */
function selected() {
  const found = [];
  facets().forEach(function (field) {
    (state.filters[field.name] || []).forEach(function (value) { found.push([field, value]); });
  });
  return found;
}

/* What is large is only loaded when it is asked for, and so are words, of which hardly two cases have the same; places are
   asked for by most, and their tree is closed at first. */
function facetNames() {
  function shut(field) { return field.large && field.kind !== "place" || field.kind === "text" || field.kind === "people"; }
  return facets().filter(function (field) { return !shut(field) || asked.has(field.name) || state.filters[field.name]; })
    .map(function (field) { return field.name; });
}

/* On the page of a value: what was chosen outside of it, as an old address may have it, is not meant. */
function inside(filters) {
  const chosen = onlyField && filters[onlyField];
  if (!chosen) return filters;
  const above = parents(last.facets[onlyField] || []), kept = chosen.filter(function (each) {
    for (let here = above.get(each); here; here = above.get(here)) if (here === onlyValue) return true;
    return false;
  });
  const found = Object.assign({}, filters);
  delete found[onlyField];
  if (kept.length) found[onlyField] = kept;
  return found;
}
