/* Numbers in words that count: 第4批, 第四批, 壹等奖. The same rule as in Python: casepress/facts/wording.py, values/fields.py. */

const DIGITS = new Map(Array.from("〇零一二三四五六七八九两壹贰叁肆伍陆柒捌玖", function (sign, i) { return [sign, i < 2 ? 0 : i < 11 ? i - 1 : i === 11 ? 2 : i - 11]; }));
const UNITS = new Map([["十", 10], ["拾", 10], ["百", 100], ["佰", 100], ["千", 1000], ["仟", 1000]]);
const NUMERAL = new RegExp("[0-9]{1,18}|[" + Array.from(DIGITS.keys()).concat(Array.from(UNITS.keys())).join("") + "]{1,18}", "g");

/* The number that Arabic or Chinese numerals write, in figures. */
function inFigures(numeral) {
  const signs = Array.from(numeral);
  if (!signs.some(function (sign) { return UNITS.has(sign); })) {
    return signs.map(function (sign) { return DIGITS.has(sign) ? DIGITS.get(sign) : sign; }).join("").replace(/^0+(?=.)/, "");
  }
  let total = 0, digit = 0;
  for (const sign of signs) {
    if (UNITS.has(sign)) { total += (digit || 1) * UNITS.get(sign); digit = 0; } else digit = DIGITS.get(sign);
  }
  return String(total + digit);
}

/* A plain word that counts (批次, 等次) as it is compared: numbers in figures, 第 before and 次 behind them left out. */
function counted(word) {
  return word.replace(/[‐‑‒–—―−－─～〜~至]/g, "-").replace(/首(?=[批届期])/g, "1").replace(NUMERAL, inFigures).replace(/第(?=\d)/g, "")
    .replace(/批次/g, "批").replace(/学年度/g, "学年");
}

/* The numbers in a label of a batch, as it is sorted by. */
function ordinal(label) {
  const text = label.replace(/首(?=[批届期])/g, "1").replace(/[上下](?:半年|学期)/g, function (half) { return half[0] === "上" ? "1" : "2"; });
  return (text.match(NUMERAL) || []).map(inFigures).join(" ");
}
