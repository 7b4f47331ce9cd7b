"""Composing: the XHTML of an EPUB's chapters, from the templates of `theme/epub`.

Flows in: a book's chapters, templates, the files of its pictures. Flows out: XHTML, the cover's drawing, a stylesheet.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from jinja2 import Environment

from casepress.book import colophon
from casepress.book.book import Book
from casepress.epub.bodies import body_of
from casepress.epub.chapters import Chapter, Chapters
from casepress.epub.languages import mark_languages
from casepress.epub.tables import settle_tables
from casepress.epub.xml import xhtml
from casepress.facts import codes
from casepress.facts.titles import balanced, spaced
from casepress.markup import parsing
from casepress.markup.counted import photos
from casepress.markup.templates import render
from casepress.values.fields import is_prize

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True)
class Composer:
    """Turns a book's chapters into XHTML; `pictures` gives the file in the EPUB of each published name, `picture` that of the cover."""

    env: Environment
    pictures: Mapping[str, str]
    picture: str

    def chapter(self, chapters: Chapters, chapter: Chapter) -> bytes:
        """One file."""
        book, piece, case = chapters.book, chapter.piece, chapter.case
        owner = case or (piece and piece.text)
        body = body_of(owner.body.html, chapters.addresses, self.pictures, photos(case) if case else ()) if owner else None
        values = {
            "chapter": chapter,
            "piece": piece,
            "case": case,
            "part": chapter.part,
            "body": body,
            "contents": chapters.contents,
            "landmarks": chapters.landmarks,
            "facts": colophon.facts(book.imprint, book.publisher, book.date, book.cases),
            "cip": colophon.cip(book.imprint),
            "note": colophon.WEB_ONLY if book.imprint.publication == "web-only" else "",
        }
        return self._page(chapter.template, book, **values)

    def cover(self, book: Book, pictured: bool) -> str:
        """The cover as a drawing."""
        return render(self.env, "cover.svg", book=book, balanced=balanced, pictured=pictured)

    def style(self) -> bytes:
        """The stylesheet. No font comes with it: readers choose theirs, one Chinese face is ten times the book, and the licences of
        a bureau's own faces do not let them go to everybody. The faces that a program has are asked for by their kind."""
        return render(self.env, "style.css").encode()

    def _page(self, template: str, book: Book, **values: object) -> bytes:
        values |= {"book": book, "language": language(book), "titles": {case.id: case.title for case in book.cases}}
        values |= {"pictures": self.pictures, "cover": self.picture, "is_prize": is_prize, "balanced": balanced, "spaced": spaced}
        values |= {"address": lambda case="": codes.address(book.address, case)}
        root = parsing.document(render(self.env, f"{template}.html", **values))
        settle_tables(root)
        mark_languages(root)
        return xhtml(root)


def language(book: Book) -> str:
    """The book's language as BCP 47 writes it, simplified Chinese where it says none."""
    return book.language if _LANGUAGE.fullmatch(book.language) else "zh-CN"
