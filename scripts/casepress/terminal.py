"""Terminal: what the machine around a command may have wrong, mended before a word is said; and paths to be copied.

The outputs say Chinese whatever the locale is; an environment variable that nobody can read is not used.
"""

import io
import os
import re
import shlex
import socket
import sys
from collections.abc import Iterator
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path

from casepress.facts.moments import EPOCH, epoch

_PLAIN = re.compile(r"[\w@%+=:,./\\-]+")  # needs no quotes in any shell, 汉字 included


def mend_output() -> None:
    """See that the outputs can say Chinese; what a terminal's own encoding (GBK) lacks shows as its number."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=stream.encoding if _says_chinese(stream.encoding) else "utf-8", errors="backslashreplace")


def silence() -> None:
    """Send what an output does not take nowhere: nobody reads it, and Python would complain of that when it ends."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            try:
                stream.flush()
            except OSError:  # closed by its reader, or full
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def mend_environment() -> Iterator[str]:
    """Take variables away that no library below could read, with a word about each."""
    said = os.environ.get(EPOCH)
    if said is not None and epoch(said) is None:
        del os.environ[EPOCH]
        if said.strip():
            yield f"提示：环境变量 {EPOCH} 写的是“{said[:40]}”，不是 1970 年以来的秒数，这一次不用它。"


def is_address(text: str) -> bool:
    """Whether a text is an address of this machine and a port, `127.0.0.1:8000`."""
    host, _, port = text.rpartition(":")
    if not re.fullmatch("[0-9]{1,5}", port) or int(port) > 65535:
        return False
    try:
        return host == "localhost" or bool(ip_address(host))
    except ValueError:
        return False


def is_for_others(address: str) -> bool:
    """Whether other computers reach an address of this one: every one but its own."""
    host = address.rpartition(":")[0]
    return host != "localhost" and not ip_address(host).is_loopback


def seen_from_outside(address: str) -> str:
    """An address as colleagues type it: where it stands for all of this machine's, the one that its network knows."""
    host, _, port = address.rpartition(":")
    if host and ip_address(host).is_unspecified:
        with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as found:
            found.connect(("192.0.2.1", 9))  # nothing is sent: the system only chooses from where it would be (RFC 5737)
            host = found.getsockname()[0]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def serving(address: str) -> str:
    """What is said when a collection is served at an address; a plain warning where others reach it."""
    if not is_for_others(address):
        return f"请在浏览器里打开 http://{address}/，改了案例会自动刷新。按 Ctrl+C 结束。"
    return (
        f"请在浏览器里打开 http://{seen_from_outside(address)}/，改了案例会自动刷新。按 Ctrl+C 结束。\n"
        "注意：同一网络里的人现在都打得开，看得到还没有发布的案例和检查出的问题；他们只能看，改不了。看完请关掉，这里没有密码。"
    )


def copied(path: Path) -> str:
    """A path as it can be copied into a command line: in quotes where a shell would take it apart."""
    text = str(path)
    if _PLAIN.fullmatch(text):
        return text
    return f'"{text}"' if os.name == "nt" else shlex.quote(text)


def _says_chinese(encoding: str) -> bool:
    try:
        "错误：案例".encode(encoding)
    except (UnicodeError, LookupError):
        return False
    return True
