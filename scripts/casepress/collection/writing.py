"""Writing: a file whole or not at all, whatever ends the process or fills the disk."""

import os
from pathlib import Path


def write(path: Path, data: bytes, is_private: bool = False) -> None:
    """Write a file whole or not at all, with the folders above it. Raises OSError. A private one only its owner may ever read.

    It is written beside its place under a hidden name and then renamed; only a kill leaves that draft behind.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.new")
    try:
        if is_private:
            draft.unlink(missing_ok=True)
            os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        draft.write_bytes(data)
        draft.replace(path)
    except BaseException as reason:
        draft.unlink(missing_ok=True)
        if isinstance(reason, OSError) and not reason.filename:  # a full disk does not say of which file
            reason.filename = str(path)
        raise
