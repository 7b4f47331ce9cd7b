/* The column of filters, drawn. */

const SHORT = 8; // values of a facet that are shown at first
const FIND = 24; // values from which a facet has a box to find one
// What does not belong into the address: facets' open branches and lists, and words to find a value by.
const opened = new Set(), unfolded = new Set(), sought = new Map();

function item(field, each, chosen, inner) {
  const made = element("li"), label = element("label"), check = element("input");
  check.type = "checkbox";
  check.checked = chosen.has(each.value);
  check.indeterminate = !check.checked && inner;
  check.setAttribute("data-key", field.name + "=" + each.value);
  check.addEventListener("change", function () { tick(field.name, each.value, check.checked); });
  label.appendChild(check);
  label.appendChild(element("span", "cp-facet-label", each.label));
  label.appendChild(element("span", "cp-count", figure(each.count)));
  made.appendChild(label);
  if (!each.count) made.className = "cp-none";
  return made;
}

function branches(field, values, chosen) {
  const below = new Map(), inner = new Set(), above = parents(values);
  values.forEach(function (each) {
    if (!below.has(each.parent)) below.set(each.parent, []);
    below.get(each.parent).push(each);
    if (chosen.has(each.value)) for (let here = each.parent; here; here = above.get(here)) inner.add(here);
  });
  function shown(each) {
    return each.count || chosen.has(each.value) || inner.has(each.value);
  }
  const top = field.name === onlyField ? onlyValue : "";
  const tops = (below.get(top) || []).filter(shown), whole = unfolded.has(field.name) || tops.length <= SHORT + 2;
  const made = document.createDocumentFragment();
  made.appendChild((function branch(parent) {
    const made = element("ul", parent === top ? "cp-tree" : "");
    (below.get(parent) || []).filter(shown).forEach(function (each, i) {
      if (parent === top && !whole && i >= SHORT && !chosen.has(each.value) && !inner.has(each.value)) return;
      const line = item(field, each, chosen, inner.has(each.value)), key = field.name + "/" + each.value;
      const lower = (below.get(each.value) || []).filter(shown);
      if (lower.length) {
        const open = opened.has(key) || inner.has(each.value) && !opened.has("-" + key);
        const turner = button("cp-turn", "", function () {
          opened.delete(open ? key : "-" + key);
          opened.add(open ? "-" + key : key);
          drawFacets();
        });
        turner.setAttribute("aria-expanded", String(open));
        turner.setAttribute("aria-label", each.label + "以下");
        turner.setAttribute("data-key", "turn " + key);
        line.insertBefore(turner, line.firstChild);
        if (open) line.appendChild(branch(each.value));
      }
      made.appendChild(line);
    });
    return made;
  })(top));
  if (tops.length > SHORT + 2) made.appendChild(unfolder(field, whole, tops.length - SHORT));
  return made;
}

function unfolder(field, whole, left) {
  const turner = button("cp-unfold", whole ? "收起" : "还有 " + figure(left) + " 个", function () {
    if (whole) unfolded.delete(field.name); else unfolded.add(field.name);
    drawFacets();
  });
  turner.setAttribute("aria-expanded", String(whole));
  turner.setAttribute("data-key", "unfold " + field.name);
  return turner;
}

function flat(field, values, chosen) {
  const made = document.createDocumentFragment(), wanted = casepress.fold(sought.get(field.name) || "");
  let fit = values.filter(function (each) { return chosen.has(each.value) || each.count && (!wanted || casepress.fold(each.label).indexOf(wanted) >= 0); });
  if (field.kind === "text" || field.kind === "people") {
    fit = fit.slice().sort(function (a, b) { return b.count - a.count; });
  }
  const whole = unfolded.has(field.name) || fit.length <= SHORT + 2;
  const shown = whole ? fit.slice(0, 200) : fit.filter(function (each, i) { return i < SHORT || chosen.has(each.value); });
  if (values.length > FIND) {
    const find = element("input", "cp-find");
    find.type = "search";
    find.value = sought.get(field.name) || "";
    find.placeholder = "找" + field.label;
    find.autocomplete = "off";
    find.setAttribute("aria-label", "在" + field.label + "里找");
    find.setAttribute("data-key", "find " + field.name);
    find.addEventListener("input", function (event) {
      if (event.isComposing) return;
      sought.set(field.name, find.value);
      drawFacets();
    });
    find.addEventListener("compositionend", function () { sought.set(field.name, find.value); drawFacets(); });
    made.appendChild(find);
  }
  const items = element("ul");
  shown.forEach(function (each) { items.appendChild(item(field, each, chosen, false)); });
  made.appendChild(items);
  if (!fit.length) made.appendChild(element("p", "cp-none", "没有含有“" + sought.get(field.name) + "”的" + field.label));
  if (fit.length > shown.length && whole) made.appendChild(element("p", "cp-none", "还有 " + figure(fit.length - shown.length) + " 个，请在上面的框里写几个字来找"));
  if (fit.length > SHORT + 2) made.appendChild(unfolder(field, whole, fit.length - shown.length));
  return made;
}

function drawFacets() {
  const focus = document.activeElement && list.contains(document.activeElement) ? document.activeElement : null;
  const key = focus && focus.getAttribute("data-key"), at = focus && focus.selectionStart;
  const made = document.createDocumentFragment();
  facets().forEach(function (field) {
    const values = last.facets[field.name], chosen = new Set(state.filters[field.name] || []);
    if (field.name === onlyField && !(field.kind === "place" && values.some(function (each) { return each.parent === onlyValue; }))) return;
    if (values && !values.some(function (each) { return each.count || chosen.has(each.value); })) return;
    const group = element("fieldset", "cp-facet");
    group.appendChild(element("legend", "", field.label));
    if (!values) {
      const open = button("cp-unfold", "按" + field.label + "筛选", function () { asked.add(field.name); redo(); });
      open.setAttribute("data-key", "unfold " + field.name);
      group.appendChild(open);
    } else {
      group.appendChild(field.kind === "place" ? branches(field, values, chosen) : flat(field, values, chosen));
    }
    made.appendChild(group);
  });
  list.textContent = "";
  list.appendChild(made);
  if (!key) return;
  const again = Array.from(list.querySelectorAll("[data-key]")).find(function (each) { return each.getAttribute("data-key") === key; });
  if (again) {
    again.focus({ preventScroll: true });
    if (again.type === "search") again.setSelectionRange(at, at);
  } else aside.querySelector("h2").focus({ preventScroll: true });
}
