"""Given: what a node of a header says in words, within bounds; what says nothing counts as not given.

Flows in: a field and the YAML node that a header gives for it. Flows out: texts, or `Wrong` with the problem to report.
"""

import re
from collections.abc import Mapping

from casepress.facts import wording
from casepress.facts.characters import SEPARATING
from casepress.markup.frontmatter import Node
from casepress.values.fields import Field

# The most characters of a title, of any other short value and of a text like the summary, and the most values of a field.
LONGEST_TITLE, LONGEST, LONGEST_TEXT, MOST = 200, 500, 3000, 100
_SEPARATORS = re.compile(f"[{SEPARATING}\n]")
# What people write where they have nothing to say.
_NOTHING = frozenset("无 暂无 没有 待定 待填 待补 n/a na null none nil ~ todo tbd".split())


class Wrong(Exception):
    """A value that cannot be typed: the problem to report."""

    def __init__(self, node: Node, what: str, cure: str, check: str = "values_fit_their_field") -> None:
        super().__init__(what)
        self.node, self.what, self.cure, self.check = node, what, cure, check


def is_empty(field: Field, text: str) -> bool:
    """Whether a text says nothing: spaces or marks alone, or what people write for nothing."""
    return not wording.says_something(text) or (field.name != "title" and wording.plain(text) in _NOTHING)


def short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


def words(field: Field, node: Node, most: int = LONGEST) -> str:
    if not isinstance(node.value, str):
        raise Wrong(node, f"“{field.label}”应当是一句话，这里写成了列表或小项", "请写在冒号后面同一行")
    text = " ".join(node.value.split())
    if len(text) > most:
        raise Wrong(node, f"“{field.label}”有 {len(text)} 个字，最多 {most} 个", "请写短一些，细节写在正文里；也请检查引号和第二个 --- 的位置")
    return text


def parts(field: Field, node: Node) -> list[str]:
    """The values that one text gives a field, parted by 、，； or line ends."""
    words(field, node, LONGEST_TEXT)
    every = [" ".join(part.split()) for piece in node.pieces or (node.value,) for part in _SEPARATORS.split(piece)]
    found = [part for part in every if part]
    if len(found) > MOST or any(len(part) > LONGEST for part in found):
        raise Wrong(node, f"“{field.label}”里的值太多或太长", f"一个值最多 {LONGEST} 个字，一项最多 {MOST} 个值")
    return found


def facts(field: Field, node: Node, known: Mapping[str, str]) -> dict[str, str]:
    """The entries of a small mapping, by name or Chinese label."""
    if not isinstance(node.value, Mapping):
        raise Wrong(node, f"“{field.label}”写成了列表", f"请写成小项：{'、'.join(known)}")
    found = {}
    for name, value in node.value.items():
        key = next((k for k, label in known.items() if name in (k, label)), None)
        if key is None:
            guess = wording.nearest(name, (*known, *known.values()))
            raise Wrong(value, f"“{field.label}”里没有“{name}”这一项", f"是不是 {guess}" if guess else f"可用的有：{'、'.join(known)}")
        found[key] = words(field, value)
    return found
