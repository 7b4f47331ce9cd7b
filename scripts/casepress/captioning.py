"""Captioning: the words of pictures between the clerk's list and the cases, and what is said of videos.

Flows in: a project, lists that were filled in, what an import makes. Flows out: cases with words, the list as it is now.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from casepress.arrived import TWICE, Imported
from casepress.collection import project
from casepress.collection.project import Project
from casepress.collection.settings import Settings
from casepress.collection.standing import rules_called
from casepress.collection.writing import write_all
from casepress.facts import wording
from casepress.intake import casefiles, photos, there, videos
from casepress.intake.photos import Row
from casepress.intake.refusals import Refused
from casepress.intake.submissions import Submission, refused
from casepress.intake.there import Came
from casepress.markup.frontmatter import read_header, split
from casepress.values.problems import Problem, warning
from casepress.values.reasons import in_chinese
from casepress.values.rules import Rules, Video

LIST = f"cases/{photos.NAME}"
# What the field `minors` says of a case: the first that one of its pictures has.
_MINORS = {"consented": "已同意", "unidentifiable": "认不出是谁", "none": "没有学生"}


def lists(place: Project, given: Iterable[tuple[Path, str]]) -> list[tuple[str, bytes]]:
    """The lists that were filled in by what messages call them: the collection's own, and those that were given. Raises OSError."""
    own = place.root / LIST
    found = {own.resolve(): LIST} if own.is_file() else {}
    for path, name in given:
        found.setdefault(path.resolve(), name)
    return [(name, path.read_bytes()) for path, name in found.items()]


def _rows(made: Imported) -> tuple[dict[str, list[tuple[str, Row]]], list[Problem]]:
    """The rows of all lists by their case, each with the list that it stands in."""
    by_case: dict[str, list[tuple[str, Row]]] = {}
    problems = []
    for name, data in made.lists:
        try:
            for row in photos.read(data, photos.NAME):
                by_case.setdefault(row.case, []).append((name, row))
        except Refused as reason:
            cure = "请用 Excel 打开另存一次；打不开就把它移走，再运行一次，会重新做一个"
            problems.append(refused(name, Refused(reason.kind, reason.what, cure)))
    return by_case, problems


def foreseen(place: Project, made: Imported) -> None:
    """Which cases get words of lists, and what is wrong with these; nothing is written."""
    rows, problems = _rows(made)
    made.problems += problems
    worded = []
    for case, found in rows.items():
        text = made.there.texts.get(case)
        if text is None:
            cure = "改过文件名的案例，请把这一列也改成新的文件名；不要了的，删去这一行"
            for name, row in found:
                if row.alt or row.caption:
                    made.problems.append(_told(name, row, f"没有叫“{case}”的案例，这一行的字没有用上", cure))
            continue
        shown = {row.file for row in photos.rows_of(case, text)}
        for name, row in found:
            if row.file not in shown and (row.alt or row.caption):
                what = f"案例“{case}”里没有图片 {row.file.rpartition('/')[2]}，这一行的字没有用上"
                made.problems.append(_told(name, row, what, "图片改了名或删了的，请照案例里的改；不要了的，删去这一行"))
            if pupils(row) == "refused":
                what = f"{row.file.rpartition('/')[2]} 里的学生认得出，还没有同意"
                made.problems.append(_told(name, row, what, "请先取得监护人的书面同意，或者换一幅认不出是谁的，公布以前一定要办"))
        new, _, kept = _filled(text, [row for _, row in found], made.there.came.get(case), made.settings)
        for name, row in found:
            if row.file in kept:
                what = f"{row.file.rpartition('/')[2]} 在案例里已经写了别的说明，没有换"
                made.problems.append(_told(name, row, what, f"要改，请直接改 cases/{case}.md"))
        worded += [case] * (new != text)
    made.worded = tuple(worded)


def _told(name: str, row: Row, what: str, cure: str) -> Problem:
    return warning(name, 0, f"第 {row.line} 行：{what}", cure, "pictures_have_words")


def pupils(row: Row) -> str:
    """What a row says of pupils: none, unidentifiable, consented, refused (not agreed yet), or nothing."""
    said = row.students
    if "还没" in said or "不同意" in said:
        return "refused"
    if "同意" in said:
        return "consented"
    return "unidentifiable" if "认不出" in said else "none" if said.startswith(("没有", "无", "否")) else ""


def _filled(text: str, rows: Sequence[Row], came: Came | None, settings: Settings) -> tuple[str, list[str], list[str]]:
    text, got, kept = photos.filled(text, rows, came.words if came else {})
    return _with_minors(text, rows, settings), got, kept


def settle(place: Project, made: Imported, came: Mapping[str, Came]) -> dict[str, Came]:
    """Write the words of lists into the cases, then the list anew where it would say something else. Raises OSError.

    Gives how cases came in, with the words that they have from us now.
    """
    came, (found, broken) = dict(came), _rows(made)
    for case in made.worded:
        path = place.root / f"cases/{case}.md"
        text = project.read_text(place, f"cases/{case}.md")[0] or ""
        rows = [row for _, row in found[case]]
        new, got, _ = _filled(text, rows, came.get(case), made.settings)
        write_all({path: new.encode()})
        ours = {row.file: row.words for row in photos.rows_of(case, new) if row.file in got}
        came[case] = there.worded(came.get(case) or Came("", ""), ours)
    before = [row for rows in found.values() for _, row in rows]
    listed = {row.case for row in before} | {one.name for one in made.arrivals if one.state != TWICE}
    now = []
    for case in sorted(listed):
        if project.is_there(place, f"cases/{case}.md"):
            now += photos.rows_of(case, project.read_text(place, f"cases/{case}.md")[0] or "")
    rows = photos.merged(list({(row.case, row.file): row for row in before}.values()), now)
    made.unworded = sum(not row.alt for row in rows)
    own = place.root / LIST
    if rows and not broken and (not own.is_file() or [row.cells for row in rows] != [row.cells for row in before]):
        seen = {row.file: (place.cases / row.file).read_bytes() for row in rows if project.is_there(place, f"cases/{row.file}")}
        try:
            write_all({own: photos.written(rows, seen)})
        except OSError as reason:
            made.problems.append(warning(LIST, 0, in_chinese(reason), "请关上 Excel，再运行一次", "pictures_have_words"))
    return came


def _with_minors(text: str, rows: Sequence[Row], settings: Settings) -> str:
    """The text with what the list says of pupils in its header, where the collection has that field and nobody has filled it in."""
    asked = next((each for each in settings.fields if each.name == "minors"), None)
    kinds = {pupils(row) for row in rows}
    said = next((value for value in _MINORS if value in kinds), "")
    if asked is None or not said or kinds & {"", "refused"}:
        return text
    entries, _, line, problems = read_header(text, "")
    if problems or any(settings.field_called(word) is asked for word in entries):
        return text
    numbers = "、".join(dict.fromkeys(row.consent for row in rows if pupils(row) == "consented" and row.consent))
    value = f"{_MINORS[said]} {numbers if said == 'consented' else ''}".strip()
    lines = text.split("\n")
    end = split(text, "")[0].body_line - 2
    lines.insert(end, casefiles.header({asked.label: value}).split("\n")[1])
    return "\n".join(lines)


def videos_checked(rules: Sequence[Rules], found: Sequence[tuple[Path, str]], submissions: Sequence[Submission]) -> list[Problem]:
    """What is said of video files: that they are not copied, whether they are as their batch wants them, and all versions there."""
    out = []
    by_folder: dict[str, list[str]] = {}
    for path, name in found:
        cure = "请放到视频网站或单位的网盘，把网址写在案例的“视频”一项里"
        out.append(warning(name, 0, "视频不收进案例库，这个文件没有动", cure, "files_are_read"))
        wanted = _wanted(rules, name, submissions)
        if wanted is None:
            continue
        by_folder.setdefault(name.rpartition("/")[0], []).append(name)
        if not videos.is_there():
            out.append(warning(name, 0, videos.WITHOUT, "要检查，请技术人员装上 ffmpeg（Debian：apt-get install ffmpeg）", "videos_fit"))
            continue
        out += [warning(name, 0, what, cure, "videos_fit") for what, cure in videos.faults(path, videos.probe(path), wanted)]
    for names in by_folder.values():
        wanted = _wanted(rules, names[0], submissions)
        if wanted is not None and len(names) < len(wanted.versions):
            lacking = [word for word in wanted.versions if not any(word in name for name in names)] or list(wanted.versions)
            what = f"要交 {'、'.join(wanted.versions)} {len(wanted.versions)} 个版本，这里只有 {len(names)} 个，可能缺{'、'.join(lacking)}"
            out.append(warning(names[0], 0, what, "请向学校要齐", "videos_fit"))
    return out


def _wanted(rules: Sequence[Rules], name: str, submissions: Sequence[Submission]) -> Video | None:
    """What a video is to be: as the batch of the case beside it wants it, or every batch, else as the only one that says something."""
    folder, called = name.rpartition("/")[0], rules_called(rules)
    beside = {each.values["batch"][0] for each in submissions if each.source.rpartition("/")[0] == folder and each.values.get("batch")}
    for batch in sorted(beside):
        if (video := called((batch, wording.plain(batch))).video) is not None:
            return video
    said = [each.video for each in rules if each.video is not None]
    return called(()).video or (said[0] if len(said) == 1 else None)
