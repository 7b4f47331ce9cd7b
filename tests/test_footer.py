"""The foot of the website: what a public body must say there stands on every page, and only its registers are linked."""

import re

import pytest

from casepress.collection.settings import read_settings
from conftest import SETTINGS, case_text, run

FOOTER = """footer:
  主办单位: 示例市教育局 <&>
  operator: 示例市教育科学研究院
  网站标识码: 3204000001
  ICP备案: 苏ICP备12345678号-1
  police: 苏公网安备 32040002000001号
  badge: https://bszs.conac.cn/sitename?method=show&id=ABC
  contact: 办公室电话 0519-86310022
  place: 示例路 1 号
"""


def test_the_foot_stands_on_every_page(make):
    """Each entry is on every page, escaped; the registers are linked; the unit's number needs no leave of its own, and the build, which
    looks all pages over, passes. Without the setting the foot has nothing of it."""
    folder = make({"a.md": case_text("甲")}, SETTINGS + FOOTER, site=True)
    assert (ran := run("-C", folder, "site")).code == 0, ran.words
    assert "0519" not in run("-C", folder, "check").words
    pages = [path for path in (folder / "build" / "site").rglob("*.html") if path.name != "404.html"]
    assert len(pages) > 5
    for path in pages:
        foot = path.read_text("utf-8").partition('<footer class="cp-footer">')[2]
        words = " ".join(re.sub("<[^>]*>", "", foot).split())
        assert (
            "主办单位：示例市教育局 &lt;&amp;&gt; 承办单位：示例市教育科学研究院 联系方式：办公室电话 0519-86310022 地址：示例路 1 号" in words
        )
        assert "网站标识码：3204000001 苏ICP备12345678号-1 苏公网安备 32040002000001号 网站标识" in words
        assert re.findall('href="(http[^"]*)"', foot) == [
            "https://beian.miit.gov.cn/",
            "https://beian.mps.gov.cn/#/query/webSearch?code=32040002000001",
            "https://bszs.conac.cn/sitename?method=show&amp;id=ABC",
        ]

    (folder / "cases" / "collection.yml").write_text(SETTINGS, "utf-8")
    assert run("-C", folder, "site").code == 0
    assert "cp-footer-facts" not in (folder / "build" / "site" / "cases" / "a.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("icp: 12345678", "footer 的“ICP备案”写了“12345678”，不像。请照备案通知写全"),
        ("公安备案: 苏公网安备", "请照备案通知写全，例如 苏公网安备32040002000001号"),
        ("code: 32040", "请写政府网站标识码的十位"),
        ("badge: https://conac.cn.example.org/x", "请写标识指向的网址"),
        ("badge: javascript:alert(1)", "请写标识指向的网址"),
        ("主办: 某局", "主办"),
        ("{sponsor: 甲, 主办单位: 乙}", "footer 的“主办单位”写了两遍"),
    ],
)
def test_what_looks_wrong_is_told(entry, said):
    """A number that cannot be one, an address that is elsewhere, an unknown name, a name given twice: told with its line, and left out."""
    text = f"title: 试\nfooter: {entry}\n" if entry.startswith("{") else f"title: 试\nfooter:\n  {entry}\n"
    settings, problems = read_settings(text.encode())
    assert any(said in str(problem) and problem.line for problem in problems), problems
    assert settings.footer.texts in ((), ("甲",))


def test_a_persons_own_number_still_needs_leave(make):
    """A mobile number in the foot is somebody's: check stops at it until privacy says why it may stand there."""
    folder = make({"a.md": case_text("甲")}, SETTINGS + "footer:\n  contact: 手机 13812345678\n")
    assert run("-C", folder, "check").code == 1
    allowed = "privacy:\n  allow:\n    - {text: '13812345678', reason: 值班手机，对外公布}\n"
    (folder / "cases" / "collection.yml").write_text(SETTINGS + "footer:\n  contact: 手机 13812345678\n" + allowed, "utf-8")
    assert run("-C", folder, "check").code == 0
