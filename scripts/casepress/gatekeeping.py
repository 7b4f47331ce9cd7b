"""Gatekeeping: what was built is looked over before it takes the place of the last one: no personal data that check did not see, nothing
of what was taken down.

Flows in: new folders of books and site beside the last ones, or books by themselves. Flows out: problems, each with the file and the
page. What stands in the last site as well is not looked at again; what was found sound is known by its sum, a page of a book whatever
book it stands in.
"""

import hashlib
import io
import os
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from casepress import takedown
from casepress.checking import private
from casepress.collection.manuscript import Manuscript
from casepress.collection.project import Project, relative
from casepress.facts.crews import Crew
from casepress.facts.enclosures import FOLDER
from casepress.facts.judged import SIZE, Judged
from casepress.facts.maker import maker
from casepress.facts.store import Store, key
from casepress.privacy.scanning import scan
from casepress.privacy.shown import data_shown, shown
from casepress.values.personal import KINDS, Personal, core
from casepress.values.problems import Problem, Stopped, error

_KIND, _MOST = "looked", 400_000  # sums that are kept
_MARKED = (".html", ".xml", ".svg", ".xhtml", ".opf", ".ncx", ".rels")
_DATA, _PLAIN = (".json", ".js", ".webmanifest"), (".txt", ".csv", ".md", ".ics")
_SILENT = (".css", ".map", ".gz", ".jpg", ".jpeg", ".png", ".webp", ".gif", ".ico", ".woff", ".woff2", ".mp4", ".webm")
# Of Material, and a library with packed letters (site/compilations.py): they say nothing of anyone
_OTHERS = re.compile(r"(?:^|/)assets/(?:(?:javascripts|stylesheets|images)/|(?:pdf-lib|letters)\.js$)")
_TOLD = 20  # values that are told; what stands in a template is on every page

if TYPE_CHECKING:
    from casepress.press.workers import Hands

Said = tuple[str, str, str]  # a file, where in it, and the words there


@dataclass
class Seen:
    """What is known: the values that check saw, and what was found sound, in an earlier build or in this one.

    Where something was taken down, `words` are what was read, by its file; else nobody asks for them. `files` are those that were
    enclosed, by their published names. `hands` are those who made the books.
    """

    values: frozenset[str]
    judged: Judged
    words: dict[str, str] | None
    files: Mapping[str, str] = field(default_factory=dict)
    hands: "Hands" = None

    def has(self, found: Personal) -> bool:
        """Whether check saw a value, or one that it is a part of or that is a part of it."""
        value = found.core
        return value in self.values or len(value) > 6 and any(value in each or len(each) > 6 and each in value for each in self.values)


def guarded(place: Project, manuscript: Manuscript, new: Mapping[Path, Path], hands: "Hands" = None) -> tuple[Problem, ...]:
    """What stands in the way of swapping new folders in; `new` has for each folder the one that shall stand there."""
    seen = _seen(place, manuscript, hands)
    said = (each for target, folder in new.items() for each in _folder(folder, target, relative(place, target), seen))
    problems = tuple(_enclosed(each, seen.files) for each in _problems(said, seen))
    problems = (*problems, *takedown.gone(place, manuscript, new, seen.words or {}))
    if not problems:
        seen.judged.keep()
    return problems


def _enclosed(problem: Problem, files: Mapping[str, str]) -> Problem:
    """A problem of a published file as one of the file that stands beside its case."""
    if not (file := files.get(problem.path.rpartition("/")[2])):
        return problem
    cure = "请打开这个附件删去它，再保存；可以公开的，请在 cases/collection.yml 的 privacy 里写上它和理由"
    return replace(problem, path=file, what=problem.what.replace("检查案例时没有见到", "是附件里的"), cure=cure)


def books_guarded(place: Project, manuscript: Manuscript, files: Mapping[Path, bytes], hands: "Hands" = None) -> tuple[Problem, ...]:
    """What stands in the way of writing books to files of the user's choice."""
    seen = _seen(place, manuscript, hands)
    said = ((path.name, *each) for path, data in files.items() for each in _pieces(path.name, data, seen))
    problems = (*_problems(said, seen), *takedown.gone(place, manuscript, {}, seen.words or {}))
    if not problems:
        seen.judged.keep()
    return problems


def _seen(place: Project, manuscript: Manuscript, hands: "Hands") -> Seen:
    collection, content = manuscript.collection, {**manuscript.content, **manuscript.texts}
    data = private.found(collection, content, manuscript.reader.store)
    values = frozenset((*(each.personal.core for each in data), *(core(each.text) for each in collection.privacy.allowed)))
    judged = Judged(Store(place.cache), _KIND, key((maker("pikepdf"), _KIND, str(place.root))), _MOST)
    return Seen(values - {""}, judged, {} if collection.privacy.taken_down else None, collection.enclosed, hands)


def _problems(said: Iterable[Said], seen: Seen) -> Iterator[Problem]:
    told: set[str] = set()
    for path, where, words in said:
        if seen.words is not None:
            seen.words[path] = f"{seen.words.get(path, '')}\n{words}"
        for each in scan(words, is_built=True):
            if not seen.has(each) and each.core not in told and len(told) < _TOLD:
                told.add(each.core)
                what = f"{where or '这里'}有{KINDS[each.kind]} {each.masked}，检查案例时没有见到，没有换上新的结果"
                cure = "多半写在 theme 的模板、mkdocs.yml 或图里，请找到并删去；可以公开的，请在 cases/collection.yml 的 privacy 里写上它和理由"
                yield error(path, 0, what, cure, "nothing_private")


def _folder(folder: Path, target: Path, called: str, seen: Seen) -> Iterator[Said]:
    """What is said in the files of a folder that are new. Books come before the cases by themselves."""
    from casepress.search import reread  # numpy, which check need not load

    reader, before = None, dict(_files(target))
    for path, number in sorted(_files(folder), key=lambda each: (each[0].count("/"), each)):
        name = path.rpartition("/")[2]
        is_index = path.startswith("search/")
        if name.endswith(_SILENT) or _OTHERS.search(path) or (is_index and not reread.is_text(name)) or before.get(path) == number:
            continue
        with open(f"{folder}/{path}", "rb") as file:
            data = file.read()
        if seen.judged.is_known(sum_ := _sum(reread.payload(data) if is_index else data)):
            continue
        if is_index:
            reader = reader or reread.reader((folder / "search" / "base.js").read_bytes(), seen.words is not None)
            yield f"{called}/{path}", "检索数据里", reader(data)
        else:
            is_enclosed = path.startswith(FOLDER) and name.endswith(".pdf")  # which somebody else has made
            for where, words in _of_others(data, seen.files.get(name, path)) if is_enclosed else _pieces(name, data, seen):
                yield f"{called}/{path}", where, words
        seen.judged.add(sum_)


def _of_others(data: bytes, file: str) -> Iterator[tuple[str, str]]:
    """What a PDF says that is not ours: our own reader knows only what we write. Raises Stopped."""
    from casepress.intake.pages import said
    from casepress.intake.refusals import Refused

    try:
        for where, words in said(data):
            yield f"{where}里", words
    except Refused as reason:
        raise Stopped([error(file, 0, reason.what, reason.cure, "nothing_private")]) from reason


def _pieces(name: str, data: bytes, seen: Seen) -> Iterator[tuple[str, str]]:
    """What a file says: where in it, and the words."""
    ending = os.path.splitext(name)[1].lower()
    if ending == ".pdf":
        from casepress.press import workers
        from casepress.press.reread import texts

        def share(work: Callable, jobs: Iterable, *common: object) -> Iterator:
            return workers.done(work, jobs, seen.hands, *common)

        for where, words, sum_ in texts(data, seen.judged.is_known, share if isinstance(seen.hands, Crew) and seen.hands.is_there else None):
            yield f"{where}里", words
            seen.judged.add(sum_)
    elif ending in (".docx", ".xlsx", ".pptx", ".epub") and zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for part in package.namelist():
                if part.lower().endswith(_MARKED) and not seen.judged.is_known(sum_ := _sum(inside := package.read(part))):
                    yield f"{part} 里", shown(inside.decode("utf-8", "replace"))
                    seen.judged.add(sum_)
    elif ending in _MARKED:
        yield "", shown(data.decode("utf-8", "replace"))
    elif ending in _DATA:
        yield "", data_shown(data.decode("utf-8", "replace"))
    elif ending in _PLAIN:
        yield "", data.decode("utf-8-sig", "replace")


def _files(folder: Path | str, below: str = "") -> Iterator[tuple[str, int]]:
    """The files below a folder, by their path in it, each with the number by which the disk knows it: two names of one file share it."""
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _files(entry.path, f"{below}{entry.name}/")
        else:
            yield f"{below}{entry.name}", entry.inode()


def _sum(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()[:SIZE]
