"""Periods: the days that a date means as people write it: a day, a month, a year, a school year, or from one to another.

A school year goes from the first of September to the last of August.
"""

import re
from calendar import monthrange
from datetime import date

from casepress.facts.characters import DASHES
from casepress.values.rules import Period

_ONE = re.compile(r"\s*([12]\d{3})\s*(?:[年./-]\s*(\d{1,2})\s*(?:[月./-]\s*(\d{1,2})\s*[日号]?|月)?|年度?)?\s*")
_SCHOOL = re.compile(rf"\s*([12]\d{{3}})\s*(?:年)?\s*[-～~至{DASHES}]\s*([12]\d{{3}})\s*学年度?\s*")
_BETWEEN = re.compile(rf"\s*(?:至|到|～|~|——|—|–|\s[-{DASHES}]\s)\s*")


def period(text: str) -> Period | None:
    """The days that a text means, or None: 2024-03-11, 2024年3月, 2024, 2021-2022学年度, 2023年9月至2024年6月."""
    if (school := _SCHOOL.fullmatch(text)) and int(school[2]) == int(school[1]) + 1:
        return Period(date(int(school[1]), 9, 1), date(int(school[2]), 8, 31))
    if one := _days(text):
        return one
    parts = _BETWEEN.split(text.strip().removeprefix("从").removesuffix("止"))
    if len(parts) != 2:
        return None
    first, last = map(_days, parts)
    if first and not last and (year := re.match(r"\s*([12]\d{3})", parts[0])):
        last = _days(f"{year[1]}年{parts[1]}")  # 2024年3月至6月
    return Period(first.first, last.last) if first and last and first.first <= last.last else None


def day(text: str) -> date | None:
    """The one day that a text means, or None."""
    found = _days(text)
    return found.first if found and found.first == found.last else None


def _days(text: str) -> Period | None:
    match = _ONE.fullmatch(text)
    if not match:
        return None
    year, month, day_ = (int(part) if part else 0 for part in match.groups())
    try:
        if not month:
            return Period(date(year, 1, 1), date(year, 12, 31))
        return Period(date(year, month, day_ or 1), date(year, month, day_ or monthrange(year, month)[1]))
    except ValueError:
        return None
