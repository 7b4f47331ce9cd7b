"""Sizes: what a body may hold, so that one file takes moments and not hours; far beyond what anybody writes for a compilation.

A case of 200 notes, 300 headings and a table of 3,000 cells is well within. What is beyond is most often a table of data, a log or a
whole book that was pasted in, and is told with its line.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from casepress.values.cases import Case, Collection, Fragment, Text
from casepress.values.problems import Problem, error

CHARACTERS = 100_000  # of a body
LINE = 20_000  # characters of one paragraph
WORD = 1_000  # characters without a space or a Chinese one among them
JOINED = 6  # signs that invisible joiners make one; what people write has at most four
HEADING = 200  # characters of one
HEADINGS, PARAGRAPHS, NOTES, LINKS, PICTURES = 500, 3_000, 500, 2_000, 200
CELLS = 6_000  # of the tables of a body together
CODE = 50_000  # characters of one block of code

_WORD = re.compile(f"[!-~]{{{WORD + 1}}}")
_JOINED = re.compile(f"(?:[^\\s\u200d]{{1,3}}\u200d){{{JOINED}}}")
_NOTE = re.compile(r"^ {0,3}\[\^[^\]\n]{1,200}\]:", re.MULTILINE)
_CODE = re.compile("<pre[^>]*>(.*?)</pre>", re.DOTALL)
_HEADING, _ROW = re.compile(r"^#{1,6} ", re.MULTILINE), re.compile(r"^\|.*", re.MULTILINE)
_BLOCK = re.compile(r"\n[ \t]*\n|^ *(?:[-*+]|[0-9]{1,9}[.)]) ", re.MULTILINE)
_BROKEN = re.compile(r"\n[ \t\u3000]*\n")


@dataclass(frozen=True)
class _Body:
    """A text with the file that it stands in; `first` is the line of the file where it begins."""

    path: str
    first: int
    source: str
    fragment: Fragment

    def problem(self, line: int, what: str, cure: str) -> Problem:
        return error(self.path, self.first + line - 1, what, cure, "bodies_keep_the_bounds")

    def line_of(self, at: int) -> int:
        return self.source.count("\n", 0, at) + 1


def bodies_keep_the_bounds(collection: Collection) -> Iterator[Problem]:
    """No body holds more than can be read and set in a moment."""
    for body in (*map(_of_case, collection.cases), *map(_of_text, collection.texts)):
        yield from _lines(body)
        yield from _counts(body)


def _of_case(case: Case) -> _Body:
    return _Body(case.path, case.body_line, case.markdown, case.body)


def _of_text(text: Text) -> _Body:
    return _Body(text.path, 1, text.source, text.body)


def _lines(body: _Body) -> Iterator[Problem]:
    """One long paragraph, word, heading or block of code."""
    if len(body.source) > LINE:
        begin = 0
        for end in (*(match.start() for match in _BROKEN.finditer(body.source)), len(body.source)):
            if end - begin > LINE and not body.source.startswith(("|", "```", "~~~", "<table"), _content(body.source, begin)):
                what = f"这一段有 {end - begin} 个字符，一段最多 {LINE} 个"
                yield body.problem(body.line_of(_content(body.source, begin)), what, "请分成几段，段与段之间空一行")
                break
            begin = end
    if len(body.source) > WORD and (long := _WORD.search(body.source)):
        what = f"这里有一串超过 {WORD} 个字符、中间没有空格的字母或符号，排不进一行"
        yield body.problem(body.line_of(long.start()), what, "请检查是不是误贴进来的网址、代码或数据，删去或加上空格")
    if body.source.count("\u200d") >= JOINED and (chain := _JOINED.search(body.source)):
        what = f"这里有 {JOINED} 个以上的字或表情用看不见的连接符（U+200D）连成一串，排不进一行"
        yield body.problem(body.line_of(chain.start()), what, "请删去它，或只留一个表情")
    for heading in body.fragment.headings:
        if len(heading.text) > HEADING:
            yield body.problem(heading.line, f"小标题有 {len(heading.text)} 个字，最多 {HEADING} 个", "请写短一些，细节写在下面的正文里")
            break
    for code in _CODE.finditer(body.fragment.html) if not body.fragment.unread else ():  # what is not read stands like code
        if len(code[1]) > CODE:
            yield body.problem(1, f"有一块代码超过 {CODE} 个字符", "请只留要紧的几行，其余的放在附件里")
            break


def _counts(body: _Body) -> Iterator[Problem]:
    """Too many of something."""
    html, fragment = body.fragment.html, body.fragment
    kinds, source = [each.kind for each in fragment.references], body.source if fragment.unread else ""  # which nobody could count else
    found: Iterable[tuple[str, int, int, str]] = (
        ("正文", len(body.source), CHARACTERS, "个字符"),
        ("小标题", max(len(fragment.headings), len(_HEADING.findall(source))), HEADINGS, "个"),
        ("段落和列表项", max(html.count("<p") + html.count("<li"), len(_BLOCK.findall(source))), PARAGRAPHS, "个"),
        ("表格", max(html.count("<td") + html.count("<th"), sum(row.count("|") for row in _ROW.findall(source))), CELLS, "格"),
        ("脚注", len(_NOTE.findall(body.source)) if "[^" in body.source else 0, NOTES, "条"),
        ("链接", len(kinds) - kinds.count("picture"), LINKS, "个"),
        ("图片", kinds.count("picture"), PICTURES, "张"),
    )
    for what, count, most, unit in found:
        if count > most:
            cure = "请分成几个案例，或把数据、附表放在附件里，正文只留要紧的"
            yield body.problem(1, f"{what}有 {count} {unit}，一个案例最多 {most} {unit}", cure)


def _content(source: str, begin: int) -> int:
    """Where the next line begins that says something."""
    match = re.compile(r"[\s\u3000]*").match(source, begin)
    return match.end()
