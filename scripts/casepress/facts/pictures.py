"""Pictures as schools send them, made safe to publish: the one door to Pillow.

What a file is, is told by its content and not by its name. What is published is decoded, turned upright and written
again, so that no place (GPS), device, comment or hidden data of the original is left.
"""

import hashlib
import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageCms, ImageFile, ImageOps

MOST_BYTES = 25 * 1024 * 1024
MOST_PIXELS = 40_000_000
_FORMATS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
_PARTLY = "图片文件不完整或已损坏"


class NotAPicture(Exception):
    """The bytes are no picture that may be published; the message is the reason, a Chinese sentence."""


@dataclass(frozen=True)
class Published:
    """A picture ready to publish: its bytes and its size in pixels."""

    data: bytes
    width: int
    height: int


def published_name(data: bytes) -> str:
    """The ASCII name of a picture when published: a hash of its bytes, and the suffix that its content asks for.

    Raises NotAPicture.
    """
    _, kind = _open(data)
    if not _is_whole(data, kind):
        raise NotAPicture(_PARTLY)
    return f"{hashlib.sha256(data).hexdigest()[:16]}.{_FORMATS[kind]}"


def publish(data: bytes) -> Published:
    """The picture decoded and written anew, upright, without metadata. Raises NotAPicture."""
    image, kind = _open(data)
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint's import switches it on for the whole process
    try:
        upright = _of_eight_bits(ImageOps.exif_transpose(image))
        clean = Image.new(upright.mode, upright.size)
        if upright.mode == "P":
            clean.putpalette(upright.getpalette() or [])
        clean.paste(upright)
    except (OSError, ValueError, SyntaxError) as reason:
        raise NotAPicture(_PARTLY) from reason
    out = io.BytesIO()
    options = {"JPEG": {"quality": 90, "optimize": True}, "PNG": {"optimize": True}, "WEBP": {"quality": 90}}[kind]
    if "transparency" in image.info and kind == "PNG":
        options["transparency"] = image.info["transparency"]
    clean.save(out, kind, **options)
    return Published(out.getvalue(), *clean.size)


def _of_eight_bits(image: Image.Image) -> Image.Image:
    """A scan of 16 bits of grey with 8, which is what a page and a press have; PNG has no others of more bits in Pillow."""
    if not image.mode.startswith("I"):
        return image
    return image.convert("I").point(lambda value: value * (1 / 257)).convert("L")


def _is_whole(data: bytes, kind: str) -> bool:
    """Whether a picture ends as its format does; an upload that broke off does not. Nothing is decoded."""
    if kind == "PNG":
        return b"IEND" in data
    if kind == "WEBP":
        return int.from_bytes(data[4:8], "little") + 8 <= len(data)
    at = 2  # past the segments of a JPEG, which may hold a small picture of their own, to where its lines begin
    while data[at : at + 1] == b"\xff" and data[at + 1 : at + 2] != b"\xda":
        at += 1 if data[at + 1 : at + 2] == b"\xff" else 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return data.find(b"\xff\xd9", at) > 0


def size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels. Raises NotAPicture."""
    return _open(data)[0].size


def _open(data: bytes) -> tuple[Image.Image, str]:
    """A picture, not yet decoded, and its format; a phone's MPO is a JPEG with further pictures behind it."""
    if len(data) > MOST_BYTES:
        raise NotAPicture(f"图片超过 {MOST_BYTES // 1024 // 1024} MB")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=tuple(_FORMATS))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning) as reason:
        raise NotAPicture("这不是 JPG、PNG 或 WebP 图片") from reason
    if image.width * image.height > MOST_PIXELS:
        raise NotAPicture(f"图片有 {image.width}×{image.height} 像素，超过 {MOST_PIXELS // 10000} 万")
    return image, "JPEG" if image.format == "MPO" else image.format


# For the press


class NoColorProfile(Exception):
    """The file is no colour profile of a press; the message is the reason, a Chinese sentence."""


@dataclass(frozen=True)
class Inked:
    """A picture in the inks of the press: `data` is a JPEG, its values inverted as Adobe has them, or else plain pixels."""

    data: bytes
    is_jpeg: bool
    is_grey: bool


def profile_name(profile: bytes) -> str:
    """What an ICC profile calls itself. Raises NoColorProfile where it is none of a press with four inks."""
    try:
        found = ImageCms.ImageCmsProfile(io.BytesIO(profile)).profile
    except (OSError, ImageCms.PyCMSError) as reason:
        raise NoColorProfile("这不是 ICC 颜色特性文件") from reason
    if found.xcolor_space.strip() != "CMYK" or found.device_class.strip() != "prtr":
        raise NoColorProfile("这不是四色印刷（CMYK、输出类）的颜色特性文件")
    return (found.profile_description or "CMYK").strip()


def in_inks(data: bytes, profile: bytes, size: tuple[int, int] | None = None, mode: str = "", alpha: bytes = b"") -> Inked:
    """A JPEG, or plain pixels of a size and a mode, in the inks of an ICC profile; what is grey stays grey.

    What is transparent, by the plain pixels of `alpha`, becomes as white as the paper.
    """
    image = Image.open(io.BytesIO(data), formats=("JPEG",)) if size is None else Image.frombytes(mode, size, data)
    if alpha:
        ground = Image.new(image.mode, image.size, "white")
        ground.paste(image, mask=Image.frombytes("L", image.size, alpha))
        image = ground
    if image.mode == "RGB":
        image = image.getchannel("G") if _is_grey(image) else _converted(image, profile)
    if size is not None:
        return Inked(image.tobytes(), False, image.mode == "L")
    out = io.BytesIO()
    image.save(out, "JPEG", quality=92, subsampling=0)
    return Inked(out.getvalue(), True, image.mode == "L")


def ink(red: float, green: float, blue: float, profile: bytes) -> tuple[float, ...]:
    """A colour of the screen, from 0 to 1, as cyan, magenta, yellow and black; a grey is black alone."""
    if max(red, green, blue) - min(red, green, blue) < 0.005:
        return 0.0, 0.0, 0.0, round(1 - green, 3)
    pixel = Image.new("RGB", (1, 1), tuple(round(255 * part) for part in (red, green, blue)))
    return tuple(round(part / 255, 3) for part in _converted(pixel, profile).getpixel((0, 0)))


def _is_grey(image: Image.Image) -> bool:
    """Whether no pixel has a colour that one sees; a JPEG's grey is off by a little."""
    red, green, blue = image.split()
    return max(ImageChops.difference(a, b).getextrema()[1] for a, b in ((red, green), (green, blue))) <= 6


def _converted(image: Image.Image, profile: bytes) -> Image.Image:
    return ImageCms.profileToProfile(
        image,
        ImageCms.createProfile("sRGB"),
        ImageCms.ImageCmsProfile(io.BytesIO(profile)),
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        outputMode="CMYK",
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
