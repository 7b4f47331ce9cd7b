"""Prepress: what a print shop is given, and what it is told of it, read back from the very files by programs that are not ours.

Poppler renders the plates, lists the pictures and the faces; pikepdf reads boxes, operators and resources.
"""

import io
import re
import shutil
import struct
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Name
from PIL import Image, ImageDraw

from casepress import flow, workshop
from casepress.book.book import Book, whole_book
from casepress.book.measures import MM
from casepress.book.profiles import read_profile
from casepress.collection import project
from casepress.facts import inking
from casepress.press import conditions, covers, inks, pdfx
from casepress.press.inspecting import inspected
from casepress.press.making import Press
from casepress.values.books import Binding
from casepress.values.problems import has_errors
from conftest import ROOT, case_text, run, write_files
from readback import drawn_on, read_lines

SETTINGS = """title: 某库
publisher: 试排组
date: 2026年11月
book:
  title: “双减”案例汇编
  editions: [screen, print]
  signature: 16
  paper: {纸名: 双胶纸, 克重: 80, 松厚度: 1.25}
  binding: {方式: 平装, 封面纸厚: 0.3, 勒口: 80}
  characters: [版面, 正文]
books:
  - {name: second, only: [batch=第二批], editions: [print], signature: 4, cover: slip, binding: 精装}
"""
PARAGRAPH = "这一段用来充满一页，有“引号”，有《书名》，也有2026年的数字；一行接一行，行行都要齐。" * 30 + "\n\n"


def photo(width: int, height: int, color: str = "#b03020", kind: str = "JPEG") -> bytes:
    image, out = Image.new("RGB", (width, height), "#888888"), io.BytesIO()
    ImageDraw.Draw(image).ellipse((width // 8, height // 8, width // 2, height // 2), fill=color)
    image.save(out, kind)
    return out.getvalue()


def full(title: str, body: str, batch: str = "第一批") -> str:
    return case_text(title, body=body, batch=batch).replace("digest", "full")


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A collection of five cases with pictures, fine and coarse, coloured and grey, one of them in two cases; its books are made."""
    folder = tmp_path_factory.mktemp("prepress")
    write_files(
        folder / "cases",
        {
            "collection.yml": SETTINGS,
            "a.md": full("操场上的甲", f"{PARAGRAPH}![宽的](wide.jpg)\n\n{PARAGRAPH * 3}"),
            "b.md": full("教室里的乙", f"{PARAGRAPH * 2}![小的](small.png)\n\n{PARAGRAPH}![宽的](wide.jpg){{.half}}\n", "第二批"),
            "c.md": full("书房中的丙", PARAGRAPH * 3, "第二批"),
            "d.md": case_text("走廊里的丁", body="短短一段。"),
            "e.md": full("礼堂里的戊", f"{PARAGRAPH}![灰的](grey.png)\n"),
            "wide.jpg": photo(3600, 1500),
            "small.png": photo(500, 320, kind="PNG"),
            "grey.png": photo(900, 700, "#444444", "PNG"),
        },
    )
    ran = run("-C", folder, "book")
    assert ran.code == 0, ran.words
    (folder / "said.txt").write_text(ran.words)
    return folder


@pytest.fixture(scope="module")
def books(folder) -> Path:
    return folder / "build" / "books"


def press_for(folder: Path, edition: str = "print", profile: str = "") -> tuple[Press, Book]:
    collection, problems = flow.check_project(project.find(folder))
    assert not has_errors(problems), problems
    return workshop.press_of(project.find(folder), collection, profile, edition), whole_book(collection)


def plates(path: Path, dpi: int = 40) -> list[Image.Image]:
    """Each page inside its trimmed edges as the four plates."""
    with pikepdf.open(path) as pdf:
        boxes = [(list(map(float, page.MediaBox)), list(map(float, page.TrimBox))) for page in pdf.pages]
    root = path.with_name(f"{path.stem}-plates")
    subprocess.run(["pdftoppm", "-jpegcmyk", "-jpegopt", "quality=100", "-r", str(dpi), path, root], check=True)
    found = []
    for (media, trim), file in zip(boxes, sorted(root.parent.glob(f"{root.name}-*.jpg")), strict=True):
        left, top = trim[0] - media[0], media[3] - trim[3]
        sides = (left, top, left + trim[2] - trim[0], top + trim[3] - trim[1])
        found.append(Image.open(file).crop(tuple(round(side * dpi / 72) for side in sides)))
        assert found[-1].mode == "CMYK"
    return found


def inked(image: Image.Image) -> str:
    """The plates that print something of a page; what JPEG makes of nothing is nothing."""
    return "".join(name for name, (_, most) in zip("CMYK", image.getextrema(), strict=True) if most > 12)


def report(path: Path) -> dict[str, dict[str, str]]:
    """A report by its sections and labels; the lines below a label stand with it."""
    found: dict[str, dict[str, str]] = {}
    section, label = "", ""
    for line in path.read_text("utf-8-sig").splitlines()[2:]:
        if line.startswith("    "):
            found[section][label] += f"\n{line.strip()}"
        elif line.startswith("  "):
            label, _, value = line.strip().partition("：")
            found[section][label] = value
        elif line:
            section = line
            found[section] = {}
    return found


def places(words: str) -> set[int]:
    """The pages that a report names, from 1, without the printed numbers behind them."""
    words = re.sub(r"（[^）]*）", "", words[words.index("第") + 1 : words.rindex("面")])
    spans = [list(map(int, span.split("—"))) for span in words.strip().split("、")]
    return {page for span in spans for page in range(span[0], span[-1] + 1)}


# Signatures


@pytest.mark.parametrize("signature", [4, 8, 16])
def test_a_book_is_padded_to_whole_signatures(folder, tmp_path, signature):
    """The pages of the printed edition are a multiple; the blanks stand behind the last page, are counted on, and nothing leads to them."""
    press, book = press_for(folder)
    settings = replace(book.settings, signature=signature)
    made = press.make_book(replace(book, settings=settings))
    plain = press.make_book(replace(book, settings=replace(settings, signature=0)))
    (tmp_path / "book.pdf").write_bytes(made.pdf)
    with pikepdf.open(tmp_path / "book.pdf") as pdf:
        labels = [page.label for page in pdf.pages]
        fonts = {str(font.BaseFont) for page in pdf.pages for font in page.Resources.Font.values()}
    assert len(labels) == made.pages and made.pages % signature == 0 and 0 <= made.pages - plain.pages < signature
    body = [int(label) for label in labels if label.isdecimal()]
    assert body == list(range(1, len(body) + 1)) and labels[-len(body) :] == list(map(str, body))
    blank = {nth for nth, image in enumerate(plates(tmp_path / "book.pdf"), 1) if not inked(image)}
    padded = set(range(plain.pages + 1, made.pages + 1))
    assert padded <= blank and len(padded) == made.pages - plain.pages
    assert max(page for page, *_ in inspected(made.pdf).bookmarks) < plain.pages
    assert all("+" in name for name in fonts)


def test_the_edition_for_the_screen_has_no_blanks_behind(folder, books):
    """Who reads on a screen turns no sheets: that edition ends where its text ends, and says the same sheets (印张) as the printed one."""
    sheets = []
    for name, has_covers in (("book.pdf", True), ("book-print.pdf", False)):
        lines = read_lines(books / name, [2 * has_covers + 2])
        sheets += re.findall(r"印张([\d.]+)", "".join("".join(line.text.split()) for line in lines))
    with pikepdf.open(books / "book-print.pdf") as pdf, pikepdf.open(books / "book.pdf") as other:
        assert sheets == [f"{len(pdf.pages) / 16:g}"] * 2
        assert len(other.pages) < len(pdf.pages) + 4 and str(other.pages[-1].label) == "封底"


# The report


def test_the_report_counts_what_poppler_sees(books):
    """Pages, blank ones and coloured ones, by their places and by the numbers printed there, are those of the rendered plates."""
    for name in ("book", "second"):
        told = report(books / f"{name}-press.txt")["内文"]
        seen = [inked(image) for image in plates(books / f"{name}-print.pdf")]
        blank, colored = ({nth for nth, plate in enumerate(seen, 1) if test(plate)} for test in (lambda p: not p, lambda p: set(p) - {"K"}))
        assert told["面数"].startswith(f"{len(seen)} 面，{len(seen) // 2} 张，{len(seen) / 16:g} 印张")
        assert blank and colored
        assert (places(told["空白"]), places(told["彩色"])) == (blank, colored)
        assert told["空白"].startswith(f"{len(blank)} 面：") and told["彩色"].startswith(f"{len(colored)} 面，青、品红、黄、黑：")
        assert told["单色"] == f"{len(seen) - len(blank) - len(colored)} 面，只用黑"
        for page, number in re.findall(r"(\d+)（(\d+)）", told["彩色"]):
            assert number in {line.text.strip("— ") for line in read_lines(books / f"{name}-print.pdf", [int(page)])}
    assert re.search(r"\d（\d", report(books / "book-press.txt")["内文"]["彩色"])


def test_the_report_sees_colours_that_are_no_pictures(folder, tmp_path):
    """Where a bureau's own style prints lines and letters in colour, the coloured pages are those of the plates."""
    copy = tmp_path / "red"
    shutil.copytree(folder / "cases", copy / "cases")
    html = (ROOT / "theme" / "print" / "inks.html").read_text()
    css = (ROOT / "theme" / "print" / "case.css").read_text()
    write_files(copy, {"theme/print/inks.html": html.replace("seal = black if press", 'seal = "device-cmyk(0 .9 .9 .1)" if press')})
    write_files(copy, {"theme/print/case.css": f"{css}\nh2 {{ color: {{{{ inks.seal }}}} }}\n"})
    assert run("-C", copy, "book", "--edition", "print", "-o", tmp_path / "x.pdf").code == 0
    seen = [inked(image) for image in plates(tmp_path / "x.pdf", 100)]
    colored = {nth for nth, plate in enumerate(seen, 1) if set(plate) - {"K"}}
    pictured = places(report(folder / "build" / "books" / "book-press.txt")["内文"]["彩色"])
    assert places(report(tmp_path / "x-press.txt")["内文"]["彩色"]) == colored > pictured


def test_the_report_tells_how_the_book_is_folded_and_padded(books):
    """Signature, how many there are, how many blanks the binder added and where, a smaller one that needs fewer, and which are in colour."""
    told = report(books / "book-press.txt")["内文"]
    seen = [inked(image) for image in plates(books / "book-print.pdf")]
    last = max(nth for nth, plate in enumerate(seen, 1) if plate)
    count = len(seen) - last
    assert told["折手"].startswith(
        f"16 面一帖，{len(seen) // 16} 帖；为凑足 16 面的倍数，书末最后一页之后有空白 {count} 面（第 {last + 1}—{len(seen)} 面"
    )
    least = min((-last % 8, -8), (-last % 4, -4))  # the larger signature where both need as many
    hint = f"按 {-least[1]} 面一帖，" + (f"只要空 {least[0]} 面）" if least[0] else "就不用补）")
    assert count > 8 and told["折手"].endswith(hint), (told["折手"], hint)
    signatures = sorted({(page - 1) // 16 + 1 for page in places(told["彩色"])})
    assert told["彩色所在的帖"] == f"第 {'、'.join(map(str, signatures))} 帖"


def test_the_report_tells_sizes_and_paper(books):
    """Trim size, bleed, paper and the standard are those of the file's boxes and of the settings."""
    told = report(books / "book-press.txt")["内文"]
    with pikepdf.open(books / "book-print.pdf") as pdf:
        for page in pdf.pages:
            assert [round(float(side) / MM, 2) for side in page.TrimBox] == [0, 0, 210, 285]
            assert [round(float(side) / MM, 2) for side in page.BleedBox] == [-3, -3, 213, 288]
    assert told["成品尺寸"] == "210 × 285 mm（大16开），左边装订" and told["出血"] == "四边各 3 mm" and told["标准"] == "PDF/X-4"
    assert told["纸张"] == "双胶纸 80 g/m²，松厚度 1.25 cm³/g，一张厚 0.1 mm"


def test_the_report_tells_the_faces(books):
    """The faces are those that pdffonts finds, all of them embedded."""
    for part, name in (("内文", "book-print.pdf"), ("封面", "book-cover.pdf")):
        told = report(books / "book-press.txt")[part]["字体"]
        lines = subprocess.run(["pdffonts", books / name], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
        names = {line.split()[0].partition("+")[2] for line in lines}
        assert names and set(told.rpartition("：")[2].split("、")) == names
        assert f"{len(names)} 款，都已嵌入" in told
        assert {line.split()[-5] for line in lines} == {"yes"}  # emb


def test_the_report_tells_the_coarse_pictures(books):
    """Each picture under 300 dpi is told with its case, file, dpi and page: those that pdfimages finds, and no other."""
    told = report(books / "book-press.txt")["内文"]["图片"].splitlines()
    listed = subprocess.run(["pdfimages", "-list", books / "book-print.pdf"], capture_output=True, text=True, check=True).stdout
    rows = [line.split() for line in listed.splitlines()[2:]]
    low = sorted((int(row[0]), min(int(row[-4]), int(row[-3]))) for row in rows if min(int(row[-4]), int(row[-3])) < 299)
    assert told[0] == f"{len(rows)} 幅，印出来不到 300 dpi 的 {len(low)} 幅：" and len(low) == 2
    found = [re.fullmatch(r"《(.+)》(cases/\w+\.png)：(\d+) dpi，第 (\d+)（\d+）面", line).groups() for line in told[1:]]
    assert [(int(page), pytest.approx(int(dpi), abs=1)) for _, _, dpi, page in found] == low
    assert {(title, file) for title, file, *_ in found} == {("教室里的乙", "cases/small.png"), ("礼堂里的戊", "cases/grey.png")}


def test_pictures_of_one_size_keep_their_names(folder, tmp_path):
    """Of three coarse pictures of one size, two of them beside each other, each is told by its own name, those of a row from the left."""
    copy = tmp_path / "row"
    body = f"{PARAGRAPH}![一](p1.png)\n\n![二](p2.png)\n\n{PARAGRAPH}![三](p3.png)\n"
    pictures = {f"cases/p{nth}.png": photo(400, 300, color, "PNG") for nth, color in enumerate(("#b03020", "#30b020", "#2030b0"), 1)}
    settings = SETTINGS[: SETTINGS.index("books:")].replace("[screen, print]", "[print]")
    write_files(copy, {"cases/collection.yml": settings, "cases/a.md": full("甲", body), **pictures})
    assert run("-C", copy, "book", "--edition", "print", "-o", tmp_path / "x.pdf").code == 0
    found = re.findall(r"cases/(p\d)\.png：\d+ dpi，第 (\d+)", report(tmp_path / "x-press.txt")["内文"]["图片"])
    colors = []
    with pikepdf.open(tmp_path / "x.pdf") as pdf:
        for number, page in enumerate(pdf.pages, 1):
            for key, _ in sorted(drawn_on(page), key=lambda each: (-round(each[1].f), each[1].e)):
                if page.Resources.XObject[key].get("/Subtype") == Name.Image:
                    cyan, magenta, yellow, _ = plate(page.Resources.XObject[key])
                    colors.append(({(0, 1, 1): "p1", (1, 0, 1): "p2", (1, 1, 0): "p3"}[cyan, magenta, yellow], str(number)))
    assert found == colors and len(found) == 3


def plate(item: pikepdf.Stream) -> tuple[int, ...]:
    """Which inks the middle of a picture's coloured spot has much of."""
    width, height = int(item.Width), int(item.Height)
    image = Image.open(io.BytesIO(item.read_raw_bytes())) if item.get("/Filter") == Name.DCTDecode else None
    image = image or Image.frombytes("CMYK", (width, height), item.read_bytes())
    inverted = item.get("/Filter") == Name.DCTDecode and image.getpixel((0, 0))[3] > 200  # as Adobe has them
    pixel = image.getpixel((width // 4, height // 4))
    return tuple(int((255 - part if inverted else part) > 110) for part in pixel)


def test_the_report_of_covers_is_true(books):
    """Panels, spine, boards and the sheet are those of the trimmed sheet and its marks of folds."""
    for name, edges in (("book", "勒口"), ("second", "包边")):
        told = report(books / f"{name}-press.txt")["封面"]
        with pikepdf.open(books / f"{name}-cover.pdf") as pdf:
            trim = [float(side) / MM for side in pdf.pages[0].TrimBox]
            upright, level = folds(pdf.pages[0])
        size = [float(number) for number in re.findall(r"[\d.]+", told["展开尺寸"])[:2]]
        assert size == pytest.approx(trim[2:], abs=0.06)
        panels = [(label, float(size)) for label, size in re.findall(r"(\S+?) ([\d.]+) mm", told["从左到右"].replace("，", " "))]
        at, joints = 0.0, []
        for _, wide in panels[:-1]:
            at += wide
            joints.append(at)
        assert [x / MM for x in upright] == pytest.approx(joints, abs=0.26) and panels[0][0] == edges
        assert ([y / MM for y in level] == pytest.approx([15, size[1] - 15], abs=0.1)) if edges == "包边" else level == []


def test_the_report_stays_at_home(folder, books):
    """The report stands beside the printed edition and is named by the command; the site is never given it."""
    assert {path.name for path in books.glob("*-press.txt")} == {"book-press.txt", "second-press.txt"}
    said, second = (folder / "said.txt").read_text(), (books / "book-press.txt").read_text().splitlines()[1]
    assert f"印刷：{second}" in said and "书末最后一页之后有空白" in second and "颜色特性文件是 Artifex CMYK SWOP Profile" in second
    assert "press" not in (books / "books.json").read_text()


def test_a_single_printed_book_has_its_report(folder, tmp_path):
    """`casepress book --edition print -o x.pdf` writes x-press.txt beside it and says the same."""
    ran = run("-C", folder, "book", "--edition", "print", "-o", tmp_path / "x.pdf")
    assert ran.code == 0, ran.words
    assert report(tmp_path / "x-press.txt")["内文"]["标准"] == "PDF/X-4"
    assert f"印刷：{(tmp_path / 'x-press.txt').read_text('utf-8-sig').splitlines()[1]}" in ran.out
    assert (tmp_path / "x-press.txt").read_bytes().startswith(b"\xef\xbb\xbf")  # whatever opens it knows what it is
    (tmp_path / "x-press.txt").write_text("我自己的记录")
    ran = run("-C", folder, "book", "--edition", "print", "-o", tmp_path / "x.pdf")
    assert ran.code == 2 and "不是印前说明，不会覆盖它" in ran.words and (tmp_path / "x-press.txt").read_text() == "我自己的记录"


# Printing conditions


def profile_called(name: str) -> bytes:
    """The general profile of four inks under another name: its description (ICC.1, `desc`) is put behind it and pointed at."""
    data = bytearray(inks.general_profile().data)
    words = name.encode("ascii") + b"\0"
    said = b"desc\0\0\0\0" + struct.pack(">I", len(words)) + words + bytes(8) + bytes(3) + bytes(67)
    while len(data) % 4:
        data += b"\0"
    for nth in range(struct.unpack_from(">I", data, 128)[0]):
        at = 132 + 12 * nth
        if data[at : at + 4] == b"desc":
            struct.pack_into(">II", data, at + 4, len(data), len(said))
    data += said
    struct.pack_into(">I", data, 0, len(data))
    assert inking.profile_name(bytes(data)) == name
    return bytes(data)


@pytest.fixture
def system(tmp_path, monkeypatch) -> Path:
    """A system's folder for colour profiles, empty; what the machine has in others is not looked at."""
    for name in ("XDG_DATA_HOME", "XDG_DATA_DIRS", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "system" / name))
    monkeypatch.setenv("XDG_DATA_DIRS", str(tmp_path / "system"))
    return tmp_path / "system" / "color" / "icc"


def asked(folder: Path, tmp_path: Path, name: str) -> Path:
    copy = tmp_path / "asked"
    shutil.copytree(folder / "cases", copy / "cases")
    settings = (copy / "cases" / "collection.yml").read_text()
    one = settings[: settings.index("books:")].replace("[screen, print]", "[print]").replace("signature: 16", f"color_profile: {name}")
    (copy / "cases" / "collection.yml").write_text(one)
    return copy


@pytest.mark.parametrize(
    ("name", "profile", "identifier", "condition"),
    [
        ("FOGRA52", "PSO Uncoated v3 (FOGRA52)", "FOGRA52", "FOGRA52（胶版纸），颜色特性文件是 PSO Uncoated v3 (FOGRA52)，登记名 FOGRA52"),
        ("fogra 39", "ISO Coated v2 (ECI)", "FOGRA39", "FOGRA39（铜版纸），颜色特性文件是 ISO Coated v2 (ECI)，登记名 FOGRA39"),
        (
            "Japan Color 2011", "Japan Color 2011 Coated", "Japan Color 2011 Coated",
            "Japan Color 2011（铜版纸），颜色特性文件是 Japan Color 2011 Coated",
        ),
        ("本厂胶印".encode().hex(), "5pys5Y6C6IO25Y2w", "5pys5Y6C6IO25Y2w", ""),
    ],
)  # fmt: skip
def test_a_condition_is_chosen_by_name(folder, tmp_path, system, name, profile, identifier, condition):
    """What is installed is found by the condition's name or the profile's own; the PDF and the report say which it is."""
    asks = name if condition else profile
    write_files(system / "vendor", {"one.icc": profile_called("Some Other Press"), "two.icm": profile_called(profile)})
    copy = asked(folder, tmp_path, asks)
    ran = run("-C", copy, "book", "--edition", "print", "-o", tmp_path / "x.pdf")
    assert ran.code == 0, ran.words
    with pikepdf.open(tmp_path / "x.pdf") as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert (str(intent.OutputConditionIdentifier), str(intent.Info)) == (identifier, profile)
        assert inking.profile_name(intent.DestOutputProfile.read_bytes()) == profile
        assert ("/RegistryName" in intent) == (identifier.startswith("FOGRA"))
    told = report(tmp_path / "x-press.txt")
    assert told["内文"]["输出意图"] == told["封面"]["输出意图"] == (condition or f"没有指明哪一种印刷条件，颜色特性文件是 {profile}")
    assert f"颜色特性文件是 {profile}" in ran.out


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "FOGRA52",
            ["这台电脑上没有 FOGRA52（胶版纸）的颜色特性文件，不会改用别的", "“PSO Uncoated v3 (FOGRA52)”", "www.eci.org", "theme/print"],
        ),
        ("Japan Color 2011", ["没有 Japan Color 2011（铜版纸）", "“Japan Color 2011 Coated”", "japancolor.jp", "装好的有：Some Other Press"]),
        ("FOGRA93", ["没有叫“FOGRA93”的颜色特性文件，不会改用别的", "是不是想写 FOGRA39", "Japan Color 2011"]),
        ("press.icc", ["theme/print 里没有颜色特性文件 press.icc，请向印刷厂要来"]),
    ],
)
def test_what_is_not_installed_is_never_another(folder, tmp_path, system, name, said):
    """A condition that is not there stops the check with what it is, where it comes from and what is there; no book is made."""
    write_files(system, {"one.icc": profile_called("Some Other Press")})
    copy = asked(folder, tmp_path, name)
    (line,) = [line for line in run("-C", copy, "check").words.splitlines() if "错误" in line and line.startswith("cases")]
    assert line.startswith("cases/collection.yml:7: 错误: ") and [word for word in said if word not in line] == []
    ran = run("-C", copy, "book", "--edition", "print", "-o", tmp_path / "x.pdf")
    assert ran.code == 1 and not (tmp_path / "x.pdf").exists()


def test_a_profile_of_the_collection_comes_first(tmp_path, system):
    """A file in theme/print is taken by its name, or by what it calls itself, before what the system has."""
    own, other = tmp_path / "theme", profile_called("ISO Coated v2 (ECI)")
    write_files(system, {"a.icc": other})
    write_files(own, {"shop.icc": profile_called("ISO Coated v2 (ECI)") + b"\0\0\0\0"})
    assert conditions.found("FOGRA39", [own]).path == own / "shop.icc" and conditions.found("FOGRA39", []).path == system / "a.icc"
    assert inks.color_profile([own], "shop.icc").name == inks.color_profile([own], "FOGRA39").name == "ISO Coated v2 (ECI)"


def test_a_profile_is_called_by_the_beginning_of_its_name(system):
    """ISO Coated v2 means ISO Coated v2 (ECI) where that alone begins so; where two do, neither is taken."""
    write_files(system, {"a.icc": profile_called("ISO Coated v2 (ECI)")})
    assert conditions.found("ISO Coated v2", []).name == "ISO Coated v2 (ECI)" and conditions.found("ISO", []) is None
    write_files(system, {"b.icc": profile_called("ISO Coated v2 300% (ECI)")})
    assert conditions.found("ISO Coated v2", []) is None and conditions.found("iso coated v2 300% (eci)", []).path.name == "b.icc"


# Tints


def tints(pdf: pikepdf.Pdf) -> Iterator[tuple[float, ...]]:
    """Every colour of four inks that pages, forms and patterns name."""
    streams = [
        item for item in pdf.objects if isinstance(item, pikepdf.Stream) and (item.get("/Subtype") == Name.Form or "/PatternType" in item)
    ]
    for stream in (*pdf.pages, *streams):
        for operands, _ in pikepdf.parse_content_stream(stream, "k K scn SCN"):
            if len(operands) == 4:
                yield tuple(map(float, operands))


@pytest.mark.parametrize("binding", [Binding(), Binding("hard", 0, 0, 2.5, 3, 8, 15)], ids=["soft", "hard"])
@pytest.mark.parametrize("name", ["band", "seal", "slip"])
def test_the_ground_of_covers_holds_in_print(folder, name, binding):
    """Each ink of a cover is at least 3 %, or not there, by its operators; the ground has ink over the whole sheet, by its plates."""
    press, book = press_for(folder)
    book = replace(book, settings=replace(book.settings, cover=name, binding=binding))
    data = covers.make_cover(press, book, 200).pdf
    with pikepdf.open(io.BytesIO(data)) as pdf:
        found = set(tints(pdf))
    assert any(0 < part < 0.1 for tint in found for part in tint), "a ground"
    assert [tint for tint in found if any(0 < part < 0.03 for part in tint)] == []
    path = folder / f"{name}-{binding.style}.pdf"
    path.write_bytes(data)
    (image,) = plates(path)
    grounds = [image.getpixel(place) for place in ((2, 2), (image.width - 3, 2), (2, image.height - 3), (image.width - 3, image.height - 3))]
    assert all(part == 0 or part >= 0.03 * 255 - 1.5 for ground in grounds for part in ground) and all(any(ground) for ground in grounds)


def test_a_tint_that_does_not_hold_is_said(folder, tmp_path):
    """A bureau's own style with 1.5 % of an ink is warned of, with the ink and the part."""
    copy = tmp_path / "weak"
    shutil.copytree(folder / "cases", copy / "cases")
    inks_html = (ROOT / "theme" / "print" / "inks.html").read_text().replace("device-cmyk(0 .03 .06 0)", "device-cmyk(0 .015 .06 0)")
    write_files(copy, {"theme/print/inks.html": inks_html})
    ran = run("-C", copy, "book", "--edition", "print", "-o", tmp_path / "x.pdf")
    assert "警告: 印刷版里有太淡的油墨：品红 1.5%，网点太小，印不稳。请在 theme/print 的样式里改成 3% 以上，或者改成 0。" in ran.words


def test_light_colours_of_a_screen_hold_too():
    """Where a colour of a bureau's own style is turned into inks, each has 3 % at least, or none."""
    profile = inks.general_profile().data
    found = [
        inking.ink(red / 255, green / 255, blue / 255, profile) for red, green, blue in ((251, 250, 246), (254, 254, 254), (252, 253, 255))
    ]
    assert all(part == 0 or part >= 0.03 for color in found for part in color) and any(found[0])


# Pictures and resources


@pytest.mark.parametrize(("name", "most"), [("book-print.pdf", 350), ("second-print.pdf", 350), ("book.pdf", 240)])
def test_no_picture_is_finer_than_its_edition_shows(books, name, most):
    """As each page draws it, no picture has more pixels an inch than its edition shows; those that have enough have all of them."""
    found = []
    with pikepdf.open(books / name) as pdf:
        for page in pdf.pages:
            for key, matrix in drawn_on(page):
                item = page.Resources.XObject[key]
                if item.get("/Subtype") == Name.Image:
                    found.append((int(item.Width) * 72 / abs(matrix.a), int(item.Height) * 72 / abs(matrix.d)))
    assert len(found) >= 2 and max(max(each) for each in found) <= most + 1.5
    assert max(max(each) for each in found) >= most - 1.5


@pytest.mark.parametrize("name", ["book-print.pdf", "second-print.pdf", "book.pdf", "book-cover.pdf"])
def test_a_page_lists_only_what_it_shows(books, name):
    """The pictures, forms and faces among a page's resources are those that its contents name, and no other."""
    with pikepdf.open(books / name) as pdf:
        pictured = 0
        for page in pdf.pages:
            shown, faces = set(), set()
            for operands, operator in pikepdf.parse_content_stream(page, "Do Tf"):
                (shown if str(operator) == "Do" else faces).add(str(operands[0]))
            assert set(page.Resources.get("/XObject", {})) == shown, page.label
            assert set(page.Resources.get("/Font", {})) == faces, page.label
            pictured += bool(shown)
        assert 0 < pictured < len(pdf.pages) or len(pdf.pages) == 1


# Marks


def strokes(page: pikepdf.Page) -> Iterator[tuple[tuple[float, ...], bool]]:
    """The lines of a page's last content, which the binder wrote, each with whether it is dashed."""
    at, dashed = (0.0, 0.0), False
    for operands, operator in pikepdf.parse_content_stream(page.Contents[-1], "m l d"):
        if str(operator) == "d":
            dashed = bool(operands[0])
        elif str(operator) == "m":
            at = tuple(map(float, operands))
        else:
            yield (*at, *map(float, operands)), dashed


def folds(page: pikepdf.Page) -> tuple[list[float], list[float]]:
    """Where dashed marks stand: upright ones from the left, level ones from the foot, each on both sides of the sheet."""
    upright, level = [], []
    for (a, b, c, d), dashed in strokes(page):
        if dashed:
            (upright if a == c else level).append(round(a if a == c else b, 2))
            assert a == c or b == d
    assert all(values.count(value) == 2 for values in (upright, level) for value in values)
    return sorted(set(upright)), sorted(set(level))


def boxes(path: Path, number: int) -> tuple[list[tuple[float, ...]], list[tuple[float, ...]], tuple[float, ...], list[float], list[float]]:
    """The marks of a page, its marks of folds, the box of its slug; its bleed and its sheet, all from the trimmed corner."""
    with pikepdf.open(path) as pdf:
        page = pdf.pages[number - 1]
        found = [(min(a, c), min(b, d), max(a, c), max(b, d), dashed) for (a, b, c, d), dashed in strokes(page)]
        bleed, media, trim = ([float(side) for side in page[name]] for name in ("/BleedBox", "/MediaBox", "/TrimBox"))
    glyphs = [
        glyph for line in read_lines(path, [number]) for glyph in line.glyphs if glyph.size == 6 and glyph.y > trim[3] + pdfx.SLUG + 6 * MM
    ]
    height = media[3] - media[1]
    slug = (
        min(g.x0 for g in glyphs) + media[0],
        height - max(g.y for g in glyphs) + media[1] - 0.12 * 6,
        max(g.x1 for g in glyphs) + media[0],
        height - min(g.y for g in glyphs) + media[1] + 0.88 * 6,
    )
    crosses, marks = [], []
    lines = [each[:4] for each in found if not each[4]]
    for one, other in pairwise(lines):  # a register cross is two lines that cross
        if one[1] == one[3] and other[0] == other[2] and one[0] < other[0] < one[2] and other[1] < one[1] < other[3]:
            crosses.append((one[0], other[1], one[2], other[3]))
    marks = [line for line in lines if not any(_apart(line, cross) == 0 for cross in crosses)]
    assert len(crosses) == 4 and len(marks) == 8
    return [*crosses, *marks], [each[:4] for each in found if each[4]], slug, bleed, media


def _apart(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """How far two boxes are from each other; 0 where they touch."""
    across = max(one[0] - other[2], other[0] - one[2], 0.0)
    up = max(one[1] - other[3], other[1] - one[3], 0.0)
    return max(across, up)


LONG = "落实双减政策促进义务教育优质均衡发展区域实践典型案例与经验做法汇编全国中小学校课后服务作业管理卷上册"[:50]
PROFILES = sorted(path.stem for path in (ROOT / "theme" / "print" / "profiles").glob("*.yml"))
SHEETS = {"page": None, "soft": Binding(), "flaps": Binding("soft", 0.3, 60), "narrow": Binding("soft", 0.3, 30), "hard": Binding("hard", 0, 0, 2.5, 3, 8, 15)}  # fmt: skip


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("profile", PROFILES)
def test_marks_keep_clear_of_each_other(folder, tmp_path, profile, sheet):
    """On pages and covers of all profiles, with the longest title: nothing touches, all is between bleed and edge of the sheet."""
    press, book = press_for(folder, profile=profile)
    book = replace(book, title=LONG, settings=replace(book.settings, binding=SHEETS[sheet] or Binding()))
    if sheet == "page":
        only = replace(book, parts=(replace(book.parts[0], cases=book.cases[-1:]),))
        data = press.make_book(replace(only, settings=replace(only.settings, omit=("contents",), indexes=(), signature=0))).pdf
    else:
        data = covers.make_cover(press, book, 160).pdf
    (tmp_path / "x.pdf").write_bytes(data)
    marks, dashes, slug, bleed, media = boxes(tmp_path / "x.pdf", 1)
    assert len(dashes) == {"page": 0, "soft": 4, "flaps": 8, "narrow": 8, "hard": 16}[sheet]
    for one, other in (*combinations((*marks, slug), 2), *((mark, fold) for mark in (*marks, slug) for fold in dashes)):
        assert _apart(one, other) > 0.5 * MM, (one, other)
    for one in (*marks, *dashes, slug):
        assert _apart(one, tuple(bleed)) > 0.4 * MM, one
        assert media[0] < one[0] and media[1] < one[1] and one[2] < media[2] and one[3] < media[3]
    shown = "".join(line.text for line in read_lines(tmp_path / "x.pdf", [1]) if line.size == 6).replace("　", "")
    assert profile in shown and shown.startswith(LONG[:8])


# Covers


def test_the_spine_is_reckoned_from_the_paper(folder, tmp_path):
    """80 g/m² × 1.25 cm³/g are 0.1 mm a leaf: 240 pages and twice 0.3 mm of cover make 12.6 mm; with boards of 2.5 mm 17 mm.

    The trimmed sheet has that width between its folds, and the spine's signs stand between them.
    """
    press, book = press_for(folder)
    assert book.settings.calliper == 0.1
    for binding, wide, sheet in (
        (Binding("soft", 0.3), 12.6, (432.6, 285)),
        (Binding("soft", 0.3, 80), 12.6, (592.6, 285)),
        (Binding("hard", 0, 0, 2.5, 3, 8, 15), 17, (2 * (210 + 2.5 + 3 + 15) + 17, 285 + 6 + 30)),
    ):
        path = tmp_path / "cover.pdf"
        path.write_bytes(covers.make_cover(press, replace(book, settings=replace(book.settings, binding=binding)), 240).pdf)
        with pikepdf.open(path) as pdf:
            page = pdf.pages[0]
            assert [float(side) / MM for side in page.TrimBox][2:] == pytest.approx(sheet, abs=0.02)
            upright, _ = folds(page)
        left = (sheet[0] - wide) / 2 * MM
        joints = [x for x in upright if abs(x - left) < 1 or abs(x - left - wide * MM) < 1]
        assert joints == pytest.approx([left, left + wide * MM], abs=0.02)
        glyphs = [glyph for line in read_lines(path) for glyph in line.glyphs if glyph.size > 6]
        spine = [g for g in glyphs if left < (g.x0 + g.x1) / 2 - 12 * MM < left + wide * MM]
        assert "".join(g.text for g in sorted(spine, key=lambda g: g.y)).startswith("﹁双减﹂案例汇编")
        assert all(left < g.x0 - 12 * MM and g.x1 - 12 * MM < left + wide * MM for g in spine)


def test_what_stands_on_a_cover_is_in_the_middle_of_its_panel(folder, tmp_path):
    """With flaps and on boards the title is centred on the front that one sees, not on what is folded away."""
    press, book = press_for(folder)
    for binding, middle in (
        (Binding("soft", 0.3, 80), 80 + 210 + 12.6 + 105),
        (Binding("hard", 0, 0, 2.5, 3, 8, 15), 15 + 215.5 + 17 + 8 + (215.5 - 8) / 2),
    ):
        path = tmp_path / "cover.pdf"
        path.write_bytes(covers.make_cover(press, replace(book, settings=replace(book.settings, binding=binding)), 240).pdf)
        (title,) = [line for line in read_lines(path) if line.size > 24]
        assert (title.x0 + title.x1) / 2 / MM - 12 == pytest.approx(middle, abs=0.6)


def test_a_cover_picture_goes_around_the_edges(folder, tmp_path):
    """The bureau's own picture fills the front with its bleed, on boards with the turn-in and the groove as well."""
    copy = tmp_path / "own"
    shutil.copytree(folder / "cases", copy / "cases")
    write_files(copy, {"theme/print/cover.jpg": photo(3600, 4700)})
    press, book = press_for(copy)
    for binding, wide, high in ((Binding("soft", 0.3, 80), 213, 291), (Binding("hard", 0, 0, 2.5, 3, 8, 15), 215.5 + 15 + 3, 291 + 36)):
        data = covers.make_cover(press, replace(book, settings=replace(book.settings, binding=binding)), 240).pdf
        with pikepdf.open(io.BytesIO(data)) as pdf:
            page = pdf.pages[0]
            (matrix,) = [matrix for key, matrix in drawn_on(page) if page.Resources.XObject[key].get("/Subtype") == Name.Image]
            box = clip(page, matrix)
        assert box == pytest.approx((wide * MM, high * MM), abs=0.6)


def test_a_coarse_cover_picture_is_told(folder, tmp_path):
    """The report says how many dpi the bureau's own picture has on the sheet, as pdfimages finds it."""
    copy = tmp_path / "own"
    shutil.copytree(folder / "cases", copy / "cases")
    write_files(copy, {"theme/print/cover.jpg": photo(1500, 2000)})
    assert run("-C", copy, "book", "--edition", "print", "-o", tmp_path / "x.pdf").code == 0
    listed = subprocess.run(["pdfimages", "-list", tmp_path / "x-cover.pdf"], capture_output=True, text=True, check=True).stdout
    (row,) = [line.split() for line in listed.splitlines()[2:]]
    told = report(tmp_path / "x-press.txt")["封面"]["图片"]
    assert int(re.fullmatch(r"封面图片印出来只有 (\d+) dpi", told)[1]) == pytest.approx(min(int(row[-4]), int(row[-3])), abs=1)


def clip(page: pikepdf.Page, matrix: pikepdf.Matrix) -> tuple[float, float]:
    """How wide and high a picture is, less what its frame cuts off."""
    best = (abs(matrix.a), abs(matrix.d))
    stack, now = [], pikepdf.Matrix()
    for operands, operator in pikepdf.parse_content_stream(page, "q Q cm re"):
        match str(operator):
            case "q":
                stack.append(now)
            case "Q":
                now = stack.pop()
            case "cm":
                now = pikepdf.Matrix(*map(float, operands)) @ now
            case "re":
                size = abs(float(operands[2]) * now.a), abs(float(operands[3]) * now.d)
                if best[0] / 2 < size[0] <= best[0] + 1 and best[1] / 2 < size[1] <= best[1] + 1:
                    best = min(best[0], size[0]), min(best[1], size[1])
    return best


# What is said


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("signature: 12", "signature 写了“12”。可用的有：4、8、16"),
        ("paper: {克重: 80}, calliper: 0.1, binding: {勒口: 5}", "勒口写了“5”。请写 30 到 200 之间的数"),
        ("paper: {松厚度: 1.3}", "paper 只写了松厚度，没有写克重，算不出一张纸有多厚。请写成 paper: {纸名: 双胶纸, 克重: 80, 松厚度: 1.25}"),
        ("calliper: 0.1, paper: {克重: 80, 松厚度: 1.3}", "calliper 和 paper 里的松厚度都说了纸有多厚。请只留一处"),
        ("paper: {克重: 8}", "克重写了“8”。请写 30 到 500 之间的数"),
        ("paper: {厚度: 8}", "paper 里没有“厚度”这一项"),
        ("binding: 线装", "binding 的方式写了“线装”。可用的有：平装、精装"),
        ("binding: {方式: 精装, 勒口: 80}", "精装的书壳没有勒口。请删去这一项；平装的，写 方式: 平装"),
        ("binding: {纸板: 2}", "平装的封面没有纸板。请删去这一项；精装的，写 方式: 精装"),
        ("binding: {勒口: 200}, profile: std16", "勒口 200 mm，封面只有 185 mm，折不下。请改到 175 mm 以内，常用 60 到 100 mm"),
        ("characters: 页数", "characters 写了“页数”。可用的有：版面、正文"),
    ],
)
def test_what_is_wrong_is_said(make, settings, said):
    """Each mistake is one error with its line, what it is and how to mend it."""
    folder = make({"a.md": case_text("甲")}, f"title: 库\nbook: {{{settings}}}\n")
    (line,) = [line for line in run("-C", folder, "check").words.splitlines() if line.startswith("cases")]
    assert line.startswith("cases/collection.yml:2: 错误: ") and said in line


def test_a_further_book_says_its_own_paper(make):
    """A book's paper gives the thickness of its leaves; one that says a thickness itself no longer has the bulk of the others' paper."""
    books = "books:\n  - {name: a, only: [batch=第一批]}\n  - {name: b, only: [batch=第一批], calliper: 0.13}\n  - {name: c, only: [batch=第一批], paper: {weight: 70, bulk: 1.8}}\n"
    settings = "title: 库\nbook: {paper: {纸名: 双胶纸, 克重: 80, 松厚度: 1.25}, binding: 精装, signature: 8}\n" + books
    collection, problems = flow.check_project(project.find(make({"a.md": case_text("甲")}, settings)))
    assert problems == ()
    assert [(book.calliper, book.paper.bulk) for book in collection.all_books] == [(0.1, 1.25), (0.1, 1.25), (0.13, 0), (0.126, 1.8)]
    assert {book.binding for book in collection.all_books} == {Binding("hard", 0, 0, 2.5, 3, 8, 15)} and collection.book.signature == 8


def test_an_old_style_of_covers_is_an_error(folder, tmp_path):
    """A bureau's own cover.css that knows nothing of flaps is said with both sizes: no sheet is taken for what it is not."""
    copy = tmp_path / "old"
    shutil.copytree(folder / "cases", copy / "cases")
    css = (ROOT / "theme" / "print" / "cover.css").read_text()
    write_files(copy, {"theme/print/cover.css": css.replace("size: {{ sheet.width }}pt", "size: {{ profile.width * 2 + spine }}pt")})
    ran = run("-C", copy, "book", "--edition", "print", "-o", tmp_path / "x.pdf")
    assert ran.code == 1 and re.search(r"错误: 封面展开应当是 [\d.]+ × 285 mm，排出来却是 [\d.]+ × 285 mm。", ran.words)


# The length of a book


def test_the_imprint_says_the_length_of_the_layout(folder, books):
    """版面字数 is characters of a line × lines × pages that are not blank, the title page half; the length of the text stands behind it."""
    profile = read_profile("big16", [ROOT / "theme" / "print"])
    shown = sum(bool(inked(image)) for image in plates(books / "book-print.pdf"))
    collection, _ = flow.check_project(project.find(folder))
    text = round(sum(case.characters for case in collection.cases) / 1000)
    layout = round(profile.characters * profile.lines * (shown - 0.5) / 1000)
    for name, page in (("book-print.pdf", 2), ("book.pdf", 4)):
        words = "".join("".join(line.text.split()) for line in read_lines(books / name, [page]))
        assert f"字数{layout}千字（正文{text}千字）" in words, words


def test_the_same_pages_on_another_paper_are_told_anew(folder, tmp_path):
    """What is kept of a report is that of its settings too: another paper's name is told though no page has changed."""
    copy = tmp_path / "again"
    shutil.copytree(folder / "cases", copy / "cases")
    told = []
    for paper in ("双胶纸", "纯质纸", "双胶纸"):
        settings = SETTINGS.replace("双胶纸", paper)
        write_files(copy, {"cases/collection.yml": settings[: settings.index("books:")].replace("[screen, print]", "[print]")})
        assert run("-C", copy, "book").code == 0
        told.append((copy / "build" / "books" / "book-press.txt").read_text())
    assert told[0] == told[2] == told[1].replace("纯质纸", "双胶纸") != told[1]
