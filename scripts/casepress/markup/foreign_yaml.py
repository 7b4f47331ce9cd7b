"""Foreign YAML: a file that another program reads, whose tags, references and whatever else is its own business, as far as we look at it.

Flows in: its text. Flows out: a tree of `Node`, or the line of the mistake.
"""

from collections.abc import Mapping

import yaml

from casepress.markup.frontmatter import Node

_LOOKED = 4  # levels; a reference may lead back to where it stands


class Malformed(ValueError):
    """It is not YAML; the argument is the line, 0 where that is unknown."""


def read(text: str) -> Node:
    """The tree of a file; of what stands deeper than anybody looks only that it is there. Raises Malformed."""
    try:
        root = yaml.compose(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, RecursionError) as reason:
        mark = getattr(reason, "problem_mark", None)
        raise Malformed(mark.line + 1 if mark else 0) from reason
    return _node(root, _LOOKED) if root is not None else Node(0, "")


def _node(node: yaml.Node, depth: int) -> Node:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        return Node(line, node.value.strip())
    if not depth:
        return Node(line, "")
    if isinstance(node, yaml.SequenceNode):
        return Node(line, tuple(_node(each, depth - 1) for each in node.value))
    entries: Mapping[str, Node] = {key.value: _node(value, depth - 1) for key, value in node.value if isinstance(key, yaml.ScalarNode)}
    return Node(line, entries)
