/* The chosen filters in a row above the results, each with a way to lift it. */

/* The focus goes on to the next of them; where none is left, to what filters are chosen with. */
function drawChips() {
  const some = selected(), held = Array.from(chips.querySelectorAll("button")).indexOf(document.activeElement);
  chips.textContent = "";
  some.forEach(function (each) {
    const field = each[0], value = each[1], chip = element("li");
    const lift = button("", field.label + "：" + labelOf(field.name, value), function () {
      changed({ filters: without(field.name, value) });
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
  const opener = tools.querySelector(".cp-filters");
  chips.hidden = !some.length;
  aside.querySelector(".cp-reset").hidden = !some.length;
  opener.textContent = some.length ? "筛选（" + some.length + "）" : "筛选";
  if (held >= 0) (chips.querySelectorAll("button")[Math.min(held, some.length - 1)] || (opener.offsetParent ? opener : input)).focus({ preventScroll: true });
}

function reset() {
  changed({ filters: {} });
  if (aside.getAttribute("role") === "dialog") aside.querySelector("h2").focus();
  else input.focus();
}
