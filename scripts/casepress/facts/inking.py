"""Inking: pictures and colours of a screen in the four inks of a press, after its ICC profile; what is grey stays black alone."""

import io
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageCms

LEAST = 0.03  # of an ink: smaller dots do not hold on a plate


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
    """A colour of the screen, from 0 to 1, as cyan, magenta, yellow and black, each of which holds in print; a grey is black alone."""
    if max(red, green, blue) - min(red, green, blue) < 0.005:
        return 0.0, 0.0, 0.0, _held(1 - green)
    pixel = Image.new("RGB", (1, 1), tuple(round(255 * part) for part in (red, green, blue)))
    return tuple(_held(part / 255) for part in _converted(pixel, profile).getpixel((0, 0)))


def _held(part: float) -> float:
    """So much of an ink as a plate holds: what is less than `LEAST` is none, or that."""
    return round(part, 3) if part >= LEAST else LEAST if part >= LEAST / 2 else 0.0


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
