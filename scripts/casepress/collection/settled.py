"""Settled: what a header says of cases that are like this one and may stay: `查重说明: {moe-3-02: 为什么不算重复}`.

Each verdict is a person's and has its reason. It stands in the case itself, so it goes along when files are moved, and names the other
case by its id, its file or its title.
"""

from collections.abc import Mapping

from casepress.collection.settings import Settings
from casepress.facts import wording
from casepress.markup.frontmatter import Node
from casepress.markup.typed_nodes import Typer, is_said
from casepress.values.cases import Settled
from casepress.values.problems import Problem

NAME, PLACEHOLDER = "查重说明", "这里写理由"
_NAMES = {"same", NAME}
_NO_REASON = {"", "ok", "yes", "no", "true", "是", "否", "可以", "没问题", "理由", PLACEHOLDER}
_CURE = f"请写成 {NAME}: {{对方的编号: 为什么不算重复}}，几个的用半角逗号隔开"


def is_settled(word: str, settings: Settings) -> bool:
    """Whether a name in a header is that of the verdicts, and of no field of the collection's own."""
    return wording.plain(word) in _NAMES and settings.field_called(word) is None


def may_be_settled(source: str) -> bool:
    """Whether a file may have verdicts, told without reading its header."""
    return NAME in source or "same" in source


def read_settled(node: Node | None, path: str) -> tuple[tuple[Settled, ...], tuple[Problem, ...]]:
    """The verdicts in a header; one without a reason is an error."""
    typer = Typer(path, "likeness_is_judged")
    if node is None or not is_said(node):
        return (), ()
    if not isinstance(node.value, Mapping):
        typer.report(node, f"“{NAME}”没有写明是和哪个案例相同、为什么不算重复", _CURE)
        return (), tuple(typer.problems)
    found = []
    for other, entry in node.value.items():
        reason = typer.text(entry, other)
        if wording.plain(reason) in _NO_REASON:
            typer.report(
                entry, f"“{NAME}”里的 {other} 没有写理由", f"请在冒号后面写明为什么不算重复，例如 {other}: 同一项目的后一阶段，评审组同意"
            )
        else:
            found.append(Settled(other, reason, entry.line))
    return tuple(found), tuple(typer.problems)


def line_for(other: str) -> str:
    """The line to paste into a header, its reason still to be written."""
    plain = other.replace("-", "").replace("_", "").replace(".", "").isalnum() and not other.startswith("-")
    escaped = other.replace("\\", "\\\\").replace('"', '\\"')
    return f"{NAME}: {{{other if plain else chr(34) + escaped + chr(34)}: {PLACEHOLDER}}}"
