"""Making: a book's pieces laid out one by one, in the order in which their page numbers become known, and bound.

Flows in: a `Book`, the `Composer` that gives HTML, the table of pictures. Flows out: a PDF, its pages, and what
WeasyPrint said on the way.
"""

from collections import ChainMap, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from itertools import chain, islice
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from casepress.book.book import Book, back, front, sections
from casepress.book.book import Piece as Text
from casepress.book.composing import Composer, Pages
from casepress.facts.budgets import BINDING, LAYING, Budget, Limit, Over, problems
from casepress.facts.crews import Crew, nothing
from casepress.facts.moments import moment
from casepress.facts.numerals import roman
from casepress.facts.passing import Folder
from casepress.facts.store import Store
from casepress.press import jobs, numbers, workers
from casepress.press.assembling import Assembly
from casepress.press.binding import BindingFailed, bind, kept
from casepress.press.embedding import embedded
from casepress.press.inks import ColorProfile, general_profile
from casepress.press.leaves import Finish, Leaf, pictures_on
from casepress.press.recipes import Assets, Job, Recipe, job, recipe
from casepress.press.runs import Run, by_itself, guessed_numbers, head_of, in_covers, whole
from casepress.press.saying import About
from casepress.press.unfinished import told
from casepress.press.written.exchanging import exchanged, in_html
from casepress.press.written.parts import Part
from casepress.press.written.pieces import Piece, facts_of
from casepress.press.written.sheets import Face, Placed
from casepress.type.faces import Faces, shipped_faces
from casepress.values.cases import Case
from casepress.values.losses import Loss
from casepress.values.problems import Stopped

if TYPE_CHECKING:  # loading WeasyPrint takes a second; where all is kept that a book needs, it is not asked
    from casepress.press.layout import LaidOut

R = TypeVar("R")
_AHEAD = 200  # cases that are made to PDFs of their own in one go


@dataclass(frozen=True)
class Made:
    """A finished PDF; `messages` are what is lost in it, and what else WeasyPrint said. `pictures` are those of an edition
    for the press, as they are printed, `report` is what its print shop is told.
    """

    pdf: bytes
    pages: int
    messages: tuple[Loss | str, ...]
    pictures: tuple[Placed, ...] = ()
    report: str = ""


@dataclass(frozen=True)
class Press:
    """Makes books and case PDFs with one composer and one table of pictures.

    What is laid out is kept in `store` (without one, as long as the press is there) and laid out by `executor`: workers of others or a crew
    (`workers.at_hand`), or without both by whom `workers.done` finds. A crew holds each case to the `budget`.
    """

    composer: Composer
    assets: Assets
    faces: Faces = field(default_factory=shipped_faces)
    color: ColorProfile | None = None
    store: Store = Store(None)
    executor: workers.Hands = None
    budget: Budget = Budget()

    @cached_property
    def ink_profile(self) -> ColorProfile | None:
        """The colour profile of an edition for the press: its own, or the general one. Raises NoInks."""
        return None if self.composer.edition == "screen" else self.color or general_profile()

    @cached_property
    def _folder(self) -> Folder:
        return Folder()

    @cached_property
    def _kept(self) -> Store:
        return self.store if self.store.folder else Store(Path(self._folder.name))

    @cached_property
    def recipe(self) -> Recipe:
        """With what its pieces are laid out. Raises NoInks."""
        composer = self.composer
        return recipe(self.faces, composer.style(), composer.profile, composer.edition, self.ink_profile, self._kept)

    @cached_property
    def _common(self) -> tuple[Recipe, Store]:
        """What all pieces have in common: how they are made, and where they are kept if workers of this machine make them."""
        return self.recipe, Store(None) if isinstance(self.executor, Executor) else self._kept

    def _done(self, work: Callable[..., R], given: Iterable, meanwhile: Callable = nothing, limit: Callable = nothing) -> Iterator[R]:
        return workers.done(work, given, self.executor, self._common, jobs.ready, meanwhile, limit)

    def limit(self, work: Job) -> Limit:
        """What may be taken for a piece of cases."""
        return self.budget.limit(*work.size)

    def _faces(self, faces: Iterable[Face]) -> Iterable[tuple[Part, ...]]:
        """The faces of a book, each with the glyphs that the book shows; their files are on this machine."""
        if isinstance(self.executor, Executor):
            return (embedded(face, self._kept) for face in faces)
        return self._done(jobs.face, faces)

    def lay_out(self, html: str, codes: Assets = MappingProxyType({})) -> "LaidOut":
        """Lay out one piece, with the QR codes of its book, and look at it. Raises Refused."""
        from casepress.press.laying import laid

        return laid(self.recipe, job(self.recipe, html, {**self.assets, **codes}))

    def piece(self, html: str, codes: Assets = MappingProxyType({})) -> Piece:
        """One piece, laid out now or before. Raises Refused."""
        return next(self.pieces([html], codes))

    def pieces(
        self,
        html: Iterable[str],
        codes: Assets = MappingProxyType({}),
        meanwhile: Callable[[], object] = nothing,
        limit: Callable[[Job], Limit | None] = nothing,
    ) -> Iterator[Piece | Over]:
        """Pieces in their order, those that are not kept laid out side by side; `meanwhile` and `limit` are as in `workers.done`.

        Raises Refused, workers.WorkerLost.
        """
        order: deque[tuple[str, Piece | None]] = deque()  # what is kept, and by their names what is being laid out
        asked: deque[str] = deque()
        known: dict[str, Piece | Over] = {}

        assets = ChainMap(codes, self.assets)

        def missing() -> Iterator[Job]:
            for each in html:
                work = job(self.recipe, each, assets)
                name = work.key
                data = self._kept.get("piece", name)
                order.append((name, None if data is None else Piece(facts_of(data), name, self._kept)))
                if data is None and name not in known and name not in asked:
                    asked.append(name)
                    yield work

        for found in self._done(jobs.lay, missing(), meanwhile, limit):
            name = asked.popleft()
            known[name] = found if isinstance(found, Over) else self._held(name, *found)
            while order and (order[0][1] or order[0][0] in known):
                name, piece = order.popleft()
                yield piece or known[name]
        yield from (piece or known[name] for name, piece in order)

    def _held(self, name: str, data: bytes, is_kept: bool) -> Piece:
        held = None if is_kept or self._kept.put("piece", name, data) else data
        return Piece(facts_of(data), name, self._kept, held)

    def _exchanged(self, guessed: Piece, html: str, true: str, numbers: Mapping[str, str], codes: Assets) -> Piece | None:
        """What was laid out of some HTML with guessed numbers, as the piece of the true HTML, if nothing else differs."""
        if in_html(html, numbers) != true:
            return None
        name, held = job(self.recipe, true, ChainMap(codes, self.assets)).key, None
        data = self._kept.get("piece", name)
        if data is None and (data := exchanged(guessed.data, numbers)):
            held = None if self._kept.put("piece", name, data) else data
        return Piece(facts_of(data), name, self._kept, held) if data else None

    def finish(self, book: Book, heads: Iterable[str] = ()) -> Finish:
        """In what the book is bound; `heads` are those of its parts. Raises NoNumerals and NoInks."""
        composer = self.composer
        shown = self.piece(composer.numerals(book))
        words = tuple(dict.fromkeys(heads)) if composer.profile.heads else ()
        over = self.piece(composer.heads(book, words)) if words else None
        slugs = numbers.widest(shown) if self.ink_profile else None
        return Finish(composer.profile, numbers.numerals(shown), self._kept, slugs, over, self.ink_profile)

    def make_book(self, book: Book, watched=lambda label, items: items) -> Made:
        """The whole book, with covers where it is read on a screen.

        What names pages is laid out after what it names: the cases, then what stands behind them with the indexes,
        then what stands before them with the contents, and last the imprint, which counts them all. The contents are laid out beside
        what stands behind the cases, with guessed numbers of its pages, which are exchanged for the true ones. Raises
        BindingFailed where a chosen case or a text is not in the book exactly once, and Stopped.
        """
        composer, codes = self.composer, self.composer.qr_codes(book)
        if isinstance(self.executor, Crew) and self.executor.tell(self._common, jobs.ready):
            composer.compile()  # while its leader loads
        found = sections(book, composer.profile.opening)
        first = (composer.blank(book), composer.numerals(book))  # with the cases, of which the next are asked for while hands are made ready
        html_of = partial(composer.section, book)
        laid = self.pieces(chain(first, map(html_of, found)), codes, limit=self.limit)
        blank, _ = next(laid), next(laid)
        finish = replace(self.finish(book, (head_of(book, section) for section in found if section.cases)), faces=self._faces)
        body, head, over = Run(blank, str), Run(blank, roman), []
        ranges: dict[str, tuple[int, int]] = {}

        for section, piece in zip(watched("排版", found), laid, strict=True):
            if isinstance(piece, Over):
                over.append((section, piece))
                continue
            body.open(section.recto)
            anchors, ends = piece.facts.anchors, piece.facts.ends
            for case in section.cases:
                if f"case-{case.id}" not in anchors:
                    raise BindingFailed(f"装订出错，案例 {case.id} 没有排出来")
                if case.id in ranges:
                    raise BindingFailed(f"装订出错，案例 {case.id} 收了不止一次")
                ranges[case.id] = tuple(len(body.leaves) + at[f"case-{case.id}"] + 1 for at in (anchors, ends))
            heads = {} if section.is_divider else {"left": head_of(book, section)}
            body.add(piece, not section.is_divider, heads, int(book.is_divided and not section.is_divider and not section.band))

        if over:
            raise Stopped(said for each in over for said in told(*each, lambda some: self.pieces(map(html_of, some), codes, limit=self.limit)))

        def html(piece: Text, length: int = 0, full: int = 0, guessed: Mapping[str, str] = MappingProxyType({})) -> str:
            return composer.piece(book, piece, Pages({**head.labels, **body.labels, **guessed}, ranges), length, full)

        titles = tuple(part.title for part in book.parts)
        about = About(book.title, book.publisher, book.language, book.subtitle, titles, moment(book.date))
        begun = Assembly(finish, about)  # what is laid out can be written while the rest is not
        begun.go_on(tuple(body.leaves))

        def put(piece: Text, run: Run, laid: Piece) -> None:
            run.open(piece.recto)
            run.add(laid, piece.numbered)

        behind, before = back(book), front(book)
        contents = [piece for piece in before if piece.template == "contents"]  # they stand last
        plain = before[: len(before) - len(contents)]
        early = list(zip(plain, self.pieces([html(piece) for piece in plain], codes, begun.step), strict=True))
        for piece, each in early:
            put(piece, head, each)
        guessed = guessed_numbers(behind, len(body.leaves), ranges)
        guesses = [html(piece, guessed=guessed) for piece in contents if guessed]
        guesses = [each for each in guesses if in_html(each, {number: number for number in guessed.values()})]
        length, laid = len(body.leaves), self.pieces([*map(html, behind), *guesses], codes, begun.step)
        for piece in behind:
            put(piece, body, whole(piece, next(laid)))
        begun.go_on(tuple(body.leaves[length:]))
        guess, *_ = *laid, None
        for piece, each in early:
            whole(piece, each)
        numbers = {number: body.labels[anchor] for anchor, number in guessed.items()}
        for piece in contents:
            true = html(piece)
            each = self._exchanged(guess, guesses[0], true, numbers, codes) if guess else None
            put(piece, head, whole(piece, each or next(self.pieces([true], codes, begun.step))))
        head.open(recto=True)
        added = body.lacking(len(head.leaves), book.settings.signature)  # paper has two sides
        length, full = len(head.leaves) + len(body.leaves) + added, head.shown + body.shown
        if composer.edition == "print":
            body.fill(added)
        for piece in before:
            if piece.template == "imprint":
                head.replace(whole(piece, self.piece(html(piece, length, full), codes)), piece.titles[0][0])

        leaves = [*head.leaves, *body.leaves]
        messages = [*body.messages, *head.messages]
        if composer.edition == "screen" and "covers" not in book.settings.omit:
            outside = list(self.pieces((composer.cover(book), composer.back_cover(book)), codes))
            leaves = in_covers(leaves, *outside, blank)
            messages.extend(message for piece in outside for message in piece.facts.messages)
        pdf, lost = bind(leaves, finish, about, book.outline(), begun=begun)
        shown = pictures_on(leaves) if self.ink_profile else ()
        return Made(pdf, len(leaves), tuple(dict.fromkeys((*messages, *lost))), shown)

    def make_letters(self, book: Book, characters: str) -> bytes:
        """A PDF that holds these characters in the face of titles and, from where `texts` is on, in that of texts."""
        piece = self.piece(self.composer.letters(book, characters))
        return bind([Leaf(piece, at, str(at + 1), False) for at in range(piece.length)], self.finish(book), About("", "", book.language), [])[0]

    def make_cases(self, book: Book, cases: Sequence[Case], watched=lambda label, items: items) -> Iterable[tuple[Case, Made]]:
        """A PDF of each case by itself. Raises Stopped when all others are made."""
        finish, codes = self.finish(book), self.composer.qr_codes(book)
        waiting, over = iter(watched("单篇", cases)), []
        while some := tuple(islice(waiting, _AHEAD)):
            laid = list(zip(some, self.pieces((self.composer.case(book, case) for case in some), codes, limit=self.limit), strict=True))
            over += (said for case, piece in laid if isinstance(piece, Over) for said in problems(case.path, LAYING, piece))
            laid = [(case, piece) for case, piece in laid if isinstance(piece, Piece)]
            sheets = [by_itself(book, case, piece, finish) for case, piece in laid]
            known = [kept(*sheet[:3]) for sheet in sheets]
            asked = (sheet for sheet, pdf in zip(sheets, known, strict=True) if pdf is None)
            bound = self._done(jobs.bound, asked, limit=lambda sheet: self.budget.limit(0, len(sheet[0])))
            for (case, piece), before in zip(laid, known, strict=True):
                made = next(bound) if before is None else (before, ())
                if isinstance(made, Over):
                    over += problems(case.path, BINDING, made)
                else:
                    yield case, Made(made[0], piece.length, tuple(dict.fromkeys((*piece.facts.messages, *made[1]))))
        if over:
            raise Stopped(over)
