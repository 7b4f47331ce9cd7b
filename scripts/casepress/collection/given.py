"""Given: what a node of a header says in words, within bounds; what says nothing counts as not given.

Flows in: a field and the YAML node that a header gives for it. Flows out: texts, or `Wrong` with the problem to report.
"""

import re
from collections.abc import Mapping

from casepress.facts import wording
from casepress.facts.characters import SEPARATING
from casepress.markup.frontmatter import Node
from casepress.markup.typed_nodes import LONGEST, Wrong, entries, strange, text
from casepress.values.fields import Field

# The most characters of a title and of a text like the summary, and the most values of a field.
LONGEST_TITLE, LONGEST_TEXT, MOST = 200, 3000, 100
_SEPARATORS = re.compile(f"[{SEPARATING}\n]")
# What people write where they have nothing to say.
_NOTHING = frozenset("无 暂无 没有 待定 待填 待补 n/a na null none nil ~ todo tbd".split())


def is_empty(field: Field, word: str) -> bool:
    """Whether a text says nothing: spaces or marks alone, or what people write for nothing."""
    return not wording.says_something(word) or (field.name != "title" and wording.plain(word) in _NOTHING)


def short(word: str) -> str:
    return word if len(word) <= 40 else f"{word[:39]}…"


def words(field: Field, node: Node, most: int = LONGEST) -> str:
    return text(node, f"“{field.label}”", most, "请写短一些，细节写在正文里；也请检查引号和第二个 --- 的位置")


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
    found = {}
    for name, value in entries(node, f"“{field.label}”").items():
        key = next((k for k, label in known.items() if name in (k, label)), None)
        if key is None:
            raise strange(name, value, (*known, *known.values()), f"“{field.label}”", known)
        found[key] = words(field, value)
    return found
