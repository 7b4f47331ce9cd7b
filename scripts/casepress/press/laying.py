"""Laying: the one job of a worker, a piece from its HTML to bytes; with the faces and the style of its process."""

import gc
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
from casepress.press.patches.turns import Whole
from casepress.press.patches.writing import Writer
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


def laid(recipe: Recipe, job: Job, take: Callable[[Sequence, bool], None] | None = None) -> LaidOut:
    """A piece laid out; who takes its pages is told as in `lay_out`. Raises Refused, Whole."""
    fonts, style, _ = ready(recipe)
    settle = partial(figures.settle, profile=recipe.profile, edition=recipe.edition)
    arrange = partial(_arranged, recipe)
    return lay_out(job.html, job.assets, fonts, style, figures.DPI[recipe.edition], settle, recipe.profile.heads, arrange, take)


def _arranged(recipe: Recipe, root: Element, render: Callable[[], Sequence]) -> bool:
    """Lay out a piece until its pictures and its last page stand well; what was laid out last is the piece as it is then."""
    pages: Sequence = ()

    def laid_out() -> Sequence:
        nonlocal pages
        pages = render()
        return pages

    is_arranged = ahead.arrange(root, laid_out, recipe.profile, recipe.edition)
    if not drawn.may_be(root):
        return is_arranged
    if not is_arranged:
        laid_out()
    drawn.draw_in(root, laid_out, pages, recipe.profile)
    return True


def lay(recipe: Recipe, job: Job) -> bytes:
    """A piece laid out and written, as it is kept (press/pieces.py), some pages at a time where that can be done. Raises Refused, inks.NoInks."""
    with _ALONE:
        data = _lay(recipe, job)
        gc.collect(0)  # boxes know each other; what was made for this piece is let go before the next
        return data


def _lay(recipe: Recipe, job: Job) -> bytes:
    fonts, _, general = ready(recipe)
    written = _Written(recipe, fonts)
    try:
        piece = laid(recipe, job, written.take)
    except Whole:
        return packed(laid(recipe, job), recipe, general)
    return written.packed(piece, general)


def packed(piece: LaidOut, recipe: Recipe, general: Sequence[Loss | str] = ()) -> bytes:
    """A laid-out piece as bytes; `general` was said of its recipe. Raises Refused, inks.NoInks."""
    written = _Written(recipe, piece.document.font_config)
    written.take(piece.pages, False)
    written.take(piece.document.pages[piece.length :], True)
    return written.packed(piece, general)


class _Written:
    """A piece while its pages are written."""

    def __init__(self, recipe: Recipe, fonts: FontConfiguration) -> None:
        self._recipe, self._writer = recipe, Writer(fonts, recipe.edition == "screen")
        self._placed: list[Placed] = []
        self._said: list[Loss | str] = []
        self._length = 0

    def take(self, pages: Sequence, is_running: bool) -> None:
        """Write the next pages, those of running heads last. Raises Refused."""
        with spoken() as said, refusing():
            self._writer.add(pages, is_running)
        self._said += said
        for page in () if is_running else pages:
            self._placed += _placed(page, self._length)
            self._length += 1

    def packed(self, piece: LaidOut, general: Sequence[Loss | str]) -> bytes:
        """The bytes of the piece whose pages were written. Raises inks.NoInks."""
        with spoken() as said:
            paper = self._writer.paper(piece.document.metadata.lang)
        parts = dismantled(paper, len(piece.running), self._recipe.color)
        said = tuple(dict.fromkeys((*piece.messages, *self._said, *said)))
        facts = pieces.Facts(
            paper.sheets, piece.anchors, piece.ends, piece.heads, piece.running, paper.leads, tuple(self._placed), said, tuple(general)
        )
        return pieces.packed(facts, paper.faces, parts)


def _placed(page, nth: int) -> Iterator[Placed]:
    """Every picture of the piece's page `nth`, from 0, at its printed size."""
    for each in bitmaps(page):
        if (name := figures.asked(each.source)) and each.scale > 0:
            yield Placed(name, each.width, each.height, _CSS_INCH / each.scale, nth)
