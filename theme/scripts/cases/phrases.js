/* Titles in pieces that a line keeps whole: as templates have them, for the index tells how long each piece is (facts/titles.py). */

function inPieces(made, lengths) {
  const ends = new Set(), walker = document.createTreeWalker(made, NodeFilter.SHOW_TEXT), texts = [];
  let at = 0;
  lengths.slice(0, -1).forEach(function (length) { ends.add(at += length); });
  at = 0;
  while (walker.nextNode()) texts.push(walker.currentNode);
  texts.forEach(function (node) {
    for (let rest = node, n = node.length; n; n--, at++) {
      if (!ends.has(at)) continue;
      if (n < rest.length) rest = rest.splitText(rest.length - n);
      let behind = rest;
      while (behind.parentNode !== made && !behind.previousSibling) behind = behind.parentNode; // before a mark, not in it
      behind.parentNode.insertBefore(document.createElement("wbr"), behind);
    }
  });
  if (lengths.length) made.classList.add("cp-phrases");
  return made;
}
