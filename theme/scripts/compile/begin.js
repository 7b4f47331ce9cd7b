/* The page comes to life. */

redraw = drawList;

function whole(then) {
  tell("正在排版……");
  drawPaper(shown).then(function (lost) {
    const names = lost.map(function (each) { return each.id; }).join("、");
    tell(lost.length ? "有 " + lost.length + " 个案例没有找到（" + names + "），可能已经撤下，没有印进去" : "排好了");
    if (lost.length < shown.cases.length) then();
  }).catch(function (reason) { tell("没有排成：" + reason.message + "。请刷新页面再试"); });
}

does.appendChild(button("cp-does-more", "打印", function () { whole(function () { window.print(); }); }));
if (assets) does.appendChild(button("cp-does-less", "装成一个 PDF", bindAll));
does.appendChild(button("cp-does-less", "先看看", function () { whole(function () { paper.scrollIntoView(); }); }));
does.appendChild(button("cp-does-less", "分享网址", share));
does.appendChild(button("cp-does-less", "全部拿掉", function () {
  if (!window.confirm("要把这 " + shown.cases.length + " 个案例都拿掉吗？")) return;
  change(empty());
  show(shown);
  tell("都拿掉了");
}));
form.addEventListener("input", function () { change({ title: form.elements.title.value, sub: form.elements.sub.value }); });
form.addEventListener("submit", function (event) { event.preventDefault(); });

function open() {
  const said = fromFragment(location.hash);
  isShared = Boolean(said);
  show(said || basket());
  if (unkept && !isShared) tell("浏览器不许本站存数据，选好的案例换页就忘；可以用“分享网址”把这一份记下来");
}

desk.hidden = false;
open();
window.addEventListener("hashchange", function () { if (/[#&]cases=/.test(location.hash)) open(); });
window.addEventListener("storage", function () { if (!isShared) show(basket()); });
