"""Foreign marks: what other programs and other kinds of Markdown write, and what has no meaning here.

Flows in: a line, or a text. Flows out: what is to be said of it, or the text as it is meant. Sizes and wrappers of pictures
only say how something is to look; they are taken away. What says more stays to be seen. Every pattern takes linear time.
"""

import re

from casepress.facts.characters import HAN

_LOOKS = "图片的大小由版式决定，请删去它；要小一些写 {.half}，要大一些写 {.full}，要独占一页写 {.plate}"

HINTS = {
    "half": "half",
    "半宽": "half",
    "full": "full",
    "通栏": "full",
    "plate": "plate",
    "图版": "plate",
}  # what an editor may wish of a picture's size

# What a paragraph that begins so says to another program.
_LINES = (
    (re.compile(r"(?:@?\[\[?_?toc_?\]\]?|\$\{toc\}|\{:toc\})\s*\Z", re.IGNORECASE), "目录会自动生成，这个标记会按原样显示", "请删去它"),
    (re.compile(r"[!?]{3}\+? ?\S"), "提示框不起作用，会按原样显示", "请删去它"),
    (re.compile(r":{3} ?\S"), "三个冒号的标记不起作用，会按原样显示", "请删去它"),
    (re.compile(r"\{%(?! ?end)|\{\{[<%]"), "别的网站程序的标记不起作用，会按原样显示", "请删去它"),
    (re.compile(r"%%|\[(?://|#|_|comment)\]: "), "这里没有不印出来的注释，会按原样显示", "请删去它"),
    (re.compile(r"\*\[[^\[\]]{1,60}\][:：]"), "缩略语的解释不会跟着词走，会按原样显示", "请写进正文，或写成脚注 [^1]"),
    (re.compile(r"[#＃]{7,}[ \u3000]{0,4}[^#＃\s]"), "小标题最多六级，会按原样显示", "请减少井号"),
    (re.compile(r"[0-9]{7,20}[.)] "), "编号太长，排不成列表，会按原样显示", "如果是列表，请把编号改小"),
    (re.compile(f"-(?=[{HAN}])"), "减号后面少了空格，会排成一段文字", "如果是列表，请在减号后面空一格"),
    (re.compile("｀{3}|‘{3}|·{3}"), "代码的标记不是这样写的，会按原样显示", "请在代码的上下各写一行 ```"),
    (re.compile(r"[:：] {1,4}\S"), "冒号开头的行不起作用，会按原样显示", "请删去冒号"),
)
_DISPLAYED = re.compile(r"\$\$|\\\[[^\]]{0,100}\Z|\\begin\{")
FORMULA = (  # none looks further than the next mark that begins one
    r"\$\$[^$]{1,2000}\$\$|\$[^$\n]{1,300}\$|\\\((?:[^\\\n]|\\[^()\n]){1,300}\\\)|\\\[(?:[^\\$]|\\[^\[\]$]){1,2000}\\\]"
    r"|\\begin\{[a-z]{1,20}\*?\}(?:[^\\$]|\\(?!begin|end)){1,2000}\\end\{[a-z]{1,20}\*?\}"
)
_HAN = re.compile(f"[{HAN}]")
_COMMAND = re.compile(r"\\[a-zA-Z]{2,}|[_^]\{")

_PICTURE = r"!\[[^\[\]\n]{0,200}\]\([^()\n]{1,300}\)"
_HINT = re.compile(r"(!\[[^\[\]\n]{0,200}\]\((?:[^()\n]|\([^()\n]{0,60}\)){1,300}\)) {0,2}[{｛]([^{}｛｝\n]{1,80})[}｝]")
_WISH = re.compile(
    r":? ?(?:[.．]?(?P<hint>" + "|".join(HINTS) + r")|[#＃] ?(?P<called>[^\s#＃.．\x0e-\x11]{1,60}))(?=[\s.．#＃]|\Z)", re.IGNORECASE
)
# 表：各年级课时 {#课时}, a title with the name of its table
_NAMED = re.compile(
    r"((?:^|\x0f)\s{0,3}\*{0,2}表[^{}｛｝\n]{0,80}?)\s{0,2}[{｛] ?[#＃] ?([^\s{}｛｝\x0e-\x11]{1,60}) ?[}｝](?=\*{0,2}\s*$)", re.MULTILINE
)
_SIZES = (
    re.compile(r"(?<=[^\s(]) {1,4}(=[0-9]{1,5}%?(?:x[0-9]{0,5})?)(?=\))"),  # ![图](t.png =300x200)
    re.compile(r"(?<!\[)(\|[0-9]{1,4}(?:x[0-9]{1,4})?)(?=\]\()"),  # ![图|300](t.png)
    re.compile(r"(?<=\))([{｛] ?:? ?(?:(?:width|height|style|class|align|target)\b|[.#][A-Za-z])[^{}\n]{0,80}[}｝])", re.IGNORECASE),
)
# A hint on a picture's size and a name for it, or the name of a table, as `dressing` leaves them.
HINTED = re.compile(r"\x10\{(?:\.([a-z]+))? ?(?:#([^{}\x10\x11]+))?\}\x11")
_SPAN = re.compile(r"\[([^\[\]\n]{0,200})\](\{ ?[.#][^{}\n]{1,80}\})")  # [文字]{.underline}
_DOUBLE = re.compile(r"\*\*([^*\n]{1,200})\*{4}([^*\n]{1,200})\*\*(?!\*)")  # **甲****乙**
_IMG = re.compile(r"<img\s([^<>]{1,500})>", re.IGNORECASE)
_IS_PICTURE = re.compile(r"(?!https?:|//|data:)[^<>()\n]{1,300}\.(?:jpe?g|png|webp|gif|bmp|svg|tiff?)(?:[?#][^<>()\s]{0,300})?", re.IGNORECASE)
_VALUE = r"(?<![\w-]){}\s{{0,4}}=\s{{0,4}}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+))"
_SOURCE, _WORDS, _TITLE = (re.compile(_VALUE.format(name), re.IGNORECASE) for name in ("src", "alt", "title"))
_LAYOUT = r"</?(?:p|div|center|span|figure|section)(?:\s[^<>]{0,200})?>"
_GAP = r"(?:\s|\x0e[0-9]{1,6}\x0f){0,8}"
_WRAPPED = re.compile(rf"{_GAP}(?:{_LAYOUT}{_GAP}){{1,5}}(?:{_PICTURE}{_GAP}){{1,20}}(?:{_LAYOUT}{_GAP}){{1,5}}", re.IGNORECASE)

_CALLOUT = re.compile(r"\[!([A-Za-z]{2,20})\][-+]? {0,4}(.*)")
_CALLED = {
    "note": "注意", "info": "说明", "tip": "提示", "hint": "提示", "important": "重要", "warning": "警告", "caution": "当心", "danger": "危险",
    "example": "举例", "question": "问题", "quote": "引文", "abstract": "摘要", "summary": "摘要", "success": "成功", "failure": "失败", "bug": "错误",
    "todo": "待办",
}  # fmt: skip


def line(text: str) -> tuple[str, str] | None:
    """What is to be said of a paragraph for the way it begins, and the cure."""
    return next(((what, cure) for pattern, what, cure in _LINES if pattern.match(text)), None)


def is_displayed(text: str) -> bool:
    """Whether a paragraph begins as a formula of its own."""
    return _DISPLAYED.match(text) is not None


def is_formula(text: str) -> bool:
    """Whether what stands between the marks of mathematics is that, not two prices or a remark in brackets."""
    if text.startswith(("$$", "\\begin")):
        return True
    inner = text[1:-1] if text[0] == "$" else text[2:-2]
    return (
        any(mark in inner for mark in "\\_^{}*=") and (not _HAN.search(inner) or _COMMAND.search(inner) is not None) and not inner[:1].isspace()
    )


def dressing(text: str, tell) -> str:
    """A text without what other programs write about the looks of pictures and words; `tell` is given each match and what is to be said of it.

    A hint that we know and a name stay behind their picture, between marks of our own (`HINTED`), as does the name of a table.
    """
    if "}" in text or "｝" in text:
        text = _HINT.sub(_wished, text)
        text = _NAMED.sub("\\1\x10{#\\2}\x11", text)
    for pattern in _SIZES if "](" in text else ():

        def gone(match: re.Match) -> str:
            tell(match, f"“{match[1]}”不起作用，已去掉", _LOOKS)
            return ""

        text = pattern.sub(gone, text)

    def bare(match: re.Match) -> str:
        tell(match, f"“{match[2]}”不起作用，已去掉", "请删去它和前面的方括号")
        return match[1]

    if "]{" in text:
        text = _SPAN.sub(bare, text)
    return _DOUBLE.sub(r"**\1\2**", text) if "****" in text else text


def _wished(match: re.Match) -> str:
    """A picture with its hint and its name; as it is where something else is wished for."""
    hint = called = ""
    at, words = 0, match[2].strip()
    while wish := _WISH.match(words, at):
        hint, called = HINTS.get((wish["hint"] or "").lower(), hint), wish["called"] or called
        at = wish.end() + len(words[wish.end() :]) - len(words[wish.end() :].lstrip())
    return match[0] if at < len(words) else f"{match[1]}\x10{{{f'.{hint}' if hint else ''}{f' #{called}' if called else ''}}}\x11"


def pictures(text: str, tell) -> str:
    """A text whose pictures in HTML are written as Markdown has them, without the tags that only centre them."""
    if "<img" not in text.lower():
        return text

    def straight(match: re.Match) -> str:
        source, words, title = (_value(pattern, match[1]) for pattern in (_SOURCE, _WORDS, _TITLE))
        if not _IS_PICTURE.fullmatch(source):
            return match[0]
        words, title = words.translate({91: "［", 93: "］"}), title.replace('"', "＂")
        shown = f"![{words}]({source})"
        tell(match, "<img> 已照图片排，大小不起作用", f"请写成 {shown if len(shown) < 60 else '![图里是什么](文件名)'}")
        target = f"<{source}>" if " " in source else source
        return f"![{words}]({target}" + (f' "{title}")' if title else ")")

    text = _IMG.sub(straight, text)
    return re.sub(_LAYOUT, "", text, flags=re.IGNORECASE) if len(text) < 5000 and _WRAPPED.fullmatch(text) else text


def _value(pattern: re.Pattern, attributes: str) -> str:
    match = pattern.search(attributes)
    return " ".join(next(filter(None, match.groups()), "").split()) if match else ""


def callout(text: str) -> str:
    """The title of a box of GitHub or Obsidian, in bold, where the first line of a quote begins one; else nothing."""
    match = _CALLOUT.match(text.strip())
    return f"**{match[2].strip() or _CALLED.get(match[1].lower(), match[1])}**" if match else ""
