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
_SIGNS = re.compile(r"[^0-9A-Za-z\u3400-\u9fff@·]+")


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
