"""Terminal: what the machine around a command may have wrong, mended before a word is said; and paths to be copied.

The outputs say Chinese whatever the locale is; an environment variable that nobody can read is not used.
"""

import io
import os
import re
import shlex
import sys
from collections.abc import Iterator
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
