"""Receiving: files and folders of submissions become submissions, sheets joined to documents, one broken file stopping nobody else's."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

from casepress.collection.given import LONGEST_TITLE, short
from casepress.facts import pictures
from casepress.facts.places import Gazetteer
from casepress.facts.systems import files_below
from casepress.intake import converting, reading, summaries
from casepress.intake.labels import Labels
from casepress.intake.refusals import Refused, not_opened
from casepress.intake.submissions import Photo, Submission, refused
from casepress.values.problems import Problem, warning

PICTURES, VIDEOS = (
    {".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".bmp", ".tif", ".tiff", ".gif"},
    {".mp4", ".mov", ".avi", ".wmv", ".mkv"},
)
MOST_BYTES = 100 * 1024**2
_NEAR, _MOST_NEAR, _MOST_HAVING = 0.75, 5, 50  # how like titles are; how many are looked at; how many of those that share a pair


@dataclass
class Received:
    """What came in: submissions, and the problems of files that gave none."""

    submissions: list[Submission] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    files: int = 0
    videos: list[tuple[Path, str]] = field(default_factory=list)


def files_of(paths: Iterable[Path]) -> list[tuple[Path, str]]:
    """The files below some paths with the names that messages call them by, in order of their names."""
    out = []
    for path in paths:
        if path.is_dir():
            out += [
                (file, file.relative_to(path.parent).as_posix())
                for file in sorted(Path(each.path) for each in files_below(path))
                if not file.is_dir()
            ]
        else:
            out.append((path, path.name))
    return out


def receive(
    files: Sequence[tuple[Path, str]], known: Labels, places: Gazetteer, progress: Callable[[int, int], None] = lambda done, all: None
) -> Received:
    """All cases of some files. Whatever is wrong with a file is a problem of that file."""
    made = Received(files=len(files))
    rows: list[tuple[str, summaries.Summary]] = []
    beside: list[tuple[Path, str]] = []
    old = [path for path, name in files if path.suffix.casefold() in reading.OLD_WORD and _is_read(path, name)]
    converted = converting.converted(old, converting.program()) if old else {}
    with reading.readers(known, places) as readers:
        for number, (path, name) in enumerate(files):
            progress(number, len(files))
            try:
                if (problem := _aside(path, name)) is not None:
                    made.problems.append(problem)
                elif _is_of_programs(path):
                    continue
                elif path.suffix.casefold() in VIDEOS:
                    made.videos.append((path, name))
                elif path.suffix.casefold() in PICTURES:
                    pictures.published_name(path.read_bytes())  # or it is told what is wrong with it, whosever it is
                    beside.append((path, name))
                else:
                    _take(made, rows, name, readers.read(_job(path, name, converted.get(path))))
            except Refused as reason:
                made.problems.append(refused(name, reason))
            except pictures.NotAPicture as reason:
                made.problems.append(refused(name, Refused(f"picture-{reason.kind}", str(reason), reason.cure)))
            except OSError as reason:
                made.problems.append(refused(name, not_opened(reason)))
    progress(len(files), len(files))
    _join(made, rows, frozenset(field.name for field in known.fields.values() if field.private))
    _beside(made, beside)
    return made


def _is_of_programs(path: Path) -> bool:
    """Whether a file is one that programs and systems leave behind, no one's submission."""
    return path.name.startswith((".", "~$")) or path.name.casefold() in ("thumbs.db", "desktop.ini")


def _is_read(path: Path, name: str) -> bool:
    """Whether anything of a file is read at all."""
    return _aside(path, name) is None and not _is_of_programs(path) and not _is_huge(path)


def _is_huge(path: Path) -> bool:
    try:
        return path.stat().st_size > MOST_BYTES
    except OSError:
        return False


def _aside(path: Path, name: str) -> Problem | None:
    """What is told of a file that is never read, whatever stands in it."""
    if path.name.startswith(("~$", ".~lock.")):
        what, cure = "这是 Word、WPS 打开文件时的临时文件，没有收", "请关上 Word，再看看同名的文件在不在"
        return warning(name, 0, what, cure, "files_are_read", "lock-file")
    if "/" in name and path.is_symlink():
        cure = "请把它指着的那个文件放进来，再收一次"
        return warning(name, 0, "这只是指向别处的链接（快捷方式），没有收", cure, "files_are_read", "link")
    if path.exists() and not path.is_file():  # whoever reads it may wait for ever
        what = "这不是普通的文件（是管道、设备一类），没有收"
        return warning(name, 0, what, "请换成普通的文件，再收一次", "files_are_read", "link")
    return None


def _job(path: Path, name: str, converted: bytes | Refused | None) -> reading.Job:
    """What is to be read of a file. Raises Refused, OSError."""
    ending = path.suffix.casefold()
    if ending not in reading.READ:
        what = f"不认得“{ending}”这种文件" if ending else "文件名没有扩展名，不知道是哪一种文件"
        raise Refused("unknown", what, "能收 Word、Excel、PDF、文本文件和照片；压缩包请先解压")
    if _is_huge(path):
        what = f"文件有 {-(-path.stat().st_size // 1024**2)} MB，超过 {MOST_BYTES // 1024**2} MB 的上限"
        raise Refused("too-big", what, "请把里面的视频和大图片拿出来，或者用 Word 的“压缩图片”，再收一次")
    if isinstance(converted, Refused):
        raise converted
    return reading.Job(path, name, converted)


def _take(made: Received, rows: list[tuple[str, summaries.Summary]], name: str, found: reading.Found) -> None:
    made.submissions += found.submissions
    made.problems += found.problems
    rows += [(name, summary) for summary in found.tables]
    if found.refused is not None:
        made.problems.append(refused(name, found.refused))


def _even(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).casefold()


def _join(made: Received, rows: list[tuple[str, summaries.Summary]], private: frozenset[str]) -> None:
    """Give the rows of sheets to the documents of the same title, or of the same unit where only one is; tell what has no other."""
    by_title: dict[str, list[Submission]] = {}
    for submission in made.submissions:
        by_title.setdefault(_even(submission.values.get("title", ("",))[0]), []).append(submission)
    documents_there = bool(made.submissions)
    met: set[int] = set()
    alone: list[tuple[str, str, summaries.Row]] = []
    lines = [(name, f"工作表“{found.sheet.name}”" if found.sheet.name else "", row) for name, found in rows for row in found.rows]
    for (name, where, row), mine in zip(lines, _matched([row for _, _, row in lines], by_title), strict=True):
        if not mine:
            alone.append((name, where, row))
        for submission in mine:
            met.add(id(submission))
            _add(submission, row, name, where, private)
    unmet = _Titles([one for one in made.submissions if id(one) not in met])
    for name, where, row in alone:
        title, unit = row.values.get("title", ""), row.values.get("school", "")
        if not documents_there:
            made.submissions.append(
                Submission(
                    name, {key: (text,) for key, text in row.values.items()}, {key: f"{where}{place}" for key, place in row.places.items()}
                )
            )
            continue
        near = unmet.near(title)
        hint = f"；是不是 {near.source}（{near.values['title'][0][:30]}）" if near is not None else ""
        what = f"{where}{row.place}：“{short(title or unit)}”没有对应的文件{hint}"
        made.problems.append(warning(name, 0, what, "请看看是不是题目写得不一样，或者向学校要文件", "rows_have_files", "no-file"))
    if rows:
        for submission in made.submissions:
            if documents_there and id(submission) not in met:
                submission.warn("汇总表里没有这个案例", "请看看题目是不是写得不一样，或者补进汇总表")


def _matched(rows: Sequence[summaries.Row], by_title: dict[str, list[Submission]]) -> list[list[Submission]]:
    """The documents of each row: those of its title and unit; among those that no row has so, the ones whose unit says more or less
    of the same name; at last the one that alone has its title, whatever unit it names."""
    out: list[list[Submission]] = [[] for _ in rows]
    for fit in (_of_unit, _near_unit, _of_any_unit):
        taken = {id(one) for several in out for one in several} if fit is not _of_unit else set()
        for at, row in enumerate(rows):
            if not out[at] and (title := _even(row.values.get("title", ""))):
                several = by_title.get(title, [])
                called = several if fit is _of_any_unit else [one for one in several if id(one) not in taken]
                out[at] = [one for one in fit(called, _even(row.values.get("school", ""))) if id(one) not in taken]
    return out


def _of_unit(called: list[Submission], unit: str) -> list[Submission]:
    """The documents of a unit, else those that name none; for a row that names none all of them, where they are of one unit."""
    units = [_even(one.values.get("school", ("",))[0]) for one in called]
    if not unit:
        return called if len(set(filter(None, units))) < 2 else []
    wanted = unit if unit in units else ""
    return [one for one, its in zip(called, units, strict=True) if its == wanted]


def _near_unit(called: list[Submission], unit: str) -> list[Submission]:
    """The documents whose unit is a part of another's name, or has it for a part: 柳湾小学, 青禾县柳湾小学."""
    units = [_even(one.values.get("school", ("",))[0]) for one in called]
    return [one for one, its in zip(called, units, strict=True) if its and unit and (its in unit or unit in its)]


def _of_any_unit(called: list[Submission], unit: str) -> list[Submission]:
    """The document that alone has a title; where several have it, none: which one is meant only the school knows."""
    return called if len(called) == 1 else []


class _Titles:
    """The titles of documents, to be asked which one is like another. By pairs of letters, so that not every one is held against every
    other: of those that share most pairs a few are looked at, and of a pair that many titles have the first ones."""

    def __init__(self, documents: Sequence[Submission]) -> None:
        self.titles = [(_even(one.values.get("title", ("",))[0][:LONGEST_TITLE]), one) for one in documents]
        self.having: dict[str, list[int]] = defaultdict(list)
        for number, (title, _) in enumerate(self.titles):
            for pair in _pairs(title):
                if len(self.having[pair]) < _MOST_HAVING:
                    self.having[pair].append(number)

    def near(self, title: str) -> Submission | None:
        """The document whose title is most like another; of long ones the beginnings are asked. None where none is near."""
        asked = _even(title[:LONGEST_TITLE])
        shared = Counter(number for pair in _pairs(asked) for number in self.having.get(pair, ()))
        looked_at = ((SequenceMatcher(None, asked, self.titles[number][0]).ratio(), -number) for number, _ in shared.most_common(_MOST_NEAR))
        likeness, number = max(looked_at, default=(0.0, 0))
        return self.titles[-number][1] if likeness >= _NEAR else None


def _pairs(text: str) -> list[str]:
    """The pairs of letters of a text, each once."""
    return list(dict.fromkeys(text[at : at + 2] for at in range(len(text) - 1)))


def _add(submission: Submission, row: summaries.Row, name: str, where: str, private: frozenset[str]) -> None:
    """What a row says and the document does not; where both say something else, the document stays and it is told, what is private
    without its words."""
    for key, text in row.values.items():
        mine = submission.values.get(key)
        if not mine:
            submission.values[key], submission.places[key] = (text,), f"{name} {where}{row.places[key]}"
        elif _even("".join(mine)) != _even(text):
            if key in private:
                submission.warn(f"{name} {where}{row.places[key]} 和文件里写的不一样（不公开的一项）；用了文件里的", "请问一下学校哪个对")
                continue
            submission.warn(
                f"{name} {where}{row.places[key]} 写的是“{text[:40]}”，文件里写的是“{'、'.join(mine)[:40]}”；用了文件里的", "请问一下学校哪个对"
            )


def _beside(made: Received, files: list[tuple[Path, str]]) -> None:
    """Pictures go to the one submission of their folder, or to the one whose title or unit their names say."""
    folders: dict[str, list[Submission]] = defaultdict(list)
    for one in made.submissions:
        folders[one.source.rpartition("/")[0]].append(one)
    words: dict[str, dict[int, Submission]] = defaultdict(dict)  # of titles and units, at most two for each: more decide nothing
    for one in made.submissions:
        for key in ("title", "school"):
            if (word := _even(one.values.get(key, ("",))[0])) and len(words[word]) < 2:
                words[word][id(one)] = one
    sizes = sorted({len(word) for word in words})
    for path, name in files:
        folder, stem = name.rpartition("/")[0], _even(path.stem)
        here = folders.get(folder, []) if folder else []
        parts = {stem[at : at + size] for size in sizes for at in range(len(stem) - size + 1)}
        called = list({key: one for part in parts & words.keys() for key, one in words[part].items()}.values())
        owner = called[0] if len(called) == 1 else here[0] if len(here) == 1 else None
        if owner is None:
            made.problems.append(
                warning(
                    name,
                    0,
                    "不知道这幅图片是哪个案例的",
                    "请把它放进那个案例的文件夹，或者在文件名里写上案例名称，再收一次",
                    "files_are_read",
                    "whose-picture",
                )
            )
            continue
        owner.pictures.append(Photo(path))
        owner.body += f"\n\n![](picture:{len(owner.pictures) - 1})"
