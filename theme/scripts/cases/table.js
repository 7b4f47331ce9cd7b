/* Results as the rows of a table that is sorted by its head. */

const COLUMNS = ["title", "school", "region", "theme", "batch", "award"];
const WHOLE = 8; // characters of a value that stay on one line

function columns() {
  return COLUMNS.filter(function (name) { return name === "title" || fieldOf(name); });
}

/* What a table scrolls in; by keyboard too, while it is wider than its place. */
function scroller() {
  const made = element("div", "cp-scroll");
  function stop() {
    if (made.scrollWidth > made.clientWidth) made.setAttribute("tabindex", "0"); else made.removeAttribute("tabindex");
  }
  made.setAttribute("role", "region");
  made.setAttribute("aria-label", "案例表格");
  if (window.ResizeObserver) new ResizeObserver(stop).observe(made); else made.setAttribute("tabindex", "0");
  return made;
}

function tableHead() {
  const head = element("thead"), row = element("tr");
  columns().forEach(function (name) {
    const cell = element("th", "cp-c-" + name), field = about.fields.find(function (each) { return each.name === name; });
    const label = field ? field.label : "标题", now = order().replace(/^-/, "") === name;
    cell.scope = "col";
    cell.setAttribute("aria-sort", !now ? "none" : state.sort[0] === "-" ? "descending" : "ascending");
    cell.appendChild(button("", label, function () {
      changed({ sort: order() === name ? "-" + name : name });
    })).setAttribute("data-key", "sort " + name);
    row.appendChild(cell);
  });
  head.appendChild(row);
  return head;
}

function row(hit) {
  const made = element("tr");
  made.setAttribute("data-case", hit.id);
  columns().forEach(function (name) {
    const cell = element(name === "title" ? "th" : "td", "cp-c-" + name), value = hit.values[name] || "";
    if (name === "title") {
      cell.scope = "row";
      cell.appendChild(link(hit));
      if (state.q && hit.excerpt) cell.appendChild(element("p", "cp-excerpt")).innerHTML = hit.excerpt;
    } else if (name === "award") {
      if (value) cell.appendChild(award(value));
    } else if (name === "region") {
      (unsaid(hit, hit.values.school || "") || place(hit).split(" ")[0]).split(" ").forEach(function (step, nth) {
        if (nth) cell.append(" ");
        cell.appendChild(element("span", step.length <= WHOLE ? "cp-unbroken" : "", step));
      });
    } else {
      const pieces = name === "theme" && value.length <= WHOLE ? value.split(/(?=[与和及])/) : [value];
      cell.append(pieces[0]);
      pieces.slice(1).forEach(function (piece) { cell.append(element("wbr"), piece); });
      if (value.length <= WHOLE) cell.classList.add(pieces.length > 1 ? "cp-phrases" : "cp-unbroken");
    }
    made.appendChild(cell);
  });
  return made;
}
