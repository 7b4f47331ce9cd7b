/* What the pages do beyond being read: the table of all cases sorts and filters, the search button opens the search,
   the tab of the section is marked. Classic script, ES2019, no request; without it every page still reads. */
(function () {
  "use strict";

  function searchButton(link) {
    const label = document.querySelector("header label[for=__search]");
    if (!label) return;
    link.setAttribute("role", "button");
    link.addEventListener("click", function (event) {
      event.preventDefault();
      label.click();
    });
    link.addEventListener("keydown", function (event) {
      if (event.key === " ") { event.preventDefault(); link.click(); }
    });
  }

  /* Pages of cases and of index values stand outside the navigation; their folder tells which tab they belong to. */
  function markTab() {
    const links = [].slice.call(document.querySelectorAll(".md-tabs__link"));
    const folder = location.pathname.replace(/[^/]*$/, "");
    if (document.querySelector(".md-tabs__item--active")) return;
    links.forEach(function (link) {
      const there = link.pathname.replace(/[^/]*$/, "");
      if (there === folder && /\/index\.html$/.test(link.pathname) && /\/(cases|by\/[^/]+)\/$/.test(there)) {
        link.parentNode.classList.add("md-tabs__item--active");
      }
    });
  }

  function remembered(name, value) {
    try {
      if (value !== undefined) localStorage.setItem(name, value);
      return localStorage.getItem(name);
    } catch (reason) {
      return null; // storage may be switched off
    }
  }

  function allCases(page) {
    const table = page.querySelector(".cp-table");
    const body = table.tBodies[0];
    const tools = page.querySelector(".cp-tools");
    const empty = page.querySelector(".cp-empty");
    const found = page.querySelector(".cp-found");
    const input = tools.elements.filter;
    const heads = [].slice.call(table.tHead.rows[0].cells);
    const collator = new Intl.Collator("zh-CN", { numeric: true });
    const plain = function (text) { return text.normalize("NFKC").toLowerCase(); };
    const rows = [].slice.call(body.rows).map(function (row) {
      const cells = [].slice.call(row.cells);
      return {
        row: row,
        keys: cells.map(function (cell) { return cell.getAttribute("data-sort") || cell.textContent.trim(); }),
        text: plain(cells.slice(0, 4).map(function (cell) { return cell.textContent; }).join(" "))
      };
    });

    function sortBy(column, direction) {
      rows.sort(function (one, other) { return direction * collator.compare(one.keys[column], other.keys[column]); });
      const all = document.createDocumentFragment();
      rows.forEach(function (each) { all.appendChild(each.row); });
      body.appendChild(all);
      heads.forEach(function (head, index) {
        head.setAttribute("aria-sort", index !== column ? "none" : direction > 0 ? "ascending" : "descending");
      });
    }

    heads.forEach(function (head, column) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.textContent = "";
      head.appendChild(button);
      head.setAttribute("aria-sort", "none");
      button.addEventListener("click", function () {
        const figures = head.classList.contains("cp-number");
        const now = head.getAttribute("aria-sort");
        sortBy(column, now === "none" ? (figures ? -1 : 1) : now === "ascending" ? -1 : 1);
      });
    });

    function filter() {
      const words = plain(input.value).split(/\s+/).filter(Boolean);
      let shown = 0;
      rows.forEach(function (each) {
        const fits = words.every(function (word) { return each.text.indexOf(word) >= 0; });
        each.row.hidden = !fits;
        shown += fits ? 1 : 0;
      });
      found.textContent = words.length ? "符合的有 " + shown + " 个" : "";
      empty.querySelector("b").textContent = input.value.trim();
      empty.hidden = shown > 0;
      table.hidden = shown === 0;
    }

    function look(name) {
      page.setAttribute("data-look", name);
      [].forEach.call(tools.querySelectorAll("button[data-look]"), function (button) {
        button.setAttribute("aria-pressed", String(button.getAttribute("data-look") === name));
      });
    }

    tools.hidden = false;
    page.classList.add("cp-live");
    input.addEventListener("input", filter);
    tools.addEventListener("submit", function (event) { event.preventDefault(); });
    tools.addEventListener("click", function (event) {
      const name = event.target.getAttribute("data-look");
      if (name) { look(name); remembered("casepress.look", name); }
    });
    empty.querySelector("button").addEventListener("click", function () {
      input.value = "";
      filter();
      input.focus();
    });
    if (remembered("casepress.look") === "cards") look("cards");
    if (input.value) filter(); // a browser may have kept the words
  }

  [].forEach.call(document.querySelectorAll("[data-cp-search]"), searchButton);
  [].forEach.call(document.querySelectorAll(".cp-all"), allCases);
  markTab();
})();
