"""Composing: the HTML of a book's pieces, from the templates of `theme/print` in one profile and the inks of one edition.

Flows in: a `Book` and its pieces, templates, and the `Pages` that the press found. Flows out: HTML and a stylesheet.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from jinja2 import Environment

from casepress.book import colophon
from casepress.book.book import Book, Piece, Section, back, front
from casepress.book.digests import Group, grouped
from casepress.book.dividers import listing
from casepress.book.indexes import spans
from casepress.book.measures import Profile
from casepress.book.printed import printed, printed_text
from casepress.facts import codes
from casepress.facts.characters import OPENING
from casepress.facts.numerals import ON_PAGES
from casepress.facts.store import NOTHING, Store
from casepress.facts.titles import balanced, shortened, spaced
from casepress.facts.vertical import upright
from casepress.markup.templates import compile_all, render
from casepress.values.cases import Case
from casepress.values.fields import is_prize


@dataclass(frozen=True)
class Pages:
    """Where things were found when they were laid out: the printed number of the page on which each id begins, and
    each case's first and last page by its id."""

    labels: Mapping[str, str]
    ranges: Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class Composer:
    """Turns a book's pieces into HTML with the templates of `theme/print`, one profile, and the inks of one edition.

    The edition is `screen` or `print`. `cover_picture` names the asset that is the bureau's own cover, where it has one.
    How cases are set is kept in `store`.
    """

    env: Environment
    profile: Profile
    edition: str = "screen"
    cover_picture: str = ""
    store: Store = NOTHING

    def style(self) -> str:
        """The stylesheet that all pieces share; a cover brings more of its own."""
        return render(self.env, "book.css", profile=self.profile, edition=self.edition)

    def section(self, book: Book, section: Section) -> str:
        """A section's HTML: the same in whatever place of whatever book it stands, as far as its links lead to the same."""
        if section.text:
            body = printed_text(section.text.body.html, self.profile, book.ids)
            return self._render("introduction.html", book, section=section, text=section.text, body=body)
        if section.is_divider:
            return self._render("divider.html", book, section=section)
        is_paper = self.edition != "word"
        columns = book.settings.digests if is_paper else 1
        groups, bodies = grouped(section.cases, self.profile, book.ids, columns, self.store)
        listed = is_paper and bool(book.address) and len(section.cases) > 1
        return self._render("cases.html", book, section=section, groups=groups, bodies=bodies, codes_listed=listed)

    def case(self, book: Book, case: Case) -> str:
        """One case as a document of its own."""
        bodies = {case.id: printed(case, self.profile, {f"case-{case.id}"}, self.store)}
        groups = (Group(False, (case,)),)
        return self._render("cases.html", book, section=Section(book.parts[0], (case,)), groups=groups, bodies=bodies, codes_listed=False)

    def heads(self, book: Book, words: Sequence[str]) -> str:
        """The running heads that belong to the parts of a book."""
        return self._render("heads.html", book, heads=words)

    def cover(self, book: Book, **values: object) -> str:
        """The cover page, or with a `spread` (press.covers) the whole sheet for the press."""
        values = {"half": "front", "spread": None, "cover_picture": self.cover_picture, "upright": upright, **values}
        return self._render(f"cover-{book.settings.cover}.html", book, **values)

    def back_cover(self, book: Book) -> str:
        return self.cover(book, half="back")

    def piece(self, book: Book, piece: Piece, pages: Pages, length: int = 0, full: int = 0) -> str:
        """What stands before or behind the cases; for the imprint, `length` counts the pages between the covers, `full` those not blank."""
        values = {
            "piece": piece,
            "pages": pages.labels,
            "body": printed_text(piece.text.body.html, self.profile, book.ids) if piece.text else "",
            "spans": lambda cases: spans(cases, pages.ranges),
            "front": front(book),
            "back": back(book),
            "facts": colophon.facts(
                book.imprint, book.publisher, book.date, book.cases, self.profile, length, self._full(book, full), book.settings.counted
            ),
            "cip": colophon.cip(book.imprint),
            "note": colophon.WEB_ONLY if book.imprint.publication == "web-only" else "",
        }
        return self._render(f"{piece.template}.html", book, **values)

    def _full(self, book: Book, pages: int) -> float:
        """How many full pages of text a book's pages count as: the title page (扉页) is half a one."""
        return max(0.0, pages - 0.5 * any(piece.template == "half-title" for piece in front(book)))

    def blank(self, book: Book) -> str:
        return self._render("blank.html", book)

    def numerals(self, book: Book) -> str:
        """One page that shows every character of a page number, in the face that page numbers have."""
        return self._render("numerals.html", book, characters=ON_PAGES)

    def letters(self, book: Book, characters: str) -> str:
        """All these characters in the face of titles, and behind a page's end in that of texts."""
        return self._render("letters.html", book, characters=characters)

    def qr_codes(self, book: Book) -> Mapping[str, Callable[[], bytes]]:
        """The QR codes that the templates ask for by name: `qr.svg` is the site's, `qr-ID.svg` a case's."""
        ids = ["", *(case.id for case in book.cases)] if book.address else []
        return {f"qr{id_ and '-'}{id_}.svg": lambda id_=id_: self._code(book, id_).svg for id_ in ids}

    def _code(self, book: Book, case: str = "") -> codes.Code:
        return codes.code(codes.address(book.address, case), "device-cmyk(0 0 0 1)" if self.edition == "print" else "#000")

    def _headed(self, words: str, short: str = "") -> str:
        """What a running head says of a title: what is given for it, or as much as stands on one line."""
        return shortened(short or words, self.profile.head)

    def compile(self) -> None:
        """Compile the templates of books, which else is done for each when it is used first."""
        compile_all(self.env)

    def _render(self, template: str, book: Book, **values: object) -> str:
        values |= {"book": book, "profile": self.profile, "edition": self.edition, "press": colophon.press(book.imprint)}
        values |= {"is_prize": is_prize, "balanced": balanced, "spaced": spaced, "listing": listing, "headed": self._headed, "opening": OPENING}
        values |= {"code": lambda case="": self._code(book, case), "address": lambda case="": codes.address(book.address, case)}
        return render(self.env, template, **values)
