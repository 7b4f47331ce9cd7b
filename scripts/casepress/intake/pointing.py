"""Pointing: what the parts of a document point at, and what points at nothing, over which a library would stumble."""

from casepress.intake import packages
from casepress.intake.wordxml import A, R, V, W

_NEEDS = {f"{A}blip": f"{R}embed", f"{V}imagedata": f"{R}id", f"{W}altChunk": f"{R}id"}

_PICTURES = (f"{A}blip", f"{V}imagedata")


def tidy(root, parts: dict[str, bytes], name: str, notes: dict[str, str]) -> set[str]:
    """Take away from the tree of a part what points at nothing: pictures, links and notes whose part is not there; `notes` are the parts
    of footnotes and endnotes. The relations of pictures that should lie in the file, and do not."""
    related = _related(parts, name)
    lost = set()
    for element in list(root.iter(f"{A}blip", f"{V}imagedata", f"{W}hyperlink", f"{W}altChunk")):
        for key in (f"{R}link", f"{R}embed", f"{R}id"):
            if element.get(key) is not None and not related.get(element.get(key)):
                if element.get(key) in related and element.tag in _PICTURES:
                    lost.add(element.get(key))
                del element.attrib[key]
        if element.tag in _NEEDS and element.get(_NEEDS[element.tag]) is None:
            element.getparent().remove(element)
    for kind in ("footnote", "endnote"):
        known = _notes(parts.get(notes[f"{kind}s"]), kind)
        for mark in list(root.iter(f"{W}{kind}Reference")):
            if mark.get(f"{W}id") not in known:
                mark.getparent().remove(mark)
    return lost


def _related(parts: dict[str, bytes], name: str) -> dict[str, bool]:
    """The ids of a part's relations, and whether each leads somewhere."""
    folder, _, file = name.rpartition("/")
    rels = parts.get(f"{folder}/_rels/{file}.rels")
    found = {}
    for relation in packages.tree(rels) if rels is not None else ():
        inside = packages.leads_to(name, relation.get("Target", "")) in parts
        found[relation.get("Id", "")] = relation.get("TargetMode") == "External" or inside
    return found


def _notes(part: bytes | None, kind: str) -> set[str]:
    return {note.get(f"{W}id", "") for note in packages.tree(part).iter(f"{W}{kind}")} if part is not None else set()
