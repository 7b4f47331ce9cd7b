/* The page comes to life. Without it the list that stands in it stays. */

function begin(found) {
  about = found;
  state = fromAddress();
  const kept = history.state && history.state.shown ? history.state : { shown: 0, top: 0 };
  if (plain()) return adopt();
  return refresh(Math.max(STEP, kept.shown)).then(function () {
    if (kept.top) window.scrollTo(0, kept.top);
  });
}

function listen() {
  sheet();
  input.addEventListener("compositionstart", function () { composing = true; clearTimeout(timer); });
  input.addEventListener("compositionend", function (event) { composing = false; later(event); });
  input.addEventListener("input", function (event) {
    fresh = true;
    if (!composing && !event.isComposing) later(event);
  });
  input.addEventListener("blur", function () { typing = false; });
  input.addEventListener("keydown", function (event) {
    if (event.key !== "Escape" || composing || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    if (input.value) { input.value = ""; fresh = true; later(event); } else input.blur();
  });
  query.addEventListener("submit", function (event) {
    event.preventDefault();
    if (composing || !state) return;
    typed();
    typing = false;
  });
  select.addEventListener("change", function () { changed({ sort: select.value }); });
  tools.addEventListener("click", function (event) {
    const look = event.target.getAttribute("data-look");
    if (look) changed({ view: look === "table" ? "table" : "" });
  });
  more.firstChild.addEventListener("click", onward);
  roomy.addEventListener("change", function () { if (state && state.view === "table") redo(); });
  window.addEventListener("popstate", function () {
    if (hashing) { hashing--; return; }
    if (sheetWent() || !about || words(fromAddress()) === words(state)) return;
    state = fromAddress();
    typing = false;
    refresh(Math.max(STEP, history.state && history.state.shown || 0));
  });
  // What was listed, and where, for the way back from a case.
  window.addEventListener("pagehide", function () {
    try {
      if (history.state && history.state.sheet) return;
      history.replaceState({ shown: hits.querySelectorAll("tbody tr, .cp-card").length, top: window.scrollY }, "");
    } catch (reason) {
      // then the page begins at its top again
    }
  });
}

if (window.casepress) {
  listen();
  casepress.about().then(begin).catch(fail);
}
