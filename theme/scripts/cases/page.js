/* The page of a list: its parts, as the template (theme/pages/browse.html) gives them. */

const page = document.querySelector(".cp-all");
const query = page.querySelector(".cp-query"), input = query.elements.q;
const tools = page.querySelector(".cp-tools"), said = page.querySelector(".cp-found");
const chips = page.querySelector(".cp-chips"), hits = page.querySelector(".cp-hits");
const more = page.querySelector(".cp-onward-hits"), select = tools.querySelector("select");
const aside = page.querySelector(".cp-facets"), list = aside.querySelector(".cp-facet-list");
const title = document.title;
// The field and the value whose cases these are, where they are not all.
const onlyField = page.getAttribute("data-field") || "", onlyValue = page.getAttribute("data-value") || "";
