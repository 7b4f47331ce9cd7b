"""Drawing: a cover as a picture, of the few things that its template says: rectangles, texts, and the bureau's own picture.

Flows in: the template's SVG, the faces, a picture. Flows out: a PNG, or a JPEG where there is a picture in it: the kinds of cover
that every shelf shows.
"""

import io
from collections.abc import Callable
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element

from PIL import Image, ImageDraw, ImageFont, ImageOps

from casepress.markup import parsing
from casepress.type.faces import Faces

Opened = Callable[[Path, int, int], ImageFont.FreeTypeFont]
_QUALITY = 88  # at which letters over a picture have no halo


def drawn(svg: str, faces: Faces, picture: bytes = b"") -> bytes:
    """The drawing as a picture: `rect`, `image` (the picture, filling its place) and `text`.

    The class of a text is the role of its type, `bold` beside it its weight; `x` is its middle where `text-anchor` says so.
    """
    root = next(element for element in parsing.document(svg).iter() if _name(element) == "svg")
    sheet = Image.new("RGB", (int(root.get("width", "0")), int(root.get("height", "0"))), "white")
    pen = ImageDraw.Draw(sheet)
    opened = cache(_opened)  # as long as it is drawn: a file that is open and written over takes the process along
    for element in root.iter():
        if _name(element) == "rect":
            x, y, width, height = _numbers(element, "x", "y", "width", "height")
            fill, stroke = element.get("fill"), element.get("stroke")
            line = int(element.get("stroke-width", "1")) if stroke else 0
            pen.rectangle((x, y, x + width - 1, y + height - 1), None if fill == "none" else fill, stroke, line)
        elif _name(element) == "image" and picture:
            x, y, width, height = _numbers(element, "x", "y", "width", "height")
            with Image.open(io.BytesIO(picture)) as found:
                sheet.paste(ImageOps.fit(found.convert("RGB"), (int(width), int(height)), Image.Resampling.LANCZOS), (int(x), int(y)))
        elif _name(element) == "text":
            _write(pen, element, faces, opened)
    out = io.BytesIO()
    sheet.save(out, "JPEG", quality=_QUALITY) if picture else sheet.save(out, "PNG")
    return out.getvalue()


def _write(pen: ImageDraw.ImageDraw, element: Element, faces: Faces, opened: Opened) -> None:
    words = " ".join("".join(element.itertext()).split())
    (size,) = _numbers(element, "font-size")
    role, *weight = element.get("class", "song").split()
    fonts = [opened(*_file(faces, role, bool(weight), sign), max(1, int(size))) for sign in words]
    widths = [font.getlength(sign) for font, sign in zip(fonts, words, strict=True)]
    most = float(element.get("textlength") or element.get("textLength") or "inf")
    if sum(widths) > most:  # a long line is set smaller, and never over the edge
        element.set("font-size", str(int(size * most / sum(widths))))
        return _write(pen, element, faces, opened)
    x, y = _numbers(element, "x", "y")
    x -= {"middle": sum(widths) / 2, "end": sum(widths)}.get(element.get("text-anchor", ""), 0)
    for sign, font, width in zip(words, fonts, widths, strict=True):
        pen.text((x, y), sign, element.get("fill", "#000"), font, anchor="ls")
        x += width


def _file(faces: Faces, role: str, bold: bool, sign: str) -> tuple[Path, int]:
    found = faces.of(role, sign)
    face = found[1] if found else next(each for _, each in faces.order(role))
    file = face.bold or face.regular if bold else face.regular
    return file.path, file.index


def _opened(path: Path, index: int, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size, index, layout_engine=ImageFont.Layout.BASIC)


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _numbers(element: Element, *names: str) -> list[float]:
    return [float(element.get(name, "0")) for name in names]
