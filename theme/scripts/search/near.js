/* Near words: what sounds as a word does, is written in its pinyin or initials, or differs from it in one character. They
   come from `search/words.js` (casepress/search/vocabulary.py), which is loaded only where they are sought. */

const NEAREST = 4; // near words of one word
const SPELT = /^[a-zü][a-zü' ]*[a-zü]$/; // may be pinyin

/* The words as one text, each between zeros, and for each unit its syllables. */
function vocabulary(base) {
  return file(base, "words", function (words, sounds) {
    const text = PIECE + written(base, words) + PIECE, parts = written(base, sounds).split(" "), heard = new Map();
    for (let i = 0; i + 1 < parts.length; i += 2) {
      for (const sign of parts[i + 1]) heard.set(sign, (heard.get(sign) || []).concat(parts[i]));
    }
    return { text: text, heard: heard };
  });
}

/* Where pinyin or initials that begin at a unit end: the lengths in characters. */
function spellings(found, at, letters, whole) {
  let open = [0], length = 0;
  for (; open.length; length++) {
    if (open.indexOf(letters.length) >= 0) return length;
    const next = [];
    for (const syllable of found.heard.get(found.text[at + length]) || []) {
      for (const from of open) {
        const said = whole ? syllable : syllable[0];
        if (letters.startsWith(said, from) && next.indexOf(from + said.length) < 0) next.push(from + said.length);
      }
    }
    open = next;
  }
  return 0;
}

function alike(found, one, other) {
  const others = found.heard.get(other) || [];
  return one === other ? 2 : (found.heard.get(one) || []).some(function (syllable) { return others.indexOf(syllable) >= 0; }) ? 1 : 0;
}

/* How near the words at a unit are to a word: 3 for the same sound, 2 for one character changed, 0 for neither. */
function nearness(found, at, word) {
  let other = 0, silent = 0;
  for (let i = 0; i < word.length; i++) {
    const same = found.text[at + i] === PIECE ? 0 : alike(found, word[i], found.text[at + i]);
    if (same < 2) other++;
    if (!same) silent++;
    if (silent > 1 || found.text[at + i] === PIECE) return 0;
  }
  return !other ? 0 : !silent ? 3 : other === 1 && word.length > 2 ? 2 : 0;
}

/* Words near to a term, the nearest first, then those that stand in more places and begin what they stand in. */
function near(base, term, initials) {
  const letters = term.replace(/[' ]/g, "").replace(/ü/g, "v"), spelt = SPELT.test(term);
  if (term.length < 2 || term.length > 40) return Promise.resolve([]);
  return vocabulary(base).then(function (found) {
    const weights = new Map();
    for (let at = 1; at < found.text.length - 1; at++) {
      let length = term.length, nearest = 0;
      if (spelt) {
        nearest = length = spellings(found, at, letters, true);
        if (nearest) nearest = 3;
        else if (initials && letters.length < 9) {
          length = spellings(found, at, letters, false);
          nearest = length ? 1 : 0;
        }
      } else if (found.text[at] !== PIECE && at + length < found.text.length) nearest = nearness(found, at, term);
      if (!nearest) continue;
      const word = found.text.slice(at, at + length);
      const edges = (found.text[at - 1] === PIECE ? 2 : 0) + (/[\0省市区县州]/.test(found.text[at + length]) ? 2 : 0);
      weights.set(word, (weights.get(word) || nearest * 1000) + 1 + edges);
    }
    return Array.from(weights.keys()).sort(function (a, b) { return weights.get(b) - weights.get(a); }).slice(0, NEAREST);
  });
}
