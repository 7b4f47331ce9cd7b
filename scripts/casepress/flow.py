"""The flow: from a folder of cases to a website and books, read aloud in `build`.

Every function takes a project and gives back values; what stops it is raised as `Stopped` with the problems.
"""

from collections.abc import Iterable
from concurrent.futures import Executor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from casepress import __version__, compliance, gatekeeping, indexing, publishing, takedown, workshop
from casepress.book.digests import columns_fit
from casepress.book.room import tables_fit
from casepress.checking import lawful, private, sitefile
from casepress.checking.checks import check
from casepress.collection import selections
from casepress.collection.bodies import Reader
from casepress.collection.manuscript import Manuscript, read_manuscript
from casepress.collection.project import Project
from casepress.collection.texts import FOLDER as TEXTS
from casepress.collection.webpages import in_the_tree
from casepress.facts.enclosures import FOLDER
from casepress.facts.heard import kept
from casepress.facts.store import Store
from casepress.hands import at_hand
from casepress.releasing import Release
from casepress.site.compiling import compiled_meanwhile
from casepress.values.cases import Collection
from casepress.values.problems import Problem, Stopped, has_errors, in_order
from casepress.values.progress import Progress, unwatched
from casepress.workshop import press_of

# What makes sites and books brings MkDocs, WeasyPrint and numpy, seconds of loading that `check` must not cost: the
# functions below import it where they use it.
if TYPE_CHECKING:
    from casepress.book.book import Book
    from casepress.search.aside import Helper
    from casepress.site.website import Staged
    from casepress.word.comparing import Compared

# Truths of books alone; with what is wrong in the books' own texts it stops no site.
_OF_BOOKS = {
    "books_can_be_made", "imprints_are_complete", "imprints_are_printed", "imprints_fit_the_publication", "isbns_are_true",
    "words_fit_the_publication",
}  # fmt: skip

__all__ = [
    "Built",
    "Stopped",
    "bind",
    "build",
    "check_project",
    "compare",
    "press_of",
    "read",
    "sound_collection",
    "stage",
    "stage_pages",
]


@dataclass(frozen=True)
class Built:
    """What a build made: where the site and the books are (None where not asked for), and the warnings on the way."""

    collection: Collection
    problems: tuple[Problem, ...]
    site: Path | None = None
    books: Path | None = None


def read(
    place: Project, books: bool = True, reader: Reader | None = None, source: bytes | None = None, site: bool = True
) -> tuple[Manuscript | None, tuple[Problem, ...]]:
    """All that a collection says, read once, and every problem of every file, in file order; without `books` or `site` not those of that alone.
    `source` is collection.yml, where somebody has read it already.
    """
    manuscript, problems = read_manuscript(place, reader, source)
    if manuscript is None:
        return None, in_order(problems)
    collection, content = manuscript.collection, {**manuscript.content, **manuscript.texts}
    every = replace(collection, cases=(*collection.cases, *collection.withheld)) if collection.withheld else collection
    truths = (
        check(every),
        private.check(every, private.found(every, content, manuscript.reader.store)),
        lawful.check(collection, content, manuscript.reader.references),
        workshop.templates_are_sound(place, site, books),
        sitefile.check(place.config.read_bytes(), place.root, partial(workshop.site_has, place)) if site and place.config.is_file() else (),
        workshop.is_ready(place, collection, content) if books else (),
    )
    problems = in_order((*problems, *(problem for found in truths for problem in found)))
    return manuscript, problems if books else tuple(p for p in problems if p.check not in _OF_BOOKS and not p.path.startswith(TEXTS))


def check_project(place: Project) -> tuple[Collection | None, tuple[Problem, ...]]:
    """The collection alone, and every problem of every file, in file order; among them which cases are like one another."""
    with takedown.heeded(place) as source, kept(Store(place.cache)):
        manuscript, problems = read(place, source=source)
    if manuscript is None:
        return None, problems
    problems += (*workshop.pictures_can_be_decoded(place, manuscript), *gatekeeping.enclosed_guarded(place, manuscript))
    return manuscript.collection, in_order((*problems, *_lookalikes(place, manuscript.collection)))


def sound_collection(
    place: Project, strict: bool = False, books: bool = True, reader: Reader | None = None, source: bytes | None = None, site: bool = True
) -> tuple[Manuscript, tuple[Problem, ...]]:
    """All that a collection says, and its warnings; `site` and `books` are as in `read`. Raises Stopped where something must be mended first."""
    manuscript, problems = read(place, books, reader, source, site)
    if manuscript is None or has_errors(problems, strict):
        raise Stopped(problems)
    return manuscript, problems


def build(
    place: Project,
    progress: Progress = unwatched,
    strict: bool = False,
    site: bool = True,
    books: bool = True,
    executor: Executor | None = None,
) -> Built:
    """Check, then make the books and the site beside the old ones, then swap them in together, whole or not at all.

    Of a part that is not asked for the next release has what the last one had.
    An executor lays the pieces of the books out; without one this machine's cores do.
    """
    keeping = kept(Store(place.cache))
    with ExitStack() as calm, publishing.alone(place.build), takedown.heeded(place) as source, keeping, ExitStack() as stack:
        publishing.put_right(place)
        hands = stack.enter_context(at_hand(place, executor)) if books else None
        helper = indexing.helper_of(place) if site and not books else None
        know = stack.enter_context(compiled_meanwhile(place, indexing.is_another(helper)))
        manuscript, problems = sound_collection(place, strict, books, source=source, site=site)
        if site and books:  # a site alone does not wait for it
            problems += _lookalikes(place, manuscript.collection)
            if has_errors(problems, strict):
                raise Stopped(in_order(problems))
        parts = [part for part, is_asked in (("books", books), ("site", site)) if is_asked]
        release = stack.enter_context(publishing.fresh(place, parts))
        new = {place.released(part): release / part for part in parts}
        if books:
            from casepress import shelf

            problems += shelf.write_books(place, manuscript.collection, release / "books", progress, hands)
        if site:
            from casepress.site import website

            know()
            try:
                staged = _stage(place, manuscript, release / "books", helper or indexing.helper_of(place))
            except Stopped as reason:
                raise Stopped(in_order((*problems, *reason.problems))) from reason
            said = website.build_site(place, staged, release / "site")
            problems += tuple(sitefile.hints(said, problems))
            problems += staged.problems
        made = Release(place)
        problems += gatekeeping.guarded(place, manuscript, new, hands) + made.looked_over(manuscript, new)
        if has_errors(problems, strict):
            raise Stopped(in_order(problems))
        made.write(release)
        calm.enter_context(publishing.undisturbed())  # from here on nobody shall hear that nothing was done
        stack.close()
        compliance.write(place, manuscript)
        Store(place.cache).trim()
    return Built(manuscript.collection, in_order(problems), place.site if site else None, place.books if books else None)


def stage(place: Project, wait: float = 0) -> "Staged":
    """The collection's pages as a docs tree in `build/stage`, for any generator that reads such a tree.

    `wait` is as in `publishing.alone`. Raises Stopped, Busy.
    """
    with publishing.alone(place.build, wait), takedown.heeded(place) as source, kept(Store(place.cache)):
        staged = _staged(place, indexing.helper_of(place), source=source)
        staged.index(None)
    return staged


def stage_pages(place: Project, wait: float = 0, reader: Reader | None = None) -> "Staged":
    """As `stage`, for MkDocs: the search index comes into the tree when `index` is called, which waits for others.

    With a `reader` that reads again and again pages are all that is wanted soon: the index is only begun when it is asked for.
    """
    with publishing.alone(place.build, wait), takedown.heeded(place) as source, kept(Store(place.cache)):
        staged = _staged(place, None if reader else indexing.helper_of(place), reader, source)
    return replace(staged, index=partial(indexing.alone, place, staged.index))


def bind(
    place: Project,
    only: Iterable[str],
    target: Path,
    progress: Progress = unwatched,
    profile: str = "",
    edition: str = "screen",
    executor: Executor | None = None,
) -> "tuple[Book, tuple[Problem, ...]]":
    """One book of a selection of cases, written to a file; without a selection, all of them.

    Further files of the edition stand beside it: the cover of the printed one under its name and `-cover`, its report as `-press.txt`.
    Raises Stopped, views.UnknownSelection, NoProfile, or what the press raises.
    """
    only, store = tuple(only), Store(place.cache)
    with takedown.heeded(place) as source, kept(store), ExitStack() as stack:
        from casepress import editions
        from casepress.book.book import book_in
        from casepress.book.profiles import read_profile

        hands = stack.enter_context(at_hand(place, executor, profile, edition, *only)) if editions.is_laid_out(edition) else None
        manuscript, problems = sound_collection(place, source=source, site=False)
        collection = manuscript.collection
        settings = selections.selected(collection, only) if only else collection.book
        book = book_in(collection, settings, edition)
        if edition != "epub":  # which has no width of its own
            shape = read_profile(profile or settings.profile, place.themes("print"))
            if wide := tuple(tables_fit(book.cases, book.texts, shape, manuscript.texts, store)):
                raise Stopped(in_order(wide))
            problems += tuple(columns_fit(collection, settings, shape)) if profile else ()
        files, said = editions.files_of(editions.Bench(place, collection, hands), book, edition, progress, profile)
        found = {target.with_name(file.name(target.stem, target.suffix)) if nth else target: file.data for nth, file in enumerate(files)}
        problems = in_order((*problems, *said, *gatekeeping.books_guarded(place, manuscript, found, hands)))
    if has_errors(problems):
        raise Stopped(problems)
    for path, data in found.items():
        publishing.write(path, data)
    store.trim()
    return book, problems


def compare(place: Project, draft: Path) -> "tuple[Compared, tuple[str, ...]]":
    """What a marked Word edition says differently from the cases, and remarks about the whole of it. Nothing is changed.

    Raises Stopped, NotADraft, OSError.
    """
    from casepress import drafts

    with takedown.heeded(place) as source, kept(Store(place.cache)):
        manuscript, _ = sound_collection(place, books=False, source=source, site=False)
        return drafts.compared(place, manuscript.collection, draft)


def _lookalikes(place: Project, collection: Collection) -> tuple[Problem, ...]:
    from casepress import lookalikes

    return lookalikes.check(place, collection)


def _staged(place: Project, helper: "Helper | None", reader: Reader | None = None, source: bytes | None = None) -> "Staged":
    publishing.put_right(place)
    manuscript, found = sound_collection(place, books=False, reader=reader, source=source)
    return replace(_stage(place, manuscript, place.books, helper), found=found)


def _stage(place: Project, manuscript: Manuscript, books: Path, helper: "Helper | None") -> "Staged":
    from casepress import offers, sharing
    from casepress.markup.templates import environment
    from casepress.search import index
    from casepress.site import bureau, compilations, indexed, menu, staging, website
    from casepress.site.bundles import bundles
    from casepress.site.pages import site_pages

    collection = manuscript.collection
    begun = helper and index.begin(collection, helper)
    downloads, files, problems = offers.offered(collection, books)
    files.update(bureau.in_the_tree(manuscript.pages, Store(place.cache)))
    for name, file in manuscript.pictures.items():
        files.update({f"pictures/{path}": made for path, made in workshop.renditions(place, name, file).items()})
    files.update({f"{FOLDER}{name}": workshop.enclosure(place, file) for name, file in collection.enclosed.items()})
    templates = place.themes("pages")
    cards, drawn, found = sharing.pictured(place, collection)
    pages = site_pages(collection, environment(templates), manuscript.intro.body, downloads, templates, cards, Store(place.cache))
    files = (
        drawn
        | sharing.shared(collection, Store(place.cache))
        | bundles(*map(place.themes, ("scripts", "styles", "site")))
        | (compilations.files(downloads.letters, place.themes("scripts")) if downloads.letters else {})
        | files
    )
    with indexed.returning(place.stage):
        indexed.take_out(place.stage)
        staging.stage(place.stage, pages, files, f"casepress {__version__}, Pillow {version('pillow')}")
    return website.Staged(
        place.stage,
        collection.title,
        place.themes("site"),
        collection.publisher,
        collection.date,
        collection.address,
        partial(in_the_tree, manuscript.targets),
        (*problems, *found),
        store=Store(place.cache),
        index=partial(indexing.finish, place, collection, helper, begun),
        footer=collection.footer,
        menu=menu.entries(collection),
    )
