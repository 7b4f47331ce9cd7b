"""Private: what of people must not be published without a reason, and what somebody has to look at.

Personal data was found as the files were read (`collection.scanned`). Here it is said what that means for a build: numbers that can only
be a person's stop it, others are told, names of pupils come in one list, for no program can tell a pupil's name from another word.
个人信息保护法 25, 28, 29, 31; 未成年人保护法 72.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from casepress.collection.guarded import CHECK
from casepress.collection.headers import Draft
from casepress.collection.project import SETTINGS
from casepress.collection.scanned import draft_scanned, name_scanned, settings_scanned, text_scanned
from casepress.collection.settings import Settings
from casepress.facts.store import Store
from casepress.privacy.scanning import scan
from casepress.values.cases import Case, Collection
from casepress.values.personal import KINDS, MINORS, STOPPING, Allowed, Minors, Personal
from casepress.values.problems import Problem, error, warning

NAME = "student-name"
_DIGITS = 7  # of an id that could be a number of a person
_LISTED = 60  # places that the list of names tells one by one
_WRITE = "请在 cases/collection.yml 的 privacy 里写上它和理由"


@dataclass(frozen=True)
class Found:
    """Personal data in what is published: its file, and who allowed it, if somebody did."""

    path: str
    personal: Personal
    allowed: Allowed | None = None


def found(collection: Collection, content: Mapping[str, bytes], store: Store) -> tuple[Found, ...]:
    """All personal data that cases, settings, pages and texts of books publish, in the order of their files."""
    allowed = collection.privacy.allowed
    every = sorted(_every(collection, content, store), key=lambda each: (each[0], each[1].line, each[1].start))
    return tuple(
        Found(path, each, next((one for one in (*allowed, *_footer(collection, each)) if one.allows(each)), None)) for path, each in every
    )


def _footer(collection: Collection, found: Personal) -> Iterator[Allowed]:
    """What the website's foot says of who answers for it is meant for everyone; a person's own number is not, unless `privacy` allows it."""
    if found.kind not in ("mobile", "id-number"):
        yield from (Allowed(text, "网站页脚里公布的") for text in collection.footer.texts)


def check(collection: Collection, data: Iterable[Found]) -> Iterator[Problem]:
    """What is to be mended of personal data, of pictures without a record, and of the list of what is allowed."""
    data = tuple(data)
    yield from nothing_private(data)
    yield from names_are_looked_at(data)
    yield from allowances_meet_something(collection, data)
    yield from minors_are_recorded(collection)


def nothing_private(data: Iterable[Found]) -> Iterator[Problem]:
    """No number, address or plate of a person is published that nobody has allowed."""
    for each in data:
        if not each.allowed and each.personal.kind != NAME:
            yield told(each.path, each.personal.line, each.personal)


def told(path: str, line: int, personal: Personal, place: str = "") -> Problem:
    """What is said of personal data in a file; the value itself is never said."""
    make = error if personal.kind in STOPPING else warning
    where = place or ("这里" if line else "文件名里")
    what = f"{where}有{KINDS[personal.kind]} {personal.masked}"
    return make(path, line, what, f"不该公开的，请删去；确实可以公开的，{_WRITE}", CHECK)


def names_are_looked_at(data: Iterable[Found]) -> Iterator[Problem]:
    """Names of pupils are looked at by a person: all places in one list."""
    names = [each for each in data if each.personal.kind == NAME and not each.allowed]
    if not names:
        return
    places: dict[str, list[Personal]] = {}
    for each in names[:_LISTED]:
        places.setdefault(each.path, []).append(each.personal)
    shown = "；".join(f"{path} {'、'.join(f'第 {each.line} 行 {each.masked}' for each in found)}" for path, found in places.items())
    more = f"；还有 {len(names) - _LISTED} 处，改好这些再看" if len(names) > _LISTED else ""
    what = f"有 {len(names)} 处看上去是学生的姓名。程序分不清姓名和别的词，请人逐处看一遍：{shown}{more}"
    cure = f"真是学生姓名的，请改成“某同学”“小A”一类认不出是谁的写法；不是姓名的、是化名的、监护人同意公开的，{_WRITE}，就不再列出"
    yield warning(SETTINGS, 0, what, cure, "names_are_looked_at")


def allowances_meet_something(collection: Collection, data: Iterable[Found]) -> Iterator[Problem]:
    """What is allowed is there: else somebody wrote it otherwise, or it is not needed any more."""
    for one in () if collection.enclosed else collection.privacy.allowed:  # it may be meant for a document
        if not any(one.allows(each.personal) for each in data):
            what = f"privacy 里允许公开的一项（理由：{one.reason[:30]}），要发布的文字里没有"
            yield warning(SETTINGS, one.line, what, "用不上了就删去；也可能和文中写的不一样，请核对", "allowances_meet_something")


def arriving(draft: Draft | None, text: str, settings: Settings, path: str) -> Iterator[Problem]:
    """What check will say of a case that comes in, in the name of the file at `path` that it is made of; `text` is the case's own file."""
    data: Iterable[Personal] = draft_scanned(draft, settings) if draft else scan(text)
    data = [each for each in data if not any(one.allows(each) for one in settings.privacy.allowed)]
    for each in data:
        if each.kind != NAME:
            yield told(path, 0, each, f"正文里（第 {each.line} 行）")
    if names := [each for each in data if each.kind == NAME]:
        shown = "、".join(f"第 {each.line} 行 {each.masked}" for each in names[:_LISTED])
        what = f"正文里有 {len(names)} 处看上去是学生的姓名，程序分不清，请人看一遍：{shown}"
        yield warning(path, 0, what, "真是学生姓名的，请改成“某同学”“小A”一类认不出是谁的写法", "names_are_looked_at")


def minors_are_recorded(collection: Collection) -> Iterator[Problem]:
    """Of every case's pictures it is known whether pupils can be recognised in them, and that they may be shown."""
    make = error if collection.privacy.asks_for_minors else warning
    for case in collection.cases:
        missing, photos = unrecorded(case), case.lines.at("photos")
        if missing:
            what = f"有 {missing} 张图片没有写明图里有没有学生"
            words = "、".join(MINORS.values())
            cure = f"请在文件开头加一行“未成年人: …”，写 {words} 中的一个，已同意的后面写同意编号"
            yield make(case.path, photos if case.pictures else 1, what, cure, "minors_are_recorded")
        for record in records(case):
            if record.kind == "consented" and not record.number:
                what, cure = "写了监护人已同意，没有写同意编号", "请在后面写上同意书的编号，例如 已同意 2026-015"
                yield make(case.path, photos if case.pictures else 1, what, cure, "minors_are_recorded")


def unrecorded(case: Case) -> int:
    """How many of a case's pictures have no record, neither their own nor the case's."""
    if case.minors:
        return 0
    listed = {photo.name for photo in case.pictures}
    return sum(not photo.minors for photo in case.pictures) + len(case.body.pictures - listed)


def records(case: Case) -> tuple[Minors, ...]:
    """What a case says of pupils in its pictures."""
    every = (case.minors, *(photo.minors for photo in case.pictures))
    return tuple(dict.fromkeys(record for record in every if record))


def _every(collection: Collection, content: Mapping[str, bytes], store: Store) -> Iterator[tuple[str, Personal]]:
    for case in collection.cases:
        for each in case.personal:
            yield case.path, each
        if sum(map(str.isdigit, case.id)) >= _DIGITS:  # an address that everybody sees
            yield from ((case.path, Personal(each.kind, each.start, each.end, each.text, 0)) for each in name_scanned(case.id))
    for each in settings_scanned(collection):
        yield SETTINGS, each
    for name, data in content.items():
        path = f"content/{name}"
        for each in text_scanned(store, data.decode("utf-8", "replace")) if name.endswith(".md") else ():
            yield path, each
        for each in name_scanned(name):
            yield path, Personal(each.kind, each.start, each.end, each.text, 0)
