"""Wishes: what collection.yml says of the check of texts under `proofreading`.

Flows in: YAML. Flows out: a `Wishes` value; what is wrong is left out and reported with its line.
"""

from collections.abc import Mapping

from casepress.language.proofreading import CHECKS
from casepress.markup.frontmatter import Node
from casepress.markup.typed_nodes import Typer
from casepress.values.rules import Entry, Wishes


def read_wishes(typer: Typer, node: Node | None) -> Wishes:
    """What is allowed (each with a reason), terms of the collection's own, and checks that are left out (with a reason)."""
    entries = typer.known(node, ("allow", "terms", "skip"), "proofreading")
    allowed, terms, left_out = [], [], set()
    for item in typer.listed(entries.get("allow"), "allow", "请一行一个：- {text: 督導, why: 原件如此}"):
        entry = typer.known(item, ("text", "why"), "allow 的一项")
        if text := _reasoned(typer, item, entry, "text", "- {text: 督導, why: 原件如此}"):
            allowed.append(text)
    for item in typer.listed(entries.get("terms"), "terms", "请一行一个：- {wrong: 延时班, right: 课后服务, why: 本市文件的叫法}"):
        entry = typer.known(item, ("wrong", "right", "why", "sound"), "terms 的一项")
        wrong, right = typer.texts(entry.get("wrong"), "wrong"), typer.text(entry.get("right"), "right")
        if not wrong or not right or right in wrong:
            typer.report(item, "terms 里有一项没有写全，或写的是同一个词", "请写成 {wrong: 延时班, right: 课后服务, why: 本市文件的叫法}")
            continue
        sound = (
            *typer.texts(entry.get("sound"), "sound"),
            *([right] if any(word in right for word in wrong) and right not in map("“{}”".format, wrong) else ()),
        )
        terms += [Entry(word, right, typer.text(entry.get("why"), "why"), sound) for word in wrong]
    for item in typer.listed(entries.get("skip"), "skip", "请一行一个：- {check: paragraphs_are_ended, why: 诗歌选}"):
        entry = typer.known(item, ("check", "why"), "skip 的一项")
        name = _reasoned(typer, item, entry, "check", "- {check: paragraphs_are_ended, why: 诗歌选}")
        if name and name not in CHECKS:
            typer.report(
                entry["check"], f"没有叫“{name[:40]}”的检查", f"可以写：{'、'.join(f'{key}（{words}）' for key, words in CHECKS.items())}"
            )
        elif name:
            left_out.add(name)
    return Wishes(tuple(allowed), tuple(terms), frozenset(left_out))


def _reasoned(typer: Typer, item: Node, entry: Mapping[str, Node], key: str, example: str) -> str:
    """A word that comes with its reason; without one it does not count."""
    word = typer.text(entry.get(key), key)
    if word and typer.text(entry.get("why"), "why"):
        return word
    typer.report(item, f"“{word[:40]}”没有写理由" if word else f"这一项没有 {key}", f"请写成 {example}")
    return ""
