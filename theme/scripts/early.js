/* What Material writes into every page: here it is a file, for the pages' policy runs nothing that stands in them. */

/* The root of the site, wherever it stands: this file is in its assets. */
const root = new URL("..", document.currentScript.src);

window.__md_scope = root;
window.__md_hash = function (text) {
  return Array.from(text).reduce(function (sum, each) { return (sum << 5) - sum + each.charCodeAt(0); }, 0);
};
window.__md_get = function (name, store, scope) {
  return JSON.parse((store || localStorage).getItem((scope || root).pathname + "." + name));
};
window.__md_set = function (name, value, store, scope) {
  try { (store || localStorage).setItem((scope || root).pathname + "." + name, JSON.stringify(value)); } catch (none) { /* a full or closed store */ }
};

/* Style sheets know before anything is drawn whether scripts run, and whether a list is asked for something else than stands in it. */
const far = history.state && history.state.shown > 50;
document.documentElement.classList.remove("no-js");
document.documentElement.classList.add("js");
if (far || location.search.length > 1 || /^#\?/.test(location.hash)) document.documentElement.classList.add("cp-asked");

/* The colours that the reader chose are there before anything is drawn. */
function colour() {
  let chosen = null;
  try { chosen = window.__md_get("__palette"); } catch (none) { return; }
  const color = chosen && chosen.color;
  if (!color) return;
  if (color.media === "(prefers-color-scheme)") {
    const scheme = matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark";
    const option = document.querySelector("[data-md-color-media='(prefers-color-scheme: " + scheme + ")']");
    if (!option) return;
    ["media", "scheme", "primary", "accent"].forEach(function (name) { color[name] = option.getAttribute("data-md-color-" + name); });
  }
  Object.keys(color).forEach(function (name) { document.body.setAttribute("data-md-color-" + name, color[name]); });
}

new MutationObserver(function (seen, watching) {
  if (!document.body) return;
  watching.disconnect();
  colour();
}).observe(document.documentElement, { childList: true });
