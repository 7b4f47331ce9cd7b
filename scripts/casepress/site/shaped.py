"""Shaped: the key of all that shapes a page, and the proof that its template asked for nothing else.

Flows in: what a template is given. Flows out: a key, for values that say what they are; what tells of the whole collection
is `Guarded` instead, and whoever asks it for more than is in the key hears `Asked`.
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from casepress.collection.views import Group
from casepress.facts.maker import maker
from casepress.facts.store import key
from casepress.values.cases import Case, Collection

_LIBRARIES = ("Jinja2", "MarkupSafe", "tinyhtml5", "pyyaml", "pypinyin")
_ASKS = "call getitem iter len bool contains str repr format html eq ne hash lt gt le ge add radd mul mod neg int float index reversed"


class Asked(Exception):
    """A template asks for what no key tells of."""


def _ask(*_: object) -> None:
    raise Asked


class Guarded:
    """Stands for a value before a template: of its attributes only those whose value `may` be had are given."""

    __class__ = property(_ask)

    def __init__(self, value: object, may: Callable[[object], bool]) -> None:
        self.__dict__.update(_value=value, _may=may)

    def __getattr__(self, name: str) -> object:
        found = getattr(self._value, name, None)
        if not self._may(found):
            raise Asked(name)
        return found


for _name in _ASKS.split():
    setattr(Guarded, f"__{_name}__", _ask)


class Shape:
    """The keys of one build's pages. What was summed up once is known for as long as it lives."""

    def __init__(self, collection: Collection, folders: Iterable[Path], addresses: Mapping[tuple[str, str], str]) -> None:
        """`folders` are those of the templates; `addresses` is what links on pages are made of."""
        words = {name: value for name, value in vars(collection).items() if isinstance(value, str)}
        self._shared = key((maker(*_LIBRARIES), repr(sorted(words.items())), repr(collection.fields), repr(addresses), *_files(folders)))
        self._cases = {id(case): _case(case) for case in collection.cases}
        self._groups: dict[int, str] = {}
        self.askers: set[str] = set()  # templates that were seen to ask for more than the keys tell of

    def key(self, *values: object) -> str:
        """The key of a page by what its template is given."""
        return key((self._shared, *map(self._said, values)))

    def _said(self, value: object) -> str:
        if isinstance(value, Case):
            return self._cases[id(value)]
        if isinstance(value, Group):
            if id(value) not in self._groups:
                self._groups[id(value)] = key((value.slug, value.label, value.note, self._said(value.cases), self._said(value.groups)))
            return self._groups[id(value)]
        return f"({','.join(map(self._said, value))})" if isinstance(value, tuple) else repr(value)


def _case(case: Case) -> str:
    """All of a case: its fragment is its text and where that leads, which stands in the HTML."""
    facts = repr((case.title, dict(case.values), case.lines, case.body_line, case.characters))
    return key((case.id, case.path, facts, case.markdown, case.body.html, "\0".join(case.body.pieces), case.letters))


def _files(folders: Iterable[Path]) -> Iterable[bytes | str]:
    for nth, folder in enumerate(folders):
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                yield f"{nth} {path.relative_to(folder).as_posix()}"
                yield path.read_bytes()
