/* The cases that hold every term, by the positions of its characters. */

const SPREAD = 3; // pairs of a long term that are looked up at first

/* The list of a key among pairs or singles. */
function list(base, lists, key) {
  const mixed = mix(key), hex = ("0000000" + mixed.toString(16)).slice(-8);
  const alone = lists.keys.has(hex);
  const name = alone ? lists.alone + "-" + hex : lists.letter + "-" + (lists.bits ? mixed >>> (32 - lists.bits) : 0).toString(16);
  return file(base, name, function (text) {
    return opened(text, lists.universe, alone ? 32 : 32 - lists.bits, lists.tagBits);
  }).then(function (shard) { return shard.find(mixed); });
}

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
        const said = pieces.map(function (piece) { return mapOf(piece).text + PIECE; }).join("");
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
