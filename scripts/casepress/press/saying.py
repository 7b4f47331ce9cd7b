"""Saying: what a PDF says of itself, in its dictionary of information and again as XMP (ISO 32000-1, 14.3)."""

import uuid
from dataclasses import dataclass
from importlib.metadata import version

import pikepdf
from pikepdf.models.metadata import PdfMetadata

from casepress.facts.moments import NO_DATE
from casepress.press.joining import dictionary, text

_PRODUCER = f"WeasyPrint {version('weasyprint')}"
_SPACES = {"pdfxid": "http://www.npes.org/pdfx/ns/id/", "pdfuaid": "http://www.aiim.org/pdfua/ns/id/"}


@dataclass(frozen=True)
class About:
    """What a PDF says of itself; `date` is as facts.moments gives it."""

    title: str
    author: str
    language: str
    subject: str = ""
    keywords: tuple[str, ...] = ()
    date: str = NO_DATE


def information(about: About, edition: str) -> bytes:
    """The dictionary of information; of what is printed it says whether it is trapped (14.11.6)."""
    date = text(f"D:{''.join(c for c in about.date if c.isdigit())}Z")
    said = {"Title": about.title, "Author": about.author, "Subject": about.subject, "Keywords": ", ".join(about.keywords)}
    entries = {name: text(words) for name, words in said.items() if words}
    entries |= {"Creator": text("casepress"), "Producer": text(_PRODUCER), "CreationDate": date, "ModDate": date}
    return dictionary(entries | ({"Trapped": b"/False"} if edition == "print" else {}))


def metadata(about: About, edition: str, sum_: bytes) -> bytes:
    """The same as XMP, with what PDF/UA-1 or PDF/X-4 asks for; `sum_` is one of what is on the pages, of 16 bytes or more."""
    for name, space in _SPACES.items():
        PdfMetadata.register_xml_namespace(space, name)
    with pikepdf.new() as pdf:
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as said:
            said["dc:format"] = "application/pdf"
            said["dc:title"] = about.title
            if about.author:
                said["dc:creator"] = [about.author]
            if about.subject:
                said["dc:description"] = about.subject
            if about.keywords:
                said["pdf:Keywords"] = ", ".join(about.keywords)
            said["xmp:CreatorTool"] = "casepress"
            said["pdf:Producer"] = _PRODUCER
            said["xmp:CreateDate"] = said["xmp:ModifyDate"] = said["xmp:MetadataDate"] = about.date
            if edition == "screen":
                said["pdfuaid:part"] = "1"
            else:
                said["pdfxid:GTS_PDFXVersion"] = "PDF/X-4"
                said["xmpMM:DocumentID"] = f"uuid:{uuid.UUID(bytes=sum_[:16], version=4)}"
                said["xmpMM:RenditionClass"] = "default"
                said["xmpMM:VersionID"] = "1"
                said["pdf:Trapped"] = "False"
        return pdf.Root.Metadata.read_bytes()
