/* What there is: the file that all others of the index belong to, and the alphabet that its texts are written in. */

const FORMAT = 4, ONES = 56, TWOS = 27, ZONES = 4, BODY = 3;
const PIECE = "\0", FIELD = "\x01", CARD = "\x02", CASE = "\x03", ZONE = "\x04";

function readBase(found, kept) {
  const base = found.data[0];
  if (base.format !== FORMAT) throw new Error("检索数据和页面的版本不一致，请刷新页面");
  const ends = new Uint32Array(base.cases * ZONES), starts = new Uint32Array(base.cases + 1);
  const lengths = base.lengths.map(function (each) { return riceNumbers(each[0], each[1], base.cases); });
  const groups = new Uint32Array(base.cases), firsts = [];
  for (let at = 0, unit = 0, filled = 0; at < base.cases; at++) {
    starts[at] = unit;
    for (let zone = 0; zone < ZONES; zone++) ends[at * ZONES + zone] = unit += lengths[zone][at] * base.steps[zone];
    const length = unit - starts[at];
    if (!filled || filled + length > base.group) { firsts.push(at); filled = 0; }
    filled += length;
    groups[at] = firsts.length - 1;
  }
  starts[base.cases] = base.units;
  const letters = new Uint32Array(ONES + TWOS * 91 + base.alphabet[2][0]);
  base.alphabet.forEach(function (tier, n) {
    let point = -1;
    const from = [0, ONES, ONES + TWOS * 91][n];
    riceNumbers(tier[1], tier[2], tier[0]).forEach(function (gap, i) { letters[from + i] = point += gap + 1; });
  });
  return {
    version: found.version, kept: kept, cases: base.cases, units: base.units, starts: starts, ends: ends,
    groups: groups, firsts: firsts, fields: base.fields, facets: base.fields.filter(function (f) { return f.facet; }),
    letters: letters,
    pairs: { letter: "p", alone: "l", bits: base.pairs, keys: new Set(base.alone[0]), universe: base.units, tagBits: 0 },
    singles: { letter: "u", alone: "v", bits: base.singles, keys: new Set(base.alone[1]), universe: base.cases, tagBits: 4 }
  };
}

function written(base, text) {
  const letters = base.letters, found = new Uint16Array(text.length * 2);
  let length = 0;
  for (let i = 0; i < text.length;) {
    let rank = symbol(text.charCodeAt(i++));
    if (rank >= ONES + TWOS) {
      rank = ONES + TWOS * 91 + (rank - ONES - TWOS) * 8281 + symbol(text.charCodeAt(i++)) * 91;
      rank += symbol(text.charCodeAt(i++));
    } else if (rank >= ONES) {
      rank = ONES + (rank - ONES) * 91 + symbol(text.charCodeAt(i++));
    }
    const point = letters[rank];
    if (point > 0xffff) {
      found[length++] = 0xd7c0 + (point >> 10);
      found[length++] = 0xdc00 + (point & 0x3ff);
    } else found[length++] = point;
  }
  return new TextDecoder("utf-16le", { ignoreBOM: true }).decode(found.subarray(0, length));
}
