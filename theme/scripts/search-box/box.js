/* A search box: suggestions while typing. Without it the box is a form that leads to the page of all cases. */

const WAIT = 40; // ms without a key before anything is looked up
const MOST = 8, VALUES = 3; // suggestions, and how many of them may be values where there are titles

function box(form, number) {
  const input = form.elements.q;
  const panel = element("div", "cp-suggest"), list = element("ul"), said = element("p", "cp-unseen");
  let timer = 0, turn = 0, here = -1, composing = false, looked = null;

  list.id = "cp-suggest-" + number;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "搜索建议");
  said.setAttribute("role", "status");
  said.setAttribute("aria-live", "polite");
  panel.hidden = true;
  panel.appendChild(list);
  form.appendChild(panel);
  form.appendChild(said);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);

  function options() {
    return Array.from(list.querySelectorAll("a"));
  }

  function choose(index) {
    here = index;
    options().forEach(function (option, i) {
      option.setAttribute("aria-selected", String(i === index));
      if (i === index) option.scrollIntoView({ block: "nearest" });
    });
    if (index < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", options()[index].id);
  }

  function close() {
    clearTimeout(timer);
    turn++;
    looked = null;
    panel.hidden = true;
    input.setAttribute("aria-expanded", "false");
    choose(-1);
  }

  function option(address, filled) {
    const item = element("li"), link = element("a");
    item.setAttribute("role", "none");
    link.id = list.id + "-" + list.children.length;
    link.setAttribute("role", "option");
    link.setAttribute("aria-selected", "false");
    link.href = address;
    link.tabIndex = -1;
    filled(link);
    item.appendChild(link);
    list.appendChild(item);
  }

  /* Values first, for they are few and lead to many; each once, by its own name if that is among them. */
  function show(text, found, links) {
    list.textContent = "";
    const seen = new Set(), all = found.map(function (each, i) { return Object.assign({}, each, links[i]); });
    const titles = all.filter(function (each) { return each.url; }), values = all.filter(function (each) { return !each.url; })
      .sort(function (a, b) { return Boolean(a.means) - Boolean(b.means); })
      .filter(function (each) { return !seen.has(each.link) && seen.add(each.link); });
    found = values.slice(0, Math.max(VALUES, MOST - titles.length)).concat(titles).slice(0, MOST);
    found.forEach(function (each) {
      option(each.link, function (link) {
        const words = element("span", "cp-suggest-words");
        words.innerHTML = each.marked; // safe HTML by the contract of casepress.suggest
        link.appendChild(words);
        if (!each.url) link.appendChild(element("span", "cp-suggest-kind", each.means ? each.label + "：" + each.means : each.label));
      });
    });
    option(form.action + "?" + new URLSearchParams([["q", text]]), function (link) {
      link.className = "cp-suggest-all";
      link.appendChild(element("span", "cp-suggest-words", "搜索“" + text + "”"));
      link.appendChild(element("span", "cp-suggest-kind", "标题和全文"));
    });
    panel.hidden = false;
    input.setAttribute("aria-expanded", "true");
    choose(-1);
    said.textContent = found.length ? "有 " + found.length + " 条建议，按上下方向键选" : "没有建议，按回车搜索全文";
  }

  function look() {
    const text = whole(input.value).trim(), mine = ++turn;
    if (text === looked && !panel.hidden) return;
    looked = text;
    if (!text) { close(); said.textContent = ""; return; }
    casepress.suggest(text, 2 * MOST).then(function (found) {
      return addresses(form, found, text).then(function (links) {
        if (mine === turn && document.activeElement === input) show(text, found, links);
      });
    }).catch(function (reason) {
      if (mine !== turn) return;
      close();
      said.textContent = reason.message;
    });
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(look, WAIT);
  }

  input.addEventListener("compositionstart", function () { composing = true; clearTimeout(timer); });
  input.addEventListener("compositionend", function () { composing = false; later(); });
  input.addEventListener("input", function (event) { if (!composing && !event.isComposing) later(); });
  input.addEventListener("focus", function () {
    if (input.value && panel.hidden) later();
    else casepress.suggest("").catch(function () {}); // whoever writes is told
  });
  input.addEventListener("keydown", function (event) {
    if (composing || event.isComposing || event.keyCode === 229) return;
    const count = list.children.length, open = !panel.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) look();
      else if (event.key === "ArrowDown") choose(here + 1 < count ? here + 1 : -1);
      else choose(here < 0 ? count - 1 : here - 1);
    } else if (event.key === "Enter" && open && here >= 0) {
      event.preventDefault();
      options()[here].click();
    } else if (event.key === "Escape") {
      event.preventDefault(); // or the browser empties the box at once
      event.stopPropagation();
      if (open) close();
      else if (input.value) { input.value = ""; said.textContent = ""; }
      else { input.blur(); form.dispatchEvent(new Event("cp-left")); }
    }
  });
  panel.addEventListener("pointerdown", function (event) { event.preventDefault(); }); // the box keeps the focus
  panel.addEventListener("mousedown", function (event) { event.preventDefault(); });
  form.addEventListener("focusout", function (event) { if (!form.contains(event.relatedTarget)) close(); });
  form.addEventListener("submit", function (event) {
    if (composing) event.preventDefault();
    else input.value = whole(input.value).trim();
  });
  window.addEventListener("pageshow", close);
}
