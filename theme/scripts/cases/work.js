/* Looking up what the state says, and showing it. */

const WAIT = 220; // ms without a key before anything is looked up
const FIRST = 16; // cases that fill a screen are shown at once, the others of a step after them
let timer = 0;

function fail(reason) {
  const box = element("div", "cp-empty"), untouched = !last && !document.documentElement.classList.contains("cp-asked");
  rested();
  said.textContent = "";
  more.hidden = true;
  if (!untouched) hits.textContent = ""; // else it is what the page shows by itself
  hits.insertBefore(box, hits.firstChild);
  box.appendChild(element("p", "", reason.message + "。"));
  box.appendChild(button("", "再试一次", function () { refresh(STEP); }));
}

function rested() {
  page.removeAttribute("aria-busy");
  document.documentElement.classList.remove("cp-asked");
}

/* What is said of all that was found. */
function drawAround(result) {
  last = result;
  rested();
  drawTools();
  drawChips();
  drawFacets();
  tell(result.total);
  drawTaken(result.total);
}

/* What stands in the page is what is asked for: only what is around it is drawn. */
function adopt() {
  const mine = ++turn;
  page.setAttribute("aria-busy", "true");
  return casepress.search("", { filters: scoped({}), limit: 0, facets: facetNames() }).then(function (result) {
    if (mine !== turn) return;
    drawAround(result);
    drawMore(Math.min(result.total, STEP), result.total);
  }).catch(function (reason) { if (mine === turn) fail(reason); });
}

/* Look up what the state says and show the first so many of it. */
function refresh(count) {
  const mine = ++turn, first = count > STEP ? STEP : FIRST;
  page.setAttribute("aria-busy", "true");
  const parts = [casepress.search(state.q, options(0, first, facetNames()))];
  if (count > STEP) for (let from = STEP; from < count; from += STEP) parts.push(casepress.search(state.q, options(from, STEP, false)));
  return Promise.all(parts).then(function (results) {
    if (mine !== turn) return;
    last = results[0];
    const meant = settled(state.filters, last.meant), kept = inside(meant);
    if (JSON.stringify(meant) !== JSON.stringify(state.filters)) state.filters = meant;
    if (kept !== meant && JSON.stringify(kept) !== JSON.stringify(meant)) { state.filters = kept; return refresh(count); }
    drawAround(last);
    if (!last.total) { more.hidden = true; return drawEmpty(mine); }
    drawHits([].concat.apply([], results.map(function (each) { return each.hits; })), 0);
    const shown = Math.min(last.total, count > STEP ? parts.length * STEP : first);
    if (count > STEP || shown === last.total) return drawMore(shown, last.total);
    more.hidden = true;
    return casepress.search(state.q, options(first, STEP - first, false)).then(function (result) {
      if (mine !== turn) return;
      drawHits(result.hits, first);
      drawMore(Math.min(STEP, last.total), last.total);
    });
  }).catch(function (reason) {
    if (mine === turn) fail(reason);
  });
}

function onward() {
  const mine = turn, shown = hits.querySelectorAll("tbody tr, .cp-card").length;
  casepress.search(state.q, options(shown, STEP, false)).then(function (result) {
    if (mine !== turn) return;
    const first = drawHits(result.hits, shown);
    drawMore(shown + result.hits.length, result.total);
    if (first) first.querySelector("a").focus({ preventScroll: true });
    said.textContent = "已列出 " + figure(shown + result.hits.length) + " 个，共 " + figure(result.total) + " 个";
  }).catch(function (reason) { if (mine === turn) fail(reason); });
}

function typed() {
  const text = inBox();
  fresh = false;
  if (text === state.q) return;
  const replacing = typing; // one step back undoes what was typed in one go
  typing = true;
  state = Object.assign({}, state, { q: text });
  remember(replacing);
  refresh(STEP);
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(function () { if (state) typed(); else later(); }, WAIT);
}

redo = function () { return refresh(STEP); };
