/* What counts as the same text, as casepress/facts/folding.py says it in Python. */

const UNFIT_SET = "\\0-\\x08\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f\\u061c\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069" +
  "\\ud800-\\udfff\\ufdd0-\\ufdef\\ufeff\\ufffe\\uffff";
const SPACE_SET = "\\t-\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const UNFIT = new RegExp("[" + UNFIT_SET + "]", "gu");
const SPACES = new RegExp("[" + SPACE_SET + "]+", "gu");
// A character and all that may melt into it when it is normalized.
const CLUSTER = new RegExp("[^][\\p{M}\\u1160-\\u11ff\\uff9e\\uff9f" + UNFIT_SET + "]*", "uy");

// What stands for a unit: quotes of every kind are one, and traditional forms and variants the character of variants.js.
const INSTEAD = new Map();
Array.from("“”„‟〝〞〟「」『』«»").forEach(function (mark) { INSTEAD.set(mark, '"'); });
Array.from("‘’‚‛‹›").forEach(function (mark) { INSTEAD.set(mark, "'"); });
VARIANTS.split(" ").forEach(function (word) {
  for (let i = 1; i < word.length; i++) INSTEAD.set(word[i], word[0]);
});
const OTHER = new RegExp("[" + Array.from(INSTEAD.keys()).join("") + "]", "g");

const known = new Map();

function melt(text) {
  return text.replace(UNFIT, "").replace(SPACES, " ").normalize("NFKC").toLowerCase()
    .replace(/ß/g, "ss").replace(/ς/g, "σ").normalize("NFKC").replace(SPACES, " ")
    .replace(OTHER, function (unit) { return INSTEAD.get(unit); });
}

function trim(text) {
  return text.replace(/^ +| +$/g, "");
}

function fold(text) {
  return trim(melt(trim(text.replace(UNFIT, "").replace(SPACES, " "))));
}

/* Whether a unit is folded to itself or to another one, and whether no unit like it changes what stands before it; most units are such. */
function stays(unit) {
  return unit >= 0x4e00 && unit < 0xa000 || unit >= 0x61 && unit < 0x7b || unit >= 0x30 && unit < 0x3a;
}

function apart(unit) {
  return unit >= 0x4e00 && unit < 0xa000 || unit >= 0x20 && unit < 0x7f || unit >= 0xff01 && unit < 0xff60 || unit >= 0x3000 && unit < 0x3020;
}

/* A text folded, and for each of its units where the character that it comes from begins and ends. */
function folded(text) {
  const starts = [], ends = [];
  let found = "", at = 0;
  while (at < text.length) {
    if (stays(text.charCodeAt(at)) && (at + 1 === text.length || apart(text.charCodeAt(at + 1)))) {
      found += INSTEAD.get(text[at]) || text[at];
      starts.push(at);
      ends.push(++at);
      continue;
    }
    CLUSTER.lastIndex = at;
    const cluster = CLUSTER.exec(text)[0];
    let piece = known.get(cluster);
    if (piece === undefined) {
      piece = melt(cluster);
      if (known.size > 20000) known.clear();
      known.set(cluster, piece);
    }
    for (let i = 0; i < piece.length; i++) {
      if (piece[i] === " " && (!found || found[found.length - 1] === " ")) continue;
      found += piece[i];
      starts.push(at);
      ends.push(at + cluster.length);
    }
    at += cluster.length;
  }
  return { text: found.replace(/ $/, ""), starts: starts, ends: ends };
}
