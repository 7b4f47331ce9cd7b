"""Measures: what a profile says of a book's pages: the paper, the lines on it, and the type of all that stands there."""

from dataclasses import dataclass, replace

MM = 72 / 25.4


@dataclass(frozen=True)
class Type:
    """How one kind of text is set: a face by its role, its size in pt, and whether it is bold."""

    face: str
    size: float
    bold: bool = False

    @property
    def weight(self) -> int:
        """A CSS weight. 小标宋 is heavy by nature: what stands in for it must be as heavy as it can."""
        return 900 if self.face == "biaosong" else 700 if self.bold else 400


@dataclass(frozen=True)
class Numbers:
    """Page numbers: `style` is `dashes` (“— 12 —”, GB/T 9704-2012, 7.5) or `plain`; `place` is `outside`, one character
    in from the outer edge, or `centre`; `size` in pt."""

    style: str
    place: str
    size: float


@dataclass(frozen=True)
class Profile:
    """The measures of a book's pages, all in pt (1/72 inch), and the types of what stands on them.

    `width` and `height` are the paper's, `top` and `inner` the margins above and at the spine, `body` the size of the
    text and `pitch` the distance of its lines; a line holds `characters` of them, a page `lines` lines. The text area
    is `measure` × `lines` × `pitch`; half the space between lines stands above its first one.

    `text` is the type of the body. `headings` are those of a case's first, second … level; deeper ones are set as the
    last. `opening` is where full cases begin, on a `right`-hand page or on `any`; `heads` whether pages have running heads.
    """

    name: str
    width: float
    height: float
    top: float
    inner: float
    body: float
    pitch: float
    characters: int
    lines: int
    text: Type
    title: Type
    digest: Type
    subtitle: Type
    headings: tuple[Type, ...]
    quotation: Type
    caption: Type
    table: Type
    note: Type
    numbers: Numbers
    opening: str
    heads: bool

    @property
    def measure(self) -> float:
        return self.characters * self.body

    @property
    def gap(self) -> int:
        """How many characters are left free between two columns: two, or three where the rest would not part evenly."""
        return 2 + self.characters % 2

    @property
    def column(self) -> "Profile":
        """The same for what stands in one of two columns: its lines are those of the page, of fewer characters."""
        return replace(self, characters=max(1, (self.characters - self.gap) // 2))

    @property
    def table_pitch(self) -> float:
        """The distance of lines in a table: half an em between them (CLREQ: 50 to 100 %), never more than in the text."""
        return min(self.pitch, self.table.size * 1.5)

    @property
    def table_air(self) -> float:
        """The air above and below the lines of a cell, in em of a table's type: rows of one line stand on the pitch of the text, or closer."""
        return max(0.12, min(0.25, ((self.pitch - self.table_pitch - 0.4) / 2) / self.table.size))

    @property
    def outer(self) -> float:
        return self.width - self.inner - self.measure

    @property
    def above(self) -> float:
        """From the paper's edge to the box of the first line, so that its characters begin at `top`."""
        return self.top - (self.pitch - self.body) / 2

    @property
    def below(self) -> float:
        return self.height - self.above - self.lines * self.pitch

    def heading(self, level: int) -> Type:
        """The type of a case's headings of a level, from 1."""
        return self.headings[min(level, len(self.headings)) - 1]

    def leading(self, size: float) -> float:
        """The distance of lines of a larger type: one pitch, or as many half pitches more as keep them apart, in pt."""
        halves = 2
        while halves * self.pitch / 2 < size * 1.2:
            halves += 1
        return halves * self.pitch / 2

    @property
    def head(self) -> float:
        """How many ems of its own type a running head has room for; it is set in type of four fifths of the body's."""
        return self.measure / (self.body * 0.8) - 0.5

    def room(self, size: float, most: int = 14) -> int:
        """How many characters of a size a line of a title holds: at most 14, fewer where the measure is narrow."""
        return max(1, min(most, int(self.measure / size)))
