"""Whether all that a reader of Word or Excel sees came in or is named by a message, held against the raw XML (`wordeyes`, `sheeteyes`)."""

import re

from sheeteyes import HEAD
from sheeteyes import seen as sheet_seen
from wordcase import EXPECTED, HINTS, SECTIONS, STAGES, THEMES_000, THEMES_001
from wordeyes import Seen, seen

# What forms print themselves, and nobody wrote: labels, options, how to fill it, lines for seals; and the day on which it was filled.
PRINTED = frozenset({
    *EXPECTED, *STAGES, *THEMES_001, *THEMES_000, *(hint.strip("（）") for hint in HINTS.values()),
    "“双减”优秀典型案例申报表", "“双减”优秀案例汇编", "中小学“双减”工作优秀实践案例申报表", "单位", "主题类别", "限选一项", "联系电话", "电子邮箱", "姓名", "电话", "手机", "手机号码",
    "学校盖章", "盖章", "年", "月", "日", "活动照片", "案例正文", "学校意见", "备注", "撰写日期", "填表日期", "2026年11月27日", "续表", "负", "责", "电", "话",
    "联", "系", "邮", "箱", "30字以内", "2500字以内", "全称", "必填", "五", "题目", "负责人及电话", "联系人/联系电话", "负责人信息", "案例联系人", "所属案例主题",
    "所在学校", "适用学段", "案例负责人姓名", "基本情况", "副标题", "请在对应的", "内打“", "”，限选一项", "填表说明", "照片另附。", "单击或点击此处输入文字。",
    "本表一式三份，用A4纸双面打印，不得改变表格式样，由学校盖章以后报县教育局，逾期不再受理，材料不退。", "承诺", "承诺书", "负责人签字", "本单位郑重承诺",
    "所报材料真实可靠，不涉及国家秘密，没有抄袭和剽窃，没有知识产权争议，同意教育行政部门无偿使用、汇编和宣传推广。", "本单位承诺所报材料真实，没有抄袭。",
    "高中", "中职", "其他", "家访", "获奖", "V", "县教育局审核意见", "县教育局意见", "补充材料", "备选",
})  # fmt: skip
PRINTED_SHEETS = PRINTED | {*HEAD, "附件2", "“双减”案例汇总表"}
PARTING = r"[\s　：:∶﹕_＿（）()［］\[\]【】]+|[□☐☑☒■●√✓✔✅⬜⬛○×]\ufe0f?\ufe0e?|[\uf000-\uf0ff]"
NUMBER = r"^(?:[一二三四五六七八九十\d]+[、.．]|[★*])+"
# What is told by its kind and its size, without its words: they may be of anybody.
ASIDE = {"图表": "图表或示意图", "批注": r"\d+条批注没有收", "页眉": r"页眉里有\d+个字没有收", "页脚": r"页脚里有\d+个字没有收"}
LETTERS = frozenset("".join((*EXPECTED, *SECTIONS, "一二三")))  # of labels that are written with gaps or upright; of headings their numbers
SHORT = 6


def bare(text: str) -> str:
    return re.sub(r"[\s　\\\u00ad]|\*\*", "", text).replace("\u2011", "-")


class Kept:
    """What came of a file: the texts of its cases and their private values; a short word must stand there by itself."""

    def __init__(self, texts: list[str]) -> None:
        plain = [re.sub(r"<br>|<[^>]*>", "\n", re.sub(r"\\(?=[^\w\s])|\*\*|\u00ad", "", text)).replace("\u2011", "-") for text in texts]
        self.whole = bare("\n".join(plain))
        self.words = {bare(word) for text in plain for word in re.split(r"[^\w-]+|(?<=\D)(?=\n)", text)}

    def has(self, word: str) -> bool:
        return len(word) >= SHORT and word in self.whole or set(re.split(r"[^\w-]+", word)) - {""} <= self.words


def is_told(word: str, said: str) -> bool:
    """Whether messages name a text, whole or by its first words, figures of people starred."""
    return word[:20] in said or bool(re.search(r"\d{7}", re.sub(r"\D", "", word))) and "＊" * 7 in said


def lost(data: bytes, arrivals: list, told: list[str]) -> list[tuple[str, str]]:
    """The words of a .docx that neither came in nor are named, each with the part it stands in."""
    kept, said = _kept(arrivals), bare(" ".join(told))
    return [(each.where, word) for each in seen(data) for word in _lost(each, kept, said)]


def _lost(each: Seen, kept: Kept, said: str) -> list[str]:
    if each.where in ASIDE and re.search(ASIDE[each.where], said):
        return []
    beside = [re.sub(r"（[^（）]*）$", "", bare(words).rstrip("：:")) for words in (*each.beside, each.text)]
    if any(f"“{words}”" in said or f"“{words}、" in said or f"、{words}、" in said or f"、{words}”" in said for words in beside if words):
        return []  # its label is told
    out = []
    for part in re.split(PARTING, each.text):
        word = bare(re.sub(NUMBER, "", part.strip()))
        if word and word not in PRINTED and word not in LETTERS and not kept.has(word) and not is_told(word, said):
            out.append(word)
    return out


def lost_of_sheet(data: bytes, arrivals: list, told: list[str]) -> list[tuple[str, str]]:
    """The same of an .xlsx."""
    kept, said, out = _kept(arrivals), bare(" ".join(told)), []
    for where, text, above in sheet_seen(data):
        if where in ASIDE and re.search(ASIDE[where], said):
            continue
        if any(re.search(rf"表头里的.*?{re.escape(bare(head))}", said) for head in (*above, text)):
            continue  # its column is told
        words = [bare(re.sub(NUMBER, "", part)) for part in re.split(PARTING, text)]
        out += [(where, word) for word in words if word and word not in PRINTED_SHEETS and not kept.has(word) and word not in said]
    return out


def _kept(arrivals: list) -> Kept:
    return Kept([text for one in arrivals for text in (one.file.text, *map(str, one.file.private.values()))])
