"""collection.yml: each is a collection of its own, with one good case."""

from evil import MADE, REFUSED, Evil

X = "<img src=x onerror=alert(1)>"
SETTINGS = {
    "title-tag": (MADE, f"title: '库{X}'\n", ""), "no-title": ("any", "subtitle: 甲\n", ""), "empty": ("any", "", ""), "list": (REFUSED, "- 甲\n", ""),
    "noise": (REFUSED, b"\xff\xfe\0\xd8" * 9, ""), "tab": (REFUSED, "title:\t\t- x\n\t- y\n", ""), "tag": (REFUSED, "title: !!python/name:os.system x\n", ""),
    "alias": (REFUSED, "title: &a 库\nsubtitle: *a\n", ""), "bomb": (REFUSED, "title: 库\na: &a [x, x]\nb: &b [*a, *a]\n", ""), "nested": (REFUSED, "title: " + "[" * 5000, ""),
    "huge": (REFUSED, "title: " + "库" * 100_000, "64 KB"), "books-1000": (REFUSED, "title: 库\nbooks:\n" + "- {only: [theme=课后服务]}\n" * 1000, ""),
    "address-script": (REFUSED, "title: 库\naddress: javascript:alert(1)\n", ""), "address-file": (REFUSED, "title: 库\naddress: file:///etc\n", ""),
    "email": ("any", f"title: 库\nemail: '{X}'\n", ""), "unknown": ("any", "title: 库\ntitel: x\n", ""), "twice": (REFUSED, "title: 库\ntitle: 又\n", ""),
    "language": ("any", "title: 库\nlanguage: 'zh\" onload=\"alert(1)'\n", ""), "profile-path": (REFUSED, "title: 库\nbook: {profile: ../../../etc/passwd}\n", ""),
    "cover-path": (REFUSED, "title: 库\nbook: {cover: ../../../etc/passwd}\n", ""), "color-path": (REFUSED, "title: 库\nbook: {color_profile: /etc/passwd}\n", ""),
    "kind": (REFUSED, "title: 库\nfields: {x: {kind: exec}}\n", ""), "field-tag": ("any", f"title: 库\nfields: {{theme: {{label: '主题{X}'}}}}\n", ""),
    "field-path": (REFUSED, "title: 库\nfields: {../../x: {label: 甲, kind: text}}\n", ""), "override": (REFUSED, "title: 库\u202e\n", "请删去它"),
    "override-escape": ("any", 'title: "库\\u202e"\n', ""), "private": (REFUSED, "title: 库\npublisher: 电话13800138000\n", ""),
    "date": ("any", "title: 库\ndate: 2024-02-30\n", ""), "footer": ("any", f"title: 库\nfooter: {{icp: '{X}'}}\n", ""),
    "template": (MADE, "title: '{{7919*7907}}'\n", ""),
}  # fmt: skip


def inputs() -> list[Evil]:
    found = []
    for name, (verdict, text, words) in SETTINGS.items():
        found.append(Evil("settings", name, "cases/collection.yml", text if isinstance(text, bytes) else text.encode(), verdict, words))
    return found
