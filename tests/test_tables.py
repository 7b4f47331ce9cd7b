"""Tables and lists on paper: they stand in the type area, break as rows do, say what heads what, and count as their author does."""

import re
import subprocess
import time
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from weasyprint.formatting_structure import boxes

import verapdf
from casepress import flow
from casepress.book.book import Section, whole_book
from casepress.book.fitting import FLOOR, fit, grid_of
from casepress.book.printed import printed_text, wide_tables
from casepress.book.profiles import read_profile
from casepress.collection import project
from casepress.markup.prose import render
from casepress.press.making import Press
from casepress.press.patches.pages import shown
from casepress.values.cases import Fragment
from conftest import case_text, run, write_files
from pressed import bound

PRINT = Path(__file__).resolve().parents[1] / "theme" / "print"
PROFILES = sorted(file.stem for file in (PRINT / "profiles").glob("*.yml"))
SENTENCE = "学校每周安排一次集体备课，由年级组长主持，教师轮流主讲，大家讨论后形成共同的教案。"
CELLS = {
    "short": "很短",
    "one": "12",
    "number": "3,456.78",
    "long": SENTENCE,
    "address": "https://www.example.com/2024/list/page?id=17",
    "mixed": "2024年9月12日（周四）",
    "word": "international",
}


def table(columns: int, cell: str, rows: int = 4, head: str = "列") -> str:
    """A table in Markdown."""
    heads = "|".join(f"{head}{n}" for n in range(1, columns + 1))
    return f"|{heads}|\n|{'---|' * columns}\n" + f"|{'|'.join([cell] * columns)}|\n" * rows


def html_table(rows: list[list[str]], heads: int = 0) -> str:
    """A table in HTML: cells are text, or elements as they stand; the first rows are its head."""
    made = [
        "".join(cell if cell.startswith("<t") else f"<{tag}>{cell}</{tag}>" for cell in row)
        for n, row in enumerate(rows)
        for tag in ["th" if n < heads else "td"]
    ]
    lines = [f"<tr>{row}</tr>" for row in made]
    head = f"<thead>{''.join(lines[:heads])}</thead>" if heads else ""
    return f"<table>{head}<tbody>{''.join(lines[heads:])}</tbody></table>"


@pytest.fixture(scope="module")
def press(tmp_path_factory) -> Press:
    """A press that can be given any profile."""
    folder = write_files(tmp_path_factory.mktemp("press"), {"cases/collection.yml": "title: 案例\n", "cases/a.md": case_text("甲")})
    place = project.find(folder)
    return flow.press_of(place, flow.check_project(place)[0])


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    folder = write_files(tmp_path_factory.mktemp("book"), {"cases/collection.yml": "title: 案例\n", "cases/a.md": case_text("甲")})
    return whole_book(flow.check_project(project.find(folder))[0])


def in_profile(press: Press, name: str) -> Press:
    return replace(press, composer=replace(press.composer, profile=read_profile(name, [PRINT])))


def laid_out(press: Press, book, *bodies: str):
    """One case for each body, laid out in one run."""
    cases = tuple(replace(book.cases[0], id=f"c{n}", title=f"第{n}个", body=Fragment(body)) for n, body in enumerate(bodies, 1))
    part = replace(book.parts[0], cases=cases)
    return press.lay_out(press.composer.section(replace(book, parts=(part,)), Section(part, cases)))


def made(press: Press, book, folder: Path, **bodies: str) -> dict[str, Path]:
    """A tagged PDF of each body."""
    cases = [replace(book.cases[0], title=name, body=Fragment(body)) for name, body in bodies.items()]
    files = {}
    for name, (_, pdf) in zip(bodies, press.make_cases(book, cases), strict=True):
        assert pdf.messages == (), name
        files[name] = folder / f"{name}.pdf"
        files[name].write_bytes(pdf.pdf)
    return files


# In the type area


def ink_outside(pdf: Path, profile) -> list[str]:
    """Where ink stands that is neither in the type area nor a running head or a number of a page: page and sides in pt."""
    stem = pdf.with_suffix("")
    subprocess.run(["pdftoppm", "-r", "72", "-gray", pdf, stem], check=True)
    found = []
    for number, file in enumerate(sorted(pdf.parent.glob(f"{stem.name}-*.pgm")), 1):
        page = Image.open(file).point(lambda value: 255 * (value < 200))
        file.unlink()
        left = profile.inner if number % 2 else profile.outer
        right, foot = left + profile.measure, profile.above + profile.lines * profile.pitch
        bands = {
            "left": (0, 0, left - 1.5, page.height),
            "right": (right + 1.5, 0, page.width, page.height),
            "above": (0, profile.above - 8, page.width, profile.above - 1.5),
            "below": (0, foot + 1.5, page.width, foot + 8),
        }
        found += [f"page {number}: {side} {box}" for side, band in bands.items() if (box := page.crop(tuple(map(round, band))).getbbox())]
    return found


@pytest.mark.parametrize("name", PROFILES)
@pytest.mark.parametrize("kind", ["short", "one"])
def test_wide_tables_fit(press, book, tmp_path, name, kind):
    """Tables of 2 to 30 columns of short cells stand in the type area, with all their words."""
    press = in_profile(press, name)
    bodies = [html_table([[f"列{n}" for n in range(columns)], *[[CELLS[kind]] * columns] * 2], 1) for columns in (2, 10, 11, 14, 20, 30)]
    laid = laid_out(press, book, *bodies)
    assert laid.messages == ()
    (tmp_path / "a.pdf").write_bytes(bound(laid))
    assert ink_outside(tmp_path / "a.pdf", press.composer.profile) == []


def test_ways_to_fit_come_in_order():
    """More columns get narrower cells, then smaller type, not below the floor, then a turned page, then none; nothing turns back."""
    grids = [grid_of_html(html_table([["很短的"] * columns] * 3)) for columns in range(1, 90)]
    for name in PROFILES:
        profile = read_profile(name, [PRINT])
        height, last = profile.lines * profile.pitch, (0, -1.0, -99.0)
        ways = []
        for grid in grids:
            found = fit(grid, profile.table.size, profile.pitch, profile.measure, height)
            if found is None:
                ways.append("none")
                continue
            assert ways[-1:] != ["none"]
            way = (int(found.turned), -found.padding, -found.size)
            assert way >= last and found.size >= FLOOR and abs(sum(found.shares) - 1) < 1e-6
            last = way
            ways.append(
                "turned" if found.turned else "smaller" if found.size < profile.table.size else "narrow" if found.padding < 0.5 else "usual"
            )
        assert list(dict.fromkeys(ways)) == ["usual", "narrow", "smaller", "turned", "none"], name


def test_monstrous_tables_are_judged_at_once():
    """Thousands of columns, spans over everything, a cell without an end: the arithmetic is done in a moment."""
    profile = read_profile("big16", [PRINT])
    spans = "".join(f"<tr>{'<td colspan=99 rowspan=9999>a</td>' * 60}</tr>" for _ in range(60))
    begun = time.process_time()
    assert wide_tables(f"<table>{'<tr>' + '<td>a</td>' * 4000 + '</tr>'}</table>", profile)
    assert wide_tables(f"<table>{spans}</table>", profile)
    assert not wide_tables(html_table([["甲" * 100_000, "https://" + "a" * 100_000]] * 3), profile)
    printed_text(html_table([['<td rowspan="3000">甲</td>', "乙"], *[["乙"]] * 2999]), profile, set())
    assert time.process_time() - begun < 20


def grid_of_html(html: str):
    import tinyhtml5

    return grid_of(tinyhtml5.parse(html, namespace_html_elements=False).find(".//table"))


def test_what_fits_nowhere_is_told_with_its_line(make, tmp_path):
    """A table that no page holds is an error of `check` in its file and line, and of the book in the same words."""
    body = f"文。\n\n{table(3, '短')}\n文。\n\n{table(60, '很短很短')}"
    folder = make({"a.md": case_text("甲", body=body), "b.md": case_text("乙")})
    line = (folder / "cases" / "a.md").read_text("utf-8").split("\n").index(table(60, "x").split("\n")[0]) + 1

    told, stopped = run("-C", folder, "check"), run("-C", folder, "book", "-o", tmp_path / "a.pdf")

    said = f"cases/a.md:{line}: 错误: 表格有 60 列"
    assert told.code == 1 and stopped.code == 1 and said in told.words and said in stopped.words
    assert told.words.count("表格有") == 1


def test_each_book_is_asked_for_its_own_profile(make, tmp_path):
    """What fits the whole book's pages may not fit those of a further book, nor those that a command asks for."""
    body = table(55, "12", head="")
    files = {"a.md": case_text("甲", body=body)}
    profiles = {name: read_profile(name, [PRINT]) for name in ("big16", "ningxia")}
    assert {
        name: bool(wide_tables(flow.check_project(project.find(make(files)))[0].cases[0].body.html, each)) for name, each in profiles.items()
    } == {
        "big16": False,
        "ningxia": True,
    }
    folder = make(files, "title: 案例\nbooks:\n  - {name: b, only: [theme=课后服务], profile: ningxia}\n", name="further")
    assert "版式 ningxia" in run("-C", folder, "check").words
    ran = run("-C", make(files, name="asked"), "book", "--profile", "ningxia", "-o", tmp_path / "a.pdf")
    assert ran.code == 1 and "cases/a.md:" in ran.words and "版式 ningxia" in ran.words


def test_texts_of_the_book_are_asked_too(make):
    """A table of the preface that is too wide is told in its file and line."""
    folder = make({"a.md": case_text("甲")}, site=True)
    write_files(folder, {"content/book/preface.md": f"# 前言\n\n文。\n\n{table(60, '很短很短')}"})
    assert "content/book/preface.md:5: 错误: 表格有 60 列" in run("-C", folder, "check").words


@pytest.mark.parametrize("name", PROFILES)
def test_turned_tables_repeat_their_heads(press, book, name):
    """A turned table goes on over pages, each with its head; running heads and numbers are those of the page."""
    press = in_profile(press, name)
    body = f"<p>{SENTENCE}</p>" + html_table([[f"列{n}" for n in range(20)], *[["一百二十"] * 20] * 45], 1)
    laid = laid_out(press, book, body)
    assert laid.messages == ()
    profile = press.composer.profile
    turned = 0
    for page in laid.pages:
        words = {}
        for each in shown(page):
            if each.text.startswith("列"):
                words[each.text] = (each.area.left, each.area.top, each.area.right, each.area.bottom)
        if words:
            turned += 1
            assert {"列", "列0", "列19"} & set(words) and len({round(left) for left, *_ in words.values()}) <= 2
            left, top, right, bottom = words["列0"]
            assert bottom <= (profile.above + profile.lines * profile.pitch) * 96 / 72 + 1 and bottom - top > right - left, (
                "read from the right"
            )
    assert turned >= 2


# Breaking


def tall(characters: int) -> str:
    text = (SENTENCE * (characters // len(SENTENCE) + 1))[:characters]
    return f"<p>前文。</p>{html_table([['序号', '做法', '时间'], ['1', text, '周一'], ['2', '短', '周二']], 1)}<p>后文。</p>"


@pytest.mark.parametrize("characters", [800, 1600, 3200, 6400])
def test_a_tall_row_breaks(press, book, characters):
    """A long cell goes on over pages; each has the table's head, the first one begins where it can, none has a word alone."""
    laid = laid_out(in_profile(press, "big16"), book, tall(characters))
    assert laid.messages == ()
    pages = ["".join(each.text for each in shown(page)) for page in laid.pages]
    held = [page for page in pages if "集体备课" in page or "教案" in page]
    assert all("序号" in page and "做法" in page for page in held) and held[0] == pages[0]
    assert all(len(page) > 60 for page in held) and len(pages) <= characters / 800 + 1


def test_time_is_linear(press, book):
    """Four times the text in a cell, or in rows, takes about four times the time, not sixteen times."""
    press = in_profile(press, "big16")

    def seconds(body: str) -> float:
        begun = time.process_time()
        laid_out(press, book, body)
        return time.process_time() - begun

    seconds(tall(100))
    assert seconds(tall(16_000)) < 9 * max(seconds(tall(4_000)), 0.2)
    rows = [["编号", "内容"], *[["1", SENTENCE]] * 400]
    assert seconds(html_table(rows, 1)) < 9 * max(seconds(html_table(rows[:101], 1)), 0.2)


def test_a_broken_table_ends_below_its_last_row(press, book):
    """Rows that a merged cell holds together stay on one page, and the rule beneath the rows above them stands close to them."""
    rows = [["学校", "做法"]]
    for school in range(20):
        rows += [[f'<td rowspan="4">{school}小</td>', "做"], *[["做"]] * 3]
    laid = laid_out(in_profile(press, "big16"), book, html_table(rows, 1))
    assert laid.messages == () and laid.length > 2
    for page in laid.pages:
        for each in page._page_box.descendants():
            if each.element_tag == "table" and hasattr(each, "column_widths"):
                last = [row for row in each.descendants() if row.element_tag == "tr" and hasattr(row, "height")][-1]
                assert each.content_box_y() + each.height == pytest.approx(last.position_y + last.height, abs=0.5)
                rows = [row for row in each.descendants() if isinstance(row, boxes.TableRowBox) and row.element.get("class") != "continued"]
                assert len(rows) % 4 == 1, "a school is torn apart"


def test_a_very_high_merged_cell_is_opened(press, book):
    """A merged cell higher than half a page does not hold its rows together: they go on over pages, and its words stay."""
    rows = [
        ["学校", "做法", "成效"],
        ['<td rowspan="90">一小</td>', "做1", '<td rowspan="90">很好</td>'],
        *[[f"做{n}"] for n in range(2, 91)],
        ["二小", "做", "好"],
    ]
    laid = laid_out(in_profile(press, "big16"), book, html_table(rows, 1))
    assert laid.messages == () and laid.length == 3
    pages = [[each.text for each in shown(page)] for page in laid.pages]
    assert "一小" in pages[0] and all("学校" in page for page in pages) and "二小做好" in "".join(pages[2])


def test_merged_cells_stand_over_what_they_span(press, book):
    """A cell over two columns begins with the first of them and is as wide as both; one over two rows is as high as both."""
    rows = [
        ['<th rowspan="2">学校</th>', '<th colspan="2">人数</th>', '<th rowspan="2">备注</th>'],
        ["男", "女"],
        ['<td rowspan="2">一小</td>', "1", "2", "甲"],
        ['<td colspan="2">合计</td>', "乙"],
    ]
    laid = laid_out(press, book, html_table(rows, 2))
    cells = {
        "".join(each.itertext()): box
        for box in laid.pages[0]._page_box.descendants()
        if isinstance(box, boxes.TableCellBox) and (each := box.element) is not None
    }
    assert cells["人数"].position_x == cells["男"].position_x == cells["1"].position_x == cells["合计"].position_x
    for both in (cells["人数"], cells["合计"]):
        assert both.border_width() == pytest.approx(cells["男"].border_width() + cells["女"].border_width())
    assert cells["学校"].border_height() == pytest.approx(cells["人数"].border_height() + cells["男"].border_height())
    assert cells["乙"].position_x == cells["备注"].position_x


def tables(laid) -> list[tuple[int, object]]:
    """Each part of a table with the index of its page."""
    return [
        (index, each)
        for index, page in enumerate(laid.pages)
        for each in page._page_box.descendants()
        if isinstance(each, boxes.TableBox) and each.element is not None
    ]


TITLE = '<p class="table-title">表3　各校做法</p>'
BELOW = '<p class="table-note">来源：示例</p><p class="table-note">注：虚构。</p>'


@pytest.mark.parametrize("name", PROFILES)
def test_few_rows_that_are_high_go_on_too(press, book, name):
    """A table of five rows that is higher than a quarter of a page begins where it stands, and leaves no page white for it."""
    press = in_profile(press, name)
    rows = [["年级", "做法"], *[[f"{n}年级", SENTENCE * 3] for n in range(5)]]
    profile = press.composer.profile
    for filled in (8, 16):
        filling = f"<p>{'字' * profile.characters}</p>" * (profile.lines * filled // 20)
        laid = laid_out(press, book, filling + TITLE + html_table(rows, 1) + BELOW)
        assert laid.messages == ()
        foot = (profile.above + profile.lines * profile.pitch) * 96 / 72
        for page in laid.pages[:-1]:
            assert foot - max(each.area.bottom for each in shown(page)) < profile.lines * profile.pitch * 96 / 72 * 0.25


def test_a_table_that_goes_on_says_so(press, book):
    """Above the heads of each page behind the first stands 续表 with the table's number, and nowhere else; below its end its source and notes."""
    rows = [["学校", "人数"], *[[f"{n}小", str(n)] for n in range(90)]]
    whole = html_table(rows[:5], 1)
    laid = laid_out(
        press, book, TITLE + html_table(rows, 1) + BELOW + f"<p>{SENTENCE}</p>", html_table(rows, 1), html_table(rows[1:]), TITLE + whole
    )
    assert laid.messages == ()
    words = ["".join(each.text for each in shown(page)) for page in laid.pages]
    first = [index for index, page in enumerate(words) if "第1个" in page or "各校做法" in page]
    assert [("续表3" in page, "学校人数" in page, page.count("续表")) for page in words[first[0] : first[0] + 3]] == [
        (False, True, 0), (True, True, 1), (True, True, 1)
    ]  # fmt: skip
    assert words[2].index("89小") < words[2].index("来源：示例") < words[2].index("注：虚构。") < words[2].index(SENTENCE[:10])
    assert [page.count("续表") for page in words] == [0, 1, 1, 0, 1, 1, 0, 1, 1, 0]
    for page in laid.pages:
        tops = [each.area.top for each in shown(page) if each.text.startswith("续表")]
        heads = [each.area.top for each in shown(page) if each.text == "学校"]
        assert not tops or not heads or tops[0] < heads[0]


def test_air_stands_above_a_table_everywhere(press, book):
    """Half a line at least parts a table from the text above it: paragraphs, words of an item, a heading that runs in; none on top of a page."""
    rows, pitch = html_table([["甲", "乙"]] * 3, 1), press.composer.profile.pitch * 96 / 72
    before = ("<p>前文。</p>", "<h3 id='h{}'>题</h3><p>前文。</p>", "<ul><li>前文。</li></ul>", "<blockquote><p>前文。</p></blockquote>")
    bodies = [each.format(n) + rows for n, each in enumerate(before)] + [f"<ul><li>前文。{rows}</li></ul>"]
    laid = laid_out(press, book, *bodies)
    assert laid.messages == ()
    for _, part in tables(laid):
        page = next(page for page in laid.pages if part in page._page_box.descendants())
        above = max(each.area.bottom for each in shown(page) if each.text == "前文。" and each.area.bottom < part.position_y)
        assert part.position_y - above > pitch * 0.5
    pushed = laid_out(press, book, "<p>字</p>" * (press.composer.profile.lines * 2 - 10) + html_table([["甲"]] * 6, 1))
    ((index, part),) = tables(pushed)
    box = pushed.pages[index]._page_box
    assert index and part.position_y == pytest.approx(box.content_box_y(), abs=0.1)


def test_notes_of_a_table_stand_below_it(press, book):
    """What a title, a head or a cell of a table calls first stands below its source, in its order; a long table's on its last page."""
    rows = [["学校" + MARK.format(2), "人数"], *[[f"{n}小", f"{n}" + (MARK.format(3) if n == 70 else "")] for n in range(80)]]
    title = TITLE.replace("</p>", MARK.format(1) + "</p>")
    notes = "".join(f'<li id="n{n}"><p>注文{n}</p></li>' for n in (1, 2, 3))
    body = f'{title}{html_table(rows, 1)}{BELOW}<p>{SENTENCE}</p><div class="footnote"><ol>{notes}</ol></div>'
    laid = laid_out(press, book, body)
    assert laid.messages == ()
    words = ["".join(each.text for each in shown(page)) for page in laid.pages]
    last = next(index for index, page in enumerate(words) if "注文1" in page)
    places = [words[last].index(each) for each in ("79小", "来源：示例", "注：虚构。", "注文1", "注文2", "注文3", SENTENCE[:9])]
    assert places == sorted(places)


@pytest.mark.parametrize("name", PROFILES)
def test_a_long_note_goes_by_a_turned_table(press, book, name):
    """A page of a turned table has no foot: what is still to come of a note stands on the pages before and behind it."""
    note = f'<div class="footnote"><ol><li id="n1"><p>注始{SENTENCE * 60}注终</p></li></ol></div>'
    rows = html_table([[f"列{n}" for n in range(20)], *[["一百二十"] * 20] * 30], 1)
    laid = laid_out(in_profile(press, name), book, f"<p>文{MARK.format(1)}</p>{TITLE}{rows}{BELOW}<p>后文。</p>{note}")
    assert laid.messages == ()
    words = ["".join(each.text for each in shown(page)) for page in laid.pages]
    assert all("集体备课" not in page for page in words if "一百二十" in page)
    assert sum(page.count("注始") for page in words) == sum(page.count("注终") for page in words) == 1


def test_rules_are_of_one_strength(press, book):
    """On every page a table has one upper rule and one lower rule, as strong as on all others, and no other rule stands on them."""
    rows = [['<th rowspan="2">学校</th>', '<th colspan="2">人数</th>'], ["男", "女"]]
    rows += [[f'<td rowspan="2">{n}小</td>', "1", "2"] if n % 2 else ["3", "4"] for n in range(1, 121)]
    laid = laid_out(press, book, html_table(rows, 2), html_table([["做法"], [SENTENCE * 90], ["短"]], 1))
    assert laid.messages == ()
    parts = tables(laid)
    assert len(parts) > 5
    assert len({part.border_bottom_width for _, part in parts}) == 1 and parts[0][1].border_bottom_width > 0.5
    for _, part in parts:
        end = part.content_box_y() + part.height
        cells = [cell for cell in part.descendants() if isinstance(cell, boxes.TableCellBox)]
        assert all(cell.border_bottom_width == 0 for cell in cells if cell.border_box_y() + cell.border_height() > end - 1)
        says = [cell for cell in cells if cell.element.get("data-said")]
        assert part.border_top_width + sum(cell.border_bottom_width for cell in says) == pytest.approx(parts[0][1].border_top_width)
        assert max(cell.border_box_x() + cell.border_width() for cell in cells) == pytest.approx(part.content_box_x() + part.width)


def test_merged_heads_are_repeated_whole(press, book):
    """Heads over several columns and rows stand on every page of their table as on the first, each over what it heads."""
    rows = [['<th rowspan="2">学校</th>', '<th colspan="2">上学期</th>', '<th colspan="2">下学期</th>'], ["语文", "数学", "英语", "科学"]]
    laid = laid_out(press, book, html_table([*rows, *[[f"{n}小", "1", "2", "3", "4"] for n in range(70)]], 2))
    for _, part in tables(laid):
        cells = {"".join(cell.element.itertext()): cell for cell in part.descendants() if isinstance(cell, boxes.TableCellBox)}
        for over, columns in {"上学期": ("语文", "数学"), "下学期": ("英语", "科学")}.items():
            assert cells[over].position_x == cells[columns[0]].position_x
            assert cells[over].border_width() == pytest.approx(sum(cells[each].border_width() for each in columns))
        assert cells["学校"].border_height() == pytest.approx(cells["上学期"].border_height() + cells["语文"].border_height())


@pytest.mark.parametrize("name", PROFILES)
def test_lines_of_a_table_have_their_own_distance(press, book, name):
    """The lines of a cell stand one and a half times their size apart, not as far as those of the text."""
    press = in_profile(press, name)
    laid = laid_out(press, book, html_table([["做法"], [SENTENCE * 5]], 1))
    tops = sorted({round(each.area.top, 2) for page in laid.pages for each in shown(page) if each.element.tag == "td" and each.kind == "text"})
    size = press.composer.profile.table.size * 96 / 72
    assert len(tops) > 2 and all(below - above == pytest.approx(size * 1.5, abs=0.05) for above, below in zip(tops, tops[1:], strict=False))


def test_decimal_points_stand_below_one_another(press, book, tmp_path):
    """Numbers of a column with and without decimals have their points, or where these would be, in one place; words stay as they are."""
    numbers = ["3", "12.5", "1,203.75", "—", "-0.5"]
    rows = [["学校", "人数", "比例", "年份", "说明"], *[[f"{n}小", each, f"{n * 7.5}%", "2024", f"{each}人"] for n, each in enumerate(numbers)]]
    file = made(press, book, tmp_path, numbers=html_table(rows, 1))["numbers"]
    said = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True).stdout
    assert all(each in said for each in (*numbers, "7.5%", "1,203.75人"))
    laid = laid_out(press, book, html_table(rows, 1))
    things = [each for each in shown(laid.pages[0]) if each.kind == "text"]
    ends = {each.text: each.area.right for each in things if each.element.get("class") == "whole-part"}
    begins = {each.text: each.area.left for each in things if each.element.get("class") == "decimal-part"}
    assert len({round(ends[each], 1) for each in ("3", "12", "1,203", "-0")}) == 1
    assert len({round(begins[each], 1) for each in (".5", ".75")}) == 1 and begins[".5"] == pytest.approx(ends["12"], abs=0.1)
    assert "2024" not in ends, "numbers of one length need nothing"


def test_text_behind_a_small_table_stands_on_the_lines_again(press, book):
    """A table in smaller lines takes whole lines of the page."""
    for name in PROFILES:
        press = in_profile(press, name)
        profile = press.composer.profile
        laid = laid_out(press, book, "<p>前文。</p>" + html_table([["很短"] * 14] * 5) + "<p>后文。</p>")
        places = [each.area.top for each in shown(laid.pages[0]) if each.text in ("前文。", "后文。")]
        lines = (places[1] - places[0]) * 72 / 96 / profile.pitch
        assert lines == pytest.approx(round(lines), abs=0.02), name


# What heads what


ROWS = [["语文", "10", "20"], ["数学", "11", "21"]]
MARK = '<sup id="r{0}"><a class="footnote-ref" href="#n{0}">{0}</a></sup>'
NOTES = f'<div class="footnote"><ol><li id="n1"><p>{SENTENCE * 60}</p></li><li id="n2"><p>表注</p></li></ol></div>'
KINDS = {
    "corner": html_table([["<td></td>", "一年级", "二年级"], *ROWS], 1),
    "headless": html_table(ROWS),
    "empty": html_table([["<td></td>"] * 3, *ROWS], 1),
    "half": html_table([["科目", "<td></td>", "<td></td>"], *ROWS], 1),
    "merged": html_table([['<th rowspan="2">科目</th>', '<th colspan="2">人数</th>'], ["男", "女"], ['<td rowspan="2">语文</td>', "1", "2"], ['<td colspan="2">合计</td>']], 2),
    "held": html_table([["学校", "做法"], *[row for n in range(20) for row in ([f'<td rowspan="4">{n}小</td>', "做"], ["做"], ["做"], ["做"])]], 1),
    "opened": html_table([["学校", "做法", "成效"], ['<td rowspan="60">一小</td>', "做", '<td rowspan="60">好</td>'], *[["做"]] * 59], 1),
    "ragged": html_table([["甲", "乙", "丙"], ["1"], ["1", "2", "3"]], 1),
    "turned": html_table([[f"列{n}" for n in range(20)], *[["一百二十"] * 20] * 40], 1),
    "cornered": html_table([["<td></td>", *(f"列{n}" for n in range(20))], *[["语文", *["一百二十"] * 20]] * 40], 1),
    "many": html_table([["序号", "内容"], *[["1", "短"]] * 90], 1),
    "tall": html_table([["<td></td>", "内容"], ["语文", SENTENCE * 40]], 1),
    "bodies": "<table><tbody><tr><td>1</td></tr></tbody><tbody><tr><td>2</td></tr></tbody><tfoot><tr><td>3</td></tr></tfoot></table>",
    "listed": f"<ol><li><p>甲</p>{html_table([[f'列{n}' for n in range(20)], *[['一百二十'] * 20] * 3], 1)}</li><li><p>乙</p>{html_table(ROWS)}</li></ol>",
    "blocks": "<table><tbody><tr><td><p>一</p><p>二</p></td><td><ul><li>甲</li><li>乙</li></ul></td><td>a<br>b</td></tr></tbody></table>",
    "heads": html_table([*[["甲"]] * 60, *[["乙"]] * 3], 60),
    "only": html_table([["甲", "乙"]] * 2, 2),
    "titled": TITLE + html_table([["学校", "人数"], *[["一小", "3.5"], ["二小", "12"]] * 40], 1) + BELOW,
    "titled, without heads": TITLE + html_table([["一小", "3.5"]] * 90) + BELOW,
    "noted": f"<p>{SENTENCE}{MARK.format(1)}</p>{html_table([['甲' + MARK.format(2), '乙'], ['甲', '乙'], ['丙', '丁']], 1)}{NOTES}",
}  # fmt: skip


def test_every_kind_of_table_is_pdf_ua(press, book, tmp_path):
    """veraPDF finds nothing wrong with any kind of table: empty corners, no heads, merged cells, turned, many rows, tall rows."""
    files = made(press, book, tmp_path, first="".join([*KINDS.values()][::2]), second="".join([*KINDS.values()][1::2]))
    assert {file.stem: found for file, found in verapdf.judge(files.values()).items() if found} == {}


def test_heads_say_of_what(press, book, tmp_path):
    """A head in a row of heads is its column's; below an empty corner the first cell of each row is its row's head."""
    with pikepdf.open(made(press, book, tmp_path, corner=KINDS["corner"])["corner"]) as pdf:
        scopes = [str(item.A.Scope) for item in _items(pdf.Root.StructTreeRoot.K[0]) if item.S == "/TH"]
    assert scopes == ["/Column", "/Column", "/Row", "/Row"]


def _items(item):
    if isinstance(item, pikepdf.Dictionary) and "/S" in item:
        yield item
        for kid in item.get("/K", []):
            yield from _items(kid)


# Lists


def test_lists_count_as_their_author_does(press, book, tmp_path):
    """Numbers of lists are the author's: a list that goes on behind a picture, one that begins with 5, items with numbers of their own."""
    body = (
        "<ol><li>甲</li></ol><p>图。</p><ol start='2'><li><p>乙</p><p>补充。</p></li><li>丙</li></ol>"
        "<ol start='5'><li>五</li><li>六<ol start='3'><li>子三</li><li value='9'>子九<ol start='19'><li>孙</li><li>孙</li><li>孙</li></ol></li><li>子十</li></ol></li>"
        "<li value='10'>十</li><li>又</li></ol><ol start='0'><li>零</li></ol><ul><li>点<ul><li>划<ol><li>括</li></ol></li></ul></li></ul><ol start='99999'><li>多</li></ol>"
    )
    file = made(press, book, tmp_path, lists=body)["lists"]
    read = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True).stdout
    lines = [re.sub(r"\s", "", line) for line in read.split("\n")]
    wanted = "1.甲 图。 2.乙 补充。 3.丙 5.五 6.六 (3)子三 (9)子九 ⑲孙 ⑳孙 ㉑孙 (10)子十 10.十 11.又 0.零 •点 –划 (1)括 99999.多".split()
    assert [line for line in lines if line in wanted] == wanted
    assert ink_outside(file, press.composer.profile) == []


@pytest.mark.parametrize("name", PROFILES)
def test_code_and_deep_things_stand_in_the_type_area(press, book, tmp_path, name):
    """Lines of code that end at a space, lists and quotations as deep as they are written, and pictures side by side in a head
    stand in the type area; nothing of them is lost."""
    press = in_profile(press, name)
    code = "".join(f"<pre><code># {'注' * n}{'很长的一行 ' * 20}\n{'x ' * 90}\t y</code></pre>" for n in range(12))
    deep = "字" * 60
    lists, numbered, quoted = deep, deep, deep
    for n in range(22):
        lists, numbered, quoted = (
            f"<ul><li>{n}{lists}</li></ul>",
            f"<ol><li>{n}{numbered}</li></ol>",
            f"<blockquote><p>{n}</p>{quoted}</blockquote>",
        )
    wide = f"<blockquote>{html_table([[CELLS['short']] * 9] * 2, 1)}</blockquote>"
    laid = laid_out(press, book, code, lists, numbered, quoted, "<blockquote>" * 9 + wide + "</blockquote>" * 9)
    assert laid.messages == ()
    (tmp_path / "a.pdf").write_bytes(bound(laid))
    assert ink_outside(tmp_path / "a.pdf", press.composer.profile) == []


def test_tables_end_below_their_last_row(press, book):
    """The lower rule stands below the last row of each page, also where what follows the table takes rows along to the next page."""
    rows = html_table([["项目", "做法"], *[["甲", SENTENCE * 2]] * 12, ["乙", "丙"], ["乙", "丙"]], 1)
    laid = laid_out(press, book, *("<p>字</p>" * n + rows + "<div class='case-source'>来源</div>" for n in range(36)))
    for page in laid.pages:
        for table in page._page_box.descendants():
            if isinstance(table, boxes.TableBox):
                last = max(row.position_y + row.height for row in table.descendants() if isinstance(row, boxes.TableRowBox))
                assert table.content_box_y() + table.height == pytest.approx(last, abs=0.1)


def test_heads_of_pictures_may_break(press):
    """A head that holds pictures and no words is not kept on one line."""
    profile = press.composer.profile
    assert "whole" not in printed_text(html_table([["<img src='asset:a.png' alt='图'>" * 8] * 2] * 3, 1), profile, set())
    assert "whole" in printed_text(html_table([["甲", "乙"]] * 3, 1), profile, set())


def test_what_is_read_again_is_written_again():
    """Reading a fragment for the book and writing it changes nothing in it."""
    html = '<p>甲 &amp; 乙&lt;b&gt;<br><strong>丙</strong><code> x </code></p>\n<pre><code>\na\n  b\n</code></pre>\n<figure><img src="asset:a.png" alt="图"></figure>\n<hr>'
    assert printed_text(html, read_profile("big16", [PRINT]), set()) == html


@pytest.mark.parametrize("length", [1, 60, 84, 85, 100, 150, 198])
def test_no_text_is_taken_for_a_file(tmp_path, monkeypatch, length):
    """A text of any length is read as a text: its parser would look on the disk for what is short, and no disk takes such names."""
    profile, html = read_profile("big16", [PRINT]), f"<p>{'字' * length}</p>"
    assert printed_text(html, profile, set()) == html
    cells = f"<table><tr><td>{'字' * length}</td></tr></table>"
    assert "字" * length in render(cells, "x-", {}).html
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "甲").write_text("<p>秘密</p>", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert printed_text("b/甲", profile, set()) == "b/甲"


def test_the_mark_of_a_note_has_its_room(press):
    """A head with a note's mark is as wide as it is drawn, in brackets: 人数[2] is not broken behind its first character."""
    rows = [
        ["人数<sup><a class='footnote-ref' href='#n'>2</a></sup>", *["很长很长的一个栏目名称写满一整行"] * 9],
        *[["12", *["说明说明说明说明"] * 9]] * 3,
    ]
    html = printed_text(html_table(rows, 1), press.composer.profile, set())
    plain = printed_text(html_table([["人数", *rows[0][1:]], *rows[1:]], 1), press.composer.profile, set())
    share, bare = (float(re.search(r'<col style="width: ([0-9.]+)%', each)[1]) for each in (html, plain))
    assert share > bare


def test_a_row_before_a_high_one_may_stand_alone(press):
    """The first row of a table need not wait for the second where that is high: the page before would stay empty for it."""
    html = printed_text(html_table([["甲", "乙"], ["短", "短"], ["长" * 400, "短"], ["短", "短"]], 1), press.composer.profile, set())
    assert re.findall(r'<tr(?: class="([^"]*)")?>', html) == ["continued", "whole", "tall", "tall high", ""]


@pytest.mark.parametrize(("said", "holds"), [("做法如下：", True), ("学校做了三件事。", False)])
def test_only_what_introduces_a_list_stands_with_it(press, book, said, holds):
    """The last lines of a paragraph wait for the list behind them only where they say that it follows."""
    parted = []
    for lines in range(20, 40):
        laid = laid_out(press, book, f"{'<p>字</p>' * lines}<p>{said}</p><ol><li>{'字' * 60}</li></ol>")
        pages = ["".join(box.text for box in page._page_box.descendants() if isinstance(box, boxes.TextBox)) for page in laid.pages]
        parted.append(any(page.rstrip().endswith(said) for page in pages))
    assert any(parted) is not holds
