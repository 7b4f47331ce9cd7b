"""Sitefile: whether mkdocs.yml will do for a site, before one is built.

Flows in: the file's bytes. Flows out: problems with their lines. MkDocs itself is not loaded, which takes longer than all other checks;
whatever else it finds it says when the site is built.
"""

from collections.abc import Iterator, Mapping
from importlib.metadata import entry_points

from casepress.markup import decoding, foreign_yaml
from casepress.markup.frontmatter import Node
from casepress.values.problems import Problem, error, has_errors

NAME, CHECK = "mkdocs.yml", "site_can_be_made"
_CURE = "请改正，或从用 casepress new 新建的案例库里复制一个来"


def check(data: bytes) -> Iterator[Problem]:
    """What in mkdocs.yml stops a site."""
    text, problems = decoding.decode(data, NAME)
    yield from problems
    if has_errors(problems):
        return
    try:
        root = foreign_yaml.read(text)
    except foreign_yaml.Malformed as reason:
        yield error(NAME, reason.args[0], "不是写得对的 YAML", f"请看看这一行和上一行的缩进、冒号和括号，{_CURE}", CHECK)
        return
    if not isinstance(root.value, Mapping):
        yield error(NAME, 1, "内容不是“名称: 值”的形式", _CURE, CHECK)
    elif "INHERIT" not in root.value:  # else the rest may stand in another file
        name = root.value.get("site_name", Node(0, ""))
        if name.value == "":
            yield error(NAME, name.line, "没有写 site_name", "请加上一行，例如 site_name: 案例库名称", CHECK)
        yield from _plugins(root.value.get("plugins", Node(0, "")))
        yield from _theme(root.value.get("theme", Node(0, "")))


def _plugins(node: Node) -> Iterator[Problem]:
    """Named in a list, each with options below its name or without, or all as names of options."""
    named = node.value if isinstance(node.value, tuple) else (node,)
    for each in named:
        for name in each.value if isinstance(each.value, Mapping) else (each.value,):
            if isinstance(name, str) and name not in ("", "casepress") and not {name, f"material/{name}"} & _installed("mkdocs.plugins"):
                yield error(NAME, each.line, f"plugins 里的 {name[:40]} 没有安装", "请删去它，或请技术人员安装", CHECK)


def _theme(node: Node) -> Iterator[Problem]:
    named = node.value.get("name", node) if isinstance(node.value, Mapping) else node
    name = named.value if isinstance(named.value, str) else ""
    if name not in ("", "material", "null", "~") and name not in _installed("mkdocs.themes"):
        yield error(NAME, named.line, f"没有叫 {name[:40]} 的主题", "请写成 theme: {name: material}", CHECK)


def _installed(group: str) -> set[str]:
    return {entry.name for entry in entry_points(group=group)}
