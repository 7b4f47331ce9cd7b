/* A result as a card. */

const PRIZE = /奖(?:（公示中）)?$|^(?:[特一二三]等|优秀|入围|入选)(?:（公示中）)?$/;

function link(hit) {
  const made = element("a");
  made.href = hit.url + (state.q ? "?" + new URLSearchParams([["q", state.q]]) : "");
  made.innerHTML = hit.marked; // safe HTML by the contract of casepress.search
  return inPieces(made, hit.pieces);
}

function award(label) {
  return element("span", PRIZE.test(label) ? "cp-prize" : "cp-designation", label);
}

function place(hit) {
  return (hit.values.region || "").split(" › ").join(" ");
}

const KIND = /^(..+?)(?:特别行政区|自治[区州县旗]|地区|新区|[省市区县盟旗])$/;

/* The steps of a place that a unit's name does not bear; the same rule as in Python: casepress/facts/borne.py. */
function unsaid(hit, unit) {
  return place(hit).split(" ").filter(function (step) { return unit.indexOf(step.replace(KIND, "$1")) < 0; }).join(" ");
}

function card(hit) {
  const made = element("li", "cp-card"), head = element("p", "cp-card-head"), name = element("h2", "cp-card-title");
  const where = element("p", "cp-card-where"), unit = hit.values.school || "";
  made.setAttribute("data-case", hit.id);
  head.appendChild(element("span", "cp-theme", hit.values.theme || ""));
  if (hit.values.award) head.appendChild(award(hit.values.award));
  if (head.querySelector(".cp-prize")) made.classList.add("cp-won");
  name.appendChild(link(hit));
  const apart = unit && place(hit).replace(/ /g, "").slice(-unit.length) !== unit, left = apart ? unsaid(hit, unit) : place(hit);
  if (apart) where.appendChild(element("span", "cp-unit", unit));
  if (left) where.appendChild(element("span", "cp-place", left));
  [head, name, where].forEach(function (each) { made.appendChild(each); });
  if (hit.excerpt) {
    const words = element("p", state.q ? "cp-excerpt" : "cp-card-summary");
    words.innerHTML = hit.excerpt; // safe as well
    made.appendChild(words);
  }
  return made;
}
