/* The box of narrow screens, behind an icon. */

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
