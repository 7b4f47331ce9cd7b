"""Places: the provinces, cities and counties of GB/T 2260, and what a name that an editor writes means.

In flow the shipped table and the places that a collection adds; out flows a frozen `Gazetteer`. Resolving a text
gives every place it can mean, so the caller sees at once whether it is unknown, clear or ambiguous.
"""

import csv
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, reduce
from operator import eq
from pathlib import Path

from casepress.facts import slugs
from casepress.facts.characters import CLOSING, DASHES, MIDDLE, OPENING
from casepress.facts.spoken import spoken_names
from casepress.values.fields import Place

TABLE = Path(__file__).parents[1] / "data" / "places.csv"

CODE = re.compile(r"[0-9]{6}")
# Between the steps of a path, and around or behind a name; as NFKC leaves them.
SEPARATORS = re.compile(rf"[\s›>/\\|•→,.;:()\"'_{DASHES}{MIDDLE}{OPENING}{CLOSING}-]+")
COUNTRY = "中国"

# No place is written in more characters; a longer text is not worth the search.
LONGEST = 100


@dataclass(frozen=True)
class DeclaredPlace:
    """A place that a collection adds under `parent`, a name or a code; an empty parent puts it beside the provinces.

    `code` is official and has six digits; without one, `slug` (lower-case ASCII words) is put after the parent's
    code. `aliases` count as much as the name itself.
    """

    name: str
    parent: str
    code: str | None = None
    aliases: tuple[str, ...] = ()
    slug: str = ""


@dataclass(frozen=True, eq=False)
class Gazetteer:
    """All known places by code, in code order, and the names under which each is known.

    `written` leads from official names and aliases to codes, `spoken` from names without their ending
    (江苏, 武进, 黔东南); `forms` leads from a code to all of them.
    """

    places: Mapping[str, Place]
    written: Mapping[str, tuple[str, ...]]
    spoken: Mapping[str, tuple[str, ...]]
    forms: Mapping[str, tuple[str, ...]]

    def place(self, code: str) -> Place:
        """The place with this code; raises KeyError when there is none."""
        return self.places[code]

    def children(self, code: str = "") -> tuple[Place, ...]:
        """The places directly under this code, in code order; the provinces for an empty code."""
        above = (code,) if code else ()
        return tuple(p for p in self.places.values() if p.codes[-2:-1] == above)

    def resolve(self, text: str) -> tuple[Place, ...]:
        """Every place that the text can mean, in code order: none if unknown, several if ambiguous.

        The text is a code, or a place's name after any of the names above it, with or without separators. Each name
        may lack its ending if two characters remain. An official name beats a spoken one; of spoken names alike, a
        province's wins (海南), and a place above wins over those within it (吉林, 大理).
        """
        if (code := unicodedata.normalize("NFKC", text).strip()) in self.places:
            return (self.places[code],)
        text = _plain(text)
        if len(text) > LONGEST:
            return ()
        return self._resolved(text) or self._resolved(text.removeprefix(COUNTRY))

    def _resolved(self, text: str) -> tuple[Place, ...]:
        if official := self._meant(text, self.written):
            return tuple(official)
        spoken = self._meant(text, self.spoken)
        if provinces := [p for p in spoken if len(p.path) == 1]:
            return tuple(provinces)
        codes = {p.code for p in spoken}
        return tuple(p for p in spoken if codes.isdisjoint(p.codes[:-1]))

    def suggestions(self, text: str, n: int = 3) -> tuple[str, ...]:
        """Up to `n` names that resolve to one place each and come nearest to a text that resolves to none.

        A wrong letter within a known place is sought there (江苏省常州市武近区); a known name under a wrong place
        is given with its true one; otherwise every name is compared.
        """
        text = _plain(text)
        if not 2 <= len(text) <= LONGEST:
            return ()
        for cut in range(len(text) - 2, 1, -1):
            if len(above := self.resolve(text[:cut])) == 1:
                within = (p for p in self.places.values() if above[0].code in p.codes[:-1])
                if near := self._nearest(text[cut:], within, n, 0.5):
                    return near
        for cut in range(1, len(text) - 1):
            if found := self.resolve(text[cut:]):
                return tuple(self._unique_name(p) for p in found[:n])
        return self._nearest(text, self.places.values(), n, 0.6)

    def declare(self, new: DeclaredPlace) -> "Gazetteer":
        """A gazetteer with one place more; raises ValueError, with a Chinese sentence, if it cannot be placed."""
        parent = self._parent(new)
        code = _declared_code(new, parent)
        path = (*(parent.path if parent else ()), new.name)
        if code in self.places:
            raise ValueError(f"地区“{new.name}”的代码 {code} 已经属于“{self.places[code].label}”")
        if any(p.path == path for p in self.places.values()):
            raise ValueError(f"地区“{' › '.join(path)}”已经有了，不必再添加")
        aliases = (*((parent.aliases or ((),) * len(parent.path)) if parent else ()), tuple(new.aliases))
        place = Place(code, new.name, path, (*(parent.codes if parent else ()), code), aliases)
        written, spoken = dict(self.written), dict(self.spoken)
        forms = _enter(place, new.aliases, written, spoken)
        places = dict(sorted({**self.places, code: place}.items()))
        return Gazetteer(places, written, spoken, {**self.forms, code: forms})

    def _meant(self, text: str, names: Mapping[str, tuple[str, ...]]) -> list[Place]:
        """The places with a name in `names` that ends the text, where names above them make up the rest."""
        found = {
            code
            for start in range(len(text))
            for code in names.get(text[start:], ())
            if self._leads_to(text[:start], self.places[code].codes[:-1])
        }
        return [self.places[code] for code in sorted(found)]

    def _leads_to(self, text: str, above: tuple[str, ...]) -> bool:
        """Whether the text is made of names of these places, in their order, some of them left out."""
        return not text or any(
            text.endswith(form) and self._leads_to(text[: -len(form)], above[:level])
            for level in reversed(range(len(above)))
            for form in self.forms[above[level]]
        )

    def _nearest(self, text: str, places: Iterable[Place], n: int, least: float) -> tuple[str, ...]:
        """The unique names of up to `n` places whose likeness is `least` or more, the most alike first."""
        matcher = SequenceMatcher(b=text, autojunk=False)
        near = []
        for place in places:
            alike, together = max(_likeness(matcher, form, least) for form in self.forms[place.code])
            if alike >= least:
                near.append((-alike, -together, place.code))
        return tuple(self._unique_name(self.places[code]) for *_, code in sorted(near)[:n])

    def _unique_name(self, place: Place) -> str:
        return place.name if self.resolve(place.name) == (place,) else place.full_name

    def _parent(self, new: DeclaredPlace) -> Place | None:
        if not _plain(new.name):
            raise ValueError("添加的地区缺少名称")
        if not new.parent:
            return None
        match self.resolve(new.parent):
            case (parent,):
                return parent
            case ():
                near = "、".join(f"“{name}”" for name in self.suggestions(new.parent))
                hint = f"，是不是{near}" if near else ""
                raise ValueError(f"地区“{new.name}”的上级“{new.parent}”找不到{hint}")
            case many:
                labels = "、".join(f"{p.label}（{p.code}）" for p in many)
                raise ValueError(f"地区“{new.name}”的上级“{new.parent}”不止一个：{labels}，请写明是哪一个")


def gazetteer(declared: Sequence[DeclaredPlace] = ()) -> Gazetteer:
    """The standard's places and those declared, each of which may stand under one declared before it.

    Raises ValueError with a Chinese sentence for the first that cannot be placed; `Gazetteer.declare` takes one
    at a time, for who wants to know of all.
    """
    return reduce(Gazetteer.declare, declared, _standard())


def gazetteer_of(places: Iterable[Place]) -> Gazetteer:
    """The gazetteer of some places and those above them, and of no other: what a name means among these."""
    known: dict[str, Place] = {}
    for place in places:
        for level, code in enumerate(place.codes, 1):
            known.setdefault(code, Place(code, place.path[level - 1], place.path[:level], place.codes[:level], place.aliases[:level]))
    written: dict[str, tuple[str, ...]] = {}
    spoken: dict[str, tuple[str, ...]] = {}
    forms = {
        code: _enter(place, place.aliases[-1] if len(place.aliases) == len(place.path) else (), written, spoken)
        for code, place in sorted(known.items())
    }
    return Gazetteer(dict(sorted(known.items())), written, spoken, forms)


@cache
def _standard() -> Gazetteer:
    with TABLE.open(encoding="utf-8", newline="") as file:
        names = {row["code"]: row["name"] for row in csv.DictReader(file)}
    places: dict[str, Place] = {}
    written: dict[str, tuple[str, ...]] = {}
    spoken: dict[str, tuple[str, ...]] = {}
    forms: dict[str, tuple[str, ...]] = {}
    for code, name in names.items():
        # A county directly under its province or municipality has no city above it in the table.
        codes = tuple(c for c in dict.fromkeys((code[:2] + "0000", code[:4] + "00", code)) if c in names)
        places[code] = Place(code, name, tuple(names[c] for c in codes), codes)
        forms[code] = _enter(places[code], (), written, spoken)
    return Gazetteer(places, written, spoken, forms)


def _enter(place: Place, aliases: Sequence[str], written: dict, spoken: dict) -> tuple[str, ...]:
    """Put the place under each of its names, and give these names."""
    name = _plain(place.name)
    official = tuple(dict.fromkeys(filter(None, (name, *map(_plain, aliases)))))
    short = tuple(form for form in spoken_names(name) if form not in official)
    for names, index in ((official, written), (short, spoken)):
        for name in names:
            index[name] = (*index.get(name, ()), place.code)
    return official + short


def _plain(text: str) -> str:
    """The text with full-width letters and digits made plain, and without separators."""
    return SEPARATORS.sub("", unicodedata.normalize("NFKC", text))


def _declared_code(new: DeclaredPlace, parent: Place | None) -> str:
    if new.code:
        if not CODE.fullmatch(new.code):
            raise ValueError(f"地区“{new.name}”的代码“{new.code}”不是六位数字")
        return new.code
    if not slugs.is_id(new.slug):
        raise ValueError(f"地区“{new.name}”既没有六位代码，也没有由小写字母、数字和连字符组成的英文短名（index 一类另有用处的词不行）")
    return f"{parent.code}-{new.slug}" if parent else new.slug


def _likeness(matcher: SequenceMatcher, word: str, least: float) -> tuple[float, int]:
    """How alike the word and the matcher's text are, 0 to 1, and how many characters stand in the same place.

    Nought for a likeness under `least`, which cheap upper bounds tell for almost every word.
    """
    matcher.set_seq1(word)
    if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
        return 0.0, 0
    return matcher.ratio(), sum(map(eq, word, matcher.b))
