"""Tables: what a cell of a Markdown table is called by the head of its column or by the cell before it: 电话, QQ, 学籍号."""

import re
from collections.abc import Iterator, Sequence

_CALLED = re.compile(
    r"(?:联系|办公|学校|单位|校长|家长|监护人|固定|移动)*(?:电话|座机|传真|手机|热线|联系方式|QQ|Tel|TEL|Phone|微信|学籍|卡|[账帐]|身份证|证件|车牌|邮箱)(?:群|辅|副)?(?:号码?|编号|地址)?(?:[(（][^()（）]{0,8}[)）])?[:：]?"
)
_CELL = re.compile(r"(?:\\\||[^|])+|(?<=\|)(?=\|)")
_RULE = re.compile(r"[ |:-]*-[ |:-]*")
Cell = tuple[int, int, str]  # where its words begin and end in the text, and what it is called


def named_cells(text: str) -> Iterator[Cell]:
    """Each cell of which the table says what number stands in it."""
    at, heads = 0, ()
    above: Sequence[tuple[int, int]] = ()
    for line in text.split("\n"):
        cells = tuple(_cells(line, at)) if "|" in line else ()
        if not cells:
            heads = ()
        elif _RULE.fullmatch(line):
            heads = tuple(_name(text[first:last]) for first, last in above)
        else:
            before = ""
            for nth, (first, last) in enumerate(cells):
                name = heads[nth] if nth < len(heads) and heads[nth] else before
                if name:
                    yield first, last, name
                before = _name(text[first:last])
        above, at = cells, at + len(line) + 1


def _cells(line: str, at: int) -> Iterator[tuple[int, int]]:
    """Where the words of each cell of a row stand, without the blanks around them."""
    for part in _CELL.finditer(line, len(line) - len(line.lstrip())):
        words = part[0].strip()
        first = at + part.start() + part[0].find(words)
        yield first, first + len(words)


def _name(words: str) -> str:
    """The words of a cell where they are the name of a number, else nothing."""
    bare = re.sub(r"[\s*_]", "", words)
    return bare.rstrip(":：") if _CALLED.fullmatch(bare) else ""
