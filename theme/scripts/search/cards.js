/* A case as a result shows it, and its address. */

/* A case as its group's file tells it: id, title, values of facets, and the pieces of each zone. */
function card(base, at) {
  const group = base.groups[at];
  return file(base, "d-" + group, function (text) {
    return written(base, text).split(CASE).map(function (each) {
      const parts = each.split(CARD), values = {};
      base.facets.forEach(function (f, i) { values[f.name] = parts[2 + i]; });
      return {
        id: parts[0], title: parts[1], values: values,
        pieces: Array.from(parts[parts.length - 2], function (each) { return each.charCodeAt(0) - 48; }), // of the title, how long
        zones: parts[parts.length - 1].split(ZONE).map(function (pieces) {
          return pieces.split(PIECE).filter(Boolean).map(function (piece) {
            if (piece[0] !== FIELD) return { field: null, text: piece };
            return { field: base.fields[piece.charCodeAt(1) - 32], text: piece.slice(2) };
          });
        })
      };
    });
  }).then(function (cards) { return cards[at - base.firsts[group]]; });
}

/* Every case's id and title. */
function titles(base) {
  return file(base, "titles", function (text) {
    return written(base, text).split(PIECE).map(function (each) {
      const parts = each.split(FIELD);
      return { id: parts[0], title: parts[1] };
    });
  });
}

function address(id) {
  return HOME + "cases/" + id + ".html";
}

const MAPPED = 1000000; // characters whose folded text is remembered; a search that goes on looks at the same cases again
let maps = new WeakMap(), mapped = 0;

/* A piece's text, folded. */
function mapOf(piece) {
  if (!maps.has(piece)) {
    mapped += piece.text.length;
    if (mapped > MAPPED) {
      maps = new WeakMap();
      mapped = piece.text.length;
    }
    maps.set(piece, folded(piece.text));
  }
  return maps.get(piece);
}
