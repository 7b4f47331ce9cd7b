"""Every way in which a document makes WeasyPrint fetch something (WAYS), every kind of address (addresses), and what the press does with each.

    python tests/vectors.py PORT CANARY

tries them all with the press and says in JSON what each came to: a message, or nothing where it was left out.
"""

import json
import sys
from http.server import BaseHTTPRequestHandler
from pathlib import Path

_SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9"'
WAYS = {
    "picture": '<img src="URL">',
    "set of sources": '<img srcset="URL 2x" src="URL">',
    "source": '<picture><source srcset="URL"><img src="URL"></picture>',
    "object": '<object data="URL"></object>',
    "embed": '<embed src="URL">',
    "stylesheet": '<link rel="stylesheet" href="URL">',
    "import": "<style>@import 'URL';</style>",
    "background": '<p style="background: url(URL)">x</p>',
    "background of a page": "<style>@page { background: url(URL) }</style><p>x</p>",
    "margin of a page": "<style>@page { @top-left { content: url(URL) } }</style><p>x</p>",
    "border": '<p style="border: 9px solid; border-image: url(URL) 9">x</p>',
    "mark of a list": "<ul style=\"list-style-image: url('URL')\"><li>x</li></ul>",
    "content": "<style>p::before { content: url(URL) }</style><p>x</p>",
    "face": "<style>@font-face { font-family: x; src: url(URL) } p { font-family: x }</style><p>x</p>",
    "drawing": f'<svg {_SVG}><image href="URL" width="9" height="9"/></svg>',
    "use in a drawing": f'<svg {_SVG}><use xlink:href="URL#x"/></svg>',
    "import in a drawing": f"<svg {_SVG}><style>@import 'URL';</style><text>x</text></svg>",
    "drawing in an address": f"<img src=\"data:image/svg+xml,&lt;svg {_SVG.replace(chr(34), chr(39))}&gt;&lt;image href='URL' width='9' height='9'/&gt;&lt;/svg&gt;\">",
    "base": '<base href="URL"><img src="x.png">',
    "attachment": '<link rel="attachment" href="URL">',
    "attachment of a link": '<a rel="attachment" href="URL">x</a>',
}

# What is left out without a word: a drawing as a whole, and an address that leads nowhere without a base.
LEFT_OUT = {f"{way}, {kind}" for way in ("drawing", "use in a drawing", "import in a drawing") for kind in ("file", "http")} | {
    "picture, without a scheme", "import, without a scheme",
}  # fmt: skip


def addresses(port: int, canary: Path) -> dict[str, str]:
    """Ten kinds of addresses: files, hosts, one that leads on to a file, a device without end, what is in no table."""
    return {
        "file": canary.as_uri(),
        "http": f"http://127.0.0.1:{port}/canary.png",
        "https": f"https://127.0.0.1:{port}/canary.png",
        "ftp": f"ftp://127.0.0.1:{port}/canary.png",
        "leads on": f"http://127.0.0.1:{port}/canary-to-file",
        "IPv6": f"http://[::1]:{port}/canary.png",
        "of the cloud": "http://169.254.169.254/canary",
        "without end": "file:///dev/zero?canary",
        "asset": "asset:canary.png",
        "without a scheme": f"//127.0.0.1:{port}/canary.png",
    }


def tried(port: int, canary: Path) -> dict[str, str]:
    """What the press says to each way, of a file and of a host, and to each address, in a picture and in a stylesheet."""
    from casepress.press.families import font_configuration
    from casepress.press.layout import Refused, lay_out, refusing
    from casepress.type.faces import shipped_faces

    fonts, found = font_configuration(shipped_faces()), {}
    for name, html in documents(port, canary).items():
        try:
            with refusing():
                lay_out(html, {}, fonts).document.write_pdf()  # attachments are fetched where a PDF is written
            found[name] = ""
        except Refused as refused:
            found[name] = str(refused)
    return found


def documents(port: int, canary: Path) -> dict[str, str]:
    """The documents that are tried, by way and address."""
    known = addresses(port, canary)
    pairs = [(way, kind) for way in WAYS for kind in ("file", "http")] + [(way, kind) for way in ("picture", "import") for kind in known]
    return {f"{way}, {kind}": f"<html><body>{WAYS[way].replace('URL', known[kind])}</body></html>" for way, kind in dict.fromkeys(pairs)}


def fetched(port: int, canary: Path, calls: list[str], opened: list[str]) -> set[str]:
    """The ways that reach the host or the file where WeasyPrint may fetch what it likes, as it does by itself."""
    from weasyprint import HTML

    known, found = addresses(port, canary), set()
    for way, html in WAYS.items():
        del calls[:], opened[:]
        for kind in ("http", "file"):
            HTML(string=f"<html><body>{html.replace('URL', known[kind])}</body></html>").write_pdf()
        if calls or any("canary" in name for name in opened):
            found.add(way)
    return found


class Host(BaseHTTPRequestHandler):
    """Whoever is called: it notes each call and has nothing."""

    def do_GET(self) -> None:
        self.server.calls.append(self.path)
        self.send_error(404)

    def log_message(self, *words: object) -> None:
        pass


if __name__ == "__main__":
    print(json.dumps(tried(int(sys.argv[1]), Path(sys.argv[2]))))
