"""Bundles: the site's scripts and styles, each put together from small parts of the theme.

Flows in: the theme's folders, the collection's own first. Flows out: files of the site by their path. A part is a piece
of a classic script (so that it works from a disk) or of a style sheet, with one duty. The parts of a script share one
scope and are written from the ground up: each uses names of its own and of parts before it.
"""

from collections.abc import Iterable
from pathlib import Path

_SEARCH = (
    "variants folding terms bits base files cards finding numbers names facets order excerpts searching near cutting offers suggesting doors"
)
_CASES = "page state filters facets chips phrases cards table hits nothing workbook taken work sheet begin"
_COMPILE = "state fetched pages paper list shared binding begin"
_BOUND = "pdf letters lines sources pages front outline volume begin"
_BOX = "links box opener begin"
SCRIPTS = {
    "search": tuple(f"search/{name}" for name in _SEARCH.split()),
    "search-box": ("elements", *(f"search-box/{name}" for name in _BOX.split())),
    "cases": ("elements", *(f"cases/{name}" for name in _CASES.split())),
    "casepress": (
        "elements",
        "page/tab",
        "page/tabbed",
        "page/menu",
        "page/scheme",
        "page/frames",
        "page/went",
        "basket/kept",
        "basket/pick",
        "basket/told",
    ),
    "compile": ("elements", "cases/phrases", "basket/kept", *(f"compile/{name}" for name in _COMPILE.split())),
    "bound": tuple(f"bound/{name}" for name in _BOUND.split()),
    "early": ("early",),
    "marks": ("elements", "marks", "case/contents", "case/citing", "case/came"),
    "code": ("vendor/qrcode", "elements", "case/code"),
    "lightbox": ("elements", "page/lightbox"),
}
STYLES = {
    "casepress": tuple(
        "colors type frame menu prose tables codebook shared lists home index figures heat case contents cited body enclosed lightbox print basket".split()
    ),
    "compile": ("compiled",),
    "search": tuple("boxes suggestions all results filters marks forced".split()),
}
NAMES = frozenset((*(f"assets/{name}.js" for name in SCRIPTS), *(f"assets/{name}.css" for name in STYLES)))


def bundles(scripts: Iterable[Path], styles: Iterable[Path], site: Iterable[Path] = ()) -> dict[str, bytes]:
    """Every bundle by its path in the site; of a part that stands in several folders the first one counts.

    A file of that name among the theme's own assets (`site`) takes the bundle's place. Raises FileNotFoundError where a
    part is missing.
    """
    scripts, styles, site = tuple(scripts), tuple(styles), tuple(site)
    made = {f"assets/{name}.js": _script([part(scripts, f"{each}.js") for each in parts]) for name, parts in SCRIPTS.items()}
    made |= {f"assets/{name}.css": "\n".join(part(styles, f"{each}.css") for each in parts) for name, parts in STYLES.items()}
    return {path: text.encode() for path, text in made.items() if not any((folder / path).is_file() for folder in site)}


def _script(parts: Iterable[str]) -> str:
    """Parts as one classic script, in one scope."""
    return '(function () {\n"use strict";\n\n' + "\n".join(parts) + "})();\n"


def part(folders: Iterable[Path], name: str) -> str:
    """The text of a part, from the first folder that has it. Raises FileNotFoundError."""
    folders = tuple(folders)
    for folder in folders:
        if (folder / name).is_file():
            return (folder / name).read_text("utf-8")
    raise FileNotFoundError(f"{name}: {folders}")
