"""Offers: which of the books that stand ready in `build/books` the website may offer beside the text that there is now.

Flows in: a collection, and the folder that `shelf` wrote. Flows out: `Downloads` for the pages, the files, and problems.
What was made of an older text is not offered: a name may have been taken out of it on request.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path, PurePosixPath

from casepress.book.book import book_in
from casepress.book.digest import Digests
from casepress.site.pages import Download, Downloads
from casepress.values.books import KINDS
from casepress.values.cases import Collection
from casepress.values.problems import Problem, warning

WHOLE, LIST, LETTERS = "book.pdf", "books.json", "letters.bin"
_NAMED = 5  # PDFs that a message names one by one


@dataclass(frozen=True)
class Listed:
    """A file as `books.json` lists it: of a book or of a case, by its name; `path` is below the folder of books.

    `of` is the `digest` of what it says, `sha256` that of its bytes.
    """

    name: str
    title: str
    subtitle: str
    path: str
    of: str = ""
    only: tuple[str, ...] = ()
    edition: str = "screen"
    pages: int = 0
    bytes: int = 0
    sha256: str = ""


def case_path(name: str) -> str:
    """Where the PDF of a case stands in a folder of books."""
    return f"cases/{name}.pdf"


def offered(collection: Collection, folder: Path) -> tuple[Downloads, dict[str, bytes], tuple[Problem, ...]]:
    """The PDFs to read that are whole and of this collection's text, where the site keeps them, and a word about the others."""
    try:
        books, cases, letters = _read(folder / LIST)
    except FileNotFoundError:
        return Downloads(), {}, ()
    except (OSError, ValueError, RecursionError):
        what = "这个文件读不出来，不知道有哪些 PDF，网站上就没有放"
        return Downloads(), {}, (warning(f"build/books/{LIST}", 0, what, "请运行 casepress build 重新生成", "pdfs_are_of_this_text"),)
    wished = {f"{settings.name}{kind.suffix}": settings for settings in collection.all_books for kind in KINDS.values()}
    frame = book_in(collection, collection.book, "screen")
    digests = Digests()
    files: dict[str, bytes] = {}
    left: list[str] = []

    def download(entry: Listed, of: str) -> Download | None:
        try:
            data = (folder / entry.path).read_bytes()
        except OSError:  # someone may have taken it away
            return None
        if entry.of != of or hashlib.sha256(data).hexdigest() != entry.sha256:
            left.append(entry.path)
            return None
        files[f"books/{entry.path}"] = data
        return Download(f"books/{entry.path}", entry.title, len(data), entry.pages, entry.subtitle, entry.only)

    found: dict[str, Download] = {}
    for entry in books:
        if entry.edition != "print" and entry.edition in KINDS:
            settings = wished.get(entry.path)
            of = digests.of_book(book_in(collection, settings, entry.edition)) if settings else ""
            if each := download(entry, of):
                found[entry.path] = each
    for path in [path for path in found if not path.endswith(".pdf")]:  # beside its PDF, or where there is none in its place
        pdf, each = str(PurePosixPath(path).with_suffix(".pdf")), found.pop(path)
        kind = "word" if path.endswith(KINDS["word"].suffix) else "epub"
        found[pdf] = replace(found[pdf], **{kind: each}) if pdf in found else each
    single: dict[str, Download] = {}
    for name, entry in cases.items():
        case = collection.by_id.get(name)
        if each := download(entry, digests.of_case(frame, case) if case else ""):
            single[name] = each
    held = _letters(folder, letters) if single else b""
    return Downloads(found.pop(WHOLE, None), single, tuple(found.values()), held), files, tuple(_said(left))


def _letters(folder: Path, sum_: str) -> bytes:
    """The PDF of letters, as it was made; nothing where it is another one, or none."""
    try:
        data = (folder / LETTERS).read_bytes()
    except OSError:
        return b""
    return data if hashlib.sha256(data).hexdigest() == sum_ else b""


def _said(left: list[str]) -> Iterator[Problem]:
    if left:
        names = "、".join(left[:_NAMED]) + (" 等" if len(left) > _NAMED else "")
        kind = " PDF " if all(name.endswith(".pdf") for name in left) else "文件"
        what = f"有 {len(left)} 个{kind}是旧的，不是按现在的文字排的，没有放上网站：{names}"
        yield warning("build/books", 0, what, "请运行 casepress build 重新生成", "pdfs_are_of_this_text")


def _read(path: Path) -> tuple[tuple[Listed, ...], Mapping[str, Listed], str]:
    """What a `books.json` lists, books and cases by id, and the sum of the letters. Raises OSError, and ValueError where it is none of ours."""
    said = json.loads(path.read_bytes())
    if not isinstance(said, dict) or not isinstance(said.get("books"), list) or not isinstance(said.get("cases"), dict):
        raise ValueError("not a list of books")
    books = tuple(_listed(each) for each in said["books"])
    cases = {name: entry for name, each in said["cases"].items() if (entry := _listed(each)).path == case_path(name)}
    return books, cases, str(said.get("letters", ""))


def _listed(said: object) -> Listed:
    """One entry; what an older casepress did not write stays empty, so that no text is like it. Raises ValueError."""
    kinds = {"only": list, "pages": int, "bytes": int}
    if not isinstance(said, dict) or not {"title", "path"} <= set(said):
        raise ValueError("not an entry")
    known = {"name": "", "subtitle": "", **{f.name: said[f.name] for f in fields(Listed) if f.name in said}}
    known["only"] = known.get("only", [])
    if any(type(value) is not kinds.get(name, str) for name, value in known.items()) or any(type(word) is not str for word in known["only"]):
        raise ValueError("not an entry")
    return Listed(**{**known, "only": tuple(known["only"])})
