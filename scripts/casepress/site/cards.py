"""Cards: the small square picture by which a messenger shows the address of a case: its theme, its title, its unit, its seal.

Flows in: a case and the faces of print. Flows out: a PNG of 300 × 300 pixels with a palette, some 5 KB. Two ramps of greys become
the colours: what is below 128 runs from paper to ink, what is above from paper to the red of the seal.
"""

import io
from collections.abc import Callable
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from casepress.facts.titles import balanced, shortened
from casepress.type.faces import Faces
from casepress.type.fontfiles import FontFile
from casepress.values.cases import Case
from casepress.values.fields import is_prize

SIZE = 300
_EDGE, _TOP, _FOOT = 22, 62, 226  # pixels: left and right of the text; where the title begins, and where it ends at the latest
_PAPER, _INK, _RED, _SOFT = (0xFB, 0xFA, 0xF6), (0x22, 0x26, 0x2A), (0xA8, 0x32, 0x1F), 88  # the last is a step of ink
_FEWER = [
    min(127, round(step / 9) * 9) if step < 128 else min(255, 128 + round((step - 128) / 9) * 9) for step in range(256)
]  # edges of letters
_STEPS = ((40, 4), (36, 4), (32, 5), (28, 5), (24, 6))  # size of the title in pixels and the lines that it may take


def words(case: Case) -> tuple[str, str, str, str, str]:
    """What is drawn of a case: theme, title, unit, the prize, if it has one, and the places whose names stay whole in the title."""
    prize = case.award.label if case.award and is_prize(case.award) and "（" not in case.award.label else ""
    return str(case.one("theme") or ""), case.title, case.text("school"), prize, _places(case)


def _places(case: Case) -> str:
    """Those of the places above a case that its title names, in its order."""
    at, found = 0, []
    for name in case.place.path if case.place else ():
        if name in case.title[at:]:
            at = case.title.index(name, at) + len(name)
            found.append(name)
    return " ".join(found)


class Drawer:
    """Draws cards with one set of faces; a font is opened once for each size. It lives as long as one build."""

    def __init__(self, faces: Faces) -> None:
        self.faces = faces
        self.opened: Callable[[FontFile, int], ImageFont.FreeTypeFont] = cache(
            lambda file, size: ImageFont.truetype(file.path, size, file.index, layout_engine=ImageFont.Layout.BASIC)
        )
        self.file = cache(self._file)

    def draw(self, theme: str, title: str, unit: str, prize: str, places: str) -> bytes:
        """The bytes of the picture."""
        sheet = Image.new("L", (SIZE, SIZE), 0)
        pen = ImageDraw.Draw(sheet)
        pen.rectangle((0, 0, SIZE, 9), 255)
        if theme:
            pen.rectangle((0, 12, SIZE, 56), 128)
            self._line(pen, shortened(theme, 12), _EDGE, 46, 20, 255)
        room = SIZE - 2 * _EDGE
        size, lines = self._lines(title, room, places.split())
        for nth, line in enumerate(lines, 1):
            self._line(pen, line, _EDGE, _TOP + round(size * (1.3 * nth - 0.15)), size, 127, room)
        pen.rectangle((_EDGE, 244, SIZE - _EDGE - (74 if prize else 0), 244), 30)
        self._line(pen, shortened(unit, 9 if prize else 13), _EDGE, 274, 18, _SOFT)
        if prize:
            self._seal(pen, prize)
        sheet = sheet.point(_FEWER)
        sheet.putpalette(_palette())
        out = io.BytesIO()
        sheet.save(out, "PNG", compress_level=2)
        return out.getvalue()

    def _lines(self, title: str, room: int, whole: list[str]) -> tuple[int, tuple[str, ...]]:
        """The largest size in which a title has room, and its lines; a very long one is cut."""
        for size, most in _STEPS:
            lines = balanced(title, room // size, whole)
            if len(lines) <= most and len(lines) * size * 1.3 <= _FOOT - _TOP:
                return size, lines
        size, most = _STEPS[-1]
        return size, balanced(shortened(title, most * (room // size) - 4), room // size)[:most]

    def _seal(self, pen: ImageDraw.ImageDraw, prize: str) -> None:
        """The prize in white on red, in two lines where it is longer than two characters."""
        x, y, wide = SIZE - _EDGE - 56, 230, 56
        pen.rectangle((x, y, x + wide - 1, y + wide - 1), 255)
        half = (len(prize) + 1) // 2 if len(prize) > 2 else len(prize)
        lines = (prize[:half], prize[half:]) if len(prize) > 2 else (prize,)
        size = min(23, 48 // max(map(len, lines)))
        for nth, line in enumerate(lines):
            middle = y + wide / 2 + (nth - (len(lines) - 1) / 2) * size * 1.1
            width = sum(font.getlength(sign) for sign, font in self._signs(line, size))
            self._line(pen, line, x + (wide - width) / 2, middle + size * 0.36, size, 128)

    def _line(self, pen: ImageDraw.ImageDraw, text: str, x: float, y: float, size: int, fill: int, room: float = SIZE) -> None:
        """A line of text from x on, its foot at y, smaller where it would be wider than its room."""
        signs = self._signs(text, size)
        wide = sum(font.getlength(sign) for sign, font in signs)
        if wide > room:
            signs = self._signs(text, max(8, int(size * room / wide)))
        for sign, font in signs:
            pen.text((x, y), sign, fill, font, anchor="ls")
            x += font.getlength(sign)

    def _signs(self, text: str, size: int) -> list[tuple[str, ImageFont.FreeTypeFont]]:
        """The text in runs of one font."""
        runs: list[list] = []
        for sign in text:
            if (file := self.file(sign)) is None:
                continue
            if runs and runs[-1][1] is file:
                runs[-1][0] += sign
            else:
                runs.append([sign, file])
        return [(run, self.opened(file, size)) for run, file in runs]

    def _file(self, sign: str) -> FontFile | None:
        found = self.faces.of("song", sign)
        return found and (found[1].bold or found[1].regular)


@cache
def _palette() -> tuple[int, ...]:
    return tuple(round(part) for step in range(256) for part in _colour(step))


def _colour(step: int) -> tuple[float, ...]:
    to, part = (_INK, step / 127) if step < 128 else (_RED, (step - 128) / 127)
    return tuple(paper + (end - paper) * part for paper, end in zip(_PAPER, to, strict=True))
