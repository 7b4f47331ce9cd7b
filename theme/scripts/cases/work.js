/* Looking up what the state says, and showing it. */

const SHORTEST = 50, LONGEST = 220; // ms without a key before letters are looked up: as long as the last answer took
const FIRST = 12, LONG = 6; // cards that fill a screen, and with words of the text: shown at once, the others of a step when these are seen
let timer = 0, lasted = 0;

function fail(reason) {
  const box = element("div", "cp-empty"), untouched = !last && !document.documentElement.classList.contains("cp-asked");
  rested();
  said.textContent = "";
  more.hidden = true;
  hits.classList.remove("cp-coming");
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

/* When what was drawn is on the screen; a page that nobody looks at is not drawn. */
function painted() {
  return new Promise(function (done) {
    setTimeout(done, 500);
    requestAnimationFrame(function () { setTimeout(done); });
  });
}

/* The others of a step, some at a time: whatever is asked meanwhile need not wait for them. */
function rest(mine, shown) {
  return painted().then(function () {
    return mine === turn ? casepress.search(state.q, options(shown, Math.min(FIRST, STEP - shown), false)) : null;
  }).then(function (result) {
    if (mine !== turn) return;
    drawHits(result.hits, shown);
    shown += result.hits.length;
    if (shown < Math.min(STEP, result.total)) return rest(mine, shown);
    hits.classList.remove("cp-coming");
    drawMore(shown, result.total);
  });
}

/* Look up what the state says and show the first so many of it. */
function refresh(count) {
  const mine = ++turn, first = count > STEP ? STEP : state.q && state.view !== "table" ? LONG : FIRST, begun = performance.now();
  page.setAttribute("aria-busy", "true");
  const parts = [casepress.search(state.q, options(0, first, facetNames()))];
  if (count > STEP) for (let from = STEP; from < count; from += STEP) parts.push(casepress.search(state.q, options(from, STEP, false)));
  return Promise.all(parts).then(function (results) {
    if (mine !== turn) return;
    last = results[0];
    const meant = settled(state.filters, last.meant), kept = inside(meant);
    if (JSON.stringify(meant) !== JSON.stringify(state.filters)) state.filters = meant;
    if (kept !== meant && JSON.stringify(kept) !== JSON.stringify(meant)) { state.filters = kept; return refresh(count); }
    hits.classList.remove("cp-coming");
    if (last.total) drawHits([].concat.apply([], results.map(function (each) { return each.hits; })), 0);
    drawAround(last); // after them: the focus that it sets has all of it laid out, once
    if (!last.total) { more.hidden = true; return drawEmpty(mine); }
    const shown = Math.min(last.total, count > STEP ? parts.length * STEP : first);
    lasted = performance.now() - begun;
    if (count > STEP || shown === last.total) return drawMore(shown, last.total);
    more.hidden = true;
    hits.classList.add("cp-coming"); // what stands below keeps away
    return rest(mine, shown);
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

/* Whether what was put into the box is whole: a word of an input method, something pasted, a box emptied. Letters and figures
   are followed by others. */
function isWhole(event) {
  return !input.value || /[^0-9A-Za-z]|../.test(event.data || "") || /^insertFrom/.test(event.inputType || "");
}

function later(event) {
  clearTimeout(timer);
  const wait = !state ? SHORTEST : isWhole(event) ? 0 : Math.min(LONGEST, Math.max(SHORTEST, lasted));
  timer = setTimeout(function () { if (state) typed(); else later(event); }, wait);
}

redo = function () { return refresh(STEP); };
