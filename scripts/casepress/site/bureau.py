"""Bureau: the files of `content/` as they stand in the docs tree: pages under a header of ours, pictures and documents written anew.

MkDocs and Material write what a header says into HTML as it is, so it says here only what they take for text, and that escaped.
A page is marked (`MARK`), so that its HTML is cleaned once MkDocs has made it.
"""

from collections.abc import Mapping
from html import escape

from casepress.collection.webfiles import KNOWN, PICTURES
from casepress.collection.webpages import body_of
from casepress.facts import developing, enclosures
from casepress.facts.maker import maker
from casepress.facts.pictures import NotAPicture
from casepress.facts.store import Store, key
from casepress.markup import frontmatter
from casepress.markup.frontmatter import Node
from casepress.values.problems import Stopped, error

MARK = "bureau"  # in the header of a staged page
_TRUTHS = {"true": True, "false": False, "yes": True, "no": False}


def in_the_tree(files: Mapping[str, bytes], store: Store) -> dict[str, bytes]:
    """The files of `content/` that are published, by their path in it, as the docs tree has them. Raises Stopped."""
    return {name: page(data) if name.endswith(".md") else _cleaned(name, data, store) for name, data in files.items()}


def page(data: bytes) -> bytes:
    """A page with a header that holds nothing but what may stand there."""
    source = data.decode()
    header = frontmatter.read_header(source, "")[0] if frontmatter.has_header(source) else {}
    said = {name: _plain(node) for name, node in header.items() if name in KNOWN}
    return (frontmatter.write_header({**said, MARK: True}) + "\n" + body_of(data)[0]).encode()


def _plain(node: Node) -> object:
    value = node.value
    if isinstance(value, str):
        return _TRUTHS.get(value.lower(), escape(value))
    return {escape(name): _plain(each) for name, each in value.items()} if isinstance(value, Mapping) else [_plain(each) for each in value]


def _cleaned(name: str, data: bytes, store: Store) -> bytes:
    kind = enclosures.ending(name)
    if kind not in (*PICTURES, *enclosures.ENDINGS):
        return data
    called = key((maker("pillow", "pikepdf"), kind, data))
    if (found := store.get("bureau", called)) is None:
        try:
            found = developing.publish(data).data if kind in PICTURES else enclosures.published(data, kind)
        except (NotAPicture, enclosures.NotEnclosed) as reason:
            raise Stopped([error(f"content/{name}", 0, f"不能用：{reason}", reason.cure, "pictures_are_there")]) from reason
        store.put("bureau", called, found)
    return found
