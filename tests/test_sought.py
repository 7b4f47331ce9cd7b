"""Sought: each number and name of a person to the sign, and nothing one sign longer, shorter or further away; in-process, without a build."""

import re
import tracemalloc
from datetime import date, timedelta

from stdnum.cn import ric

from casepress.privacy import beside, scanning
from casepress.privacy.plainly import plain
from casepress.privacy.scanning import scan
from casepress.privacy.shown import data_shown, shown
from casepress.privacy.tables import named_cells

# What is found of a kind stands between « and »; ⏎ is the end of a line. The values are made up as `tests/privacy/README.md` says.
NUMBERS = {
    "mobile": """
        «13800519500»
        手机«13800519500»。
        ⏎«13800519500»⏎
        «138-0051-9500»，«138 0051 9500»；«138.0051.9500»
        «+86 13800519500» «(86)13800519500» «008613800519500»
        138005195000 1380051950 0.13800519500 13800519500.5 12800519500
        13800519500元 13800519500 册 13800519500万元 «13800519500»天
        标识码编号为 : 13800519500
        标识码编号为 :一«13800519500»
        订单号13800519500，订单号一«13800519500»号
        发票13800519500
        票«13800519500»
        «138⏎00519500» «1⏎3800519500» «13⏎800519500» «1380051950⏎0»
        12⏎800519500 «19⏎900519500»
        138⏎0051950 138⏎005195001 «13800519500»⏎1
        「«138<br>00519500»」「«138⏎> 00519500»」 138⏎⏎00519500
        «138**0051**9500» «138&#48;0519500» «１３８００５１９５００» «1380051950𝟿» «𝟷3800519500» «①③⑧00519500» «13⁸00519500»
        «138\\-0051\\-9500» «138</b>00519500» «138 <b>00519500»
        [手机](tel:«13800519500») //example.com/13800519500 https://example.com/?tel=«13800519500»
        //example.com/13800519500) «13800519501»
        «13800519500»//example.com
        //example.com/a «13800519500»
        0123456789abcdef0138005195 «13800519500» 0123456789abcdef01234567
        0123456789abcdef13800519500 13800519500abcdef0123456789abcdef
        0123456789abcdef01234567-«13800519500»
        «13800519500»-0123456789abcdef01234567
        | 手机 | 数 |⏎| --- | --- |⏎| «13800519500» | 13800519500元 |
        """,
    "landline": """
        «0519-80000000» «(0519)80000000» «010 80000000»，«021-80000000转1»，«0519-80000000-12345»，0519-8100000012
        «+86 519 80000000»，«400-800-0000»，«8008000000»，电话«80000000»、«80000001»和«8000002»，«80000003»。80000004
        电话：«80000000»⏎传真 «8000000»⏎座机是«8000000»⏎Tel:«80000000» 电话号码（总机）：«80000000»
        电话：⏎«80000000»
        一⏎电话: ⏎  «80000000»⏎⏎电话：⏎⏎80000001
        电话：⏎| 80000000 |
        电话：⏎# 80000000
        电话⏎80000000
        | 姓名 | 电话 |⏎| --- | --- |⏎| 某 | «80000000» |⏎| 某 | «80000001» |⏎⏎| 某 | 80000002 |
        || 电话 |⏎|---|---|⏎|某| «80000000» |⏎|| «80000001» |⏎
        | 电话 || 数 |⏎|---|---|---|⏎| «80000000» | 80000001 | 80000002 |
          | 电话 | 数 |⏎  | --- | --- |⏎  |   «80000000»   | 80000001 |
        电话 | 数⏎--- | ---⏎«80000000» | 80000001
        电话|数⏎-|-⏎8|80000001⏎«80000002»|
        数|电话|⏎-|-|⏎一|二⏎三|«80000000»
        | 数 | 电话 |⏎| --- | --- |⏎⏎| 电话 | 数 |⏎| --- | --- |⏎| «80000000» | 80000001 |
        | 办公电话： | «80000000» | 80000001 |
        | **联系电话** | «8000 0000» | | 电话号码 | «80000002» |
        | 电话（0519） |⏎|---|⏎| 一\\|二 |⏎| «80000000» |
        | 数 \\| 电话 | 数 |⏎|---|---|⏎| 80000000 | 80000001 |
        | 电话 |⏎|---|⏎| «80000000»/«80000001» |
        """,
    "id-number": """
        «110101190001010014»，«110101 19000101 0014»，«110101-19000101-0014»，«110101190001⏎010014»
        «32041119000103003X» «32041119000103003x»，«830101190001010013»
        110101190001010013 110101190002290011 100101190001010012 910101190001010013 1101011900010100140
        A110101190001010014 110101190001010014a 110101209901010017
        身份证«110101000101001»，身份证«110101000228001»
        证件号：«110101000101001»
        公民身份一二三四五六七八九十一二三四五：«110101000101001»
        公民身份一二三四五六七八九十一二三四五六：110101000101001
        身份证110101000229001 身份证110101001301001 身份证«110101991231001» 身份证110101990132001
        //example.com/«110101190001010014»
        订单号«110101190001010014»
        """,
    "bank-card": """
        «6200000000000005»，«6200 0000 0000 0005»，«62000000000000000»，«620000000000000005»，«6200000000000000000»
        620000000000000 62000000000000000005 6200000000000006 4111111111111111 产品号6200000000000005
        卡号4111111111111112 卡号«4111111111111111»
        账户«4111111111111111»
        账号一二三四五六七八九：«4111111111111111»
        账号一二三四五六七八九十：4111111111111111
        账号：产品号«6200000000000005»
        «62000000000⏎00005»，62000000⏎00000006，«62000000000000⏎000»，620000000000000⏎05
        """,
    "e-mail": """
        «a@example.com»，信箱«laoshi@example.com»。«a.b+c@mail.example.com.cn»
        «a＠example.com» «a(at)example.com» «a [at] example.com» «a at example.com» «a#qq.com» «a&#64;example.com»
        //example.com/«a@example.com» «a@example[dot]com» @example.com 三@四.五
        """,
    "qq": """
        QQ«10000» QQ：«12345678901» QQ群：«800000000» QQ号是 «800000000» qq或微信号：«800000000» 扣扣«10000»
        QQ1234 QQ123456789012 QQ012345 QQ20211208-153027.png AQQ800000000 QQ800000000@a
        | QQ |⏎| --- |⏎| «13800519500» |⏎| 一 |⏎| «13800519502» |
        | QQ |⏎| --- |⏎| «800000000» |⏎| 1234 |
        """,
    "wechat": """
        微信：«abcdef» 微信号«example_wj» WeChat ID：«exampleID» vx: «abcdef-» V信«abcdef» 微信（«example») wx号 «abcdef»
        微信abcde 微信号：123456 微信公众号：abcdef 微信群abcdef
        微信号：«a13800519500»
        微信：«a234567890123456789b» 微信：a234567890123456789bc
        """,
    "plate": """
        0123456789abcdef01234567«苏D00A00»
        «苏D00A00» «苏D·00A00» «苏D00000D» «苏DD00000» «苏D0000学» 苏D000A 苏DI0000 苏d00A00 馆藏A12345 «苏D-12345» 苏D123456
        车牌：«苏d00a00» 牌照号是 «苏D 00A00» 牌号苏d00000000
        """,
    "student-number": """
        学籍号：«20190001» 学籍辅号 «G12345678» 学号«2019000100»，学籍号1234567
        学籍：«G110101190001010018» 学籍一二三四五六七八九：«G110101190001010018» 学籍一二三四五六七八九十：G110101190001010018
        G110101190001010018 A110101190001010018
        """,
}  # fmt: skip
NAMES = """
        «王子轩»同学
        三（2）班«王子轩»说好。⏎五年级1班的学生«李娜»在笑⏎2019级网络 3 班，«张三丰»
        三（2）班«王子轩»、«李娜»和«赵一鸣»，«陈好»。
        三（2）班班长«王子轩»的 三班两名同学«李娜» 高一班小队员 «王子轩» 三班姓名:«李娜»
        三班王子轩老师 三班王老师 三班同学王某 三班王某某 三班优秀 三班高兴 三班成为 三班张的
        三班«阿依古丽·买买提»。
        三班«欧阳文轩» 三班«次仁卓玛» 三班«欧阳文» 三班«王次仁» 三班«诸葛明»在笑
        学生«王子轩» 学生姓名：«王子轩» 学员是«李娜»。少先队员«王 芳»。小朋友«诸葛明亮»
        学生«次仁卓玛»在读书 学生«买买提·艾力» 学生 小明 学生们王子轩
        高兴同学，应届生同学，向优秀同学，平时好同学，在平时好同学，在«欧阳文轩»同学，«诸葛»同学，«王子轩好»同学，在王子轩好同学，在诸葛同学，王同学
        «阿卜杜拉»同学
        天，天，«买买提·艾力»同学
        «赵一»同学，«赵上»同学，在赵上同学，在«赵一»同学，在赵一一下同学，«赵一鸣»同学，«李明明»同学，«欧阳明明»同学，小«王子轩»同学
        «依古丽买提买提依·依古丽买提买提依·依古丽买提买提依»同学
        三班«古丽·艾山»说今天我们的作业。三班«古丽·艾山说今天我们»
        三班诸葛。三班«诸葛明»。三班王子老师好，三班王子轩等三位老师，三班王子轩 老师，三班«王子轩»、李娜老师
        三班«王一一»个人，三班«王一一»个，三班«王上一»个，三班«王娜»和他，三班王和他，三班«王娜和»。三班«赵一鸣»说，三班王在
        三班«欧阳娜»在笑，三班欧阳在笑，三班«欧阳文轩»笑，三班欧阳和，三班«王天»、«欧阳文轩»、«李娜»和«赵一鸣»在笑
        三班«王天»，«王地»同学，三班«王天»同学
        小«王子»三班，阿王三班，«王地»三班，天«王地玄»三班，天«欧阳地»三班，«天地次仁»三班，«次仁卓玛»三班
        «王子轩»（三（2）班） «李娜» 三（2）班 «欧阳文轩»三班 «王子轩»(组长，三（2）班)
        «李娜»，三（2）班
        «小明»同学，«阿明»小同学，«明明»同学，«明明»小朋友，«李娜»小同学，王同学，有的同学 其他同学 王某同学，王子某同学，全班同学 同学们
        王子轩同学会 王子轩同学们 王子轩同学家
        «欧阳文轩»同学 «次仁卓玛»同学 «阿卜杜拉»同学 «买买提·艾力»同学 «诸葛明»同学 «赵一»同学
        «李娜»同学和«王子轩»同学
        """
TEN = "天地玄黄宇宙洪荒日月"
# In which parts of a text a name is looked for at all, and a number.
NAMED = f"""
        «三班»
        班
        三个班，学生们，同学会，同学家，有的同学，学生应
        «学生王»⏎学生
        «王同学»
        «小朋友说»
        学员小朋友们
        一⏎«二三班四»⏎五
        ⏎«三班»⏎
        天«{TEN * 3}天地玄黄宇三班»
        «{TEN * 3}天地玄黄宇三班{TEN * 4}天地玄黄宇宙洪荒»日
        «{TEN * 3}天地玄黄宇三班{TEN}天地玄黄宇宙洪荒日、{TEN * 5}»
        «{TEN * 3}天地玄黄宇三班{TEN * 2}、{TEN * 2}天地玄黄宇宙洪»荒
        «三班{TEN * 4}天地玄黄宇宙洪荒{TEN * 3}天地三班{TEN}»
        «三班{TEN * 4}天地玄黄宇宙洪荒»日«{TEN * 3}天地玄黄宇三班{TEN * 4}天地玄黄宇宙洪荒»日«{TEN * 3}天地玄黄宇三班»
        «三班{TEN * 4}天地玄黄宇宙洪荒{TEN * 3}天地玄黄宇三班{TEN}»
        «三班甲、{TEN * 9}三班{TEN * 9}»
        «三班甲、{TEN * 9}三班乙、{TEN * 9}»⏎{TEN}⏎«三班»
        «学生诸葛天地»
        学生天诸葛，学生月马诸
        «学生姓名： **王»
        «队员次仁卓玛天»
        学生天卓玛，学生天地玄卓玛，学生荒次仁卓，学生次仁
        «学员是买买提·»
        学员是天·提
        学生一二三四五六七八九·
        """
NUMBERED = """
        «一12345二»
        1234
        ⏎«12345»
        一⏎⏎«12345⏎»⏎二
        «@b 123-⏎45一»⏎二
        一⏎«12345⏎6789⏎二»⏎三
        «12345⏎67890一»⏎67
        «１２３４５⏎一»⏎二⏎«a@b»⏎二⏎«a@b⏎a@b»
        «12345⏎a@b»⏎⏎«12345⏎一⏎a@b»
        «电话：⏎12345»
        «电话: ⏎12345»
        电话：⏎⏎«12345»
        一⏎«电话：⏎12345»
        «|12345⏎二|»⏎三
        一⏎«a|⏎|⏎|12345⏎|⏎|b»⏎⏎|
        a|b⏎⏎«|12345|»⏎⏎a|b
        ⏎«a|⏎12345|»
        电话：⏎«|12345|»
        """


def marked(table: str) -> dict[str, list[tuple[int, int]]]:
    """The texts of a table, and from where to where each has something between « and »."""
    found = {}
    for line in filter(None, map(str.strip, table.split("\n"))):
        pieces = re.split("[«»]", line.replace("⏎", "\n"))
        ends = [sum(map(len, pieces[: nth + 1])) for nth in range(len(pieces))]
        found["".join(pieces)] = list(zip(ends[::2], ends[1::2], strict=False))
    return found


def told(text: str, **how) -> list[tuple[str, int, int]]:
    return [(each.kind, each.start, each.end) for each in scan(text, **how)]


def test_numbers_are_found_to_the_sign():
    """Of each kind what is one digit longer or shorter, has another check digit, stands further from its word: nothing; and nothing of other kinds."""
    for kind, table in NUMBERS.items():
        wanted = marked(table)
        assert {text: told(text) for text in wanted} == {text: [(kind, *span) for span in spans] for text, spans in wanted.items()}


def test_names_are_found_to_the_sign():
    """Where a name begins and ends, beside which words, and which words are none."""
    wanted = marked(NAMES)
    assert {text: told(text) for text in wanted} == {text: [("student-name", *span) for span in spans] for text, spans in wanted.items()}


def test_what_is_looked_into():
    """Names within 36 signs before a word and 48 behind it, in a row up to the line's end; numbers in their lines, tables whole; nothing twice."""
    wanted = marked(NAMED)
    assert {text: list(map(tuple, beside.windows(text))) for text in wanted} == wanted
    wanted = marked(NUMBERED)
    assert {text: list(map(tuple, scanning.stretches(text))) for text in wanted} == wanted
    assert scanning.stretches("电话：\n12345\n67\n89", is_built=True) == [[4, 15]]


def test_a_plain_text_knows_where_each_sign_stood():
    """Every form, mark and line's end that hides a number, and the places of what is left, in a text that is a part of a longer one."""
    for text, words, places in (
        ("１\u3000二—𝟿￮Ⅴ①ⓩ⁴ₜ⑴", "1 二-9○Ⅴ1z4t⑴", list(range(12))),
        ('<b a="*x*">1\\_', "1_", [11, 13]),
        ("\u200b1\u200b\u200b2", "12", [1, 4]),
        ("**1**二__3__ *4 * **5", "1二3 *4 * **5", [2, 5, 8, *range(11, 20)]),
        ("a\\_b&#49;&amp;&lt;&no;\\a", "a_b1&<&no;\\a", [0, 2, 3, 4, 9, 14, 18, 19, 20, 21, 22, 23]),
        ("甲： \n 乙:\n|", "甲: 乙:\n|", [0, 1, 2, 5, 6, 7, 8]),
        ("a</td><td>b<td>c</b>d", "a b cd", [0, 1, 10, 11, 15, 20]),
        ("**&#49;**\n2", "1\n2", [2, 9, 10]),
    ):
        made = plain(text, 7)
        assert (made.text, [made.origin(at, at + 1)[0] - 7 for at in range(len(made.text))]) == (words, places), text
    made = plain("1&#50;３", 7)
    assert [made.origin(at, at + 1) for at in range(3)] == [(7, 8), (8, 13), (13, 14)] and [
        made.origin(*each) for each in ((0, 1), (0, 2), (1, 3))
    ] == [
        (7, 8),
        (7, 13),
        (8, 14),
    ]
    for figures, is_one in (
        ("1 3800519500", True), ("13 800519500", True), ("19 900519500", True), ("12 800519500", False), ("2 3800519500", False),
        ("138 0051950", False), ("138 005195001", False), ("1 23456789012345", True), ("12 34567890123", False),
        ("2 345678901234567", False), ("2 2345678901234", False), ("23 4567890123456", True),
        ("23456789012345 6", True), ("234567890123456 7", False), ("23456789012345 67890", True), ("23456789012345 678901", False),
        ("2345678901234567 8", False), ("2 3456789012345", False), ("2345678 8901234X", True),
    ):  # fmt: skip
        for before, behind in (("", ""), ("一", "二"), ("x9、", "、9")):
            made = plain(before + figures.replace(" ", "\n") + behind, 0).text
            assert made == before + figures.replace(" ", "" if is_one else " ") + behind, (figures, before)


def test_the_cells_of_a_table_and_what_they_are_called():
    """Where the words of a cell stand, with the name at the head of its column or, without one, before it in its row."""
    for table, cells in (
        ("| 电话 | 数 |\n|---|:-:|\n| 1 | |\n\n| 2 |", {"数": "电话", "1": "电话"}),
        ("一\n|| QQ号： |\n|-|-|\n|| 1|\n| 2 | 3 \\| 4 |\n5\n| 6 | 7 |", {"1": "QQ号", "3 \\| 4": "QQ号"}),
        ("  **手 机** | _卡_ 号\n  -- | --\n  1 |  2 \n3|4", {"_卡_ 号": "手机", "1": "手机", "2": "卡号", "3": "手机", "4": "卡号"}),
        ("| 电话 | 1 | 邮箱 | 2 |\n| 好 | 3 | 微信（家长） | 4 | 5 |", {"1": "电话", "2": "邮箱", "4": "微信（家长）"}),
        ("| 电话 | 数 |\n|---|---|\n| 1 | 2 | 3 | QQ | 4 |\n| 5 | QQ | 6 |", {"数": "电话", "1": "电话", "4": "QQ", "5": "电话", "6": "QQ"}),
    ):
        found = [(table[first:last], name) for first, last, name in named_cells(table) if first < last]
        assert found == list(cells.items()), table


def test_values_of_several_kinds_stand_side_by_side():
    """Each sign is of one kind, in the order of their places and with their lines; the number of an ID within a student's is told as well."""
    text = (
        "\n13800519500、a@example.com\n\n苏D00A00，QQ：800000000和微信：abcdef苏D00A00\n学籍号：G110101190001010014\n"
        "| 电话（QQ12345） | 卡号 |\n| --- | --- |\n| 80000000 | 4111111111111111 |\n三班王子轩的手机13800519501\n学号13800519502\n"
    )
    assert [(each.line, each.kind, each.text) for each in scan(text)] == [
        (2, "mobile", "13800519500"),
        (2, "e-mail", "a@example.com"),
        (4, "plate", "苏D00A00"),
        (4, "qq", "800000000"),
        (4, "wechat", "abcdef"),
        (4, "plate", "苏D00A00"),
        (5, "student-number", "G110101190001010014"),
        (5, "id-number", "110101190001010014"),
        (6, "qq", "12345"),
        (8, "landline", "80000000"),
        (8, "bank-card", "4111111111111111"),
        (9, "student-name", "王子轩"),
        (9, "mobile", "13800519501"),
        (10, "mobile", "13800519502"),
        (10, "student-number", "13800519502"),
    ]
    built = "三班王子轩138\n00519500。\n\n电话：\n80000000 13800519500\n"
    assert [(each.line, each.text) for each in scan(built, is_built=True)] == [(5, "13800519500")]


def test_a_long_line_takes_the_memory_of_what_is_changed_in_it():
    """A file that was built may be one line of millions of signs: a few times its own size is enough to look into it."""
    line = "学校安排课后服务，" * 50_000 + "13800519500"
    tracemalloc.start()
    try:
        assert [each.text for each in scan(line, is_built=True)] == ["13800519500"]
        assert tracemalloc.get_traced_memory()[1] < 10 * len(line)
    finally:
        tracemalloc.stop()


def test_who_is_born_today_has_a_number():
    """The day of an ID may be today, and not to come."""
    for days, found in ((-1, 1), (0, 1), (1, 0)):
        number = f"110101{date.today() + timedelta(days):%Y%m%d}001"
        assert len(told(number + ric.calc_check_digit(number + "0"))) == found


def test_all_that_a_page_says_is_read():
    """Words in their blocks, each attribute that is shown or calls, however many and unfinished; of data the values with their names."""
    page = (
        '<script id="__config" type="application/json">{"a": 1}</script><p>一<b>二</b>&lt;三<br>四\\五</p><script id="__config">6</script>'
        '<img alt="七" title="八"><img alt="九&amp;"><a href="tel:10" class="11">十</a><a href="mailto:12">'
        '<input placeholder="13" value="14" aria-label="15"><i title="16'
    )
    assert shown(page).split() == '一二<三 四 五 十 <i title="16 七 九& 八 16 15 13 14 10 12'.split()
    assert data_shown('{"电话": [8, {"名": "张"}], "b": null}') == "电话：8\n名：张\nb：None"
    assert data_shown("x = '\\u0031\\u003f\\u00g1'") == "x = '1?\\u00g1'"
