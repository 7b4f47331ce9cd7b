"""A crawler: every address and every anchor of a built site, followed over HTTP or among its files.

In: a folder with a site, and the address at which it is served, or none for files as a double click opens them. Out: a
sentence for each address that leads nowhere, out of the site, or to an anchor that is not there; and for each page to which a
reader without JavaScript finds no way from the home page, or to a case only a long one. The web is not asked.
"""

import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

ADDRESSES = {"href", "src", "action", "formaction", "data", "poster", "xlink:href", "data-to"}
POINTERS = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "list")  # ids of the same page
MATERIALS = "__"  # labels of Material's own switches, some of which a page without contents or search has not
HOME, MISSING, CLICKS = "index.html", "404.html", 3  # from the home page to any case
UNSEEN = {"cp-unseen", "cp-taken"}  # words for those who hear, and what is behind a list: nobody should need them
VOID = set("area base br col embed hr img input link meta source track wbr".split())
_IN_STYLE = re.compile(r"url\(\s*[\"']?([^\"')]+)")


@dataclass
class Page(HTMLParser):
    """The addresses that a page has, each with its tag, those of the links that a reader sees without a further click, and the ids in it."""

    addresses: list[tuple[str, str]] = field(default_factory=list)
    ways: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    pointers: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._shut, self._depth = "", 0  # the element that hides what stands in it, and how many of its name are open

    def handle_endtag(self, tag: str) -> None:
        self._depth -= bool(self._depth) and tag == self._shut

    def _sees(self, tag: str, attrs: dict[str, str | None]) -> bool:
        """Whether an element is seen where it stands."""
        if self._depth:
            self._depth += tag == self._shut
        elif tag not in VOID and (
            tag in ("template", "dialog", "details")
            and "open" not in attrs
            or "hidden" in attrs
            or set((attrs.get("class") or "").split()) & UNSEEN
        ):
            self._shut, self._depth = tag, 1
        return not self._depth

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._sees(tag, dict(attrs)) and tag == "a" and "href" in dict(attrs):
            self.ways.append((dict(attrs)["href"] or "").strip())
        for name, value in attrs:
            value = value or ""
            if name in ADDRESSES and not (tag == "link" and dict(attrs).get("rel") in ("canonical", "alternate")):
                self.addresses.append((f"{tag}-to" if name == "data-to" else tag, value.strip()))
            elif name == "srcset":
                self.addresses += [(tag, each.split()[0]) for each in value.split(",") if each.strip()]
            elif name == "style":
                self.addresses += [(tag, each) for each in _IN_STYLE.findall(value)]
            elif name == "id" or (name == "name" and tag == "a"):
                self.ids.append(value)
            elif name in POINTERS:
                self.pointers += value.split()


@dataclass
class Site:
    """A built site in a folder. `root` is its address, with `/` at its end: of a server, or of the folder itself."""

    folder: Path
    root: str = ""

    def __post_init__(self) -> None:
        self.folder = self.folder.resolve()
        self.root = self.root or f"{self.folder.as_uri()}/"

    @cached_property
    def files(self) -> frozenset[str]:
        return frozenset(path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*") if path.is_file())

    def pages(self) -> Iterator[str]:
        """The pages by their path."""
        yield from sorted(name for name in self.files if name.endswith(".html"))

    def at(self, root: str) -> "Site":
        """The same site at an address, its pages not read a second time."""
        other = Site(self.folder, root)
        other.read = self.read
        return other

    def faults(self) -> list[str]:
        """A sentence for each address that is dead."""
        clicks = self.clicks()
        return [
            *(fault for name, page in self.read.items() for fault in self._dead(name, page, self.read)),
            *(f"{name}: no way leads there from the home page" for name in self.pages() if name not in clicks and name != MISSING),
            *(f"{name}: {count} clicks away" for name, count in clicks.items() if name.startswith("cases/") and count > CLICKS),
        ]

    @cached_property
    def read(self) -> dict[str, Page]:
        """All pages and style sheets."""
        read: dict[str, Page] = {}
        for name in self.pages():
            page = read[name] = Page()
            page.feed((self.folder / name).read_text("utf-8"))
            if name == MISSING:  # shown at any depth: a script leads its links from the root of the site, as `data-to` says
                page.addresses = [(tag, address) for tag, address in page.addresses if tag.endswith("-to")]
        for name in sorted(name for name in self.files if name.endswith(".css")):
            style = read[name] = Page()
            style.addresses = [("style", each) for each in _IN_STYLE.findall((self.folder / name).read_text("utf-8"))]
        return read

    def clicks(self) -> dict[str, int]:
        """How many clicks from the home page each page is that can be reached."""
        found, waiting = {HOME: 0}, [HOME]
        for name in waiting:
            here = urljoin(self.root, self._address(name))
            for address in self.read[name].ways if name in self.read and name != MISSING else ():
                path = urlsplit(urldefrag(urljoin(here, address))[0]).path
                target = unquote(path.removeprefix(urlsplit(self.root).path))
                if target in self.read and target not in found:
                    found[target] = found[name] + 1
                    waiting.append(target)
        return found

    def _dead(self, name: str, page: Page, read: dict[str, Page]) -> Iterator[str]:
        here = urljoin(self.root, self._address(name))
        for twice in {each for each in page.ids if page.ids.count(each) > 1}:
            yield f"{name}: id {twice} is there twice"
        for pointer in set(page.pointers) - set(page.ids):
            if not pointer.startswith(MATERIALS):
                yield f"{name}: there is no {pointer} to point to"
        for tag, address in dict.fromkeys(page.addresses):
            if urlsplit(address).scheme in ("http", "https", "mailto", "data") and not address.startswith(self.root):
                continue
            whole, anchor = urldefrag(urljoin(here, address))
            if not whole.startswith(self.root):
                yield f"{name}: <{tag}> {address} leaves the site"
                continue
            target = self._there(whole)
            if target is None:
                yield f"{name}: <{tag}> {address} is not there"
            elif anchor and (target not in read or unquote(anchor) not in read[target].ids):
                yield f"{name}: <{tag}> {address}: no such anchor"

    def _there(self, whole: str) -> str | None:
        """The file that an address gives. Files are exact: no index is added, upper and lower case differ."""
        name = unquote(urlsplit(whole).path.removeprefix(urlsplit(self.root).path))
        if self.root.startswith("file:"):
            return name if name in self.files else None
        name = f"{name}index.html" if not name or name.endswith("/") else name
        return name if self._answers(urlsplit(whole)._replace(query="").geturl()) else None

    def _answers(self, address: str) -> bool:
        if address not in self._asked:
            try:
                with urllib.request.urlopen(urllib.request.Request(address, method="HEAD"), timeout=10) as answer:
                    self._asked[address] = answer.status == 200
            except (urllib.error.URLError, OSError):
                self._asked[address] = False
        return self._asked[address]

    @cached_property
    def _asked(self) -> dict[str, bool]:
        return {}

    @staticmethod
    def _address(name: str) -> str:
        return urllib.request.pathname2url(name)


def pdf_faults(path: Path) -> list[str]:
    """A sentence for each link or bookmark of a PDF that leads to no page of it."""
    import pikepdf

    with pikepdf.open(path) as pdf:
        pages = {page.obj.objgen for page in pdf.pages}
        names = pikepdf.NameTree(pdf.Root.Names.Dests) if "/Names" in pdf.Root and "/Dests" in pdf.Root.Names else {}
        old = pdf.Root.get("/Dests", {})

        def leads(target) -> bool:
            if isinstance(target, pikepdf.String):
                target = names[str(target)] if str(target) in names else None
            elif isinstance(target, pikepdf.Name):
                target = old.get(str(target))
            if isinstance(target, pikepdf.Dictionary):
                target = target.get("/D")
            return isinstance(target, pikepdf.Array) and target[0].objgen in pages

        def of(item) -> object | None:
            action = item.get("/A")
            if action is not None and action.get("/S") == "/GoTo":
                return action.get("/D")
            return item.get("/Dest")

        faults = []
        for number, page in enumerate(pdf.pages, 1):
            for note in page.get("/Annots", ()):
                if note.get("/Subtype") == "/Link" and (target := of(note)) is not None and not leads(target):
                    faults.append(f"{path.name}: a link on page {number} leads nowhere: {target}")
        faults += [f"{path.name}: the destination {name} is on no page" for name in names if not leads(names[name])]
        waiting = [pdf.Root.Outlines] if "/Outlines" in pdf.Root else []
        while waiting:
            item = waiting.pop()
            waiting += [item[key] for key in ("/First", "/Next") if key in item]
            if (target := of(item)) is not None and not leads(target):
                faults.append(f"{path.name}: the bookmark {item.get('/Title')} leads nowhere")
        return faults


def pdf_links(path: Path) -> list[str]:
    """The named destinations to which the links of a PDF lead, in the order of its pages."""
    import pikepdf

    with pikepdf.open(path) as pdf:
        found = (note.get("/Dest", note.get("/A", {}).get("/D")) for page in pdf.pages for note in page.get("/Annots", ()))
        return [str(target) for target in found if isinstance(target, pikepdf.String)]
