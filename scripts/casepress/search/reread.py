"""Reread: the texts of an index as its files hold them: what results show, the titles and the values."""

import json
import re
from collections.abc import Callable, Iterator
from itertools import accumulate

from casepress.search import postings
from casepress.search.alphabet import ONES, SYMBOLS, TWOS

_TEXTS = re.compile(r"(?:d-[0-9]+|titles|values)\.js")
_HEAD = re.compile(rb'casepress\.take\("[a-z0-9-]+","[0-9a-f]+",')
_PARTS = re.compile("[\0-\4]+")


def is_text(name: str) -> bool:
    """Whether a file of an index holds texts; the others say only where pairs of characters stand."""
    return _TEXTS.fullmatch(name) is not None


def payload(data: bytes) -> bytes:
    """What a file hands over, without the version of the index, which differs whenever anything does; of what is none, all."""
    return data[match.end() :] if (match := _HEAD.match(data)) else data


def reader(base: bytes, is_all: bool = False) -> Callable[[bytes], str]:
    """What reads the texts of an index with this `base.js`, as far as they hold five figures that no Chinese character parts, an address of
    mail or a name in WeChat; of others it reads nothing unless it shall read all."""
    points = []
    for count, low, text in _data(base)[2]["alphabet"]:
        points.append([point - 1 for point in accumulate(gap + 1 for gap in postings.unpacked_rice(text, low, count))])
    size = len(SYMBOLS)
    letters = {SYMBOLS[rank]: chr(point) for rank, point in enumerate(points[0])}
    letters |= {SYMBOLS[ONES + rank // size] + SYMBOLS[rank % size]: chr(point) for rank, point in enumerate(points[1])}
    for rank, point in enumerate(points[2]):
        letters[SYMBOLS[ONES + TWOS + rank // size**2] + SYMBOLS[rank // size % size] + SYMBOLS[rank % size]] = chr(point)
    two, three = re.escape(SYMBOLS[ONES : ONES + TWOS]), re.escape(SYMBOLS[ONES + TWOS :])
    spelled = re.compile(f"[{two}].|[{three}]..|.", re.DOTALL)

    codes = {letter: code for code, letter in letters.items()}
    figure = "|".join(re.escape(codes[sign]) for sign in "0123456789" if sign in codes)
    between = "|".join(re.escape(code) for letter, code in codes.items() if not "\u3400" <= letter <= "\u9fff" and not letter.isdigit())
    others = "".join(f"|{re.escape(''.join(codes.get(sign, chr(92)) for sign in each))}" for each in ("@", "微信"))
    holds = re.compile(f"(?:{figure or chr(92) * 2})(?:(?:{between or figure}){{0,6}}(?:{figure or chr(92) * 2})){{4}}{others}")

    def read(data: bytes) -> str:
        if not is_all and not holds.search(data.decode("ascii")):
            return ""
        return _PARTS.sub("\n", "".join(letters[each] for text in _texts(_data(data)[2:]) for each in spelled.findall(text)))

    return read


def _data(data: bytes) -> list:
    return json.loads(f"[{data.decode('ascii').strip().removeprefix('casepress.take(').removesuffix(')')}]")


def _texts(values: list) -> Iterator[str]:
    return (value for value in values if isinstance(value, str))
