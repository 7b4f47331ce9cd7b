/* What is asked for: words, filters, order and look, all of it in the address, so that it can be shared and the back
   button works. */

const STEP = 50; // cases at a time
let about = null; // what casepress.about() told
let state = null; // {q, filters, sort, view}
let typing = false, fresh = false; // whether words are being typed in one go, and whether some were not looked up yet
let composing = false; // whether an input method is at work in the box
let hashing = 0; // steps in the history that are told to us and that we made ourselves
let redo = function () {}; // looks up what the state says; work.js

function facets() {
  return about.fields.filter(function (field) { return field.facet; });
}

function fieldOf(name) {
  return facets().find(function (field) { return field.name === name; });
}

/* The words for orders, as the template gives them; those without a name are where no words are looked for. */
const orders = Array.from(select.options).map(function (each) { return { word: each.value, said: each.textContent }; });

function byOrder(word) {
  return orders.find(function (each) { return each.word === word; });
}

/* The order in which cases are listed: as chosen; else by what was looked for; else as they stand in the page. */
function order() {
  return state.sort || (state.q ? "relevance" : byOrder("batch") && byOrder("batch").said === orders[0].said ? "batch" : "reading");
}

/* Filters as a search takes them: on the page of a value its cases are meant, or those of what is below it. */
function scoped(filters) {
  const found = Object.assign({}, filters);
  if (onlyField && !found[onlyField]) found[onlyField] = [onlyValue];
  return found;
}

/* What is asked for, as casepress.search() takes it. */
function options(offset, limit, names) {
  return { filters: scoped(state.filters), sort: order(), offset: offset, limit: limit, facets: names };
}

/* Where a page may not change its address, the state stands behind `#?`. */
function fromAddress() {
  const words = new URLSearchParams(/^#\?/.test(location.hash) ? location.hash.slice(2) : location.search);
  const found = { q: (words.get("q") || "").trim(), filters: {}, sort: words.get("sort") || "", view: words.get("view") || "" };
  facets().forEach(function (field) {
    const values = words.getAll(casepress.parameter(field.name)).concat(words.getAll(casepress.parameter(field.label))).filter(Boolean);
    if (values.length) found.filters[field.name] = Array.from(new Set(values));
  });
  if (!byOrder(found.sort) && !byOrder(found.sort.replace(/^-/, ""))) found.sort = "";
  return found;
}

function words(some) {
  const made = new URLSearchParams();
  if (some.q) made.append("q", some.q);
  facets().forEach(function (field) {
    (some.filters[field.name] || []).forEach(function (value) { made.append(casepress.parameter(field.name), value); });
  });
  if (some.sort) made.append("sort", some.sort);
  if (some.view === "table") made.append("view", "table");
  return String(made);
}

/* Whether nothing is asked for but what the page shows by itself. */
function plain() {
  return !words(state) && !(history.state && history.state.shown > STEP);
}

function remember(replacing) {
  const said = words(state);
  try {
    const kept = Object.assign({ shown: 0 }, replacing && history.state && history.state.sheet ? { sheet: true } : {});
    history[replacing ? "replaceState" : "pushState"](kept, "", location.pathname + (said ? "?" + said : ""));
  } catch (reason) {
    // the browser keeps addresses of this kind of place as they are
    if (location.hash !== (said ? "#?" + said : "")) hashing++;
    location.hash = said ? "?" + said : "";
  }
}

/* A step that the back button can undo; what stands in the box and was not looked up yet goes with it. */
function changed(some) {
  state = Object.assign({}, state, fresh && !composing ? { q: inBox() } : {}, some);
  typing = fresh = false;
  remember(aside.classList.contains("cp-sheet")); // the sheet of narrow screens is one step, however much is ticked in it
  redo();
}

function inBox() {
  return input.value.replace(/[\ud800-\udfff]/gu, "").trim();
}
