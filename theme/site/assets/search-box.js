/* The search boxes of the header and of the home page: suggestions while typing, and `/` that leads to the box.
   Classic script, ES2019. Without it a box is a form that leads to the page of all cases. */
(function () {
  "use strict";

  const WAIT = 140; // ms without a key before anything is looked up
  const MOST = 8, VALUES = 3; // suggestions, and how many of them may be values where there are titles

  function element(name, className, text) {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  /* Half of a pair of surrogates cannot stand in an address, and no text has it. */
  function whole(text) {
    return text.replace(/[\ud800-\udfff]/gu, "");
  }

  function quoted(text) {
    return /\s/.test(text) && !/["＂]/.test(text) ? '"' + text + '"' : text;
  }

  /* Where a suggestion leads: a title to its case; a value to the cases that have it; other words to a search; and to
     nowhere what is only another name of a value. */
  function addresses(form, found, text) {
    const all = form.action, kinds = casepress.about().then(function (about) {
      return new Map(about.fields.map(function (field) { return [field.name, field]; }));
    });
    return kinds.then(function (fields) {
      return Promise.all(found.map(function (each) {
        if (each.url) return each.url + "?" + new URLSearchParams([["q", text]]);
        const field = fields.get(each.field), search = all + "?" + new URLSearchParams([["q", quoted(each.text)]]);
        if (!field || !field.facet) return search;
        const filter = all + "?" + new URLSearchParams([[casepress.parameter(each.field), each.text]]);
        if (field.kind !== "choice") return filter;
        return casepress.search("", { facets: [each.field], limit: 0 }).then(function (result) {
          const value = result.facets[each.field].find(function (one) { return one.label === each.text; });
          return value ? all + "?" + new URLSearchParams([[casepress.parameter(each.field), value.value]]) : "";
        });
      }));
    });
  }

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
      return Array.from(list.children);
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
      item.id = list.id + "-" + list.children.length;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      link.href = address;
      link.tabIndex = -1;
      filled(link);
      item.appendChild(link);
      list.appendChild(item);
    }

    /* Values first, for they are few and lead to many. */
    function show(text, found, links) {
      list.textContent = "";
      found = found.map(function (each, i) { return Object.assign({ link: links[i] }, each); }).filter(function (each) { return each.link; });
      const values = found.filter(function (each) { return !each.url; }), titles = found.filter(function (each) { return each.url; });
      found = values.slice(0, Math.max(VALUES, MOST - titles.length)).concat(titles).slice(0, MOST);
      found.forEach(function (each) {
        option(each.link, function (link) {
          const words = element("span", "cp-suggest-words");
          words.innerHTML = each.marked; // safe HTML by the contract of casepress.suggest
          link.appendChild(words);
          if (!each.url) link.appendChild(element("span", "cp-suggest-kind", each.label));
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
    input.addEventListener("focus", function () { if (input.value && panel.hidden) later(); });
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
        options()[here].firstChild.click();
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

  /* On narrow screens the header has an icon in the box's place, which opens it over the header's whole width. */
  function opener(icon, form) {
    const shut = element("button", "cp-shut", "取消");
    shut.type = "button";
    form.appendChild(shut);
    icon.setAttribute("role", "button");
    icon.setAttribute("aria-expanded", "false");

    function turn(open) {
      form.classList.toggle("cp-opened", open);
      icon.setAttribute("aria-expanded", String(open));
      if (open) form.elements.q.focus();
    }

    function leave() {
      if (!form.classList.contains("cp-opened")) return;
      turn(false);
      icon.focus();
    }

    icon.addEventListener("click", function (event) { event.preventDefault(); turn(true); });
    icon.addEventListener("keydown", function (event) {
      if (event.key === " ") { event.preventDefault(); turn(true); }
    });
    shut.addEventListener("click", leave);
    form.addEventListener("cp-left", leave);
    form.addEventListener("focusout", function (event) {
      if (event.relatedTarget && !form.contains(event.relatedTarget)) turn(false);
    });
  }

  function editable(target) {
    return target.isContentEditable || /^(?:input|textarea|select)$/i.test(target.tagName) && !/^(?:checkbox|radio|button)$/.test(target.type);
  }

  /* The name in the address of a field's filter; a field that is called like one of our own words is told apart. */
  casepress.parameter = function (field) {
    return /^(?:q|sort|view)$/.test(field) ? "f." + field : field;
  };

  const head = document.querySelector(".cp-box-head"), icon = document.querySelector(".cp-open");
  if (head) {
    const asked = new URLSearchParams(location.search).get("q");
    if (asked && document.querySelector(".cp-case")) head.elements.q.value = asked;
  }
  if (head && icon) opener(icon, head);
  Array.from(document.querySelectorAll(".cp-box")).forEach(box);
  document.addEventListener("keydown", function (event) {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || editable(event.target)) return;
    const form = document.querySelector(".cp-query, .cp-box-home") || head;
    if (!form) return;
    event.preventDefault();
    if (form === head && icon && icon.offsetParent) icon.click();
    form.elements.q.focus();
    form.elements.q.select();
  });
})();
