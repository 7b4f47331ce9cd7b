"""Akin: to each case those that are like it, by their texts and their fields, and in words why.

Flows in: a collection, and the store. Flows out: a function from a case to the others, each with its reason, `同一主题、同在山东，都写到
作业公示、分层作业`. What was counted of a text is kept by the text, and the whole by all of them, so a changed case costs
itself and the comparing. Every answer is the same with a store and without.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from casepress.collection.charts import short
from casepress.facts.maker import maker
from casepress.facts.store import NOTHING, Store, key
from casepress.values.cases import Case, Collection
from casepress.values.fields import Field, Kind, Place, Term

if TYPE_CHECKING:
    from casepress.likeness.wordlist import Words

MOST = 4
_TOLD = 3  # words and values of fields in a reason
_KIND = "akin"
_MANY = 200  # cases from which on a word must stand by itself in two texts: one edited text then seldom changes the list

Akin = tuple[Case, str]


def akin(collection: Collection, store: Store = NOTHING) -> Callable[[Case], tuple[Akin, ...]]:
    """The cases like each case, the likest first, and why: a Chinese phrase, empty where nothing can be told."""
    cases = collection.cases
    texts = ["\n".join((case.title, case.text("summary"), case.body.text)) for case in cases]
    fields = tuple(field for field in collection.facets if field.kind in (Kind.CHOICE, Kind.PLACE))
    values = [tuple(_values(fields, case)) for case in cases]
    names = sorted(
        {name for field in fields for case in cases for place in case.all(field.name) if isinstance(place, Place) for name in place.path}
    )
    labels = [
        label
        for field in fields
        if field.kind is Kind.CHOICE
        for term in field.choices
        for label in (term.label, *term.aliases)
        if len(label) > 2
    ]
    name = key((maker("numpy"), repr((values, labels, names)), *texts))
    said = _kept(store, name)
    if len(said) != len(cases):
        said = [[*each] for each in _compared(texts, values, labels, names, store)]
        store.put(_KIND, name, json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode())
    of = {case.id: place for place, case in enumerate(cases)}
    spread = Counter(value for each in values for value in each)
    by_name = {field.name: field for field in fields}

    def others(case: Case) -> tuple[Akin, ...]:
        here = of[case.id]
        return tuple((cases[there], _why(by_name, spread, len(cases), values[here], values[there], words)) for there, words in said[here])

    return others


Value = tuple[str, str, str]  # the field's name (of a derived one that of its source), what tells the value, and what it is called


def _values(fields: Sequence[Field], case: Case) -> Iterator[Value]:
    """What a case may have in common with others: the choices of its fields, and each place in which its place lies."""
    for field in fields:
        for value in case.all(field.name):
            if isinstance(value, Place):
                yield from ((field.name, code, name) for code, name in zip(value.codes, value.path, strict=True))
            elif isinstance(value, Term):
                yield field.name, value.slug, value.label


def _kept(store: Store, name: str) -> list:
    try:
        return json.loads(store.get(_KIND, name) or b"[]")
    except ValueError:
        return []


def _compared(
    texts: Sequence[str], values: Sequence[Sequence[Value]], labels: Sequence[str], names: Sequence[str], store: Store
) -> Iterator[list]:
    """Of each case where those like it stand in the row, each with the words that both have. `names` are those of places."""
    from casepress.likeness import kinship, wordlist

    alone = Counter(chain.from_iterable(wordlist.standing(texts)))
    own = sorted(word for word, count in alone.items() if count > (len(texts) >= _MANY))
    known = wordlist.words((*labels, *own), [form for name in names for form in (name, name[:-1], short(name))])  # those are no words
    counted = _counted(texts, known, store)
    numbers: dict[Value, int] = {}
    held = [[numbers.setdefault(value, len(numbers)) for value in dict.fromkeys(each)] for each in values]
    for found in kinship.kin(counted, known.rare, held, MOST):
        yield [[other.place, _telling([known.words[word] for word in other.words])] for other in found]


def _telling(words: Sequence[str]) -> list[str]:
    """Words without those that stand within another one."""
    return [word for word in words if not any(word != other and word in other for other in words)]


def _counted(texts: Sequence[str], known: "Words", store: Store) -> list:
    """The words of each text, those kept of the same text and list as they were."""
    import numpy as np

    from casepress.likeness import wordlist

    name = key((maker("numpy"), "\n".join(known.words)))
    try:
        before: Mapping[str, list] = json.loads(store.get(_KIND, name) or b"{}")
    except ValueError:
        before = {}
    sums = [hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest() for text in texts]
    new = [place for place, sum_ in enumerate(sums) if sum_ not in before]
    found = dict(zip((sums[place] for place in new), wordlist.counted([texts[place] for place in new], known), strict=True))
    every = {sum_: [part.tolist() for part in found[sum_]] if sum_ in found else before[sum_] for sum_ in sums}
    if new or len(every) != len(before):
        store.put(_KIND, name, json.dumps(every, separators=(",", ":")).encode())
    return [found[sum_] if sum_ in found else tuple(np.array(part, np.int64) for part in before[sum_]) for sum_ in sums]


def _why(
    fields: Mapping[str, Field], spread: Mapping[Value, int], many: int, mine: Sequence[Value], others: Sequence[Value], words: Sequence[str]
) -> str:
    """Why two cases are alike, in words. What most cases have in common tells nothing."""
    both = [value for value in mine if value in others and spread[value] <= many / 2]
    same: dict[str, str] = {}
    for name, _, label in both:
        field = fields[name]
        if field.kind is Kind.PLACE:
            same[name] = f"同在{short(label)}"  # the last one is the nearest
        elif not (field.derived and field.derived in same):
            same.setdefault(name, f"同一{field.label}")
    said = {label for _, _, label in both}
    told = [word for word in words if not any(word in label for label in said)][:_TOLD]
    order = sorted(same, key=lambda name: fields[name].kind is Kind.PLACE)[:_TOLD]
    return "，".join(filter(None, ("、".join(same[name] for name in order), f"都写到{'、'.join(told)}" if told else "")))
