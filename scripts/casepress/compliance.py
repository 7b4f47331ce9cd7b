"""Compliance: what of people is published, and on what ground, as a record for the bureau's own files (个人信息保护法 55).

Flows in: a manuscript. Flows out: `build/compliance.json`, beside the site and never in it; the same bytes for the same collection.
Values are masked; the names of authors are those that the award made public.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from casepress import publishing
from casepress.checking import private
from casepress.collection.manuscript import Manuscript
from casepress.collection.project import Project
from casepress.values.cases import Collection
from casepress.values.fields import Kind, Person
from casepress.values.personal import KINDS, MINORS

FILE = "compliance.json"


def write(place: Project, manuscript: Manuscript) -> Path:
    """Write the record. Raises OSError."""
    path = place.build / FILE
    publishing.write(path, f"{json.dumps(record(manuscript), ensure_ascii=False, indent=1)}\n".encode())
    return path


def record(manuscript: Manuscript) -> Mapping[str, object]:
    """What of people is published, kind by kind."""
    collection, content = manuscript.collection, {**manuscript.content, **manuscript.texts}
    data = private.found(collection, content, manuscript.reader.store)
    return {
        "format": 1,
        "title": collection.title,
        "cases": len(collection.cases),
        "people": list(_people(collection)),
        "allowed": list(_values(data, is_allowed=True)),
        "without-reason": list(_values(data, is_allowed=False)),
        "photos": list(_photos(collection)),
        "taken-down": [{"id": each.id, "date": each.date, "reason": each.reason} for each in collection.privacy.taken_down],
    }


def _people(collection: Collection) -> Iterator[Mapping[str, object]]:
    """Those whom the cases name in a field of people, with the cases that do."""
    for field in collection.fields:
        if field.kind is not Kind.PEOPLE or field.private:
            continue
        for ground, has_award in (("获奖案例的署名，随评选结果公布", True), ("案例的署名", False)):
            named: dict[str, list[str]] = defaultdict(list)
            for case in collection.cases:
                for person in case.all(field.name) if bool(case.award) is has_award else ():
                    named[person.name if isinstance(person, Person) else str(person)].append(case.id)
            if named:
                names = [{"name": name, "cases": sorted(cases)} for name, cases in sorted(named.items())]
                yield {"field": field.label, "ground": ground, "names": names}


def _values(data: tuple[private.Found, ...], is_allowed: bool) -> Iterator[Mapping[str, object]]:
    """What was found, masked, with all its places and the reason why it may stand there."""
    places: dict[tuple[str, str, str, str], list[str]] = defaultdict(list)
    for each in data:
        if bool(each.allowed) is is_allowed:
            one = each.personal
            reason = each.allowed.reason if each.allowed else ""
            places[one.kind, one.core, one.masked, reason].append(f"{each.path}:{one.line}" if one.line else each.path)
    for (kind, _, masked, reason), found in sorted(places.items()):
        yield {"kind": KINDS[kind], "value": masked, **({"reason": reason} if is_allowed else {}), "places": sorted(set(found))}


def _photos(collection: Collection) -> Iterator[Mapping[str, object]]:
    """The cases with pictures, and what is known of pupils in these."""
    for case in collection.cases:
        pictures = {photo.name for photo in case.pictures} | case.body.pictures
        if pictures:
            said = [{"minors": MINORS[one.kind], **({"number": one.number} if one.number else {})} for one in private.records(case)]
            yield {"case": case.id, "pictures": len(pictures), "records": said, "unrecorded": private.unrecorded(case)}
