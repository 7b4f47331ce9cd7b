"""Official schemas of XML, as scripts/setup brings them: Atom's grammar, the sitemap protocol's, OAI-PMH's with unqualified Dublin Core.

They come in packages of which nothing else is wanted; nothing is fetched when they are read. Of the static repository's own schema no
package holds a copy: `answers` takes such a file apart as a gateway does, and OAI-PMH.xsd judges what the gateway would answer.
"""

import copy
import os
import sys
from pathlib import Path

import pytest
from lxml import etree

FOLDER = Path(sys.prefix) / "share" / "schemas"
OAI = "{http://www.openarchives.org/OAI/2.0/}"
MISSING = "未检查：{} 没有，订阅源、站点地图和 OAI-PMH 没有用官方模式检查（请运行 bash scripts/test）"
# What may stand in an answer's `metadata` is judged strictly, so both schemas are one.
_HARVEST = """<schema xmlns="http://www.w3.org/2001/XMLSchema">
<import namespace="http://www.openarchives.org/OAI/2.0/" schemaLocation="OAI-PMH.xsd"/>
<import namespace="http://www.openarchives.org/OAI/2.0/oai_dc/" schemaLocation="oai_dc.xsd"/>
</schema>"""


class _Here(etree.Resolver):
    """Every schema that another names is the file of that name here, whichever address it is named by."""

    def resolve(self, url, public_id, context):
        return self.resolve_filename(str(FOLDER / url.rpartition("/")[2]), context)


def _read(name: str, text: str = "") -> etree._ElementTree:
    if not (FOLDER / (name or "OAI-PMH.xsd")).is_file():
        words = MISSING.format(FOLDER)
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(words)
        pytest.skip(words)
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Here())
    return etree.ElementTree(etree.fromstring(text, parser)) if text else etree.parse(FOLDER / name, parser)


def atom() -> etree.RelaxNG:
    """Atom's grammar, that of RFC 4287's appendix B."""
    return etree.RelaxNG(_read("atom.rng"))


def sitemap() -> etree.XMLSchema:
    """The sitemap protocol 0.9."""
    return etree.XMLSchema(_read("sitemaps-schema-0.9.xsd"))


def harvest() -> etree.XMLSchema:
    """OAI-PMH 2.0 and its unqualified Dublin Core."""
    return etree.XMLSchema(_read("", _HARVEST))


def answers(repository: Path) -> list[etree._Element]:
    """What a gateway answers from a static repository's file (OAI's Static Repository guidelines, 3): Identify, ListMetadataFormats, ListRecords."""
    found = []
    for part in etree.parse(repository).getroot():
        verb = etree.QName(part).localname
        whole = etree.Element(f"{OAI}OAI-PMH")
        etree.SubElement(whole, f"{OAI}responseDate").text = "2026-01-01T00:00:00Z"
        etree.SubElement(whole, f"{OAI}request", verb=verb, **part.attrib).text = "https://gateway.example.org/oai"
        etree.SubElement(whole, f"{OAI}{verb}").extend(copy.deepcopy(each) for each in part)
        found.append(whole)
    return found
