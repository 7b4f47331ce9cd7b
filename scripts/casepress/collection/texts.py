"""Texts: what a book says besides its cases, from `content/book/*.md`: 前言, 附录, 后记.

Flows in: the files of that folder. Flows out: `Text` values in the order of the book, and every problem. Their pictures
stand beside them; their links lead to the web or to cases.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from posixpath import basename
from types import MappingProxyType

from casepress.collection import project
from casepress.collection.bodies import Reader
from casepress.collection.given import LONGEST_TITLE
from casepress.collection.headline import fitting, title_line
from casepress.collection.leads import astray, leads
from casepress.collection.links import BOOK as FOLDER
from casepress.collection.links import Target, Targets
from casepress.collection.project import Project
from casepress.facts import slugs
from casepress.facts.wording import nearest, says_something
from casepress.markup import frontmatter, prose
from casepress.markup.frontmatter import Node
from casepress.markup.typed_nodes import Typer
from casepress.values.cases import Text
from casepress.values.fields import natural
from casepress.values.problems import Problem, error, has_errors, warning

# The texts that every book may have once, with the titles that they have if they give none themselves.
TITLES = {"preface": "前言", "postscript": "后记"}
_APPENDIX = "appendix-"
_HEADER = {"title": "title（标题）", "signed": "signed（落款）"}
_PICTURES = (".jpg", ".jpeg", ".png", ".webp")


@dataclass(frozen=True)
class Draft:
    """A text whose links are not yet settled: without its body, which is this Markdown from line `first` of its file on."""

    text: Text
    markdown: str
    first: int

    @property
    def prefix(self) -> str:
        return f"text-{self.text.name}-"

    def target(self, reader: Reader) -> Target:
        """What links to this text mean; its headings are read when one of them is asked for."""
        headings = cache(lambda: reader.read(self.markdown, self.prefix).headings)
        return Target(self.text.path, f"text:{self.text.name}", self.text.title, headings, self.prefix)


def read_texts(place: Project) -> tuple[tuple[Draft, ...], tuple[Problem, ...]]:
    """The book's texts: preface, appendices in the natural order of their file names, postscript; and their problems."""
    found: list[Draft] = []
    problems: list[Problem] = []
    paths = [path for path in project.content_files(place) if path.startswith(FOLDER)]
    for path in paths:
        name = path.removeprefix(FOLDER)
        stem = name.removesuffix(".md")
        if name.endswith(".md") and (stem in TITLES or (stem.startswith(_APPENDIX) and "/" not in stem)):
            draft, said = _read_text(place, path, stem)
            problems += said
            found += [draft] if draft else []
        elif not name.lower().endswith(_PICTURES):
            guess = nearest(stem, TITLES) or ("appendix-1-…" if nearest(stem.split("-")[0], ["appendix"]) else "")
            cure = f"是不是 {guess}.md；" if guess else ""
            known = "preface.md（前言）、appendix-1-….md（附录）、postscript.md（后记）和它们的图片"
            problems.append(
                error(path, 0, "汇编没有这样一个部分，这个文件不会印出来", f"{cure}可用的是 {known}，请改名或移到别处", "texts_are_known")
            )
    return _in_order(found, problems), tuple(problems)


def settled_texts(place: Project, drafts: Iterable[Draft], targets: Targets, reader: Reader) -> tuple[tuple[Text, ...], tuple[Problem, ...]]:
    """The texts with their bodies, whose links lead to these targets; and their problems."""
    texts: list[Text] = []
    problems: list[Problem] = []
    for draft in drafts:
        path = draft.text.path
        read = reader.read(draft.markdown, draft.prefix)
        found = leads(place, path, read.references, draft.first, targets)
        body = reader.settled(read, draft.markdown, draft.prefix, found.targets)
        problems += [*found.problems, *astray(path, draft.first, body, draft.prefix), *prose.remarks(path, draft.first, body)]
        texts.append(replace(draft.text, body=body, pictures=MappingProxyType(found.pictures)))
    used = {file for text in texts for file in text.pictures.values()}
    for path in project.content_files(place):
        if path.startswith(FOLDER) and path.lower().endswith(_PICTURES) and path not in used:
            what, cure = "content/book 里没有哪篇文字用到这张图片，它不会印出来", "请在文字里写上它，或把它移到别处"
            problems.append(warning(path, 0, what, cure, "texts_are_known"))
    return tuple(texts), tuple(problems)


def sources(texts: Iterable[Text]) -> Mapping[str, bytes]:
    """The texts as they are written, in UTF-8, by their path below `content/`."""
    return {text.path.removeprefix("content/"): text.source.encode() for text in texts}


def _in_order(found: list[Draft], problems: list[Problem]) -> tuple[Draft, ...]:
    """The texts in the order of the book, their names unique."""
    place = {"preface": 0, "postscript": 2}
    drafts: dict[str, Draft] = {}
    for draft in sorted(found, key=lambda draft: (place.get(draft.text.name, 1), natural(basename(draft.text.path)))):
        text = draft.text
        if twin := drafts.get(text.name):
            problems.append(error(text.path, 0, f"文件名读起来和 {twin.text.path} 一样", "请换一个文件名", "texts_are_known"))
        else:
            drafts[text.name] = draft
    return tuple(drafts.values())


def _read_text(place: Project, path: str, stem: str) -> tuple[Draft | None, list[Problem]]:
    source, problems = project.read_text(place, path)
    if source is None:
        return None, [*problems]
    # Most texts need no header: their title is their first line.
    entries, markdown, body_line, said = frontmatter.read_header(source, path) if frontmatter.has_header(source) else ({}, source, 1, ())
    typer = Typer(path, "fields_are_declared", (*problems, *said))
    header = typer.known(Node(1, entries), _HEADER, "文件开头的信息", _HEADER.values())
    title, signed = typer.text(header.get("title"), "title", LONGEST_TITLE), typer.texts(header.get("signed"), "signed")
    problems = typer.problems
    if "title" not in header:
        title, rest = title_line(markdown)
        title, said = fitting(title, markdown, path, body_line)
        markdown, problems = rest, [*problems, *said]
    title = title if says_something(title) else TITLES.get(stem, "")
    if not title:
        problems.append(error(path, 1, "这篇附录没有标题", "请在第一行写上 # 标题", "texts_are_whole"))
    if not markdown.strip():
        problems.append(error(path, 1, "这个文件里没有正文", "请写上正文，或删去这个文件", "texts_are_whole"))
    name = slugs.slug(stem)
    text = Text(name, path, title, prose.Fragment(""), signed)
    return None if has_errors(problems) and not title else Draft(replace(text, source=source), markdown, body_line), problems
