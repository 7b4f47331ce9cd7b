/* The page ready to print: cover, contents, cases, in the book's look; how it is set stands in styles/compiled.css. */

function coverOf(said, count) {
  const made = element("section", "cp-of-cover"), about = paper.dataset;
  made.setAttribute("aria-label", "封面");
  made.appendChild(element("p", "cp-of-name", said.title || about.collection + "选编"));
  if (said.sub) made.appendChild(element("p", "cp-of-sub", said.sub));
  made.appendChild(element("p", "cp-of-count", "共 " + figure(count) + " 个案例"));
  made.appendChild(element("p", "cp-of-from", "选自《" + about.collection + "》" + (about.publisher ? "　" + about.publisher : "")));
  return made;
}

function contentsOf(articles) {
  const made = element("nav", "cp-of-contents"), list = element("ol");
  made.setAttribute("aria-label", "目录");
  made.appendChild(element("p", "cp-of-head", "目录"));
  articles.forEach(function (each) {
    const line = list.appendChild(element("li")), way = line.appendChild(element("a", "cp-phrases"));
    way.append.apply(way, Array.from(each.querySelector(".cp-of-title").cloneNode(true).childNodes));
    const unit = each.querySelector(".cp-unit") || each.querySelector(".cp-place");
    way.href = "#" + each.id;
    if (unit) line.appendChild(element("span", "cp-of-unit", unit.textContent));
  });
  made.appendChild(list);
  return made;
}

/* Draw the whole compilation; resolved with the ids of cases that were not found, when all pictures are there. */
function drawPaper(said) {
  return Promise.all(said.cases.map(function (each) {
    return caseOf(each.id).catch(function () { return null; });
  })).then(function (found) {
    const there = [];
    paper.textContent = "";
    found.forEach(function (node, at) { if (node) there.push(article(node, said.cases[at].id, there.length + 1)); });
    if (!there.length) return said.cases;
    [coverOf(said, there.length), contentsOf(there)].concat(there).forEach(function (each) { paper.appendChild(each); });
    return Promise.all(Array.from(paper.querySelectorAll("img")).map(function (picture) {
      return picture.decode().catch(function () {}); // one that cannot be shown is not waited for
    })).then(function () { return said.cases.filter(function (each, at) { return !found[at]; }); });
  });
}
