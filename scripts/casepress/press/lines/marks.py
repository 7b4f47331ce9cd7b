"""Marks: at which places a Chinese line may open, may end, and may be squeezed (CLREQ, "basic" level, and GB/T 15834).

Patterns match the empty place between two characters of a text. What a place is worth in ems is said here too.
"""

import re
from functools import lru_cache
from itertools import compress
from operator import add

from casepress.facts import characters
from casepress.facts.characters import ATTACHED, CLOSING, ENDS, HAN, LATIN, NOT_FIRST, OPENING, PAUSES, SQUARE, STOPS, UNSHAPED

CHINESE = re.compile(f"[{SQUARE}]")
RIGHT_TO_LEFT = re.compile(f"[{characters.RIGHT_TO_LEFT}]")

# Words and signs that a number is not parted from. Longer ones stand whole: 2小时, 12.5个百分点.
UNITS = (
    "个百分点|百分点|平方米|立方米|小时|分钟|公里|千米|厘米|毫米|公斤|千克|毫克|毫升|公顷|课时|学时|学分|学年|学期|年级|万元|亿元|万人|亿人|个月|星期|"
    "[万亿千百十元角分年月日号时秒点天周岁次人名位个所校班级节课门项条件份册本页篇章部台套间层楼室亩米克吨升度倍成折"
    "届期批轮组对支队家户村区县市省字句段幅张把块枚只座栋辆架类种场堂讲科]"
)
_JOINED_WORDS = "|".join(rf"(?<=\d{word[:cut]})(?={word[cut:]})" for word in UNITS.split("|")[:-1] for cut in range(1, len(word)))

# The same behind a space, 20 分钟, and those of Latin letters: 10 km/h, 5 GHz, 35 ㎡.
_SPACED_WORDS = _JOINED_WORDS.replace("\\d", "\\d\\ ")
_LATIN_UNITS = r"(?:[kcmMGT]?(?:m[²³]?|g|L|l|Wh?|V|A|Hz|Pa|J|B)|KB|min|h|s|t|dB|ppm)(?![A-Za-z]) | ℃ | °C | [㎡㎥元%‰％]"

# Between two elements, where only the letters on either side are known: what may begin a longer unit.
CLOSED_SEAM = re.compile(rf"(?<=\d)(?=[{''.join(sorted({word[0] for word in UNITS.split('|')[:-1]}))}])")

# Places that open when a line is filled: behind a space as in WeasyPrint, else on either side of a wide character.
# Dashes, ellipses and quotes are not wide, so —— and …… stay whole.
GAP = re.compile(
    rf"""(?<=[ \u00a0])(?=.)
    | (?<![ \u00a0{UNSHAPED}]) (?: (?<=[{SQUARE}])(?=[^ \u00a0{ATTACHED}]) | (?<=.)(?=[{SQUARE}]) )
      (?! [{ATTACHED}] | (?<=[！？])[！？] | (?<=[\d.])％ | (?<=￥)\d )""",
    re.VERBOSE | re.DOTALL,
)
# Places where no line ends, whatever Pango says; a space between does not help.
_SAID = f"[见如由从据照按与和及参{STOPS}{OPENING}]"  # before 图 1; 意见表 635 份 is another thing
_BESIDE = rf"(?=[{NOT_FIRST}]) | (?<=[{OPENING}]) | (?<=[{OPENING}]\ )"
_RARE = rf"""(?<=—)(?=—) | (?<=…)(?=…) | (?<!—)(?=—(?!—)) | (?<=[０-９])(?=[０-９])
    | (?<=\d)(?=[—–～~-]\d) | (?<=\d[—–～~-])(?=\d) | (?<=〕)(?=\d) | (?<=·)(?=[{HAN}])
    | (?<=第)(?=\d) | (?<=第\ )(?=\d) | (?<={_SAID}[图表])(?<!意见表)(?=\d{{1,2}}(?!\d)) | (?<={_SAID}[图表]\ )(?<!意见表\ )(?=\d{{1,2}}(?!\d)) | (?<=\d\ )(?={_LATIN_UNITS} | {UNITS}) | {_SPACED_WORDS}
    | (?<=\d：)(?=\d) | (?<=\d\ )(?=\d{{3}}(?!\d)) | (?<=No\.\ )(?=\d) | (?<=/T\ )(?=\d)
    | (?<=[{HAN}\d])(?=[（(]\d{{1,2}}[）)]班) | (?<=\d[）)])(?=班) | (?<=[⁰¹²³⁴-⁹]\ )(?={_LATIN_UNITS})
    | (?<=[mgL元]/)(?=(?:[a-zA-Z]{{1,2}}|[{HAN}])(?![a-zA-Z])) | (?<=[A-Z]/)(?=T\ ?\d)"""
# 阿依古丽·买买提: no line ends inside a name, where it can be told from what stands around it.
# 第 4 中学: nor inside the number of a school.
_SCHOOL = re.compile("第 ?\\d{1,3} ?(?:(?:初级|高级|完全)?中学|(?:中心|实验)?小学|实验(?:学校|中学|幼儿园)|幼儿园|中心|初中|高中|职高)")
_NAME = re.compile(rf"(?<![{HAN}·])[{HAN}]{{1,6}}(?:·[{HAN}]{{1,6}})+(?![{HAN}·])")
# Where it is broken all the same, if no line holds it: the best first.
BROKEN = tuple(re.compile(each) for each in (rf"(?<=·)(?=[{HAN}])", rf"(?<=[{HAN}])(?=[{HAN}](?!·))", rf"(?<=[{HAN}])(?=[{HAN}])"))
CLOSED = re.compile(rf"{_BESIDE} | {_RARE} | (?<=\d)(?={UNITS}) | {_JOINED_WORDS}", re.VERBOSE)
# The same in a long text is found faster by looking for the characters that matter.
_FIRST, _OPENED, _COUNTED = re.compile(f"[{NOT_FIRST}]"), re.compile(f"[{OPENING}] ?"), re.compile(rf"\d(?:{UNITS})")
_RARELY, _RARE_ONES = (
    re.compile(r"[—…０-９第〕·]|\d[ –～~：-]|[图表] ?\d|\d[）)]班|(?:No\.|/T) ?\d|[⁰¹²³⁴-⁹] |[mgL元]/"),
    re.compile(_RARE, re.VERBOSE),
)
# Places where a line may end, whatever Pango says: quotes beside Chinese, and addresses before a number.
OPEN = re.compile(
    rf"""(?<=[{HAN}{CLOSING}])(?=[{HAN}{OPENING}]) | (?<=”)(?=[0-9A-Za-z])
    | (?<=[a-zA-Z~_-]/)(?=\d) | (?<=\w[?&=\#])(?=\w)""",
    re.VERBOSE,
)
# Where long words of code and addresses may end a line, whatever Pango says: behind a mark that joins their parts.
LONG = re.compile(r"[!-~]{16,}")
JOINT = re.compile(r"(?<=[A-Za-z0-9][_.@,;:&=?#~+/-])(?=[A-Za-z0-9_])")
# What must not be the last line alone (孤字不成行): one character, with or without its closing marks and those of notes.
ORPHAN = re.compile(rf"[{HAN}][{CLOSING}…—]*(?:\u2060?\[\d+\][{CLOSING}]*)*\s*")

# Where Chinese and Latin meet without a space they stand a little apart, in ems, and less so between two elements (see
# `readable` in press/patches/setting.py); a space between them is at most SPACE_GAP wide.
SEAM = re.compile(rf"(?<=[{HAN}])(?=[{LATIN}]) | (?<=[{LATIN}%‰℃])(?=[{HAN}])", re.VERBOSE)
_GAP, _END = 1, 2
_GAPS, _ENDS = (bytes(bool(kind & bit) for kind in range(256)) for bit in (_GAP, _END))
_LATIN, _OTHERS, _OF_ADDRESSES = re.compile(f"[{LATIN}%‰℃]+"), re.compile(f"[^{HAN}]+"), re.compile("[/?&=#]")
SEAM_GAP = 0.125
OUTER_SEAM_GAP = 0.09
SPACE = re.compile(rf"(?<=[{HAN}])\ (?=[{LATIN}]) | (?<=[{LATIN}%‰℃])\ (?=[{HAN}])", re.VERBOSE)
SPACE_GAP = 0.25

# Dashes and dots that a face draws for Chinese only beside Chinese: alone they are shaped together with COMPANY.
COMPANY = "一"
ALONE = re.compile(f"[^{HAN}]*[—…][^{HAN}]*")

# Marks that can lose the blank half of their em, and in which order they do when a line must become shorter.
HALVABLE = frozenset(OPENING + CLOSING)
HALVED = re.compile(f"[{OPENING}{CLOSING}]")
_MEETING = re.compile(f"{HALVED.pattern}{{2,}}")
YIELDING = (OPENING + CLOSING.removeprefix(STOPS), PAUSES, ENDS)


def opened(text: str) -> tuple[list[int], bytes]:
    """The places of a text at which GAP matches, and for each place whether OPEN does, as 1 or 0."""
    kinds, size = bytearray(_BETWEEN) * max(len(text) - 1, 0), len(text)
    for match in _OTHERS.finditer(text):  # one ideograph stands for all, so that few pairs have to be judged
        start, end = match.span()
        part = f"{COMPANY if start else ''}{match[0]}{COMPANY if end < size else ''}"
        kinds[max(start - 1, 0) : min(end, size - 1)] = _judged(part)
    gaps = list(compress(range(1, size), kinds.translate(_GAPS)))
    if not _OF_ADDRESSES.search(text):
        return gaps, b"\0" + kinds.translate(_ENDS) + b"\0"[: size > 0]
    ends = bytearray(size + 1)
    for match in OPEN.finditer(text):
        ends[match.start()] = 1
    return gaps, bytes(ends)


@lru_cache(maxsize=2048)
def _judged(part: str) -> bytes:
    """What each place between two characters is by these alone."""
    return bytes(map(_judged_pair, map(add, part, part[1:])))


@lru_cache(maxsize=4096)
def _judged_pair(pair: str) -> int:
    return _GAP * (GAP.match(pair, 1) is not None) + _END * (OPEN.match(pair, 1) is not None)


_BETWEEN = _judged(COMPANY * 2)  # ideographs


def seams(text: str) -> list[int]:
    """The places at which SEAM matches: at either end of what is Latin."""
    return [at for match in _LATIN.finditer(text) for at in match.span() if SEAM.match(text, at)]


def meeting(text: str) -> list[int]:
    """The places of marks that can be halved and meet another one behind them."""
    return [at for match in _MEETING.finditer(text) for at in range(match.start(), match.end() - 1)]


def closed(text: str) -> set[int]:
    """The places of a text at which CLOSED matches."""
    found = {match.start() for match in _FIRST.finditer(text)}
    for match in _OPENED.finditer(text):
        found.update((match.start() + 1, match.end()))
    if _RARELY.search(text):
        found.update(match.start() for match in _RARE_ONES.finditer(text))
        for match in (*_NAME.finditer(text), *_SCHOOL.finditer(text)):
            found.update(range(match.start() + 1, match.end()))
    for match in _COUNTED.finditer(text):
        found.update(range(match.start() + 1, match.end()))
    return found


def squeezes(before: str, after: str) -> int:
    """Which of two adjacent marks loses a half: -1 the first its right half, 1 the second its left half, 0 none."""
    if before in CLOSING and after in CLOSING:
        return -1
    return 1 if (before in CLOSING or before in OPENING) and after in OPENING else 0
