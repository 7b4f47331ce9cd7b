"""Webpages: the pages of the site that people write, `content/*.md`, as far as links are concerned.

Flows in: those files. Flows out: what links to them may mean, and what their own links mean in the docs tree, which
MkDocs reads. A heading's id is what Python-Markdown's `toc` makes of it with the slugs of our mkdocs.yml;
`site.onward` sees to it that it is there whatever a collection's own mkdocs.yml says.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from posixpath import dirname, relpath
from urllib.parse import quote

from casepress.collection.bodies import Reader
from casepress.collection.leads import GUESSES, is_ours
from casepress.collection.links import Found, Target, Targets, page_address, pages_made, targets
from casepress.collection.nowhere import CHECK, headings_there
from casepress.markup import frontmatter
from casepress.markup.anchors import place
from casepress.markup.tracing import drawn_together
from casepress.markup.typed_nodes import Wrong
from casepress.values.cases import Collection, Heading
from casepress.values.problems import Problem, warning

INDEX = "index.md"  # the home page's own prose, which `intro` reads
INTRO = "intro-"  # what the ids in it begin with
_NO_SLUG = re.compile(r"[^\w\- ]")
_NUMBERED = re.compile(r"(.+)_([0-9]+)")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_MADE = re.compile(r"(?:^|/)by/")  # pages of which MkDocs knows whether they are there
_OWN_ID = re.compile(r"[ \t]*\{:?[^{}]*\}$")  # of the extension attr_list, in the same line


def web_targets(content: Mapping[str, bytes], reader: Reader) -> Iterator[Target]:
    """The files of `content/`, by their path in it, as targets of links; their headings are read when they are asked for."""
    for name, data in content.items():
        headings = cache(lambda name=name, data=data: tuple(_headings(name, data, reader))) if name.endswith(".md") else tuple
        yield Target(f"content/{name}", f"page:{page_address(name)}", "", headings, INTRO if name == INDEX else "")


def targets_of(collection: Collection, content: Mapping[str, bytes], reader: Reader) -> Targets:
    """What links on pages of the site may mean, once the cases are read."""
    every = (*collection.cases, *collection.withheld)
    cases = (Target(case.path, f"case:{case.id}", case.title, lambda case=case: case.body.headings, f"{case.id}-") for case in every)
    texts = (Target(text.path, f"text:{text.name}", text.title) for text in collection.texts)
    gone = (Target(f"cases/{each.id}.md", f"case:{each.id}") for each in collection.privacy.taken_down)
    waiting = (case.path for case in collection.withheld)
    return targets(cases, texts, web_targets(content, reader), pages_made(collection.fields), gone=gone, waiting=waiting)


def way(may: Targets, name: str, target: str, guess: bool = True) -> Found | None:
    """Where a link on the page `name` of `content/` leads; None where that is no business of ours. Raises Wrong."""
    if target.startswith("#"):
        heading = place(may.of(f"content/{name}").headings(), "", target[1:])
        return Found(f"#{heading}") if heading else None
    if not is_ours(target) or target.startswith("//") or _SCHEME.match(target):
        return None
    return may.lead(f"content/{name}", target, guess)


def in_the_tree(may: Targets, name: str, target: str) -> str:
    """A link on a page of `content/` as MkDocs understands it, a path in the docs tree; as it was where it means nothing."""
    try:
        found = way(may, name, target)
    except Wrong:
        return target
    if found is None or found.address.startswith("#"):
        return found.address if found else target
    anchor = found.address.partition("#")[2]
    query, anchor = found.query and f"?{found.query}", anchor and f"#{anchor}"
    return f"{quote(relpath(found.tree, dirname(name) or '.'))}{query}{anchor}"


def pages_lead_somewhere(content: Mapping[str, bytes], may: Targets, reader: Reader) -> Iterator[Problem]:
    """A problem for each link on a page of `content/` to a file or heading that is not there; MkDocs reads them again."""
    for name, data in content.items():
        if not name.endswith(".md") or name == INDEX:
            continue
        path, (markdown, first) = f"content/{name}", body_of(data)
        own, said = may.of(path).headings, 0
        for each in reader.references(markdown):
            if each.kind != "link":
                continue
            line, guess = first + each.line - 1, said < GUESSES
            try:
                found = way(may, name, each.target, guess)
            except Wrong as wrong:
                if not _MADE.search(each.target):
                    said += 1
                    yield warning(path, line, wrong.what, wrong.cure, CHECK)  # our reading of a page is not MkDocs' own
                continue
            if found is None and each.target.startswith("#") and f'id="{each.target[1:]}"' not in markdown:
                cure = headings_there(own(), each.target[1:], guess)
                found = Found("", "", f"链接“{each.target}”没有着落，这里没有这个小标题", cure)
            if found and found.lost:
                said += 1
                yield warning(path, line, found.lost, found.cure, CHECK)


def slugs(words: Iterable[str]) -> Iterator[str]:
    """The ids of headings with these words, in their order (`pymdownx.slugs.slugify`, case: lower, and the numbers of `toc`)."""
    used: set[str] = set()
    for each in words:
        text = drawn_together(" ".join(unicodedata.normalize("NFC", each).split()))  # as headings of ours are
        slug = _NO_SLUG.sub("", text.lower()).replace(" ", "-")
        while slug in used or not slug:
            number = _NUMBERED.fullmatch(slug)
            slug = f"{number[1]}_{int(number[2]) + 1}" if number else f"{slug}_1"
        used.add(slug)
        yield slug


def _headings(name: str, data: bytes, reader: Reader) -> Iterator[Heading]:
    headings = reader.read(body_of(data)[0], INTRO if name == INDEX else "").headings
    if name == INDEX:
        yield from headings
        return
    words = [_OWN_ID.sub("", heading.text) for heading in headings]
    for heading, text, slug in zip(headings, words, slugs(words), strict=True):
        yield Heading(heading.level, text, slug)


def body_of(data: bytes) -> tuple[str, int]:
    """The Markdown of a page, and the line on which it begins."""
    source = data.decode()
    if not frontmatter.has_header(source):
        return source, 1
    parts, _ = frontmatter.split(source, "")
    return parts.body, parts.body_line
