"""Frames: tables and code scroll by themselves, have a name and can be reached by the keyboard, whatever their width.

Flows in: HTML of a text. Flows out: the same with frames (`cp-frame`) around its tables, and classes by which the style
sheet sets many columns, columns of numbers and long words. It is done here, not in the browser, so that it holds without JavaScript.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, tostring

from casepress.book.decimals import pad_decimals
from casepress.book.fitting import grid_of
from casepress.facts.characters import BETWEEN_NUMBERS
from casepress.markup import parsing
from casepress.site import rows, seams

MANY, CROWD, CRUSH = 7, 11, 17  # columns from which a table is set closer
_LONG = re.compile("[!-~]{20}")  # letters that would not fit into a narrow column, or would tear a line apart
_LINE = 24  # characters of a line of code from which a phone cannot show all of it
_NAME = 7.5  # ems of the names of rows that stay on one line
_WORDY = 16  # ems of a cell that is said at length
_SHOWN = 30  # characters of a heading that names a table
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_CELLS = frozenset(("td", "th"))
_STANDS = re.compile(r"\s*text-align:\s*(left|center|right);?\s*")
_WORDS = re.compile(rf"<(?:table|a|code|figure)[\s>]|\d[%％]?[{BETWEEN_NUMBERS}]\d|\d [A-Za-z]|[A-Za-z]-\d|<h[1-4][^<]{{14}}", re.IGNORECASE)


def framed(html: str) -> str:
    """HTML with its tables in frames, its long code named, and its long words marked (`cp-long`), so that lines break in them.

    A table that has a class already is somebody's own and stays as it is.
    """
    if not _WORDS.search(html):
        return html
    body = parsing.fragment(html)
    if any(name.startswith("{") for element in body.iter() for name in element.keys()):
        return html  # drawings with attributes of other languages, which would not be written as they were
    rows.gather(body)
    seams.mark(body)
    seen: dict[str, int] = {}
    heading = title = ""
    for parent, element in list(_walk(body)):
        if element.tag in _HEADINGS:
            heading = _said(element)
        elif element.get("class") == "table-title":
            title = _said(element)
        elif element.tag == "table" and not element.get("class"):
            caption = element.find("caption")
            _frame(parent, element, _named("表格", (_said(caption) if caption is not None else "") or title or heading, seen))
            title = ""
        elif element.tag == "pre":
            code = element.find("code")
            if code is not None and any(len(line) > _LINE for line in "".join(code.itertext()).split("\n")):
                _reached(code, _named("代码", heading, seen))
        elif element.tag == "img" and parent.tag == "figure":
            _enlarged(parent, element)
        elif element.tag in ("a", "code", *_CELLS) and _LONG.search((" " if element.tag == "code" else "").join(element.itertext())):
            element.set("class", " ".join(filter(None, (element.get("class"), "cp-long"))))
    return (body.text or "") + "".join(tostring(child, "unicode", "html") for child in body)


def _walk(element: Element, table: bool = False) -> Iterator[tuple[Element, Element]]:
    """Every element below one with its parent, in their order; no table inside a table."""
    for child in element:
        if not isinstance(child.tag, str) or (table and child.tag == "table"):
            continue
        yield element, child
        if child.tag != "pre":
            yield from _walk(child, table or child.tag == "table")


def _said(element: Element) -> str:
    words = " ".join("".join(element.itertext()).split())
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"


def _named(what: str, words: str, seen: dict[str, int]) -> str:
    """The name of a table or of code: its caption or the heading above it, with a number where that names several."""
    name = f"{what}：{words}" if words else what
    seen[name] = seen.get(name, 0) + 1
    nth = f"（{seen[name]}）" if seen[name] > 1 else ""
    return f"{name}{nth}，可左右滚动"


def _reached(element: Element, name: str) -> None:
    """What scrolls is a stop for the keyboard, and says what it is."""
    element.attrib.update({"role": "region", "aria-label": name, "tabindex": "0"})


def _enlarged(figure: Element, picture: Element) -> None:
    """A picture is a link to itself in its largest size, which scripts/page/lightbox.js opens over the page."""
    link = Element("a", {"class": "cp-large", "href": picture.get("src", "")})
    if not picture.get("alt"):
        link.set("aria-label", "看大图")
    link.tail, picture.tail = picture.tail, None
    figure[list(figure).index(picture)] = link
    link.append(picture)


def _frame(parent: Element, table: Element, name: str) -> None:
    every = list(table.iter("tr"))
    columns = max((sum(_span(cell) for cell in row if cell.tag in _CELLS) for row in every), default=0)
    classes = ["cp-grid", *(word for least, word in ((MANY, "cp-many"), (CROWD, "cp-crowd"), (CRUSH, "cp-crush")) if columns >= least)]
    if columns >= MANY and not any(cell.get("rowspan") for row in every for cell in row):
        classes.append("cp-stays")  # the first cell of each row is that of the first column
    table.set("class", " ".join(classes))
    for cell in table.iter():  # Markdown writes there where a column stands; the pages' policy knows classes only
        if found := _STANDS.fullmatch(cell.attrib.pop("style", "")):
            cell.set("class", f"{cell.get('class', '')} align-{found[1]}".strip())
    grid = grid_of(table)
    pad_decimals(grid, "cp-decimal")
    first = [cell for cell in grid.cells if not cell.x and cell.columns == 1]
    for cell in first if max((cell.natural for cell in first), default=0) <= _NAME else ():
        cell.element.set("class", f"{cell.element.get('class', '')} cp-whole".strip())  # a short name of a row is not broken
    for cell in grid.cells if 1 < columns < MANY else ():
        if cell.columns == 1 and cell.natural > _WORDY:
            cell.element.set("class", f"{cell.element.get('class', '')} cp-wordy".strip())  # the style sheet leaves it room for a few words
    frame = Element("div", {"class": "cp-frame"})
    _reached(frame, name)
    frame.tail, table.tail = table.tail, None
    parent[list(parent).index(table)] = frame
    frame.append(table)


def _span(cell: Element) -> int:
    said = cell.get("colspan", "")
    return int(said) if said.isdecimal() and len(said) < 4 else 1
