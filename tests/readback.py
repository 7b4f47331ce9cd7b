"""Read a PDF back as lines of glyphs, so that tests can measure where lines begin and end.

The content streams are interpreted with the widths that the PDF itself declares: positions are exact, and a glyph's
edges are those of its advance, not of its ink (a full-width comma is one em wide). Only a mark that was squeezed is as
narrow as it was made: what is taken back behind a closing mark is off its right edge, and what is taken back before an
opening mark is off its left edge. Enough of the language of PDF is known for what WeasyPrint writes; horizontal text
only. In: a PDF; out: `Line` values in drawing order.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import pikepdf

OPENING = "“‘（《〈【「『〔［｛〖"
CLOSING = "，。、；：！？．）》〉】」』〕］｝〗”’"
IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True)
class Glyph:
    """One glyph: what it stands for, its advance from x0 to x1, its baseline; pt from the page's left and top edge.

    `mark` is the number of the marked content that it is drawn in, by which the structure of the PDF knows it.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    font: str
    mark: int | None = None


@dataclass(frozen=True)
class Line:
    """Glyphs that share a baseline, raised notes included; measures in pt, `page` from 1. Outer spaces are left off."""

    page: int
    glyphs: tuple[Glyph, ...]

    @cached_property
    def text(self) -> str:
        return "".join(glyph.text for glyph in self.glyphs)

    @property
    def x0(self) -> float:
        return self.glyphs[0].x0

    @property
    def x1(self) -> float:
        return self.glyphs[-1].x1

    @cached_property
    def y(self) -> float:
        return self._usual("y")

    @cached_property
    def size(self) -> float:
        return self._usual("size")

    @cached_property
    def font(self) -> str:
        return self._usual("font")

    @cached_property
    def gaps(self) -> tuple[float, ...]:
        """The white between neighbouring advances, one fewer than there are glyphs; a space is a glyph."""
        return tuple(right.x0 - left.x1 for left, right in zip(self.glyphs, self.glyphs[1:], strict=False))

    def _usual(self, name: str):
        found = [getattr(glyph, name) for glyph in self.glyphs]
        return found[0] if found.count(found[0]) == len(found) else Counter(found).most_common(1)[0][0]


def read_lines(pdf: Path, pages: Iterable[int] = ()) -> list[Line]:
    """The lines of a PDF (or of some of its pages, counted from 1), in the order in which they are drawn."""
    wanted = set(pages)
    with pikepdf.open(pdf) as document:
        fonts = {}
        return [
            line
            for number, page in enumerate(document.pages, 1)
            if not wanted or number in wanted
            for line in _lines(number, list(_glyphs(page, fonts)))
        ]


def read_glyphs(document: pikepdf.Pdf) -> Iterator[list[Glyph]]:
    """The glyphs of each page, in the order in which they are drawn."""
    fonts = {}
    for page in document.pages:
        yield list(_glyphs(page, fonts))


def lines_of(page: int, glyphs: Iterable[Glyph]) -> list[Line]:
    """Glyphs of a page as lines."""
    return list(_lines(page, list(glyphs)))


def _lines(page: int, glyphs: list[Glyph]) -> Iterator[Line]:
    line: list[Glyph] = []
    for glyph in [*glyphs, None]:
        if line and (glyph is None or not _continues(line[-1], glyph)):
            while line and not line[-1].text.strip():
                line.pop()
            while line and not line[0].text.strip():
                line.pop(0)
            if line:
                yield Line(page, tuple(line))
            line = []
        if glyph is not None:
            line.append(glyph)


def _continues(left: Glyph, right: Glyph) -> bool:
    # Half-width marks of a style begin up to half an em before the advance that they follow ends.
    size = max(left.size, right.size)
    return abs(left.y - right.y) < 0.6 * size and right.x0 > left.x0 - 0.5 * size


def _glyphs(page: pikepdf.Page, fonts: dict) -> Iterator[Glyph]:
    left, _, _, top = (float(number) for number in page.mediabox)
    yield from _drawn(page, page.obj.get("/Resources", {}), (1, 0, 0, -1, -left, top), fonts)


def _drawn(stream, resources, matrix, fonts: dict) -> Iterator[Glyph]:
    saved = []
    text = place = IDENTITY
    font, size, rise, spread, leading = None, 0.0, 0.0, 0.0, 0.0
    marks: list[int | None] = [None]
    for operands, operator in pikepdf.parse_content_stream(stream):
        name = str(operator)
        if name == "q":
            saved.append((matrix, font, size, rise, spread))
        elif name == "Q":
            matrix, font, size, rise, spread = saved.pop()
        elif name == "cm":
            matrix = _product(_numbers(operands), matrix)
        elif name == "Do":
            form = resources["/XObject"][str(operands[0])]
            if form.get("/Subtype") == "/Form":
                inner = _product(_numbers(form.get("/Matrix", IDENTITY)), matrix)
                yield from _drawn(form, form.get("/Resources", resources), inner, fonts)
        elif name in ("BMC", "BDC"):
            said = operands[1] if len(operands) > 1 and isinstance(operands[1], pikepdf.Dictionary) else {}
            marks.append(int(said["/MCID"]) if "/MCID" in said else marks[-1])
        elif name == "EMC":
            marks.pop()
        elif name == "BT":
            text = place = IDENTITY
        elif name == "Tf":
            face = resources["/Font"][str(operands[0])]
            if face.objgen not in fonts:
                fonts[face.objgen] = _Font(face)
            font, size = fonts[face.objgen], float(operands[1])
        elif name == "Tm":
            text = place = _numbers(operands)
        elif name in ("Td", "TD"):
            if name == "TD":
                leading = -float(operands[1])
            text = place = _product((1, 0, 0, 1, *_numbers(operands)), place)
        elif name == "T*":
            text = place = _product((1, 0, 0, 1, 0, -leading), place)
        elif name == "Ts":
            rise = float(operands[0])
        elif name == "Tc":
            spread = float(operands[0])
        elif name in ("Tj", "TJ"):
            shown: list[Glyph] = []
            taken: list[float] = []  # numbers since the last glyph, in pt
            for part in operands[0] if name == "TJ" else operands:
                if not isinstance(part, pikepdf.String):
                    text = _product((1, 0, 0, 1, -float(part) / 1000 * size, 0), text)
                    taken.append(float(part) / 1000 * size * (matrix[0] ** 2 + matrix[1] ** 2) ** 0.5)
                    continue
                for code in font.codes(bytes(part)):
                    whole = _product((1, 0, 0, 1, 0, rise), _product(text, matrix))
                    scale = (whole[0] ** 2 + whole[1] ** 2) ** 0.5
                    advance = font.width(code) / 1000 * size
                    glyph = Glyph(font.text(code), whole[4], whole[4] + advance * scale, whole[5], size * scale, font.name, marks[-1])
                    text = _product((1, 0, 0, 1, advance + spread, 0), text)
                    if taken and taken[-1] > 0 and glyph.text in OPENING:
                        glyph = replace(glyph, x0=glyph.x0 + taken.pop())
                    _take_back(shown, taken)
                    shown.append(glyph)
                    taken = []
            _take_back(shown, taken)
            yield from shown


def _take_back(shown: list[Glyph], taken: list[float]) -> None:
    """Make the last glyph narrower if it is a closing mark."""
    if shown and shown[-1].text in CLOSING and sum(taken) > 0:
        shown[-1] = replace(shown[-1], x1=shown[-1].x1 - sum(taken))


class _Font:
    """What a font of the PDF says of its codes: how long, how wide, what they stand for."""

    def __init__(self, face):
        self.composite = face.get("/Subtype") == "/Type0"
        descendant = face["/DescendantFonts"][0] if self.composite else face
        self.name = str(descendant.get("/BaseFont", "/")).lstrip("/").split("+")[-1]
        self.first = int(face.get("/FirstChar", 0))
        self.default = float(descendant.get("/DW", 1000)) if self.composite else 0.0
        self.widths = (
            dict(_composite_widths(descendant.get("/W", [])))
            if self.composite
            else {self.first + index: float(width) for index, width in enumerate(face.get("/Widths", []))}
        )
        self.letters = dict(_letters(face["/ToUnicode"].read_bytes())) if "/ToUnicode" in face else {}

    def codes(self, string: bytes) -> Iterable[int]:
        if not self.composite:
            return string
        return [int.from_bytes(string[index : index + 2]) for index in range(0, len(string), 2)]

    def width(self, code: int) -> float:
        return self.widths.get(code, self.default)

    def text(self, code: int) -> str:
        return self.letters.get(code, "\ufffd" if self.composite else chr(code))


def _composite_widths(entries) -> Iterator[tuple[int, float]]:
    entries = list(entries)
    while entries:
        first = int(entries.pop(0))
        if isinstance(entries[0], pikepdf.Array):
            yield from enumerate((float(width) for width in entries.pop(0)), first)
        else:
            last, width = int(entries.pop(0)), float(entries.pop(0))
            yield from ((code, width) for code in range(first, last + 1))


def _letters(table: bytes) -> Iterator[tuple[int, str]]:
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, letters in re.findall(rb"<(\w+)>\s*<(\w*)>", block):
            yield int(code, 16), bytes.fromhex(letters.decode()).decode("utf-16-be")
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, letters in re.findall(rb"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            start = bytes.fromhex(letters.decode()).decode("utf-16-be")
            for index in range(int(last, 16) - int(first, 16) + 1):
                yield int(first, 16) + index, start[:-1] + chr(ord(start[-1]) + index)


def _numbers(operands) -> tuple[float, ...]:
    return tuple(float(operand) for operand in operands)


def _product(inner, outer) -> tuple[float, ...]:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (
        a * p + b * r, a * q + b * s,
        c * p + d * r, c * q + d * s,
        e * p + f * r + t, e * q + f * s + u,
    )  # fmt: skip


def shared_tags(pdf: Path | pikepdf.Pdf) -> list[str]:
    """What is wrong with the tags of subset fonts (ISO 32000-1, 9.6.4): one without, or one that two different subsets bear."""
    opened = pdf if isinstance(pdf, pikepdf.Pdf) else pikepdf.open(pdf)
    wrong, known = [], {}
    for item in opened.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == pikepdf.Name.FontDescriptor:
            name = str(item.FontName).lstrip("/")
            file = next((item[key].read_bytes() for key in ("/FontFile3", "/FontFile2", "/FontFile") if key in item), b"")
            tag = re.match(r"([A-Z]{6})\+", name)
            if not tag or known.setdefault(tag[1], (name, file)) != (name, file):
                wrong.append(name)
        elif isinstance(item, pikepdf.Dictionary) and item.get("/Subtype") == pikepdf.Name.Type0:
            wrong += [str(item.BaseFont)] if item.BaseFont != item.DescendantFonts[0].FontDescriptor.FontName else []
    return wrong


def drawn_on(page: pikepdf.Page) -> Iterator[tuple[str, pikepdf.Matrix]]:
    """What a page draws by name (`Do`), each with the matrix in which it stands, in their order."""
    stack, matrix = [], pikepdf.Matrix()
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "q":
                stack.append(matrix)
            case "Q":
                matrix = stack.pop()
            case "cm":
                matrix = pikepdf.Matrix(*map(float, operands)) @ matrix
            case "Do":
                yield str(operands[0]), matrix
