"""Moments: the time that a PDF bears, never that of its making, so that a file made again has the same bytes.

SOURCE_DATE_EPOCH is the seconds since 1970 that https://reproducible-builds.org/specs/source-date-epoch/ describes.
"""

import os
import re
from datetime import UTC, date, datetime

EPOCH = "SOURCE_DATE_EPOCH"
NO_DATE = "2000-01-01T00:00:00Z"  # a file for the press must bear a date
_LAST = 2**32 - 1  # seconds that gzip (RFC 1952), in which MkDocs writes a map of the site, has room for: the year 2106
_DATE = re.compile(r"(\d{4})\s*[年./-]\s*(\d{1,2})(?:\s*[月./-]\s*(\d{1,2}))?")
_YEAR = re.compile(r"\d{4}")


def epoch(text: str) -> int | None:
    """The seconds that a value of SOURCE_DATE_EPOCH says; None where it says none that can be used."""
    if not re.fullmatch("[0-9]{1,10}", text) or int(text) > _LAST:
        return None
    return int(text)


def moment(date: str) -> str:
    """The time that a PDF bears: SOURCE_DATE_EPOCH, or the book's own date.

    2026年11月 -> 2026-11-01T00:00:00Z. Where there is neither, it is the first day of 2000.
    """
    if (seconds := epoch(os.environ.get(EPOCH, ""))) is not None:
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    found, year = _DATE.search(date), _YEAR.search(date)
    parts = [int(part or 1) for part in found.groups()] if found else [int(year[0]), 1, 1] if year else []
    try:
        return datetime(*parts).strftime("%Y-%m-%dT%H:%M:%SZ") if parts else NO_DATE
    except ValueError:
        return NO_DATE


def calendar(date: str) -> str:
    """A date as far as it is said, as ISO 8601 writes it: 2026年11月 -> 2026-11; empty where it says none that there is."""
    found, year = _DATE.search(date), _YEAR.search(date)
    parts = [part for part in found.groups() if part] if found else [year[0]] if year else []
    try:
        datetime(*(int(part) for part in (*parts, 1, 1)[:3]))
    except (ValueError, TypeError):
        return ""
    return "-".join(part.zfill(2) for part in parts)


def today() -> date:
    """The day on which something is judged to be over: SOURCE_DATE_EPOCH, or the clock's."""
    seconds = epoch(os.environ.get(EPOCH, ""))
    return datetime.fromtimestamp(seconds, UTC).date() if seconds is not None else date.today()
