"""A site with every kind of page, and every state of them that a reader can bring about: what is tested of all of them alike is
tested on these."""

from collections.abc import Callable, Mapping
from pathlib import Path

from casepress import scaffold
from conftest import Ran, case_text, picture, run, write_files
from movies import FILM, box

SETTINGS = """title: 每一种页面的案例库
publisher: 示例市教育局
footer:
  主办单位: 示例市教育局
  网站标识码: 3204000001
  ICP备案: 苏ICP备12345678号-1
"""
CASES = 34
REGIONS = ("江苏省常州市武进区", "江苏省南京市", "江苏省常州市天宁区", "山东省青岛市", "浙江省")
COUNTED = "".join(f"第 {nth} 周来了 {1000 + 7 * nth} 人次，" for nth in range(10, 18)) + "都记在本子上。"  # numbers, for the ends of lines
WIDE = "\n".join(
    (
        "| 社团 |" + "|".join(f" 周{n} " for n in range(11)) + "|",
        "|---" * 12 + "|",
        *[f"| 第{n}组 |" + " 音乐室三〇二 |" * 11 for n in range(4)],
    )
)
RICH = f"""
## 缘起

从步行家访[^远]到视频家访，变的是路。**着重**与*强调*，`一段很长的程序代码 print("很长很长很长很长很长很长很长很长很长很长")`。

### 安排

{WIDE}

![操场](p.png "操场全景")

![](p.png)

## 做法

1. 先问。
2. 再看。
    - 看什么
    - 怎么看

> 老师，娃娃在家不说话。

```
for each in range(100): print("很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长")
```

### 细处

#### 更细处

| 项 | 数 |
|---|--:|
| 甲 | 1.5 |

## 结果

好了，见[附表](list.xlsx)和[外面](https://example.org/a/very/long/address/that/never/ends/and/goes/on/and/on.html)。

## 后来

[^远]: 学校旧档案记为“五里坡以上”。
"""
SAID = "《关于推广学校落实“双减”典型案例的通知》"
GUIDE = f"# 编写指南\n\n## 写一个案例\n\n一个案例一个文件，见[首页](index.md)。\n\n### 表\n\n{WIDE}\n\n```\n{'很长的一行' * 40}\n```\n\n!!! note\n\n    请留意。\n"
GUIDE += f"\n| 文件 | 案例数 | 在本库中的批次 | 编号 |\n|---|---|---|---|\n| {SAID} | 27 个 | 第三批 | m-01 |\n"
GUIDE += "\n".join(f"\n先看 `cases/`，{'再想' * nth}一想，改好以前不要放上网。\n" for nth in range(9, 30, 2))  # for the ends of last lines
NAV = "  - 关于: about.md\n  - 编辑手册: guide.md\n"
DEEPER = "  - 更多:\n      - 关于: about.md\n      - 编辑手册: guide.md\n"


def _files() -> dict[str, str | bytes]:
    head = "---\n获奖等次: 一等奖\n副标题: 一所学校的手记\nphotos: [{file: p.png, alt: 教室, caption: 上课}]\n"
    head += "附件: [list.xlsx, {file: film.mp4, title: 大课间, poster: p.png}]\nsource: {title: 一份文件, issuer: 示例局, url: 'https://example.org/'}\n"
    found: dict[str, str | bytes] = {
        "collection.yml": SETTINGS,
        "p.png": picture(),
        "list.xlsx": _office(),
        "film.mp4": FILM + box(b"free", bytes(2000)),
        "rich.md": head
        + case_text("一个什么都有的案例，标题长得在窄的屏幕上要占两三行才能写完", region=REGIONS[0]).removeprefix("---\n")
        + RICH,
    }
    for nth in range(CASES):
        text = case_text(
            f"第{nth}个案例",
            region=REGIONS[nth % 5],
            school=f"第{nth % 30}小学（虚构）",
            theme=("作业管理", "课后服务")[nth % 2],
            batch=("第一批", "第二批")[nth % 3 == 0],
            body=f"这一段说明学校怎样安排课后服务，写得很短。{COUNTED}",
        )
        found[f"c-{nth:02}.md"] = f"---\nid: c-{nth:02}\n获奖等次: {('特等奖', '典型案例')[nth % 2]}\n" + text.removeprefix("---\n")
    return found | {f"c-{CASES}.md": _awkward()}


def _awkward() -> str:
    """A case whose values are as long as they come: title, unit, place, a theme that no other case has; and no summary."""
    title = "聚焦立德树人根本任务深化县域义务教育优质均衡发展背景下乡村小规模学校课后服务“五育并举、七彩课堂”一体化推进与家校社协同育人机制创新的十年探索与实践研究报告"
    school = "内蒙古自治区锡林郭勒盟西乌珠穆沁旗巴拉嘎尔高勒镇第一实验小学"
    text = case_text(
        title, region="新疆维吾尔自治区", school=school, theme="家庭教育指导与家校社协同育人长效机制建设", batch="第一批", summary=""
    )
    return f"---\nid: c-{CASES}\n获奖等次: 特等奖\n" + text.removeprefix("---\n").replace("摘要: \n", "")


def _office() -> bytes:
    import io
    import zipfile

    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        package.writestr("[Content_Types].xml", b"<Types/>")
        package.writestr("xl/workbook.xml", "<w>课时 12</w>".encode())
    return data.getvalue()


def made(folder: Path) -> Ran:
    """The collection and its site, made in a folder."""
    scaffold.new_collection(folder)
    (folder / "cases" / "example.md").unlink()
    write_files(folder, {"content/guide.md": GUIDE})
    nav = (folder / "mkdocs.yml").read_text("utf-8")
    assert NAV in nav
    write_files(folder, {"mkdocs.yml": nav.replace(NAV, DEEPER)})
    write_files(folder / "cases", _files())
    return run("-C", folder, "site")


def site_of(folder: Path) -> Path:
    """The site, built below a folder."""
    ran = made(folder)
    assert ran.code == 0, ran.words
    return folder / "build" / "site"


PAGES = {
    "home": "index.html",
    "list": "cases/index.html",
    "view": "by/theme/index.html",
    "tree": "by/region/index.html",
    "names": "by/school/index.html",
    "group": "by/region/320400.html",
    "group of many": "by/region/320000.html",
    "short case": "cases/c-01.html",
    "awkward case": f"cases/c-{CASES}.html",
    "case": "cases/rich.html",
    "data": "by/index.html",
    "codebook": "data/codebook.html",
    "compile": "compile.html",
    "guide": "guide.html",
    "about": "about.html",
    "missing": "404.html",
}


def rested(page) -> None:
    page.wait_for_function(
        "() => { const list = document.querySelector('.cp-all'); return !list || (!list.hasAttribute('aria-busy') && document.querySelector('.cp-facet')); }"
    )


def _suggested(page) -> None:
    page.locator(".cp-box-home input").fill("课后")
    page.locator(".cp-suggest-all").first.wait_for(state="visible")
    page.keyboard.press("ArrowDown")


def _sheet(page) -> None:
    """Filters with branches and lists open, in a sheet where the screen is narrow."""
    if page.locator(".cp-filters").is_visible():
        page.locator(".cp-filters").click()
    for each in (".cp-turn", ".cp-unfold"):
        page.locator(each).first.click()
    page.locator(".cp-facet input[type=checkbox]").nth(1).check()
    rested(page)


def _table(page) -> None:
    page.wait_for_selector(".cp-hits tbody tr, .cp-hits .cp-card")  # a phone shows cards


def _picked(page) -> None:
    page.evaluate("localStorage.clear()")
    page.reload()
    for nth in range(2):
        page.locator(".cp-pick").nth(nth).click()
    page.wait_for_selector(".cp-basket")


def _compiled(page) -> None:
    page.wait_for_selector(".cp-chosen li")
    page.get_by_role("button", name="先看看").click()
    page.wait_for_selector(".cp-told >> text=排好了")


def _lightbox(page) -> None:
    page.locator("a.cp-large").first.click()
    page.wait_for_selector(".cp-lightbox[open]")


def _menu(page) -> None:
    if page.locator(".cp-menu").is_visible():
        page.locator(".cp-menu").click()


def _open(page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")


# The states of pages that do not come by their address alone: address, and what brings them about.
STATES: Mapping[str, tuple[str, Callable]] = {
    "suggestions": ("index.html", _suggested),
    "menu": ("about.html", _menu),
    "filters": ("cases/index.html", _sheet),
    "found": ("cases/index.html?q=课后&theme=课后服务", lambda page: page.wait_for_selector(".cp-hits mark")),
    "table": ("cases/index.html?view=table", _table),
    "nothing, offers": ("cases/index.html?q=课后服物", lambda page: page.wait_for_selector(".cp-lifts")),
    "nothing": ("cases/index.html?q=zzzz", lambda page: page.wait_for_selector(".cp-empty button")),
    "marked": ("cases/rich.html?q=家访", lambda page: page.wait_for_selector(".cp-marks")),
    "lightbox": ("cases/rich.html", _lightbox),
    "numbers": ("by/index.html", _open),
    "basket": ("cases/index.html", _picked),
    "compiled": ("compile.html#title=甲&cases=rich,c-01", _compiled),
}


def brought(page, address: str, name: str):
    """A page of the site at an address, in one of its states, at rest."""
    path, act = STATES[name] if name in STATES else (PAGES[name], lambda page: None)
    if page.url.partition("#")[0] == f"{address}/{path}".partition("#")[0]:
        page.goto("about:blank")  # or an address that differs in its fragment alone is not loaded
    page.goto(f"{address}/{path}")
    rested(page)
    act(page)
    return page
