"""The flow: from a folder of cases to a website and books, read aloud in `build`.

Every function takes a project and gives back values; what stops it is raised as `Stopped` with the problems.
"""

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from casepress import publishing, shelf, workshop
from casepress.book.book import Book
from casepress.book.room import tables_fit
from casepress.checking import lawful
from casepress.checking.checks import check
from casepress.collection import selections
from casepress.collection.intro import NAME as INTRO
from casepress.collection.intro import read_intro
from casepress.collection.project import Project
from casepress.collection.reading import read_collection, read_content
from casepress.collection.texts import sources
from casepress.markup.templates import environment
from casepress.search import index, proving
from casepress.shelf import Item, Progress
from casepress.site import website
from casepress.site.pages import site_pages
from casepress.type.coverage import Line, written
from casepress.type.faces import Faces
from casepress.values.cases import Collection
from casepress.values.problems import Problem, Stopped, error, has_errors, in_order, warning
from casepress.workshop import press_of


def unwatched(label: str, items: Sequence[Item]) -> Iterable[Item]:
    """No progress shown."""
    return items


@dataclass(frozen=True)
class Built:
    """What a build made: where the site and the books are (None where not asked for), and the warnings on the way."""

    collection: Collection
    problems: tuple[Problem, ...]
    site: Path | None = None
    books: Path | None = None


def check_project(place: Project) -> tuple[Collection | None, tuple[Problem, ...]]:
    """The collection, and every problem of every file, in file order."""
    collection, problems = read_collection(place)
    content, found = read_content(place)
    problems = (*problems, *found)
    if collection is None:
        return None, in_order(problems)
    found = read_intro(place, content, {case.path: case.id for case in collection.cases}).problems
    problems, content = (*problems, *found), {**content, **sources(place)}
    truths = (check(collection), lawful.check(collection, content), workshop.is_ready(place, collection, content))
    return collection, in_order((*problems, *(problem for found in truths for problem in found)))


def fonts(place: Project) -> tuple[Faces, tuple[Line, ...], tuple[Problem, ...]]:
    """The faces of a collection's books, the text that they show, and what is wrong with the bureau's own fonts.

    Raises Stopped where the collection cannot be read, NoFaces.
    """
    collection, problems = read_collection(place)
    if collection is None:
        raise Stopped(problems)
    lines = written(collection, sources(place))
    faces, found = workshop.faces_of(place, lines)
    return faces, lines, found


def sound_collection(place: Project, strict: bool = False) -> tuple[Collection, tuple[Problem, ...]]:
    """The collection and its warnings. Raises Stopped where something must be mended first."""
    collection, problems = check_project(place)
    if collection is None or has_errors(problems, strict):
        raise Stopped(problems)
    return collection, problems


def build(place: Project, progress: Progress = unwatched, strict: bool = False, site: bool = True, books: bool = True) -> Built:
    """Check, then make the books and the site beside the old ones, then swap them in, whole or not at all."""
    with publishing.alone(place.build), ExitStack() as stack:
        collection, problems = sound_collection(place, strict)
        targets = {place.books: books, place.site: site}
        wanted = [target for target, asked in targets.items() if asked]
        new = dict(zip(wanted, stack.enter_context(publishing.fresh(*wanted)), strict=True))
        if books:
            problems += shelf.write_books(place, collection, new[place.books], progress)
        if site:
            offered = new.get(place.books, place.books)
            staged = _stage(place, collection, offered)
            said = website.build_site(place, staged, new[place.site])
            problems += tuple(warning("mkdocs.yml", 0, f"MkDocs 提示：{words}", "请按提示改正", "mkdocs_is_silent") for words in said)
        if has_errors(problems, strict):
            raise Stopped(in_order(problems))
    return Built(collection, in_order(problems), place.site if site else None, place.books if books else None)


def stage(place: Project) -> website.Staged:
    """The collection's pages as a docs tree in `build/stage`, for MkDocs or any generator that reads such a tree."""
    collection, _ = sound_collection(place)
    return _stage(place, collection, place.books)


def bind(
    place: Project, only: Iterable[str], target: Path, progress: Progress = unwatched, profile: str = "", edition: str = "screen"
) -> tuple[Book, tuple[Problem, ...]]:
    """One book of a selection of cases, written to a file; without a selection, all of them.

    A further file of the edition, as the cover of the printed one, stands beside it under its name and `-cover`.
    Raises Stopped, views.UnknownSelection, NoProfile, or what the press raises.
    """
    collection, problems = sound_collection(place)
    only = tuple(only)
    settings = selections.selected(collection, only) if only else collection.book
    press = press_of(place, collection, profile, edition, collection.book.color_profile)
    book = shelf.book_in(collection, settings, edition)
    if wide := tuple(tables_fit(book.cases, book.texts, press.composer.profile, sources(place))):
        raise Stopped(in_order(wide))
    files, said = shelf.made_book(press, book, collection, progress)
    problems = in_order((*problems, *said))
    if has_errors(problems):
        raise Stopped(problems)
    for nth, (suffix, made) in enumerate(files.items()):
        publishing.write(target.with_name(f"{target.stem}{suffix}{target.suffix}") if nth else target, made.pdf)
    return book, problems


def _stage(place: Project, collection: Collection, books: Path) -> website.Staged:
    downloads, files = shelf.offered(collection, books)
    content, _ = read_content(place)
    intro = read_intro(place, content, {case.path: case.id for case in collection.cases})
    files.update({name: data for name, data in content.items() if name != INTRO})
    for name, file in {**collection.pictures, **intro.pictures}.items():
        files[f"pictures/{name}"] = lambda file=file: workshop.published(place, file)
    files.update(_index(collection))
    pages = site_pages(collection, environment(place.themes("pages")), intro.html, downloads)
    website.stage(place.stage, pages, files)
    return website.Staged(place.stage, collection.title, place.themes("site"), collection.publisher, collection.date)


def _index(collection: Collection) -> dict[str, bytes]:
    """The search index, proven in its own bytes before it is published."""
    files = dict(index.index_files(collection))
    try:
        proving.check_index(collection, files.__getitem__)
    except (proving.IndexIncomplete, KeyError) as reason:
        raise Stopped(
            [error("cases", 0, f"搜索用的数据没有做成：{reason}", "请把这个案例库和这句话交给技术人员", "every_case_is_found")]
        ) from reason
    return files
