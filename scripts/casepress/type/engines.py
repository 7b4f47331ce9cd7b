"""Engines: the versions of the libraries that shape text, for the keys of what they made; asked without loading WeasyPrint."""

import ctypes
from collections.abc import Iterator
from functools import cache

# As WeasyPrint looks for them on Linux, macOS and Windows: what asks for the version, and what the library may be called
_ASKED = {
    "pango_version_string": ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"),
    "hb_version_string": ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll"),
}


@cache
def engines() -> tuple[str, ...]:
    """What Pango and HarfBuzz call their versions; one that is not found says nothing, for then nothing is shaped either."""
    return tuple(_versions())


def _versions() -> Iterator[str]:
    for ask, names in _ASKED.items():
        for name in names:
            try:
                function = getattr(ctypes.CDLL(name), ask)
            except (OSError, AttributeError):
                continue
            function.restype = ctypes.c_char_p
            yield f"{ask} {function().decode()}"
            break
