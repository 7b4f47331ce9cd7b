/* A text that was typed without spaces, cut into words that the index holds. */

const LONGEST_WORD = 12, LONGEST_SPLIT = 24;
// What people ask with, which no case need hold, and what places are called without; what each costs to leave out.
const ASKING = [
  [/^(?:怎么样|怎么办|怎么|怎样|如何|什么|哪些|哪里|哪个|为什么|为啥|咋办|咋|多少|多久|几点|有没有|能不能|要不要|可不可以|请问|关于|案例|做法|经验|下载|是|的|了|吗|呢|吧|啊|呀|与|和|及|在|有|哪|省|市|区|县|乡|镇|\p{P}|\p{S})/u, 0.1],
  [/^[一来要把给就都也还我你他们这那个不没很太能会让对从到里为以等请想找搞做写看年月日]/u, 0.5],
  [/^(?:方案|材料|典型|优秀|范文|模板|总结|汇报|介绍|分享|大全|最新|怎么写|资料)/u, 0.7]
];
const WORD = 1, SAYING = 1.1, PHRASE = 1.5, HOMOPHONE = 1.8, ODD = 0.6, LEFT = 1.5;

function has(base, word) {
  return holders(base, word).then(function (found) { return found.cases.length; });
}

/* The windows of a text, as [from, to]. */
function windows(length, most) {
  const found = [];
  for (let from = 0; from < length - 1; from++) {
    for (let to = from + 2; to <= Math.min(length, from + most); to++) found.push([from, to]);
  }
  return found;
}

/* Whether a window is a number, whole. */
function isNumber(text, window) {
  return /^[0-9]+$/.test(text.slice(window[0], window[1])) && !/[0-9]/.test(text.charAt(window[0] - 1) + text.charAt(window[1]));
}

/* What each window may stand for: [{from, to, word, count, cost, known, others}]; `others` are words that it is said for. */
function pieces(base, found, text) {
  const counts = new Map();
  function counted(word) {
    if (!counts.has(word)) counts.set(word, has(base, word));
    return counts.get(word);
  }
  function held(words) {
    return Promise.all(words.map(counted)).then(function (all) { return words.filter(function (_, i) { return all[i]; }); });
  }
  return Promise.all(windows(text.length, LONGEST_WORD).map(function (window) {
    const word = text.slice(window[0], window[1]);
    if (/[ \ud800-\udfff]/.test(word) || /^[\p{P}\p{S}]/u.test(word)) return null;
    return Promise.all([counted(word), held(found.said.get(word) || []), held(sounding(found, word, text.length < 6).slice(0, 3))]).then(function (all) {
      const known = found.known.has(word) || found.said.has(word) || isNumber(text, window), odd = /^[的了和与及或在等是省市区县]|[的了和与及或在等是来要把一]$/.test(word);
      const piece = { from: window[0], to: window[1], word: word, count: all[0], known: known, others: all[1] };
      if (all[0]) return Object.assign(piece, { cost: known ? WORD : PHRASE + (odd ? ODD : 0) });
      const instead = all[1][0] || all[2][0];
      if (!instead) return null;
      return counted(instead).then(function (count) {
        return Object.assign(piece, { word: instead, count: count, known: true, others: all[1].slice(1), cost: all[1].length ? SAYING : HOMOPHONE });
      });
    });
  })).then(function (all) { return all.filter(Boolean); });
}

/* The cut that costs least: its pieces, and the units that belong to none. */
function cheapest(text, some) {
  const best = [{ cost: 0, pieces: [], left: [] }];
  function better(to, from, cost, piece, left) {
    const sum = best[from].cost + cost;
    if (best[to] && best[to].cost <= sum) return;
    best[to] = { cost: sum, pieces: best[from].pieces.concat(piece || []), left: best[from].left.concat(left === null ? [] : left) };
  }
  for (let from = 0; from < text.length; from++) {
    ASKING.forEach(function (asking) {
      const found = asking[0].exec(text.slice(from));
      if (found) better(from + found[0].length, from, asking[1], null, null);
    });
    better(from + 1, from, LEFT, null, from);
    some.forEach(function (piece) { if (piece.from === from) better(piece.to, from, piece.cost, piece, null); });
  }
  return best[text.length];
}

/* The known words that a piece is made of; none where something of it is in none of them. */
function partsOf(text, piece, known) {
  if (piece.known) return [];
  const cut = cheapest(text.slice(piece.from, piece.to), known.filter(function (each) {
    return each.from >= piece.from && each.to <= piece.to;
  }).map(function (each) { return Object.assign({}, each, { from: each.from - piece.from, to: each.to - piece.from }); }));
  return cut.left.length || cut.pieces.length < 2 ? [] : cut.pieces;
}

/* A term as words: [{word, count, others, parts}], in their order; `parts` are the known words of a longer piece. */
function split(base, term) {
  const text = term.slice(0, LONGEST_SPLIT);
  return vocabulary(base).then(function (found) {
    return pieces(base, found, text);
  }).then(function (some) {
    const cut = cheapest(text, some), known = some.filter(function (piece) { return piece.known; }), kept = [];
    cut.pieces.forEach(function (piece) {
      const parts = partsOf(text, piece, known), loose = [piece.from - 1, piece.to].filter(function (at) { return cut.left.indexOf(at) >= 0; }).length;
      // What stands beside what is not known may be a fragment.
      if (piece.known || !loose || loose === 1 && !parts.length && piece.word.length > 2) kept.push(Object.assign({}, piece, { parts: parts }));
      else kept.push.apply(kept, parts);
    });
    if (!kept.length && !cut.left.length) kept.push.apply(kept, known.slice(0, 1)); // nothing but what people ask with
    return kept.map(function (piece) { return { word: piece.word, count: piece.count, others: piece.others, parts: piece.parts || [] }; });
  });
}
