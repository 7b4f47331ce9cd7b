"""Profiles: named sets of print measures, read from `theme/print/profiles/*.yml`.

A file needs the measures of the page; how each kind of text is set has defaults that follow from the body, and a file
may begin where another ends (`like: gongwen`). What a file may say and what it means is in `Profile`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from casepress.facts.wording import nearest
from casepress.markup import decoding, frontmatter
from casepress.values.problems import Failed, Level

MM = 72 / 25.4
FACES = ("song", "kai", "hei", "fang", "biaosong")  # the roles that theme/print/book.css has faces for
# 字号 in the points of word processors (domain: the traditional 三号 is 15.75 pt, there it is 16).
SIZES = {
    "初号": 42, "小初": 36, "一号": 26, "小一": 24, "二号": 22, "小二": 18, "三号": 16, "小三": 15, "四号": 14,
    "小四": 12, "五号": 10.5, "小五": 9, "六号": 7.5, "小六": 6.5,
}  # fmt: skip
_ENTRIES = (
    "like", "paper", "margins", "body", "pitch", "characters", "lines", "title", "digest", "subtitle", "headings",
    "quotation", "caption", "table", "note", "numbers", "opening", "heads",
)  # fmt: skip


class NoProfile(Failed):
    """There is no such profile, or its file is wrong; the message is a Chinese sentence."""


@dataclass(frozen=True)
class Type:
    """How one kind of text is set: a face by its role, its size in pt, and whether it is bold."""

    face: str
    size: float
    bold: bool = False

    @property
    def weight(self) -> int:
        """A CSS weight. 小标宋 is heavy by nature: what stands in for it must be as heavy as it can."""
        return 900 if self.face == "biaosong" else 700 if self.bold else 400


@dataclass(frozen=True)
class Numbers:
    """Page numbers: `style` is `dashes` (“— 12 —”, GB/T 9704-2012, 7.5) or `plain`; `place` is `outside`, one character
    in from the outer edge, or `centre`; `size` in pt."""

    style: str
    place: str
    size: float


@dataclass(frozen=True)
class Profile:
    """The measures of a book's pages, all in pt (1/72 inch), and the types of what stands on them.

    `width` and `height` are the paper's, `top` and `inner` the margins above and at the spine, `body` the size of the
    text and `pitch` the distance of its lines; a line holds `characters` of them, a page `lines` lines. The text area
    is `measure` × `lines` × `pitch`; half the space between lines stands above its first one.

    `text` is the type of the body. `headings` are those of a case's first, second … level; deeper ones are set as the
    last. `opening` is where full cases begin, on a `right`-hand page or on `any`; `heads` whether pages have running heads.
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
    text: Type
    title: Type
    digest: Type
    subtitle: Type
    headings: tuple[Type, ...]
    quotation: Type
    caption: Type
    table: Type
    note: Type
    numbers: Numbers
    opening: str
    heads: bool

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

    def heading(self, level: int) -> Type:
        """The type of a case's headings of a level, from 1."""
        return self.headings[min(level, len(self.headings)) - 1]

    def leading(self, size: float) -> float:
        """The distance of lines of a larger type: one pitch, or as many half pitches more as keep them apart, in pt."""
        halves = 2
        while halves * self.pitch / 2 < size * 1.2:
            halves += 1
        return halves * self.pitch / 2

    def room(self, size: float, most: int = 14) -> int:
        """How many characters of a size a line of a title holds: at most 14, fewer where the measure is narrow."""
        return max(1, min(most, int(self.measure / size)))


def read_profile(name: str, folders: Iterable[Path]) -> Profile:
    """The profile of a name from the first folder that has it. Raises NoProfile."""
    facts = _Facts(f"{name}.yml", _entries(name, tuple(folders), ()))
    facts.only(_ENTRIES)
    width, height = facts.sides("paper")
    text = facts.type("body", Type("song", 0))
    size = text.size
    title = facts.type("title", Type("biaosong", 20))
    profile = Profile(
        name,
        width * MM,
        height * MM,
        facts.number("margins", "top") * MM,
        facts.number("margins", "inner") * MM,
        size,
        facts.number("pitch"),
        facts.whole("characters"),
        facts.whole("lines"),
        text=text,
        title=title,
        digest=facts.type("digest", Type(title.face, min(title.size, size * 10 / 7), title.bold)),
        subtitle=facts.type("subtitle", Type("kai", size)),
        headings=facts.types("headings", (Type("hei", size * 1.2, True), Type("kai", size, True), Type(text.face, size, True))),
        quotation=facts.type("quotation", Type("kai", size)),
        caption=facts.type("caption", Type("hei", size * 0.86)),
        table=facts.type("table", Type("song", size * 0.9)),
        note=facts.type("note", Type("song", size * 0.86)),
        numbers=Numbers(
            facts.choice(("numbers", "style"), ("dashes", "plain")),
            facts.choice(("numbers", "place"), ("outside", "centre")),
            facts.number("numbers", "size", usual=size),
        ),
        opening=facts.choice(("opening",), ("any", "right")),
        heads=facts.choice(("heads",), ("yes", "no")) == "yes",
    )
    facts.only(("top", "inner"), "margins")
    facts.only(("style", "place", "size"), "numbers")
    if profile.pitch < profile.body:
        raise NoProfile(f"版式 {name} 的行距 pitch 比字号 body 还小，上下两行会相碰，请加大行距")
    if min(profile.outer, profile.below, profile.above) <= 0:
        raise NoProfile(f"版式 {name} 的版心比纸还大，请减小每行字数、每页行数或页边距")
    return profile


def _entries(name: str, folders: tuple[Path, ...], before: tuple[str, ...]) -> frontmatter.Node:
    """What a profile's file says, on top of what the one says that it is like."""
    file = next((f for folder in folders if (f := folder / "profiles" / f"{name}.yml").is_file()), None)
    if file is None:
        names = sorted({f.stem for folder in folders for f in (folder / "profiles").glob("*.yml")})
        where = f"版式文件 {before[-1]}.yml 的 like 有误：" if before else ""
        raise NoProfile(f"{where}没有叫“{name}”的版式，可用的有：{'、'.join(names)}")
    if name in before:
        raise NoProfile(f"版式文件 {name}.yml 有误：like 绕了一圈又回到自己，请让其中一个版式把各项写全")
    text, problems = decoding.decode(file.read_bytes(), file.name)
    node, found = frontmatter.read_yaml(text, file.name)
    reasons = [problem.what for problem in (*problems, *found) if problem.level is Level.ERROR]
    if reasons or node is None or not isinstance(node.value, Mapping):
        raise NoProfile(f"版式文件 {file.name} 有误：{'；'.join(reasons or ['内容不是“名称: 值”的形式'])}")
    model = node.value.get("like")
    if model is None:
        return node
    if not isinstance(model.value, str):
        raise NoProfile(f"版式文件 {file.name} 有误：like 应当是另一个版式的名字，例如 gongwen")
    return _over(node, _entries(model.value, folders, (*before, name)))


def _over(node: frontmatter.Node, base: frontmatter.Node) -> frontmatter.Node:
    """The entries of a node, and those of another where it has none of its own; a size alone leaves the face as it is."""
    if isinstance(node.value, str) and isinstance(base.value, Mapping) and "size" in base.value:
        node = frontmatter.Node(node.line, {"size": node})
    elif isinstance(node.value, Mapping) and isinstance(base.value, str):
        base = frontmatter.Node(base.line, {"size": base})
    if not isinstance(node.value, Mapping) or not isinstance(base.value, Mapping):
        return node
    merged = {name: _over(entry, base.value[name]) if name in base.value else entry for name, entry in node.value.items()}
    return frontmatter.Node(node.line, {**base.value, **merged})


@dataclass(frozen=True)
class _Facts:
    """What a profile's file says; every way of asking raises NoProfile where it does not say it rightly."""

    file: str
    node: frontmatter.Node  # a mapping, as _entries has seen

    def number(self, *path: str, usual: float | None = None) -> float:
        """A length above 0; a size may be given in 号."""
        value = self._find(path)
        return usual if value is None and usual is not None else self._number(value, path)

    def whole(self, *path: str) -> int:
        number = self.number(*path)
        if number != int(number):
            self._refuse(path, "应当是整数")
        return int(number)

    def sides(self, *path: str) -> tuple[float, float]:
        value = self._find(path)
        if not isinstance(value, tuple) or len(value) != 2:
            self._refuse(path, "没有写" if value is None else "应当写成 [宽, 高]，单位是毫米")
        return self._number(value[0].value, path), self._number(value[1].value, path)

    def choice(self, path: tuple[str, ...], words: tuple[str, ...]) -> str:
        """One of some words, the first where nothing is said."""
        value = self._find(path)
        if value is not None and value not in words:
            self._refuse(path, f"应当是 {' 或 '.join(words)}")
        return words[0] if value is None else str(value)

    def type(self, name: str, usual: Type) -> Type:
        """A type, said as `{face: fang, size: 16, bold: yes}` or by its size alone; the rest is as usual."""
        return self._type((name,), self.node.value.get(name), usual)

    def types(self, name: str, usual: tuple[Type, ...]) -> tuple[Type, ...]:
        """A list of types, each with the usual one of its place for what it does not say."""
        node = self.node.value.get(name)
        if node is None:
            return usual
        if not isinstance(node.value, tuple) or not 1 <= len(node.value) <= 5:
            self._refuse((name,), "应当是一至五级标题的列表，每级一行，例如 - {face: hei, size: 16}")
        plain = [Type(each.face, usual[-1].size) for each in (*usual, *usual[-1:] * 5)]
        return tuple(self._type((name, f"第 {n} 级"), item, plain[n - 1]) for n, item in enumerate(node.value, 1))

    def only(self, names: tuple[str, ...], *path: str) -> None:
        """Nothing else is said there."""
        value = self._find(path)
        if value is not None:
            self._known(path, value, names)

    def _type(self, path: tuple[str, ...], node: frontmatter.Node | None, usual: Type) -> Type:
        if node is None and usual.size:
            return usual
        if node is None or not isinstance(node.value, Mapping):
            return Type(usual.face, self._number(node and node.value, path), usual.bold)
        self._known(path, node.value, ("face", "size", "bold"))
        said = {name: entry.value for name, entry in node.value.items()}
        face, bold = said.get("face", usual.face), said.get("bold", "yes" if usual.bold else "no")
        if face not in FACES:
            words = "song（宋体）、kai（楷体）、hei（黑体）、fang（仿宋）、biaosong（小标宋）"
            self._refuse((*path, "face"), f"应当是 {words} 之一")
        if bold not in ("yes", "no"):
            self._refuse((*path, "bold"), "应当是 yes 或 no")
        size = self._number(said.get("size"), (*path, "size")) if "size" in said or not usual.size else usual.size
        return Type(face, size, bold == "yes")

    def _known(self, path: tuple[str, ...], value: object, names: tuple[str, ...]) -> None:
        if not isinstance(value, Mapping):
            self._refuse(path, "应当写成“名称: 值”的形式")
        for name in value:
            if name not in names:
                guess = nearest(name, names)
                cure = f"是不是 {guess}" if guess else f"可以写的有 {'、'.join(names)}"
                self._refuse((*path, name), f"不认得，{cure}")

    def _find(self, path: tuple[str, ...]) -> object:
        value: object = self.node.value
        for name in path:
            if not isinstance(value, Mapping) or name not in value:
                return None
            value = value[name].value
        return value

    def _number(self, value: object, path: tuple[str, ...]) -> float:
        if value is None:
            self._refuse(path, "没有写")
        try:
            number = float(SIZES.get(value, value)) if isinstance(value, str) else 0.0
        except ValueError:
            number = 0.0
        if not 0 < number < 10_000:
            self._refuse(path, "应当是大于 0 的数，也不能太大" if number >= 10_000 else "应当是大于 0 的数")
        return number

    def _refuse(self, path: tuple[str, ...], reason: str) -> NoReturn:
        raise NoProfile(f"版式文件 {self.file} 有误：{' 里的 '.join(path)} {reason}")
