"""Pointing: what the parts of a document point at, and what points at nothing, over which a library would stumble."""

import posixpath

from casepress.intake import packages
from casepress.intake.wordxml import A, R, V, W

_NEEDS = {f"{A}blip": f"{R}embed", f"{V}imagedata": f"{R}id", f"{W}altChunk": f"{R}id"}


def tidy(root, parts: dict[str, bytes], name: str) -> None:
    """Take away from the tree of a part what points at nothing: pictures, links and notes whose part is not there."""
    related, folder = _related(parts, name), posixpath.dirname(name)
    for element in list(root.iter(f"{A}blip", f"{V}imagedata", f"{W}hyperlink", f"{W}altChunk")):
        for key in (f"{R}link", f"{R}embed", f"{R}id"):
            if element.get(key) is not None and element.get(key) not in related:
                del element.attrib[key]
        if element.tag in _NEEDS and element.get(_NEEDS[element.tag]) is None:
            element.getparent().remove(element)
    for kind in ("footnote", "endnote"):
        known = _notes(parts, folder, kind)
        for mark in list(root.iter(f"{W}{kind}Reference")):
            if mark.get(f"{W}id") not in known:
                mark.getparent().remove(mark)


def _related(parts: dict[str, bytes], name: str) -> set[str]:
    """The ids of a part's relations that lead somewhere."""
    folder, _, file = name.rpartition("/")
    rels = parts.get(f"{folder}/_rels/{file}.rels")
    found = set()
    for relation in packages.tree(rels) if rels is not None else ():
        target = relation.get("Target", "")
        inside = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        if relation.get("TargetMode") == "External" or inside in parts:
            found.add(relation.get("Id", ""))
    return found


def _notes(parts: dict[str, bytes], folder: str, kind: str) -> set[str]:
    part = parts.get(f"{folder}/{kind}s.xml")
    return {note.get(f"{W}id", "") for note in packages.tree(part).iter(f"{W}{kind}")} if part is not None else set()
