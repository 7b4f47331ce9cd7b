"""Foreign YAML: a file that another program reads, whose tags, references and whatever else is its own business, as far as we look at it.

Flows in: its text. Flows out: a tree of `Node`, and which names stand twice, or the line of the mistake.
"""

from collections.abc import Iterator

import yaml

from casepress.markup.frontmatter import Node

_LOOKED = 4  # levels; a reference may lead back to where it stands
_MOST = 50_000  # entries; references to lists of references would make millions of a few lines
Twice = list[tuple[str, int, int]]  # a name, the line of its first entry, and that of a further one, of which other readers know the last alone


class Malformed(ValueError):
    """It is not YAML; the argument is the line, 0 where that is unknown."""


def read(text: str) -> tuple[Node, Twice]:
    """The tree of a file; of what stands deeper than anybody looks only that it is there. Raises Malformed."""
    try:
        root = yaml.compose(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, RecursionError) as reason:
        mark = getattr(reason, "problem_mark", None)
        raise Malformed(mark.line + 1 if mark else 0) from reason
    twice: Twice = []
    try:
        return _node(root, _LOOKED, twice, iter(range(_MOST))) if root is not None else Node(0, ""), list(dict.fromkeys(twice))
    except StopIteration as reason:
        raise Malformed(0) from reason


def _node(node: yaml.Node, depth: int, twice: Twice, left: Iterator[int]) -> Node:
    next(left)
    line = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        return Node(line, node.value.strip())
    if not depth:
        return Node(line, "")
    if isinstance(node, yaml.SequenceNode):
        return Node(line, tuple([_node(each, depth - 1, twice, left) for each in node.value]))
    entries: dict[str, Node] = {}
    lines: dict[str, int] = {}
    for key, value in node.value:
        if isinstance(key, yaml.ScalarNode):
            at = key.start_mark.line + 1
            if lines.setdefault(key.value, at) != at:
                twice.append((key.value, lines[key.value], at))
            entries[key.value] = _node(value, depth - 1, twice, left)
    return Node(line, entries)
