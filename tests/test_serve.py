"""`casepress serve`: how an edit is noticed, and that what is served in the end is what a clean build makes, search included."""

import io
import os
import re
import shutil
import socket
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from mkdocs.livereload import LiveReloadServer
from PIL import Image

from casepress.mkdocs_plugin import CasepressPlugin
from casepress.site import proofs, reminding, watching
from casepress.terminal import serving
from casepress.values.problems import Stopped, error, warning
from conftest import case_text, fetched, manifest, run, wait_for
from kills import Reader

_LIMIT = 60  # seconds, on a busy machine
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux is asked to tell")


class Served:
    """MkDocs' own server in front of a folder that it watches; a build only counts itself."""

    def __init__(self, folder: Path, interval: float) -> None:
        self.built = threading.Semaphore(0)
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            port = found.getsockname()[1]
        self.server = LiveReloadServer(self.built.release, "127.0.0.1", port, str(folder))
        self.server.watch(str(folder))
        watching.hasten(self.server, interval)
        self.thread = threading.Thread(target=self.server.serve)
        self.thread.start()
        while not self.server.serve_thread.is_alive():
            time.sleep(0.01)

    def is_built(self, seconds: float = _LIMIT) -> bool:
        return self.built.acquire(timeout=seconds)


@pytest.fixture
def serve(tmp_path) -> Iterator:
    made = []

    def begin(interval: float) -> Served:
        made.append(Served(tmp_path, interval))
        return made[-1]

    yield begin
    for each in made:
        each.server.shutdown(wait=True)
        each.thread.join(_LIMIT)
        assert not each.thread.is_alive()


@linux
def test_an_edit_is_noticed_when_it_is_written(serve, tmp_path):
    """Though nobody looks for an hour, what is written, moved, removed, or written into a new folder is built."""
    (tmp_path / "a.md").write_text("一")
    served = serve(3600)

    (tmp_path / "a.md").write_text("二")
    assert served.is_built()
    (tmp_path / "a.md").rename(tmp_path / "b.md")
    assert served.is_built()
    (tmp_path / "b.md").unlink()
    assert served.is_built()
    (tmp_path / "new").mkdir()
    time.sleep(0.5)  # a folder is watched a moment after it is made; before, it is found by looking
    (tmp_path / "new" / "c.md").write_text("三")
    assert served.is_built()


@linux
def test_a_file_that_is_still_being_written_is_not_built(serve, tmp_path):
    """While a file is open for writing it is half empty: it is built once, when it is closed."""
    served = serve(3600)

    with (tmp_path / "a.md").open("w") as file:
        file.write("一半")
        file.flush()
        assert not served.is_built(1)
    assert served.is_built() and not served.is_built(1)


@linux
def test_what_the_system_does_not_say_is_found_by_looking(serve, tmp_path):
    """A file that is another one, of which the system tells nothing, as on a disk in the network, is found at the next look."""
    (tmp_path / "a.md").write_text("一")
    served = serve(0.2)

    os.utime(tmp_path / "a.md", (1, 1))
    assert served.is_built()


def test_what_is_served_in_the_end_is_what_a_clean_build_makes(live):
    """Edits that come while the last one's index is made, a broken case right behind an edit, a case that comes and one that goes:
    when all is quiet the staged tree, with its search index, is byte for byte that of a copy that was never served.
    """
    folder, address = live
    cases = folder / "cases"

    (cases / "a.md").write_text(case_text("甲", body="改了又改。"), "utf-8")
    wait_for("改了又改", f"{address}/cases/a.html")
    as_it_was = (cases / "b.md").read_bytes()
    (cases / "b.md").write_text("坏了\n", "utf-8")  # the index of the edit is not there yet
    _in_the_end(folder, b=as_it_was)
    wait_for("cases/b.md:1: 错误", f"{address}/cases/a.html")  # each page says so at its foot

    (cases / "b.md").write_bytes(as_it_was)
    for nth in range(4):
        (cases / "c.md").write_text(case_text("丙", body=f"第{nth}稿。"), "utf-8")
        wait_for(f"第{nth}稿", f"{address}/cases/c.html")
    assert "casepress-problems" not in fetched(f"{address}/cases/c.html"), "all is mended"
    (cases / "a.md").unlink()
    _in_the_end(folder)


def test_every_page_that_is_served_shows_the_problems():
    """Errors and warnings stand in a bar at the foot of a page, whole and harmless, errors first; without any the page is as it is."""
    page = "<html><body><p>甲</p></body></html>".encode()
    found = [warning("cases/a.md", 3, "摘要太长", "请写短一些"), error("cases/b.md", 1, "没有叫“<script>”的字段", "请改正")]

    shown = reminding.with_bar(page, found).decode()

    assert (
        "1 个错误、1 个警告" in shown and "&lt;script&gt;" in shown and "<script>" not in shown and shown.endswith("</details></body></html>")
    )
    assert shown.index("cases/b.md:1: 错误") < shown.index("cases/a.md:3: 警告") and "网页还是出错以前的样子" in shown
    assert reminding.with_bar(page, []) == page
    assert "还有 70 个" in reminding.with_bar(page, [warning("a", n, "甲", "乙") for n in range(100)]).decode()
    assert reminding.of(Stopped(found), "") == tuple(found) and "磁盘满了" in str(reminding.of(OSError(), "磁盘满了。")[0])


def test_the_bar_does_not_cover_the_way_to_the_books_pages(chromium):
    """However much the bar at the foot lists, on a phone the link above it can be pressed; with nothing wrong it stands low."""
    page = chromium.new_page(viewport={"width": 360, "height": 780})
    html = proofs.with_link("<html><body><p>甲</p></body></html>".encode(), "/book")
    low = []
    for problems in ([error("cases/a.md", n, "这一行没有写对，要改的地方有一些", "请改正") for n in range(20)], []):
        page.set_content(reminding.with_bar(html, problems).decode())
        box = page.locator(".casepress-proofs a").bounding_box()
        place = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
        assert page.evaluate("([x, y]) => document.elementFromPoint(x, y).textContent", place) == "书页"
        low.append(place[1])
    assert low[0] < 780 * 0.6 < 690 < low[1]
    page.close()


def test_the_terminal_says_what_is_new(caplog):
    """While serving, a warning is said when it comes and not again with each edit; when all is mended that is said. A plain build says nothing."""
    caplog.set_level("INFO")
    plugin, found = CasepressPlugin(), warning("cases/a.md", 3, "摘要太长", "请写短一些")

    plugin.on_startup(command="serve", dirty=False)
    for problems in ((found,), (found,), (), ()):
        plugin._tell(problems)
    assert [record.getMessage() for record in caplog.records] == [str(found), "都改好了，没有问题。"]
    plugin.on_startup(command="build", dirty=False)
    plugin._tell((found,))
    assert len(caplog.records) == 2


def _in_the_end(folder: Path, **others: bytes) -> None:
    """Wait until a folder's staged tree is that of a copy, in which some cases are others."""
    copy = folder.with_name("copy")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("build"))
    for name, data in others.items():
        (copy / "cases" / f"{name}.md").write_bytes(data)
    assert run("-C", copy, "stage").code == 0
    wanted, end = manifest(copy / "build" / "stage"), time.monotonic() + _LIMIT
    assert any(name.startswith("stage/search/") for name in wanted)
    while (found := manifest(folder / "build" / "stage")) != wanted:
        assert time.monotonic() < end, sorted(name for name in {*found, *wanted} if found.get(name) != wanted.get(name))
        time.sleep(0.2)


def test_the_books_pages_of_a_case_stand_beside_it(live, chromium):
    """The page of a case leads to its pages in the book, as pictures; an edit lays them out anew, a mistake is said in their place,
    once whether the case's page stands beside them or not, and nothing of it is in a file.
    """
    folder, address = live
    assert 'href="/.casepress/a.html"' in fetched(f"{address}/cases/a.html") and ".casepress" not in fetched(f"{address}/index.html")

    first = _sheets(address)
    assert len(first) == 1 and first[0].width < first[0].height
    (folder / "cases" / "a.md").write_text(case_text("甲", body="改之后，多了许多字。\n\n" * 90), "utf-8")
    wait_for("改之后", f"{address}/cases/a.html")
    assert len(_sheets(address)) > 1

    assert {path.name[:10] for path in (folder.parent / "temporary").iterdir()} == {"casepress-"}, "else nobody finds it where serve is killed"
    end = time.monotonic() + _LIMIT
    while (ran := run("-C", folder, "build")).code and "另一个 casepress 正在" in ran.err:  # serve still works at the edit
        assert time.monotonic() < end, ran.words
        time.sleep(0.2)
    assert ran.code == 0, ran.words
    reader = Reader(folder / "build")
    reader.look()
    assert (reader.whole, reader.broken) == (1, []) and "改之后" in fetched(f"{address}/cases/a.html"), "a build beside is a release"

    assert fetched(f"{address}/.casepress/x/1/1.png") == "" and "没有编号是 x 的案例" in fetched(f"{address}/.casepress/x.html")

    (folder / "cases" / "a.md").write_text("坏了\n", "utf-8")
    wait_for("cases/a.md:1: 错误", f"{address}/.casepress/a.html")
    assert "img" not in fetched(f"{address}/.casepress/a.html").partition("<main>")[2]
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    page.goto(f"{address}/.casepress/a.html")
    for width in (1440, 800):
        page.set_viewport_size({"width": width, "height": 900})
        assert [frame.locator(".casepress-problems").is_visible() for frame in page.frames] == [width < 1100, width >= 1100]
    assert page.frames[1].locator(".casepress-proofs").count() == 0, "no link to where one is"
    page.close()
    assert not [path for path in (folder / "build").rglob("*.html") if ".casepress" in path.read_text("utf-8")]


def test_who_opens_the_desk_to_others_is_told():
    """An address that only this computer reaches is said plainly; with any other stands what colleagues type, and what they can see."""
    assert "注意" not in serving("127.0.0.1:8000") + serving("localhost:8000") + serving("::1:8000")
    assert "http://10.1.2.3:80/" in serving("10.1.2.3:80") and "只能看，改不了" in serving("10.1.2.3:80")
    assert "0.0.0.0" not in serving("0.0.0.0:8000") or not is_reachable(), "an address that can be typed"


def is_reachable() -> bool:
    """Whether this machine has a network that it could send into."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as found:
        return found.connect_ex(("192.0.2.1", 9)) == 0


def _sheets(address: str) -> list[Image.Image]:
    """The pages that stand beside the case a."""
    names = re.findall(r'<img src="([^"]+)"', fetched(f"{address}/.casepress/a.html"))
    found = []
    for name in names:
        with urllib.request.urlopen(f"{address}{name}", timeout=_LIMIT) as answer:
            found.append(Image.open(io.BytesIO(answer.read())))
    return found
