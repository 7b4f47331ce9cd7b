"""OAI: the cases as a static repository (Open Archives Initiative, 2.0), one XML from which catalogues harvest Dublin Core through a gateway.

A collection has one where it says its address and, for those who harvest, an e-mail. All cases bear the date of the collection: a case
keeps none of its changes, and an invented one would change with each build.
"""

from xml.sax.saxutils import escape, quoteattr

from casepress.collection.vocabulary import elements
from casepress.facts import codes
from casepress.facts.moments import moment
from casepress.site.feeds import plain
from casepress.values.cases import Case, Collection

PATH = "data/oai.xml"
_OAI = "http://www.openarchives.org/OAI/2.0/"
_SPACES = {
    "xmlns": f"{_OAI}static-repository",
    "xmlns:oai": _OAI,
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xsi:schemaLocation": f"{_OAI}static-repository {_OAI}static-repository.xsd",
}
_RECORD = {
    "xmlns:oai_dc": f"{_OAI}oai_dc/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xsi:schemaLocation": f"{_OAI}oai_dc/ {_OAI}oai_dc.xsd",
}


def repository(collection: Collection) -> bytes:
    """The file, in UTF-8; empty where the address, the e-mail or every case is missing."""
    if not (collection.address and collection.email and collection.cases):
        return b""
    day = moment(collection.date)[:10]
    identify = {
        "repositoryName": collection.title,
        "baseURL": codes.address(collection.address) + PATH,
        "protocolVersion": "2.0",
        "adminEmail": collection.email,
        "earliestDatestamp": day,
        "deletedRecord": "no",
        "granularity": "YYYY-MM-DD",
    }
    form = {"metadataPrefix": "oai_dc", "schema": f"{_OAI}oai_dc.xsd", "metadataNamespace": f"{_OAI}oai_dc/"}
    parts = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Repository{_attributes(_SPACES)}>\n<Identify>\n',
        *(_element(f"oai:{name}", text) + "\n" for name, text in identify.items()),
        "</Identify>\n<ListMetadataFormats>\n<oai:metadataFormat>",
        *(_element(f"oai:{name}", text) for name, text in form.items()),
        '</oai:metadataFormat>\n</ListMetadataFormats>\n<ListRecords metadataPrefix="oai_dc">\n',
        *(_record(collection, case, day) for case in collection.cases),
        "</ListRecords>\n</Repository>\n",
    )
    return "".join(parts).encode()


def _record(collection: Collection, case: Case, day: str) -> str:
    here = codes.address(collection.address, case.id)
    said = "".join(_element(f"dc:{name}", text) for name, text in (*elements(collection, case), ("identifier", here)))
    head = f"<oai:header>{_element('oai:identifier', here)}{_element('oai:datestamp', day)}</oai:header>"
    return f"<oai:record>{head}<oai:metadata><oai_dc:dc{_attributes(_RECORD)}>{said}</oai_dc:dc></oai:metadata></oai:record>\n"


def _attributes(names: dict[str, str]) -> str:
    return "".join(f" {name}={quoteattr(value)}" for name, value in names.items())


def _element(name: str, text: str) -> str:
    return f"<{name}>{escape(plain(text))}</{name}>"
