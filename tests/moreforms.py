"""Further ways in which forms of bureaus are built, all of which tell the case of `wordcase`: MORE as bytes by name.

Written after `wordforms`, each against a way that was seen or is likely, and that the importer had not been made for.
"""

from collections.abc import Callable

import wordlayouts as layouts
from wordcase import EXPECTED, HINTS, NUMBERS, SECTIONS, STAGES, THEMES_001
from wordlayouts import LINE, cover, heading, long, rows, stages, themes, title, value
from wordmanuscripts import NUMBERED, WPS, manuscript, styled
from wordparts import control, field, p, package, part, ps, r, tbl, tc, tr
from wordplants import HINT, WHO, picture, png
from wordticks import TICKS, after, before, run, symbols, ticked

Builder = Callable[[], bytes]


def equation(on_code: str, off: str = "□"):
    """A box and its mark drawn by a field."""
    return lambda word, on: (field(on_code) if on else r(off)) + r(word)


def coded(on_code: str, off_code: str):
    """A sign that a field's code alone says."""
    return lambda word, on: field(on_code if on else off_code) + r(word)


def crossed(word: str, on: bool) -> str:
    """√ at what is meant, × at what is not."""
    return r(("√" if on else "×") + word)


def box_before_root_behind(word: str, on: bool) -> str:
    """The printed box stands before the word, √ was typed behind it."""
    return r("□" + word + ("√" if on else ""))


def in_one_run(word: str, on: bool) -> str:
    """A form field whose marks all stand in one run."""
    data = f'<w:ffData><w:checkBox><w:sizeAuto/><w:default w:val="{int(on)}"/></w:checkBox></w:ffData>'
    begin = f'<w:fldChar w:fldCharType="begin">{data}</w:fldChar><w:instrText> FORMCHECKBOX </w:instrText>'
    return f'<w:r>{begin}<w:fldChar w:fldCharType="separate"/><w:fldChar w:fldCharType="end"/></w:r>' + r(word)


def empty_control(word: str, on: bool) -> str:
    """A checkbox control that holds no glyph."""
    return control("", f'<w14:checkbox><w14:checked w14:val="{int(on)}"/></w14:checkbox>') + r(word)


MORE_TICKS = {
    "sym-segoe": symbols("Segoe UI Symbol", "2611", "2610"),
    "sym-gothic": symbols("MS Gothic", "2612", "2610"),
    "sym-webdings": symbols("Webdings", "F061", "F063"),
    "run-webdings": run("Webdings", "a", "c"),
    "sym-wingdings-circle": symbols("Wingdings", "F0A4", "F0A1"),
    "private-use-without-font": run("宋体", "\uf052", "\uf0a3"),
    "private-use-without-font-1": run("宋体", "\uf0fe", "\uf0a8"),
    "eq-plain": equation("eq \\o(□,√)"),
    "eq-spaced": equation(" EQ \\o \\ac ( □ , √ ) "),
    "eq-raised": equation("eq \\o\\al(□,\\s\\up 2(√))"),
    "eq-turned": equation("eq \\o\\ac(√,□)"),
    "eq-box": equation("eq \\x(√)"),
    "eq-box-sides": equation("EQ \\x \\to \\bo \\le \\ri (√)", "□"),
    "symbol-field": coded(' SYMBOL 254 \\f "Wingdings" \\s 12 ', ' SYMBOL 168 \\f "Wingdings" \\s 12 '),
    "macro-button": coded(" MACROBUTTON UnCheckIt ☑", " MACROBUTTON CheckIt □"),
    "lenticular": before("【√】", "【 】"),
    "fullwidth-brackets": before("［√］", "［　］"),
    "halfwidth-brackets": after("(√)", "( )"),
    "variation": before("☑\ufe0f", "☐\ufe0e"),
    "emoji": before("✅", "⬜"),
    "crossed": crossed,
    "box-before-root-behind": box_before_root_behind,
    "tabbed-behind": lambda word, on: r(word + "\t" + ("√" if on else "") + "\t"),
    "large-square": before("⬛", "⬜"),
    "typed-letter": before("(V)", "( )"),
    "one-run": in_one_run,
    "empty-control": empty_control,
    "radical": before("✓", "○"),
}


def spread(tick_cells, themed: str | None = None) -> str:
    """001 with the stages as cells of their own."""
    made = rows(TICKS["ballot-before"])
    made[0] = tr("学校", tc(value("学校"), 3))
    return title() + cover() + tbl(made[0]) + tbl(tr("学段", *tick_cells), columns=1 + len(tick_cells)) + tbl(*made[1:])


def own_cells(order: str) -> str:
    """√ in a cell of its own before or behind each option, blank where it is not meant."""
    cells = []
    for stage in STAGES:
        mark = "√" if stage in EXPECTED["学段"] else ""
        cells += [mark, stage] if order == "before" else [stage, mark]
    return spread(cells)


def own_cells_second(order: str) -> str:
    """The same where the second of three is meant: what is before it is not taken for it."""
    made = rows(TICKS["ballot-before"])
    cells = []
    for theme in ("作业减负", "课后服务", "考试管理"):
        mark = "√" if theme in EXPECTED["案例主题"] else ""
        cells += [mark, theme] if order == "before" else [theme, mark]
    made[4] = tr(tc("案例主题"), *cells)
    return title() + cover() + tbl(*made, columns=7)


def option_cells() -> str:
    """Each option with its box in a cell of its own, the label over two rows."""
    made = rows(TICKS["ballot-before"])
    box = lambda theme: ("☑" if theme in EXPECTED["案例主题"] else "□") + theme  # noqa: E731
    first, second = THEMES_001[:2], THEMES_001[2:4]
    made[4] = tr(tc("案例主题", merge="restart"), tc(box(first[0])), tc(box(first[1]), 2)) + tr(
        tc("<w:p/>", merge="continue"), tc(box(second[0])), tc(box(second[1]), 2)
    )
    return title() + cover() + tbl(*made)


def mark_row(above: bool) -> str:
    """A row of options and a row of marks above or below them, the label over both."""
    made = rows(TICKS["ballot-before"])
    options = THEMES_001[:3]
    marks = ["√" if theme in EXPECTED["案例主题"] else "" for theme in options]
    upper, lower = (marks, options) if above else (options, marks)
    made[4] = tr(tc("案例主题", merge="restart"), *map(tc, upper)) + tr(tc("<w:p/>", merge="continue"), *map(tc, lower))
    return title() + cover() + tbl(*made)


def upright() -> str:
    """Labels of one character to a paragraph, in cells merged over rows."""

    def up(text: str, **more) -> str:
        return tc("".join(map(p, text)), **more)

    sections = [tr(up(name), tc(ps(texts), 3)) for name, texts in SECTIONS.items()]
    return title() + tbl(
        tr(up("案例名称"), tc(value("案例名称"), 3)),
        tr(up("学校", merge="restart"), tc(value("学校"), merge="restart"), "学段", stages(TICKS["w14"])),
        tr(tc("<w:p/>", merge="continue"), tc("<w:p/>", merge="continue"), "邮箱", value("邮箱")),
        tr("负责人", value("负责人"), "电话", value("负责人电话")),
        tr("联系人", value("联系人"), "电话", value("联系人电话")),
        tr("案例主题", tc(themes(TICKS["w14"]), 3)),
        *sections,
    )


def below_in_cell() -> str:
    """Label and value in one cell, the value in the line below the label."""
    names = ("案例名称", "学校", "负责人", "负责人电话", "联系人", "联系人电话", "邮箱")
    cells = [tc(p(r(name + "\n" + value(name)))) if at % 2 else tc(p(name) + p(value(name))) for at, name in enumerate(names)]
    return title() + tbl(
        tr(*cells[:4]), tr(*cells[4:], tc(p("学段") + stages(TICKS["ballot-before"]))), tr(tc(p("案例主题") + themes(TICKS["ballot-before"]), 4)),
        tr(tc(long(), 4)),
    )  # fmt: skip


def wide_labels() -> str:
    """Full-width blanks, stars, numbers and hints around labels, and the colons that WPS types."""
    made = rows(TICKS["ballot-before"])
    made[0] = tr("★学　　校（全称）", value("学校"), "2.学　段", stages(TICKS["ballot-before"]))
    made[1] = tr("*负 责 人", value("负责人"), "电　话∶", value("负责人电话"))
    made[2] = tr("联 系 人﹕", value("联系人"), "电　话（必填）", value("联系人电话"))
    made[3] = tr("（五）邮　箱", tc(value("邮箱"), 3))
    return title() + p("１．案　例　名　称（30字以内）∶", r(f"__{value('案例名称')}__", LINE)) + tbl(*made)


def sub_labels() -> str:
    """People with a label over 姓名 and 电话."""
    made = rows(TICKS["ballot-before"])
    made[1] = tr("负责人", "姓名", value("负责人"), "电话", value("负责人电话"))
    made[2] = tr("联系人", "姓名", value("联系人"), "联系电话", value("联系人电话"))
    return title() + cover() + tbl(*made, columns=5)


def both_in_one() -> str:
    """Two fields under one label."""
    made = rows(TICKS["ballot-before"])
    made[1] = tr("负责人及电话", tc(f"{value('负责人')}　{value('负责人电话')}", 3))
    made[2] = tr("联系人/联系电话", tc(f"{value('联系人')}、{value('联系人电话')}", 3))
    return title() + cover() + tbl(*made)


def boxed_values(old: bool) -> str:
    """Labels as lines, each value in a text box that hangs on its line."""

    def boxed(text: str) -> str:
        if old:
            return f'<w:r><w:pict><v:shape style="width:200pt"><v:textbox><w:txbxContent>{p(text)}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>'
        return (
            '<w:r><w:drawing><wp:inline><wp:extent cx="1" cy="1"/><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/'
            f'wordprocessingShape"><wps:wsp><wps:txbx><w:txbxContent>{p(text)}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic>'
            "</wp:inline></w:drawing></w:r>"
        )

    names = ("案例名称", "学校", "负责人", "负责人电话", "联系人", "联系人电话", "邮箱")
    return (
        title()
        + "".join(p(r(f"{name}："), boxed(value(name))) for name in names)
        + p("学段：", ticked(TICKS["ballot-before"], STAGES, EXPECTED["学段"]))
        + p("案例主题：")
        + themes(TICKS["ballot-before"])
        + long()
    )


def text_fields() -> str:
    """Values in old form fields of text, of lists and of dates."""
    data = '<w:ffData><w:name w:val="t"/><w:enabled/><w:textInput><w:default w:val="单击填写"/></w:textInput></w:ffData>'
    drop = '<w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="请选择"/><w:listEntry w:val="小学"/><w:listEntry w:val="初中"/></w:ddList></w:ffData>'

    def typed(name: str) -> str:
        return p(field(" FORMTEXT ", r(value(name)), data))

    made = rows(TICKS["form-checked"])
    made[0] = tr("学校", typed("学校"), "学段", p(field(" FORMDROPDOWN ", "", drop)))
    made[1] = tr("负责人", typed("负责人"), "电话", typed("负责人电话"))
    made[2] = tr("联系人", typed("联系人"), "电话", typed("联系人电话"))
    made[3] = tr("邮箱", tc(typed("邮箱"), 3))
    return title() + p("案例名称：", field(" FORMTEXT ", r(value("案例名称")), data)) + tbl(*made)


def inserted() -> str:
    """All values are tracked insertions, the words asked for before them deleted."""

    def put(name: str) -> str:
        gone = f'<w:del w:id="1" {WHO}><w:r><w:delText>请填写</w:delText></w:r></w:del>'
        return p(gone, f'<w:ins w:id="2" {WHO}>{r(value(name))}</w:ins>')

    made = rows(TICKS["ballot-before"])
    made[0] = tr("学校", put("学校"), "学段", stages(TICKS["ballot-before"]))
    made[1] = tr("负责人", put("负责人"), "电话", put("负责人电话"))
    made[2] = tr("联系人", put("联系人"), "电话", put("联系人电话"))
    made[3] = tr("邮箱", tc(put("邮箱"), 3))
    return title() + p("案例名称：", f'<w:ins w:id="3" {WHO}>{r(value("案例名称"))}</w:ins>') + tbl(*made)


def tab_stops() -> str:
    """No table and no colons: labels and values between tabs."""
    lines = (("案例名称",), ("学校",), ("负责人", "负责人电话"), ("联系人", "联系人电话"), ("邮箱",))
    body = "".join(p(r("\t".join(f"{name}\t{value(name)}" for name in line))) for line in lines)
    stage = p(r("学段\t"), ticked(TICKS["ballot-before"], STAGES, EXPECTED["学段"]))
    return title() + body + stage + p(r("案例主题\t")) + themes(TICKS["ballot-before"]) + long()


def paged() -> str:
    """A table for each page, the form's title and the case's name above each again."""
    made = rows(TICKS["ballot-before"])
    again = tr(tc("案例名称"), tc(value("案例名称"), 3), props="<w:tblHeader/>")
    pages = [made[:2], made[2:5], made[5:]]
    return "".join(title() + tbl(again, *page) + p('<w:r><w:br w:type="page"/></w:r>') for page in pages)


def rows_of_headings() -> str:
    """Each section's heading in a row over all columns, its text in the row below; below the table what the form says of itself."""
    parts = [tr(tc(heading(n, name), 4)) + tr(tc(ps(texts), 4)) for n, (name, texts) in zip(NUMBERS, SECTIONS.items(), strict=True)]
    notes = (
        p("填表说明：")
        + p("1.本表一式三份，用A4纸双面打印，不得改变表格式样，由学校盖章以后报县教育局，逾期不再受理，材料不退。")
        + p("2.照片另附。")
    )
    return title() + cover() + tbl(*rows(TICKS["ballot-before"])[:5], *parts) + notes


def plain_headings() -> str:
    """Sections whose heading is the cell left of the text, not bold and not numbered, with a hint in a line of its own."""
    parts = [tr(tc(p(name) + p(HINTS[name])), tc(ps(texts), 3)) for name, texts in SECTIONS.items()]
    return title() + cover() + tbl(*rows(TICKS["ballot-before"])[:5], *parts)


def promises() -> str:
    """Opinions and promises with long sentences and seals, which are nobody's case."""
    made = rows(TICKS["ballot-before"])[:6]
    promise = "本单位郑重承诺：所报材料真实可靠，不涉及国家秘密，没有抄袭和剽窃，没有知识产权争议，同意教育行政部门无偿使用、汇编和宣传推广。"
    opinion = "该案例做法扎实，在全县有较好的示范作用，经学校研究并公示五个工作日无异议，同意推荐申报，请上级部门审定为盼，特此说明。"
    made += [tr("学校意见", tc(p(opinion) + p("（盖章）　　年　月　日"), 3)), tr("承诺", tc(p(promise) + p("负责人签字："), 3))]
    made += [tr(tc(p("县教育局审核意见：") + p(opinion) + p("（盖章）"), 4))]
    return title() + cover() + tbl(*made)


def with_photo() -> bytes:
    """A picture in its cell of the form."""
    made = rows(TICKS["ballot-before"])
    made[7] = tr("活动照片", tc(p(picture()), 3))
    links, media = [("pic", "image", "media/image1.png", False)], {"word/media/image1.png": png()}
    return package(title() + cover() + tbl(*made), links=links, media=media)


def with_data() -> str:
    """A table of numbers within the long cell, between two of its paragraphs."""
    grid = tbl(tr("月份", "人数"), tr("九月", "61"), tr("一月", "179"), columns=2)
    last = SECTIONS["成效与社会影响"]
    return title() + cover() + tbl(*rows(TICKS["ballot-before"])[:5], tr(tc(long().replace(p(last[1]), grid + p(last[1])), 4)))


def then_manuscript() -> bytes:
    """A form without the text, and behind it the text with its own title and line of writers."""
    made = rows(TICKS["ballot-before"])[:5]
    return package(title() + cover() + tbl(*made) + p('<w:r><w:br w:type="page"/></w:r>') + manuscript(styled("1"), styled("2")), WPS)


def bullets() -> bytes:
    """The boxes are the marks of automatic lists, one list for what is ticked and one for what is not."""

    def level(char: str) -> str:
        return (
            f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="{char}"/>'
            '<w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings" w:hint="default"/></w:rPr></w:lvl>'
        )

    kinds = "".join(f'<w:abstractNum w:abstractNumId="{n}">{level(char)}</w:abstractNum>' for n, char in ((7, "\uf0fe"), (8, "\uf0a8")))
    lists = "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in (7, 8))
    boxes = lambda words, meant: "".join(  # noqa: E731
        p(word, props=f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{7 if word in meant else 8}"/></w:numPr>') for word in words
    )
    made = rows(TICKS["ballot-before"])
    made[0] = tr("学校", value("学校"), "学段", tc(boxes(STAGES, EXPECTED["学段"])))
    made[4] = tr("案例主题", tc(boxes(THEMES_001, EXPECTED["案例主题"]), 3))
    return package(title() + cover() + tbl(*made), parts={"numbering.xml": ("numbering", part("numbering", kinds + lists))})


def chosen() -> str:
    """A list and a date in controls, a box in a cell of its own."""
    made = rows(TICKS["w14"])
    drop = control(
        r("小学"), '<w:comboBox><w:listItem w:displayText="小学" w:value="1"/><w:listItem w:displayText="初中" w:value="2"/></w:comboBox>'
    )
    made[0] = tr("学校", control(tc(control(p(control(r(value("学校")))))), "<w:richText/>"), "学段", control(tc(p(drop)), ""))
    when = control(r("2026年11月27日"), '<w:date w:fullDate="2026-11-27T00:00:00Z"/>')
    return title() + cover() + tbl(*made[:6], tr("填表日期", tc(p(when), 3)))


def two_forms() -> bytes:
    """Two forms in one file, the second of another case."""
    first = layouts.plain(TICKS["ballot-before"])
    second = first.replace(value("案例名称")[:7], "操场上的科学课：")[:]
    return package(first + p('<w:r><w:br w:type="page"/></w:r>') + second.replace(value("案例名称")[7:], "一所县城小学的试验"))


def told_how() -> str:
    """How to tick is said with the very marks, in the label's cell and in that of the boxes."""
    made = rows(TICKS["ballot-before"])
    hint = p("（请在对应的□内打“√”，限选一项）")
    made[0] = tr("学校（盖章）", value("学校") + "（盖章）", p("学段") + hint, stages(TICKS["ballot-before"]))
    made[4] = tr("所属案例主题", tc(hint + themes(TICKS["root-beside-box"]), 3))
    return title() + cover() + tbl(*made)


def listed_lines() -> bytes:
    """Labels and values as an automatic list."""
    names = ("案例名称", "学校", "负责人", "负责人电话", "联系人", "联系人电话", "邮箱")
    props = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>'
    body = "".join(p(f"{name}：{value(name)}", props=props) for name in names)
    body += p("学段：", ticked(TICKS["ballot-before"], STAGES, EXPECTED["学段"]), props=props) + p("案例主题：", props=props)
    return package(title() + body + themes(TICKS["ballot-before"]) + long(), parts=NUMBERED)


def over_columns() -> str:
    """People side by side: a label over two columns, below it 姓名 and 电话, below these the values."""
    made = rows(TICKS["ballot-before"])
    made[1] = tr(tc("负责人", 2), tc("联系人", 2)) + tr("姓名", "电话", "姓名", "电话")
    made[2] = tr(*map(value, ("负责人", "负责人电话", "联系人", "联系人电话")))
    return title() + cover() + tbl(*made)


def in_columns() -> str:
    """One row of bare labels, one of values, 电话 twice."""
    made = rows(TICKS["ballot-before"])
    made[1] = tr("负责人", "电话", "联系人", "电话")
    made[2] = tr(*map(value, ("负责人", "负责人电话", "联系人", "联系人电话")))
    return title() + cover() + tbl(*made)


def blocks_of_people() -> str:
    """A label for each person over rows of its own: 负责人信息, 案例联系人."""

    def person(label: str, name: str) -> str:
        first = tr(tc(label, merge="restart"), "姓名", value(name), "职务", "教师")
        return first + tr(tc("<w:p/>", merge="continue"), "手机号码", tc(value(name + "电话"), 3))

    made = rows(TICKS["ballot-before"])
    made[1:3] = [person("负责人信息", "负责人") + person("案例联系人", "联系人")]
    return title() + cover() + tbl(*made, columns=5)


def lines_with_others() -> str:
    """Lines that also ask for what no field is; labels with words before and behind them."""
    return (
        title()
        + p("案例名称（题目）：", r(value("案例名称"), LINE))
        + p(f"所在学校：{value('学校')}　邮编：213000　传真：0519—80000001")
        + p(f"案例负责人姓名：{value('负责人')}　　职务：校长　　手机：{value('负责人电话')}")
        + p(f"案例联系人：{value('联系人')}　　联系电话：{value('联系人电话')}　　邮箱：{value('邮箱')}")
        + p("适用学段：", ticked(TICKS["ballot-behind"], STAGES, EXPECTED["学段"]))
        + p("案例主题：")
        + themes(TICKS["ballot-before"])
        + long()
    )


def album() -> bytes:
    """Photos in a table of their own within their cell, the words of each in the row below."""
    grid = tbl(tr(tc(p(picture())), tc(p(picture()))), tr("图1 编篮子", "图2 投票"), columns=2)
    made = [*rows(TICKS["ballot-before"])[:7], tr("活动照片", tc(grid, 3))]
    links, media = [("pic", "image", "media/image1.png", False)], {"word/media/image1.png": png()}
    return package(title() + cover() + tbl(*made), links=links, media=media)


def other_options(behind: bool) -> str:
    """Options that the collection does not know stand between, one before all others; nobody means them but one form."""
    made = rows(TICKS["ballot-before"])
    words = ("高中", "小学", "中职", "初中")
    marks = {word: "☑" if word == "小学" else "□" for word in words}
    text = "  ".join(word + marks[word] if behind else marks[word] + word for word in words)
    made[0] = tr("学校", value("学校"), "学段", text)
    return title() + cover() + tbl(*made)


def groups() -> str:
    """A group's heading left of labels of which the collection knows only some; a row that only says that the text comes."""
    made = rows(TICKS["ballot-before"])
    first = tr(tc("一、基本情况", merge="restart"), "学校", value("学校"), "学段", stages(TICKS["ballot-before"]))
    rest = [
        tr(tc("<w:p/>", merge="continue"), "办学性质", "公办", "邮箱", value("邮箱")),
        tr(tc("<w:p/>", merge="continue"), "负责人", value("负责人"), "电话", value("负责人电话")),
        tr(tc("<w:p/>", merge="continue"), "联系人", value("联系人"), "电话", value("联系人电话")),
        tr(tc("<w:p/>", merge="continue"), "案例主题", tc(themes(TICKS["ballot-before"]), 3)),
        tr(tc("二、案例正文（2500字以内）", 5)),
        tr(tc(long(), 5)),
    ]
    return title() + cover() + tbl(first, *rest, made[6], columns=5)


def unflagged() -> bytes:
    """Controls that ask for words without saying that they do, by their style or their words alone."""
    made = rows(TICKS["ballot-before"])
    ask = r("在这里写备注之语", '<w:rStyle w:val="hint"/>')
    made[6] = tr("备注", tc(p(control(ask)), 3))
    made.append(tr("副标题", tc("单击或点击此处输入文字。", 3)))
    made.append(tr(tc(control(p(ask) * 4), 4)))
    return package(title() + cover() + tbl(*made), HINT)


def by_ticks(name: str) -> Builder:
    return lambda: package(layouts.plain(MORE_TICKS[name]))


MORE: dict[str, Builder] = {
    **{f"tick-{name}": by_ticks(name) for name in MORE_TICKS},
    "own-cells-before": lambda: package(own_cells("before")),
    "own-cells-behind": lambda: package(own_cells("behind")),
    "own-cells-second-before": lambda: package(own_cells_second("before")),
    "own-cells-second-behind": lambda: package(own_cells_second("behind")),
    "option-cells": lambda: package(option_cells()),
    "mark-row-above": lambda: package(mark_row(True)),
    "mark-row-below": lambda: package(mark_row(False)),
    "upright-labels": lambda: package(upright()),
    "value-below-in-cell": lambda: package(below_in_cell()),
    "wide-labels": lambda: package(wide_labels()),
    "sub-labels": lambda: package(sub_labels()),
    "two-fields-one-label": lambda: package(both_in_one()),
    "boxed-values": lambda: package(boxed_values(False)),
    "boxed-values-old": lambda: package(boxed_values(True)),
    "text-fields": lambda: package(text_fields()),
    "inserted": lambda: package(inserted()),
    "tab-stops": lambda: package(tab_stops()),
    "paged": lambda: package(paged()),
    "rows-of-headings": lambda: package(rows_of_headings()),
    "plain-headings": lambda: package(plain_headings()),
    "promises": lambda: package(promises()),
    "photo": with_photo,
    "data-in-cell": lambda: package(with_data()),
    "form-then-manuscript": then_manuscript,
    "bullets": bullets,
    "told-how": lambda: package(told_how()),
    "listed-lines": listed_lines,
    "over-columns": lambda: package(over_columns()),
    "in-columns": lambda: package(in_columns()),
    "blocks-of-people": lambda: package(blocks_of_people()),
    "lines-with-others": lambda: package(lines_with_others()),
    "album": album,
    "other-options-before": lambda: package(other_options(False)),
    "other-options-behind": lambda: package(other_options(True)),
    "groups": lambda: package(groups()),
    "unflagged-prompts": unflagged,
    "chosen": lambda: package(chosen()),
}
# What must not stand in a case, because the form says it of itself.
NOBODYS = (
    "填表说明",
    "本表一式三份",
    "照片另附",
    "郑重承诺",
    "同意推荐",
    "盖章",
    "审核意见",
    "请填写",
    "单击填写",
    "备注之语",
    "单击或",
    "办学",
    "公办",
    "正文",
)
