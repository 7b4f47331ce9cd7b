/* The filters of narrow screens: a sheet from below. It is a step of the browser's history, so that Back closes it; what
   was ticked in it meanwhile stays, and is the next step that Back undoes. */

let sheetWent = function () { return false; }; // whether a step in the history was the sheet's

function sheet() {
  const opener = tools.querySelector(".cp-filters"), shade = element("div", "cp-shade");
  let begun = "", leaving = false; // what was asked for when it opened; whether we ourselves go a step back
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

  function unfold() {
    if (!state) return;
    begun = words(state);
    leaving = false;
    history.pushState({ shown: 0, sheet: true }, "");
    turn(true);
  }

  function fold() {
    turn(false);
    if (!history.state || !history.state.sheet) return;
    leaving = words(state) === begun;
    if (leaving) history.back(); else history.replaceState({ shown: 0 }, "");
  }

  sheetWent = function () {
    if (leaving) { leaving = false; return true; }
    if (!isOpen()) return false;
    turn(false);
    if (words(state) !== words(fromAddress())) remember(false);
    return true;
  };

  opener.addEventListener("click", unfold);
  shade.addEventListener("click", fold);
  aside.querySelector(".cp-shut").addEventListener("click", fold);
  aside.querySelector(".cp-done").addEventListener("click", fold);
  aside.querySelector(".cp-reset").addEventListener("click", reset);
  aside.addEventListener("keydown", function (event) {
    if (!isOpen() || event.isComposing) return;
    if (event.key === "Escape") { event.preventDefault(); fold(); }
    if (event.key !== "Tab") return;
    const stops = Array.from(aside.querySelectorAll("button, input")).filter(function (each) { return each.offsetParent; });
    const first = stops[0], end = stops[stops.length - 1], here = document.activeElement;
    if (event.shiftKey && (here === first || here === aside.querySelector("h2"))) { event.preventDefault(); end.focus(); }
    else if (!event.shiftKey && here === end) { event.preventDefault(); first.focus(); }
  });
  window.addEventListener("resize", function () { if (isOpen() && !opener.offsetParent) fold(); });
}
