"""Texts: what a proof-reader mends in the words of cases: marks, characters, terms (`language.proofreading`), as the collection wishes."""

from collections.abc import Iterator

from casepress.language import proofreading
from casepress.markup import frontmatter
from casepress.values.cases import Case, Collection
from casepress.values.problems import Problem, warning

_SAID = ("title", "subtitle", "summary")


def texts_are_proofread(collection: Collection) -> Iterator[Problem]:
    """Bodies, titles and summaries of cases, and the texts of the book, hold nothing that is certainly miswritten."""
    wishes = collection.wishes
    for case in collection.cases:
        found = proofreading.look_again(case.findings, case.body.lines, case.markdown, wishes)
        for remark in found:
            yield warning(case.path, case.body_line + remark.line - 1, remark.what, remark.cure, remark.check)
        yield from _header(case, collection)
    for text in collection.texts:
        source, first, lines = text.source, 1, text.body.lines
        if frontmatter.has_header(source):
            _, source, first, _ = frontmatter.read_header(source, text.path)
        for remark in proofreading.look_again(proofreading.look(lines, source), lines, source, wishes):
            yield warning(text.path, first + remark.line - 1, remark.what, remark.cure, remark.check)


def _header(case: Case, collection: Collection) -> Iterator[Problem]:
    """The words of its header are read as one text, a line for each; a heading has no full stop."""
    said = [(name, words) for name in _SAID if (words := case.title if name == "title" else case.text(name))]
    lines = tuple((2 * nth + 1, words) for nth, (_, words) in enumerate(said))
    source = "\n\n".join(words if name == "summary" else f"#{words}" for name, words in said)
    for remark in proofreading.look_again(proofreading.look(lines, source), lines, source, collection.wishes):
        name = said[remark.line // 2][0]
        label = collection.by_field[name].label if name in collection.by_field else name
        yield warning(case.path, case.lines.at(name), f"{label}里{remark.what}", remark.cure, remark.check)
