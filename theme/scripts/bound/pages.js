/* The pages of cases in the volume: their own page numbers give way to those of the volume, their links lead within it. */

const FOOT = 0.055, FOLIO = 9; // of the page's height; pt

/* A page number at the foot of a page of this size. */
function folio(face, size, number) {
  const words = "— " + number + " —";
  return drawn(face, words, FOLIO, (size.width - widthOf(face, words, FOLIO)) / 2, size.height * FOOT);
}

/* Whether a page is one of ours: what it shows stands between what moves it and what its own PDF drew over it. */
function isOurs(page) {
  const contents = page.node.lookup(named("Contents"));
  return contents instanceof lib.PDFArray && contents.size() === 3 && latin(unpacked(contents.lookup(2))).slice(0, 2) === "Q ";
}

/* A content of a page that is drawn over what the case shows, in the place of what its own PDF had there. */
function stamped(doc, page, face, number) {
  const contents = page.node.lookup(named("Contents"));
  const shown = folio(face, page.getSize(), number);
  contents.set(2, doc.context.register(doc.context.flateStream("Q /Artifact BMC q " + shown + " Q EMC")));
  withFonts(page, face);
}

function withFonts(page, face) {
  const resources = page.node.normalizedEntries().Resources;
  const fonts = resources.lookup(named("Font")) || page.doc.context.obj({});
  face.fonts.forEach(function (ref, name) { fonts.set(named(name), ref); });
  resources.set(named("Font"), fonts);
}

/* Links within a case lead to its pages in the volume; those to other places of the book go. */
function relinked(source, pages, places) {
  const before = source.getPages();
  pages.forEach(function (page) {
    const notes = page.node.lookup(named("Annots"));
    if (!notes) return;
    const kept = notes.asArray().filter(function (ref) {
      const note = page.doc.context.lookup(ref), action = note.lookup(named("A"));
      note.delete(named("StructParent"));
      const name = note.lookup(named("Dest")) || action && action.lookup(named("S")) === named("GoTo") && action.lookup(named("D"));
      if (!name) return Boolean(action);
      const place = name.decodeText && places.get(name.decodeText());
      const at = place ? before.findIndex(function (each) { return each.ref === place.get(0); }) : -1;
      if (at < 0) return false;
      note.delete(named("A"));
      note.set(named("Dest"), page.doc.context.obj([pages[at].ref].concat(place.asArray().slice(1))));
      return true;
    });
    if (kept.length) page.node.set(named("Annots"), page.doc.context.obj(kept));
    else page.node.delete(named("Annots"));
  });
}

/* Put the pages of a case behind what is there, and say how many there are. */
async function joined(doc, bytes) {
  const source = await lib.PDFDocument.load(bytes, { updateMetadata: false });
  if (!source.getPages().every(isOurs)) throw new Error("不是这个网站排的 PDF"); // before anything of it is taken over
  const pages = await doc.copyPages(source, source.getPageIndices());
  relinked(source, pages, placesOf(source));
  pages.forEach(function (page) {
    ["StructParents", "Tabs"].forEach(function (name) { page.node.delete(named(name)); });
    doc.addPage(page);
  });
  return pages;
}
