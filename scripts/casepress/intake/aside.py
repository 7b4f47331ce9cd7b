"""Aside: what people see in a Word file and an import does not take, told in sentences: headers, comments, objects, charts, shapes."""

import re

from casepress.intake import packages
from casepress.intake.leftover import letters, quoted
from casepress.intake.wordxml import A, W

_NUMBERS = re.compile(r"(?:第|共|附件|[一二三四五六七八九十\d]|页)*")  # what heads and feet of pages say besides words
_DRAWN = ("chart", "chartex", "diagram")


def of_tree(root) -> list[str]:
    """What is left out of a part."""
    out = []
    for name, what in ((f"{W}object", "嵌入的文件或控件（如 Excel 表格）"), (f"{W}altChunk", "从别的文件插进来的内容")):
        if any(True for _ in root.iter(name)):
            out.append(f"文件里有{what}，没有收，请打开原件，把它的内容粘贴成文字或图片")
    kinds = [data.get("uri", "").rsplit("/", 1)[-1] for data in root.iter(f"{A}graphicData")]
    if any(kind in _DRAWN for kind in kinds):
        out.append("文件里有图表或示意图（SmartArt），没有收，请打开原件，把它另存为图片放进去")
    for data in root.iter(f"{A}graphicData"):
        if words := "".join(text.text or "" for text in data.iter(f"{A}t")).strip():
            out.append(f"图形里的字“{quoted(words)}”没有收，请打开原件，要用的请补进正文，或者把图形另存为图片放进去")
    spoken = ["".join(text.text or "" for text in sound.iter(f"{W}t")) for sound in root.iter(f"{W}rt")]
    if spoken := list(dict.fromkeys(filter(None, spoken))):
        out.append(f"字上的拼音“{quoted(' '.join(spoken))}”没有收，要用的请写进正文，例如写在字后面的括号里")
    return out


def of_package(parts: dict[str, bytes], name: str, main) -> list[str]:
    """What stands beside the main part: heads and feet of pages, unless the text says the same, and comments, whatever their parts are
    called."""
    out = []
    said = letters("".join(text.text or "" for text in main.iter(f"{W}t")))
    for what, kind in (("页眉", "header"), ("页脚", "footer")):
        words = [word for part in sorted(packages.related(parts, name, kind)) for word in _words(parts[part])]
        words = [word for word in dict.fromkeys(words) if not _NUMBERS.fullmatch(letters(word)) and letters(word) not in said]
        if words:
            out.append(f"{what}里有 {len(letters(''.join(words)))} 个字没有收，请打开原件看一看，要用的请补进案例")
    comments = packages.related(parts, name, "comments")
    count = sum(1 for part in comments for _ in packages.tree(parts[part]).iter(f"{W}comment"))
    return out + [f"{count} 条批注没有收，请打开原件看一看"] * bool(count)


def _words(part: bytes) -> list[str]:
    """The words of each paragraph of a part."""
    words: dict = {}
    for text in packages.tree(part).iter(f"{W}t", f"{A}t"):
        words.setdefault(next(text.iterancestors(f"{W}p", f"{A}p"), None), []).append(text.text or "")
    return ["".join(several).strip("0123456789 —-") for several in words.values()]
