/* Facets: their values, which of them each case has, and how many cases have each. */

/* Words whose common beginnings were left out: a digit says how much of the word before each begins with. */
function lengthened(words) {
  let before = "";
  return words.map(function (word) { return before = before.slice(0, +word[0]) + word.slice(1); });
}

function facet(base, name) {
  return file(base, "f-" + name, function (labels, keys, depths, many, width, data, names) {
    const facetLabels = labels ? written(base, labels).split(PIECE) : [];
    const facetKeys = keys ? lengthened(written(base, keys).split(PIECE)) : facetLabels;
    const others = names ? written(base, names).split(PIECE) : [];
    const parents = new Int32Array(facetLabels.length).fill(-1), path = [];
    for (let i = 0; i < depths.length; i++) {
      path[+depths[i]] = i;
      if (+depths[i]) parents[i] = path[depths[i] - 1];
    }
    const words = bitsOf(data), values = [], firsts = new Uint32Array(base.cases + 1);
    for (let at = 0, place = 0; at < base.cases; at++) {
      for (;;) {
        const value = number(words, place, width);
        place += width;
        if (value) values.push(value - 1);
        if (!value || !many) break;
      }
      firsts[at + 1] = values.length;
    }
    const kind = base.facets.find(function (f) { return f.name === name; }).kind;
    return {
      name: name, kind: kind, labels: facetLabels, keys: facetKeys, others: others, depths: depths, parents: parents, values: values, firsts: firsts
    };
  });
}

/* What each of some words means among the values of a facet. */
function meant(found, words) {
  return words.map(function (word) { return { word: word, values: meaning(found, word) }; });
}

/* The values that are meant, as an array of 0 and 1. A place means all below it. */
function choice(found, meanings) {
  const chosen = new Uint8Array(found.labels.length);
  meanings.forEach(function (each) { each.values.forEach(function (i) { chosen[i] = 1; }); });
  for (let i = 0; i < chosen.length; i++) if (found.parents[i] >= 0 && chosen[found.parents[i]]) chosen[i] = 1;
  return chosen;
}

function hasOne(found, chosen, at) {
  for (let i = found.firsts[at]; i < found.firsts[at + 1]; i++) if (chosen[found.values[i]]) return true;
  return false;
}

/* The number of cases at each value and above it; `cases` are those that count. */
function tally(found, cases) {
  const counts = new Uint32Array(found.labels.length), seen = new Int32Array(found.labels.length).fill(-1);
  for (const at of cases) {
    for (let i = found.firsts[at]; i < found.firsts[at + 1]; i++) {
      for (let value = found.values[i]; value >= 0 && seen[value] !== at; value = found.parents[value]) {
        seen[value] = at;
        counts[value]++;
      }
    }
  }
  return counts;
}

function facetResult(found, counts, chosen) {
  return found.labels.map(function (label, i) {
    return {
      value: found.keys[i], label: label, count: counts[i], selected: Boolean(chosen && chosen[i]),
      depth: +(found.depths[i] || 0), parent: found.parents[i] >= 0 ? found.keys[found.parents[i]] : ""
    };
  });
}
