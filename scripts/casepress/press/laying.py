"""Laying: the one job of a worker, a piece from its HTML to bytes; with the faces and the style of its process."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from threading import Lock
from xml.etree.ElementTree import Element

from casepress.press import ahead, drawn, figures
from casepress.press.dismantling import dismantled
from casepress.press.families import font_configuration
from casepress.press.layout import LaidOut, Style, lay_out, read_style, refusing
from casepress.press.patches.fontconfig import FontConfiguration
from casepress.press.patches.pages import bitmaps
from casepress.press.patches.writing import written
from casepress.press.recipes import Job, Recipe
from casepress.press.speech import spoken
from casepress.press.written import pieces
from casepress.press.written.sheets import Placed
from casepress.values.losses import Loss

_CSS_INCH = 96
_ALONE = Lock()  # WeasyPrint is changed for the whole process while it lays out, and a worker of others may have several threads


@lru_cache(maxsize=8)  # a build has a recipe for each profile and edition
def ready(recipe: Recipe) -> tuple[FontConfiguration, Style, tuple[Loss | str, ...]]:
    """The fonts and the style of a recipe, loaded once in a process, and what was said of them."""
    with spoken() as messages:
        fonts = font_configuration(recipe.faces)
    style = read_style(recipe.style, fonts)
    return fonts, style, (*messages, *style.messages)


def laid(recipe: Recipe, job: Job) -> LaidOut:
    """A piece laid out. Raises Refused."""
    fonts, style, _ = ready(recipe)
    settle = partial(figures.settle, profile=recipe.profile, edition=recipe.edition)
    arrange = partial(_arranged, recipe)
    return lay_out(job.html, job.assets, fonts, style, figures.DPI[recipe.edition], settle, recipe.profile.heads, arrange)


def _arranged(recipe: Recipe, root: Element, render: Callable[[], Sequence]) -> bool:
    """Lay out a piece until its pictures and its last page stand well; what was laid out last is the piece as it is then."""
    pages: Sequence = ()

    def laid_out() -> Sequence:
        nonlocal pages
        pages = render()
        return pages

    if not ahead.arrange(root, laid_out, recipe.profile, recipe.edition):
        laid_out()
    drawn.draw_in(root, laid_out, pages, recipe.profile)
    return True


def lay(recipe: Recipe, job: Job) -> bytes:
    """A piece laid out and written, as it is kept (press/pieces.py). Raises Refused, inks.NoInks."""
    with _ALONE:
        return packed(laid(recipe, job), recipe, ready(recipe)[2])


def packed(piece: LaidOut, recipe: Recipe, general: Sequence[Loss | str] = ()) -> bytes:
    """A laid-out piece as bytes; `general` was said of its recipe. Raises Refused, inks.NoInks."""
    plain = len(piece.running)
    with spoken() as messages, refusing():
        paper = written(piece.document, plain, recipe.edition == "screen")
    parts = dismantled(paper, plain, recipe.color)
    said = tuple(dict.fromkeys((*piece.messages, *messages)))
    facts = pieces.Facts(
        paper.sheets, piece.anchors, piece.ends, piece.heads, piece.running, paper.leads, tuple(_placed(piece)), said, tuple(general)
    )
    return pieces.packed(facts, paper.faces, parts)


def _placed(piece: LaidOut) -> Iterator[Placed]:
    """Every picture of a piece at its printed size."""
    for nth, page in enumerate(piece.pages if piece.is_pictured else ()):
        for each in bitmaps(page):
            if (name := figures.asked(each.source)) and each.scale > 0:
                yield Placed(name, each.width, each.height, _CSS_INCH / each.scale, nth)
