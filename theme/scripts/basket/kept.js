/* The basket: which cases a reader has picked, in order, and the cover line; kept in this browser for this site alone. */

const HOME = new URL("../", document.currentScript.src).href;
const KEY = "casepress 选编 " + HOME;
const CASE_ID = /^[^\s/\\:%?#.][^\s/\\:%?#]*$/; // part of an address that cannot lead out of the folder of cases

let unkept = null; // the basket of this page alone, where the browser keeps nothing

function empty() {
  return { title: "", sub: "", cases: [] };
}

/* What is sound of a basket that was read from anywhere: {title, sub, cases: [{id, title, pieces}]}, each case once.
   `pieces` says how long those of the title are, between which a line may end; they make up the title, or are none. */
function sound(said) {
  const found = empty(), seen = new Set();
  if (!said || typeof said !== "object") return found;
  ["title", "sub"].forEach(function (name) { if (typeof said[name] === "string") found[name] = said[name].slice(0, 60); });
  (Array.isArray(said.cases) ? said.cases : []).forEach(function (each) {
    if (!each || typeof each.id !== "string" || !CASE_ID.test(each.id) || seen.has(each.id)) return;
    seen.add(each.id);
    const title = typeof each.title === "string" ? each.title : "", pieces = Array.isArray(each.pieces) ? each.pieces : [];
    const isWhole = pieces.every(function (piece) { return piece > 0; })
      && pieces.reduce(function (sum, piece) { return sum + piece; }, 0) === title.length;
    found.cases.push({ id: each.id, title: title, pieces: isWhole ? pieces : [] });
  });
  return found;
}

/* The pieces of a title that a page has: how long each is. */
function piecesOf(made) {
  const walker = document.createTreeWalker(made, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT), lengths = [0];
  while (walker.nextNode()) {
    if (walker.currentNode.nodeName === "WBR") lengths.push(0);
    else if (walker.currentNode.nodeType === 3) lengths[lengths.length - 1] += walker.currentNode.length;
  }
  return lengths;
}

function basket() {
  if (unkept) return unkept;
  try {
    return sound(JSON.parse(localStorage.getItem(KEY) || "null"));
  } catch (reason) {
    if (reason instanceof SyntaxError) return empty();
    return (unkept = empty());
  }
}

function keep(said) {
  if (!unkept) {
    try {
      localStorage.setItem(KEY, JSON.stringify(said));
    } catch (reason) {
      unkept = said;
    }
  } else {
    unkept = said;
  }
  window.dispatchEvent(new Event("cp-basket"));
}

/* A compilation as the fragment of an address, and back; null where it holds none. */
function fragment(said) {
  const words = new URLSearchParams();
  if (said.title) words.set("title", said.title);
  if (said.sub) words.set("sub", said.sub);
  words.set("cases", said.cases.map(function (each) { return each.id; }).join(","));
  return "#" + words.toString().replace(/%2C/g, ",");
}

function fromFragment(text) {
  const words = new URLSearchParams(text.replace(/^#/, ""));
  if (!words.has("cases")) return null;
  return sound({
    title: words.get("title") || "", sub: words.get("sub") || "",
    cases: words.get("cases").split(",").map(function (id) { return { id: id }; })
  });
}
