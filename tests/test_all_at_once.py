"""All at once: what is wrong with a whole batch is said in one run, each with its file, line and cure, and nothing of what is well."""

import re

import generate_cases
from conftest import picture, run, write_files

GOOD = {"标题": "某案例", "地区": "江苏省南京市", "单位": "某某小学", "主题": "作业管理", "批次": "第一批", "摘要": "一句话。"}
HEADERS = (  # what of a header is otherwise, the line on which it stands, and a word of what is said
    ({"标题": None}, 1, "缺少“标题”"), ({"标题": "''"}, 1, "缺少“标题”"), ({"标题": "长" * 400}, 2, "最多 200 个"), ({"标题": "双减: 探索"}, 2, "冒号"),
    ({"地区": "江西省武进区"}, 3, "武进区"), ({"地区": "火星市"}, 3, "火星市"), ({"主题": "[作业管理"}, 5, "引号"), ({"摘要": "&a 甲"}, 7, "YAML"),
    ({"摘要": "!x 甲"}, 7, "YAML"), ({"摘要": "电话13800138000"}, 7, "手机号码"), ({"id": "../x"}, 8, "网址"), ({"id": "CON"}, 8, "con-1"),
    ({"照片": "[{file: 没有.png, alt: 甲}]"}, 8, "没有.png"), ({"照片": "[{file: ../../x.png, alt: 甲}]"}, 8, "之外"), ({"照片": "[{alt: 甲}]"}, 8, "没有写是哪个文件"),
    ({"照片": "[{file: https://example.org/x.png, alt: 甲}]"}, 8, "别处"), ({"视频": "ftp://x"}, 8, "不是网址"), ({"来源": "{title: 甲, url: 'javascript:a'}"}, 8, "不是网址"),
    ({"附件": "[没有.pdf]"}, 8, "没有.pdf"), ({"附件": "[x.exe]"}, 8, "不收这种文件"), ({"附件": "[{title: 甲}]"}, 8, "没有写是哪个文件"),
    ({"撰写人": "[{角色: 主编}]"}, 8, "姓名"), ({"副标题": "[甲, 乙]"}, 8, "只能写一个"), ({"标提": "甲"}, 8, "标题"),
)  # fmt: skip
BODIES = (  # a body, the line of it, and a word
    ("# 大\n", 1, "同级"), ("字\n\n![图](没有.png)\n", 3, "没有.png"), ("[乙](没有.md)\n", 1, "没有.md"), ("[乙](#没有)\n", 1, "小标题"), ("见[^1]。\n", 1, "没有注文"),
    ("字。\n\n[^1]: 没有用到。\n", 3, "没有用到"), ("甲[^1]。\n\n[^1]: 一\n\n[^1]: 二\n", 5, "写了两次"), ("| 甲 | 乙 |\n| 丙 | 丁 |\n", 1, "横线"), ("```\n没有结束\n", 1, "没有结束"),
    ("<script>x</script>\n", 1, "<script>"), ("字\u202e甲。\n", 1, "控制字符"), ("[x](javascript:alert)\n", 1, "不能用"), ("证号11010519491231002X\n", 1, "身份证"),
    ("$y_{2}*z$\n", 1, "公式"), ("![图](https://example.org/x.png)\n", 1, "别处"), ("坏字\ufffd。\n", 1, "乱码"), ("![图](q.png)\n", 1, "不完整"), ("![](p.png)\n", 1, ""),
    ("![图](t.png\n", 1, "t.png"), ("![[t.png]]\n", 1, "t.png"), ("见[甲](<c:/x.md>)。\n", 1, ""), ("正文说到图9。\n", 1, "图9"), ("＃ 标题\n", 1, ""),
)  # fmt: skip
FILES = (("没有表头\n", 1, "没有案例信息"), ("---\n标题: 甲\n", 1, "第二个 ---"), ("", 1, "空的"), (b"\xff\xfe\0\xd8", 1, ""))


def header(changed: dict[str, str | None]) -> str:
    said = {**GOOD, **changed}
    return "---\n" + "".join(f"{name}: {value}\n" for name, value in said.items() if value is not None) + "---\n\n"


def test_every_mistake_of_a_batch_is_told_in_one_run(make):
    """More than fifty files, each with a mistake of its own: all of them are told, with the line, and no other file is."""
    wanted: dict[str, tuple[int, str]] = {}
    files: dict[str, str | bytes] = {f"good-{nth}.md": header({"标题": f"好的第{nth}个"}) + f"好的正文第{nth}个。\n" for nth in range(5)}
    for changed, line, word in HEADERS:
        name = f"bad-{len(wanted)}.md"
        files[name], wanted[name] = header({"标题": f"坏的第{len(wanted)}个", **changed}) + "字。\n", (line, word)
    first = len(GOOD) + 4
    for body, line, word in BODIES:
        name = f"bad-{len(wanted)}.md"
        files[name], wanted[name] = header({"标题": f"坏的第{len(wanted)}个"}) + body, (first - 1 + line, word)
    for text, line, word in FILES:
        name = f"bad-{len(wanted)}.md"
        files[name], wanted[name] = text, (line, word)
    folder = make({})
    write_files(folder / "cases", {**files, "p.png": picture(), "q.png": picture()[:60]})
    ran = run("-C", folder, "check")
    told: dict[str, list[tuple[int, str]]] = {}
    for name, line, words in re.findall(r"(?m)^cases/([\w-]+\.md):(\d+): ((?:错误|警告): .*)$", ran.words):
        told.setdefault(name, []).append((int(line), words))
    missing = {
        name: told.get(name)
        for name, (line, word) in wanted.items()
        if not any(line == at and word in words for at, words in told.get(name, ()))
    }
    assert len(wanted) > 50 and missing == {} and ran.code == 1
    assert all("。" in words.rstrip("。") for found in told.values() for _, words in found)  # what, and then what to do
    assert not [name for name in told if name.startswith("good")]


def test_nothing_is_told_of_a_good_batch(tmp_path):
    """Five hundred sound cases: not a word."""
    folder = tmp_path / "collection"
    assert run("new", folder).code == 0
    (folder / "cases" / "example.md").unlink()
    generate_cases.fill(folder / "cases", 500, 150)
    ran = run("-C", folder, "check")
    assert ran.code == 0 and "警告" not in ran.words and "错误" not in ran.words, ran.words[:2000]
