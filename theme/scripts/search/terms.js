/* The terms of a query, where they stand in a text, and the text as safe HTML with them in <mark>. */

const LONGEST = 1000; // units of a query

// What parts the words of a query as a space does: 句内点号 and 句末点号, a comma that stands in no number and no Latin word.
const PARTING = /[，、；。！？｡､﹐﹑﹔]|[,;](?![0-9A-Za-z])|([^0-9A-Za-z])[,;]/g;

const TERMS = new RegExp('["\\uff02]([^"\\uff02]*)["\\uff02](?=[' + SPACE_SET + "]|$)|[^" + SPACE_SET + "]+", "gu");

function terms(text) {
  const found = [];
  function add(word) {
    const term = fold(word);
    if (term && found.indexOf(term) < 0) found.push(term);
  }
  String(text).replace(TERMS, function (all, quoted) {
    if (quoted !== undefined) add(quoted);
    else {
      const words = all.replace(PARTING, "$1 ").split(" ").filter(Boolean);
      if (words.length) words.forEach(add); else add(all);
    }
    return "";
  });
  return found;
}

/* Where terms stand in a folded text: [start, end, number of the term], by their start. */
function occurrences(text, wanted) {
  const found = [];
  wanted.forEach(function (term, number) {
    for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1)) found.push([at, at + term.length, number]);
  });
  return found.sort(function (a, b) { return a[0] - b[0] || b[1] - a[1]; });
}

/* Occurrences as ranges of the text that was folded, those that touch made one. */
function merged(map, found) {
  const ranges = [];
  for (const each of found) {
    const start = map.starts[each[0]], end = map.ends[each[1] - 1], last = ranges[ranges.length - 1];
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else ranges.push([start, end]);
  }
  return ranges;
}

function escaped(text) {
  return text.replace(/[&<>"']/g, function (c) { return "&#" + c.charCodeAt(0) + ";"; });
}

function html(text, ranges, from, to) {
  let said = "", at = from;
  for (const range of ranges) {
    const start = Math.max(range[0], from), end = Math.min(range[1], to);
    if (start >= end) continue;
    said += escaped(text.slice(at, start)) + "<mark>" + escaped(text.slice(start, end)) + "</mark>";
    at = end;
  }
  return said + escaped(text.slice(at, to));
}

function rangesOf(string, wanted) {
  const map = folded(string);
  return merged(map, occurrences(map.text, wanted));
}

function checked(text) {
  const wanted = terms(text);
  if (wanted.join("").length > LONGEST) throw new Error("检索词太长，请不要超过 " + LONGEST + " 个字");
  return wanted;
}
