"""Names: names of pupils beside a class or the word 同学, for a person to look at. No model is good enough to decide; patterns neither.

A name is a surname with one or two characters behind it, or one with the dot of many peoples' names. Where a name of three
ends is decided by what follows: a word that no name ends with.
"""

import re
from collections.abc import Iterator

from casepress.facts.characters import DOTS, PAUSES, WORDED
from casepress.privacy.beside import DOUBLE, LETTER, SURNAMES, TIBETAN
from casepress.privacy.nonames import NO_NAMES, NOT_IN_NAMES, is_none
from casepress.privacy.plainly import Span

# What follows a name and ends none; in its middle numerals may stand: 赵一鸣.
_ENDINGS = "的在和同与及说是把被对向从给让将为等也都就又还跟有了着过上下中来去到用自以通参获荣带主写提表感笑哭站走跑坐认觉得不没会能可要想做当以任帮教家告因每最很非一二三四五六七八九十年月日级班组"
_BEHIND = frozenset(_ENDINGS)
_INSIDE = _BEHIND - frozenset("一二三四五六七八九十上下中来自笑写家年月可为文")
_CLASS_OF = rf"(?:(?:[一二三四五六七八九]|[1-9]|[初高中大小][一二三])(?:年级|年)?|(?:20)?[0-9]{{2}}级[^。{PAUSES}（）()0-9 ]{{0,6}}) ?[(]? ?(?:[0-9]{{1,2}}|[一二三四五六七八九十]{{1,3}})? ?[)]? ?班"
_DOTTED = rf"{LETTER}{{2,8}}(?:[{DOTS}]{LETTER}{{2,8}}){{1,2}}"
_LONGEST = 26  # signs of one with dots
_GOES_ON = re.compile(LETTER)
_FIRST = SURNAMES | frozenset("小阿")
_PLAIN = rf"{LETTER}{{2,4}}|{LETTER} {LETTER}(?!{LETTER})"  # whether it begins with a surname is asked of a set: classes of hundreds are slow to make
_NAME = rf"(?:{_DOTTED}|{_PLAIN})"
_AFTER_CLASS = re.compile(rf"{_CLASS_OF}(?:的)?(?:学生|同学|小?队员|班长|[一两二三]名同学)?(?: ?姓名)?[ :,]?({_NAME})")
_FELLOW = re.compile(r" ?(?:小)?同学(?!们|会|家|间|之|情|录|校)")
_AFTER_PUPIL = re.compile(rf"(?:学生|同学|少先队员|小朋友|学员|学生姓名)(?:姓名)?[:是为]? ?({_NAME})")
_BEFORE_CLASS = re.compile(rf"({_NAME})(?: ?[(] ?(?:[^()]{{0,12}}?)| )?{_CLASS_OF}")
_IN_A_ROW = re.compile(rf"(?<!{LETTER})({_NAME})[,，] ?{_CLASS_OF}")
_TWICE = re.compile(rf"({LETTER})\1(?=小朋友|同学)")
_BY_ITSELF = re.compile(rf"(?:(?<![{WORDED}{DOTS}])|(?<=同学和)|(?<=同学与))({LETTER}{{2,4}})(?=同学(?!们|会|家|间|之|情|录|校))")
_LIST = re.compile(rf"[、,和] ?({_NAME})")


def spans(text: str) -> Iterator[Span]:
    """The names of pupils in a plain text, each once."""
    seen: set[int] = set()
    for pattern in (_AFTER_CLASS, _AFTER_PUPIL, _BEFORE_CLASS, _IN_A_ROW):
        for found in pattern.finditer(text):
            ends = pattern in (_BEFORE_CLASS, _IN_A_ROW)
            words = _trailing(found[1]) if ends else found[1]
            yield from _one(text, found.end(1) - len(words), words, seen, ends)
    for found in _FELLOW.finditer(text):
        start = _before(text, found.start())
        yield from _one(text, start, text[start : found.start()], seen, ends=True)
    for found in (*_TWICE.finditer(text), *_BY_ITSELF.finditer(text)):
        if not NOT_IN_NAMES & set(found[0]) and seen.isdisjoint(range(found.start() - 2, found.end())):
            yield from _one(text, found.start(), found[0], seen, ends=True)


def _before(text: str, end: int) -> int:
    """Where the name begins that ends there; `end` where none does."""
    lead = text[max(end - _LONGEST, 0) : end]
    if lead[-2:] in NO_NAMES or lead[-3:-1] in NO_NAMES or lead.endswith("某"):
        return end
    dotted = re.search(rf"{_DOTTED}$", lead)
    if dotted:
        return end - len(dotted[0])
    for size in (4, 3, 2):
        name = lead[-size:]
        if _is_named(name) and (name[-1] not in _BEHIND or name[1:] == "一"):
            whole = _BY_ITSELF.search(text, end - 4, end + 2)  # 阿卜杜拉同学: a surname within is none
            return whole.start() if whole and not NOT_IN_NAMES & set(whole[1]) else end - len(name)
    return end


def _is_named(name: str) -> bool:
    """Whether somebody may be called so: by a surname and one or two characters, or by 小 or 阿 instead of the first."""
    if not re.fullmatch(rf"{LETTER}+", name):
        return False
    return name[2:] in TIBETAN or len(name) > 2 and name[:2] in DOUBLE or len(name) < 4 and name[0] in _FIRST


def _is_dotted(name: str) -> bool:
    return any(dot in name for dot in DOTS)


def _leading(words: str) -> str:
    """The name that some words begin with, its last character perhaps one too many; empty where they begin with no surname."""
    if _is_dotted(words) or words[2:4] in TIBETAN:
        return words
    if words[:2] in DOUBLE and len(words) > 2:
        return words[:4]
    return words[:3] if words[0] in SURNAMES else ""


def _trailing(words: str) -> str:
    """The name that some words end with."""
    if _is_dotted(words):
        return words
    for size in (4, 3, 2):
        name = words[-size:]
        if name[0] not in "小阿" and _is_named(name):
            return name
    return ""


def _one(text: str, start: int, words: str, seen: set[int], ends: bool) -> Iterator[Span]:
    """A name, and those that follow it in a row; `ends` says that what follows shows where the name ends."""
    while True:
        name = words if ends else _leading(words)
        if not ends:
            name = _ended(name, bool(_GOES_ON.match(text, start + len(name))))
        name = name.removesuffix("同学")
        if len(name) < 2 or name[1:] in _INSIDE or start in seen or is_none(name) or _is_a_teacher(text, start, start + len(name)):
            return
        seen.add(start)
        yield Span("student-name", start, start + len(name))
        more = _LIST.match(text, start + len(name))
        if ends or not more:
            return
        start, words = more.start(1), more[1]


def _ended(name: str, goes_on: bool) -> str:
    """A name without a last character that begins the next word, where letters go on behind it; empty where nothing of a name is left."""
    if _is_dotted(name):
        return re.sub(rf"(?<=..)[{_ENDINGS}].*$", "", name) if goes_on and name[-1] in _BEHIND else name
    if name[2:] in TIBETAN:
        return name
    given = name[2:] if name[:2] in DOUBLE else name[1:]
    if given[:1] in _INSIDE or goes_on and given in _BEHIND:
        return ""
    if goes_on and given[1:] in _BEHIND:
        return name[:-1] if given[0] not in _BEHIND else name if given[1:] == "一" else ""
    return name


_TEACHERS = "老师|教师|校长|主任|书记|教授|专家|先生|女士|教练|局长|园长"
_TEACHER_FOLLOWS = re.compile(rf" ?(?:等?(?:[一二两三四五六0-9]+[名位])?(?:老师|教师)|{_TEACHERS})")
_TEACHER = re.compile(rf"{LETTER}{{1,2}}(?:{_TEACHERS})")


def _is_a_teacher(text: str, start: int, end: int) -> bool:
    """Whether the words in a name or behind it make it a grown person's."""
    return bool(_TEACHER_FOLLOWS.match(text, end) or _TEACHER.match(text, start))
