"""Separated: tables of text whose cells are parted by commas, semicolons or tabs, in the encodings that Chinese Excel and WPS write."""

import csv
import io
import re

from casepress.intake import guises
from casepress.intake.cells import MOST_CELLS, MOST_ROWS, Sheet
from casepress.intake.refusals import Refused

_AGAIN = "请用 Excel 或 WPS 打开它，另存为 .xlsx，再收一次"
_PARTINGS = ",;\t，；|"
_LONGEST = 1 << 20  # characters of a cell


def read(data: bytes) -> Sheet:
    """The cells of a .csv. Raises Refused."""
    if guises.guise(data) != "text":
        raise guises.told(data, "sheet")
    text = _decoded(data)
    said = re.match(r"sep=(.)\r?\n", text)  # what Excel writes above for itself
    parting = said[1] if said else max(_PARTINGS, key="\n".join(text.splitlines()[:20]).count)
    sheet = Sheet("")
    csv.field_size_limit(_LONGEST)
    try:
        for y, row in enumerate(csv.reader(io.StringIO(text[said.end() :] if said else text, newline=""), delimiter=parting), 1):
            for x, value in enumerate(row, 1):
                sheet.put(y, x, re.sub(r'^="(.*)"$', r"\1", value.strip()))
            if len(sheet.cells) > MOST_CELLS or y > MOST_ROWS:
                raise Refused("too-big", "这个表格大得不像一份汇总表", _AGAIN)
    except csv.Error as reason:
        raise Refused("damaged", "这个表格的引号没有成对，或者有一格长得不像话，读不出来", _AGAIN) from reason
    if not sheet.cells:
        raise Refused("empty", "这个表格是空的", "请向学校再要一次")
    return sheet


def _decoded(data: bytes) -> str:
    """Its text: UTF-16 and UTF-8 with a mark, UTF-8, GB18030, in this order. Raises Refused."""
    for coding in ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(coding).lstrip("\ufeff")  # some programs put the mark twice
        except UnicodeDecodeError:
            continue
    raise Refused("damaged", "这个文件的文字编码认不出来", _AGAIN)
