"""Photos: the list in which a clerk writes what pictures show, `cases/照片说明.xlsx`, and the way of these words into the cases.

Nothing that somebody typed into a case is overwritten: words go where there are none, or where those stand that came from here before.
"""

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from casepress.facts.developing import publish
from casepress.facts.pictures import NotAPicture
from casepress.intake import sheets

NAME = "照片说明.xlsx"
COLUMNS = ("案例", "图片", "缩略图", "图里是什么", "图注", "照片里有学生吗", "监护人同意的编号")
STUDENTS = ("没有", "有，认不出是谁", "有，监护人已书面同意", "有，还没有同意")
_WIDTHS = (34, 34, 18, 42, 32, 22, 20)
_THUMB = (116, 78)  # pixels
_IMAGE = re.compile(r'!\[([^\[\]\n]*)\]\(([^()\s"]+)(?:[ \t]+"([^"\n]*)")?\)')
Words = tuple[str, str]  # what a picture shows, and its caption


@dataclass(frozen=True)
class Row:
    """A line of the list: the case and the file of a picture, by their paths below `cases/`, its words, and what is said of pupils."""

    case: str
    file: str
    alt: str = ""
    caption: str = ""
    students: str = ""
    consent: str = ""
    line: int = field(default=0, compare=False)
    """Where it stands in the list, from 1."""

    @property
    def words(self) -> Words:
        return self.alt, self.caption

    @property
    def cells(self) -> tuple[str, ...]:
        return self.case, self.file, self.alt, self.caption, self.students, self.consent


def rows_of(case: str, text: str) -> list[Row]:
    """The pictures that stand in the text of a case, each once."""
    folder = case.rpartition("/")[0]
    found = {}
    for alt, file, caption in _IMAGE.findall(text):
        if "://" not in file:
            found.setdefault(file, Row(case, f"{folder}/{file}" if folder else file, _unescaped(alt), _unescaped(caption)))
    return list(found.values())


def read(data: bytes, name: str) -> list[Row]:
    """The rows of a list that was filled in; none where it has none of our columns. Raises packages.Refused."""
    out = []
    for sheet in sheets.read(data, name):
        at, head = next(((row, cells) for row, cells in _rows(sheet) if {"案例", "图片"} <= set(cells.values())), (0, {}))
        columns = {word: column for column, word in head.items()}
        for row, cells in _rows(sheet):
            said = [cells.get(columns.get(word, 0), "") for word in COLUMNS]
            if row > at and said[0] and said[1]:
                case, file, _, *rest = said
                out.append(Row(case.removeprefix("cases/").removesuffix(".md"), file.removeprefix("cases/"), *map(_one_line, rest), line=row))
    return out


def filled(text: str, rows: Iterable[Row], ours: Mapping[str, Words]) -> tuple[str, list[str], list[str]]:
    """The text of a case with the words of rows; which pictures got some; and which kept other words that somebody typed.

    `ours` are the words by the picture's file that the text had from us, which may be exchanged.
    """
    by_file = {row.file.rpartition("/")[2]: row for row in rows}
    got: dict[str, None] = {}
    kept: dict[str, None] = {}

    def put(found: re.Match) -> str:
        row = by_file.get(found[2])
        if row is None:
            return found[0]
        now, mine = (_unescaped(found[1]), _unescaped(found[3] or "")), ours.get(row.file, ("", ""))
        new = []
        for has, had, wants in zip(now, mine, row.words, strict=True):
            free = not has or has == had
            if wants and not free and wants != has:
                kept[row.file] = None
            new.append(wants if wants and free else has)
        if tuple(new) == now:
            return found[0]
        got[row.file] = None
        return f"![{_escaped(new[0])}]({found[2]}" + (f' "{_quoted(new[1])}")' if new[1] else ")")

    return _IMAGE.sub(put, text), list(got), list(kept)


def merged(there: Sequence[Row], now: Iterable[Row]) -> list[Row]:
    """The rows of a list as it is to be: those there whose picture is still shown, with the words that it has now, and those with words
    of their own; then new ones."""
    shown = {(row.case, row.file): row for row in now}
    out = []
    for row in there:
        fresh = shown.pop((row.case, row.file), None)
        if fresh is not None:
            row = replace(row, alt=fresh.alt or row.alt, caption=fresh.caption or row.caption)
        if fresh is not None or row.alt or row.caption:  # words that belong nowhere are told, and stay
            out.append(row)
    return [*out, *shown.values()]


def written(rows: Sequence[Row], pictures: Mapping[str, bytes]) -> bytes:
    """The list as a workbook, a small picture beside each row. The same rows give the same bytes."""
    import datetime

    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    book.set_properties({"title": "照片说明", "created": datetime.datetime(2000, 1, 1)})
    book.set_calc_mode("auto")
    plain = {"font_name": "微软雅黑", "font_size": 11, "valign": "vcenter", "text_wrap": True, "border": 1, "border_color": "#E4DFD5"}
    head = book.add_format({**plain, "bold": True, "bg_color": "#EFECE4"})
    given, asked = book.add_format({**plain, "font_color": "#5A6068"}), book.add_format({**plain, "bg_color": "#FFFDF5"})
    sheet = book.add_worksheet("照片说明")
    for column, (word, width) in enumerate(zip(COLUMNS, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, word, head)
    sheet.set_row(0, 24)
    sheet.freeze_panes(1, 2)
    for number, row in enumerate(rows, 1):
        sheet.set_row(number, 62)
        for column, text in zip((0, 1, 3, 4, 5, 6), row.cells, strict=True):
            sheet.write_string(number, column, text, given if column < 2 else asked)
        sheet.write_blank(number, 2, None, given)
        if (small := _small(pictures.get(row.file))) is not None:
            sheet.insert_image(number, 2, "p.jpg", {"image_data": io.BytesIO(small), "x_offset": 4, "y_offset": 2, "object_position": 1})
    if rows:
        sheet.data_validation(1, 5, len(rows), 5, {"validate": "list", "source": list(STUDENTS), "error_type": "warning"})
    tips = book.add_worksheet("怎么填")
    tips.set_column(0, 0, 100)
    for number, line in enumerate(TIPS):
        tips.write_string(number, 0, line, book.add_format({"font_name": "微软雅黑", "font_size": 11, "text_wrap": True}))
    book.close()
    return out.getvalue()


TIPS = (
    "“图里是什么”：用一句话写画面上有什么，看不见图的读者靠它了解，例如：操场上，学生分组跳绳。每幅图都要填。",
    "“图注”：要印在图下面的话，可以不填。",
    "“照片里有学生吗”：从下拉框里选。认得出是谁的，要先有监护人的书面同意，把同意书的编号写在最后一列。",
    "前三列不要改。填好保存、关上 Excel，再运行一次 casepress import 收件 --write，这里写的字就进了案例。",
    "案例里已经有人写好的说明，不会被这里的字换掉。",
)


def _small(data: bytes | None) -> bytes | None:
    """A picture for a cell; None where there is none."""
    if data is None:
        return None
    try:
        return publish(data, _THUMB, on_paper=True, quality=70).data
    except NotAPicture:
        return None


def _rows(sheet: sheets.Sheet) -> Iterable[tuple[int, dict[int, str]]]:
    by_row: dict[int, dict[int, str]] = {}
    for (row, column), text in sorted(sheet.cells.items()):
        by_row.setdefault(row, {})[column] = text
    return by_row.items()


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _escaped(text: str) -> str:
    """Words in the place of what a picture shows: no brackets, no marks of Markdown."""
    return re.sub(r"([\\`*_<>])", r"\\\1", text.replace("[", "［").replace("]", "］"))


def _quoted(text: str) -> str:
    """A caption, which may have no straight quotes: they become 引号 in turn."""
    parts = text.split('"')
    return "".join(part + ("“" if at % 2 == 0 else "”") * (at + 1 < len(parts)) for at, part in enumerate(parts))


def _unescaped(text: str) -> str:
    return re.sub(r"\\([\\`*_<>\[\]#|~=^$])", r"\1", text)
