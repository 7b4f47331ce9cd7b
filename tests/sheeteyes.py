"""What a clerk sees in an .xlsx, by a walk of its own over the raw XML, and SHEETS: shapes of lists in which words may be overlooked.

Not seen: hidden sheets, rows and columns, values of which a format shows nothing, pronunciation beside letters.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Callable
from xml.etree import ElementTree

import openpyxl
from openpyxl.comments import Comment

from badparts import SHEET, member, sheets
from wordeyes import local
from wordparts import XML

HEAD = ["案例名称", "学校", "学段", "联系人", "联系人电话"]
ROW = ["放学以后去哪里", "青禾县柳湾小学", "小学", "顾安", "0519—80000000"]
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/"


def seen(data: bytes) -> list[tuple[str, str, tuple[str, ...]]]:
    """The letters of cells, comments and shapes, each with where it stands (its sheet, 批注 or 图形) and what is above it in its column."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    shared = [_letters(one) for one in _tree(parts, "xl/sharedStrings.xml")]
    targets = {one.get("Id"): one.get("Target").lstrip("/") for one in _tree(parts, "xl/_rels/workbook.xml.rels")}
    out = []
    for sheet in _tree(parts, "xl/workbook.xml").iter():
        if local(sheet) != "sheet" or sheet.get("state", "visible") != "visible":
            continue
        target = targets[next(text for key, text in sheet.attrib.items() if key.endswith("}id"))]
        root = _tree(parts, target if target.startswith("xl/") else posixpath.join("xl", target))
        away = [(int(one.get("min")), int(one.get("max"))) for one in root.iter() if local(one) == "col" and one.get("hidden") == "1"]
        above: dict[int, tuple[str, ...]] = {}
        for cell in (cell for row in root.iter() if local(row) == "row" and row.get("hidden") != "1" for cell in row):
            at, text = _column(cell.get("r")), _value(cell, shared)
            if text.strip() and not any(first <= at <= last for first, last in away):
                out.append((sheet.get("name"), text, above.get(at, ())))
                above[at] = (*above.get(at, ()), text)
    for name in parts:
        if re.search(r"/comments\d*\.xml$|/comments/comment\d*\.xml$", name):
            out += [("批注", _letters(one), ()) for one in _tree(parts, name).iter() if local(one) == "comment"]
        elif re.search(r"/drawings/[^/]+\.xml$", name):
            out.append(("图形", _letters(_tree(parts, name)), ()))
    return [one for one in out if one[1].strip()]


def _tree(parts: dict[str, bytes], name: str):
    return ElementTree.fromstring(parts[name]) if name in parts else ElementTree.Element("none")


def _letters(element) -> str:
    """The letters of runs, without how they are spoken."""
    if local(element) == "rPh":
        return ""
    return (element.text or "") * (local(element) == "t") + "".join(map(_letters, element))


def _value(cell, shared: list[str]) -> str:
    said = next((one.text or "" for one in cell if local(one) == "v"), "")
    kind = cell.get("t")
    return shared[int(said)] if kind == "s" else _letters(cell) if kind == "inlineStr" else "" if kind == "e" else said


def _column(address: str) -> int:
    number = 0
    for letter in re.match("[A-Z]+", address)[0]:
        number = number * 26 + ord(letter) - 64
    return number


def book(*rows: list, more: Callable = lambda made: None) -> Callable[[], bytes]:
    """A file of one sheet with these rows, after something else was done to it."""

    def build() -> bytes:
        made = openpyxl.Workbook()
        made.active.title = "汇总表"
        for row in rows:
            made.active.append(row)
        more(made)
        out = io.BytesIO()
        made.save(out)
        return out.getvalue()

    return build


def sheet(made, name: str, *rows: list, state: str = "visible") -> None:
    other = made.create_sheet(name)
    for row in rows:
        other.append(row)
    other.sheet_state = state


def merged(made) -> None:
    for area in ("A1:E1", "D2:E2", "A2:A3", "B2:B3", "C2:C3", "B4:B5"):
        made.active.merge_cells(area)


def hidden(made) -> None:
    made.active.row_dimensions[3].hidden = True
    made.active.column_dimensions["E"].hidden = True
    sheet(made, "底稿", HEAD, ["藏着的案例", "底小学", "小学", "底人", "3"], state="hidden")


def commented(made) -> None:
    made.active["A2"].comment = Comment("请再核一次题目", "某人")


def drawn() -> bytes:
    """A text box over the cells."""
    text = f'<xdr:wsDr xmlns:xdr="{DRAWING}spreadsheetDrawing" xmlns:a="{DRAWING}main"><a:t>框里写着：截止周五</a:t></xdr:wsDr>'
    out = io.BytesIO(book(HEAD, ROW)())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/drawings/drawing1.xml", text)
    return out.getvalue()


def strings() -> bytes:
    """Letters kept apart from the cells, in runs of several looks with how they are spoken, and a formula with its value."""
    data = sheets([HEAD, ROW])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        whole = archive.read("xl/worksheets/sheet1.xml").decode()
    rich = '<si><r><t>放学以后</t></r><r><rPr><b/></rPr><t>去哪里</t></r><rPh sb="0" eb="2"><t>fàngxué</t></rPh></si>'
    formula = '<c r="B2" t="str"><f>CONCATENATE("青禾县","柳湾小学")</f><v>青禾县柳湾小学</v></c>'
    for name, cell in (("A2", '<c r="A2" t="s"><v>0</v></c>'), ("B2", formula)):
        whole, count = re.subn(rf'<c r="{name}".*?</c>', cell, whole)
        assert count == 1
    return member(member(data, "xl/worksheets/sheet1.xml", whole), "xl/sharedStrings.xml", f'{XML}<sst xmlns="{SHEET}">{rich}</sst>')


SHEETS: dict[str, Callable[[], bytes]] = {
    "plain": book(HEAD, ROW),
    "title-and-notes": book(
        ["附件2"], ["“双减”案例汇总表"], ["填报单位：青禾县教育局　审核：柳四四"], HEAD, ROW, ["注：学段按学校实际填写"], ["第二条注里的话"], ["制表人：许五五"]
    ),
    "heads-of-two-rows": book(
        ["“双减”案例汇总表"], ["案例名称", "学校", "学段", "联系人", None], [None, None, None, "姓名", "电话"], ROW, ["第二个案例", None, "初中", "许诺", "7654321"],
        more=merged,
    ),  # fmt: skip
    "hidden": book(HEAD, ROW, ["藏起来的案例", "隐小学", "小学", "隐人", "1"], ["第三个案例", "丙小学", "初中", "明人", "2"], more=hidden),
    "unknown-columns": book([*HEAD, "办学性质", "在校生数", "备注"], [*ROW, "公办", 186, "材料另寄"]),
    "column-without-head": book(HEAD, [*ROW, None, "角上记的话"]),
    "row-of-unknown-columns": book([*HEAD, "备注"], ROW, [None, None, None, None, None, "以上三校由教研室推荐"]),
    "sheet-without-head": book(HEAD, ROW, more=lambda made: sheet(made, "说明", ["这一张说明怎样评选"], ["每校限报一个"])),
    "two-sheets": book(HEAD, ROW, more=lambda made: sheet(made, "初中组", HEAD, ["初中的案例", "丁中学", "初中", "丁人", "5"])),
    "comment": book(HEAD, ROW, more=commented),
    "text-box": drawn,
    "runs-and-formulas": strings,
}  # fmt: skip
