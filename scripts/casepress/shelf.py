"""Shelf: the books that collection.yml wishes for, each in its editions, made and written.

Flows in: a project, its collection, a folder. Flows out: PDFs, documents of Word, EPUBs and `books.json`, which says what there is,
and problems.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from casepress import publishing
from casepress.book import digest
from casepress.book.book import Book, book_in
from casepress.collection.project import SETTINGS, Project
from casepress.epub.making import Binder
from casepress.offers import LIST, WHOLE, Listed, case_path
from casepress.press.covers import make_cover
from casepress.press.making import Made, Press
from casepress.press.report import reported
from casepress.press.sharpness import pictures_are_sharp
from casepress.press.workers import Hands
from casepress.values.books import REPORT
from casepress.values.cases import Collection
from casepress.values.losses import Loss
from casepress.values.problems import Problem, error, warning
from casepress.values.progress import Progress
from casepress.word.document import make_word
from casepress.workshop import binder_of, press_of

_PLAIN = "utf-8-sig"  # of a text that whoever gets it opens with whatever there is


def write_books(place: Project, collection: Collection, folder: Path, progress: Progress, executor: Hands = None) -> tuple[Problem, ...]:
    """The whole book and the further ones, each in its editions, a PDF of each case, and `books.json`."""
    listed: list[Listed] = []
    problems: tuple[Problem, ...] = ()
    binder: Binder | None = None
    presses: dict[tuple[str, str, str], Press] = {}
    for settings in collection.all_books:
        for edition in settings.editions:
            if edition == "epub":
                book = book_in(collection, settings, edition)
                binder = binder or binder_of(place, collection)
                data = binder.make(book, _named(progress, settings.name))
                entry = Listed(settings.name, book.title, book.subtitle, f"{settings.name}.epub", digest.of_book(book), settings.only, edition)
                listed.append(_put(folder, entry, data))
                continue
            wanted = (settings.profile, edition, settings.color_profile if edition == "print" else "")
            press = presses[wanted] = presses.get(wanted) or press_of(place, collection, *wanted, executor)
            book = book_in(collection, settings, edition)
            if edition == "word":
                entry = Listed(settings.name, book.title, book.subtitle, f"{settings.name}.docx", digest.of_book(book), settings.only, edition)
                listed.append(_put(folder, entry, make_word(book, press.composer, press.assets)))
                continue
            files, said = made_book(press, book, collection, _named(progress, settings.name))
            for suffix, made in files.items():
                path, kind = f"{settings.name}{suffix}.pdf", suffix.removeprefix("-") or edition
                entry = Listed(settings.name, book.title, book.subtitle, path, digest.of_book(book), settings.only, kind)
                listed.append(_put(folder, entry, made.pdf, made.pages))
                if made.report:
                    publishing.write(folder / f"{settings.name}{REPORT}", made.report.encode(_PLAIN))
            problems += said
    press = presses.get((collection.book.profile, "screen", "")) or press_of(place, collection, executor=executor)
    book = book_in(collection, collection.book, "screen")
    cases = {}
    for case, made in press.make_cases(book, collection.cases, progress):
        entry = Listed(case.id, case.title, "", case_path(case.id), digest.of_case(book, case))
        cases[case.id] = _put(folder, entry, made.pdf, made.pages)
        problems += spoken(made.messages, collection, case.path)
    whole = next((each for each in listed if each.path == WHOLE), None)
    facts = {
        "book": whole and vars(whole),
        "books": [vars(each) for each in listed],
        "cases": {name: vars(each) for name, each in cases.items()},
    }
    publishing.write(folder / LIST, json.dumps(facts, ensure_ascii=False, indent=1).encode())
    return problems


def _put(folder: Path, entry: Listed, data: bytes, pages: int = 0) -> Listed:
    """Write a file into a folder of books, and list it as it is; how many pages an EPUB or a document of Word has nobody knows."""
    publishing.write(folder / entry.path, data)
    return replace(entry, pages=pages, bytes=len(data), sha256=hashlib.sha256(data).hexdigest())


def files_of(press: Press, book: Book, collection: Collection, progress: Progress) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """The files of a book in one edition by what stands behind its name, and what there is to mend."""
    if press.composer.edition == "word":
        return {"": make_word(book, press.composer, press.assets)}, ()
    files, said = made_book(press, book, collection, progress)
    found = {suffix: made.pdf for suffix, made in files.items()}
    for made in files.values():
        if made.report:
            found[REPORT] = made.report.encode(_PLAIN)
    return found, said


def made_book(press: Press, book: Book, collection: Collection, progress: Progress) -> tuple[dict[str, Made], tuple[Problem, ...]]:
    """The PDFs of a book in one edition by what stands behind its name, the book itself first; and what there is to mend.

    For the press the sheet of the cover is a PDF of its own, its pictures must be sharp on paper, and its print shop gets a report.
    """
    made = press.make_book(book, progress)
    if press.composer.edition == "screen":
        return {"": made}, spoken(made.messages, collection)
    cover = make_cover(press, book, made.pages)
    files = {name: file for found in (collection, *collection.texts) for name, file in found.pictures.items()}
    coarse = pictures_are_sharp(book.cases, made.pictures, files)
    made, weak = reported(press.store, book, press.composer.profile, made, cover, files)
    return {"-print": made, "-cover": cover}, (*spoken((*made.messages, *cover.messages), collection), *coarse, *weak)


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
