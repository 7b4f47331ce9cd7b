"""Telling: what people read of a comparison: the changes and comments under the titles of their cases."""

from collections.abc import Iterator
from difflib import SequenceMatcher

from casepress.word.comparing import Change, Compared

_MOST = 6  # places of a paragraph that are named one by one
_LONG = 60  # characters of a marked place that are shown


def listed(compared: Compared) -> Iterator[str]:
    """The lines of the list: each case with what was changed, then what stands nowhere else, then what is missing."""
    last: tuple[str, str] | None = None
    for change in compared.changes:
        if (change.path, change.title) != last:
            last = change.path, change.title
            yield _title(change)
        yield from (f"  {line}" for line in _lines(change))
    for path, title in compared.missing:
        yield f"《{title}》"
        yield f"  {path}: 稿子里没有这一篇了"


def counted(compared: Compared) -> str:
    """How much there is, in one sentence."""
    if not compared.changes and not compared.missing:
        return "没有不同。"
    comments = sum(bool(change.comment) for change in compared.changes)
    tracked = sum(bool(change.reviser) for change in compared.changes)
    found = f"共有 {len(compared.changes) - comments} 处改动"
    found += f"（其中 {tracked} 处是修订，按接受算）" if tracked else ""
    found += f"、{comments} 条批注"
    return found + (f"，有 {len(compared.missing)} 篇不见了。" if compared.missing else "。")


def _title(change: Change) -> str:
    if change.path:
        return f"《{change.title}》"
    return f"《{change.title}》（案例库里没有：稿子里新加的，或者后来删了、换了文件名）" if change.title else "封面、目录、名单、索引"


def _lines(change: Change) -> Iterator[str]:
    where = f"{change.path}:{change.line}: " if change.line else f"{change.path}: " if change.path else ""
    if change.comment:
        yield f"{where}批注（{change.comment}）：{change.new}"
        if change.old:
            yield f"    批在：{change.old[:_LONG]}{'……' if len(change.old) > _LONG else ''}"
        return
    who = f"（修订，{change.reviser}）" if change.reviser else ""
    if not change.old:
        yield from (f"{where}增加{who}", f"    新增：{change.new}")
    elif not change.new:
        yield from (f"{where}删去{who}", f"    原文：{change.old}")
    else:
        yield from (f"{where}改动{who}", f"    原文：{change.old}", f"    改为：{change.new}")
        if edits := _edits(change.old, change.new):
            yield f"    就是：{'；'.join(edits)}"


def _edits(old: str, new: str) -> list[str]:
    """What was changed within a long paragraph, place by place; nothing where that says no more than the paragraph does."""
    found = []
    for kind, low, high, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = old[low:high], new[start:end]
        if kind == "replace":
            found.append(f"“{gone}”改成“{come}”")
        elif kind == "delete":
            found.append(f"删去“{gone}”")
        elif kind == "insert":
            before = old[max(0, low - 4) : low]
            found.append(f"在“{before}”后面加“{come}”" if before else f"开头加“{come}”")
    return found if len(found) <= _MOST and sum(map(len, found)) < len(old) + len(new) else []
