/* What is asked of a PDF: its streams unpacked, and where its names lead. */

const lib = window.PDFLib;
const named = lib.PDFName.of;

function bytesOf(base64) {
  const text = atob(base64), made = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) made[i] = text.charCodeAt(i);
  return made;
}

function unpacked(stream) {
  return stream instanceof lib.PDFRawStream ? lib.decodePDFRawStream(stream).decode() : stream.getContents();
}

function latin(bytes) {
  let text = "";
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode.apply(null, bytes.subarray(i, i + 8192));
  return text;
}

/* Where the names of a document lead (ISO 32000-1, 12.3.2.3): arrays, the first of which is a page. */
function placesOf(source) {
  const found = new Map(), names = source.catalog.lookup(named("Names")), dests = names && names.lookup(named("Dests"));
  function below(node) {
    const kids = node.lookup(named("Kids")), own = node.lookup(named("Names"));
    if (kids) kids.asArray().forEach(function (kid) { below(source.context.lookup(kid)); });
    if (own) for (let at = 0; at + 1 < own.size(); at += 2) {
      const place = own.lookup(at + 1);
      if (place instanceof lib.PDFArray) found.set(own.lookup(at).decodeText(), place);
    }
  }
  if (dests) below(dests);
  return found;
}
