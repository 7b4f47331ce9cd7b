"""`casepress pack`: a zip for a USB stick, opened from a disk as a reader opens it."""

import zipfile
from pathlib import Path

import pytest

from casepress import packing, publishing
from conftest import run, write_files


@pytest.fixture(scope="module")
def built(sample, tmp_path_factory) -> Path:
    """A collection whose site is that of the sample."""
    folder = write_files(tmp_path_factory.mktemp("pack"), {"cases/collection.yml": "title: 试\n"})
    (folder / "build").mkdir()
    (folder / "build" / "site").symlink_to(sample / "build" / "site")
    return folder


def test_the_zip_opens_from_a_disk(built, tmp_path, windows, sample):
    """All files of the site are in it under ASCII names, but for the one that is to be opened, whose name is marked as UTF-8; unpacked it
    leads home, a case is found by search, and nothing is missing, foreign or refused. The same site gives the same bytes."""
    said = run("-C", built, "pack")
    assert said.code == 0 and "打开我.html" in said.out
    first = (built / "build" / "site.zip").read_bytes()
    assert run("-C", built, "pack", "-o", tmp_path / "again.zip").code == 0 and (tmp_path / "again.zip").read_bytes() == first

    with zipfile.ZipFile(tmp_path / "again.zip") as archive:
        names = archive.namelist()
        assert names[0] == "打开我.html" and archive.infolist()[0].flag_bits & 0x800
        assert all(name.isascii() for name in names[1:])
        archive.extractall(tmp_path / "优盘")
    site = sample / "build" / "site"
    every = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert every - {name.removeprefix("site/") for name in names} == {"404.html", "robots.txt", "sitemap.xml", "sitemap.xml.gz"} & every

    window, root = windows(), (tmp_path / "优盘").as_uri()
    page = window.page
    page.goto(f"{root}/{'打开我.html'}")
    page.wait_for_url("**/site/index.html")
    page.locator(".cp-box-home input").fill("课后服务")
    page.keyboard.press("Enter")
    page.wait_for_url("**/site/cases/index.html?q=*")
    page.locator(".cp-hits a[href$='.html'], .cp-hits a[href*='.html']").first.click()
    page.wait_for_url("**/site/cases/*-*.html*")
    requests, wrong = window.taken()
    assert wrong == [] and all(url.startswith((root, "data:")) for url in requests)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("说明.pdf", "x", "说明.pdf 的名字里有汉字"),
        ("A.html", "<a href='b'>", "只差大小写"),
        ("b.html", '<p><a class="x" href="/cases/index.html">', "链接 /cases/index.html 从优盘打不开"),
        ("b.html", '<img src="gone.png">', "链接 gone.png 从优盘打不开"),
        ("b.html", '<link href="//cdn.example.org/a.css">', "链接 //cdn.example.org/a.css 从优盘打不开"),
        ("b.html", '<a href="cases/">', "链接 cases/ 从优盘打不开"),
    ],
)
def test_what_a_disk_cannot_open_is_told(name, data, said, tmp_path):
    """A name in Chinese, two names that Windows takes for one, an address that only a server understands, one that leads nowhere: told,
    and no zip is written. Addresses with a mark, with a query and to elsewhere are sound."""
    good = '<a href="cases/a.html?q=1#x"></a><a href="#y"></a><a href="https://beian.miit.gov.cn/"></a><a href="cases/%61.html"></a>'
    files = {"index.html": good, "a.html": "", "cases/a.html": '<a href="../index.html">'}
    folder = write_files(
        tmp_path / "c", {"cases/collection.yml": "title: 试\n", **{f"build/site/{each}": text for each, text in files.items()}}
    )
    assert run("-C", folder, "pack").code == 0
    (folder / "build" / "site.zip").unlink()

    write_files(folder, {f"build/site/{name}": data})
    ran = run("-C", folder, "pack")
    assert ran.code == 1 and said in ran.words
    assert not list((folder / "build").glob("*zip*"))


def test_where_no_zip_can_be_made_it_is_said(tmp_path):
    """Without a site, over a file of another kind, under another ending, into the site itself, beside a build: each is refused in words."""
    folder = write_files(tmp_path / "c", {"cases/collection.yml": "title: 试\n"})
    assert "请先运行 casepress build" in run("-C", folder, "pack").words
    write_files(folder, {"build/site/index.html": "", "cases/a.zip": "案例"})
    assert "不会覆盖它" in run("-C", folder, "pack", "-o", folder / "cases" / "a.zip").words
    assert "要以 .zip 结尾" in run("-C", folder, "pack", "-o", folder / "a.rar").words
    assert "请写到别处" in run("-C", folder, "pack", "-o", folder / "build" / "site" / "a.zip").words
    assert "没有 " in run("-C", folder, "pack", "-o", folder / "gone" / "a.zip").words
    with publishing.alone(folder / "build"):
        assert "另一个 casepress 正在" in run("-C", folder, "pack").words


def test_a_damaged_zip_is_told(tmp_path):
    """A zip is read back before it is given out: one wrong byte is found."""
    site = write_files(tmp_path / "site", {"index.html": "<p>正文</p>" * 50})
    assert packing.pack(site, tmp_path / "a.zip") == ()
    data = bytearray((tmp_path / "a.zip").read_bytes())
    at = data.index(b"site/index.html") + 30
    data[at] ^= 0xFF
    (tmp_path / "b.zip").write_bytes(data)
    assert "写坏了" in packing.faults(tmp_path / "b.zip")[0]
