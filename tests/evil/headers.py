"""Headers of cases: YAML that says something else than it seems, and values that are none."""

from evil import MADE, REFUSED, WARNED, Evil, case

TAG = "<img src=x onerror=alert(1)>"
WHOLE = {  # the whole file
    "empty": (REFUSED, "", "空"),
    "no-header": (REFUSED, "# 标题\n\n字。\n", "案例信息"),
    "no-end": (REFUSED, "---\n标题: 甲\n\n字。\n", "第二个 ---"),
    "colon": (REFUSED, case("x", 标题="双减: 探索"), "引号"),
    "full-colon": (REFUSED, case("x").replace("标题: x", "标题：全角冒号"), "全角"),
    "tab": (REFUSED, case("x").replace("主题: ", "主题:\n\t- "), ""),
    "alias": (REFUSED, case("x", 摘要="&a 一句话", 副标题="*a"), "YAML"),
    "bomb": (REFUSED, case("x", a="&a [x, x]", b="&b [*a, *a]", c="&c [*b, *b]"), "YAML"),
    "tag": (REFUSED, case("x", 摘要="!!python/object/apply:os.system ['id']"), "YAML"),
    "env": (REFUSED, case("x", 摘要="!ENV HOME"), "YAML"),
    "merge": (REFUSED, case("x").replace("---\n标题", "---\n<<: {a: b}\n标题", 1), ""),
    "second-document": (REFUSED, case("x").replace("批次:", "--- \n批次:"), ""),
    "nested": (REFUSED, "---\n标题: " + "[" * 5000 + "\n---\n字。\n", ""),
    "twice": (REFUSED, case("x").replace("批次:", "标题: y\n批次:"), "标题"),
    "huge": (REFUSED, case("x", 摘要="摘" * 70_000), "64 KB"),
    "keys": (REFUSED, case("x", **{f"k{n}": "v" for n in range(10_000)}), ""),
}  # fmt: skip
VALUES = {  # a value of a header
    "title-tag": (MADE, {"标题": f"'标签{TAG}'"}, ""),
    "title-closes": (MADE, {"标题": "'</title><script>alert(1)</script>'"}, ""),
    "title-long": (REFUSED, {"标题": "题" * 20_000}, "标题"),
    "title-latin": (REFUSED, {"标题": "a" * 20_000}, "标题"),
    "title-83": (MADE, {"标题": "题" * 83}, ""),
    "title-empty": (REFUSED, {"标题": "''"}, "标题"),
    "title-list": (REFUSED, {"标题": "[甲, 乙]"}, "标题"),
    "title-map": (REFUSED, {"标题": "{甲: 乙}"}, "标题"),
    "title-newline": (MADE, {"标题": "|\n  一行\n  两行"}, ""),
    "unit-tag": (MADE, {"单位": f"'{TAG}小学'"}, ""),
    "unit-long": (REFUSED, {"单位": "校" * 20_000}, "单位"),
    "place-long": (REFUSED, {"地区": "区" * 20_000}, "地区"),
    "theme-tag": (MADE, {"主题": f"'主题{TAG}'"}, ""),
    "themes": (REFUSED, {"主题": "[" + "、".join(f"主题{n}" for n in range(10_000)) + "]"}, "64 KB"),
    "batch-digits": (REFUSED, {"批次": f"第{'9' * 5000}批"}, "批次"),
    "award-digits": (REFUSED, {"获奖等次": f"{'9' * 5000}等奖"}, "获奖等次"),
    "authors": (REFUSED, {"撰写人": "[" + ", ".join(f"张{n}" for n in range(9_000)) + "]"}, "64 KB"),
    "id-path": (REFUSED, {"id": "../../etc"}, "id"),
    "id-tag": (REFUSED, {"id": f"'{TAG}'"}, "id"),
    "id-long": (REFUSED, {"id": "a" * 500}, "id"),
    "id-windows": (REFUSED, {"id": "con"}, ""),
    "source-script": (REFUSED, {"来源": "{title: 甲, url: 'javascript:alert(1)'}"}, "网址"),
    "source-file": (REFUSED, {"来源": "{title: 甲, url: 'file:///etc/passwd'}"}, "网址"),
    "source-tag": (MADE, {"来源": f"{{title: '来源{TAG}', url: 'https://example.org/'}}"}, ""),
    "photo-climbing": (REFUSED, {"照片": "[{file: ../../etc/passwd, alt: 甲}]"}, "之外"),
    "photo-lost": (REFUSED, {"照片": "[{file: 没有.png, alt: 甲}]"}, "没有.png"),
    "file-climbing": (REFUSED, {"附件": "[../../../etc/passwd.pdf]"}, "之外"),
    "file-kind": (REFUSED, {"附件": "[x.exe]"}, "不收这种文件"),
    "unknown": (WARNED, {"标提": "x"}, ""),
    "norway": (MADE, {"副标题": "NO"}, ""),
    "octal": (MADE, {"副标题": "0110"}, ""),
    "date": (MADE, {"副标题": "2024-02-30"}, ""),
    "template": (MADE, {"摘要": "'{{7919*7907}}{% for x in range(10**9) %}x{% endfor %}'"}, ""),
    "private": (REFUSED, {"摘要": "电话13800138000。"}, ""),
    "identity": (REFUSED, {"摘要": "证号11010519491231002X。"}, ""),
}  # fmt: skip


def inputs() -> list[Evil]:
    found = [Evil("headers", name, f"cases/hd-{name}.md", text.encode(), verdict, words) for name, (verdict, text, words) in WHOLE.items()]
    for name, (verdict, values, words) in VALUES.items():
        text = case(f"表头 {name}", **values)
        found.append(Evil("headers", name, f"cases/hv-{name}.md", text.encode(), verdict, words))
    return found
