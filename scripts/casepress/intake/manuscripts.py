"""Manuscripts: the title, the unit and the writers of a text without a form, which stand above it in lines of their own; and what the
name of a file says, `案例名称+单位+撰写人`."""

import re
from dataclasses import dataclass, field

from casepress.facts.characters import DOTS, HAN
from casepress.intake import sections
from casepress.intake.blocks import Paragraph

_UNIT = re.compile(
    r"(?:学校|小学|中学|幼儿园|初中|高中|学院|大学|教育局|教体局|教研室|研究室|研究院|中心校|校区|集团|中心|职校|职高|[一二三四五六七八九十]+中|附小|附中|实小|实验区|园)"
    r"(?:[（(][^（）()]*[）)])?$"
)
_NAME = re.compile(rf"^[{HAN}]{{2,4}}$|^[{HAN}]{{2,8}}(?:[{DOTS}][{HAN}]{{1,8}})+$")
_PARTING = re.compile(r"[\s　、，,；;/|｜]+")
_ANNEX = re.compile(r"^附件?[ 　]*[0-9０-９一二三四五六七八九十]{0,3}(?:[-－—][0-9]+)?[：:.．、]?$")
_WRITER = re.compile(r"^(?:作者单位|单位|学校|撰写人|执笔人?|作者|撰稿人?|整理|文)[：:/]?")


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
    """The unit and the people of a line that says nothing else; empty for any other line."""
    words = [_WRITER.sub("", word) for word in _PARTING.split(re.sub(r"^[（(]|[）)]$", "", line.strip())) if word]
    units, people = [word for word in words if _UNIT.search(word)], [word for word in words if _NAME.match(word) and not _UNIT.search(word)]
    if len(units) > 1 or len(units) + len(people) < len([word for word in words if word]):
        return "", []
    return "".join(units), people


def of_name(stem: str) -> Head | None:
    """What the name of a file says, read from its right (`题目+单位+撰写人`); None where it is not of that form."""
    parts = [part.strip() for part in re.split(r"[+＋]", stem)]
    if len(parts) < 2:
        return None
    people = [word for word in _PARTING.split(parts[-1]) if word] if len(parts) > 2 else []
    if not all(_NAME.match(word) for word in people):
        return Head("+".join(parts[:-1]), "", parts[-1], [])
    if len(parts) == 2:
        return (
            Head(parts[0], "", parts[1], []) if _UNIT.search(parts[1]) else Head(parts[0], "", "", [w for w in _PARTING.split(parts[1]) if w])
        )
    return Head("+".join(parts[:-2]), "", parts[-2], people)
