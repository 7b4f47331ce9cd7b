"""Summaries: the rows of a 汇总表, one a case, wherever its head stands and however many rows it has."""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from casepress.intake.cells import Sheet, letters
from casepress.intake.labels import Labels
from casepress.values.fields import Field

_NOTE = re.compile(r"^[（(]?(?:注|备注|说明|填表|制表|审核|合计|总计|小计|附|联系人|填报|负责人签|单位盖章|\*|※)")
_PLAIN = re.compile(
    r"[^\s：:]{0,40}(?:汇总|一览|统计|登记|申报|推荐|名单|清单)[表册单]?(?:[（(][^（）()]*[）)])?|附件?\s*[\d一二三四五六七八九十]*[：:]?|(?:合计|总计|小计)\d*|[\d.]*"
)
_DEEP = 30  # rows in which a head is looked for
_ORDER = re.compile(r"^(?:序号|编号|No\.?|№)$")


@dataclass
class Row:
    """A row: where it stands, its values by the field's name as text, and where each is."""

    place: str
    values: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)


@dataclass
class Summary:
    """The rows of a sheet, the words of heads that no field knows, of those that ask for a field again, and what stands elsewhere."""

    sheet: Sheet
    rows: list[Row] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    left: list[tuple[str, str]] = field(default_factory=list)  # what stands in no row and in no column of the head, with its place


def summary(sheet: Sheet, known: Labels) -> Summary | None:
    """The rows of a sheet; None where none of its rows asks for two fields, as a head does."""
    across: dict[int, dict[int, str]] = defaultdict(dict)  # the cells of each row
    for (row, column), text in sorted(_filled(sheet).items()):
        across[row][column] = text
    head, columns, last = _head(across, known)
    if head is None:
        return None
    made = Summary(sheet)
    heads = across[head] | across[last]
    for column in sorted(heads):
        if column in columns or _ORDER.match(heads[column]):
            continue
        if heads.get(column - 1) == heads[column] and not {(head, column), (last, column)} & sheet.cells.keys():
            del heads[column]  # the rest of a merged head: what stands below it stands below none
        elif (asked := known.match(heads[column])) is not None and asked in columns.values():
            made.twice.append(heads[column])
        else:
            made.unknown.append(heads[column])
    headless: dict[int, dict[str, None]] = defaultdict(dict)  # the words below no head, each once
    for row, cells in across.items():
        for column, text in cells.items() if row > last else ():
            if column not in heads and (row, column) in sheet.cells:
                headless[column][text] = None
    made.left += [(f"{letters(column)} 列（没有表头）", " ".join(headless[column])) for column in sorted(headless)]
    lines = _lines(sheet)
    made.left += [(f"第 {row} 行", lines[row]) for row in across if row < head]
    in_notes = False
    for row, cells in across.items():
        if row <= last:
            continue
        if len(cells) > 1 and all(text in (across[head].get(column), across[last].get(column)) for column, text in cells.items()):
            continue  # the head again, as at the beginning of a printed page
        first = next(iter(cells.values()), "")
        words = set(cells.values())
        if _NOTE.match(first) and (len(words) <= 2 or any(word.endswith(("：", ":")) for word in words)):
            in_notes = in_notes or first.lstrip("（(").startswith(("注", "备注", "说明"))
            made.left.append((f"第 {row} 行", lines[row]))
            continue
        if in_notes and len(words) == 1 or not any(column in columns for column in cells):
            made.left.append((f"第 {row} 行", lines[row]))
            continue
        line = Row(f"第 {row} 行")
        for column, text in cells.items():
            if column in columns and text:
                name = columns[column].name
                line.values[name] = f"{line.values[name]}、{text}" if name in line.values and line.values[name] != text else text
                line.places.setdefault(name, sheet.place(row, column))
        if line.values:
            made.rows.append(line)
    made.left = [(place, text) for place, text in made.left if not all(_PLAIN.fullmatch(word) for word in text.split("  "))]
    return made


def _lines(sheet: Sheet) -> dict[int, str]:
    """The cells of each row as they are stored, a merged one once; a row that has none of its own is empty."""
    rows: dict[int, list[str]] = defaultdict(list)
    for (row, _), text in sorted(sheet.cells.items()):
        rows[row].append(text)
    return defaultdict(str, {row: "  ".join(texts) for row, texts in rows.items()})


def _filled(sheet: Sheet) -> dict[tuple[int, int], str]:
    """The cells, merged ones with their text in each of their places."""
    filled = dict(sheet.cells)
    for top, left, bottom, right in sheet.merged:
        text = sheet.cells.get((top, left))
        if text and (bottom - top + 1) * (right - left + 1) <= 20_000:
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    filled.setdefault((row, column), text)
    return filled


def _is_a_case(upper: dict[int, str], lower: dict[int, str], known: Labels) -> bool:
    """Whether a row below labels says what they ask for, instead of being the second row of the head: most of its words are no labels."""
    words = [(upper[column], word) for column, word in lower.items() if column in upper and word != upper[column]]
    asked = [known.is_tail(word) or known.match(word, [above]) is not None for above, word in words if known.match(above) is not None]
    return bool(asked) and sum(asked) * 2 < len(asked)


def _head(across: dict[int, dict[int, str]], known: Labels) -> tuple[int | None, dict[int, Field], int]:
    """The first row of the head, the field of each column, and the last row of the head: the one or two rows that ask for most."""
    rows = list(across)[:_DEEP]
    best = (1, None, {}, 0)
    for row, below in zip(rows, (*rows[1:], None), strict=True) if rows else ():
        for last in (row, below or row):
            if last != row and _is_a_case(across[row], across[last], known):
                continue
            columns: dict[int, Field] = {}
            left = ""
            for column in sorted(across[row].keys() | across[last].keys()):
                upper, lower = across[row].get(column, ""), across[last].get(column, "")
                before = [word for word in (upper if upper != lower else "", left) if word]
                asked = known.match(lower or upper, before) or known.match(upper)
                left = lower or upper
                if asked is not None and asked.name not in {field.name for field in columns.values()}:
                    columns[column] = asked
            is_head_alone = last == row == best[3] and len(columns) == best[0]  # the row above it asked for nothing
            if len(columns) > best[0] or is_head_alone and best[1] is not None:
                best = (len(columns), row, columns, last)
    return best[1], best[2], best[3]
