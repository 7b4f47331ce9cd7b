"""Paths and names of files, links of the file system, and what stands in the way."""

from evil import HUGE, LEFT, MADE, PIPE, REFUSED, WARNED, Evil, case
from evil.pictures import saved

NAMES = {
    "con.md": REFUSED, "aux.md": REFUSED, "COM1.md": REFUSED, "nul.x.md": REFUSED, "尾空 .md": "any", "尾点..md": "any", "Case.md": MADE,
    "a\nb.md": REFUSED, "a\x1b[2Jb.md": REFUSED, "jpg.\u202eexe.md": REFUSED, "a<b>.md": REFUSED, 'a"b.md': REFUSED, "a:b.md": REFUSED, "a|b.md": REFUSED, "a?b.md": REFUSED,
    "a*b.md": REFUSED, "a\\b.md": REFUSED, "-rf.md": "any", "--help.md": "any", "%2e%2e.md": "any", "#.md": "any", "a#b.md": "any", "$(id).md": "any", "`id`.md": "any",
    "{{7919*7907}}.md": "any", "长" * 80 + ".md": "any", "<img src=x onerror=alert(1)>.md": REFUSED, "&lt;img src=x onerror=alert(1)&gt;.md": "any", "index.md": "any", "..md": "any", ".hidden.md": LEFT,
    "COM¹.md": REFUSED, "LPT³.x.md": REFUSED, "CONIN$.md": REFUSED, "conout$.md": REFUSED, "CLOCK$.md": REFUSED, "con .md": REFUSED, "com0.md": REFUSED,
    "丙.markdown": WARNED, "丁.mdown": WARNED, "戊．md": WARNED, "己。md": WARNED, "庚.ＭＤ": WARNED, "辛.html": WARNED, "壬.odt": WARNED, "癸.text": WARNED, "md": WARNED,
    "bad\udcff\udcfe.md": REFUSED, "lone\udcc3.md": REFUSED, "nel\x85.md": REFUSED, "a\u2028b.md": REFUSED, "~$子.md": LEFT, "x" * 252 + ".md": REFUSED,
    "é.md": "any", "😀.md": "any", "13800138000.md": REFUSED,
}  # fmt: skip
LINKS = {
    "itself": ("cases/ln-itself.md", "ln-itself.md", REFUSED, "读不出来"),
    "outside": ("cases/ln-outside.md", "/etc/passwd", REFUSED, "案例库之外"),
    "folder": ("cases/ln-folder", "/etc", REFUSED, "案例库之外"),
    "dangling": ("cases/ln-dangling.md", "nowhere.md", REFUSED, "读不出来"),
    "inside": ("cases/ln-inside", "twin", WARNED, "另一个文件夹"),
    "up": ("cases/ln-up", "..", WARNED, "另一个文件夹"),
    "circle": ("cases/ln-circle.md", "ln-circle2.md", REFUSED, "读不出来"),
    "circle-back": ("cases/ln-circle2.md", "ln-circle.md", REFUSED, "读不出来"),
    "process": ("cases/ln-process.md", "/proc/self/environ", REFUSED, "案例库之外"),
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
ALIKE = {  # what a case names, what lies there instead, what is said
    "大写.PNG": ("大写.png", "只有大小写不同"), "全角（1）.png": ("全角(1).png", "只有全角和半角"), "隐.png": ("隐\u200b.png", "只有看不见的字符"),
    "空%20格.png": ("空格.png", "只有空格"), ".hid/a.png": (".hid/a.png", "隐藏"), ".hidden.png": (".hidden.png", "隐藏"),
    "re\u0301.png": ("r\u00e9.png", ""), "o\u0308.png": ("\u00f6.png", ""),
    "plain.png::$DATA": ("plain.png", "找不到"), "..%2f..%2fmkdocs.yml": ("plain2.png", "之外"), "plain%00.png": ("plain3.png", "之外"),
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
    found.append(Evil("links", "picture-itself", "cases/ln-p.png", b"", WARNED, "不通向任何文件", link="ln-p.png"))
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
    for nth, (target, (name, words)) in enumerate(ALIKE.items()):
        text, beside = case(f"近似 {nth}", f"![图](<al/{target}>)").encode(), {f"cases/al/{name}": saved(seed=80 + nth, size=(50 + nth, 30))}
        found.append(Evil("names", f"alike-{nth}", f"cases/al-{nth}.md", text, REFUSED if words else MADE, words, beside))
    private = case("近似 private", 附件="[.private/p.pdf]").encode()
    found.append(Evil("names", "private", "cases/al-private.md", private, REFUSED, "隐藏", {"cases/.private/p.pdf": b"%PDF-1.4\n%%EOF"}))
    far = "cases/" + "f/" * 300 + "深.md"
    found.append(Evil("names", "far", far, case("名字 far").encode(), REFUSED, "最多 260 个"))
    page = f"content/long/{'页' * 83}.md"
    found.append(Evil("names", "long-page", page, b"# x", REFUSED, "做不成网页"))
    for kind, head in {"md": b"", "png": PNG, "docx": b"PK\3\4", "pdf": b"%PDF-1.4", "mp4": b"\0\0\0\x10ftypisom\0\0\0\0"}.items():
        verdict, words = (REFUSED, "KB") if kind == "md" else (WARNED, "不是 Markdown") if kind in ("docx", "pdf") else (LEFT, "")
        found.append(Evil("exhaustion", f"huge-{kind}", f"cases/hu.{kind}", head, verdict, words, link=HUGE))
        if kind != "md":
            text = case(f"巨大 {kind}", "![图](hu.png)") if kind == "png" else case(f"巨大 {kind}", 附件=f"[hu.{kind}]")
            found.append(Evil("exhaustion", f"huge-{kind}-named", f"cases/hu-{kind}.md", text.encode(), REFUSED, "MB，最多"))
    for kind, words in {"md": "KB", "zip": ""}.items():
        found.append(Evil("exhaustion", f"huge-page-{kind}", f"content/hu/hu.{kind}", b"", REFUSED if words else "any", words, link=HUGE))
    found.append(Evil("names", "copy", "cases/copy.md~", case("名字 copy").encode(), LEFT))
    found.append(Evil("names", "office", "cases/旧.doc", b"x", WARNED, "不是 Markdown"))
    return found
