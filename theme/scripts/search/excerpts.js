/* The hits, each with the words around what was found. */

const RICH = 50; // hits that get an excerpt
const APART = /([^。！？；：，、…—”>\n](?:<\/mark>)?)\n/g; // the end of a heading or a cell, which runs into no sentence
const TORN = /^[\da-z.,%]{2}$/; // around a cut that would leave a part of a number or of a Latin word
const WIDTH = 84, BEFORE = 16, STUMP = 24, SNIPPETS = 3; // of an excerpt, in units

/* What a value's other name belongs to, by the piece that holds it: the label stands before its aliases. */
function owners(found) {
  const owning = new Map();
  let owner = "", name = "";
  for (const piece of found.zones[1]) {
    const values = piece.field && piece.field.kind === "choice" ? found.values[piece.field.name].split("、") : [];
    if (values.indexOf(piece.text) >= 0) { owner = piece.text; name = piece.field.name; }
    else if (values.length && piece.field.name === name) owning.set(piece, owner);
  }
  return owning;
}

/* The words around the best places: the summary's, else the body's, else a field's; every term once if that can be. What
   is found in fields only stands behind the beginning of the summary or the body. */
function excerpt(found, wanted) {
  const pieces = [], owning = owners(found);
  found.zones.forEach(function (some, zone) {
    if (zone === 0 || zone === 2) return; // the title is shown, and the body has its headings
    for (const piece of some) {
      const name = piece.field ? piece.field.name : "", rank = name === "summary" ? 0 : zone === BODY ? 1 : 2;
      pieces.push({ rank: rank, label: rank === 2 ? piece.field.label + "：" : "", piece: piece, behind: owning.has(piece) ? " → " + owning.get(piece) : "", hits: wanted.length ? occurrences(mapOf(piece).text, wanted) : [] });
    }
  });
  pieces.sort(function (a, b) { return a.rank - b.rank; });
  const missing = new Set(wanted.map(function (_, n) { return n; })), said = [];
  let told = false; // whether something of the summary or the body is shown
  while (missing.size && said.length < SNIPPETS) {
    const best = bestHit(pieces, missing);
    if (!best) break;
    best.terms.forEach(function (n) { missing.delete(n); });
    if (best.piece.rank < 2) told = true;
    said.push(snippet(best.piece, best.hit, wanted.length > 1 && missing.size || said.length ? WIDTH / 2 : WIDTH));
  }
  if (!said.length && pieces.length) said.push(snippet(pieces[0], [0, 0], WIDTH));
  else if (!told && pieces.length && pieces[0].rank < 2) said.unshift(snippet(pieces[0], [0, 0], WIDTH / 2));
  return said.join(" ");
}

/* The first place with the most of the missing terms around it. */
function bestHit(pieces, missing) {
  let best = null;
  for (const piece of pieces) {
    for (let i = 0; i < piece.hits.length && (!best || best.terms.size < missing.size); i++) {
      const hit = piece.hits[i], inside = new Set();
      if (!missing.has(hit[2])) continue;
      for (let n = i; n < piece.hits.length && piece.hits[n][0] < hit[0] + WIDTH / 2; n++) {
        if (missing.has(piece.hits[n][2]) && piece.hits[n][1] <= hit[0] + WIDTH - BEFORE) inside.add(piece.hits[n][2]);
      }
      inside.add(hit[2]);
      if (!best || inside.size > best.terms.size) best = { piece: piece, hit: hit, terms: inside };
    }
  }
  return best;
}

/* Where to end without a heading, or the beginning of a line, of which nothing more is said. */
function roundedOff(text, least, end) {
  const line = text.slice(0, end).indexOf("\n", Math.max(least, end - STUMP));
  return line < 0 ? end : roundedOff(text, least, line);
}

function snippet(piece, hit, width) {
  const text = piece.piece.text, map = mapOf(piece.piece), length = map.text.length;
  let from = Math.max(0, Math.min(hit[0] - BEFORE, length - width)), to = Math.min(length, Math.max(from + width, hit[1]));
  const least = Math.max(hit[1], to - BEFORE); // of a long address a part is shown
  while (to > least && to < length && TORN.test(map.text.slice(to - 1, to + 1))) to--;
  while (from && from < hit[0] && TORN.test(map.text.slice(from - 1, from + 1))) from++;
  const start = from ? map.starts[from] : 0, behind = hit[1] ? map.ends[hit[1] - 1] : 0, last = map.ends[to - 1];
  const end = to < length ? roundedOff(text, Math.max(behind, Math.ceil((start + last) / 2)), last) : text.length;
  const words = html(text, merged(map, piece.hits), start, end).replace(APART, "$1\u00a0· ").replace(/\n/g, " ");
  return escaped(piece.label) + (from ? "…" : "") + words + (to < length ? "…" : escaped(piece.behind));
}

function hits(base, cases, wanted) {
  const plain = cases.length > RICH ? titles(base) : Promise.resolve([]);
  const rich = cases.slice(0, RICH).map(function (at) {
    return card(base, at).then(function (found) {
      return {
        id: found.id, title: found.title, url: address(found.id), excerpt: excerpt(found, wanted),
        marked: html(found.title, rangesOf(found.title, wanted), 0, found.title.length), pieces: found.pieces, values: found.values
      };
    });
  });
  return Promise.all([plain].concat(rich)).then(function (all) {
    const some = all.shift();
    return all.concat(cases.slice(RICH).map(function (at) {
      const id = some[at].id, title = some[at].title;
      return {
        id: id, title: title, url: address(id), excerpt: "",
        marked: html(title, rangesOf(title, wanted), 0, title.length), pieces: [], values: {}
      };
    }));
  });
}
