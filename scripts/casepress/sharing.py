"""Sharing: what a site holds for other programs beside its pages: data, feeds, and word for those that crawl it."""

from collections.abc import Callable

from casepress.collection.views import view
from casepress.facts import codes
from casepress.facts.maker import maker
from casepress.facts.store import Store, key
from casepress.records import published
from casepress.site import feeds
from casepress.values.cases import Collection

_KIND = "workbooks"


def shared(collection: Collection, store: Store) -> dict[str, bytes | Callable[[], bytes]]:
    """The files by their path in the site; what is slow to make is kept in the store."""
    files: dict[str, bytes | Callable[[], bytes]] = {f"data/{name}": data for name, data in published.published(collection).items()}
    files["data/cases.xlsx"] = _workbook(collection, store, files["data/cases.csv"])
    views = {field.name: view(collection, field) for field in collection.facets if field.name in feeds.BY}
    files.update(feeds.feeds(collection, views))
    files["robots.txt"] = _robots(collection)
    return files


def _workbook(collection: Collection, store: Store, table: bytes) -> bytes:
    name = key((maker("XlsxWriter"), table, collection.date))
    data = store.get(_KIND, name)
    if data is None:
        data = published.as_workbook(collection, published.rows(collection))
        store.put(_KIND, name, data)
    return data


def _robots(collection: Collection) -> bytes:
    """robots.txt (RFC 9309): all may be read, and where the map of the site is."""
    lines = ["User-agent: *", "Disallow:"]
    if collection.address:
        lines.append(f"Sitemap: {codes.address(collection.address)}sitemap.xml")
    return ("\n".join(lines) + "\n").encode()
