"""The page of GB/T 9704-2012 (5.2, 7.5), measured in a book of the profile gongwen: what is found on its fullest pages, in mm.

Horizontal places are those of glyphs' advances, vertical ones of the em box (0.88 em above the baseline, 0.12 below); the dashes of the
page number are measured on a picture of the page, at 254 dpi, for no advance says how high a dash stands.
"""

import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from statistics import median

from PIL import Image

from readback import Line, read_lines

MM = 72 / 25.4
_WIDTH, _LEFT, _RIGHT, _TOP, _BOTTOM, _CHARACTER = 210, 28, 184, 37, 262, 156 / 28


def measured(pdf: Path) -> Iterator[tuple[str, float, float]]:
    """What is measured, what was found (of all such pages what is farthest from what the standard asks for), and what it asks for."""
    pages = defaultdict(list)
    for line in read_lines(pdf):
        pages[line.page].append(line)
    body = {page: [line for line in lines if abs(line.size - 15.79) < 0.1 and line.y > 37 * MM] for page, lines in pages.items()}
    full = {page: lines for page, lines in body.items() if len({round(line.y) for line in lines}) == 22}
    shift = {page: 0 if page % 2 else _WIDTH - _LEFT - _RIGHT for page in full}  # a left-hand page is its mirror
    yield "lines of the fullest page", max(len({round(line.y) for line in lines}) for lines in body.values()), 22
    yield "left edge", _farthest((min(line.x0 for line in lines) / MM - shift[page] for page, lines in full.items()), _LEFT), _LEFT
    yield "right edge", _farthest((max(line.x1 for line in lines) / MM - shift[page] for page, lines in full.items()), _RIGHT), _RIGHT
    yield "top of the first line", _farthest((_box(min(lines, key=lambda line: line.y))[0] for lines in full.values()), _TOP), _TOP
    yield "foot of the last line", _farthest((_box(max(lines, key=lambda line: line.y))[1] for lines in full.values()), _BOTTOM), _BOTTOM
    whole = [
        line
        for page, lines in full.items()
        for line in lines
        if len(line.text) == 28 and not any(sign.isascii() for sign in line.text)
        # from edge to edge: the last line of a paragraph, in which marks meet and lose a half, is not filled
        and line.x0 / MM - shift[page] < _LEFT + 0.5 and line.x1 / MM - shift[page] > _RIGHT - 0.5
    ]  # fmt: skip
    yield "characters of a full line", _farthest(((line.x1 - line.x0) / MM / _CHARACTER for line in whole), 28), 28
    steps = [(low - high) / MM for lines in full.values() for high, low in pairwise(sorted({line.y for line in lines})) if low - high > 20]
    yield "distance of lines", median(steps), (225 - _CHARACTER) / 21
    numbers = {page: max(lines, key=lambda line: line.y) for page, lines in pages.items() if page in full}
    insets = [_RIGHT - line.x1 / MM if page % 2 else line.x0 / MM - (_WIDTH - _RIGHT) for page, line in numbers.items()]
    yield "page number, from the outer edge", _farthest(insets, 14 / MM), 14 / MM
    page = next(page for page in sorted(full) if page % 2)
    yield "dash of the page number", _dash(pdf, page), 269


def _farthest(found: Iterator[float], asked: float) -> float:
    return max(found, key=lambda each: abs(each - asked))


def _box(line: Line) -> tuple[float, float]:
    return (line.y - 0.88 * line.size) / MM, (line.y + 0.12 * line.size) / MM


def _dash(pdf: Path, page: int) -> float:
    """How far down the last dash of a page number stands."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-r", "254", "-gray", "-f", str(page), "-l", str(page), pdf, f"{folder}/page"], check=True)
        with Image.open(next(Path(folder).iterdir())) as shown:
            foot = shown.crop((1500, 2635, 1840, shown.height)).point(lambda value: 255 * (value < 128))
            right = foot.getbbox()[2]
            dash = foot.crop((right - 20, 0, right, foot.height)).getbbox()
    return (2635 + (dash[1] + dash[3]) / 2) / 10
