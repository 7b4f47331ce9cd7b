"""Texts: what a book says besides its cases, from `content/book/*.md`: 序, 前言, 凡例, 附录, 后记, 篇首语.

Flows in: the files of that folder. Flows out: `Text` values in the order of the book, and every problem. Where a text stands is
known by its file's name, or said by the settings of a book. Their pictures stand beside them; their links lead to the web or to
cases.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from posixpath import basename
from types import MappingProxyType

from casepress.collection import project
from casepress.collection.bodies import Reader
from casepress.collection.book_settings import Shelf
from casepress.collection.given import LONGEST_TITLE
from casepress.collection.headline import fitting, title_line
from casepress.collection.leads import astray, leads
from casepress.collection.links import BOOK as FOLDER
from casepress.collection.links import Target, Targets
from casepress.collection.project import SETTINGS, Project
from casepress.facts import slugs, wording
from casepress.facts.wording import nearest, says_something
from casepress.markup import frontmatter, prose
from casepress.markup.frontmatter import Node
from casepress.markup.typed_nodes import Typer
from casepress.values.books import CASES
from casepress.values.cases import Case, Text
from casepress.values.fields import NUMBER, Place, Term, natural, number
from casepress.values.problems import Problem, error, has_errors, warning

# The texts that every book may have once, with the titles that they have if they give none themselves.
TITLES = {"preface": "前言", "postscript": "后记"}
# Where texts stand, by what their files' names begin with, in the order in which books have them.
_NAMES = {
    "front": ("preface", "题词", "致辞", "寄语", "卷首语", "总序", "序", "代序", "前言", "引言", "导言", "导读", "出版说明", "编写说明", "编辑说明", "编者的话", "说明", "凡例"),
    "appendix": ("appendix", "附录"),
    "back": ("致谢", "postscript", "编后记", "编后语", "后记", "跋"),
    "part": ("part", "篇首语", "篇首"),
}  # fmt: skip
_COUNTED = re.compile(r"\d+\s*[-_、.．]?\s*")  # 1-序一.md
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


def read_texts(place: Project, wanted: Collection[str] = ()) -> tuple[tuple[Draft, ...], tuple[Problem, ...]]:
    """The book's texts in the order of their kinds, then of the numbers in their names; and their problems.

    `wanted` are names that the settings of books ask for, as `wording.plain` has them: what is called so is a text whatever it is called.
    """
    found: list[Draft] = []
    problems: list[Problem] = []
    paths = [path for path in project.content_files(place) if path.startswith(FOLDER)]
    for path in paths:
        name = path.removeprefix(FOLDER)
        stem = name.removesuffix(".md")
        where = place_of(stem)
        if name.endswith(".md") and "/" not in stem and (where or wording.plain(stem) in wanted):
            draft, said = _read_text(place, path, stem, where)
            problems += said
            found += [draft] if draft else []
        elif not name.lower().endswith(_PICTURES):
            guess = nearest(stem, TITLES) or ("appendix-1-…" if nearest(stem.split("-")[0], ["appendix"]) else "")
            cure = f"是不是 {guess}.md；" if guess else ""
            known = "preface.md（前言）、序一.md、凡例.md、appendix-1-….md（附录）、postscript.md（后记）、篇首语-某一篇.md 和它们的图片"
            also = "；别的名字，写进 collection.yml 里 book 的 texts" if name.endswith(".md") and "/" not in stem else ""
            problems.append(
                error(path, 0, "汇编没有这样一个部分，这个文件不会印出来", f"{cure}可用的是 {known}，请改名或移到别处{also}", "texts_are_known")
            )
    return _in_order(found, problems), tuple(problems)


def place_of(stem: str) -> str:
    """Where a text of this name stands: `front`, `appendix`, `back` or `part`; empty where the name does not say it."""
    return next((where for where, names in _NAMES.items() if any(_is_called(stem, name) for name in names)), "")


def _is_called(stem: str, name: str) -> bool:
    bare = _COUNTED.sub("", stem, count=1) if _COUNTED.match(stem) else stem
    return bare == name or (bare.startswith(name) and (not name.isascii() or bare[len(name)] == "-") and name not in TITLES)


def wanted_texts(shelf: Shelf) -> dict[str, int]:
    """The names that the settings of books ask for, as `wording.plain` has them, with the line of the book that does; 0 for the whole one."""
    books = ((shelf.book, 0), *((wish.settings, wish.said.get("texts", 0)) for wish in shelf.wishes))
    return {wording.plain(word): line for book, line in reversed(books) for word in book.texts if word != CASES}


def missing_texts(wanted: Mapping[str, int], drafts: Iterable[Draft], line: int) -> Iterator[Problem]:
    """An error for each name that no text has; `line` is that of the whole book's `texts`."""
    known = {wording.plain(word): draft.text.path for draft in drafts for word in names_of(draft.text)}
    for word, at in wanted.items():
        if word not in known:
            guess = nearest(word, known)
            cure = f"是不是 {guess}" if guess else "请把它写成 content/book 里的一个 .md 文件，或从 texts 里删去"
            yield error(SETTINGS, at or line, f"texts 里写了“{word}”，content/book 里没有这篇文字", cure, "texts_are_known")


def names_of(text: Text) -> tuple[str, ...]:
    """What a text may be called in the settings of a book: its file's name, with or without its number, and its title."""
    stem = basename(text.path).removesuffix(".md")
    return tuple(dict.fromkeys(filter(None, (stem, _COUNTED.sub("", stem, count=1), text.title, TITLES.get(stem, "")))))


def texts_of(texts: Iterable[Text], wanted: Sequence[str]) -> tuple[Text, ...]:
    """The texts of a book that asks for these, in their order, those of its parts behind them; where none is asked for, all that
    say by their names where they stand."""
    texts = tuple(texts)
    if not wanted:
        return tuple(text for text in texts if place_of(basename(text.path).removesuffix(".md")))
    known = {wording.plain(word): text for text in reversed(texts) for word in reversed(names_of(text))}
    found: dict[str, Text] = {}
    at = wanted.index(CASES) if CASES in wanted else len(wanted)
    for index, word in enumerate(wanted):
        text = known.get(wording.plain(word)) if word != CASES else None
        if text is not None and text.place != "part":
            where = text.place if CASES not in wanted else "front" if index < at else "back" if text.place == "front" else text.place
            found.setdefault(text.name, replace(text, place=where))
    return (*found.values(), *(text for text in texts if text.place == "part"))


def introduces(text: Text, title: str, slug: str) -> bool:
    """Whether a text stands behind the divider of the part with this title."""
    return text.place == "part" and wording.plain(_part_of(text)) in (wording.plain(title), slug)


def lost_introductions(texts: Iterable[Text], cases: Iterable[Case]) -> Iterator[Problem]:
    """A warning for each 篇首语 of a part that no case could stand in."""
    values = {value for case in cases for each in case.values.values() for value in each if isinstance(value, Term | Place)}
    parts = {word for value in values for word in (wording.plain(value.label.rpartition(" › ")[2]), getattr(value, "slug", ""))}
    for text in texts:
        if text.place == "part" and wording.plain(part := _part_of(text)) not in parts:
            cure = "请把文件名里“篇首语-”后面的字，改成和那一篇的名称一样"
            yield warning(text.path, 0, f"没有哪一篇叫“{part}”，这篇篇首语不会印出来", cure, "texts_are_known")


def _part_of(text: Text) -> str:
    stem = _COUNTED.sub("", basename(text.path).removesuffix(".md"), count=1)
    return next((stem.removeprefix(name) for name in _NAMES["part"] if stem.startswith(name)), "").lstrip("-_ ：")


def settled_texts(place: Project, drafts: Iterable[Draft], targets: Targets, reader: Reader) -> tuple[tuple[Text, ...], tuple[Problem, ...]]:
    """The texts with their bodies, whose links lead to these targets; and their problems."""
    texts: list[Text] = []
    problems: list[Problem] = []
    for draft in drafts:
        path = draft.text.path
        read = reader.read(draft.markdown, draft.prefix)
        found = leads(place, path, read.references, draft.first, targets)
        body = reader.settled(read, draft.markdown, draft.prefix, found.targets, ())
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
    drafts: dict[str, Draft] = {}
    for draft in sorted(found, key=lambda draft: _order(basename(draft.text.path).removesuffix(".md"), draft.text.place)):
        text = draft.text
        if twin := drafts.get(text.name):
            problems.append(error(text.path, 0, f"文件名读起来和 {twin.text.path} 一样", "请换一个文件名", "texts_are_known"))
        else:
            drafts[text.name] = draft
    return tuple(drafts.values())


def _order(stem: str, where: str) -> tuple:
    """Texts whose names begin with a number come in its order, the others by their kind, then as their numerals count: 序二 before 序三."""
    places = (*_NAMES, "")
    names = [name for name in _NAMES.get(where, ()) if _is_called(stem, name)]
    kind = _NAMES[where].index(max(names, key=len)) if names else 0
    counted = NUMBER.sub(lambda match: str(number(match[0])), stem)
    return places.index(where), natural(stem) if _COUNTED.match(stem) else (), kind, natural(counted)


def _read_text(place: Project, path: str, stem: str, where: str) -> tuple[Draft | None, list[Problem]]:
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
    if not title and where in ("front", "back") and not stem.isascii():
        title = _COUNTED.sub("", stem, count=1)
    if not title:
        problems.append(error(path, 1, f"这篇{'附录' if where == 'appendix' else '文字'}没有标题", "请在第一行写上 # 标题", "texts_are_whole"))
    if not markdown.strip():
        problems.append(error(path, 1, "这个文件里没有正文", "请写上正文，或删去这个文件", "texts_are_whole"))
    name = slugs.slug(stem)
    text = Text(name, path, title, prose.Fragment(""), signed, place=where or "front")
    return None if has_errors(problems) and not title else Draft(replace(text, source=source), markdown, body_line), problems
