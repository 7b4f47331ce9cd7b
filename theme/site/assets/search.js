/* Search: finds every case whose text contains each term, and no other. Classic script, ES2019; it loads `search/*.js`
   (written by casepress/search.py) by script tags, so that it works from a server, a sub-folder and a disk alike.

   casepress.search(text, {filters, sort, offset, limit, facets}) -> Promise of
     {total, terms, facets: {theme: [{value, label, count, selected, depth, parent}]},
      hits: [{id, title, url, excerpt, marked, values}]}
     text     terms between spaces; "in quotes" a term keeps its spaces. Every term must be there. Empty finds all
     filters  {theme: ["课后服务"], region: ["370000"]}: or within a field, and between fields. A value is a key or a
              label; a place means all below it, and may also be written with all above it (江苏省常州市)
     sort     "relevance" (as is without it), "reading", "title", or a facet's name; with "-" before it, backwards
     offset, limit   which of them to return: 0 and 10 if not given; limit 0 counts only, Infinity returns all
     facets   true: those that are not large; a list of names: those; false: none. Each counts under the text and the
              other fields' filters
     excerpt, marked (the title)   safe HTML: everything is escaped, terms are in <mark>. From the 51st hit on the
              excerpt and the values are empty
   casepress.suggest(text, limit) -> Promise of [{field, label, text, marked, url}]: titles (with the case's url) and
     values that contain every term
   casepress.terms(text) -> the folded terms; casepress.fold(text)
   casepress.ranges(string, text) -> [[start, end]]: where the terms of a query stand in any string
   casepress.mark(string, text) -> the string as safe HTML with its terms in <mark>
   casepress.about() -> Promise of {cases, fields: [{name, label, facet, kind, large}]}
   A promise is rejected with an Error whose message can be shown to people. */
(function () {
  "use strict";

  const HOME = new URL("../", document.currentScript.src).href;
  const LN2 = 0.6931471805599453;
  const FORMAT = 1, ONES = 56, TWOS = 27, ZONES = 4, BODY = 3;
  const PIECE = "\0", FIELD = "\x01", CARD = "\x02", CASE = "\x03", ZONE = "\x04";
  const RICH = 50; // hits that get an excerpt
  const LONGEST = 1000; // units of a query
  const SPREAD = 3; // pairs of a long term that are looked up at first
  const WIDTH = 84, BEFORE = 16, SNIPPETS = 3; // of an excerpt, in units

  // ---- text -------------------------------------------------------------------------------------------------------

  const UNFIT_SET = "\\0-\\x08\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f\\u061c\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069" +
    "\\ud800-\\udfff\\ufdd0-\\ufdef\\ufeff\\ufffe\\uffff";
  const SPACE_SET = "\\t-\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
  const UNFIT = new RegExp("[" + UNFIT_SET + "]", "gu");
  const SPACES = new RegExp("[" + SPACE_SET + "]+", "gu");
  // A character and all that may melt into it when it is normalized.
  const CLUSTER = new RegExp("[^][\\p{M}\\u1160-\\u11ff\\uff9e\\uff9f" + UNFIT_SET + "]*", "uy");
  const TERMS = new RegExp('["\\uff02]([^"\\uff02]*)["\\uff02](?=[' + SPACE_SET + "]|$)|[^" + SPACE_SET + "]+", "gu");
  const known = new Map();

  function melt(text) {
    return text.replace(UNFIT, "").replace(SPACES, " ").normalize("NFKC").toLowerCase()
      .replace(/ß/g, "ss").replace(/ς/g, "σ").normalize("NFKC").replace(SPACES, " ");
  }

  function trim(text) {
    return text.replace(/^ +| +$/g, "");
  }

  function fold(text) {
    return trim(melt(trim(text.replace(UNFIT, "").replace(SPACES, " "))));
  }

  /* Whether a unit is folded to itself, and whether no unit like it changes what stands before it; most units are such. */
  function stays(unit) {
    return unit >= 0x4e00 && unit < 0xa000 || unit >= 0x61 && unit < 0x7b || unit >= 0x30 && unit < 0x3a;
  }

  function apart(unit) {
    return unit >= 0x4e00 && unit < 0xa000 || unit >= 0x20 && unit < 0x7f || unit >= 0xff01 && unit < 0xff60 || unit >= 0x3000 && unit < 0x3020;
  }

  /* A text folded, and for each of its units where the character that it comes from begins and ends. */
  function folded(text) {
    const starts = [], ends = [];
    let found = "", at = 0;
    while (at < text.length) {
      if (stays(text.charCodeAt(at)) && (at + 1 === text.length || apart(text.charCodeAt(at + 1)))) {
        found += text[at];
        starts.push(at);
        ends.push(++at);
        continue;
      }
      CLUSTER.lastIndex = at;
      const cluster = CLUSTER.exec(text)[0];
      let piece = known.get(cluster);
      if (piece === undefined) {
        piece = melt(cluster);
        if (known.size > 20000) known.clear();
        known.set(cluster, piece);
      }
      for (let i = 0; i < piece.length; i++) {
        if (piece[i] === " " && (!found || found[found.length - 1] === " ")) continue;
        found += piece[i];
        starts.push(at);
        ends.push(at + cluster.length);
      }
      at += cluster.length;
    }
    return { text: found.replace(/ $/, ""), starts: starts, ends: ends };
  }

  function terms(text) {
    const found = [];
    String(text).replace(TERMS, function (all, quoted) {
      const term = fold(quoted === undefined ? all : quoted);
      if (term && found.indexOf(term) < 0) found.push(term);
      return "";
    });
    return found;
  }

  /* Where terms stand in a folded text: [start, end, number of the term], by their start. */
  function occurrences(text, wanted) {
    const found = [];
    wanted.forEach(function (term, number) {
      for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1)) found.push([at, at + term.length, number]);
    });
    return found.sort(function (a, b) { return a[0] - b[0] || b[1] - a[1]; });
  }

  /* Occurrences as ranges of the text that was folded, those that touch made one. */
  function merged(map, found) {
    const ranges = [];
    for (const each of found) {
      const start = map.starts[each[0]], end = map.ends[each[1] - 1], last = ranges[ranges.length - 1];
      if (last && start <= last[1]) last[1] = Math.max(last[1], end);
      else ranges.push([start, end]);
    }
    return ranges;
  }

  function escaped(text) {
    return text.replace(/[&<>"']/g, function (c) { return "&#" + c.charCodeAt(0) + ";"; });
  }

  function html(text, ranges, from, to) {
    let said = "", at = from;
    for (const range of ranges) {
      const start = Math.max(range[0], from), end = Math.min(range[1], to);
      if (start >= end) continue;
      said += escaped(text.slice(at, start)) + "<mark>" + escaped(text.slice(start, end)) + "</mark>";
      at = end;
    }
    return said + escaped(text.slice(at, to));
  }

  function rangesOf(string, wanted) {
    const map = folded(string);
    return merged(map, occurrences(map.text, wanted));
  }

  // ---- bits -------------------------------------------------------------------------------------------------------

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

  // ---- files ------------------------------------------------------------------------------------------------------

  const arriving = new Map();
  let store = null; // promises of files by name, and of what is made of them; all of one version

  function Stale(message) {
    this.message = message;
  }
  Stale.prototype = Object.create(Error.prototype);

  function take(name, version) {
    const data = Array.prototype.slice.call(arguments, 2);
    if (arriving.has(name)) arriving.get(name)({ version: version, data: data });
  }

  function script(name, stamp) {
    return new Promise(function (resolve, reject) {
      const tag = document.createElement("script");
      let found = null;
      arriving.set(name, function (file) { found = file; });
      function end() {
        arriving.delete(name);
        tag.remove();
        if (found) resolve(found);
        else reject(new Error("检索数据没有读到（search/" + name + ".js），请检查网络后再试；如果一直这样，请重新生成网站"));
      }
      tag.onload = tag.onerror = end;
      tag.charset = "utf-8";
      tag.async = true;
      tag.src = HOME + "search/" + name + ".js" + (stamp ? "?" + stamp : "");
      document.head.appendChild(tag);
    });
  }

  /* What a maker makes, once; a failure is forgotten, so that it can be tried again. */
  function once(kept, name, maker) {
    if (!kept.has(name)) {
      const made = maker();
      kept.set(name, made);
      made.catch(function () { if (kept.get(name) === made) kept.delete(name); });
    }
    return kept.get(name);
  }

  function opening(stamp) {
    if (!store) {
      const kept = new Map();
      store = script("base", stamp).then(function (file) { return readBase(file, kept); });
      const mine = store;
      store.catch(function () { if (store === mine) store = null; });
    }
    return store;
  }

  function file(base, name, read) {
    return once(base.kept, name, function () {
      return script(name, base.version).then(function (found) {
        if (found.version !== base.version) throw new Stale("网站刚刚更新过，请刷新页面");
        return read.apply(null, found.data);
      });
    });
  }

  /* A work with the index; where files of two versions met because the site was just rebuilt, once more from the start. */
  function withBase(work) {
    return opening().then(work).catch(function (reason) {
      if (!(reason instanceof Stale)) throw reason;
      store = null;
      return opening(Date.now()).then(work);
    });
  }

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

  /* The list of a key among pairs or singles. */
  function list(base, lists, key) {
    const mixed = mix(key), hex = ("0000000" + mixed.toString(16)).slice(-8);
    const alone = lists.keys.has(hex);
    const name = alone ? lists.alone + "-" + hex : lists.letter + "-" + (lists.bits ? mixed >>> (32 - lists.bits) : 0).toString(16);
    return file(base, name, function (text) {
      return opened(text, lists.universe, alone ? 32 : 32 - lists.bits, lists.tagBits);
    }).then(function (shard) { return shard.find(mixed); });
  }

  // ---- finding ----------------------------------------------------------------------------------------------------

  /* The positions from which every one of some lists, each at its offset, has a value. */
  function common(found, positions) {
    found.sort(function (a, b) { return a.values.length - b.values.length; });
    for (const each of found) {
      const values = each.values, offset = each.offset;
      if (positions === null) {
        positions = [];
        for (let i = 0; i < values.length; i++) if (values[i] >= offset) positions.push(values[i] - offset);
        continue;
      }
      let kept = 0, at = 0;
      for (let i = 0; i < positions.length && at < values.length; i++) {
        const wanted = positions[i] + offset;
        at = above(values, wanted, at);
        if (at && values[at - 1] === wanted) positions[kept++] = positions[i];
      }
      positions.length = kept;
    }
    return positions;
  }

  /* The positions at which a term really stands, by the text of the few cases in question. */
  function confirmed(base, term, positions, cases) {
    return Promise.all(Array.from(cases, function (at) {
      return card(base, at).then(function (found) {
        return [at, found.zones.reduce(function (text, pieces, zone) {
          const said = pieces.map(function (piece) { return folded(piece.text).text + PIECE; }).join("");
          return (text + said).padEnd(base.ends[at * ZONES + zone] - base.starts[at], PIECE);
        }, "")];
      });
    })).then(function (all) {
      const texts = new Map(all);
      return positions.filter(function (position) {
        const at = above(base.starts, position, 0) - 1;
        return texts.get(at).startsWith(term, position - base.starts[at]);
      });
    });
  }

  /* The cases that hold a term, ascending, with the best zone and the number of places in each. */
  function holders(base, term) {
    if (term.length === 1) {
      return list(base, base.singles, term.charCodeAt(0) << 16).then(function (found) {
        return {
          cases: found.values,
          zones: found.tags.map(function (tag) { return tag >> 2; }),
          counts: Uint32Array.from(found.tags, function (tag) { return 1 << (tag & 3); })
        };
      });
    }
    const offsets = [];
    for (let at = 0; at < term.length - 1; at += 2) offsets.push(at);
    if (term.length % 2) offsets.push(term.length - 2);
    const some = offsets.length <= SPREAD ? offsets : [offsets[0], offsets[offsets.length >> 1], offsets[offsets.length - 1]];
    const rest = offsets.filter(function (offset) { return some.indexOf(offset) < 0; });

    function narrowed(part, positions) {
      return Promise.all(part.map(function (offset) {
        const key = term.charCodeAt(offset) << 16 | term.charCodeAt(offset + 1);
        return list(base, base.pairs, key).then(function (found) { return { offset: offset, values: found.values }; });
      })).then(function (found) { return common(found, positions); });
    }

    return narrowed(some, null).then(function (positions) {
      if (!rest.length || !positions.length) return positions;
      const cases = new Set(positions.map(function (position) { return above(base.starts, position, 0) - 1; }));
      return cases.size <= rest.length ? confirmed(base, term, positions, cases) : narrowed(rest, positions);
    }).then(function (positions) {
      const cases = [], zones = [], counts = [];
      let at = 0;
      for (let i = 0; i < positions.length; i++) {
        const position = positions[i];
        if (cases.length && position < base.starts[at + 1]) { counts[counts.length - 1]++; continue; }
        at = above(base.starts, position, at) - 1;
        let zone = 0;
        while (base.ends[at * ZONES + zone] <= position) zone++;
        cases.push(at);
        zones.push(zone);
        counts.push(1);
      }
      return { cases: cases, zones: zones, counts: counts };
    });
  }

  /* All cases that hold every term: `cases` ascending; `weights` where the less the better, `rates` the more the better. */
  function matching(base, wanted) {
    return Promise.all(wanted.map(function (term) { return holders(base, term); })).then(function (found) {
      const cases = [], zones = [], rates = [];
      if (!found.length) {
        for (let at = 0; at < base.cases; at++) { cases.push(at); zones.push(0); rates.push(0); }
        return { cases: cases, zones: zones, rates: rates };
      }
      const places = found.map(function () { return 0; });
      found.sort(function (a, b) { return a.cases.length - b.cases.length; });
      for (let i = 0; i < found[0].cases.length; i++) {
        const wantedCase = found[0].cases[i];
        let zone = found[0].zones[i], count = found[0].counts[i], all = true;
        for (let n = 1; n < found.length && all; n++) {
          places[n] = above(found[n].cases, wantedCase, places[n]);
          const at = places[n] - 1;
          all = at >= 0 && found[n].cases[at] === wantedCase;
          if (all) { zone += found[n].zones[at]; count += found[n].counts[at]; }
        }
        if (!all) continue;
        cases.push(wantedCase);
        zones.push(zone);
        rates.push(count / (base.starts[wantedCase + 1] - base.starts[wantedCase]));
      }
      return { cases: cases, zones: zones, rates: rates };
    });
  }

  // ---- facets -----------------------------------------------------------------------------------------------------

  /* Words whose common beginnings were left out: a digit says how much of the word before each begins with. */
  function lengthened(words) {
    let before = "";
    return words.map(function (word) { return before = before.slice(0, +word[0]) + word.slice(1); });
  }

  function facet(base, name) {
    return file(base, "f-" + name, function (labels, keys, depths, many, width, data) {
      const facetLabels = labels ? written(base, labels).split(PIECE) : [];
      const facetKeys = keys ? lengthened(written(base, keys).split(PIECE)) : facetLabels;
      const parents = new Int32Array(facetLabels.length).fill(-1), path = [];
      for (let i = 0; i < depths.length; i++) {
        path[+depths[i]] = i;
        if (+depths[i]) parents[i] = path[depths[i] - 1];
      }
      const words = bitsOf(data), values = [], firsts = new Uint32Array(base.cases + 1);
      for (let at = 0, place = 0; at < base.cases; at++) {
        for (;;) {
          const value = number(words, place, width);
          place += width;
          if (value) values.push(value - 1);
          if (!value || !many) break;
        }
        firsts[at + 1] = values.length;
      }
      return { name: name, labels: facetLabels, keys: facetKeys, depths: depths, parents: parents, values: values, firsts: firsts };
    });
  }

  /* Which values of a facet some words mean, as an array of 0 and 1. A place means all below it. */
  function meant(found, wanted) {
    const chosen = new Uint8Array(found.labels.length), words = new Set(wanted.map(String));
    const paths = [];
    for (let i = 0; i < chosen.length; i++) {
      const parent = found.parents[i];
      paths[i] = (parent >= 0 ? paths[parent] : "") + found.labels[i];
      chosen[i] = parent >= 0 && chosen[parent] || words.has(found.keys[i]) || words.has(found.labels[i]) || words.has(paths[i]) ? 1 : 0;
    }
    return chosen;
  }

  function hasOne(found, chosen, at) {
    for (let i = found.firsts[at]; i < found.firsts[at + 1]; i++) if (chosen[found.values[i]]) return true;
    return false;
  }

  /* The number of cases at each value and above it; `cases` are those that count. */
  function counted(found, cases) {
    const counts = new Uint32Array(found.labels.length), seen = new Int32Array(found.labels.length).fill(-1);
    for (const at of cases) {
      for (let i = found.firsts[at]; i < found.firsts[at + 1]; i++) {
        for (let value = found.values[i]; value >= 0 && seen[value] !== at; value = found.parents[value]) {
          seen[value] = at;
          counts[value]++;
        }
      }
    }
    return counts;
  }

  function facetResult(found, counts, chosen) {
    return found.labels.map(function (label, i) {
      return {
        value: found.keys[i], label: label, count: counts[i], selected: Boolean(chosen && chosen[i]),
        depth: +(found.depths[i] || 0), parent: found.parents[i] >= 0 ? found.keys[found.parents[i]] : ""
      };
    });
  }

  // ---- order ------------------------------------------------------------------------------------------------------

  /* A number for each case by which it is sorted, ascending. */
  function ranks(base, sort, found) {
    const ranked = new Float64Array(base.cases);
    if (sort === "reading" || sort === "relevance" && !found.terms) return Promise.resolve(ranked.map(function (_, at) { return at; }));
    if (sort === "relevance") {
      const order = found.cases.map(function (_, i) { return i; }).sort(function (a, b) {
        return found.zones[a] - found.zones[b] || found.rates[b] - found.rates[a] || a - b;
      });
      order.forEach(function (i, rank) { ranked[found.cases[i]] = rank; });
      return Promise.resolve(ranked);
    }
    if (sort === "title") {
      return file(base, "order", function (data) {
        let width = 0;
        while (2 ** width <= base.cases) width++;
        return numbers(data, base.cases, width);
      }).then(function (order) {
        order.forEach(function (at, rank) { ranked[at] = rank; });
        return ranked;
      });
    }
    return facet(base, sort).then(function (values) {
      for (let at = 0; at < base.cases; at++) {
        let least = Infinity; // cases without a value come last in both directions
        for (let i = values.firsts[at]; i < values.firsts[at + 1]; i++) least = Math.min(least, values.values[i]);
        ranked[at] = least;
      }
      return ranked;
    });
  }

  // ---- results ----------------------------------------------------------------------------------------------------

  /* A case as its group's file tells it: id, title, values of facets, and the pieces of each zone. */
  function card(base, at) {
    const group = base.groups[at];
    return file(base, "d-" + group, function (text) {
      return written(base, text).split(CASE).map(function (each) {
        const parts = each.split(CARD), values = {};
        base.facets.forEach(function (f, i) { values[f.name] = parts[2 + i]; });
        return {
          id: parts[0], title: parts[1], values: values,
          zones: parts[parts.length - 1].split(ZONE).map(function (pieces) {
            return pieces.split(PIECE).filter(Boolean).map(function (piece) {
              if (piece[0] !== FIELD) return { field: null, text: piece };
              return { field: base.fields[piece.charCodeAt(1) - 32], text: piece.slice(2) };
            });
          })
        };
      });
    }).then(function (cards) { return cards[at - base.firsts[group]]; });
  }

  /* The words around the best places: the summary's, else the body's, else a field's; every term once if that can be. */
  function excerpt(found, wanted) {
    const pieces = [];
    found.zones.forEach(function (some, zone) {
      if (zone === 0 || zone === 2) return; // the title is shown, and the body has its headings
      for (const piece of some) {
        const name = piece.field ? piece.field.name : "", map = folded(piece.text);
        const rank = name === "summary" ? 0 : zone === BODY ? 1 : 2;
        pieces.push({ rank: rank, label: rank === 2 ? piece.field.label + "：" : "", text: piece.text, map: map, hits: occurrences(map.text, wanted) });
      }
    });
    pieces.sort(function (a, b) { return a.rank - b.rank; });
    const missing = new Set(wanted.map(function (_, n) { return n; })), said = [];
    while (missing.size && said.length < SNIPPETS) {
      const best = bestHit(pieces, missing);
      if (!best) break;
      best.terms.forEach(function (n) { missing.delete(n); });
      said.push(snippet(best.piece, best.hit, wanted.length > 1 && missing.size || said.length ? WIDTH / 2 : WIDTH));
    }
    if (!said.length && pieces.length) said.push(snippet(pieces[0], [0, 0], WIDTH));
    return said.join(" ");
  }

  function bestHit(pieces, missing) {
    let best = null;
    for (const piece of pieces) {
      piece.hits.forEach(function (hit, i) {
        if (!missing.has(hit[2])) return;
        const inside = new Set();
        for (let n = i; n < piece.hits.length && piece.hits[n][0] < hit[0] + WIDTH / 2; n++) {
          if (missing.has(piece.hits[n][2]) && piece.hits[n][1] <= hit[0] + WIDTH - BEFORE) inside.add(piece.hits[n][2]);
        }
        inside.add(hit[2]);
        if (!best || inside.size > best.terms.size) best = { piece: piece, hit: hit, terms: inside };
      });
    }
    return best;
  }

  function snippet(piece, hit, width) {
    const map = piece.map, length = map.text.length;
    const from = Math.max(0, Math.min(hit[0] - BEFORE, length - width)), to = Math.min(length, Math.max(from + width, hit[1]));
    const start = from ? map.starts[from] : 0, end = to < length ? map.ends[to - 1] : piece.text.length;
    return escaped(piece.label) + (from ? "…" : "") + html(piece.text, merged(map, piece.hits), start, end) + (to < length ? "…" : "");
  }

  function address(id) {
    return HOME + "cases/" + id + ".html";
  }

  function hits(base, cases, wanted) {
    const plain = cases.length > RICH ? file(base, "titles", function (text) {
      return written(base, text).split(PIECE).map(function (each) { return each.split(FIELD); });
    }) : Promise.resolve([]);
    const rich = cases.slice(0, RICH).map(function (at) {
      return card(base, at).then(function (found) {
        return {
          id: found.id, title: found.title, url: address(found.id), excerpt: excerpt(found, wanted),
          marked: html(found.title, rangesOf(found.title, wanted), 0, found.title.length), values: found.values
        };
      });
    });
    return Promise.all([plain].concat(rich)).then(function (all) {
      const titles = all.shift();
      return all.concat(cases.slice(RICH).map(function (at) {
        const id = titles[at][0], title = titles[at][1];
        return {
          id: id, title: title, url: address(id), excerpt: "",
          marked: html(title, rangesOf(title, wanted), 0, title.length), values: {}
        };
      }));
    });
  }

  // ---- doors ------------------------------------------------------------------------------------------------------

  function checked(text) {
    const wanted = terms(text);
    if (wanted.join("").length > LONGEST) throw new Error("检索词太长，请不要超过 " + LONGEST + " 个字");
    return wanted;
  }

  function fieldOf(base, name) {
    if (!base.facets.some(function (f) { return f.name === name; })) throw new Error("没有可以筛选的字段“" + name + "”");
    return name;
  }

  function search(text, options) {
    options = options || {};
    const filters = options.filters || {};
    const backwards = /^-/.test(options.sort || ""), sort = String(options.sort || "relevance").replace(/^-/, "");
    const offset = Math.max(0, Math.floor(options.offset) || 0);
    const limit = options.limit === undefined ? 10 : Math.max(0, options.limit === Infinity ? Infinity : Math.floor(options.limit) || 0);
    return withBase(function (base) {
      const wanted = checked(text === undefined || text === null ? "" : text);
      const filtered = Object.keys(filters).filter(function (name) { return filters[name] && filters[name].length; })
        .map(function (name) { return fieldOf(base, name); });
      if (["relevance", "reading", "title"].indexOf(sort) < 0) fieldOf(base, sort);
      const shown = Array.isArray(options.facets) ? options.facets.map(function (name) { return fieldOf(base, name); })
        : options.facets === false ? []
        : base.facets.filter(function (f) { return !f.large; }).map(function (f) { return f.name; });
      const names = Array.from(new Set(filtered.concat(shown)));
      return Promise.all([matching(base, wanted)].concat(names.map(function (name) { return facet(base, name); }))).then(function (all) {
        const found = all.shift(), facets = new Map(all.map(function (each) { return [each.name, each]; }));
        const chosen = new Map(filtered.map(function (name) {
          return [name, meant(facets.get(name), [].concat(filters[name]))];
        }));
        const fits = [], only = new Map(filtered.map(function (name) { return [name, []]; })); // refused by one filter alone
        found.terms = wanted.length;
        for (const at of found.cases) {
          const refusing = filtered.filter(function (name) { return !hasOne(facets.get(name), chosen.get(name), at); });
          if (!refusing.length) fits.push(at);
          else if (refusing.length === 1) only.get(refusing[0]).push(at);
        }
        const result = { total: fits.length, terms: wanted, facets: {}, hits: [] };
        for (const name of shown) {
          const counts = counted(facets.get(name), only.has(name) ? fits.concat(only.get(name)) : fits);
          result.facets[name] = facetResult(facets.get(name), counts, chosen.get(name));
        }
        if (!limit || offset >= fits.length) return result;
        return ranks(base, sort, found).then(function (ranked) {
          const sign = backwards ? -1 : 1;
          fits.sort(function (a, b) {
            const one = ranked[a], other = ranked[b];
            if (one === other) return a - b;
            return one === Infinity ? 1 : other === Infinity ? -1 : sign * (one - other);
          });
          return hits(base, fits.slice(offset, offset + limit), wanted);
        }).then(function (some) {
          result.hits = some;
          return result;
        });
      });
    });
  }

  function suggest(text, limit) {
    const most = limit === undefined ? 8 : limit;
    return withBase(function (base) {
      const wanted = checked(text === undefined || text === null ? "" : text);
      if (!wanted.length) return [];
      return matching(base, wanted).then(function (found) {
        const order = found.cases.map(function (_, i) { return i; })
          .filter(function (i) { return found.zones[i] <= wanted.length; })
          .sort(function (a, b) { return found.zones[a] - found.zones[b] || found.rates[b] - found.rates[a] || a - b; });
        const cases = order.slice(0, 2 * most).map(function (i) { return found.cases[i]; });
        return Promise.all(cases.map(function (at) { return card(base, at); }));
      }).then(function (cards) {
        const found = [], seen = new Set();
        for (const each of cards) {
          for (const piece of each.zones[0].concat(each.zones[1])) {
            if (piece.field.name === "summary") continue;
            const map = folded(piece.text), places = occurrences(map.text, wanted), title = piece.field.name === "title";
            const key = piece.field.name + PIECE + (title ? each.id : piece.text);
            if (seen.has(key) || !wanted.every(function (term) { return map.text.indexOf(term) >= 0; })) continue;
            seen.add(key);
            found.push({
              field: piece.field.name, label: piece.field.label, text: piece.text,
              marked: html(piece.text, merged(map, places), 0, piece.text.length), url: title ? address(each.id) : ""
            });
          }
        }
        const first = found.filter(function (each) { return each.url; }), others = found.filter(function (each) { return !each.url; });
        const room = Math.min(others.length, Math.max(most - first.length, Math.floor(most / 2)));
        return first.slice(0, most - room).concat(others.slice(0, room));
      });
    });
  }

  function about() {
    return withBase(function (base) { return { cases: base.cases, fields: base.fields.map(function (f) { return Object.assign({}, f); }) }; });
  }

  window.casepress = Object.assign(window.casepress || {}, {
    search: search,
    suggest: suggest,
    about: about,
    fold: fold,
    terms: terms,
    ranges: function (string, text) { return rangesOf(String(string), terms(text)); },
    mark: function (string, text) {
      string = String(string);
      return html(string, rangesOf(string, terms(text)), 0, string.length);
    },
    take: take
  });
})();
