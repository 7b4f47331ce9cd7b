"""Settings: what `cases/collection.yml` declares, typed.

Flows in: the YAML of the standard fields and of the collection. Flows out: a `Settings` value and its problems.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from casepress.collection.book_settings import Shelf, read_imprint, read_shelf
from casepress.collection.call import read_rules
from casepress.collection.declared import read_fields
from casepress.collection.footer import read_footer
from casepress.collection.guarded import TOP as GUARDED
from casepress.collection.guarded import read_privacy
from casepress.collection.ordering import USUAL, Order, read_order
from casepress.collection.project import SETTINGS
from casepress.collection.wishes import read_wishes
from casepress.facts import slugs, wording
from casepress.facts.places import DeclaredPlace, Gazetteer, gazetteer
from casepress.markup.frontmatter import MAX_YAML, Node
from casepress.markup.typed_nodes import Typer, lines_of, read_map
from casepress.values.books import Imprint
from casepress.values.fields import Field
from casepress.values.footers import Footer
from casepress.values.lines import Lines
from casepress.values.personal import Privacy
from casepress.values.problems import Problem
from casepress.values.rules import Rules, Wishes

# What an entry of collection.yml may hold, level by level.
_TOP = (
    "email",
    "title", "subtitle", "publisher", "date", "language", "address", "publication", "imprint", "book", "books", "order", "places", "fields",
    "rules", "proofreading", "footer",
)  # fmt: skip
_PLACE = ("name", "parent", "code", "slug", "aliases")
_HOST = r"[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)*"
_PORT = r"(?::(?:[1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d\d|655[0-2]\d|6553[0-5]))?"
ADDRESS = re.compile(rf"https?://{_HOST}{_PORT}(?:/(?:[\w.~!$&()*+,;=:@-]|%[0-9a-f]{{2}})*)*", re.IGNORECASE)
_EMAIL = re.compile(rf"[\w.+-]+@{_HOST}\.{_HOST}")
_PAGE = re.compile(r"/[^/]*\.(?:html?|php|aspx?|jsp)$", re.IGNORECASE)  # as a browser shows the address of a page
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")  # BCP 47, as far as anybody writes it here
_LONGEST_ADDRESS = 200  # what a code of 22 mm still shows clearly, with the path of a case behind it


@dataclass(frozen=True)
class Settings:
    """A collection's own words about itself, its fields in the order of declaration, its places, and its shelf of books."""

    title: str
    fields: tuple[Field, ...]
    places: Gazetteer
    subtitle: str = ""
    publisher: str = ""
    date: str = ""
    language: str = "zh-CN"
    address: str = ""
    email: str = ""
    shelf: Shelf = Shelf()
    imprint: Imprint = Imprint()
    order: Order = USUAL
    lines: Lines = Lines()
    privacy: Privacy = Privacy()
    rules: tuple[Rules, ...] = ()
    wishes: Wishes = Wishes()
    footer: Footer = Footer()

    def field_called(self, name: str) -> Field | None:
        """The field that a header means by a name or a Chinese label."""
        return self._by_word.get(wording.plain(name))

    @cached_property
    def _by_word(self) -> Mapping[str, Field]:
        return {wording.plain(word): f for f in reversed(self.fields) for word in f.names}


def read_settings(data: bytes) -> tuple[Settings | None, tuple[Problem, ...]]:
    """The settings that the bytes of a collection.yml declare, over the standard fields.

    None where the file cannot be read at all; otherwise what is wrong is left out and reported.
    """
    node, typer, sound = read_map(data, SETTINGS, "settings_are_known")
    if not sound:
        return None, tuple(typer.problems)
    top = typer.known(node, (*_TOP, *GUARDED), "设置")
    words = {name: typer.text(top.get(name), name) for name in ("title", "subtitle", "publisher", "date")}
    words["address"] = typer.text(top.get("address"), "address", MAX_YAML)
    if not words["title"]:
        typer.report(node, "案例库没有名称", "请加一行 title: 案例库的名称")
    if words["address"] and not (ADDRESS.fullmatch(words["address"]) and len(words["address"]) <= _LONGEST_ADDRESS):
        cure = f"请写 https:// 开头、{_LONGEST_ADDRESS} 个字符以内的网址，不带 ?、# 和用户名，二维码和网址要印在书里；还没有网站就删去这一项"
        typer.report(top["address"], f"address 写了“{words['address'][:60]}”，不能用", cure)
        words["address"] = ""
    elif _PAGE.search(words["address"]):
        typer.report(top["address"], "address 写的是一个网页，不是网站的文件夹", f"请写成 {_PAGE.sub('/', words['address'])}")
        words["address"] = ""
    words["email"] = typer.text(top.get("email"), "email")
    if words["email"] and not _EMAIL.fullmatch(words["email"]):
        typer.report(
            top["email"],
            f"email 写了“{words['email'][:60]}”，不像邮箱",
            "请写一个对外公布的单位邮箱，一个就够；没有就删去这一项",
        )
        words["email"] = ""
    words["language"] = typer.text(top.get("language"), "language") or "zh-CN"
    if not _LANGUAGE.fullmatch(words["language"]):
        typer.report(top["language"], f"language 写了“{words['language'][:60]}”，不是语言的代码", "请写 zh-CN；简体中文的案例库可以删去这一项")
        words["language"] = "zh-CN"
    fields, placed = read_fields(typer, top.get("fields"))
    books = Typer(SETTINGS, "books_can_be_made")
    imprint, facts = read_imprint(books, top.get("publication"), top.get("imprint"))
    places = _places(typer, top.get("places"))
    settings = Settings(
        fields=fields,
        places=places,
        shelf=read_shelf(books, top.get("book"), top.get("books"), fields),
        imprint=imprint,
        order=read_order(typer, top.get("order"), fields),
        privacy=read_privacy(typer, top),
        rules=read_rules(typer, top.get("rules"), fields, places),
        wishes=read_wishes(typer, top.get("proofreading")),
        footer=read_footer(typer, top.get("footer")),
        lines=lines_of(node).beside({**placed, **facts}),
        **{**words, "title": words["title"] or "案例库"},
    )
    return settings, (*typer.problems, *books.problems)


def _places(typer: Typer, node: Node | None) -> Gazetteer:
    """The standard table and the collection's own nodes."""
    known = gazetteer()
    for item in typer.listed(node, "places", "请一行一个：- {name: 西海岸新区, parent: 青岛市}"):
        entry = typer.known(item, _PLACE, "places 的一项")
        words = {name: typer.text(entry.get(name), name) for name in ("name", "parent", "code", "slug")}
        words["slug"] = words["slug"] or slugs.slug(words["name"])
        try:
            known = known.declare(DeclaredPlace(**words, aliases=typer.texts(entry.get("aliases"), "aliases")))
        except ValueError as reason:
            typer.report(item, str(reason), "请写成 {name: 西海岸新区, parent: 青岛市}，上一级要能认出")
    return known
