/* The letters of cover and contents: taken from a PDF that the press made of all of them (book/composing.py, letters). */

function characterOf(hex) {
  let text = "";
  for (let i = 0; i < hex.length; i += 4) text += String.fromCharCode(parseInt(hex.slice(i, i + 4), 16));
  return text;
}

/* Which glyphs a font has for which characters, as four hexadecimal figures (ISO 32000-1, 9.10.3). */
function glyphsOf(font) {
  const found = new Map(), map = latin(unpacked(font.lookup(named("ToUnicode"))));
  (map.match(/beginbfchar[^]*?endbfchar/g) || []).forEach(function (block) {
    block.replace(/<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>/g, function (whole, code, text) { found.set(characterOf(text), code); });
  });
  (map.match(/beginbfrange[^]*?endbfrange/g) || []).forEach(function (block) {
    block.replace(/<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>/g, function (whole, first, last, text) {
      for (let code = parseInt(first, 16), point = parseInt(text, 16); code <= parseInt(last, 16); code++, point++) {
        found.set(String.fromCodePoint(point), code.toString(16).padStart(4, "0"));
      }
    });
  });
  return found;
}

/* Widths in thousandths of the size by the numbers of glyphs (9.7.4.3); whoever is not named is an em wide. */
function widthsOf(font) {
  const own = font.lookup(named("DescendantFonts")).lookup(0).lookup(named("W")).asArray(), found = new Map();
  function value(item) { return item.asNumber(); }
  for (let at = 0; at < own.length;) {
    const first = value(own[at]);
    if (own[at + 1] instanceof lib.PDFArray) {
      own[at + 1].asArray().forEach(function (width, nth) { found.set(first + nth, value(width)); });
      at += 2;
    } else {
      for (let code = first; code <= value(own[at + 1]); code++) found.set(code, value(own[at + 2]));
      at += 3;
    }
  }
  return found;
}

/* A face for each of the two roles: for each character the resource that shows it, its glyph and its width in ems. The names of
   resources are none that pages of cases have. */
async function facesIn(doc) {
  const source = await lib.PDFDocument.load(bytesOf(window.casepressLetters), { updateMetadata: false });
  const copier = lib.PDFObjectCopier.for(source.context, doc.context), pages = source.getPages();
  const second = pages.indexOf(pages.find(function (page) { return page.ref === placesOf(source).get("texts").get(0); }));
  function face(some) {
    const letters = new Map(), fonts = new Map();
    some.forEach(function (page) {
      page.node.Resources().lookup(named("Font")).entries().forEach(function (entry) {
        const name = "L-" + entry[0].decodeText(), font = source.context.lookup(entry[1]);
        if (fonts.has(name)) return;
        fonts.set(name, copier.copy(entry[1]));
        const widths = widthsOf(font);
        glyphsOf(font).forEach(function (code, character) {
          const width = widths.get(parseInt(code, 16));
          if (!letters.has(character)) letters.set(character, { font: name, code: code, width: (width === undefined ? 1000 : width) / 1000 });
        });
      });
    });
    return { letters: letters, fonts: fonts };
  }
  return { title: face(pages.slice(0, second)), text: face(pages.slice(second)) };
}
