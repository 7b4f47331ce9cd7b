"""Boxes: the boxes of a form that are to be ticked, in all the ways in which Word has them, and the words that they belong to."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from casepress.facts.characters import BOXES, SEPARATING
from casepress.records.wordml import W14, W, owner

_BETWEEN = re.compile(rf"[\s{SEPARATING}/／（）()]")
_BOX = re.compile(rf"[{BOXES}]|[（(\[［【][ 　]*[）)\]］】]")
# In fonts of signs (Wingdings): the letter that shows an empty box, and the one that shows a ticked one. £ is a box whatever its font:
# forms have it from Wingdings 2, under other names or by a style, and no Chinese form has pounds.
_SIGNS = {0xA8: 0xFE, 0x6F: 0xFE, 0x71: 0xFE, 0x72: 0xFE, 0xA3: 0x52, 0x2A: 0x52, 0x30: 0x52}
_POUND = "£\uf0a3"


@dataclass
class _Sign:
    """A sign of a line: what it is read as, what ticks it where it is a box, and what puts √ behind it where it is a letter."""

    text: str
    tick: Callable[[], None] | None = None
    behind: Callable[[], None] | None = None


def has_boxes(paragraphs: Iterable) -> bool:
    """Whether there is a box to be ticked."""
    return any(_BOX.search("".join(sign.text for sign in _signs(paragraph))) for paragraph in paragraphs)


def tick(paragraphs: Iterable, choices: Sequence[tuple[str, ...]], chosen: Iterable[int]) -> list[int]:
    """Tick the boxes of the chosen ones of some choices, each by all its names; those that have no box in the text are given back."""
    wanted = set(chosen)
    names = sorted(((name, nth) for nth, every in enumerate(choices) for name in every if name), key=lambda each: -len(each[0]))
    before: bool | None = None
    ticks: list[Callable[[], None]] = []
    for paragraph in paragraphs:
        line: list[_Sign] = []
        for sign in (*_signs(paragraph), _Sign("\n")):
            if sign.text != "\n":
                line.append(sign)
                continue
            things = _things(line, names)
            if any(nth is None for _, _, nth in things):
                if before is None or (things[0][2] is None) != (things[-1][2] is None):
                    before = things[0][2] is None
                for at, (_, _, nth) in enumerate(things):
                    near = at - 1 if before else at + 1
                    if nth in wanted and 0 <= near < len(things) and things[near][2] is None:
                        ticks.append(_ticking_of(line, *things[near][:2]))
                        wanted.discard(nth)
            line = []
    for each in reversed(ticks):  # what is put in moves what stands behind it
        each()
    return sorted(wanted)


def tick_words(paragraphs: Iterable, choices: Sequence[tuple[str, ...]], chosen: Iterable[int]) -> bool:
    """Where there are no boxes, but nothing than the words of choices: write √ behind those that are meant. Whether it is so."""
    wanted, names = (
        set(chosen),
        sorted(((name, nth) for nth, every in enumerate(choices) for name in every if name), key=lambda each: -len(each[0])),
    )
    ticks: list[Callable[[], None]] = []
    words = 0
    for paragraph in paragraphs:
        line = _signs(paragraph)
        things = _things(line, names)
        inside = {at for start, end, _ in things for at in range(start, end)}
        if any(nth is None for *_, nth in things) or any(at not in inside and not _BETWEEN.match(sign.text) for at, sign in enumerate(line)):
            return False
        words += len(things)
        ticks += [line[end - 1].behind for _, end, nth in things if nth in wanted and line[end - 1].behind]
    if words < 2:
        return False
    for each in reversed(ticks):
        each()
    return True


def _things(line: Sequence[_Sign], names: Sequence[tuple[str, int]]) -> list[tuple[int, int, int | None]]:
    """The boxes (None) and the words (which choice) of a line: where each begins and ends among its signs."""
    text, found, at = "".join(sign.text for sign in line), [], 0
    while at < len(text):
        word = next(((name, nth) for name, nth in names if text.startswith(name, at)), None)
        box = None if word else _BOX.match(text, at)
        if word:
            found.append((at, at + len(word[0]), word[1]))
        elif box:
            found.append((box.start(), box.end(), None))
        at = found[-1][1] if word or box else at + 1
    return found


def _ticking_of(line: Sequence[_Sign], start: int, end: int) -> Callable[[], None]:
    """What ticks the box from one sign to another, or writes √ between its brackets."""
    return (line[start + 1] if end - start > 2 else line[start]).tick or (lambda: None)


def _signs(paragraph) -> list[_Sign]:
    """The signs of a paragraph; a line end is one of its own."""
    out: list[_Sign] = []
    for node in paragraph.iter():
        if owner(node) is not paragraph:
            continue
        if node.tag == f"{W}t" and node.text:
            font = node.getparent().find(f"{W}rPr/{W}rFonts")
            is_signs = font is not None and (font.get(f"{W}ascii") or font.get(f"{W}hAnsi") or "").startswith("Wingdings")
            control = _control(node)
            for at, letter in enumerate(node.text):
                other = _SIGNS.get(ord(letter) & 0xFF) if is_signs or letter in _POUND else None
                if control is not None:
                    out.append(_Sign("☐" if letter in BOXES or other else letter, lambda control=control: _check(control)))
                elif other:
                    out.append(_Sign("☐", lambda node=node, at=at, other=other: _put(node, at, chr(other))))
                else:
                    out.append(_Sign(letter, _ticking(node, at, letter), lambda node=node, at=at, letter=letter: _put(node, at, f"{letter}√")))
        elif node.tag == f"{W}sym":
            other = _SIGNS.get(int(node.get(f"{W}char", "0") or "0", 16) & 0xFF) if node.get(f"{W}font", "").startswith("Wingdings") else None
            control = _control(node)
            if other:
                out.append(
                    _Sign(
                        "☐", (lambda c=control: _check(c)) if control is not None else lambda n=node, o=other: n.set(f"{W}char", f"F0{o:02X}")
                    )
                )
        elif node.tag == f"{W}checkBox" and node.getparent().tag == f"{W}ffData":
            out.append(_Sign("☐", lambda node=node: _check_field(node)))
        elif node.tag in (f"{W}br", f"{W}tab"):
            out.append(_Sign("\n" if node.getparent().tag == f"{W}r" else ""))
    return [sign for sign in out if sign.text]


def _ticking(node, at: int, letter: str) -> Callable[[], None] | None:
    """What ticks a sign of a plain text. Later signs of the text stay where they are: each is exchanged for one, but within brackets."""
    if letter in BOXES:
        return lambda: _put(node, at, "☑")
    if letter in " 　":
        return lambda: _put(node, at, "√")
    if letter in "（([［【":
        return lambda: _put(node, at, f"{letter}√")
    return None


def _put(node, at: int, sign: str) -> None:
    node.text = node.text[:at] + sign + node.text[at + 1 :]


def _control(node):
    """The checkbox control around an element."""
    while node is not None and node.tag != f"{W}p":
        if node.tag == f"{W}sdt" and (box := node.find(f"{W}sdtPr/{W14}checkbox")) is not None:
            return box
        node = node.getparent()
    return None


def _check(box) -> None:
    """Tick Word's own checkbox: its state, and the sign that it shows."""
    checked = box.find(f"{W14}checked")
    if checked is None:
        checked = box.makeelement(f"{W14}checked", {})
        box.insert(0, checked)
    checked.set(f"{W14}val", "1")
    state = box.find(f"{W14}checkedState")
    code = int(state.get(f"{W14}val", "2612"), 16) if state is not None else 0x2612
    content = box.getparent().getparent().find(f"{W}sdtContent")
    for node in content.iter(f"{W}t"):
        node.text = chr(code) if code < 0xF000 else "☒"
    for node in content.iter(f"{W}sym"):
        node.set(f"{W}char", "F0FE")


def _check_field(box) -> None:
    """Tick a legacy form field."""
    for old in box.findall(f"{W}checked"):
        box.remove(old)
    box.append(box.makeelement(f"{W}checked", {f"{W}val": "1"}))
