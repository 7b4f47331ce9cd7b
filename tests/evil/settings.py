"""collection.yml and mkdocs.yml: each is a collection of its own, with the good cases."""

from evil import MADE, REFUSED, WARNED, Evil

X = "<img src=x onerror=alert(1)>"
SETTINGS = {
    "title-tag": (MADE, f"title: '库{X}'\n", ""), "no-title": ("any", "subtitle: 甲\n", ""), "empty": ("any", "", ""), "list": (REFUSED, "- 甲\n", ""),
    "noise": (REFUSED, b"\xff\xfe\0\xd8" * 9, ""), "tab": (REFUSED, "title:\t\t- x\n\t- y\n", ""), "tag": (REFUSED, "title: !!python/name:os.system x\n", ""),
    "alias": (REFUSED, "title: &a 库\nsubtitle: *a\n", ""), "bomb": (REFUSED, "title: 库\na: &a [x, x]\nb: &b [*a, *a]\n", ""), "nested": (REFUSED, "title: " + "[" * 5000, ""),
    "huge": (REFUSED, "title: " + "库" * 100_000, "64 KB"), "books-many": (REFUSED, "title: 库\nbooks:\n" + "".join(f"- {{only: [theme=课后服务], name: b{n}}}\n" for n in range(1000)), "超过 300 本"), "books-1000": (REFUSED, "title: 库\nbooks:\n" + "- {only: [theme=课后服务]}\n" * 1000, ""),
    "address-script": (REFUSED, "title: 库\naddress: javascript:alert(1)\n", ""), "address-file": (REFUSED, "title: 库\naddress: file:///etc\n", ""),
    "email": ("any", f"title: 库\nemail: '{X}'\n", ""), "unknown": ("any", "title: 库\ntitel: x\n", ""), "twice": (REFUSED, "title: 库\ntitle: 又\n", ""),
    "language": ("any", "title: 库\nlanguage: 'zh\" onload=\"alert(1)'\n", ""), "profile-path": (REFUSED, "title: 库\nbook: {profile: ../../../etc/passwd}\n", ""),
    "cover-path": (REFUSED, "title: 库\nbook: {cover: ../../../etc/passwd}\n", ""), "color-path": (REFUSED, "title: 库\nbook: {color_profile: /etc/passwd}\n", ""),
    "kind": (REFUSED, "title: 库\nfields: {x: {kind: exec}}\n", ""), "field-tag": ("any", f"title: 库\nfields: {{theme: {{label: '主题{X}'}}}}\n", ""),
    "field-path": (REFUSED, "title: 库\nfields: {../../x: {label: 甲, kind: text}}\n", ""), "override": (REFUSED, "title: 库\u202e\n", "请删去它"),
    "override-escape": ("any", 'title: "库\\u202e"\n', ""), "private": (REFUSED, "title: 库\npublisher: 电话13800138000\n", ""),
    "date": ("any", "title: 库\ndate: 2024-02-30\n", ""), "footer": ("any", f"title: 库\nfooter: {{icp: '{X}'}}\n", ""),
    "template": (MADE, "title: '{{7919*7907}}'\n", ""),
    "address-ipv6": (REFUSED, "title: 库\naddress: 'http://[::1'\n", "不能用"), "address-user": (REFUSED, "title: 库\naddress: https://a:b@example.cn/\n", "不带"),
    "address-query": (REFUSED, "title: 库\naddress: https://example.cn/?a=b#c\n", "不带"), "address-port": (REFUSED, "title: 库\naddress: https://example.cn:99999/\n", "不能用"),
    "address-page": (REFUSED, "title: 库\naddress: https://example.cn/index.html\n", "请写成 https://example.cn/"),
    "email-mailto": (REFUSED, "title: 库\nemail: mailto:a@example.cn\n", "不像邮箱"), "email-query": (REFUSED, "title: 库\nemail: a@example.cn?bcc=x\n", "不像邮箱"),
    "language-word": (REFUSED, "title: 库\nlanguage: 中文\n", "zh-CN"), "profile-long": (REFUSED, f"title: 库\nbook: {{profile: {'a' * 400}}}\n", "没有叫"),
    "color-long": (REFUSED, f"title: 库\nbook: {{color_profile: {'a' * 400}}}\n", "没有叫"), "editions-none": (REFUSED, "title: 库\nbook: {editions: []}\n", "是空的"),
    "documents": (REFUSED, "---\ntitle: 库\n---\n", "多了一行 ---"), "bracket": (REFUSED, "title: 库\nbook: {profile: big16\n", "补上 }"),
    "title-private": (REFUSED, "title: 库\nfields: {title: {private: yes}}\n", "不能是 private"),
    "minors-public": (REFUSED, "title: 库\nfields: {minors: {private: no, facet: yes}}\n", "绝不公开"),
    "field-twice": (REFUSED, "title: 库\nfields:\n  a_b: {label: 甲}\n  a-b: {label: 乙}\n", "写了两次"),
    "field-standard": (MADE, "title: 库\nfields: {short_title: {label: 书眉短题}, form: {kind: text}}\n", ""), "parts-empty": (MADE, "title: 库\nbook: {parts: }\n", ""),
}  # fmt: skip
SITE = """site_name: 库
use_directory_urls: false
theme: {name: material, language: zh-CN, font: false}
extra_css: [assets/casepress.css, assets/search.css]
extra_javascript: [assets/search.js, assets/search-box.js, assets/casepress.js]
plugins: [casepress]
"""
SITEFILES = {  # what stands in the place of a line of SITE, or behind it
    "sound": (MADE, "", "", ""), "excluded": (REFUSED, "", "exclude_docs: |\n  cases/\n", "藏起来"), "twice": (WARNED, "", "nav: [about.md]\nnav: [guide.md]\n", "写了两次"),
    "gbk": (REFUSED, "site_name: 库", "site_name: 案例库与设置".encode("gbk"), "UTF-8"), "bomb": (REFUSED, "", f"a: &a [{'x,' * 3000}]\nb: &b [{'*a,' * 3000}]\nc: [{'*b,' * 3000}]\n", ""),
    "unplugged": (REFUSED, "plugins: [casepress]", "plugins: []", "没有 casepress"), "search": (REFUSED, "[casepress]", "[casepress, search]", "请删去它"),
    "foreign-style": (REFUSED, "", "extra_css: [https://evil.example/x.css]\n", "别处"), "lost-script": (REFUSED, "[assets/search.js", "[lost.js, assets/search.js", "没有这个文件"),
    "font": (REFUSED, ", font: false", "", "取字体"), "language": (REFUSED, "zh-CN", "klingon", "没有这种语言"), "theme": (REFUSED, "material", "readthedocs", "别的服务器"),
    "name-list": (REFUSED, "site_name: 库", "site_name: [库]", "应当是一句话"), "directories": (REFUSED, "use_directory_urls: false", "use_directory_urls: true", "网址会变"),
    "nav-script": (REFUSED, "", "nav: [{'<img src=x onerror=alert(1)>': about.md}, {去: 'javascript:alert(1)'}]\n", "普通文字"),
    "analytics": (REFUSED, "", "extra: {analytics: {provider: google}}\n", "analytics"), "policy": (REFUSED, "", "extra: {policy: default-src *}\n", "policy"),
    "copyright": (REFUSED, "", "copyright: <script>alert(1)</script>\n", "HTML"), "inherited": (REFUSED, "", "INHERIT: mkdocs.yml\n", "INHERIT"), "unknown": (WARNED, "", "site_nam: 库\n", "site_name"),
}  # fmt: skip


def inputs() -> list[Evil]:
    found = []
    for name, (verdict, text, words) in SETTINGS.items():
        found.append(Evil("settings", name, "cases/collection.yml", text if isinstance(text, bytes) else text.encode(), verdict, words))
    for name, (verdict, line, text, words) in SITEFILES.items():
        new = text if isinstance(text, bytes) else text.encode()
        data = SITE.encode().replace(line.encode(), new) if line else SITE.encode() + new
        found.append(Evil("mkdocs.yml", name, "mkdocs.yml", data, verdict, words))
    return found
