"""Sheets: the cells of .xlsx, .xls and .csv files as text, as a clerk sees them. The one door to openpyxl.

Only cells that are stored are walked, so one at XFD1048576 costs nothing. Hidden rows, columns and sheets are told and not read,
comments are not read. openpyxl is given the cells, their formats and nothing else: what it fails at or spends itself on (merged
areas, drawings, tables, names) is taken out before.
"""

import io
import re
from collections import Counter
from itertools import accumulate

from lxml import etree

from casepress.intake import oldsheets, packages, separated
from casepress.intake.cells import MOST_CELLS, MOST_ROWS, Sheet
from casepress.intake.leftover import quoted
from casepress.intake.refusals import Refused, Remark
from casepress.intake.wordxml import A, R

_AGAIN = "请用 Excel 或 WPS 打开它，另存为 .xlsx，再收一次"
_SEE = "请打开原件看一看，要用的请补进案例"
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_KEPT = {f"{_S}{name}" for name in ("sheetPr", "dimension", "sheetFormatPr", "cols", "sheetData")}
# What else a sheet may have beside its cells (ECMA-376, 1, 18.3.1.99). openpyxl finds it in cells as well, where nothing of it may be.
_NOT_IN_CELLS = [
    f"{_S}{name}"
    for name in (
        "worksheet sheetViews sheetCalcPr sheetProtection protectedRanges scenarios autoFilter sortState dataConsolidate customSheetViews "
        "mergeCells phoneticPr conditionalFormatting dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks "
        "colBreaks customProperties cellWatches ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF picture oleObjects controls "
        "webPublishItems tableParts extLst"
    ).split()
]
_KEPT_OF_BOOK = {f"{_S}{name}" for name in ("workbookPr", "sheets", "bookViews")}
_AREA = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
_MOST_MERGED = 20_000
_ROWS, _COLUMNS = 1_048_576, 16_384  # of Excel
_BESIDE = re.compile(rb"<(?:\w+:)?(?:comments|wsDr|userShapes|chartSpace|dataModel)\b")  # how parts begin, whatever they are called


def read(data: bytes, name: str) -> list[Sheet]:
    """The sheets of a file by the end of its name. Raises Refused."""
    ending = name.rpartition(".")[2].casefold()
    if ending in ("csv", "tsv"):
        out = [separated.read(data)]
    elif ending in ("xls", "et", "xlt") and not data.startswith(b"PK"):
        out = oldsheets.read(data)
    else:
        out = _new(data)
    if not out:
        raise Refused("no-sheet", "这个文件里没有工作表", "请向学校再要一次")
    if not any(sheet.cells for sheet in out):
        hidden = any(remark.kind == "hidden" for sheet in out for _, remark in sheet.remarks)
        what = "这个表格里看得见的地方没有字，有的都隐藏着" if hidden else "这个表格是空的"
        raise Refused("empty", what, "请向学校再要一次")
    return out


def _new(data: bytes) -> list[Sheet]:
    package = packages.opened(data, "sheet")
    parts, about = _bare(package)
    try:
        book = _loaded(parts)
    except MemoryError:
        raise
    except Exception as reason:  # openpyxl raises what its reader meets: KeyError, ValueError, TypeError, InvalidFileException
        raise Refused("damaged", "这个表格坏了，读不出来", _AGAIN) from reason
    out: list[Sheet] = []
    for made in book.worksheets:
        sheet = Sheet(made.title)
        out.append(sheet)
        if made.sheet_state != "visible":
            if any(cell.value is not None for cell in made._cells.values()):
                sheet.tell_all_hidden()
            continue
        _visible(made, sheet)
        sheet.merged, unknown, twins = about.get(made.title, ([], [], []))
        if out[0] is sheet:
            sheet.remarks += [("", remark) for remark in _beside(package)]
        if twins:
            listed = "、".join(f"“{name}”" for name in twins[:10]) + (f"等 {len(twins)} 张" if len(twins) > 10 else "")
            what = f"工作表{listed}和它是同一张，只读了一次"
            sheet.remarks.append(("", Remark("same-sheet", what, "请看看原件是不是坏了")))
        for place in unknown:
            sheet.remarks.append((place, Remark("formula", "这一格是公式，里面没有算好的值，没有读", "请用 Excel 打开，存一次，再收一次")))
    return out


def _beside(package: packages.Package) -> list[Remark]:
    """What people see over the cells: comments, and words in shapes and charts, by what their parts are."""
    trees = [packages.tree(part, "sheet") for part in package.parts.values() if _BESIDE.search(part[:2000])]
    comments = sum(1 for root in trees for _ in root.iter(f"{_S}comment"))
    drawn = ["".join(text.text or "" for text in root.iter(f"{A}t")) for root in trees]
    out = [Remark("beside", f"{comments} 条批注没有收", _SEE)] if comments else []
    words = " ".join(filter(str.strip, drawn))
    return out + ([Remark("beside", f"图形和图表里的字“{quoted(words)}”没有收", _SEE)] if words else [])


def _visible(made, sheet: Sheet) -> None:
    """Take the cells of a sheet that can be seen, and tell the rows and columns that cannot."""
    rows = {row for row, about in made.row_dimensions.items() if about.hidden or about.height == 0}
    steps: Counter[int] = Counter()  # at a column: how many hidden spans begin there, less how many have ended before it
    for about in made.column_dimensions.values():
        if about.hidden or about.width == 0:
            first = about.min or 1
            steps[first] += 1
            steps[max(first, about.max or first) + 1] -= 1
    hides = list(accumulate(steps[column] for column in range(_COLUMNS + 1)))
    unseen_rows: set[int] = set()
    unseen_columns: set[int] = set()
    for (row, column), cell in sorted(made._cells.items()):
        if cell.value is None:
            continue
        if row > _ROWS or column > _COLUMNS:
            raise Refused("damaged", "这个表格坏了，有一格的位置在 Excel 能有的以外", _AGAIN)
        if row in rows:
            unseen_rows.add(row)
        elif hides[column]:
            unseen_columns.add(column)
        else:
            sheet.put(row, column, cell.value, cell.number_format or "")
            if len(sheet.cells) > MOST_CELLS:
                raise Refused("too-big", "这个表格大得不像一份汇总表", _AGAIN)
    sheet.tell_hidden(unseen_rows, unseen_columns)


def _loaded(parts: dict[str, bytes]):
    """The book that openpyxl reads; without its styles where it stumbles over them, as over those of web systems."""
    import openpyxl

    try:
        return openpyxl.load_workbook(io.BytesIO(packages.packed(parts)), data_only=True, keep_links=False)
    except MemoryError:
        raise
    except Exception:
        styles = [name for name in parts if name.endswith("styles.xml")]
        rest = {name: part for name, part in parts.items() if name not in styles}
        for name in [name for name in rest if name.endswith(".rels") or name == "[Content_Types].xml"]:
            root = packages.tree(rest[name], "sheet")
            for child in list(root):
                if (child.get("Target") or child.get("PartName") or "").endswith("styles.xml"):
                    root.remove(child)
            rest[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        return openpyxl.load_workbook(io.BytesIO(packages.packed(rest)), data_only=True, keep_links=False)


def _bare(package: packages.Package) -> tuple[dict[str, bytes], dict[str, tuple[list, list[str], list[str]]]]:
    """The parts with cells and formats alone, and by the name of each sheet its merged areas, its formulas without a value, and what
    else a book calls the same sheet."""
    parts = {name: _loosened(part) for name, part in package.parts.items() if name.endswith((".xml", ".rels")) and not _is_aside(name)}
    folder, _, file = package.main.rpartition("/")
    rels = f"{folder}/_rels/{file}.rels"
    parts = {name: part for name, part in parts.items() if not name.endswith(".rels") or name in ("_rels/.rels", rels)}
    book = packages.tree(parts[package.main], "sheet")
    for child in list(book):
        if child.tag not in _KEPT_OF_BOOK:
            book.remove(child)
    targets = {
        relation.get("Id"): packages.leads_to(package.main, relation.get("Target", ""))
        for relation in (packages.tree(parts[rels], "sheet") if rels in parts else ())
    }
    about: dict[str, tuple[list, list[str], list[str]]] = {}
    called: dict[str, str] = {}  # the name of a sheet by its part
    for listed in list(book.iter(f"{_S}sheet")):
        name = targets.get(listed.get(f"{R}id"), "")
        if name in called:
            about[called[name]][2].append(listed.get("name", ""))
            listed.getparent().remove(listed)
        elif name in parts:
            called[name] = listed.get("name", "")
            root = packages.tree(parts[name], "sheet")
            if sum(any(len(cell) for cell in row) for row in root.iter(f"{_S}row")) > MOST_ROWS:
                raise Refused("too-big", f"一张工作表有字的行超过 {MOST_ROWS} 行，不像一份汇总表", _AGAIN)
            merged = [area for one in root.iterfind(f"{_S}mergeCells/{_S}mergeCell") if (area := _area(one.get("ref") or ""))]
            unknown = [cell.get("r", "") for cell in root.iter(f"{_S}c") if _is_unknown(cell)]
            about[called[name]] = merged[:_MOST_MERGED], unknown, []
            for child in (*root.iter(*_NOT_IN_CELLS), *(child for child in root if child.tag not in _KEPT)):
                if (parent := child.getparent()) is not None:
                    parent.remove(child)
            parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    parts[package.main] = etree.tostring(book, xml_declaration=True, encoding="UTF-8", standalone=True)
    return parts, about


def _is_unknown(cell) -> bool:
    """Whether a cell is a formula of which nobody has kept the value."""
    return cell.find(f"{_S}f") is not None and not cell.findtext(f"{_S}v") and cell.get("t") not in ("str", "inlineStr")


def _is_aside(name: str) -> bool:
    """Whether a part holds no cells: comments, drawings, pivots, links, and what sheets lead to."""
    return bool(
        re.search(
            r"(?:^|/)(?:comments|threadedComments|drawings|charts|pivot\w*|externalLinks|tables|customXml|docProps|worksheets/_rels)", name
        )
    )


def _loosened(part: bytes) -> bytes:
    """A part in the names of the transitional kind, whichever it was saved in."""
    if b"purl.oclc.org" not in part:
        return part
    part = part.replace(b"http://purl.oclc.org/ooxml/spreadsheetml/main", _S[1:-1].encode())
    return part.replace(b"http://purl.oclc.org/ooxml/officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/")


def _area(text: str) -> tuple[int, int, int, int] | None:
    """First row, first column, last row, last column of an area such as A1:C3."""
    found = _AREA.fullmatch(text)
    return (int(found[2]), _column(found[1]), int(found[4] or found[2]), _column(found[3] or found[1])) if found else None


def _column(name: str) -> int:
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number
