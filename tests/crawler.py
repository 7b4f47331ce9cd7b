"""A crawler: every address and every anchor of a built site, followed over HTTP or among its files.

In: a folder with a site, and the address at which it is served, or none for files as a double click opens them. Out: a
sentence for each address that leads nowhere, out of the site, or to an anchor that is not there. The web is not asked.
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
_IN_STYLE = re.compile(r"url\(\s*[\"']?([^\"')]+)")


@dataclass
class Page(HTMLParser):
    """The addresses that a page has, each with its tag, and the ids in it."""

    addresses: list[tuple[str, str]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    pointers: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
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

    def faults(self) -> list[str]:
        """A sentence for each address that is dead."""
        read: dict[str, Page] = {}
        for name in self.pages():
            page = read[name] = Page()
            page.feed((self.folder / name).read_text("utf-8"))
            if name == "404.html":  # shown at any depth: a script leads its links from the root of the site, as `data-to` says
                page.addresses = [(tag, address) for tag, address in page.addresses if tag.endswith("-to")]
        for name in sorted(name for name in self.files if name.endswith(".css")):
            style = read[name] = Page()
            style.addresses = [("style", each) for each in _IN_STYLE.findall((self.folder / name).read_text("utf-8"))]
        return [fault for name, page in read.items() for fault in self._dead(name, page, read)] + [
            f"{name}: no page leads to it" for name in self._lonely(read)
        ]

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

    def _lonely(self, read: dict[str, Page]) -> Iterator[str]:
        """Pages of cases that no other page leads to."""
        led = set()
        for name, page in read.items():
            here = urljoin(self.root, self._address(name))
            targets = (urlsplit(urldefrag(urljoin(here, address))[0]).path for tag, address in page.addresses if tag == "a")
            led |= {unquote(path.removeprefix(urlsplit(self.root).path)) for path in targets} - {name}
        yield from sorted(name for name in read if name.startswith("cases/") and name not in led and name != "cases/index.html")


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
