"""Names: names of pupils beside a class or the word 同学, for a person to look at. No model is good enough to decide; patterns neither.

A name is a surname with one or two characters behind it, or one with the dot of many peoples' names. Where a name of three
ends is decided by what follows: a word that no name ends with.
"""

import re
from collections.abc import Iterator

from casepress.privacy.numbers import Span

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏"
    "韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关"
    "兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧管柴蒙鲍华喻祁房蒲滕屈饶解牟艾尤阳时穆农司卓古吉缪"
    "简车项芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂佟臧闵苟邬边卞姬师仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"
    "闻冀阎郁丰哈买帕古努伊赛木胥宣邓封蔺鹿索印项祖"
)
_DOUBLE = "欧阳 司马 上官 诸葛 尉迟 皇甫 东方 令狐 司徒 夏侯 慕容 端木 公孙 长孙 轩辕 宇文 南宫 独孤 百里 呼延 完颜 西门 左丘 第五 澹台 公冶 太史 申屠 鲜于 闾丘"
_HAN = "[\u3400-\u4dbf\u4e00-\u9fff]"
# What follows a name and ends none, and what is said of people instead of a name.
_BEHIND = "的在和同与及说是把被对向从给让将为等也都就又还跟有了着过上下中来去到用自以通参获荣带主写提表感笑哭站走跑坐认觉得不没会能可要想做当以任帮教家告因每最很非一二三四五六七八九十年月日级班组"
_NO_NAMES = re.compile(
    r"^(?:高[一二三]|初[一二三]|[一-龥]某|齐声|齐读|卫生|全班|全校|全部|全员|各位|各班|所有|每位|每个|同学|学生|老师|校长|主任|班主|家长|男生|女生|优秀|部分|多名|多位|几名|几位|一名|一位|这位|那位|"
    r"任课|任教|任意|高年|高中|高级|应届|应当|应该|成长|成为|成立|成绩|安排|安全|关于|关注|关爱|关心|时间|时候|时常|连续|边远|明确|明显|和谐|和同|和老|"
    r"管理|常规|常态|向全|向上|方法|方面|方案|路上|阳光|华丽|项目|单独|解决|解答|司令|农村|金牌|金点|万名|万人|千名|荣获|荣誉|班级|班长|班委|班会|师生|"
    r"游戏|白天|黄昏|江边|花园|安静|查找|查阅|席位|冷静|武术|甘愿|康复|温暖|温馨|温习|明天|明日|丰富|全面|简单|包括|包干|左右|古诗|古典|向阳|石头|苗族|毛笔|汤圆|"
    r"牛奶|马上|马路|田径|田间|童年|童话|易错|尚未|平时|于是|余名|余人|余位|何时|何种|何以|印发|封面|索取|祖国|宣传|班上|哈哈|沙包|景色|党员|党支|党史|商量|米饭)"
)
_CLASS_OF = r"(?:(?:[一二三四五六七八九]|[1-9]|[初高中大小][一二三])(?:年级|年)?|(?:20)?[0-9]{2}级[^，。；：、（）()0-9 ]{0,6}) ?[(]? ?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})? ?[)]? ?班"
_DOTTED = rf"{_HAN}{{2,8}}(?:[·•・]{_HAN}{{2,8}}){{1,2}}"
_PLAIN = rf"(?:{'|'.join(_DOUBLE.split())}|[{_SURNAMES}]){_HAN}{{1,2}}"
_NAME = rf"(?:{_DOTTED}|{_PLAIN})"
_AFTER_CLASS = re.compile(rf"{_CLASS_OF}(?:的)?(?:学生|同学|小?队员|班长|[一二两三]名同学)?[ :,]?({_NAME})")
_FELLOW = re.compile(r" ?(?:小)?同学(?!们|会|家|间|之|情|录|校)")
_NAMED = re.compile(
    rf"(?:{_DOTTED}|(?:{'|'.join(_DOUBLE.split())}){_HAN}{{1,2}}|[{_SURNAMES}]{_HAN}{{1,2}}|[小阿]{_HAN}{{1,2}}|{_HAN}{{4}}(?<=次仁|卓玛|扎西|才让|顿珠|多杰|央金|旺姆))$"
)
_AFTER_PUPIL = re.compile(rf"(?:(?<!大)(?<!中)(?<!小)学生|同学|少先队员|小朋友|学员|学生姓名)(?:姓名)?[:是为]? ?({_NAME})")
_BEFORE_CLASS = re.compile(rf"({_NAME}) ?[(] ?(?:[^()]{{0,12}}?){_CLASS_OF}")
_LIST = re.compile(rf"[、,和] ?({_NAME})")


def spans(text: str) -> Iterator[Span]:
    """The names of pupils in a plain text, each once."""
    seen: set[int] = set()
    for pattern in (_AFTER_CLASS, _AFTER_PUPIL, _BEFORE_CLASS):
        for found in pattern.finditer(text):
            yield from _one(text, found.start(1), found[1], seen, ends=pattern is _BEFORE_CLASS)
    for found in _FELLOW.finditer(text):
        start = _before(text, found.start())
        if start < found.start():
            yield from _one(text, start, text[start : found.start()], seen, ends=True)


def _before(text: str, end: int) -> int:
    """Where the name begins that ends there; `end` where none does."""
    lead = text[max(0, end - 20) : end]
    if any(_NO_NAMES.match(lead[-size:]) for size in (2, 3) if len(lead) >= size):
        return end
    dotted = re.search(rf"{_DOTTED}$", lead)
    if dotted:
        return end - len(dotted[0])
    for size in (4, 3, 2):
        name = lead[-size:]
        if len(name) == size and name[-1] not in _BEHIND and (size < 4 or name[:2] in _DOUBLE.split()) and _NAMED.fullmatch(name):
            return end - size
    return end


def _one(text: str, start: int, name: str, seen: set[int], ends: bool) -> Iterator[Span]:
    """A name, and those that follow it in a row; `ends` says that what follows shows where the name ends."""
    while name:
        name = name if ends else _ended(name, text[start + len(name) : start + len(name) + 1])
        if not name or start in seen or _NO_NAMES.match(name) or _is_a_teacher(text, start + len(name)):
            return
        seen.add(start)
        yield Span("student-name", start, start + len(name))
        more = _LIST.match(text, start + len(name))
        start, name, ends = (more.start(1), more[1], False) if more and not ends else (0, "", False)


def _ended(name: str, behind: str) -> str:
    """A name without a last character that begins the next word; empty where nothing of a name is left."""
    if any(dot in name for dot in "·•・"):
        return re.sub(rf"(?<=..)[{_BEHIND}].*$", "", name) if name[-1] in _BEHIND else name
    surname = 2 if name[:2] in _DOUBLE.split() else 1
    if len(name) > surname and name[surname] in _BEHIND:
        return ""
    if len(name) == surname + 2 and name[-1] in _BEHIND:
        return name[:-1]
    return name


def _is_a_teacher(text: str, end: int) -> bool:
    """Whether the words behind a name make it a grown person's."""
    return bool(
        re.match(
            r" ?(?:等?(?:[一二两三四五六0-9]+[名位])?(?:老师|教师)|校长|主任|书记|教授|专家|先生|女士|教练|局长|园长|妈妈|爸爸|家长)",
            text[end : end + 10],
        )
    )
