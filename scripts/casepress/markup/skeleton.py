"""Skeleton: the elements of a page of the site, without its words, where every tag ends what it begins.

MkDocs' pages hold what `wellformed` does not know: a head, scripts, pictures in SVG, forms. Asked is only which element stands in which,
in a tenth of the time of HTML's parser. Where HTML would close, move or drop anything by a rule of its own there is no skeleton here.
"""

import re
from xml.etree.ElementTree import Element, SubElement

from casepress.markup.wellformed import BLOCKS, HEADINGS, PARENTS, WITHIN

_TAG = re.compile(
    r"""([^<]*)<(?:!--(?!-?>)(?:(?!--).)*--|(/?)([A-Za-z][A-Za-z0-9-]*)"""
    r"""((?:\s+[^\s"'<>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>=`/]+(?=[\s>])))?)*)\s*(/?))>""",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>=`/]+)))?""")
_BEGIN = re.compile(r"\s*<!doctype html>\s*(?=<html[\s>])", re.IGNORECASE)
_ASKED = frozenset(("id", "class", "src"))
_STRANGE = re.compile(r"[\x00\x0c\r]")
_WORDS = {name: re.compile(rf"((?:(?!<!--).)*?)</{name}>", re.DOTALL) for name in ("script", "style", "title")}  # no tags in them
_VOID = frozenset("br img wbr hr col input meta link".split())
_HEAD = frozenset("meta link title script style".split())
_DRAWN = frozenset("svg g path circle rect line polyline polygon ellipse defs use".split())
_LABELLED = _DRAWN | frozenset("a text tspan title".split())  # in a drawing, where HTML has no rules of its own for them
_ONCE = frozenset("a button form label".split())  # one of them in another one
_LISTED = frozenset(("dt", "dd"))  # they may stand in a div of their list
_ENDING = BLOCKS | _LISTED | frozenset("pre details summary form".split())  # what would end a paragraph that is open
_BODY = _ENDING | WITHIN | frozenset(PARENTS) | _ONCE | frozenset("br img wbr input link script svg noscript select option".split())
_BARE = frozenset("table tbody thead tfoot tr colgroup".split())


def skeleton(html: str) -> Element | None:
    """The elements of a whole page with their ids, classes and sources; None where it is not certain that HTML has the same."""
    begin = _BEGIN.match(html)
    if begin is None or _STRANGE.search(html):
        return None
    at, root, opened = begin.end(), None, []
    while tag := _TAG.match(html, at):
        text, closing, name, written, ends = tag.groups()
        at = tag.end()
        here = opened[-1].tag if opened else ""
        if (here in _BARE or here in ("", "html", "head")) and text.strip():
            return None
        if name is None:  # a comment
            continue
        if closing:
            if name != here or written or ends:
                return None
            done = opened.pop()
            if done is root:
                return None if html[at:].strip() or [child.tag for child in root] != ["head", "body"] else root
            continue
        if not _stands(name, here, opened) or (ends and name not in _VOID and not any(each.tag == "svg" for each in opened)):
            return None
        found = [(key.lower(), one or other or third) for key, one, other, third in _ATTRIBUTE.findall(written)]
        attributes = {key: value for key, value in reversed(found) if key in _ASKED}  # HTML takes the first of two
        if any("&" in value for value in attributes.values()):
            return None
        if root is None:
            root = new = Element(name, attributes)
        else:
            new = SubElement(opened[-1], name, attributes)
        if name in _WORDS:
            if (words := _WORDS[name].match(html, at)) is None:
                return None
            at = words.end()
        elif not ends and name not in _VOID:
            opened.append(new)
    return None


def _stands(name: str, here: str, opened: list[Element]) -> bool:
    """Whether an element may begin here as it is, and nothing else begins, ends or moves with it."""
    if here in ("", "html"):
        follows = [child.tag for child in opened[0]] if opened else []
        return (here, name, follows) in (("", "html", []), ("html", "head", []), ("html", "body", ["head"]))
    if here == "head":
        return name in _HEAD
    if any(each.tag == "svg" for each in opened):
        return name in (_LABELLED if here != "title" else ())
    if here == "option" or (here == "select") != (name == "option"):
        return False
    if name in _LISTED:
        here = next((each.tag for each in reversed(opened) if each.tag != "div"), "")
    parents = PARENTS.get(name)
    if name not in _BODY or (here not in parents if parents else here in _BARE):
        return False
    names = {each.tag for each in opened} if name in _ENDING or name in _ONCE else ()
    if name in _ENDING and ("p" in names or (name in HEADINGS and here in HEADINGS)):
        return False
    return name not in _ONCE or name not in names
