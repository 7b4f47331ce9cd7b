"""Word files as the intake takes them: what stands in them, what is told of them, what is refused. See `taken`."""

import re

from lxml import etree

from badparts import compound, member, with_names
from casepress.intake import blocks, casetables, forms, glyphs, grids, guises, numbering, packages, pointing, prepared, single
from casepress.intake.answers import Found
from casepress.intake.blocks import Read, Shown
from casepress.intake.wordxml import on, val, whole
from taken import KNOWN, block, found, grid, long, of_data, para, paras, refused, table, word
from wordparts import NAMES, control, field, p, package, part, r, relations, style, tbl, tc, tr, zipped
from wordplants import picture, png

LINKS = [
    ("pic", "image", "media/image1.png", False),
    ("web", "hyperlink", "https://example.org/a b", True),
    ("mail", "hyperlink", "mailto:a@b.cn", True),
]
MEDIA = {"word/media/image1.png": png()}
NOTES = {"footnotes": "word/footnotes.xml", "endnotes": "word/endnotes.xml"}
BODY = p("题目") + p(long() + "。")


def element(xml: str):
    return etree.fromstring(f"<w:x {NAMES}>{xml}</w:x>")[0]


def of_glyphs():
    """Every letter of the fonts of symbols, and what fields say."""
    for font in ("Wingdings", "wingdings 2", "Webdings", "Symbol", "宋体", ""):
        yield f"{font} {''.join(glyphs.sign(font, code) or '.' for code in range(0x10, 0x100))}"
        yield f"  {''.join(glyphs.sign(font, code) or '.' for code in (*range(0xEFF0, 0xF110), 0xE000, 0xDFFF + 0x1901, 0x4E00, 0x20, 0x1F))}"
    yield "".join(glyphs.of_nobody(chr(code)) or "." for code in (*range(0xEFFE, 0xF102), 0x52, 0xFE))
    entries = "".join(f'<w:listEntry w:val="{word}"/>' for word in ("请选择", "小学", "——", "初中"))
    drops = [f"<w:ddList>{more}{entries}</w:ddList>" for more in ("", '<w:result w:val="1"/>', '<w:default w:val="3"/>', '<w:result w:val="2"/><w:default w:val="1"/>', '<w:result w:val="4"/>', '<w:result w:val="x"/>')]  # fmt: skip
    boxes = [
        "<w:checkBox/>",
        "<w:checkBox><w:default/></w:checkBox>",
        '<w:checkBox><w:default/><w:checked w:val="0"/></w:checkBox>',
        "<w:textInput/>",
    ]
    for inside in (*drops, *boxes):
        for has in (False, True):
            yield f"{inside.replace(entries, '')} {has} {glyphs.said_by(' FORM ', element(f'<w:ffData>{inside}</w:ffData>'), has)!r}"
    codes = [" FORMCHECKBOX ", "macrobutton x 单击此处", "MACROBUTTON x 甲\n校", "SYMBOL 254 \\f Wingdings", 'symbol 0xA8 \\f "Wingdings"', "SYMBOL 65", "EQ \\o(□,√)", "EQ \\o\\ac(○,5)", "EQ \\x(√)", "EQ □√", "EQ \\f( 1 ， 2 )", "eq \\s\\up 5(甲)", "EQUAL", "PAGE", "EQ \\o(□)", "EQ √", "EQ \\b(√)"]  # fmt: skip
    for code in codes:
        yield f"{code!r} {glyphs.said_by(code, None)!r} {glyphs.said_by(code, None, True)!r}"


def of_numbers():
    """Numbers of lists as they are said, and lists as they count."""
    kinds = (
        "decimal",
        "decimalZero",
        "chineseCounting",
        "ideographTraditional",
        "japaneseCounting",
        "taiwaneseDigital",
        "ideographEnclosedCircle",
        "decimalEnclosedCircle",
        "decimalEnclosedCircleChinese",
        "upperLetter",
        "lowerLetter",
        "upperRoman",
        "lowerRoman",
        "none",
    )
    numbers = (1, 2, 9, 10, 11, 19, 20, 21, 26, 27, 52, 53, 99, 100, 101, 110, 999)
    for kind in map("".join, kinds):  # as a file has it, no constant of the program
        yield f"{kind} {' '.join(numbering.said(number, kind) for number in numbers)}"
    yield " ".join(numbering.said(number, "upperRoman") for number in range(1, 1100, 7)) + " ".join(
        numbering.said(n, "chinese") for n in range(1, 120)
    )
    levels = {
        "a": {0: numbering.Level(3, "chineseCounting", "%1、"), 1: numbering.Level(1, "decimal", "%1.%2"), 2: numbering.Level(5, "decimal", "%3、")},
        "b": {0: numbering.Level(text="%1."), 1: numbering.Level(text=" %2 "), 2: numbering.Level(kind="bullet", text="")},
        "c": {0: numbering.Level(1, "bullet", "\uf0a8", "Wingdings"), 1: numbering.Level(1, "bullet", "\uf052", "Wingdings 2"), 2: numbering.Level(1, "bullet", "•", "Symbol"), 3: numbering.Level(1, "none", "x")},
    }  # fmt: skip
    made = numbering.Numbers(levels)
    for key, depth in (
        ("a", 0),
        ("a", 0),
        ("a", 1),
        ("a", 1),
        ("a", 2),
        ("a", 2),
        ("a", 1),
        ("a", 2),
        ("a", 0),
        ("a", 1),
        ("b", 0),
        ("b", 1),
        ("b", 2),
        ("b", 0),
        ("c", 0),
        ("c", 1),
        ("c", 2),
        ("c", 3),
        ("x", 0),
        ("x", 8),
        ("x", 8),
    ):
        yield f"{key} {depth} {made.next(key, depth, False)} {numbering.Numbers(levels).next(key, depth, True)}"
    level = lambda n, inside: f'<w:lvl w:ilvl="{n}">{inside}</w:lvl>'  # noqa: E731
    font = '<w:rPr><w:rFonts w:ascii="甲" w:hAnsi="乙"/></w:rPr>'
    kind = (
        level(0, '<w:start w:val="2"/><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/>' + font)
        + level(9, font.replace('w:ascii="甲"', ""))
        + level("x", "<w:rPr/>")
    )
    text = part(
        "numbering",
        f'<w:abstractNum w:abstractNumId="7">{kind}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>',
    )
    yield f"{numbering.read(text.encode())} {numbering.read(None)}"
    for text in (None, "", "3", "70000", "-1", "1" * 11, "1" * 12, "٣", "x"):
        yield f"{text} {whole(text, 4, 63)}"
    for said in ("1", "true", "on", "0", "false", "off", "none", ""):
        yield f"{said} {on(element(f'<w:b w:val={said!r}/>'))} {on(element('<w:b/>'))} {on(None)} {val(None)!r}"


def of_words():
    """What stands in a document, block by block, as it is read."""
    styles = style("h", "heading 2") + style("x", "我的标题", "h") + style("cap", "题注") + style("toc", "TOC 1") + style("hid", "Hid", props="<w:rPr><w:vanish/></w:rPr>") + style("low", "Low", "h", '<w:pPr><w:outlineLvl w:val="9"/></w:pPr>') + style("o", "O", props='<w:pPr><w:outlineLvl w:val="0"/><w:numPr><w:numId w:val="1"/><w:ilvl w:val="1"/></w:numPr></w:pPr>') + style("ph", "Placeholder Text", kind="character") + style("del", "删去", kind="character", props="<w:rPr><w:strike/></w:rPr>") + style("t", "Title") + style("loop", "甲", "loop2") + style("loop2", "乙", "loop")  # fmt: skip
    numbers = part("numbering", '<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl><w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>')  # fmt: skip
    num = lambda depth: f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="1"/></w:numPr>'  # noqa: E731
    styles += "".join(style(f"h{n}", f"heading {n}") + style(f"b{n}", f"标题 {n}") for n in range(1, 10))
    bodies = {
        "styles": "".join(p(name or "无", style=name) for name in ("", "h", "x", "cap", "toc", "low", "o", "t", "loop", "none")) + p(r("藏", "<w:vanish/>"), r("露", '<w:vanish w:val="0"/>')) + p("全藏", style="hid") + p(r("露了", '<w:vanish w:val="0"/>'), style="hid") + p("级", props='<w:outlineLvl w:val="8"/>') + p("平", style="h", props='<w:outlineLvl w:val="9"/>'),
        "levels": "".join(p(f"级{n}", style=f"h{n}") + p(f"层{n}", style=f"b{n}") for n in range(1, 10)),
        "numbers": "".join(p(f"第{n}", props=num(n)) for n in (0, 1, 1, 2, 0, 1)) + p("无号", props='<w:numPr><w:numId w:val="0"/></w:numPr>') + p("题", style="h", props=num(0)),
        "marks": p(r("粗", "<w:b/>")) + p(r("粗", "<w:b/>"), "细") + p(r(" 斜 ", "<w:i/>"), r("2", '<w:vertAlign w:val="superscript"/>'), r(" ", '<w:vertAlign w:val="subscript"/>')) + p('<w:hyperlink r:id="web">' + r("网") + "</w:hyperlink>", '<w:hyperlink r:id="mail">' + r("信") + "</w:hyperlink>", '<w:hyperlink r:id="web">' + r("https://example.org/a b") + "</w:hyperlink>", '<w:hyperlink r:id="gone">' + r("断") + "</w:hyperlink>") + p("甲\n乙\t丙", "<w:r><w:cr/><w:t>丁</w:t><w:ptab/></w:r>") + p("&lt; &amp;x; &#60; & *a* _b_ `c` [d] <e> #f |g ~h =i ^j $k \\l"),
        "pictures": p("前", picture(), "后") + p(picture()) + p("图1", style="cap") + p(picture("gone")),
        "tables": table(("a", tc("宽", 2)), ("b", "c", "d")) + tbl(tr(tc("高", merge="restart"), "e"), tr(tc("", merge="continue"), "f"), tr("g", tc(table(("里", "外")))), columns=2) + p("尾"),
        "changes": p("<w:ins>" + r("加") + "</w:ins><w:del><w:r><w:delText>删</w:delText></w:r></w:del>", "留") + tbl(tr("删行", props="<w:del/>"), tr("留行")) + p("<w:moveFrom>" + r("移走") + "</w:moveFrom><w:moveTo>" + r("移来") + "</w:moveTo>", "<w:smartTag>" + r("智") + "</w:smartTag>") + "<w:customXml>" + p("块") + "</w:customXml>",
        "several": p("前") + control(p("一") + p("二") + p("三")) + p("<w:smartTag>" + r("甲") + r("乙") + r("丙") + "</w:smartTag>", "丁") + p("后"),
        "controls": control(p("内容")) + control(p("请填"), empty=True) + p(control(r("行内")), control(r("占位", '<w:rStyle w:val="ph"/>') + r("实"))) + control(p("目录"), '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>') + control(p("别的"), '<w:docPartObj><w:docPartGallery w:val="Cover Pages"/></w:docPartObj>') + "".join(p(control(inside, f'<w14:checkbox><w14:checked w14:val="{checked}"/></w14:checkbox>'), "项") for checked, inside in (("1", r("x") + r("y")), ("true", r("☐")), ("0", r("☐")), ("on", ""), ("off", r("z")))) + control("<w:p/>", "<w14:checkbox/>") + "<w:sdt><w:sdtPr/></w:sdt>",
        "fields": p("甲", field("TOC \\o", r("目录")), "乙", field("PAGE", r("3")), field("REF x", r("引")), field("FORMCHECKBOX"), "丙") + p("<w:fldSimple w:instr='NUMPAGES'>" + r("9") + "</w:fldSimple><w:fldSimple w:instr='DATE'>" + r("今") + "</w:fldSimple><w:fldSimple w:instr='MACROBUTTON a 单击'/><w:fldSimple w:instr='SYMBOL 254 \\f Wingdings'/>") + p(field("IF 1", field("PAGE", r("7")) + r("果"))) + p(field(" INDEX ", r("索"))) + p(field("IF 2", "".join(f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>{then}' for kind, then in (("begin", r("码")), ("separate", r("里")), ("end", r("外")))))) + p('<w:r><w:fldChar w:fldCharType="end"/></w:r>', "独"),
        "symbols": p('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', '<w:r><w:sym w:font="怪体" w:char="F0FF"/></w:r>', '<w:r><w:sym w:font="Symbol" w:char="xyz"/></w:r>', r("R£x", '<w:rFonts w:ascii="Wingdings 2"/>'), r("\uf052\uf0a8甲\uf001", '<w:rFonts w:hAnsi="宋体"/>')),
        "lists that go on": "".join(p(text, props=props) for text, props in (("题", ""), ("甲", num(1)), ("乙", num(1)), ("", ""), ("丙", num(1)), ("点", num(2)), ("丁", num(1)), ("话", ""), ("戊", num(1)), ("己", num(1)), ("点", num(2)), ("庚", num(1)), ("大", num(0)), ("辛", num(1)))) + table((tc(p("壬", props=num(1))), tc(p("癸", props=num(1)))), columns=2),
        "struck out": p("留", r("划", "<w:strike/>"), r("掉", "<w:dstrike/>"), r("下", '<w:strike w:val="0"/>'), r("全", '<w:rStyle w:val="del"/>')) + p(r("整段", "<w:strike/>"), props=num(0)) + p("接着", props=num(0)) + p("图", '<w:r><w:rPr><w:strike/></w:rPr><w:t>字</w:t>' + picture()[len("<w:r>"):]) + p("☑小学 ", r("☑初中", "<w:strike/>"), r("藏", "<w:strike/><w:vanish/>")) + table((tc(r("格里", "<w:strike/>")), "别的"), columns=2),
        "letters of a font of symbols": p(r("J R小 学", '<w:rFonts w:ascii="Wingdings"/>'), r("\uf04a\uf0fe", '<w:rFonts w:ascii="Wingdings"/>')),
        "ruby": p("<w:r><w:ruby><w:rt>" + r("pīn") + "</w:rt><w:rubyBase>" + r("拼") + "</w:rubyBase></w:ruby></w:r>", "后"),
        "boxes": p("挂", '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>' + p("框一") + p("框二") + "</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>" + p("旧框") + "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>", "尾") + p('<w:r><w:pict><v:shape><v:textpath string="艺术字"/><v:textpath string=" "/></v:shape></w:pict></w:r>') + p("<mc:AlternateContent><mc:Fallback>" + r("只有后备") + "</mc:Fallback></mc:AlternateContent>"),
        "aside": p("<w:r><w:object/></w:r>", "<w:altChunk/>", "<w:r><w:drawing><a:graphic><a:graphicData uri='http://x/chart'><a:t>图里字</a:t></a:graphicData></a:graphic></w:drawing></w:r>", "<w:r><w:drawing><a:graphic><a:graphicData uri='http://x/picture'/></a:graphic></w:drawing></w:r>") + p(f"<m:oMath xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'><m:r><m:t>{'x' * 31}</m:t></m:r></m:oMath>") + p("正"),
    }  # fmt: skip
    for name, body in bodies.items():
        data = package(body, styles, {"numbering.xml": ("numbering", numbers)}, LINKS, MEDIA)
        opened = packages.opened(data, "word")
        plain, remarks = prepared.prepared(opened)
        read = blocks.read(plain, opened.parts)
        yield name
        yield from (f"  {block(one)}" for one in read.blocks)
        yield f"  {len(read.pictures)} pictures {[one[0] == png() for one in read.pictures]} {read.notes}"
        yield from (f"  told: {remark}" for remark in remarks)


def of_notes():
    """Notes, heads and feet of pages, comments, pictures, as cases and messages."""
    note = lambda kind, n, text: f'<w:{kind} w:id="{n}">{text if text.startswith("<") else p(text)}</w:{kind}>'  # noqa: E731
    mark = lambda kind, n: f'<w:r><w:{kind}Reference w:id="{n}"/></w:r>'  # noqa: E731
    parts = {
        "footnotes.xml": ("footnotes", part("footnotes", note("footnote", 1, "脚一") + note("footnote", 2, tbl(tr("格一", "格二"))) + note("footnote", 3, "没人指"))),
        "endnotes.xml": ("endnotes", part("endnotes", note("endnote", 1, p("尾一") + p("再一段")))),
        "comments.xml": ("comments", part("comments", note("comment", 1, "批一") + note("comment", 2, "批二"))),
        "header1.xml": ("header", part("hdr", p("眉头的字"))), "header2.xml": ("header", part("hdr", p("第 1 页"))), "footer1.xml": ("footer", part("ftr", p("— 脚下 —") + p("题目"))),
    }  # fmt: skip
    body = (
        p("题目")
        + p("背景", mark("footnote", 1), style="h")
        + p(long(), mark("footnote", 2), mark("endnote", 1), mark("footnote", 9), "。")
        + p(picture(), picture("none"))
        + p("图1 题", style="cap")
    )
    more = style("h", "heading 1") + style("cap", "caption")
    yield from of_data(package(body, more, parts, [*LINKS, ("none", "image", "media/none.png", False)], MEDIA))
    form = table(("案例名称", "题"), ("学校", p("甲校", mark("footnote", 1))), columns=2) + p("一、背景") + p(long())
    yield from of_data(package(form, more, {"footnotes.xml": parts["footnotes.xml"], "header1.xml": parts["header1.xml"]}))
    yield from word("") + word(p(picture()), links=LINKS, media=MEDIA) + word(BODY + p("职务：主任"))
    root = etree.fromstring(part("document", f"<w:body>{body}<w:altChunk/><w:altChunk r:id='web'/></w:body>").encode())
    rels = relations([*LINKS, ("none", "image", "/word/media/image1.png", False)]).encode()
    yield f"{sorted(pointing.tidy(root, {'word/_rels/document.xml.rels': rels, 'word/media/image1.png': b''}, 'word/document.xml', NOTES))} {len(list(root.iter()))}"
    yield f"{sorted(pointing.tidy(root, {}, 'word/document.xml', NOTES))} {len(list(root.iter()))}"


def of_forms():
    """Tables of forms: values with their places, what is doubtful, the case."""
    text, sentence = long() + "。", "孩子们不再蹲在校门口写字了。"
    tables = {
        "plain": grid(("案例名称", "题"), ("学校", "甲校"), ("职务", "主任"), ("意见", "同意"), ("日期", "9 月"), ("负责人", "")),
        "heads": grid(("负责人", "联系人", "邮箱"), ("李四", "王五", "a@b.cn"), ("又", "一", "行")),
        "people below": grid(("姓名", "电话", "职称"), ("李四", "1", "高级")),
        "people of a label": grid((("负责人", 2, 1), "姓名", "电话"), (None, "李四", "123")),
        "a label over others": grid((("联系人", 1, 2), None), ("姓名", "电话"), ("王五", "456")),
        "below": grid(("案例名称",), ("题目在下",)),
        "several rows": grid((("学段", 2, 1), "□小学", "☑初中"), (None, "□高中", "")),
        "marks above": grid(("学段", "☑", "□"), (None, "小学", "初中")),
        "marks beside": grid((("学段", 2, 1), "□", "☑"), (None, "小学", "初中"), ("学校", "甲", "")),
        "marks below": grid((("学段", 2, 1), "小学", "初中"), (None, "☑", ""), ("学校", "甲", "")),
        "writers": grid((("撰写人", 2, 1), "李四"), (None, "王五")),
        "joined": grid(("联系人及电话", "王五 123"), ("负责人、电话", "李四"), ("联系人/邮箱", "")),
        "text": grid(("学校", "甲"), ("案例正文", text), ("背景", text), ("做法（怎么做的）", sentence), ("特长", "跑步"), ("一、成效", "短的一句")),
        "text below": grid(("学校", "甲"), (("背景", 1, 2), None), ((text, 1, 2), None)),
        "one cell": grid(("学校：甲校\n负责人：李四\n" + text,)),
        "label in its cell": grid(("学段\n□小学\n☑初中", "学校\n甲校"), (text, "x")),
        "nobodys": grid(("学校", "甲"), ("学校意见", text), ("说明", "承诺书\n" + text), (text, "签字盖章")),
        "inner": grid(("学校", "甲"), ("背景", [para(text), grid(("月", "人"), ("九", "6"))]), ("附", [grid(("负责人", "李四"))])),
        "pictures": grid(("学校", "甲"), ("照片", [Shown(0), para("图一", caption=True), para("别的")]), ("背景", [para(text), Shown(1)])),
        "captions": grid(("学校", "甲"), ("特长", [para("散题", caption=True), Shown(2), para("图三", caption=True), para("尾题", caption=True)])),
        "phones": grid(("学校", "甲"), ("地址", "请拨打电话0519-1234567联系我们吧。"), ("感言", "一二三四五六七八九十一二三。"), ("感言", "一二三四五六七八九十一二三四。")),
        "numbered": grid(("学校", "甲"), ([para("一、背景")], text), ([para("粗题", bold=True)], sentence), ([para("正文", 1)], text)),
    }  # fmt: skip
    for name, one in tables.items():
        yield name
        made = Found()
        grids.read(one, KNOWN, made, "表")
        yield from found(made)
        for each in forms.found_in(Read([para("甲小学申报表"), one, para("（续表）"), para("一、背景"), para(text)]), KNOWN):
            yield f"  as a form: {each.values} {[block(one) for one in each.body]} {each.doubts} {each.unasked}"
        shown = casetables.gallery(one, KNOWN)
        yield f"  {casetables.is_data(one, KNOWN)} {shown and list(map(block, shown))} {[(single.is_text(cell), single.is_long(cell), single.title_of(cell), single.asks(cell, KNOWN)) for cell in one.cells][:6]}"
    galleries = [grid(([Shown(0)], [Shown(1)]), ("图一", "图二")), grid(([Shown(0), para("里")], "旁"), ("下", "□")), grid(([Shown(0)],), ([Shown(1)],), ("词",)), grid(([Shown(0)], long(size=60))), grid(([Shown(0)], long(size=61))), grid(([Shown(0)], "学校"))]  # fmt: skip
    for one in galleries:
        shown = casetables.gallery(one, KNOWN)
        yield f"gallery {shown and list(map(block, shown))}"
    title = lambda name: grid(("案例名称", name), ("学校", "甲"))  # noqa: E731
    whole_ = {
        "two forms": [para("申报表"), para("附件"), title("甲"), para("一、背景"), para(text), para("申报表"), para("附件"), title("乙")],
        "the same twice": [title("甲"), para(text), title("甲")],
        "without a line above": [title("甲"), para(text), title("乙"), para("案例名称：丙")],
        "notes": [title("甲"), para("填表说明"), para("1.写清"), para("（2）写全"), para("后面"), para("承诺书"), para("本人承诺"), para(text)],
        "a manuscript behind": [title("甲"), para("甲"), para("——副题"), para("乙小学 李四"), para(text)],
        "a line above its title": [title("甲"), para("短行"), para("甲"), para("乙小学 李四"), para(text), para("又一段" + text)],
        "not its title": [title("甲"), para(text), para("甲")],
        "only short": [title("甲"), para("短"), para("短短"), Shown(0)],
        "label lines": [title("甲"), para("特长：跑步"), para("爱好：＿＿"), para("一、背景"), para(text)],
        "few values": [para("题目"), para("学校：甲校"), para(text)],
        "four values": [para("题目"), *paras("学校：甲校", "负责人：李", "邮箱：a", "联系人：乙"), para(text)],
        "signed": [para("题目"), para(text), para("（甲小学 李四）")],
    }  # fmt: skip
    for name, several in whole_.items():
        yield name
        for each in forms.found_in(Read(several), KNOWN):
            yield from found(each)


def of_packages():
    """What is refused, and what is left out and told."""
    data = package(BODY)
    cases = {
        "text": b"abc", "a link out": with_names(["../x"], data), "a path": with_names(["/x"], data), "a drive": with_names(["c:x"], data), "back": with_names(["a\\..\\b"], data),
        "a link": with_names(["x"], data, mode=0o120777), "twice": with_names(["WORD/document.xml"], data), "folder": with_names(["a/"], data), "locked": with_names(["x"], data, flags=1), "cut": data[:-30], "cut early": data[:300],
        "doctype": member(data, "word/document.xml", "<!DOCTYPE a><a/>"), "late": member(data, "word/document.xml", "<a>" + " " * 5000 + "<!DOCTYPE a></a>"), "none": member(data, "word/document.xml", None), "no xml": member(data, "word/document.xml", "<a>"), "no body": member(data, "word/document.xml", part("document", "")),
        "200 deep": member(data, "word/document.xml", "<a>" * 200 + "</a>" * 200), "201 deep": member(data, "word/document.xml", "<a>" * 201 + "<b/>" + "</a>" * 201),
        "4000 parts": with_names([f"x{n}" for n in range(3995)], data), "4001 parts": with_names([f"x{n}" for n in range(3996)], data),
        "sheet": zipped({"xl/workbook.xml": "<a/>"}), "slides": zipped({"ppt/presentation.xml": "<a/>"}), "odt": zipped({"mimetype": "application/vnd.oasis.x"}), "zip": zipped({"a.txt": "x"}), "half": zipped({"word/x.xml": "<a/>"}),
    }  # fmt: skip
    for name, one in cases.items():
        for wanted in ("word", "sheet"):
            yield f"{name} {wanted} " + " ".join(
                refused(
                    lambda one=one, wanted=wanted: (lambda made: [f"{made.main} {sorted(made.parts)[:3]} {made.left_out}"])(
                        packages.opened(one, wanted)
                    )
                )
            )
    utf16 = '<?xml version="1.0" encoding="UTF-16"?><a>甲</a>'.encode("utf-16")
    yield etree.tostring(packages.tree(utf16), encoding="unicode")
    kinds = [
        ("a", "image", "http://x/y.png", True),
        ("b", "attachedTemplate", "file:///c", True),
        ("c", "oleObject", "\\\\srv\\x", False),
        ("d", "image", "../../x.png", False),
        ("e", "image", "../x.png", False),
        ("f", "hyperlink", "http://x", True),
        ("g", "image", "//srv", False),
    ]
    for several in (kinds[:1], kinds[:2], kinds[2:3], kinds[3:4], kinds[4:5], kinds[5:6], kinds[6:], kinds):
        made = packages.opened(package(BODY, links=several), "word")
        yield f"{[one[0] for one in several]} {made.left_out} {re.findall('Id=.(.)', made.parts['word/_rels/document.xml.rels'].decode())}"
    for size in (4 << 20, (4 << 20) + 1):
        bomb = member(with_names(["word/x.bin"], data), "word/x.bin", bytes(size))
        yield f"{size} " + " ".join(refused(lambda bomb=bomb: [str(len(packages.opened(bomb, "word").parts))]))
    heads = [b"", b"PK\x03\x04", b"%PDF-", b" " * 1000 + b"%PDF-", b" " * 1001 + b"%PDF-", b"{\\rtf", b"\xff\xd8\xff", b"BM12340000\0\0", b"....ftypheic", b"....ftypmp42", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"<html>", b"<?xml version='1.0'?><Workbook ", b"plain", "文字".encode("gb18030"), "文字".encode()[:-1], "ab😀".encode("utf-16")[:-2], "文字".encode("utf-16"), b"\0\1\2", b"a\0b", compound("WordDocument"), compound("EncryptedPackage")]  # fmt: skip
    for head in heads:
        told = [guises.told(head, wanted) for wanted in ("word", "sheet", "pdf", "text")]
        yield f"{head[:16]!r} {len(head)} {guises.guise(head)} {guises.has_password(head)}"
        yield from (f"  {one.kind} {one.what}。{one.cure}" for one in told)
    yield f"another sign {guises.has_password(bytes(512) + bytes([255]) * 12 + bytes(500))}"
    locked = bytearray(2048)
    for at, flag in ((1024, 1), (1024, 0), (512, 1), (0, 1), (1536, 3), (513, 1)):
        one = bytes(locked[:at]) + b"\xec\xa5" + bytes(9) + bytes([flag]) + bytes(2048 - at)
        yield f"{at} {flag} {guises.has_password(one)} {guises.has_password(one[: at + 11])}"


AREAS = {"glyphs": of_glyphs, "numbers": of_numbers, "words": of_words, "notes": of_notes, "forms": of_forms, "packages": of_packages}
