"""What many tests share: small collections made on the spot, commands run as a user runs them, one built sample, a
browser, and servers.

Everything is real: the commands' own code, files on disk, MkDocs, WeasyPrint, Chromium.
"""

import contextlib
import functools
import gc
import hashlib
import io
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from filelock import FileLock
from PIL import Image

from builders import alone_here
from casepress import cli, scaffold
from dying import Mother
from hostile import HOSTILE, HOSTILE_CASE, HOSTILE_SETTINGS, TAG

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # a shell starts what runs behind it so, and every child would be deaf as well
    signal.signal(signal.SIGINT, signal.default_int_handler)
gc.set_threshold(1_000_000, 20, 100)  # laid-out pages are alive until they are bound: looking for garbage among them takes a third of the time


def memory() -> str:
    """A folder that the system keeps in memory, where there is plenty of it, and programs may be run from it; else nothing.

    Tests make tens of thousands of small files: on a disk that is a quarter of the processors' time.
    """
    folder, known = Path("/dev/shm"), Path("/proc/meminfo")
    if not known.exists() or not os.access(folder, os.W_OK) or os.statvfs(folder).f_flag & os.ST_NOEXEC:
        return ""
    free = next((int(line.split()[1]) << 10 for line in known.read_text("ascii").splitlines() if line.startswith("MemAvailable:")), 0)
    return str(folder) if min(free, shutil.disk_usage(folder).free) > 12 << 30 else ""


if "TMPDIR" not in os.environ and memory():  # of this process, of those that share its tests, and of all that they start
    os.environ["TMPDIR"] = tempfile.tempdir = memory()

# What was compiled once is not compiled again, neither for the processes that share the tests nor for the programs that they start.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

ROOT = Path(__file__).resolve().parents[1]
CASEPRESS = Path(sys.executable).with_name("casepress")
# Debian's package chromium-headless-shell has the same engine without windows, for two thirds of the time.
CHROMIUM = next(filter(Path.exists, map(Path, ("/usr/bin/chromium-headless-shell", "/usr/bin/chromium"))), Path("/usr/bin/chromium"))
SETTINGS = "title: 小案例库\n"
BRIEF = SETTINGS + "book:\n  omit: [扉页, 目录, 封面, 版权页]\n  indexes: []\n"  # for the smallest book that there can be
SHORT_GUIDE = "# 编写指南\n\n## 写一个案例\n\n一个案例一个文件。\n"  # in the place of the long one, which is read anew for every command
# The files that take longest, longest first: they are begun first, so that no core waits for another one at the end.
LONGEST = (
    "steps", "search_page", "forty", "cli", "browser", "prepress", "tables", "drawn", "epub", "turns", "search_browser", "lines", "kept",
    "website", "fonts", "promises", "typography", "pieces", "importing", "digests", "word", "reading", "frames", "scaffold", "kept_editions",
    "data_appendix", "evil", "readers", "bound", "release", "press", "killed", "basket", "second_proof", "prose", "lists", "imported_forms", "properties", "survives", "outside", "fuzz", "serve", "shelf", "links", "forms", "photos",
    "publishing", "nu", "articles", "parts", "examples", "search_names", "growth", "pictures", "straight", "editions", "showing", "readme",
    "turned", "words", "photolist", "case_page", "privacy", "old_documents", "enclosed", "received", "characters", "bench", "sheets_in",
    "search", "likeness", "ahead", "crews", "leaks", "floors", "imprint", "material", "policy", "patches", "raised", "sizes", "quotations",
    "screens", "records", "counted",
)  # fmt: skip

CASE = """---
标题: {title}
地区: {region}
单位: {school}
主题: {theme}
批次: {batch}
摘要: {summary}
篇幅: digest
---

## 做法

{body}
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    names = [f"test_{name}.py" for name in LONGEST]
    items.sort(key=lambda item: names.index(item.path.name) if item.path.name in names else len(names))


def pytest_collection_finish() -> None:
    gc.freeze()  # thousands of tests stay to the end: garbage is not looked for among them


def pytest_sessionfinish() -> None:
    gc.freeze()  # the process ends: pytest would look for garbage among all that it made


def case_text(title: str, **values: str) -> str:
    """The file of a short case; any of its values may be given."""
    usual = {"region": "江苏省常州市", "school": "示例小学（虚构）", "theme": "课后服务", "batch": "第一批"}
    usual |= {"summary": "一句话说明做了什么。", "body": "这一段说明学校怎样安排课后服务，写得很短。"}
    return CASE.format(title=title, **{**usual, **values})


@dataclass(frozen=True)
class Ran:
    """What a command came to: its exit code, and the words on its two outputs."""

    code: int
    out: str
    err: str

    @property
    def words(self) -> str:
        return self.out + self.err


def run(*words: object) -> Ran:
    """Run `casepress` with these words in this process. Whatever would be a traceback is raised."""
    out, err, before = io.StringIO(), io.StringIO(), sys.argv
    sys.argv = ["casepress", *map(str, words)]
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            cli.main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    finally:
        sys.argv = before
    return Ran(code, out.getvalue(), err.getvalue())


def run_apart(*words: object, folder: Path | None = None, **variables: str) -> Ran:
    """Run the installed `casepress` as a program of its own, with its outputs piped, as from a script."""
    environment = {**os.environ, **variables}
    done = subprocess.run([CASEPRESS, *map(str, words)], cwd=folder, env=environment, capture_output=True, timeout=240, check=False)
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


def mkdocs(folder: Path, *words: str) -> subprocess.CompletedProcess:
    """Run MkDocs' own command in a folder."""
    command = [CASEPRESS.with_name("mkdocs"), *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)


def manifest(*folders: Path) -> dict[str, str]:
    """Every file below some folders with the hash of its bytes, by the folder's name and the path in it."""
    return {
        f"{folder.name}/{path.relative_to(folder).as_posix()}": hashlib.sha256(path.read_bytes()).hexdigest()
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


Files = Mapping[str, str | bytes]


def write_files(folder: Path, files: Files) -> Path:
    """Write files by their path below a folder; a text is written as it is, in UTF-8."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def picture(kind: str = "PNG", **options: object) -> bytes:
    """The bytes of a small picture of noise, 64 by 48 pixels."""
    data = io.BytesIO()
    Image.effect_noise((64, 48), 60).convert("RGB").save(data, kind, **options)
    return data.getvalue()


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Path]:
    """A function that makes a collection: settings, and files by their path below `cases/`.

    With `site=True` it also gets what `casepress new` gives, so that a site can be built of it.
    """

    def made(files: Files, settings: str = SETTINGS, site: bool = False, name: str = "collection") -> Path:
        folder = tmp_path / name
        if site:
            scaffold.new_collection(folder)
            (folder / "cases" / "example.md").unlink()
            write_files(folder, {"content/guide.md": SHORT_GUIDE})
            shutil.rmtree(folder / "content" / "guide")  # pictures of the long one
        write_files(folder / "cases", {"collection.yml": settings, **files})
        return folder

    return made


def of_all(factory: pytest.TempPathFactory) -> Path:
    """The folder of all processes that share the tests of this run."""
    return factory.getbasetemp().parent if "PYTEST_XDIST_WORKER" in os.environ else factory.getbasetemp()


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], Ran]) -> tuple[Path, Ran]:
    """A folder that is made once, whichever of the run's processes asks first, and what the command that made it said."""
    root = of_all(factory)
    folder, said = root / name / "collection", root / name / "ran.json"
    with FileLock(root / f"{name}.lock"):
        if not said.exists():
            folder.parent.mkdir(exist_ok=True)
            said.write_text(json.dumps(asdict(make(folder))), "utf-8")
    return folder, Ran(**json.loads(said.read_text("utf-8")))


@pytest.fixture(scope="session")
def sample_build(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ran]:
    """A copy of this repository's collection, built once: its folder, and what the command said. It is only read."""

    def built(folder: Path) -> Ran:
        for part in ("cases", "content", "theme"):
            shutil.copytree(ROOT / part, folder / part)
        shutil.copyfile(ROOT / "mkdocs.yml", folder / "mkdocs.yml")
        return run("-C", folder, "build")

    return made_once(tmp_path_factory, "sample", built)


@pytest.fixture(scope="session")
def sample(sample_build: tuple[Path, Ran]) -> Path:
    """The folder of the built copy of this repository's collection, with `build/` in it."""
    folder, ran = sample_build
    assert ran.code == 0, ran.words
    return folder


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built collection in which every value that can be hostile is. It is only read."""

    def built(folder: Path) -> Ran:
        assert run("new", folder).code == 0
        (folder / "cases" / "example.md").unlink()
        extra = HOSTILE_CASE.replace("id: hostile\n", f"extra: '选项{HOSTILE}'\n").replace("标题<", "另一个<", 1)
        files = {"collection.yml": HOSTILE_SETTINGS, "a.md": HOSTILE_CASE, f"{escape(TAG.replace('/', ''))}.md": extra, "p.png": picture()}
        write_files(folder / "cases", files)
        return run("-C", folder, "build")

    folder, ran = made_once(tmp_path_factory, "hostile", built)
    assert ran.code == 0, ran.words
    return folder


@pytest.fixture(scope="session")
def every_kind(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site that has a page of every kind, built once. It is only read."""
    import everykind  # which needs this module itself

    folder, ran = made_once(tmp_path_factory, "every", everykind.made)
    assert ran.code == 0, ran.words
    return folder / "build" / "site"


@pytest.fixture(scope="session", autouse=True)
def figures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Faces are drawn once in a run of tests, into the folder that is given, and the book's stylesheet is parsed once in each of its
    processes, and neither for each of the folders in which it builds. So workers, which are copies of it, know them as well. Tests that
    make no book, and are begun again and again, do without (`scripts/mutate`)."""
    if os.environ.get("CASEPRESS_FIRST_BOOK") == "no":
        return of_all(tmp_path_factory) / "faces"
    from pressed import learn_figures

    drawn = of_all(tmp_path_factory) / "faces"
    with FileLock(f"{drawn}.lock"):
        learn_figures(drawn)
    folder = write_files(tmp_path_factory.mktemp("first"), {"cases/collection.yml": BRIEF, "cases/a.md": case_text("甲")})
    with alone_here():
        assert run("-C", folder, "book", "-o", folder / "a.pdf").code == 0
    return drawn


@pytest.fixture(scope="session")
def mother(tmp_path_factory: pytest.TempPathFactory, figures: Path) -> Iterator[Mother]:
    """A program that has loaded all and made a site and a book, and forks for each command that it is to run."""
    folder = scaffold.new_collection(tmp_path_factory.mktemp("mother") / "collection")
    made = Mother(figures)
    assert made.run("-C", folder, "build", here=True)[0] == 0
    yield made
    made.end()


# A window of Chromium has two panels below its bar of addresses, each a page of its own that is loaded for every window, seen or
# not: more than half of what a test in a browser costs. And it keeps a process in readiness for a page that no test opens.
# Playwright's list of what is off is the only one that Chromium reads. A page that follows another one of its site takes the frame in
# which that one stood (without RenderDocument), and what is drawn is drawn by the browser's own process: a fifth of what pages cost.
WITHOUT_PANELS = """#!/bin/bash
exec {program} --disable-gpu --in-process-gpu \\
    "${{@/#--disable-features=/--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,SpareRendererForSitePerProcess,RenderDocument,}}"
"""


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator:
    """Debian's Chromium, driven by Playwright. Where CI=true it must be there; elsewhere tests without it are skipped."""
    if not CHROMIUM.exists():
        reason = f"未检查：没有 {CHROMIUM}，需要浏览器的测试没有做（Debian：apt-get install chromium）"
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    program = tmp_path_factory.mktemp("chromium") / "chromium"
    program.write_text(WITHOUT_PANELS.format(program=CHROMIUM), "utf-8")
    program.chmod(0o755)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(program), args=["--no-sandbox"])
        yield browser
        browser.close()


class Window:
    """A page of a browser, and what is seen of it for the test that uses it: what it asked for, and what went wrong on it."""

    def __init__(self, page) -> None:
        self.page, self.requests, self.wrong = page, [], []
        page.set_default_timeout(15_000)
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda said: said.type in ("error", "warning") and self.wrong.append(f"console: {said.text}"))
        page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (self.wrong.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("requestfailed", self._failed)
        page.on("response", lambda answer: answer.status >= 400 and self.wrong.append(f"{answer.status}: {answer.url}"))
        page.seen, page.wait_for_function = self, functools.partial(_until, page)

    def _failed(self, request) -> None:
        if request.failure != "net::ERR_ABORTED":  # the reader went on before the page had all it asked for
            self.wrong.append(f"failed: {request.url} {request.failure}")

    def taken(self) -> tuple[list[str], list[str]]:
        """The requests and what went wrong since it was last asked; the page remembers nothing of its site from then on."""
        self.page.evaluate("() => { try { localStorage.clear(); sessionStorage.clear(); } catch (none) {} }")
        found = self.requests, self.wrong
        self.requests, self.wrong = [], []
        return found


def _until(page, expression: str, *, arg: object = None, timeout: float = 15_000) -> None:
    """Wait until something is true on a page. Playwright's own way of it has the page run a text, which our pages' policy forbids."""
    from playwright.sync_api import Error, TimeoutError

    end = time.monotonic() + timeout / 1000
    while True:
        with contextlib.suppress(Error):  # the page is on its way to another
            if page.evaluate(expression, arg):
                return
        if time.monotonic() > end:
            raise TimeoutError(f"not true after {timeout / 1000} s: {expression}")
        page.wait_for_timeout(40)


@pytest.fixture(scope="module")
def windows(chromium) -> Iterator[Callable[..., Window]]:
    """A function that gives a window of its own context for the options of one, the same again for the same words.

    A new one costs as much as three pages: a process, its fonts, its scripts. So tests of a module use one after another.
    """
    found: dict[tuple, Window] = {}

    def window(*words: object, **options: object) -> Window:
        key = (*words, repr(sorted(options.items())))
        if key not in found:
            found[key] = Window(chromium.new_context(**options).new_page())
        return found[key]

    yield window
    for each in found.values():
        each.page.context.close()


class _Files(SimpleHTTPRequestHandler):
    """A plain server of files that answers a missing page as static hosts do: with the site's 404.html; what pages look like and do may be
    kept for some minutes, as such hosts say, or a browser would ask for each script of a young site again with every page."""

    def log_message(self, *words: object) -> None:
        pass

    def end_headers(self) -> None:
        if "/assets/" in self.path:
            self.send_header("Cache-Control", "max-age=600")
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        pages = [folder / "404.html" for folder in (Path(self.directory), *Path(self.directory).glob("*/*"))]
        page = next((path for path in pages if path.exists()), None)
        if code != 404 or page is None:
            return super().send_error(code, message, explain)
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page.read_bytes())
        return None


@pytest.fixture(scope="session")
def web() -> Iterator[Callable[[Path], str]]:
    """A function that serves a folder over HTTP for the rest of the session and gives its address, without `/` at the end."""
    servers = []

    def served(folder: Path) -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Files, directory=str(folder)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_address[1]}"

    yield served
    for server in servers:
        server.shutdown()
        server.server_close()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def fetched(address: str) -> str:
    """The text at an address, or nothing where there is no answer."""
    try:
        with urllib.request.urlopen(address, timeout=20) as answer:
            return answer.read().decode()
    except (urllib.error.URLError, OSError):
        return ""


def wait_for(words: str, address: str, seconds: float = 60) -> None:
    """Ask for a page again and again until the words are on it."""
    end = time.monotonic() + seconds
    while words not in fetched(address):
        assert time.monotonic() < end, f"“{words}” did not show at {address}"
        time.sleep(0.2)


@pytest.fixture
def live(make: Callable[..., Path]) -> Iterator[tuple[Path, str]]:
    """A collection of two cases, and its address, served by `casepress serve` as a program of its own."""
    folder = make({"a.md": case_text("甲", body="改之前。"), "b.md": case_text("乙")}, site=True)
    (folder.parent / "temporary").mkdir()
    address = f"127.0.0.1:{_free_port()}"
    serving = subprocess.Popen(
        [CASEPRESS, "-C", folder, "serve", "--address", address],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env={**os.environ, "PYTHONUNBUFFERED": "1", "TMPDIR": str(folder.parent / "temporary")},
    )  # fmt: skip
    try:
        wait_for("改之前", f"http://{address}/cases/a.html")
        yield folder, f"http://{address}"
        serving.send_signal(signal.SIGINT)
        said = serving.communicate(timeout=60)[0].decode()
        assert f"http://{address}/" in said and "Traceback" not in said, said
        assert serving.returncode in (0, 130), said
    finally:
        serving.kill()
        serving.wait()
