"""Libraries: WeasyPrint opens the system's by the names of their files, and no compiler or linker is asked where they are.

It tries names of Windows first, for each of which Python asks `ldconfig`, `gcc` and `ld`: sixty processes, a third of the time
in which it is loaded. Where one of the files is not found by its own name, all is asked as before.
"""

import ctypes
import ctypes.util
import sys

_FILES = (
    "libgobject-2.0.so.0", "libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz.so.0", "libharfbuzz-subset.so.0", "libfontconfig.so.1",
)  # fmt: skip


def load() -> None:
    """Load what WeasyPrint asks of the system."""
    if not sys.platform.startswith("linux"):
        return
    try:
        for name in _FILES:
            ctypes.CDLL(name)
    except OSError:
        return
    asked, ctypes.util.find_library = ctypes.util.find_library, lambda name: None
    try:
        import weasyprint.text.ffi  # noqa: F401
    finally:
        ctypes.util.find_library = asked


load()
