"""Exchanging: page numbers that were guessed when a piece was laid out, exchanged for the true ones.

The contents name pages that are still being laid out beside them. A number is exchanged where it is written by itself in digits that
the piece shows anyway; it ends where it ended. Of what is not certain nothing is made: it is laid out again.
"""

import re
import zlib
from collections import Counter
from collections.abc import Mapping

from casepress.press.written.pieces import exchanged_parts, faces_of, facts_of, parts_of
from casepress.press.written.sheets import Face

_SHOWN = re.compile(rb"1 0 0 -1 (\S+) (\S+) Tm\s/(\w+) (\S+) Tf\s\[([<>\da-f.-]+)\] TJ")
_CODE = re.compile(rb"[\da-f]{4}(?=[\da-f]*>)")


def in_html(html: str, numbers: Mapping[str, str]) -> str | None:
    """HTML with other numbers; nothing where one of them is not all that a single element says."""
    found = Counter(re.findall(r">(\d+)<", html))
    if any(found[old] != 1 for old in numbers):
        return None
    return re.sub(r"(?<=>)\d+(?=<)", lambda number: numbers.get(number[0], number[0]), html)


def exchanged(data: bytes, numbers: Mapping[str, str]) -> bytes | None:
    """A written piece with other numbers of as many digits; nothing where one is not written exactly once, and by itself."""
    changed = {old: new for old, new in numbers.items() if old != new}
    if not changed:
        return data
    titles = "".join(title for sheet in facts_of(data).sheets for _, title, _, _ in sheet.bookmarks)
    if any(len(old) != len(new) or old in titles for old, new in changed.items()):
        return None
    digits = {face.name.encode(): _digits(face) for face in faces_of(data)[0]}
    parts, found = parts_of(data), Counter()

    def exchange(shown: re.Match[bytes]) -> bytes:
        left, foot, name, size, codes = shown.groups()
        known = {code: digit for digit, (code, _) in digits.get(name, {}).items()}
        old = "".join(known.get(code, "?") for code in _CODE.findall(codes))
        if old not in changed or not set(changed[old]) <= digits[name].keys():
            return shown[0]
        found[old] += 1
        fresh = iter(changed[old])
        wider = sum(digits[name][digit][1] for digit in changed[old]) - sum(digits[name][digit][1] for digit in old)
        codes = _CODE.sub(lambda _: digits[name][next(fresh)][0], codes)
        return b"1 0 0 -1 %.6f %b Tm\n/%b %b Tf\n[%b] TJ" % (float(left) - wider * float(size) / 1000, foot, name, size, codes)

    fresh = list(parts.parts)
    for number in sorted({number - parts.pages for drawn in parts.drawn[: parts.pages] for number in (drawn.content, drawn.left)}):
        part = fresh[number]
        said = zlib.decompress(part.stream)
        if (made := _SHOWN.sub(exchange, said)) != said:
            if part.sum or any(old.encode("utf-16-be").hex().encode() in said.lower() for old in changed):
                return None  # it is also said in words
            fresh[number] = part._replace(stream=zlib.compress(made, 6))
    return exchanged_parts(data, fresh) if found == Counter(list(changed)) else None


def _digits(face: Face) -> dict[str, tuple[bytes, int]]:
    """The digits that a face shows, with the glyph and the width of each in thousandths; none where one has two glyphs."""
    found = [(text, (b"%04x" % glyph, width)) for glyph, (text, width) in face.glyphs.items() if len(text) == 1 and text in "0123456789"]
    return dict(found) if len(found) == len(dict(found)) else {}
