"""Spans: what was meant within the lines of a paragraph, and is not quite written as Markdown wants it.

Flows in: a text with the mark of its line before every line. Flows out: the same text as it was meant, where that is
certain; of the rest, and of HTML that is not obeyed, a remark with its line and its cure. Code is left as it is.
"""

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field

from casepress.facts.characters import HAN
from casepress.markup import rows
from casepress.values.cases import Remark

# Marks of our own, unfit for any text and therefore free: where a line of the source begins.
LINE, END = "\x0e", "\x0f"
MARK = re.compile(f"{LINE}([0-9]+){END}")

_PICTURE = r"\.(?:jpe?g|png|webp|gif|bmp|svg|tiff?)"
_TARGET = re.compile(
    rf"\s*(?:https?://\S+|mailto:\S+|www\.\S+|#\S+|[^\s“”\"'<>]+(?:{_PICTURE}|\.(?:md|html?|pdf|docx?|xlsx?|pptx?))(?:#\S*)?)(?:\s+[\"“'].*)?\s*",
    re.IGNORECASE,
)
_PICTURE_TARGET = re.compile(rf"\s*\S+{_PICTURE}(?:\s.*)?", re.IGNORECASE)

_SUSPECT = re.compile("[!！\\[［【<{｛$=]|:::|\\?\\?\\?")
_WIKI = re.compile(r"(!?)\[\[([^\[\]|\n]{1,200})(?:\|([^\[\]\n]{0,100}))?\]\](?![\[(（])")
_LINK = re.compile(r"([!！]?)(?:\[([^\[\]\n]{0,200})\]|［([^［］\n]{0,200})］|【([^【】\n]{0,200})】)( ?)([(（])([^()（）\n]{1,300})([)）])")
_OPEN = re.compile(rf"([!！]\[[^\[\]\n]{{0,200}}\][(（][^()（）\s]{{1,200}}{_PICTURE})(?=[ \u3000]{{0,20}}(?:\n|\Z))", re.IGNORECASE)
_TITLE = re.compile(r"(\]\([^()\n“”\"]{1,200} )[“”]([^“”\"()\n]{0,200})[“”]\)")
_QUOTED = re.compile(r"(\]\()[“”\"]([^“”\"()\s]{1,200})[“”\"]\)")
_SIZE = re.compile(r"(?<=\))[{｛] ?:? ?((?:width|height|style)\b[^{}\n]{0,80})[}｝]", re.IGNORECASE)
_ATTRIBUTES = re.compile(r"\{ ?[:#.][^{}\n]{0,80}\}|(?<=\))\{[^{}\n]{1,80}\}")
_BRIGHT = re.compile(r"(?<![0-9A-Za-z=])==(?![\s=])([^=\n]{1,200})(?<!\s)==(?![0-9A-Za-z=])")
_FORMULA = re.compile(r"\$[^$\n]{1,300}\$")
_TAG = re.compile(r"(?<!\]\()</?([a-zA-Z][a-zA-Z0-9]*)(?:\s[^<>]*)?/?>|<!--")
_OBEYED = frozenset(("br", "sub", "sup"))
_FOREIGN = (
    (re.compile(r"\[\[?_?toc_?\]\]?\s*\Z", re.IGNORECASE), "目录会自动生成，这个标记会按原样显示"),
    (re.compile(r"[!?]{3}\+? ?\S"), "提示框不起作用，会按原样显示"),
    (re.compile(r"\${2}"), "公式不会排成数学式，会按原样显示"),
    (re.compile(r":{3}"), "三个冒号的标记不起作用，会按原样显示"),
)


_INSTEAD = {
    "<img>": "写成 ![图里是什么](文件名)",
    "<a>": "写成 [文字](网址)",
    "<b>": "写成 **粗体**",
    "<strong>": "写成 **粗体**",
    "<i>": "写成 *强调*",
    "<em>": "写成 *强调*",
    "<p>": "在两段之间空一行",
    "<table>": "检查表格有没有写完，最后要有 </table>",
}
_MOST_REMARKS = 100  # on one text


class Plain(str):
    """A text that is shown as it is: nothing within it is a mark."""


@dataclass
class Found:
    """What the reading of one text has found so far: remarks, and the kinds of HTML with their first lines."""

    remarks: list[Remark] = field(default_factory=list)
    tags: dict[str, list[int]] = field(default_factory=dict)

    def remark(self, line: int, what: str, cure: str, check: str = "bodies_are_markdown") -> None:
        if len(self.remarks) < _MOST_REMARKS:
            self.remarks.append(Remark(line, what, cure, check))

    def all(self) -> tuple[Remark, ...]:
        """The remarks in the order of their lines, one for each kind of HTML."""
        told = [
            Remark(
                lines[0],
                f"正文里有 HTML 标记 {tag}{f'（{len(lines)} 处）' if len(lines) > 1 else ''}，会按原样显示成文字",
                f"请删去它，或{_INSTEAD.get(tag, '改用 Markdown 的写法')}",
            )
            for tag, lines in self.tags.items()
        ]
        return tuple(sorted(dict.fromkeys([*told, *self.remarks]), key=lambda remark: remark.line))


class _Places:
    """The lines of the source in which the places of a marked text stand; `line` is that of what stands before every mark."""

    def __init__(self, text: str, line: int) -> None:
        marks = list(MARK.finditer(text))
        self.starts, self.lines = [mark.start() for mark in marks], [line, *(int(mark[1]) for mark in marks)]

    def __getitem__(self, at: int) -> int:
        return self.lines[bisect_right(self.starts, at)]


def meant(text: str, found: Found) -> str:
    """A marked text with what is certain put right, and remarks on the rest."""
    if not _SUSPECT.search(text):
        return text
    spans = rows.code(text) if "`" in text else []
    if not spans:
        return _meant(text, 1, found)
    pieces, at, line = [], 0, 1
    for start, end in [*spans, (len(text), len(text))]:
        piece, code = text[at:start], text[start:end]
        pieces += [_meant(piece, line, found), code]
        marks = MARK.findall(piece + code)
        line, at = int(marks[-1]) if marks else line, end
    return "".join(pieces)


def _meant(text: str, line: int, found: Found) -> str:
    def told(pattern: re.Pattern, what: str, cure: str, new: Callable[[re.Match], str] = lambda match: match[0]) -> None:
        nonlocal text
        places = _Places(text, line)

        def tell(match: re.Match) -> str:
            found.remark(places[match.start()], what.format(_short(MARK.sub("", match[0]))), cure)
            return new(match)

        text = pattern.sub(tell, text)

    bare = MARK.sub("", text[:100]).split("\n", 1)[0]
    for pattern, what in _FOREIGN:
        if pattern.match(bare):
            found.remark(_Places(text[:20], line)[0], f"“{_short(bare)}”：{what}", "请删去它")
    if "[[" in text:
        text = _WIKI.sub(_unwiki, text)
        told(_WIKI, "“{}”不是这里的链接写法，会按原样显示", "请写成 [文字](文件名.md)")
    if "!" in text or "！" in text:
        told(_OPEN, "图片“{}”少了右边的括号，已补上", "请在文件名后面加上 )", lambda match: f"!{match[1][1:].replace('（', '(')})")
    if "[" in text or "【" in text or "［" in text:
        text = _LINK.sub(_straight, text)
        text = _QUOTED.sub(r"\1\2)", _TITLE.sub(r'\1"\2")', text))
    if "{" in text or "｛" in text:
        told(_SIZE, "“{}”不起作用，已去掉", "图片的大小由版式决定，请删去它", lambda match: "")
        told(_ATTRIBUTES, "“{}”不起作用，会按原样显示", "请删去它")
    if "==" in text:
        text = _BRIGHT.sub(r"**\1**", text)
    places = _Places(text, line)
    for match in _FORMULA.finditer(text) if "$" in text else ():
        if is_formula(match[0]):
            found.remark(
                places[match.start()],
                f"公式“{_short(match[0])}”不会排成数学式，会按原样显示",
                "请用普通文字和 <sub>下标</sub>、<sup>上标</sup> 写",
            )
    for match in _TAG.finditer(text) if "<" in text else ():
        name = f"<{match[1].lower()}>" if match[1] else "<!-- -->"
        if name[1:-1] not in _OBEYED and not (match[0][1] == "/" and name in found.tags):
            found.tags.setdefault(name, []).append(places[match.start()])
    return text


def is_formula(text: str) -> bool:
    """Whether what stands between two $ is mathematics in TeX's manner, not two prices."""
    return any(mark in text for mark in "\\_^{}*") and not re.search(f"[{HAN}]", text) and not text[1:2].isspace()


def _unwiki(match: re.Match) -> str:
    if match[1] and _PICTURE_TARGET.fullmatch(match[2]):
        words = match[3] or ""
        return f"![{'' if words.replace('x', '').isdigit() else words}](<{match[2].strip()}>)"
    return match[0]


def _straight(match: re.Match) -> str:
    """A link or picture with full-width marks or a space too many as Markdown wants it, where its target looks like one."""
    bang, words, gap, opening, target, closing = match[1], match[2], match[5], match[6], match[7], match[8]
    if bang != "！" and words is not None and not gap and (opening, closing) == ("(", ")"):
        return match[0]
    picture = _PICTURE_TARGET.fullmatch(target)
    if not (picture if bang else _TARGET.fullmatch(target)):
        return match[0]
    if words is None:
        if not bang:
            return match[0]  # 【标题】（a.pdf） may be meant as it stands
        words = match[3] or match[4] or ""
    return f"{'!' if bang else ''}[{words}]({target.strip()})"


def _short(text: str) -> str:
    return text if len(text) <= 30 else f"{text[:29]}…"
