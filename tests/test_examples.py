"""`casepress new --with-submissions`: whoever tries it comes from the inbox to a website, following what the commands say."""

import io
import re

import openpyxl
from PIL import Image

from casepress import examples
from conftest import manifest, run, write_files


def test_the_inbox_is_the_same_each_time():
    """A dozen submissions and more, forms and manuscripts, sheets, photos; the same bytes each time; plainly examples."""
    made = examples.submissions()
    assert made == examples.submissions()
    assert sum(name.endswith((".docx", ".txt")) for name in made) >= 11
    assert {name.rpartition(".")[2] for name in made} == {"docx", "txt", "xlsx", "csv", "jpg"}
    assert all("示例" in name or name.startswith(("汇总表", "评审结果")) for name in made)
    with Image.open(io.BytesIO(made["示例第五小学/走进菜市场.jpg"])) as image:
        assert image.getexif().get_ifd(0x8825), "a photo as telephones make them, so that it can be seen that the place goes"


def test_from_the_inbox_to_a_site(tmp_path, monkeypatch):
    """New, import, --write, the list of photos filled in, import again, check, site: as the guide has it, and nothing is left to mend."""
    made = run("-C", tmp_path, "new", "练习", "--with-submissions")
    folder = tmp_path / "练习"
    assert made.code == 0 and "casepress import 收件 --write" in made.out and not (folder / "cases/example.md").exists()
    assert "收件/" in (folder / ".gitignore").read_text("utf-8")
    monkeypatch.chdir(folder)

    shown = run("import", "收件")
    told = [line for line in shown.err.splitlines() if line.startswith("收件/")]
    assert shown.code == 1 and "9 个新的、1 个重复" in shown.out
    assert [line.split(":")[0] for line in told] == [
        "收件/汇总表.xlsx", "收件/汇总表.xlsx", "收件/示例第九小学申报表.docx", "收件/示例第二小学申报表.docx", "收件/示例第六小学申报表.docx",
        "收件/示例第十小学申报表.docx",
    ]  # fmt: skip
    assert {path.name for path in (folder / "cases").iterdir()} == {"collection.yml"}
    assert "写了 9 个" in run("import", "收件", "--write").out
    book = openpyxl.load_workbook("cases/照片说明.xlsx")
    for row in book.active.iter_rows(min_row=2):
        row[3].value, row[5].value = "示例图片", "没有"
    book.save("cases/照片说明.xlsx")
    assert "照片说明写进了 3 个案例" in run("import", "收件", "--write").out
    before = manifest(folder / "cases")
    assert "没有要写的" in run("import", "收件", "--write").out and manifest(folder / "cases") == before

    copied = folder / "cases/作业公示，减负看得见.md"
    assert re.fullmatch(f"cases/{copied.name}:1: 警告: 和 cases/一张作业公示单.md.*\n", run("check", "--strict").out)
    copied.unlink()
    assert run("check", "--strict").out == "8 个案例，没有发现问题。\n"
    write_files(folder, {"content/guide.md": "# 编写指南\n"})
    assert run("site").code == 0
    page = (folder / "build/site/index.html").read_text("utf-8")
    assert all(title in page for title in ("放学以后的两小时", "一张作业公示单"))
    text = (folder / "cases/楼顶上的气象站.md").read_text("utf-8")
    assert "主题: 科学教育" in text and "获奖等次: 一等奖" in text and "| 九月 | 90 | 23.6 |" in text
