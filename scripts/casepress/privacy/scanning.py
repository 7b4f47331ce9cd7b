"""Scanning: personal data in a text, with its kind and its place. Two doors to it: check, and what looks over what was built."""

from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType

from casepress.privacy import names, numbers
from casepress.privacy.plainly import plain

KINDS = MappingProxyType(
    {
        "mobile": "手机号码", "id-number": "身份证号码", "bank-card": "银行卡号", "landline": "电话号码", "e-mail": "电子邮箱",
        "qq": "QQ号", "wechat": "微信号", "plate": "车牌号", "student-number": "学籍号", "student-name": "学生姓名",
    }
)  # fmt: skip
STOPPING = frozenset({"mobile", "id-number", "bank-card"})
"""What stops a build; all else is for a person to judge."""


@dataclass(frozen=True)
class Personal:
    """Personal data of a kind in `KINDS`: the characters from `start` to `end` of a text, as they stand there."""

    kind: str
    start: int
    end: int
    text: str

    @property
    def masked(self) -> str:
        """What a message may show of it: the first three and the last two of its characters, or the first of few."""
        if len(self.text) < 8:
            return self.text[0] + "*" * (len(self.text) - 1)
        return self.text[:3] + "*" * (len(self.text) - 5) + self.text[-2:]


def scan(text: str) -> Iterator[Personal]:
    """All personal data of a text, in the order of its kinds."""
    made = plain(text)
    for span in (*numbers.spans(made.text), *names.spans(made.text)):
        start, end = made.origin(span.start, span.end)
        yield Personal(span.kind, start, end, text[start:end])
