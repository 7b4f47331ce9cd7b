"""Feeds: the cases as Atom (RFC 4287), of the whole collection and of each batch and theme; only a site with an address has them.

The newest batch comes first, and no more than a hundred cases: readers of feeds keep what they have seen.
"""

from collections.abc import Iterable, Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from casepress.collection.views import Group, View
from casepress.facts import codes
from casepress.facts.moments import moment
from casepress.site import heads
from casepress.values.cases import Case, Collection

MOST = 100
BY = ("batch", "theme")


def path(name: str = "", group: Group | None = None) -> str:
    """Where a feed stands in the site: of all cases, or of a group of a field."""
    return f"feeds/{name}/{group.slug}.xml" if group else "feeds/all.xml"


def feeds(collection: Collection, views: Mapping[str, View]) -> Iterator[tuple[str, bytes]]:
    """Every feed by its path in the site; none where the collection has no address."""
    if not collection.address:
        return
    entries = {case.id: _entry(collection, case) for case in collection.cases}
    home = codes.address(collection.address)

    def feed(where: str, title: str, page: str, cases: Iterable[Case]) -> bytes:
        author = f"<author><name>{_safe(collection.publisher or collection.title)}</name></author>"
        head = f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(collection.language)}>\n'
        head += f"<id>{_safe(home + where)}</id><title>{_safe(title)}</title><updated>{moment(collection.date)}</updated>{author}\n"
        head += f'<link rel="self" type="application/atom+xml" href={quoteattr(home + where)}/><link href={quoteattr(home + page)}/>\n'
        return (head + "".join(entries[case.id] for case in cases) + "</feed>\n").encode()

    batches = views.get("batch")
    newest = [case for group in batches.groups for case in group.cases] if batches else []
    newest = list({case.id: case for case in (*newest, *collection.cases)}.values())
    yield path(), feed(path(), collection.title, "", newest[:MOST])
    for name in BY:
        for group in views[name].groups if name in views else ():
            title = f"{collection.title}：{group.label}"
            yield path(name, group), feed(path(name, group), title, f"by/{name}/{group.slug}.html", group.cases[:MOST])


def _entry(collection: Collection, case: Case) -> str:
    here = codes.address(collection.address, case.id)
    themes = "".join(f"<category term={quoteattr(plain(str(theme)))}/>" for theme in case.all("theme"))
    return (
        f"<entry><id>{_safe(here)}</id><title>{_safe(case.title)}</title><updated>{moment(collection.date)}</updated>"
        f"<link href={quoteattr(here)}/>{themes}<summary>{_safe(heads.described(case))}</summary></entry>\n"
    )


def _safe(text: str) -> str:
    return escape(plain(text))


def plain(text: str) -> str:
    """Without the characters that XML cannot hold (XML 1.0, 2.2)."""
    return "".join(c for c in text if c in "\t\n\r" or " " <= c < "\ufffe" and not "\ud800" <= c <= "\udfff" or c >= "\U00010000")
