"""A whole build, watched by the system itself: nothing foreign is read, nothing is written but results, cache and a private temporary folder,
and nobody is called."""

import json
import os
import re
import sys
from pathlib import Path

import pytest

import straced
import vectors
from conftest import CASEPRESS, ROOT, case_text, picture, write_files
from evil import markdown

# Texts that name files of this machine and other hosts; they are shown as they were written, and tempt whoever lays them out.
TEMPTING = "\n\n".join(
    markdown.SHOWN[name]
    for name in ("attachment", "style", "style-attribute", "iframe", "object", "base", "link", "doctype", "snippet", "include")
)


@pytest.fixture(scope="module")
def strace(tmp_path_factory):
    """strace, where there is one and the system lets it look; where CI=true it must."""
    reason = "未检查：没有 strace，没有看制作时碰了哪些文件（Debian：apt-get install strace）"
    if straced.STRACE.exists():
        folder = tmp_path_factory.mktemp("strace")
        if not straced.run(["/bin/true"], folder / "trace", folder, dict(os.environ)).returncode:
            return
        reason = "未检查：这里不许用 strace，没有看制作时碰了哪些文件"
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def tempting(canary: Path) -> tuple[str, str]:
    """Texts that name files of this machine and other hosts in every way by which a document fetches: those that are shown as they were
    written, and those whose pictures `check` refuses."""
    known = vectors.addresses(9, canary)
    texts = [html.replace("URL", known[kind]) for html in vectors.WAYS.values() for kind in ("file", "http")]
    texts += [vectors.WAYS[way].replace("URL", address) for way in ("picture", "import") for address in known.values()]
    refused = [text for text in texts if re.search(r'<img [^>]*src="(?:file:|ftp:|asset:|x\.png)', text)]
    return "\n\n".join([TEMPTING, *(text for text in texts if text not in refused)]), "\n\n".join(refused)


def test_a_build_reads_and_writes_nothing_foreign_and_calls_nobody(strace, make, tmp_path):
    """Site, book and EPUB of two cases and a page whose texts name other files and hosts in 21 ways and by 10 kinds of addresses; behind it the
    press is given each of them as a template would. Home is a folder where nothing may be written."""
    canary = tmp_path / "canary.png"
    canary.write_bytes(picture())
    settings = "title: 小案例库\nbook: {editions: [screen, epub]}\n"
    shown, refused = tempting(canary)
    body = f"正文。\n\n![图](照片.png)\n\n{shown}"
    folder = make({"a.md": case_text("甲", body=body), "b.md": case_text("乙"), "照片.png": picture()}, settings, site=True)
    write_files(folder, {"content/about.md": f"# 关于\n\n{shown}\n"})
    other = write_files(tmp_path / "other", {"cases/collection.yml": settings, "cases/a.md": case_text("甲", body=refused)})
    temporary, home = tmp_path / "temporary", tmp_path / "home"
    temporary.mkdir()
    home.mkdir()
    variables = {"PATH": "/usr/bin:/bin", "HOME": str(home), "TMPDIR": str(temporary), "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}
    variables["PYTHONPATH"] = str(ROOT / "scripts")
    three = '"$1" -C "$6" check >&2; "$1" -C "$2" build >&2 && exec "$3" "$4" 9 "$5"'
    words = ["/bin/sh", "-c", three, "sh", CASEPRESS, folder, sys.executable, vectors.__file__, canary, other]
    done = straced.run(words, tmp_path / "trace", tmp_path, variables)
    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
    told = done.stderr.decode().partition("没有生成")[0]
    assert {
        re.search(rf"图片“{kind}[^”]*”(在别处|在案例库的文件夹之外)", told)[1] for kind in ("file:", "ftp:", "asset:")
    } and "“x.png”" in told
    found = json.loads(done.stdout)
    assert len(found) == 58 and {name for name, said in found.items() if not said} == vectors.LEFT_OUT

    trace = (tmp_path / "trace").read_text("ascii")
    assert "canary" not in re.sub(r"execve\(.*", "", trace)
    fonts = [home / name for name in (".fonts", ".fontconfig", ".cache/fontconfig", ".local/share/fonts", ".config/fontconfig")]
    reads = [folder, other, "/bin/sh", "/usr/bin/dash", vectors.__file__, *straced.ours(), ROOT / "theme", *straced.SYSTEM, *fonts, temporary]
    found = straced.outside(trace, reads, [folder / "build", other / "build", "/dev/null", *sorted(temporary.glob("casepress-*"))])
    # Python itself tries once whether a file can be made in the temporary folder.
    private = re.compile(rf"{re.escape(str(temporary))}/(?:casepress-\w+(?:/.*)?|[a-z0-9_]{{8}})")
    foreign = [deed.line for deed in found if not (deed.kind == "written" and private.fullmatch(deed.where))]
    assert not foreign, "\n".join(foreign)
    assert not list(temporary.iterdir()) and not list(home.iterdir())
    assert sum(deed.kind == "written" and deed.where.startswith(str(folder / "build")) for deed in straced.deeds(trace)) > 300


FOREIGN = """
import os, socket, subprocess, sys
os.chdir(sys.argv[1])
open("in/own.txt").read(); open("build/made.txt", "w").close(); open(os.devnull, "w").close()
open("in/link").read(); open("../secret.txt").read(); open("../写.txt", "w").close(); os.mkdir("../new"); os.rename("build/made.txt", "../moved.txt")
os.unlink("../moved.txt"); os.symlink("x", "../sign"); os.link("in/own.txt", "../double"); os.truncate("../secret.txt", 0); os.chmod("../secret.txt", 0o600)
at = os.open("..", os.O_RDONLY); os.open("far.txt", os.O_CREAT | os.O_WRONLY, dir_fd=at); os.rmdir("new", dir_fd=at)
subprocess.run([sys.executable, "-c", "open('../child.txt', 'w')"])
try: open("/root/nothing/there")
except OSError: pass
one, other = socket.socketpair(); one.send(b"x")
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", 9))
try: socket.create_connection(("127.0.0.1", 9))
except OSError: pass
"""


def test_what_is_foreign_is_seen(strace, tmp_path):
    """A program that does each of these things beside what it may do: all of them are told, in its child as well, and nothing else."""
    write_files(tmp_path, {"col/in/own.txt": "x", "secret.txt": "x", "col/build/x": ""})
    (tmp_path / "col/in/link").symlink_to(tmp_path / "secret.txt")
    variables = {"PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"}
    done = straced.run([sys.executable, "-c", FOREIGN, tmp_path / "col"], tmp_path / "trace", tmp_path, variables)
    assert done.returncode == 0, done.stderr.decode()
    reads = [tmp_path / "col", *straced.ours(), *straced.SYSTEM]
    found = straced.outside((tmp_path / "trace").read_text("ascii"), reads, [tmp_path / "col/build", "/dev/null"])
    told = {
        (deed.kind, Path(deed.where).name if deed.kind != "called" else re.findall(r"sin_port=htons\((\d+)\)", deed.where)[0]) for deed in found
    }
    written = {
        "写.txt",
        "new",
        "moved.txt",
        "sign",
        "double",
        "secret.txt",
        "far.txt",
        "child.txt",
        "own.txt",
    }  # a second name of a file is a way to change it
    assert told == {
        *(("written", name) for name in written),
        ("read", "secret.txt"),
        ("read", tmp_path.name),
        ("read", "there"),
        ("called", "9"),
    }
