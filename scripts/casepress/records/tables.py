"""Tables: a list for people as a plain value: what stands above it, its columns, and its rows, some of which are a band over all columns."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

_MARKS = ("Mn", "Me", "Cf")


@dataclass(frozen=True)
class Column:
    """A column: what stands above it; whether it counts the rows; and how wide it may become, in half characters."""

    label: str
    counts: bool = False
    most: int = 24


@dataclass(frozen=True)
class Row:
    """A row: the text of each column. One that has a `band` says it over all columns (一等奖　12 个) and has no cells."""

    cells: tuple[str, ...] = ()
    band: str = ""


@dataclass(frozen=True)
class Table:
    """A list: its name (汇总表), the title and the line below it that are printed above, its columns and rows.

    Without a title the head is the first line, as a program that fills letters or certificates wants it. `is_private` says that
    it holds what is never published; `remark` is what whoever uses it must know.
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    title: str = ""
    under: str = ""
    is_private: bool = False
    remark: str = ""

    @property
    def count(self) -> int:
        """How many rows are no bands."""
        return sum(not row.band for row in self.rows)


def width(text: str) -> int:
    """How many columns of a terminal a text takes: 汉字 and full-width marks take two."""
    return sum(0 if unicodedata.category(c) in _MARKS else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def cut(text: str, room: int) -> str:
    """A text in so many columns, the end of what is longer as …, and blanks behind what is shorter."""
    if width(text) > room:
        kept = ""
        for sign in text:
            if width(kept + sign) > room - 1:
                break
            kept += sign
        text = f"{kept}…"
    return text + " " * (room - width(text))


def in_columns(rows: Iterable[tuple[str, ...]], room: int, elastic: int) -> list[str]:
    """Rows of texts, the first of which is their head, as lines of at most `room` columns. The column `elastic` takes what the
    others leave, which are no wider than a fifth of the room, and no narrower than their heads."""
    rows = [tuple(" ".join(cell.split()) for cell in row) for row in rows]
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    gaps = 2 * (len(widths) - 1)
    for at, wide in enumerate(widths):
        if at != elastic:
            widths[at] = min(wide, room // 5)
    while len(widths) > 1 and sum(widths) - widths[elastic] + gaps > room // 2 + room // 8:
        at = max((n for n in range(len(widths)) if n != elastic), key=lambda n: widths[n] - width(rows[0][n]))
        if widths[at] <= max(4, width(rows[0][at])):
            break
        widths[at] -= 1
    widths[elastic] = min(widths[elastic], max(8, room - gaps - sum(widths) + widths[elastic]))
    return ["  ".join(cut(cell, wide) for cell, wide in zip(row, widths, strict=True)).rstrip() for row in rows]
