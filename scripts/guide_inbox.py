"""The guide's pictures of what becomes of an inbox: the report, the list of photos, a case on the site and in the book.

They are taken of the example submissions that `casepress new --with-submissions` makes, step by step as the guide has it.
"""

import base64
import contextlib
import html
import io
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
from PIL import Image
from playwright.sync_api import sync_playwright

from overview import book_page

NAMES = ("inbox-report", "inbox-list", "inbox-case")
PAPER, HAIRLINE = "#efece4", "#cbc4b5"
WIDE, GAP = 1000, 24
WORDS = {
    "放学以后的两小时-1.jpg": ("示例图片：三名学生在练毛笔字", "书法课", "有，认不出是谁"),
    "放学以后的两小时-2.jpg": ("示例图片：象棋队在下棋", "", "有，认不出是谁"),
    "楼顶上的气象站-1.jpg": ("示例图片：学生在楼顶读数", "", "有，监护人已书面同意"),
}
_SHEET = """<meta charset="utf-8"><style>body { margin: 0; font: 13px/1.5 "Noto Sans CJK SC"; color: #22262a; background: #fff }
table { border-collapse: collapse; table-layout: fixed } td { border: 1px solid #d8d2c5; padding: 4px 8px; overflow-wrap: anywhere }
tr:first-child td, td:first-child { background: #efece4 } tr:first-child td { text-align: center; color: #5a6068 }
tr:nth-child(2) td { font-weight: bold; background: #f6f3ec } img { display: block; width: 78px } td:first-child { width: 26px; text-align: center; color: #5a6068 }</style>
<table>%s</table>"""


def _run(folder: Path, *words: str) -> str:
    """What casepress says, run in a folder. Raises SystemExit where it is not understood."""
    done = subprocess.run([sys.executable, "-m", "casepress", *words], cwd=folder, capture_output=True, text=True, env=os.environ)
    if done.returncode > 1 or "Traceback" in done.stderr:
        raise SystemExit(done.stdout + done.stderr)
    return done.stdout


def shots(root: Path) -> dict[str, Image.Image]:
    """The pictures by their names, of a collection that is made in a folder."""
    _run(root, "new", "练习", "--title", "示例市优秀案例", "--with-submissions")
    folder = root / "练习"
    with _browser() as photographed:
        _run(folder, "import", "收件")
        made = {"inbox-report": photographed((folder / "收件报告.html").as_uri(), WIDE, 900)}
        _run(folder, "import", "收件", "--write")
        fill(folder / "cases/照片说明.xlsx")
        sheet = root / "list.html"
        sheet.write_text(_SHEET % _rows(folder / "cases/照片说明.xlsx"), "utf-8")
        made["inbox-list"] = photographed(sheet.as_uri(), WIDE + 80, 330)
        _run(folder, "import", "收件", "--write")
        _run(folder, "build")
        page = photographed((folder / "build/site/cases/fang-xue-yi-hou-de-liang-xiao-shi.html").as_uri(), WIDE, 1180)
        made["inbox-case"] = _side_by_side(page, _page_with(folder / "build/books/book.pdf", "放学以后的两小时", "示例第一小学有学生"))
    return made


def fill(path: Path) -> None:
    """Fill in the list of photos as a clerk does."""
    book = openpyxl.load_workbook(path)
    for row in book.active.iter_rows(min_row=2):
        for cell, word in zip(row[3:], WORDS.get(row[1].value, ("示例图片：学生在看秤", "", "没有")), strict=False):
            cell.value = word or cell.value
    book.save(path)


def _rows(path: Path) -> str:
    """The cells of a workbook as a table of HTML, with the letters and numbers that Excel shows; its pictures stand in column C."""
    sheet = openpyxl.load_workbook(path).active
    images = {image.anchor._from.row: image._data() for image in sheet._images}
    widths = [next(about.width for about in sheet.column_dimensions.values() if about.min <= at <= about.max) * 5 for at in range(1, 8)]
    rows = [
        "<tr><td></td>"
        + "".join(f'<td style="width:{width:.0f}px">{letter}</td>' for letter, width in zip("ABCDEFG", widths, strict=True))
        + "</tr>"
    ]
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        cells = [html.escape(str(value or "")) for value in row[:7]]
        if number - 1 in images:
            cells[2] = f'<img src="data:image/jpeg;base64,{base64.b64encode(images[number - 1]).decode()}">'
        rows.append(f"<tr><td>{number}</td>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>")
    return "".join(rows)


@contextlib.contextmanager
def _browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])

        def photographed(address: str, width: int, height: int) -> Image.Image:
            tab = browser.new_page(viewport={"width": width, "height": height})
            tab.goto(address)
            tab.wait_for_timeout(400)
            data = tab.screenshot()
            tab.close()
            return Image.open(io.BytesIO(data)).convert("RGB")

        yield photographed
        browser.close()


def _page_with(pdf: Path, *words: str) -> Image.Image:
    """The page of a book that has these words. Raises SystemExit where there is none."""
    texts = subprocess.run(["pdftotext", str(pdf), "-"], check=True, capture_output=True, text=True).stdout.split("\f")
    for number, text in enumerate(texts, 1):
        if all(word in re.sub(r"\s", "", text) for word in words):
            return book_page(number, pdf, 144)
    raise SystemExit(f"没有一页写着“{words[0]}”")


def _side_by_side(*parts: Image.Image) -> Image.Image:
    high = 900
    parts = tuple(part.resize((round(part.width * high / part.height), high), Image.LANCZOS) for part in parts)
    sheet = Image.new("RGB", (sum(part.width for part in parts) + GAP * (len(parts) + 1), high + 2 * GAP), PAPER)
    left = GAP
    for part in parts:
        sheet.paste(HAIRLINE, (left - 1, GAP - 1, left + part.width + 1, GAP + high + 1))
        sheet.paste(part, (left, GAP))
        left += part.width + GAP
    return sheet


def framed(made: Callable[[Path], dict[str, Image.Image]], root: Path) -> dict[str, Image.Image]:
    """The pictures as the guide shows them: each 1,000 pixels wide with a hairline around it."""
    out = {}
    for name, image in made(root).items():
        image = image.resize((WIDE - 2, round(image.height * (WIDE - 2) / image.width)), Image.LANCZOS)
        sheet = Image.new("RGB", (WIDE, image.height + 2), HAIRLINE)
        sheet.paste(image, (1, 1))
        out[name] = sheet
    return out
