"""Paragraphs: text, breaks, fields and drawings while a paragraph is gathered, and the paragraph that they become.

White space is as HTML means it: any run of it is one space, and none stands at the end of a line.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from xml.etree.ElementTree import Element

from casepress.word.looks import Look
from casepress.word.xml import w, words

_PLAIN = Look()
_BLANK = " \t\n\r\f"


@dataclass
class _Entry:
    kind: str  # text, break, tab, node
    text: str = ""
    node: Element | None = None
    look: Look = _PLAIN
    link: tuple[str, str] = ("", "")  # the attribute of a hyperlink, and its value


class Paragraph:
    """One paragraph while it is gathered; `shape` are further properties, in the order of the standard."""

    def __init__(self, style: str, shape: tuple[Element, ...] = (), keep_space: bool = False) -> None:
        self.style, self.shape, self._keep = style, shape, keep_space
        self._entries: list[_Entry] = []
        self.has_drawing = False

    def text(self, text: str, look: Look = _PLAIN, link: tuple[str, str] = ("", "")) -> None:
        if self._keep:
            for nth, line in enumerate(text.split("\n")):
                if nth:
                    self.line_break()
                self._entries.append(_Entry("text", line, look=look, link=link))
            return
        collapsed = " ".join(_pieces(text))
        if collapsed.startswith(" ") and self._at_space():
            collapsed = collapsed[1:]
        if collapsed:
            self._entries.append(_Entry("text", collapsed, look=look, link=link))

    def line_break(self) -> None:
        self._trim()
        self._entries.append(_Entry("break"))

    def tab(self) -> None:
        self._trim()
        self._entries.append(_Entry("tab"))

    def node(self, node: Element, link: tuple[str, str] = ("", "")) -> None:
        self._entries.append(_Entry("node", node=node, link=link))

    def field(self, instruction: str, shown: str, look: Look = _PLAIN) -> Element:
        """A field with what it shows until a program reckons it anew; that may still be changed."""
        said = words(shown)
        for node in (*begun(instruction, look), run(look, said), ended(look)):
            self.node(node)
        return said

    @property
    def is_empty(self) -> bool:
        return not any(each.kind == "node" or each.text.strip(_BLANK) for each in self._entries)

    def element(self) -> Element:
        self._trim()
        shape = list(self.shape)
        if self.has_drawing and self.style != "Picture" and not any(each.tag == "w:spacing" for each in shape):
            at = next((n for n, each in enumerate(shape) if each.tag != "w:tabs"), len(shape))
            shape.insert(at, w("spacing", {"lineRule": "atLeast"}))  # exact lines would cut it off
        made = w("p", None, w("pPr", None, w("pStyle", {"val": self.style}), *shape))
        for link, entries in groupby(self._entries, key=lambda each: each.link):
            into = made
            if link[0]:
                into = w("hyperlink", {link[0]: link[1], "history": 1})
                made.append(into)
            into.extend(_runs(entries))
        return made

    def _at_space(self) -> bool:
        last = next((each for each in reversed(self._entries) if each.kind != "node" or each.node.tag == "w:r"), None)
        return last is None or last.kind in ("break", "tab") or (last.kind == "text" and last.text.endswith(" "))

    def _trim(self) -> None:
        """No space stands before the end of a line."""
        if not self._keep and self._entries and self._entries[-1].kind == "text":
            self._entries[-1].text = self._entries[-1].text.rstrip(" ")


def run(look: Look, *children: Element) -> Element:
    """A run of one look."""
    found = look.element()
    return w("r", None, *((found,) if found is not None else ()), *children)


def begun(instruction: str, look: Look = _PLAIN) -> tuple[Element, ...]:
    """The beginning of a field, up to what it shows."""
    code = w("instrText", {"xml:space": "preserve"})
    code.text = f" {instruction} "
    return run(look, w("fldChar", {"fldCharType": "begin"})), run(look, code), run(look, w("fldChar", {"fldCharType": "separate"}))


def ended(look: Look = _PLAIN) -> Element:
    return run(look, w("fldChar", {"fldCharType": "end"}))


def _pieces(text: str) -> list[str]:
    """What stands between white space, with empty pieces at the ends where there is some."""
    found = text.translate({ord(sign): " " for sign in _BLANK}).split(" ")
    inner = [piece for piece in found if piece]
    if not inner:
        return ["", ""] if text else []
    return [*([""] if not found[0] else []), *inner, *([""] if not found[-1] else [])]


def _runs(entries: Iterator[_Entry]) -> Iterator[Element]:
    for (kind, look), group in groupby(entries, key=lambda each: (each.kind, each.look)):
        for each in [_joined(group)] if kind == "text" else group:
            if kind == "node":
                yield each.node
            elif kind == "text":
                if each.text:
                    yield run(look, words(each.text))
            else:
                yield run(look, w("br" if kind == "break" else "tab"))


def _joined(group: Iterator[_Entry]) -> _Entry:
    return _Entry("text", "".join(each.text for each in group))
