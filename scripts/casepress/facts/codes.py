"""QR codes: an address as a small drawing that a phone reads from paper. The one door to segno.

Error level M, quiet zone of four modules (ISO/IEC 18004, 6.3.8); drawn as shapes, so that it is sharp at any size.
"""

import io
from dataclasses import dataclass
from functools import lru_cache
from math import ceil

LEAST = 0.4 * 72 / 25.4  # the smallest module that phones read well from print, in pt
QUIET = 4


@dataclass(frozen=True)
class Code:
    """A QR code of `modules` × `modules` squares, of which `quiet` on each side are its quiet zone, as a drawing in SVG."""

    modules: int
    svg: bytes
    quiet: int = QUIET

    def lines(self, pitch: float) -> int:
        """Into how many lines of text it fits with modules that are large enough."""
        return ceil(self.modules * LEAST / pitch)


def address(site: str, case: str = "") -> str:
    """The address of a site, or of the page of one of its cases."""
    home = site if site.endswith("/") else f"{site}/"
    return f"{home}cases/{case}.html" if case else home


@lru_cache(maxsize=256)
def code(address: str, ink: str = "#000") -> Code:
    """The QR code of an address, in an ink as CSS writes it."""
    import segno

    made = segno.make(address, error="m", micro=False, boost_error=False)
    size = made.symbol_size(border=0)[0] + 2 * QUIET
    # One rectangle for each run of dark modules in a row.
    runs = []
    for y, row in enumerate(made.matrix):
        x = 0
        while x < len(row):
            length = next((n for n in range(len(row) - x) if not row[x + n]), len(row) - x)
            if length:
                runs.append(f"M{x + QUIET} {y + QUIET}h{length}v1h-{length}z")
            x += length + 1
    path = f'<path fill="{ink}" d="{"".join(runs)}"/>'
    return Code(size, f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}">{path}</svg>'.encode())


def png(address: str) -> bytes:
    """The QR code of an address as a picture of pixels, for programs that show no SVG."""
    import segno

    out = io.BytesIO()
    segno.make(address, error="m", micro=False, boost_error=False).save(out, kind="png", scale=10, border=QUIET)
    return out.getvalue()
