"""Making: a book's pieces laid out one by one, in the order in which their page numbers become known, and bound.

Flows in: a `Book`, the `Composer` that gives HTML, the table of pictures. Flows out: a PDF, its pages, and what
WeasyPrint said on the way.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from types import MappingProxyType

from casepress.book.book import Book, Piece, back, front, sections
from casepress.book.composing import Composer, Pages
from casepress.facts.moments import moment
from casepress.facts.numerals import roman
from casepress.press import figures
from casepress.press.binding import About, BindingFailed, Finish, Leaf, bind
from casepress.press.families import font_configuration
from casepress.press.inks import ColorProfile, general_profile
from casepress.press.layout import Assets, LaidOut, Style, lay_out, read_style
from casepress.press.numbers import numerals
from casepress.press.patches.fontconfig import FontConfiguration
from casepress.press.sharpness import Placed, placed
from casepress.press.speech import spoken
from casepress.type.faces import Faces, shipped_faces
from casepress.values.cases import Case
from casepress.values.losses import Loss


@dataclass(frozen=True)
class Made:
    """A finished PDF; `messages` are what is lost in it, and what else WeasyPrint said. `pictures` are those of an edition
    for the press, as they are printed.
    """

    pdf: bytes
    pages: int
    messages: tuple[Loss | str, ...]
    pictures: tuple[Placed, ...] = ()


class Run:
    """Leaves that are counted in one way, from 1 on a right-hand page, while they are gathered.

    `labels` gives the printed number of the page on which each id begins.
    """

    def __init__(self, blank: LaidOut, named: Callable[[int], str]) -> None:
        self._blank, self._named = blank, named
        self.leaves: list[Leaf] = []
        self.labels: dict[str, str] = {}
        self.messages: list[Loss | str] = []

    @property
    def side(self) -> str:
        """The side of the next page."""
        return "left" if len(self.leaves) % 2 else "right"

    def open(self, recto: bool) -> None:
        """See that a piece which begins on a right-hand page can begin: insert a blank, which shows nothing."""
        if recto and self.side == "left":
            self.add(self._blank, numbered=False)

    def add(self, piece: LaidOut, numbered: bool) -> None:
        for anchor, index in piece.anchors.items():
            self.labels.setdefault(anchor, self._named(len(self.leaves) + index + 1))
        for index in range(piece.length):
            self.leaves.append(Leaf(piece, index, self._named(len(self.leaves) + 1), numbered))
        self.messages.extend(piece.messages)

    def replace(self, piece: LaidOut, anchor: str) -> None:
        """Put a piece, laid out anew, in the place of the one that has the same id and as many pages."""
        old = next(leaf.piece for leaf in self.leaves if anchor in leaf.piece.anchors)
        if old.length != piece.length:
            raise BindingFailed("装订出错，编印信息的页数前后不一")
        self.leaves = [replace(leaf, piece=piece) if leaf.piece is old else leaf for leaf in self.leaves]


def _in_covers(leaves: Sequence[Leaf], cover: LaidOut, back: LaidOut, blank: LaidOut) -> list[Leaf]:
    """The book as one holds it: 封面 and 封底 outside, on a right-hand and a left-hand page, 封二 and 封三 blank."""
    for piece, name in ((cover, "封面"), (back, "封底")):
        if piece.length != 1:
            raise BindingFailed(f"{name}排了 {piece.length} 页，应当是一页，请把上面的文字写短一些")
    found = [Leaf(cover, 0, "封面", False), Leaf(blank, 0, "封二", False), *leaves]
    if len(found) % 2 == 0:
        found.append(Leaf(blank, 0, "封三", False))
    return [*found, Leaf(back, 0, "封底", False)]


@dataclass(frozen=True)
class Press:
    """Makes books and case PDFs with one composer and one table of pictures; its fonts are loaded once."""

    composer: Composer
    assets: Assets
    faces: Faces = field(default_factory=shipped_faces)
    color: ColorProfile | None = None

    @cached_property
    def ink_profile(self) -> ColorProfile | None:
        """The colour profile of an edition for the press: its own, or the general one. Raises NoInks."""
        return None if self.composer.edition == "screen" else self.color or general_profile()

    @cached_property
    def _fonts(self) -> tuple[FontConfiguration, tuple[Loss | str, ...]]:
        with spoken() as messages:
            return font_configuration(self.faces), tuple(messages)

    @cached_property
    def _style(self) -> Style:
        return read_style(self.composer.style(), self._fonts[0])

    def lay_out(self, html: str, codes: Assets = MappingProxyType({})) -> LaidOut:
        """Lay out one piece, with the QR codes of its book."""
        edition = self.composer.edition
        settle = partial(figures.settle, profile=self.composer.profile, edition=edition)
        return lay_out(html, {**self.assets, **codes}, self._fonts[0], self._style, figures.DPI[edition], settle)

    def finish(self, book: Book) -> Finish:
        """In what the book is bound. Raises NoNumerals and NoInks."""
        return Finish(self.composer.profile, numerals(self.lay_out(self.composer.numerals(book))), self.ink_profile)

    def make_book(self, book: Book, watched=lambda label, items: items) -> Made:
        """The whole book, with covers where it is read on a screen.

        What names pages is laid out after what it names: the cases, then what stands behind them with the indexes,
        then what stands before them with the contents, and last the imprint, which counts them all. Raises
        BindingFailed where a chosen case or a text is not in the book exactly once.
        """
        composer, codes = self.composer, self.composer.qr_codes(book)
        blank = self.lay_out(composer.blank(book))
        body, head = Run(blank, str), Run(blank, roman)
        ranges: dict[str, tuple[int, int]] = {}

        for section in watched("排版", sections(book, composer.profile.opening)):
            body.open(section.recto)
            piece = self.lay_out(composer.section(book, section, body.side), codes)
            for case in section.cases:
                if f"case-{case.id}" not in piece.anchors:
                    raise BindingFailed(f"装订出错，案例 {case.id} 没有排出来")
                if case.id in ranges:
                    raise BindingFailed(f"装订出错，案例 {case.id} 收了不止一次")
                ranges[case.id] = tuple(len(body.leaves) + at[f"case-{case.id}"] + 1 for at in (piece.anchors, piece.ends))
            body.add(piece, numbered=not section.is_divider)

        def set_piece(piece: Piece, run: Run, length: int = 0) -> LaidOut:
            pages = Pages({**head.labels, **body.labels}, ranges)
            laid = self.lay_out(composer.piece(book, piece, run.side, pages, length), codes)
            lost = [title for anchor, title in piece.titles if anchor not in laid.anchors]
            if lost:
                raise BindingFailed(f"装订出错，{'、'.join(lost)}没有排出来")
            return laid

        for piece in back(book):
            body.open(piece.recto)
            body.add(set_piece(piece, body), piece.numbered)
        for piece in front(book):
            head.open(piece.recto)
            head.add(set_piece(piece, head), piece.numbered)
        head.open(recto=True)
        if composer.edition == "print":
            body.open(recto=True)  # paper has two sides
        length = len(head.leaves) + len(body.leaves) + len(body.leaves) % 2
        for piece in front(book):
            if piece.template == "imprint":
                head.replace(set_piece(piece, head, length), piece.titles[0][0])

        leaves = [*head.leaves, *body.leaves]
        messages = [*self._fonts[1], *self._style.messages, *body.messages, *head.messages]
        if composer.edition == "screen" and "covers" not in book.settings.omit:
            outside = [self.lay_out(html, codes) for html in (composer.cover(book), composer.back_cover(book))]
            leaves = _in_covers(leaves, *outside, blank)
            messages.extend(message for piece in outside for message in piece.messages)
        titles = tuple(part.title for part in book.parts)
        about = About(book.title, book.publisher, book.language, book.subtitle, titles, moment(book.date))
        pdf, written = bind(leaves, self.finish(book), about, book.outline())
        pieces = {id(leaf.piece): leaf.piece for leaf in leaves if self.ink_profile}.values()
        shown = tuple(picture for piece in pieces for picture in placed(piece))
        return Made(pdf, len(leaves), tuple(dict.fromkeys((*messages, *written))), shown)

    def make_cases(self, book: Book, cases: Sequence[Case], watched=lambda label, items: items) -> Iterable[tuple[Case, Made]]:
        """A PDF of each case by itself."""
        finish, codes = self.finish(book), self.composer.qr_codes(book)
        for case in watched("单篇", cases):
            piece = self.lay_out(self.composer.case(book, case), codes)
            leaves = [Leaf(piece, index, str(index + 1), piece.length > 1) for index in range(piece.length)]
            keywords = tuple(filter(None, map(case.text, ("theme", "region", "batch"))))
            about = About(case.title, case.text("school"), book.language, case.text("summary"), keywords, moment(book.date))
            pdf, written = bind(leaves, finish, about, [(0, case.title)])
            yield case, Made(pdf, piece.length, tuple(dict.fromkeys((*piece.messages, *written))))
