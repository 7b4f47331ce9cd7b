"""Sharing: what a site holds for other programs beside its pages: data, feeds, and word for those that crawl it."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from casepress import workshop
from casepress.collection.project import Project
from casepress.collection.views import view
from casepress.facts import codes
from casepress.facts.filesums import sum_of
from casepress.facts.maker import maker
from casepress.facts.store import Store, key
from casepress.records import published
from casepress.site import feeds, oai
from casepress.type.chains import NoFaces
from casepress.values.cases import Collection
from casepress.values.problems import Problem, warning

if TYPE_CHECKING:  # a site without an address loads no Pillow for it
    from casepress.site.cards import Drawer

_KIND, _CARDS = "workbooks", "cards"


def shared(collection: Collection, store: Store) -> dict[str, bytes | Callable[[], bytes]]:
    """The files by their path in the site; what is slow to make is kept in the store."""
    files: dict[str, bytes | Callable[[], bytes]] = {f"data/{name}": data for name, data in published.published(collection).items()}
    files["data/cases.xlsx"] = _workbook(collection, store, files["data/cases.csv"])
    views = {field.name: view(collection, field) for field in collection.facets if field.name in feeds.BY}
    files.update(feeds.feeds(collection, views))
    if repository := oai.repository(collection):
        files[oai.PATH] = repository
    files["robots.txt"] = _robots(collection)
    return files


def pictured(place: Project, collection: Collection) -> tuple[dict[str, str], dict[str, Callable[[], bytes]], tuple[Problem, ...]]:
    """The picture by which each case is shown where its address is sent: its path in the site by the case's id, the ways to get them,
    and a word where no font is there to draw them. Whoever shows them knows them by a whole address: without one there are none.
    """
    if not collection.address:
        return {}, {}, ()
    from casepress.site.cards import Drawer, words

    said = {case.id: words(case) for case in collection.cases}
    try:
        faces, _ = workshop.faces_for(place, frozenset("".join(part for each in said.values() for part in each)))
    except NoFaces:
        what = "这台机器上没有宋体一类的中文字体，发到微信里的案例没有画出小图"
        cure = "请装上字体（见手册的“字体”一节），或把字体文件放进 theme/fonts"
        return {}, {}, (warning("cases/collection.yml", collection.lines.at("address"), what, cure, "cards_are_drawn"),)
    drawer, store = Drawer(faces), Store(place.cache)
    files = sorted({(sum_of(face.regular.path, store), face.regular.index) for _, face in faces.order("song")})  # wherever they are
    shared = key((maker("Pillow"), repr(files)))
    paths: dict[str, str] = {}
    made: dict[str, Callable[[], bytes]] = {}
    for name, each in said.items():
        sum_ = key((shared, *each))
        paths[name] = f"cards/{name}-{sum_[:8]}.png"
        made[paths[name]] = partial(_card, drawer, store, sum_, each)
    return paths, made, ()


def _card(drawer: "Drawer", store: Store, name: str, words: tuple[str, ...]) -> bytes:
    data = store.get(_CARDS, name)
    if data is None:
        data = drawer.draw(*words)
        store.put(_CARDS, name, data)
    return data


def _workbook(collection: Collection, store: Store, table: bytes) -> bytes:
    name = key((maker("XlsxWriter"), table, collection.date))
    data = store.get(_KIND, name)
    if data is None:
        data = published.as_workbook(collection, published.rows(collection))
        store.put(_KIND, name, data)
    return data


def _robots(collection: Collection) -> bytes:
    """robots.txt (RFC 9309): all may be read, and where the map of the site is."""
    lines = ["User-agent: *", "Disallow:"]
    if collection.address:
        lines.append(f"Sitemap: {codes.address(collection.address)}sitemap.xml")
    return ("\n".join(lines) + "\n").encode()
