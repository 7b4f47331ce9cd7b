"""Enclosed: the files that a case brings along: its pictures, and what is named in its header (附件) or linked from its text.

Flows in: a path as a case writes it. Flows out: the file and its published name, or `Wrong`.
"""

import re
from collections.abc import Callable, Iterator
from functools import partial

from casepress.collection import project
from casepress.collection.given import facts, short
from casepress.collection.project import Project
from casepress.facts import enclosures, pictures
from casepress.facts.characters import IGNORABLE
from casepress.facts.filesums import remembered
from casepress.facts.maker import maker
from casepress.facts.store import Store
from casepress.markup.frontmatter import Node
from casepress.markup.typed_nodes import Wrong
from casepress.values.fields import Enclosure, Field
from casepress.values.problems import Problem, warning

CHECK = "enclosures_are_sound"
MARK = "enclosed:"  # before the path of a file that is no picture, where both are asked for
_FACTS = {"file": "文件", "title": "名称", "poster": "封面"}
_ELSEWHERE = re.compile(r"(?:https?:)?//|(?:data|file|blob|cid):", re.IGNORECASE)
_KINDS = "、".join(enclosures.ENDINGS)


def files(field: Field, node: Node, place: Project, path: str, find: Callable[[Node, str], tuple[str, str]]) -> Iterator[Enclosure | Problem]:
    """The files that one entry of a header names: a path, or a path with what it is called and the picture that stands for a film.

    `find` gives the file and published name of a picture or, with the mark, of another file.
    """
    said = {"file": node.value} if isinstance(node.value, str) else facts(field, node, _FACTS)
    if not said.get("file"):
        raise Wrong(node, f"“{field.label}”里有一个没有写是哪个文件", "请加上 file: 文件名，例如 {file: 量规.pdf, title: 评价量规}", CHECK)
    file, name = find(node, MARK + said["file"])
    title = said.get("title") or file.rpartition("/")[2].rpartition(".")[0]
    poster = find(node, said["poster"]) if said.get("poster") else ("", "")
    yield from _remarks(place, path, node, file)
    yield Enclosure(file, name, title, *poster)


def _remarks(place: Project, path: str, node: Node, file: str) -> Iterator[Problem]:
    if enclosures.ending(file) in enclosures.DOCUMENTS and (found := enclosures.remarks(project.read(place, file), enclosures.ending(file))):
        what = f"附件“{short(file.rpartition('/')[2])}”里有{'、'.join(found)}，会一起公开"
        yield warning(path, node.line, what, "不要公开的，请打开它删去再保存", CHECK)


def enclosed_file(place: Project, path: str, node: Node, target: str) -> tuple[str, str]:
    """The file that a case at `path` means, and its published name. Raises Wrong."""
    shown, kind = short(target), enclosures.ending(target)
    if re.match(r"(?:https?:)?//", target):
        raise Wrong(node, f"附件“{shown}”在别处", "网上的文件请在正文里写成链接；要收进来的，请存下来，放在案例旁边", CHECK)
    if kind not in enclosures.ENDINGS:
        cure = f"可以用 {_KINDS}；别的请另存为其中一种" + (
            "，带宏的请另存为不带宏的" if kind.endswith("m") and kind[:-1] + "x" in enclosures.OFFICE else ""
        )
        raise Wrong(node, f"附件“{shown}”不能用，不收这种文件", cure, CHECK)
    file = project.beside(path, target)
    if file is None:
        raise Wrong(node, f"附件“{shown}”在案例库的文件夹之外", "请把它放在这个文件旁边，再写它的文件名", CHECK)
    if project.is_hidden(file):
        raise Wrong(node, f"附件“{shown}”是隐藏的文件，或在隐藏的文件夹里，不会公开", "请把它复制到这个文件旁边，文件名不要用句点开头", CHECK)
    file = project.composed(place, file)
    try:
        at = project.path_of(place, file)
        name = remembered(at, Store(place.cache), "enclosure", maker("pikepdf"), partial(_named, place, file, kind))
    except OSError:
        raise Wrong(node, *lost(place, file, f"附件“{shown}”", "它"), CHECK) from None
    except enclosures.NotEnclosed as reason:
        raise Wrong(node, f"附件“{shown}”不能用：{reason}", reason.cure, CHECK) from reason
    return file, name


def _named(place: Project, file: str, kind: str) -> str:
    return enclosures.published_name(project.read(place, file, partial(enclosures.fits, kind)), kind)


def lost(place: Project, file: str | None, what: str, it: str) -> tuple[str, str]:
    """What is said of a file that is not there, and what to do: one may look as if it were it."""
    other = project.alike(place, file) if file else ""
    if not other:
        return f"找不到{what}", f"请检查文件名（大小写也要一致），并把{it}放在这个文件旁边"
    differs = _differs(file.rpartition("/")[2], other)
    return f"找不到{what}，旁边的“{short(other)}”和它只有{differs}不同", "请把两个名字改成一样的，最好都用半角、小写的"


def _differs(one: str, other: str) -> str:
    """What makes two names that look alike different."""
    if re.sub(f"[{IGNORABLE}]", "", one) == re.sub(f"[{IGNORABLE}]", "", other):
        return "看不见的字符"
    if "".join(one.split()) == "".join(other.split()):
        return "空格"
    return "大小写" if one.casefold() == other.casefold() else "全角和半角、大小写或空格"


def picture_file(place: Project, path: str, node: Node, target: str) -> tuple[str, str]:
    """The file that a case or text at `path` means by a picture's path, and its published name. Raises Wrong."""
    shown = short(target)
    if _ELSEWHERE.match(target):
        what = f"图片“{shown}”{'整个写在了正文里' if target[:5].lower() == 'data:' else '在别处，这里不引用'}"
        raise Wrong(node, what, "请把图片存成文件，放在这个文件旁边，再写它的文件名", "pictures_are_there")
    file = project.beside(path, target)
    try:
        if file is None:
            raise PermissionError(target)
        file = project.composed(place, file)
        try:
            return file, _published(place, file)
        except FileNotFoundError:
            bare = project.beside(path, re.split("[?#]", target, maxsplit=1)[0])  # t.png?raw=true, t.png#pic_center
            if bare in (None, file):
                raise
            return bare, _published(place, bare)
    except PermissionError:
        what, cure = f"图片“{shown}”在案例库的文件夹之外", "请把图片放在这个文件旁边，再写它的文件名"
    except OSError:
        what, cure = lost(place, file, f"图片“{shown}”", "图片")
    except pictures.NotAPicture as reason:
        what, cure = f"图片“{shown}”不能用：{reason}", reason.cure
    raise Wrong(node, what, cure, "pictures_are_there")


def _published(place: Project, file: str) -> str:
    """The published name of a picture, which may be large: it is read again only where it was changed."""
    path = project.path_of(place, file)
    if project.is_hidden(file):
        raise pictures.NotAPicture("它是隐藏的文件，或在隐藏的文件夹里，不会公开", "请把图片复制到这个文件旁边，文件名不要用句点开头")

    def named() -> str:
        return pictures.published_name(project.read(place, file, pictures.fits))

    return remembered(path, Store(place.cache), "picture", maker("pillow"), named)


def linked_file(place: Project, path: str, node: Node, target: str) -> tuple[str, str] | None:
    """The file that a link in the text of a case means, where it is one that can be enclosed and lies there. Raises Wrong."""
    if not path.startswith("cases/") or enclosures.ending(target) not in enclosures.ENDINGS:
        return None
    file = project.beside(path, target)
    if file is None or not (place.root / file).is_file():
        return None
    return enclosed_file(place, path, node, target)
