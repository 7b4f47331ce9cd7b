/* Suggestions while typing: titles and values that contain every term; where none does, words by their pinyin. */

function suggest(text, limit) {
  const most = limit === undefined ? 8 : limit;
  return withBase(function (base) {
    const wanted = checked(text === undefined || text === null ? "" : text);
    if (!wanted.length) return [];
    return matching(base, wanted).then(function (found) {
      const order = found.cases.map(function (_, i) { return i; })
        .filter(function (i) { return found.zones[i] <= wanted.length; })
        .sort(function (a, b) { return found.zones[a] - found.zones[b] || found.rates[b] - found.rates[a] || a - b; });
      const cases = order.slice(0, 2 * most).map(function (i) { return found.cases[i]; });
      return Promise.all(cases.map(function (at) { return card(base, at); }));
    }).then(function (cards) {
      const found = [], seen = new Set();
      for (const each of cards) {
        for (const piece of each.zones[0].concat(each.zones[1])) {
          if (/^(?:summary|id|source)$/.test(piece.field.name)) continue;
          const map = mapOf(piece), places = occurrences(map.text, wanted), title = piece.field.name === "title";
          const key = piece.field.name + PIECE + (title ? each.id : piece.text);
          if (seen.has(key) || !wanted.every(function (term) { return map.text.indexOf(term) >= 0; })) continue;
          seen.add(key);
          found.push({
            field: piece.field.name, label: piece.field.label, text: piece.text,
            marked: html(piece.text, merged(map, places), 0, piece.text.length), url: title ? address(each.id) : ""
          });
        }
      }
      const first = found.filter(function (each) { return each.url; }), others = found.filter(function (each) { return !each.url; });
      const room = Math.min(others.length, Math.max(most - first.length, Math.floor(most / 2)));
      if (found.length || wanted.length !== 1 || !SPELT.test(wanted[0])) return first.slice(0, most - room).concat(others.slice(0, room));
      return near(base, wanted[0], true).then(function (words) {
        return words.slice(0, most).map(function (word) {
          return { field: "", label: "拼音", text: word, marked: escaped(word), url: "" };
        });
      });
    });
  });
}
