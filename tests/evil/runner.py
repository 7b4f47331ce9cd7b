"""The runner: all inputs in one collection beside three good cases, checked at once; what was accepted is built together."""

import io
import os
import re
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from casepress import cli, importing, scaffold
from casepress.collection import project
from evil import (
    HUGE,
    LEFT,
    MADE,
    PIPE,
    REFUSED,
    WARNED,
    Evil,
    case,
    content,
    documents,
    exhaustion,
    films,
    headers,
    markdown,
    pictures,
    places,
    tables,
    unicode,
)
from evil.pictures import CANARY

GOOD = {f"cases/good-{nth}.md": case(f"好案例 {nth}", f"第{nth}个好案例，写得很短。").encode() for nth in (1, 2, 3)}
SETTINGS = "title: 小案例库\nbook:\n  omit: [扉页, 目录, 封面, 版权页]\n  indexes: []\n"
_SAID = re.compile(r"^(.*?)(?::(\d+))?: (错误|警告): (.*)$")
_URL = re.compile(r"\s*(?:javascript|vbscript|data|file):", re.IGNORECASE)


@dataclass(frozen=True)
class Verdict:
    """What became of an input: as declared or not, and the first message."""

    evil: Evil
    found: str
    words: str

    @property
    def is_right(self) -> bool:
        return self.evil.verdict in ("any", self.found) and self.evil.words in self.words


def together() -> list[Evil]:
    """All that stand in one collection; settings stand in one of their own each."""
    return [each for part in (markdown, headers, exhaustion, pictures, films, unicode, places, content) for each in part.inputs()]


def sent() -> list[Evil]:
    """All files that schools send."""
    return [*documents.inputs(), *tables.inputs()]


def world(folder: Path) -> Path:
    """A new collection of three good cases."""
    scaffold.new_collection(folder)
    (folder / "cases" / "example.md").unlink()
    shutil.rmtree(folder / "content" / "guide")
    put(folder, {"content/guide.md": "# 编写指南\n\n字。\n".encode(), "cases/collection.yml": SETTINGS.encode(), **GOOD})
    return folder


def put(folder: Path, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def place(folder: Path, evil: Evil) -> None:
    if evil.link == HUGE:
        put(folder, {evil.path: evil.data})
        os.truncate(folder / evil.path, 2**30)
        return
    if evil.link:
        (folder / evil.path).parent.mkdir(parents=True, exist_ok=True)
        if evil.link == PIPE:
            os.mkfifo(folder / evil.path)
        else:
            (folder / evil.path).symlink_to(evil.link)
        return
    put(folder, {evil.path: evil.data, **evil.beside})


def run(*words: object) -> tuple[int, str]:
    """A command in this process: its exit code and its words. What would be a traceback is raised."""
    out, before = io.StringIO(), sys.argv
    sys.argv = ["casepress", *map(str, words)]
    try:
        with redirect_stdout(out), redirect_stderr(out):
            cli.main()
    except SystemExit as end:
        return (end.code if isinstance(end.code, int) else int(end.code is not None)), out.getvalue()
    finally:
        sys.argv = before
    return 0, out.getvalue()


def judged(evils: Iterable[Evil], said: str) -> list[Verdict]:
    """What was said of each input's own path, and of its folder."""
    by_path: dict[str, list[tuple[str, str]]] = {}
    for line in said.splitlines():
        if match := _SAID.match(line):
            by_path.setdefault(match[1], []).append((match[3], match[4]))
    found = []
    for each in evils:
        lines = [line for path in (each.path, _shown(each.path), each.path.rpartition("/")[0], *each.beside) for line in by_path.get(path, ())]
        kinds = {kind for kind, _ in lines}
        verdict = REFUSED if "错误" in kinds else WARNED if kinds else MADE if each.verdict != LEFT else LEFT
        matching = [words for _, words in lines if each.words and each.words in words]
        found.append(Verdict(each, verdict, (matching or [words for kind, words in sorted(lines)] or [""])[0]))
    return found


def _shown(path: str) -> str:
    return "".join(each if each.isprintable() else "�" for each in path)


def take_out(folder: Path, verdicts: Iterable[Verdict], said: str = "") -> None:
    """Leave what was accepted; of cases that were imported, those of which no error is said."""
    for line in said.splitlines():
        if (match := _SAID.match(line)) and match[3] == "错误" and (folder / "cases/.private/received.json").is_file():
            (folder / match[1]).unlink(missing_ok=True)
    for verdict in verdicts:
        if verdict.found == REFUSED:
            for name in (verdict.evil.path, *verdict.evil.beside):
                (folder / name).unlink(missing_ok=True)
                with suppress(OSError):  # a folder whose name was the fault
                    (folder / name).parent.rmdir()


class Living(HTMLParser):
    """What of a page would run, or ask another host."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list) -> None:
        said = {name: value or "" for name, value in attributes}
        if tag in ("iframe", "object", "embed", "base", "frame", "applet", "style"):
            self.found.append(tag)
        if tag == "script" and not said.get("src") and said.get("type") not in ("application/json", "application/ld+json"):
            self.found.append("script")
        if tag == "meta" and said.get("http-equiv", "").lower() == "refresh":
            self.found.append("refresh")
        for name, value in said.items():
            if name.startswith("on") or name == "srcdoc" or (name == "style" and "url" in value):
                self.found.append(name)
            if name in ("href", "src", "action", "formaction", "poster", "xlink:href") and (
                _URL.match(value) and not value.startswith("data:image/")
            ):
                self.found.append(value)
            if name in ("src", "poster", "action") and re.match(r"(?:https?:)?//", value):
                self.found.append(value)


def imported(folder: Path, evils: Iterable[Evil]) -> list[Verdict]:
    """All files of each kind in one import: what came of each, and what was told. The cases that came are written."""
    evils, verdicts = list(evils), []
    for each in evils:
        place(folder, each)
    project_ = project.find(folder)
    made = [importing.arrive(project_, [each]) for each in sorted((folder / "in").iterdir())]
    told: dict[str, list[str]] = {}
    for problem in (problem for one in made for problem in one.problems if problem.kind not in ("same-title", "twice", "alike")):
        told.setdefault(f"in/{problem.path}", []).append(problem.what)
    came = {f"in/{arrival.submission.source}" for one in made for arrival in one.arrivals}
    for each in evils:
        words = told.get(each.path, [])
        found = (WARNED if words else MADE) if each.path in came else REFUSED if words else LEFT
        matching = [one for one in words if each.words and each.words in one]
        verdicts.append(Verdict(each, found, (matching or words or [""])[0]))
    for one in made:
        importing.settle(project_, one)
    return verdicts


def living(site: Path) -> list[str]:
    """All that would live on any page of a site, and canaries in any file."""
    found = []
    for path in sorted(site.rglob("*")):
        if not path.is_file():
            continue
        data = path.read_bytes()
        if CANARY in data or b"62615533" in data:
            found.append(f"{path.relative_to(site)}: canary")
        if path.suffix == ".html":
            page = Living()
            page.feed(data.decode())
            own = {"style", "script"} if path.name == "404.html" else set()  # which stands alone, with the sums of both in its policy
            found += [f"{path.relative_to(site)}: {what}" for what in page.found if what not in own]
    return found


def of_settings(folder: Path, evils: Iterable[Evil], check: Callable[..., tuple[int, str]] = run) -> list[Verdict]:
    """Each in a collection of its own, one after the other."""
    found = []
    for each in evils:
        before = (folder / each.path).read_bytes()
        place(folder, each)
        found += judged([each], check("-C", folder, "check")[1])
        put(folder, {each.path: before})
    return found


def table(verdicts: Iterable[Verdict]) -> str:
    """Every input with what was declared and found, and the totals."""
    verdicts, lines = list(verdicts), []
    for each in verdicts:
        mark = " " if each.is_right else "!"
        lines.append(f"{mark} {each.evil.group:12} {each.evil.name[:28]:28} {each.evil.verdict:9} {each.found:9} {_shown(each.words)[:110]}")
    totals = Counter((each.evil.group, each.found) for each in verdicts)
    groups = dict.fromkeys(each.evil.group for each in verdicts)
    lines += ["", f"{'':14} {REFUSED:>9} {WARNED:>9} {MADE:>9} {LEFT:>9}"]
    lines += [f"{group:14} " + " ".join(f"{totals[group, kind]:9}" for kind in (REFUSED, WARNED, MADE, LEFT)) for group in groups]
    lines.append(f"{len(verdicts)} inputs, {sum(not each.is_right for each in verdicts)} not as declared")
    return "\n".join(lines)
