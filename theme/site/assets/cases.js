/* The page of all cases: search, filters, order and look, all of it in the address, so that it can be shared and the
   back button works. Classic script, ES2019; what it shows comes from assets/search.js. */
(function () {
  "use strict";

  const page = document.querySelector(".cp-all");
  if (!page || !window.casepress) return;

  const STEP = 50; // cases at a time
  const SHORT = 8; // values of a facet that are shown at first
  const FIND = 24; // values from which a facet has a box to find one
  const WAIT = 220; // ms without a key before anything is looked up
  const LIFTS = 8; // conditions that are tried without, when nothing was found
  const PRIZE = /奖$|^(?:[特一二三]等|优秀|入围|入选)$/;

  const query = page.querySelector(".cp-query"), input = query.elements.q;
  const tools = page.querySelector(".cp-tools"), said = page.querySelector(".cp-found");
  const chips = page.querySelector(".cp-chips"), hits = page.querySelector(".cp-hits");
  const more = page.querySelector(".cp-onward-hits"), select = tools.querySelector("select");
  const aside = page.querySelector(".cp-facets"), list = aside.querySelector(".cp-facet-list");
  const title = document.title;

  // What does not belong into the address: facets' open branches and lists, and words to find a value by.
  const opened = new Set(), unfolded = new Set(), asked = new Set(), sought = new Map();
  let about = null, state = null, last = null, turn = 0, timer = 0, typing = false, composing = false, fresh = false;

  function element(name, className, text) {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function button(className, text, does) {
    const made = element("button", className, text);
    made.type = "button";
    made.addEventListener("click", does);
    return made;
  }

  function figure(number) {
    return String(number).replace(/\B(?=(\d{3})+$)/g, ",");
  }

  function facets() {
    return about.fields.filter(function (field) { return field.facet; });
  }

  function fieldOf(name) {
    return facets().find(function (field) { return field.name === name; });
  }

  // ---- the address --------------------------------------------------------------------------------------------------

  /* Where a page may not change its address, the state stands behind `#?`. */
  function fromAddress() {
    const words = new URLSearchParams(/^#\?/.test(location.hash) ? location.hash.slice(2) : location.search);
    const found = { q: (words.get("q") || "").trim(), filters: {}, sort: words.get("sort") || "", view: words.get("view") || "" };
    facets().forEach(function (field) {
      const values = words.getAll(casepress.parameter(field.name)).filter(Boolean);
      if (values.length) found.filters[field.name] = Array.from(new Set(values));
    });
    if (!sorts().some(function (each) { return each[0] === found.sort.replace(/^-/, ""); })) found.sort = "";
    return found;
  }

  function words(some) {
    const made = new URLSearchParams();
    if (some.q) made.append("q", some.q);
    facets().forEach(function (field) {
      (some.filters[field.name] || []).forEach(function (value) { made.append(casepress.parameter(field.name), value); });
    });
    if (some.sort) made.append("sort", some.sort);
    if (some.view === "table") made.append("view", "table");
    return String(made);
  }

  function remember(replacing) {
    const said = words(state);
    try {
      history[replacing ? "replaceState" : "pushState"]({ shown: 0 }, "", location.pathname + (said ? "?" + said : ""));
    } catch (reason) {
      location.hash = said ? "?" + said : ""; // the browser keeps addresses of this kind of place as they are
    }
  }

  /* A step that the back button can undo; what stands in the box and was not looked up yet goes with it. */
  function changed(some) {
    state = Object.assign({}, state, fresh && !composing ? { q: inBox() } : {}, some);
    typing = fresh = false;
    remember(false);
    refresh(STEP);
  }

  function inBox() {
    return input.value.replace(/[\ud800-\udfff]/gu, "").trim();
  }

  // ---- filters ------------------------------------------------------------------------------------------------------

  function parents(values) {
    const found = new Map();
    values.forEach(function (each) { found.set(each.value, each.parent); });
    return found;
  }

  function pathOf(values, each) {
    const labels = [], byValue = new Map(values.map(function (one) { return [one.value, one]; }));
    for (let here = each; here; here = byValue.get(here.parent)) labels.unshift(here.label);
    return labels.join("");
  }

  /* A value in an address may also be a label, or a place with all above it; where it is clear which, it becomes the key. */
  function settled(filters, found) {
    const made = {};
    Object.keys(filters).forEach(function (name) {
      const values = found[name] || [];
      made[name] = Array.from(new Set(filters[name].map(function (word) {
        const meant = values.filter(function (each) { return each.value === word || each.label === word || each.depth && pathOf(values, each) === word; });
        return meant.length === 1 ? meant[0].value : word;
      })));
    });
    return made;
  }

  /* Ticking a place takes what stands above and below it away: the one narrows, the other is meant already. */
  function tick(name, value, on) {
    const values = last.facets[name] || [], above = parents(values);
    function under(one, other) {
      for (let here = above.get(one); here; here = above.get(here)) if (here === other) return true;
      return false;
    }
    let chosen = (state.filters[name] || []).filter(function (each) {
      return each !== value && !(on && (under(each, value) || under(value, each)));
    });
    if (on) chosen = chosen.concat(value);
    const filters = Object.assign({}, state.filters);
    delete filters[name];
    if (chosen.length) filters[name] = chosen;
    changed({ filters: filters });
  }

  function without(name, value) {
    const filters = Object.assign({}, state.filters);
    filters[name] = (filters[name] || []).filter(function (each) { return value !== undefined && each !== value; });
    if (!filters[name].length) delete filters[name];
    return filters;
  }

  function labelOf(name, value) {
    const found = last && last.facets[name] && last.facets[name].find(function (each) { return each.value === value; });
    return found ? found.label : value;
  }

  /* Selected filters as [field, value], in the order of the fields. */
  function selected() {
    const found = [];
    facets().forEach(function (field) {
      (state.filters[field.name] || []).forEach(function (value) { found.push([field, value]); });
    });
    return found;
  }

  /* What is large is only loaded when it is asked for; places are asked for by most, and their tree is closed at first. */
  function facetNames() {
    return facets().filter(function (field) { return !field.large || field.kind === "place" || asked.has(field.name) || state.filters[field.name]; })
      .map(function (field) { return field.name; });
  }

  // ---- facets, drawn ------------------------------------------------------------------------------------------------

  function item(field, each, chosen, inner) {
    const made = element("li"), label = element("label"), check = element("input");
    check.type = "checkbox";
    check.checked = chosen.has(each.value);
    check.indeterminate = !check.checked && inner;
    check.setAttribute("data-key", field.name + "=" + each.value);
    check.addEventListener("change", function () { tick(field.name, each.value, check.checked); });
    label.appendChild(check);
    label.appendChild(element("span", "cp-facet-label", each.label));
    label.appendChild(element("span", "cp-count", figure(each.count)));
    made.appendChild(label);
    if (!each.count) made.className = "cp-none";
    return made;
  }

  function branches(field, values, chosen) {
    const below = new Map(), inner = new Set(), above = parents(values);
    values.forEach(function (each) {
      if (!below.has(each.parent)) below.set(each.parent, []);
      below.get(each.parent).push(each);
      if (chosen.has(each.value)) for (let here = each.parent; here; here = above.get(here)) inner.add(here);
    });
    function shown(each) {
      return each.count || chosen.has(each.value) || inner.has(each.value);
    }
    const tops = (below.get("") || []).filter(shown), whole = unfolded.has(field.name) || tops.length <= SHORT + 2;
    const made = document.createDocumentFragment();
    made.appendChild((function branch(parent) {
      const made = element("ul", parent ? "" : "cp-tree");
      (below.get(parent) || []).filter(shown).forEach(function (each, i) {
        if (!parent && !whole && i >= SHORT && !chosen.has(each.value) && !inner.has(each.value)) return;
        const line = item(field, each, chosen, inner.has(each.value)), key = field.name + "/" + each.value;
        const lower = (below.get(each.value) || []).filter(shown);
        if (lower.length) {
          const open = opened.has(key) || inner.has(each.value) && !opened.has("-" + key);
          const turner = button("cp-turn", "", function () {
            opened.delete(open ? key : "-" + key);
            opened.add(open ? "-" + key : key);
            drawFacets();
          });
          turner.setAttribute("aria-expanded", String(open));
          turner.setAttribute("aria-label", each.label + "以下");
          turner.setAttribute("data-key", "turn " + key);
          line.insertBefore(turner, line.firstChild);
          if (open) line.appendChild(branch(each.value));
        }
        made.appendChild(line);
      });
      return made;
    })(""));
    if (tops.length > SHORT + 2) made.appendChild(unfolder(field, whole, tops.length - SHORT));
    return made;
  }

  function unfolder(field, whole, left) {
    const turner = button("cp-unfold", whole ? "收起" : "还有 " + figure(left) + " 个", function () {
      if (whole) unfolded.delete(field.name); else unfolded.add(field.name);
      drawFacets();
    });
    turner.setAttribute("aria-expanded", String(whole));
    turner.setAttribute("data-key", "unfold " + field.name);
    return turner;
  }

  function flat(field, values, chosen) {
    const made = document.createDocumentFragment(), wanted = casepress.fold(sought.get(field.name) || "");
    let fit = values.filter(function (each) { return chosen.has(each.value) || each.count && (!wanted || casepress.fold(each.label).indexOf(wanted) >= 0); });
    if (field.kind === "text" || field.kind === "people") {
      fit = fit.slice().sort(function (a, b) { return b.count - a.count; });
    }
    const whole = unfolded.has(field.name) || fit.length <= SHORT + 2;
    const shown = whole ? fit.slice(0, 200) : fit.filter(function (each, i) { return i < SHORT || chosen.has(each.value); });
    if (values.length > FIND) {
      const find = element("input", "cp-find");
      find.type = "search";
      find.value = sought.get(field.name) || "";
      find.placeholder = "找" + field.label;
      find.autocomplete = "off";
      find.setAttribute("aria-label", "在" + field.label + "里找");
      find.setAttribute("data-key", "find " + field.name);
      find.addEventListener("input", function (event) {
        if (event.isComposing) return;
        sought.set(field.name, find.value);
        drawFacets();
      });
      find.addEventListener("compositionend", function () { sought.set(field.name, find.value); drawFacets(); });
      made.appendChild(find);
    }
    const items = element("ul");
    shown.forEach(function (each) { items.appendChild(item(field, each, chosen, false)); });
    made.appendChild(items);
    if (!fit.length) made.appendChild(element("p", "cp-none", "没有含有“" + sought.get(field.name) + "”的" + field.label));
    if (fit.length > shown.length && whole) made.appendChild(element("p", "cp-none", "还有 " + figure(fit.length - shown.length) + " 个，请在上面的框里写几个字来找"));
    if (fit.length > SHORT + 2) made.appendChild(unfolder(field, whole, fit.length - shown.length));
    return made;
  }

  function drawFacets() {
    const focus = document.activeElement && list.contains(document.activeElement) ? document.activeElement : null;
    const key = focus && focus.getAttribute("data-key"), at = focus && focus.selectionStart;
    const made = document.createDocumentFragment();
    facets().forEach(function (field) {
      const values = last.facets[field.name], chosen = new Set(state.filters[field.name] || []);
      if (values && !values.some(function (each) { return each.count || chosen.has(each.value); })) return;
      const group = element("fieldset", "cp-facet");
      group.appendChild(element("legend", "", field.label));
      if (!values) {
        const open = button("cp-unfold", "按" + field.label + "筛选", function () { asked.add(field.name); refresh(STEP); });
        open.setAttribute("data-key", "unfold " + field.name);
        group.appendChild(open);
      } else {
        group.appendChild(field.kind === "place" ? branches(field, values, chosen) : flat(field, values, chosen));
      }
      made.appendChild(group);
    });
    list.textContent = "";
    list.appendChild(made);
    if (!key) return;
    const again = Array.from(list.querySelectorAll("[data-key]")).find(function (each) { return each.getAttribute("data-key") === key; });
    if (again) {
      again.focus({ preventScroll: true });
      if (again.type === "search") again.setSelectionRange(at, at);
    } else aside.querySelector("h2").focus({ preventScroll: true });
  }

  function drawChips() {
    const some = selected();
    chips.textContent = "";
    some.forEach(function (each) {
      const field = each[0], value = each[1], chip = element("li");
      const lift = button("", field.label + "：" + labelOf(field.name, value), function () {
        changed({ filters: without(field.name, value) });
        (chips.querySelector("button") || input).focus();
      });
      lift.setAttribute("aria-label", "去掉筛选 " + field.label + "：" + labelOf(field.name, value));
      chip.appendChild(lift);
      chips.appendChild(chip);
    });
    if (some.length) {
      const all = element("li");
      all.appendChild(button("cp-reset", "全部清除", reset));
      chips.appendChild(all);
    }
    chips.hidden = !some.length;
    aside.querySelector(".cp-reset").hidden = !some.length;
    tools.querySelector(".cp-filters").textContent = some.length ? "筛选（" + some.length + "）" : "筛选";
  }

  function reset() {
    changed({ filters: {} });
    if (aside.getAttribute("role") === "dialog") aside.querySelector("h2").focus();
    else input.focus();
  }

  // ---- results, drawn -----------------------------------------------------------------------------------------------

  function link(hit) {
    const made = element("a");
    made.href = hit.url + (state.q ? "?" + new URLSearchParams([["q", state.q]]) : "");
    made.innerHTML = hit.marked; // safe HTML by the contract of casepress.search
    return made;
  }

  function award(label) {
    return element("span", PRIZE.test(label) ? "cp-prize" : "cp-designation", label);
  }

  function place(hit) {
    return (hit.values.region || "").split(" › ").join(" ");
  }

  function card(hit) {
    const made = element("li", "cp-card"), head = element("p", "cp-card-head"), name = element("h2", "cp-card-title");
    const where = element("p", "cp-card-where"), unit = hit.values.school || "";
    head.appendChild(element("span", "cp-theme", hit.values.theme || ""));
    if (hit.values.award) head.appendChild(award(hit.values.award));
    if (head.querySelector(".cp-prize")) made.classList.add("cp-won");
    name.appendChild(link(hit));
    if (unit && place(hit).replace(/ /g, "").slice(-unit.length) !== unit) where.appendChild(element("span", "cp-unit", unit));
    if (place(hit)) where.appendChild(element("span", "cp-place", place(hit)));
    [head, name, where].forEach(function (each) { made.appendChild(each); });
    if (hit.excerpt) {
      const words = element("p", state.q ? "cp-excerpt" : "cp-card-summary");
      words.innerHTML = hit.excerpt; // safe as well
      made.appendChild(words);
    }
    return made;
  }

  const COLUMNS = ["title", "school", "region", "theme", "batch", "award"];

  function columns() {
    return COLUMNS.filter(function (name) { return name === "title" || fieldOf(name); });
  }

  function tableHead() {
    const head = element("thead"), row = element("tr");
    columns().forEach(function (name) {
      const cell = element("th", "cp-c-" + name), field = about.fields.find(function (each) { return each.name === name; });
      const label = field ? field.label : "标题", now = state.sort.replace(/^-/, "") === name;
      cell.scope = "col";
      cell.setAttribute("aria-sort", !now ? "none" : state.sort[0] === "-" ? "descending" : "ascending");
      cell.appendChild(button("", label, function () {
        changed({ sort: state.sort === name ? "-" + name : name });
      })).setAttribute("data-key", "sort " + name);
      row.appendChild(cell);
    });
    head.appendChild(row);
    return head;
  }

  function row(hit) {
    const made = element("tr");
    columns().forEach(function (name) {
      const cell = element(name === "title" ? "th" : "td", "cp-c-" + name), value = hit.values[name] || "";
      if (name === "title") {
        cell.scope = "row";
        cell.appendChild(link(hit));
        if (state.q && hit.excerpt) cell.appendChild(element("p", "cp-excerpt")).innerHTML = hit.excerpt;
      } else if (name === "award") {
        if (value) cell.appendChild(award(value));
      } else {
        cell.textContent = name === "region" ? place(hit) : value;
      }
      made.appendChild(cell);
    });
    return made;
  }

  function drawHits(some, from) {
    const table = state.view === "table";
    let holder = hits.querySelector(table ? "tbody" : "ul");
    if (!from || !holder) {
      const focus = document.activeElement, key = focus && hits.contains(focus) && focus.getAttribute("data-key");
      hits.textContent = "";
      if (table) {
        const whole = element("table", "cp-table"), scroll = element("div", "cp-scroll");
        whole.appendChild(element("caption", "cp-unseen", "案例，可以按各列排序"));
        whole.appendChild(tableHead());
        holder = whole.appendChild(element("tbody"));
        scroll.appendChild(whole);
        hits.appendChild(scroll);
      } else {
        holder = hits.appendChild(element("ul", state.q ? "cp-cards cp-long" : "cp-cards"));
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
    const sort = state.sort.replace(/^-/, "");
    Array.from(select.options).forEach(function (each) {
      if (!each.value) each.textContent = state.q ? "相关度" : "默认";
      else each.textContent = each.getAttribute("data-label") + (each.value === sort && state.sort[0] === "-" ? "（倒序）" : "");
    });
    select.value = sort;
    tools.querySelectorAll("[data-look]").forEach(function (each) {
      each.setAttribute("aria-pressed", String(each.getAttribute("data-look") === (state.view === "table" ? "table" : "cards")));
    });
    if (!typing && !fresh && !composing) input.value = state.q;
    document.title = state.q ? "“" + state.q + "” - " + title : title;
  }

  function tell(total) {
    const all = !state.q && !selected().length;
    said.textContent = all ? "全部 " + figure(total) + " 个案例" : total ? "找到 " + figure(total) + " 个案例" : "没有找到案例";
    aside.querySelector(".cp-done").textContent = total ? "看这 " + figure(total) + " 个案例" : "没有案例，关上筛选";
  }

  // ---- nothing found ------------------------------------------------------------------------------------------------

  function quoted(term) {
    return / /.test(term) ? '"' + term + '"' : term;
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
      return casepress.search(quoted(term), { limit: 0, facets: false })
        .then(function (result) { return result.total ? "" : "“" + term + "”"; });
    })).then(function (found) { return found.filter(Boolean); });
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
      return casepress.search(without.q, { filters: without.filters, limit: 0, facets: false })
        .then(function (result) { return { words: each[0], state: each[1], total: result.total }; });
    });
    Promise.all(tried).then(function (all) {
      if (mine !== turn) return;
      const worth = all.filter(function (each) { return each.total; });
      if (worth.length) {
        const ways = element("ul", "cp-lifts");
        box.appendChild(element("p", "", "放宽条件就有："));
        worth.forEach(function (each) {
          const line = element("li");
          line.appendChild(button("", each.words, function () { changed(each.state); input.focus(); }));
          line.appendChild(element("span", "cp-count", figure(each.total) + " 个案例"));
          ways.appendChild(line);
        });
        box.appendChild(ways);
        return;
      }
      return nowhere(casepress.terms(state.q)).then(function (terms) {
        if (mine !== turn) return;
        if (terms.length && (conditions.length > 1 || casepress.terms(state.q).length > 1)) box.appendChild(element("p", "", "整个案例库里都没有" + terms.join("、") + "。"));
        box.appendChild(element("p", "", state.q ? "可以少写几个字，或换个说法：这里只找一字不差的。" : "可以换几个筛选。"));
        const ways = element("p");
        ways.appendChild(button("", "回到全部案例", function () { changed({ q: "", filters: {} }); input.focus(); }));
        box.appendChild(ways);
      });
    }).catch(function () {}); // the sentence above says enough
  }

  // ---- the work -----------------------------------------------------------------------------------------------------

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
      const plain = settled(state.filters, last.facets);
      if (JSON.stringify(plain) !== JSON.stringify(state.filters)) state.filters = plain;
      page.removeAttribute("aria-busy");
      drawTools();
      drawChips();
      drawFacets();
      tell(last.total);
      if (last.total) drawHits([].concat.apply([], results.map(function (each) { return each.hits; })), 0);
      else drawEmpty(mine);
      drawMore(Math.min(last.total, parts.length * STEP), last.total);
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

  // ---- the sheet of narrow screens ----------------------------------------------------------------------------------

  function sheet() {
    const opener = tools.querySelector(".cp-filters"), shade = element("div", "cp-shade");
    shade.hidden = true;
    page.appendChild(shade);

    function turn(open) {
      aside.classList.toggle("cp-sheet", open);
      document.documentElement.classList.toggle("cp-still", open);
      shade.hidden = !open;
      opener.setAttribute("aria-expanded", String(open));
      if (open) {
        aside.setAttribute("role", "dialog");
        aside.setAttribute("aria-modal", "true");
        aside.querySelector("h2").focus();
      } else {
        aside.removeAttribute("role");
        aside.removeAttribute("aria-modal");
        if (opener.offsetParent) opener.focus();
      }
    }

    function isOpen() { return aside.classList.contains("cp-sheet"); }

    opener.addEventListener("click", function () { turn(true); });
    shade.addEventListener("click", function () { turn(false); });
    aside.querySelector(".cp-shut").addEventListener("click", function () { turn(false); });
    aside.querySelector(".cp-done").addEventListener("click", function () { turn(false); });
    aside.querySelector(".cp-reset").addEventListener("click", reset);
    aside.addEventListener("keydown", function (event) {
      if (!isOpen() || event.isComposing) return;
      if (event.key === "Escape") { event.preventDefault(); turn(false); }
      if (event.key !== "Tab") return;
      const stops = Array.from(aside.querySelectorAll("button, input")).filter(function (each) { return each.offsetParent; });
      const first = stops[0], end = stops[stops.length - 1], here = document.activeElement;
      if (event.shiftKey && (here === first || here === aside.querySelector("h2"))) { event.preventDefault(); end.focus(); }
      else if (!event.shiftKey && here === end) { event.preventDefault(); first.focus(); }
    });
    window.addEventListener("resize", function () { if (isOpen() && !opener.offsetParent) turn(false); });
  }

  // ---- beginning ----------------------------------------------------------------------------------------------------

  function sorts() {
    const found = [["", "相关度"]];
    ["batch", "award", "region"].forEach(function (name) {
      if (fieldOf(name)) found.push([name, fieldOf(name).label]);
    });
    found.push(["title", "标题"]);
    facets().forEach(function (field) {
      if (["batch", "award", "region"].indexOf(field.name) < 0) found.push([field.name, field.label]);
    });
    return found;
  }

  function begin(found) {
    about = found;
    state = fromAddress();
    sorts().forEach(function (each) {
      const option = element("option", "", each[1]);
      option.value = each[0];
      option.setAttribute("data-label", each[1]);
      select.appendChild(option);
    });
    aside.hidden = tools.hidden = false;
    const kept = history.state && history.state.shown ? history.state : { shown: 0, top: 0 };
    if (state.q || selected().length || state.sort || state.view) hits.textContent = "";
    return refresh(Math.max(STEP, kept.shown)).then(function () {
      if (kept.top) window.scrollTo(0, kept.top);
    });
  }

  query.hidden = false;
  page.querySelector(".cp-lead").hidden = true; // the results say how many there are
  sheet();
  input.addEventListener("compositionstart", function () { composing = true; clearTimeout(timer); });
  input.addEventListener("compositionend", function () { composing = false; later(); });
  input.addEventListener("input", function (event) {
    fresh = true;
    if (!composing && !event.isComposing) later();
  });
  input.addEventListener("blur", function () { typing = false; });
  input.addEventListener("keydown", function (event) {
    if (event.key !== "Escape" || composing || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    if (input.value) { input.value = ""; fresh = true; later(); } else input.blur();
  });
  query.addEventListener("submit", function (event) {
    event.preventDefault();
    if (composing || !state) return;
    typed();
    typing = false;
  });
  select.addEventListener("change", function () { changed({ sort: select.value }); });
  tools.addEventListener("click", function (event) {
    const look = event.target.getAttribute("data-look");
    if (look) changed({ view: look === "table" ? "table" : "" });
  });
  more.firstChild.addEventListener("click", onward);
  window.addEventListener("popstate", function () {
    if (!about || words(fromAddress()) === words(state)) return;
    state = fromAddress();
    typing = false;
    refresh(Math.max(STEP, history.state && history.state.shown || 0));
  });
  // What was listed, and where, for the way back from a case.
  window.addEventListener("pagehide", function () {
    try {
      history.replaceState({ shown: hits.querySelectorAll("tbody tr, .cp-card").length, top: window.scrollY }, "");
    } catch (reason) {
      // then the page begins at its top again
    }
  });
  casepress.about().then(begin).catch(fail);
})();
