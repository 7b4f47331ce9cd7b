/* What is asked for: words, filters, order and look, all of it in the address, so that it can be shared and the back
   button works. */

let about = null; // what casepress.about() told
let state = null; // {q, filters, sort, view}
let typing = false, fresh = false; // whether words are being typed in one go, and whether some were not looked up yet
let composing = false; // whether an input method is at work in the box
let redo = function () {}; // looks up what the state says; work.js

function facets() {
  return about.fields.filter(function (field) { return field.facet; });
}

function fieldOf(name) {
  return facets().find(function (field) { return field.name === name; });
}

function sorts() {
  const found = [["", "相关度"]];
  ["batch", "award", "region"].forEach(function (name) {
    if (fieldOf(name)) found.push([name, fieldOf(name).label]);
  });
  found.push(["title", "标题"]);
  facets().forEach(function (field) {
    if (["batch", "award", "region"].indexOf(field.name) < 0) found.push([field.name, field.label]);
  });
  return found;
}

/* Where a page may not change its address, the state stands behind `#?`. */
function fromAddress() {
  const words = new URLSearchParams(/^#\?/.test(location.hash) ? location.hash.slice(2) : location.search);
  const found = { q: (words.get("q") || "").trim(), filters: {}, sort: words.get("sort") || "", view: words.get("view") || "" };
  facets().forEach(function (field) {
    const values = words.getAll(casepress.parameter(field.name)).concat(words.getAll(casepress.parameter(field.label))).filter(Boolean);
    if (values.length) found.filters[field.name] = Array.from(new Set(values));
  });
  if (!sorts().some(function (each) { return each[0] === found.sort.replace(/^-/, ""); })) found.sort = "";
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

function remember(replacing) {
  const said = words(state);
  try {
    history[replacing ? "replaceState" : "pushState"]({ shown: 0 }, "", location.pathname + (said ? "?" + said : ""));
  } catch (reason) {
    location.hash = said ? "?" + said : ""; // the browser keeps addresses of this kind of place as they are
  }
}

/* A step that the back button can undo; what stands in the box and was not looked up yet goes with it. */
function changed(some) {
  state = Object.assign({}, state, fresh && !composing ? { q: inBox() } : {}, some);
  typing = fresh = false;
  remember(false);
  redo();
}

function inBox() {
  return input.value.replace(/[\ud800-\udfff]/gu, "").trim();
}
