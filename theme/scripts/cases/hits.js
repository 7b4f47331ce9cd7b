/* The results, and what stands above and below them. */

/* A phone has no room for the columns of a table, nor buttons to choose one: there an address that asks for it shows cards. */
const roomy = window.matchMedia("(min-width: 40em)");

function drawHits(some, from) {
  const table = state.view === "table" && roomy.matches;
  let holder = hits.querySelector(table ? "tbody" : "ul");
  if (!from || !holder) {
    const focus = document.activeElement, key = focus && hits.contains(focus) && focus.getAttribute("data-key");
    hits.textContent = "";
    if (table) {
      const whole = element("table", "cp-table"), scroll = scroller();
      whole.appendChild(element("caption", "cp-unseen", "案例，可以按各列排序"));
      whole.appendChild(tableHead());
      holder = whole.appendChild(element("tbody"));
      scroll.appendChild(whole);
      hits.appendChild(scroll);
    } else {
      holder = hits.appendChild(element("ul", state.q ? "cp-cards cp-excerpted" : "cp-cards"));
    }
    if (key) {
      const again = Array.from(hits.querySelectorAll("[data-key]")).find(function (each) { return each.getAttribute("data-key") === key; });
      if (again) again.focus({ preventScroll: true });
    }
  }
  const made = document.createDocumentFragment();
  some.forEach(function (hit) { made.appendChild(table ? row(hit) : card(hit)); });
  const first = made.firstChild;
  holder.appendChild(made);
  return first;
}

function drawMore(shown, total) {
  const left = total - shown;
  more.hidden = left <= 0;
  more.firstChild.textContent = "再看 " + Math.min(STEP, left) + " 个（已列出 " + figure(shown) + " 个，共 " + figure(total) + " 个）";
}

function drawTools() {
  const backwards = !byOrder(state.sort), chosen = backwards ? state.sort.slice(1) : state.sort;
  Array.from(select.options).forEach(function (each, n) {
    const said = n || !state.q ? orders[n].said : "最相关的在前";
    each.textContent = said + (backwards && each.value === chosen ? "（倒过来）" : "");
    each.hidden = Boolean(n) && !state.q && said === orders[0].said && each.value !== chosen;
  });
  select.value = chosen;
  tools.querySelectorAll("[data-look]").forEach(function (each) {
    each.setAttribute("aria-pressed", String(each.getAttribute("data-look") === (state.view === "table" ? "table" : "cards")));
  });
  if (!typing && !fresh && !composing) input.value = state.q;
  document.title = state.q ? "“" + state.q + "” - " + title : title;
}

function tell(total) {
  const all = !state.q && !selected().length;
  said.textContent = all ? (onlyField ? "共 " : "全部 ") + figure(total) + " 个案例" : total ? "找到 " + figure(total) + " 个案例" : "没有找到案例";
  aside.querySelector(".cp-done").textContent = total ? "看这 " + figure(total) + " 个案例" : "没有案例，关上筛选";
}
