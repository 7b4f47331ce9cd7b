/* The tab of a page's section is marked. */

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
