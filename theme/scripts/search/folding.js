/* What counts as the same text, as casepress/facts/folding.py says it in Python. */

const UNFIT_SET = "\\0-\\x08\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f\\u061c\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069" +
  "\\ud800-\\udfff\\ufdd0-\\ufdef\\ufeff\\ufffe\\uffff";
const SPACE_SET = "\\t-\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const UNFIT = new RegExp("[" + UNFIT_SET + "]", "gu");
const SPACES = new RegExp("[" + SPACE_SET + "]+", "gu");
// What may melt into the character before it when it is normalized; a character and all that may melt into it; and characters
// in a row, each of which is folded to one unit whatever stands beside it: most text is such.
const TAIL = "[\\p{M}\\u1160-\\u11ff\\uff9e\\uff9f" + UNFIT_SET + "]";
const CLUSTER = new RegExp("[^]" + TAIL + "*", "uy");
const ROW = new RegExp("[!-~\\u2014\\u2018\\u2019\\u201c\\u201d\\u3001-\\u3003\\u3008-\\u3011\\u4e00-\\u9fff\\uff01-\\uff5e]+(?!" + TAIL + ")", "uy");

// What stands for a unit, 0 for itself: quotes of every kind are one, and traditional forms and variants the character of variants.js.
const INSTEAD = new Uint16Array(0x10000);
Array.from("“”„‟〝〞〟「」『』«»").forEach(function (mark) { INSTEAD[mark.charCodeAt(0)] = 0x22; });
Array.from("‘’‚‛‹›").forEach(function (mark) { INSTEAD[mark.charCodeAt(0)] = 0x27; });
VARIANTS.split(" ").forEach(function (word) {
  for (let i = 1; i < word.length; i++) INSTEAD[word.charCodeAt(i)] = word.charCodeAt(0);
});

const known = new Map();

function replaced(text) {
  let found = "", from = 0;
  for (let at = 0; at < text.length; at++) {
    const other = INSTEAD[text.charCodeAt(at)];
    if (!other) continue;
    found += text.slice(from, at) + String.fromCharCode(other);
    from = at + 1;
  }
  return found + text.slice(from);
}

function melt(text) {
  return replaced(text.replace(UNFIT, "").replace(SPACES, " ").normalize("NFKC").toLowerCase()
    .replace(/ß/g, "ss").replace(/ς/g, "σ").normalize("NFKC").replace(SPACES, " "));
}

function trim(text) {
  return text.replace(/^ +| +$/g, "");
}

function fold(text) {
  return trim(melt(trim(text.replace(UNFIT, "").replace(SPACES, " "))));
}

/* A text folded, and for each of its units where the character that it comes from begins and ends. */
function folded(text) {
  const starts = [], ends = [];
  let found = "", at = 0;
  while (at < text.length) {
    ROW.lastIndex = at;
    const row = ROW.exec(text);
    if (row) {
      found += replaced(row[0].normalize("NFKC").toLowerCase());
      for (const end = at + row[0].length; at < end; ends.push(++at)) starts.push(at);
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
