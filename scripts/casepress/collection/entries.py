"""Entries: the nodes of collection.yml typed one by one, every problem kept with its line.

Flows in: YAML nodes. Flows out: texts, lists, numbers and yes or no; what is wrong is left out and reported.
"""

from collections.abc import Iterable, Mapping

from casepress.facts.wording import nearest
from casepress.markup.frontmatter import Node
from casepress.values.problems import Problem, error

PATH = "cases/collection.yml"
LONGEST = 500  # characters of one text
_YES, _NO = {"yes", "true", "on", "1", "是"}, {"no", "false", "off", "0", "否", ""}


class Entries:
    """Collects the problems of one collection.yml while its nodes are typed; `check` names the truth that they hurt."""

    def __init__(self, check: str = "settings_are_known") -> None:
        self.problems: list[Problem] = []
        self._check = check

    def report(self, node: Node, what: str, cure: str) -> None:
        self.problems.append(error(PATH, node.line, what, cure, self._check))

    def known(self, node: Node | None, names: tuple[str, ...], where: str, shown: Iterable[str] = ()) -> dict[str, Node]:
        """The entries of a mapping, less the unknown ones, which are reported with the nearest known name.

        Where none is near, those `shown` are named, or all.
        """
        if node is None or node.value == "":
            return {}
        if not isinstance(node.value, Mapping):
            self.report(node, f"{where}应当是“名称: 值”的形式", "请参照编辑手册改写")
            return {}
        entries = {}
        for name, value in node.value.items():
            if name in names:
                entries[name] = value
            else:
                guess = nearest(name, names)
                cure = f"是不是想写 {guess}" if guess else f"可用的有：{'、'.join(shown or names)}"
                self.report(value, f"{where}里没有“{name}”这一项", cure)
        return entries

    def text(self, node: Node | None, name: str, most: int = LONGEST) -> str:
        if node is None:
            return ""
        if isinstance(node.value, str):
            text = " ".join(node.value.split())
            if len(text) > most:
                self.report(node, f"{name} 有 {len(text)} 个字，最多 {most} 个", "请写短一些")
            return text[:most]
        self.report(node, f"{name} 应当是一句话", "请写在冒号后面同一行")
        return ""

    def texts(self, node: Node | None, name: str) -> tuple[str, ...]:
        if node is None or node.value == "":
            return ()
        if isinstance(node.value, tuple):
            return tuple(text for item in node.value if (text := self.text(item, name)))
        return tuple(filter(None, [self.text(node, name)]))

    def flag(self, node: Node | None, name: str) -> bool:
        word = self.text(node, name).lower()
        if word not in _YES | _NO and node is not None:
            self.report(node, f"{name} 写了“{word}”", "请写 yes 或 no")
        return word in _YES

    def whole(self, node: Node | None, name: str) -> int:
        word = self.text(node, name)
        if node is not None and not word.isdecimal():
            self.report(node, f"{name} 写了“{word}”，不是数", "请写一个整数，例如 2000")
            return 0
        return int(word or 0)

    def number(self, node: Node | None, name: str, least: float, most: float, usual: float) -> float:
        """A number between two others; `usual` where none is given."""
        word = self.text(node, name)
        try:
            number = float(word) if word else usual
        except ValueError:
            number = least - 1
        if node is not None and not least <= number <= most:
            self.report(node, f"{name} 写了“{word}”", f"请写 {least:g} 到 {most:g} 之间的数，例如 {usual:g}")
            return usual
        return number

    def one_of(self, node: Node | None, name: str, words: Iterable[str], usual: str = "") -> str:
        """A word of a list; `usual` where none is given."""
        word, words = self.text(node, name), tuple(words)
        if node is None or not word:
            return usual
        if word not in words:
            self.report(node, f"{name} 写了“{word}”", f"可用的有：{'、'.join(words)}")
            return usual
        return word
