"""Texts: what a book says besides its cases, from `content/book/*.md`: 前言, 附录, 后记.

Flows in: the files of that folder. Flows out: `Text` values in the order of the book, and every problem. Their pictures
stand beside them; their links lead to the web or to cases.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from posixpath import basename, dirname, join, normpath
from types import MappingProxyType
from urllib.parse import unquote

from casepress.collection import project
from casepress.collection.entries import nearest
from casepress.collection.leads import astray, leads
from casepress.collection.project import Project
from casepress.collection.settings import Settings
from casepress.collection.typed import Context, Wrong
from casepress.facts import slugs
from casepress.markup import decoding, frontmatter, prose
from casepress.markup.frontmatter import Node
from casepress.values.cases import Text
from casepress.values.fields import natural
from casepress.values.problems import Problem, error, has_errors, warning

FOLDER = "content/book/"
# The texts that every book may have once, with the titles that they have if they give none themselves.
TITLES = {"preface": "前言", "postscript": "后记"}
_APPENDIX = "appendix-"
_HEADER = ("title", "signed")
_PICTURES = (".jpg", ".jpeg", ".png", ".webp")


def read_texts(
    place: Project, settings: Settings, cases: Mapping[str, str], renderer: prose.Markdown
) -> tuple[tuple[Text, ...], tuple[Problem, ...]]:
    """The book's texts: preface, appendices in the natural order of their file names, postscript; and their problems.

    `cases` gives the id of each case by its path.
    """
    found: list[Text] = []
    problems: list[Problem] = []
    paths = [path for path in project.content_files(place) if path.startswith(FOLDER)]
    for path in paths:
        name = path.removeprefix(FOLDER)
        stem = name.removesuffix(".md")
        if name.endswith(".md") and (stem in TITLES or (stem.startswith(_APPENDIX) and "/" not in stem)):
            text, said = _read_text(Context(path, place, settings), stem, cases, renderer)
            problems += said
            found += [text] if text else []
        elif not name.lower().endswith(_PICTURES):
            guess = nearest(stem, TITLES) or ("appendix-1-…" if nearest(stem.split("-")[0], ["appendix"]) else "")
            cure = f"是不是 {guess}.md；" if guess else ""
            known = "preface.md（前言）、appendix-1-….md（附录）、postscript.md（后记）和它们的图片"
            problems.append(
                error(path, 0, "汇编没有这样一个部分，这个文件不会印出来", f"{cure}可用的是 {known}，请改名或移到别处", "texts_are_known")
            )
    used = {file for text in found for file in text.pictures.values()}
    for path in paths:
        if path.lower().endswith(_PICTURES) and path not in used:
            problems.append(
                warning(path, 0, "content/book 里没有哪篇文字用到这张图片，它不会印出来", "请在文字里写上它，或把它移到别处", "texts_are_known")
            )
    return _in_order(found, problems), tuple(problems)


def sources(place: Project) -> Mapping[str, bytes]:
    """The texts as they are written, in UTF-8, by their path below `content/`; what cannot be read is left out."""
    found = {}
    for path in project.content_files(place):
        if path.startswith(FOLDER) and path.endswith(".md"):
            try:
                found[path.removeprefix("content/")] = decoding.decode(project.read(place, path), path)[0].encode()
            except OSError:  # `read_texts` reports it
                continue
    return found


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


def _in_order(found: list[Text], problems: list[Problem]) -> tuple[Text, ...]:
    """The texts in the order of the book, their names unique."""
    place = {"preface": 0, "postscript": 2}
    texts: dict[str, Text] = {}
    for text in sorted(found, key=lambda text: (place.get(text.name, 1), natural(basename(text.path)))):
        if twin := texts.get(text.name):
            problems.append(error(text.path, 0, f"文件名读起来和 {twin.path} 一样", "请换一个文件名", "texts_are_known"))
        else:
            texts[text.name] = text
    return tuple(texts.values())


def _read_text(context: Context, stem: str, cases: Mapping[str, str], renderer: prose.Markdown) -> tuple[Text | None, list[Problem]]:
    path = context.path
    try:
        source, problems = decoding.decode(project.read(context.project, path), path)
    except OSError as reason:
        return None, [error(path, 0, f"文件读不出来（{reason.strerror or '没有权限'}）", "请检查文件是否被占用、有没有读取权限")]
    if not source and has_errors(problems):
        return None, [*problems]
    has_header = source.lstrip("\ufeff").startswith("---")  # most texts need none: their title is their first line
    entries, markdown, body_line, said = frontmatter.read_header(source, path) if has_header else ({}, source, 1, ())
    problems = [*problems, *said, *_known(entries, path)]
    title, markdown = title_line(markdown) if "title" not in entries else ("".join(_lines(entries["title"])), markdown)
    title = title or TITLES.get(stem, "")
    if not title:
        problems.append(error(path, 1, "这篇附录没有标题", "请在第一行写上 # 标题", "texts_are_whole"))
    if not markdown.strip():
        problems.append(error(path, 1, "这个文件里没有正文", "请写上正文，或删去这个文件", "texts_are_whole"))
    name = slugs.slug(stem)
    text = Text(name, path, title, prose.Fragment(""), tuple(_lines(entries["signed"])) if "signed" in entries else ())
    prefix = f"text-{name}-"
    found = leads(context.project, path, markdown, body_line, lambda target: _case(target, path, cases), renderer)
    body = prose.render(markdown, prefix, found.targets, renderer)
    problems += [*found.problems, *astray(path, markdown, body_line, body, prefix, renderer)]
    for line in body.unread:
        problems.append(warning(path, body_line + line - 1, "这一段的标记太多，读不出来，会照原样印出", "请少用几层标记", "texts_are_whole"))
    if has_errors(problems) and not title:
        return None, problems
    return replace(text, body=body, pictures=MappingProxyType(found.pictures)), problems


def _known(entries: Mapping[str, Node], path: str) -> Iterator[Problem]:
    for word, node in entries.items():
        if word not in _HEADER:
            guess = nearest(word, _HEADER)
            cure = f"是不是 {guess}" if guess else "可用的有：title（标题）、signed（落款）"
            yield error(path, node.line, f"文件开头的“{word}”没有用处", cure, "fields_are_declared")


def _lines(node: Node) -> Iterator[str]:
    for item in node.value if isinstance(node.value, tuple) else (node,):
        if isinstance(item.value, str) and item.value.strip():
            yield " ".join(item.value.split())


def _case(target: str, path: str, cases: Mapping[str, str]) -> str:
    """The case that a relative link leads to. Raises Wrong."""
    found = normpath(join(dirname(path), unquote(target).partition("#")[0]))
    if found not in cases:
        cure = "链接请写 http:// 或 https:// 开头的网址，或一个案例的文件，例如 ../../cases/文件名.md"
        raise Wrong(Node(0, target), f"链接“{target}”没有着落", cure, "links_lead_somewhere")
    return f"case:{cases[found]}"
