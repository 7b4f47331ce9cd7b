"""The README's picture: bars of seconds and of memory, drawn as SVG by hand.

It stands on its own ground, light or dark as the reader's system is, so that it can be read on any page. Bars of one
group share a scale; the figures stand at their ends.
"""

from collections.abc import Iterator, Sequence
from html import escape

from benchmarks.labels import BOOK, SITE, Group, Row, words
from benchmarks.results import Figure, Run
from benchmarks.table import seconds

WIDTH, EDGE = 860, 32
NAMES, BARS, GAP = 264, 170, 64  # a column of names, then two of bars with room for their figures
ROW, BAR = 28, 12
HEAD, TITLE = 46, 64
_STYLE = """
.ground { fill: #fbfaf6; stroke: #e4dfd5 } .ink { fill: #22262a } .quiet { fill: #5a6068 }
.rule { stroke: #e4dfd5 } .ours { fill: #1f5d57 } .peer { fill: #b9b2a4 } .strong { fill: #a8321f }
text { font-family: "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif; font-size: 14px }
.title { font-family: "Songti SC", "Source Han Serif SC", "Noto Serif CJK SC", SimSun, serif; font-size: 20px; font-weight: 700 }
.group { font-size: 14px; font-weight: 700 } .small { font-size: 12px } .figure { font-variant-numeric: tabular-nums }
@media (prefers-color-scheme: dark) {
.ground { fill: #17191c; stroke: #2c3035 } .ink { fill: #e9e6df } .quiet { fill: #a9adb3 }
.rule { stroke: #2c3035 } .ours { fill: #7fc3b8 } .peer { fill: #565b61 } .strong { fill: #f08a72 }
}
"""


def plot(run: Run, language: str) -> str:
    """The picture of the largest collection of at most 1,000 cases, as the text of an SVG file."""
    cases = max((size for size in run.sizes() if 0 < size <= 1000 and run.figure("book-cold", "casepress", size)), default=0)
    parts, top = [], TITLE
    for group in (BOOK, SITE):
        if found := _measured(run, group, cases):
            parts += _group(group, found, top, language)
            top += HEAD + ROW * len(found)
    height = top + EDGE - 10
    title = words("title", language).format(f"{cases:,}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n"
        f'<rect class="ground" x=".5" y=".5" width="{WIDTH - 1}" height="{height - 1}" rx="6"/>\n'
        f"{_text(EDGE, 44, title, 'title ink')}{''.join(parts)}</svg>\n"
    )


def _group(group: Group, found: Sequence[tuple[Row, Figure]], top: float, language: str) -> Iterator[str]:
    first, second = EDGE + NAMES, EDGE + NAMES + BARS + GAP + 16
    base = top + HEAD - 14
    yield f'<line class="rule" x1="{EDGE}" x2="{WIDTH - EDGE}" y1="{base + 6}" y2="{base + 6}"/>\n'
    yield _text(EDGE, base - 4, group.name(language), "group ink")
    yield _text(first, base - 4, words("time", language), "small quiet")
    yield _text(second, base - 4, words("memory", language), "small quiet")
    longest = max(figure.wall for _, figure in found)
    most = max((figure.memory or 0 for _, figure in found), default=0) or 1
    for nth, (row, figure) in enumerate(found):
        line = top + HEAD + ROW * nth + 14
        kind = "ours" if row.ours else "peer"
        yield _text(EDGE, line, row.name(language), "ink" if row.ours else "quiet")
        yield _bar(first, line, figure.wall / longest, kind, seconds(figure.wall))
        if figure.memory is not None:
            yield _bar(second, line, figure.memory / most, kind, f"{figure.memory:,.0f}")


def _measured(run: Run, group: Group, cases: int) -> list[tuple[Row, Figure]]:
    return [(row, found) for row in group.rows if (found := run.figure(row.task, row.tool, cases))]


def _bar(left: float, line: float, share: float, kind: str, figure: str) -> str:
    width = max(2, BARS * share)
    bar = f'<rect class="{kind}" x="{left}" y="{line - BAR + 1:.1f}" width="{width:.1f}" height="{BAR}" rx="1"/>\n'
    return bar + _text(left + width + 8, line, figure, "figure ink" if kind == "ours" else "figure quiet")


def _text(left: float, line: float, said: str, kind: str) -> str:
    return f'<text class="{kind}" x="{left:.1f}" y="{line:.1f}">{escape(said)}</text>\n'
