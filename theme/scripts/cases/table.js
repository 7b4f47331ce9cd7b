/* Results as the rows of a table that is sorted by its head. */

const COLUMNS = ["title", "school", "region", "theme", "batch", "award"];

function columns() {
  return COLUMNS.filter(function (name) { return name === "title" || fieldOf(name); });
}

function tableHead() {
  const head = element("thead"), row = element("tr");
  columns().forEach(function (name) {
    const cell = element("th", "cp-c-" + name), field = about.fields.find(function (each) { return each.name === name; });
    const label = field ? field.label : "标题", now = state.sort.replace(/^-/, "") === name;
    cell.scope = "col";
    cell.setAttribute("aria-sort", !now ? "none" : state.sort[0] === "-" ? "descending" : "ascending");
    cell.appendChild(button("", label, function () {
      changed({ sort: state.sort === name ? "-" + name : name });
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
    } else {
      cell.textContent = name === "region" ? place(hit) : value;
    }
    made.appendChild(cell);
  });
  return made;
}
