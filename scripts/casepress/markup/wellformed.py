"""Well-formed HTML: the tree of a page whose tags all stand where HTML wants them, read without HTML's rules for those that do not.

Our templates write such pages. Of HTML's rules only those are left that no tag of theirs calls for: none is implied, none ends
another one, none is moved. What is not certainly so has no tree here, and the whole parser is to be asked (markup/parsing.py).
"""

import re
from xml.etree.ElementTree import Element, SubElement

_SPACE = " \t\n"
_BEGIN = re.compile(
    r'<!doctype html>[ \n]*(?:<html((?: [a-z-]+="[^"&]*")*)>[ \n]*<head>(\n*)<meta charset="utf-8">(\n*)'
    r'(?:<title>([^<]*)</title>(\n*)<link((?: [a-z-]+="[^"&]*")*)>(\n*))?</head>(\n*))?(<body[ >])'
)
_TAG = re.compile(r'([^<]*)<(/?)([a-z][a-z0-9]*)((?:[ \n]+[a-z][a-z0-9:-]*="[^"]*")*)[ \n]*>')
_END = re.compile(r"(\n*)</html>(\n*)")
_ATTRIBUTE = re.compile(r'([a-z][a-z0-9:-]*)="([^"]*)"')
_STRANGE = re.compile(r"[\x00\r\x0c\ud800-\udfff]|&(?!(?:amp|lt|gt|quot|nbsp|#34|#39);)")
_ENTITY = re.compile(r"&(amp|lt|gt|quot|nbsp|#34|#39);")
_MEANT = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "nbsp": "\xa0", "#34": '"', "#39": "'"}

HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
# What would end a paragraph that is open
BLOCKS = HEADINGS | frozenset(
    "address article aside blockquote div dl figcaption figure footer header main nav ol p section ul li dd dt table hr".split()
)
WITHIN = frozenset("a b big code em font i s small strike strong tt u".split()) | frozenset(
    "span sub sup q cite abbr mark time kbd var samp dfn bdi bdo del ins".split()
)
_VOID = frozenset("br img wbr hr col".split())
PARENTS = {"li": {"ul", "ol"}, "dt": {"dl"}, "dd": {"dl"}, "td": {"tr"}, "th": {"tr"}, "tr": {"tbody", "thead", "tfoot"}, "col": {"colgroup"}}
PARENTS |= dict.fromkeys(("caption", "colgroup", "tbody", "thead", "tfoot"), {"table"})
_KNOWN = BLOCKS | WITHIN | _VOID | frozenset(PARENTS)
_BARE = frozenset("table tbody thead tfoot tr colgroup".split())  # what stands here by itself is moved, but for blank space


def document(html: str) -> Element | None:
    """The tree of a page, or of a fragment that follows `<body>`, as HTML has it; None where that is not certain."""
    begin = _BEGIN.match(html)
    if begin is None or _STRANGE.search(html):
        return None
    attributes, first, behind, title, between, link, last, after, _ = (each or None for each in begin.groups())
    is_whole = begin[1] is not None
    root = Element("html", dict(_ATTRIBUTE.findall(attributes or "")))
    head = SubElement(root, "head")
    if is_whole:
        head.text, head.tail = first, after
        SubElement(head, "meta", charset="utf-8").tail = behind
    if begin[6] is not None:
        words = SubElement(head, "title")
        words.text, words.tail = title and _plain(title), between
        SubElement(head, "link", dict(_ATTRIBUTE.findall(link or ""))).tail = last
    return root if _read(html, begin.start(9), root, is_whole) else None


def _read(html: str, at: int, root: Element, is_whole: bool) -> bool:
    """Read the body into a page, whose end is written where it `is_whole`; whether all of it is well-formed."""
    opened, names, last = [root], ["html"], None
    while tag := _TAG.match(html, at):
        text, closing, name, written = tag.groups()
        at = tag.end()
        here = names[-1]
        if text:
            if here in _BARE and text.strip(_SPACE):
                return False
            _add(opened[-1], last, text)
        if closing:
            if name != here or written:
                return False
            if name == "body":
                return is_whole and _ends(html[at:], opened[-1], last)
            last = opened.pop()
            names.pop()
            continue
        if not _stands(name, here, names):
            return False
        attributes = {}
        if written:
            found = _ATTRIBUTE.findall(written)
            attributes = {key: _plain(value) for key, value in found}
            if len(attributes) < len(found):
                return False
        new = SubElement(opened[-1], name, attributes)
        if name in _VOID:
            last = new
        else:
            opened.append(new)
            names.append(name)
            last = None
    if is_whole or len(names) != 2 or "<" in html[at:]:
        return False
    if at < len(html):
        _add(opened[-1], last, html[at:])
    return True


def _stands(name: str, here: str, names: list[str]) -> bool:
    """Whether an element may begin here as it is, and nothing else begins or ends with it."""
    if name == "body" or here == "html":
        return name == "body" and names == ["html"]
    parents = PARENTS.get(name)
    if name not in _KNOWN or (here not in parents if parents else here in _BARE):
        return False
    if name in BLOCKS and ("p" in names or (name in HEADINGS and here in HEADINGS)):
        return False
    return name != "a" or "a" not in names


def _ends(rest: str, body: Element, last: Element | None) -> bool:
    """Read what follows the body: the end of the page; blank space there is the body's."""
    end = _END.fullmatch(rest)
    if end and (blank := end[1] + end[2]):
        if last is None:
            body.text = (body.text or "") + blank
        else:
            last.tail = (last.tail or "") + blank
    return end is not None


def _add(parent: Element, last: Element | None, text: str) -> None:
    """Put a text into an element, behind the last one that stands in it."""
    if last is None:
        parent.text = _plain(text)
    else:
        last.tail = _plain(text)


def _plain(text: str) -> str:
    return _ENTITY.sub(lambda found: _MEANT[found[1]], text) if "&" in text else text
