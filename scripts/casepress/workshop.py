"""Workshop: what a project's books are made with: profiles, covers, templates, faces and pictures.

Flows in: a project and its collection. Flows out: a `Press`, or what is missing for one, as problems.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from casepress.book.digests import columns_find_room
from casepress.book.measures import MM, Profile
from casepress.book.profiles import NoProfile, read_profile
from casepress.book.room import tables_find_room
from casepress.collection import project, webfiles
from casepress.collection.manuscript import Manuscript, read_manuscript
from casepress.collection.project import SETTINGS, Project
from casepress.collection.texts import sources
from casepress.facts import cores, enclosures, pictures
from casepress.facts.budgets import MAKING, From, Over, budget, problems
from casepress.facts.filesums import is_remembered, remembered
from casepress.facts.heard import kept
from casepress.facts.maker import maker
from casepress.facts.renditions import renditions as sizes
from casepress.facts.store import Store
from casepress.facts.watched import watched
from casepress.site import bundles
from casepress.takedown import heeded
from casepress.type.chains import NoFaces
from casepress.type.coverage import Line, characters, characters_have_faces, missing, shown, written
from casepress.type.faces import Faces, find_faces
from casepress.values.cases import Collection
from casepress.values.problems import Problem, Stopped, error, in_order

# WeasyPrint, pikepdf, templates and colours take a second to load that `check` must not cost: they are imported where they are used.
if TYPE_CHECKING:
    from casepress.epub.making import Binder
    from casepress.epub.pictures import Carried
    from casepress.press.making import Press
    from casepress.press.workers import Hands

_COVERS = ("cover.jpg", "cover.jpeg", "cover.png", "cover.webp")  # in theme/print
_LOOKED, _FEW = "decoded", 8  # so many pictures that one copy of the process decodes as soon as two
_SHORTER = 10  # mm: a flap than the cover that it is folded behind
_LONGEST = 50  # signs of a title: five lines of ten on every cover


def is_ready(place: Project, collection: Collection, content: Mapping[str, bytes]) -> Iterator[Problem]:
    """Whether all is there that the collection's books are to be made with."""
    yield from books_can_be_made(place, collection)
    yield from cover_is_sharp(place, collection)
    yield from fonts_are_there(place, collection, content)
    profiles = _profiles(place, collection)
    yield from columns_find_room(collection, profiles)
    yield from tables_find_room(collection, profiles, content, Store(place.cache))


def templates_are_sound(place: Project, site: bool, books: bool) -> Iterator[Problem]:
    """Whether the collection's own templates can be read: those of the `site`, and of `books`."""
    for part in (*(("pages", "site") if site else ()), *(("print", "epub") if books else ())):
        own = place.root / "theme" / part
        if own.is_dir() and own != project.shipped_folder("theme") / part and any(own.rglob("*.html")):
            from casepress.markup.templates import faults

            for name, line, what in faults(place.themes(part), own, by_mkdocs=part == "site"):
                cure = f"请改正，或删去这个文件，改用原来的{'' if part == 'site' else '模板'}"
                yield error(f"theme/{part}/{name}", line, what, cure, "templates_are_sound")


def site_has(place: Project, name: str) -> bool:
    """Whether the site has a file that mkdocs.yml names: of the collection, or of the theme's own."""
    own = (place.content, *place.themes("site"))
    return name in bundles.NAMES or any((folder / name).is_file() and ".." not in name.split("/") for folder in own)


def _profiles(place: Project, collection: Collection) -> dict[str, Profile]:
    """The profiles of the collection's books by name; what is wrong with the others says `books_can_be_made`."""
    found = {}
    for name in {book.profile for book in collection.all_books}:
        with suppress(NoProfile):
            found[name] = read_profile(name, place.themes("print"))
    return found


def books_can_be_made(place: Project, collection: Collection) -> Iterator[Problem]:
    """The profile, the cover and the colour profile that collection.yml names for each book are there."""
    folders = place.themes("print")
    compositions = sorted({file.stem.removeprefix("cover-") for folder in folders for file in folder.glob("cover-*.html")})
    for book in collection.all_books:
        line = partial(collection.line_of, book)
        try:
            width = read_profile(book.profile, folders).width / MM
            if book.binding.flap > width - _SHORTER:
                what, cure = (
                    f"勒口 {book.binding.flap:g} mm，封面只有 {width:.0f} mm，折不下",
                    f"请改到 {width - _SHORTER:.0f} mm 以内，常用 60 到 100 mm",
                )
                yield error(SETTINGS, line("binding"), what, cure, "books_can_be_made")
        except NoProfile as reason:
            yield from reason.problems
            if not reason.problems:
                yield error(SETTINGS, line("profile"), str(reason), "请改 book 里的 profile", "books_can_be_made")
        title = collection.title_of(book)
        if len(title) > _LONGEST:
            what, cure = f"书名有 {len(title)} 个字，封面上放不下", f"请改到 {_LONGEST} 个字以内，其余的可以写成 subtitle（副题）"
            yield error(SETTINGS, line("title"), what, cure, "books_can_be_made")
        if book.cover not in compositions:
            cure = f"请改 book 里的 cover，可用的有：{'、'.join(compositions)}"
            yield error(SETTINGS, line("cover"), f"没有叫“{book.cover}”的封面", cure, "books_can_be_made")
        if "print" in book.editions or book.color_profile:
            from casepress.press.inks import NoInks, color_profile

            try:
                color_profile(folders, book.color_profile)
            except NoInks as reason:
                at = line("color_profile" if book.color_profile else "editions")
                yield error(SETTINGS, at, str(reason).rstrip("。"), "请改 book 里的 color_profile 或 editions", "books_can_be_made")


def cover_is_sharp(place: Project, collection: Collection) -> Iterator[Problem]:
    """The bureau's own picture for covers is one, and where it goes to the press it is large enough."""
    folders = place.themes("print")
    name = _cover_picture(place)
    if not name:
        return
    from casepress.facts import developing
    from casepress.press import covers

    bound = {(book.profile, book.binding) for book in collection.all_books if "print" in book.editions}
    try:
        data = developing.publish(project.read(place, name)).data
        for profile, binding in sorted(bound, key=repr):
            yield from covers.picture_is_large(name, data, read_profile(profile, folders), binding)
    except pictures.NotAPicture as reason:
        yield error(name, 0, f"封面图片不能用：{reason}", reason.cure, "pictures_are_there")
    except NoProfile:  # that is said by `books_can_be_made`
        return


def fonts_are_there(place: Project, collection: Collection, content: Mapping[str, bytes]) -> Iterator[Problem]:
    """The bureau's fonts can be used, and every character has a face."""
    asked = characters(collection, content)
    try:
        faces, problems = faces_for(place, asked)
    except NoFaces as reason:
        yield from reason.problems
        return
    yield from problems
    if missing(asked, faces):
        yield from characters_have_faces(written(collection, content), faces)


def fonts(place: Project) -> tuple[Faces, tuple[Line, ...], tuple[Problem, ...]]:
    """The faces of a collection's books, the text that they show, and what is wrong with the bureau's own fonts.

    Raises Stopped where the collection cannot be read, NoFaces.
    """
    with heeded(place) as source, kept(Store(place.cache)):
        manuscript, problems = read_manuscript(place, source=source)
    if manuscript is None:
        raise Stopped(in_order(problems))
    lines = written(manuscript.collection, manuscript.texts)
    faces, found = faces_of(place, lines)
    return faces, lines, found


def faces_of(place: Project, lines: Iterable[Line]) -> tuple[Faces, tuple[Problem, ...]]:
    """The faces that show these lines, and what is wrong with the bureau's own fonts. Raises NoFaces."""
    return faces_for(place, shown(lines))


def faces_for(place: Project, asked: frozenset[str]) -> tuple[Faces, tuple[Problem, ...]]:
    """The faces that show these characters, as in `faces_of`. Raises NoFaces."""
    return find_faces(place.themes("print"), place.themes("fonts"), asked, Store(place.cache))


def press_of(
    place: Project, collection: Collection, profile: str = "", edition: str = "screen", color: str = "", executor: "Hands" = None
) -> "Press":
    """The press of a collection: a profile, its templates, its pictures, its faces and, for print, its colours; and who lays out.

    Raises NoProfile, NoInks.
    """
    from casepress.book.composing import Composer
    from casepress.markup.templates import environment
    from casepress.press.inks import color_profile
    from casepress.press.making import Press

    folders = place.themes("print")
    cover = _cover_picture(place)
    own = cover.rpartition("/")[2]
    composer = Composer(environment(folders), read_profile(profile or collection.book.profile, folders), edition, own, Store(place.cache))
    pictures_of = [collection.pictures, *(text.pictures for text in collection.texts)]
    assets = {name: partial(published, place, name, file) for found in pictures_of for name, file in found.items()}
    if cover:
        assets[own] = partial(_published, place, own, cover)  # its name does not change with its bytes
    faces, _ = faces_for(place, characters(collection, sources(collection.texts)))
    inks = color_profile(folders, color) if edition == "print" else None
    return Press(composer, assets, faces, inks, Store(place.cache), executor, budget())


def binder_of(place: Project, collection: Collection) -> "Binder":
    """Who makes the EPUBs of a collection: its templates, its pictures, its faces for the cover."""
    from casepress.epub.making import Binder
    from casepress.markup.templates import environment

    cover = _cover_picture(place)
    found = (collection.pictures, *(text.pictures for text in collection.texts))
    pictures_of = {name: partial(_carried, place, name, file) for files in found for name, file in files.items()}
    faces, _ = faces_for(place, characters(collection, sources(collection.texts)))
    return Binder(environment(place.themes("epub")), pictures_of, faces, _published(place, cover, cover) if cover else b"")


def _carried(place: Project, name: str, file: str) -> "Carried":
    from casepress.epub.pictures import carried

    with _sound(file):
        return carried(name, partial(project.read, place, file), Store(place.cache))


def _cover_picture(place: Project) -> str:
    """The bureau's own picture for its covers, relative to the collection's folder; empty where there is none."""
    return next((name for name in (f"theme/print/{own}" for own in _COVERS) if project.is_there(place, name)), "")


@lru_cache(maxsize=256)  # a case's picture stands in its own PDF and in books
def published(place: Project, name: str, file: str, at_most: tuple[int, int] | None = None) -> bytes:
    """A picture for a book, in no more pixels than `at_most`. Raises Stopped."""
    return _published(place, name, file, at_most)


def _published(place: Project, name: str, file: str, at_most: tuple[int, int] | None = None) -> bytes:
    from casepress.facts import developing

    with _sound(file):
        return developing.publish(project.read(place, file), at_most, on_paper=True).data


def renditions(place: Project, name: str, file: str) -> dict[str, Callable[[], bytes]]:
    """A picture for the site in its sizes, by the names of their files; each gives its bytes, or raises Stopped."""
    return {each.name: From(file, place.root / file, lambda each=each: _rendered(place, name, file)[each.width]) for each in sizes(name)}


def enclosure(place: Project, file: str) -> Callable[[], bytes]:
    """A way to get what is published of a document or film; it raises Stopped."""
    return From(file, place.root / file, partial(_enclosed, place, file))


def _enclosed(place: Project, file: str) -> bytes:
    try:
        return enclosures.published(project.read(place, file), enclosures.ending(file))
    except (OSError, enclosures.NotEnclosed) as reason:
        raise Stopped([error(file, 0, "附件刚才还好，现在读不出来了", "请检查这个文件，再运行一次", "enclosures_are_sound")]) from reason


@lru_cache(maxsize=2)  # its sizes are asked for one after the other
def _rendered(place: Project, name: str, file: str) -> dict[int, bytes]:
    from casepress.facts import developing

    with _sound(file):
        made = developing.publish_in(project.read(place, file), [each.width for each in sizes(name)])
        return {width: each.data for width, each in made.items()}


def pictures_can_be_decoded(place: Project, manuscript: Manuscript) -> Iterator[Problem]:
    """Whether all of every picture can be read, as a build does it; each is looked at once, as long as its file is the same."""
    from casepress.facts import developing

    texts = (file for text in manuscript.collection.texts for file in text.pictures.values())
    pages = (f"content/{name}" for name in manuscript.pages if enclosures.ending(name) in webfiles.PICTURES)
    store, made = Store(place.cache), maker("pillow")

    def look(file: str) -> str:
        with _sound(file):
            return remembered(place.root / file, store, _LOOKED, made, lambda: developing.decode(project.read(place, file)) or "")

    files = sorted({*manuscript.pictures.values(), *texts, *pages})
    new = [file for file in files if not is_remembered(place.root / file, store, _LOOKED, made)]
    most, number = budget(), cores.usable() if len(new) >= _FEW else 1
    ways = [From(file, place.root / file, partial(look, file)) for file in new]
    for way, found in zip(ways, watched(From.__call__, ways, lambda way: most.limit(0, way.pictures), number), strict=True):
        if isinstance(found, Over):
            yield from problems(way.file, MAKING, found)


@contextmanager
def _sound(file: str) -> Iterator[None]:
    """Say of which file it is that a picture cannot be made, or that it went away since it was looked at."""
    try:
        yield
    except pictures.NotAPicture as reason:
        raise Stopped([error(file, 0, f"图片不能用：{reason}", reason.cure, "pictures_are_there")]) from reason
    except OSError as reason:
        raise Stopped([error(file, 0, "图片刚才还在，现在读不出来了", "请检查这个文件，再运行一次", "pictures_are_there")]) from reason
