"""Headline: the first heading that a body begins with, which is its title where a header gives none."""

from casepress.collection.given import LONGEST_TITLE
from casepress.markup import shapes
from casepress.values.problems import Problem, error


def title_line(markdown: str) -> tuple[str, str]:
    """The first heading that a body begins with, as the reader of bodies takes it (＃ 标题 and #标题 too), and the body without it.

    An empty title where the body begins otherwise.
    """
    lines = markdown.split("\n")
    first = next((n for n, line in enumerate(lines) if line.strip()), 0)
    found = shapes.heading(shapes.without_indent(lines[first]))
    last = first
    if not found and shapes.is_title(lines[first]) and shapes.underline("".join(lines[first + 1 : first + 2])) == 1:
        found, last = (1, lines[first], True), first + 1
    if not found or found[0] != 1:
        return "", markdown
    lines[first : last + 1] = [""] * (last + 1 - first)
    return " ".join(found[1].split()), "\n".join(lines)


def fitting(title: str, markdown: str, path: str, first: int) -> tuple[str, tuple[Problem, ...]]:
    """A headline within bounds, and what is wrong where it was longer; `first` is the line of its file where the body begins."""
    if len(title) <= LONGEST_TITLE:
        return title, ()
    line = first + next(n for n, text in enumerate(markdown.split("\n")) if text.strip())
    what, cure = f"标题有 {len(title)} 个字，最多 {LONGEST_TITLE} 个", "请写短一些，细节写在正文里"
    return title[:LONGEST_TITLE], (error(path, line, what, cure, "values_fit_their_field"),)
