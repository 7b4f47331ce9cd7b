"""Labels: the words by which a form asks for a field, however they are spaced, matched to the labels and aliases of a collection."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from casepress.facts.characters import COLONS, SEPARATING, STARS
from casepress.values.fields import Field

_HINT = re.compile(r"[（(\[【][^（）()\[\]【】]*[)）\]】]$")
_NUMBER = r"(?:[（(]?[0-9０-９]{1,2}[)）.．、]+|[（(]?[一二三四五六七八九十]{1,3}[)）、.．]+)"
_BEFORE = re.compile(rf"^[{STARS}]*{_NUMBER}?[{STARS}]*")
JOINTS = re.compile(r"[/／、，,]|及其?|和|与")
# What asks for the same as 电话 and 姓名 do, when it stands behind the label of a person.
_SAME = dict.fromkeys(("手机", "手机号", "手机号码", "移动电话", "联系方式", "联系电话", "电话号码", "办公电话"), "电话")
# What forms put before and behind a word without meaning anything else.
_FORE, _AFT = "案例|项目|所在|所属|适用|申报|第一|主要|学校|单位|作者", "姓名|名称|信息|情况|基本信息|基本情况|资料"
_OTHERS = frozenset(
    "职务 职称 单位 部门 岗位 性别 年龄 民族 学历 学科 地址 邮编 日期 时间 签字 签名 盖章".split()
)  # asked for beside what a field is
_NAMES = frozenset(("姓名", "名称", "名字", "全称"))


def even(text: str) -> str:
    """A label as it is compared: no white space, no colon behind it, no hint in brackets."""
    text = re.sub(r"[\s　]+", "", text).rstrip(COLONS + STARS)
    while _HINT.search(text) and _HINT.sub("", text):
        text = _HINT.sub("", text).rstrip(COLONS + STARS)
    return text


@dataclass(frozen=True)
class Labels:
    """The fields of a collection by the words that ask for them. `tails` are those that only together with the label before
    them ask for one: 电话 behind 联系人."""

    fields: dict[str, Field]
    tails: frozenset[str]

    def match(self, text: str, before: Iterable[str] = ()) -> Field | None:
        """The field that a text asks for; `before` are the labels that stand before it, the nearest first."""
        word = even(text)
        if not word or len(word) > 24:
            return None
        bare = _BEFORE.sub("", word) or word
        for label in map(even, before):
            label = self._plain(_BEFORE.sub("", label) or label)
            for tail in dict.fromkeys((bare, _SAME.get(bare, bare))):
                if (field := self.fields.get(label + tail)) is not None:
                    return field
            if bare in _NAMES and label in self.fields:
                return self.fields[label]
        return self.fields.get(word) or self.fields.get(bare) or self._alternative(bare) or self.fields.get(self._plain(bare))

    def several(self, text: str, before: Iterable[str] = ()) -> list[Field | None]:
        """The fields that a text asks for together, 联系人及电话, None for each that no field is; empty for a text that asks for one or none."""
        parts = [part for part in JOINTS.split(even(text)) if part]
        if not 2 <= len(parts) <= 3 or self.match(parts[0], before) is None:
            return []
        found = [self.match(parts[0], before)]
        for part in parts[1:]:
            asked = self.match(part, (parts[0], *before))
            if asked is None and not self.is_tail(part) and part not in _OTHERS:
                return []  # 学校和家庭怎样协同
            found.append(asked if asked is None or asked not in found else None)
        return found

    def is_tail(self, text: str) -> bool:
        """Whether a text asks for something of what the label before it names."""
        word = even(text)
        return word in self.tails or word in _SAME or word in _NAMES

    def is_name(self, text: str) -> bool:
        """Whether a text asks for the name of what the label before it names."""
        return even(text) in _NAMES

    def _plain(self, word: str) -> str:
        """A word without what forms put around it, where that is a label: 案例负责人, 联系人姓名, 负责人信息."""
        if word in self.fields:
            return word
        cut = re.sub(rf"(?:{_AFT})$", "", word)
        tried = (cut, re.sub(rf"^(?:{_FORE})", "", word), re.sub(rf"^(?:{_FORE})", "", cut))
        return next((one for shape in tried for one in (shape, f"{shape}名称") if one in self.fields), word)

    def _alternative(self, word: str) -> Field | None:
        """The field of a label that gives two words for the same: 学校/单位."""
        parts = re.split(r"[/／或、]", word)
        found = {field.name: field for part in parts if (field := self.fields.get(part)) is not None}
        return next(iter(found.values())) if len(parts) > 1 and len(found) == 1 and all(part in self.fields for part in parts) else None

    @cached_property
    def pattern(self) -> re.Pattern:
        """Finds `label：` in a line, whatever blanks are within the label."""
        short = {re.sub(rf"(?:{_AFT})$", "", word) for word in self.fields}
        words = sorted({*self.fields, *filter(lambda word: len(word) > 1, short), *self.tails, *_SAME, *_NAMES}, key=len, reverse=True)
        spaced = "|".join(r"[ \t　]*".join(map(re.escape, word)) for word in words)
        hint = r"(?:[（(][^（）()\n]{0,20}[）)])?[ \t　]*"
        return re.compile(
            rf"(?:^|(?<=[\s。{SEPARATING}])(?![ \t　]))[{STARS}]*{_NUMBER}?[ \t　]*((?:{_FORE})?(?:{spaced})(?:{_AFT})?)[{STARS}]*{hint}[{COLONS}]"
        )


def labels(fields: Iterable[Field]) -> Labels:
    """The labels of fields: their names, labels and aliases."""
    known: dict[str, Field] = {}
    for field in fields:
        for name in field.names:
            known.setdefault(even(name), replace(field, meanings={}))
    tails = {word[len(other) :] for word in known for other in known if word != other and word.startswith(other) and len(word) > len(other)}
    return Labels(known, frozenset(tail for tail in tails if len(tail) > 1))
