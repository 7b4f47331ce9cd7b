"""Markdown, HTML and addresses in the body of a case."""

from evil import MADE, REFUSED, WARNED, Evil, case

X = "alert(1)"
SHOWN = {  # HTML is no HTML here: it is shown as it was written, or left out, and nothing of it lives
    "script": f"<script>{X}</script>",
    "script-src": '<script src="//evil.example/x.js"></script>',
    "script-in-line": f"字<script>{X}</script>字",
    "img-onerror": f"<img src=x onerror={X}>",
    "img-split": f"<img src=x\nonerror={X}>",
    "svg-onload": f"<svg onload={X}>",
    "svg-use": f'<svg><use href="data:image/svg+xml,<svg id=x onload={X}>#x"/></svg>',
    "math": f'<math><mtext><table><mglyph><style><!--</style><img src onerror={X}>',
    "annotation": f'<math><annotation-xml encoding="text/html"><img src onerror={X}></annotation-xml></math>',
    "iframe": '<iframe src="https://evil.example"></iframe>',
    "srcdoc": f'<iframe srcdoc="<script>{X}</script>"></iframe>',
    "object": '<object data="https://evil.example/x"></object><embed src="https://evil.example/x">',
    "form": '<form action="https://evil.example"><input name=q><button formaction="javascript:alert(1)">去</button></form>',
    "base": '<base href="https://evil.example/">',
    "meta": '<meta http-equiv="refresh" content="0;url=https://evil.example">',
    "link": '<link rel="stylesheet" href="https://evil.example/x.css">',
    "attachment": '<link rel="attachment" href="file:///etc/passwd">',
    "style": "<style>@import url(https://evil.example/x.css);</style>",
    "style-attribute": '<p style="background:url(https://evil.example/x)">字</p>',
    "details": f"<details open ontoggle={X}>字</details>",
    "video": f"<video src=x onerror={X}></video>",
    "marquee": f"<marquee onstart={X}>字</marquee>",
    "textarea": f"<textarea autofocus onfocus={X}>",
    "noscript": f'<noscript><p title="</noscript><img src=x onerror={X}>"></noscript>',
    "template": f"<template><script>{X}</script></template>",
    "comment": f"<!--><img src=x onerror={X}>-->",
    "cdata": f"<![CDATA[<script>{X}</script>]]>",
    "doctype": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>&a;',
    "instruction": "<?php system('id'); ?>",
    "upper": f"<SCRIPT>{X}</SCRIPT>",
    "slash": f"<img/src=x/onerror={X}>",
    "unclosed": f"<img src=x onerror={X} ",
    "entity": f"&lt;script&gt;{X}&lt;/script&gt;",
    "double-entity": f"&amp;lt;script&amp;gt;{X}&amp;lt;/script&amp;gt;",
    "colspan": "<table><tr><td colspan=100000>字</td></tr></table>",
    "nested": "<div>" * 200 + "字",
    "clobber": '<a id="__md_scope"></a><a id=config></a><form name=body>',
    "is-heading": f"## <img src=x onerror={X}>",
    "in-cell": f"| a | b |\n|---|---|\n| <img src=x onerror={X}> | <script>{X}</script> |",
    "in-note": f"字[^1]。\n\n[^1]: <img src=x onerror={X}>",
    "in-code": f"```html\n<script>{X}</script>\n```",
    "fence-breaks": f'```"><script>{X}</script>\ncode\n```',
    "attr-list": f"字\n{{: onclick=\"{X}\" }}",
    "attr-id": f'## 小标题 {{#x" onclick="{X}}}',
    "abbr": f"*[字]: <img src=x onerror={X}>\n\n字。",
    "title-attribute": f"[字](https://example.org '\" onclick={X}')",
    "snippet": '--8<-- "/etc/passwd"',
    "include": "{% include '/etc/passwd' %}",
    "toc": "[TOC]",
    "admonition": f"!!! note \"<img src=x onerror={X}>\"\n    字",
}  # fmt: skip
NOWHERE = {  # links and pictures that lead nowhere, or where nobody may be led
    "javascript": (f"[去](javascript:{X})", "不能用"),
    "javascript-case": (f"[去](JaVaScRiPt:{X})", "不能用"),
    "javascript-tab": (f"[去](java&#9;script:{X})", "链接"),
    "javascript-entity": (f"[去](&#106;avascript:{X})", "不能用"),
    "javascript-colon": (f"[去](javascript&colon;{X})", "不能用"),
    "javascript-reference": (f"[去][1]\n\n[1]: javascript:{X}", "不能用"),
    "vbscript": ("[去](vbscript:msgbox)", "不能用"),
    "data": ("[去](data:text/html;base64,PHNjcmlwdD4=)", "不能用"),
    "file": ("[去](file:///etc/passwd)", "不能用"),
    "unc": (r"[去](\\evil\share)", "链接"),
    "no-scheme": ("[去](//evil.example/x)", "链接"),
    "climbing": ("[去](../../../../etc/passwd)", "链接"),
    "encoded-climbing": ("[去](%2e%2e/%2e%2e/etc/passwd)", "链接"),
    "absolute": ("[去](/etc/passwd)", "链接"),
    "settings": ("[去](collection.yml)", "链接"),
    "nul": ("[去](a%00.md)", "链接"),
    "blob": ("[去](blob:https://evil.example/1)", "不能用"),
    "asset": ("[去](asset:x.png)", "不能用"),
    "own-kind": ("[去](case:x)", "不能用"),
    "picture-web": ("![图](https://evil.example/x.png)", "别处"),
    "picture-data": ("![图](data:image/png;base64,AAAA)", "写在了正文里"),
    "picture-file": ("![图](file:///etc/passwd)", "别处"),
    "picture-climbing": ("![图](../../../etc/passwd)", "案例库的文件夹之外"),
    "picture-absolute": ("![图](/etc/passwd)", "案例库的文件夹之外"),
    "picture-drive": (r"![图](C:\x.png)", "之外"),
    "picture-lost": ("![图](没有.png)", "找不到图片"),
    "picture-settings": ("![图](collection.yml)", "不能用"),
    "picture-metadata": ("![图](http://169.254.169.254/latest/meta-data)", "别处"),
}  # fmt: skip
REFUSES_NOT = {
    "ours-in-text": (WARNED, "[去](#没有)", "没有着落"),
    "lost-note": (WARNED, "字[^x]。", "没有注文"),
    "mail": (WARNED, "[写](mailto:a@example.org)", "电子邮箱"),
    "address-with-script": (WARNED, f"<https://example.org/?q=<script>{X}</script>>", "HTML 标记"),
    "address-quote": (WARNED, f'[去](https://example.org/"onclick={X})', "没有起作用"),
    "code-address": (MADE, f"`[去](javascript:{X})`", ""),
}


def inputs() -> list[Evil]:
    found = []

    def add(name: str, body: str, verdict: str, words: str) -> None:
        found.append(Evil("markdown", name, f"cases/md-{name}.md", case(f"正文 {name}", body).encode(), verdict, words))

    for name, body in SHOWN.items():
        add(name, body, "any", "")
    for name, (body, words) in NOWHERE.items():
        add(name, body, REFUSED, words)
    for name, (verdict, body, words) in REFUSES_NOT.items():
        add(name, body, verdict, words)
    return found
