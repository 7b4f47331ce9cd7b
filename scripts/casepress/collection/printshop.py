"""Print shop: what `paper`, `binding`, `signature` and `characters` of a book say, in words that a print shop uses.

Flows in: nodes of YAML. Flows out: the settings that they mean, over what is usual; what is wrong stays usual and is reported.
"""

from collections.abc import Mapping
from dataclasses import replace

from casepress.markup.frontmatter import Node
from casepress.markup.typed_nodes import Typer, items
from casepress.values.books import Binding, BookSettings, Paper

OWN = ("calliper", "paper", "binding", "signature", "characters")
SIGNATURES = (4, 8, 16)
_PAPER = {"name": ("name", "纸名"), "weight": ("weight", "克重"), "bulk": ("bulk", "松厚度")}
_BINDING = {
    "style": ("style", "方式"),
    "cover": ("cover", "封面纸厚"),
    "flap": ("flap", "勒口"),
    "board": ("board", "纸板"),
    "square": ("square", "飘口"),
    "groove": ("groove", "书槽"),
    "turn_in": ("turn_in", "包边"),
}
_STYLES = {"soft": "soft", "hard": "hard", "平装": "soft", "精装": "hard"}
# Of each length in mm: the least, the most, and for a hard cover what is usual.
_RANGES = {
    "cover": (0.05, 2, 0),
    "flap": (30, 200, 0),
    "board": (1, 5, 2.5),
    "square": (0, 10, 3),
    "groove": (3, 15, 8),
    "turn_in": (8, 40, 15),
}
_OF = {"soft": ("cover", "flap"), "hard": ("board", "square", "groove", "turn_in")}
_COUNTED = {"layout": "layout", "版面": "layout", "版面字数": "layout", "text": "text", "正文": "text", "正文字数": "text"}
_EXAMPLE = "请写成 paper: {纸名: 双胶纸, 克重: 80, 松厚度: 1.25}"


def read_printing(typer: Typer, given: Mapping[str, Node], usual: BookSettings) -> dict[str, object]:
    """What a book says of how it is printed and bound, by the names of its settings."""
    said: dict[str, object] = {"calliper": typer.number(given.get("calliper"), "calliper", 0.02, 1, usual.calliper)}
    if "paper" in given:
        said["paper"] = paper = _paper(typer, given["paper"])
        if paper.bulk and "calliper" in given:
            cure = "请只留一处：问过印刷厂一张纸有多厚的，留 calliper，删去松厚度"
            typer.report(given["calliper"], "calliper 和 paper 里的松厚度都说了纸有多厚", cure)
        elif paper.bulk and paper.weight:
            said["calliper"] = round(paper.weight * paper.bulk / 1000, 4)  # g/m² × cm³/g = µm
        elif paper.bulk:
            typer.report(given["paper"], "paper 只写了松厚度，没有写克重，算不出一张纸有多厚", _EXAMPLE)
    elif "calliper" in given:
        said["paper"] = replace(usual.paper, bulk=0.0)
    if "binding" in given:
        said["binding"] = _binding(typer, given["binding"])
    if "signature" in given:
        word = typer.one_of(given["signature"], "signature", (*map(str, SIGNATURES), "no", "不补"), str(usual.signature))
        said["signature"] = int(word) if word.isdecimal() else 0
    if "characters" in given:
        words = (typer.one_of(item, "characters", _COUNTED, shown=("版面", "正文")) for item in items(given["characters"]))
        said["counted"] = tuple(dict.fromkeys(_COUNTED[word] for word in words if word)) or usual.counted
    return said


def _paper(typer: Typer, node: Node) -> Paper:
    if isinstance(node.value, str):
        return Paper(typer.text(node, "paper"))
    found = _entries(typer, node, "paper", _PAPER)
    return Paper(
        typer.text(found.get("name"), "纸名"),
        typer.number(found.get("weight"), "克重", 30, 500, 0),
        typer.number(found.get("bulk"), "松厚度", 0.5, 3, 0),
    )


def _binding(typer: Typer, node: Node) -> Binding:
    """A soft or a hard binding; one does not have what belongs to the other."""
    found = {"style": node} if isinstance(node.value, str) else _entries(typer, node, "binding", _BINDING)
    style = _STYLES[typer.one_of(found.get("style"), "binding 的方式", _STYLES, "soft", ("平装", "精装"))]
    for name in set(found) - {"style", *_OF[style]}:
        label = _BINDING[name][1]
        if style == "hard":
            typer.report(found[name], f"精装的书壳没有{label}", "请删去这一项；平装的，写 方式: 平装")
        else:
            typer.report(found[name], f"平装的封面没有{label}", "请删去这一项；精装的，写 方式: 精装")
    lengths = {}
    for name in _OF[style]:
        least, most, usual = _RANGES[name]
        lengths[name] = typer.number(found.get(name), _BINDING[name][1], least, most, usual)
    return Binding(style, **lengths)


def _entries(typer: Typer, node: Node, where: str, names: Mapping[str, tuple[str, ...]]) -> dict[str, Node]:
    """The entries of a mapping by the English of their two names."""
    english = {word: name for name, words in names.items() for word in words}
    given = typer.known(node, english, where, [words[1] for words in names.values()])
    return {english[word]: entry for word, entry in given.items()}
