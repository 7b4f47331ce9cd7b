/* What a word means among the values of a facet: a key, a label, an alias, a place's short name, or a place after any of
   the places above it (江苏常州). An exact name beats a spoken one, a province a place of its name, and a place those
   within it; the rest that a word can mean is all meant. The same rule as in Python: casepress/collection/words.py. */

// These three as in Python: casepress/facts/places.py (SEPARATORS) and wording.py (_AROUND, _BEHIND), as folding leaves them.
const STEPS = /[\s›>/\\|•→,.;:()"_‐‑‒–—―−─·・‧'“‘《〈【「『〔［｛〖，、；：。！？．”’》〉】」』〕］｝〗-]+/g; // between the steps of a path
const AROUND = {
  "“": "”", "‘": "’", "（": "）", "《": "》", "〈": "〉", "【": "】", "「": "」", "『": "』", "〔": "〕", "［": "］", "｛": "｝", "〖": "〗",
  "[": "]", "(": ")", "{": "}", '"': '"', "'": "'",
};
const BEHIND = /[、，,；;。．.]+$/;

/* A word as names are compared: folded, without spaces, the marks around it and the full stop behind it; of a path,
   without what stands between its steps. */
function plain(text, tree) {
  let word = fold(String(text).slice(0, LONGEST)).replace(/ /g, "");
  for (;;) {
    let shorter = word.replace(BEHIND, "");
    const end = AROUND[shorter[0]];
    if (shorter.length > 2 && end && shorter.indexOf(end, 1) === shorter.length - 1) shorter = shorter.slice(1, -1);
    if (shorter === word || !shorter) return tree ? word.replace(STEPS, "") : word;
    word = shorter;
  }
}

/* A word as the names of a facet are compared: in one that counts, numbers however they are written. */
function compared(found, text) {
  const word = plain(text, Boolean(found.depths));
  return /^(?:ordinal|rank)$/.test(found.kind) ? counted(word) : word;
}

/* For each value the names that are its own, what it is called and the others, as they are compared. */
function namesOf(found) {
  if (!found.names) {
    found.names = found.labels.map(function (label, i) {
      const others = (found.others[i] || "").split(FIELD).filter(Boolean);
      return { label: [compared(found, label)], others: others.map(function (word) { return compared(found, word); }) };
    });
  }
  return found.names;
}

/* Whether a text is made of names of a value and of those above it, in their order, some of them left out. */
function leadsTo(found, text, at) {
  if (!text) return true;
  for (let here = at; here >= 0; here = found.parents[here]) {
    const names = namesOf(found)[here];
    for (const name of names.label.concat(names.others)) {
      if (name && text.endsWith(name) && leadsTo(found, text.slice(0, -name.length), found.parents[here])) return true;
    }
  }
  return false;
}

/* The numbers of the values that have a text as a name of a kind; of a place, after names of those above it. */
function named(found, text, kind) {
  const values = [];
  namesOf(found).forEach(function (names, i) {
    const fits = names[kind].some(function (name) {
      return name === text || found.depths && name && text.endsWith(name) && leadsTo(found, text.slice(0, -name.length), found.parents[i]);
    });
    if (fits) values.push(i);
  });
  return values;
}

/* The numbers of the values that a word means, ascending; none where there is no such value. */
function meaning(found, word) {
  for (const key of [String(word), fold(String(word))]) if (found.keys.indexOf(key) >= 0) return [found.keys.indexOf(key)];
  const text = compared(found, word);
  if (!text) return [];
  const exact = named(found, text, "label");
  if (exact.length) return exact;
  const spoken = named(found, text, "others");
  if (found.kind === "ordinal" && !spoken.length && /^[0-9]+$/.test(text)) { // 4 for the only batch of this number
    const alike = found.labels.map(function (_, i) { return i; }).filter(function (i) { return ordinal(found.labels[i]) === text; });
    return alike.length === 1 ? alike : [];
  }
  const tops = spoken.filter(function (i) { return found.parents[i] < 0; });
  return tops.length ? tops : spoken.filter(function (i) {
    for (let here = found.parents[i]; here >= 0; here = found.parents[here]) if (spoken.indexOf(here) >= 0) return false;
    return true;
  });
}
