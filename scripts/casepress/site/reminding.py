"""Reminding: under `serve` every page shows, in a small bar at its foot, what is wrong with the cases as they are at the moment.

The bar is put into what the server hands out; it stands in no file, so no site that is published has it.
"""

from collections.abc import Callable, Sequence
from html import escape

from casepress.values.problems import Level, Problem, error, has_errors

_MOST = 30  # problems that are listed; of the rest the number is said
_STYLE = (
    "position:fixed;left:0;right:0;bottom:0;z-index:99;max-height:40vh;overflow:auto;margin:0;padding:.4rem .8rem;"
    "font:14px/1.6 var(--cp-hei,sans-serif);color:#222;background:{ground};border-top:2px solid {edge};box-shadow:none"
)
_COLOURS = {True: {"ground": "#fdecea", "edge": "#b3261e"}, False: {"ground": "#fff6dd", "edge": "#a66a00"}}


def of(reason: Exception, words: str) -> tuple[Problem, ...]:
    """The problems that an exception brings, or the one that it is."""
    found = tuple(getattr(reason, "problems", ()))
    return found or (error("", 0, words.rstrip("。"), "请改正后再看"),)


def show(server, problems: Callable[[], Sequence[Problem]]) -> None:
    """Let MkDocs' server put a bar with these problems into the pages that it hands out, as it puts its own script there."""
    inject = server._inject_js_into_html
    server._inject_js_into_html = lambda content, epoch: inject(with_bar(content, problems()), epoch)


def with_bar(page: bytes, problems: Sequence[Problem]) -> bytes:
    """A page with the bar at the end of its body; without problems as it is."""
    if not problems:
        return page
    at = page.rfind(b"</body>")
    at = len(page) if at < 0 else at
    return page[:at] + _bar(problems).encode() + page[at:]


def _bar(problems: Sequence[Problem]) -> str:
    errors = sum(problem.level is Level.ERROR for problem in problems)
    words = "、".join(f"{count} 个{what}" for count, what in ((errors, "错误"), (len(problems) - errors, "警告")) if count)
    stays = "。网页还是出错以前的样子，改正后会自动刷新" if errors else ""
    ordered = sorted(problems, key=lambda problem: problem.level is not Level.ERROR)
    items = "".join(f"<li>{escape(str(problem).removeprefix(': '))}</li>" for problem in ordered[:_MOST])
    more = f"<li>还有 {len(problems) - _MOST} 个，请运行 casepress check</li>" if len(problems) > _MOST else ""
    style = _STYLE.format(**_COLOURS[has_errors(problems)])
    return (
        "<style>@media print{.casepress-problems{display:none}}"
        "body:has(.casepress-problems[open]) .casepress-proofs{bottom:calc(40vh + 8px)!important}</style>"  # the link of site.proofs
        f'<details class="casepress-problems" style="{style}"{" open" if errors else ""}><summary style="cursor:pointer;all:revert">{words}{stays}</summary>'
        f'<ol style="margin:.3rem 0 0;padding:0 0 0 1.6rem">{items}{more}</ol></details>'
    )
