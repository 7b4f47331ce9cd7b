"""Receiving: files and folders of submissions become submissions, sheets joined to documents, one broken file stopping nobody else's."""

import re
import subprocess
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

from casepress.facts.places import Gazetteer
from casepress.intake import documents, sheets, summaries
from casepress.intake.labels import Labels
from casepress.intake.packages import Refused
from casepress.intake.submissions import Photo, Submission, refused
from casepress.markup import decoding
from casepress.values.problems import Problem, warning

WORD, OLD_WORD, SHEETS, TEXTS = {".docx", ".docm"}, {".doc", ".wps", ".rtf", ".odt"}, {".xlsx", ".xlsm", ".xls", ".csv"}, {".txt", ".md"}
PICTURES, VIDEOS = (
    {".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".bmp", ".tif", ".tiff", ".gif"},
    {".mp4", ".mov", ".avi", ".wmv", ".mkv"},
)
MOST_BYTES = 150 * 1024**2
_NEAR = 0.75
_HEADING = 8  # characters: what half of the titles of a compilation has more than


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
            out += [(file, file.relative_to(path.parent).as_posix()) for file in sorted(path.rglob("*")) if file.is_file()]
        else:
            out.append((path, path.name))
    return out


def receive(
    files: Sequence[tuple[Path, str]], known: Labels, places: Gazetteer, progress: Callable[[int, int], None] = lambda done, all: None
) -> Received:
    """All cases of some files. Whatever is wrong with a file is a problem of that file."""
    made = Received(files=len(files))
    rows: list[tuple[str, summaries.Summary]] = []
    pictures: list[tuple[Path, str]] = []
    old = [(path, name) for path, name in files if path.suffix.casefold() in OLD_WORD]
    converted = _converted(old) if old else {}
    for number, (path, name) in enumerate(files):
        progress(number, len(files))
        ending = path.suffix.casefold()
        try:
            if path.name.startswith(("~$", ".~lock.")) or path.name.startswith(".") or path.name in ("Thumbs.db", "desktop.ini"):
                if path.name.startswith(("~$", ".~lock.")):
                    made.problems.append(
                        warning(name, 0, "这是 Word、WPS 打开文件时的临时文件，没有收", "请关上 Word，再看看同名的文件在不在", "files_are_read")
                    )
                continue
            if ending in PICTURES:
                pictures.append((path, name))
                continue
            if ending in VIDEOS:
                made.videos.append((path, name))
                continue
            if path.stat().st_size > MOST_BYTES:
                raise Refused("too-big", f"文件有 {path.stat().st_size // 1024**2} MB，太大了", "请把里面的视频和大图片拿出来，再收一次")
            data = path.read_bytes()
            if ending in WORD:
                made.submissions.append(_word(data, name, path, known))
            elif ending in OLD_WORD:
                made.submissions.append(_word(_of_old(path, converted), name, path, known))
            elif ending in SHEETS:
                rows += _summaries(data, name, path, known, made)
            elif ending in TEXTS:
                made.submissions += _texts(data, name, path, known, places)
            elif ending == ".pdf":
                made.submissions.append(documents.of_pdf(data, name, known))
                documents.named(made.submissions[-1], path.stem, known)
            else:
                raise Refused("unknown", f"不认得“{ending or '没有扩展名'}”这种文件", "能收 Word、Excel、PDF 和文本文件；压缩包请先解压")
        except Refused as reason:
            made.problems.append(refused(name, reason.what, reason.cure))
        except OSError as reason:
            made.problems.append(refused(name, f"文件打不开（{reason.strerror}）", "请看看它是不是正被别的程序打开着"))
    progress(len(files), len(files))
    _join(made, rows, frozenset(field.name for field in known.fields.values() if field.private))
    _beside(made, pictures)
    return made


def _word(data: bytes, name: str, path: Path, known: Labels) -> Submission:
    made = documents.of_word(data, name, known)
    documents.named(made, path.stem, known)
    return made


def _texts(data: bytes, name: str, path: Path, known: Labels, places: Gazetteer) -> list[Submission]:
    text = decoding.decode(data, name)[0]
    found = documents.of_compilation(text, name, places)
    titles = sorted(len((one.values.get("title") or ("",))[0]) for one in found)
    if not found or titles[len(titles) // 2] <= _HEADING:  # 一、背景 二、做法: the parts of one case
        found = [documents.of_text(text, name, known)]
        documents.named(found[0], path.stem, known)
    return found


def _summaries(data: bytes, name: str, path: Path, known: Labels, made: Received) -> list[tuple[str, summaries.Summary]]:
    out = []
    for sheet in sheets.read(data, path.name):
        where = f"工作表“{sheet.name}”" if sheet.name else ""
        found = summaries.summary(sheet, known)
        for place, what in sheet.remarks:
            place = f"{where}{place}" if place else where
            made.problems.append(warning(name, 0, f"{place}：{what}" if place else what, "请看原件", "sheets_are_read"))
        if found is not None:
            out.append((name, found))
            if found.unknown:
                words = "、".join(dict.fromkeys(word.replace("\n", "") for word in found.unknown[:8]))
                what = f"{where}：表头里的 {words} 不是案例库的字段，没有收"
                made.problems.append(
                    warning(name, 0, what, "要收的话，请在 collection.yml 的 fields 里加上，或写成某个字段的 aliases", "sheets_are_read")
                )
    if not out:
        raise Refused(
            "no-head", "这个表格里找不到表头，至少要有两列是案例库的字段", "请看看表头的写法，或在 collection.yml 里给字段加上别名 aliases"
        )
    return out


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
    for name, found in rows:
        where = f"工作表“{found.sheet.name}”" if found.sheet.name else ""
        for row in found.rows:
            called = by_title.get(_even(row.values.get("title", "")), []) if row.values.get("title") else []
            unit = _even(row.values.get("school", ""))
            mine = [one for one in called if not unit or _even(one.values.get("school", ("",))[0]) in ("", unit)] or called[:1]
            if not mine:
                alone.append((name, where, row))
            for submission in mine:
                met.add(id(submission))
                _add(submission, row, name, where, private)
    for name, where, row in alone:
        title, unit = row.values.get("title", ""), row.values.get("school", "")
        if not documents_there:
            made.submissions.append(
                Submission(
                    name, {key: (text,) for key, text in row.values.items()}, {key: f"{where}{place}" for key, place in row.places.items()}
                )
            )
            continue
        near = max(
            (one for one in made.submissions if id(one) not in met),
            key=lambda one: SequenceMatcher(None, _even(title), _even(one.values.get("title", ("",))[0])).ratio(),
            default=None,
        )
        hint = ""
        if near is not None and SequenceMatcher(None, _even(title), _even(near.values.get("title", ("",))[0])).ratio() >= _NEAR:
            hint = f"；是不是 {near.source}（{near.values['title'][0][:30]}）"
        what = f"{where}{row.place}：“{title or unit}”没有对应的文件{hint}"
        made.problems.append(warning(name, 0, what, "请看看是不是题目写得不一样，或者向学校要文件", "rows_have_files"))
    if rows:
        for submission in made.submissions:
            if documents_there and id(submission) not in met:
                submission.warn("汇总表里没有这个案例", "请看看题目是不是写得不一样，或者补进汇总表")


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


def _beside(made: Received, pictures: list[tuple[Path, str]]) -> None:
    """Pictures go to the one submission of their folder, or to the one whose title or unit their names say."""
    for path, name in pictures:
        folder = name.rpartition("/")[0]
        here = [one for one in made.submissions if one.source.rpartition("/")[0] == folder and folder]
        called = [one for one in made.submissions if any(_even(value[0]) and _even(value[0]) in _even(path.stem) for key, value in one.values.items() if key in ("title", "school"))]  # fmt: skip
        owner = called[0] if len(called) == 1 else here[0] if len(here) == 1 else None
        if owner is None:
            made.problems.append(
                warning(
                    name, 0, "不知道这幅图片是哪个案例的", "请把它放进那个案例的文件夹，或者在文件名里写上案例名称，再收一次", "files_are_read"
                )
            )
            continue
        owner.pictures.append(Photo(path))
        owner.body += f"\n\n![](picture:{len(owner.pictures) - 1})"


def _converted(old: list[tuple[Path, str]]) -> dict[Path, bytes]:
    """Old documents as .docx, where LibreOffice is installed: all in one call, with a profile of its own, each output looked at."""
    import shutil

    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        return {}
    with tempfile.TemporaryDirectory() as folder:
        inputs = {}
        for number, (path, _) in enumerate(old):
            target = Path(folder, "in", f"{number}{path.suffix.casefold()}")
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(path.read_bytes())
            inputs[path] = target
        command = [program, f"-env:UserInstallation={Path(folder, 'profile').as_uri()}", "--headless", "--convert-to", "docx:MS Word 2007 XML"]
        try:
            subprocess.run(
                [*command, "--outdir", str(Path(folder, "out")), *map(str, inputs.values())], capture_output=True, timeout=60 + 10 * len(old)
            )
        except subprocess.SubprocessError:
            pass
        made = {path: Path(folder, "out", f"{target.stem}.docx") for path, target in inputs.items()}
        return {path: target.read_bytes() for path, target in made.items() if target.is_file() and target.stat().st_size}


def _of_old(path: Path, converted: dict[Path, bytes]) -> bytes:
    if path in converted:
        return converted[path]
    raise Refused("old-format", "这是旧格式的文件", "请用 Word 或 WPS 打开，另存为 .docx，再收一次；这台电脑装了 LibreOffice 的，会自动转换")
