/* The filters of narrow screens: a sheet from below. */

function sheet() {
  const opener = tools.querySelector(".cp-filters"), shade = element("div", "cp-shade");
  shade.hidden = true;
  page.appendChild(shade);

  function turn(open) {
    aside.classList.toggle("cp-sheet", open);
    document.documentElement.classList.toggle("cp-still", open);
    shade.hidden = !open;
    opener.setAttribute("aria-expanded", String(open));
    if (open) {
      aside.setAttribute("role", "dialog");
      aside.setAttribute("aria-modal", "true");
      aside.querySelector("h2").focus();
    } else {
      aside.removeAttribute("role");
      aside.removeAttribute("aria-modal");
      if (opener.offsetParent) opener.focus();
    }
  }

  function isOpen() { return aside.classList.contains("cp-sheet"); }

  opener.addEventListener("click", function () { turn(true); });
  shade.addEventListener("click", function () { turn(false); });
  aside.querySelector(".cp-shut").addEventListener("click", function () { turn(false); });
  aside.querySelector(".cp-done").addEventListener("click", function () { turn(false); });
  aside.querySelector(".cp-reset").addEventListener("click", reset);
  aside.addEventListener("keydown", function (event) {
    if (!isOpen() || event.isComposing) return;
    if (event.key === "Escape") { event.preventDefault(); turn(false); }
    if (event.key !== "Tab") return;
    const stops = Array.from(aside.querySelectorAll("button, input")).filter(function (each) { return each.offsetParent; });
    const first = stops[0], end = stops[stops.length - 1], here = document.activeElement;
    if (event.shiftKey && (here === first || here === aside.querySelector("h2"))) { event.preventDefault(); end.focus(); }
    else if (!event.shiftKey && here === end) { event.preventDefault(); first.focus(); }
  });
  window.addEventListener("resize", function () { if (isOpen() && !opener.offsetParent) turn(false); });
}
