"""Spans: what was meant within the lines of a paragraph, and is not quite written as Markdown wants it.

Flows in: a text with the mark of its line before every line. Flows out: the same text as it was meant, where that is
certain; of the rest, and of HTML that is not obeyed, a remark with its line and its cure. Code is left as it is.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from casepress.markup import foreign, rows
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

_SUSPECT = re.compile(r"\A\x0e[0-9]+\x0f-|[!！\[［【<{｛$=]|[*#＃\\]|｀|‘|·|:::|\?\?\?|\+\+|%%|[:：] |[0-9]{7}")
_WIKI = re.compile(r"(!?)\[\[([^\[\]|\n]{1,200})(?:\|([^\[\]\n]{0,100}))?\]\](?![\[(（])")
_LINK = re.compile(r"([!！]?)(?:\[([^\[\]\n]{0,200})\]|［([^［］\n]{0,200})］|【([^【】\n]{0,200})】)( ?)([(（])([^()（）\n]{1,300})([)）])")
_OPEN = re.compile(rf"([!！]\[[^\[\]\n]{{0,200}}\][(（][^()（）\s]{{1,200}}{_PICTURE})(?=[ \u3000]{{0,20}}(?:\n|\Z))", re.IGNORECASE)
_TITLE = re.compile(r"(\]\([^()\n“”\"]{1,200} )[“”]([^“”\"()\n]{0,200})[“”]\)")
_QUOTED = re.compile(r"(\]\()[“”\"]([^“”\"()\s]{1,200})[“”\"]\)")
_ATTRIBUTES = re.compile(r"(?<!\x10)\{ ?[:#.][^{}\n]{0,80}\}|(?<=\))\{[^{}\n]{1,80}\}")
_INLINE_NOTE = re.compile(r"\^\[[^\[\]\n]{1,200}\]")
_HIDDEN = re.compile(r"%%[^%\n]{1,200}%%")
_UNDERLINED = re.compile(r"(?<![0-9A-Za-z+])\+\+(?![\s+])[^+\n]{1,100}(?<!\s)\+\+(?![0-9A-Za-z+])")
_BRIGHT = re.compile(r"(?<![0-9A-Za-z=])==(?![\s=])([^=\n]{1,200})(?<!\s)==(?![0-9A-Za-z=])")
_FORMULA = re.compile(foreign.FORMULA)
# A tag has nothing but attributes behind its name; x<y 且 y>z has none.
_TAG = re.compile(r"(?<!\]\()</?([a-zA-Z][a-zA-Z0-9]*(?:[:-][a-zA-Z0-9]+)*)(?:\s+[a-zA-Z@:_][^<>]*|\s*)/?>|<!--")
_OBEYED = frozenset(("br", "sub", "sup"))
_INSTEAD = {
    "<img>": "写成 ![图里是什么](文件名)",
    "<a>": "写成 [文字](网址)",
    "<b>": "写成 **粗体**",
    "<strong>": "写成 **粗体**",
    "<i>": "写成 *强调*",
    "<em>": "写成 *强调*",
    "<u>": "写成 **粗体**",
    "<mark>": "写成 **粗体**",
    **dict.fromkeys(("<h1>", "<h2>", "<h3>", "<h4>", "<h5>", "<h6>"), "另起一行写成 ## 小标题"),
    **dict.fromkeys(("<ul>", "<ol>", "<li>"), "一条一行，写成 - 或 1. 开头的列表"),
    **dict.fromkeys(("<video>", "<iframe>", "<embed>"), "把视频的网址写在表头的“视频”一项"),
    "<!-- -->": "写在别的文件里，这里没有不印出来的注释",
    "<p>": "在两段之间空一行",
    "<table>": "检查表格有没有写完，最后要有 </table>",
}
_MOST_REMARKS = 100  # on one text
_NAMED = 6  # so many tags are named in a message


class Plain(str):
    """A text that is shown as it is: nothing within it is a mark."""


@dataclass
class Found:
    """What the reading of one text has found so far: remarks, and of HTML and formulas the lines, by their kinds."""

    remarks: list[Remark] = field(default_factory=list)
    tags: dict[str, list[int]] = field(default_factory=dict)
    formulas: list[tuple[int, str]] = field(default_factory=list)

    def remark(self, line: int, what: str, cure: str, check: str = "bodies_are_markdown") -> None:
        if len(self.remarks) < _MOST_REMARKS:
            self.remarks.append(Remark(line, what, cure, check))

    def all(self) -> tuple[Remark, ...]:
        """The remarks in the order of their lines: one for all HTML with one cure, one for all formulas, one for all that is alike."""
        told = [*self._html(), *self._formulas()]
        alike: dict[tuple[str, str, str], list[int]] = {}
        for remark in self.remarks:
            alike.setdefault((remark.what, remark.cure, remark.check), []).append(remark.line)
        for (what, cure, check), lines in alike.items():
            count = len(set(lines))
            told.append(Remark(min(lines), f"{what}（{count} 处，最早在这一行）" if count > 1 else what, cure, check))
        return tuple(sorted(told, key=lambda remark: remark.line))

    def _html(self) -> Iterator[Remark]:
        cured: dict[str, dict[str, list[int]]] = {}
        for tag, lines in self.tags.items():
            cured.setdefault(_INSTEAD.get(tag, "改用 Markdown 的写法"), {})[tag] = lines
        for cure, tags in cured.items():
            count = sum(map(len, tags.values()))
            many = f"（{count} 处{'' if len(tags) == 1 else '，最早在这一行'}）" if count > 1 else ""
            names = "、".join(list(tags)[:_NAMED]) + ("等" if len(tags) > _NAMED else "")
            yield Remark(min(map(min, tags.values())), f"正文里有 HTML 标记 {names}{many}，会按原样显示成文字", f"请删去它，或{cure}")

    def _formulas(self) -> Iterator[Remark]:
        if self.formulas:
            line, text = min(self.formulas)
            many = f"等 {len(self.formulas)} 个公式" if len(self.formulas) > 1 else ""
            what = f"公式“{_short(text)}”{many}不会排成数学式，会按原样显示"
            yield Remark(line, what, "请用普通文字和 <sub>下标</sub>、<sup>上标</sup> 写，或把公式做成图片")


class _Places:
    """The lines of the source in which the places of a marked text stand; `line` is that of what stands before every mark."""

    def __init__(self, text: str, line: int) -> None:
        self.text = text
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
    places = _Places("", line)

    def tell(match: re.Match, what: str, cure: str) -> None:
        nonlocal places
        if places.text is not match.string:
            places = _Places(match.string, line)
        found.remark(places[match.start()], what, cure)

    def told(pattern: re.Pattern, what: str, cure: str, new: Callable[[re.Match], str] = lambda match: match[0]) -> None:
        nonlocal text

        def each(match: re.Match) -> str:
            tell(match, what.format(_short(MARK.sub("", match[0]))), cure)
            return new(match)

        text = pattern.sub(each, text)

    bare = MARK.sub("", text[:100]).split("\n", 1)[0]
    said = foreign.line(bare)
    if said:
        found.remark(_Places(text[:20], line)[0], f"“{_short(bare)}”：{said[0]}", said[1])
    text = foreign.pictures(text, tell)
    if "[[" in text:
        text = _WIKI.sub(_unwiki, text)
        if not said:
            told(_WIKI, "“{}”不是这里的链接写法，会按原样显示", "请写成 [文字](文件名.md)")
    if "!" in text or "！" in text:
        told(_OPEN, "图片“{}”少了右边的括号，已补上", "请在文件名后面加上 )", lambda match: f"!{match[1][1:].replace('（', '(')})")
    if "[" in text or "【" in text or "［" in text:
        text = _LINK.sub(_straight, text)
        text = _QUOTED.sub(r"\1\2)", _TITLE.sub(r'\1"\2")', text))
    text = foreign.dressing(text, tell)
    if "^[" in text:
        told(_INLINE_NOTE, "“{}”不会排成脚注，会按原样显示", "请在这里写 [^1]，另起一段写 [^1]: 注文")
    if "++" in text:
        told(_UNDERLINED, "“{}”不会加下划线，会按原样显示", "请删去加号，要强调的写成 **粗体**")
    if "%%" in text and not said:
        told(_HIDDEN, "“{}”：这里没有不印出来的注释，会按原样显示", "请删去它")
    if "{" in text and not said:
        told(_ATTRIBUTES, "“{}”不起作用，会按原样显示", "请删去它")
    if "==" in text:
        text = _BRIGHT.sub(r"**\1**", text)
    places = _Places(text, line)
    formulas = [match for match in _FORMULA.finditer(text) if foreign.is_formula(match[0])] if "$" in text or "\\" in text else []
    found.formulas += [(places[match.start()], " ".join(MARK.sub("", match[0]).split())) for match in formulas]
    if not formulas and foreign.is_displayed(bare):
        found.formulas.append((places[0], bare))
    for match in _TAG.finditer(text) if "<" in text else ():
        name = f"<{match[1].lower()}>" if match[1] else "<!-- -->"
        if name[1:-1] not in _OBEYED and not (match[0][1] == "/" and name in found.tags):
            found.tags.setdefault(name, []).append(places[match.start()])
    return text


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
