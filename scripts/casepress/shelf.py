"""Shelf: the books that collection.yml wishes for, each in its editions, made and written, and what stands ready of them.

Flows in: a project, its collection, a folder. Flows out: PDFs and `books.json`, which says what there is, and problems.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol, TypeVar

from casepress import imprint, pictures, project, publishing
from casepress.book import Book, Composer, book_of
from casepress.coverage import Line, characters_have_faces, shown, written
from casepress.entries import PATH as SETTINGS
from casepress.faces import Faces, NoFaces, find_faces
from casepress.model import BookSettings, Collection
from casepress.pages import Download, Downloads
from casepress.press.making import Made, Press
from casepress.press.proof import case_of
from casepress.problems import Problem, Stopped, error, warning
from casepress.profiles import NoProfile, read_profile
from casepress.project import Project
from casepress.reading import read_content
from casepress.templates import environment

Item = TypeVar("Item")

WHOLE, LIST = "book.pdf", "books.json"
# What WeasyPrint says where something of the text is not on the page, or a link leads nowhere.
_LOSS = re.compile(r"Failed to|\.notdef glyph|No anchor|Content discarded|has more columns|Relative URI|Unable to")


class Progress(Protocol):
    """Shows how far a long work has come: yields the items of a sequence one by one."""

    def __call__(self, label: str, items: Sequence[Item]) -> Iterable[Item]: ...


@dataclass(frozen=True)
class Listed:
    """A file of a book as `books.json` lists it; `path` is below the folder of books."""

    name: str
    title: str
    subtitle: str
    path: str
    pages: int
    bytes: int
    only: tuple[str, ...] = ()
    edition: str = "screen"


def books_can_be_made(place: Project, collection: Collection) -> Iterator[Problem]:
    """The profile, the cover and the colour profile that collection.yml names for each book are there."""
    folders = place.themes("print")
    covers = sorted({file.stem.removeprefix("cover-") for folder in folders for file in folder.glob("cover-*.html")})
    for book in (collection.book, *collection.books):

        def line(name: str, book: BookSettings = book) -> int:
            inherited = getattr(book, name) == getattr(collection.book, name)
            return collection.lines.get(f"book.{name}" if inherited else f"books.{book.name}", 0)

        try:
            read_profile(book.profile, folders)
        except NoProfile as reason:
            yield error(SETTINGS, line("profile"), str(reason), "请改 book 里的 profile", "books_can_be_made")
        if book.cover not in covers:
            cure = f"请改 book 里的 cover，可用的有：{'、'.join(covers)}"
            yield error(SETTINGS, line("cover"), f"没有叫“{book.cover}”的封面", cure, "books_can_be_made")
        if book.color_profile and not _is_there(place, book.color_profile):
            cure = "请把印刷厂给的 .icc 文件放进案例库的文件夹，写相对于这个文件夹的路径，例如 theme/print/press.icc"
            yield error(SETTINGS, line("color_profile"), f"没有 {book.color_profile} 这个颜色特性文件", cure, "books_can_be_made")


def _is_there(place: Project, file: str) -> bool:
    try:
        return bool(project.read(place, file))
    except OSError:
        return False


def fonts_are_there(place: Project, collection: Collection, content: Mapping[str, bytes]) -> Iterator[Problem]:
    """The bureau's fonts can be used, and every character has a face."""
    lines = written(collection, content)
    try:
        faces, problems = faces_for(place, lines)
    except NoFaces as reason:
        yield error("theme/print/faces.yml", 0, str(reason), "请改正它；删去自己的这个文件，就用随 casepress 来的", "fonts_can_be_used")
        return
    yield from problems
    yield from characters_have_faces(lines, faces)


def faces_for(place: Project, lines: Iterable[Line]) -> tuple[Faces, tuple[Problem, ...]]:
    """The face of each role for some text, and what is wrong with the bureau's own fonts. Raises NoFaces."""
    return find_faces(place.themes("print"), place.themes("fonts"), shown(lines))


def write_books(place: Project, collection: Collection, folder: Path, progress: Progress) -> tuple[Problem, ...]:
    """The whole book and the further ones, each in its editions, a PDF of each case, and `books.json`."""
    listed: list[Listed] = []
    problems: tuple[Problem, ...] = ()
    presses: dict[tuple[str, str], Press] = {}
    for settings in (collection.book, *collection.books):
        for edition in settings.editions:
            press = presses.setdefault((settings.profile, edition), press_of(place, collection, settings.profile, edition))
            book = book_in(collection, settings, edition)
            files, made = made_book(press, book, _named(progress, settings.name))
            for suffix, data in files.items():
                path = f"{settings.name}{suffix}.pdf"
                publishing.write(folder / path, data)
                kind = suffix.removeprefix("-") or edition
                listed.append(Listed(settings.name, book.title, book.subtitle, path, made.pages, len(data), settings.only, kind))
            problems += spoken(made, collection)
    press = presses.get((collection.book.profile, "screen")) or press_of(place, collection)
    cases = {}
    for case, made in press.make_cases(book_in(collection, collection.book, "screen"), collection.cases, progress):
        path = f"cases/{case.id}.pdf"
        publishing.write(folder / path, made.pdf)
        cases[case.id] = {"path": path, "title": case.title, "pages": made.pages}
        problems += spoken(made, collection, case.path)
    whole = next((each for each in listed if each.path == WHOLE), None)
    facts = {"book": whole and vars(whole), "books": [vars(each) for each in listed], "cases": cases}
    publishing.write(folder / LIST, json.dumps(facts, ensure_ascii=False, indent=1).encode())
    return problems


def made_book(press: Press, book: Book, progress: Progress) -> tuple[dict[str, bytes], Made]:
    """The files of a book in one edition by what stands behind its name, the book itself first; and how it was made."""
    made = press.make_book(book, progress)
    if press.composer.edition == "screen":
        return {"": made.pdf}, made
    # The cover spread is a file of its own: {"-print": made.pdf, "-cover": make_cover(press, book, made.pages)}
    return {"-print": made.pdf}, made


def book_in(collection: Collection, settings: BookSettings, edition: str) -> Book:
    """A book as an edition of it says it: only on paper is it an internal print. Raises views.UnknownSelection."""
    if edition == "screen":
        collection = replace(collection, imprint=imprint.on_screen(collection.imprint))
    return book_of(collection, settings)


def press_of(place: Project, collection: Collection, profile: str = "", edition: str = "screen") -> Press:
    """The press of a collection: a profile, its templates and its pictures. Raises NoProfile."""
    folders = place.themes("print")
    composer = Composer(environment(folders), read_profile(profile or collection.book.profile, folders), edition)
    pictures_of = [collection.pictures, *(text.pictures for text in collection.texts)]
    assets = {name: lambda file=file: published(place, file) for found in pictures_of for name, file in found.items()}
    faces, _ = faces_for(place, written(collection, read_content(place)[0]))
    return Press(composer, assets, faces)


def published(place: Project, file: str) -> bytes:
    """A picture as it is published. Raises Stopped."""
    try:
        return pictures.publish(project.read(place, file)).data
    except pictures.NotAPicture as reason:
        raise Stopped([error(file, 0, f"图片不能用：{reason}", "请换成原图，或另存为 JPG 或 PNG", "pictures_are_there")]) from reason


def spoken(made: Made, collection: Collection, path: str = SETTINGS) -> tuple[Problem, ...]:
    """What WeasyPrint said and what `proof` found missing, as problems; where something is lost it is an error."""
    problems = []
    for message in made.messages:
        name, loss = case_of(message)
        if name in collection.by_id:
            cure = "请对照 PDF 看看，改写这一处；改不好的，请把案例文件和这句话交给技术人员"
            problems.append(error(collection.by_id[name].path, 0, f"排版有缺失：{loss}", cure, "nothing_is_missing"))
        else:
            say = error if _LOSS.search(message) else warning
            problems.append(say(path, 0, f"排版时有一条提示：{message}", "请对照 PDF 看看是否有东西缺失或变形", "the_press_is_silent"))
    return tuple(problems)


def _named(progress: Progress, name: str) -> Progress:
    """Progress that says which of the books it is."""
    return progress if name == "book" else lambda label, items: progress(f"{label} {name}", items)


def offered(collection: Collection, folder: Path) -> tuple[Downloads, dict[str, Path | bytes]]:
    """The PDFs to read that stand ready in a folder of books and belong to the collection, and where the site keeps them."""
    try:
        listed = json.loads((folder / LIST).read_text("utf-8"))
    except (OSError, ValueError):
        return Downloads(), {}
    files: dict[str, Path | bytes] = {}

    def download(entry: dict) -> Download | None:
        file = folder / entry["path"]
        if not file.is_file():  # someone may have taken it away
            return None
        files[f"books/{entry['path']}"] = file
        words = entry.get("subtitle", ""), tuple(entry.get("only", ()))
        return Download(f"books/{entry['path']}", entry["title"], file.stat().st_size, entry["pages"], *words)

    wished = {(book.name, book.only) for book in collection.books}
    further = [
        download(entry)
        for entry in listed.get("books", ())
        if entry["edition"] == "screen" and (entry["name"], tuple(entry["only"])) in wished
    ]
    cases = {case_id: download(entry) for case_id, entry in listed["cases"].items() if case_id in collection.by_id}
    whole = download(listed["book"]) if listed["book"] else None
    return Downloads(whole, {case_id: each for case_id, each in cases.items() if each}, tuple(filter(None, further))), files
