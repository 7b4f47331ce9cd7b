"""Policy: what a page of the site may load and run, said on each page by meta, so that it holds from a disk and on any host.

Cleaning (markup.prose) keeps scripts out of pages; this is the second wall: a script that got into a page all the same is
not run. Nothing of the site's own is written into pages, so no sum of a script is needed, but for the page of 404, which
stands alone. `file:` stands beside 'self' because from a disk a page has no origin that 'self' could mean; over HTTP no
page can load a file of the reader's.
"""

import base64
import hashlib
import re

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' file:",
        "style-src 'self' file:",
        "img-src 'self' data: file:",
        "font-src 'self' file:",
        "media-src 'self' file:",
        "connect-src 'self'",
        "frame-src 'self' file:",  # a reader's compilation asks the pages of cases for their texts
        "form-action 'self' file:",
        "base-uri 'none'",
        "object-src 'none'",
    )
)
HEADER = "Content-Security-Policy"
_META = re.compile(rf'(<meta http-equiv="{HEADER}" content=")([^"]*)(">)')
_INLINE = re.compile(r"<(script|style)>(.*?)</\1>", re.DOTALL)
_CHARSET = '<meta charset="utf-8">'


def standing_alone(page: str, policy: str = POLICY) -> str:
    """A page of our own that asks for no other file, with the policy and the sums of its own script and style."""
    for kind, words in _INLINE.findall(page):
        policy = _with(policy, f"{kind}-src", _sum(words))
    return page.replace(_CHARSET, f'{_CHARSET}\n<meta http-equiv="{HEADER}" content="{policy}">', 1)


def show(server) -> None:
    """Let MkDocs' server say in the pages that it hands out that the script which it puts there may run, and what the desk
    shows beside them may have its looks; a site that is published has none of this."""
    inject = server._inject_js_into_html

    def allowed(content: bytes, epoch: int) -> bytes:
        made = inject(content, epoch).decode("utf-8", "surrogateescape")
        script = made[made.rfind("<script>") + len("<script>") :].partition("</script>")[0]
        return _META.sub(
            lambda meta: meta[1] + _with(_with(meta[2], "script-src", _sum(script)), "style-src", "'unsafe-inline'") + meta[3], made, count=1
        ).encode("utf-8", "surrogateescape")

    server._inject_js_into_html = allowed


def _with(policy: str, directive: str, source: str) -> str:
    """A policy with one more source in a directive, where it has that."""
    return re.sub(rf"(?:^|(?<=; )){directive} [^;]*", lambda found: f"{found[0]} {source}", policy)


def _sum(words: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(words.encode('utf-8', 'surrogateescape')).digest()).decode()}'"
