/* Elements of a page, made. */

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
