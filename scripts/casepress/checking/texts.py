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
    yield from _headers(collection)
    for text in collection.texts:
        source, first, lines = text.source, 1, text.body.lines
        if frontmatter.has_header(source):
            _, source, first, _ = frontmatter.read_header(source, text.path)
        for remark in proofreading.look_again(proofreading.look(lines, source), lines, source, wishes):
            yield warning(text.path, first + remark.line - 1, remark.what, remark.cure, remark.check)


def _headers(collection: Collection) -> Iterator[Problem]:
    """The words of all headers are read as one text, which is much faster: a paragraph for each, and one between two cases."""
    said: list[tuple[Case, str, str]] = []
    for case in collection.cases:
        said += [(case, name, words) for name in _SAID if (words := case.title if name == "title" else case.text(name))]
        said.append((case, "", "。"))
    lines = tuple((2 * nth + 1, words) for nth, (_, _, words) in enumerate(said))
    source = "\n\n".join(words if name in ("summary", "") else f"#{words}" for _, name, words in said)  # a heading has no full stop
    for remark in proofreading.look_again(proofreading.look(lines, source), lines, source, collection.wishes):
        case, name, _ = said[remark.line // 2]
        if not name:  # what parts two cases, which a bureau's own word may mean
            continue
        label = collection.by_field[name].label if name in collection.by_field else name
        yield warning(case.path, case.lines.at(name), f"{label}里{remark.what}", remark.cure, remark.check)
