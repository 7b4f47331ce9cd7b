"""Profiles: named sets of print measures, read from `theme/print/profiles/*.yml`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from casepress import frontmatter

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
    node, problems = frontmatter.read_yaml(file.read_text("utf-8"), file.name)
    try:
        if problems or node is None or not isinstance(node.value, Mapping):
            raise ValueError("；".join(problem.what for problem in problems) or "内容不是“名称: 值”的形式")
        facts = node.value
        width, height = (float(side.value) * MM for side in facts["paper"].value)
        margins = facts["margins"].value
        profile = Profile(
            name,
            width,
            height,
            float(margins["top"].value) * MM,
            float(margins["inner"].value) * MM,
            float(facts["body"].value),
            float(facts["pitch"].value),
            int(facts["characters"].value),
            int(facts["lines"].value),
        )
    except KeyError as missing:
        raise NoProfile(f"版式文件 {file.name} 里缺少 {missing}") from missing
    except (ValueError, TypeError, AttributeError) as reason:
        raise NoProfile(f"版式文件 {file.name} 有误：{reason}") from reason
    if min(profile.outer, profile.below, profile.above) <= 0:
        raise NoProfile(f"版式 {name} 的版心比纸还大，请减小每行字数、每页行数或页边距")
    return profile
