/* Offers where nothing holds all that was asked for: near words, and the words that the query is made of. */

const OFFERS = 6;

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

/* What may be asked instead, the likeliest first: [{words, wide}]; what is `wide` says an earlier one in words apart. */
function ways(there, found) {
  const tried = [];
  if (found.length === 1) found[0].near.forEach(function (word) { tried.push({ words: there.concat(word) }); });
  else if (found.length && found.every(function (each) { return each.near.length; })) {
    tried.push({ words: there.concat(found.map(function (each) { return each.near[0]; })) });
  }
  return tried;
}

/* The words that a query is made of, with what may stand for each of them. */
function madeOf(there, found) {
  const words = new Map();
  there.forEach(function (each) { words.set(each.word, { word: each.word, count: each.count, others: each.others, parts: [] }); });
  found.forEach(function (each) {
    each.words.forEach(function (one) { if (!words.has(one.word)) words.set(one.word, one); });
    if (!each.words.length && each.near.length) words.set(each.near[0], { word: each.near[0], count: 1, others: [], parts: [] });
  });
  return Array.from(words.values());
}

function official(each) { return each.others.length ? each.others[0] : each.word; }

/* Words without those that stand in another. */
function unique(words) {
  return words.filter(function (word, i) {
    return words.every(function (other, n) { return n === i || other.indexOf(word) < 0 || other === word && i < n; });
  });
}

/* What to offer instead of a query that finds nothing: [{words, q, total}], the likeliest first; each finds something. */
function offers(text, filters) {
  return withBase(function (base) {
    const wanted = checked(text === undefined || text === null ? "" : text);
    if (!wanted.length) return [];
    return Promise.all([vocabulary(base)].concat(wanted.map(function (term) { return has(base, term); }))).then(function (all) {
      const vocabularyOf = all.shift(), counts = all;
      const there = wanted.map(function (word, i) {
        return { word: word, count: counts[i], others: vocabularyOf.said.get(word) || [] };
      }).filter(function (each) { return each.count; });
      const lacking = wanted.filter(function (_, i) { return !counts[i]; });
      return Promise.all(lacking.map(function (term) {
        return near(base, term, true).then(function (words) {
          const cutting = SPELT.test(term) && words.length ? Promise.resolve([]) : split(base, term);
          return cutting.then(function (cut) { return { near: words, words: cut }; });
        });
      })).then(function (found) {
        const words = madeOf(there, found), same = wanted.slice().sort().join(PIECE);
        const tried = ways(there.map(function (each) { return each.word; }), found);
        subsets(words).forEach(function (set, n) {
          const some = words.filter(function (each) { return set.indexOf(each) >= 0; });
          tried.push({ words: unique(some.map(function (each) { return each.word; })) });
          tried.push({ words: unique(some.map(official)), wide: true });
          if (n) return;
          tried.push({ words: unique([].concat.apply([], some.map(function (each) {
            return each.parts.length ? each.parts.map(function (part) { return part.word; }) : each.word;
          }))), wide: true });
        });
        return worthwhile(tried.filter(function (each) { return each.words.slice().sort().join(PIECE) !== same; }), filters);
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
  return tried.reduce(function (before, each) {
    return before.then(function () {
      const words = each.words, q = asQuery(words);
      if (found.length >= OFFERS || seen.has(q)) return null;
      if (!each.wide && found.some(function (earlier) { return isSaid(words, earlier); })) return null;
      seen.add(q);
      return search(q, { filters: filters, limit: 0, facets: false }).then(function (result) {
        const most = found.reduce(function (sum, earlier) { return Math.max(sum, earlier.total); }, 0);
        if (!result.total || each.wide && result.total <= most) return;
        found.push({ parts: words, words: words.join(" + "), q: q, total: result.total });
      });
    });
  }, Promise.resolve()).then(function () {
    return found.map(function (each) { return { words: each.words, q: each.q, total: each.total }; });
  });
}
