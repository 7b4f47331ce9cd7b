"""The two forms in their layouts, as blocks of XML: the 申报表 of 001 and one such as 000 asks for, always with the same values."""

from wordcase import EXPECTED, HINTS, NUMBERS, PLANTED, SECTIONS, STAGES, THEMES_000, THEMES_001
from wordparts import control, field, p, ps, r, tbl, tc, tr
from wordticks import TICKS, Tick, ticked

LINE = '<w:u w:val="single"/>'
BOLD = "<w:b/>"


def value(name: str) -> str:
    """A field's value as people write it in a cell."""
    kept = EXPECTED[name]
    return kept if isinstance(kept, str) else "、".join(kept)


def stages(tick: Tick) -> str:
    """The boxes of 学段."""
    return p(ticked(tick, STAGES, EXPECTED["学段"]))


def themes(tick: Tick, words: tuple[str, ...] = THEMES_001) -> str:
    """The boxes of 案例主题, three to a line."""
    rows = [words[n : n + 3] for n in range(0, len(words), 3)]
    return "".join(p(ticked(tick, row, EXPECTED["案例主题"])) for row in rows)


def heading(number: str, name: str, hint: bool = True) -> str:
    """A heading as the form prints it, hint and all."""
    return f"{number}、{name}{HINTS[name] if hint else ''}"


def long(hint: bool = True) -> str:
    """All sections below one another, as in the long cell."""
    return "".join(p(heading(n, name, hint)) + ps(texts) for n, (name, texts) in zip(NUMBERS, SECTIONS.items(), strict=True))


def title() -> str:
    """The form's own title."""
    return p("“双减”优秀典型案例申报表", props='<w:jc w:val="center"/>')


def cover() -> str:
    """案例名称：____, the value in underlined runs with blanks around it."""
    name = value("案例名称")
    return p("案例名称：", r("  ", LINE), r(name[:7], LINE), r(name[7:], LINE), r("        ", LINE))


def rows(tick: Tick) -> list[str]:
    """The rows of 001 without anything merged but the wide cells."""
    return [
        tr("学校", value("学校"), "学段", stages(tick)),
        tr("负责人", value("负责人"), "电话", value("负责人电话")),
        tr("联系人", value("联系人"), "电话", value("联系人电话")),
        tr("邮箱", tc(value("邮箱"), 3)),
        tr("案例主题", tc(themes(tick), 3)),
        tr(tc(long(), 4)),
        tr("学校盖章", tc(p("年　　月　　日"), 3)),
        tr("活动照片", tc("<w:p/>", 3)),
    ]


def plain(tick: Tick = TICKS["w14"]) -> str:
    """The form as the notice prints it."""
    return title() + cover() + tbl(*rows(tick))


def merged(tick: Tick = TICKS["w14"]) -> str:
    """联系人 merged over two rows, the mail behind its label in one cell, blanks within labels, the old w:hMerge for the long cell."""
    start, go = '<w:hMerge w:val="restart"/>', "<w:hMerge/>"
    return (
        title()
        + cover()
        + tbl(
            tr(tc("学　校"), value("学校"), "学  段", stages(tick)),
            tr("负 责 人", value("负责人"), "电  话", value("负责人电话")),
            tr(tc("联 系 人", merge="restart"), tc(value("联系人"), merge="restart"), "电  话", value("联系人电话")),
            tr(tc("<w:p/>", merge="continue"), tc("<w:p/>", merge="continue"), tc("邮箱：" + value("邮箱"), 2)),
            tr(tc("案例主题", merge="restart"), tc(themes(tick), 3, merge="restart")),
            tr(tc("<w:p/>", merge="continue"), tc("<w:p/>", 3, merge="continue")),
            tr(tc(long(), props=start), tc("<w:p/>", props=go), tc("<w:p/>", props=go), tc("<w:p/>", props=go)),
            tr("学校盖章", tc(p("年　　月　　日"), 3)),
        )
    )


def nested(tick: Tick = TICKS["w14"]) -> str:
    """A table of one cell around the form; the themes in a table within their cell, a box to a cell; the people in another."""
    boxes = [p(tick(word, word in EXPECTED["案例主题"])) for word in THEMES_001]
    grid = tbl(*(tr(*boxes[n : n + 2]) for n in range(0, 8, 2)), columns=2)
    people = tbl(
        tr("负责人", value("负责人"), "电话", value("负责人电话")),
        tr("联系人", value("联系人"), "电话", value("联系人电话")),
    )
    inner = tbl(
        tr("学校", value("学校"), "学段", stages(tick)),
        tr(tc(people, 4)),
        tr("邮箱", tc(value("邮箱"), 3)),
        tr("案例主题", tc(grid, 3)),
        tr(tc(long(), 4)),
    )
    return tbl(tr(tc(title() + cover() + inner)), columns=1)


def joined(tick: Tick = TICKS["w14"]) -> str:
    """Label and value in one cell with a colon; two tables, the second with the sections, a row for each."""
    first = tbl(
        tr("案例名称：" + value("案例名称")),
        tr(p("学校：" + value("学校"), r("\t学段："), ticked(tick, STAGES, EXPECTED["学段"]))),
        tr(p(f"负责人：{value('负责人')}　电话：{value('负责人电话')}")),
        tr(p(f"联系人：{value('联系人')}　电话：{value('联系人电话')}\n邮箱: {value('邮箱')}")),
        tr(p("案例主题：") + themes(tick)),
        columns=1,
    )
    second = tbl(*(tr(heading(n, name), ps(texts)) for n, (name, texts) in zip(NUMBERS, SECTIONS.items(), strict=True)), columns=2)
    return title() + first + p("（续表）") + second


def columns(tick: Tick = TICKS["w14"]) -> str:
    """Labels in one row, values in the row below; the sections outside of the table under bold lines."""
    names = ("案例名称", "学校", "负责人", "负责人电话", "联系人", "联系人电话", "邮箱")
    upper = tbl(
        tr(*names, "学段", props="<w:tblHeader/>"),
        tr(*map(value, names), stages(tick)),
        tr(tc("案例主题", 8)),
        tr(tc(themes(tick), 8)),
        columns=8,
    )
    body = zip(NUMBERS, SECTIONS.items(), strict=True)
    return title() + upper + "".join(p(r(heading(n, name, False), BOLD)) + ps(texts) for n, (name, texts) in body)


def lines(tick: Tick = TICKS["w14"]) -> str:
    """No table at all: labels and values as lines with tabs, some underlined."""
    people = ((f"负责人：{value('负责人')}", f"电话：{value('负责人电话')}"), (f"联系人：{value('联系人')}", f"电话：{value('联系人电话')}"))
    return (
        title()
        + cover()
        + p("学    校：", r(f" {value('学校')} ", LINE))
        + p("学    段：", ticked(tick, STAGES, EXPECTED["学段"]))
        + "".join(p(r(f"{left}\t{right}")) for left, right in people)
        + p("邮    箱：", r(value("邮箱"), LINE))
        + p("案例主题：")
        + themes(tick)
        + long()
    )


def scattered(tick: Tick = TICKS["w14"]) -> str:
    """Runs cut as Word cuts them, a link and a field for the mail, a ruby, bookmarks, breaks for paragraphs in the long cell."""
    mail = f'<w:hyperlink r:id="mail">{r("office@")}{r("example.com")}</w:hyperlink>'
    ruby = f"<w:ruby><w:rubyPr/><w:rt>{r('gù')}</w:rt><w:rubyBase>{r('顾')}</w:rubyBase></w:ruby>"
    cut = '<w:proofErr w:type="gramStart"/><w:bookmarkStart w:id="1" w:name="_GoBack"/><w:bookmarkEnd w:id="1"/>'
    body = []
    for number, (name, texts) in zip(NUMBERS, SECTIONS.items(), strict=True):
        body.append(p(r(f"{number}、"), r(name[:2], BOLD), cut, r(name[2:] + HINTS[name]), r("\n" + "\n".join(texts))))
    return (
        title()
        + p(r("案例"), cut, r("名称"), r("："), *(r(char, LINE) for char in value("案例名称")))
        + tbl(
            tr(p(r("学"), r("校")), p(r("青禾县"), r("柳湾", '<w:color w:val="FF0000"/>'), r("小学")), p("学", cut, "段"), stages(tick)),
            tr("负责人", p(f'<w:smartTag w:uri="u" w:element="PersonName">{r(value("负责人"))}</w:smartTag>'), "电话", value("负责人电话")),
            tr("联系人", p(f"<w:r>{ruby}</w:r>", r("安")), "电话", p(r("0519"), r("—"), r("80000000"))),
            tr("邮箱", tc(p(mail), 3)),
            tr("案例主题", tc(themes(tick), 3)),
            tr(tc("".join(body), 4)),
        )
    )


def form_000(tick: Tick = TICKS["w14"]) -> str:
    """A form such as annex 1 of 000 may be: ten themes, writers, one long cell without numbers to its headings."""
    body = "".join(p(r(name, BOLD)) + ps(texts) for name, texts in SECTIONS.items())
    return p("中小学“双减”工作优秀实践案例申报表") + tbl(
        tr("案例名称", tc(value("案例名称"), 3)),
        tr("学校（单位）", value("学校"), "学段", stages(tick)),
        tr("撰写人", value("撰写人"), "联系电话", value("联系人电话")),
        tr("电子邮箱", tc(value("邮箱"), 3)),
        tr("主题类别\n（限选一项）", tc(themes(tick, THEMES_000), 3)),
        tr("案例正文", tc(body, 3)),
        tr("学校意见", tc(p("（盖章）　年　月　日"), 3)),
    )


def controls(level: str) -> str:
    """001 with content controls around values: of the level inline, block, cell or row; the empty ones keep their request."""
    request = r(PLANTED["placeholder"], '<w:rStyle w:val="hint"/>')
    text, tick = '<w:text/><w:tag w:val="x"/>', TICKS["w14"]

    def kept(name: str, span: int = 1) -> str:
        if level == "inline":
            return tc(p(control(r(value(name)), text)), span)
        if level == "block":
            return tc(control(p(value(name)), text), span)
        return control(tc(value(name), span), text)

    chosen = control(r("小学"), '<w:dropDownList><w:listItem w:value="小学"/><w:listItem w:value="初中"/></w:dropDownList>')
    made = [
        tr("学校", kept("学校"), "学段", p(chosen)),
        tr("负责人", kept("负责人"), "电话", kept("负责人电话")),
        tr("联系人", kept("联系人"), "电话", kept("联系人电话")),
        tr("邮箱", kept("邮箱", 3)),
        tr("备注", tc(p(control(request, text, empty=True)), 3)),
        tr("撰写日期", tc(p(control(request, "<w:date/>", empty=True)), 3)),
        tr("案例主题", tc(themes(tick), 3)),
        tr(tc(control(long(), "<w:richText/>"), 4)),
    ]
    if level == "row":
        made[:2] = [control(made[0] + made[1], "<w:group/>")]
    name = control(r(value("案例名称"), LINE), text) if level == "inline" else r(value("案例名称"), LINE)
    return title() + p("案例名称：", name) + tbl(*made)


def enclosed_boxes(both: bool = True) -> str:
    """001 whose title, people and sections stand in text boxes: drawn anew in DrawingML and, for old Word, in VML."""

    def boxed(content: str) -> str:
        new = (
            '<w:drawing><wp:anchor><wp:extent cx="5000000" cy="900000"/><wp:docPr id="1" name="文本框 1"/><a:graphic><a:graphicData '
            'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:txbx><w:txbxContent>'
            f"{content}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
        )
        old = f'<w:pict><v:shape style="width:400pt"><v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox></v:shape></w:pict>'
        if not both:
            return p(f"<w:r>{old}</w:r>")
        return p(
            f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{new}</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>'
        )

    made = rows(TICKS["ballot-before"])
    return boxed(title() + cover()) + boxed(tbl(*made[:5])) + boxed(long())


def mail_field() -> str:
    """001 with the mail as a HYPERLINK field whose code is not text."""
    code = f' HYPERLINK "mailto:{value("邮箱")}" \\o "{PLANTED["field-code"]}" '
    made = rows(TICKS["enclosed"])
    made[3] = tr("邮箱", tc(p(field(code, r(value("邮箱")))), 3))
    return title() + cover() + tbl(*made)
