/* What stands before the cases: cover and contents. */

const SIDE = 0.14, HEAD = 0.11; // margins, parts of the page's width and height
const LINE = 12, UNIT = 9; // pt
// The book's inks (theme/print/inks.html): ground, seal, ink, soft
const GROUND = "0.984 0.980 0.965 rg", SEAL = "0.659 0.196 0.122 rg", INK = "0.133 0.149 0.165 rg", SOFT = "0.235 0.255 0.278 rg";

function roman(number) {
  const signs = [[100, "c"], [90, "xc"], [50, "l"], [40, "xl"], [10, "x"], [9, "ix"], [5, "v"], [4, "iv"], [1, "i"]];
  let said = "";
  signs.forEach(function (sign) { while (number >= sign[0]) { said += sign[1]; number -= sign[0]; } });
  return said;
}

/* A new page, drawn with operators and the fonts of some faces. */
function page(doc, at, size, shown, faces) {
  const made = doc.insertPage(at, [size.width, size.height]);
  made.node.set(named("Contents"), doc.context.register(doc.context.flateStream(shown.join("\n"))));
  faces.forEach(function (face) { withFonts(made, face); });
  return made;
}

/* A line that has characters which no face has, as a picture, with its words for whoever copies or hears it. */
async function pictured(doc, made, text, size, middle, y) {
  const board = document.createElement("canvas"), brush = board.getContext("2d"), scale = 4;
  const face = "700 " + size * scale + "px \"Source Han Serif SC\", \"Noto Serif CJK SC\", \"Songti SC\", SimSun, serif";
  brush.font = face;
  const width = brush.measureText(text).width;
  board.width = Math.ceil(width);
  board.height = Math.ceil(size * scale * 1.4);
  brush.font = face; // a board that gets another size forgets it
  brush.textBaseline = "alphabetic";
  brush.fillText(text, 0, size * scale * 1.05);
  const picture = await doc.embedPng(board.toDataURL("image/png"));
  const name = made.node.newXObject("P", picture.ref), words = lib.PDFHexString.fromText(text).toString();
  const shown = [
    "/Span <</ActualText " + words + ">> BDC q", board.width / scale, "0 0", board.height / scale,
    (middle - width / scale / 2).toFixed(2), (y - size * 0.35).toFixed(2), "cm", name.toString(), "Do Q EMC"
  ].join(" ");
  const contents = made.node.normalizedEntries().Contents;
  contents.push(doc.context.register(doc.context.flateStream(shown)));
}

async function cover(doc, faces, size, said) {
  const middle = size.width / 2, room = size.width * (1 - 2 * SIDE), missing = [];
  const shown = [GROUND, "0 0 " + size.width + " " + size.height + " re f", SEAL, "0 " + (size.height * 0.376).toFixed(2) + " " + size.width + " 20 re f", INK];
  let y = size.height * 0.76;
  function lines(face, text, points, lead) {
    broken(face, text, points, room, true).forEach(function (row) {
      if (!lacking(face, row).length) shown.push(drawn(face, row, points, middle - widthOf(face, row, points) / 2, y));
      else missing.push({ text: row, size: Math.min(points, room / row.length), y: y });
      y -= points * lead;
    });
  }
  lines(faces.title, said.title, 32, 1.5);
  y -= 8;
  if (said.sub) lines(faces.text, said.sub, 15, 1.7);
  y = size.height * 0.18;
  [said.count].concat(said.from).forEach(function (each) { lines(faces.text, each, 13, 1.9); });
  const made = page(doc, 0, size, shown, [faces.title, faces.text]);
  for (const each of missing) await pictured(doc, made, each.text, each.size, middle, each.y);
  return missing.map(function (each) { return each.text; });
}

/* The contents as pages of entries, each entry with its lines; `first` are the numbers of the pages on which cases begin. */
function contents(doc, faces, size, entries) {
  const left = size.width * SIDE, right = size.width - left, bottom = size.height * HEAD, sheets = [];
  let shown, links, y;
  function begin() {
    shown = [INK];
    links = [];
    sheets.push({ shown: shown, links: links });
    y = size.height * (1 - HEAD) - LINE;
  }
  begin();
  const words = "目　录", wide = widthOf(faces.title, "目录", 20) + 20;
  shown.push(drawn(faces.title, "目", 20, (size.width - wide) / 2, y - 8), drawn(faces.title, "录", 20, (size.width - wide) / 2 + 40, y - 8));
  y -= 56;
  entries.forEach(function (entry) {
    const number = String(entry.first), end = right - widthOf(faces.text, number, LINE), room = end - left - 3 * LINE;
    const rows = broken(faces.text, entry.title, LINE, room, false), height = rows.length * LINE * 1.5 + (entry.unit ? UNIT * 1.7 : 0);
    if (y - height < bottom) begin();
    const top = y + LINE;
    let isBeside = false;
    rows.forEach(function (row, nth) {
      shown.push(drawn(faces.text, row, LINE, left, y));
      if (nth === rows.length - 1) {
        let from = left + widthOf(faces.text, row, LINE) + LINE * 0.8;
        const wide = widthOf(faces.text, entry.unit, UNIT);
        if (entry.unit && from + wide < end - 2 * LINE) {
          shown.push(SOFT, drawn(faces.text, entry.unit, UNIT, from, y), INK);
          from += wide + LINE * 0.8;
          isBeside = true;
        }
        // Dots of a line, on a grid that all entries share
        shown.push("q " + SOFT.replace("rg", "RG") + " 0.7 w 1 J [0 4.5] 0 d " + (end - LINE * 0.6).toFixed(2) + " " + (y + 3) + " m " + from.toFixed(2) + " " + (y + 3) + " l S Q");
        shown.push(drawn(faces.text, number, LINE, end, y));
      }
      y -= LINE * 1.5;
    });
    if (entry.unit && !isBeside) {
      shown.push(SOFT, drawn(faces.text, entry.unit, UNIT, left + LINE, y + UNIT * 0.4), INK);
      y -= UNIT * 1.7;
    }
    links.push({ entry: entry, box: [left, y + LINE * 0.9, right, top] });
    y -= LINE * 0.5;
  });
  sheets.forEach(function (sheet, nth) {
    sheet.shown.push(folio(faces.text, size, roman(nth + 1)));
    sheet.page = page(doc, 1 + nth, size, sheet.shown, [faces.title, faces.text]);
    sheet.page.node.set(named("Annots"), doc.context.obj(sheet.links.map(function (each) {
      return doc.context.register(doc.context.obj({
        Type: "Annot", Subtype: "Link", Rect: each.box, Border: [0, 0, 0], Dest: [each.entry.page.ref, "XYZ", null, null, null],
        Contents: lib.PDFHexString.fromText(each.entry.title)
      }));
    })));
  });
  return sheets.map(function (sheet) { return sheet.page; });
}
