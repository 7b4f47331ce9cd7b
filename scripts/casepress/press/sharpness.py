"""Sharpness: how many pixels an inch of paper gets of each picture, where it is printed.

Flows in: the pictures on pages. Flows out: the pictures that are too coarse for the press, as problems of their cases.
"""

from collections.abc import Iterable, Iterator, Mapping
from math import ceil
from urllib.parse import unquote

from casepress.collection.project import beside
from casepress.press.written.sheets import Placed
from casepress.values.cases import Case
from casepress.values.problems import Problem, warning

SHARP = 300  # pixels an inch, the custom of print shops for photographs


def pictures_are_sharp(cases: Iterable[Case], found: Iterable[Placed], files: Mapping[str, str]) -> Iterator[Problem]:
    """A warning for each picture with fewer than 300 pixels an inch, in the case that shows it; `files` leads from name to file."""
    coarse: dict[str, Placed] = {}
    for picture in found:
        if picture.dpi < SHARP - 0.5 and (picture.name not in coarse or picture.dpi < coarse[picture.name].dpi):
            coarse[picture.name] = picture
    owned = set()
    for case in cases:
        own = {picture.name for picture in case.pictures}
        for name, picture in coarse.items():
            if name in own or name in case.body.pictures:
                owned.add(name)
                line = case.lines.at("photos") if name in own else _line(case, files.get(name, ""))
                yield _coarse(case.path, line, files.get(name, name), picture)
    for name in coarse.keys() - owned:  # of the texts around the cases
        yield _coarse(files.get(name, name), 0, files.get(name, name), coarse[name])


def _line(case: Case, file: str) -> int:
    """The line of a case's body that shows a file; 0 where none is found."""
    shown = (r for r in case.body.references if r.kind == "picture" and beside(case.path, unquote(r.target)) == file)
    return next((case.body_line + reference.line - 1 for reference in shown), 0)


def _coarse(path: str, line: int, file: str, picture: Placed) -> Problem:
    more = SHARP / picture.dpi
    what = f"图片 {file} 印出来只有 {picture.dpi:.0f} dpi（{picture.width}×{picture.height} 像素）"
    cure = f"请换成至少 {ceil(picture.width * more)}×{ceil(picture.height * more)} 像素的原图，印刷要 {SHARP} dpi；只在屏幕上看可以不管"
    return warning(path, line, what, cure, "pictures_are_sharp")
