"""Bounds: numbers, days and measures that the rules of a batch set, each from one entry of collection.yml.

Flows in: a node of YAML and who types it. Flows out: plain values; what is wrong is reported and counts as not said.
"""

import re
from collections.abc import Mapping
from datetime import date

from casepress.facts import periods
from casepress.markup.frontmatter import Node
from casepress.markup.typed_nodes import Typer, is_said
from casepress.values.fields import Field, Kind
from casepress.values.rules import Period, Span, Video

_SPAN = re.compile(
    r"(?:(?P<least>\d{1,6})\s*[-~～—–至到]\s*(?P<most>\d{1,6})|(?P<word>最多|不超过|至少|不少于)?\s*(?P<one>\d{1,6})\s*(?P<about>左右)?)\s*[字篇个]?(?P<roughly>左右)?"
)
_CONTAINERS, _CODECS = ("mp4", "mov", "mkv", "avi", "wmv", "webm"), ("h264", "hevc", "av1", "vp9", "mpeg4")
_CODEC_NAMES = {"avc": "h264", "avch264": "h264", "h265": "hevc", "x264": "h264", "x265": "hevc"}


def span(typer: Typer, node: Node | None, name: str, most: int, example: str, bare: bool = True) -> Span:
    """A least and a most: 最多5, 至少3, 20-30, 2000左右 (a tenth more or less), or min and max; a bare number is the most."""
    if not is_said(node):
        return Span()
    if isinstance(node.value, Mapping):
        entries = typer.known(node, ("min", "max"), name)
        found = Span(*(typer.whole(entries.get(key), f"{name} 的 {key}", 0, most, 0, 5) for key in ("min", "max")))
    else:
        word = typer.text(node, name)
        match = _SPAN.fullmatch(word)
        if not match or (not bare and match["one"] and not match["word"]):
            typer.report(node, f"{name} 写了“{word}”", f"请写成 {example}")
            return Span()
        if match["about"] or (match["roughly"] and match["one"]):
            middle = int(match["one"])
            found = Span(middle - middle // 10, middle + middle // 10)
        elif match["one"]:
            found = Span(int(match["one"])) if match["word"] in ("至少", "不少于") else Span(0, int(match["one"]))
        else:
            found = Span(int(match["least"]), int(match["most"]))
    if found.most and found.least > found.most:
        typer.report(node, f"{name} 的最少（{found.least}）比最多（{found.most}）还多", f"请写成 {example}")
        return Span()
    return found


def _dated(typer: Typer, node: Node | None, name: str, key: str, fields: Mapping[str, Field], usual: str) -> tuple[str, str]:
    """The words of a date, and the public field of kind date that it is compared with; empty where there is none."""
    if not is_said(node):
        return "", ""
    entries = typer.known(node, (key, "field"), name) if isinstance(node.value, Mapping) else {key: node}
    dates = [f for f in fields.values() if f.kind is Kind.DATE and not f.private]
    word = typer.text(entries.get("field"), "field") or usual
    chosen = next((f for f in dates if word in f.names), None) if word else next(iter(dates), None)
    if chosen is None and is_said(entries.get("field")):
        cure = (
            f"日期的字段有：{'、'.join(f.name for f in dates)}" if dates else "请在 fields 里加一个，例如 done: {label: 实施时间, kind: date}"
        )
        typer.report(entries["field"], f"{name} 的 field 写了“{word[:40]}”，没有这个日期字段", cure)
    return typer.text(entries.get(key), key), chosen.name if chosen else ""


def period(typer: Typer, node: Node | None, fields: Mapping[str, Field]) -> tuple[Period | None, str]:
    """The period of the work, and the field whose dates must lie in it."""
    word, field = _dated(typer, node, "period", "dates", fields, "")
    if not word:
        return None, ""
    found = periods.period(word)
    if found is None:
        typer.report(node, f"period 写了“{word[:40]}”，不是一段日期", "请写成 2023-09-01 至 2024-02-29，或 2021-2022学年度")
    elif not field and not (isinstance(node.value, Mapping) and "field" in node.value):
        typer.report(node, "period 要和案例的日期比，可是没有日期字段", "请在 fields 里加一个，例如 done: {label: 实施时间, kind: date}")
    return found if field else None, field


def deadline(typer: Typer, node: Node | None, fields: Mapping[str, Field]) -> tuple[date | None, str]:
    """The last day for sending, and the field that says when a case came in, where there is one."""
    word, field = _dated(typer, node, "deadline", "date", fields, "received")
    found = periods.day(word) if word else None
    if word and found is None:
        typer.report(node, f"deadline 写了“{word[:40]}”，不是一天", "请写成 2024-03-11")
    return found, field


def posted(typer: Typer, node: Node | None) -> tuple[date | None, int]:
    """The first day of the 公示, and how many days it lasts."""
    entries = typer.known(node, ("from", "days"), "posted") if is_said(node) else {}
    word = typer.text(entries.get("from"), "from")
    first = periods.day(word) if word else None
    if is_said(node) and first is None:
        typer.report(
            entries.get("from", node),
            f"posted 的 from 写了“{word[:40]}”，不是一天" if word else "posted 没有写从哪一天起",
            "请写成 posted: {from: 2024-05-06, days: 7}",
        )
    return first, typer.whole(entries.get("days"), "days", 1, 365, 7, 7)


def video(typer: Typer, node: Node | None) -> Video | None:
    """What a video must be."""
    if not is_said(node):
        return None
    entries = typer.known(node, tuple(Video.__dataclass_fields__), "video")
    words = {key: re.sub(r"[\s.()（）-]", "", typer.text(entries.get(key), key).lower()) for key in ("container", "codec")}
    words["codec"] = _CODEC_NAMES.get(words["codec"], words["codec"])
    for key, allowed in (("container", _CONTAINERS), ("codec", _CODECS)):
        if words[key] and words[key] not in allowed:
            typer.report(entries[key], f"video 的 {key} 写了“{words[key][:20]}”", f"可用的有：{'、'.join(allowed)}")
            words[key] = ""
    pixels = {
        key: typer.whole(entries.get(key), f"video 的 {key}", 16, 16_384, 0, 1920 if key == "width" else 1080) for key in ("width", "height")
    }
    numbers = {
        key: typer.number(entries.get(key), f"video 的 {key}", 0.1, most, 0)
        for key, most in (("fps", 240), ("bitrate", 1000), ("minutes", 600))
    }
    return Video(**words, **pixels, **numbers, versions=typer.texts(entries.get("versions"), "versions"))
