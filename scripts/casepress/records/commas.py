"""Commas: a table as .csv for other programs, in UTF-8 with the mark (BOM) by which Excel knows it, and with nothing that Excel obeys."""

import csv
import io
from collections.abc import Iterable

from casepress.records.tables import Table

# What a spreadsheet takes for a formula where it stands first (OWASP, CSV injection), in both widths.
_OBEYED = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def written(rows: Iterable[Iterable[str]]) -> bytes:
    """Rows of texts as the bytes of a file, each harmless."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([harmless(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def of_table(table: Table) -> bytes:
    """A table; what a band says of the rows below it stands in a first column of their own."""
    has_bands = any(row.band for row in table.rows)
    rows, band = [], ""
    for row in table.rows:
        if row.band:
            band = row.band.rpartition("　")[0]
        else:
            rows.append((band, *row.cells) if has_bands else row.cells)
    head = tuple(column.label for column in table.columns)
    return written([("奖项", *head) if has_bands else head, *rows])


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula: with ' before it where it might be one."""
    return f"'{text}" if text.startswith(_OBEYED) else text
