"""Shipped: what MkDocs and Material put into a site that no reader needs, taken out of it again.

Maps of scripts and styles to their sources, and Material's own search, which ours replaces; nothing asks for them.
"""

import re
import shutil
from pathlib import Path

from casepress.collection.writing import write

_UNUSED = ("lunr", "workers")
_DAY = re.compile(rb"\s*<lastmod>[^<]*</lastmod>")
_MAPPED = re.compile(rb"\n?(?://[#@] ?sourceMappingURL=[^\n]*|/\*[#@] ?sourceMappingURL=[^*]*\*/)\s*\Z")


def clean(site: Path, has_address: bool) -> None:
    """Take out of a built site what is not to be shipped. Raises OSError.

    The map of the site names nothing where it has no address; else it says of every page the day of the build, which is not true.
    """
    pages = site / "sitemap.xml"
    pages.with_name("sitemap.xml.gz").unlink(missing_ok=True)
    if not has_address:
        pages.unlink(missing_ok=True)
    elif pages.is_file():
        write(pages, _DAY.sub(b"", pages.read_bytes()))
    assets = site / "assets"
    for name in _UNUSED:
        shutil.rmtree(assets / "javascripts" / name, ignore_errors=True)
    for folder in (assets / "javascripts", assets / "stylesheets"):
        for path in sorted(folder.rglob("*")):
            if path.suffix == ".map":
                path.unlink()
            elif path.name.endswith((".min.js", ".min.css")):
                data = path.read_bytes()
                if (plain := _MAPPED.sub(b"\n", data)) != data:
                    write(path, plain)
