"""Notes: the marks of footnotes in a text, and the notes at its end, in the order in which they are called.

Flows in: what the lines of notes say. Flows out: a last element `div.footnote` of the tree, whose items and ways back
are named after the marks. An author's own names and order decide nothing.
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from casepress.markup.blocks import blocks
from casepress.markup.leaves import Read
from casepress.values.cases import Remark


def append(root: Element, read: Read) -> None:
    """Puts the notes at the end of a tree, as they are written; `settle` orders them once their marks are read."""
    if not read.notes:
        return
    area = Element("div", {"class": "footnote"})
    SubElement(area, "hr")
    items = SubElement(area, "ol")
    for name, lines in list(read.notes.items()):
        item = SubElement(items, "li", {"note": name, "line": str(lines[0][0])})
        blocks(item, lines, read, 1)
        if not len(item) or item[-1].tag != "p":
            SubElement(item, "p")
    root.append(area)


def uncalled(root: Element) -> Iterator[Remark]:
    """Notes that no mark leads to; they stand behind the others. To be asked once of a tree."""
    called = {mark.get("note") for mark in root.iter("sup")}
    for area in (each for each in root if each.get("class") == "footnote"):
        for item in area[1]:
            line, name = int(item.attrib.pop("line")), item.get("note")
            if name not in called:
                what, cure = f"脚注 [^{name}] 的注文没有用到，会印在最后", f"请在正文里要加注的地方写 [^{name}]，或删去它"
                yield Remark(line, what, cure, "notes_are_written")


def settle(root: Element, prefix: str) -> None:
    """Counts marks and notes in the order of the text, names them, and gives each note its ways back."""
    marks: dict[str, list[str]] = {}
    area = next((each for each in root if each.get("class") == "footnote"), None)
    if area is None:
        return
    items = {item.get("note", ""): item for item in area[1]}
    number = 0
    # Marks in notes count behind those in the text, note by note as they are called.
    waiting = [each for each in root if each is not area]
    called: list[str] = []
    while waiting:
        for mark in waiting.pop(0).iter("sup"):
            if (name := mark.attrib.pop("note", None)) is None:
                continue
            number += 1
            mark.set("id", f"{prefix}ref{number}")
            if name not in marks:
                called.append(name)
                waiting.append(items[name])
            marks.setdefault(name, []).append(mark.get("id", ""))
            mark[0].set("href", name)
    order = {name: nth for nth, name in enumerate([*called, *(name for name in items if name not in marks)], 1)}
    for mark in root.iter("sup"):
        if mark.get("id") and len(mark) and mark[0].get("class") == "footnote-ref":
            nth = order[mark[0].get("href", "")]
            mark[0].set("href", f"#{prefix}note{nth}")
            mark[0].text = str(nth)
    area[1][:] = [items[name] for name in order]
    for name, nth in order.items():
        item = items[name]
        del item.attrib["note"]
        item.set("id", f"{prefix}note{nth}")
        last = item[-1]
        for nth_way, way in enumerate(marks.get(name, ())):
            if not nth_way:
                _add(last, "\u00a0")
            back = SubElement(last, "a", {"href": f"#{way}", "class": "footnote-backref", "title": f"回到正文中的注 {nth}"})
            back.text = "↩"


def _add(element: Element, words: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + words
    else:
        element.text = (element.text or "") + words
