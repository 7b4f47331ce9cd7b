"""Heads: what a case says of itself to other programs in the head of its page: schema.org as JSON-LD, and Dublin Core.

JSON-LD in `<script type="application/ld+json">` is data: no browser runs it, so a Content-Security-Policy of `script-src 'self'`
lets it stand. It holds no `<`, whatever a title says, so nothing in it can end it.
"""

import json
import re
from collections.abc import Iterable, Mapping
from html import escape, unescape

from casepress.collection import vocabulary
from casepress.collection.views import Group
from casepress.facts import codes
from casepress.facts.moments import calendar
from casepress.values.cases import Case, Collection
from casepress.values.fields import Field, Picture, Place, Source

_MOST = 150  # characters of a description; search engines show no more
# Properties that tell of things, not in words, and of what kind those are (schema.org, rangeIncludes).
THINGS = {
    **dict.fromkeys(("author", "creator", "contributor", "editor"), "Person"),
    **dict.fromkeys(("sourceOrganization", "publisher", "provider", "producer", "sponsor", "funder", "copyrightHolder"), "Organization"),
    **dict.fromkeys(("spatialCoverage", "contentLocation", "locationCreated"), "Place"),
    **dict.fromkeys(("about", "mentions"), "Thing"),
    "isPartOf": "Collection",
    "isBasedOn": "CreativeWork",
    "audience": "Audience",
}
_PARAGRAPH, _TAG = re.compile(r"<p(?:\s[^>]*)?>(.*?)</p>", re.DOTALL), re.compile("<[^>]*>")
_SAFE = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def of_case(collection: Collection, case: Case) -> str:
    """The lines of HTML that its page has in its head."""
    said = json.dumps(thing(collection, case), ensure_ascii=False, separators=(",", ":")).translate(_SAFE)
    found = dict.fromkeys(vocabulary.elements(collection, case))
    if collection.address:
        found["identifier", codes.address(collection.address, case.id)] = None
    metas = "".join(f'<meta name="DC.{name}" content="{escape(words)}">' for name, words in found)
    return f'{metas}<script type="application/ld+json">{said}</script>'


def thing(collection: Collection, case: Case) -> dict[str, object]:
    """A case as schema.org has it, by the property that each field names."""
    found: dict[str, list[object]] = {"headline": [case.title]}
    for field in collection.fields:
        if field.schema and not field.private and field.name != "title":
            values = [_value(collection, field, value) for value in case.all(field.name)]
            found.setdefault(field.schema, []).extend(each for each in values if each)
    made: dict[str, object] = {"@context": "https://schema.org", "@type": "Article"}
    if collection.address:
        made |= {"@id": (here := codes.address(collection.address, case.id)), "url": here}
    made |= {"identifier": case.id, "inLanguage": collection.language}
    made |= {name: values if len(values) > 1 else values[0] for name, values in found.items() if values}
    if summary := case.text("summary"):
        made.setdefault("description", summary)
    if collection.publisher:
        made["publisher"] = {"@type": "Organization", "name": collection.publisher}
    if day := calendar(collection.date):
        made.setdefault("datePublished", day)
    return made


def _value(collection: Collection, field: Field, value: object) -> object:
    if isinstance(value, Place):
        return {"@type": "Place", "name": value.full_name}
    if isinstance(value, Source):
        return {
            "@type": "CreativeWork",
            **{
                name: words
                for name, words in (
                    ("name", value.title),
                    ("publisher", value.issuer and {"@type": "Organization", "name": value.issuer}),
                    ("identifier", value.number),
                    ("datePublished", calendar(value.date)),
                    ("url", value.url),
                )
                if words
            },
        }
    if isinstance(value, Picture):
        if not collection.address:  # a picture is known by its whole address
            return None
        place = f"{codes.address(collection.address)}pictures/{value.name}"
        return {"@type": "ImageObject", "contentUrl": place, **({"caption": value.caption or value.alt} if value.caption or value.alt else {})}
    if field.schema == "video":
        return {"@type": "VideoObject", "name": field.label, "contentUrl": str(value)}
    if field.schema.startswith("date"):
        return calendar(str(value))  # empty where it is none: a date in words is nothing that programs know
    kind = THINGS.get(field.schema)
    return {"@type": kind, "name": vocabulary.plain(value)} if kind else str(value)


def described(case: Case) -> str:
    """What a page of a case is about: its summary, else how its text begins."""
    return case.text("summary") or cut(case.body.text) or case.title


def of_group(collection: Collection, field: Field, group: Group) -> str:
    """What a page of a group is about: how many cases, and the first of them."""
    return cut(f"{collection.title}：{field.label}“{group.label}”，{len(group.cases)} 个案例。{_titles(group.cases)}")


def of_view(collection: Collection, field: Field, groups: Iterable[Group]) -> str:
    """What an index page is about."""
    return cut(f"{collection.title}，按{field.label}浏览：{'、'.join(group.label for group in groups)}")


def of_all(collection: Collection) -> str:
    """What the site is about."""
    name = "，".join(part for part in (collection.title, collection.subtitle) if part)
    return cut(f"{name}：{len(collection.cases)} 个案例，可以搜索、筛选。{_titles(collection.cases)}")


def beginning(html: str) -> str:
    """How a page that people wrote begins, as the attribute of a description: its first paragraph that says something."""
    words = (cut(unescape(_TAG.sub("", each))) for each in _PARAGRAPH.findall(html))
    return escape(next((each for each in words if each), ""))


def cut(text: str) -> str:
    """A text on one line, the end of what is longer as …"""
    text = " ".join(text[: _MOST * 4].split())
    return text if len(text) <= _MOST else f"{text[: _MOST - 1]}…"


def header(title: str, description: str, values: Mapping[str, object]) -> dict[str, object]:
    """The header of a page of ours. MkDocs and Material write what it says into HTML without escaping it."""
    extra = {name: values[name] for name in ("head", "card") if values.get(name)}
    return {"title": escape(title), **({"description": escape(description)} if description else {}), **extra, "hide": ["navigation", "toc"]}


def _titles(cases: Iterable[Case]) -> str:
    return "；".join(case.title for case, _ in zip(cases, range(5), strict=False))
