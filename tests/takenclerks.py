"""Files as a clerk meets them: covers, contact lines, photos on forms, lists and names that fit badly, and what is taken down of each. See `taken`."""

import tempfile
from pathlib import Path

from casepress.intake import documents, manuscripts, receiving
from conftest import write_files
from taken import KNOWN, PLACES, long, of_data, rows_of, submission, workbook
from wordparts import p, package, style, tbl, tc, tr
from wordplants import picture, png

LINKS, MEDIA = [("pic", "image", "media/image1.png", False)], {"word/media/image1.png": png()}
TEXT = p(long() + "。")
HEADED = p("一、背景") + TEXT


def pairs(*rows: tuple[str, str]) -> str:
    return tbl(*(tr(*row) for row in rows), columns=2)


def of_clerks():
    """Documents, sheets, notices and folders, each with one thing that is easily taken down wrong."""
    sentence = "每天放学以后，孩子们不再蹲在校门口写作业。"
    form = pairs(("案例名称", "题"), ("学校", "甲校"))
    bodies = {
        "how to fill it, above the form": p("某某申报表") + p("填表说明") + p("1.本表由申报单位如实填写，" + long() + "。") + p("2.短的。") + form + HEADED,
        "a seal below a label": p("案例名称：题") + p("学校：甲校") + p("联系人：") + p("（盖章）") + p("年   月   日") + HEADED,
        "the next form below a label": p("案例名称：题") + p("联系人：") + p("附件2") + p("某某登记表") + HEADED,
        "a hint that nobody answered": pairs(("案例名称", "题"), ("学校", "（全称）"), ("联系人", "（必填）")) + HEADED,
        "photos of a form": pairs(("案例名称", "题"), ("照片", p(picture()) + p("图1 合影")), ("学校", p("甲校") + p(picture()) + p("校门", style="c"))) + HEADED,
        "a portrait": pairs(("案例名称", "题"), ("负责人", p("李四") + p(picture()))) + HEADED,
        "a label and its photo in a cell": tbl(tr(p("照片") + p(picture()) + p("图1 合影"), p("学校") + p("甲校")), tr("案例名称", "题"), columns=2) + HEADED,
        "boxes in a row below": tbl(tr("学段", "小学", "初中"), tr("", "☑", "□"), tr("学校", tc("甲校", 2)), columns=3) + HEADED,
        "boxes in the next question": tbl(tr("学段", "☑小学", "□初中"), tr("", "☑", "□"), columns=3) + HEADED,
        "who wrote it, at the end": p("题目") + TEXT + p("作者单位：甲县甲小学") + p("联系人：李四") + p("电话：13800519500"),
        "labels in lines of their own": p("案例名称") + p("放学以后怎么过") + p("学校") + p("甲县甲小学") + HEADED,
        "a comma between answers": p("案例名称：题，") + p("联系人：李四，电话：13800519500；学校：甲校。") + HEADED,
        "a title at the end": p("题目") + TEXT + p("案例名称：别的题"),
        "a table of contacts alone": pairs(("负责人及电话", "李四 13800519500"), ("联系人及职务", "王五 主任")) + p("放学以后") + p("甲小学") + TEXT,
        "a title with a joint": pairs(("案例名称", "学校和家庭怎样协同"), ("学校", "甲校")) + HEADED,
        "a picture above the lines": p(picture()) + p("案例名称：题") + p("学校：甲校") + HEADED,
        "a cover in headings": p("案例名称：放学以后", style="h") + p("学校：甲县甲小学", style="h") + p("一、背景", style="h") + TEXT,
        "headings that only look like labels": p("题目") + p("学校：", style="h") + TEXT + p("案例主题：放学", style="h") + TEXT,
        "four lines below a title": p("放学以后") + p("学校：甲县甲小学") + p("负责人：李四") + p("联系人：王五") + p("邮箱：a@b.cn") + HEADED,
        "a short line below a title": p("题目") + p("甲县甲小学") + p("短话一行") + TEXT,
        "a unit of no usual name": p("题目") + p("单位：甲局") + p("撰写人：短话一行") + TEXT,
        "a form of one sentence": p("案例名称：题") + p("学校：甲校") + p(sentence) + p("短的一行"),
        "a form without a sentence": p("案例名称：题") + p("学校：甲校") + p("短的一行") + p("我们承诺以上所说都是真实的，没有抄袭。"),
        "a heading that is a box": tbl(tr("案例名称", "题"), tr("□", p(sentence)), columns=2),
        "a label beside a text": tbl(tr("学校：甲校", p(long() + "。")), tr("案例名称", "题"), columns=2),
    }  # fmt: skip
    for name, body in bodies.items():
        yield name
        made = of_data(package(body, style("h", "heading 1") + style("c", "caption"), links=LINKS, media=MEDIA))
        yield from (line.replace(long(), "…") for line in made)
    for stem in (
        "甲小学+放学以后",
        "甲小学+李四",
        "放学以后+校园",
        "语文+数学",
        "题+甲小学+王老师团队",
        "题+丙+李四",
        "李四+甲小学+题",
        "题+次仁卓玛",
        "李四+甲小学",
        "王五+赵六",
    ):
        yield f"{stem} {manuscripts.of_name(stem)}"
    for line in (
        "文静",
        "方案",
        "高中",
        "书香校园",
        "初中",
        "学校",
        "学校 办公室",
        "单位：甲局",
        "作者：短话",
        "甲小学 短话",
        "阿依·古丽",
        "承诺书",
    ):
        yield f"{line} {manuscripts.signed(line)}"
    yield from notices()
    yield from lists()


def notices():
    """Notices and their text around the cases."""
    case = lambda number, unit: f"{number}、常州市{unit}的做法\n{long(size=110)}。\n"  # noqa: E731
    texts = {
        "around": "关于印发案例的通知\n各校：现在印发。\n" + case("一", "甲小学") + case("二", "乙小学"),
        "a number left out": case("一", "甲小学") + case("二", "乙小学") + case("四", "丁小学"),
        "none": "题目\n" + long(),
    }
    for name, text in texts.items():
        yield name
        for one in documents.of_notice(text, "通知.txt", KNOWN, PLACES):
            yield from (line.replace(long(size=110), "…") for line in submission(one))


def lists():
    """Heads of sheets that ask twice or are merged, and rows for documents of one title."""

    def fill(book):
        for row in (
            ["案例名称", "学校", "单位", "联系人", None, None],
            ["题", "甲", "乙", "李", "主任", None],
            ["题二", "丙", "丙", "王", "王", "散"],
        ):
            book.active.append(row)
        book.active.merge_cells("D1:E1")

    yield "a head that asks twice, and a merged one"
    yield from rows_of(workbook(fill))
    case = lambda unit: f"案例名称：放学以后\n学校：{unit}\n\n一、背景\n{long()}\n".encode()  # noqa: E731
    sheets = {
        "both": "案例名称,学校,学段\n放学以后,甲县柳湾小学,小学\n放学以后,乙小学,初中",
        "one is another's": "案例名称,学校,学段\n放学以后,丙小学,小学\n放学以后,乙小学,初中",
        "neither": "案例名称,学校,学段\n放学以后,丙小学,小学\n放学以后,丁小学,初中",
        "twice": "案例名称,学校,学段\n放学以后,乙小学,初中\n放学以后,乙小学,初中",
        "no unit": "案例名称,学段\n放学以后,初中",
    }
    for name, sheet in sheets.items():
        with tempfile.TemporaryDirectory() as folder:
            write_files(Path(folder) / "in", {"a.txt": case("柳湾小学"), "b.txt": case("乙小学"), "表.csv": sheet.encode()})
            made = receiving.receive(receiving.files_of([Path(folder) / "in"]), KNOWN, PLACES)
        yield name
        for one in made.submissions:
            yield f"  {one.source} {one.values}"
            yield from (f"  {problem}" for problem in one.problems)
        yield from (f"  {problem}" for problem in made.problems)


AREAS = {"clerks": of_clerks}
