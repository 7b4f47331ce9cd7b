"""How soon a changed case is seen in a browser under `casepress serve`."""

import os
import signal
import socket
import statistics
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

from benchmarks import peers, worlds
from benchmarks.measuring import Failed
from benchmarks.results import Figure

CHROMIUM = Path("/usr/bin/chromium")
_TIMES = 3
_LIMIT = 600  # seconds


def seen(collection: Path, cases: int, variables: Mapping[str, str]) -> Figure:
    """Seconds from the moment at which a file is written until its new words stand on the open page. Raises Absent, Failed."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError as reason:
        raise peers.Absent("Playwright is not installed") from reason
    if not CHROMIUM.exists():
        raise peers.Absent(f"{CHROMIUM} is not there")
    address = f"127.0.0.1:{_free_port()}"
    load = os.getloadavg()[0]
    serving = subprocess.Popen(
        [peers.program("casepress"), "-C", collection, "serve", "--address", address],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, **variables},
    )  # fmt: skip
    try:
        _wait(address, serving)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
            page = browser.new_page()
            page.set_default_timeout(_LIMIT * 1000)
            files = worlds.case_files(collection)
            page.goto(f"http://{address}/cases/{files[len(files) // 2].stem}.html")
            times = [_until_seen(page, collection, f"看见第{nth + 1}次。") for nth in range(_TIMES)]
            browser.close()
    except Error as reason:
        raise Failed(str(reason)) from reason
    finally:
        serving.send_signal(signal.SIGINT)
        try:
            serving.wait(30)
        except subprocess.TimeoutExpired:
            serving.kill()
            serving.wait()
    return Figure("serve-changed", "casepress", cases, statistics.median(times), load=load, runs=_TIMES)


def _until_seen(page, collection: Path, words: str) -> float:
    time.sleep(1)  # the server is at rest again
    start = time.perf_counter()
    worlds.change(collection, words)
    page.get_by_text(words).first.wait_for()
    return time.perf_counter() - start


def _wait(address: str, serving: subprocess.Popen) -> None:
    """Until somebody listens at an address. Raises Failed."""
    host, port = address.split(":")
    end = time.monotonic() + _LIMIT
    while serving.poll() is None and time.monotonic() < end:
        try:
            socket.create_connection((host, int(port)), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise Failed("casepress serve did not begin to serve")


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]
