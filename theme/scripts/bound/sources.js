/* The PDFs of cases: fetched from a server; from a disk, of the files that the reader showed. */

async function overWire(entry) {
  const answer = await fetch(entry.pdf);
  if (!answer.ok) throw new Error("没有取到（" + answer.status + "）");
  return answer.arrayBuffer();
}

function amongFiles(files) {
  const byName = new Map(Array.from(files).map(function (file) { return [file.name, file]; }));
  return async function (entry) {
    const file = byName.get(decodeURIComponent(new URL(entry.pdf).pathname.split("/").pop()));
    if (!file) throw new Error("不在选中的文件夹里");
    return file.arrayBuffer();
  };
}
