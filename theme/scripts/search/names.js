/* What a word means among the values of a facet: a key, a label, an alias, a place's short name, or a place after any of
   the places above it (江苏常州). An exact name beats a short one, a province a place of its name, and a place those
   within it; the rest that a word can mean is all meant. The same rule as in Python: casepress/facts/places.py. */

const STEPS = /[\s›>/\\|·•—–→,-]+/g; // between the steps of a path

function plain(word, tree) {
  const said = fold(String(word));
  return tree ? said.replace(STEPS, "") : said;
}

/* For each value its label and its other names, as they are compared. */
function namesOf(found) {
  if (!found.names) {
    const tree = found.depths.length > 0;
    found.names = found.labels.map(function (label, i) {
      const others = (found.others[i] || []).map(function (word) { return plain(word, tree); });
      return { label: [plain(label, tree)], others: others };
    });
  }
  return found.names;
}

/* Whether a text is made of names of a value and of those above it, in their order, some of them left out. */
function leadsTo(found, text, at) {
  if (!text) return true;
  const names = namesOf(found);
  for (let here = at; here >= 0; here = found.parents[here]) {
    for (const name of names[here].label.concat(names[here].others)) {
      if (name && text.endsWith(name) && leadsTo(found, text.slice(0, -name.length), found.parents[here])) return true;
    }
  }
  return false;
}

/* The numbers of the values that end a text with one of such names, where names of those above make up the rest. */
function named(found, text, kind) {
  const values = [];
  namesOf(found).forEach(function (names, i) {
    const fits = names[kind].some(function (name) {
      return name === text || found.depths.length > 0 && name && text.endsWith(name) && leadsTo(found, text.slice(0, -name.length), found.parents[i]);
    });
    if (fits) values.push(i);
  });
  return values;
}

/* The numbers of the values that a word means, ascending; none where there is no such value. */
function meaning(found, word) {
  const key = found.keys.indexOf(String(word));
  if (key >= 0) return [key];
  const text = plain(word, found.depths.length > 0);
  if (!text || text.length > LONGEST) return [];
  const official = named(found, text, "label");
  if (official.length) return official;
  const spoken = named(found, text, "others"), tops = spoken.filter(function (i) { return found.parents[i] < 0; });
  return tops.length ? tops : spoken.filter(function (i) {
    for (let here = found.parents[i]; here >= 0; here = found.parents[here]) if (spoken.indexOf(here) >= 0) return false;
    return true;
  });
}
