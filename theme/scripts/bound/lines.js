/* Lines of text: broken by the rules of Chinese, measured and drawn with a face. */

const NOT_FIRST = "、，。；：！？）》〉」』】”’…—·,.;:!?)]%", NOT_LAST = "（《〈「『【“‘([";
const UNKNOWN = "〓"; // stands for a character that no face has

const SPACE = { font: "", code: "", width: 0.25 };

function lettersOf(face, text) {
  return Array.from(text, function (character) {
    return character === " " || character === "\u00a0" ? SPACE : face.letters.get(character) || face.letters.get(UNKNOWN);
  });
}

function lacking(face, text) {
  return Array.from(text).filter(function (character) { return character.trim() && !face.letters.has(character); });
}

function widthOf(face, text, size) {
  return size * lettersOf(face, text).reduce(function (sum, each) { return sum + each.width; }, 0);
}

/* What stays together: Latin words and figures, marks with what they belong to. */
function pieces(text) {
  const found = [];
  (text.match(/[A-Za-z0-9.,%'’+-]+|[^]/gu) || []).forEach(function (each) {
    const last = found[found.length - 1];
    if (last !== undefined && (NOT_FIRST.includes(each[0]) || NOT_LAST.includes(last[last.length - 1]))) found[found.length - 1] += each;
    else found.push(each);
  });
  return found;
}

/* A text in as few lines as it takes, of nearly the same length where it should be balanced. */
function broken(face, text, size, width, isBalanced) {
  const parts = pieces(text), whole = widthOf(face, text, size), rows = Math.ceil(whole / width);
  const most = isBalanced && rows > 1 ? Math.min(width, whole / rows + size) : width, lines = [];
  let line = "";
  parts.forEach(function (each) {
    if (line && widthOf(face, line + each, size) > most) {
      lines.push(line.trim());
      line = each.trim() ? each : "";
    } else line += each;
  });
  return line.trim() ? lines.concat(line.trim()) : lines;
}

/* The operators that show a line from a point on, in pt from the page's lower left corner. */
function drawn(face, text, size, x, y) {
  const made = ["BT"];
  let font = "", codes = "", from = x, at = x;
  function end() {
    if (codes) made.push("/" + font + " " + size + " Tf 1 0 0 1 " + from.toFixed(2) + " " + y.toFixed(2) + " Tm <" + codes + "> Tj");
    codes = "";
    from = at;
  }
  lettersOf(face, text).forEach(function (each) {
    if (each.font !== font) { end(); font = each.font; }
    codes += each.code;
    at += each.width * size;
  });
  end();
  return made.concat("ET").join(" ");
}
