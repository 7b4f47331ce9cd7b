"""Ticks: which of a row of words is ticked, whether the boxes stand before the words or behind them."""

import re
from collections.abc import Sequence

from casepress.facts.characters import BOX_LIKE, BOXES, CHECKS, CROSSES, FILLED, UNSHAPED, WORDED

_EMPTY = BOXES + BOX_LIKE
_CROSSED = CROSSES + "xX"
_TYPED = "VvＶν"  # what some type for √, between brackets
_LONE = f"[{CHECKS}{FILLED}{_EMPTY}{CROSSES}]"
_MARK = re.compile(rf"[（(\[［【〔][ 　]*([{CHECKS}{FILLED}{_CROSSED}{_EMPTY}{_TYPED}]*)[ 　]*[）)\]］】〕]|({_LONE})")
# How a form says what is to be done, with the very marks: （请在□内打“√”）.
_ASKS = re.compile(
    r"[（(【][^（）()【】\n]{0,30}[打划画勾填选][^（）()【】\n]{0,12}[）)】]|请?在[^。；\n☑☒]{0,12}?[打划画填][“”\"‘’ ]*[√✓✔勾][“”\"‘’]*[：:，,。]?|[打划画][“\"‘]*[√✓✔勾][”\"’]*"
)
_IN_A_WORD = rf"[^\s　{CHECKS}{FILLED}{_EMPTY}{CROSSES}]"
_WORD, _IN_A_WORD = re.compile(f"{_IN_A_WORD}*"), re.compile(_IN_A_WORD)
_LETTER = re.compile(f"[{WORDED}A-Za-z]")
_REMARK = re.compile("[（(][^（）()]*[）)]")
_TICKED_BEHIND = re.compile(rf"[{WORDED}A-Za-z）)][{CHECKS}]")
_BLANK = " \t　\xa0"


class _Thing:
    """A mark or a word of a line: what kind, its text, and where it begins and ends."""

    __slots__ = ("end", "kind", "start", "text")

    def __init__(self, kind: str, text: str, start: int, end: int) -> None:
        self.kind, self.text, self.start, self.end = kind, text, start, end


def ticked(text: str, choices: Sequence[str]) -> list[str] | None:
    """The choices that are ticked in a text, in their order there, else what else is ticked; None where it has no boxes at all.

    A mark belongs to the word behind it where the first thing of the line is a mark, else to the word before it. A mark
    without any box beside it, typed at one word, belongs to the word that it touches.
    """
    text = _ASKS.sub("", re.sub(f"[\ufe0e\ufe0f{UNSHAPED}]", "", text))
    found = _ticked(text, choices)
    return _ticked(text, _others(text)) if found == [] and _is_on(text) else found


def only_marks(text: str) -> bool:
    """Whether a text is a mark and nothing else."""
    return bool(text.strip()) and not _MARK.sub("", re.sub(r"[\ufe0e\ufe0f]", "", text)).strip()


def marked(text: str) -> bool:
    """Whether a mark stands in a text."""
    return bool(_MARK.search(text))


def without_printed(text: str) -> str:
    """A text without marks, without how to set them, and without the words beside boxes that nobody ticked."""
    text = _ASKS.sub(" ", re.sub(f"[\ufe0e\ufe0f{UNSHAPED}]", "", text))
    before, out = _stand_before(text), list(text)
    for mark in _MARK.finditer(text):
        spans = [mark.span()]
        if not _is_tick(mark[1] if mark[1] is not None else mark[2], crosses=True):
            behind = _WORD.match(text, mark.end()).span()
            is_ticked = _TICKED_BEHIND.match(text, behind[1] - 1) is not None
            spans += [behind] if before is not False and not is_ticked else []
            spans += [(_begin(text, mark.start()), mark.start())] if before is not True else []
        for start, end in spans:
            out[start:end] = " " * (end - start)
    return "".join(out)


def _begin(text: str, end: int) -> int:
    """Where the word begins that ends there."""
    while end and _IN_A_WORD.match(text, end - 1):
        end -= 1
    return end


def _ticked(text: str, choices: Sequence[str]) -> list[str] | None:
    words = [(re.compile(r"[ 　]*".join(map(re.escape, re.sub(r"\s", "", word)))), word) for word in sorted(choices, key=len, reverse=True)]
    crosses = not re.search(f"[{CHECKS}{FILLED}]", text)  # a cross is a tick where nothing else is one
    found: list[str] = []
    seen, before, voted = False, None, _stand_before(text)
    for line in text.split("\n"):
        things = list(_things(line, words))
        if not any(thing.kind == "mark" for thing in things):
            continue
        seen = True
        here = _touched(things, line)
        things = _joined(things, line)
        first = _MARK.search(line)
        if first is not None and voted is not None and _LETTER.search(line, 0, first.start()):
            before = voted  # the first thing may be a word that no choice is
        elif things and (before is None or things[0].kind != things[-1].kind):
            before = things[0].kind == "mark"
        for at, thing in enumerate(things):
            near = things[at - 1] if before and at else things[at + 1] if not before and at + 1 < len(things) else None
            if thing.kind == "word" and near is not None and near.kind == "mark" and _is_tick(near.text, crosses):
                here.append((thing.start, thing.text))
        found += [word for _, word in sorted(here)]
    found = list(dict.fromkeys(found))
    return found if seen else None


def _is_tick(mark: str, crosses: bool) -> bool:
    return any(letter in CHECKS + FILLED + _TYPED or crosses and letter in _CROSSED for letter in mark)


def _is_on(text: str) -> bool:
    return bool(re.search(f"[{CHECKS}{FILLED}☒]", text))


def _others(text: str) -> list[str]:
    """What stands between marks and blanks, as words."""
    return [word for word in dict.fromkeys(re.split(r"[\s:：]+", _MARK.sub(" ", text))) if word and len(word) <= 30]


def _things(line: str, words: list[tuple[re.Pattern, str]]):
    """Marks and words of a line in their order."""
    at = 0
    while at < len(line):
        for pattern, word in words:
            if line[at] == word[:1] and (found := pattern.match(line, at)):
                yield _Thing("word", word, at, found.end())
                break
        else:
            found = _MARK.match(line, at)
            if found:
                yield _Thing("mark", found[1] if found[1] is not None else found[2], at, found.end())
        at = found.end() if found else at + 1


def _touched(things: list[_Thing], line: str) -> list[tuple[int, str]]:
    """The words that a typed √ touches or closes the line behind, each with its place, where words have boxes besides or each √ touches
    one. Those marks are taken out of the things, and those at a word that may not be chosen, or as far from a word as from a box."""
    boxes = sum(thing.kind == "mark" and (not thing.text or thing.text in _EMPTY or thing.text in FILLED) for thing in things)
    has_all = boxes >= sum(thing.kind == "word" for thing in things)
    out, gone = [], []
    for at, thing in enumerate(things):
        if thing.kind != "mark" or not thing.text or thing.text[0] not in CHECKS:
            continue
        left, right = things[at - 1] if at else None, things[at + 1] if at + 1 < len(things) else None
        found = _at(thing, left, right, line, boxes, has_all) if thing.end - thing.start == 1 else None
        if found is None and not boxes:
            return []
        if found is not None:
            gone.append(at)
            out += [(thing.start, found)] * bool(found)
    for at in reversed(gone):
        del things[at]
    return out


def _at(mark: _Thing, left: _Thing | None, right: _Thing | None, line: str, boxes: int, has_all: bool) -> str | None:
    """The word that a √ without brackets is typed at, "" for one that may not be chosen or if nobody could tell, None for no such √."""
    before, after = line[mark.start - 1 : mark.start], line[mark.end : mark.end + 1]
    gap = line[left.end : mark.start] if left is not None else " "
    at_left, at_right = not gap, right is not None and right.start == mark.end
    to_word = left is not None and left.kind == "word"
    if to_word and (at_left or _REMARK.fullmatch(gap)) and not (at_right and right.kind == "word"):
        return left.text
    if at_right and right.kind == "word" and not at_left and (has_all or not boxes if left is None else before in _BLANK):
        return right.text
    if not boxes:
        return None
    if not at_left and re.match(rf"[{WORDED}A-Za-z）)]", before) and not _LETTER.match(after):
        return ""
    if not to_word or gap.strip(_BLANK):
        return None
    behind = line[mark.end : right.start if right is not None else None]
    if behind.strip(_BLANK) or right is not None and (right.kind == "word" or at_right):
        return None
    return left.text if right is None or len(gap) < len(behind) else "" if len(gap) == len(behind) else None


def _stand_before(text: str) -> bool | None:
    """Whether marks stand before their words, by what most of them touch; None where that does not tell."""
    before = behind = 0
    for mark in _MARK.finditer(text):
        left, right = text[mark.start() - 1 : mark.start()], text[mark.end() : mark.end() + 1]
        before += bool(_LETTER.match(right)) and not _LETTER.match(left)
        behind += bool(_LETTER.match(left)) and not _LETTER.match(right)
    return None if before == behind or min(before, behind) * 2 > max(before, behind) else before > behind


def _joined(things: list[_Thing], line: str) -> list[_Thing]:
    """Things of which marks beside one another are one, but for those with a word between them that no choice is."""
    out: list[_Thing] = []
    for thing in things:
        if thing.kind == "mark" and out and out[-1].kind == "mark" and not _LETTER.search(line, out[-1].end, thing.start):
            out[-1] = _Thing("mark", out[-1].text + thing.text, thing.start, thing.end)
        else:
            out.append(thing)
    return out
