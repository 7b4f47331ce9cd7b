"""Proofs: under `serve` the book's pages of a case can be looked at beside its page, laid out anew after each edit.

All of this is in what the server hands out; it stands in no file, so no site that is published has it.
"""

import re
import threading
from collections.abc import Callable, Sequence
from html import escape
from typing import Protocol

FOLDER = "/.casepress/"
_CASE = re.compile(r"/cases/([a-z0-9-]+)\.html$")
_ASKED = re.compile(rf"{re.escape(FOLDER)}([a-z0-9-]+)(?:\.html|/([0-9]+)/([0-9]+)\.png)$")
_LINK = (
    '<p class="casepress-proofs" style="position:fixed;right:12px;bottom:52px;z-index:98;margin:0;font:14px/1.4 var(--cp-hei,sans-serif)">'
    '<a href="{address}" target="_top" style="display:block;padding:8px 14px;border-radius:4px;background:#1f5d57;color:#fff;text-decoration:none">书页</a></p>'
    "<style>@media print{{.casepress-proofs{{display:none}}}}</style>"
)
_PAGE = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>书页：{case}</title><style>
body{{margin:0;font:16px/1.7 sans-serif;color:#22262a;background:#e4dfd5}}
header{{position:sticky;top:0;padding:8px 16px;background:#fbfaf6;border-bottom:1px solid #b9b2a4;z-index:1}}
header a{{color:#a8321f;margin-right:1.5em}}
main{{display:flex}} iframe{{display:none}} section{{flex:1;min-width:0;padding:16px;text-align:center}}
img{{display:block;width:100%;max-width:760px;height:auto;margin:0 auto 16px;background:#fff;border:1px solid #b9b2a4}}
ul{{max-width:40em;margin:0 auto 16px;padding:12px 12px 12px 32px;background:#fff6dd;border:1px solid #a66a00;text-align:left}}
@media(min-width:1100px){{.casepress-problems{{display:none}} iframe{{display:block;flex:1;height:calc(100vh - 46px);position:sticky;top:46px;border:0;background:#fff}}}}
@media print{{header,iframe{{display:none!important}}}}
</style></head><body><header><a href="{back}">回到网页</a>{words}</header><main><iframe src="{back}?beside" title="这个案例的网页"></iframe>
<section>{said}{pictures}</section></main></body></html>
"""


class Sheets(Protocol):
    """The pages of a case as PNGs, and what there is to say of them."""

    pictures: Sequence[bytes]
    said: Sequence[str]


def show(server, sheets: Callable[[str], Sheets]) -> None:
    """Let MkDocs' server link from the page of a case to its book's pages, and hand those out; `sheets` makes them, by the case's id."""
    serve, inject, asked = server._serve_request, server._inject_js_into_html, threading.local()
    mount = server.mount_path.rstrip("/")
    last: dict[str, tuple[int, Sheets]] = {}  # of the case that is looked at: the pages of the build that browsers see

    def made(case: str) -> tuple[int, Sheets]:
        with server._epoch_cond:
            server._epoch_cond.wait_for(lambda: server._visible_epoch == server._wanted_epoch)
            epoch = server._visible_epoch
        if case not in last or last[case][0] != epoch:
            found = sheets(case)
            last.clear()
            last[case] = epoch, found
        return last[case]

    def answer(start_response, kind: str, data: bytes) -> list[bytes]:
        start_response("200 OK", [("Content-Type", kind), ("Content-Length", str(len(data))), ("Cache-Control", "no-store")])
        return [data]

    def request(environ, start_response):
        path = environ["PATH_INFO"].removeprefix(mount)
        is_case, wanted = _CASE.fullmatch(path), _ASKED.fullmatch(path)
        asked.address = f"{mount}{FOLDER}{is_case[1]}.html" if is_case and environ.get("QUERY_STRING") != "beside" else ""
        if not wanted:
            return serve(environ, start_response)
        epoch, found = made(wanted[1])
        if not wanted[3]:
            return answer(start_response, "text/html; charset=utf-8", inject(_page(wanted[1], mount, epoch, found), epoch))
        number = int(wanted[3])
        return answer(start_response, "image/png", found.pictures[number - 1]) if 0 < number <= len(found.pictures) else None

    def injected(content: bytes, epoch: int) -> bytes:
        return inject(with_link(content, asked.address) if asked.address else content, epoch)

    server._serve_request, server._inject_js_into_html = request, injected


def with_link(content: bytes, address: str) -> bytes:
    """A page with the link to its case's pages in the book."""
    at = content.rfind(b"</body>")
    return content[:at] + _LINK.format(address=escape(address)).encode() + content[at:] if at >= 0 else content


def _page(case: str, mount: str, epoch: int, found: Sheets) -> bytes:
    said = "".join(f"<li>{escape(each)}</li>" for each in found.said)
    count = len(found.pictures)
    pictures = "".join(f'<img src="{mount}{FOLDER}{case}/{epoch}/{nth}.png" alt="第 {nth} 页">' for nth in range(1, count + 1))
    words = f"在书里共 {count} 页，改了案例会自动重排" if count else "现在排不成书页，改好会自动重排"
    return _PAGE.format(
        case=case, back=f"{mount}/cases/{case}.html", words=words, said=f"<ul>{said}</ul>" if said else "", pictures=pictures
    ).encode()
