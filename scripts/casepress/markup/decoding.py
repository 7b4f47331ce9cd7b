"""Decoding: the bytes of a file to text, in UTF-8 or what older programs write, and free of what nobody can see.

Nothing is guessed: a wrong guess would publish nonsense under a school's name.
"""

import errno
import re

from casepress.facts import characters
from casepress.values.problems import Problem, error, warning

MAX_BYTES = 512 * 1024  # of a file

_READABLE = "files_are_readable"
_CLEAN = "text_has_no_hidden_characters"
_SAVE_AS = "请用记事本打开，选“文件 → 另存为”，把编码选成 UTF-8 再保存"
_OFFICE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")
# Refused, for they cannot be meant, and can make a text read otherwise than it is stored (CVE-2021-42574).
_REFUSED = {
    "NUL 字符": re.compile("\0"),
    "Unicode 保留的非字符": re.compile(f"[{characters.NONCHARACTERS}]"),
    "改变文字方向的控制字符": re.compile(f"[{characters.TURNING}]"),
}
_INVISIBLE = re.compile(f"[{characters.HIDDEN}]")
LINE_LIKE = re.compile(f"[{characters.LINE_LIKE}]")
_CONTROL = re.compile(f"[{characters.CONTROLS}]")


def decode(data: bytes, path: str) -> tuple[str, tuple[Problem, ...]]:
    """The text of a file, lines ended by `\\n`; empty where it cannot be read.

    UTF-8 with or without BOM; GB18030, and UTF-16 with BOM, with a warning. Nothing is guessed beyond that.
    """
    if len(data) > MAX_BYTES:
        return "", (too_large(len(data), path),)
    text, problems = _text(data, path)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for name, pattern in _REFUSED.items():
        if match := pattern.search(text):
            text, line = pattern.sub("", text), text.count("\n", 0, match.start()) + 1
            problems += (error(path, line, f"文字里有{name}", "请删去它，或把这一行重新输入一遍", _CLEAN),)
    if match := _INVISIBLE.search(text):
        line = text.count("\n", 0, match.start()) + 1
        text, spaces = LINE_LIKE.subn(" ", text)
        text, others = _INVISIBLE.subn("", text)
        what = f"文字里有看不见的字符，共 {spaces + others} 个，最早在这一行，已经去掉"
        problems += (warning(path, line, what, "从网页或 Word 粘贴时，请选“只粘贴文字”", _CLEAN),)
    if (at := text.find("\ufffd")) >= 0:
        line = text.count("\n", 0, at) + 1
        problems += (warning(path, line, "文字里有乱码 \ufffd，原来的字已经丢了", "请对照原稿补上", _CLEAN),)
    return text, problems


def fits(size: int) -> None:
    """Raises OSError where a file of so many bytes is too large to be read."""
    if size > MAX_BYTES:
        raise OSError(errno.EFBIG, "文件太大")


def too_large(size: int, path: str) -> Problem:
    """What is said of a file of so many bytes, which need not be read to know it."""
    what = f"文件有 {size // 1024} KB，超过 {MAX_BYTES // 1024} KB 的上限"
    return error(path, 0, what, "请把图片和附件放在文件旁边，正文只留文字", _READABLE)


def fit(text: str) -> str:
    """A text without the characters that `decode` refuses or strips."""
    for pattern in (_INVISIBLE, *_REFUSED.values()):
        text = pattern.sub("", text)
    return text


def _text(data: bytes, path: str) -> tuple[str, tuple[Problem, ...]]:
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return data.decode("utf-16"), (warning(path, 0, "文件是 UTF-16 编码，已照此读出", _SAVE_AS, _READABLE),)
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError as reason:
        at = reason.start
    if data.startswith(_OFFICE):
        cure = "请在 Word 里选“另存为 → 纯文本”，编码选 UTF-8，再按编辑手册整理"
        return "", (error(path, 0, "这是 Word、PDF 或压缩文件，不是文本文件", cure, _READABLE),)
    # A few bad bytes in what is otherwise UTF-8 also pass for GB18030, as nonsense: tell the two apart by counting.
    lenient = data.decode("utf-8", "replace")
    if sum("\u0800" <= c < "\ufffd" for c in lenient) <= lenient.count("\ufffd"):
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError as reason:
            at = max(at, reason.start)
        else:
            if not _CONTROL.search(text):
                return text, (warning(path, 0, "文件是 GB18030（GBK）编码，已照此读出", _SAVE_AS, _READABLE),)
    what = "文件的编码读不出来，从这一行起有不认识的字节"
    return "", (error(path, data.count(b"\n", 0, at) + 1, what, f"{_SAVE_AS}；仍不行请换回原稿", _READABLE),)
