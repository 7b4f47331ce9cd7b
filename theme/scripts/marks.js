/* A case opened from a search (`?q=…`): its terms are marked, the first is shown, and a small bar leads from one to the
   next. Marks what scripts/search means by the same words. */

const BLOCK = /^(?:ADDRESS|BLOCKQUOTE|DD|DIV|DL|DT|FIGCAPTION|FIGURE|H[1-6]|HR|LI|OL|P|PRE|SECTION|TABLE|TBODY|TD|TH|THEAD|TR|UL|BR)$/;

/* The text of an element, blocks parted by a space as in the index, and where each of its text nodes begins. */
function textOf(root) {
  const nodes = [];
  let text = "";
  function part() {
    if (text && text[text.length - 1] !== " ") text += " ";
  }
  (function walk(node) {
    if (node.nodeType === 3) {
      nodes.push({ node: node, start: text.length });
      text += node.data;
    } else if (node.nodeType === 1 && !node.matches("script, style, .cp-between, .cp-summary > b")) {
      const block = BLOCK.test(node.tagName);
      if (block) part();
      node.childNodes.forEach(walk);
      if (block) part();
    }
  })(root);
  return { text: text, nodes: nodes };
}

/* Marks of one place found; it may go through several elements. */
function mark(nodes, range) {
  const made = [];
  nodes.forEach(function (each) {
    const start = Math.max(range[0], each.start), end = Math.min(range[1], each.start + each.node.length);
    if (start >= end) return;
    const inside = start > each.start ? each.node.splitText(start - each.start) : each.node;
    if (end - start < inside.length) inside.splitText(end - start);
    const found = document.createElement("mark");
    inside.parentNode.replaceChild(found, inside);
    found.appendChild(inside);
    made.push(found);
  });
  return made;
}

function places(query) {
  const found = [];
  document.querySelectorAll(".cp-case-title h1, .cp-case-head .cp-subtitle, .cp-facts dd, .cp-summary, .cp-body, .cp-photos figcaption").forEach(function (root) {
    const said = textOf(root);
    const here = casepress.ranges(said.text, query);
    // from the end, so that what is split does not move what comes before
    found.push.apply(found, here.reverse().map(function (range) { return mark(said.nodes, range); }).reverse());
  });
  return found.filter(function (marks) { return marks.length; });
}

function bar(query, found) {
  const made = document.createElement("div"), said = document.createElement("p");
  let here = -1;
  made.className = "cp-marks";
  made.setAttribute("role", "region");
  made.setAttribute("aria-label", "文中的检索词");
  said.setAttribute("role", "status");
  said.setAttribute("aria-live", "polite");
  made.appendChild(said);

  function go(step) {
    found.forEach(function (marks) { marks.forEach(function (each) { each.classList.remove("cp-here"); }); });
    here = (here + step + found.length) % found.length;
    found[here].forEach(function (each) { each.classList.add("cp-here"); });
    found[here][0].scrollIntoView({ block: "center" });
    said.textContent = "找到 " + found.length + " 处，这是第 " + (here + 1) + " 处";
  }

  function clear() {
    found.forEach(function (marks) {
      marks.forEach(function (each) {
        const parent = each.parentNode;
        while (each.firstChild) parent.insertBefore(each.firstChild, each);
        parent.removeChild(each);
        parent.normalize();
      });
    });
    made.remove();
    try {
      history.replaceState(null, "", location.pathname + location.hash);
    } catch (reason) {
      // then the words stay in the address
    }
    document.getElementById("cp-content").focus({ preventScroll: true });
  }

  if (found.length > 1) {
    made.appendChild(button("", "上一处", function () { go(-1); }));
    made.appendChild(button("", "下一处", function () { go(1); }));
  }
  made.appendChild(button("", "清除", clear));
  document.querySelector(".cp-case").insertAdjacentElement("afterbegin", made);
  if (!found.length) said.textContent = "页面上没有“" + query + "”这几个字：它们在主题的别称等资料里";
  else if (location.hash) said.textContent = "找到 " + found.length + " 处";
  else go(1);
}

const query = new URLSearchParams(location.search).get("q") || "";
if (window.casepress && document.querySelector(".cp-case") && casepress.terms(query).length) bar(query, places(query));
