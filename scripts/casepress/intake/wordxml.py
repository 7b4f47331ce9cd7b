"""Word's XML: its names, how it says yes, and how elements are made, dropped and unwrapped."""

from collections.abc import Iterator

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
V = "{urn:schemas-microsoft-com:vml}"


def val(element) -> str:
    """The w:val of an element, "" where there is none."""
    return (element.get(f"{W}val") or "") if element is not None else ""


def whole(text: str | None, usual: int, most: int) -> int:
    """A number as Word writes it, at most as great as Word can have it; the usual one where it is none."""
    return min(int(text), most) if text and text.isascii() and text.isdigit() and len(text) < 12 else usual


def on(element) -> bool:
    """Whether an element that may only say yes or no says yes (ECMA-376, 17.17.4: there without a value means yes)."""
    return element is not None and (element.get(f"{W}val") or "1") not in ("0", "false", "off", "none")


def run_of(text: str) -> etree._Element:
    """A run that says a text."""
    run = etree.Element(f"{W}r")
    say(run, text)
    return run


def say(run, text: str) -> None:
    """Let a run say a text and nothing else."""
    for child in list(run):
        run.remove(child)
    made = etree.SubElement(run, f"{W}t")
    made.text = text
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def drop(element) -> None:
    """Take an element out of its parent, if it has one."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def unwrap(element, content) -> None:
    """Put the children of `content` in the place of an element."""
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    children: Iterator = iter(list(content) if content is not None else [])
    parent.remove(element)
    for step, child in enumerate(children):
        parent.insert(at + step, child)
