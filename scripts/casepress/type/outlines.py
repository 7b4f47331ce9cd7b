"""Outlines: how a face draws a character, looked at as FreeType draws it, which reads of a file no more than that takes."""

import re
from pathlib import Path
from statistics import median

from PIL import Image, ImageDraw, ImageFont

_EM = 1000  # pixels where edges are measured: a pixel is what most Chinese faces reckon in
_COARSE = 256  # where ink is weighed


class Outlines:
    """A face of a file, opened to be looked at. Raises OSError where it cannot be."""

    def __init__(self, path: Path, index: int) -> None:
        self._font = ImageFont.truetype(path, _EM, index, layout_engine=ImageFont.Layout.BASIC)

    def advance(self, character: str) -> float:
        """How wide a character is set, in em."""
        return self._font.getlength(character) / _EM

    def edges(self, character: str) -> tuple[float, float, float, float]:
        """Where the ink of a character begins and ends, in em from its origin: left, low, right, high; zeros where there is none."""
        left, top, right, bottom = self._drawn(self._font, _EM, character).getbbox() or (_EM // 2, _EM, _EM // 2, _EM)
        return tuple(each / _EM for each in (left - _EM // 2, _EM - bottom, right - _EM // 2, _EM - top))

    def ink(self, character: str) -> float:
        """How much of its em square a character fills with ink, in parts of 1."""
        drawn = self._drawn(self._font.font_variant(size=_COARSE), _COARSE, character)
        return sum(shade * times for shade, times in enumerate(drawn.histogram())) / 255 / _COARSE**2

    def stem(self, character: str) -> float:
        """How thick the upright stroke is on which the lower part of 十, 中 or 丰 stands, in em; 0 where there is no single one."""
        image = self._drawn(self._font, _EM, character)
        left, top, right, bottom = image.getbbox() or (0, 0, 0, 0)
        rows = [top + (bottom - top) * share // 100 for share in range(64, 86, 3)]
        runs = [[len(run) for run in re.findall(b"[\x80-\xff]+", image.crop((left, y, right, y + 1)).tobytes())] for y in rows]
        found = [run[0] for run in runs if len(run) == 1]
        return median(found) / _EM if found else 0.0

    def _drawn(self, font: ImageFont.FreeTypeFont, em: int, character: str) -> Image.Image:
        """A character in white on black, its origin an em below the top and half an em from the left."""
        image = Image.new("L", (2 * em, 2 * em))
        ImageDraw.Draw(image).text((em // 2, em), character, 255, font, anchor="ls")
        return image
