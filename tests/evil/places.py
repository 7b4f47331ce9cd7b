"""Paths and names of files, links of the file system, and what stands in the way."""

from evil import LEFT, MADE, PIPE, REFUSED, WARNED, Evil, case
from evil.pictures import saved

NAMES = {
    "con.md": REFUSED, "aux.md": REFUSED, "COM1.md": REFUSED, "nul.x.md": REFUSED, "尾空 .md": "any", "尾点..md": "any", "Case.md": MADE,
    "a\nb.md": REFUSED, "a\x1b[2Jb.md": REFUSED, "jpg.\u202eexe.md": REFUSED, "a<b>.md": REFUSED, 'a"b.md': REFUSED, "a:b.md": REFUSED, "a|b.md": REFUSED, "a?b.md": REFUSED,
    "a*b.md": REFUSED, "a\\b.md": REFUSED, "-rf.md": "any", "--help.md": "any", "%2e%2e.md": "any", "#.md": "any", "a#b.md": "any", "$(id).md": "any", "`id`.md": "any",
    "{{7919*7907}}.md": "any", "长" * 80 + ".md": "any", "<img src=x onerror=alert(1)>.md": REFUSED, "&lt;img src=x onerror=alert(1)&gt;.md": "any", "index.md": "any", "..md": "any", ".hidden.md": LEFT,
    "é.md": "any", "😀.md": "any", "13800138000.md": REFUSED,
}  # fmt: skip
LINKS = {
    "itself": ("cases/ln-itself.md", "ln-itself.md", REFUSED, "读不出来"),
    "outside": ("cases/ln-outside.md", "/etc/passwd", REFUSED, "案例库之外"),
    "folder": ("cases/ln-folder", "/etc", REFUSED, "案例库之外"),
    "dangling": ("cases/ln-dangling.md", "nowhere.md", REFUSED, "读不出来"),
    "device": ("cases/ln-device.md", "/dev/zero", REFUSED, "案例库之外"),
}
PNG = saved(seed=77)
TWIN, WINDOWS, SIGN = "不同，在 Windows", "Windows 里不能有", "Windows 的文件名"
ODD = {  # other files than cases: pictures, documents, pages and parts of the look
    "cases/od/A.png": (LEFT, ""), "cases/od/a.png": (REFUSED, TWIN), "cases/od/e\u0301.jpg": (LEFT, ""), "cases/od/\u00e9.jpg": (REFUSED, TWIN),
    "cases/od/q?.png": (REFUSED, SIGN), "cases/od/nul.pdf": (REFUSED, WINDOWS), "cases/od/图 .png": (LEFT, ""), "cases/od/图.png ": (REFUSED, SIGN),
    "content/od/a:b.md": (REFUSED, SIGN), "content/od/A.md": (WARNED, "不会发布"), "content/od/a.md": (REFUSED, "同一个文件名"),
    "content/od/e\u0301.md": (WARNED, "不会发布"), "content/od/\u00e9.md": (REFUSED, "同一个文件名"), "content/od/prn.md": (REFUSED, WINDOWS),
    "theme/site/assets/od-A.js": ("any", ""), "theme/site/assets/od-a.js": (REFUSED, TWIN), "theme/site/assets/aux.js": (REFUSED, WINDOWS),
    "theme/site/assets/od-a|b.js": (REFUSED, SIGN),
}  # fmt: skip
PIPES = (
    "cases/pi-a.md",
    "cases/pi-b.png",
    "cases/pi-c.pdf",
    "content/pi-d.md",
    "content/pi-e.css",
    "theme/site/assets/pi-f.js",
    "theme/site/partials/pi-g.html",
)


def inputs() -> list[Evil]:
    found = []
    for nth, (name, verdict) in enumerate(NAMES.items()):
        found.append(Evil("names", repr(name)[1:-1][:30], f"cases/{name}", case(f"名字 {nth}").encode(), verdict))
    for name, (path, link, verdict, words) in LINKS.items():
        found.append(Evil("links", name, path, b"", verdict, words, link=link))
    picture = case("链接 picture", "![图](ln-p.png)").encode()
    found.append(Evil("links", "picture", "cases/ln-picture.md", picture, REFUSED, "找不到图片", {}, ""))
    found.append(Evil("links", "picture-itself", "cases/ln-p.png", b"", LEFT, link="ln-p.png"))
    found.append(Evil("links", "picture-outside", "cases/ln-q.png", b"", REFUSED, "案例库之外", link="/etc/passwd"))
    deep = "cases/" + "d/" * 60 + "深.md"
    found.append(Evil("names", "deep", deep, case("名字 deep").encode(), "any"))
    found.append(Evil("names", "same-id-1", "cases/twin/a.md", case("名字 twin 1", id="twin").encode(), "any"))
    found.append(Evil("names", "same-id-2", "cases/twin/b.md", case("名字 twin 2", id="twin").encode(), REFUSED, "twin"))
    found.append(Evil("names", "case-only-1", "cases/up/Same.md", case("名字 Same").encode(), "any"))
    found.append(Evil("names", "case-only-2", "cases/up/same.md", case("名字 same").encode(), REFUSED, "大小写不同"))
    found.append(Evil("names", "composed", "cases/nfc/caf\u00e9.md", case("名字 NFC").encode(), "any"))
    found.append(Evil("names", "decomposed", "cases/nfc/cafe\u0301.md", case("名字 NFD").encode(), "any"))
    for nth, (path, (verdict, words)) in enumerate(ODD.items()):
        found.append(Evil("names", f"odd-{nth}", path, PNG if path.endswith("g") else b"// x", verdict, words))
    for path, words in {"cases/lpt1": WINDOWS, "cases/尾点.": SIGN, "cases/尾空 ": SIGN}.items():
        found.append(Evil("names", repr(path), f"{path}/x.md", case(f"名字 {path}").encode(), REFUSED, words))
    for nth, path in enumerate(PIPES):
        found.append(Evil("links", f"pipe-{nth}", path, b"", REFUSED, "不是普通的文件", link=PIPE))
    found.append(Evil("links", "theme-outside", "theme/site/assets/ev-out.txt", b"", REFUSED, "案例库之外", link="/etc/passwd"))
    found.append(Evil("links", "theme-folder", "theme/site/ev-etc", b"", REFUSED, "案例库之外", link="/etc"))
    found.append(Evil("links", "theme-itself", "theme/site/ev-loop.js", b"", REFUSED, "不通向任何文件", link="ev-loop.js"))
    found.append(Evil("names", "copy", "cases/copy.md~", case("名字 copy").encode(), LEFT))
    found.append(Evil("names", "office", "cases/旧.doc", b"x", WARNED, "不是 Markdown"))
    return found
