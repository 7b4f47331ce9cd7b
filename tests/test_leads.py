"""Where links, pictures and marks of notes lead, in cases, in the texts of a book, and on the home page."""

import io
import zipfile

import pytest

from casepress import flow
from casepress.collection import project
from casepress.collection.intro import read_intro
from casepress.collection.links import Targets
from casepress.site import website
from conftest import case_text, picture, run, write_files
from crawler import Site


def sheet() -> bytes:
    """The least package that is a workbook."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("xl/workbook.xml", "<workbook/>")
    return data.getvalue()


def said(folder) -> list[str]:
    """What `check` says of links and notes, line by line."""
    return [line for line in run("-C", folder, "check").out.splitlines() if "链接" in line or "脚注" in line or "图片" in line]


@pytest.mark.parametrize("place", ["cases/a.md", "content/book/preface.md", "content/index.md"])
def test_what_leads_nowhere_is_said_wherever_it_stands(make, place):
    """A link to a heading that is not there, and the mark of a note that nobody wrote, are warnings with their lines."""
    text = "见[上文](#背景)和[下文](#没有)。\n\n## 背景\n\n有注[^a]，没有注[^b]，代码`[^c]`。\n\n[^a]: 注。\n"
    folder = make({"a.md": case_text("甲", body=text if place == "cases/a.md" else "字。")})
    if place != "cases/a.md":
        write_files(folder, {place: text})
    first = (folder / place).read_text("utf-8").split("见[上文]")[0].count("\n") + 1

    (link, note) = said(folder)

    assert link.startswith(f"{place}:{first}: 警告: 链接“#没有”没有着落")
    assert note.startswith(f"{place}:{first + 4}: 警告: 脚注 [^b] 没有注文")


def test_the_home_page_leads_on(make):
    """What content/index.md links to, a page, a case, a file, leads there on the site's first page; its picture is there."""
    text = "---\ntitle: 首页\n---\n[关于](about.md#一) [案例](../cases/a.md) [表](附件 1.xlsx) [网](https://a.cn/?a=1&b=2)\n\n![门](门.png)\n"
    text = text.replace("附件 1", "附件%201")
    folder = make({"a.md": case_text("甲")}, site=True)
    write_files(folder / "content", {"index.md": text, "about.md": "# 关于\n\n## 一\n", "附件 1.xlsx": sheet(), "门.png": picture()})
    docs = flow.stage(project.find(folder)).docs
    home = (docs / "index.md").read_text("utf-8")

    for address in ("about.html#%E4%B8%80", "cases/a.html", "%E9%99%84%E4%BB%B6%201.xlsx", "https://a.cn/?a=1&amp;b=2"):
        assert f'href="{address}"' in home, address
    (name,) = read_intro(project.find(folder), {"index.md": text.encode()}, Targets()).pictures
    assert f'src="pictures/{name}"' in home and (docs / "pictures" / name).is_file()
    assert said(folder) == []


def test_a_link_out_of_content_is_said(make, tmp_path):
    """A symbolic link in content/ that leads out of the folder is not read, and that is said."""
    folder = make({"a.md": case_text("甲")})
    (tmp_path / "secret.md").write_text("# 秘密\n\n字。\n", "utf-8")
    (folder / "content" / "book").mkdir(parents=True)
    (folder / "content" / "book" / "preface.md").symlink_to(tmp_path / "secret.md")

    assert said(folder) == ["content/book/preface.md: 警告: 这是通向案例库之外的链接（快捷方式），不会读取。请把文件本身复制进来。"]


def test_what_the_home_page_lacks_is_said(make):
    """A link of content/index.md to no file, and a picture that is not there, are errors with their line."""
    folder = make({"a.md": case_text("甲")})
    write_files(folder, {"content/index.md": "一。\n\n[哪里](nowhere.md) [外](../README.md) ![图](no.png)\n"})

    found = said(folder)

    assert len(found) == 3 and all(line.startswith("content/index.md:3: 错误: ") for line in found)


HEADINGS = (
    ("小 节", "小 节"), ("小 节", "小-节"), ("小　节", "小节"), ("**小** 节", "小-节"), ("第一章 总则", "第一章-总则"), ("第一章  总则", "第一章总则"),
    ("一、背景 与 目标", "一背景-与-目标"), ("`a  b` 与 c", "a-b-与-c"), ("Q&A 问答", "qa-问答"), ("前 言 {#x}", "前言"), ("5+2 服务（一）", "52-服务一"),
    ("姓 名", "%E5%A7%93-%E5%90%8D"), ("~~旧~~新", "旧新"), ("**重点**：减负", "重点减负"), ("1. 目标", "1-目标"), ("A B", "a-b"),
)  # fmt: skip


def test_headings_of_pages_are_where_links_lead(make):
    """A heading of a page of content/ has one id for links to it and for the page, whatever spaces and marks stand in it."""
    pages = {
        f"p{nth}.md": f"# 关于\n\n## {heading}\n\n见[这里](#{called})。\n\n## 另一节\n\n## {heading.partition(' {')[0]}\n"
        for nth, (heading, called) in enumerate(HEADINGS)
    }
    body = "".join(f"[去](<../content/p{nth}.md#{called}>) " for nth, (_, called) in enumerate(HEADINGS))
    folder = make({"a.md": case_text("甲", body=body)}, site=True)
    place = project.find(write_files(folder, {f"content/{name}": text for name, text in pages.items()}))

    assert said(folder) == []
    (folder / "site").mkdir()
    website.build_site(place, flow.stage(place), folder / "site")
    assert Site(folder / "site").faults() == []
