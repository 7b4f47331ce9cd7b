"""Converting: documents of old kinds (.doc, .wps, .rtf, .odt) as .docx, by LibreOffice where it is installed.

All files go in one call with a profile of its own: with two calls on one profile a file vanished silently. Each output is looked
at. The profile forbids macros, and pictures that lie elsewhere are not fetched.
"""

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from casepress.facts import passing
from casepress.intake import guises
from casepress.intake.refusals import Refused, not_opened

_START, _EACH = 60, 10  # seconds by the clock for LibreOffice to begin, and for each file
_AGAIN = "请用 Word 或 WPS 打开它，另存为 .docx，再收一次"
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
{items}
</oor:items>
"""
_ITEM = '<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
_SAFE = (
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Writer/Content/Update", "Link", "0"),
    ("Common/Misc", "FirstRun", "false"),
)


def program() -> str | None:
    """LibreOffice, where it is installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def converted(files: Sequence[Path], office: str | None) -> Mapping[Path, bytes | Refused]:
    """Each file as .docx, or why it is not."""
    out = {}
    wanted: dict[Path, bytes] = {}
    for path in files:
        try:
            data = path.read_bytes()
        except OSError as reason:
            out[path] = not_opened(reason)
            continue
        if not data:
            out[path] = Refused("empty", "这个文件是空的（0 字节）", "请向学校再要一次")
        elif data.startswith(b"PK") and b"word/document" in data:
            out[path] = data  # it is a .docx under an old name
        elif guises.guise(data) == "old" and guises.has_password(data):
            out[path] = Refused("encrypted", "这个文件加了密码", "请向学校要没有密码的文件，或者打开它，去掉密码，另存一份再收")
        elif guises.guise(data) not in ("old", "rtf", "package", "xml", "html"):
            out[path] = guises.told(data, "word")
        elif office is None:
            out[path] = Refused(
                "old-format", "这是旧格式的文件，这台电脑上没有能转换它的 LibreOffice", f"{_AGAIN}；或者装上 LibreOffice，再收一次"
            )
        else:
            wanted[path] = _harmless(data)
    if wanted:
        made = _called(wanted, office)
        for path in wanted:
            out[path] = made.get(path) or Refused("damaged", "这个文件坏了，LibreOffice 也打不开", f"{_AGAIN}；打不开的，请向学校再要一次")
    return out


def _harmless(data: bytes) -> bytes:
    """A document whose fields and tags fetch nothing, not from this computer's disk either; every place in it stays where it is."""
    kind = guises.guise(data)
    for word in (
        (b"src", b"href", b"file:") if kind in ("html", "xml") else (b"INCLUDEPICTURE", b"INCLUDETEXT", b"objlink") if kind != "package" else ()
    ):
        for said in (word, word.decode().encode("utf-16-le")):
            data = re.sub(re.escape(said), lambda found: b"X" + found[0][1:], data, flags=re.IGNORECASE)
    return data


def _called(files: Mapping[Path, bytes], office: str) -> dict[Path, bytes]:
    """What LibreOffice makes of all files; where one of them ended it, the others are asked for again, one by one."""
    made, is_whole = _call(files, office)
    for path in [path for path in files if path not in made] if not is_whole and len(files) > 1 else ():
        made |= _call({path: files[path]}, office)[0]
    return made


def _call(files: Mapping[Path, bytes], office: str) -> tuple[dict[Path, bytes], bool]:
    """The outputs of one call, and whether it ended as it should."""
    with passing.Folder() as name:
        folder = Path(name)
        inputs = {path: folder / "in" / f"{number}{path.suffix.casefold()}" for number, path in enumerate(files)}
        (folder / "in").mkdir()
        (folder / "profile" / "user").mkdir(parents=True)
        items = "\n".join(_ITEM.format(path=path, name=name, value=value) for path, name, value in _SAFE)
        (folder / "profile" / "user" / "registrymodifications.xcu").write_text(_SETTINGS.format(items=items), "utf-8")
        for path, target in inputs.items():
            target.write_bytes(files[path])
        command = [office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore", "--convert-to"]
        command += ["docx:MS Word 2007 XML", "--outdir", str(folder / "out"), *map(str, inputs.values())]
        is_whole = _ran(command, _START + _EACH * len(files), folder)
        made = {path: folder / "out" / f"{target.stem}.docx" for path, target in inputs.items()}
        return {path: file.read_bytes() for path, file in made.items() if file.is_file() and file.stat().st_size}, is_whole


def _ran(command: list[str], seconds: float, folder: Path) -> bool:
    """Whether a program ended well within its time; nothing that it started stays behind, also after Ctrl+C."""
    nowhere = {"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9", "HOME": str(folder)}
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    try:
        started = subprocess.Popen(command, env={**os.environ, **nowhere}, start_new_session=True, **quiet)
    except OSError:
        return False
    try:
        return started.wait(seconds) == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        if started.poll() is None or os.name == "posix":
            with suppress(OSError, AttributeError):
                os.killpg(started.pid, signal.SIGKILL)
        with suppress(OSError):
            started.kill()
        started.wait()
