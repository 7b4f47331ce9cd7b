"""Leads: where the links and pictures of a text lead, and what in it leads nowhere.

Flows in: the references of a text, and what stands around it. Flows out: targets as `prose.render` wants them, the
pictures to publish, and a problem for each link, picture and mark of a note that is lost.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from casepress.collection.enclosed import linked_file, picture_file
from casepress.collection.links import TakenDown, Targets
from casepress.collection.nowhere import CHECK, figures_there, headings_there
from casepress.collection.project import Project
from casepress.facts.enclosures import FOLDER
from casepress.markup import mentions
from casepress.markup.anchors import place as heading_called
from casepress.markup.counted import asks, named, normal
from casepress.markup.frontmatter import Node
from casepress.markup.prose import Reference, web_address
from casepress.markup.typed_nodes import Wrong
from casepress.values.cases import Fragment
from casepress.values.problems import Problem, error, warning

_WEB = ("http://", "https://", "mailto:")
_MARK = re.compile(r"\[\^[^\]\s]{1,40}\]")
_IN_VAIN = re.compile(r"^\s*表.{0,100}\{#[^{}]{1,60}\}\s*$")
_NUMBERED_BY = {
    "图": '请改成有的号；图有图注才有号，写在文件名后面：![图里是什么](文件名 "图注")',
    "表": "请改成有的号；表有表题才有号，写在表格的正上方：表：各年级课时",
}
_NAMED = 6  # so many figures are named in a message
GUESSES = 50  # for so many links of a file something near is sought


@dataclass
class Leads:
    """What the references of a text lead to: `targets` as they are written, `pictures` and other `files` by their published names."""

    targets: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def leads(place: Project, path: str, references: Iterable[Reference], first: int, targets: Targets) -> Leads:
    """Where a text leads whose first line is `first` of its file at `path`."""
    found = Leads()
    for reference in references:
        target, node = reference.target, Node(first + reference.line - 1, reference.target)
        try:
            if reference.kind == "picture":
                file, name = picture_file(place, path, node, unquote(target))
                found.pictures[name], found.targets[target] = file, f"asset:{name}"
            elif is_ours(target) and (enclosed := linked_file(place, path, node, unquote(target))):
                file, name = enclosed
                found.files[name], found.targets[target] = file, f"page:{FOLDER}{name}"
            elif is_ours(target):
                lead = targets.lead(path, target, len(found.problems) < GUESSES)
                found.targets[target] = lead.address
                if lead.lost:
                    found.problems.append(warning(path, node.line, lead.lost, lead.cure, CHECK))
            elif not target.startswith("#") and not web_address(target):
                raise Wrong(node, f"链接“{target}”不能用，不是完整的网址", "请打开那个网页，从地址栏里复制网址", CHECK)
        except TakenDown as wrong:
            found.problems.append(warning(path, node.line, wrong.what, wrong.cure, wrong.check))
        except Wrong as wrong:
            found.problems.append(error(path, node.line, wrong.what, wrong.cure, wrong.check))
    return found


def is_ours(target: str) -> bool:
    """Whether a link leads to a file of the collection: not to the web, and not to a place in its own text."""
    return not target.startswith("#") and not target.lower().startswith(_WEB)


def astray(path: str, first: int, body: Fragment, prefix: str) -> Iterator[Problem]:
    """Links to headings that a text has not, and marks of notes that nobody has written; `first` is its first line in its file."""
    yield from _lost_places(path, first, body, prefix)
    yield from _lost_numbers(path, first, body)
    marks: dict[str, int] = {}
    for line, words in body.lines:
        for mark in _MARK.findall(words):
            marks.setdefault(mark, line)
    for mark, line in marks.items():
        what, cure = f"脚注 {mark} 没有注文，会照原样印出", f"请在文末另起一行写 {mark}: 注文，或删去它"
        yield warning(path, first + line - 1, what, cure, "notes_are_written")


def _lost_places(path: str, first: int, body: Fragment, prefix: str) -> Iterator[Problem]:
    lost = (each for each in body.references if each.kind == "link" and each.target.startswith("#"))
    lost = (each for each in lost if not heading_called(body.headings, prefix, each.target[1:]))
    for nth, each in enumerate(lost):
        meant = named(body.counted, each.target[1:])
        if meant is None and asks(each.text) and each.text.strip():
            what, cure = f"链接“{each.target}”没有着落，这里没有叫这个名字的图表", figures_there(body.counted, each.target[1:])
        elif meant is None:
            what, cure = f"链接“{each.target}”没有着落，这里没有这个小标题", headings_there(body.headings, each.target[1:], nth < GUESSES)
        elif not meant.label:
            what, cure = f"图“{meant.called}”没有图注，所以没有号", '请把图注写在文件名后面：![图里是什么](文件名 "图注")'
        else:
            continue
        yield warning(path, first + each.line - 1, what, cure, CHECK)


def _lost_numbers(path: str, first: int, body: Fragment) -> Iterator[Problem]:
    """Figures and tables of which a text speaks and that are not there, each at its first line; names that were given in vain."""
    known, told = mentions.labels(body.counted), set()
    for line, words in body.lines:
        if name := _IN_VAIN.search(words):
            cure = "名字写在图的圆括号后面，或者表格正上方的表题后面；别处的请删去"
            yield warning(path, first + line - 1, f"“{name[0]}”不起作用，会按原样显示", cure, "bodies_are_markdown")
        for each in mentions.of(words, known) if "图" in words or "表" in words else ():
            if each.is_sure and each.label not in known | dict.fromkeys(told):
                told.add(each.label)
                kind, there = each.label[0], [label for label in known if label[0] == each.label[0]]
                listed = f"编了号的{'图' if kind == '图' else '表'}有 {'、'.join(there[:_NAMED])}{'等' if len(there) > _NAMED else ''}"
                what = f"正文说到“{each.label}”，这里{listed if there else f'没有编了号的{kind}'}"
                yield warning(path, first + line - 1, what, _NUMBERED_BY[kind], CHECK)
    names = [normal(each.called) for each in body.counted if each.called]
    for name in dict.fromkeys(name for name in names if names.count(name) > 1):
        line = next((line for line, words in reversed(body.lines) if name in words), 1)
        yield warning(path, first + line - 1, f"有 {names.count(name)} 个图表都叫“{name}”，链接通向前一个", "请换一个名字", CHECK)
