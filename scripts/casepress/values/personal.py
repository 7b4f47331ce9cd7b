"""Personal: what was found of a person in a text that is to be published."""

import re
import unicodedata
from dataclasses import dataclass, field
from html import unescape
from types import MappingProxyType

KINDS = MappingProxyType(
    {
        "mobile": "手机号码", "id-number": "身份证号码", "bank-card": "银行卡号", "landline": "电话号码", "e-mail": "电子邮箱",
        "qq": "QQ 号", "wechat": "微信号", "plate": "车牌号", "student-number": "学籍号", "student-name": "学生姓名",
    }
)  # fmt: skip
STOPPING = frozenset({"mobile", "id-number", "bank-card"})
"""What stops a build; all else is for a person to judge."""
_SIGNS = re.compile(r"[^\w@·]+")


@dataclass(frozen=True)
class Personal:
    """Personal data of a kind in `KINDS`: the characters from `start` to `end` of a text, as they stand there, in its line `line` (from 1)."""

    kind: str
    start: int
    end: int
    text: str = field(repr=False)  # no message, log or traceback shows it
    line: int = 1

    @property
    def masked(self) -> str:
        """What a message may show of it: the first three and the last two of its characters, or the first of few."""
        shown = " ".join(unescape(self.text).replace("\\", "").split())
        if len(shown) < 8:
            return shown[0] + "*" * (len(shown) - 1)
        return shown[:3] + "*" * (len(shown) - 5) + shown[-2:]

    @property
    def core(self) -> str:
        return core(self.text)


def core(text: str) -> str:
    """What is the same however a value is written: its letters and figures, a mobile number without +86."""
    found = _SIGNS.sub("", unicodedata.normalize("NFKC", unescape(text)).replace("_", "")).casefold()
    return re.sub(r"^(?:00)?86(?=1[3-9][0-9]{9}$)", "", found)


MINORS = MappingProxyType({"none": "没有学生", "unidentifiable": "认不出", "consented": "已同意"})
_MINORS = MappingProxyType(
    {
        "none": ("没有学生", "没有", "无学生", "无", "none"),
        "unidentifiable": ("认不出是谁", "认不出来", "认不出", "看不出", "unidentifiable"),
        "consented": ("监护人已同意", "家长已同意", "已征得同意", "已经同意", "已同意", "同意", "consented"),
    }
)
_BESIDE = " :(),;-\"'。、"


@dataclass(frozen=True)
class Minors:
    """What is known of pupils in pictures: a kind of `MINORS`, and the number of the consent that a bureau keeps elsewhere."""

    kind: str
    number: str = ""


def minors(word: str) -> Minors | None:
    """What a header says of pupils in pictures: 没有学生, 认不出, 已同意 2023-15 (consented 2023-15); None where it says none of these."""
    plain = unicodedata.normalize("NFKC", word).strip(_BESIDE)
    for kind, words in _MINORS.items():
        for each in words:
            if plain.casefold().startswith(each):
                rest = plain[len(each) :].strip(_BESIDE).removeprefix("同意").removeprefix("编号").strip(_BESIDE)
                if rest and kind != "consented":
                    return None
                return Minors(kind, rest)
    return None


@dataclass(frozen=True)
class Allowed:
    """What may be published though it is personal, and why, as collection.yml says it in a line."""

    text: str = field(repr=False)
    reason: str
    line: int = 0

    def allows(self, found: Personal) -> bool:
        """Whether that is what was found: the value, or a longer text in which it stands; of a name the beginning of what was taken for one."""
        own, other = core(self.text), found.core
        if not other or own == other or (found.kind == "student-name" and len(own) > 1 and own in other):
            return bool(other)
        if other not in own:
            return False
        spread = r"[\W_]*".join(map(re.escape, other))  # 86310000 in 0519-86310000, not 1000 in it
        return re.search(rf"(?<![0-9a-z]){spread}(?![0-9a-z])", unicodedata.normalize("NFKC", self.text).casefold()) is not None


@dataclass(frozen=True)
class TakenDown:
    """A case that is published no more, by its id."""

    id: str
    date: str = ""
    reason: str = ""
    line: int = 0


@dataclass(frozen=True)
class Privacy:
    """What a collection says of personal data: what is allowed, what is taken down, and whether every picture must have a record of minors."""

    allowed: tuple[Allowed, ...] = ()
    taken_down: tuple[TakenDown, ...] = ()
    asks_for_minors: bool = False
