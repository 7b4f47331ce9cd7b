"""Scanning: personal data in a text, with its kind and its place. Check, import and what looks over what was built come here.

Most lines of a text hold nothing that a pattern could be made of: one pass finds those that do, and only they are looked into.
"""

import re
from collections.abc import Iterable, Iterator

from casepress.facts.characters import EVERYDAY
from casepress.privacy.beside import windows
from casepress.privacy.plainly import Plain, Span, plain
from casepress.privacy.tables import named_cells
from casepress.values.personal import KINDS, STOPPING, Personal

__all__ = ["KINDS", "STOPPING", "Personal", "scan"]

_FIGURE = "[0-9\uff10-\uff19\U0001d7ce-\U0001d7ff]"
# Five figures, few signs between each and the next; and what stands in an address of mail, a plate, a name in WeChat. Both begin with
# signs that a pattern is looked for by.
_NUMBERS = re.compile(rf"{_FIGURE}(?:[^0-9\uff10-\uff19{EVERYDAY}]{{0,6}}{_FIGURE}){{4}}")
_WITHIN_A_LINE = re.compile(rf"{_FIGURE}(?:[^\n0-9\uff10-\uff19{EVERYDAY}]{{0,6}}{_FIGURE}){{4}}")
_SIGNS = re.compile(
    r"[@＠&\[(（a\#微WwVvＷＶ京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
    r"(?:(?<=[@＠])|(?<=&)\#|(?<=[(\[（]) ?(?:at|AT)|(?<= a)t |(?<=\#)(?:qq|1[0-9]{2}|sina|sohu|foxmail|gmail|hotmail|outlook)\.|(?<=微)[ \u3000]?信"
    rf"|(?<=[Ww])e[Cc]hat|(?<=[WwVvＷＶ])[XxＸ]|(?<=[Vv])信|(?<=[{EVERYDAY}])[ *]{{0,2}}[A-Za-z\uff21-\uff3a\uff41-\uff5a])"
)
_LINES = re.compile(rf".*(?:(?<={_FIGURE})\n.*)*")  # a number may go on in the next line
_ROWS = re.compile(r"(?:\n[^|\n]*\|.*)*")
_LABEL = re.compile(r"[:：]\s*$")
_ADDRESS = re.compile(r"(?:https?:)?//[^\s<>\"'）)\]]+", re.IGNORECASE)
# Sums of files and ids in hexadecimal figures, of 24 and more; the marks of an integrity attribute as well.
_SUM = re.compile(r"(?<![0-9A-Za-z])(?=[0-9]*[a-f])(?=[a-f]*[0-9])[0-9a-f]{24,}(?![0-9A-Za-z])")
_SAYS = re.compile(r"(?:tel|phone|mobile|qq|uin|wechat|wx)=?[:/]*$", re.IGNORECASE)
_EVERYWHERE = frozenset({"id-number", "e-mail"})  # in addresses of the web other rows of figures are names of pages


def scan(text: str, is_built: bool = False) -> Iterator[Personal]:
    """All personal data of a text in Markdown, in the order of its places.

    What `is_built` has other lines than what people wrote, and words stand beside others by chance: a number is looked for within a line, and
    names of pupils are not.
    """
    found = [each for first, last in stretches(text, is_built) for each in _within(text, first, last)]
    if not is_built:
        for first, last in windows(text):
            from casepress.privacy import names  # its patterns take longer to make than most cases to be looked into

            made = plain(text[first:last], first)
            found += [(*made.origin(span.start, span.end), span.kind) for span in names.spans(made.text)]
    line, counted = 1, 0
    for start, end, kind in sorted(set(found)):
        line, counted = line + text.count("\n", counted, start), start
        yield Personal(kind, start, end, text[start:end], line)


def stretches(text: str, is_built: bool = False) -> list[list[int]]:
    """The lines that may hold a number: from, to; with the line above that people call it by, and of a table all that belong together."""
    figures = _WITHIN_A_LINE if is_built else _NUMBERS
    parts: list[list[int]] = []
    last = -2
    for begin, end in sorted(match.span() for pattern in (figures, _SIGNS) for match in pattern.finditer(text)):
        if end <= last:
            continue
        start, stop = text.rfind("\n", 0, begin) + 1, _LINES.match(text, end).end()
        if "|" in text[start:stop]:
            while "|" in text[(above := _above(text, start)) : start]:
                start = above
            stop = _ROWS.match(text, stop).end()
        elif not is_built and _LABEL.search(text[(above := _above(text, start)) : start]):
            start = above
        if start > last + 1:
            parts.append([start, stop])
        last = parts[-1][1] = stop
    return parts


def _above(text: str, start: int) -> int:
    """Where the line begins above the one that begins at a place; of the first line something behind it."""
    return text.rfind("\n", 0, start - 1) + 1


def _within(text: str, first: int, last: int) -> Iterator[tuple[int, int, str]]:
    """The numbers in some lines: from, to, kind. What a table names is known by that name; where two claim one stretch the first has it."""
    part = text[first:last]
    taken: list[tuple[int, int]] = []
    for begin, end, name in named_cells(part) if "|" in part else ():
        called = f"{name}:"
        for start, stop, kind in _numbers(plain(called + part[begin:end], first + begin - len(called))):
            if start >= first + begin:  # what the name itself holds is found where it stands
                taken.append((start, stop))
                yield start, stop, kind
    for start, stop, kind in _numbers(plain(part, first)):
        if not any(start < b and a < stop for a, b in taken):
            yield start, stop, kind


def _numbers(made: Plain) -> Iterator[tuple[int, int, str]]:
    from casepress.privacy import numbers  # as well

    spans: Iterable[Span] = numbers.spans(made.text)
    sums = [match.span() for match in _SUM.finditer(made.text)]
    if sums:
        spans = [span for span in spans if not any(a <= span.start < b for a, b in sums)]
    if "//" in made.text:
        addresses = [match.span() for match in _ADDRESS.finditer(made.text)]
        spans = [span for span in spans if span.kind in _EVERYWHERE or not _is_of_an_address(made.text, span, addresses)]
    return ((*made.origin(span.start, span.end), span.kind) for span in spans)


def _is_of_an_address(text: str, span: Span, addresses: list[tuple[int, int]]) -> bool:
    return any(a <= span.start and span.end <= b and not _SAYS.search(text, a, span.start) for a, b in addresses)
