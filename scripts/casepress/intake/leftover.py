"""Leftover: what people wrote in a document that became neither a value nor text, so that nothing is lost in silence.

What stands in the document is held against what was kept, letter by letter. What a form prints itself is not told: labels and options,
how it is to be filled, promises, lines for seals and dates. Told by its label where it has one, else by its first words.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from casepress.facts.characters import BRACKETS, COLONS, HAN, SENTENCES
from casepress.intake import casetables, forms, grids, single, ticks
from casepress.intake.answers import Found, is_prompt
from casepress.intake.blocks import Cell, Grid, Listing, Paragraph
from casepress.intake.labels import Labels, even
from casepress.privacy.scanning import scan

_SHORT = 6  # letters of a text that may stand in a longer one by chance
_QUOTED = 24  # characters by which a text is told
_NOT_A_LETTER = re.compile(r"[\W_]")
_PARTING = re.compile(rf"[\s　{COLONS}_＿{BRACKETS}]+")
# What a form prints besides its labels: how to fill it, seals and signatures, blank dates, numbers of pages.
_HINTS = re.compile(
    r"[（(\[【][^（）()\[\]【】]{0,60}(?:字以内|字左右|不超过|全称|必填|选填|多选|单选|限选|选一|请|打勾|√|另附|盖章|公章|签[字名章])[^（）()\[\]【】]*[）)\]】]"
)
_PRINTED = re.compile(
    r"(?=.*[年月日])[年月日时\d./-]*|盖章|公章|加盖公章|(?:[^。]{0,8})?(?:签[字名章]|盖章)|续[表页]?|附件?\d*|第?[\d一二三四五六七八九十]+[页条项]|共\d*页"
    r"|作者单位|单位|撰写人|执笔人?|作者|撰稿人?|整理|文|其[他它]|.{0,40}(?:申报|推荐|登记|报名|征集|申请|报送|信息|基本情况)[表书]|.{0,40}(?:汇编|选编|案例集)"
)
_HOW = re.compile(r"^(?:填[表报写]说明|填[表报写]要求|填写须知|注意事项)")
_PROMISE = re.compile(r"承诺|声明")
_NUMBER = re.compile(r"^(?:[（(]?[一二三四五六七八九十0-9０-９]{1,3}[)）、.．]+|[*★※]+)\s*")


def letters(text: str) -> str:
    """A text without blanks and marks."""
    return _NOT_A_LETTER.sub("", text)


@dataclass
class Leftover:
    """What was not kept: the labels that stand before it, and texts without one, each with its place."""

    labels: list[str] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)

    def said(self) -> str:
        """The texts as a sentence says them, what is private starred; empty where there are none."""
        told = list(dict.fromkeys(f"{place}的“{quoted(text)}”" for place, text in self.texts))
        return "、".join(told[:20]) + (f"等 {len(told)} 处" if len(told) > 20 else "")


@dataclass(frozen=True)
class Kept:
    """What was kept: all its letters in their order, the words between blanks and marks, and the values as a whole."""

    letters: str
    words: frozenset[str]
    values: frozenset[str]

    def has(self, text: str) -> bool:
        """Whether a text was kept; a short one only as a word of its own or the end of a value (柳湾小学 of 青禾县柳湾小学), for it stands in
        longer ones by chance."""
        word = letters(text)
        if not word or word in self.words or len(word) >= _SHORT and word in self.letters:
            return True
        return len(word) > 2 and any(value.endswith(word) for value in self.values)


def kept_of(found: Iterable[Found]) -> Kept:
    """What some forms or manuscripts said."""
    found = list(found)
    values = [said for one in found for said in one.values.values()]
    return kept(values, [line for one in found for block in one.body for line in _text(block).split("\n")])


def kept(values: Iterable[Iterable[str]], lines: Iterable[str]) -> Kept:
    """What stands in values, each of some texts, and in lines of Markdown or of plain text."""
    said = [word for texts in values for word in (*texts, "".join(texts))]
    all_ = [*said, *lines]
    words = {word for line in all_ for word in (letters(line), *re.split(r"[\W_]+", line))}
    return Kept(letters("".join(all_)), frozenset(words), frozenset(map(letters, said)))


def left(blocks: Iterable, kept: Kept, known: Labels, told: Iterable[str] = ()) -> Leftover:
    """What of the blocks of a document is not among the letters that were kept; `told` are labels of which it is said already."""
    return _Looking(kept, known, frozenset(told)).all(blocks)


def _text(block) -> str:
    return "\n".join(map(_text, (inner for cell in block.cells for inner in cell.blocks))) if isinstance(block, Grid) else block.text


def quoted(text: str) -> str:
    """A text by its first words, what is private starred."""
    text = " ".join(map(_starred, text.split()))
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED]}……（{len(text)} 字）"


def _starred(word: str) -> str:
    for found in scan(word):
        word = word[: found.start] + "＊" * (found.end - found.start) + word[found.end :]
    return word


class _Looking:
    """Looks through a document for what was not kept."""

    def __init__(self, kept: Kept, known: Labels, told: frozenset[str]) -> None:
        self.kept, self.known, self.told, self.made = kept, known, told, Leftover()
        fields = known.fields.values()
        self.options = {letters(name) for field_ in fields for choice in field_.choices for name in (choice.label, *choice.aliases)}

    def all(self, blocks: Iterable) -> Leftover:
        how = promise = False
        tables = paragraphs = 0
        for block in blocks:
            if isinstance(block, Grid):
                tables += 1
                how = promise = False
                self._grid(block, f"第 {tables} 个表格")
                continue
            if not isinstance(block, (Paragraph, Listing)):
                continue
            paragraphs += 1
            text = block.text.strip()
            how = bool(_HOW.match(text)) or how and (bool(forms.ITEM.match(text)) or isinstance(block, Listing))
            promise = promise and not self.kept.has(text) or len(text) <= 20 and bool(_PROMISE.search(text))
            if not how and not (promise and forms.PROMISED.search(text)) and (rest := self._rest(text)):
                self.made.texts.append((f"第 {paragraphs} 段", rest))
        return self.made

    def _grid(self, grid: Grid, where: str) -> None:
        rows: dict[int, list[Cell]] = {}
        if casetables.is_data(grid, self.known):
            self.made.texts += [(f"{where}第 {cell.row + 1} 行", rest) for cell in grid.cells for rest in self._rests(cell)]
            return
        for cell in grid.cells:
            rows.setdefault(cell.row, []).append(cell)
        above: dict[int, Cell] = {}  # the labels of a row of nothing else, for the row below it
        for number, cells in rows.items():
            place = where if "里的" in where and where.endswith("行") else f"{where}第 {number + 1} 行"
            heads = sum(map(self._asks, cells[:2])) == 2 and not any(letters(cell.text) in self.kept.values for cell in cells)
            label = None
            over, above = above, {cell.column: cell for cell in cells} if heads else {}
            for at, cell in enumerate(cells):
                if cell.column in over and not self._asks(cell):
                    self._value(cell, over[cell.column], place)
                    continue
                is_alone = len(cells) == 1 and cell.columns >= grid.columns > 1 and number + 1 < grid.rows
                beside = at + 1 < len(cells) and label is None
                if self._asks(cell) or (heads or beside or is_alone) and self._may_label(cell):
                    label = cell
                    continue
                self._value(cell, label, place)
                label = None

    def _asks(self, cell: Cell) -> bool:
        return not cell.grids and (self._is_label(cell.text) or self.known.is_tail(cell.text))

    def _is_label(self, text: str) -> bool:
        return self.known.match(text) is not None or bool(self.known.several(text))

    def _may_label(self, cell: Cell) -> bool:
        """Whether a cell is short enough to be printed on the form, and nobody's answer."""
        return (
            not cell.grids
            and letters(cell.text) not in self.kept.values
            and len(letters(cell.text)) <= single.TITLE
            and not re.search(f"[{SENTENCES}]", cell.text)
            and not self.known.pattern.search(cell.text)
            and not single.shows(cell)
            and not _HINTS.fullmatch(cell.text.strip())
            and ticks.ticked(cell.text, ()) is None
            and letters(cell.text) not in self.options
        )

    def _value(self, cell: Cell, label: Cell | None, place: str) -> None:
        head = even(label.text) if label is not None else ""
        first = even(cell.text.split("\n")[0])[: single.TITLE]
        if any(_HOW.match(word) or _PROMISE.search(word) for word in (head, first)):
            return
        if head and grids.is_own(head) and not single.is_long(cell):
            return
        rests = self._rests(cell)
        for number, inner in enumerate(cell.grids, 1):
            if casetables.is_data(inner, self.known):
                rests += [rest for part in inner.cells for rest in self._rests(part)]
            else:
                self._grid(inner, place if "里的" in place else f"{place}里的第 {number} 个表格")
        if not rests or head in self.told:
            return
        if head and not self._is_label(head) and head not in self.options and re.search(f"[{HAN}]", head) and not single.is_long(cell):
            self.made.labels.append(head)
        else:
            self.made.texts.append((place, " ".join(rests)))

    def _rests(self, cell: Cell) -> list[str]:
        """The same of the lines of a cell, without the tables in it."""
        blocks = [block for block in cell.blocks if isinstance(block, (Paragraph, Listing))]
        return [rest for block in blocks for line in block.text.split("\n") if (rest := self._rest(line))]

    def _rest(self, text: str) -> str:
        """The words of a line that are neither kept nor printed by the form."""
        if self.kept.has(text) or is_prompt(text.strip()):
            return ""
        text = self.known.pattern.sub(" ", ticks.without_printed(_HINTS.sub(" ", _NUMBER.sub("", text.strip()))))
        parts = _PARTING.split(text)
        words = [(part.strip(), _NUMBER.sub("", part.strip())) for part in parts]
        return " ".join(part for part, word in words if not self.kept.has(word) and not self._is_printed(word))

    def _is_printed(self, word: str) -> bool:
        known = self.known
        return bool(_PRINTED.fullmatch(word) or letters(word) in self.options or self._is_label(word) or known.is_tail(word))
