"""PDF/X-4 (ISO 15930-7): a written PDF made ready for a print shop.

Its colours become inks with a stated output intent; around the bleed come crop marks, register marks and a line that
says what the page is; links go, dates and identity are written, the same whenever the file is made.
"""

import hashlib
import uuid
from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String
from pikepdf.models.metadata import PdfMetadata

from casepress.book.measures import MM
from casepress.press.inks import ColorProfile, ink, is_colored
from casepress.press.numbers import Letters, Numerals, add_font

BLEED = 3 * MM
SLUG = 12 * MM  # from the trimmed edge to the edge of the sheet: the bleed, and room for the marks
_OFFSET, _LENGTH = 3.5 * MM, 5 * MM  # where a crop mark begins, outside the bleed, and how long it is
_CROSS, _HALF = 7.5 * MM, 2 * MM  # where a register cross stands, and half its width
_PDFXID = "http://www.npes.org/pdfx/ns/id/"


def finish(pdf: Pdf, profile: ColorProfile, letters: Letters, slugs: Sequence[str], date: str, folds: Sequence[float] = ()) -> None:
    """Make a PDF that WeasyPrint wrote with a bleed of 3 mm ready for the press.

    `slugs` are the words beside each page, shown with `letters`; `date` as facts.moments gives it, `folds` the distances of
    folds from the left edge in pt. Raises inks.NoInks.
    """
    ink(pdf, profile)
    everywhere = pdf.make_indirect(_all_plates())
    for page, slug in zip(pdf.pages, slugs, strict=True):
        colored = is_colored(page)
        _boxes(page)
        add_font(page, letters.face, "/CasepressSlug")
        spaces = Dictionary(page.Resources.get("/ColorSpace", Dictionary()))
        spaces["/CasepressAll"] = everywhere
        page.Resources.ColorSpace = spaces
        page.contents_add(b"q", prepend=True)
        page.contents_add(f"Q {_marks(page, slug, letters.font, colored, folds)}".encode("ascii"))
        page.contents_coalesce()
        if "/Annots" in page:
            del page["/Annots"]
    if "/Names" in pdf.Root:
        del pdf.Root["/Names"]  # where links led to
    _intend(pdf, profile)
    _say(pdf, date)


def _boxes(page: pikepdf.Page) -> None:
    """The trimmed page from 0, around it the bleed, around that the sheet (ISO 32000-1, 14.11.2)."""
    left, bottom, right, top = (float(side) for side in page.TrimBox)
    page.BleedBox = Array([left - BLEED, bottom - BLEED, right + BLEED, top + BLEED])
    page.MediaBox = Array([left - SLUG, bottom - SLUG, right + SLUG, top + SLUG])
    for name in ("/ArtBox", "/CropBox"):
        if name in page:
            del page[name]


def _all_plates() -> Array:
    """The colour of marks that every plate must show (ISO 32000-1, 8.6.6.4)."""
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 1, 1], N=1)
    return Array([Name.Separation, Name.All, Name.DeviceCMYK, tint])


def _marks(page: pikepdf.Page, slug: str, font: Numerals, colored: bool, folds: Sequence[float]) -> str:
    """Marks outside the bleed: at the corners where to cut, in the middles where plates meet, above and below where to fold."""
    left, bottom, right, top = (float(side) for side in page.TrimBox)
    lines, middle = [], ((left + right) / 2, (bottom + top) / 2)
    for edge, sign in ((left, -1), (right, 1)):
        for y in (bottom, top):
            lines.append((edge + sign * _OFFSET, y, edge + sign * (_OFFSET + _LENGTH), y))
        lines += _cross(edge + sign * _CROSS, middle[1])
    for edge, sign in ((bottom, -1), (top, 1)):
        for x in (left, right, *folds):
            lines.append((x, edge + sign * _OFFSET, x, edge + sign * (_OFFSET + _LENGTH)))
        lines += _cross(middle[0] if not folds else (left + folds[0]) / 2, edge + sign * _CROSS)
    paint = "/CasepressAll CS 1 SCN" if colored else "0 0 0 1 K"
    drawn = " ".join(f"{a:.3f} {b:.3f} m {c:.3f} {d:.3f} l" for a, b, c, d in lines)
    words = "".join(c if c in font.glyphs else " " for c in slug + ("　CMYK" if colored else "　K"))
    words = "".join(c for c in words if c in font.glyphs)
    shown = f"BT /CasepressSlug 6 Tf {font.shown(words, left + 3 * MM, bottom - 11 * MM, 6)} ET"
    return f"q 0.25 w {paint} {drawn} S Q q 0 0 0 1 k {shown} Q"


def _cross(x: float, y: float) -> list[tuple[float, float, float, float]]:
    return [(x - _HALF, y, x + _HALF, y), (x, y - _HALF, x, y + _HALF)]


def _intend(pdf: Pdf, profile: ColorProfile) -> None:
    """State what the inks are meant for (ISO 32000-1, 14.11.5)."""
    data = pdf.make_stream(profile.data, N=4, Alternate=Name.DeviceCMYK)
    words = String(profile.name)
    intent = Dictionary(
        Type=Name.OutputIntent, S=Name.GTS_PDFX, OutputConditionIdentifier=words, OutputCondition=words, Info=words, DestOutputProfile=data
    )
    pdf.Root.OutputIntents = Array([intent])


def _say(pdf: Pdf, date: str) -> None:
    """Identity and dates, the same in both places where a PDF says them."""
    info = pdf.docinfo
    info["/CreationDate"] = info["/ModDate"] = String(f"D:{''.join(c for c in date if c.isdigit())}Z")
    info["/Trapped"] = Name("/False")
    contents = hashlib.sha256()
    for page in pdf.pages:
        contents.update(page.Contents.read_bytes())
    PdfMetadata.register_xml_namespace(_PDFXID, "pdfxid")
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as said:
        said["pdfxid:GTS_PDFXVersion"] = "PDF/X-4"
        said["dc:format"] = "application/pdf"
        said["dc:title"] = str(info.get("/Title", ""))
        if "/Author" in info:
            said["dc:creator"] = [str(info["/Author"])]
        said["xmp:CreatorTool"] = str(info.get("/Creator", "casepress"))
        said["xmp:CreateDate"] = said["xmp:ModifyDate"] = said["xmp:MetadataDate"] = date
        said["xmpMM:DocumentID"] = f"uuid:{uuid.UUID(bytes=contents.digest()[:16], version=4)}"
        said["xmpMM:RenditionClass"] = "default"
        said["xmpMM:VersionID"] = "1"
        said["pdf:Producer"] = str(info.get("/Producer", "casepress"))
        said["pdf:Trapped"] = "False"
