"""Binding: written pieces to one PDF with page numbers, page labels, running heads, bookmarks and links that are true.

Pieces are put one behind the other as they are kept; a page is moved to its side, and what belongs to the book is laid over
it. For the screen the PDF is tagged PDF/UA-1 (ISO 14289-1), for the press PDF/X-4 with its marks.
"""

from collections.abc import Iterator, Sequence

from casepress.facts.maker import maker
from casepress.facts.store import key
from casepress.press.assembling import Assembly
from casepress.press.leaves import Finish, Leaf
from casepress.press.outlines import Bookmark, depths
from casepress.press.pdfx import FLAT, Folds
from casepress.press.saying import About
from casepress.values.losses import Loss
from casepress.values.problems import Failed

_KIND = "pdf"


class BindingFailed(Failed):
    """The bound book is not what was asked for; the message is a Chinese sentence."""


def bind(
    leaves: Sequence[Leaf],
    finish: Finish,
    about: About,
    wanted: Sequence[tuple[int, str]],
    folds: Folds = FLAT,
    begun: Assembly | None = None,
) -> tuple[bytes, tuple[Loss | str, ...]]:
    """The PDF of these leaves, and what is lost in it.

    `wanted` is what the bookmarks below the front matter must be, in order; `folds` are where
    a cover is folded. `begun` is the same book, of which some leaves may be written. A book of the same pieces in the same order is not bound again. Raises BindingFailed
    where the bookmarks are others, pieces.Gone.
    """
    bookmarks = tuple(_bookmarks(leaves))
    _outline_is(depths(bookmarks), wanted)
    name = _key(leaves, finish, about, folds)
    if made := finish.store.get(_KIND, name):
        return made, ()
    assembly = begun or Assembly(finish, about, folds)
    made, lost = assembly.file(leaves, bookmarks), assembly.lost()
    if not lost:
        finish.store.put(_KIND, name, made)
    return made, lost


def kept(leaves: Sequence[Leaf], finish: Finish, about: About, folds: Folds = FLAT) -> bytes | None:
    """The PDF of these leaves as it was bound before, if it was."""
    return finish.store.get(_KIND, _key(leaves, finish, about, folds))


def _key(leaves: Sequence[Leaf], finish: Finish, about: About, folds: Folds) -> str:
    """The key of a bound book: its pieces by their keys, and all that is laid over them and said of them."""
    pages = ((leaf.piece.key, repr((leaf.index, leaf.label, leaf.numbered, dict(leaf.heads), leaf.level))) for leaf in leaves)
    inks = (finish.color.name, finish.color.data) if finish.color else ()
    heads = finish.heads.key if finish.heads else ""
    words = repr((finish.profile, finish.numerals, finish.slugs, heads, about, tuple(folds)))
    return key((maker("pikepdf"), words, *inks, *(part for page in pages for part in page)))


def _bookmarks(leaves: Sequence[Leaf]) -> Iterator[Bookmark]:
    for index, leaf in enumerate(leaves):
        for level, title, x, y in leaf.sheet.bookmarks:
            yield Bookmark(level + leaf.level, title, index, x + leaf.shift(bool(index % 2)), y)


def _outline_is(found: Sequence[tuple[int, str]], wanted: Sequence[tuple[int, str]]) -> None:
    """Every chosen case is in the outline exactly once and in its place; before it stands the front matter only."""
    front, body = found[: len(found) - len(wanted)], found[len(found) - len(wanted) :]
    titles = {title for _, title in wanted}
    if body == list(wanted) and not any(title in titles for _, title in front):
        return
    lost = [title for depth, title in wanted if (depth, title) not in found]
    detail = f"书签里缺少：{'、'.join(lost)}" if lost else "书签的次序或层级不对，或有重复"
    raise BindingFailed(f"装订出错，{detail}")
