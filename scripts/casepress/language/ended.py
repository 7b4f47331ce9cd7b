"""Ended: a paragraph of running text ends with a mark (GB/T 15834-2011, 4.1 to 4.3)."""

import re
from collections.abc import Sequence

from casepress.facts.characters import HAN
from casepress.language.paragraphs import TEXT, Paragraph
from casepress.values.cases import Remark

_LAST = re.compile(rf"[{HAN}，、]$")
_HEADING = re.compile(
    r"(?:第?[一二三四五六七八九十0-9]{1,3}[、.．章节篇部是]|[（(][一二三四五六七八九十0-9]{1,3}[）)]|附件|附：|图|表|注|来源|单位|撰写|作者|执笔|供稿|指导|责任编辑|联系)"
)
_LABELLED = re.compile(rf"[{HAN}]{{2,8}}[：:]")  # 联系人：… is a line of a form
_LONG = 60  # characters; shorter ones may be a heading, a signature, a line of verse


def look(paragraphs: Sequence[Paragraph], source: str) -> list[Remark]:
    """Paragraphs that hold a full stop, or are long and hold a comma, and end with a character or a comma."""
    found = []
    written = source.split("\n")
    for paragraph in paragraphs:
        if paragraph.kind != TEXT:
            continue
        text = paragraph.text.rstrip()
        if not _LAST.search(text) or (_HEADING.match(text) or _LABELLED.match(text)) and len(text) < _LONG:
            continue
        if len(text) < _LONG and "。" not in text and text[-1] not in "，、" or len(text) < 12 or not re.search("[，。；]", text[:-1]):
            continue
        number = paragraph.lines[-1][0]
        raw = written[number - 1].rstrip() if number <= len(written) else ""
        if raw.endswith(("**", "__", ")", "]", "}", "`", ">", "\\")):
            continue
        last = text[-1]
        what = f"这一段以“{last}”结尾" if last in "，、" else f"这一段末尾没有标点（…{text[-8:]}）"
        cure = "话说完了的请改成句号，没有说完的请接上下一段" if last in "，、" else "请补上句号；如果和下一段本是一句话，请接起来"
        found.append(Remark(number, what, cure, "paragraphs_are_ended"))
    return found
