"""Doubtful lines: a paragraph whose lines look like rows of a table, like sentences of their own, or like verse.

Flows in: the lines of a paragraph. Flows out: a remark. Nothing is read otherwise, for nothing is certain here.
"""

import re
from collections.abc import Sequence

from casepress.facts.characters import ENDS, HAN, STOPS
from casepress.markup.rows import Line
from casepress.markup.spans import Found

_VERSE = 16  # characters of a line that may be verse
_LOOKED_AT = 40  # lines
_COLUMNS = re.compile(r"(?<=[^\s\u3000])(?: {2,20}|[ \u3000]{2,20})(?=[^\s\u3000])")
_CLOSED = ENDS + "；"
_WORDS = re.compile(f"[{HAN}{STOPS}]")


def tell(lines: Sequence[Line], found: Found) -> None:
    """Tells of lines that look like a table, and of lines that were most likely not meant to be one paragraph."""
    spaced = sum(len(_COLUMNS.findall(text.strip())) > 1 for _, text in lines[:_LOOKED_AT])
    for number, text in lines:
        bare = text.strip()
        row = bare[:1] in "|｜" and len(bare) > 1 and (bare[-1:] in "|｜" or len(lines) > 1 and bare[1] == " ")
        if row or bare.count("\t") > 1 or spaced > 1:
            cure = "请照手册的例子写：各行的格数一样，第二行是 | --- | --- |，表格上面空一行"
            found.remark(number, "这一行像表格，但没有成形，会排成一段文字", cure)
            return
    if len(lines) > 1 and _are_parted(lines):
        found.remark(lines[0][0], "从这一行起的几行会连成一段", "要分段的，中间空一行；只要换行的（例如诗），行末写 <br>")


def _are_parted(lines: Sequence[Line]) -> bool:
    """Whether lines that nothing ends look like sentences of their own, or like verse."""
    inner = [text.rstrip() for _, text in lines[:-1]]
    if not _WORDS.search(inner[0]) or any(text.endswith(("\\", ">")) or lines[nth][1].endswith("  ") for nth, text in enumerate(inner)):
        return False
    return all(text[-1:] in _CLOSED for text in inner) or len(lines) > 2 and all(len(text.strip()) <= _VERSE for _, text in lines)
