"""Forty articles with tables, lists and pictures as people mix them stand in the type area, in every profile."""

import random

import pytest

from casepress import flow
from casepress.book.book import Section, whole_book
from casepress.collection import project
from conftest import case_text, picture, write_files
from pressed import bound
from test_tables import CELLS, PROFILES, SENTENCE, in_profile, ink_outside


def articles() -> list[str]:
    """Forty bodies in Markdown with tables, lists and pictures as people mix them; the same ones each time."""
    chance = random.Random(8)
    made = []
    for nth in range(40):
        parts = [SENTENCE * 2]
        kinds = chance.sample([*CELLS], 2)
        columns = [2 + nth % 19, chance.choice((3, 5, 7))]
        for kind, count in zip(kinds, columns, strict=True):
            cells = [CELLS[chance.choice([kind, "short"])] for _ in range(count)]
            rows = "".join(f"|{'|'.join(cells)}|\n" for _ in range(13 if nth % 8 == len(parts) else 1))
            heads = "|".join(chance.choice(("", "项目", "负责的部门", "2024年")) for _ in range(count))
            parts += [f"|{heads}|\n|{'---|' * count}\n{rows}", SENTENCE]
        parts.append(f"{chance.choice((1, 5, 98))}. {SENTENCE}\n2. 乙\n    1. 子\n    2. 子\n        - 孙\n3. 丙")
        parts.append("![图](p.png)" if nth % 5 == 0 else "> " + SENTENCE)
        made.append("\n\n".join(parts))
    return made


@pytest.fixture(scope="module")
def forty(tmp_path_factory):
    """The forty articles as a collection, checked, and its press."""
    files = {f"cases/a{n}.md": case_text(f"文章{n}", body=body) for n, body in enumerate(articles())}
    folder = write_files(tmp_path_factory.mktemp("forty"), {"cases/collection.yml": "title: 案例\n", "cases/p.png": picture(), **files})
    place = project.find(folder)
    collection, problems = flow.check_project(place)
    assert not [problem for problem in problems if problem.check == "tables_find_room"]
    return flow.press_of(place, collection), whole_book(collection)


@pytest.mark.parametrize("name", PROFILES)
def test_forty_articles_stand_in_the_type_area(forty, tmp_path, name):
    """Text, rules, marks of lists and pictures of forty articles are within the type area, in every profile."""
    press, book = in_profile(forty[0], name), forty[1]
    part = book.parts[0]
    laid = press.lay_out(press.composer.section(book, Section(part, book.cases)))
    assert laid.messages == ()
    (tmp_path / "a.pdf").write_bytes(bound(laid))
    assert ink_outside(tmp_path / "a.pdf", press.composer.profile) == []
