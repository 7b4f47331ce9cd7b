"""Last pages: none holds next to nothing where a typesetter can help it; what was done to the others is within his limits."""

from collections import defaultdict
from dataclasses import replace

import pytest

from casepress import flow
from casepress.book.book import front, sections, whole_book
from casepress.book.composing import Pages
from casepress.collection import project
from casepress.press.layout import LaidOut
from casepress.press.making import Press
from casepress.press.patches.pages import sheet
from conftest import case_text, write_files
from pressed import bound
from readback import read_lines

WORDS = "教导处先公布作业清单再试行评议办法，一要有人管，二要有人看，三要看得见；各班每月交流一次，家长也能在校门口的公告栏上看到结果。"


def body(lines: int) -> str:
    """Paragraphs of many lengths, and then so many of one line."""
    return "\n\n".join([*((WORDS * 5)[: 130 + 17 * n % 97] + "。" for n in range(14)), *(f"这是第{n}行。" for n in range(lines))])


def made(tmp_path, profile: str, cases: dict[str, str], more: str = "") -> tuple[Press, object]:
    settings = f"title: 库\nbook: {{profile: {profile}}}\n{more}"
    place = project.find(
        write_files(tmp_path, {"cases/collection.yml": settings, **{f"cases/{name}.md": text for name, text in cases.items()}})
    )
    collection, problems = flow.check_project(place)
    assert not [problem for problem in problems if problem.level == "error"]
    return flow.press_of(place, collection), whole_book(collection)


def lines(press: Press, laid: LaidOut) -> list[float]:
    """How many lines each page holds."""
    line = press.composer.profile.pitch * 96 / 72
    return [round((each.filled - each.top) / line, 1) for each in map(sheet, laid.pages)]


CODES = "address: https://example.org/anli\n"


@pytest.mark.parametrize(("profile", "address", "most"), [("big16", "", 0), ("big16", CODES, 0), ("gongwen", "", 1), ("gongwen", CODES, 3)])
def test_a_case_does_not_end_with_two_lines_on_a_page(profile, address, most, tmp_path):
    """Of cases of all lengths, line by line, none has a last page with two lines of its text, or fewer than without help in official
    documents; no line is set closer or wider than a fiftieth of an em, and no page is longer than it may be."""
    texts = {f"a{n:02}": case_text(f"第{n}个", body=body(n)).replace("digest", "full") for n in range(24 if profile == "gongwen" else 38)}
    press, book = made(tmp_path, profile, texts, address)
    measures, codes, ends = press.composer.profile, press.composer.qr_codes(book), []
    for section in sections(book):
        if not section.cases:
            continue
        laid = press.lay_out(press.composer.section(book, section), codes)
        assert laid.messages == ()
        (tmp_path / "a.pdf").write_bytes(bound(laid))
        found = [
            line for line in read_lines(tmp_path / "a.pdf") if line.size == pytest.approx(measures.body, abs=0.01) and "http" not in line.text
        ]
        text = [line for line in found if line.page == laid.length and "来源" not in line.text]
        ends.append((laid.length, len({round(line.y) for line in text})))
        highest = [max(line.y for line in found if line.page == page) for page in range(1, laid.length + 1)]
        assert max(highest) < measures.above + measures.lines * measures.pitch
        for line in found:
            apart = [
                gap
                for gap, left, right in zip(line.gaps, line.glyphs, line.glyphs[1:], strict=False)
                if not {left.text, right.text} & set(" ，。；、“”")
            ]
            assert all(-0.021 * line.size < gap < 0.5 * line.size for gap in apart), line.text
    assert len(ends) == len(texts) and min(length for length, _ in ends) > 1
    assert sum(text <= 2 for _, text in ends) <= most, ends


def test_official_pages_keep_their_lines(tmp_path):
    """In a profile of official documents every full page has 22 lines, whatever is done to the last one."""
    texts = {f"a{n:02}": case_text(f"第{n}个", body=body(n)).replace("digest", "full") for n in range(0, 24, 3)}
    press, book = made(tmp_path, "gongwen", texts)
    for section in sections(book):
        if section.cases:
            laid = press.lay_out(press.composer.section(book, section))
            assert {round(sheet(page).foot - sheet(page).top) for page in laid.pages} == {round(22 * 29.62 * 96 / 72)}
            assert min(lines(press, laid)[:-1]) > 19


@pytest.mark.parametrize("profile", ["big16", "gongwen", "std16"])
def test_contents_do_not_end_with_a_few_lines_on_a_page(profile, tmp_path):
    """Of contents of all lengths none has a last page of four lines at most; some are drawn in or filled for that."""
    texts = {f"c{n:02}": case_text(f"第{n:02}个案例的题目在这里", school="某某小学", theme=f"主题{n // 9}") for n in range(90)}
    press, book = made(tmp_path, profile, texts)
    piece = next(piece for piece in front(book) if piece.template == "contents")
    mended = 0
    for count in range(24, 90, 3):
        kept = {case.id for case in book.cases[:count]}
        parts = [replace(part, cases=tuple(case for case in part.cases if case.id in kept)) for part in book.parts]
        some = replace(book, parts=tuple(part for part in parts if part.cases))
        laid = press.lay_out(press.composer.piece(some, piece, Pages(defaultdict(lambda: "12"), {})))
        high = lines(press, laid)
        assert len(high) == 1 or high[-1] > 4.5, (count, high)
        classes = {name for page in laid.pages for each in sheet(page).blocks for name in (each.get("class") or "").split()}
        mended += bool(classes & {"drawn-1", "drawn-2", "drawn-3", "filled"})
    assert mended


@pytest.mark.parametrize("profile", ["big16", "gongwen"])
def test_no_number_of_the_contents_stands_alone_on_its_line(profile, tmp_path):
    """Whatever the length of a title and a unit, the number of the page stands beside at least the last of their words."""
    texts = {f"c{n:02}": case_text(("每月末推行岗位轮换表的第几种做法" * 3)[:n], school="凌云县第四十四小学") for n in range(8, 44)}
    press, book = made(tmp_path, profile, texts)
    piece = next(piece for piece in front(book) if piece.template == "contents")
    laid = press.lay_out(press.composer.piece(book, piece, Pages(defaultdict(lambda: "128"), {})))
    (tmp_path / "a.pdf").write_bytes(bound(laid))
    found = read_lines(tmp_path / "a.pdf")
    numbers = [line for line in found if line.text.rstrip().endswith("128")]
    assert len(numbers) >= len(texts)
    for line in numbers:
        beside = "".join(each.text for each in found if each.page == line.page and abs(each.y - line.y) < 3)
        assert len(beside.strip(" ·128\xa0")) > 1, line.text
