"""The lines written for the privacy gate are what their README says: enough of them, and each number right or wrong as it claims."""

import re
import unicodedata

import pytest
from stdnum import luhn
from stdnum.cn import ric

from privatelines import STOPS, WARNS, lines, places

LINES = lines()
FOUND = [(kind, string) for line in LINES for kind, string in line.found]


def plain(string: str) -> str:
    """Digits and letters of a value as ASCII capitals."""
    return re.sub(r"[^0-9A-Z]", "", unicodedata.normalize("NFKC", string).upper())


def test_there_are_enough_lines_and_two_of_five_only_tempt():
    """At least 200 lines, each once; every kind ten times or more, the rare student number six times."""
    assert len({line.text for line in LINES}) == len(LINES) >= 200
    assert sum(not line.found for line in LINES) >= 0.4 * len(LINES)
    counts = {kind: sum(k == kind for k, _ in FOUND) for kind in STOPS | WARNS}
    assert {kind for kind, _ in FOUND} == set(counts)
    assert all(count >= (6 if kind == "student-number" else 10) for kind, count in counts.items()), counts


@pytest.mark.parametrize("name", ["lines.tsv", "hard.tsv"])
def test_every_string_stands_in_its_line(name):
    """Each string is found in order, none inside the one before it, save the ID number within a student number."""
    for line in lines(name):
        for kind, string in line.found:
            assert kind in STOPS | WARNS and string and string in line.text, line


def test_check_digits_are_right_where_a_number_is_private():
    """ID numbers by GB 11643 and cards by Luhn, reckoned by another library; all births in 1900."""
    for kind, string in FOUND:
        number = plain(string)
        if kind == "id-number" and len(number) == 18:
            assert ric.calc_check_digit(number) == number[-1] and number[6:10] == "1900", string
        elif kind == "id-number":
            assert len(number) == 15, string
        elif kind == "bank-card":
            assert luhn.is_valid(number) and 16 <= len(number) <= 19, string
        elif kind == "mobile":
            assert re.fullmatch(r"(86)?1[3-9][0-9]{9}", number), string


def test_what_looks_like_an_id_number_is_none():
    """18 digits in a line that only tempts have a wrong check digit, or a date, province or length that no person's number has."""
    seen = 0
    for line in LINES:
        for number in re.findall(r"(?<![0-9A-Z])[0-9]{17}[0-9X](?![0-9A-Z])", line.text if not line.found else ""):
            seen += 1
            impossible = number[:2] in ("00", "99") or number[6:8] not in ("19", "20") or not 1 <= int(number[10:12]) <= 12
            assert impossible or number[6:10] == "2099" or ric.calc_check_digit(number) != number[-1], line
    assert seen >= 6


def test_nothing_masked_gives_a_value_away():
    """The table of the notices tells where values stand, not what they are."""
    assert [place.kind for place in places()].count("person") == 3
    assert len(places()) == 9 and all("*" in place.masked for place in places())
