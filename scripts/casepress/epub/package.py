"""Package: what an EPUB says of itself: its metadata, its files, the order of its reading (EPUB 3.3, 5).

Flows in: a book, its files, what is in them. Flows out: the package document, the container, and the contents of older programs.
"""

import hashlib
import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from casepress.book.book import Book
from casepress.epub.chapters import NAV, Entry
from casepress.epub.xml import xml
from casepress.facts.moments import calendar, moment

FOLDER = "EPUB"
PACKAGE = f"{FOLDER}/package.opf"
_TYPES = {
    "xhtml": "application/xhtml+xml",
    "css": "text/css",
    "ncx": "application/x-dtbncx+xml",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
}


@dataclass(frozen=True)
class Item:
    """A file of the package: its name, its id, its properties (EPUB 3.3, appendix D.5), and whether it is read in turn."""

    file: str
    id: str
    properties: str = ""
    read: bool = False


@dataclass(frozen=True)
class Seen:
    """What the pictures of a book are like: whether there are any, and whether each has words."""

    pictures: bool
    worded: bool


def identifier(book: Book) -> str:
    """The name of a publication, the same as long as it is the same book of the same collection, whatever is mended in it."""
    whose = book.address or f"{book.publisher}\0{book.title}"
    said = "\0".join((whose, book.settings.name, *book.settings.only))
    return uuid.UUID(bytes=hashlib.sha256(said.encode("utf-8", "surrogatepass")).digest()[:16], version=5).urn


def package(book: Book, language: str, items: Sequence[Item], seen: Seen) -> bytes:
    """The package document."""
    root = Element(
        "package",
        {
            "xmlns": "http://www.idpf.org/2007/opf",
            "version": "3.0",
            "unique-identifier": "publication",
            "xml:lang": language,
        },
    )
    metadata = SubElement(root, "metadata", {"xmlns:dc": "http://purl.org/dc/elements/1.1/"})
    _describe(metadata, book, language)
    for name, value in (("dcterms:modified", moment(book.date)), *_accessibility(book, seen)):
        SubElement(metadata, "meta", {"property": name}).text = value
    cover = next((item.id for item in items if item.properties == "cover-image"), "")
    if cover:
        SubElement(metadata, "meta", {"name": "cover", "content": cover})  # what programs of EPUB 2 look for
    manifest = SubElement(root, "manifest")
    for item in items:
        values = {"id": item.id, "href": item.file, "media-type": _TYPES[item.file.rpartition(".")[2]]}
        SubElement(manifest, "item", values | ({"properties": item.properties} if item.properties else {}))
    spine = SubElement(root, "spine", {"toc": "ncx"})
    for item in items:
        if item.read:
            SubElement(spine, "itemref", {"idref": item.id})
    return xml(root)


def _describe(metadata: Element, book: Book, language: str) -> None:
    """Dublin Core. Where nothing is said, nothing stands: an empty element is an error. Rights (`dc:rights`) are the bureau's to say,
    and no setting of a collection says any."""
    themes = dict.fromkeys(str(theme) for case in book.cases for theme in case.all("theme"))
    said = [
        ("identifier", identifier(book)),
        ("title", book.title),
        ("language", language),
        ("creator", book.publisher),
        ("publisher", book.publisher),
        ("date", calendar(book.date)),
        ("description", description(book)),
        *(("subject", theme) for theme in themes),
    ]
    for name, value in said:
        if words := " ".join(value.split()):
            element = SubElement(metadata, f"dc:{name}", {"id": "publication"} if name == "identifier" else {})
            element.text = words
            if name == "title":
                element.set("id", "title")
                SubElement(metadata, "meta", {"refines": "#title", "property": "title-type"}).text = "main"
    if book.imprint.publication == "isbn" and (isbn := "".join(re.findall("[0-9Xx]", book.imprint.facts.get("isbn", "")))):
        SubElement(metadata, "dc:source").text = f"urn:isbn:{isbn}"  # of the printed book, which this is an edition of


def description(book: Book) -> str:
    """One sentence: the second title, and what is in the book."""
    second = f"{book.subtitle}。" if book.subtitle else ""
    parts = f"，分 {len(book.parts)} 篇" if book.is_divided else ""
    return f"{second}收录 {len(book.cases)} 个案例{parts}。"


def _accessibility(book: Book, seen: Seen) -> Iterable[tuple[str, str]]:
    """What a reader with a screen reader may count on (EPUB Accessibility 1.1, 2.2).

    Conformance with a standard is not claimed: a person has to judge the words of pictures before that is true.
    """
    yield "schema:accessMode", "textual"
    if seen.pictures:
        yield "schema:accessMode", "visual"
    if seen.worded:
        yield "schema:accessModeSufficient", "textual"
    features = ["tableOfContents", "structuralNavigation", "readingOrder", "displayTransformability"]
    features += ["alternativeText"] if seen.worded else []
    features += ["index"] if book.indexes else []
    for name in features:
        yield "schema:accessibilityFeature", name
    yield "schema:accessibilityHazard", "none"
    words = "正文可以重排，字号、行距和明暗由阅读器设定；有目录、标题层次和书内链接，脚注可以往返。"
    if seen.pictures and seen.worded:
        words += "图片都有替代文字。"
    elif seen.pictures:
        words += "部分图片没有替代文字。"
    yield "schema:accessibilitySummary", f"{words}没有闪烁、声音或自动播放的内容。没有经过第三方的无障碍认证。"


def container() -> bytes:
    """Where the package document is (EPUB 3.3, OCF, 4.2.6.3.1)."""
    root = Element("container", {"version": "1.0", "xmlns": "urn:oasis:names:tc:opendocument:xmlns:container"})
    SubElement(SubElement(root, "rootfiles"), "rootfile", {"full-path": PACKAGE, "media-type": "application/oebps-package+xml"})
    return xml(root)


def ncx(book: Book, language: str, entries: Sequence[Entry]) -> bytes:
    """The contents once more, for programs that know EPUB 2 only (OPF 2.0.1, 2.4.1)."""
    root = Element("ncx", {"xmlns": "http://www.daisy.org/z3986/2005/ncx/", "version": "2005-1", "xml:lang": language})
    head = SubElement(root, "head")
    SubElement(head, "meta", {"name": "dtb:uid", "content": identifier(book)})
    SubElement(SubElement(root, "docTitle"), "text").text = book.title
    points = SubElement(root, "navMap")
    _points(points, entries, 0)
    if not entries:
        _points(points, [Entry("目录", NAV)], 0)
    return xml(root)


def _points(parent: Element, entries: Sequence[Entry], count: int) -> int:
    for entry in entries:
        count += 1
        point = SubElement(parent, "navPoint", {"id": f"point-{count}"})
        SubElement(SubElement(point, "navLabel"), "text").text = entry.words
        SubElement(point, "content", {"src": entry.file})
        count = _points(point, entry.below, count)
    return count
