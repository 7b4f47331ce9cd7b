/* Nothing found: what was asked for, and which condition to lift. */

const LIFTS = 8; // conditions that are tried without
let turn = 0; // of looking up: what belongs to an older one is not drawn

function quoted(term) {
  return /[ ,;!?。、]/.test(term) ? '"' + term.replace(/"/g, "“") + '"' : term.replace(/"/g, "“");
}

/* What could be lifted: each field's filters, each term, all the words, all filters; as [sentence, state]. */
function lifts() {
  const found = [], terms = casepress.terms(state.q), names = Object.keys(state.filters);
  names.forEach(function (name) {
    const labels = state.filters[name].map(function (value) { return labelOf(name, value); }).join("、");
    found.push(["去掉“" + fieldOf(name).label + "：" + labels + "”", { filters: without(name) }]);
  });
  if (terms.length > 1) {
    terms.forEach(function (term) {
      found.push(["不找“" + term + "”", { q: terms.filter(function (each) { return each !== term; }).map(quoted).join(" ") }]);
    });
  }
  if (terms.length && names.length) found.push(["不找“" + state.q + "”，只留筛选", { q: "" }]);
  if (names.length > 1) found.push(["去掉全部筛选", { filters: {} }]);
  return found.slice(0, LIFTS);
}

/* Those of some terms that no case has, each in quotation marks. */
function nowhere(terms) {
  return Promise.all(terms.slice(0, LIFTS).map(function (term) {
    return casepress.search(quoted(term), { filters: scoped({}), limit: 0, facets: false })
      .then(function (result) { return result.total ? "" : "“" + term + "”"; });
  })).then(function (found) { return found.filter(Boolean); });
}

/* Ways on, each with its count; one click leads there. */
function drawWays(box, words, some) {
  if (!some.length) return;
  const ways = element("ul", "cp-lifts");
  box.appendChild(element("p", "", words));
  some.forEach(function (each) {
    const line = element("li");
    line.appendChild(button("", each.words, function () { changed(each.state); input.focus(); }));
    line.appendChild(element("span", "cp-count", figure(each.total) + " 个案例"));
    ways.appendChild(line);
  });
  box.appendChild(ways);
}

function drawEmpty(mine) {
  const box = element("div", "cp-empty"), what = element("p"), conditions = [];
  if (state.q) conditions.push("含有" + casepress.terms(state.q).map(function (term) { return "“" + term + "”"; }).join("和"));
  facets().forEach(function (field) {
    const values = (state.filters[field.name] || []).map(function (value) { return labelOf(field.name, value); });
    if (values.length) conditions.push(field.label + "是“" + values.join("”或“") + "”");
  });
  what.textContent = (conditions.length > 1 ? "没有同时符合这些条件的案例：" : "没有这样的案例：") + conditions.join("，") + "。";
  box.appendChild(what);
  hits.textContent = "";
  hits.appendChild(box);
  const tried = lifts().map(function (each) {
    const without = Object.assign({}, state, each[1]);
    return casepress.search(without.q, { filters: scoped(without.filters), limit: 0, facets: false })
      .then(function (result) { return { words: each[0], state: each[1], total: result.total }; });
  });
  const offered = state.q ? casepress.offers(state.q, scoped(state.filters)).catch(function (problem) { console.error(problem); return []; }) : Promise.resolve([]);
  Promise.all([offered, Promise.all(tried)]).then(function (found) {
    if (mine !== turn) return;
    function key(each) { return casepress.terms(each.q || "").sort().join(" "); }
    const worth = found[1].filter(function (each) { return each.total; }), lifted = worth.map(function (each) { return key(each.state); });
    const others = found[0].filter(function (each) { return lifted.indexOf(key(each)) < 0; })
      .map(function (each) { return { words: each.words, state: { q: each.q }, total: each.total }; });
    drawWays(box, "没有一字不差的，您是不是要找：", others);
    drawWays(box, "放宽条件就有：", worth);
    if (others.length || worth.length) return;
    return nowhere(casepress.terms(state.q)).then(function (terms) {
      if (mine !== turn) return;
      if (terms.length && (conditions.length > 1 || casepress.terms(state.q).length > 1)) box.appendChild(element("p", "", (onlyField ? "这里" : "整个案例库里") + "都没有" + terms.join("、") + "。"));
      box.appendChild(element("p", "", state.q ? "可以少写几个字，或换个说法：这里只找一字不差的。" : "可以换几个筛选。"));
      const ways = element("p");
      ways.appendChild(button("", "回到全部案例", function () { changed({ q: "", filters: {} }); input.focus(); }));
      box.appendChild(ways);
    });
  }).catch(function () {}); // the sentence above says enough
}
