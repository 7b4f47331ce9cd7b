/* A case opened from a list or from results: the way back to them, and the one before and after it there. */

function cameFrom() {
  try {
    return JSON.parse(sessionStorage.getItem("casepress-from")) || {};
  } catch (reason) {
    return {};
  }
}

function wayTo(way, label, each) {
  const link = element("a", "", label);
  link.setAttribute("aria-label", label + "：" + each.title);
  link.title = each.title;
  link.href = each.id + ".html";
  way.appendChild(link);
}

function wayBack() {
  const root = document.querySelector(".cp-case"), from = cameFrom(), cases = from.cases || [];
  const here = root ? cases.findIndex(function (each) { return each.id === root.getAttribute("data-case"); }) : -1;
  if (here < 0) return;
  const way = element("nav", "cp-back"), back = element("a", "", "回到" + (from.name || "结果"));
  way.setAttribute("aria-label", "从哪里来");
  back.href = from.address;
  way.appendChild(back);
  way.appendChild(element("span", "", "第 " + (here + 1) + " 个，共 " + cases.length + " 个"));
  if (here > 0) wayTo(way, "上一个", cases[here - 1]);
  if (here < cases.length - 1) wayTo(way, "下一个", cases[here + 1]);
  root.insertAdjacentElement("afterbegin", way);
}

wayBack();
