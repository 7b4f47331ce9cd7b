"""Numbers: patterns of the numbers that belong to a person, with their check digits; the one door to python-stdnum's of persons.

Every class of a pattern is ASCII: `\\w`, `\\d` and `\\b` take Chinese characters for letters, and miss what is glued to them.
Sources: GB 11643-1999 (公民身份号码), ISO/IEC 7812-1 (bank cards), YD/T 3025 and the numbering plan (mobile and landline
numbers), GA 36-2018 (plates), 教育部 学籍号 (G and the number of the ID card).
"""

import re
from collections.abc import Iterator
from datetime import date

from casepress.facts.characters import EVERYDAY
from casepress.privacy.plainly import Span

# Words that say that a number is a thing's: what follows them is no person's, though it may look so.
_OF_THINGS = re.compile(
    r"(?:订单|流水|序列|产品|设备|资产|合同|批|备案|许可证?|发票|快递|运单|条形?码|编码|代码|标识码|书|登记|文|项目|图书|案卷|档案|课题|立项)"
    r"(?:编?号|号码|码|编码)?[是为]? ?[:(]? ?$|(?:ISBN|ISSN|CN|DOI|doi|SN|No\.?|NO\.?|ID)[ :]{0,2}$"
)
_MOBILE = re.compile(
    r"(?<![0-9])(?<![0-9][.])(?:[(]?(?:\+|00)?86[)]?[ -]?)?"
    r"1[3-9][0-9](?:[0-9]{8}|([ ._-]| - )[0-9]{4}\1[0-9]{4}|([ -])[0-9]{3}\2[0-9]{3}\2[0-9]{2}|([ -])[0-9]{3}\3[0-9]{5}"
    r"|[ -][0-9]{8}|[0-9][ -][0-9]{3}[ -][0-9]{4}|[0-9][ -][0-9]{4}[ -][0-9]{3}|[0-9]{4}[ -][0-9]{4})"
    r"(?![0-9])(?![.][0-9])(?! ?[万千百十亿]?[元份册张个本次页字])"
)
_EXTENSION = r"(?: ?(?:转|分机|ext\.?|EXT\.?|-) ?[0-9]{1,5}(?![0-9]))?"
_LANDLINE = re.compile(
    r"(?<![0-9A-Za-z])(?<![0-9A-Za-z][.-])(?:(?:\+|00)?86[ -]?)?"
    rf"(?:[(]0(?:10|2[0-9]|[3-9][0-9]{{2}})[)] ?-?|0(?:10|2[0-9]|[3-9][0-9]{{2}})[ -]{{0,3}}|(?<=86[ -])(?:10|2[0-9]|[3-9][0-9]{{2}})[ -])[2-8][0-9]{{2,3}}[ -]?[0-9]{{4}}(?![0-9]){_EXTENSION}"
)
_HOTLINE = re.compile(r"(?<![0-9a-z.])[48]00(?:[0-9]{7}|[ -](?:[0-9]{7}|[0-9]{3}[ -][0-9]{4}|[0-9]{4}[ -][0-9]{3}))(?![0-9a-z])")
_CALLED = re.compile(
    r"(?:电 ?话|座机|传 ?真|[Tt][Ee][Ll]\.?|[Ff][Aa][Xx]|[Pp]hone|联系方式)(?:号码?)?(?:[(][^()]{0,8}[)])?[是为]? {0,3}:? {0,3}"
)
_SHORT = re.compile(rf"(?<![0-9])[2-8][0-9]{{2,3}}[ -]?[0-9]{{4}}(?![0-9]){_EXTENSION}")
_AND = re.compile(r" ?(?:[、,;/]|或|和|及) ?")
_ID = re.compile(r"(?<![0-9A-Za-z])(?<![0-9][ -])[1-9](?:[ -]?[0-9]){16}[ -]?[0-9Xx](?![0-9A-Za-z])")
_OLD_ID = re.compile(r"(?<![0-9A-Za-z])[1-9][0-9]{14}(?![0-9A-Za-z])")
# The first two digits: provinces, Hongkong, Macau and Taiwan, and residence permits of people from there (81 to 83).
_PROVINCES = frozenset("11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83".split())
_IDENTITY = re.compile(r"身份证|公民身份|证件号")
_CARD = re.compile(r"(?<![0-9A-Za-z])[0-9](?:[ -]?[0-9]){15,18}(?![0-9A-Za-z])(?![ -][0-9])")
_ACCOUNT = re.compile(r"卡 ?号|[账帐] ?号|[账帐]户|银行卡|一卡通|开户")
_STUDENT = re.compile(r"(?<![0-9A-Za-z])[GLJglj]([1-9][0-9]{16}[0-9Xx])(?![0-9A-Za-z])")
_STUDENT_CALLED = re.compile(r"(?:学籍(?:辅|副)?号码?|学籍编号|学号)[是为]? ?[:]? ?([A-Za-z]?[0-9]{8,19}[Xx]?)(?![0-9A-Za-z])")
_PLATE = re.compile(
    r"(?<![馆更革创])[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z] ?[·•.-]? ?"
    r"(?:[DF][A-HJ-NP-Z0-9][0-9]{4}|[0-9]{5}[DF]|(?=[A-Z]{0,3}[0-9])[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳])(?![0-9A-Za-z])"
)
_PLATE_CALLED = re.compile(
    rf"(?:车牌|牌号|牌照|车号)号?[是为]? ?[:]? ?([{EVERYDAY}][A-Za-z] ?[·•.-]? ?(?=[A-Za-z]{{0,3}}[0-9])[A-Za-z0-9]{{5,6}})(?![0-9A-Za-z])"
)
_MAIL = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9_][A-Za-z0-9._%+-]{0,63}(?: ?@ ?| ?[\[(] ?(?:at|AT|@) ?[\])] ?| at |#(?=(?:qq|163|126|139|sina|sohu|foxmail|gmail|hotmail|outlook)\.))"
    r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}(?:\.| ?[\[(]dot[\])] ?))(?:[A-Za-z0-9-]{1,63}\.){0,4}[A-Za-z]{2,}(?![A-Za-z0-9])"
)
_QQ = re.compile(
    r"(?:(?<![A-Za-z])[Qq] ?[Qq]|扣扣)(?:群|号码?|群号|邮箱)?(?: ?[/或和及] ?(?:微信|电话|手机)号?)? ?[是为]? ?[:]? ?"
    r"(?!20[0-9]{6}[-_][0-9]{6})([1-9][0-9]{4,10})(?![0-9@A-Za-z])"  # QQ20211208-153027.png is a picture of a screen
)
_WECHAT = re.compile(
    r"(?:微 ?信(?!公众|小程序|群)(?:号码?|账号|ID)?|[Ww]e[Cc]hat|(?<![A-Za-z])(?:wx|WX|vx|VX|v信|V信)号?) ?(?:ID|号)? ?[是为]? ?[:(]? ?"
    r"([A-Za-z][A-Za-z0-9_-]{5,19})(?![A-Za-z0-9_-])"
)


def spans(text: str) -> Iterator[Span]:
    """Every number of a person in a plain text, by kind; where two kinds claim one stretch, the first of them has it."""
    taken: list[tuple[int, int]] = []
    for kind, find in _KINDS:
        for start, end in find(text):
            if not any(start < b and a < end for a, b in taken):
                if kind != "student-number":  # the number of an ID stands in it, and weighs more
                    taken.append((start, end))
                yield Span(kind, start, end)


def _before(text: str, at: int, size: int) -> str:
    """The last signs before a place."""
    return text[max(at - size, 0) : at]


def _is_a_thing(text: str, at: int) -> bool:
    return bool(_OF_THINGS.search(_before(text, at, 9)))  # as many as the longest of these words


def _ids(text: str):
    for found in _STUDENT.finditer(text):
        if _is_true_id(found[1].upper()):
            yield found.span(1)
    for found in _ID.finditer(text):
        number = re.sub(r"[ -]", "", found[0]).upper()
        if _is_true_id(number):
            yield found.span()
    for found in _OLD_ID.finditer(text):
        if _IDENTITY.search(_before(text, found.start(), 20)) and _is_a_day(found[0][6:12]):
            yield found.span()


def _has_its_digit(number: str) -> bool:
    """Whether a number's last digit is the check digit of the others, as those of cards are (ISO/IEC 7812-1, annex B)."""
    from stdnum import luhn

    return luhn.is_valid(number)


def _is_true_id(number: str) -> bool:
    """Whether 18 signs have the province, a day that has been, and the check digit of an ID (GB 11643)."""
    from stdnum.cn import ric
    from stdnum.exceptions import ValidationError

    try:
        return number[:2] in _PROVINCES and ric.calc_check_digit(number) == number[17] and ric.get_birth_date(number) <= date.today()
    except ValidationError:
        return False


def _is_a_day(digits: str) -> bool:
    """Whether six digits are a day of the twentieth century: 000229 is none, 1900 had no such day."""
    try:
        return bool(date.fromisoformat(f"19{digits}"))
    except ValueError:
        return False


def _students(text: str):
    for found in _STUDENT.finditer(text):
        if _is_true_id(found[1].upper()) or "学籍" in _before(text, found.start(), 12):
            yield found.span()
    for found in _STUDENT_CALLED.finditer(text):
        if not _STUDENT.fullmatch(text, *found.span(1)):
            yield found.span(1)


def _cards(text: str):
    for found in _CARD.finditer(text):
        number = re.sub(r"[ -]", "", found[0])
        called = _ACCOUNT.search(_before(text, found.start(), 12))
        if (called or number.startswith("62") and not _is_a_thing(text, found.start())) and _has_its_digit(number):
            yield found.span()


def _mobiles(text: str):
    for found in _MOBILE.finditer(text):
        if not _is_a_thing(text, found.start()):
            yield found.span()


def _landlines(text: str):
    """Numbers with their area code, of hotlines, and behind the word for one; further ones that follow by a comma are read as they are."""
    found = [match for pattern in (_LANDLINE, _HOTLINE) for match in pattern.finditer(text) if not _is_a_thing(text, match.start())]
    found += filter(None, (_SHORT.match(text, called.end()) for called in _CALLED.finditer(text)))
    for match in found:
        yield match.span()
        while (more := _AND.match(text, match.end())) and (match := _SHORT.match(text, more.end())):
            yield match.span()


def _matches(pattern: re.Pattern, group: int = 0):
    return lambda text: (found.span(group) for found in pattern.finditer(text))


_KINDS = (
    ("e-mail", _matches(_MAIL)),
    ("student-number", _students),
    ("id-number", _ids),
    ("bank-card", _cards),
    ("wechat", _matches(_WECHAT, 1)),
    ("qq", _matches(_QQ, 1)),
    ("mobile", _mobiles),
    ("landline", _landlines),
    ("plate", _matches(_PLATE)),
    ("plate", _matches(_PLATE_CALLED, 1)),
)
