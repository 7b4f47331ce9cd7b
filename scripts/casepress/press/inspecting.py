"""Inspecting: what a finished PDF for a print shop really holds, page by page, read back from its bytes.

What is drawn is followed operator by operator (ISO 32000-1, 8 and 9): a colour counts where something is painted with it. Nothing that
the press meant to write is asked, so that what is said of a file is true of it.
"""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import hypot

import pikepdf
from pikepdf import Dictionary, Matrix, Name, Pdf, Stream

from casepress.facts import inking

INKS = ("青", "品红", "黄", "黑")
_ALL = frozenset(INKS)
_ASKED = "q Q cm k K g G cs CS scn SCN sh Do BT Tj TJ ' \" f F f* B B* b b* S s"
_FILLS, _STROKES = frozenset(("f", "F", "f*", "B", "B*", "b", "b*", "Tj", "TJ", "'", '"')), frozenset(("S", "s", "B", "B*", "b", "b*"))


@dataclass(frozen=True)
class Picture:
    """A picture as a page shows it: its pixels, how many of them an inch has, and how high its middle stands above the page's foot in pt."""

    width: int
    height: int
    dpi: float
    y: float


@dataclass(frozen=True)
class Page:
    """A page: its label, whether that is printed on it, the inks of what stands on it, its tints (each ink's part, from 0 to 1), its pictures."""

    label: str
    is_numbered: bool
    inks: frozenset[str]
    tints: frozenset[tuple[float, ...]]
    pictures: tuple[Picture, ...]

    @property
    def is_blank(self) -> bool:
        return not self.inks and not self.is_numbered

    @property
    def is_colored(self) -> bool:
        """Whether it needs another ink than black."""
        return bool(self.inks - {"黑"})


@dataclass(frozen=True)
class Inspected:
    """A PDF: its version of PDF/X, the trimmed page and the bleed in pt, its pages, its faces with whether their programs are in the file,
    what its inks are meant for (its identifier, and what the profile in the file calls itself), and its bookmarks as (index of the page, height in pt, level, title)."""

    version: str
    width: float
    height: float
    bleed: float
    pages: tuple[Page, ...]
    faces: Mapping[str, bool]
    intent: tuple[str, str]
    bookmarks: tuple[tuple[int, float, int, str], ...]


@dataclass
class _Painted:
    """What is found while a content is followed."""

    inks: set[str]
    tints: set[tuple[float, ...]]
    pictures: list[Picture]
    texts: int = 0


def inspected(data: bytes) -> Inspected:
    """What a PDF for a print shop holds."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        first = pdf.pages[0]
        trim, bleed = ([float(side) for side in first[name]] for name in ("/TrimBox", "/BleedBox"))
        (intent,) = pdf.Root.OutputIntents
        with pdf.open_metadata() as said:
            version = str(said.get("pdfxid:GTS_PDFXVersion", ""))
        return Inspected(
            version,
            trim[2] - trim[0],
            trim[3] - trim[1],
            trim[0] - bleed[0],
            tuple(map(_page, pdf.pages)),
            _faces(pdf),
            (str(intent.OutputConditionIdentifier), inking.profile_name(intent.DestOutputProfile.read_bytes())),
            tuple(_bookmarks(pdf)),
        )


def _page(page: pikepdf.Page) -> Page:
    """A page; the last of its contents is what the binder laid over it: a number where there is one, and the words beside the page."""
    *own, over = page.Contents
    found, laid = _Painted(set(), set(), []), _Painted(set(), set(), [])
    for content in own:
        _follow(content, page.Resources, Matrix(), found)
    _follow(over, page.Resources, Matrix(), laid, heads=found)
    return Page(page.label, laid.texts > 1, frozenset(found.inks), frozenset(found.tints), tuple(found.pictures))


def _follow(content: Stream, resources: Dictionary, matrix: Matrix, found: _Painted, heads: _Painted | None = None) -> None:
    """Follow a content's operators; forms that a page's last content shows are `heads`: they stand on the page."""
    stack, fill, stroke = [], (0.0, 0.0, 0.0, 1.0), (0.0, 0.0, 0.0, 1.0)
    shown = resources.get("/XObject", Dictionary())
    for operands, operator in pikepdf.parse_content_stream(content, _ASKED):
        name = str(operator)
        if name == "q":
            stack.append((matrix, fill, stroke))
        elif name == "Q":
            matrix, fill, stroke = stack.pop() if stack else (matrix, fill, stroke)
        elif name == "cm":
            matrix = Matrix(*map(float, operands)) @ matrix
        elif name in ("k", "g", "scn"):
            fill = _color(operands)
        elif name in ("K", "G", "SCN"):
            stroke = _color(operands)
        elif name == "BT":
            found.texts += 1
        elif name == "Do":
            item = shown.get(str(operands[0]))
            if item.get("/Subtype") == Name.Form:
                inner = Matrix(*map(float, item.get("/Matrix", (1, 0, 0, 1, 0, 0)))) @ matrix
                _follow(item, item.get("/Resources", resources), inner, heads or found)
            else:
                found.inks |= {"黑"} if item.get("/ColorSpace") == Name.DeviceGray else _ALL
                found.pictures.append(_picture(item, matrix))
        elif name == "sh":
            found.inks |= _ALL
        else:
            for color in ([fill] if name in _FILLS else []) + ([stroke] if name in _STROKES else []):
                _paint(color, found)


def _color(operands: list) -> tuple[float, ...]:
    """Parts of the four inks; a grey is black, and a pattern or the colour of all plates is no four numbers."""
    numbers = tuple(float(part) for part in operands if not isinstance(part, Name))
    if len(numbers) == len(operands) == 1:
        return (0.0, 0.0, 0.0, 1 - numbers[0])
    return numbers if len(numbers) == len(operands) else ()


def _paint(color: tuple[float, ...], found: _Painted) -> None:
    if len(color) != len(INKS):
        found.inks |= _ALL
    else:
        found.inks |= {ink for ink, part in zip(INKS, color, strict=True) if part > 0}
        found.tints.add(color)


def _picture(item: Stream, matrix: Matrix) -> Picture:
    """A picture in the unit square that its matrix spreads out (8.9.5)."""
    width, height = int(item.Width), int(item.Height)
    sides = hypot(matrix.a, matrix.b), hypot(matrix.c, matrix.d)
    dpi = min(width / sides[0], height / sides[1]) * 72 if all(sides) else 0.0
    return Picture(width, height, dpi, matrix.f + (matrix.b + matrix.d) / 2)


def _faces(pdf: Pdf) -> dict[str, bool]:
    """The faces by name, without the tags of their subsets, and whether the file holds their programs."""
    found: dict[str, bool] = {}
    for item in pdf.objects:
        if isinstance(item, Dictionary) and item.get("/Type") == Name.FontDescriptor:
            name = str(item.FontName)[1:].rpartition("+")[2]
            found[name] = found.get(name, True) and any(f"/FontFile{kind}" in item for kind in ("", "2", "3"))
    return dict(sorted(found.items()))


def _bookmarks(pdf: Pdf) -> Iterator[tuple[int, float, int, str]]:
    places = {page.objgen: nth for nth, page in enumerate(pdf.pages)}

    def below(item: Dictionary | None, level: int) -> Iterator[tuple[int, float, int, str]]:
        while item is not None:
            page, _, _, y, *_ = item.Dest
            yield places[page.objgen], float(y), level, str(item.Title)
            yield from below(item.get("/First"), level + 1)
            item = item.get("/Next")

    if "/Outlines" in pdf.Root:
        yield from below(pdf.Root.Outlines.get("/First"), 0)
