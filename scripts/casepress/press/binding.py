"""Binding: laid-out pieces to one PDF with page numbers, page labels, bookmarks and links that are true.

Pages are joined and written once, for the screen as tagged PDF/UA-1 (ISO 14289-1), for the press to be finished by
`pdfx`. Numbers are stamped on the finished file.
"""

import io
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from casepress.book.profiles import Profile
from casepress.press import pdfx, tags
from casepress.press.fonts import finish, small_subsets
from casepress.press.inks import ColorProfile
from casepress.press.layout import LaidOut, spoken
from casepress.press.lines.setting import readable
from casepress.press.numbers import Numerals, numerals, roman, stamp, widest

__all__ = ["About", "BindingFailed", "Leaf", "Numerals", "bind", "moment", "numerals", "roman"]

_DATE = re.compile(r"(\d{4})\s*[年./-]\s*(\d{1,2})(?:\s*[月./-]\s*(\d{1,2}))?")
_YEAR = re.compile(r"\d{4}")
# A file for the press must bear a date, and the day of its making must not change it.
_NO_DATE = "2000-01-01T00:00:00Z"


class BindingFailed(Exception):
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
    """What a PDF says of itself beside title and author; `date` is as `moment` gives it."""

    subject: str = ""
    keywords: tuple[str, ...] = ()
    date: str = _NO_DATE


def moment(date: str) -> str:
    """The time that a PDF bears, never that of its making: SOURCE_DATE_EPOCH, or the book's own date.

    2026年11月 -> 2026-11-01T00:00:00Z. Where there is neither, it is the first day of 2000.
    """
    if (epoch := os.environ.get("SOURCE_DATE_EPOCH", "")).isdigit():
        return datetime.fromtimestamp(int(epoch), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    found, year = _DATE.search(date), _YEAR.search(date)
    parts = [int(part or 1) for part in found.groups()] if found else [int(year[0]), 1, 1] if year else []
    try:
        return datetime(*parts).strftime("%Y-%m-%dT%H:%M:%SZ") if parts else _NO_DATE
    except ValueError:
        return _NO_DATE


def bind(
    leaves: Sequence[Leaf],
    profile: Profile,
    font: Numerals,
    title: str,
    author: str,
    language: str,
    outline: Sequence[tuple[int, str]],
    about: About = About(),
    color: ColorProfile | None = None,
    folds: Sequence[float] = (),
) -> tuple[bytes, tuple[str, ...]]:
    """The PDF of these leaves, and what WeasyPrint said while writing it: for the press, if a colour profile is given.

    `outline` is what the bookmarks below the front matter must be, in order; `folds` are the distances from the left
    edge, in pt, where a cover is folded. Raises BindingFailed where the bookmarks are others, and inks.NoInks.
    """
    edition = "print" if color else "screen"
    first = leaves[0].piece.document
    joined = first.copy([leaf.piece.document.pages[leaf.index] for leaf in leaves])
    said = joined.metadata
    said.title, said.authors, said.lang = title, [author] if author else [], language
    said.description, said.keywords = about.subject, list(about.keywords)
    said.generator, said.created, said.modified = "casepress", about.date, about.date
    with spoken() as messages, small_subsets(), readable():
        data = joined.write_pdf(pdf_variant=None if color else "pdf/ua-1")
    with Pdf.open(io.BytesIO(data)) as pdf, Pdf.open(io.BytesIO(font.pdf)) as source:
        _outline_is(pdf, outline)
        pdf.Root.PageLabels = Dictionary(Nums=_labels(leaves))
        pdf.Root.PageLayout = Name.TwoPageRight if len(leaves) > 2 else Name.SinglePage
        pdf.Root.PageMode = Name.UseOutlines if len(leaves) > 8 else Name.UseNone
        pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        face = pdf.copy_foreign(source.pages[0].Resources.Font[font.font])
        for index, (page, leaf) in enumerate(zip(pdf.pages, leaves, strict=True)):
            if leaf.numbered:
                stamp(page, face, font, profile, leaf.label, index % 2 == 0, edition)
        if color:
            slugs, wide = [f"{title}　{leaf.label}　{profile.name}" for leaf in leaves], widest(font)
            words = pdf.copy_foreign(source.pages[0].Resources.Font[wide.font])
            pdfx.finish(pdf, color, wide, words, slugs, title, about.date, folds)
        else:
            tags.mend(pdf)
        finish(pdf)
        return saved(pdf, edition), tuple(dict.fromkeys(messages))


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
