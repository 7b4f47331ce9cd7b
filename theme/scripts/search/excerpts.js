/* The hits, each with the words around what was found. */

const RICH = 50; // hits that get an excerpt
const APART = /([^。！？；：，、…—”>\n](?:<\/mark>)?)\n/g; // the end of a heading or a cell, which runs into no sentence
const WIDTH = 84, BEFORE = 16, SNIPPETS = 3; // of an excerpt, in units

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

function snippet(piece, hit, width) {
  const text = piece.piece.text, map = mapOf(piece.piece), length = map.text.length;
  const from = Math.max(0, Math.min(hit[0] - BEFORE, length - width)), to = Math.min(length, Math.max(from + width, hit[1]));
  const start = from ? map.starts[from] : 0, end = to < length ? map.ends[to - 1] : text.length;
  const words = html(text, merged(map, piece.hits), start, end).replace(APART, "$1 · ").replace(/\n/g, " ");
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
