"""Links: what a relative link of a case, of a text of the book, or of a page of content/ means, said once for all three.

Flows in: every file that may be meant, and a link as somebody wrote it. Flows out: an address for `prose.render`
(`case:ID`, `text:NAME`, `page:ADDRESS` in the site, each with `#ID` of a heading), or what is wrong with it. A link is a
real path from the file in which it stands; other ways of writing are taken where they can mean one thing only.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from posixpath import dirname, join, normpath
from urllib.parse import quote, unquote

from casepress.collection.nowhere import CHECK, headings_there, nowhere, said
from casepress.markup.anchors import place, plain
from casepress.markup.frontmatter import Node
from casepress.markup.typed_nodes import Wrong
from casepress.values.cases import Heading
from casepress.values.fields import Field

LIST = "cases/index.md"  # the page of all cases
BOOK = "content/book/"  # what stands there is the book's, and no page of the site
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_PAGE = re.compile(r"(.+)\.(?:html?|md)", re.IGNORECASE)


class TakenDown(Wrong):
    """A link leads to a case that was taken down: only its words stay."""


@dataclass(frozen=True)
class Target:
    """A file that a link may mean: its address, what people call it, its headings, and what their ids begin with."""

    path: str
    address: str
    title: str = ""
    headings: Callable[[], Sequence[Heading]] = tuple
    prefix: str = ""

    @property
    def kind(self) -> str:
        return self.address.partition(":")[0]

    @property
    def name(self) -> str:
        """Its id or name in addresses."""
        return self.address.partition(":")[2]

    @property
    def tree(self) -> str:
        """Its path in the site's docs tree; a text of the book has none."""
        return f"cases/{self.name}.md" if self.kind == "case" else self.path.removeprefix("content/") if self.kind == "page" else ""


@dataclass(frozen=True)
class Found:
    """Where a link leads; `tree` is that file's path in the site's docs tree.

    `query` is what the page of all cases is to show. `lost` says, with a cure, what of it is not there: it leads to the top of the page then.
    """

    address: str
    tree: str = ""
    lost: str = ""
    cure: str = ""
    query: str = ""


@dataclass(frozen=True)
class Targets:
    """All that links may mean. `made` are pages of the site without a file, by their path in the docs tree; `broken` are
    cases whose header cannot be read, which have no address yet, `gone` those that were taken down, `waiting` those that are not
    published yet."""

    files: Mapping[str, Target] = field(default_factory=dict)
    made: frozenset[str] = frozenset()
    broken: frozenset[str] = frozenset()
    waiting: frozenset[str] = frozenset()
    _called: Mapping[str, tuple[Target, ...]] = field(default_factory=dict)
    gone: "Targets | None" = None

    def of(self, path: str) -> Target:
        """What a link to this very file would mean. Some systems write é in a file's name as two characters."""
        return self.files[unicodedata.normalize("NFC", path)]

    def lead(self, path: str, target: str, guess: bool = True) -> Found:
        """Where a link in the file at `path` leads. Raises Wrong where that is nowhere; without `guess` nothing near is sought."""
        for mark in ("#", "＃", "\n"):  # a file's name may hold the first two
            written, _, called = target.partition(mark)
            if found := self._meant(path, written):
                break
            page, _, query = written.partition("?")
            if query and self._meant(path, page) == LIST:  # as somebody copied it from the address bar
                query = quote(query, safe="=&%+")
                return Found(f"page:{page_address(LIST)}?{query}", LIST, query=query)
        else:
            if self.gone and self.gone._meant(path, target.partition("#")[0]):
                raise TakenDown(Node(0, target), f"链接“{target}”通向的案例已经撤下", "请删去链接，只留文字", CHECK)
            raise nowhere(path, target, self.files, self.broken, guess)
        if isinstance(found, str):
            found = Target(f"content/{found}", f"page:{page_address(found)}")
            called = ""
        if found.path in self.waiting and path not in self.waiting:
            raise said(target, f"链接“{target}”通向的案例还没有发布", "请先删去链接，只留文字，等那一批发布以后再加")
        if (found.kind == "page") if path.startswith(BOOK) else (found.kind == "text"):
            where, cure = ("网站上", "请写完整的网址") if path.startswith(BOOK) else ("书里", "请删去链接，只留文字")
            raise said(target, f"链接“{target}”不能用，{found.path} 只在{where}有", cure)
        if not unquote(called).strip() or plain(unquote(called)) == plain(found.title):
            return Found(found.address, found.tree)
        headings = found.headings()
        if heading := place(headings, found.prefix, called):
            anchor = quote(heading)
            return Found(f"#{anchor}" if found.path == path else f"{found.address}#{anchor}", found.tree)
        where = f"《{found.title}》" if found.title else f"{found.path} "
        cure = headings_there(headings, called, guess, written)
        return Found(found.address, found.tree, f"链接“{target}”没有着落，{where}里没有这个小标题", cure)

    def _meant(self, path: str, written: str) -> Target | str | None:
        """The file, or the page without one, that is meant; tolerant where only one can be."""
        for words in dict.fromkeys((written, unquote(written))):
            words = unicodedata.normalize("NFC", words.strip().replace("\\", "/"))
            if not words or _SCHEME.match(words):
                continue
            real = normpath(join(dirname(path), words))  # of `/…` it is no path of ours
            folder = words.endswith("/")
            if found := self._there(path, real, folder):
                return found
            if found := self._there(BOOK, normpath(words.lstrip("/")), folder):  # as if from the top, where nothing else can be meant
                return found
            bare = words.removesuffix(".html").removesuffix(".md").removeprefix("./")
            for name in (bare, bare.strip("《》")):
                if "/" not in name and len(found := self._called.get(f"={name}", ())) == 1:
                    return found[0]
        return None

    def _there(self, path: str, real: str, folder: bool) -> Target | str | None:
        """What a path from the top means, exactly or else as people write it; `path` is the file in which it stands."""
        stem = match[1] if (match := _PAGE.fullmatch(real)) else ""
        ways = (f"{real}/index.md",) if folder else (real, f"{real}.md", *((f"{stem}.md",) if stem else ()))
        # Pages of the site stand in one tree, where cases are beside those of content/; a book has no such tree.
        has_tree = path.startswith(("content/", "cases/")) and not path.startswith(BOOK)
        for way in ways:
            if found := self.files.get(way) or (has_tree and self._in_the_tree(way.removeprefix("content/"), way)):
                return found
        for way in ways:
            if len(found := self._called.get(_key(way), ())) == 1:
                return found[0]
        return None

    def _in_the_tree(self, name: str, real: str) -> Target | str | None:
        """What a path in the site's docs tree means, where cases stand beside the pages of content/ under their ids."""
        id_ = name.removeprefix("cases/").removesuffix(".md")
        called = self._called.get(f"={id_}", ()) if name == f"cases/{id_}.md" else ()
        there = (self.files.get(f"content/{name}"), self.files.get(name), *called)
        found = dict.fromkeys(each for each in there if each and each.path != real)
        if len(found) == 1:
            return next(iter(found))
        return name if name in self.made else None


def targets(
    cases: Iterable[Target],
    texts: Iterable[Target] = (),
    pages: Iterable[Target] = (),
    made: Iterable[str] = (),
    broken: Iterable[str] = (),
    gone: Iterable[Target] = (),
    waiting: Iterable[str] = (),
) -> Targets:
    """What links may mean; cases may also be named by their id or title, where only one has it."""
    files: dict[str, Target] = {}
    called: dict[str, dict[Target, None]] = defaultdict(dict)
    for each in (*cases, *texts, *pages):
        files[unicodedata.normalize("NFC", each.path)] = each
        called[_key(each.path)][each] = None
        if each.address.startswith("case:"):
            for name in (each.name, unicodedata.normalize("NFC", each.title)):
                called[f"={name}"][each] = None
    known = {name: tuple(found) for name, found in called.items()}
    gone = tuple(gone)
    return Targets(files, frozenset(made), frozenset(broken), frozenset(waiting), known, targets(gone) if gone else None)


def pages_made(fields: Iterable[Field]) -> Iterator[str]:
    """The pages of the site that are made of the cases and that people name, by their path in the docs tree."""
    yield LIST
    for each in fields:
        if each.facet and not each.private:
            yield f"by/{each.name}/index.md"


def page_address(name: str) -> str:
    """The address in the site of a page or file of the docs tree."""
    if name.lower().endswith(".md"):
        name = f"{name[:-3]}.html"
        if name.endswith("README.html"):  # MkDocs takes it for its folder's index
            name = f"{name.removesuffix('README.html')}index.html"
    return quote(name)


def _key(path: str) -> str:
    """What spellings of one path share: the case of letters, and their width, differ from keyboard to keyboard."""
    return unicodedata.normalize("NFKC", path).replace("。", ".").casefold()
