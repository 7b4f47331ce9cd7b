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
from posixpath import dirname, join, normpath, relpath
from urllib.parse import quote, unquote

from casepress.facts.wording import nearest
from casepress.markup.anchors import place, plain
from casepress.markup.frontmatter import Node
from casepress.markup.typed_nodes import Wrong
from casepress.values.cases import Collection, Heading

CHECK = "links_lead_somewhere"
BOOK = "content/book/"  # what stands there is the book's, and no page of the site
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_HOST = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,8}(?:com|cn|org|net|gov|edu|info)(?:[:/?#].*)?", re.IGNORECASE)
_MAIL = re.compile(r"[^\s@/\\:]{1,64}@[^\s@/\\:]{1,255}")
_GUESSED = 200  # of so many names and headings the nearest is looked for
_NAMED = 6  # so many headings are named in a message


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

    `lost` says, with a cure, what of it is not there: it leads to the top of the page then.
    """

    address: str
    tree: str = ""
    lost: str = ""
    cure: str = ""


@dataclass(frozen=True)
class Targets:
    """All that links may mean. `made` are pages of the site without a file, by their path in the docs tree; `broken` are
    cases whose header cannot be read, which have no address yet."""

    files: Mapping[str, Target] = field(default_factory=dict)
    made: frozenset[str] = frozenset()
    broken: frozenset[str] = frozenset()
    _called: Mapping[str, tuple[Target, ...]] = field(default_factory=dict)

    def lead(self, path: str, target: str, guess: bool = True) -> Found:
        """Where a link in the file at `path` leads. Raises Wrong where that is nowhere; without `guess` nothing near is sought."""
        for mark in ("#", "＃", "\n"):  # a file's name may hold the first two
            written, _, called = target.partition(mark)
            if found := self._meant(path, written):
                break
        else:
            raise self._wrong(path, target, guess)
        if isinstance(found, str):
            found = Target(f"content/{found}", f"page:{page_address(found)}")
            called = ""
        if (found.kind == "page") if path.startswith(BOOK) else (found.kind == "text"):
            where, cure = ("网站上", "请写完整的网址") if path.startswith(BOOK) else ("书里", "请删去链接，只留文字")
            raise _said(target, f"链接“{target}”不能用，{found.path} 只在{where}有", cure)
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
            tree = real.removeprefix("content/") if real.startswith("content/") and path.startswith("content/") else ""
            for way in ("/index.md",) if words.endswith("/") else ("", ".md"):
                if found := self.files.get(real + way):
                    return found
                if tree and (found := self._in_the_tree(tree + way)):
                    return found
            stem, dot, ending = real.rpartition(".")
            for name in (real, *((f"{stem}.md",) if dot and ending.lower() in ("html", "htm", "md") else ())):
                if len(found := self._called.get(_key(name), ())) == 1:
                    return found[0]
            if found := self.files.get(words.removeprefix("/")):  # as if from the top, where nothing else can be meant
                return found
            bare = words.removesuffix(".html").removesuffix(".md").removeprefix("./")
            if "/" not in bare and len(found := self._called.get(f"={bare}", ())) == 1:
                return found[0]
        return None

    def _in_the_tree(self, name: str) -> Target | str | None:
        """What a path in the site's docs tree means, where cases stand beside the pages of content/ under their ids."""
        id_ = name.removeprefix("cases/").removesuffix(".md")
        called = self._called.get(f"={id_}", ()) if name == f"cases/{id_}.md" else ()
        found = dict.fromkeys(each for each in (self.files.get(name), *called) if each and each.path != f"content/{name}")
        if len(found) == 1:
            return next(iter(found))
        return name if name in self.made else None

    def _wrong(self, path: str, target: str, guess: bool) -> Wrong:
        written = unquote(target.partition("#")[0]).strip().replace("\\", "/")
        what, near = f"链接“{target}”没有着落", ""
        if _HOST.fullmatch(written):
            return _said(target, f"链接“{target}”少了开头", f"如果是网址，请写成 https://{written}")
        if _MAIL.fullmatch(written):
            return _said(target, f"链接“{target}”少了开头", f"如果是邮箱，请写成 mailto:{written}")
        real = normpath(join(dirname(path), written))
        if written.startswith("/") or _SCHEME.match(written) or real.startswith("../"):
            return _said(target, f"链接“{target}”不能用", f"链接请写 http:// 或 https:// 开头的网址，或{self._usual(path)}")
        if real in self.broken:
            return _said(target, f"{what}，{real} 的开头还有错，没有收进来", "请先改好那个案例")
        if guess and len(written) <= 100:
            near = self._near(path, written)
        if written.lower().endswith(".md"):
            what += "，没有这个文件"
        cure = f"是不是 {near}" if near else "请检查文件名"
        return _said(target, what, f"{cure}；链接可以写网址，或{self._usual(path)}")

    def _near(self, path: str, written: str) -> str:
        """The nearest file, as the link would have to name it."""
        stems: dict[str, Target] = {}
        for each in self.files.values():
            stems.setdefault(_stem(each.path), each)
        word = _stem(written)
        few = list(stems) if len(stems) <= _GUESSED else sorted(stems, key=lambda stem: -len(set(stem) & set(word)))[:_GUESSED]
        found = nearest(f"{word}.md", (f"{stem}.md" for stem in few))  # the ending counts: most file names are short
        return link(path, stems[found.removesuffix(".md")].path) if found else ""

    def _usual(self, path: str) -> str:
        """How a case is named from this file."""
        return f"一个案例的文件，例如 {link(path, 'cases/文件名.md')}"


def targets(
    cases: Iterable[Target], texts: Iterable[Target] = (), pages: Iterable[Target] = (), made: Iterable[str] = (), broken: Iterable[str] = ()
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
    return Targets(files, frozenset(made), frozenset(broken), known)


def pages_made(collection: Collection) -> Iterator[str]:
    """The pages of the site that are made of the cases and that people name, by their path in the docs tree."""
    yield "cases/index.md"
    for each in collection.facets:
        yield f"by/{each.name}/index.md"


def page_address(name: str) -> str:
    """The address in the site of a page or file of the docs tree."""
    if name.lower().endswith(".md"):
        name = f"{name[:-3]}.html"
        if name.endswith("README.html"):  # MkDocs takes it for its folder's index
            name = f"{name.removesuffix('README.html')}index.html"
    return quote(name)


def link(path: str, file: str) -> str:
    """A file as a link in the file at `path` names it."""
    found = relpath(file, dirname(path))
    return found if not set(found) & set(" ()<>") else quote(found, safe="/") if "<" in found or ">" in found else f"<{found}>"


def headings_there(headings: Sequence[Heading], called: str, guess: bool = True, file: str = "") -> str:
    """The cure for a link to a heading that `file`, or the text itself, has not."""
    words = list(dict.fromkeys(heading.text for heading in headings[:_GUESSED] if heading.text))
    called = " ".join(unquote(called).split())
    near = nearest(called, words) if guess and len(called) <= 100 else ""
    listed = "、".join(word if len(word) <= 30 else f"{word[:29]}…" for word in words[:_NAMED]) + ("等" if len(words) > _NAMED else "")
    there = "那里" if file else "这里"
    there += f"的小标题有 {listed}" if words else "没有小标题"
    if near:
        return f"是不是 {file}#{near}；{there}"
    return f"请写成 {file}#小标题的文字，和那个小标题一字不差，或删去链接；{there}"


def _said(target: str, what: str, cure: str) -> Wrong:
    return Wrong(Node(0, target), what, cure, CHECK)


def _key(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()


def _stem(path: str) -> str:
    name = path.rpartition("/")[2]
    return name.rpartition(".")[0] or name
