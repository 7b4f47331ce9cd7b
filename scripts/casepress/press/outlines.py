"""Outlines: the bookmarks of a book, and the labels of its pages (ISO 32000-1, 12.3.3 and 12.4.2)."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from casepress.facts.numerals import roman
from casepress.press.joining import File, dictionary, number, reference, text


@dataclass(frozen=True)
class Bookmark:
    """A title of some level, from 1, and where it leads: the page from 0, and a place on it in pt from the lower left corner."""

    level: int
    title: str
    page: int
    x: float
    y: float


@dataclass
class _Node:
    bookmark: Bookmark
    number: int
    kids: list["_Node"] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many bookmarks stand below this one, all of which are open."""
        return sum(1 + kid.count for kid in self.kids)


def depths(bookmarks: Sequence[Bookmark]) -> list[tuple[int, str]]:
    """How deep each title stands, from 0: below the last one of a higher level."""
    found, above = [], []
    for bookmark in bookmarks:
        while above and above[-1] >= bookmark.level:
            above.pop()
        found.append((len(above), bookmark.title))
        above.append(bookmark.level)
    return found


def outline(file: File, bookmarks: Sequence[Bookmark], pages: Sequence[int]) -> int:
    """Write the bookmarks; `pages` are the numbers of the pages' objects."""
    root = file.numbers()
    top, open_nodes = [], []
    for bookmark, (depth, _) in zip(bookmarks, depths(bookmarks), strict=True):
        node = _Node(bookmark, file.numbers())
        del open_nodes[depth:]
        (open_nodes[-1].kids if open_nodes else top).append(node)
        open_nodes.append(node)
    _write(file, top, root, pages)
    count = sum(1 + node.count for node in top)
    ends = {"First": reference(top[0].number), "Last": reference(top[-1].number)} if top else {}
    file.put(root, dictionary({"Type": b"/Outlines", "Count": b"%d" % count, **ends}))
    return root


def _write(file: File, nodes: Sequence[_Node], parent: int, pages: Sequence[int]) -> None:
    for at, node in enumerate(nodes):
        mark = node.bookmark
        place = b"[%d 0 R/XYZ %b %b 0]" % (pages[mark.page], number(mark.x), number(mark.y))
        entries = {"Title": text(mark.title), "Parent": reference(parent), "Dest": place}
        if at:
            entries["Prev"] = reference(nodes[at - 1].number)
        if at + 1 < len(nodes):
            entries["Next"] = reference(nodes[at + 1].number)
        if node.kids:
            entries |= {"First": reference(node.kids[0].number), "Last": reference(node.kids[-1].number), "Count": b"%d" % node.count}
        file.put(node.number, dictionary(entries))
        _write(file, node.kids, node.number, pages)


def labels(names: Sequence[str]) -> bytes:
    """Page labels that say what the pages are called: numbers in two styles, and names (封面)."""
    romans = {roman(number): number for number in range(1, len(names) + 1)}
    nums, before = [], ("", 0)
    for index, label in enumerate(names):
        style = "D" if label.isdigit() else "r" if label in romans else ""
        counted = int(label) if style == "D" else romans.get(label, 0)
        if not style:
            nums.append(b"%d <</P %b>>" % (index, text(label)))
        elif (style, counted - 1) != before:
            nums.append(b"%d <</S/%b/St %d>>" % (index, style.encode(), counted))
        before = (style, counted)
    return b"<</Nums[%b]>>" % b" ".join(nums)
