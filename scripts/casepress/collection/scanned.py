"""Scanned: what of people stands in what a case, a text, a page or the settings say in public, each with its line.

Of a case it is kept with what was read of it (`keeping`), so that only a case that was changed is looked into again.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from posixpath import basename

from casepress.collection.headers import Draft
from casepress.collection.settings import Settings
from casepress.facts.maker import maker
from casepress.facts.store import Store, key
from casepress.privacy.scanning import scan
from casepress.values.cases import Collection
from casepress.values.fields import Kind, Person, Picture, Place, Source
from casepress.values.personal import Personal
from casepress.values.plain import NotPlain, packed, unpacked

Said = tuple[int, str]  # a line of a file, and words that stand there
_KIND = "personal"


def draft_scanned(draft: Draft, settings: Settings) -> tuple[Personal, ...]:
    """What a case says of people: in its header's public values and in its body, by their lines in the file."""
    header = _scanned(_header(draft, settings))
    return (*header, *(replace(each, line=draft.body_line + each.line - 1) for each in scan(draft.markdown)))


def settings_scanned(collection: Collection) -> tuple[Personal, ...]:
    """What collection.yml says of people where books and site show it."""
    return _scanned(_settings(collection))


def text_scanned(store: Store, text: str) -> tuple[Personal, ...]:
    """What another text says of people; it is kept in a store."""
    name = key((maker(), text))
    data = store.get(_KIND, name) if len(text) > 1000 else None
    if data is not None:
        try:
            return unpacked(data)
        except NotPlain:
            pass
    found = tuple(scan(text))
    if len(text) > 1000:
        store.put(_KIND, name, packed(found))
    return found


def name_scanned(path: str) -> tuple[Personal, ...]:
    """What a file's name says of people."""
    return tuple(scan(basename(path)))


def _scanned(said: Iterable[Said]) -> tuple[Personal, ...]:
    """Personal data in words of several lines, which are looked into as one text."""
    said = [(line, " ".join(words.split())) for line, words in said if words]
    text = "\n\n".join(words for _, words in said)
    return tuple(replace(each, line=said[each.line // 2][0]) for each in scan(text))


def _header(draft: Draft, settings: Settings) -> Iterator[Said]:
    yield draft.lines.at("title"), draft.title
    labels: Mapping[str, str] = {field.name: field.label for field in settings.fields if field.kind is Kind.TEXT}
    for name, values in draft.values.items():
        label = f"{labels[name]}：" if name in labels else ""
        for value in values:
            for words in _words(value):
                yield draft.lines.at(name), label + words


def _words(value: object) -> Iterator[str]:
    if isinstance(value, Picture):
        yield from (basename(value.file), value.alt, value.caption, value.credit)
    elif isinstance(value, Source):
        yield from (value.title, value.issuer, value.number, value.date, value.url)
    elif isinstance(value, Person):
        yield from (value.name, value.role)
    elif not isinstance(value, Place):
        yield str(value)


def _settings(collection: Collection) -> Iterator[Said]:
    lines = collection.lines
    for name in ("title", "subtitle", "publisher", "date", "address", "email"):
        yield lines.at(name), getattr(collection, name)
    for words in collection.footer.texts:
        yield lines.at("footer"), words
    for name, words in collection.imprint.facts.items():
        yield lines.at("imprint", name), words
    for book in collection.all_books:
        yield collection.line_of(book, "title"), book.title
        yield collection.line_of(book, "subtitle"), book.subtitle
        for role in book.committee:
            yield collection.line_of(book, "committee"), f"{role.title} {'、'.join(role.people)}"
    for field in collection.fields:
        for choice in field.choices if not field.private and not field.derived else ():
            yield lines.at("fields", field.name), f"{choice.label} {choice.note}"
