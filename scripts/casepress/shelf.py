"""Shelf: the books that collection.yml wishes for, each in its editions, made and written, and what stands ready of them.

Flows in: a project, its collection, a folder. Flows out: PDFs and `books.json`, which says what there is, and problems.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol, TypeVar

from casepress import publishing
from casepress.book.book import Book, book_of
from casepress.collection import imprint
from casepress.collection.entries import PATH as SETTINGS
from casepress.collection.project import Project
from casepress.press.covers import make_cover
from casepress.press.making import Made, Press
from casepress.press.sharpness import pictures_are_sharp
from casepress.site.pages import Download, Downloads
from casepress.values.cases import BookSettings, Collection
from casepress.values.losses import Loss
from casepress.values.problems import Problem, error, warning
from casepress.workshop import press_of

Item = TypeVar("Item")

WHOLE, LIST = "book.pdf", "books.json"


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


def write_books(place: Project, collection: Collection, folder: Path, progress: Progress) -> tuple[Problem, ...]:
    """The whole book and the further ones, each in its editions, a PDF of each case, and `books.json`."""
    listed: list[Listed] = []
    problems: tuple[Problem, ...] = ()
    presses: dict[tuple[str, str, str], Press] = {}
    for settings in (collection.book, *collection.books):
        for edition in settings.editions:
            wanted = (settings.profile, edition, settings.color_profile if edition == "print" else "")
            press = presses[wanted] = presses.get(wanted) or press_of(place, collection, *wanted)
            book = book_in(collection, settings, edition)
            files, said = made_book(press, book, collection, _named(progress, settings.name))
            for suffix, made in files.items():
                path = f"{settings.name}{suffix}.pdf"
                publishing.write(folder / path, made.pdf)
                kind = suffix.removeprefix("-") or edition
                listed.append(Listed(settings.name, book.title, book.subtitle, path, made.pages, len(made.pdf), settings.only, kind))
            problems += said
    press = presses.get((collection.book.profile, "screen", "")) or press_of(place, collection)
    cases = {}
    for case, made in press.make_cases(book_in(collection, collection.book, "screen"), collection.cases, progress):
        path = f"cases/{case.id}.pdf"
        publishing.write(folder / path, made.pdf)
        cases[case.id] = {"path": path, "title": case.title, "pages": made.pages}
        problems += spoken(made.messages, collection, case.path)
    whole = next((each for each in listed if each.path == WHOLE), None)
    facts = {"book": whole and vars(whole), "books": [vars(each) for each in listed], "cases": cases}
    publishing.write(folder / LIST, json.dumps(facts, ensure_ascii=False, indent=1).encode())
    return problems


def made_book(press: Press, book: Book, collection: Collection, progress: Progress) -> tuple[dict[str, Made], tuple[Problem, ...]]:
    """The PDFs of a book in one edition by what stands behind its name, the book itself first; and what there is to mend.

    For the press the sheet of the cover is a PDF of its own, and its pictures must be sharp on paper.
    """
    made = press.make_book(book, progress)
    if press.composer.edition == "screen":
        return {"": made}, spoken(made.messages, collection)
    cover = make_cover(press, book, made.pages)
    files = {name: file for found in (collection, *collection.texts) for name, file in found.pictures.items()}
    coarse = pictures_are_sharp(book.cases, made.pictures, files)
    return {"-print": made, "-cover": cover}, (*spoken((*made.messages, *cover.messages), collection), *coarse)


def book_in(collection: Collection, settings: BookSettings, edition: str) -> Book:
    """A book as an edition of it says it: only on paper is it an internal print. Raises views.UnknownSelection."""
    if edition == "screen":
        collection = replace(collection, imprint=imprint.on_screen(collection.imprint))
    return book_of(collection, settings)


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
        download(entry) for entry in listed.get("books", ()) if entry["edition"] == "screen" and (entry["name"], tuple(entry["only"])) in wished
    ]
    cases = {case_id: download(entry) for case_id, entry in listed["cases"].items() if case_id in collection.by_id}
    whole = download(listed["book"]) if listed["book"] else None
    return Downloads(whole, {case_id: each for case_id, each in cases.items() if each}, tuple(filter(None, further))), files
