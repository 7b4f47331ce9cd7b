"""The README's table: seconds and memory by number of cases, and how time grows."""

from collections.abc import Iterator, Sequence

from benchmarks.labels import BOOK, CHECK, FIXED, LANGUAGES, SEARCH, SITE, words
from benchmarks.results import Figure, Run, growth

_ABOUT = (
    "Whole processes on {cores} cores, {day}, casepress {commit}, all in one run (`bash scripts/bench`); the machine's load was "
    "{load}. Generated full cases of 2,400 characters; wall seconds, and the peak memory of all processes together (Pss). "
    "{growth}The peers get finished text: no checks, search, tags, running heads or indexes. "
    "{versions}.",
    "完整进程的用时，{cores} 核，{day}，casepress {commit}，同一轮测得（`bash scripts/bench`），机器负载 {load}。案例是生成的，每个 2400 字；"
    "时间以秒计，内存是全部进程合计的峰值（Pss）。{growth}"
    "别的工具直接拿到排好的文字，不做检查、检索、标签、页眉和索引。{versions}。",
)
_GROWTH = (
    "Growth is the exponent of time from {few} to {many} cases. ",
    "“增长”是从 {few} 个到 {many} 个案例，用时按案例数的几次方增加。",
)
_SEARCH = (
    "Of {cases} cases, {tool} finds {recall} of what is there ({precision} of what it shows is right), at {size} KB a query.",
    "{cases} 个案例里，{tool} 找得到该找到的 {recall}，找到的当中 {precision} 是对的，一次检索传 {size} KB。",
)
_NAMES = {
    "weasyprint": "WeasyPrint",
    "typst": "Typst",
    "mkdocs": "MkDocs",
    "mkdocs-material": "Material",
    "hugo": "Hugo",
    "pagefind": "Pagefind",
}


def table(run: Run, language: str) -> str:
    """The table and what it rests on, in Markdown."""
    nth = LANGUAGES.index(language)
    sizes = [cases for cases in run.sizes("book-cold") or run.sizes() if cases]
    head = ["", *(words("cases", language).format(f"{cases:,}") for cases in sizes), *([words("growth", language)] if len(sizes) > 1 else [])]
    lines = [_line(head), _line(["---"] + ["---:"] * (len(head) - 1))]
    for group in (BOOK, SITE, CHECK, SEARCH):
        lines.append(_line([f"**{group.name(language)}**", *[""] * (len(head) - 1)]))
        for row in group.rows:
            exponent = growth(run, row.task, row.tool)
            cells = [_cell(run.figure(row.task, row.tool, cases), language) for cases in sizes]
            cells += ["" if exponent is None else f"{exponent:.2f}"] * (len(sizes) > 1)
            lines.append(_line([row.name(language), *cells]))
    lines.append(_line([f"**{FIXED.name(language)}**", *[""] * (len(head) - 1)]))
    for row in FIXED.rows:
        found = [f for f in run.figures if (f.task, f.tool) == (row.task, row.tool)]
        lines.append(_line([row.name(language), _cell(found[0] if found else None, language), *[""] * (len(head) - 2)]))
    return "\n".join(lines) + "\n\n" + "\n".join((_about(run, sizes, nth), *_search(run, nth))) + "\n"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(figure: Figure | None, language: str) -> str:
    if figure is None:
        return words("unmeasured", language)
    said = words("seconds", language).format(seconds(figure.wall))
    if figure.memory is not None:
        said += f"{words('and', language)}{figure.memory:,.0f} MB"
    if figure.task == "book-cold" and figure.pages is not None and figure.size is not None:
        said += "<br>" + words("file", language).format(pages=f"{figure.pages:,}", size=f"{figure.size:.1f}")
    return said


def seconds(wall: float) -> str:
    """A time in the digits that mean something."""
    return f"{wall:.2f}" if wall < 1 else f"{wall:.1f}" if wall < 100 else f"{wall:,.0f}"


def _about(run: Run, sizes: Sequence[int], nth: int) -> str:
    loads = [figure.load for figure in run.figures if figure.load is not None]
    load = f"{min(loads):.1f}–{max(loads):.1f}" if loads else "?"
    versions = ", ".join(f"{name} {run.versions[key]}" for key, name in _NAMES.items() if key in run.versions)
    few, many = (100, 1000) if {100, 1000} <= set(sizes) else (min(sizes, default=0), max(sizes, default=0))
    growth = _GROWTH[nth].format(few=f"{few:,}", many=f"{many:,}") if len(sizes) > 1 else ""
    facts = {"cores": run.machine["cores"], "day": run.made, "commit": run.commit, "load": load, "versions": versions}
    return _ABOUT[nth].format(growth=growth, **facts)


def _search(run: Run, nth: int) -> Iterator[str]:
    """How each engine answers over HTTP, of the largest collection that was asked."""
    most = max((each.cases for each in run.search), default=0)
    for each in run.search:
        if each.cases == most and each.bytes:
            shares = {"recall": f"{each.recall:.1%}", "precision": f"{each.precision:.1%}"}
            yield _SEARCH[nth].format(cases=f"{most:,}", tool=_NAMES.get(each.tool, each.tool), size=round(each.bytes[0] / 1000), **shares)
