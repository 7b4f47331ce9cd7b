"""Pages: the website as paths and text, before any site generator has seen it.

Flows in: a collection, its prose, and the PDFs on offer. Flows out: `Page` values. Each is finished HTML under a header
that we wrote, in one block that Markdown passes through untouched (design, decision 11).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from posixpath import dirname, relpath

from jinja2 import Environment

from casepress.collection.views import Group, View, in_batches, select, selecting_field, view
from casepress.facts.enclosures import size_of
from casepress.facts.renditions import attributes
from casepress.facts.store import NOTHING, Store
from casepress.markup import counted, frontmatter
from casepress.markup.prose import web_address
from casepress.markup.templates import render
from casepress.site import akin, citing, codebook, figures, heads, listing
from casepress.site.downloads import Download, Downloads
from casepress.site.frames import framed
from casepress.site.outlines import outlined
from casepress.site.shaped import Guarded, Shape
from casepress.values.cases import Case, Collection, Fragment
from casepress.values.fields import TERMS, Field, Kind, Place, Term, is_prize

_NOTHING = Fragment("")


@dataclass(frozen=True)
class Page:
    """A page of the docs tree: its path (`cases/a.md`, with `/`), and its whole text or how that is written.

    Where `key` is not empty, it stands for all that shapes the text, if its writing proves so (`is_shaped`).
    """

    path: str
    source: str | Callable[[], tuple[str, bool]]
    key: str = ""

    @property
    def text(self) -> str:
        return self._written[0]

    @property
    def is_shaped(self) -> bool:
        """Whether nothing but what is in the key was asked for."""
        return self._written[1]

    @cached_property
    def _written(self) -> tuple[str, bool]:
        return (self.source, False) if isinstance(self.source, str) else self.source()


@dataclass(frozen=True)
class Fact:
    """A line of a case's facts: a label and its values, each with the address of its index page, if it has one.

    `between` is what stands between two values: 、 in a list, › in a path of places.
    """

    label: str
    values: tuple[tuple[str, str], ...]
    between: str = "、"


def site_pages(
    collection: Collection,
    env: Environment,
    intro: Fragment = _NOTHING,
    downloads: Downloads | None = None,
    templates: Iterable[Path] = (),
    cards: Mapping[str, str] | None = None,
    store: Store = NOTHING,
) -> Iterator[Page]:
    """Every page that is made from the collection: home, all cases, index pages, and one page per case.

    `intro` is the home page's own prose. With the folders of all `templates` pages of one case or group have keys.
    `cards` has the picture by which a case is shown where its address is sent, as a path in the site.
    """
    downloads, templates = downloads or Downloads(), tuple(templates)
    views = {f.name: view(collection, f) for f in collection.facets}
    addresses = _addresses(views)
    shape = Shape(collection, templates, addresses) if templates else None
    site = _Site(collection, env, views, addresses, downloads, tuple(_selected(collection, downloads)), shape)
    about, intro_html = heads.of_all(collection), _placed(intro, "", "cases/")
    yield site.page("index.md", "home.html", collection.title, about, intro=intro_html, latest=listing.latest(site.batches))
    listed = {"cases": listing.newest_first(collection.cases, site.batches), "orders": listing.orders(collection.facets)}
    yield site.page("cases/index.md", "cases.html", "全部案例", f"全部案例。{about}", **listed)
    yield site.page("compile.md", "compile.html", "选编", "把挑选的案例排好先后，印成自己的一册。", binds=bool(downloads.letters))
    yield site.page(codebook.PATH, "codebook.html", codebook.TITLE, codebook.about(collection), rows=codebook.rows(collection))
    yield site.page(figures.PATH, "data.html", figures.TITLE, figures.about(collection), **figures.values(views))
    for found in views.values():
        yield from _view_pages(site, found)
    beside, alike = in_batches(collection), akin.akin(collection, store)
    for case in collection.cases:
        (before, after), near = beside[case.id], alike(case)
        yield site.shaped(
            f"cases/{case.id}.md",
            "case.html",
            case.title,
            heads.described(case),
            partial(_of_case, site, case),
            case=case,
            before=before,
            after=after,
            related=tuple(other for other, _ in near),
            reasons=tuple(why for _, why in near),
            pdf=downloads.cases.get(case.id),
            card=(cards or {}).get(case.id, ""),
        )


def _of_case(site: "_Site", case: Case) -> dict[str, object]:
    """What else its page shows of a case."""
    said = {"facts": tuple(_facts(site, case)), "photos": counted.photos(case), "head": heads.of_case(site.collection, case)}
    said["size_of"] = size_of
    trail = [(str(term), address) for term in case.all("batch")[:1] if (address := site.link("../", "batch", term))]
    return {"body": _placed(case.body, "../", ""), "trail": trail, "cited": citing.cited(site.collection, case), **said}


def _view_pages(site: "_Site", found: View) -> Iterator[Page]:
    """The index page of a field, and one page per group where the field's values are a vocabulary or a tree."""
    name = found.field.name
    about = heads.of_view(site.collection, found.field, found.groups)
    yield site.page(f"by/{name}/index.md", "view.html", f"按{found.field.label}浏览", about, view=found)
    if not _has_group_pages(found):
        return
    orders = listing.orders(site.collection.facets)
    for group, parents in _with_parents(found.groups):
        if _has_page(group, parents):
            path = f"by/{name}/{group.slug}.md"
            books = _books_of(site, found, group)
            about = heads.of_group(site.collection, found.field, group)
            listed = {"cases": listing.newest_first(group.cases, site.batches), "orders": orders}
            yield site.shaped(path, "group.html", group.label, about, group=group, parents=parents, books=books, view=found, **listed)


def _books_of(site: "_Site", found: View, group: Group) -> tuple[Download, ...]:
    """The books that were made by this field and hold exactly the cases of a group."""
    return tuple(book for book, name, cases in site.selected if name == found.field.name and cases == group.cases)


def _selected(collection: Collection, downloads: Downloads) -> Iterator[tuple[Download, str, tuple[Case, ...]]]:
    """The books of which all is selected by one field, with the field's name and the cases."""
    for book in downloads.books:
        fields = {field.name for word in book.only if (field := selecting_field(collection, word)) is not None}
        if len(fields) == 1:
            yield book, fields.pop(), select(collection, book.only)


def _has_group_pages(found: View) -> bool:
    return found.field.kind in TERMS or found.field.kind is Kind.PLACE


def _has_page(group: Group, parents: tuple[Group, ...]) -> bool:
    """A place below a province has a page of its own only from two cases on; else it is found on the page above it."""
    return not parents or len(group.cases) > 1


def _with_parents(groups: Iterable[Group], parents: tuple[Group, ...] = ()) -> Iterator[tuple[Group, tuple[Group, ...]]]:
    for group in groups:
        yield group, parents
        yield from _with_parents(group.groups, (*parents, group))


def _addresses(views: Mapping[str, View]) -> dict[tuple[str, str], str]:
    """The address in the site of every value that has an index: (field, value's key) -> path."""
    found: dict[tuple[str, str], str] = {}
    for name, each in views.items():
        for group, parents in _with_parents(each.groups):
            if not _has_group_pages(each):
                found[name, group.label] = f"by/{name}/index.html#{group.slug}"
            elif _has_page(group, parents):
                found[name, group.slug] = f"by/{name}/{group.slug}.html"
            else:
                found[name, group.slug] = found[name, parents[-1].slug]
    return found


def _placed(body: Fragment, root: str, cases: str) -> str:
    """A fragment on a page from which `root` leads to the site's first folder, and `cases` to that of the cases."""

    def link(address: str) -> str:
        kind, _, rest = address.partition(":")
        name, mark, heading = rest.partition("#")
        return f"{cases}{name}.html{mark}{heading}" if kind == "case" else root + rest

    return outlined(framed(body.addressed(link, lambda name: attributes(name, root))))


@dataclass(frozen=True)
class _Site:
    collection: Collection
    env: Environment
    views: Mapping[str, View]
    addresses: Mapping[tuple[str, str], str]
    downloads: Downloads
    selected: tuple[tuple[Download, str, tuple[Case, ...]], ...] = ()
    shape: Shape | None = None

    @property
    def batches(self) -> View | None:
        return self.views.get("batch")

    def page(self, path: str, template: str, title: str, description: str = "", **values: object) -> Page:
        """A page that may show anything of the collection."""
        return Page(path, lambda: (self._text(path, template, title, description, self._all, values), False))

    def shaped(
        self, path: str, template: str, title: str, description: str = "", more: Callable[[], Mapping[str, object]] = dict, **values: object
    ) -> Page:
        """A page that shows these values, and `more` that follows from them and from addresses; of a view its field."""

        def write() -> tuple[str, bool]:
            every = {**values, **more()}
            if self.shape is not None and template not in self.shape.askers:
                few = {name: Guarded(value, _is_field) if isinstance(value, View) else value for name, value in every.items()}
                with suppress(Exception):  # Asked, or whatever comes of it in a template; else the same is raised again
                    return self._text(path, template, title, description, self._guarded, few), True
                self.shape.askers.add(template)
            return self._text(path, template, title, description, self._all, every), False

        told = ((name, value.field if isinstance(value, View) else value) for name, value in values.items())
        return Page(path, write, self.shape.key(path, template, title, description, *told) if self.shape else "")

    @property
    def _all(self) -> dict[str, object]:
        return {"collection": self.collection, "views": self.views, "downloads": self.downloads}

    @property
    def _guarded(self) -> dict[str, object]:
        return {name: Guarded(value, _is_word) for name, value in self._all.items()}

    def _text(self, path: str, template: str, title: str, description: str, known: Mapping[str, object], values: Mapping[str, object]) -> str:
        root = relpath(".", dirname(path) or ".")
        root = "" if root == "." else f"{root}/"
        html = render(
            self.env,
            template,
            root=root,
            page_title=title,
            link=lambda name, value: self.link(root, name, value),
            case_link=lambda case: f"{root}cases/{case.id}.html",
            is_prize=is_prize,
            web_address=web_address,
            picture_of=lambda name: attributes(name, root),
            **known,
            **values,
        )
        header = frontmatter.write_header(heads.header(title, description, values))
        return f"{header}\n{html.strip()}\n"

    def link(self, root: str, name: str, value: object) -> str:
        """The relative address of a value's index page, or an empty text."""
        key = value.slug if isinstance(value, (Term, Group)) else getattr(value, "code", str(value))
        found = self.addresses.get((name, key), "")
        return root + found if found else ""


def _is_field(value: object) -> bool:
    return isinstance(value, Field)


def _is_word(value: object) -> bool:
    return isinstance(value, str)


def _facts(site: _Site, case: Case) -> Iterator[Fact]:
    """A case's public fields as lines of facts; what the page shows elsewhere is left out."""
    elsewhere = {"title", "subtitle", "short_title", "summary", "form", "photos", "source", "video"}
    for f in site.collection.fields:
        if (
            f.private
            or f.name in elsewhere
            or f.kind is Kind.FILES
            or not case.all(f.name)
            or (f.derived and case.text(f.name) == case.text(f.derived))
        ):
            continue
        if f.kind is Kind.PLACE:
            for place in case.all(f.name):
                yield Fact(f.label, tuple(_path(site, f.name, place)), " › ")
        else:
            yield Fact(f.label, tuple((str(value), site.link("../", f.name, value)) for value in case.all(f.name)))


def _path(site: _Site, name: str, place: Place) -> Iterator[tuple[str, str]]:
    """The steps from the province to a place, each with the address of its index page."""
    for step, code in zip(place.path, place.codes, strict=True):
        address = site.addresses.get((name, code))
        yield step, f"../{address}" if address else ""
