"""Words and lines as the intake takes them: ticks, answers, labels, heads of manuscripts, compilations, sections, names. See `taken`."""

from itertools import product

from casepress.intake import casefiles, compilations, documents, leftover, lines, manuscripts, naming, sections, ticks
from casepress.intake.answers import Found
from casepress.intake.blocks import Listing, Shown
from casepress.intake.labels import even
from casepress.intake.submissions import Picture, Submission
from conftest import picture
from taken import FIELDS, KNOWN, PLACES, SETTINGS, found, grid, long, noise, para, paras, refused, submission

STAGES = ["小学", "初中", "小学部"]


def of_ticks():
    """Every row of marks and words, and rows of them at random."""
    parts = ["□", "☑", "√", "小学", "初中", " ", "×", "（√）", "（ ）", "高中", "\n", "■", "[x]", "、"]
    texts = {"".join(row) for row in product(("□", "☑", "√", "小学", "初中", " ", "其他"), repeat=4) if "小学" in row and len(set(row)) > 2}
    texts = sorted(texts)[::5]
    texts += [noise(seed, parts, 5 + seed % 8) for seed in range(420)]
    texts += [
        "小学√初中√",
        "√小学√初中",
        "√小学 初中√",
        "小学√ 初中",
        "小学 √初中",
        "□小学√ □初中",
        "小 学√",
        "x小学",
        "（X）小学",
        "（v）小学（）初中",
        "小学部☑ 小学□",
        "□小学 初中√ □小学部",
        "小学√ □初中 □小学部",
        "√小学□ 初中□",
        "小学□ √初中 小学部□",
        "□小学 □初中 √",
        "□小学 √ □初中",
        "□小学  √ □初中",
        "□小学 √  □初中",
        "√小学 √初中",
        "小学 初中√、小学部",
        "□小学（六年制）√ □初中（三年制）",
        "□小学 □其他√ □初中",
        "□小学√ □其他：幼儿园√",
        "☑小学 □其他（请注明） □初中",
    ]
    for text in texts:
        yield f"{text!r} {ticks.ticked(text, STAGES)} {ticks.only_marks(text)} {ticks.without_printed(text)!r}"


def of_answers():
    """Values of fields of every kind."""
    texts = [
        "",
        " _＿ ",
        "——",
        "甲校（盖章）",
        "甲校\n 二行",
        "甲、乙，丙;丁/戊 己",
        "请在此处填写学校名称",
        "（请填写）",
        "□小学 □初中",
        "☑小学 ☑初中",
        "☑小学",
        "小学",
        "甲　",
    ]
    for name in ("school", "stage", "theme", "authors", "leader", "summary"):
        for text in texts:
            for label in ("", "学段（单选）"):
                made = Found()
                made.put(FIELDS[name], text, "第 1 行", label)
                yield f"{name} {text!r} {label} {made.values} {made.places} {made.doubts}"
    for text in ("甲 乙", "甲", "", "_甲、乙_", "甲 乙 丙"):
        made = Found()
        made.put_several([None, FIELDS["leader"]], text, "第 2 行")
        made.put_several([FIELDS["leader"], FIELDS["school"]], "前 后", "第 3 行")
        yield f"{text!r} {made.values} {made.places} {made.doubts}"


def of_labels():
    """What asks for which field, alone and behind others."""
    texts = ["案例名称", "案 例　名称：", "*案例名称（全称）", "（案例名称）", "1.案例名称", "（一）学校", "学校名称", "所在学校", "单位", "学校/单位", "学校／学校名称", "姓名", "电话", "手机", "负责人", "负责人姓名", "案例负责人信息", "联系人电话", "联系电话", "联系人及电话", "负责人、电话", "负责人/电话/电话", "联系人和联系人电话", "撰写人、学校、学段、邮箱", "职务", "负责人和职务", "长" * 24, "长" * 25, "", "主题类别", "申报学校", "第一撰写人", "学校（" + "全" * 30 + "）"]  # fmt: skip
    for text in texts:
        for before in ((), ("负责人",), ("职务", "联系人"), ("学校",)):
            asked = KNOWN.match(text, before)
            several = [field and field.name for field in KNOWN.several(text, before)]
            yield f"{text} {before} {asked and asked.name} {several}"
        yield f"  {even(text)!r} {KNOWN.is_tail(text)} {KNOWN.is_name(text)} {[(m.span(), m[1]) for m in KNOWN.pattern.finditer(text + '：甲，' + text + ':')]}"
    for text in (
        "学校 （全称）：",
        "学校" + "（" + "全" * 20 + "）：",
        "学校（" + "全" * 21 + "）：",
        "甲学校：",
        "甲 学校：",
        "。学校:",
        "★1、学 校★：",
        "学\t校：",
    ):
        yield f"{text!r} {[(m.span(), m[1]) for m in KNOWN.pattern.finditer(text)]}"


def of_lines():
    """Lines of labels and values, and the case behind them."""
    cases = {
        "one line each": ["申报表", "案例名称：甲的做法", "学校：甲校", "电话：1", "职务：主任", "续写的一行", "学段：☑小学 □初中", long()],
        "several in a line": ["学校：甲校　负责人：李四 电话：12345678　职务：主任", "联系人：王五　电话：", "87654321"],
        "waits": ["案例名称：", "甲的", "做法：乙", "学校：", "一、背景", long()],
        "a title with a colon": ["案例名称：", "放学以后：去哪里", "学校：甲校"],
        "no answer": ["学校：", "负责人：＿＿", "职务：", "校长", "又一行", "联系人：甲"],
        "an answer just short": ["学校：", long(size=59), "尾"],
        "an answer too long": ["学校：", long(size=60), "尾"],
        "behind what is nobody's": ["学校：甲校", "职务：", long(size=59), "又一行"],
        "a paragraph behind it": ["学校：甲校", "职务：", long(size=60), "又一行"],
        "tabs": ["学校\t甲校\t负责人\t李四", "撰写人    甲   乙", "学校  甲校", "邮箱", "a@b.cn"],
        "tabs of others first": ["职务\t主任", "学校：甲校", "负责人", "李四"],
        "a long line with a label inside": [long("说到", 60) + "，学校：甲校", "学校：" + long(size=70)],
        "a line with a label inside": ["说到，学校：甲校"],
        "headings above labels": ["一、基本情况", "学校：甲校", "二、正文", "短句", long()],
        "a heading with a label": ["一、学校：甲校", "后面", "二、学段：☑小学"],
        "long tab line": ["学校\t" + long(size=116), "学校\t" + long(size=117), "学校\t" + long(size=118)],
        "an unknown just short": ["学校：甲", "职务：" + long(size=56), "职务：" + long(size=57), "一行"],
    }
    for name, texts in cases.items():
        for body in (True, False):
            made = Found()
            lines.read(paras(*texts), KNOWN, made, body=body)
            yield name if body else f"{name}, values alone"
            yield from found(made)
    mixed = {
        "a list of labels": [Listing([(0, "1.", "学校：甲\\_校"), (0, "2.", "负责人：李四")]), para("尾")],
        "a list of the case": [para("学校：甲"), Listing([(0, "-", "说到学校：甲")]), para("短")],
        "pictures and tables": [para("学校：甲"), para("短"), Shown(0), para("学段：☑小学"), grid(("a", "b"))],
        "styles": [para("学校：甲", 1), para("背景", 2), para("学校：乙"), para("粗的", bold=True)],
        "breaks": [para("学校：甲\n负责人：李四\n\n" + long())],
        "bold waits": [para("学校："), para("粗的", bold=True), para("短")],
    }
    for name, blocks in mixed.items():
        made = Found()
        lines.read(blocks, KNOWN, made, "某处")
        yield name
        yield from found(made)


def of_manuscripts():
    """Heads of manuscripts, lines that say who wrote them, names of files."""
    heads = [["附件2：", "附件", "题目", "——副题", "—又一行", "甲县甲小学  李四"], ["题" * 100, "甲小学"], ["题" * 101], ["题目。"], ["题目", "一、甲小学"], ["题目", "一、李四"], ["题目", "甲小学", "——不是副题", "王五"], ["题目", "甲小学", "乙小学", "王五 赵六"], ["题目", "李四", "李四　王五"], ["题目", "–- 副题"], ["  题 \n 目 "], []]  # fmt: skip
    for head in heads:
        made = manuscripts.head(paras(*head))
        yield f"{head!r} {made}"
    made = manuscripts.head([para("题目"), para("甲小学", bold=True), para("李四", bold=True)])
    yield f"bold {made}"
    for line in (
        "（甲小学 李四）",
        "作者：李四、王五",
        "作者单位：甲小学",
        "甲小学 乙中学",
        "甲小学（东校区） 李四",
        "李",
        "李四老师讲课",
        "阿依·古丽",
        "文/李四",
        "甲小学 说了一句话",
        "",
        "撰写人：",
        "实验区 园",
    ):
        yield f"{line!r} {manuscripts.signed(line)}"
    for stem in ("题+甲小学+李四", "题+李四", "题+甲小学", "题", "题+甲小学+李四 王五+赵六", "题 + 甲小学 + 不是名字的人们", "甲+乙+丙+丁校"):
        yield f"{stem!r} {manuscripts.of_name(stem)}"
        made = Submission("a", {"title": ("有了",)} if stem.startswith("题 ") else {})
        documents.named(made, stem, KNOWN)
        yield f"  {made.values} {made.places}"


def of_compilations():
    """Numbered cases of a notice, its marks, its places."""
    body = "学校这样做，" + long(size=110) + "。"
    texts = {
        "three": "通知\n" + "\n".join(f"{n}、江苏省常州市甲小学的做法。{body}" for n in "一二三") + "\n后记",
        "below": "\n".join(f"案例{n}：常州市第{n}小学的做法\n{body}\n　二段{body}\n" for n in (1, 2, 3)) + "后记",
        "one": f"一、江苏省甲小学。{body}",
        "a hole": f"一、甲小学。{body}\n三、乙小学。{body}\n二、丙小学。{body}",
        "begins again": f"一、甲小学。{body}\n一、乙小学。{body}\n二、丙小学。{body}\n三、丁小学。{body}",
        "longest of two": f"一、甲。{body}\n二、乙。{body}\n1、丙小学。{body}\n2、丁小学。{body}\n3、戊小学。{body}",
        "two of one length": f"一、甲。{body}\n二、乙。{body}\n1、丙小学。{body}\n2、丁小学。{body}",
        "short bodies": "一、甲小学。短\n二、乙小学。短\n三、丙小学。" + body,
        "bodies of 99": "一、甲小学。" + long(size=99) + "\n二、乙小学。" + long(size=99),
        "bodies of 100": "一、甲小学。" + long(size=100) + "\n二、乙小学。" + long(size=100),
        "half of them": f"一、甲。{body}\n二、乙小学。{body}",
        "a third of them": f"一、甲。{body}\n二、乙。{body}\n三、丙小学。{body}",
        "titles of 80": f"一、甲小学{long(size=77)}。{body}\n二、乙小学{long(size=78)}。{body}",
        "lines of 80": f"一、甲小学{long(size=77)}\n{body}\n二、乙小学{long(size=78)}\n{body}",
        "twelve": "\n".join(f"{n}、甲县{n}小学。{body}" for n in "一 二 三 四 五 六 七 八 九 十 十一 十二".split()),
        "half-width": f'一、甲县甲小学,好! 。{body},甲(乙)丙:丁"说"了"对,A,甲\n二、乙小学。{body}',
    }  # fmt: skip
    for name, text in texts.items():
        yield name
        for piece in compilations.pieces(text):
            yield f"  {piece.number} {piece.line} {piece.title!r} {piece.body!r}"
        for one in documents.of_compilation(text, "通知.txt", PLACES):
            yield from submission(one)
    for text in ("一", "九", "十", "十一", "二十", "九十九", "百", "一百", "一百零三", "二百二十", "12"):
        yield f"{text} {compilations._number(text)}"
    for text in (
        "甲,乙",
        "甲, 乙;丙:",
        "a,b",
        "3,4",
        "5%,甲",
        "A!（",
        "甲(乙)(c)",
        '"甲"',
        '"甲',
        '甲"乙"丙"丁"',
        '"a"',
        "”,甲",
        "甲?",
        "甲,A",
    ):
        yield f"{text!r} {compilations.mended(text)}"
    for title in (
        "江苏省常州市甲小学的做法",
        "常州市",
        "常州市推进甲小学",
        "某处",
        "内蒙古自治区" + "甲" * 15 + "小学",
        "内蒙古自治区" + "甲" * 14 + "小学",
        "江苏省苏州市昆山市" + "甲小学",
        "",
    ):
        yield f"{title!r} {compilations.place_of(title, PLACES)}"


def of_sections():
    """Headings and Markdown of blocks."""
    texts = [
        "一、背景",
        "第一章 背景",
        "（一）背景（两百字）",
        "(二) 做法",
        "一、" + long(size=38),
        "一、" + long(size=39),
        "一、背景。",
        "一、背景。后面",
        "一、甲\n乙",
        "1. 背景",
        "背景",
        "十二．背景！",
        "（说明）",
        "第二部分：背景",
    ]
    for text in texts:
        yield f"{text!r} {sections.heading(para(text))} {sections.heading(para(text, 3))} {sections.heading(para(text, bold=True))}"
    for size in (40, 41):
        yield f"bold {size} {sections.heading(para(long(size=size), bold=True))}"
    blocks = [para("一、背景", 2), para("（一）小节", 3), para("深", 6), para("更深", 9), para("- 起头"), para("1. 起头\n续"), para("12) x"), para("+a"), para("甲 \n 乙"), para("甲\n乙\n\n丙"), Listing([(0, "-", "一"), (1, "1.", "二"), (2, "-", "三")]), Shown(3), para("图1", caption=True), Shown(4), para("图2"), para("图3", caption=True), grid(("月", ("人|数", 2, 1)), ("九\n月", None)), grid(("a", ("宽", 1, 2)), ("b", "c", "d"))]  # fmt: skip
    yield sections.markdown(blocks, lambda number, caption: f"![{number} {caption}]")
    yield sections.markdown([para("一、甲"), para("二、乙[^1]"), Shown(0)], lambda number, caption: f"![{number}]")
    yield sections.markdown([grid(("月", Listing([(0, "1.", "一"), (1, "-", "二")])), ("九", "十"))], None)
    titled = grid(
        (("表1 人数\n单位：人", 1, 2), None), ("", ""), ("月", "人"), (("一年级", 1, 2), None), ("九", "6"), (("注：截至九月", 1, 2), None)
    )
    yield sections.markdown([titled], None) + "|" + sections.markdown([grid((("只有", 1, 2), None), (("- 一格", 1, 2), None))], None)
    yield sections.markdown([grid(("", ""), ("", ("", 1, 1))), grid(("月", "人"), ("", ""))], None)
    yield repr(Listing([(0, "1.", "**李四**"), (0, "2.", "[网](https://example.org/a)*斜*"), (0, "3.", "王\\_五[^2]<sup>2</sup> a\\*b")]).text)
    yield sections.markdown([grid(("",))], None) + "|" + sections.markdown([], None)


def of_leftover():
    """What of a document was not kept."""
    kept = leftover.kept([["甲校", "李四"], ["小学"]], ["一句留下来的长话说完了", "短的"])
    words = ["甲校", "甲", "李四甲校", "留下来的长话", "留下来的长", "来的长话说完", "短的", "学校：甲校", "学段 □小学 □初中", "（不超过五十字）", "2026年9月", "年 月 日", "签字", "校长签字", "续表", "附件2", "第3页", "共12页", "某某申报表", "案例汇编", "被丢的一句话", "电话：13800519500 多的", "1. 被丢", "请在此处填写学校名称", "其他", "联系人及电话"]  # fmt: skip
    for text in words:
        yield f"{text!r} {kept.has(text)} {leftover.left(paras(text), kept, KNOWN).texts}"
    for text in ("丢" * 24, "丢" * 25, "13800519500", "a b  c", "电话13800519500，身份证110101199003074514"):
        yield leftover.quoted(text)
    long_ = leftover.Leftover(texts=[(f"第 {n} 段", f"丢{n}") for n in range(20)])
    yield long_.said()
    long_.texts.append(("第 20 段", "丢"))
    yield long_.said()
    documents_ = {
        "how to fill it": ["填表说明", "1.不丢", "（2）也不丢", "丢了"],
        "a promise": ["承诺书", "本人承诺真实", "没有抄袭", "与此无关的话", "甲校", "签名"],
        "places": ["丢一", "甲校", "丢二"],
        "a long promise": ["承诺" + "长" * 18, "真实", "承诺" + "长" * 19, "真实"],
    }
    for name, texts in documents_.items():
        yield f"{name} {leftover.left(paras(*texts), kept, KNOWN)}"
    tables = {
        "labels": grid(("职务", "主任"), ("学校", "丢"), ("日期", "9月1日"), ("特长爱好", "甲校"), ("丢的话。", "又丢")),
        "told": grid(("学校", "甲校"), ("职务", "主任"), ("民族", "汉")),
        "heads": grid(("学校", "负责人", "联系人"), ("甲校", "丢人", "李四")),
        "alone": grid(("学校", "甲校"), (("基本情况", 1, 2), None), ("丢了", "丢二"), (("末", 1, 2), None)),
        "own table": grid(("月", "人"), ("甲校", "61")),
        "inside": grid(("学校", [para("甲校"), grid(("学校", "内丢"), ("负责人", "又丢"))]), ("附", [grid(("月", "人"), ("九", "丢数"))])),
        "offices": grid(("学校", "甲校"), ("填表说明", "丢"), ("承诺", "丢"), ("说明", "承诺书\n丢"), ("意见", "同意")),
    }
    for name, one in tables.items():
        yield f"{name} {leftover.left([para('甲校'), one, one], kept, KNOWN, ['职务'] if name == 'told' else [])}"


def of_naming():
    """Names of files and ids."""
    titles = [
        "放学以后",
        "题" * 40,
        "题" * 41,
        "题" * 32 + ".-" + "题" * 9,
        "con",
        "COM1.x",
        "",
        "?",
        "a b  c 甲 乙",
        ".隐-",
        "e\u0301\u200b甲/乙",
        "aux甲",
    ]
    for title in titles:
        for unit in ("", "甲县 小学", "甲" * 21, "甲" * 19 + ".乙"):
            made = naming.names(title, unit)
            yield f"{title!r} {unit} {[next(made) for _ in range(4)]}"
    for name in ("甲", "甲" * 10, "a" * 30, "a" * 60, "甲" * 40, "甲a" * 14, "甲a" * 16, "甲a" * 20, "🙂", "a" * 39 + "-b" * 20):
        yield f"{name} {naming.id_for(name, lambda id_: True)} {naming.id_for(name, lambda id_: False)}"
    for size in range(20, 60):
        yield f"{size} {naming.id_for('a' * size, bool)} {naming.id_for('甲' * size, bool)} {naming.id_for('重' + 'ab' * size, bool)}"
    taken = {"题", "题-甲"}
    yield naming.name_for("题", "甲", lambda name: name not in taken)


def of_cases():
    """Headers, private values, pictures of cases."""
    for value in (
        "甲",
        "a b",
        "yes",
        "No",
        "甲：乙",
        "甲, 乙",
        "甲 ",
        "12",
        "《甲》",
        "甲#",
        "",
        ["甲"],
        ["甲", "乙"],
        ["甲，乙", "丙"],
        ["甲，乙"],
        ["a,b", "c"],
        ["甲", "no"],
        "（一）",
        "“甲”",
        "A",
    ):
        yield casefiles.header({"题目": value, "a b": "甲"})
    body = "字" * 999 + "\n\n 、 "
    for more, values in (("", {"form": ("full",)}), ("", {}), ("字", {})):
        made = Submission(
            "a",
            {
                "title": ("甲",),
                "authors": ("乙", "丙"),
                "stage": ("小学",),
                "theme": ("课后服务", "作业减负"),
                "leader": ("丁", "戊"),
                "school": ("己", "庚"),
                "batch": ("第一批", "第二批"),
                **values,
            },
            body=body + more,
        )
        file = casefiles.case_file(made, SETTINGS.fields, "名", "id" if more else "")
        yield f"{file.text[:200]!r} {file.text[-5:]!r} {dict(file.private)}"
    shown = '![](picture:0 "题")\n\n中\n\n![](picture:1)\n\n![](picture:2)\n\n末'
    for known in ((), ("旧.jpg",), ("", "旧.jpg", "")):
        made = Submission("a", {"title": ("甲",)}, body=shown, pictures=[Picture(picture("JPEG")), Picture(b"none"), Picture(picture())])
        file = casefiles.case_file(made, SETTINGS.fields, "名", known=known)
        yield f"{file.text!r} {list(file.pictures)} {file.made}"
        yield from submission(made)
    good, lost = casefiles.developed({"a.png": Picture(picture()), "b.png": Picture(b"x")})
    yield f"{list(good)} {lost}"
    yield casefiles.without('前\n\n![图](a.png "题")\n\n后 ![](b.png) ![x](a.pngx)', "a.png")
    one, two = Submission("a", {"title": ("甲",)}, body="x"), Submission("b", {"title": ("甲",)}, body="x", pictures=[Picture(b"1")])
    yield f"{casefiles.sum_of(one)} {casefiles.sum_of(two)} {casefiles.identity('甲 的，Ａ', '乙')} {casefiles.identity('甲的a', '乙')} {casefiles.identity('？', '')}"


def of_texts():
    """Plain texts and drafts, whole."""
    texts = {"a manuscript": f"题目\n甲县甲小学　李四\n一、背景\n{long()}。\n二、做法\n{long()}。", "signed below": f"题目\n{long()}。\n（甲小学 李四）", "unit above": f"题目\n甲小学\n{long()}。\n（乙小学）", "a form": f"申报表\n案例名称：题\n学校：甲校\n一、背景\n{long()}", "empty": " \n "}  # fmt: skip
    for name, text in texts.items():
        yield name
        yield from refused(lambda text=text: list(submission(documents.of_text(text, "a.txt", KNOWN))))
    pages = [
        "第一行的字有十个了吧",
        "短的行。",
        "",
        "— 3 —",
        "3",
        "十一个字的行一直写到末",
        "接着写完：",
        "又一段很长的话写满行，",
        "问吗？",
        "12345",
        "末行",
    ]
    yield documents._joined("\r\n".join(pages))
    yield documents._joined("\n".join(["甲" * 10] * 3 + ["甲" * 8, "甲" * 7, "甲" * 9 + "。", "甲" * 9, "甲"])) + "|" + documents._joined("")


AREAS = {
    "ticks": of_ticks, "answers": of_answers, "labels": of_labels, "lines": of_lines, "manuscripts": of_manuscripts, "compilations": of_compilations,
    "sections": of_sections, "leftover": of_leftover, "naming": of_naming, "cases": of_cases, "texts": of_texts,
}  # fmt: skip
