"""Drawn in: a last page that holds next to nothing is drawn in, or filled a little, with the means that typesetters have.

In: the elements of a piece and the pages that they make. Out: the same elements, some of them set a little closer. Each piece is
mended by itself, and laid out again only where its last page asks for it:

- contents and lists of codes, whose last page holds four lines at most: less air between groups, then lines a little closer; or else a little
  wider, so that it holds more;
- a full case whose last page holds two lines of its text at most: paragraphs that end with a few characters are set closer by a
  fiftieth of an em, so that each is a line shorter, and the air around the code goes; where that is not enough, the last page is
  filled: the others are one line shorter, or in official documents, whose pages have a fixed number of lines, paragraphs whose last
  line is nearly full are set wider, so that each is a line longer.

What does not help is taken back. Lists of more than some hundred entries are let be: their pages are taken away in turns.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element

from casepress.book.measures import Profile
from casepress.press import figures
from casepress.press.patches.pages import Sheet, Worded, sheet, worded

_PX = 96 / 72
_FEW = 4.5  # lines on the last page of a list
_MOST_WHITE = 2  # lines that may stay empty at the foot of a page
_WIDOWED = 2.5  # lines of text on the last page of a case
_LONG_NOTE = 150  # characters
_CLOSER = 0.02  # em between characters
_STEPS = {"contents": ("drawn-1", "drawn-2", "drawn-3"), "codes": ("drawn-1",)}  # classes of theme/print/front.css
_MOST = 500  # entries of a list that is laid out again
_SHORT = "page: short"  # pages of theme/print/page.css

Render = Callable[[], Sequence]


def may_be(root: Element) -> bool:
    """Whether the last page of a piece is looked at: of a full case by itself, and of lists that are not too long."""
    return next(_lists(root), None) is not None or _is_full_case(root)


def _lists(root: Element) -> Iterator[tuple[Element, Sequence[str]]]:
    """The lists of a piece that may be drawn in, with their steps."""
    for each in root.iter():
        for name, steps in _STEPS.items():
            if figures.has(each, name) and sum(1 for _ in each.iter("a")) <= _MOST:
                yield each, steps


def _is_full_case(root: Element) -> bool:
    cases = list(root.iter("article"))
    return len(cases) == 1 and figures.has(cases[0], "full")


def draw_in(root: Element, render: Render, pages: Sequence, profile: Profile) -> None:
    """Mend the last of a piece's pages, which were laid out of it, if need be; what was laid out last is the piece as it is then."""
    running = sum(figures.has(each, "running") for each in root.iter("div"))
    laid = _Laid(render, pages, running, profile)
    sheets = laid.first
    if len(sheets) < 2:
        return
    if _high(sheets[-1], profile) <= _FEW and (found := next(_lists(root), None)):
        _step_by_step(*found, laid)
    elif _is_full_case(root):
        case = next(root.iter("article"))
        if _is_widowed(case, sheets, profile):
            _draw_case_in(case, pages[: len(sheets)], laid)


class _Laid:
    """A piece that may be laid out again; it had these pages at first, the last of them with running heads."""

    def __init__(self, render: Render, pages: Sequence, running: int, profile: Profile) -> None:
        self._render, self._running, self.profile = render, running, profile
        self.first = self._sheets(pages)
        self.length = len(self.first)
        self._white = max(_MOST_WHITE * profile.pitch * _PX, *(each.foot - each.filled for each in self.first[:-1])) if self.length > 1 else 0.0

    def again(self) -> list[Sheet]:
        return self._sheets(self._render())

    def stands_well(self, sheets: Sequence[Sheet]) -> bool:
        """Whether no page but the last is emptier than one was at first: pictures and tables may have found no room."""
        return all(each.foot - each.filled < self._white + 1 for each in sheets[:-1])

    def _sheets(self, pages: Sequence) -> list[Sheet]:
        return [sheet(page) for page in pages[: len(pages) - self._running]]


def _high(last: Sheet, profile: Profile) -> float:
    """How many lines a page holds."""
    return (last.filled - last.top) / (profile.pitch * _PX)


def _step_by_step(element: Element, steps: Sequence[str], laid: _Laid) -> None:
    before = element.get("class", "")
    for step in steps:
        element.set("class", f"{before} {step}")
        if len(laid.again()) < laid.length:
            return
    element.set("class", f"{before} filled")
    after = laid.again()
    if len(after) == laid.length and _high(after[-1], laid.profile) > _FEW:
        return
    element.set("class", before)
    laid.again()


def _is_widowed(case: Element, sheets: Sequence[Sheet], profile: Profile) -> bool:
    """Whether the last page of a case has two lines of its text at most, and no picture, table or note, which are no lines."""
    last = sheets[-1].blocks
    if any(figures.has(each, "note") and len("".join(each.itertext())) > _LONG_NOTE for each in case.iter()):
        return False  # it goes on over pages, and what moves a line may part the next mark from its note
    if sheets[-1].foot - sheets[-1].top < (profile.lines - 1.5) * profile.pitch * _PX:
        return False  # notes stand at its foot
    body = next(each for each in case.iter("div") if figures.has(each, "case-body"))
    top, bottom = last.get(body, (0.0, 0.0))
    things = (each for each in case.iter() if each in last and (each.tag in ("figure", "table", "pre") or figures.has(each, "footnote")))
    return (bottom - top) / (profile.pitch * _PX) <= _WIDOWED and next(things, None) is None


def _draw_case_in(case: Element, pages: Sequence, laid: _Laid) -> None:
    line = laid.profile.pitch * _PX
    before, last = laid.first[-2:]
    lacking = round((last.filled - last.top) / line) - int((before.foot - before.filled + 1) / line)
    found = _lines(case, pages)
    end = next((each for each in case.iter("div") if figures.has(each, "case-end")), None)
    closer = [each for each, own in found.items() if _yields(own)]
    if tried := lacking <= len(closer) + int(end is not None):
        undo = _styled({each: f"letter-spacing: -{_CLOSER}em" for each in closer})
        if end is not None:
            end.set("class", "case-end close")
        after = laid.again()
        if len(after) < laid.length and laid.stands_well(after):
            return
        undo()
        if end is not None:
            end.set("class", "case-end")
    wider = {each: f"letter-spacing: {_CLOSER}em" for each, own in found.items() if _overflows(own, laid.profile.body * _PX)}
    shorter = {case: _SHORT} if laid.profile.heads else {}
    for styles in dict.fromkeys(each for each in (tuple(shorter.items()), tuple(wider.items()), (*shorter.items(), *wider.items())) if each):
        undo, tried = _styled(dict(styles)), True
        after = laid.again()
        if len(after) == laid.length and not _is_widowed(case, after, laid.profile) and laid.stands_well(after):
            return
        undo()
    if tried:
        laid.again()


def _styled(styles: Mapping[Element, str]) -> Callable[[], None]:
    """Give elements a style beside their own; what is returned takes it back."""
    before = {each: each.get("style") for each in styles}
    for each, style in styles.items():
        each.set("style", f"{before[each]}; {style}" if before[each] else style)

    def undo() -> None:
        for each, style in before.items():
            each.attrib.pop("style") if style is None else each.set("style", style)

    return undo


def _lines(case: Element, pages: Sequence) -> dict[Element, list[Worded]]:
    """The lines of the paragraphs and items of a case's body that have more than one, all of them equally wide."""
    body = {each for part in case.iter("div") if figures.has(part, "case-body") for each in part.iter() if each.tag in ("p", "li")}
    lines: dict[Element, list[Worded]] = {}
    for page in pages:
        for each in worded(page):
            if each.element in body:
                lines.setdefault(each.element, []).append(each)
    return {each: own for each, own in lines.items() if len(own) > 1 and len({line.room for line in own}) == 1}


def _yields(own: Sequence[Worded]) -> bool:
    """Whether the last line would go into those before it if these were set closer."""
    return own[-1].length <= sum(each.room for each in own[:-1]) * _CLOSER


def _overflows(own: Sequence[Worded], size: float) -> bool:
    """Whether two characters at least would not go into the last line any more if all were set wider."""
    return own[-1].room - own[-1].length <= sum(each.room for each in own) * _CLOSER - 2 * size
