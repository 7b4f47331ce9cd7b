/* The chosen filters in a row above the results, each with a way to lift it. */

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
