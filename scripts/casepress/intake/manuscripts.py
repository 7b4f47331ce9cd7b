"""Manuscripts: the title, the unit and the writers of a text without a form, which stand above it in lines of their own; and what the
name of a file says, `案例名称+单位+撰写人`."""

import re
from dataclasses import dataclass, field

from casepress.facts.characters import DOTS, HAN
from casepress.intake import sections
from casepress.intake.blocks import Paragraph
from casepress.privacy.beside import DOUBLE, SURNAMES, TIBETAN
from casepress.privacy.nonames import is_none

_UNIT = re.compile(
    r"(?:.(?:小学|中学|幼儿园|初中|高中|学院|大学|教育局|教体局|教研室|研究室|研究院|校区|集团|中心|职高|实验区|[^学全母本我]校|学校|[^校花乐家田公]园)"
    r"|^[^学全母本我]校|[一二三四五六七八九十]+中|附小|附中|实小)(?:[（(][^（）()]*[）)])?$"
)
_NAME = re.compile(rf"^[{HAN}]{{2,4}}$|^[{HAN}]{{2,8}}(?:[{DOTS}][{HAN}]{{1,8}})+$")
_PARTING = re.compile(r"[\s　、，,；;/|｜]+")
_ANNEX = re.compile(r"^附件?[ 　]*[0-9０-９一二三四五六七八九十]{0,3}(?:[-－—][0-9]+)?[：:.．、]?$")
_ROLE = re.compile(r"^(?:(作者单位|单位|学校)(?:[：:/]|$)|(?:撰写人|执笔人?|作者|撰稿人?|整理)([：:/]|$)?|文([：:/]|$))")
_FORMS = re.compile(
    r"续[表页]|.*(?:申报|推荐|登记|报名|征集|申请|报送|信息|基本情况|承诺|汇总)[表书]|填[表报写]说明"
)  # what forms print, no one's name


@dataclass
class Head:
    """What stands above a text, and how many blocks it takes."""

    title: str = ""
    subtitle: str = ""
    unit: str = ""
    people: list[str] = field(default_factory=list)
    length: int = 0


def head(blocks: list) -> Head:
    """The head of a manuscript: its first line is the title, short lines below it are subtitle, unit and writers."""
    made = Head()
    for at, block in enumerate(blocks):
        if not isinstance(block, Paragraph):
            break
        text = re.sub(r"\s+", " ", block.text).strip()
        if not made.title:
            if _ANNEX.match(text):
                made.length = at + 1
                continue
            if len(text) > 100 or text.endswith("。"):
                break
            made.title, made.length = text, at + 1
        elif re.match(r"[—–-]{1,2}", text) and not made.subtitle and not made.unit:
            made.subtitle, made.length = text.lstrip("—–- "), at + 1
        else:
            unit, people = signed(block.text)
            if not unit and not people or sections.heading(block) and not unit:
                break
            made.unit = made.unit or unit
            made.people += [one for one in people if one not in made.people]
            made.length = at + 1
    return made


def signed(line: str) -> tuple[str, list[str]]:
    """The unit and the people of a line that says nothing else; empty for any other line. Behind a unit or a word for writers any two to
    four characters may be a name, elsewhere those that begin with a surname."""
    units: list[str] = []
    people: list[str] = []
    is_told = asks_unit = False
    for word in filter(None, _PARTING.split(re.sub(r"^[（(]|[）)]$", "", line.strip()))):
        if role := _ROLE.match(word):
            is_told, asks_unit, word = is_told or role.lastindex is not None, role[1] is not None, word[role.end() :]
        if word and (asks_unit or _UNIT.search(word)):
            units.append(word)
            asks_unit = False
        elif word and _NAME.match(word):
            people.append(word)
        elif word:
            return "", []
    if len(units) > 1 or not (is_told or units) and not all(map(_is_person, people)):
        return "", []
    return "".join(units), people


def _is_person(word: str) -> bool:
    """Whether somebody may be called so: a surname and one or two characters, or a name with dots."""
    if not _NAME.match(word) or _FORMS.fullmatch(word) or is_none(word):
        return False
    is_dotted = any(dot in word for dot in DOTS)
    return is_dotted or word[2:] in TIBETAN or len(word) > 2 and word[:2] in DOUBLE or len(word) < 4 and word[0] in SURNAMES


def of_name(stem: str) -> Head | None:
    """What the name of a file says, read from its right (`题目+单位+撰写人`); None where it is not of that form."""
    parts = [part.strip() for part in re.split(r"[+＋]", stem)]
    if len(parts) < 2:
        return None
    unit = next((at for at in range(len(parts) - 1, -1, -1) if _UNIT.search(parts[at])), None)
    named = {at for at in range(len(parts)) if at != unit and _names(parts[at]) and all(map(_is_person, _names(parts[at])))}
    if len(named) + (unit is not None) == len(parts) and unit != 0:
        named.discard(0)  # something is the title
    if unit and set(range(unit)) - named:  # what stands behind a title and a unit are writers, whatever they are called
        named |= set(range(unit + 1, len(parts)))
    others = [at for at in range(len(parts)) if at != unit and at not in named]
    if unit is None and len(named) < len(parts) - 1 and len(others) > 1 and max(named, default=0) > others[-1]:
        unit = others.pop()  # 题目+单位+撰写人, a unit that is called otherwise
    if unit is None and not named:
        return None
    return Head(
        "+".join(parts[at] for at in others),
        "",
        parts[unit] if unit is not None else "",
        [name for at in sorted(named) for name in _names(parts[at])],
    )


def _names(part: str) -> list[str]:
    return [word for word in _PARTING.split(part) if word]
