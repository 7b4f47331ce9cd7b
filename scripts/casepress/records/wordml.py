"""WordprocessingML: the names of elements, the text of paragraphs, and the cells of tables where they stand."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_WRAPPED = frozenset((f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}smartTag", f"{W}customXml"))
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(eq=False)
class Box:
    """A cell of a table: its element, the first row and column that it covers, from 0, and how many of each."""

    tc: object
    row: int
    column: int
    rows: int = 1
    columns: int = 1

    @property
    def text(self) -> str:
        """Its text without that of tables in it."""
        return "\n".join(filter(None, map(text_of, paragraphs(self.tc)))).strip()


def paragraphs(parent) -> list:
    """The paragraphs of a cell or of the body, without those of tables in it; those in content controls are among them."""
    return list(_below(parent, f"{W}p"))


def text_of(paragraph) -> str:
    """The text of a paragraph; of what stands in boxes in it nothing."""
    return "".join(
        (node.text or "") if node.tag == f"{W}t" else "\t" if node.tag == f"{W}tab" else "\n"
        for node in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br")
        if node.getparent().tag == f"{W}r" and owner(node) is paragraph
    )


def owner(node):
    """The paragraph that an element stands in, the nearest."""
    while node is not None and node.tag != f"{W}p":
        node = node.getparent()
    return node


def grid(table) -> list[Box]:
    """The cells of a table in reading order, merged ones once."""
    boxes: list[Box] = []
    above: dict[int, Box] = {}
    for y, row in enumerate(_below(table, f"{W}tr")):
        before = row.find(f"{W}trPr/{W}gridBefore")
        x = int(before.get(f"{W}val", "0")) if before is not None else 0
        below: dict[int, Box] = {}
        for tc in _below(row, f"{W}tc"):
            span = tc.find(f"{W}tcPr/{W}gridSpan")
            columns = int(span.get(f"{W}val", "1")) if span is not None else 1
            merge = tc.find(f"{W}tcPr/{W}vMerge")
            goes_on = merge is not None and merge.get(f"{W}val", "continue") == "continue"
            beside = tc.find(f"{W}tcPr/{W}hMerge")
            if goes_on and x in above:
                above[x].rows = y - above[x].row + 1
                below[x] = above[x]
            elif beside is not None and beside.get(f"{W}val", "continue") == "continue" and boxes and boxes[-1].row == y:
                boxes[-1].columns += columns
            else:
                boxes.append(Box(tc, y, x, 1, columns))
                if merge is not None:
                    below[x] = boxes[-1]
            x += columns
        above = below
    return boxes


def _below(parent: Iterable, tag: str) -> Iterator:
    """The elements of a kind right below one, or below what only wraps them."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPED:
            yield from _below(child, tag)
