"""Making: a book's sections laid out one by one, put in order with cover and contents, and bound.

Flows in: a `Book`, the `Composer` that gives HTML, the table of pictures. Flows out: a PDF, its pages, and what
WeasyPrint said on the way.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from weasyprint.text.fonts import FontConfiguration

from casepress.book import Book, Composer, sections
from casepress.model import Case
from casepress.press import figures
from casepress.press.binding import About, BindingFailed, Leaf, Numerals, bind, moment, numerals, roman
from casepress.press.fonts import faces
from casepress.press.inks import ColorProfile, color_profile
from casepress.press.layout import Assets, LaidOut, lay_out, spoken
from casepress.press.sharpness import Printed, printed


@dataclass(frozen=True)
class Made:
    """A finished PDF; `messages` are WeasyPrint's warnings, `starts` the printed page number of each case by its id.

    `pictures` are those of an edition for the press, as they are printed.
    """

    pdf: bytes
    pages: int
    messages: tuple[str, ...]
    starts: dict[str, int]
    pictures: tuple[Printed, ...] = ()


@dataclass(frozen=True)
class Press:
    """Makes books and case PDFs with one composer and one table of pictures; its fonts are loaded once."""

    composer: Composer
    assets: Assets
    color: ColorProfile | None = None

    @cached_property
    def ink_profile(self) -> ColorProfile | None:
        """The colour profile of an edition for the press: its own, or the general one. Raises NoInks."""
        return None if self.composer.edition == "screen" else self.color or color_profile(())

    @cached_property
    def _faces(self) -> tuple[FontConfiguration, tuple[str, ...]]:
        with spoken() as messages:
            return faces(), tuple(messages)

    def lay_out(self, html: str) -> LaidOut:
        loaded = {name: self.assets[name]() for name in figures.names(html) if name in self.assets}
        html = figures.in_whole_lines(html, loaded, self.composer.profile)
        assets = {**self.assets, **{name: (lambda data=data: data) for name, data in loaded.items()}}
        return lay_out(html, assets, self._faces[0])

    def numerals(self, book: Book) -> Numerals:
        return numerals(self.lay_out(self.composer.numerals(book)))

    def make_book(self, book: Book, watched=lambda label, items: items) -> Made:
        """The whole book. Raises BindingFailed where a chosen case is not in it exactly once."""
        blank = self.lay_out(self.composer.blank(book))
        body: list[Leaf] = []
        starts: dict[str, int] = {}
        messages: list[str] = list(self._faces[1])

        def add(piece: LaidOut, numbered: bool) -> None:
            for index in range(piece.length):
                body.append(Leaf(piece, index, str(len(body) + 1), numbered))
            messages.extend(piece.messages)

        for section in watched("排版", sections(book)):
            if section.recto and len(body) % 2:
                add(blank, numbered=False)
            side = "right" if len(body) % 2 == 0 else "left"
            piece = self.lay_out(self.composer.section(book, section, side))
            for case in section.cases:
                if f"case-{case.id}" not in piece.anchors:
                    raise BindingFailed(f"装订出错，案例 {case.id} 没有排出来")
                if case.id in starts:
                    raise BindingFailed(f"装订出错，案例 {case.id} 收了不止一次")
                starts[case.id] = len(body) + piece.anchors[f"case-{case.id}"] + 1
            add(piece, numbered=not section.is_divider)
        cover = self.lay_out(self.composer.cover(book))
        contents = self.lay_out(self.composer.contents(book, starts))
        messages.extend((*cover.messages, *contents.messages))
        front = self._front(cover, contents, blank)
        leaves = [*front, *body]
        about = About(book.subtitle, tuple(part.title for part in book.parts), moment(book.date))
        pdf, written = bind(
            leaves, self.composer.profile, self.numerals(book), book.title, book.publisher, book.language, book.outline(), about, self.ink_profile
        )
        pieces = {id(leaf.piece): leaf.piece for leaf in leaves if self.ink_profile}.values()
        shown = tuple(picture for piece in pieces for picture in printed(piece))
        return Made(pdf, len(leaves), tuple(dict.fromkeys((*messages, *written))), starts, shown)

    def _front(self, cover: LaidOut, contents: LaidOut, blank: LaidOut) -> list[Leaf]:
        """Cover and contents, each on a right-hand page, with an even number of pages before the body."""
        leaves: list[Leaf] = []
        pieces = ((cover, False), (contents, True))
        for piece, numbered in pieces[self.composer.edition == "print" :]:  # for the press the cover is a file of its own
            if len(leaves) % 2:
                leaves.append(Leaf(blank, 0, roman(len(leaves) + 1), False))
            for index in range(piece.length):
                leaves.append(Leaf(piece, index, roman(len(leaves) + 1), numbered))
        if len(leaves) % 2:
            leaves.append(Leaf(blank, 0, roman(len(leaves) + 1), False))
        return leaves

    def make_cases(self, book: Book, cases: Sequence[Case], watched=lambda label, items: items) -> Iterable[tuple[Case, Made]]:
        """A PDF of each case by itself."""
        font = self.numerals(book)
        for case in watched("单篇", cases):
            piece = self.lay_out(self.composer.case(book, case))
            leaves = [Leaf(piece, index, str(index + 1), piece.length > 1) for index in range(piece.length)]
            about = About(case.text("summary"), tuple(filter(None, map(case.text, ("theme", "region", "batch")))), moment(book.date))
            pdf, written = bind(
                leaves, self.composer.profile, font, case.title, case.text("school"), book.language, [(0, case.title)], about, self.ink_profile
            )
            yield case, Made(pdf, piece.length, tuple(dict.fromkeys((*piece.messages, *written))), {case.id: 1})
