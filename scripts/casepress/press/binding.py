"""Binding: laid-out pieces to one PDF with page numbers, page labels, bookmarks and links that are true.

Pages are joined and written once, for the screen as tagged PDF/UA-1 (ISO 14289-1), for the press to be finished by
`pdfx`. Numbers are stamped on the finished file.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from casepress.book.measures import Profile
from casepress.facts.moments import NO_DATE
from casepress.facts.numerals import roman
from casepress.press import pdfx, tags
from casepress.press.fonts import tagged
from casepress.press.inks import ColorProfile
from casepress.press.layout import Document, LaidOut, refusing
from casepress.press.numbers import Letters, Numerals, stamp, widest
from casepress.press.patches.drawing import readable
from casepress.press.patches.subsets import small_subsets
from casepress.press.speech import spoken
from casepress.values.losses import Loss
from casepress.values.problems import Failed


class BindingFailed(Failed):
    """The bound book is not what was asked for; the message is a Chinese sentence."""


@dataclass(frozen=True)
class Leaf:
    """One page of the book: where it comes from, the number that it counts as, and whether that is printed on it."""

    piece: LaidOut
    index: int
    label: str
    numbered: bool


@dataclass(frozen=True)
class About:
    """What a PDF says of itself; `date` is as facts.moments gives it."""

    title: str
    author: str
    language: str
    subject: str = ""
    keywords: tuple[str, ...] = ()
    date: str = NO_DATE


@dataclass(frozen=True)
class Finish:
    """In what a book is bound: its measures, the font of its page numbers, and for the press its inks."""

    profile: Profile
    numerals: Numerals
    color: ColorProfile | None = None

    @property
    def edition(self) -> str:
        """`print` or `screen`."""
        return "print" if self.color else "screen"


def bind(
    leaves: Sequence[Leaf], finish: Finish, about: About, outline: Sequence[tuple[int, str]], folds: Sequence[float] = ()
) -> tuple[bytes, tuple[Loss | str, ...]]:
    """The PDF of these leaves, and what WeasyPrint said while writing it.

    `outline` is what the bookmarks below the front matter must be, in order; `folds` are the distances from the left
    edge, in pt, where a cover is folded. Raises BindingFailed where the bookmarks are others, and inks.NoInks.
    """
    with spoken() as messages, refusing(), small_subsets(), readable():
        data = _joined(leaves, about).write_pdf(pdf_variant=None if finish.color else "pdf/ua-1")
    font = finish.numerals
    with Pdf.open(io.BytesIO(data)) as pdf, Pdf.open(io.BytesIO(font.pdf)) as source:
        _outline_is(pdf, outline)
        pdf.Root.PageLabels = Dictionary(Nums=_labels(leaves))
        pdf.Root.PageLayout = Name.TwoPageRight if len(leaves) > 2 else Name.SinglePage
        pdf.Root.PageMode = Name.UseOutlines if len(leaves) > 8 else Name.UseNone
        pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        letters = Letters.of(pdf, source, font)
        for index, (page, leaf) in enumerate(zip(pdf.pages, leaves, strict=True)):
            if leaf.numbered:
                stamp(page, letters, finish.profile, leaf.label, index % 2 == 0, finish.edition)
        if finish.color:
            slugs = [f"{about.title}　{leaf.label}　{finish.profile.name}" for leaf in leaves]
            pdfx.finish(pdf, finish.color, Letters.of(pdf, source, widest(font)), slugs, about.date, folds)
        else:
            tags.mend(pdf)
        tagged(pdf)
        return saved(pdf, finish.edition), tuple(dict.fromkeys(messages))


def _joined(leaves: Sequence[Leaf], about: About) -> Document:
    """The pages of all leaves as one document that says what it is."""
    joined = leaves[0].piece.document.copy([leaf.piece.document.pages[leaf.index] for leaf in leaves])
    said = joined.metadata
    said.title, said.authors, said.lang = about.title, [about.author] if about.author else [], about.language
    said.description, said.keywords = about.subject, list(about.keywords)
    said.generator, said.created, said.modified = "casepress", about.date, about.date
    return joined


def saved(pdf: Pdf, edition: str) -> bytes:
    """A finished PDF's bytes, the same whenever they are made."""
    out = io.BytesIO()
    version = {"min_version": "1.7"} if edition == "screen" else {"force_version": "1.6"}
    pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate, recompress_flate=True, **version)
    return out.getvalue()


def _labels(leaves: Sequence[Leaf]) -> Array:
    """Page labels (ISO 32000-1, 12.4.2) that say what the leaves are called: numbers in two styles, and names (封面)."""
    romans = {roman(number): number for number in range(1, len(leaves) + 1)}
    nums, before = [], ("", 0)
    for index, leaf in enumerate(leaves):
        style = "/D" if leaf.label.isdigit() else "/r" if leaf.label in romans else ""
        number = int(leaf.label) if style == "/D" else romans.get(leaf.label, 0)
        if not style:
            nums += [index, Dictionary(P=leaf.label)]
        elif (style, number - 1) != before:
            nums += [index, Dictionary(S=Name(style), St=number)]
        before = (style, number)
    return Array(nums)


def _outline_is(pdf: Pdf, wanted: Sequence[tuple[int, str]]) -> None:
    """Every chosen case is in the outline exactly once and in its place; before it stands the front matter only."""
    with pdf.open_outline() as outline:
        found = list(_walk(outline.root, 0))
    front, body = found[: len(found) - len(wanted)], found[len(found) - len(wanted) :]
    titles = {title for _, title in wanted}
    if body == list(wanted) and not any(title in titles for _, title in front):
        return
    lost = [title for depth, title in wanted if (depth, title) not in found]
    detail = f"书签里缺少：{'、'.join(lost)}" if lost else "书签的次序或层级不对，或有重复"
    raise BindingFailed(f"装订出错，{detail}")


def _walk(items, depth: int):
    for item in items:
        yield depth, str(item.title)
        yield from _walk(item.children, depth + 1)
