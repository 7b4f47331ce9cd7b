"""Releasing: what leaves is what was meant to leave. Every file that was built is read once more before it is published, and the release
is written down with the sum of each file.

Flows in: new folders of books and site. Flows out: problems, each with its file; `release.json` beside them, by which a copy
on a server is held against what was released (`casepress verify`). Personal data is looked for by `gatekeeping`.
"""

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from casepress import publishing
from casepress.collection.manuscript import Manuscript
from casepress.collection.project import Project, relative
from casepress.facts import cores, enclosures
from casepress.facts.judged import SIZE, Judged
from casepress.facts.maker import maker
from casepress.facts.store import Store, key
from casepress.release import active, manifest
from casepress.release.traces import Traces, traces
from casepress.values.problems import Problem, error

_KIND, _MOST = "left", 200_000  # sums that are kept
_PAGES, _PICTURES, _PACKAGES = (".html", ".svg", ".xhtml"), (".jpg", ".jpeg", ".png", ".webp", ".gif"), (".docx", ".xlsx", ".pptx", ".epub")
_CURES = {
    "trace": "多半写在 theme 的模板、mkdocs.yml 或案例里，请找到并删去",
    "active": "多半写在 theme 的模板或 mkdocs.yml 里，请找到并删去；实在找不到，请把这一行发给我们",
}
ENCLOSED = "是附件里的，请打开它删去，再另存一次"
_TOLD = 20  # faults that are told

_File = tuple[Path, str, Path]  # the folder where it shall stand, its path there, and where it is now


@dataclass(frozen=True)
class _Looked:
    """A file that was looked at: its sum, that by which it is known, and what of it must not leave, each with its kind."""

    file: Path
    sum: str
    known_as: bytes
    found: tuple[tuple[str, str], ...]


class Release:
    """What is being released from a project: what was found in it, and its files with their sums."""

    def __init__(self, place: Project) -> None:
        self._place, self._title = place, ""
        self._sums: dict[Path, dict[str, str]] = {}

    def looked_over(self, manuscript: Manuscript, new: Mapping[Path, Path]) -> tuple[Problem, ...]:
        """What must not leave, in the files of new folders; `new` has for each folder the one that shall stand there.

        What was found sound is known by its sum.
        """
        collection, leaks = manuscript.collection, leaking(self._place, manuscript)
        made = (maker("pikepdf", "pillow"), _KIND, repr(traces(self._place.root)), collection.address, collection.title, collection.publisher)
        judged = Judged(Store(self._place.cache), _KIND, key(made), _MOST)
        self._title, sources = collection.title, documents(manuscript)

        def look(files: Sequence[_File]) -> list[_Looked]:
            return [_looked(each, judged, leaks) for each in files]

        files = [(target, below, path) for target, folder in new.items() for below, path in manifest.files_below(folder)]
        seen = {each.file: each for some in cores.divided(look, files) for each in some}
        problems: dict[str, Problem] = {}
        self._sums = {target: {} for target in new}
        for target, below, path in files:
            each = seen[path]
            self._sums[target][below] = each.sum
            for kind, words in each.found:
                name, cure = f"{relative(self._place, target)}/{below}", _CURES[kind]
                if file := sources.get(path.name) or sources.get(below):
                    name, cure = file, ENCLOSED
                problems.setdefault(words, error(name, 0, f"这里有{words}，不该公开，没有换上新的结果", cure, "nothing_leaks"))
            if not each.found:
                judged.now.add(each.known_as)
        if not problems:
            judged.keep()
        return tuple(problems.values())[:_TOLD]

    def write(self, release: Path) -> None:
        """Write down what stands in the folder of the release: what was not made anew, as it is found. Raises OSError."""
        files: dict[str, str] = {}
        for part in manifest.PARTS:
            made = self._sums.get(self._place.released(part))
            files |= {f"{part}/{name}": sum_ for name, sum_ in (manifest.sums_of(release / part) if made is None else made).items()}
        publishing.write(release / manifest.FILE, manifest.Manifest(self._title, dict(sorted(files.items()))).written())


def documents(manuscript: Manuscript) -> dict[str, str]:
    """The documents that go with cases and with the bureau's pages, by their name or path in the site: the file of each."""
    pages = {name: f"content/{name}" for name in manuscript.pages}
    return {name: file for name, file in {**manuscript.collection.enclosed, **pages}.items() if enclosures.ending(name) in enclosures.DOCUMENTS}


def leaking(place: Project, manuscript: Manuscript) -> Callable[[str, bytes], Iterator[tuple[str, str]]]:
    """A way to find what of a file must not leave, by its ending and its bytes: each with its kind and in words."""
    return partial(_found, traces(place.root), _Meant(manuscript), manuscript.collection.address)


class _Meant:
    """Whether the collection itself says some words: a place or a name that a case tells is no trace of a machine."""

    def __init__(self, manuscript: Manuscript) -> None:
        self._manuscript, self._known = manuscript, set[str]()

    def __call__(self, words: str) -> bool:
        if words not in self._known and any(words in said for said in self._said()):
            self._known.add(words)
        return words in self._known

    def _said(self) -> Iterator[str]:
        """All that it says: what is short first."""
        collection = self._manuscript.collection
        yield from (collection.title, collection.publisher)
        for case in collection.cases:
            yield from (str(value) for field in collection.fields if not field.private for value in case.all(field.name))
        yield from (case.body.html for case in collection.cases)
        yield from (data.decode("utf-8", "replace") for name, data in self._manuscript.content.items() if name.endswith(".md"))


def _looked(file: _File, judged: Judged, found: Callable[[str, bytes], Iterator[tuple[str, str]]]) -> _Looked:
    """A file looked at. One of the search index is known by what it hands over: all others of the index name it anew with every change."""
    from casepress.search.reread import payload  # numpy, which check need not load

    _, below, path = file
    data = path.read_bytes()
    kind = path.suffix.lower()
    sum_ = hashlib.sha256(data)
    known_by = hashlib.sha256(payload(data)) if below.startswith("search/") else sum_.copy()
    known_by.update(kind.encode())
    short = known_by.digest()[:SIZE]
    return _Looked(path, sum_.hexdigest(), short, () if judged.is_known(short) else tuple(islice(found(kind, data), _TOLD)))


def _found(marks: Traces, meant: _Meant, own: str, ending: str, data: bytes) -> Iterator[tuple[str, str]]:
    yield from _traces(marks, data, meant)
    if ending in _PAGES:
        yield from (("active", words) for words in active.in_page(data.decode("utf-8", "replace"), own))
    elif ending == ".css":
        yield from (("active", words) for words in active.in_style(data.decode("utf-8", "replace")))
    elif ending in _PICTURES:
        yield from (("active", words) for words in active.in_picture(data))
    elif ending == ".pdf":
        from casepress.facts import pdfs

        yield from (("active", words) for words in pdfs.in_pdf(data, meant))
        for stream in pdfs.streams(data):
            yield from _traces(marks, stream, meant)
    elif ending in _PACKAGES and zipfile.is_zipfile(io.BytesIO(data)):
        yield from (("active", words) for words in active.in_package(data, meant, ending == ".epub"))
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for part in package.namelist():
                yield from _traces(marks, package.read(part), meant)


def _traces(marks: Traces, data: bytes, meant: _Meant) -> Iterator[tuple[str, str]]:
    yield from (("trace", f"这台电脑上的名字或路径 {_shown(words)}") for words in marks.found(data) if not meant(words))


def _shown(words: str) -> str:
    """As much of a path as tells which one it is: the message itself may be sent on."""
    return words if len(words) <= 24 else f"{words[:10]}…{words[-10:]}"
