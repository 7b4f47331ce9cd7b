/* What every page does beyond being read and searched: the tab of its section is marked.
   Classic script, ES2019, no request; without it every page still reads. */
(function () {
  "use strict";

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

  markTab();
})();
