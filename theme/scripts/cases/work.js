/* Looking up what the state says, and showing it. */

const WAIT = 220; // ms without a key before anything is looked up
let timer = 0;

function options(offset, limit, names) {
  return { filters: state.filters, sort: state.sort || "relevance", offset: offset, limit: limit, facets: names };
}

function fail(reason) {
  page.removeAttribute("aria-busy");
  said.textContent = "";
  hits.textContent = "";
  more.hidden = true;
  const box = hits.appendChild(element("div", "cp-empty"));
  box.appendChild(element("p", "", reason.message + "。"));
  box.appendChild(button("", "再试一次", function () { refresh(STEP); }));
}

/* Look up what the state says and show the first so many of it. */
function refresh(count) {
  const mine = ++turn;
  page.setAttribute("aria-busy", "true");
  const parts = [casepress.search(state.q, options(0, STEP, facetNames()))];
  for (let from = STEP; from < count; from += STEP) parts.push(casepress.search(state.q, options(from, STEP, false)));
  return Promise.all(parts).then(function (results) {
    if (mine !== turn) return;
    last = results[0];
    const plain = settled(state.filters, last.meant);
    if (JSON.stringify(plain) !== JSON.stringify(state.filters)) state.filters = plain;
    page.removeAttribute("aria-busy");
    drawTools();
    drawChips();
    drawFacets();
    tell(last.total);
    if (last.total) drawHits([].concat.apply([], results.map(function (each) { return each.hits; })), 0);
    else drawEmpty(mine);
    drawMore(Math.min(last.total, parts.length * STEP), last.total);
    drawTaken(last.total);
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
