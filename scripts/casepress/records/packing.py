"""Packing: a Word file whose bytes depend on what it says alone: no clock, no author, no company."""

import io
import re
import zipfile

_FIRST = (1980, 1, 1, 0, 0, 0)
_CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    '<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
    '<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified></cp:coreProperties>'
)
_NAMING = re.compile(rb"<(Company|Manager|Template|HyperlinkBase)>[^<]*</\1>")


def packed(data: bytes, moment: str) -> bytes:
    """A package again, with the time that it bears (2000-01-01T00:00:00Z)."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        names = sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", not name.startswith("_rels/"), name))
        for name in names:
            part = old.read(name)
            if name == "docProps/core.xml":
                part = _CORE.format(moment=moment).encode()
            elif name == "docProps/app.xml":
                part = _NAMING.sub(b"", part)
            entry = zipfile.ZipInfo(name, _FIRST)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(entry, part)
    return out.getvalue()
