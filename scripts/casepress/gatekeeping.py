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
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from casepress import takedown
from casepress.checking import private
from casepress.collection import project
from casepress.collection.manuscript import Manuscript
from casepress.collection.project import Project, relative
from casepress.facts import cores, enclosures
from casepress.facts.crews import Crew
from casepress.facts.judged import SIZE, Judged
from casepress.facts.maker import maker
from casepress.facts.store import Store, key
from casepress.privacy.scanning import scan
from casepress.privacy.shown import data_shown, shown
from casepress.releasing import ENCLOSED, documents, leaking
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

Piece = tuple[str, str, bytes]  # where in a file, the words there, and the sum of what they were read from


@dataclass(frozen=True)
class Seen:
    """What is known: the values that check saw, and what was found sound, in an earlier build or in this one.

    Where something was taken down, `is_all` that is read asked for, not only what may hold personal data. `files` are those that were
    enclosed, by their published names. `hands` are those who made the books.
    """

    values: frozenset[str]
    judged: Judged
    is_all: bool
    files: Mapping[str, str] = field(default_factory=dict)
    hands: "Hands" = None

    def has(self, found: Personal) -> bool:
        """Whether check saw a value, or one that it is a part of or that is a part of it."""
        value = found.core
        return value in self.values or len(value) > 6 and any(value in each or len(each) > 6 and each in value for each in self.values)


@dataclass(frozen=True)
class Fresh:
    """A file that is new: the folder that it stands in, its path there, and what the folder will be called."""

    folder: Path
    path: str
    called: str

    @property
    def name(self) -> str:
        return f"{self.called}/{self.path}"


@dataclass(frozen=True)
class Look:
    """What a look at some files found: values that check did not see, by file and place; the sums of all that is known then; where all was
    asked for its words, by file."""

    hits: list[tuple[str, str, Personal]] = field(default_factory=list)
    sums: set[bytes] = field(default_factory=set)
    words: dict[str, str] = field(default_factory=dict)


def guarded(place: Project, manuscript: Manuscript, new: Mapping[Path, Path], hands: "Hands" = None) -> tuple[Problem, ...]:
    """What stands in the way of swapping new folders in; `new` has for each folder the one that shall stand there."""
    seen = _seen(place, manuscript, hands)
    files = [each for target, folder in new.items() for each in _fresh(folder, target, relative(place, target))]
    books = [each for each in files if each.path.endswith(".pdf")]  # whose pages those share out who made them
    others = [each for each in files if not each.path.endswith(".pdf")]
    looks = [_look(seen, books), *cores.divided(partial(_look, seen), others)]
    return _stopping(place, manuscript, new, seen, looks, [each.name for each in files])


def books_guarded(place: Project, manuscript: Manuscript, files: Mapping[Path, bytes], hands: "Hands" = None) -> tuple[Problem, ...]:
    """What stands in the way of writing books to files of the user's choice."""
    seen, look = _seen(place, manuscript, hands), Look()
    for path, data in files.items():
        _take(seen, look, path.name, _pieces(path.name, data, _sum(data), seen))
    return _stopping(place, manuscript, {}, seen, [look], [path.name for path in files])


def enclosed_guarded(place: Project, manuscript: Manuscript) -> tuple[Problem, ...]:
    """What of the documents beside the cases and the bureau's pages would stand in a build's way, before one is begun."""
    seen, look, problems, leaks = _seen(place, manuscript, None), Look(), [], leaking(place, manuscript)
    for name, file in seen.files.items():
        called = _sum(manuscript.pages.get(name) or name.encode())  # that of a case is named after its content
        if seen.judged.is_known(called):
            continue
        kind = enclosures.ending(name)
        try:
            data = enclosures.published(project.read(place, file), kind)
            sum_ = _sum(data)
            found = {words: None for _, words in leaks(f".{kind}", data)}
            problems += (error(file, 0, f"附件里有{words}，不该公开", ENCLOSED, "nothing_leaks") for words in found)
            _take(seen, look, name, _of_others(data, sum_, file) if kind == "pdf" else _pieces(name, data, sum_, seen))
            seen.judged.add(called)
        except Stopped as reason:
            problems += reason.problems
        except (OSError, enclosures.NotEnclosed):  # that is told where it was read
            continue
    return (*problems, *_stopping(place, manuscript, {}, seen, [replace(look, sums=seen.judged.now)], list(seen.files)))


def _seen(place: Project, manuscript: Manuscript, hands: "Hands") -> Seen:
    collection, content = manuscript.collection, {**manuscript.content, **manuscript.texts}
    data = private.found(collection, content, manuscript.reader.store)
    values = frozenset((*(each.personal.core for each in data), *(core(each.text) for each in collection.privacy.allowed)))
    allowed = repr([each.text for each in collection.privacy.allowed])  # what one of them made sound is not, without it
    judged = Judged(Store(place.cache), _KIND, key((maker("pikepdf"), _KIND, str(place.root), allowed)), _MOST)
    return Seen(values - {""}, judged, bool(collection.privacy.taken_down), documents(manuscript), hands)


def _stopping(
    place: Project, manuscript: Manuscript, new: Mapping[Path, Path], seen: Seen, looks: Sequence[Look], names: Sequence[str]
) -> tuple[Problem, ...]:
    """The problems of what was found, in the order of the files' names; without any, what was sound is kept."""
    order = {name: nth for nth, name in enumerate(names)}
    hits = sorted((hit for look in looks for hit in look.hits), key=lambda hit: order[hit[0]])
    first = {hit[2].core: hit for hit in reversed(hits)}
    told = [_unseen(*hit, seen.files) for hit in sorted(first.values(), key=hits.index)[:_TOLD]]
    words = {name: said for look in looks for name, said in look.words.items()}
    problems = (*told, *takedown.gone(place, manuscript, new, words))
    if not problems:
        for look in looks:
            seen.judged.now |= look.sums
        seen.judged.keep()
    return problems


def _unseen(name: str, where: str, found: Personal, files: Mapping[str, str]) -> Problem:
    """The problem of a value that check did not see: one of the file beside its case where it was enclosed."""
    what = f"{where or '这里'}有{KINDS[found.kind]} {found.masked}，"
    if file := _source(name, files):
        cure = "请打开这个附件删去它，再保存；可以公开的，请在 cases/collection.yml 的 privacy 里写上它和理由"
        return error(file, 0, f"{what}是附件里的，没有换上新的结果", cure, "nothing_private")
    cure = "多半写在 theme 的模板、mkdocs.yml 或图里，请找到并删去；可以公开的，请在 cases/collection.yml 的 privacy 里写上它和理由"
    return error(name, 0, f"{what}检查案例时没有见到，没有换上新的结果", cure, "nothing_private")


def _source(name: str, files: Mapping[str, str]) -> str:
    """The file of which a document in a folder was made, by the end of its path; empty of all others."""
    ends = name.split("/")
    return next((files[end] for nth in range(len(ends)) if (end := "/".join(ends[nth:])) in files), "")


def _fresh(folder: Path, target: Path, called: str) -> list[Fresh]:
    """The files of a new folder that are not those of the last one. Books come before the cases by themselves."""
    from casepress.search import reread  # numpy, which check need not load

    before, found = dict(_files(target)), []
    for path, number in sorted(_files(folder), key=lambda each: (each[0].count("/"), each)):
        name = path.rpartition("/")[2]
        is_lists = path.startswith("search/") and not reread.is_text(name)
        if not (name.endswith(_SILENT) or _OTHERS.search(path) or is_lists or before.get(path) == number):
            found.append(Fresh(folder, path, called))
    return found


def _look(seen: Seen, files: Sequence[Fresh]) -> Look:
    """What is found in some files."""
    from casepress.search import reread

    reader, look = None, Look()
    for each in files:
        is_index = each.path.startswith("search/")
        with open(f"{each.folder}/{each.path}", "rb") as file:
            data = file.read()
        sum_ = _sum(reread.payload(data) if is_index else data)
        if seen.judged.is_known(sum_):
            continue
        if is_index:
            reader = reader or reread.reader((each.folder / "search" / "base.js").read_bytes(), seen.is_all)
            pieces = iter([("检索数据里", reader(data), sum_)])
        elif each.path.endswith(".pdf") and (file := _source(each.path, seen.files)):  # which somebody else has made
            pieces = _of_others(data, sum_, file)
        else:
            pieces = _pieces(each.path, data, sum_, seen)
        _take(seen, look, each.name, pieces)
        seen.judged.add(sum_)
    return replace(look, sums=seen.judged.now)


def _take(seen: Seen, look: Look, name: str, pieces: Iterable[Piece]) -> None:
    """Look into what a file says."""
    for where, words, sum_ in pieces:
        look.hits.extend((name, where, each) for each in scan(words, is_built=True) if not seen.has(each))
        seen.judged.add(sum_)  # a page that stands in the next book as well
        if seen.is_all:
            look.words[name] = f"{look.words.get(name, '')}\n{words}"


def _of_others(data: bytes, sum_: bytes, file: str) -> Iterator[Piece]:
    """What a PDF says that is not ours: our own reader knows only what we write. Raises Stopped."""
    from casepress.intake.pages import said
    from casepress.intake.refusals import Refused

    try:
        yield from ((f"{where}里", words, sum_) for where, words in said(data))
    except Refused as reason:
        raise Stopped([error(file, 0, reason.what, reason.cure, "nothing_private")]) from reason


def _pieces(path: str, data: bytes, whole: bytes, seen: Seen) -> Iterator[Piece]:
    """What a file says that was not read before; `whole` is its sum."""
    ending = os.path.splitext(path)[1].lower()
    if ending == ".pdf":
        from casepress.press import workers
        from casepress.press.reread import texts

        def share(work: Callable, jobs: Iterable, *common: object) -> Iterator:
            return workers.done(work, jobs, seen.hands, *common)

        hands = share if isinstance(seen.hands, Crew) and seen.hands.is_there else None
        yield from ((f"{where}里", words, sum_) for where, words, sum_ in texts(data, seen.judged.is_known, hands))
    elif ending in (".docx", ".xlsx", ".pptx", ".epub") and zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for part in package.namelist():
                if part.lower().endswith(_MARKED) and not seen.judged.is_known(sum_ := _sum(inside := package.read(part))):
                    yield f"{part} 里", shown(inside.decode("utf-8", "replace")), sum_
    elif ending in _MARKED:
        yield "", shown(data.decode("utf-8", "replace")), whole
    elif ending in _DATA:
        yield "", data_shown(data.decode("utf-8", "replace")), whole
    elif ending in _PLAIN:
        yield "", data.decode("utf-8-sig", "replace"), whole


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
