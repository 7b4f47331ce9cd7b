"""Developing: a picture decoded, turned upright, in the colours of a screen and no larger than is needed, written anew.

So no place (GPS), device, comment or hidden data of the original is left, and its colours look the same without the profile
that said what they meant.
"""

import io
from collections.abc import Iterable
from dataclasses import dataclass

from PIL import Image, ImageCms

from casepress.facts.pictures import decoding, opened, orientation, upright

_SRGB = ImageCms.createProfile("sRGB")
_SPACES = {"RGB": "RGB", "RGBA": "RGB", "L": "GRAY", "LA": "GRAY", "CMYK": "CMYK"}  # the space of a mode, as profiles call it
# What makes upright what was taken so (Exif 2.3, Orientation, from 1).
_WAYS = Image.Transpose
_TURNS = (
    None,
    _WAYS.FLIP_LEFT_RIGHT,
    _WAYS.ROTATE_180,
    _WAYS.FLIP_TOP_BOTTOM,
    _WAYS.TRANSPOSE,
    _WAYS.ROTATE_270,
    _WAYS.TRANSVERSE,
    _WAYS.ROTATE_90,
)


@dataclass(frozen=True)
class Published:
    """A picture ready to publish: its bytes and its size in pixels."""

    data: bytes
    width: int
    height: int


def publish(data: bytes, at_most: tuple[float, float] | None = None, on_paper: bool = False, quality: int = 90) -> Published:
    """The picture written anew, upright, without metadata, and made to fit `at_most` pixels where it is larger.

    `on_paper` a photograph is never a WebP, of which a PDF knows nothing; `quality` is that of photographs. Raises NotAPicture.
    """
    image, kind = _developed(data, at_most)
    if on_paper and kind == "WEBP" and image.mode in ("RGB", "L"):
        kind = "JPEG"
    return _written(image, kind, quality)


def publish_in(data: bytes, widths: Iterable[int]) -> dict[int, Published]:
    """The picture in several widths in pixels, decoded once, for a screen. Raises NotAPicture."""
    wanted = sorted(widths, reverse=True)
    image, kind = _developed(data, (wanted[0], float("inf")))
    found = {}
    for width in wanted:  # each from the one before: what is lost in three steps nobody sees
        image = _fitted(image, (width, float("inf")))
        found[width] = _written(image, kind, 82)
    return found


def as_png(data: bytes) -> bytes:
    """A published picture of any kind as a PNG, for programs that know few kinds."""
    with Image.open(io.BytesIO(data)) as image:
        return _written(image.convert("RGBA" if "A" in image.getbands() else "RGB"), "PNG", 90).data


def decode(data: bytes) -> None:
    """See that all of a picture can be read, in as few pixels as its format gives. Raises NotAPicture."""
    image, kind = opened(data)
    with decoding():
        if kind == "JPEG":
            image.draft(None, (1, 1))
        image.load()


def _developed(data: bytes, at_most: tuple[float, float] | None) -> tuple[Image.Image, str]:
    image, kind = opened(data)
    profile, turn = image.info.get("icc_profile", b""), _TURNS[orientation(image) - 1]
    with decoding():
        if at_most:
            width, height = upright(image)
            scale = min(1.0, at_most[0] / width, at_most[1] / height)
            # A JPEG can be decoded at half or a quarter of its size; twice what is needed keeps it sharp.
            if kind == "JPEG" and scale < 0.5:
                image.draft(None, tuple(max(1, int(side * scale * 2)) for side in image.size))
        image.load()
        image = _of_eight_bits(image)
        image = image if turn is None else image.transpose(turn)
        if at_most:
            image = _fitted(image, at_most)
        image = _in_srgb(image, profile)
        clean = Image.new(image.mode, image.size)
        if image.mode == "P":
            clean.putpalette(image.getpalette() or [])
            if "transparency" in image.info:
                clean.info["transparency"] = image.info["transparency"]
        clean.paste(image)
    return clean, kind


def _fitted(image: Image.Image, at_most: tuple[float, float]) -> Image.Image:
    """A picture that is no larger than so many pixels, its proportions kept; what is small enough stays as it is."""
    width, height = image.size
    scale = min(at_most[0] / width, at_most[1] / height)
    if scale >= 1:
        return image
    if image.mode in ("P", "1"):  # a palette has no colours between its own
        image = _out_of_palette(image) if image.mode == "P" else image.convert("L")
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _out_of_palette(image: Image.Image) -> Image.Image:
    return image.convert("RGBA" if "transparency" in image.info else "RGB")


def _of_eight_bits(image: Image.Image) -> Image.Image:
    """A scan of 16 bits of grey with 8, which is what a page and a press have; one clear colour as clear pixels."""
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if "transparency" in image.info and image.mode in ("RGB", "L", "1"):
        return image.convert("RGBA")
    return image.convert("RGBA") if image.mode in ("PA", "La", "RGBa") else image


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """A picture in the colours of a screen, sRGB (IEC 61966-2-1); a profile that is broken or of other inks is not obeyed."""
    mode = image.mode
    if profile and mode == "P":
        image, mode = _out_of_palette(image), _out_of_palette(image).mode
    known = _profile(profile, _SPACES.get(mode, ""))
    if known is None:
        return image.convert("RGB") if mode in ("CMYK", "YCbCr", "LAB", "HSV") else image
    alpha = image.getchannel("A") if mode in ("RGBA", "LA") else None
    try:
        made = ImageCms.profileToProfile(
            image.convert(mode.rstrip("A")) if alpha else image,
            known,
            _SRGB,
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            outputMode="RGB",
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except (ImageCms.PyCMSError, ValueError, OSError):
        return image.convert("RGB") if mode == "CMYK" else image
    if mode in ("L", "LA"):
        made = made.getchannel("G")  # what has no colour stays so
    if alpha:
        made.putalpha(alpha)
    return made


def _profile(data: bytes, space: str) -> ImageCms.ImageCmsProfile | None:
    """The colour profile of a picture; None where it says nothing that sRGB does not, or nothing that can be used."""
    if not data or not space:
        return None
    try:
        found = ImageCms.ImageCmsProfile(io.BytesIO(data))
        about = found.profile
        if (about.xcolor_space or "").strip() != space or (about.profile_description or "").startswith("sRGB"):
            return None
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None
    return found


def _written(image: Image.Image, kind: str, quality: int) -> Published:
    """A picture's bytes; the same picture gives the same bytes."""
    options = {"JPEG": {"quality": quality, "optimize": True}, "PNG": {"optimize": True}, "WEBP": {"quality": quality}}[kind]
    if kind == "PNG" and "transparency" in image.info:
        options["transparency"] = image.info["transparency"]
    out = io.BytesIO()
    image.save(out, kind, **options)
    return Published(out.getvalue(), *image.size)
