/* A button that picks a case, on whatever says by `data-case` that it is one: cards, lines, rows, results, the case itself. */

function isPicked(id) {
  return basket().cases.some(function (each) { return each.id === id; });
}

function titleOf(root) {
  return root.querySelector("h1") || root.querySelector(".cp-card-title a, .cp-c-title a") || root.querySelector("a") || element("a");
}

function drawPick(pick, on) {
  pick.setAttribute("aria-pressed", String(on));
  pick.textContent = on ? "✓已选" : "＋选";
}

function addPick(root) {
  const id = root.getAttribute("data-case"), said = titleOf(root), title = said.textContent.trim();
  const place = root.querySelector(".cp-card-head, .cp-case-head, .cp-c-title") || root;
  if (!CASE_ID.test(id) || root.querySelector(".cp-pick")) return;
  const pick = button("cp-pick", "", function () {
    const now = basket(), without = now.cases.filter(function (each) { return each.id !== id; });
    if (without.length === now.cases.length) without.push({ id: id, title: title, pieces: piecesOf(said) });
    now.cases = without;
    keep(now);
  });
  pick.setAttribute("aria-label", "选编：" + title);
  drawPick(pick, isPicked(id));
  const prize = place.matches(".cp-card-head") && place.querySelector(".cp-prize, .cp-designation");
  place.insertBefore(pick, prize || null);
}

function addPicks(within) {
  if (within.matches("[data-case]")) addPick(within);
  within.querySelectorAll("[data-case]").forEach(addPick);
}

function drawPicks() {
  const picked = new Set(basket().cases.map(function (each) { return each.id; }));
  document.querySelectorAll(".cp-pick").forEach(function (pick) {
    drawPick(pick, picked.has(pick.closest("[data-case]").getAttribute("data-case")));
  });
}

addPicks(document.body);
new MutationObserver(function (seen) {
  seen.forEach(function (each) {
    each.addedNodes.forEach(function (node) { if (node.nodeType === 1) addPicks(node); });
  });
}).observe(document.body, { childList: true, subtree: true });
