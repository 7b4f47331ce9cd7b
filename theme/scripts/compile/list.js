/* The list of picked cases: up, down, away. Whoever moves a line by keyboard keeps the focus on it. */

function movedTo(at, to) {
  const cases = shown.cases.slice(), one = cases.splice(at, 1)[0];
  cases.splice(to, 0, one);
  change({ cases: cases });
  tell("《" + (one.title || one.id) + "》现在是第 " + (to + 1) + " 个");
}

function line(each, at) {
  const made = element("li"), name = each.title || each.id, way = made.appendChild(inPieces(element("a", "", name), each.pieces || []));
  const does = made.appendChild(element("span", "cp-chosen-does"));
  way.href = addressOf(each.id);
  function act(className, text, label, isOff, work) {
    const made = button(className, text, work);
    made.setAttribute("aria-label", label + "：" + name);
    made.title = label;
    made.disabled = isOff;
    does.appendChild(made);
  }
  act("cp-up", "↑", "上移", at === 0, function () { movedTo(at, at - 1); refocus(at - 1, "cp-up"); });
  act("cp-down", "↓", "下移", at === shown.cases.length - 1, function () { movedTo(at, at + 1); refocus(at + 1, "cp-down"); });
  act("cp-away", "×", "拿掉", false, function () {
    change({ cases: shown.cases.filter(function (other) { return other.id !== each.id; }) });
    tell("拿掉了《" + name + "》");
    refocus(Math.min(at, shown.cases.length - 1), "cp-away");
  });
  return made;
}

function refocus(at, className) {
  const there = list.children[at];
  if (!there) return form.elements.title.focus();
  const wished = there.querySelector("." + className);
  (wished.disabled ? there.querySelector("button:not([disabled])") : wished).focus();
}

function drawList() {
  list.textContent = "";
  shown.cases.forEach(function (each, at) { list.appendChild(line(each, at)); });
  none.hidden = shown.cases.length > 0;
  how.hidden = does.hidden = !shown.cases.length;
}
