"""Profiles: named sets of print measures, read from `theme/print/profiles/*.yml`.

A file needs the measures of the page; how each kind of text is set has defaults that follow from the body, and a file
may begin where another ends (`like: gongwen`). What a file may say and what it means is in `measures.Profile`.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from casepress.book.measures import MM, Numbers, Profile, Type
from casepress.markup.frontmatter import Node
from casepress.markup.typed_nodes import Typer, is_said, read_map, spaced
from casepress.values.problems import Failed

# The roles that theme/print/book.css has faces for.
FACES = {"song": "宋体", "kai": "楷体", "hei": "黑体", "fang": "仿宋", "biaosong": "小标宋"}
# 字号 in the points of word processors (domain: the traditional 三号 is 15.75 pt, there it is 16).
SIZES = {
    "初号": 42, "小初": 36, "一号": 26, "小一": 24, "二号": 22, "小二": 18, "三号": 16, "小三": 15, "四号": 14,
    "小四": 12, "五号": 10.5, "小五": 9, "六号": 7.5, "小六": 6.5,
}  # fmt: skip
_ENTRIES = (
    "like", "paper", "margins", "body", "pitch", "characters", "lines", "title", "digest", "subtitle", "headings",
    "quotation", "caption", "table", "note", "numbers", "opening", "heads",
)  # fmt: skip
_TYPE = ("face", "size", "bold")
_LEAST, _MOST = 0.1, 2000  # of a length in mm or pt, and of characters and lines
_DEEPEST = 5  # levels of headings


class NoProfile(Failed):
    """There is no such profile, or its file is wrong."""


def read_profile(name: str, folders: Iterable[Path]) -> Profile:
    """The profile of a name from the first folder that has it. Raises NoProfile."""
    top, typer = _entries(name, tuple(folders), ())
    facts = typer.known(top, _ENTRIES, "版式")
    margins = typer.known(facts.get("margins"), ("top", "inner"), "margins")
    numbers = typer.known(facts.get("numbers"), ("style", "place", "size"), "numbers")
    inner, above = (_needed(typer, margins.get(side), f"margins 里的 {side}", facts.get("margins", top)) for side in ("inner", "top"))
    width, height = _paper(typer, facts.get("paper"), top)
    text = _type(typer, facts.get("body"), "body", Type("song", 0), top)
    size = text.size
    title = _type(typer, facts.get("title"), "title", Type("biaosong", 20))
    usual = {
        "digest": Type(title.face, min(title.size, size * 10 / 7), title.bold),
        "subtitle": Type("kai", size),
        "quotation": Type("kai", size),
        "caption": Type("hei", size * 0.86),
        "table": Type("song", size * 0.9),
        "note": Type("song", size * 0.86),
    }
    profile = Profile(
        name,
        width * MM,
        height * MM,
        above * MM,
        inner * MM,
        size,
        _needed(typer, facts.get("pitch"), "pitch", top),
        int(_needed(typer, facts.get("characters"), "characters", top, whole=True)),
        int(_needed(typer, facts.get("lines"), "lines", top, whole=True)),
        text=text,
        title=title,
        headings=_headings(typer, facts.get("headings"), (Type("hei", size * 1.2, True), Type("kai", size, True), Type(text.face, size, True))),
        numbers=Numbers(
            typer.one_of(numbers.get("style"), "numbers 里的 style", ("dashes", "plain"), "dashes"),
            typer.one_of(numbers.get("place"), "numbers 里的 place", ("outside", "centre"), "outside"),
            _size(typer, numbers.get("size"), "numbers 里的 size", size),
        ),
        opening=typer.one_of(facts.get("opening"), "opening", ("any", "right"), "any"),
        heads=typer.flag(facts.get("heads"), "heads", True),
        **{kind: _type(typer, facts.get(kind), kind, each) for kind, each in usual.items()},
    )
    _stop(typer, name)
    if profile.pitch < profile.body:
        typer.report(facts["pitch"], f"版式 {name} 的行距 pitch 比字号 body 还小，上下两行会相碰", "请加大行距")
    elif min(profile.outer, profile.below, profile.above) <= 0:
        typer.report(top, f"版式 {name} 的版心比纸还大", "请减小每行字数、每页行数或页边距")
    _stop(typer, name)
    return profile


def _stop(typer: Typer, name: str) -> None:
    typer.stop(NoProfile, f"版式文件 {name}.yml 有误")


def _entries(name: str, folders: tuple[Path, ...], before: tuple[str, ...]) -> tuple[Node, Typer]:
    """What a profile's file says, on top of what the one says that it is like, and the file's typer."""
    file = next((folder / "profiles" / f"{name}.yml" for folder in folders if name in names((folder,))), None)
    if file is None:
        raise NoProfile(f"没有叫“{name[:60]}”的版式，可用的有：{'、'.join(names(folders))}")
    top, typer, _ = read_map(file.read_bytes(), f"theme/print/profiles/{name}.yml", "books_can_be_made")
    _stop(typer, name)
    model = top.value.get("like")
    like = typer.text(model, "like")
    _stop(typer, name)
    if model is None or not like:
        return top, typer
    if like in (*before, name):
        typer.report(model, "like 绕了一圈又回到自己", "请让其中一个版式把各项写全")
    elif like not in names(folders):
        typer.report(model, f"like 写了“{like}”，没有叫“{like}”的版式", f"可用的有：{'、'.join(names(folders))}")
    _stop(typer, name)
    return _over(top, _at(model.line, _entries(like, folders, (*before, name))[0])), typer


def names(folders: Iterable[Path]) -> list[str]:
    """What the profiles of some folders are called."""
    return sorted({file.stem for folder in folders for file in (folder / "profiles").glob("*.yml")})


def _at(line: int, node: Node) -> Node:
    """What another file says, at the line that asks for that file."""
    if isinstance(node.value, Mapping):
        return Node(line, {name: _at(line, entry) for name, entry in node.value.items()})
    return Node(line, tuple(_at(line, item) for item in node.value) if isinstance(node.value, tuple) else node.value)


def _over(node: Node, base: Node) -> Node:
    """The entries of a node, and those of another where it has none of its own; a size alone leaves the face as it is."""
    if isinstance(node.value, str) and isinstance(base.value, Mapping) and "size" in base.value:
        node = Node(node.line, {"size": node})
    elif isinstance(node.value, Mapping) and isinstance(base.value, str):
        base = Node(base.line, {"size": base})
    if not isinstance(node.value, Mapping) or not isinstance(base.value, Mapping):
        return node
    merged = {name: _over(entry, base.value[name]) if name in base.value else entry for name, entry in node.value.items()}
    return Node(node.line, {**base.value, **merged})


def _needed(typer: Typer, node: Node | None, name: str, around: Node, whole: bool = False) -> float:
    """A length that the file must give, or a whole number; a size may be given in 号."""
    if not is_said(node):
        typer.report(node or around, f"{name} 没有写", "请写上一个大于 0 的数")
        return 0
    return typer.whole(node, name, 1, _MOST, 0, 30) if whole else _size(typer, node, name, 0)


def _size(typer: Typer, node: Node | None, name: str, usual: float) -> float:
    return typer.number(node, name, _LEAST, _MOST, usual, SIZES)


def _paper(typer: Typer, node: Node | None, around: Node) -> tuple[float, float]:
    if node is None or not isinstance(node.value, tuple) or len(node.value) != 2:
        what = "paper 没有写" if not is_said(node) else "paper 应当写成 [宽, 高]"
        typer.report(node or around, what, "请写上纸的宽和高，单位是毫米，例如 paper: [210, 285]")
        return 0, 0
    width, height = (_needed(typer, side, "paper", node) for side in node.value)
    return width, height


def _type(typer: Typer, node: Node | None, name: str, usual: Type, around: Node | None = None) -> Type:
    """A type, said as `{face: fang, size: 16, bold: yes}` or by its size alone; the rest is as usual. `around` is where it must stand."""
    facts = {"size": node} if node is not None and isinstance(node.value, str) else typer.known(node, _TYPE, name)
    face = typer.one_of(
        facts.get("face"), f"{spaced(name)}里的 face", FACES, usual.face, [f"{face}（{label}）" for face, label in FACES.items()]
    )
    called = name if node is None or isinstance(node.value, str) else f"{spaced(name)}里的 size"
    needed = around is not None and not is_said(facts.get("size"))
    size = _needed(typer, None, called, node or around) if needed else _size(typer, facts.get("size"), called, usual.size)
    return Type(face, size, typer.flag(facts.get("bold"), f"{spaced(name)}里的 bold", usual.bold))


def _headings(typer: Typer, node: Node | None, usual: tuple[Type, ...]) -> tuple[Type, ...]:
    """A list of types, each with the usual one of its place for what it does not say."""
    if node is None:
        return usual
    if not isinstance(node.value, tuple) or not 1 <= len(node.value) <= _DEEPEST:
        typer.report(node, "headings 应当是一至五级标题的列表", "请每级写一行，例如 - {face: hei, size: 16}")
        return usual
    plain = [Type(each.face, usual[-1].size) for each in (*usual, *usual[-1:] * _DEEPEST)]
    return tuple(_type(typer, item, f"headings 第 {n} 级", plain[n - 1]) for n, item in enumerate(node.value, 1))
