"""Writing: a file whole or not at all, whatever ends the process or fills the disk."""

from pathlib import Path


def write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, with the folders above it. Raises OSError.

    It is written beside its place under a hidden name and then renamed; only a kill leaves that draft behind.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.new")
    try:
        draft.write_bytes(data)
        draft.replace(path)
    except BaseException as reason:
        draft.unlink(missing_ok=True)
        if isinstance(reason, OSError) and not reason.filename:  # a full disk does not say of which file
            reason.filename = str(path)
        raise
