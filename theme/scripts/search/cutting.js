/* A text that was typed without spaces, cut into words that the index holds. */

const LONGEST_WORD = 12, LONGEST_SPLIT = 24, LONGEST_SPELT = 40; // units; the last in letters of pinyin
// What people ask with, which no case need hold, and what places are called without; what each costs to leave out.
const ASKING = [
  ["怎么样 怎么办 怎么 怎样 如何 什么 哪些 哪里 哪个 为什么 为啥 咋办 咋 多少 多久 几点 有没有 能不能 要不要 可不可以 请问 关于", 0.1],
  ["案例 做法 经验 下载 是 的 了 吗 呢 吧 啊 呀 与 和 及 在 有 哪 省 市 区 县 乡 镇 \\p{P} \\p{S}", 0.1],
  ["一(?!年) 来 要 把 给 就 都 也 还 我 你 他 们 这 那 个 不 没 很 太 能 会 让 对 从 到 里 为 以 等 请 想 找 搞 做 写 看 年 月 日 每 各", 0.5],
  ["方案 材料 典型 优秀 范文 模板 总结 汇报 介绍 分享 大全 最新 怎么写 资料", 0.7]
].map(function (each) { return [new RegExp("^(?:" + each[0].replace(/ /g, "|") + ")", "u"), each[1]]; });
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

/* Whether a window is all there is of some kind of sign. */
function isWhole(text, window, sign) {
  return Array.from(text.slice(window[0], window[1])).every(function (each) { return sign.test(each); }) &&
    !sign.test(text.charAt(window[0] - 1)) && !sign.test(text.charAt(window[1]));
}

/* What each window may stand for: [{from, to, word, count, cost, known, others}]; `others` are words that it is said for. */
function pieces(base, found, text) {
  const counts = new Map(), spelt = SPELT.test(text);
  function counted(word) {
    if (!counts.has(word)) counts.set(word, has(base, word));
    return counts.get(word);
  }
  function held(words) {
    return Promise.all(words.map(counted)).then(function (all) { return words.filter(function (_, i) { return all[i]; }); });
  }
  return Promise.all(windows(text.length, spelt ? LONGEST_SPLIT : LONGEST_WORD).map(function (window) {
    const word = text.slice(window[0], window[1]);
    if (/[ \ud800-\udfff]/.test(word) || /^[\p{P}\p{S}]/u.test(word)) return null;
    const alike = sounding(found, word, isWhole(text, window, /[a-z]/)).slice(0, 3);
    if (spelt && !alike.length) return null;
    return Promise.all([spelt ? 0 : counted(word), held(found.said.get(word) || []), held(alike)]).then(function (all) {
      const known = found.known.has(word) || found.said.has(word) || isWhole(text, window, /[0-9]/);
      const odd = /^[省市区县]/.test(word) || SMALL.test(word[0]) || SMALL.test(word[word.length - 1]);
      const piece = { from: window[0], to: window[1], word: word, count: all[0], known: known, others: all[1] };
      if (all[0]) return Object.assign(piece, { cost: known ? WORD : PHRASE + (odd ? ODD : 0) });
      const instead = all[1][0] || all[2][0];
      if (!instead) return null;
      return counted(instead).then(function (count) {
        const cost = all[1].length ? SAYING : HOMOPHONE;
        return Object.assign(piece, { word: instead, count: count, known: true, others: all[1].slice(1), cost: cost });
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
  const spelt = SPELT.test(term), text = spelt ? term.replace(/[' ]/g, "").slice(0, LONGEST_SPELT) : term.slice(0, LONGEST_SPLIT);
  return vocabulary(base).then(function (found) {
    return pieces(base, found, text);
  }).then(function (some) {
    const cut = cheapest(text, some), known = some.filter(function (piece) { return piece.known; }), kept = [];
    if (spelt && cut.left.length) return []; // some letters are no pinyin
    cut.pieces.forEach(function (piece) {
      const parts = partsOf(text, piece, known);
      const loose = [piece.from - 1, piece.to].filter(function (at) { return cut.left.indexOf(at) >= 0; }).length;
      // What stands beside what is not known may be a fragment.
      if (piece.known || !loose || loose === 1 && !parts.length && piece.word.length > 2) kept.push(Object.assign({}, piece, { parts: parts }));
      else kept.push.apply(kept, parts);
    });
    if (!kept.length && !cut.left.length) kept.push.apply(kept, known.slice(0, 1)); // nothing but what people ask with
    const sound = kept.filter(function (piece) { // 人管 of 没人管: two characters that meet everywhere are no word where none is known
      return piece.known || piece.word.length > 2 || piece.count * 10 <= base.cases;
    });
    return (sound.length ? sound : kept).map(function (piece) {
      return { word: piece.word, count: piece.count, others: piece.others, parts: piece.parts || [] };
    });
  });
}
