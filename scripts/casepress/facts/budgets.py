"""Budgets: how much of the processor and of memory a step may take for one case, and what is said of one that takes more.

What is written for a compilation takes half a second, and the heaviest case that keeps the bounds (`checking.sizes`) seven; a
budget is for what nobody foresaw. The environment variable CASEPRESS_BUDGET sets another one.
"""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from casepress.values.problems import NotUnderstood, Problem, error

NAME = "CASEPRESS_BUDGET"
CHECK = "cases_keep_the_budget"
READING, LAYING, BINDING, MAKING = "读取", "排版", "装订", "制作图片和附件"
_PICTURE = 4 * 1024**2  # bytes of a large one
_NUMBERS = re.compile(r"\s*([0-9]{1,6}(?:\.[0-9]{1,3})?)[\s,，]+([0-9]{1,6}(?:\.[0-9]{1,3})?)[\s,，]+([0-9]{1,6})\s*", re.ASCII)


@dataclass(frozen=True)
class Limit:
    """What one job may take: seconds of the processor, and bytes of memory beyond those that its process has already."""

    seconds: float
    room: int


@dataclass(frozen=True)
class Budget:
    """What a step may take for one case: seconds, more of them for every thousand characters, and megabytes of memory."""

    seconds: float = 8
    thousand: float = 2
    megabytes: int = 500

    def limit(self, characters: int, pictures: int = 0, cases: int = 1) -> Limit:
        """That of a case, or of several together, of so many characters. A picture takes as long as two thousand of them may; while it is
        decoded there is as much memory again."""
        return Limit(self.seconds * cases + self.thousand * (characters / 1000 + 2 * pictures), (cases + (pictures > 0)) * self.megabytes << 20)


@dataclass(frozen=True)
class From:
    """A way to get the bytes of something that is made of one `file` of the collection, which is `at` a place on the disk."""

    file: str
    at: Path
    get: Callable[[], bytes]

    def __call__(self) -> bytes:
        return self.get()

    @property
    def pictures(self) -> int:
        """As many pictures as it takes the time of: one for every few megabytes."""
        try:
            return 1 + self.at.stat().st_size // _PICTURE
        except OSError:  # it is said when it is read
            return 1


class Over(Exception):
    """A job that was not done: `kind` is slow or large where it took more than its limit, killed where the system ended its process, broken
    where a library or we ourselves failed, with what was `said` then, and told where `problems` stopped it.
    """

    def __init__(self, kind: str, limit: Limit | None = None, said: str = "", problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(kind, limit, said, problems)
        self.kind, self.limit, self.said, self.problems = kind, limit, said, problems

    def within(self, limit: Limit | None) -> "Over":
        """The same, of a job that had this limit."""
        return Over(self.kind, limit, self.said, self.problems)


def budget() -> Budget:
    """The usual budget, or what the environment variable says. Raises NotUnderstood."""
    said = os.environ.get(NAME, "")
    if not said.strip():
        return Budget()
    match = _NUMBERS.fullmatch(said)
    numbers = [float(word) for word in match.groups()] if match else [0]
    if not all(numbers):
        usual = Budget()
        example = f"{usual.seconds:g} {usual.thousand:g} {usual.megabytes}"
        raise NotUnderstood(
            f"环境变量 {NAME} 写的是“{said[:40]}”，读不懂。请写三个大于 0 的数，用空格隔开：每个案例几秒、每千字再加几秒、最多多少 MB 内存，例如“{example}”"
        )
    return Budget(numbers[0], numbers[1], int(numbers[2]))


def problems(path: str, step: str, over: Over) -> tuple[Problem, ...]:
    """What is said of a file that was not done in a step."""
    if over.kind == "told":
        return over.problems
    limit = over.limit or Limit(0, 0)
    pasted = "请看里面是不是有误贴进来的数据、一层套一层的列表或表格，删去或分成几个案例"
    shorter = "请把它另存为小一些的" if step == MAKING else pasted
    wider = f"确实要这么多的，请技术人员放宽限度（{NAME}，见手册“给技术人员：每个案例的限度”）"
    what, cure = {
        "broken": (f"{step}时程序出错（{over.said}），别的案例不受影响", "请把这个文件和这句话交给技术人员；急用时请先把这个文件移到别处"),
        "slow": (f"{step}时用了 {limit.seconds:.3g} 秒还没有完，停下了，别的案例不受影响", f"{shorter}；{wider}"),
        "large": (f"{step}时要用的内存超过 {limit.room >> 20} MB，停下了，别的案例不受影响", f"{shorter}；{wider}"),
        "killed": (
            f"{step}时，做它的进程被系统中止（多半是内存不够），别的案例不受影响",
            "请关掉别的程序再运行一次；还是停在这里的，请检查这个文件",
        ),
    }[over.kind]
    return (error(path, 0, what, cure, CHECK, over.kind),)
