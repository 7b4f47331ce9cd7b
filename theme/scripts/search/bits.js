/* Numbers out of the index's text: bits, Rice codes, shards. Written by casepress/search/postings.py. */

const LN2 = 0.6931471805599453;

function symbol(code) {
  return code - 35 - (code > 92 ? 1 : 0);
}

/* Two of 91 characters are 13 bits. */
function bitsOf(text) {
  const words = new Uint32Array(((text.length >> 1) * 13 >> 5) + 3);
  for (let i = 0, at = 0; i < text.length; i += 2, at += 13) {
    const group = symbol(text.charCodeAt(i)) * 91 + symbol(text.charCodeAt(i + 1));
    const word = at >>> 5, room = 32 - (at & 31);
    if (room >= 13) words[word] |= group << (room - 13);
    else {
      words[word] |= group >>> (13 - room);
      words[word + 1] |= group << (19 + room);
    }
  }
  return words;
}

function number(words, at, width) {
  if (!width) return 0;
  const word = at >>> 5, shift = at & 31;
  const bits = shift ? words[word] << shift | words[word + 1] >>> (32 - shift) : words[word];
  return bits >>> (32 - width);
}

/* The place of the first 1 from a place on. */
function one(words, at) {
  let word = at >>> 5, bits = words[word] & (0xffffffff >>> (at & 31));
  while (!bits) bits = words[++word];
  return word * 32 + Math.clz32(bits);
}

function ones(bits) {
  bits -= bits >>> 1 & 0x55555555;
  bits = (bits & 0x33333333) + (bits >>> 2 & 0x33333333);
  return Math.imul(bits + (bits >>> 4) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/* The place behind so many 1s. */
function skip(words, at, count) {
  while (count > 32) {
    const here = ones(words[at >>> 5] & (0xffffffff >>> (at & 31)));
    count -= here;
    at = (at | 31) + 1;
  }
  for (; count > 0; count--) at = one(words, at) + 1;
  return at;
}

function parameter(universe, count) {
  return 31 - Math.clz32(Math.max(1, Math.floor(universe * LN2 / count)));
}

function numbers(text, count, width) {
  const words = bitsOf(text), found = new Uint32Array(count);
  for (let i = 0; i < count; i++) found[i] = number(words, i * width, width);
  return found;
}

function riceNumbers(low, text, count) {
  const words = bitsOf(text), found = new Uint32Array(count);
  let at = 0;
  for (let i = 0; i < count; i++) {
    const end = one(words, at);
    found[i] = (end - at) * 2 ** low;
    at = end + 1;
  }
  for (let i = 0; i < count; i++, at += low) found[i] += number(words, at, low);
  return found;
}

function mix(key) {
  key = Math.imul(key, 0x9e3779b1);
  key ^= key >>> 16;
  return Math.imul(key, 0x85ebca6b) >>> 0;
}

/* A shard: `find` gives a key's ascending values and their tags. Its bits are told in casepress/postings.py. */
function opened(text, universe, keyBits, tagBits) {
  const words = bitsOf(text), count = number(words, 0, 24);
  const keys = new Uint32Array(count), counts = new Uint32Array(count);
  const low = parameter(2 ** keyBits, Math.max(1, count));
  let unary = 56, fixed = 56 + number(words, 24, 32), key = -1;
  for (let i = 0; i < count; i++, fixed += low) {
    const end = one(words, unary);
    key += (end - unary) * 2 ** low + number(words, fixed, low) + 1;
    keys[i] = key;
    unary = end + 1;
  }
  for (let i = 0; i < count; i++) {
    const end = one(words, unary), length = end - unary;
    counts[i] = 2 ** length + number(words, fixed, length);
    fixed += length;
    unary = end + 1;
  }

  function find(mixed) {
    const wanted = keyBits === 32 ? mixed : mixed % 2 ** keyBits;
    const at = above(keys, wanted, 0) - 1;
    if (at < 0 || keys[at] !== wanted) return { values: new Uint32Array(0), tags: new Uint8Array(0) };
    let before = 0, place = fixed;
    for (let i = 0; i < at; i++) {
      before += counts[i];
      place += counts[i] * (parameter(universe, counts[i]) + tagBits);
    }
    const values = new Uint32Array(counts[at]), tags = new Uint8Array(tagBits ? counts[at] : 0);
    const rice = parameter(universe, counts[at]);
    for (let i = 0, from = skip(words, unary, before), value = -1; i < values.length; i++, place += rice + tagBits) {
      const end = one(words, from);
      value += (end - from) * 2 ** rice + number(words, place, rice) + 1;
      values[i] = value;
      if (tagBits) tags[i] = number(words, place + rice, tagBits);
      from = end + 1;
    }
    return { values: values, tags: tags };
  }

  return { find: find };
}

/* How many of ascending numbers are not above one, looking from a place on where that is known to be so. */
function above(ascending, wanted, from) {
  let step = 1, low = from;
  while (low + step <= ascending.length && ascending[low + step - 1] <= wanted) { low += step; step *= 2; }
  let high = Math.min(ascending.length, low + step);
  while (low < high) {
    const middle = low + high >>> 1;
    if (ascending[middle] <= wanted) low = middle + 1; else high = middle;
  }
  return low;
}
