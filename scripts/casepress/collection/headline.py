"""Headline: the `# ` line that a body begins with, which is its title where a header gives none."""

from casepress.collection.given import LONGEST_TITLE
from casepress.values.problems import Problem, error


def title_line(markdown: str) -> tuple[str, str]:
    """The `# ` line that a body begins with, and the body without it; an empty title where it begins otherwise."""
    lines = markdown.split("\n")
    first = next((n for n, line in enumerate(lines) if line.strip()), 0)
    line = lines[first]
    if not line.startswith(("# ", "#\t", "#\u3000")):
        return "", markdown
    title = line[1:].strip()
    closed = title.rstrip("#")  # CommonMark, 4.2: a closing sequence stands behind a space
    title = " ".join((closed if closed != title and closed[-1:].isspace() else title).split())
    lines[first] = ""
    return title, "\n".join(lines)


def fitting(title: str, markdown: str, path: str, first: int) -> tuple[str, tuple[Problem, ...]]:
    """A headline within bounds, and what is wrong where it was longer; `first` is the line of its file where the body begins."""
    if len(title) <= LONGEST_TITLE:
        return title, ()
    line = first + next(n for n, text in enumerate(markdown.split("\n")) if text.strip())
    what, cure = f"标题有 {len(title)} 个字，最多 {LONGEST_TITLE} 个", "请写短一些，细节写在正文里"
    return title[:LONGEST_TITLE], (error(path, line, what, cure, "values_fit_their_field"),)
