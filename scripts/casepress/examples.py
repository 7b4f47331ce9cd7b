"""Examples: what a dozen example schools might send, made when it is asked for: forms ticked in several ways, manuscripts, a summary,
results, photos, a file that came twice, one that is broken. The same bytes each time. The one door to python-docx.
"""

import io
import zipfile
from collections.abc import Callable, Mapping
from importlib.resources import files
from pathlib import Path
from random import Random

from docx import Document
from docx.document import Document as Paper
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph
from PIL import ExifTags, Image, ImageDraw

from casepress.markup.frontmatter import Node, read_yaml

INBOX = "收件"
STAGES, THEMES = ("小学", "初中", "高中"), ("课后服务", "作业管理", "课堂提质", "科学教育", "家校社协同")
_PARTS = ("背景", "做法", "成效")
_W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
Case = Mapping[str, object]
Tick = Callable[[Paragraph, str, bool], None]


def submissions() -> dict[str, bytes]:
    """The files of the inbox by their paths in it."""
    node, _ = read_yaml(files("casepress").joinpath("data/examples/submissions.yml").read_text("utf-8"), "submissions.yml")
    cases = {case["key"]: case for case in _plain(node)["cases"]}
    cases["copy"] = {**cases[cases["copy"]["like"]], **cases["copy"]}
    afternoon, bridge = "示例第一小学", "示例第五小学"
    homework = _form(cases["homework"], _root)
    made = {
        f"{afternoon}/申报表.docx": _form(cases["afternoon"], _ballot),
        f"{afternoon}/书法课.jpg": photo(1),
        f"{afternoon}/象棋队.jpg": photo(2),
        "示例第二小学申报表.docx": homework,
        "示例第二小学申报表(1).docx": homework,
        "示例第三小学申报表.docx": _form(cases["groups"], _wingdings, is_above=True),
        "楼顶上的气象站+示例第四中学+示例己.docx": _manuscript(cases["weather"], photo(3), _READINGS),
        f"{bridge}/申报表.docx": _form(cases["bridge"], _control),
        f"{bridge}/走进菜市场.jpg": photo(4, is_placed=True),
        "示例第六小学申报表.docx": _form(cases["sports"], _ballot, forgotten=("学段",)),
        "图书馆搬进走廊+示例第七小学+示例癸.docx": _manuscript(cases["reading"]),
        "把实验做在家里的厨房+示例第八中学+示例甲、示例乙.txt": _text(cases["lab"]).encode(),
        "示例第九小学申报表.docx": _form(cases["copy"], _root),
        "示例第十小学申报表.docx": homework[: len(homework) // 2],
        "汇总表.xlsx": _summary(list(cases.values())),
        "评审结果.csv": _results(list(cases.values())).encode("gb18030"),
    }
    return made


def write(folder: Path) -> None:
    """Put the files of the inbox into a folder. Raises OSError."""
    for name, data in submissions().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _plain(node: Node) -> object:
    if isinstance(node.value, tuple):
        return [_plain(each) for each in node.value]
    return {key: _plain(each) for key, each in node.value.items()} if isinstance(node.value, Mapping) else node.value


def _paper() -> Paper:
    paper = Document()
    paper.styles["Normal"].font.name, paper.styles["Normal"].font.size = "宋体", Pt(12)
    paper.sections[0].page_width, paper.sections[0].page_height = Cm(21), Cm(29.7)
    return paper


def _form(case: Case, tick: Tick, is_above: bool = False, forgotten: tuple[str, ...] = ()) -> bytes:
    """An application form; with `is_above` its first lines stand over the table; of what is `forgotten` no box is ticked."""
    paper = _paper()
    paper.add_paragraph("示例市优秀实践案例申报表").runs[0].bold = True
    if is_above:
        for label, value in (("案例名称", case["title"]), ("申报单位", case["unit"])):
            line = paper.add_paragraph(f"{label}：")
            line.add_run(f"  {value}  ").underline = True
    phone = f"0519-8000{1000 + sum(map(ord, str(case['unit']))) % 9000}"
    rows = [] if is_above else [("案例名称", case["title"])]
    rows += [("学段", STAGES)] if is_above else [("学校", case["unit"], "学段", STAGES)]
    rows += [("撰写人", "、".join(case["people"])), ("负责人", "示例负责人", "电话", phone), ("联系人", "示例联系人", "电话", phone)]
    rows += [("邮箱", "office@example.com"), ("案例主题", THEMES)]
    table = paper.add_table(rows=len(rows) + 1, cols=4)
    table.style = "Table Grid"
    for row, cells in zip(table.rows, rows, strict=False):
        if len(cells) == 2:
            row.cells[1].merge(row.cells[3])
        for cell, said in zip(row.cells, cells, strict=False):
            if isinstance(said, str):
                cell.text = said
                continue
            for word in said:
                on = word in (case["stage"], case["theme"]) and not (said is STAGES and "学段" in forgotten)
                tick(cell.paragraphs[0], word, on)
                cell.paragraphs[0].add_run("  ")
    body = table.rows[-1].cells[0].merge(table.rows[-1].cells[3])
    for number, part in zip("一二三", _PARTS, strict=True):
        body.add_paragraph(f"{number}、{part}").runs[0].bold = True
        for text in case[part]:
            body.add_paragraph(text)
    return _saved(paper)


def _ballot(paragraph: Paragraph, word: str, on: bool) -> None:
    paragraph.add_run(("☑" if on else "□") + word)


def _root(paragraph: Paragraph, word: str, on: bool) -> None:
    paragraph.add_run(("√" if on else "□") + word)


def _wingdings(paragraph: Paragraph, word: str, on: bool) -> None:
    paragraph.add_run()._r.append(parse_xml(f'<w:sym {nsdecls("w")} w:font="Wingdings" w:char="{"F0FE" if on else "F0A8"}"/>'))
    paragraph.add_run(word)


def _control(paragraph: Paragraph, word: str, on: bool) -> None:
    box = f'<w14:checkbox><w14:checked w14:val="{int(on)}"/></w14:checkbox>'
    text = f"<w:sdtContent><w:r><w:t>{'☒' if on else '☐'}</w:t></w:r></w:sdtContent>"
    paragraph._p.append(parse_xml(f"<w:sdt {nsdecls('w')} {_W14}><w:sdtPr>{box}</w:sdtPr>{text}</w:sdt>"))
    paragraph.add_run(word)


_READINGS = (("月份", "读数次数", "平均气温"), ("九月", "90", "23.6"), ("十月", "93", "18.1"), ("十一月", "90", "12.4"))


def _manuscript(case: Case, shown: bytes | None = None, rows: tuple[tuple[str, ...], ...] = ()) -> bytes:
    """A text without a form: its title, who wrote it, then headings and paragraphs, perhaps a photo and a table."""
    paper = _paper()
    paper.add_paragraph(str(case["title"])).runs[0].bold = True
    paper.add_paragraph(str(case["unit"]))
    paper.add_paragraph(" ".join(case["people"]))
    for part in _PARTS:
        paper.add_heading(part, 1)
        for text in case[part]:
            paper.add_paragraph(text)
        if part == "做法" and shown:
            paper.add_picture(io.BytesIO(shown), Cm(12))
            paper.add_paragraph("图1 学生在楼顶读数（示例图片）", style="Caption")
        if part == "做法" and rows:
            table = paper.add_table(rows=0, cols=len(rows[0]))
            table.style = "Table Grid"
            for row in rows:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text
    return _saved(paper)


def _text(case: Case) -> str:
    lines = [case["title"], case["unit"], "、".join(case["people"])]
    for number, part in zip("一二三", _PARTS, strict=True):
        lines += [f"{number}、{part}", *case[part]]
    return "\r\n".join(lines)


def _saved(paper: Paper) -> bytes:
    """A document without the time at which it was made."""
    found, out = io.BytesIO(), io.BytesIO()
    paper.save(found)
    with zipfile.ZipFile(found) as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in archive.namelist():
            made.writestr(zipfile.ZipInfo(name, (2026, 11, 1, 8, 0, 0)), archive.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _summary(cases: list[Case]) -> bytes:
    """The summary that a bureau keeps: a title above its head, a note below; one row has no file that can be read."""
    import datetime

    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": datetime.datetime(2026, 11, 1)})
    sheet = book.add_worksheet("汇总表")
    sheet.merge_range(0, 0, 0, 6, "示例市优秀实践案例汇总表（第一批）")
    last = {"title": "操场边上的种植园", "unit": "示例第十小学", "region": "常州市武进区", "stage": "小学", "theme": "科学教育"}
    rows = [("序号", "案例名称", "单位", "所在地区", "学段", "案例主题", "批次")]
    rows += [
        (str(number), *(case[key] for key in ("title", "unit", "region", "stage", "theme")), "第一批")
        for number, case in enumerate([*cases, last], 1)
    ]
    for row, cells in enumerate(rows, 1):
        for column, text in enumerate(cells):
            sheet.write_string(row, column, text)
    sheet.write_string(len(rows) + 1, 0, "注：本表由练习程序生成，学校均为虚构。")
    for column, width in enumerate((6, 34, 20, 18, 8, 14, 10)):
        sheet.set_column(column, column, width)
    book.close()
    return out.getvalue()


def _results(cases: list[Case]) -> str:
    rows = [("案例名称", "获奖等次"), *((case["title"], case["award"]) for case in cases if case["award"])]
    return "".join(f"{title},{award}\r\n" for title, award in rows)


def photo(number: int, is_placed: bool = False) -> bytes:
    """A drawn landscape in the place of a photo, 1600 by 1067 pixels; with `is_placed` it says, as phones do, where it was taken."""
    chance = Random(number)
    sky, far, near = (("#b9c4bd", "#8fa39a", "#5f7a6c"), ("#c9bfae", "#a99b84", "#77684f"), ("#b4c2cf", "#8397a8", "#566b7d"))[number % 3]
    image = Image.new("RGB", (1600, 1067), sky)
    draw = ImageDraw.Draw(image)
    draw.ellipse((1180, 120, 1360, 300), fill="#f2ead6")
    for high, colour in ((560, far), (760, near)):
        points = [(x, high + chance.randint(-130, 130)) for x in range(0, 1601, 200)]
        draw.polygon([(0, 1067), *points, (1600, 1067)], fill=colour)
    for at in range(3 + number):
        left = 160 + at * 210
        draw.rectangle((left, 820, left + 90, 1000), fill="#e7dfcd")
        draw.polygon([(left - 20, 820), (left + 45, 750), (left + 110, 820)], fill="#a8321f")
    out, exif = io.BytesIO(), Image.Exif()
    if is_placed:
        exif[ExifTags.Base.Make] = "Example"
        exif.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: (31.0, 46.0, 0.0), 3: "E", 4: (119.0, 57.0, 0.0)})
    image.save(out, "JPEG", quality=85, exif=exif)
    return out.getvalue()
