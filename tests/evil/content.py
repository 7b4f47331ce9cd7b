"""Files of `content/`: pages, and what lies beside them."""

from evil import LEFT, MADE, REFUSED, WARNED, Evil
from evil.pictures import CANARY, SVG, located, office, saved

X = "<img src=x onerror=alert(1)>"
LINKED = {  # pages that a page links to
    "title": (MADE, f"---\ntitle: '{X}'\n---\n\n字。\n", ""),
    "title-unquoted": (MADE, f"---\ntitle: {X}\n---\n\n字。\n", ""),
    "description": (MADE, "---\ndescription: '\"><script>alert(1)</script>'\n---\n\n字。\n", ""),
    "head": (WARNED, "---\ntitle: 甲\nhead: <script>alert(1)</script>\n---\n\n字。\n", "不起作用"),
    "card": (WARNED, "---\ntitle: 甲\ncard: '\"><script>alert(1)</script>'\n---\n\n字。\n", "不起作用"),
    "template": ("any", "---\ntitle: 甲\nstatus: '\"><script>alert(1)</script>'\n---\n\n字。\n", ""),
    "broken-header": (REFUSED, "---\ntitle: 双减: 探索\n---\n\n字。\n", ""),
    "open-header": (REFUSED, "---\ntitle: 甲\n\n字。\n", "第二个 ---"),
    "old-header": (MADE, f"Title: {X}\n\n字。\n", ""),
    "heading": (MADE, f"# 标题 {X}\n\n字。\n", ""),
    "toc-label": (MADE, f"# 甲\n\n## 乙 {{: data-toc-label=\"{X.replace('=x', '=y')}\" onclick=\"alert(1)\" }}\n\n字。\n", ""),
    "script": (MADE, "# 甲\n\n<script>alert(1)</script>\n", ""),
    "handler": (MADE, '# 甲\n\n<div class="cp-x" onclick="alert(1)" style="background:url(https://evil.example)">字</div>\n', ""),
    "finished": (MADE, '<div class="cp-home"><script>alert(1)</script><img src=x onerror=alert(1)></div>\n', ""),
    "iframe": (MADE, '# 甲\n\n<iframe src="https://evil.example"></iframe>\n', ""),
    "foreign-picture": (MADE, '# 甲\n\n<img src="https://evil.example/x.png" alt="图">\n', ""),
    "markdown-foreign-picture": (REFUSED, "# 甲\n\n![图](https://evil.example/x.png)\n", "别处"),
    "svg-inside": (MADE, "# 甲\n\n<svg onload=alert(1)><script>alert(1)</script></svg>\n", ""),
    "javascript": ("any", "# 甲\n\n[去](javascript:alert(1)) <a href='java\tscript:alert(1)'>去</a>\n", ""),
    "form": (MADE, '# 甲\n\n<form action="https://evil.example"><input name=q></form>\n', ""),
    "jinja": (MADE, "# 甲\n\n{{7919*7907}} {% include '/etc/passwd' %} {{ config }}\n", ""),
    "snippet": (MADE, '# 甲\n\n--8<-- "/etc/passwd"\n', ""),
    "lost-picture": (WARNED, "# 甲\n\n![图](没有.png)\n", "找不到图片"),
    "picture-outside": (REFUSED, "# 甲\n\n![图](../../../etc/passwd)\n", ""),
    "own-template": (REFUSED, "---\ntitle: 甲\ntemplate: ../../../etc/passwd\n---\n\n字。\n", "template"),
    "alone-template": (REFUSED, "---\ntitle: 甲\ntemplate: 404.html\n---\n\n字。\n", "template"),
    "list-template": (REFUSED, "---\ntitle: 甲\ntemplate: [a]\n---\n\n字。\n", "template"),
    "open-brackets": (REFUSED, "# 甲\n\n" + "[" * 30_000 + "\n", "没有写完"),
    "open-tags": (REFUSED, "# 甲\n\n" + "<a " * 10_000 + "\n", "没有写完"),
    "table-of-contents": (MADE, "[TOC]\n\n[[_TOC_]]\n\n## 甲\n\n" + "<div>" * 500 + "字\n", ""),
    "attributes": (MADE, "# 甲 {: onclick=alert(1) }\n\n[去](about.md){: onclick=x href=javascript:alert(1) srcset=//evil.example }\n", ""),
    "override": (REFUSED, "# 甲\n\n字\u202e字。\n", "请删去它"),
    "private": (REFUSED, "# 甲\n\n电话13800138000。\n", ""),
}  # fmt: skip
FILES = {  # what a page links to, or not
    "ev-photo.jpg": (MADE, located(), "", True), "ev-alone.jpg": (WARNED, located(), "不会发布", False), "ev-svg.svg": (WARNED, SVG, "不会发布", True),
    "ev-page.html": (WARNED, b"<script>alert(1)</script>", "不会发布", True), "ev-page2.htm": (WARNED, b"<script>alert(1)</script>", "不会发布", False),
    "ev-script.js": (WARNED, b"alert(1)", "不会发布", True), "ev-style.css": (WARNED, b"@import url(https://evil.example)", "不会发布", True),
    "ev-half.png": (REFUSED, saved(seed=31)[:-20], "不完整", True), "ev-html.png": (REFUSED, b"<html><script>alert(1)</script>", "网页", True),
    "ev-author.docx": (MADE, office(), "", True), "ev-macro.docx": (REFUSED, office(**{"word/vbaProject.bin": b"x"}), "宏", True),
    "ev-half.pdf": (REFUSED, b"%PDF-1.4\n1 0 obj<<", "打不开", True),
    "ev-名单.xlsx": (WARNED, CANARY, "不会发布", False), "ev-草稿.md": (WARNED, b"# " + CANARY, "不会发布", False), "ev-exe.exe": (WARNED, b"MZ", "不会发布", True),
    "ev-about.md.bak": (LEFT, CANARY, "", True), "ev-about.md~": (LEFT, CANARY, "", True), "~$ev.docx": (LEFT, CANARY, "", True), "Thumbs.db": (LEFT, CANARY, "", True),
    "desktop.ini": (LEFT, CANARY, "", False), ".DS_Store": (LEFT, CANARY, "", False), ".git/config": (LEFT, CANARY, "", False), "ev.md.swp": (LEFT, CANARY, "", False),
    "by/x.md": (REFUSED, b"# x", "留给自动生成", False), "pictures/x.png": (REFUSED, saved(seed=33), "留给自动生成", False),
}  # fmt: skip


def inputs() -> list[Evil]:
    found = [Evil("content", name, f"content/ev-{name}.md", text.encode(), verdict, words) for name, (verdict, text, words) in LINKED.items()]
    found += [Evil("content", name, f"content/{name}", data, verdict, words) for name, (verdict, data, words, _) in FILES.items()]
    found.append(Evil("content", "link-to-itself", "content/ev-loop.md", b"", WARNED, "不通向任何文件", link="ev-loop.md"))
    found.append(Evil("content", "link-outside", "content/ev-out.md", b"", WARNED, "案例库之外", link="/etc/passwd"))
    names = [f"ev-{name}.md" for name in LINKED] + [name for name, (*_, linked) in FILES.items() if linked]
    about = "# 关于\n\n" + "".join(f'[去](<{name}>) <a href="{name}">去</a>\n\n' for name in names)
    found.append(Evil("content", "about", "content/about.md", about.encode(), "any"))
    theme = {
        "theme/site/assets/x.js.bak": CANARY,
        "theme/site/assets/x.css~": CANARY,
        "theme/site/Thumbs.db": CANARY,
        "theme/site/assets/.x.swp": CANARY,
    }
    found += [Evil("theme", path.rpartition("/")[2], path, data, LEFT) for path, data in theme.items()]
    return found
