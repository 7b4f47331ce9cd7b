"""Reading: from the files of a collection to one frozen `Collection`, with every problem of every file at once.

Two passes: first the headers, which give the ids; then the bodies, whose links need them.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from types import MappingProxyType
from urllib.parse import unquote

from casepress.collection import project, selections
from casepress.collection.entries import PATH, nearest
from casepress.collection.leads import astray, leads
from casepress.collection.project import Project
from casepress.collection.settings import read_settings
from casepress.collection.texts import FOLDER, read_texts, title_line
from casepress.collection.typed import Context, Wrong, typed
from casepress.facts import slugs
from casepress.markup import decoding, frontmatter, prose
from casepress.markup.frontmatter import Node
from casepress.values.cases import Case, Collection
from casepress.values.fields import Place, Term, natural
from casepress.values.problems import Problem, error, has_errors, in_order, warning

# Below content/, what the website keeps for what is made from the cases.
_KEPT = ("cases/", "by/", "pictures/", "books/")
_SCHEME = re.compile(r"^[a-zA-Z][a-zA-Z0-9+.-]*:")


@dataclass(frozen=True)
class _Draft:
    """A case whose header is read and whose body is not yet rendered."""

    id: str
    title: str
    context: Context
    values: Mapping[str, tuple]
    lines: Mapping[str, int]
    markdown: str
    body_line: int


def read_collection(place: Project) -> tuple[Collection | None, tuple[Problem, ...]]:
    """The collection in a project's `cases/`, in reading order, and all its problems in file order.

    A case with an error in its header is left out of the collection; None where collection.yml itself is unreadable.
    """
    settings, problems = read_settings(project.read(place, PATH))
    if settings is None:
        return None, in_order(problems)
    names, found = project.case_files(place)
    problems += found
    drafts: list[_Draft] = []
    for name in names:
        draft, found = _read_header(Context(name, place, settings))
        problems += found
        if draft is not None:
            drafts.append(draft)
    problems += tuple(_ids_are_unique(drafts))
    cases_by_path = {draft.context.path: draft.id for draft in drafts}
    renderer = prose.renderer()
    pictures: dict[str, str] = {}
    cases = []
    for draft in drafts:
        path, prefix = draft.context.path, f"{draft.id}-"
        found = leads(place, path, draft.markdown, draft.body_line, _page(path, cases_by_path), renderer)
        pictures.update(found.pictures)
        for picture in draft.values.get("photos", ()):
            pictures[picture.name] = picture.file
        body = prose.render(draft.markdown, prefix, found.targets, renderer)
        problems += (*found.problems, *astray(path, draft.markdown, draft.body_line, body, prefix, renderer))
        cases.append(
            Case(
                draft.id,
                draft.context.path,
                draft.title,
                MappingProxyType(dict(draft.values)),
                body,
                MappingProxyType(dict(draft.lines)),
                draft.markdown,
                draft.body_line,
                prose.count_characters(body.text),
            )
        )
    cases = _with_clear_slugs(cases)
    texts, found = read_texts(place, settings, cases_by_path, renderer)
    problems += found
    collection = Collection(
        fields=settings.fields,
        cases=tuple(sorted(cases, key=reading_order)),
        texts=texts,
        pictures=MappingProxyType(pictures),
        book=settings.shelf.book,
        **{name: getattr(settings, name) for name in ("title", "subtitle", "publisher", "date", "language", "address", "imprint")},
    )
    books, lines, found = selections.books(collection, settings.shelf)
    collection = replace(collection, books=books, lines=MappingProxyType({**settings.lines, **lines}))
    return collection, in_order((*problems, *found))


def read_content(place: Project) -> tuple[Mapping[str, bytes], tuple[Problem, ...]]:
    """The site's files of `content/` by their path in it, Markdown in UTF-8 whatever it was in, and their problems.

    What is in `content/book` is the book's, and no page of the site.
    """
    files, problems = {}, [*project.content_links(place)]
    for path in project.content_files(place):
        if path.startswith(FOLDER):
            continue
        name = path.removeprefix("content/")
        if not name.isprintable():
            problems.append(error(path, 0, "文件名里有读不出来的字符", "请改名，只用普通的文字", "pages_have_one_source"))
            continue
        if name.startswith(_KEPT):
            problems.append(
                error(path, 0, f"content 里的 {name.split('/')[0]} 文件夹是留给自动生成的页面的", "请换一个文件夹名", "pages_have_one_source")
            )
            continue
        files[name] = project.read(place, path)
        if name.endswith(".md"):
            text, found = decoding.decode(files[name], path)
            files[name] = text.encode()
            problems += found
    return files, tuple(problems)


def reading_order(case: Case) -> tuple:
    """Cases are read batch by batch, prizes first, then by id counted naturally."""
    batch, award = case.batch, case.award
    return (batch.order if batch else (3,), award.order if award else (99,), natural(case.id))


def _read_header(context: Context) -> tuple[_Draft | None, tuple[Problem, ...]]:
    path = context.path
    try:
        data = project.read(context.project, path)
    except OSError as reason:
        return None, (error(path, 0, f"文件读不出来（{reason.strerror or '没有权限'}）", "请检查文件是否被占用、有没有读取权限"),)
    text, problems = decoding.decode(data, path)
    if not text and has_errors(problems):
        return None, problems
    entries, markdown, body_line, found = frontmatter.read_header(text, path)
    problems += found
    if has_errors(found) and not entries:
        return None, problems
    values, lines, found = _fields(entries, context)
    problems += found
    title, markdown = _title(values, markdown)
    id_, found = _id(entries.get("id"), path)
    problems += found
    required = [f for f in context.settings.fields if f.required and f.name != "title" and f.name not in lines]
    missing = [f"“{f.label}”（{f.name}）" for f in required] + ([] if title else ["“标题”（title）"])
    if missing:
        problems += (error(path, 1, f"缺少{'、'.join(missing)}", "请在文件开头的信息里补上，一行一项", "required_fields_are_there"),)
    if not title or id_ is None:
        return None, problems
    values.pop("title", None)
    return _Draft(id_, title, context, values, lines, markdown, body_line), problems


def _fields(entries: Mapping[str, Node], context: Context) -> tuple[dict[str, tuple], dict[str, int], tuple[Problem, ...]]:
    """The values of a header by field; a private field leaves only its line."""
    values: dict[str, tuple] = {}
    lines: dict[str, int] = {}
    problems: tuple[Problem, ...] = ()
    for word, node in entries.items():
        if word == "id":
            continue
        field = context.settings.field_called(word)
        if field is None:
            words = [name for f in context.settings.fields for name in f.names]
            guess = nearest(word, words)
            cure = f"是不是想写“{guess}”" if guess else "请改用已有的字段，或在 cases/collection.yml 的 fields 里加上它"
            problems += (warning(context.path, node.line, f"没有叫“{word}”的字段，它的内容不会发布", cure, "fields_are_declared"),)
            continue
        if field.name in lines:
            problems += (
                error(
                    context.path, node.line, f"“{field.label}”写了两次（第 {lines[field.name]} 行也有）", "请只留一个", "fields_are_given_once"
                ),
            )
            continue
        if node.value in ("", ()):
            continue
        lines[field.name] = node.line
        found_values, found = typed(field, node, context)
        problems += found
        if found_values and not field.private:
            values[field.name] = found_values
    return values, lines, problems


def _title(values: Mapping[str, tuple], markdown: str) -> tuple[str, str]:
    """The header's title, or the first `# ` line of the body, which is then taken out of it."""
    if values.get("title"):
        title = values["title"][0]
    else:
        title, markdown = title_line(markdown)
    return unicodedata.normalize("NFC", title), markdown


def _id(node: Node | None, path: str) -> tuple[str | None, tuple[Problem, ...]]:
    stem = PurePosixPath(path).stem
    if node is None or node.value == "":
        name = slugs.slug(stem)
        if name:
            return name, ()
        return None, (error(path, 0, f"文件名“{stem}”里没有可以用作编号的字", "请在文件开头加一行 id: 英文编号", "ids_are_ascii"),)
    if isinstance(node.value, str) and slugs.is_id(node.value):
        return node.value, ()
    shown = node.value if isinstance(node.value, str) else "（列表）"
    guess = slugs.slug(shown) or "case-1"
    return None, (error(path, node.line, f"编号（id）“{shown}”不能用于网址", f"请只用小写英文字母、数字和 -，例如 {guess}", "ids_are_ascii"),)


def _ids_are_unique(drafts: list[_Draft]) -> Iterator[Problem]:
    owners = defaultdict(list)
    for draft in drafts:
        owners[draft.id].append(draft.context.path)
    for name, paths in owners.items():
        for path in paths[1:] if len(paths) > 1 else ():
            yield error(path, 1, f"编号 {name} 已经被 {paths[0]} 用了", "请在文件开头写一个不同的 id", "ids_are_unique")


def _page(path: str, cases: Mapping[str, str]) -> Callable[[str], str]:
    """The function that gives the target of a relative link in the case at a path. It raises Wrong where that is none."""

    def page(target: str) -> str:
        found = project.beside(path, unquote(target).partition("#")[0])
        if found in cases:
            return f"case:{cases[found]}"
        if _SCHEME.match(target) or found is None:
            what, cure = f"链接“{target}”不能用", "链接请写 http:// 或 https:// 开头的网址，或另一个案例的文件名"
        else:
            what, cure = f"链接“{target}”没有着落，案例库里没有这个案例文件", "请检查文件名"
        raise Wrong(Node(0, target), what, cure, "links_lead_somewhere")

    return page


def _with_clear_slugs(cases: list[Case]) -> list[Case]:
    """Two different terms or places that are written alike in pinyin get different slugs, whatever the order of files."""
    labels: dict[tuple[str, str], set[str]] = defaultdict(set)
    for case in cases:
        for name, values in case.values.items():
            for value in values:
                if isinstance(value, Term):
                    labels[name, value.slug].add(value.label)
                elif isinstance(value, Place) and len(value.path) == 1:
                    labels[name, value.code].add(value.name)
    clashes = {key for key, found in labels.items() if len(found) > 1}
    if not clashes:
        return cases

    def clear(name: str, value):
        if isinstance(value, Term) and (name, value.slug) in clashes:
            return replace(value, slug=f"{value.slug[:50]}-{sum(value.label.encode()) % 10000:04d}")
        if isinstance(value, Place) and (name, value.code) in clashes:
            code = f"{value.code[:50]}-{sum(value.name.encode()) % 10000:04d}"
            return replace(value, code=code, codes=(code,))
        return value

    return [replace(c, values=MappingProxyType({n: tuple(clear(n, v) for v in values) for n, values in c.values.items()})) for c in cases]
