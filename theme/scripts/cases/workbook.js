/* Rows of texts as a workbook of one sheet (ECMA-376): cells as inline strings, so that none is taken for a formula, in a zip
   that is stored, not deflated. The first row stays in sight. */

const WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", CELL = 32767; // characters that a cell can hold

function workbook(rows) {
  const office = "http://schemas.openxmlformats.org/", main = office + "spreadsheetml/2006/main";
  const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n', parts = "application/vnd.openxmlformats-";
  function links(kind, target) {
    return xml + '<Relationships xmlns="' + office + 'package/2006/relationships"><Relationship Id="rId1" Type="' + office +
      "officeDocument/2006/relationships/" + kind + '" Target="' + target + '"/></Relationships>';
  }
  const lines = rows.map(function (row, nth) {
    return '<row r="' + (nth + 1) + '">' + row.map(function (cell) {
      return '<c t="inlineStr"><is><t xml:space="preserve">' + safe(cell) + "</t></is></c>";
    }).join("") + "</row>";
  }).join("");
  return zipped([
    ["[Content_Types].xml", xml + '<Types xmlns="' + office + 'package/2006/content-types"><Default Extension="rels" ContentType="' + parts +
      'package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="' + WORKBOOK + '.main+xml"/><Override ' +
      'PartName="/xl/worksheets/sheet1.xml" ContentType="' + parts + 'officedocument.spreadsheetml.worksheet+xml"/></Types>'],
    ["_rels/.rels", links("officeDocument", "xl/workbook.xml")],
    ["xl/workbook.xml", xml + '<workbook xmlns="' + main + '" xmlns:r="' + office + 'officeDocument/2006/relationships"><sheets>' +
      '<sheet name="案例" sheetId="1" r:id="rId1"/></sheets></workbook>'],
    ["xl/_rels/workbook.xml.rels", links("worksheet", "worksheets/sheet1.xml")],
    ["xl/worksheets/sheet1.xml", xml + '<worksheet xmlns="' + main + '"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" ' +
      'topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>' +
      '<cols><col min="1" max="' + rows[0].length + '" width="16" customWidth="1"/></cols><sheetData>' + lines + "</sheetData></worksheet>"]
  ]);
}

/* A text as XML can hold it: without control characters and halves of characters, and what looks like an escape escaped (_x0041_). */
function safe(text) {
  const whole = Array.from(text.slice(0, CELL)).filter(function (each) {
    return !/^[\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]$/.test(each);
  }).join("");
  return whole.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, "_x005F_").replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/\r/g, "&#13;");
}

/* Files as [name in ASCII, text], in a zip of 1980 (so that the same list gives the same bytes). */
function zipped(files) {
  const made = [], index = [], table = new Uint32Array(256).map(function (none, nth) {
    for (let turn = 0; turn < 8; turn++) nth = nth & 1 ? nth >>> 1 ^ 0xedb88320 : nth >>> 1;
    return nth;
  });
  function little(sizes, values) {
    const bytes = [];
    values.forEach(function (value, nth) { for (let at = 0; at < sizes[nth]; at++) bytes.push(value >>> 8 * at & 255); });
    return Uint8Array.from(bytes);
  }
  let at = 0, length = 0;
  files.forEach(function (file) {
    const name = new TextEncoder().encode(file[0]), data = new TextEncoder().encode(file[1]);
    let sum = -1;
    data.forEach(function (byte) { sum = table[(sum ^ byte) & 255] ^ sum >>> 8; });
    const about = [20, 0, 0, 0, 33, ~sum, data.length, data.length, name.length, 0], sizes = [2, 2, 2, 2, 2, 4, 4, 4, 2, 2];
    made.push(little([4].concat(sizes), [0x04034b50].concat(about)), name, data);
    const entry = little([4, 2].concat(sizes, [2, 2, 2, 4, 4]), [0x02014b50, 20].concat(about, [0, 0, 0, 0, at]));
    index.push(entry, name);
    at += 30 + name.length + data.length;
    length += entry.length + name.length;
  });
  const end = little([4, 2, 2, 2, 2, 4, 4, 2], [0x06054b50, 0, 0, files.length, files.length, length, at, 0]);
  return new Blob(made.concat(index, [end]));
}
