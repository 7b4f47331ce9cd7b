"""Archive: the zip that an EPUB is (OCF): the same files give the same bytes, whenever and wherever they are packed."""

import io
import zipfile
from collections.abc import Iterable

MEDIA_TYPE = "application/epub+zip"
_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can say
_PACKED = (".jpg", ".png", ".webp")  # deflating them again gains nothing


def archive(files: Iterable[tuple[str, bytes]]) -> bytes:
    """The files in their order behind `mimetype`, which comes first and bare (EPUB 3.3, OCF ZIP container media type)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, data in (("mimetype", MEDIA_TYPE.encode()), *files):
            entry = zipfile.ZipInfo(name, _TIME)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            bare = name == "mimetype" or name.endswith(_PACKED)
            entry.compress_type = zipfile.ZIP_STORED if bare else zipfile.ZIP_DEFLATED
            packed.writestr(entry, data, compresslevel=None if bare else 9)
    return out.getvalue()
