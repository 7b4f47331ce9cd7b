"""Submissions: one case as somebody sent it, from whatever kind of file, as plain values."""

from dataclasses import dataclass, field
from pathlib import Path

from casepress.intake.refusals import Refused
from casepress.values.problems import Problem, error, warning

AGAIN = "请看原件，改好以后再收一次；也可以直接在 cases 里改"
DOUBTS = {
    "no-tick": ("“{label}”一个也没有勾", "请问一下学校，在案例的表头里补上"),
    "two-ticks": ("“{label}”只能选一个，这里勾了几个", "请问一下学校选哪一个，在案例的表头里改"),
    "joined": ("“{label}”和别的内容写在一格里，分不开", "请看原件，在案例的表头里分别写上"),
    "picture": ("“{label}”那一格里的图片没有收", "要用的话，请打开原件，把它另存为 JPG 或 PNG，放进案例的文件夹"),
    "no-value": ("“{label}”是空的", "请问一下学校，在案例的表头里补上"),
}


@dataclass(frozen=True)
class Picture:
    """A picture as it was sent, and its caption."""

    data: bytes
    caption: str = ""


@dataclass(frozen=True)
class Photo:
    """A picture that lies in a file of its own, which is read when it is asked for: a hundred of them would fill the memory."""

    path: Path
    caption: str = ""

    @property
    def data(self) -> bytes:
        """Its bytes. Raises OSError."""
        return self.path.read_bytes()


@dataclass
class Submission:
    """A case as it was sent: the file and where in it, values by the field's name (each a tuple of texts), where each stood, the
    body in Markdown with `picture:N` for its pictures, and what a person must look at."""

    source: str
    values: dict[str, tuple[str, ...]] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    body: str = ""
    pictures: list[Picture | Photo] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    is_draft: bool = False
    """Whether the text was taken out of a PDF, where lines and columns are guessed."""

    def doubt(self, label: str, kind: str, place: str) -> None:
        what, cure = DOUBTS[kind]
        self.warn(f"{place}：{what.format(label=label)}" if place else what.format(label=label), cure, kind)

    def warn(self, what: str, cure: str = AGAIN, kind: str = "") -> None:
        self.problems.append(warning(self.source, 0, what, cure, "submissions_are_read", kind))


def refused(source: str, reason: Refused) -> Problem:
    """The problem of a file that is not read at all."""
    return error(source, 0, reason.what, reason.cure, "files_are_read", reason.kind)
