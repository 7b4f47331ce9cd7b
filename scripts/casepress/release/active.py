"""Active: what in a finished file would run, load from elsewhere, or open by itself, and who is named in its properties.

Flows in: the bytes of a page, a picture, a PDF or a package. Flows out: Chinese words for each thing that must not leave.
Cleaning and the policy of pages see to it before; here what was made is read once more.
"""

import base64
import hashlib
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from html import unescape

from casepress.facts.officeparts import leads_away

IsMeant = Callable[[str], bool]  # whether the collection itself says these words
_TAG = re.compile(r"<([a-zA-Z][\w:-]*)((?:\s(?:\"[^\"]*\"|'[^']*'|[^>\"'])*)?)>")
_VALUE = re.compile(r"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_LOADS = frozenset("script img link iframe source video audio object embed input track form frame use image".split())
_ADDRESSES = frozenset("src href data action formaction poster xlink:href srcset".split())
_RELATIONS = frozenset("canonical alternate license author me prev next search".split())  # links that load nothing
_SCHEME = re.compile(r"[\s\x00-\x1f]*([a-zA-Z][a-zA-Z0-9+.-]*)\s*:")
_SCHEMES = (b"javascript", b"vbscript", b"file")
_RUNS = frozenset(each.decode() for each in _SCHEMES)
_UNSEEN = dict.fromkeys(map(ord, "\t\n\r"))  # what browsers take out of an address (URL Standard, 4.4)
_SUM = re.compile(r"'sha256-([A-Za-z0-9+/=]+)'")
# Whether a page has anything that must be looked at tag by tag: most have not. What parts words is a space then, and all is small.
_EVEN = bytes.maketrans(b"\t\n\f\r\"'", b"      ")
_PLAIN_SCRIPT = re.compile(rb"<script [^>]*?(?:src=|type= ?application/(?:ld\+)?json)")
_MAYBE = (
    re.compile(rb" on[a-z]+ *="),
    re.compile(rb"/on[a-z]+ *="),
    re.compile(rb"<(?:object|embed|base|applet|foreignobject)[ >/]"),
    re.compile(rb"http-equiv *= *refresh"),
    re.compile(rb" style *="),
    re.compile(rb"= *[\x00-\x1f]*(?:(?:%b):|data:(?!image/)|&)" % b"|".join(b" *".join(re.findall(b".", each)) + b" *" for each in _SCHEMES)),
    re.compile(rb"(?:href|src|action) *= *[^ >&]{1,20}&(?:#|tab|newline|colon)"),
    re.compile(
        rb"<(?:script|img|link(?! rel= ?(?:canonical|alternate))|iframe|source|video|audio|input|track|form|frame|use|image) [^>]*= *(?:https?:)?//"
    ),
)
_STYLE = re.compile(r"@import|url\(\s*[\"']?\s*(?:https?:)?//", re.IGNORECASE)


def in_page(text: str, own: str = "") -> Iterator[str]:
    """What is active in HTML or SVG; `own` is the address of the site, from which it may load."""
    if not _may_be_active(text):
        return
    for found in _TAG.finditer(text):
        name, values = found[1].lower(), {}
        for each in _VALUE.finditer(found[2]):
            values.setdefault(each[1].lower(), unescape(each[2] or each[3] or each[4] or ""))
        yield from (f"会自己运行的 {key}" for key in values if key.startswith("on") and key[2:].isalpha())
        if name == "script" and "src" not in values and not values.get("type", "").endswith("json"):
            if not _is_known(text, text[found.end() : text.find("</script", found.end())]):
                yield "写在页面里的脚本"
        if name in ("object", "embed", "base", "applet", "foreignobject"):
            yield f"<{name}>"
        if name == "meta" and values.get("http-equiv", "").lower() == "refresh":
            yield "会自己跳走的网页"
        loads = name in _LOADS and not (name == "link" and _RELATIONS & set(values.get("rel", "").lower().split()))
        for key in _ADDRESSES & values.keys():
            address = values[key].translate(_UNSEEN).strip()
            scheme = (match := _SCHEME.match(address)) and match[1].lower()
            if scheme in _RUNS or scheme == "data" and not address.lower().startswith("data:image/"):
                yield f"{scheme}: 开头的地址"
            elif loads and (scheme in ("http", "https") or address.startswith("//")) and not (own and address.startswith(own)):
                yield f"要从别处取的 {address[:60]}"
        if "style" in values and _STYLE.search(values["style"]):
            yield "要从别处取的样式"


def _may_be_active(text: str) -> bool:
    even = text.encode("utf-8", "surrogatepass").lower().translate(_EVEN)
    return even.count(b"<script") > len(_PLAIN_SCRIPT.findall(even)) or any(each.search(even) for each in _MAYBE)


def _is_known(page: str, script: str) -> bool:
    """Whether the page's own policy names the sum of a script: it was written there on purpose."""
    sum_ = base64.b64encode(hashlib.sha256(script.encode("utf-8", "surrogateescape")).digest()).decode()
    return sum_ in _SUM.findall(page[: page.find("<script")])


def in_style(text: str) -> Iterator[str]:
    """What a stylesheet loads from elsewhere."""
    if found := _STYLE.search(text):
        yield f"要从别处取的样式 {text[found.start() : found.start() + 40]}"


_OF_PICTURES = {"exif": "拍摄信息（可能有位置）", "xmp": "拍摄信息", "photoshop": "修图软件的记录", "comment": "注释"}


def in_picture(data: bytes) -> Iterator[str]:
    """What a picture says beside its pixels."""
    from casepress.facts.pictures import said_beside

    yield from (_OF_PICTURES.get(kind, "附带的文字") for kind in said_beside(data))


_PACKAGE_RUNS = re.compile(r"(?:vbaproject|vbadata|activex|macrosheets|oleobject|\.exe$|\.bat$|\.js$|\.vbs$)", re.IGNORECASE)
_PERSON = re.compile(rb"<(?:dc:creator|cp:lastModifiedBy|Company|Manager)\b[^>]*>([^<]+)<")


def in_package(data: bytes, is_meant: IsMeant, is_book: bool) -> Iterator[str]:
    """What is active in a package of Office or an EPUB (`is_book`), and who its properties name, but those whom the collection names."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for part in package.namelist():
            if _PACKAGE_RUNS.search(part):
                yield f"会运行的 {part}"
            lower = part.lower()
            if lower.endswith((".xhtml", ".html", ".svg")):
                yield from (f"{part} 里有{each}" for each in in_page(package.read(part).decode("utf-8", "replace")))
            elif lower.startswith("docprops/") and not is_book:
                for found in _PERSON.finditer(package.read(part)):
                    name = unescape(found[1].decode("utf-8", "replace")).strip()
                    if name and not is_meant(name):
                        yield "文件属性里的人名或单位"
            elif lower.endswith(".rels") and leads_away(part, package.read(part)):
                yield "指向别处文件的链接"
            elif lower.endswith((".jpg", ".jpeg", ".png", ".webp", ".gif")):
                yield from (f"{part} 里有{each}" for each in in_picture(package.read(part)))
