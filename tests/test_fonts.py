"""Fonts by role: which face stands for which, whose characters are lent by whom, and that bold is bold.

Real faces of this machine; a bureau's own file is a small piece of one of them under another name.
"""

import io
import os
import re
import shutil
import struct
import subprocess
from pathlib import Path

import pikepdf
import pytest
from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont
from PIL import Image

from casepress.book.profiles import read_profile
from casepress.facts.store import Store
from casepress.press.families import font_configuration
from casepress.press.layout import lay_out
from casepress.press.recipes import recipe
from casepress.type import coverage, faces, fontfiles, glyphs
from casepress.type.chains import NoFaces
from casepress.type.coverage import Line
from casepress.type.faces import find_faces
from casepress.type.fontfiles import NO_STORE
from conftest import ROOT, case_text, run, run_apart, write_files
from pressed import bound
from readback import read_lines

PRINT = ROOT / "theme" / "print"
RARE = "镕喆堃珺㵑"  # of people's names; FandolFang has none of them, 霞鹜文楷 not the last
SAMPLE = "中国书事永和字体一二三四五六七八九十，。"


@pytest.fixture(scope="module")
def found() -> faces.Faces:
    """The faces of this machine alone."""
    return faces.shipped_faces()


@pytest.fixture(scope="module")
def configured(found):
    return font_configuration(found)


def own_font(
    path: Path, family: str, postscript: str, source: fontfiles.FontFile, text: str = SAMPLE, rights: int = 0, weight: int = 400
) -> Path:
    """A font file of a few characters of a face, under another name."""
    font = TTFont(source.path, fontNumber=source.index)
    font["name"].names = []
    for number, name in ((1, family), (2, "Regular"), (4, family), (6, postscript)):
        font["name"].setName(name, number, 3, 1, 0x804 if not name.isascii() else 0x409)
    font["OS/2"].fsType, font["OS/2"].usWeightClass = rights, weight
    cutter = subset.Subsetter(subset.Options(name_IDs=["*"], name_languages=["*"], notdef_outline=True))
    cutter.populate(text=text)
    cutter.subset(font)
    path.parent.mkdir(parents=True, exist_ok=True)
    font.save(path)
    return path


def face_of(role: str, found: faces.Faces) -> fontfiles.FontFile:
    return found.roles[role].faces[0].regular


def families(role: str) -> str:
    """The families of a role as the book's stylesheet has them."""
    names = dict.fromkeys((role, *faces.BORROWED))
    return ", ".join(f"casepress-{name}{n}" for name in names for n in ("", "-raised", 2, 3))


def pdf_of(tmp_path: Path, html: str, configuration) -> Path:
    laid = lay_out(f"<html lang=zh-CN><style>@page {{ size: 500pt 300pt; margin: 20pt }} p {{ margin: 0 }}</style>{html}", {}, configuration)
    assert laid.messages == ()
    (tmp_path / "made.pdf").write_bytes(bound(laid))
    return tmp_path / "made.pdf"


# Which face


def test_every_role_has_a_face_here(found):
    """After the set-up every role has a face; 楷体 and 仿宋 are what they should be, and no role has a face twice."""
    first = {name: role.faces[0].regular.family for name, role in found.roles.items()}
    assert first == {
        "biaosong": "Noto Serif CJK SC", "fang": "FandolFang", "kai": "LXGW WenKai", "hei": "Noto Sans CJK SC",
        "song": "Noto Serif CJK SC", "mono": "Noto Sans Mono CJK SC", "symbols": "Symbola",
    }  # fmt: skip
    assert face_of("biaosong", found).weight >= 700
    assert found.roles["biaosong"].faces[0].bold is None
    for role in found.roles.values():
        assert len(set(role.faces)) == len(role.faces)


@pytest.mark.parametrize(
    ("file", "family", "postscript", "role"),
    [
        ("a.ttf", "方正小标宋_GBK", "FZXBSK--GBK1-0", "biaosong"),
        ("FZXBS.ttf", "FZXiaoBiaoSong-B05S", "FZXBSB05S", "biaosong"),
        ("simfang.ttf", "仿宋_GB2312", "FangSong_GB2312", "fang"),
        ("kaiti.ttf", "KaiTi_GB2312", "KaiTi_GB2312", "kai"),
        ("simhei.ttf", "黑体", "SimHei", "hei"),
        ("simsun.ttf", "SimSun", "SimSun", "song"),
        ("x.ttf", "某某仿宋体", "SomeFang", "fang"),
        ("仿宋.ttf", "Unheard Of", "UnheardOf", "fang"),
        ("kai.ttf", "Unheard Of", "UnheardOf", "kai"),
    ],
)
def test_a_file_of_ones_own_comes_first(tmp_path, found, file, family, postscript, role):
    """A file in theme/fonts is known by its names, by a word in them, or by its file's name, and goes before what is installed."""
    path = own_font(tmp_path / file, family, postscript, face_of("kai", found))
    with_own, problems = find_faces([PRINT], [tmp_path])

    assert problems == ()
    chosen = with_own.roles[role].faces[0]
    assert chosen.own and chosen.regular.path == path
    assert [name for name, each in with_own.roles.items() for face in each.faces if face.own] == [role]


def test_the_face_of_a_ttc_is_the_one_named(tmp_path, found, make):
    """Of a collection of faces (.ttc) the one with the role's name is taken, not the first."""
    parts = [
        own_font(tmp_path / "parts" / f"{n}.ttf", family, f"P{n}", face_of("kai", found)) for n, family in enumerate(("某某", "仿宋_GB2312"))
    ]
    both = TTCollection()
    both.fonts = [TTFont(part) for part in parts]
    both.save(tmp_path / "two.ttc")

    chosen = find_faces([PRINT], [tmp_path])[0].roles["fang"].faces[0]
    assert (chosen.regular.path.name, chosen.regular.index, chosen.own) == ("two.ttc", 1, True)


def test_the_bold_of_ones_own_is_its_bold(tmp_path, found):
    """A second file of the role for bold is used for bold; without it none is made up of another family."""
    own_font(tmp_path / "楷体.ttf", "甲", "A", face_of("kai", found))
    assert find_faces([PRINT], [tmp_path])[0].roles["kai"].faces[0].bold is None
    bold = own_font(tmp_path / "楷体-粗.ttf", "甲", "ABold", face_of("kai", found), weight=700)
    assert find_faces([PRINT], [tmp_path])[0].roles["kai"].faces[0].bold.path == bold


@pytest.mark.parametrize(
    ("rights", "family", "data", "level", "words"),
    [
        (2, "仿宋_GB2312", b"", "error", "不准嵌入"),
        (0x100, "仿宋_GB2312", b"", "error", "只嵌入用到的字"),
        (0, "Unheard Of", b"", "warning", "认不出"),
        (0, "", b"no font", "error", "字体用不了"),
        (0, "", b"\0\1\0\0" + bytes(20), "error", "字体用不了"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(make, found, rights, family, data, level, words):
    """A font that may not be embedded, is broken or is not known stops or warns, with its file; a book is never set with it."""
    folder = make({"a.md": case_text("甲")})
    path = folder / "theme" / "fonts" / "x.ttf"
    path.parent.mkdir(parents=True)
    path.write_bytes(data) if data else own_font(path, family, "X", face_of("kai", found), rights=rights)

    ran = run("-C", folder, "check")
    assert ran.code == (level == "error")
    assert re.search(rf"^theme/fonts/x\.ttf: {'错误' if level == 'error' else '警告'}: .*{words}", ran.words, re.MULTILINE), ran.words


def test_what_is_no_font_in_the_folder_of_fonts_is_said(make):
    """A font for the web and a folder in theme/fonts are not used, and each is a warning; a text is neither."""
    folder = make({"a.md": case_text("甲")})
    write_files(folder / "theme" / "fonts", {"a.woff2": b"wOF2", "sub/仿宋.ttf": b"x", "README.md": "字体", "OFL.txt": "x"})

    said = run("-C", folder, "check").out.splitlines()

    assert [line.split("。")[0] for line in said] == [
        "theme/fonts/a.woff2: 警告: 这不是能用的字体文件，不会用", "theme/fonts/sub: 警告: 这个文件夹里的字体不会用",
    ]  # fmt: skip


def test_old_rights_hold_as_the_most_generous(tmp_path, found):
    """fsType 8 (editable) may be embedded; so may FandolFang, which has it."""
    own_font(tmp_path / "仿宋.ttf", "某", "X", face_of("kai", found), rights=8)
    assert find_faces([PRINT], [tmp_path])[1] == ()


def test_a_chain_of_ones_own_is_obeyed(tmp_path):
    """A collection's own faces.yml stands before ours; one that is wrong says where."""
    text = (PRINT / "faces.yml").read_text("utf-8")
    (tmp_path / "faces.yml").write_text(text.replace("    - FandolFang\n", "    - LXGW WenKai\n"), "utf-8")
    assert find_faces([tmp_path, PRINT], [])[0].roles["fang"].faces[0].regular.family == "LXGW WenKai"
    (tmp_path / "faces.yml").write_text(text.replace("weight: 900", "weight: 很粗"), "utf-8")
    with pytest.raises(NoFaces, match=r"第 \d+ 行，biaosong 的 weight 写了“很粗”"):
        find_faces([tmp_path, PRINT], [])


# Which characters


def test_marks_are_judged_by_their_shape(found):
    """Marks that are narrow, dashes that do not meet, dots that are uneven or low are found by measuring."""
    judged = {role: "".join(sorted(glyphs.unfit(face_of(role, found)))) for role in ("song", "hei", "kai", "fang")}
    assert judged == {"song": "·", "hei": "", "kai": "·‘’“”", "fang": "·…"}


def test_a_box_is_no_character(tmp_path, found):
    """A font that shows one glyph for many characters does not have them."""
    path = own_font(tmp_path / "仿宋.ttf", "某", "X", face_of("kai", found))
    font = TTFont(path)
    glyph = font.getBestCmap()[ord("国")]
    for table in font["cmap"].tables:
        table.cmap.update({code: glyph for code in range(0x5000, 0x5100)})
    font.save(path)

    has = glyphs.characters(find_faces([PRINT], [tmp_path])[0].roles["fang"].faces[0].regular)
    assert ord("书") in has and not has & {0x5000, 0x50FF}


def test_names_are_shown_whatever_the_role(found, configured, tmp_path):
    """镕 喆 堃 珺 㵑 come from the next face that has them, in every role, regular and bold, as the builder foretells."""
    html = "".join(f'<p style="font: {w} 16pt/24pt {families(role)}">王{RARE}' for role in found.roles for w in (400, 700))
    lines = read_lines(pdf_of(tmp_path, html, configured))

    assert [line.text for line in lines] == [f"王{RARE}"] * 2 * len(found.roles)
    for line, (role, weight) in zip(lines, [(role, weight) for role in found.roles for weight in (400, 700)], strict=True):
        for glyph in line.glyphs:
            lender, face = found.of(role, glyph.text)
            assert glyph.font.startswith(face.regular.family.replace(" ", "-")), (role, glyph)
            assert ("Bold" in glyph.font) == (weight == 700 or lender == "biaosong"), (role, weight, glyph)


def test_the_stylesheet_borrows_in_the_builders_order():
    """The sets of book.css name the faces in the order in which the builder looks for characters."""
    from casepress.markup.templates import environment, render

    css = render(environment((PRINT,)), "book.css", profile=read_profile("big16", [PRINT]), edition="screen")
    families_of_em = re.search(r"\.case-body em \{ font-family: ([^;]+);", css)[1]
    assert [part.strip() for part in families_of_em.split(",")] == [*families("kai").split(", "), "serif"]


def test_narrow_marks_come_from_elsewhere(configured, tmp_path):
    """In 楷体 the quotes are as wide as a character and · comes from 黑体; in 仿宋 …… are six even dots."""
    html = f'<p style="font: 16pt/24pt {families("kai")}">甲“乙”·‘丙’——丁……<p style="font: 16pt/24pt {families("fang")}">甲……'
    kai, fang = read_lines(pdf_of(tmp_path, html, configured))

    assert [round(g.x1 - g.x0, 1) for g in kai.glyphs if g.text in "“”‘’·—…"] == [16.0] * 9
    assert {g.text: g.font.split("-")[0] for g in kai.glyphs} == {**dict.fromkeys("甲乙丙丁—…", "LXGW"), **dict.fromkeys("“”‘’·", "Noto")}
    assert {g.font.split("-")[0] for g in fang.glyphs if g.text == "…"} == {"Noto"}


@pytest.mark.parametrize("character", ["\ue000", "ꦀ", "🪅"])
def test_a_character_without_a_face_is_an_error(make, character):
    """A character that no face has is an error with file, line, column and code, and `casepress fonts` ends with 1."""
    folder = make({"a.md": case_text("甲", body=f"第一行。\n\n同意{character}，不同意{character}。")})
    number = (folder / "cases" / "a.md").read_text("utf-8").split(character)[0].count("\n") + 1
    checked = run("-C", folder, "check")

    assert checked.code == 1
    (line,) = [line for line in checked.out.splitlines() if "没有一款字体" in line]
    assert line.startswith(f"cases/a.md:{number}: 错误: ")
    assert f"U+{ord(character):04X}" in line and "第 3 个字" in line and "共 2 处" in line and "theme/fonts" in line
    assert run("-C", folder, "fonts").code == 1


def test_titles_and_fields_are_looked_at_as_well(make):
    """A name in the header and a sign in the preface are found at their own line; an entity where its body begins."""
    folder = make({"a.md": case_text("甲ꦀ", school="小学\ue000", body="&#x1FA85;")})
    write_files(folder, {"content/book/preface.md": "# 前言\n\n字。\n\n同意ꦀ。&#x1FA85;\n"})
    lines = [line.split(": ")[0] for line in run("-C", folder, "check").out.splitlines() if "没有一款字体" in line]
    assert lines == ["cases/a.md:2", "cases/a.md:4", "cases/a.md:10", "content/book/preface.md:1", "content/book/preface.md:5"]


def test_the_words_of_the_settings_are_looked_at(make):
    """Titles, the board, and what a divider says of its part are found in collection.yml at the line of their entry."""
    settings = "title: 库\nbook:\n  title: 集\ue000\n  committee: {主编: 王\ue001}\nbooks:\n  - {by: batch, title: 册\ue002}\n"
    settings += "fields:\n  batch: {choices: [{label: 第一批, note: 说明ꦀ}]}\n"
    found = [
        line.split(": ")[0] for line in run("-C", make({"a.md": case_text("甲")}, settings), "check").out.splitlines() if "没有一款字体" in line
    ]
    assert found == [f"cases/collection.yml:{line}" for line in (3, 4, 6, 8)]


def test_what_is_no_glyph_needs_no_face():
    """Spaces, controls, joiners and variation selectors are not looked for."""
    assert coverage.shown([Line("a", 1, "\t\n \u3000\u00a0\u200b\u200d\u2060\ufe0f\U000e0100\u00ad\u2028")]) == frozenset()
    assert coverage.shown([Line("a", 1, "葛\U000e0100e\u0301")]) == frozenset("葛e\u0301")


def test_a_loan_is_told_with_its_first_place(make):
    """`casepress fonts` names each role's face and file, and what it borrows, how often and where first."""
    folder = make({"a.md": case_text("甲", body="王镕和李镕。"), "b.md": case_text("乙", body="张镕。")})
    ran = run("-C", folder, "fonts")

    assert ran.code == 0 and ran.err == ""
    for label in ("小标宋", "仿宋", "楷体", "黑体", "宋体", "等宽"):
        assert re.search(rf"^{label}：\S.*文件 \S+", ran.out, re.MULTILINE), ran.out
    assert re.search(
        r"^  仿宋 → LXGW WenKai(?: Light)?，\d+ 个字：\n    “镕”（U\+9555）3 处，最早在 cases/a\.md:\d+$", ran.out, re.MULTILINE
    ), ran.out


def test_the_first_lines_say_what_a_bureaus_own_font_would_mend(make, found):
    """`casepress fonts` begins with what is lacking, who lends it, and which font of one's own has it; one of GB 2312 has not."""
    folder = make({"a.md": case_text("甲", body="王镕、李堃和张玥。")})
    first = run("-C", folder, "fonts").out.splitlines()[0]
    assert re.fullmatch(
        "仿宋用的是 FandolFang，缺 3 个字（堃、玥、镕），借了 LXGW WenKai(?: Light)? 的。"
        "把方正仿宋_GBK的字体文件放进 theme/fonts，这些字就都有了；仿宋_GB2312 一般没有 3 个字（堃、玥、镕）。",
        first,
    ), first
    own_font(folder / "theme" / "fonts" / "仿宋.ttf", "方正仿宋_GBK", "FZFSK", face_of("song", found), SAMPLE + "堃玥镕")
    assert not run("-C", folder, "fonts").out.startswith("仿宋用的是 FandolFang")


def test_who_lends_has_strokes_of_that_thickness(found):
    """What 仿宋 lacks comes from the face whose strokes, as they are measured, are nearest to its own, whatever it is called."""
    lending, _ = find_faces([PRINT], [], frozenset(RARE))
    lender = next(face for face in lending.roles["fang"].faces if face.lent)
    own = glyphs.stem(face_of("fang", found))
    others = [face_of(role, found) for role in ("song", "kai", "hei")]
    assert 0.03 < own < 0.06 and all(glyphs.stem(other) > 0.06 for other in others)
    assert abs(glyphs.stem(lender.regular) - own) < min(abs(glyphs.stem(other) - own) for other in others)
    assert all(lending.of("fang", character)[1] == lender for character in "镕喆堃")
    assert not [face for face in found.roles["fang"].faces if face.lent], "nobody lends where nothing is lacking"


def test_a_small_font_of_ones_own_borrows_from_its_kin(tmp_path, found):
    """What the bureau's 楷体 lacks comes from the next 楷体, before any other kind of face."""
    own_font(tmp_path / "楷体.ttf", "KaiTi_GB2312", "KaiTi_GB2312", face_of("kai", found))
    with_own, _ = find_faces([PRINT], [tmp_path], frozenset("镕㵑"))
    assert [face.regular.family for face in with_own.roles["kai"].faces] == ["KaiTi_GB2312", "LXGW WenKai"]

    html = f'<p style="font: 16pt/24pt {families("kai")}">书镕㵑'
    (line,) = read_lines(pdf_of(tmp_path, html, font_configuration(with_own)))
    assert [(g.text, g.font) for g in line.glyphs] == [("书", "KaiTi-GB2312"), ("镕", "LXGW-WenKai"), ("㵑", "Noto-Serif-CJK-SC")]


def test_two_faces_of_one_name_are_kept_apart(tmp_path, found):
    """A file of one's own with the name of an installed face is a face of its own in the PDF, with its own glyphs."""
    own_font(tmp_path / "仿宋.ttf", "LXGW WenKai", "LXGWWenKai-Regular", face_of("kai", found))
    html = f'<p style="font: 16pt/24pt {families("fang")}">书<p style="font: 16pt/24pt {families("kai")}">书镕'
    lines = read_lines(pdf_of(tmp_path, html, font_configuration(find_faces([PRINT], [tmp_path])[0])))

    assert [line.text for line in lines] == ["书", "书镕"]
    assert len({line.glyphs[0].font for line in lines}) == 2


# Symbols

MARKS = "✔✅☑☐☒★☆►▶→①⑳㉑Ⅳ℃㎡㎏‰❤😀👍🎉✨❌⭕❗💡📌🏫🥇"


def test_the_marks_of_schools_are_printed(found, configured, tmp_path):
    """Marks and emoji come from the face that has them, in every role, regular and bold, black, and can be read out again."""
    html = "".join(f'<p style="font: {w} 12pt/24pt {families(role)}">完成{MARKS}。' for role in found.roles for w in (400, 700))
    lines = read_lines(pdf_of(tmp_path, html, configured))

    assert [line.text for line in lines] == [f"完成{MARKS}。"] * 2 * len(found.roles)
    for line, role in zip(lines, [role for role in found.roles for _ in (400, 700)], strict=True):
        for glyph in line.glyphs:
            assert glyph.font.startswith(found.of(role, glyph.text)[1].regular.family.replace(" ", "-")), (role, glyph)


def test_joined_and_toned_emoji_leave_no_box(configured, tmp_path):
    """Joiners and selectors show nothing, skin tones take no room, a keycap and a flag are their signs; all can be read out."""
    text = "好👍🏽好👨‍👩‍👧好❤️好1️⃣好🇨🇳好"
    (line,) = read_lines(pdf_of(tmp_path, f'<p style="font: 16pt/24pt {families("song")}">{text}', configured))

    assert "".join(c for c in line.text if c not in "\u200d\ufe0f") == "".join(c for c in text if c not in "\u200d\ufe0f")
    assert {glyph.text: round(glyph.x1 - glyph.x0, 1) for glyph in line.glyphs}["🏽"] == 0
    assert not {glyph.font for glyph in line.glyphs} - {
        "Noto-Serif-CJK-SC",
        "casepress-unseen",
        *(g.font for g in line.glyphs if "Symbola" in g.font),
    }


def test_a_coloured_face_of_the_machine_is_not_asked(tmp_path, figures):
    """Where a face of coloured emoji is installed under its well-known name, ours are taken all the same."""
    folder = tmp_path / "fonts"
    own_font(folder / "color.ttf", "Noto Color Emoji", "NotoColorEmoji", face_of("kai", faces.shipped_faces()), text="甲乙")
    font = TTFont(folder / "color.ttf")
    glyph = font.getBestCmap()[ord("甲")]
    for table in font["cmap"].tables:
        if table.format == 12:
            table.cmap.update(dict.fromkeys((0x1F44D, 0x2705, 0x1F3FD), glyph))
    font.save(folder / "color.ttf")
    (tmp_path / "fonts.conf").write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig>'
        f"<include>/etc/fonts/fonts.conf</include><dir>{folder}</dir></fontconfig>"
    )
    files = {"collection.yml": "title: 库\n", "a.md": case_text("甲", body="完成✅，好👍🏽。")}
    write_files(tmp_path / "made" / "cases", files)
    shutil.copytree(figures, tmp_path / "cache")  # what other faces draw is no matter here
    variables = {"FONTCONFIG_FILE": str(tmp_path / "fonts.conf"), "CASEPRESS_CACHE": str(tmp_path / "cache")}
    ran = run_apart("-C", tmp_path / "made", "book", "-o", tmp_path / "made.pdf", **variables)
    assert ran.code == 0, ran.words
    assert {g.font.split("-")[0] for line in read_lines(tmp_path / "made.pdf") for g in line.glyphs if g.text in "✅👍"} == {"Symbola"}


def test_a_site_is_made_whatever_a_book_cannot_print(make):
    """A character that no face has, a title that no cover holds and an unknown profile stop the books, not the site."""
    folder = make({"a.md": case_text("甲", body="同意ꦀ。")}, f"title: {'库' * 60}\nbook: {{profile: 没有}}\n", site=True)
    assert run("-C", folder, "site").code == 0
    said = run("-C", folder, "build")
    assert said.code == 1 and "没有一款字体有“ꦀ”" in said.err and "封面上放不下" in said.err
    assert run("-C", folder, "check").code == 1


def test_a_missing_character_is_told_truly(make, tmp_path):
    """The message names the faces that were asked, and an installed one that has the character where there is one."""
    chains = (PRINT / "faces.yml").read_text("utf-8")
    folder = make({"a.md": case_text("甲", body="完成✅，ꦀ。")})
    write_files(folder, {"theme/print/faces.yml": re.sub(r"(?s)    - Symbola\n.*", "    - 没有这一款\n", chains)})
    check, glyph = [line for line in run("-C", folder, "check").out.splitlines() if "没有一款字体" in line]
    assert "这台电脑上的“Symbola”有这个字" in check and "Noto Serif CJK SC、" in check
    assert "apt-get install fonts-symbola" in glyph


def test_chains_from_before_there_were_symbols_go_on(tmp_path):
    """A collection's own faces.yml without symbols gets them from the one that comes along."""
    text = (PRINT / "faces.yml").read_text("utf-8")
    (tmp_path / "faces.yml").write_text(text[: text.index("# 别的字体都没有的符号")], "utf-8")
    assert find_faces([tmp_path, PRINT], [])[0].roles["symbols"].faces[0].regular.family == "Symbola"


# Bold


def ink(pdf: Path, top: float, bottom: float) -> int:
    """How much of a band of the first page, in pt from its top, is dark."""
    done = subprocess.run(["pdftoppm", "-r", "288", "-gray", "-png", "-f", "1", "-l", "1", pdf], capture_output=True, check=True)
    picture = Image.open(io.BytesIO(done.stdout)).crop((0, int(top * 4), 2000, int(bottom * 4)))
    return sum(255 - value for value in picture.tobytes())


@pytest.mark.parametrize("role", ["kai", "fang", "hei", "song"])
def test_bold_is_really_bold(configured, tmp_path, role):
    """Bold text has more than 1.2 times the ink of regular text, also in 楷体 and in 仿宋, which has no bold face."""
    text = "常州市第四批双减工作优秀案例"
    style = f"font: WEIGHT 16pt/40pt {families(role)}"
    pdf = pdf_of(tmp_path, "".join(f'<p style="{style.replace("WEIGHT", w)}">{text}' for w in ("400", "700")), configured)

    regular, bold = ink(pdf, 20, 60), ink(pdf, 60, 100)
    assert regular > 0 and bold > 1.25 * regular


@pytest.mark.parametrize(("color", "wanted"), [("device-cmyk(0 0 0 1)", ("/DeviceCMYK", 0, 0, 0, 1)), ("#a8321f", (0.6588, 0.1961, 0.1216))])
def test_a_stroke_has_the_colour_of_its_text(configured, tmp_path, color, wanted):
    """What is stroked to be bold is stroked in the ink that fills it, black alone in print, and nothing after it is stroked."""
    style = f"font: 700 16pt/40pt {families('fang')}; color: {color}"
    pdf = pdf_of(tmp_path, f'<p style="{style}">仿宋镕<p style="font: 16pt/40pt {families("song")}">宋体', configured)

    mode, fill, stroke, drawn = 0, (), (), []
    with pikepdf.open(pdf) as document:
        for operands, operator in pikepdf.parse_content_stream(document.pages[0]):
            values = tuple(
                str(v) if isinstance(v, pikepdf.Name) else round(float(v), 4)
                for v in operands
                if not isinstance(v, (pikepdf.Array, pikepdf.String, pikepdf.Dictionary))
            )
            match str(operator):
                case "Tr":
                    mode = values[0]
                case "cs" | "CS":
                    fill, stroke = (values, stroke) if str(operator) == "cs" else (fill, values)
                case "rg" | "scn":
                    fill = (fill[0], *values) if str(operator) == "scn" else values
                case "RG" | "SCN":
                    stroke = (stroke[0], *values) if str(operator) == "SCN" else values
                case "w":
                    width = values[0]
                case "TJ" | "Tj":
                    drawn.append((mode, fill, stroke))
                    assert mode != 2 or width == pytest.approx(0.03 * 16 / 0.75, abs=0.01)
    assert [each[0] for each in drawn] == [2, 0, 0]
    assert drawn[0] == (2, wanted, wanted)


# Books


def built(make, found, files, settings="title: 小案例库\n", fonts=()):
    """A collection with fonts of its own, and the PDF of its one book."""
    folder = make(files, settings)
    for path in fonts:
        target = folder / "theme" / "fonts" / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    ran = run("-C", folder, "book", "-o", folder / "made.pdf")
    assert ran.code == 0, ran.words
    return folder / "made.pdf"


@pytest.mark.parametrize("text", [SAMPLE + "0123456789ivxlcdm—", SAMPLE])
def test_page_numbers_work_with_any_font(make, found, tmp_path, text):
    """Page numbers are printed with the bureau's TrueType 宋体; where it lacks their figures, with the next face."""
    font = own_font(tmp_path / "宋体.ttf", "SimSun", "SimSun", face_of("kai", found), text=text)
    pdf = built(make, found, {"a.md": case_text("甲", body="中国书事" * 20)}, fonts=[font])

    numbers = [line for line in read_lines(pdf) if re.fullmatch(r"— ?1 ?—", line.text)]
    assert numbers and subprocess.run(["qpdf", "--check", pdf], capture_output=True, check=False).returncode == 0
    assert "中国书事中国书事" in "".join(line.text for line in read_lines(pdf) if line.font == "SimSun")


def test_the_same_fonts_make_the_same_bytes(make, found, tmp_path):
    """With the same cases and fonts a book is the same, byte for byte."""
    files = {"a.md": case_text("甲", body=f"## 小标题\n\n*王{RARE}*，**加粗**。")}
    first = built(make, found, files).read_bytes()
    assert built(make, found, files).read_bytes() == first


def test_no_font_file_is_in_the_repository():
    """Fonts belong to others: none is kept in theme/fonts here, and git leaves them out."""
    assert [path.name for path in (ROOT / "theme" / "fonts").iterdir() if path.suffix.lower() in fontfiles.SUFFIXES] == []
    assert "/theme/fonts/*" in (ROOT / ".gitignore").read_text("utf-8")


def test_lengths_of_headers_do_not_crash(tmp_path):
    """A collection of fonts that claims to hold thousands of faces is refused in plain words."""
    (tmp_path / "x.ttc").write_bytes(b"ttcf" + struct.pack(">LL", 0x10000, 5000) + bytes(40))
    _, problems = find_faces([PRINT], [tmp_path])
    assert [problem.path for problem in problems] == ["theme/fonts/x.ttc"]


def test_a_font_of_the_machine_that_was_updated_is_another_one(tmp_path, found, monkeypatch):
    """What no role has is borrowed from whatever is installed: where a file of the same name has other bytes, pieces are laid out anew."""
    (tmp_path / "fonts.conf").write_text(
        f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig><dir>{tmp_path}/installed</dir></fontconfig>'
    )
    monkeypatch.setenv("FONTCONFIG_FILE", str(tmp_path / "fonts.conf"))
    store, sums = Store(tmp_path / "cache"), []
    for text in ("甲乙丙", "甲乙丙", "甲乙"):
        if text != "甲乙丙" or not sums:
            own_font(tmp_path / "installed" / "more.otf", "甲体", "Jia", face_of("kai", found), text=text)
        here = find_faces([PRINT], [], frozenset("中"), store)[0]
        sums.append(recipe(here, "", read_profile("big16", [PRINT]), "screen", None, store).sum)
    assert sums[0] == sums[1] != sums[2]


def test_what_is_kept_of_a_font_is_what_it_is(tmp_path, found):
    """Faces from a store are those of the files: names, characters, marks, darkness; another file in the place of one is judged anew."""
    store, font = Store(tmp_path / "cache"), tmp_path / "fonts" / "仿宋.otf"
    own_font(font, "甲体", "Jia", face_of("kai", found))
    os.utime(font, (1_000_000_000, 1_000_000_000))

    def facts(store: Store) -> list:
        faces_ = find_faces([PRINT], [tmp_path / "fonts"], frozenset("中"), store)[0]
        files = [file for role in faces_.roles.values() for face in role.faces for file in face.files]
        return [(file, file.names, glyphs.characters(file), glyphs.unfit(file), glyphs.darkness(file)) for file in files]

    first = facts(NO_STORE)
    assert facts(store) == first
    for each in (fontfiles._read_face, glyphs._characters, glyphs._unfit, glyphs._darkness):
        each.cache_clear()  # as in a new process
    assert facts(store) == first and len(list((tmp_path / "cache" / "face").rglob("*/*"))) >= len(first)
    own_font(font, "乙体", "Yi", face_of("kai", found), text="甲乙")
    assert facts(store) == facts(NO_STORE) != first


def test_what_a_face_has_is_one_set_for_every_folder(found, tmp_path):
    """The characters of a face are made out once in a process, whichever folder of what was made keeps them."""
    file = found.roles["song"].faces[0].regular
    sets = [glyphs.characters(fontfiles.read_face(file.path, file.index, Store(tmp_path / name))) for name in "ab"]

    assert sets[0] is sets[1] and ord("中") in sets[0]


def test_what_no_face_has_is_found(found):
    """Of some characters those are found that none of the faces has; where no face has any, nothing is said of them."""
    assert coverage.missing(frozenset("中\U000f0000"), found) == {"\U000f0000"}
    assert coverage.missing(frozenset("中\U000f0000"), faces.Faces({}, frozenset())) == frozenset()
