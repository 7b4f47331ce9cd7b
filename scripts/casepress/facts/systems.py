"""Systems: which names of files Windows keeps for itself, which a system or a person takes for another's, what programs leave behind.

Sources: “Naming Files, Paths, and Namespaces” (Microsoft), of devices in all their spellings; Unicode 3.13 and 5.18 of case and composing.
"""

import os
import re
import unicodedata
from collections.abc import Iterator

from casepress.facts.characters import IGNORABLE, SPACES

# With an ending, and with blanks before it, they are the device all the same; the last is known to older ones alone.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$|clock\$) *(?:\..*)?", re.IGNORECASE | re.DOTALL)
_LEFT = re.compile(
    r"(?:~\$.*|.*~|.*\.(?:bak|tmp|temp|orig|rej|old|swp|swo|wbk|part|crdownload|lnk)|thumbs\.db|ehthumbs\.db|desktop\.ini)", re.IGNORECASE
)
_UNSEEN = re.compile(f"[{SPACES}{IGNORABLE}]+")


def is_device(name: str) -> bool:
    """Whether Windows takes a name for one of its devices, whatever its ending."""
    return bool(_DEVICE.fullmatch(name))


def is_leftover(name: str) -> bool:
    """Whether a file is what a program or system leaves behind: a copy, a lock, a list of small pictures."""
    return bool(_LEFT.fullmatch(name.rpartition("/")[2]))


def same(name: str) -> str:
    """A name as a file system compares it that does not tell letters apart, or composed ones from others."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def looks(name: str) -> str:
    """What a person sees of a name: no width, no case, nothing invisible, one stop for all."""
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", name)).replace("。", ".").casefold()


def files_below(folder: str | os.PathLike[str]) -> Iterator[os.DirEntry]:
    """All that is below a folder and is no folder, as `walked`."""
    return (entry for entry, _ in walked(folder))


def walked(folder: str | os.PathLike[str], folders: bool = False, hidden: bool = True) -> Iterator[tuple[os.DirEntry, bool]]:
    """What is below a folder in a stable order, with `folders` these as well before what is in them, and what is `hidden`; however deep:
    `os.walk` and `rglob` call themselves for each folder within another. Linked folders are yielded, not entered. With each, whether it
    may be looked into: a folder may be closed to us.
    """
    waiting = [iter(listed(folder, hidden) or ())]
    while waiting:
        entry = next(waiting[-1], None)
        if entry is None:
            waiting.pop()
            continue
        is_folder = entry.is_dir(follow_symlinks=False)
        within = listed(entry.path, hidden) if is_folder else ()
        if folders or not is_folder:
            yield entry, within is not None
        if within:
            waiting.append(iter(within))


def listed(folder: str | os.PathLike[str], hidden: bool = True) -> list[os.DirEntry] | None:
    """What is in a folder, by name; None where it cannot be looked into."""
    try:
        with os.scandir(folder) as entries:
            return sorted((entry for entry in entries if hidden or not entry.name.startswith(".")), key=lambda entry: entry.name)
    except OSError:
        return None
