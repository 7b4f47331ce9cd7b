"""Typed nodes: what a node of YAML says as a text, a list, a number, yes or no, one of some words, or entries of known names.

Flows in: the nodes of settings, headers, profiles and the table of faces. Flows out: plain values. What cannot be typed is
`Wrong`: a reader of headers lets that stop the value; a `Typer` keeps it as a problem and goes on with what is usual.
"""

from collections.abc import Iterable, Iterator, Mapping
from math import isfinite
from types import MappingProxyType

from casepress.facts.wording import offer
from casepress.markup import decoding, frontmatter
from casepress.markup.frontmatter import Node
from casepress.values.lines import Lines
from casepress.values.problems import Failed, Level, Problem, error, has_errors

LONGEST = 500  # characters of one text
_YES, _NO = {"yes", "true", "on", "1", "是"}, {"no", "false", "off", "0", "否"}


class Wrong(Exception):
    """A node that cannot be typed: the problem to report, without its file. `check` names the truth that is hurt, if it is known."""

    def __init__(self, node: Node, what: str, cure: str, check: str = "") -> None:
        super().__init__(what)
        self.node, self.what, self.cure, self.check = node, what, cure, check

    def problem(self, path: str, check: str = "") -> Problem:
        return error(path, self.node.line, self.what, self.cure, self.check or check)


def spaced(name: str) -> str:
    """A name as Chinese words follow it: behind Latin letters stands a space."""
    return f"{name} " if name[-1:].isascii() else name


def is_said(node: Node | None) -> bool:
    """Whether an entry is there and not empty."""
    return node is not None and node.value != ""


def items(node: Node | None) -> tuple[Node, ...]:
    """The items of a list; what is no list is the only one."""
    return () if node is None else node.value if isinstance(node.value, tuple) else (node,)


def text(node: Node, name: str, most: int = LONGEST, cure: str = "请写短一些") -> str:
    """A text of at most so many characters, its white space made even. Raises Wrong."""
    if not isinstance(node.value, str):
        raise Wrong(node, f"{spaced(name)}应当是一句话，这里写成了列表或小项", "请写在冒号后面同一行")
    words = " ".join(node.value.split())
    if len(words) > most:
        raise Wrong(node, f"{spaced(name)}有 {len(words)} 个字，最多 {most} 个", cure)
    return words


def entries(node: Node, where: str) -> Mapping[str, Node]:
    """The entries of a mapping. Raises Wrong."""
    if not isinstance(node.value, Mapping):
        raise Wrong(node, f"{spaced(where)}应当是“名称: 值”的形式", "请一行写一项，冒号用半角，后面空一格")
    return node.value


def strange(name: str, node: Node, names: Iterable[str], where: str, shown: Iterable[str] = ()) -> Wrong:
    """What is wrong with an entry of an unknown name: the nearest of the known ones, or those `shown`, or all."""
    return Wrong(node, f"{spaced(where)}里没有“{name[:60]}”这一项", offer(name, names, shown))


class Typer:
    """Types the nodes of one file; where an entry is not there or is empty, what is usual stands."""

    def __init__(self, path: str, check: str = "", problems: Iterable[Problem] = ()) -> None:
        self.path, self.check, self.problems = path, check, [*problems]

    def report(self, node: Node, what: str, cure: str) -> None:
        self.tell(Wrong(node, what, cure))

    def tell(self, wrong: Wrong) -> None:
        self.problems.append(wrong.problem(self.path, self.check))

    def stop(self, failure: type[Failed], what: str) -> None:
        """Raise a failure with the errors that there are, if there are any."""
        if found := [problem for problem in self.problems if problem.level is Level.ERROR]:
            places = (f"第 {problem.line} 行，" if problem.line else "" for problem in found)
            said = "；".join(f"{place}{problem.what}，{problem.cure}" for place, problem in zip(places, found, strict=True))
            raise failure(f"{what}：{said}", found)

    def known(self, node: Node | None, names: Iterable[str], where: str, shown: Iterable[str] = ()) -> dict[str, Node]:
        """The entries of a mapping, less those whose names are not known, each of which is reported."""
        names, found = tuple(names), {}
        for name, value in self.entries(node, where).items():
            if name in names:
                found[name] = value
            else:
                self.tell(strange(name, value, names, where, shown))
        return found

    def entries(self, node: Node | None, where: str) -> Mapping[str, Node]:
        """The entries of a mapping, whatever their names."""
        try:
            return entries(node, where) if node is not None and is_said(node) else {}
        except Wrong as wrong:
            self.tell(wrong)
            return {}

    def text(self, node: Node | None, name: str, most: int = LONGEST) -> str:
        """A text; of one that is too long what fits."""
        if node is None:
            return ""
        try:
            return text(node, name, most)
        except Wrong as wrong:
            self.tell(wrong)
            return " ".join(node.value.split())[:most] if isinstance(node.value, str) else ""

    def texts(self, node: Node | None, name: str) -> tuple[str, ...]:
        return tuple(filter(None, (self.text(item, name) for item in items(node))))

    def listed(self, node: Node | None, name: str, cure: str) -> tuple[Node, ...]:
        """The items of what must be a list."""
        if is_said(node) and not isinstance(node.value, tuple):
            self.report(node, f"{spaced(name)}应当是一个列表", cure)
        return node.value if node is not None and isinstance(node.value, tuple) else ()

    def flag(self, node: Node | None, name: str, usual: bool = False) -> bool:
        word = self.text(node, name).lower()
        if word and word not in _YES | _NO:
            self.report(node, f"{spaced(name)}写了“{word}”", "请写 yes 或 no")
        return word in _YES if word in _YES | _NO else usual

    def number(self, node: Node | None, name: str, least: float, most: float, usual: float, words: Mapping[str, float] | None = None) -> float:
        """A number between two others, or one of the `words` that mean one."""
        word = self.text(node, name)
        try:
            number = float((words or {}).get(word, word) if word else usual)
        except ValueError:
            number = least - 1
        if word and not (isfinite(number) and least <= number <= most):
            example = f"，例如 {usual:g}" if least <= usual <= most else ""
            self.report(node, f"{spaced(name)}写了“{word}”", f"请写 {least:g} 到 {most:g} 之间的数{example}")
            return usual
        return number

    def whole(self, node: Node | None, name: str, least: int, most: int, usual: int, example: int) -> int:
        """A whole number between two others."""
        word = self.text(node, name)
        if word and not (word.isdecimal() and len(word) < 12 and least <= int(word) <= most):
            self.report(node, f"{spaced(name)}写了“{word}”", f"请写 {least} 到 {most} 之间的整数，例如 {example}")
            return usual
        return int(word or usual)

    def one_of(self, node: Node | None, name: str, words: Iterable[str], usual: str = "", shown: Iterable[str] = ()) -> str:
        """A word of a list; `shown` says more of each."""
        word, words = self.text(node, name), tuple(words)
        if word and word not in words:
            self.report(node, f"{spaced(name)}写了“{word}”", f"可用的有：{'、'.join(shown or words)}")
        return word if word in words else usual


def read_map(data: bytes, path: str, check: str = "") -> tuple[Node, Typer, bool]:
    """What a file of YAML holds as a mapping, empty where it holds none; its typer; and whether it can be read at all."""
    source, problems = decoding.decode(data, path)
    node, found = frontmatter.read_yaml(source, path)
    typer = Typer(path, check, (*problems, *found))
    if node is None and not has_errors(typer.problems):
        typer.report(Node(0, ""), "文件是空的", "请一行一项写成“名称: 值”的形式")
    elif node is not None and not isinstance(node.value, Mapping):
        typer.report(node, "内容不是“名称: 值”的形式", "请参照编辑手册写成一行一项")
    sound = node is not None and isinstance(node.value, Mapping)
    return node if sound else Node(1, {}), typer, sound


def lines_of(node: Node) -> Lines:
    """Where the entries of a mapping stand, and those of the mappings in it."""
    return Lines(MappingProxyType(dict(_lines(node, ()))))


def _lines(node: Node, above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], int]]:
    for name, entry in node.value.items():
        yield (*above, name), entry.line
        if isinstance(entry.value, Mapping):
            yield from _lines(entry, (*above, name))
