"""Counted: figures and tables with their numbers, and what a text says of them made a way to them.

Flows in: the tree of a text whose pictures are figures and whose tables have their titles, and the captions of the photos that
stand behind it. What comes of it: captions with numbers (图1　…), 图 1 and 表 2 in the text as links, and a `Counted` for each. A
number that an author wrote stays and is counted from; a single figure has one as well, as GB/T 7713 wants it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from unicodedata import normalize
from xml.etree.ElementTree import Element

from casepress.facts.characters import PAUSES
from casepress.markup import mentions
from casepress.markup.anchors import plain
from casepress.markup.tracing import HEADINGS, text_of
from casepress.values.cases import Case, Counted
from casepress.values.fields import Picture

_GAP = "[\\s\u3000]"
_MOST = 60  # characters of a caption that stands as a paragraph below its picture
_NUMBER = "(?P<number>[0-9]{1,3}(?:[-–.．][0-9]{1,3})?(?![0-9])|[一二三四五六七八九十]{1,3}(?=[\\s：:、．.]|$))"
_OWN = re.compile(f"{_GAP}*图{_GAP}*{_NUMBER}[\\s：:、．.]*")
# 图1 校园, 图 1-2：校园, 图：校园; a number is followed by a gap or a mark, else it is a sentence: 图1说明了……
_BELOW = re.compile(f"{_GAP}*图{_GAP}*(?:{_NUMBER}(?:{_GAP}*[：:、．.]|{_GAP}){_GAP}*(?=\\S)|[：:]{_GAP}*(?=\\S))")
_SENTENCE = re.compile(f"[。！？](?=.)|；|[{PAUSES}:,]$")
_SPEAKS = re.compile("图[ \u3000]?[0-9０-９一二三四五六七八九十]|\\]\\(<?#")
_TITLE = re.compile("表([^\\s\u3000]+)[\\s\u3000]*(.*)", re.DOTALL)
_SILENT = HEADINGS | {"a", "code", "pre", "figcaption"}
_ASKS = re.compile("((?:参?见|详见|如|看)?)(?:[上下]?[图表])?")  # words of a link in whose place the number stands
_KIND = re.compile("(?:fig|figure|tab|tbl|table|图|表)[:：]", re.IGNORECASE)


def take_captions(root: Element) -> None:
    """A line below a picture that begins as captions do, 图1　校园, is its caption where it has none."""
    for parent in list(root.iter()):
        for nth, child in reversed(list(enumerate(parent))):
            pictures = child.findall("img") if child.tag == "p" and not (child.text or "").strip() else []
            if len(pictures) != 1 or len(child) != 1 or pictures[0].get("title"):
                continue
            below = parent[nth + 1] if nth + 1 < len(parent) else None
            if _is_caption(words := (pictures[0].tail or "").strip()):
                pictures[0].tail = ""
            elif not words and below is not None and below.tag == "p" and _is_bare(below) and _is_caption(words := text_of(below).strip()):
                parent.remove(below)
            else:
                continue
            own = _OWN.match(words)
            pictures[0].set("title", words if own else words[_BELOW.match(words).end() :])


def _is_bare(paragraph: Element) -> bool:
    return all(each.tag in ("strong", "em") for each in paragraph.iter() if each is not paragraph)


def _is_caption(words: str) -> bool:
    return bool(_BELOW.match(words)) and len(words) <= _MOST and not _SENTENCE.search(words) and "\n" not in words


def mark(root: Element, prefix: str, captions: Sequence[str] | None) -> tuple[Counted, ...]:
    """Number the figures of a text, and lead to figures and tables where it speaks of them; `captions` are those of its photos,
    None where figures are not counted. All that has a number or a name."""
    places: dict[str, Element] = {}
    found = [*_figures(root, prefix, captions is not None, places), *_tables(root, prefix, places)]
    last = _last(found)
    found += [each for each in photographed(captions or (), prefix, last) if each.label]
    used: set[str] = set()
    for link in [link for link in root.iter("a") if "called" in link.attrib]:
        _settle(link, found, used)
    if found:
        _lead(root, mentions.labels(found), used)
    for id_ in used & places.keys():
        places[id_].set("id", id_)
    return tuple(found)


def photographed(captions: Iterable[str], prefix: str, last: int) -> Iterator[Counted]:
    """The photos behind a text, whose figures end with number `last`; one without words has no number."""
    for nth, words in enumerate(captions, 1):
        label, words, last = _counted(words, last)
        yield Counted(label, f"{prefix}photo{nth}", words)


def photos(case: Case) -> tuple[tuple[Picture, str, str], ...]:
    """The photos of a case with their captions as they are printed and the ids that lead to them."""
    last = _last(each for each in case.body.counted if "-photo" not in each.id)
    counted = photographed((photo.caption or photo.alt for photo in case.pictures), f"{case.id}-", last)
    return tuple((photo, shown(each), each.id) for photo, each in zip(case.pictures, counted, strict=True))


def captions_of(pictures: Iterable[Picture], markdown: str) -> tuple[str, ...]:
    """What is said below the photos behind a text, as `mark` wants it: nothing where the text cannot speak of them."""
    return tuple(photo.caption or photo.alt for photo in pictures) if _SPEAKS.search(markdown) else ()


def own(caption: str) -> str:
    """The number that the author of a caption has given, 图3; empty where there is none."""
    match = _OWN.match(caption)
    return f"图{match['number']}" if match else ""


def shown(figure: Counted) -> str:
    """A caption with its number."""
    return f"{figure.label}　{figure.words}" if figure.words and figure.label else figure.label or figure.words


def named(counted: Iterable[Counted], called: str) -> Counted | None:
    """The figure or table that a link `#…` means: by the name that its author gave it, by 图1, or by the words of its caption."""
    counted, word = tuple(counted), plain(normal(called))
    ways = (lambda each: plain(normal(each.called)), lambda each: mentions.key(each.label), lambda each: plain(each.words))
    wanted = (word, mentions.key(called), word)
    for way, want in zip(ways, wanted, strict=True):
        for each in counted:
            if want and way(each) == want:
                return each
    return None


def asks(words: str) -> bool:
    """Whether the words of a link ask for a number in their place: 图, 见表, or none at all."""
    return _ASKS.fullmatch("".join(words.split())) is not None


def _figures(root: Element, prefix: str, is_counted: bool, places: dict[str, Element]) -> Iterator[Counted]:
    last = nth = 0
    for figure in root.iter("figure"):
        caption, called = figure.find("figcaption"), figure.attrib.pop("called", "")
        label, words = "", ""
        if caption is not None and is_counted:
            label, words, last = _counted(caption.text or "", last)
            caption.text = f"{label}　{words}" if words else label
        if label or called:
            nth += 1
            places[f"{prefix}fig{nth}"] = figure
            yield Counted(label, f"{prefix}fig{nth}", words, called)


def _counted(caption: str, last: int) -> tuple[str, str, int]:
    """The number and the words of a caption, and up to where figures are counted with it."""
    own, caption = _OWN.match(caption), caption.strip()
    if own:
        number = own["number"]
        return f"图{number}", caption[own.end() :].strip() if caption else "", int(number) if number.isdecimal() else last
    return (f"图{last + 1}", caption, last + 1) if caption else ("", "", last)


def _last(counted: Iterable[Counted]) -> int:
    numbers = [each.label[1:] for each in counted if each.label.startswith("图")]
    return next((int(number) for number in reversed(numbers) if number.isdecimal()), 0)


def _tables(root: Element, prefix: str, places: dict[str, Element]) -> Iterator[Counted]:
    nth = 0
    for title in root.iter("p"):
        called = title.attrib.pop("called", "")
        if title.get("class") == "table-title" and (match := _TITLE.match(text_of(title).strip())):
            nth += 1
            places[f"{prefix}tab{nth}"] = title
            yield Counted(f"表{match[1]}", f"{prefix}tab{nth}", " ".join(match[2].split()), called)


def _settle(link: Element, found: Sequence[Counted], used: set[str]) -> None:
    """A link to a figure or table, the number in the place of words that only ask for it; one that leads nowhere becomes its words."""
    target, heading, title = link.get("called", ""), link.get("heading", ""), link.get("title", "")
    words = "".join(text_of(link).split())
    counted = named(found, target)
    link.attrib.clear()
    if counted is not None and (label := counted.label) and (match := _ASKS.fullmatch(words)):
        link[:], link.text = [], f"{match[1]}{label}"
    elif not words and link.find("img") is None:
        link.text = f"#{target}" if counted is None else "图"
    if counted is not None:
        used.add(counted.id)
    if counted is None and not heading:
        link.tag, link.tail = "span", (f"（{title}）" if title else "") + (link.tail or "")
    else:
        link.attrib.update({"href": f"#{counted.id if counted else heading}"} | ({"title": title} if title else {}))


def _lead(element: Element, known: Mapping[str, Counted], used: set[str]) -> None:
    """Make links of what a text says of its figures and tables, but for captions, titles, headings, links and code."""
    if element.tag in _SILENT or element.get("class") in ("table-title", "table-unit"):
        return
    children = list(element)
    for child in children:
        _lead(child, known, used)
    for child in (None, *children):
        before, links = _links((element.text if child is None else child.tail) or "", known, used)
        if not links:
            continue
        at = 0 if child is None else list(element).index(child) + 1
        element[at:at] = links
        if child is None:
            element.text = before
        else:
            child.tail = before


def _links(text: str, known: Mapping[str, Counted], used: set[str]) -> tuple[str, list[Element]]:
    """What stands before the first figure that a text speaks of, and a link for each, with what stands behind it."""
    links: list[Element] = []
    before, at = text, 0
    for found in mentions.of(text, known) if "图" in text or "表" in text else ():
        if found.label not in known:
            continue
        if links:
            links[-1].tail = text[at : found.start]
        else:
            before = text[: found.start]
        counted = known[found.label]
        used.add(counted.id)
        links.append(Element("a", {"href": f"#{counted.id}"}))
        links[-1].text, at = text[found.start : found.end], found.end
        links[-1].tail = text[at:]
    return before, links


def normal(name: str) -> str:
    """A name as its author gave it to a figure or table, without the kind that some programs want before it: fig:操场."""
    return _KIND.sub("", normalize("NFC", name), count=1)
