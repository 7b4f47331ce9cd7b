/* What of a case goes into the compilation: head, summary, text, photos, source, with addresses and ids that hold there. */

const PARTS = [".cp-case-head", ".cp-summary", ".cp-body", ".cp-photos", ".cp-source"];
const LEFT_OUT = "script, style, link, iframe, object, embed, form, button, input, video, audio, nav, .cp-pick, .footnote-backref";

function placed(node, at, address) {
  const own = "c" + at + "-";
  [node].concat(Array.from(node.querySelectorAll("*"))).forEach(function (each) {
    Array.from(each.attributes).forEach(function (attribute) { if (/^on/i.test(attribute.name)) each.removeAttribute(attribute.name); });
    if (each.id) each.id = own + each.id;
    ["aria-labelledby", "aria-describedby", "headers"].forEach(function (name) {
      if (each.hasAttribute(name)) each.setAttribute(name, each.getAttribute(name).replace(/\S+/g, own + "$&"));
    });
    if (each.hasAttribute("srcset")) each.removeAttribute("srcset"); // on paper the large one
    if (each.hasAttribute("src")) each.setAttribute("src", new URL(each.getAttribute("src"), address).href);
    if (each.hasAttribute("loading")) each.removeAttribute("loading");
    if (each.hasAttribute("href")) {
      const target = each.getAttribute("href");
      each.setAttribute("href", target[0] === "#" ? "#" + own + target.slice(1) : new URL(target, address).href);
    }
  });
  return node;
}

/* A case as an article of the compilation; `at` is its number there, from 1. */
function article(found, id, at) {
  const made = element("article", "cp-case cp-case-of");
  const text = element("div", "cp-text"); // as on its own page, or its photos would look otherwise
  made.id = "case-" + at;
  PARTS.forEach(function (part) {
    const node = found.querySelector(part);
    if (!node) return;
    const copy = document.importNode(node, true);
    copy.querySelectorAll(LEFT_OUT).forEach(function (each) { each.remove(); });
    const title = copy.querySelector("h1");
    if (title) {
      const lower = element("h2", "cp-of-title cp-phrases");
      lower.append.apply(lower, Array.from(title.childNodes)); // with the places where a line may end
      title.replaceWith(lower);
    }
    (title ? made : text).appendChild(placed(copy, at, addressOf(id)));
  });
  made.appendChild(text);
  return made;
}
