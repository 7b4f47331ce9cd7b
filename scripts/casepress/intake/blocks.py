"""Blocks: what mammoth reads out of a prepared document, as paragraphs, lists, tables and pictures in their order. The one door to mammoth."""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

_STYLES = "\n".join(f"p[style-name='heading {n}'] => h{n}:fresh" for n in range(1, 7)) + "\np[style-name='caption'] => p.caption:fresh"


@dataclass
class Paragraph:
    """A paragraph: its text with \\n for breaks, its text in Markdown, the level of a heading (from 1) or 0, whether all is bold."""

    text: str
    markdown: str
    level: int = 0
    is_bold: bool = False
    is_caption: bool = False


@dataclass
class Listing:
    """A list: depth, mark and words of its items."""

    items: list[tuple[int, str, str]]

    @property
    def text(self) -> str:
        return "\n".join(plain(words) for _, _, words in self.items)


@dataclass
class Cell:
    """A cell: its blocks, and the rows and columns that it covers, both from 0."""

    blocks: list
    row: int
    column: int
    rows: int = 1
    columns: int = 1

    @property
    def text(self) -> str:
        """Its text without that of tables in it."""
        return "\n".join(block.text for block in self.blocks if not isinstance(block, Grid)).strip()

    @property
    def grids(self) -> list["Grid"]:
        return [block for block in self.blocks if isinstance(block, Grid)]


@dataclass
class Grid:
    """A table: its cells in reading order, merged ones once."""

    cells: list[Cell]
    rows: int = 0
    columns: int = 0

    @property
    def text(self) -> str:
        return "\n".join(cell.text for cell in self.cells)


@dataclass
class Shown:
    """A picture: its number among those of the document (from 0), and its bytes' place in `Read.pictures`."""

    number: int
    text: str = ""


@dataclass
class Read:
    """A document: its blocks, notes by their numbers in Markdown, pictures as (bytes, kind), remarks of mammoth in English."""

    blocks: list = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)
    pictures: list[tuple[bytes, str]] = field(default_factory=list)


def read(data: bytes, parts: Mapping[str, bytes]) -> Read:
    """The blocks of a prepared .docx, in which pictures are called by the names of their parts."""
    import mammoth

    found = Read()

    def picture(image) -> dict[str, str]:
        with image.open() as file:
            found.pictures.append((parts.get(file.read().decode(), b""), image.content_type))
        return {"src": f"picture:{len(found.pictures) - 1}"}

    html = mammoth.convert_to_html(io.BytesIO(data), style_map=_STYLES, convert_image=mammoth.images.img_element(picture)).value
    root = etree.fromstring(f"<body>{html}</body>", etree.XMLParser(huge_tree=True, resolve_entities=False))
    last = root[-1] if len(root) else None
    if last is not None and last.tag == "ol" and len(last) and (last[0].get("id") or "").startswith(("footnote-", "endnote-")):
        root.remove(last)
        for number, item in enumerate(last, 1):
            for link in [link for link in item.iter("a") if (link.get("href") or "").startswith(("#footnote-ref", "#endnote-ref"))]:
                _drop(link)
            found.notes[str(number)] = " ".join(filter(None, (_markdown(part).strip() for block in item for part in _lines(block))))
    found.blocks = list(_blocks(root))
    return found


def _lines(block):
    """A paragraph of a note, of a table its cells."""
    return block.iter("td", "th") if block.tag == "table" else (block,)


def _blocks(parent):
    for element in parent:
        if element.tag == "table":
            yield _grid(element)
        elif element.tag in ("ul", "ol"):
            pictures = list(element.iter("img"))
            yield Listing(list(_items(element, 0)))
            for shown in pictures:
                yield _shown(shown)
        elif re.fullmatch("p|h[1-6]", element.tag):
            pictures = list(element.iter("img"))
            text, markdown = _text(element).strip(), _markdown(element).strip()
            if text:
                level = int(element.tag[1]) if element.tag != "p" else 0
                bold = not level and _text(element, only="strong").strip() == text
                yield Paragraph(text, markdown, level, bold, element.get("class") == "caption")
            for shown in pictures:
                yield _shown(shown)
        else:
            yield from _blocks(element)


def _shown(element) -> Shown:
    return Shown(int(element.get("src", "picture:0").partition(":")[2]))


def _items(parent, depth: int):
    number = 0
    for item in parent:
        if item.tag in ("ul", "ol"):
            yield from _items(item, depth + 1)
            continue
        number += 1
        mark = "-" if parent.tag == "ul" else f"{number}."
        inner = [child for child in item if child.tag in ("ul", "ol")]
        for child in inner:
            item.remove(child)
        words = _markdown(item).strip()
        if words:
            yield depth, mark, words
        for child in inner:
            yield from _items(child, depth + 1)


def _grid(element) -> Grid:
    cells, taken, count = [], set(), 0
    rows = [row for row in element.iter("tr") if next(row.iterancestors("table")) is element]
    for y, row in enumerate(rows):
        x = 0
        for part in row:
            while (y, x) in taken:
                x += 1
            high, wide = int(part.get("rowspan") or 1), int(part.get("colspan") or 1)
            taken |= {(y + dy, x + dx) for dy in range(high) for dx in range(wide)}
            cells.append(Cell(list(_blocks(part)), y, x, high, wide))
            x += wide
            count = max(count, x)
    return Grid(cells, len(rows), count)


def _text(element, only: str = "") -> str:
    """The letters of an element, breaks as \\n; with `only`, those within elements of that name."""

    def walk(part, inside: bool):
        if part.tag == "sup" and part.find("a") is not None and (part.find("a").get("id") or "").startswith(("footnote-ref", "endnote-ref")):
            return
        inside = inside or not only or part.tag == only
        if part.tag == "br":
            yield "\n"
        if part.text and inside:
            yield part.text
        for child in part:
            yield from walk(child, inside)
            if child.tail and inside:
                yield child.tail

    return "".join(walk(element, False))


def _markdown(element) -> str:
    """The text of an element in the Markdown that `prose` reads: marks that mean something there are escaped."""
    out = [escaped(element.text or "")]
    for child in element:
        inner = _markdown(child)
        link = child.find("a") if child.tag == "sup" else None
        if link is not None and (link.get("id") or "").startswith(("footnote-ref", "endnote-ref")):
            out.append(f"[^{re.sub(r'[^0-9]', '', link.text or '')}]")
        elif child.tag == "br":
            out.append("\n")
        elif child.tag in ("strong", "em") and inner.strip():
            mark = "**" if child.tag == "strong" else "*"
            lead, tail = inner[: len(inner) - len(inner.lstrip())], inner[len(inner.rstrip()) :]
            out.append(f"{lead}{mark}{inner.strip()}{mark}{tail}")
        elif child.tag in ("sup", "sub") and inner.strip():
            out.append(f"<{child.tag}>{inner.strip()}</{child.tag}>")
        elif child.tag == "a" and re.match("https?://", child.get("href") or "") and inner.strip() and child.get("href") != inner.strip():
            out.append(f"[{inner.strip()}]({child.get('href').replace(' ', '%20')})")
        elif child.tag != "img":
            out.append(inner)
        out.append(escaped(child.tail or ""))
    return "".join(out)


def plain(markdown: str) -> str:
    """The letters of a Markdown that this module made."""
    text = re.sub(r"(?<!\\)\[([^\]]*)\]\(https?:[^)]*\)", r"\1", re.sub(r"(?<!\\)\[\^\d+\]|(?<!\\)</?su[bp]>|(?<!\\)\*+", "", markdown))
    return re.sub(r"\\([\\`*_\[\]<>#|~=^$])", r"\1", text).replace("&amp;", "&")


def escaped(text: str) -> str:
    """A text of which Markdown takes nothing for a mark of its own."""
    text = re.sub(r"&(?=#?\w{1,32};)", "&amp;", text)  # what Word shows as &lt; is no < here
    return re.sub(r"([\\`*_\[\]<>#|~=^$])", r"\\\1", text)


def _drop(element) -> None:
    parent = element.getparent()
    parent.remove(element)
