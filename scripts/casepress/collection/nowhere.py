"""Nowhere: what to say of a link that leads nowhere: what is wrong with it, and what could be meant.

Flows in: a link, and the files that there are. Flows out: `Wrong`, or a cure.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from posixpath import dirname, join, normpath, relpath
from urllib.parse import quote, unquote

from casepress.facts.wording import nearest
from casepress.markup.frontmatter import Node
from casepress.markup.typed_nodes import Wrong
from casepress.values.cases import Counted, Heading

CHECK = "links_lead_somewhere"
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_HOST = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,8}(?:com|cn|org|net|gov|edu|info)(?:[:/?#].*)?", re.IGNORECASE)
_WEB = re.compile(r"(https?)\s?[:：;；]?\s?[/／\\]{0,3}\s?((?:[a-z0-9-]{1,63}[.。．]){1,8}[a-z]{2,20}(?:[:/?#].*)?)", re.IGNORECASE)
_MAIL = re.compile(r"[^\s@/\\:]{1,64}@[^\s@/\\:]{1,255}")
_ATTACHED = re.compile(r"\.(?:docx?|xlsx?|pptx?|wps|et|dps|pdf|zip|rar|7z|mp[34]|csv|txt)", re.IGNORECASE)
_PICTURE = re.compile(r"\.(?:jpe?g|png|webp|gif|heic|bmp|tiff?)", re.IGNORECASE)
_GUESSED = 200  # of so many names and headings the nearest is looked for
_NAMED = 6  # so many headings are named in a message


def nowhere(path: str, target: str, files: Iterable[str], broken: Collection[str], guess: bool) -> Wrong:
    """What is wrong with a link in the file at `path`, where `files` are those that could be meant; `broken` are not read."""
    written = unquote(target.partition("#")[0]).strip().replace("\\", "/")
    what, near = f"链接“{target}”没有着落", ""
    if _HOST.fullmatch(written):
        return said(target, f"链接“{target}”少了开头", f"如果是网址，请写成 https://{written}")
    if web := _WEB.fullmatch(written):
        return said(target, f"链接“{target}”不是网址", f"请写成 {web[1].lower()}://{web[2].replace('。', '.').replace('．', '.')}")
    if _MAIL.fullmatch(written):
        return said(target, f"链接“{target}”少了开头", f"如果是邮箱，请写成 mailto:{written}")
    real = normpath(join(dirname(path), written))
    if written.startswith("/") or _SCHEME.match(written) or real.startswith("../"):
        return said(target, f"链接“{target}”不能用", f"链接请写 http:// 或 https:// 开头的网址，或{_usual(path)}")
    if real in broken:
        return said(target, f"{what}，{real} 的开头还有错，没有收进来", "请先改好那个案例")
    if guess and len(written) <= 100:
        near = _near(path, written, files)
    ending = written[max(written.rfind("."), 0) :]
    if not (ending and ending in near) and path.startswith("cases/") and (cure := _elsewhere(path, written)):
        return said(target, f"链接“{target}”不能用，链接通向网址、案例和 content 里的文件", cure)
    if written.lower().endswith(".md"):
        what += "，没有这个文件"
    cure = f"是不是 {near}" if near else "请检查文件名"
    return said(target, what, f"{cure}；链接可以写网址，或{_usual(path)}")


def _elsewhere(path: str, written: str) -> str:
    """Where what is no text belongs, which people put beside a case and link; empty for all else."""
    name = written.rpartition("/")[2]
    ending = name[max(name.rfind("."), 0) :]
    if _PICTURE.fullmatch(ending):
        return f"图片请写成 ![图里是什么]({written})"
    return (
        f"附件请放在这个案例旁边（pdf、docx、xlsx、pptx、mp4）；别的附件请放进 content 文件夹，写成 {link(path, f'content/{name}')}"
        if _ATTACHED.fullmatch(ending)
        else ""
    )


def _near(path: str, written: str, files: Iterable[str]) -> str:
    """The nearest file, as the link would have to name it."""
    stems: dict[str, str] = {}
    for each in files:
        stems.setdefault(_stem(each), each)
    word = _stem(written)
    few = list(stems) if len(stems) <= _GUESSED else sorted(stems, key=lambda stem: -len(set(stem) & set(word)))[:_GUESSED]
    found = nearest(f"{word}.md", (f"{stem}.md" for stem in few))  # the ending counts: most file names are short
    return link(path, stems[found.removesuffix(".md")]) if found else ""


def _usual(path: str) -> str:
    """How a case is named from this file."""
    return f"一个案例的文件，例如 {link(path, 'cases/文件名.md')}"


def link(path: str, file: str) -> str:
    """A file as a link in the file at `path` names it."""
    found = relpath(file, dirname(path))
    return found if not set(found) & set(" ()<>") else quote(found, safe="/") if "<" in found or ">" in found else f"<{found}>"


def headings_there(headings: Sequence[Heading], called: str, guess: bool = True, file: str = "") -> str:
    """The cure for a link to a heading that `file`, or the text itself, has not."""
    words = list(dict.fromkeys(heading.text for heading in headings[:_GUESSED] if heading.text))
    called = " ".join(unquote(called).split())
    near = nearest(called, words) if guess and len(called) <= 100 else ""
    listed = "、".join(word if len(word) <= 30 else f"{word[:29]}…" for word in words[:_NAMED]) + ("等" if len(words) > _NAMED else "")
    there = "那里" if file else "这里"
    there += f"的小标题有 {listed}" if words else "没有小标题"
    if near:
        return f"是不是 {file}#{near}；{there}"
    return f"请写成 {file}#小标题的文字，和那个小标题一字不差，或删去链接；{there}"


def figures_there(counted: Sequence[Counted], called: str) -> str:
    """The cure for a link to a figure or table that the text has not."""
    names = list(dict.fromkeys(each.called or each.words or each.label for each in counted[:_GUESSED]))
    near = nearest(called, names) if len(called) <= 100 else ""
    listed = "、".join(word if len(word) <= 30 else f"{word[:29]}…" for word in names[:_NAMED]) + ("等" if len(names) > _NAMED else "")
    there = f"这里的图表有 {listed}" if names else "这里没有编了号的图表"
    named = '名字写在图的后面 ![图里是什么](文件名 "图注"){#名字}，也可以用图注、表题的原话'
    return f"是不是 #{near}；{there}" if near else f"{named}；{there}"


def said(target: str, what: str, cure: str) -> Wrong:
    """A problem of a link, as one of its header's values would be told."""
    return Wrong(Node(0, target), what, cure, CHECK)


def _stem(path: str) -> str:
    name = path.rpartition("/")[2]
    return name.rpartition(".")[0] or name
