/* Near words: what sounds as a word does, is written in its pinyin or initials, or differs from it in one character. They
   come from `search/words.js` (casepress/search/vocabulary.py), which is loaded only where they are sought. */

const NEAREST = 4; // near words of one word
const SPELT = /^[a-zü][a-zü' ]*[a-zü]$/; // may be pinyin
// Characters that begin and end no word of their own.
const SMALL = /[的了和与及或在等是有来要把将对为从被向以并而也都就还不没让由至到一每各这那我你他]/;
const INITIALS = "-"; // before a sound that is the initials of a word
const SOUNDS = 4, LONGEST_SOUND = 8; // ways to read one word, and characters of a word that is known by its sound

/* For each of the commonest characters its syllable: GB/T 2312 has them in the order of their sounds. */
function commonSounds(runs) {
  const decoder = new TextDecoder("gb2312"), found = new Map();
  let code = 0; // counts 94 to a row
  runs.split(" ").forEach(function (run) {
    const parts = /^([a-z]+)([0-9]+)$/.exec(run);
    for (let left = parts ? Number(parts[2]) : 0; left > 0; left--, code++) {
      found.set(decoder.decode(new Uint8Array([0xb0 + Math.floor(code / 94), 0xa1 + code % 94])), [parts[1]]);
    }
  });
  return found;
}

/* The words as one text, each between zeros; for each unit its syllables; the words by themselves, places without 市 as
   well; and what is said for a word. */
function vocabulary(base) {
  return file(base, "words", function (words, sounds, sayings, common) {
    const text = PIECE + written(base, words) + PIECE, parts = written(base, sounds).split(" "), heard = new Map();
    for (let i = 0; i + 1 < parts.length; i += 2) {
      for (const sign of parts[i + 1]) heard.set(sign, (heard.get(sign) || []).concat(parts[i]));
    }
    commonSounds(common).forEach(function (syllables, sign) { if (!heard.has(sign)) heard.set(sign, syllables); });
    const known = new Set(), said = new Map(), found = { text: text, heard: heard, known: known, said: said, bySound: new Map() };
    text.split(PIECE).filter(Boolean).forEach(function (word) {
      known.add(word);
      if (/^.{2,}[省市区县州盟旗]$/.test(word)) known.add(word.slice(0, -1));
    });
    sayings.split("\n").forEach(function (line) {
      const group = line.split(" ").map(fold);
      group.slice(1).forEach(function (word) { said.set(word, (said.get(word) || []).concat(group[0])); });
    });
    known.forEach(function (word) {
      const initials = spoken(found, word, true).map(function (each) { return INITIALS + each; });
      spoken(found, word).concat(initials).forEach(function (sound) {
        found.bySound.set(sound, (found.bySound.get(sound) || []).concat(word));
      });
    });
    return found;
  });
}

/* How a word sounds, in letters or their `first` ones; several ways where characters have several sounds, none where one has none. */
function spoken(found, word, first) {
  if (word.length > LONGEST_SOUND) return [];
  return Array.from(word).reduce(function (ways, sign) {
    const sounds = /[a-z]/.test(sign) ? [sign] : found.heard.get(sign) || [], longer = new Set();
    ways.forEach(function (way) { sounds.forEach(function (sound) { longer.add(way + (first ? sound[0] : sound)); }); });
    return Array.from(longer).slice(0, SOUNDS);
  }, [""]).filter(Boolean);
}

/* Known words that sound as a text does and are written otherwise; of two characters one is the same. A text may be `initials`. */
function sounding(found, text, initials) {
  const words = [], latin = /^[a-z]+$/.test(text);
  spoken(found, text).concat(initials && latin && text.length > 2 ? INITIALS + text : []).forEach(function (sound) {
    (found.bySound.get(sound) || []).forEach(function (word) {
      const shared = text.length === word.length && (text[0] === word[0] || text[1] === word[1]);
      const alike = text.length > 2 || !latin && shared && !SMALL.test(text);
      if (word !== text && alike && words.indexOf(word) < 0) words.push(word);
    });
  });
  return words;
}

/* Whether a text is a word but for one character that is missing or too much. */
function isOneOff(text, word) {
  const shorter = text.length < word.length ? text : word, longer = shorter === text ? word : text;
  if (longer.length - shorter.length !== 1) return false;
  let at = 0;
  while (at < shorter.length && shorter[at] === longer[at]) at++;
  return shorter.slice(at) === longer.slice(at + 1);
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

/* Whether a text is made of known words: it begins and ends where words do. */
function isOfWords(found, text) {
  if (found.known.has(text)) return true;
  for (let to = 2; to < text.length - 1; to++) {
    if (found.known.has(text.slice(0, to)) && isOfWords(found, text.slice(to))) return true;
  }
  return false;
}

/* Whether a known word goes on across a place. */
function isWithin(found, place) {
  for (let from = place - 3; from < place; from++) {
    for (let to = place + 1; to < place + 4; to++) if (found.known.has(found.text.slice(from, to))) return true;
  }
  return false;
}

/* Whether the units from one place to another are words, none of them torn. */
function areWords(found, from, to) {
  const text = found.text.slice(from, to);
  return found.known.has(text) || isOfWords(found, text) && !isWithin(found, from) && !isWithin(found, to);
}

function alike(found, one, other) {
  const others = found.heard.get(other) || [];
  return one === other ? 2 : (found.heard.get(one) || []).some(function (syllable) { return others.indexOf(syllable) >= 0; }) ? 1 : 0;
}

/* How near the words at a unit are to a word: 3 for the same sound, 2 for one character changed, 0 for neither. */
function nearness(found, at, word) {
  let other = 0, silent = 0, last = 0;
  for (let i = 0; i < word.length; i++) {
    const same = found.text[at + i] === PIECE ? 0 : alike(found, word[i], found.text[at + i]);
    if (same < 2) other++;
    if (!same) { silent++; last = i; }
    if (silent > 1 || found.text[at + i] === PIECE) return 0;
  }
  if (!other) return 0;
  if (!silent) return 3;
  // 体育专 is not meant by 体育课: what is left of the changed character is a word already.
  const rest = last === 0 ? word.slice(1) : last === word.length - 1 ? word.slice(0, -1) : "";
  return other === 1 && word.length > 2 && !(word.length === 3 && found.known.has(rest)) ? 2 : 0;
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
        length = spellings(found, at, letters, true);
        if (length) nearest = areWords(found, at, at + length) ? 3 : 2;
        else if (initials && letters.length < 9) {
          length = spellings(found, at, letters, false);
          nearest = length && areWords(found, at, at + length) ? 1 : 0;
        }
      } else if (found.text[at] !== PIECE && at + length < found.text.length) nearest = nearness(found, at, term);
      if (!nearest) continue;
      const word = found.text.slice(at, at + length);
      const edges = (found.text[at - 1] === PIECE ? 2 : 0) + (/[\0省市区县州]/.test(found.text[at + length]) ? 2 : 0);
      weights.set(word, (weights.get(word) || nearest * 1000) + 1 + edges);
    }
    if (!spelt && term.length > 2) {
      found.known.forEach(function (word) { if (word.length > 3 && !weights.has(word) && isOneOff(term, word)) weights.set(word, 1500); });
    }
    return Array.from(weights.keys()).sort(function (a, b) { return weights.get(b) - weights.get(a); }).slice(0, NEAREST);
  });
}
