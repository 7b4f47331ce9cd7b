"""Shelf: the books that collection.yml wishes for, each in its editions, made and written.

Flows in: a project, its collection, a folder. Flows out: PDFs, documents of Word, EPUBs and `books.json`, which says what there is,
and problems.
"""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

from casepress import publishing
from casepress.book.book import book_in
from casepress.collection.project import Project
from casepress.editions import Bench, files_of, spoken
from casepress.facts.budgets import CHECK as BUDGET
from casepress.offers import LETTERS, LIST, WHOLE, Listed, case_path
from casepress.press.workers import Hands
from casepress.site import compilations
from casepress.values.books import KINDS
from casepress.values.cases import Collection
from casepress.values.problems import Problem, Stopped
from casepress.values.progress import Progress


def write_books(place: Project, collection: Collection, folder: Path, progress: Progress, hands: Hands = None) -> tuple[Problem, ...]:
    """The whole book and the further ones, each in its editions, a PDF of each case, and `books.json`; what took more than it may is missing,
    and told."""
    bench, listed = Bench(place, collection, hands), []
    problems: tuple[Problem, ...] = ()
    for settings in collection.all_books:
        for edition in settings.editions:
            book = book_in(collection, settings, edition)
            try:
                files, said = files_of(bench, book, edition, _named(progress, settings.name))
            except Stopped as reason:
                files, said = (), reason.problems
            entry = Listed(settings.name, book.title, book.subtitle, "", bench.digests.of_book(book), settings.only)
            for file in files:
                entry = replace(entry, path=file.name(settings.name, KINDS[edition].suffix), edition=file.kind)
                if file.is_listed:
                    listed.append(_put(folder, entry, file.data, file.pages))
                else:
                    publishing.write(folder / entry.path, file.data)
            problems += said
    book, cases = book_in(collection, collection.book, "screen"), {}
    try:
        for case, made in bench.press(collection.book.profile).make_cases(book, collection.cases, progress):
            entry = Listed(case.id, case.title, "", case_path(case.id), bench.digests.of_case(book, case))
            cases[case.id] = _put(folder, entry, made.pdf, made.pages)
            problems += spoken(made.messages, collection, case.path)
    except Stopped as reason:
        problems += reason.problems
    letters = bench.press(collection.book.profile).make_letters(book, compilations.characters(collection))
    publishing.write(folder / LETTERS, letters)
    whole = next((each for each in listed if each.path == WHOLE), None)
    facts = {
        "book": whole and vars(whole),
        "books": [vars(each) for each in listed],
        "cases": {name: vars(each) for name, each in cases.items()},
        "letters": hashlib.sha256(letters).hexdigest(),
    }
    publishing.write(folder / LIST, json.dumps(facts, ensure_ascii=False, indent=1).encode())
    first = {each.path: each for each in reversed(problems) if each.check == BUDGET}  # the same case is in several books
    return tuple(each for each in problems if first.get(each.path, each) is each or each.check != BUDGET)


def _put(folder: Path, entry: Listed, data: bytes, pages: int = 0) -> Listed:
    """Write a file into a folder of books, and list it as it is; how many pages an EPUB or a document of Word has nobody knows."""
    publishing.write(folder / entry.path, data)
    return replace(entry, pages=pages, bytes=len(data), sha256=hashlib.sha256(data).hexdigest())


def _named(progress: Progress, name: str) -> Progress:
    """Progress that says which of the books it is."""
    return progress if name == "book" else lambda label, items: progress(f"{label} {name}", items)
