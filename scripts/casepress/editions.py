"""Editions: the files of a book in each of its editions: to read, for the print shop, to be marked in Word, for phones.

Flows in: a book, and the bench of its collection. Flows out: files, and what there is to mend. A document of Word and an EPUB are kept
whole under a key of all that shapes them; PDFs are kept in pieces (`press.making`).
"""

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from casepress.book.book import Book
from casepress.book.digest import Digests
from casepress.collection.project import SETTINGS, Project
from casepress.epub.making import Binder
from casepress.facts.maker import maker
from casepress.facts.moments import moment
from casepress.facts.store import Store, key
from casepress.press.covers import make_cover
from casepress.press.making import Press
from casepress.press.report import reported
from casepress.press.sharpness import pictures_are_sharp
from casepress.press.workers import Hands
from casepress.values.books import REPORT
from casepress.values.cases import Collection
from casepress.values.losses import Loss
from casepress.values.problems import Problem, error, warning
from casepress.values.progress import Progress
from casepress.workshop import binder_of, press_of

_KIND = "edition"
_LIBRARIES = ("Jinja2", "MarkupSafe", "tinyhtml5", "pillow", "segno", "fonttools")
_LAID_OUT = ("screen", "print")
_PLAIN = "utf-8-sig"  # of a text that whoever gets it opens with whatever there is


@dataclass(frozen=True)
class File:
    """One file of a book: what stands behind the book's name in its own (`-cover`), the edition that it is listed as, its bytes, and its
    pages, 0 where nobody knows how many there are."""

    end: str
    kind: str
    data: bytes
    pages: int = 0

    @property
    def is_listed(self) -> bool:
        """Whether it is an edition of the book; what a print shop is told of one is none."""
        return self.kind != "report"

    def name(self, book: str, suffix: str) -> str:
        """The name of the file for a book of this name, in an edition whose files end so."""
        return f"{book}{self.end}" if "." in self.end else f"{book}{self.end}{suffix}"


@dataclass(frozen=True)
class Bench:
    """With what the books of a collection are made; each press is made once. `hands` are who lays out, `digests` what books say in short."""

    place: Project
    collection: Collection
    hands: Hands = None
    digests: Digests = field(default_factory=Digests)
    _presses: dict[tuple[str, str, str], Press] = field(default_factory=dict)

    def press(self, profile: str, edition: str = "screen", color: str = "") -> Press:
        """The press of a profile, an edition and, for paper, a colour profile. Raises NoProfile, NoInks."""
        wanted = profile, edition, color if edition == "print" else ""
        if wanted not in self._presses:
            self._presses[wanted] = press_of(self.place, self.collection, *wanted, self.hands)
        return self._presses[wanted]

    @cached_property
    def binder(self) -> Binder:
        """Who makes EPUBs."""
        return binder_of(self.place, self.collection)


Files = tuple[tuple[File, ...], tuple[Problem, ...]]


def is_laid_out(edition: str) -> bool:
    """Whether an edition goes through the press."""
    return edition in _LAID_OUT


def files_of(bench: Bench, book: Book, edition: str, progress: Progress, profile: str = "") -> Files:
    """The files of a book in one edition, in its own profile or another one, the book itself first. Raises what their makers raise."""
    return _MAKERS[edition](bench, book, edition, progress, profile or book.settings.profile)


def _pdfs(bench: Bench, book: Book, edition: str, progress: Progress, profile: str) -> Files:
    """For the press the sheet of the cover is a PDF of its own, pictures must be sharp on paper, and the print shop gets a report."""
    press, collection = bench.press(profile, edition, book.settings.color_profile), bench.collection
    made = press.make_book(book, progress)
    if edition == "screen":
        return (File("", edition, made.pdf, made.pages),), spoken(made.messages, collection)
    cover = make_cover(press, book, made.pages)
    files = {name: file for found in (collection, *collection.texts) for name, file in found.pictures.items()}
    coarse = pictures_are_sharp(book.cases, made.pictures, files)
    made, weak = reported(press.store, book, press.composer.profile, made, cover, files)
    found = (
        File("-print", "print", made.pdf, made.pages),
        File("-cover", "cover", cover.pdf, cover.pages),
        File(REPORT, "report", made.report.encode(_PLAIN)),
    )
    return found, (*spoken((*made.messages, *cover.messages), collection), *coarse, *weak)


def _word(bench: Bench, book: Book, edition: str, progress: Progress, profile: str) -> Files:
    from casepress.word.document import make_word

    press = bench.press(profile, edition)
    return _kept(bench, book, edition, "print", (repr(press.composer.profile),), lambda: make_word(book, press.composer, press.assets))


def _epub(bench: Bench, book: Book, edition: str, progress: Progress, profile: str) -> Files:
    shaping = bench.binder.shaping(Store(bench.place.cache))
    return _kept(bench, book, edition, "epub", shaping, lambda: bench.binder.make(book, progress))


_MAKERS: Mapping[str, Callable[[Bench, Book, str, Progress, str], Files]] = {
    "screen": _pdfs,
    "print": _pdfs,
    "word": _word,
    "epub": _epub,
}


def _kept(bench: Bench, book: Book, edition: str, theme: str, more: Iterable[str | bytes], make: Callable[[], bytes]) -> Files:
    """The one file of an edition, made anew where it is not kept. What shapes it: who makes it, all that the book says, the time that it
    bears, every file of its `theme`, and `more`. Pictures are named after their bytes."""
    store = Store(bench.place.cache)
    bodies = ("\0".join(owner.body.pieces) for owner in (*book.cases, *book.texts))
    shown = (part for folder in bench.place.themes(theme) for part in _contents(folder))
    parts = (maker(*_LIBRARIES), zlib.ZLIB_RUNTIME_VERSION, edition, bench.digests.of_book(book), moment(book.date))
    name = key((*parts, *bodies, *more, *shown))
    data = store.get(_KIND, name)
    if data is None:
        data = make()
        store.put(_KIND, name, data)
    return (File("", edition, data),), ()


def _contents(folder: Path) -> Iterator[str | bytes]:
    """The files of a folder by their names, and where the next folder begins."""
    yield ""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix()
            yield path.read_bytes()


def spoken(messages: Iterable[Loss | str], collection: Collection, path: str = SETTINGS) -> tuple[Problem, ...]:
    """What is lost in print, and what else WeasyPrint said, as problems; a loss is an error, and no PDF is written then."""
    owners = {("case", case.id): case.path for case in collection.cases} | {("text", text.name): text.path for text in collection.texts}
    problems = []
    for message in messages:
        if not isinstance(message, Loss):
            what, cure = f"排版时有一条提示：{message}", "请对照 PDF 看看是否有东西变形"
            problems.append(warning(path, 0, what, cure, "the_press_is_silent"))
        elif (message.kind, message.id) in owners:
            what, cure = f"排版有缺失：{message.what}", "请改写这一处；改不好的，请把这个文件和这句话交给技术人员"
            problems.append(error(owners[message.kind, message.id], 0, what, cure, "nothing_is_missing"))
        else:
            what, cure = f"排版时有一条提示：{message.what}", "版面会缺东西，请把这句话交给改样式的人"
            problems.append(error(path, 0, what, cure, "the_press_is_silent"))
    return tuple(problems)
