"""Prose: submitted Markdown to one safe HTML fragment, the same for website and book.

Flows in: Markdown that nobody has looked at. Flows out: a `Fragment`, or the links and pictures with their lines.
The only module that imports nh3. Three layers, each of which would do alone: HTML in the source is not
obeyed but shows as text; this module decides what every link, picture and id becomes; nh3 lets through a short list.
What is too tangled to be read as Markdown in a bounded time shows as it stands. Nothing that was written is lost.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from xml.etree.ElementTree import Element, tostring

import nh3

from casepress.facts.characters import CLOSE, VARIATIONS
from casepress.markup import attributed, counted, notes, titled
from casepress.markup.anchors import place
from casepress.markup.foreign import HINTS
from casepress.markup.markdown_tree import Markdown, read_tree, renderer
from casepress.markup.shaping import close_lines, narrow_apostrophes, shape
from casepress.markup.tracing import BLOCKS, CELLS, HEADINGS, Trail, text_of, trace
from casepress.values.cases import Fragment, Heading, Reference, Remark
from casepress.values.problems import Problem, warning

_COUNTED = re.compile(f"[{CLOSE}]|[^\\s{CLOSE}{VARIATIONS}]+")

_OURS = re.compile(r"(?:case|text|page|asset):", re.IGNORECASE)
_TAGS = BLOCKS | CELLS | frozenset("br code em strong del a img sup sub".split())
# Addresses of our own stand between marks that no text has, so that a fragment is cut at them and never searched for them.
_EDGE = "\x1e"
_LINK = re.compile(
    rf"#[A-Za-z0-9_.-]+|{_EDGE}?(?:case|text|page):[A-Za-z0-9_.%/~#?=&+-]+{_EDGE}?"
    r"|(?i:https?)://[^\s/\\?#@]+(?:[/?#][^\s\\]*)?|(?i:mailto):[^\s\\@]+@[^\s\\@]+"
)
_HOST = re.compile("(?i:https?://[^/?#]*|)")
_UNSOUND = re.compile(r"[\"#<>\[\]^`{|}]|%(?![0-9A-Fa-f]{2})")  # what stands behind the host as %XX only (URL Standard, 4.3)
_PICTURE = re.compile(f"{_EDGE}?asset:[A-Za-z0-9_.-]+{_EDGE}?")
_KEPT = {"href": _LINK, "src": _PICTURE, "id": re.compile(r"[A-Za-z0-9_.-]+"), "start": re.compile(r"[0-9]{1,6}")} | {
    name: re.compile(pattern) for name, pattern in (("value", r"[0-9]{1,6}"), ("colspan", r"[1-9][0-9]?"), ("rowspan", r"[1-9][0-9]{0,3}"))
}

# What else a page that a bureau wrote itself may hold.
_WIDER = frozenset(
    "section article aside header footer details summary abbr kbd mark ins s u small span dl dt dd caption colgroup col time cite q "
    "var samp dfn figcaption audio video source b i tt center address wbr ruby rt rp".split()
)
_TITLES = {
    "Note": "说明", "Abstract": "摘要", "Info": "说明", "Tip": "提示", "Success": "做成了", "Question": "问题", "Warning": "注意", "Failure": "没做成",
    "Danger": "当心", "Bug": "毛病", "Example": "例子", "Quote": "引文", "Important": "要点", "Caution": "当心", "Attention": "注意", "Hint": "提示",
}  # fmt: skip
_UNTITLED = re.compile(rf'(<p class="admonition-title">|<summary>)({"|".join(_TITLES)})(?=</)')
_ELSEWHERE = re.compile(r"\s*(?:[A-Za-z][A-Za-z0-9+.-]*:|[/\\]{2})")


@dataclass(frozen=True)
class Draft:
    """A text that is read and whose links are not settled: its tree, which `settle` uses up, and what its reading found.

    The ids of `headings` are still without the prefix of their text.
    """

    root: Element
    headings: tuple[Heading, ...]
    references: tuple[Reference, ...]
    remarks: tuple[Remark, ...]
    unread: tuple[int, ...]
    lines: tuple[tuple[int, str], ...]


def read(markdown: str, md: Markdown | None = None) -> Draft:
    """The one reading of a text; where its references lead is then said to `settle`, once.

    Every link and picture that a reader would see is a reference, in the order of their lines; none in code.
    """
    tree = read_tree(markdown, md or renderer())
    titled.take_names(tree.root)
    trail = Trail()
    trace(tree.root, trail)
    close_lines(tree.root)
    narrow_apostrophes(tree.root)
    headings = tuple(_headings(tree.root))
    found = sorted(trail.references, key=lambda reference: reference.line)
    told = (*tree.remarks, *trail.remarks(), *notes.uncalled(tree.root))
    return Draft(tree.root, headings, tuple(found), told, tree.unread, trail.lines())


def settle(draft: Draft, prefix: str, targets: Mapping[str, str], photos: Sequence[str] | None = None) -> Fragment:
    """The fragment of a text. Every id in it begins with `prefix` (ASCII), so that fragments can share a page.

    `targets` maps a link's or picture's target as written to `case:<id>`, `text:<name>` or `page:<address>`, each with
    `#<id of a heading>` behind it or not, to `asset:<name>`, to `#<id>` or to a web address. Other
    web and mail addresses and `#heading` stay; every other link becomes its words, every other picture its
    alternative text in brackets. Pictures come from `asset:` only, for no page asks another host for anything.
    `photos` are the captions of what stands behind the text, whose figures are counted with its own; None: figures have no numbers.
    """
    root, headings = draft.root, headings_of(draft, prefix)
    _name_headings(root, prefix)
    notes.settle(root, prefix)
    _settle_pictures(root, targets)
    _settle_links(root, targets, headings, prefix)
    counted.take_captions(root)
    titled.mark(root)
    attributed.mark(root)
    shape(root)
    numbered = counted.mark(root, prefix, photos)
    text = "\n".join(filter(None, (" ".join(line.split()) for line in text_of(root).split("\n"))))
    html = "".join(tostring(element, "unicode", "html") for element in root)
    pieces = tuple(_clean(html).strip().split(_EDGE))
    found = draft.references, draft.remarks, draft.lines
    return Fragment("".join(pieces), headings, text, draft.unread, *found, pieces=pieces if len(pieces) > 1 else (), counted=numbered)


def render(markdown: str, prefix: str, targets: Mapping[str, str], md: Markdown | None = None, photos: Sequence[str] | None = None) -> Fragment:
    """Reads a text and settles its links."""
    return settle(read(markdown, md), prefix, targets, photos)


def headings_of(draft: Draft, prefix: str) -> tuple[Heading, ...]:
    """The headings of a text, with the ids that they have in a fragment with this prefix."""
    return tuple(replace(heading, id=f"{prefix}{heading.id}") for heading in draft.headings)


def references(markdown: str, md: Markdown | None = None) -> tuple[Reference, ...]:
    """Every link and picture of a text that nobody has read yet."""
    return read(markdown, md).references


def remarks(path: str, first: int, body: Fragment) -> Iterator[Problem]:
    """A warning for all of a body that was read otherwise than it is written, or not at all; `first` is its first line in its file."""
    for remark in body.remarks:
        yield warning(path, first + remark.line - 1, remark.what, remark.cure, remark.check)
    for line in body.unread:
        yield warning(path, first + line - 1, "这一段的符号或层级太多，会按原样显示", "请删去多余的括号、星号或缩进", "bodies_are_clear")


def count_characters(text: str) -> int:
    """The length in 字 as word processors count: a Chinese character or mark is one, a run of anything else is one."""
    return len(_COUNTED.findall(text))


def passed(html: str) -> str:
    """What may stay of the HTML of a page that a bureau wrote itself: all that tells, nothing that runs, asks another host, or sets styles.

    What is set apart without a title of its own (`!!! note`) has a Chinese one.
    """
    return _UNTITLED.sub(lambda found: found[1] + _TITLES[found[2]], _passing().clean(html))


@cache
def _passing() -> nh3.Cleaner:
    every = {"class", "id", "title", "lang", "dir", "role", "tabindex"}
    return nh3.Cleaner(
        tags=set(_TAGS) | _WIDER,
        attributes={
            "*": every,
            "a": {"href", "download"},
            "img": {"src", "alt", "width", "height", "loading"},
            "ol": {"start", "type", "reversed"},
        }
        | {"li": {"value"}, "details": {"open"}, "time": {"datetime"}, "col": {"span"}, "colgroup": {"span"}}
        | {tag: {"src", "controls", "poster", "preload", "width", "height", "type"} for tag in ("audio", "video", "source")}
        | {tag: {"colspan", "rowspan", "scope", "headers"} for tag in CELLS},
        generic_attribute_prefixes={"aria-"},
        attribute_filter=_passes,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
        strip_comments=True,
    )


def _passes(tag: str, name: str, value: str) -> str | None:
    if name in ("src", "poster"):
        return None if _ELSEWHERE.match(value) else value
    if name in ("colspan", "rowspan", "span"):
        return value if _KEPT["rowspan"].fullmatch(value) and int(value) <= 100 else None
    return None if name == "href" and value.lstrip().startswith(("//", "\\")) else value


def _headings(root: Element) -> Iterator[Heading]:
    number = 0
    for element in root.iter():
        if element.tag not in HEADINGS:
            continue
        words, line = " ".join(text_of(element).split()), int(element.attrib.pop("line", 0))
        if not words and element.find(".//img") is None:
            element.tag = "span"  # nothing would be left of it but an empty line in the contents
            continue
        number += 1
        element.set("id", f"h{number}")
        yield Heading(int(element.tag[1]), words, f"h{number}", line)


def _name_headings(root: Element, prefix: str) -> None:
    for element in root.iter():
        if element.tag in HEADINGS:
            element.set("id", f"{prefix}{element.get('id')}")


def _settle_pictures(root: Element, targets: Mapping[str, str]) -> None:
    for picture in list(root.iter("img")):
        target, words, title = (" ".join(picture.get(name, "").split()) for name in ("src", "alt", "title"))
        wishes = {name: picture.get(name, "") for name in ("hint", "called") if picture.get(name)}
        picture.attrib.clear()
        address = "" if _OURS.match(target) else _marked(targets.get(target, ""))
        if _PICTURE.fullmatch(address):
            picture.attrib.update({"src": address, "alt": words} | ({"title": title} if title else {}) | wishes)
        else:
            picture.tag, picture.text = "span", (f"〔图片：{words}〕" if words else "〔图片〕") + title


def _settle_links(root: Element, targets: Mapping[str, str], headings: tuple[Heading, ...], prefix: str) -> None:
    for link in root.iter("a"):
        if link.get("class"):
            continue
        target, title = " ".join(link.get("href", "").split()), link.get("title", "")
        link.attrib.clear()
        if target.startswith("#") and target not in targets:
            heading = place(headings, prefix, target[1:])
            if not heading or counted.asks(text_of(link)):  # a figure or table may be meant
                link.attrib.update({"called": target[1:], "heading": heading, "title": title})
                continue
            address = f"#{heading}"
        else:
            address = "" if _OURS.match(target) else _marked(targets.get(target) or web_address(target))
        if not text_of(link).strip() and not any(picture.get("alt") for picture in link.iter("img")):
            link.text = target
        if not _LINK.fullmatch(address):
            link.tag, link.tail = "span", (f"（{title}）" if title else "") + (link.tail or "")
            continue
        link.attrib.update({"href": address} | ({"title": title} if title else {}))
        if address[:4].lower() == "http":
            link.set("rel", "noopener")


def web_address(target: str) -> str:
    """A link to the web or by mail as browsers take it, what no address may hold in it encoded; empty where it is none."""
    address = "%20".join(target.split())
    if not _LINK.fullmatch(address) or _OURS.match(address):
        return ""
    host = _HOST.match(address)[0]
    path, mark, fragment = address[len(host) :].partition("#")
    return f"{host}{_sound(path)}{mark}{_sound(fragment)}"


def _sound(part: str) -> str:
    return _UNSOUND.sub(lambda sign: f"%{ord(sign[0]):02X}", part)


def _marked(address: str) -> str:
    return f"{_EDGE}{address}{_EDGE}" if _OURS.match(address) else address


def _clean(html: str) -> str:
    """The last layer: what is not on the list does not pass, whoever put it there."""
    notes = {"footnote-ref", "footnote-backref"}
    align = {"align-left", "align-center", "align-right"}
    return nh3.Cleaner(
        tags=set(_TAGS),
        attributes={"a": {"href", "title"}, "img": {"src", "alt", "title"}, "ol": {"start"}, "li": {"id", "value"}}
        | {tag: {"id"} for tag in ("sup", "figure", "p", *HEADINGS)}
        | {tag: {"colspan", "rowspan"} for tag in CELLS},
        tag_attribute_values={"a": {"rel": {"noopener"}}, "th": {"scope": {"col", "row"}}},
        allowed_classes={"div": {"footnote"}, "p": {"table-title", "table-unit", "table-note", "quote-source"}, "figure": set(HINTS.values())}
        | {"a": notes, "th": align, "td": align},
        attribute_filter=lambda tag, name, value: value if name not in _KEPT or _KEPT[name].fullmatch(value) else None,
        url_schemes={"http", "https", "mailto", "case", "text", "page", "asset"},
        link_rel=None,
    ).clean(html)
