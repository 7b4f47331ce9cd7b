"""Beside: where in a text the name of a pupil may stand: beside a class, or beside a word for pupils."""

import re

from casepress.facts.characters import DOTS, WORDED
from casepress.privacy.nonames import NOT_IN_NAMES

SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏"
    "韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关"
    "兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧管柴蒙鲍华喻祁房蒲滕屈饶解牟艾尤阳时穆农司卓古吉缪"
    "简车项芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂佟臧闵苟邬边卞姬师仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"
    "闻冀阎郁丰哈买帕古努伊赛木胥宣邓封蔺鹿索印项祖"
)
DOUBLE = frozenset(
    "欧阳 司马 上官 诸葛 尉迟 皇甫 东方 令狐 司徒 夏侯 慕容 端木 公孙 长孙 轩辕 宇文 南宫 独孤 百里 呼延 完颜 西门 左丘 第五 澹台 公冶 太史 申屠 鲜于 闾丘".split()
)
LETTER = f"[{WORDED}]"  # of a name; with 〇 names are hidden
TIBETAN = frozenset(
    "次仁 卓玛 扎西 才让 顿珠 多杰 央金 旺姆 拉姆 平措 旦增 桑吉 多吉 尼玛 旺堆 罗布 格桑 德吉 次旦 曲珍 措姆".split()
)  # second halves
_WORDS = re.compile("班|同学|学生|队员|小朋友|学员")
_OF_CLASS = frozenset("一二三四五六七八九十0123456789)） 级０１２３４５６７８９")
_CALLED = re.compile("(?:同学|小朋友)(?![们会家间之情录校])")
_NAME_FOLLOWS = re.compile(rf"(?:姓名)?[:：是为]?[ \u3000*_]{{0,3}}(?=({LETTER}{{2,8}}[{DOTS}])|{LETTER})")
_BEFORE = 36  # signs in which a name is looked for
_BEHIND = re.compile(".{0,48}")
_IN_A_ROW = re.compile(".{0,19}、")  # names in a row may go on to the end
_LINE = re.compile(".*")


def windows(text: str) -> list[list[int]]:
    """The parts of a text, not yet made plain, in which a name may be: from, to, each within a line."""
    parts: list[list[int]] = []
    last = -1
    for match in _WORDS.finditer(text):
        begin, end = match.span()
        if not _may_be(text, match[0], begin, end):
            continue
        start = begin - len(text[max(begin - _BEFORE, 0) : begin].rpartition("\n")[2])
        stop = _LINE.match(text, max(last, end)).end() if _IN_A_ROW.match(text, end) else _BEHIND.match(text, end).end()
        if start > last:
            parts.append([start, stop])
        last = parts[-1][1] = max(parts[-1][1], stop)
    return parts


def _may_be(text: str, word: str, begin: int, end: int) -> bool:
    """Whether a name may stand beside a word: most that is said of classes and pupils is said of all of them."""
    before = text[begin - 1 : begin]
    if word == "班":
        return before in _OF_CLASS
    if _CALLED.match(text, begin) and before not in NOT_IN_NAMES:
        return True
    follows = _NAME_FOLLOWS.match(text, end)
    if not follows:
        return False
    words = text[follows.end() : follows.end() + 4]
    return bool(follows[1]) or words[0] in SURNAMES or words[:2] in DOUBLE or words[2:] in TIBETAN
