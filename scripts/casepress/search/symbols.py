"""Symbols: texts and bits as printable ASCII, many at once; U+0023 to U+007E without the backslash."""

from collections.abc import Mapping

import numpy as np

_SKIPPED = ord("\\") - 35


def spelled(text: str, codes: np.ndarray) -> str:
    """A text with each character written as the symbols that `spelling` has for it."""
    symbols = codes[np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)].ravel()
    return symbols[symbols != 0].tobytes().decode("ascii")


def spelling(codes: Mapping[int, str], longest: int) -> np.ndarray:
    """The table that `spelled` reads, from the ASCII symbols of each code point, at most so many."""
    table = np.zeros((max(codes, default=0) + 1, longest), np.uint8)
    for at in range(longest):
        some = [(point, ord(code[at])) for point, code in codes.items() if len(code) > at]
        if some:
            points, symbols = zip(*some, strict=True)
            table[list(points), at] = symbols
    return table


def ascii_of(bits: np.ndarray) -> str:
    """Bits (an array of 0 and 1) as printable ASCII, 13 in two characters, without quotes and backslashes."""
    groups = np.pad(bits, (0, -len(bits) % 13)).reshape(-1, 13) @ (1 << np.arange(12, -1, -1))
    symbols = np.stack((groups // 91, groups % 91), axis=1).ravel()
    return (symbols + 35 + (symbols >= _SKIPPED)).astype(np.uint8).tobytes().decode("ascii")


def bits_of(text: str) -> np.ndarray:
    """The bits that `ascii_of` wrote, and up to 12 zeros behind them."""
    codes = np.frombuffer(text.encode("ascii"), np.uint8).astype(np.uint16)
    codes = (codes - 35 - (codes > _SKIPPED + 35)).reshape(-1, 2)
    groups = (codes[:, 0] * 91 + codes[:, 1]).astype(">u2")
    return np.unpackbits(groups.view(np.uint8)).reshape(-1, 16)[:, 3:].ravel()
