/* Titles in pieces that a line keeps whole: as templates have them, for the index tells how long each piece is (facts/titles.py). */

function inPieces(made, lengths) {
  const walker = document.createTreeWalker(made, NodeFilter.SHOW_TEXT), texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  let here = 0, before = 0, end = 0; // the text at hand, what is written before it, and where the piece at hand ends
  lengths.slice(0, -1).forEach(function (length) {
    end += length;
    while (before + texts[here].length < end) before += texts[here++].length;
    if (before + texts[here].length > end) texts.splice(here, 1, texts[here], texts[here].splitText(end - before));
    let place = texts[here];
    while (place.parentNode !== made && !place.nextSibling) place = place.parentNode; // behind a mark, not in it
    place.parentNode.insertBefore(document.createElement("wbr"), place.nextSibling);
  });
  if (lengths.length) made.classList.add("cp-phrases");
  return made;
}
