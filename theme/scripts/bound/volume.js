/* The volume: the cases in their order, before them cover and contents with the numbers that are true. */

/* Bind; `watch(done, all, name)` is told how far it is and says whether to go on. Resolved with the bytes and what is to be told;
   with nothing where the reader stopped it. */
async function bound(entries, said, read, watch) {
  const doc = await lib.PDFDocument.create({ updateMetadata: false }), faces = await facesIn(doc);
  const there = [], lost = [];
  let number = 1;
  for (let at = 0; at < entries.length; at++) {
    const entry = entries[at];
    if (!watch(at, entries.length, entry.title)) return null;
    await new Promise(function (resolve) { setTimeout(resolve, 0); });
    const count = doc.getPageCount();
    try {
      const pages = await joined(doc, await read(entry));
      pages.forEach(function (each, nth) { stamped(doc, each, faces.text, String(number + nth)); });
      there.push(Object.assign({ first: number, page: pages[0] }, entry));
      number += pages.length;
    } catch (reason) {
      while (doc.getPageCount() > count) doc.removePage(doc.getPageCount() - 1);
      lost.push(entry.title + "（" + (reason.message || reason) + "）");
    }
  }
  if (!there.length) throw new Error("一个案例的 PDF 也没有取到：" + lost.join("；"));
  const size = there[0].page.getSize(), all = Object.assign({}, said, { count: "共 " + there.length + " 个案例" });
  const pictures = await cover(doc, faces, size, all);
  const front = contents(doc, faces, size, there);
  if (front.length % 2 === 0) page(doc, 1 + front.length, size, [], []); // cases begin on a right-hand page
  labelled(doc, front.length, front.length + (front.length % 2 ? 1 : 2));
  outlined(doc, [{ title: "目录", page: front[0] }].concat(there));
  titled(doc, said.title, said.author);
  if (!watch(entries.length, entries.length, "")) return null;
  const bytes = await doc.save({ useObjectStreams: true, addDefaultPage: false, objectsPerTick: 200 });
  if (!watch(entries.length, entries.length, "")) return null;
  return { bytes: bytes, pages: doc.getPageCount(), lost: lost, pictures: pictures };
}
