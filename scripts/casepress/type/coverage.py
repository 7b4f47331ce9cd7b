"""Coverage: the characters that a collection says, where they stand, and which face shows them.

A character that no face has would be an empty box in print: it is an error, with its file, line and column. Whatever is
no glyph (spaces, controls, joiners, variation selectors) is left alone.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from casepress.collection.project import SETTINGS
from casepress.facts.characters import HAN, IGNORABLE, SKIN_TONES
from casepress.type import glyphs
from casepress.type.chains import SYMBOLS
from casepress.type.faces import Face, Faces
from casepress.values.cases import Case, Collection, Fragment, letters
from casepress.values.fields import Picture
from casepress.values.problems import Problem, error

_HANZI = re.compile(f"[{HAN}]")
_TOLD = 200  # characters of a file that are told one by one
_SHOWN = 12  # characters of a sentence
_UNSEEN = re.compile(f"[{IGNORABLE}{SKIN_TONES}]")  # of whatever category; skin tones: see `press.unseen`


class Line(NamedTuple):
    """A line of text that the book may show: its file, its number there (0 for none), and the words."""

    path: str
    number: int
    text: str


@dataclass(frozen=True)
class Loan:
    """Characters that a role's own face lacks: from which role's face they come, and how often each one stands where first."""

    role: str
    lender: str
    face: Face
    characters: Mapping[str, tuple[int, Line]]


def is_shown(character: str) -> bool:
    """Whether a character needs a glyph."""
    return unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Zs", "Zl", "Zp") and not _UNSEEN.match(character)


def written(collection: Collection, content: Mapping[str, bytes]) -> tuple[Line, ...]:
    """What a collection's books may show: its names, the fields and bodies of its cases, and the prose of `content/book`."""
    lines = [Line(SETTINGS, number, word) for number, word in _named(collection) if word]
    for case in collection.cases:
        lines += [Line(case.path, case.lines.at(name), text) for name, text in _header(case)]
        lines += [Line(case.path, number, text) for number, text in enumerate(case.markdown.split("\n"), case.body_line)]
        lines += _hidden(case.path, case.body_line, case.body, case.markdown)
    return (*lines, *_prose(collection, content))


def characters(collection: Collection, content: Mapping[str, bytes]) -> frozenset[str]:
    """Every character of these lines (`written`) that needs a glyph, without a look at each line."""
    texts = {word for _, word in _named(collection)}
    for case in collection.cases:
        texts.update(text for _, text in _header(case))
        texts.add(case.letters or letters(case.markdown, case.body.text))
    texts.update(line.text for line in _prose(collection, content))
    return frozenset(filter(is_shown, set().union(*texts)))


def _header(case: Case) -> Iterator[tuple[str, str]]:
    """What the header of a case says, with the name of each field."""
    yield "title", case.title
    for name, values in case.values.items():
        for value in values:
            yield name, " ".join((value.alt, value.caption, value.credit)) if isinstance(value, Picture) else str(value)


def _prose(collection: Collection, content: Mapping[str, bytes]) -> Iterator[Line]:
    bodies = {text.path: text.body for text in collection.texts}
    for name, data in sorted(content.items()):
        if name.startswith("book/") and name.endswith(".md"):
            path, source = f"content/{name}", data.decode("utf-8", "replace")
            yield from (Line(path, n, text) for n, text in enumerate(source.split("\n"), 1))
            yield from _hidden(path, 1, bodies[path], source) if path in bodies else ()


def _hidden(path: str, first: int, body: Fragment, source: str) -> Iterator[Line]:
    """The characters of a body that its source writes as &#9745; and the like, as one line."""
    if hidden := set(letters(source, body.text)) - set(source):
        yield Line(path, first, "".join(sorted(hidden)))


def _named(collection: Collection) -> Iterator[tuple[int, str]]:
    """Every word of collection.yml that a book shows, with the line of the entry that says it."""
    known = collection.lines
    for name in ("title", "subtitle", "publisher", "date"):
        yield known.at(name), getattr(collection, name)
    for name, value in collection.imprint.facts.items():
        yield known.at("imprint", name), value
    for book in collection.all_books:
        for name in ("title", "subtitle", "committee"):
            said = getattr(book, name)
            words = [said] if isinstance(said, str) else [word for role in said for word in (role.title, *role.people)]
            yield from ((collection.line_of(book, name), word) for word in words)
    for field in collection.fields:  # the titles of indexes, the heads of columns, and what a divider says of its part
        if not field.private:
            yield from ((known.at("fields", field.name), word) for word in (field.label, *(choice.note for choice in field.choices)))


def shown(lines: Iterable[Line]) -> frozenset[str]:
    """Every character of some lines that needs a glyph."""
    return frozenset(filter(is_shown, set().union(*(line.text for line in lines))))


def characters_have_faces(lines: Sequence[Line], faces: Faces) -> Iterator[Problem]:
    """No character is left to be an empty box; one problem for each of the first characters of a file, at its first place."""
    lacking = missing(shown(lines), faces)
    places: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for line in lines:
        for character in lacking & set(line.text):
            places[line.path, character].append(line)
    asked, elsewhere = "、".join(faces.families()), glyphs.having(lacking)
    told = Counter(path for path, _ in places)
    left = dict.fromkeys(told, _TOLD)
    for (path, character), found in sorted(places.items()):
        if not left[path]:
            continue
        left[path] -= 1
        first, times = found[0], sum(line.text.count(character) for line in found)
        at = first.text.index(character)
        around = "".join(
            c if is_shown(c) and unicodedata.category(c) != "Co" else "□" if is_shown(c) else " " for c in first.text[max(0, at - 8) : at + 9]
        )
        where = f"第 {at + 1} 个字" if first.number else "书名等处"
        more = f"，这个文件里共 {times} 处" if times > 1 else ""
        what = f"排书的字体（{asked}）里，没有一款字体有{named(character)}这个字（{where}，“{around.strip()}”{more}），印出来会是空框"
        yield error(path, first.number, what, _cure(faces, elsewhere.get(character, "")), "characters_have_faces")
    for path, number in told.items():
        if number > _TOLD:
            what = f"这个文件里还有 {number - _TOLD} 个字，没有一款字体有，印出来也会是空框"
            cure = "请先看看是不是整段的文字存错了编码，或是少见的文字；改好以后再检查一次，会指出余下的字"
            yield error(path, 0, what, cure, "characters_have_faces")


def _cure(faces: Faces, owner: str) -> str:
    """What to do about a character that a book's faces lack; `owner` is an installed one that has it and is not asked."""
    if owner:
        return f"请换一个字；这台电脑上的“{owner}”有这个字，可以把 theme/print/faces.yml 复制到自己的 theme/print，在 symbols 的 names 里写上它"
    lacks = SYMBOLS in faces.roles and not faces.roles[SYMBOLS].faces
    install = "安装符号字体 Symbola（Debian：apt-get install fonts-symbola），或" if lacks else ""
    return f"请换一个字，或{install}把有这个字的字体放进 theme/fonts（文件名以“符号”开头）"


def named(character: str) -> str:
    """A character as messages name it; one of private use has no shape to show."""
    code = f"U+{ord(character):04X}"
    return code if unicodedata.category(character) in ("Co", "Cn") else f"“{character}”（{code}）"


def missing(asked: frozenset[str], faces: Faces) -> frozenset[str]:
    """Those of some characters that no face has; none where there is no face at all."""
    return frozenset(map(chr, faces.lacking(frozenset(map(ord, asked)))))


def loans(lines: Sequence[Line], faces: Faces) -> tuple[Loan, ...]:
    """For each role, the characters that its first face cannot show, by the face that lends them; none that nobody has."""
    every = shown(lines) - missing(shown(lines), faces)
    lent: dict[tuple[str, str, Face], list[str]] = defaultdict(list)
    for name, role in faces.roles.items():
        for character in sorted(every):
            found = faces.of(name, character)
            if found and (not role.faces or found[1] != role.faces[0]):
                lent[name, *found].append(character)
    wanted = {character for characters in lent.values() for character in characters}
    counted: dict[str, tuple[int, Line]] = {}
    for line in lines:
        for character in wanted & set(line.text):
            times, first = counted.get(character, (0, line))
            counted[character] = times + line.text.count(character), first
    return tuple(Loan(role, lender, face, {c: counted[c] for c in characters}) for (role, lender, face), characters in lent.items())


def report(lines: Sequence[Line], faces: Faces) -> Iterator[str]:
    """What a better font would mend, what each role found, and which characters it borrows, in lines for people."""
    found = loans(lines, faces)
    yield from _mending(found, faces)
    for role in faces.roles.values():
        if not role.faces:
            yield f"{role.chain.label}：没有找到，改用别的字体（找过：{'、'.join(role.chain.names)}）"
        for number, face in enumerate(role.faces):
            yield f"{('    借字' if face.lent else '    备用') if number else role.chain.label}：{_described(face, bool(role.chain.bold))}"
    yield "改用别的字体的字：" if found else "没有要改用别的字体的字。"
    for loan in found:
        role, lender = faces.roles[loan.role].chain.label, faces.roles[loan.lender].chain.label
        lender = "" if loan.face.lent else f"{lender} "
        yield f"  {role} → {lender}{loan.face.regular.family}，{len(loan.characters)} 个字："
        for character, (times, line) in sorted(loan.characters.items(), key=lambda item: (-item[1][0], item[0])):
            yield f"    {named(character)}{times} 处，最早在 {line.path}{f':{line.number}' if line.number else ''}"


def _mending(found: Iterable[Loan], faces: Faces) -> Iterator[str]:
    """A sentence for each role that borrows 汉字: which of the usual fonts would have them. A font of GB 2312 lacks many names'."""
    for name, role in faces.roles.items():
        own = [loan for loan in found if loan.role == name]
        lacking = sorted({c for loan in own for c in loan.characters if _HANZI.match(c)})
        wide, narrow = (next((each for each in role.chain.names if mark in each), "") for mark in ("GBK", "GB2312"))
        if not lacking or not role.faces or not wide:
            continue
        lenders = "、".join(dict.fromkeys(loan.face.regular.family for loan in own if any(c in loan.characters for c in lacking)))
        said = f"{role.chain.label}用的是 {role.faces[0].regular.family}，缺 {_counted(lacking)}，借了 {lenders} 的。"
        rare = [c for c in lacking if not _encodes(c, "gbk")]
        mended = "这些字就都有了" if not rare else f"这些字除了 {_counted(rare)} 就都有了"
        said += f"把{wide}的字体文件放进 theme/fonts，{mended}" if len(rare) < len(lacking) else f"{wide}也没有这些字"
        if narrow and (also := [c for c in lacking if c not in rare and not _encodes(c, "gb2312")]):
            said += f"；{narrow} 一般没有 {_counted(also)}"
        yield f"{said}。"


def _counted(characters: Sequence[str]) -> str:
    shown_ = "、".join(characters[:_SHOWN])
    return f"{len(characters)} 个字（{shown_}{'等' if len(characters) > _SHOWN else ''}）"


def _encodes(character: str, encoding: str) -> bool:
    try:
        return bool(character.encode(encoding))
    except UnicodeEncodeError:
        return False


def _described(face: Face, has_bold: bool) -> str:
    file = face.regular
    place = "theme/fonts/" if face.own else f"{file.path.parent}/"
    place += f"{file.path.name} 第 {file.index + 1} 款" if file.path.suffix.lower() in (".ttc", ".otc") else file.path.name
    bold = face.bold.path.name if face.bold else "描粗笔画" if has_bold and file.weight < 600 else "不另加粗"
    return f"{file.family}{f' {file.version}' if file.version else ''}，粗细 {file.weight}，粗体 {bold}，文件 {place}"
