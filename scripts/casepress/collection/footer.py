"""The foot of the website: what collection.yml says in `footer`, and whether its numbers look like such numbers."""

import re
from collections.abc import Mapping

from casepress.facts.characters import EVERYDAY
from casepress.markup.frontmatter import Node
from casepress.markup.typed_nodes import Typer
from casepress.values.footers import Footer

NAMES = {
    "sponsor": "主办单位",
    "operator": "承办单位",
    "code": "网站标识码",
    "icp": "ICP备案",
    "police": "公安备案",
    "badge": "网站标识",
    "contact": "联系方式",
    "place": "地址",
}
_ENGLISH = {chinese: name for name, chinese in NAMES.items()}
_KNOWN = (*NAMES, *_ENGLISH)
# How each number looks, and what to write. The letter of a province is one character.
_LOOKS = {
    "code": (re.compile(r"[0-9A-Z]{10}"), "请写政府网站标识码的十位，例如 3204000001"),
    "icp": (re.compile(rf"[{EVERYDAY}]ICP[备证]\s*[0-9]{{6,10}}号(?:-[0-9]{{1,4}})?"), "请照备案通知写全，例如 苏ICP备12345678号-1"),
    "police": (re.compile(rf"[{EVERYDAY}]公网安备\s*[0-9]{{10,16}}号?"), "请照备案通知写全，例如 苏公网安备32040002000001号"),
    "badge": (
        re.compile(r"https?://(?:[a-z0-9-]+\.)*conac\.cn/[^\s<>\"']*"),
        "请写标识指向的网址，例如 https://bszs.conac.cn/sitename?method=show&id=编号",
    ),
}


def read_footer(typer: Typer, node: Node | None) -> Footer:
    """The foot that a collection declares; what does not look right is reported and left out."""
    entries: Mapping[str, Node] = typer.known(node, _KNOWN, "footer", tuple(f"{name}（{word}）" for name, word in NAMES.items()))
    words: dict[str, str] = {}
    for word, entry in entries.items():
        name = _ENGLISH.get(word, word)
        text = typer.text(entry, word)
        pattern, cure = _LOOKS.get(name, (None, ""))
        if name in words:
            typer.report(entry, f"footer 的“{NAMES[name]}”写了两遍", "请只留一个")
        elif text and pattern is not None and not pattern.fullmatch(text):
            typer.report(entry, f"footer 的“{NAMES[name]}”写了“{text[:60]}”，不像", f"{cure}；没有就删去这一项")
        elif text:
            words[name] = text
    return Footer(**words)
