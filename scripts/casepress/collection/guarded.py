"""Guarded: what collection.yml says of personal data: what may be published and why, what was taken down."""

from collections.abc import Iterator, Mapping

from casepress.facts import slugs
from casepress.markup.frontmatter import Node
from casepress.markup.typed_nodes import Typer
from casepress.values.personal import Allowed, Privacy, TakenDown, core

TOP = ("privacy", "takedown")
_PRIVACY, _ALLOWED, _TAKEN = ("allow", "minors"), ("text", "reason"), ("id", "date", "reason")
_ASKED = ("required", "必须")
CHECK = "nothing_private"


def read_privacy(typer: Typer, top: Mapping[str, Node]) -> Privacy:
    """The two settings that guard people."""
    known = typer.known(top.get("privacy"), _PRIVACY, "privacy")
    asks = typer.one_of(known.get("minors"), "privacy 的 minors", _ASKED, shown=("required（必须写）",))
    return Privacy(tuple(_allowed(typer, known.get("allow"))), tuple(_taken_down(typer, top.get("takedown"))), bool(asks))


def _allowed(typer: Typer, node: Node | None) -> Iterator[Allowed]:
    cure = "请写成 - {text: 可以公开的号码或姓名, reason: 为什么可以公开}"
    for item in typer.listed(node, "privacy 的 allow", f"请一行一个：{cure[4:]}"):
        if isinstance(item.value, str):
            typer.report(item, "privacy 的 allow 里有一项没有写理由", cure)
            continue
        entry = typer.known(item, _ALLOWED, "allow 的一项")
        text, reason = (typer.text(entry.get(name), name) for name in _ALLOWED)
        if len(core(text)) < 2:
            typer.report(item, "privacy 的 allow 里有一项没有写是什么", cure)
        elif not reason:
            typer.report(item, "privacy 的 allow 里有一项没有写理由", cure)
        else:
            yield Allowed(text, reason, item.line)


def _taken_down(typer: Typer, node: Node | None) -> Iterator[TakenDown]:
    seen: set[str] = set()
    for item in typer.listed(node, "takedown", "请一行一个：- 案例的编号，或 - {id: 编号, date: 日期, reason: 理由}"):
        entry = {"id": item} if isinstance(item.value, str) else typer.known(item, _TAKEN, "takedown 的一项")
        id_, date, reason = (typer.text(entry.get(name), name) for name in _TAKEN)
        if not slugs.is_id(id_):
            typer.report(item, f"takedown 里的编号“{id_[:60]}”不对", "请写案例的编号，就是网址里 cases/ 后面、.html 前面的那一段")
        elif id_ not in seen:
            seen.add(id_)
            yield TakenDown(id_, date, reason, item.line)
