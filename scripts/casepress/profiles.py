"""Profiles: named sets of print measures, read from `theme/print/profiles/*.yml`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from casepress import decoding, frontmatter
from casepress.problems import Level

MM = 72 / 25.4


class NoProfile(Exception):
    """There is no such profile, or its file is wrong; the message is a Chinese sentence."""


@dataclass(frozen=True)
class Profile:
    """The measures of a book's pages, all in pt (1/72 inch).

    `width` and `height` are the paper's, `top` and `inner` the margins above and at the spine, `body` the size of the
    text and `pitch` the distance of its lines; a line holds `characters` of them, a page `lines` lines. The text area
    is `measure` × `lines` × `pitch`; half the space between lines stands above its first one.
    """

    name: str
    width: float
    height: float
    top: float
    inner: float
    body: float
    pitch: float
    characters: int
    lines: int

    @property
    def measure(self) -> float:
        return self.characters * self.body

    @property
    def outer(self) -> float:
        return self.width - self.inner - self.measure

    @property
    def above(self) -> float:
        """From the paper's edge to the box of the first line, so that its characters begin at `top`."""
        return self.top - (self.pitch - self.body) / 2

    @property
    def below(self) -> float:
        return self.height - self.above - self.lines * self.pitch


def read_profile(name: str, folders: Iterable[Path]) -> Profile:
    """The profile of a name from the first folder that has it. Raises NoProfile."""
    folders = tuple(folders)
    file = next((f for folder in folders if (f := folder / "profiles" / f"{name}.yml").is_file()), None)
    if file is None:
        names = sorted({f.stem for folder in folders for f in (folder / "profiles").glob("*.yml")})
        raise NoProfile(f"没有叫“{name}”的版式，可用的有：{'、'.join(names)}")
    text, problems = decoding.decode(file.read_bytes(), file.name)
    node, found = frontmatter.read_yaml(text, file.name)
    reasons = [problem.what for problem in (*problems, *found) if problem.level is Level.ERROR]
    if reasons or node is None or not isinstance(node.value, Mapping):
        reasons = reasons or ["内容不是“名称: 值”的形式"]
        raise NoProfile(f"版式文件 {file.name} 有误：{'；'.join(reasons)}")
    facts = _Facts(file.name, node)
    width, height = facts.sides("paper")
    profile = Profile(
        name,
        width * MM,
        height * MM,
        facts.number("margins", "top") * MM,
        facts.number("margins", "inner") * MM,
        facts.number("body"),
        facts.number("pitch"),
        facts.whole("characters"),
        facts.whole("lines"),
    )
    if profile.pitch < profile.body:
        raise NoProfile(f"版式 {name} 的行距 pitch 比字号 body 还小，上下两行会相碰，请加大行距")
    if min(profile.outer, profile.below, profile.above) <= 0:
        raise NoProfile(f"版式 {name} 的版心比纸还大，请减小每行字数、每页行数或页边距")
    return profile


@dataclass(frozen=True)
class _Facts:
    """What a profile's file says; every way of asking raises NoProfile where it does not say it rightly."""

    file: str
    node: frontmatter.Node

    def number(self, *path: str) -> float:
        """A length above 0."""
        return self._number(self._find(path), path)

    def whole(self, *path: str) -> int:
        number = self.number(*path)
        if number != int(number):
            self._refuse(path, "应当是整数")
        return int(number)

    def sides(self, *path: str) -> tuple[float, float]:
        value = self._find(path)
        if not isinstance(value, tuple) or len(value) != 2:
            self._refuse(path, "应当写成 [宽, 高]，单位是毫米")
        return self._number(value[0].value, path), self._number(value[1].value, path)

    def _find(self, path: tuple[str, ...]) -> object:
        value = self.node.value
        for name in path:
            if not isinstance(value, Mapping) or name not in value:
                self._refuse(path, "没有写")
            value = value[name].value
        return value

    def _number(self, value: object, path: tuple[str, ...]) -> float:
        try:
            number = float(value) if isinstance(value, str) else 0.0
        except ValueError:
            number = 0.0
        if not 0 < number < 10_000:
            self._refuse(path, "应当是大于 0 的数")
        return number

    def _refuse(self, path: tuple[str, ...], reason: str) -> NoReturn:
        raise NoProfile(f"版式文件 {self.file} 有误：{' 里的 '.join(path)} {reason}")
