"""Numerals: numbers as other writings have them."""

ON_PAGES = "0123456789ivxlcdm—"  # the characters of page numbers
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc")),
    *((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def roman(number: int) -> str:
    """1 -> i, 4 -> iv, 12 -> xii, 40 -> xl; nothing for 0 and less."""
    out = ""
    for value, letters in _ROMAN:
        out, number = out + letters * max(0, number // value), number % value if number > 0 else 0
    return out
