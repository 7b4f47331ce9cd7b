"""Further shapes of forms and manuscripts in which words stand where a reader of files may overlook them: SHAPES as bytes by name.

Each is one that schools send; whether nothing of it is lost is asked by `wordeyes`.
"""

from collections.abc import Callable

import wordlayouts as layouts
from wordcase import EXPECTED, SECTIONS, THEMES_001
from wordlayouts import cover, long, rows, title, value
from wordmanuscripts import WPS, manuscript, notes, styled
from wordparts import control, field, p, package, part, ps, r, tbl, tc, tr
from wordplants import picture, png
from wordticks import TICKS

BALLOT = TICKS["ballot-before"]
TEXTS = [text for texts in SECTIONS.values() for text in texts]
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/"


def form(*more: str, after: str = "", **changed: str) -> str:
    """The form of 001 with further rows before its long cell, some rows changed (row0=…), and blocks behind it."""
    made = rows(BALLOT)
    for name, row in changed.items():
        made[int(name.removeprefix("row"))] = row
    return title() + cover() + tbl(*made[:5], *more, *made[5:]) + after


def pair(label: str, answer: str) -> str:
    """A row of a label and what somebody wrote."""
    return tr(label, tc(answer, 3))


def drawn(kind: str, content: str) -> str:
    """A drawing of a kind, in a run."""
    data = f'<a:graphicData uri="{DRAWING}{kind}">{content}</a:graphicData>'
    return f'<w:r><w:drawing><wp:inline><wp:extent cx="9" cy="9"/><a:graphic>{data}</a:graphic></wp:inline></w:drawing></w:r>'


def art(words: str) -> str:
    """WordArt of old Word."""
    return f'<w:r><w:pict><v:shape style="width:200pt"><v:textpath string="{words}"/></v:shape></w:pict></w:r>'


def boxed(content: str) -> str:
    """A text box within a group of shapes."""
    inner = f"<wps:wsp><wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx></wps:wsp>"
    uri = "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"
    data = f'<a:graphicData uri="{uri}"><wpg:wgp xmlns:wpg="{uri}">{inner}</wpg:wgp></a:graphicData>'
    return f"<w:r><w:drawing><wp:anchor><a:graphic>{data}</a:graphic></wp:anchor></w:drawing></w:r>"


def canvas() -> str:
    """A drawing that was pasted from slides, with words in its shapes."""
    shape = '<lc:lockedCanvas xmlns:lc="{0}"><a:sp><a:txSp><a:txBody><a:p><a:r><a:t>{1}</a:t></a:r></a:p></a:txBody></a:txSp></a:sp></lc:lockedCanvas>'
    return form(after=p(drawn("lockedCanvas", shape.format(DRAWING + "lockedCanvas", "先写作业，再去学艺"))))


def charted() -> bytes:
    """A chart with words, and a diagram with words."""
    chart = f'<c:chart xmlns:c="{DRAWING}chart" r:id="chart"/>'
    smart = f'<dgm:relIds xmlns:dgm="{DRAWING}diagram" r:dm="dgm"/>'
    body = form(after=p(drawn("chart", chart)) + p(drawn("diagram", smart)))
    text = '<?xml version="1.0" encoding="UTF-8"?><x xmlns:a="{0}main"><a:t>{1}</a:t></x>'
    media = {
        "word/charts/chart1.xml": text.format(DRAWING, "参加人数逐月变化").encode(),
        "word/diagrams/data1.xml": text.format(DRAWING, "投票、排课、请师傅").encode(),
    }
    links = [("chart", "chart", "charts/chart1.xml", False), ("dgm", "diagramData", "diagrams/data1.xml", False)]
    return package(body, links=links, media=media)


def noted(where: str, paragraphs: str = "") -> bytes:
    """A note on the title, on a heading, or in a cell that answers a label."""
    mark = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    note = notes("footnotes", "本文是县级课题的一部分。")
    note = note if not paragraphs else (note[0], note[1].replace("</w:footnote></w:footnotes>", f"{paragraphs}</w:footnote></w:footnotes>"))
    if where == "cell":
        return package(form(row0=tr("学校", p(value("学校"), mark), "学段", layouts.stages(BALLOT))), parts={"footnotes.xml": note})
    body = manuscript(styled("1"), styled("2"))
    target = EXPECTED["案例名称"] if where == "title" else next(iter(SECTIONS))
    at = body.index(target)
    at = body.index("</w:p>", at)
    return package(body[:at] + mark + body[at:], WPS, {"footnotes.xml": note})


def beside_the_table() -> str:
    """Lines before and behind the table that no field asks for."""
    return p("推荐单位：青禾县教研室　　推荐序号之外的话") + form(after=p("附：课程表贴在食堂门口") + p("通讯地址：青禾县柳湾乡一号"))


def promised() -> str:
    """A page of promises, and the text behind it."""
    made = rows(BALLOT)[:5]
    promise = p("承诺书") + p("本单位承诺所报材料真实，没有抄袭。") + p("负责人签字：　　年　月　日")
    return title() + cover() + tbl(*made) + promise + long()


def people() -> str:
    """A table of those who took part, with columns that no field asks for, in a cell and by itself."""
    grid = tbl(tr("参与者", "年龄", "分工"), tr("柳一一", "35", "编排课表"), tr("柳二二", "四十一", "管饭"), columns=3)
    return form(pair("团队", grid.replace("柳", "许")), after=p("团队分工") + grid)


def heads_above() -> str:
    """A row of labels of which the collection knows some, the answers below."""
    made = rows(BALLOT)
    made[1] = tr("负责人", "电话", "教龄", "职称")
    made[2] = tr(value("负责人"), value("负责人电话"), "12年", "一级教师")
    return title() + cover() + tbl(*made[:3], tr("联系人", value("联系人"), "电话", value("联系人电话")), *made[3:])


def listed() -> bytes:
    """An automatic list and a picture in a cell that answers a label, and a list with a picture in the long cell."""
    item = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>'
    inner = "".join(p(words, props=item) for words in ("篾匠进课堂", "兽医讲牲口"))
    behind = p("修农具", picture(), props=item)
    body = form(pair("特色", inner), row5=tr(tc(long() + inner.replace("讲牲口", "讲牛马") + behind, 4)))
    from wordmanuscripts import NUMBERED

    links, media = [("pic", "image", "media/image1.png", False)], {"word/media/image1.png": png()}
    return package(body, parts=NUMBERED, links=links, media=media)


def covered() -> str:
    """A cover page from Word's gallery, with the words that somebody wrote on it."""
    return (
        control(p("柳湾小学申报材料封面语"), '<w:docPartObj><w:docPartGallery w:val="Cover Pages"/><w:docPartUnique/></w:docPartObj>') + form()
    )


def fields() -> str:
    """Results of fields: a merged letter's, a date's, a reference's, one within another, a choice by IF."""
    inner = field(" DATE \\@ yyyy ", r("二〇二六年"))
    nested = field(' IF 1 = 1 "甲" "乙" ', r("满一年") + inner)
    return form(
        pair("荣誉", p(field(" MERGEFIELD 荣誉 ", r("县里的先进")), r("；"), field(" REF _Ref1 \\h ", r("见第三页")))),
        row5=tr(tc(long() + p(r("做了多久："), nested) + p('<w:fldSimple w:instr=" QUOTE x ">' + r("引来的话") + "</w:fldSimple>"), 4)),
    )


def hyphens() -> str:
    """Hyphens that hold together and that show only at the end of a line, a frame, a block of custom XML, text from right to left."""
    runs = "<w:r><w:t>A</w:t><w:noBreakHyphen/><w:t>B 班</w:t><w:softHyphen/><w:t>合上一堂课</w:t></w:r>"
    frame = p("框里的话：孩子先挑", props='<w:framePr w:w="2000" w:wrap="around"/>')
    custom = f'<w:customXml w:uri="u" w:element="e">{p("夹在标记里的话也要收")}</w:customXml>'
    return form(row5=tr(tc(long() + p(runs) + frame + custom + p(f'<w:bdo w:val="ltr">{r("按次序念的话")}</w:bdo>'), 4)))


def equations() -> str:
    """An equation in the text, and a fraction that a field draws."""
    maths = '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>人均=总课时÷人数</m:t></m:r></m:oMath>'
    return form(row5=tr(tc(long() + p(r("算法是"), maths) + p(r("占"), field(" EQ \\f(2,3) "), r("还多")), 4)))


def other_ticked() -> str:
    """An option of nobody's is ticked beside one that is known."""
    made = "  ".join(("☑" if theme in EXPECTED["案例主题"] else "□") + theme for theme in THEMES_001[:4])
    return form(
        row4=tr("案例主题", tc(p(made) + p("☑其他：乡土技艺传承  □家访"), 3)),
        row0=tr("学校", value("学校"), "学段", p("☑小学  □初中  ☑完全中学")),
    )


def prefaced() -> str:
    """A compilation with a foreword and words behind its last case."""
    cases = [("一", "甲案：放学以后"), ("二", "乙案：操场上的科学课"), ("三", "丙案：下雨天的体育")]
    body = "".join(p(f"{number}、{name}") + p(f"青禾县{name[0]}小学　顾安") + p("（一）背景") + ps(TEXTS) for number, name in cases)
    return p("“双减”优秀案例汇编") + p("编者的话：这一册收了三所学校的做法，都在青禾县。") + body


def with_abstract() -> str:
    """A manuscript with what journals ask for between its head and its text, and who pays behind it."""
    head = p(EXPECTED["案例名称"]) + p(f"{EXPECTED['学校']}　{'　'.join(EXPECTED['撰写人'])}")
    more = p("摘要：把一下午分成两段。") + p("关键词：课后服务；乡土课程")
    text = "".join(p(f"{number}、{name}") + ps(texts) for number, (name, texts) in zip("一二三", SECTIONS.items(), strict=True))
    return head + more + text + p("基金项目：青禾县小课题") + p("（责任编辑：柳三三）")


def opinions() -> str:
    """What offices wrote by hand, with names and days."""
    return form(
        tr("学校意见", tc(p("同意推荐，做法扎实。") + p("（盖章）　2026年11月2日"), 3)), after=p("县教育局意见：") + p("经评审，拟予推荐。")
    )


def merged_away() -> str:
    """Words in cells that are merged into the one above, which nobody sees, beside words that are seen."""
    first = tr(tc("获奖", merge="restart"), tc("县一等奖", 3, merge="restart"))
    return form(first + tr(tc("<w:p/>", merge="continue"), tc(p("看不见的旧话"), 3, merge="continue")))


def long_labels() -> str:
    """Labels with units and years, short answers, several to a row."""
    return form(
        tr("2026年在校学生数（人）", "186", "班级数（个）", "6"), pair("是否为农村学校", "是"), pair("网址", "http://example.com/liuwan")
    )


def side_by_side() -> str:
    """A table within a cell beside another, a text box in a cell, and one in a note's place at the margin."""
    left, right = tbl(tr("篾编", "周一"), columns=2), tbl(tr("木工", "周二"), columns=2)
    return form(
        tr("课程", tc(left), "备选", tc(right)),
        pair("旁注", p(boxed(p("旁注里的话：先吃点心")))),
        after=p(boxed(tbl(tr("角落", "框中表"), columns=2))),
    )


SHAPES: dict[str, Callable[[], bytes]] = {
    "word-art": lambda: package(p(art("柳湾小学的艺术字")) + form(after=p(art("结尾的艺术字")))),
    "locked-canvas": lambda: package(canvas()),
    "chart-and-diagram": charted,
    "note-on-title": lambda: noted("title"),
    "note-on-heading": lambda: noted("heading"),
    "note-in-cell": lambda: noted("cell"),
    "note-of-two-paragraphs": lambda: noted("heading", p("第二段注文。") + tbl(tr("注里", "有表"), columns=2)),
    "lines-beside-the-table": lambda: package(beside_the_table()),
    "promise-before-text": lambda: package(promised()),
    "table-of-people": lambda: package(people()),
    "heads-above": lambda: package(heads_above()),
    "lists-in-cells": listed,
    "cover-of-gallery": lambda: package(covered()),
    "results-of-fields": lambda: package(fields()),
    "hyphens-and-frames": lambda: package(hyphens()),
    "equations": lambda: package(equations()),
    "other-option-ticked": lambda: package(other_ticked()),
    "compilation-with-foreword": lambda: package(prefaced()),
    "abstract-and-fund": lambda: package(with_abstract()),
    "opinions": lambda: package(opinions()),
    "merged-away": lambda: package(merged_away()),
    "long-labels": lambda: package(long_labels()),
    "tables-side-by-side": lambda: package(side_by_side()),
    "remark-field": lambda: package(form(pair("备注", "材料另寄"), pair("说明：", "与邻校合写"))),
    "heading-rows": lambda: package(form(tr(tc("三、补充材料", 4)), tr(tc("照片六张。", 4)))),
    "header-of-a-page": lambda: package(form(), parts={"header1.xml": ("header", part("hdr", p("青禾县申报专用")))}),
}  # fmt: skip
