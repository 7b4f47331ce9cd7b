"""The flow: from a folder of cases to a website and books, read aloud in `build`.

Every function takes a project and gives back values; what stops it is raised as `Stopped` with the problems.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from casepress import frontmatter, lookup, pictures, project, prose, publishing, search, website
from casepress.book import Book, Composer, selected_book, whole_book
from casepress.checks import check
from casepress.coverage import Line, characters_have_faces, shown, written
from casepress.faces import Faces, NoFaces, find_faces
from casepress.model import Collection
from casepress.pages import Download, Downloads, site_pages
from casepress.press.making import Made, Press
from casepress.problems import Problem, error, has_errors, in_order, warning
from casepress.profiles import NoProfile, read_profile
from casepress.project import Project
from casepress.reading import read_collection, read_content
from casepress.settings import PATH as SETTINGS
from casepress.templates import environment

Item = TypeVar("Item")

WHOLE, LIST = "book.pdf", "books.json"


class Progress(Protocol):
    """Shows how far a long work has come: yields the items of a sequence one by one."""

    def __call__(self, label: str, items: Sequence[Item]) -> Iterable[Item]: ...


def unwatched(label: str, items: Sequence[Item]) -> Iterable[Item]:
    """No progress shown."""
    return items


class Stopped(Exception):
    """Problems that keep a collection from being built."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)


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
    if collection is not None:
        problems += (*check(collection), *_books_can_be_made(place, collection), *_fonts_are_there(place, collection, content))
    return collection, in_order(problems)


def _fonts_are_there(place: Project, collection: Collection, content: Mapping[str, bytes]) -> Iterator[Problem]:
    """The bureau's fonts can be used, and every character has a face."""
    lines = written(collection, content)
    try:
        faces, problems = _faces(place, lines)
    except NoFaces as reason:
        yield error("theme/print/faces.yml", 0, str(reason), "请改正它；删去自己的这个文件，就用随 casepress 来的", "fonts_can_be_used")
        return
    yield from problems
    yield from characters_have_faces(lines, faces)


def _faces(place: Project, lines: Iterable[Line]) -> tuple[Faces, tuple[Problem, ...]]:
    return find_faces(place.themes("print"), place.themes("fonts"), shown(lines))


def fonts(place: Project) -> tuple[Faces, tuple[Line, ...], tuple[Problem, ...]]:
    """The faces of a collection's books, the text that they show, and what is wrong with the bureau's own fonts.

    Raises Stopped where the collection cannot be read, NoFaces.
    """
    collection, problems = read_collection(place)
    content, _ = read_content(place)
    if collection is None:
        raise Stopped(problems)
    lines = written(collection, content)
    faces, found = _faces(place, lines)
    return faces, lines, found


def _books_can_be_made(place: Project, collection: Collection) -> Iterator[Problem]:
    """The profile and the cover that collection.yml names are there."""
    folders = place.themes("print")
    try:
        read_profile(collection.book.profile, folders)
    except NoProfile as reason:
        yield error(SETTINGS, 0, str(reason), "请改 book 里的 profile", "books_can_be_made")
    covers = sorted({file.stem.removeprefix("cover-") for folder in folders for file in folder.glob("cover-*.html")})
    if collection.book.cover not in covers:
        yield error(SETTINGS, 0, f"没有叫“{collection.book.cover}”的封面", f"请改 book 里的 cover，可用的有：{'、'.join(covers)}", "books_can_be_made")


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
            problems += _write_books(place, collection, new[place.books], progress)
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


def bind(place: Project, only: Iterable[str], target: Path, progress: Progress = unwatched) -> tuple[Book, tuple[Problem, ...]]:
    """One book of a selection of cases, written to a file; without a selection, all of them.

    Raises Stopped, views.UnknownSelection, or what the press raises.
    """
    collection, problems = sound_collection(place)
    only = tuple(only)
    book = selected_book(collection, only) if only else whole_book(collection)
    made = press_of(place, collection).make_book(book, progress)
    publishing.write(target, made.pdf)
    return book, in_order((*problems, *_spoken(made)))


def _stage(place: Project, collection: Collection, books: Path) -> website.Staged:
    downloads, files = _offered(collection, books)
    content, _ = read_content(place)
    intro = ""
    for name, data in content.items():
        if name == "index.md":
            _, body, _, _ = frontmatter.read_header(data.decode(), name)
            intro = prose.render(body, "intro-", {}).html
        else:
            files[name] = data
    for name, file in collection.pictures.items():
        files[f"pictures/{name}"] = lambda file=file: _published(place, file)
    files.update(_index(collection))
    pages = site_pages(collection, environment(place.themes("pages")), intro, downloads)
    website.stage(place.stage, pages, files)
    return website.Staged(place.stage, collection.title, place.themes("site"), collection.publisher, collection.date)


def _index(collection: Collection) -> dict[str, bytes]:
    """The search index, proven in its own bytes before it is published."""
    files = dict(search.index_files(collection))
    try:
        lookup.check_index(collection, files.__getitem__)
    except (lookup.IndexIncomplete, KeyError) as reason:
        raise Stopped([error("cases", 0, f"搜索用的数据没有做成：{reason}", "请把这个案例库和这句话交给技术人员", "every_case_is_found")]) from reason
    return files


def press_of(place: Project, collection: Collection) -> Press:
    """The press of a collection: its profile, its templates and its pictures."""
    folders = place.themes("print")
    composer = Composer(environment(folders), read_profile(collection.book.profile, folders))
    pictures_of = [collection.pictures, *(text.pictures for text in collection.texts)]
    assets = {name: lambda file=file: _published(place, file) for found in pictures_of for name, file in found.items()}
    return Press(composer, assets, _faces(place, written(collection, read_content(place)[0]))[0])


def _published(place: Project, file: str) -> bytes:
    try:
        return pictures.publish(project.read(place, file)).data
    except pictures.NotAPicture as reason:
        raise Stopped([error(file, 0, f"图片不能用：{reason}", "请换成原图，或另存为 JPG 或 PNG", "pictures_are_there")]) from reason


def _write_books(place: Project, collection: Collection, folder: Path, progress: Progress) -> tuple[Problem, ...]:
    """The whole book, a PDF of each case, and `books.json`, which says what there is."""
    press, book = press_of(place, collection), whole_book(collection)
    made = press.make_book(book, progress)
    publishing.write(folder / WHOLE, made.pdf)
    listed = {"book": {"path": WHOLE, "title": book.title, "pages": made.pages}, "cases": {}}
    problems = _spoken(made)
    for case, made_case in press.make_cases(book, collection.cases, progress):
        path = f"cases/{case.id}.pdf"
        publishing.write(folder / path, made_case.pdf)
        listed["cases"][case.id] = {"path": path, "title": case.title, "pages": made_case.pages}
        problems += _spoken(made_case, case.path)
    publishing.write(folder / LIST, json.dumps(listed, ensure_ascii=False, indent=1).encode())
    return problems


def _spoken(made: Made, path: str = "cases/collection.yml") -> tuple[Problem, ...]:
    """What WeasyPrint said, as problems."""
    return tuple(
        warning(path, 0, f"排版时有一条提示：{message}", "请对照 PDF 看看是否有东西缺失或变形", "the_press_is_silent")
        for message in made.messages
    )


def _offered(collection: Collection, folder: Path) -> tuple[Downloads, dict[str, Path | bytes]]:
    """The PDFs that stand ready in a folder of books and belong to the collection, and where the site keeps them."""
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
        return Download(f"books/{entry['path']}", entry["title"], file.stat().st_size, entry["pages"])

    offered = {case_id: download(entry) for case_id, entry in listed["cases"].items() if case_id in collection.by_id}
    return Downloads(download(listed["book"]), {case_id: each for case_id, each in offered.items() if each}), files
