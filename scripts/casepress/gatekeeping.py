"""Gatekeeping: what was built is looked over before it takes the place of the last one: no personal data that check did not see.

Flows in: new folders of books and site beside the last ones. Flows out: problems, each with the file and the page. What stands in the
last site as well is not looked at again; what was found sound is known by its sum, a page of a book whatever book it stands in.
"""

import hashlib
import io
import os
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from casepress.checking import private
from casepress.collection.manuscript import Manuscript
from casepress.collection.project import Project, relative
from casepress.facts.maker import maker
from casepress.facts.store import Store, key
from casepress.privacy.scanning import scan
from casepress.privacy.shown import data_shown, shown
from casepress.values.personal import KINDS, Personal, core
from casepress.values.problems import Problem, error

_KIND, _SIZE = "looked", 16  # bytes of a sum
_MOST = 400_000  # sums that are kept
_MARKED = (".html", ".xml", ".svg", ".xhtml", ".opf", ".ncx", ".rels")
_SILENT = (".css", ".map", ".gz", ".jpg", ".jpeg", ".png", ".webp", ".gif", ".ico", ".woff", ".woff2", ".mp4")
_TOLD = 20  # values that are told; one place in a template stands on every page
_OTHERS = re.compile(r"(?:^|/)assets/(?:javascripts|stylesheets|images)/")  # of Material, which says nothing of anyone

Piece = tuple[str, str]  # where in a file, and the words there


@dataclass
class Seen:
    """What is known: the values that check saw, and the sums of what was looked at, in an earlier build or in this one."""

    values: frozenset[str]
    before: frozenset[bytes]
    now: set[bytes] = field(default_factory=set)
    long: str = ""

    def is_known(self, sum_: bytes) -> bool:
        if sum_ in self.before:
            self.now.add(sum_)
        return sum_ in self.now

    def has(self, found: Personal) -> bool:
        """Whether check saw a value, or one that it is a part of or that is a part of it."""
        value = found.core
        if value in self.values:
            return True
        return len(value) > 6 and (value in self.long or any(len(each) > 6 and each in value for each in self.values))


def guarded(place: Project, manuscript: Manuscript, new: Mapping[Path, Path]) -> tuple[Problem, ...]:
    """What stands in the way of swapping new folders in."""
    collection, content = manuscript.collection, {**manuscript.content, **manuscript.texts}
    data = private.found(collection, content, manuscript.reader.store)
    values = (*(each.personal.core for each in data), *(core(each.text) for each in collection.privacy.allowed))
    return look_over(place, values, new)


def look_over(place: Project, values: Iterable[str], new: Mapping[Path, Path]) -> tuple[Problem, ...]:
    """What must not be swapped in; `values` are those that check saw, `new` has for each folder the one that shall stand there."""
    store, name = Store(place.cache), key((maker("pikepdf", "pypdfium2"), _KIND, str(place.root)))
    data = store.get(_KIND, name) or b""
    known = frozenset(data[at : at + _SIZE] for at in range(0, len(data), _SIZE))
    values = frozenset(filter(None, values))
    seen = Seen(values, known, long="\n".join(sorted(values)))
    problems = tuple(_problems(place, seen, new))
    if not problems:
        sums = seen.now | known if len(known) < _MOST else seen.now
        if sums != known:
            store.put(_KIND, name, b"".join(sorted(sums)))
    return problems


def _problems(place: Project, seen: Seen, new: Mapping[Path, Path]) -> Iterator[Problem]:
    told: set[str] = set()
    for target, folder in new.items():
        for path, where, words in _words(folder, target, seen):
            for each in scan(words, is_built=True):
                if not seen.has(each) and each.core not in told and len(told) < _TOLD:
                    told.add(each.core)
                    what = f"{where or '这里'}有{KINDS[each.kind]} {each.masked}，检查案例时没有见到，没有换上新的结果"
                    cure = "多半写在 theme 的模板、mkdocs.yml 或图里，请找到并删去；可以公开的，请在 cases/collection.yml 的 privacy 里写上它和理由"
                    yield error(f"{relative(place, target)}/{path}", 0, what, cure, "nothing_private")


def _words(folder: Path, target: Path, seen: Seen) -> Iterator[tuple[str, str, str]]:
    """The words of what is new in a folder: its file, where in it, and what stands there. Books come before the cases by themselves."""
    from casepress.search import reread  # numpy, which check need not load

    reader = None
    for path in sorted(_files(folder), key=lambda path: (path.count("/"), path)):
        name = path.rpartition("/")[2]
        is_index = path.startswith("search/")
        if name.endswith(_SILENT) or _OTHERS.search(path) or (is_index and not reread.is_text(name)) or _is_the_same(folder, target, path):
            continue
        with open(f"{folder}/{path}", "rb") as file:
            data = file.read()
        if seen.is_known(sum_ := _sum(reread.payload(data) if is_index else data)):
            continue
        if is_index:
            reader = reader or reread.reader((folder / "search" / "base.js").read_bytes())
            yield path, "检索数据里", reader(data)
        else:
            for where, words in _pieces(name, data, seen):
                yield path, where, words
        seen.now.add(sum_)


def _pieces(name: str, data: bytes, seen: Seen) -> Iterator[Piece]:
    """What a file says."""
    ending = os.path.splitext(name)[1].lower()
    if ending == ".pdf":
        from casepress.press.reread import texts

        for where, words, sum_ in texts(data, seen.is_known):
            yield where, words
            seen.now.add(sum_)
    elif ending in (".docx", ".epub"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for part in package.namelist():
                inside = package.read(part)
                if part.lower().endswith(_MARKED) and not seen.is_known(sum_ := _sum(inside)):
                    yield f"{part} 里", shown(inside.decode("utf-8", "replace"))
                    seen.now.add(sum_)
    elif ending in _MARKED:
        yield "", shown(data.decode("utf-8", "replace"))
    elif ending in (".json", ".js", ".webmanifest"):
        yield "", data_shown(data.decode("utf-8", "replace"))
    elif ending in (".txt", ".csv", ".md", ".ics"):
        yield "", data.decode("utf-8-sig", "replace")


def _files(folder: Path) -> Iterator[str]:
    """The files below a folder, by their path in it."""
    begin = len(str(folder)) + 1
    for top, _, names in os.walk(folder):
        yield from (f"{top}{os.sep}{name}"[begin:].replace(os.sep, "/") for name in names)


def _is_the_same(new: Path, old: Path, path: str) -> bool:
    """Whether the last build has the very same file in that place."""
    try:
        return os.path.samestat(os.lstat(f"{new}/{path}"), os.lstat(f"{old}/{path}"))
    except OSError:
        return False


def _sum(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()[:_SIZE]
