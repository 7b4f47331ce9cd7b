"""Webfiles: which files of `content/` the site shows: what is linked, or named in the navigation, and of a kind that can do no harm.

Flows in: those files, and who may link to them. Flows out: the names of what is published, with a problem for all that is not and
for what is not fit to be. What programs and systems leave behind is left out without a word.
"""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import quote, unquote

from casepress.collection import project
from casepress.collection.bodies import Reader
from casepress.collection.enclosed import picture_file
from casepress.collection.links import Targets, page_address
from casepress.collection.project import Project
from casepress.collection.webpages import INDEX, body_of, way
from casepress.facts import enclosures
from casepress.facts.filesums import remembered
from casepress.facts.maker import maker
from casepress.facts.store import Store
from casepress.facts.systems import files_below
from casepress.markup import frontmatter
from casepress.markup.frontmatter import Node
from casepress.markup.typed_nodes import Wrong
from casepress.values.cases import Fragment, Reference
from casepress.values.problems import Problem, error, warning

CHECK = "pages_are_published"
PICTURES = ("jpg", "jpeg", "png", "webp")
# What Material and MkDocs know of a page's header and write as text; the rest of what they know would be HTML.
KNOWN = frozenset(("title", "description", "status", "hide", "icon", "template", "search"))
# What is published as it is: nobody here reads what it says of its writers.
_AS_IT_IS = frozenset("zip rar 7z doc xls ppt wps et dps ofd rtf epub mp3 m4a wav ogg".split())
_PLAIN = _AS_IT_IS | frozenset(("txt", "csv", "json", "ics", *enclosures.ENDINGS, *PICTURES))
_ASKED = frozenset(("robots.txt", "CNAME", "favicon.ico"))  # for these programs ask by name
_NEVER = frozenset("html htm xhtml shtml mht mhtml php jsp asp aspx exe bat cmd map".split())
_RUNS = _NEVER | frozenset("css js mjs svg svgz xml xsl swf jar".split())
_TEXTS = _NEVER | {"md", "markdown", "mdown"}  # .MD: MkDocs knows .md alone
_ONE_BY_ONE = 3  # files of a folder that are told apart
_OPEN = re.compile(r"<[a-zA-Z!?/][^<>]*(?=<|\Z)")  # a tag that is not ended
_PARAGRAPH = re.compile(r"(?:[^\n]+(?:\n|\Z))+")
_MOST_OPEN = 1_000  # of these in a page, and of [ in a paragraph
_TEMPLATE = re.compile(r"(?!404\.)[\w-]{1,60}\.html")
_MENTIONED = re.compile(r"""(?:href|src|poster)\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)


@dataclass(frozen=True)
class _Seen:
    """What is published so far, in the order in which it was come by, and what is wrong with it."""

    names: dict[str, None]
    problems: list[Problem]


def published(
    place: Project, content: Mapping[str, bytes], settings: bytes, fragments: Iterable[Fragment], may: Targets, reader: Reader
) -> tuple[frozenset[str], tuple[Problem, ...]]:
    """The names of the files of `content/` that the site shows, the home page's own prose among them, and their problems.

    `settings` is collection.yml, `fragments` are all texts but pages of `content/`: cases, texts of books, the home page's prose.
    """
    words = _configured(place)
    named = {name for name in content if _is_named(name, (*words, settings.decode("utf-8", "replace")))}
    has_nav = any(re.search(r"^nav\s*:", text, re.MULTILINE) for text in words[:1])
    begun = [name for name in content if name in named or name in _ASKED or name == INDEX or (not has_nav and name.endswith(".md"))]
    addresses = {page_address(name): name for name in content}
    for fragment in fragments:
        for piece in fragment.pieces:
            if piece.startswith("page:") and (name := addresses.get(re.split("[?#]", piece[5:], maxsplit=1)[0])):
                begun.append(name)
    seen = _Seen({}, [])
    while begun:
        name = begun.pop()
        if name in seen.names or not _is_fit(name, named):
            continue
        seen.names[name] = None
        if name.endswith(".md"):
            begun += _led(place, name, content, may, reader, seen.problems)
        else:
            seen.problems.extend(_sound(place, name))
    return frozenset(seen.names), (*seen.problems, *_left_out(content, seen.names, named))


def _configured(place: Project) -> tuple[str, ...]:
    """What names files without being a text: mkdocs.yml, without its remarks, and the collection's own templates."""
    found = []
    try:
        found.append(re.sub(r"(?m)(?:^|\s)#.*$", "", project.read(place, "mkdocs.yml").decode("utf-8", "replace")))
    except OSError:
        found.append("")
    for part in ("site", "pages"):
        for entry in files_below(place.root / "theme" / part):
            if entry.name.endswith(".html"):
                with suppress(OSError):
                    found.append(project.read(place, project.relative(place, Path(entry.path))).decode("utf-8", "replace"))
    return tuple(found)


def _is_named(name: str, words: Iterable[str]) -> bool:
    for form in dict.fromkeys((name, page_address(name), quote(name))):
        for text in words:
            if form in text and re.search(rf"(?<![\w\-/])(?:\.\./|\.?/)?(?:content/)?{re.escape(form)}(?![\w\-])", text):
                return True
    return False


def _is_fit(name: str, named: set[str]) -> bool:
    kind = enclosures.ending(name)
    return name in _ASKED or name.endswith(".md") or kind in _PLAIN or (name in named and kind not in _NEVER)


def _led(place: Project, name: str, content: Mapping[str, bytes], may: Targets, reader: Reader, problems: list[Problem]) -> Iterator[str]:
    """The files to which a page leads. What is wrong with its header and its pictures is told; the home page's are told elsewhere."""
    path, (markdown, first) = f"content/{name}", body_of(content[name])
    for reference in reader.references(markdown):
        if reference.kind == "picture" and name != INDEX:
            problems.extend(_pictured(place, path, first, reference))
        else:
            with suppress(Wrong):
                found = way(may, name, reference.target, False)
                if found and found.tree in content:
                    yield found.tree
        yield from _beside(name, reference.target, content)
    if "=" in markdown:
        for target in _MENTIONED.findall(markdown):
            yield from _beside(name, target, content)
    if name != INDEX:
        problems.extend(_header(place, path, content[name].decode()))
        problems.extend(_readable(path, markdown, first))


def _beside(name: str, target: str, content: Mapping[str, bytes]) -> Iterator[str]:
    for words in dict.fromkeys((unquote(target), unquote(re.split("[?#]", target, maxsplit=1)[0]))):
        if words and (found := normpath(join(dirname(name), words))) in content:
            yield found


def _pictured(place: Project, path: str, first: int, reference: Reference) -> Iterator[Problem]:
    line = first + reference.line - 1
    try:
        picture_file(place, path, Node(line, reference.target), unquote(reference.target))
    except Wrong as wrong:
        file = project.beside(path, unquote(reference.target))
        is_there = file is None or os.path.lexists(place.root / file)
        # What is not there cannot harm: the page is as readable without it, and a site has always been made so
        yield (error if is_there else warning)(path, line, wrong.what, wrong.cure, wrong.check)


def _readable(path: str, markdown: str, first: int) -> Iterator[Problem]:
    """MkDocs' own reader takes the square of the time for marks that nothing closes; cases have a reader that does not (markup.leaves)."""
    tags = [match.start() for match in _OPEN.finditer(markdown)]
    found = [tags[_MOST_OPEN]] if len(tags) > _MOST_OPEN else []
    if markdown.count("[") > _MOST_OPEN:
        found += [match.start() for match in _PARAGRAPH.finditer(markdown) if match[0].count("[") > _MOST_OPEN]
    if found:
        line = first + markdown.count("\n", 0, min(found))
        yield error(
            path, line, f"这里有 {_MOST_OPEN} 个以上的 [ 或没有写完的 <，网页做不出来", "请检查是不是误贴进来的数据，删去或分成几页", CHECK
        )


def _header(place: Project, path: str, source: str) -> Iterator[Problem]:
    if not frontmatter.has_header(source):
        return
    header, _, _, said = frontmatter.read_header(source, path)
    yield from said
    for key, node in header.items():
        if key == "template" and node.value != "" and not _is_template(place, node.value):
            cure = "请写 theme/site 里自己的一个模板，例如 own.html，或删去这一项"
            yield error(path, node.line, "页面的开头写的 template 没有，或不能用", cure, CHECK)
        if key not in KNOWN:
            yield warning(path, node.line, f"页面的开头写了“{key[:40]}”，它不起作用", f"可用的是 {'、'.join(sorted(KNOWN))}，别的请删去", CHECK)


def _is_template(place: Project, name: object) -> bool:
    """Whether a page may have a template: the usual one, or the collection's own."""
    return name == "main.html" or (isinstance(name, str) and bool(_TEMPLATE.fullmatch(name)) and project.is_there(place, f"theme/site/{name}"))


def _sound(place: Project, name: str) -> Iterator[Problem]:
    """What keeps a file that is linked from being published: it is not what its name says, or would run by itself."""
    path, kind = f"content/{name}", enclosures.ending(name)
    try:
        enclosures.fits(kind, project.size_of(place, path))
        if kind in PICTURES:
            picture_file(place, path, Node(0, name), name.rpartition("/")[2])
        elif kind in enclosures.ENDINGS:
            _enclosable(place, path, kind)
        elif kind in _AS_IT_IS:
            what = "这种文件照原样公开，里面的作者、地点、批注和电话不检查，也去不掉"
            yield warning(path, 0, what, "Word、Excel、PPT 请另存为 .docx、.xlsx、.pptx；别的请自己看过再放", CHECK)
    except Wrong as wrong:
        yield error(path, 0, wrong.what, wrong.cure, wrong.check)
    except enclosures.NotEnclosed as reason:
        yield error(path, 0, f"附件不能用：{reason}", reason.cure, "enclosures_are_sound")


def _enclosable(place: Project, path: str, kind: str) -> None:
    at = project.path_of(place, path)
    remembered(at, Store(place.cache), "enclosure", maker("pikepdf"), lambda: enclosures.published_name(project.read(place, path), kind))


def _left_out(content: Iterable[str], names: Mapping[str, None], named: set[str]) -> Iterator[Problem]:
    """What is not published, in one line for a folder where it is many of its files."""
    lonely: dict[str, list[str]] = {}
    for name in content:
        kind = enclosures.ending(name)
        if name in names:
            continue
        if _is_fit(name, named):
            lonely.setdefault(dirname(name), []).append(name)
        else:
            cure = "文字请写成 .md 文件" if kind in _TEXTS else "图片请另存为 JPG 或 PNG；网站自己的样式和脚本，请写进 mkdocs.yml"
            what = f"这种文件（.{kind}）打开时可能运行程序" if kind in _RUNS else f"网站上不放这种文件（.{kind}）"
            what = f"{what if kind else '看不出这是什么文件'}，不会发布"
            yield warning(f"content/{name}", 0, what, f"{cure}；不要的请移到别处", CHECK)
    for folder, found in lonely.items():
        what, cure = (
            "没有哪个页面或案例链接到它，导航里也没有，不会发布",
            "要发布的，请在一个页面里链接它，或写进 mkdocs.yml 的 nav；不要的请移到别处",
        )
        if len(found) > _ONE_BY_ONE:
            some = "、".join(name.rpartition("/")[2] for name in found[:_ONE_BY_ONE])
            yield warning(f"content/{folder}".rstrip("/"), 0, f"有 {len(found)} 个文件（{some} 等）{what}", cure, CHECK)
        else:
            yield from (warning(f"content/{name}", 0, what, cure, CHECK) for name in found)
