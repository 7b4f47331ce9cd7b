/* The boxes of the header and of the home page come to life, and `/` leads to one of them. */

function editable(target) {
  return target.isContentEditable || /^(?:input|textarea|select)$/i.test(target.tagName) && !/^(?:checkbox|radio|button)$/.test(target.type);
}

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
