/* Offers where nothing holds all that was asked for: near words, and the words that the query is made of. */

const OFFERS = 6, LONGEST_WORD = 12, LONGEST_SPLIT = 24;
// What people ask with, which no case need hold, and what places are called without.
const ASKING = /^(?:怎么样|怎么办|怎么|怎样|如何|什么|哪些|哪里|哪个|为什么|多少|有没有|请问|关于|案例|做法|经验|是|的|了|吗|呢|吧|与|和|及|在|有|哪|省|市|区|县|乡|镇|\p{P}|\p{S})/u;

function has(base, word) {
  return holders(base, word).then(function (found) { return found.cases.length; });
}

/* A term as words that the index holds, longest first: the cut with the fewest words and characters left over. */
function split(base, term) {
  const text = term.slice(0, LONGEST_SPLIT), length = text.length, held = new Map(), asked = [];
  for (let from = 0; from < length - 1; from++) {
    for (let to = from + 2; to <= Math.min(length, from + LONGEST_WORD); to++) {
      const word = text.slice(from, to);
      if (/[ \ud800-\udfff]/.test(word) || ASKING.test(word[0]) && /\p{P}|\p{S}/u.test(word[0])) continue;
      asked.push(has(base, word).then(function (count) { if (count) held.set(word, count); }));
    }
  }
  return Promise.all(asked).then(function () {
    const best = [{ cost: 0, words: [], left: [] }]; // for each unit the best cut before it, and the units left over
    function better(to, from, cost, word, left) {
      const sum = best[from].cost + cost;
      if (best[to] && best[to].cost <= sum) return;
      best[to] = { cost: sum, words: best[from].words.concat(word || []), left: best[from].left.concat(left === null ? [] : left) };
    }
    for (let from = 0; from < length; from++) {
      if (!best[from]) continue;
      const asking = ASKING.exec(text.slice(from));
      if (asking) better(from + asking[0].length, from, 0.1, null, null);
      better(from + 1, from, 1.5, null, from);
      for (let to = from + 2; to <= Math.min(length, from + LONGEST_WORD); to++) {
        const word = text.slice(from, to);
        if (held.has(word)) better(to, from, /^[省市区县的]/.test(word) ? 1.5 : 1, { word: word, from: from, to: to }, null);
      }
    }
    const left = best[length].left;
    return best[length].words.filter(function (each) { // what stands in the midst of what is not known is no word
      return left.indexOf(each.from - 1) < 0 || left.indexOf(each.to) < 0;
    }).map(function (each) { return { word: each.word, count: held.get(each.word) }; });
  });
}

/* The sets of words with one or more left out, those with more words first; of these the ones without frequent words. */
function subsets(words) {
  const some = words.slice().sort(function (a, b) { return a.count - b.count; }).slice(0, 5), found = [];
  for (let mask = (1 << some.length) - 1; mask > 0; mask--) found.push(some.filter(function (_, i) { return mask >> i & 1; }));
  function rarity(set) {
    return set.reduce(function (sum, each) { return sum + each.word.length * 10 - Math.min(9, each.count / 10); }, 0);
  }
  return found.sort(function (a, b) { return b.length - a.length || rarity(b) - rarity(a); });
}

function asQuery(words) {
  return words.map(function (word) {
    return /[ ,;!?。、]/.test(word) ? '"' + word.replace(/"/g, "“") + '"' : word.replace(/"/g, "“");
  }).join(" ");
}

/* What to offer instead of a query that finds nothing: [{words, q, total}], the likeliest first; each finds something. */
function offers(text, filters) {
  return withBase(function (base) {
    const wanted = checked(text === undefined || text === null ? "" : text);
    if (!wanted.length) return [];
    return Promise.all(wanted.map(function (term) { return has(base, term); })).then(function (counts) {
      const lacking = wanted.filter(function (_, i) { return !counts[i]; });
      return Promise.all(lacking.map(function (term) {
        return Promise.all([near(base, term, true), SPELT.test(term) ? [] : split(base, term)]);
      })).then(function (found) {
        const tried = [], there = wanted.filter(function (_, i) { return counts[i]; });
        if (lacking.length === 1) found[0][0].forEach(function (word) { tried.push(there.concat(word)); });
        else if (lacking.length && found.every(function (each) { return each[0].length; })) {
          tried.push(there.concat(found.map(function (each) { return each[0][0]; })));
        }
        const words = new Map();
        there.forEach(function (word) { words.set(word, counts[wanted.indexOf(word)]); });
        found.forEach(function (each) {
          each[1].forEach(function (one) { words.set(one.word, one.count); });
          if (!each[1].length && each[0].length) words.set(each[0][0], 1);
        });
        const sets = subsets(Array.from(words.keys(), function (word) { return { word: word, count: words.get(word) }; }));
        const same = wanted.slice().sort().join(PIECE);
        sets.forEach(function (set) { tried.push(Array.from(words.keys()).filter(function (word) { return set.some(function (each) { return each.word === word; }); })); });
        return worthwhile(tried.filter(function (set) { return set.slice().sort().join(PIECE) !== same; }), filters);
      });
    });
  });
}

/* Whether an earlier offer says the same with more words or longer ones. */
function isSaid(words, earlier) {
  const parts = words.every(function (word) { return earlier.parts.indexOf(word) >= 0; });
  if (parts) return words.length < earlier.parts.length && earlier.total > 2;
  return words.every(function (word) { return earlier.parts.some(function (part) { return part.indexOf(word) >= 0; }); });
}

/* The first few that find something. */
function worthwhile(tried, filters) {
  const found = [], seen = new Set();
  return tried.reduce(function (before, words) {
    return before.then(function () {
      const q = asQuery(words);
      if (found.length >= OFFERS || seen.has(q) || found.some(function (each) { return isSaid(words, each); })) return null;
      seen.add(q);
      return search(q, { filters: filters, limit: 0, facets: false }).then(function (result) {
        if (result.total) found.push({ parts: words, words: words.join(" + "), q: q, total: result.total });
      });
    });
  }, Promise.resolve()).then(function () {
    return found.map(function (each) { return { words: each.words, q: each.q, total: each.total }; });
  });
}
