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

/* A link by which bytes are saved as a file. */
function asFile(className, text, name, type, data) {
  const made = element("a", className, text);
  made.href = URL.createObjectURL(new Blob([data], { type: type }));
  made.download = name;
  return made;
}

function figure(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ",");
}
