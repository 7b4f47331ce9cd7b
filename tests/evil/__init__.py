"""The corpus of hostile inputs: what each is, where it goes, and what must become of it. `python -m evil` (in tests/) prints the table.

`refused` is an error with the input's path, `warned` a warning, and it is made; `made` nothing is said, and it is made. Whatever the
verdict, no traceback, no script, no foreign request, nothing private, and the good cases beside it are made.
"""

from dataclasses import dataclass, field

REFUSED, WARNED, MADE, LEFT = "refused", "warned", "made", "left out"  # the last: nothing is said, and it is not made
PIPE, HUGE = "|", ">"  # as `link`: a pipe of the system, which nobody writes into; a file of a gigabyte, of which the disk holds nothing


@dataclass(frozen=True)
class Evil:
    """An input: `path` below the collection's folder, its bytes, the verdict, and words that one message of that path must hold.

    `beside` are files that it needs, `link` what stands at its path instead of a file: where a symbolic link leads, PIPE or HUGE.
    """

    group: str
    name: str
    path: str
    data: bytes
    verdict: str
    words: str = ""
    beside: dict[str, bytes] = field(default_factory=dict)
    link: str = ""


def case(title: str, body: str = "正文。", **values: str) -> str:
    """A case of this title; a value of None leaves a field out."""
    usual = {"标题": title, "地区": "江苏省常州市", "单位": "示例小学（虚构）", "主题": "课后服务", "批次": "第一批", "摘要": "一句话。"}
    usual |= {"篇幅": "digest", "未成年人": "没有学生"} | values
    header = "".join(f"{key}: {value}\n" for key, value in usual.items() if value is not None)
    return f"---\n{header}---\n\n## 做法\n\n{body}\n"
