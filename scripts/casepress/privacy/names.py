"""Names: names of pupils beside a class or the word 同学, for a person to look at. No model is good enough to decide; patterns neither.

A name is a surname with one or two characters behind it, or one with the dot of many peoples' names. Where a name of three
ends is decided by what follows: a word that no name ends with.
"""

import re
from collections.abc import Iterator

from casepress.privacy.nonames import NO_NAMES, NOT_IN_NAMES
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
# What follows a name and ends none; in its middle numerals may stand: 赵一鸣.
_BEHIND = "的在和同与及说是把被对向从给让将为等也都就又还跟有了着过上下中来去到用自以通参获荣带主写提表感笑哭站走跑坐认觉得不没会能可要想做当以任帮教家告因每最很非一二三四五六七八九十年月日级班组"
_INSIDE = frozenset(_BEHIND) - frozenset("一二三四五六七八九十上下中来自笑写家年月可为文")
_CLASS_OF = r"(?:(?:[一二三四五六七八九]|[1-9]|[初高中大小][一二三])(?:年级|年)?|(?:20)?[0-9]{2}级[^，。；：、（）()0-9 ]{0,6}) ?[(]? ?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})? ?[)]? ?班"
_DOTTED = rf"{_HAN}{{2,8}}(?:[·•・]{_HAN}{{2,8}}){{1,2}}"
_TIBETAN = rf"(?:{_HAN}{{2}}(?:次仁|卓玛|扎西|才让|顿珠|多杰|央金|旺姆|拉姆|平措|旦增|桑吉|多吉|尼玛|旺堆|罗布|格桑|德吉|次旦|曲珍|措姆))"
_PLAIN = rf"(?:{'|'.join(_DOUBLE.split())}|[{_SURNAMES}]){_HAN}{{1,2}}|[{_SURNAMES}] {_HAN}(?!{_HAN})"
_NAME = rf"(?:{_DOTTED}|{_TIBETAN}|{_PLAIN})"
_AFTER_CLASS = re.compile(rf"{_CLASS_OF}(?:的)?(?:学生|同学|小?队员|班长|[一两二三]名同学)?(?: ?姓名)?[ :,]?({_NAME})")
_FELLOW = re.compile(r" ?(?:小)?同学(?!们|会|家|间|之|情|录|校)")
_NAMED = re.compile(rf"(?:{_DOTTED}|{_TIBETAN}|(?:{'|'.join(_DOUBLE.split())}){_HAN}{{1,2}}|[{_SURNAMES}]{_HAN}{{1,2}}|[小阿]{_HAN}{{1,2}})$")
_AFTER_PUPIL = re.compile(rf"(?:学生|同学|少先队员|小朋友|学员|学生姓名)(?:姓名)?[:是为]? ?({_NAME})")
_BEFORE_CLASS = re.compile(rf"({_NAME})(?: ?[(] ?(?:[^()]{{0,12}}?)| )?{_CLASS_OF}")
_IN_A_ROW = re.compile(rf"(?<!{_HAN})({_NAME})[,，] ?{_CLASS_OF}")
_TWICE = re.compile(rf"({_HAN})\1(?=小朋友|同学)")
_BY_ITSELF = re.compile(rf"(?:(?<![\u3400-\u4dbf\u4e00-\u9fff·•・])|(?<=同学和)|(?<=同学与))({_HAN}{{2,4}})(?=同学(?!们|会|家|间|之|情|录|校))")
_LIST = re.compile(rf"[、,和] ?({_NAME})")


_WORDS = re.compile("班|同学|学生|队员|小朋友|学员")
_OF_CLASS = frozenset("一二三四五六七八九十0123456789)） 级０１２３４５６７８９")
_NAME_FOLLOWS = re.compile(rf"(?:姓名)?[:：是为]?[ \u3000*_]{{0,3}}(?:[{_SURNAMES}]|{_TIBETAN}|{_HAN}{{2,8}}[·•・])")
_BEFORE, _BEHIND_IT = 36, 48  # signs in which a name is looked for


def windows(text: str) -> Iterator[tuple[int, int]]:
    """The parts of a text, not yet made plain, in which a name may be: from, to, each within a line."""
    first = last = -1
    for match in _WORDS.finditer(text):
        begin, end = match.span()
        if not _may_be(text, match[0], begin, end):
            continue
        start = max(text.rfind("\n", max(0, begin - _BEFORE), begin) + 1, begin - _BEFORE, 0)
        stop = text.find("\n", end)
        stop = len(text) if stop < 0 else stop
        if "、" not in text[end : end + 20]:  # names in a row may go on to the end
            stop = min(stop, end + _BEHIND_IT)
        if start > last:
            if first >= 0:
                yield first, last
            first = start
        last = max(last, stop)
    if first >= 0:
        yield first, last


def _may_be(text: str, word: str, begin: int, end: int) -> bool:
    """Whether a name may stand beside a word: most that is said of classes and pupils is said of all of them."""
    before = text[begin - 1 : begin]
    if word == "班":
        return before in _OF_CLASS
    is_called = word in ("同学", "小朋友") and before and before not in NOT_IN_NAMES
    if is_called and (end == len(text) or text[end] not in "们会家间之情录校"):
        return True
    return _NAME_FOLLOWS.match(text, end) is not None


def spans(text: str) -> Iterator[Span]:
    """The names of pupils in a plain text, each once."""
    seen: set[int] = set()
    for pattern in (_AFTER_CLASS, _AFTER_PUPIL, _BEFORE_CLASS, _IN_A_ROW):
        for found in pattern.finditer(text):
            yield from _one(text, found.start(1), found[1], seen, ends=pattern in (_BEFORE_CLASS, _IN_A_ROW))
    for found in _FELLOW.finditer(text):
        start = _before(text, found.start())
        if start < found.start():
            yield from _one(text, start, text[start : found.start()], seen, ends=True)
    for found in (*_TWICE.finditer(text), *_BY_ITSELF.finditer(text)):
        if not NOT_IN_NAMES & set(found[0]) and not any(found.start() < at + 4 and at < found.end() for at in seen):
            yield from _one(text, found.start(), found[0], seen, ends=True)


def _before(text: str, end: int) -> int:
    """Where the name begins that ends there; `end` where none does."""
    lead = text[max(0, end - 20) : end]
    if any(NO_NAMES.match(lead[-size:]) for size in (2, 3) if len(lead) >= size):
        return end
    dotted = re.search(rf"{_DOTTED}$", lead)
    if dotted:
        return end - len(dotted[0])
    for size in (4, 3, 2):
        name = lead[-size:]
        if (
            len(name) == size
            and (name[-1] not in _BEHIND or size == 2 and name[-1] in "一")
            and (size < 4 or name[:2] in _DOUBLE.split() or re.fullmatch(_TIBETAN, name))
            and _NAMED.fullmatch(name)
        ):
            whole = _BY_ITSELF.search(text, max(0, end - 4), end + 2)  # 阿卜杜拉同学: a surname within is none
            return whole.start() if whole and whole.end() == end and not NOT_IN_NAMES & set(whole[1]) else end - size
    return end


def _one(text: str, start: int, name: str, seen: set[int], ends: bool) -> Iterator[Span]:
    """A name, and those that follow it in a row; `ends` says that what follows shows where the name ends."""
    while name:
        name = name if ends else _ended(name, text[start + len(name) : start + len(name) + 1])
        name = name.removesuffix("同学")
        if (
            len(name) < 2
            or len(name) == 2
            and name[1] in _INSIDE
            or start in seen
            or NO_NAMES.match(name)
            or _is_a_teacher(text, start, start + len(name))
        ):
            return
        seen.add(start)
        yield Span("student-name", start, start + len(name))
        more = _LIST.match(text, start + len(name))
        start, name, ends = (more.start(1), more[1], False) if more and not ends else (0, "", False)


def _ended(name: str, behind: str) -> str:
    """A name without a last character that begins the next word; empty where nothing of a name is left."""
    goes_on = bool(re.match(_HAN, behind))
    if any(dot in name for dot in "·•・"):
        return re.sub(rf"(?<=..)[{_BEHIND}].*$", "", name) if goes_on and name[-1] in _BEHIND else name
    if re.fullmatch(_TIBETAN, name):
        return name
    surname = 2 if name[:2] in _DOUBLE.split() else 1
    if len(name) > surname and (name[surname] in _INSIDE or goes_on and len(name) == surname + 1 and name[surname] in _BEHIND):
        return ""
    if len(name) == surname + 2 and name[-1] in _BEHIND and goes_on:
        return name[:-1] if name[surname] not in _BEHIND else name if name[-1] in "一" else ""
    return name


_TEACHERS = "老师|教师|校长|主任|书记|教授|专家|先生|女士|教练|局长|园长"
_TEACHER_FOLLOWS = re.compile(rf" ?(?:等?(?:[一二两三四五六0-9]+[名位])?(?:老师|教师)|{_TEACHERS})")
_TEACHER = re.compile(rf"{_HAN}{{1,2}}(?:{_TEACHERS})")


def _is_a_teacher(text: str, start: int, end: int) -> bool:
    """Whether the words in a name or behind it make it a grown person's."""
    return bool(_TEACHER_FOLLOWS.match(text, end) or _TEACHER.match(text[start : start + 4]))
