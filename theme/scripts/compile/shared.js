/* A compilation that came by its address is shown as it is; one's own basket stays until its owner says otherwise. */

function drawShared() {
  const own = basket();
  sharedNote.hidden = !isShared;
  sharedNote.textContent = "";
  if (!isShared) return;
  sharedNote.appendChild(element("span", "", "这是从网址打开的选编。" + (own.cases.length ? "您自己选的 " + figure(own.cases.length) + " 个案例还在，没有动。" : "")));
  sharedNote.appendChild(button("cp-does-less", own.cases.length ? "加到我选的后面" : "收作我的选编", function () {
    const ids = new Set(own.cases.map(function (each) { return each.id; }));
    keep({
      title: own.title || shown.title, sub: own.sub || shown.sub,
      cases: own.cases.concat(shown.cases.filter(function (each) { return !ids.has(each.id); }))
    });
    toOwn();
  }));
  if (own.cases.length) sharedNote.appendChild(button("cp-does-less", "看我自己的", toOwn));
}

function toOwn() {
  isShared = false;
  writeAddress("");
  show(basket());
}

function share() {
  const address = location.href.replace(/#.*$/, "") + fragment(shown);
  const field = element("input", "cp-address");
  function byHand() {
    told.textContent = "请复制这个网址：";
    field.value = address;
    field.readOnly = true;
    field.setAttribute("aria-label", "这份选编的网址");
    told.appendChild(field);
    field.select();
  }
  if (!navigator.clipboard) return byHand();
  navigator.clipboard.writeText(address).then(function () { tell("网址复制好了，发给别人，打开就是这一份"); }, byHand);
}

/* An address says ids only: the titles come from the cases' pages. */
function nameAll() {
  const mine = shown;
  mine.cases.forEach(function (each) {
    if (each.title) return;
    caseOf(each.id).then(function (found) {
      const said = found.querySelector("h1");
      each.title = said.textContent;
      each.pieces = piecesOf(said);
    }, function () {
      each.title = "（没有找到）" + each.id;
    }).then(function () {
      if (!list.contains(document.activeElement)) drawList();
    });
  });
}

function show(said) {
  shown = said;
  form.elements.title.value = shown.title;
  form.elements.sub.value = shown.sub;
  paper.textContent = "";
  drawList();
  drawShared();
  nameAll();
}
