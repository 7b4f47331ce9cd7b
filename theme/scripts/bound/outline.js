/* Bookmarks, page labels, and what the volume says of itself. */

function outlined(doc, marks) {
  const root = doc.context.nextRef(), refs = marks.map(function () { return doc.context.nextRef(); });
  marks.forEach(function (mark, nth) {
    const made = doc.context.obj({ Parent: root, Dest: [mark.page.ref, "XYZ", null, null, null] });
    made.set(named("Title"), lib.PDFHexString.fromText(mark.title));
    if (nth) made.set(named("Prev"), refs[nth - 1]);
    if (nth + 1 < refs.length) made.set(named("Next"), refs[nth + 1]);
    doc.context.assign(refs[nth], made);
  });
  doc.context.assign(root, doc.context.obj({ Type: "Outlines", First: refs[0], Last: refs[refs.length - 1], Count: refs.length }));
  doc.catalog.set(named("Outlines"), root);
  doc.catalog.set(named("PageMode"), named("UseOutlines"));
}

/* The cover has a name, the contents roman numbers, what is empty none, the cases those that are printed on them. */
function labelled(doc, contents, body) {
  const nums = [0, { P: lib.PDFHexString.fromText("封面") }, 1, { S: "r" }];
  if (body > 1 + contents) nums.push(1 + contents, { P: lib.PDFHexString.fromText("空白") });
  nums.push(body, { S: "D" });
  doc.catalog.set(named("PageLabels"), doc.context.obj({ Nums: nums }));
}

function titled(doc, title, author) {
  doc.setTitle(title, { showInWindowTitleBar: true });
  if (author) doc.setAuthor(author);
  doc.setProducer("casepress, pdf-lib");
  doc.setCreationDate(new Date());
  doc.catalog.set(named("Lang"), lib.PDFString.of("zh-CN"));
}
