"""Pictures as schools send them: what a file is, by its content and not by its name, and how a published one is called.

Nothing is decoded here but the head of a file. `developing` makes of it what is published, `renditions` says in which sizes.
"""

import hashlib
import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageFile

MOST_BYTES = 25 * 1024 * 1024
MOST_PIXELS = 40_000_000
_MOST_WEBP = 24_000_000  # the library for it holds all pixels three times at once, and knows no smaller way
_WEBP_SIDE = 16383  # pixels; a file that promises more was never a picture of that size, and could not be written again
FORMATS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
PARTLY, WHOLE = "图片文件不完整或已损坏", "请换成完整的原图，再放一次"
# What is published of a picture is named after its bytes and after how it was developed: a change of that changes the names.
_RECIPE = b"casepress 2\0"
_AGAIN, SMALLER = "请另存为 JPG 或 PNG", "请用看图软件把它缩小（长边 4000 像素就够印刷），另存为 JPG 或 PNG"
_HEIF = re.compile(rb"....ftyp(?:hei[cfmsx]|hev[cmsx]|mif1|msf1)", re.DOTALL)
# What people send instead of a picture, by how it begins, with what to do.
_OTHERS = (
    (_HEIF, "这是苹果手机的 HEIC 照片", "请在手机或电脑上打开它，另存（导出）为 JPG；以后可以在 iPhone 的 设置－相机－格式 里选“兼容性最佳”"),
    (re.compile(rb"....ftyp(?:avif|avis)", re.DOTALL), "这是 AVIF 图片", _AGAIN),
    (re.compile(rb"GIF8"), "这是 GIF 图片", _AGAIN),
    (re.compile(rb"BM"), "这是 BMP 图片", _AGAIN),
    (re.compile(rb"II\*\0|MM\0\*"), "这是 TIFF 图片", _AGAIN),
    (re.compile(rb"8BPS"), "这是 Photoshop 文件", "请导出为 JPG 或 PNG"),
    (re.compile(rb"%PDF"), "这是 PDF 文件", "请把要用的那一页导出为 JPG 或 PNG"),
    (re.compile(rb"PK\x03\x04|\xd0\xcf\x11\xe0"), "这是 Word、PPT 之类的文件或压缩包", "请把里面的图片取出来，另存为 JPG 或 PNG"),
    (re.compile(rb"\s*<(?!svg)(?:!doctype html|html|head|body)", re.IGNORECASE), "这是网页文件", "请在浏览器里打开图片，用“图片另存为”重新保存"),
)  # fmt: skip
_SVG = re.compile(rb"<svg[\s>]")
_SIZED = re.compile(r"([0-9a-f]{16})-(\d{1,5})x(\d{1,5})\.(jpg|png|webp)")

# Sizes are judged below, before anything is decoded, and then they can be said; Pillow only knows that there are too many.
Image.MAX_IMAGE_PIXELS = None


class NotAPicture(Exception):
    """The bytes are no picture that may be published; the message is the reason and `cure` what to do, Chinese sentences, and
    `kind` says in a word which reason it is: too-big, damaged, other.
    """

    def __init__(self, reason: str, cure: str = _AGAIN, kind: str = "other") -> None:
        super().__init__(reason)
        self.cure, self.kind = cure, kind


@contextmanager
def decoding() -> Iterator[None]:
    """Say what Pillow raises of bytes that it cannot read, whatever that is: of a picture without lines it is an IndexError. What it only
    remarks of metadata that is not used is nobody's business. Raises NotAPicture."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except NotAPicture:
            raise
        except MemoryError as reason:
            raise NotAPicture("解开这张图片要用的内存太多", SMALLER, "too-big") from reason
        except Exception as reason:
            raise NotAPicture(PARTLY, WHOLE, "damaged") from reason


def fits(size: int) -> None:
    """Raises NotAPicture where a file has more bytes than a picture may have."""
    if size > MOST_BYTES:
        raise NotAPicture(f"图片有 {size / 1024 / 1024:.0f} MB，最多 {MOST_BYTES // 1024 // 1024} MB", SMALLER, "too-big")


def published_name(data: bytes) -> str:
    """The ASCII name of a picture when published, `HASH-WIDTHxHEIGHT.SUFFIX`: a hash of its bytes, its upright size in pixels.

    Raises NotAPicture.
    """
    image, kind = opened(data)
    if not _is_whole(data, kind):
        raise NotAPicture(PARTLY, f"{WHOLE}；从微信、网盘下载的，请等它下载完", "damaged")
    return f"{hashlib.sha256(_RECIPE + data).hexdigest()[:16]}-{'x'.join(map(str, upright(image)))}.{FORMATS[kind]}"


def said_beside(data: bytes) -> tuple[str, ...]:
    """What a picture says beside its pixels: exif, xmp, comment, photoshop, text; nothing of what is no picture."""
    try:
        with decoding():
            info = Image.open(io.BytesIO(data)).info
    except NotAPicture:
        return ()
    kinds = (("exif", "exif"), ("xmp", "xmp"), ("XML:com.adobe.xmp", "xmp"), ("comment", "comment"), ("photoshop", "photoshop"))
    found = [kind for name, kind in kinds if info.get(name)]
    found += ["text" for name, value in info.items() if isinstance(value, str) and value and name not in dict(kinds)]
    return tuple(dict.fromkeys(found))


def size_of(name: str) -> tuple[int, int] | None:
    """The size in pixels that a published name tells; None for every other name."""
    found = _SIZED.fullmatch(name)
    return (int(found[2]), int(found[3])) if found else None


def size(data: bytes) -> tuple[int, int]:
    """Upright width and height in pixels. Raises NotAPicture."""
    return upright(opened(data)[0])


def upright(image: Image.Image) -> tuple[int, int]:
    """The size of a picture when it is turned as its camera says (Exif 2.3, Orientation: from 5 on it lies)."""
    width, height = image.size
    return (height, width) if orientation(image) > 4 else (width, height)


def orientation(image: Image.Image) -> int:
    """How a camera was held (Exif 2.3, Orientation), from 1 to 8; 1, upright, where nothing says so."""
    exif = Image.Exif()
    try:
        with decoding():
            exif.load(image.info.get("exif", b""))  # `image.getexif()` would decode a PNG
            found = exif.get(0x0112, 1)
    except NotAPicture:
        return 1
    return found if found in range(1, 9) else 1


def opened(data: bytes) -> tuple[Image.Image, str]:
    """A picture, not yet decoded, and its format; a phone's MPO is a JPEG with further pictures behind it.

    Raises NotAPicture.
    """
    if not data:
        raise NotAPicture("图片文件是空的（0 字节）", "请重新放一次原图")
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint's import switches it on for the whole process, and what is broken would pass
    fits(len(data))
    try:
        with decoding():
            image = Image.open(io.BytesIO(data), formats=tuple(FORMATS))
            frames = 1 if image.format == "MPO" else getattr(image, "n_frames", 1)
    except NotAPicture as reason:
        raise (reason if reason.kind == "too-big" else _other(data)) from reason
    most = _MOST_WEBP if image.format == "WEBP" else MOST_PIXELS
    if image.width * image.height > most:
        raise NotAPicture(f"图片有 {image.width}×{image.height} 像素，最多 {most // 10000} 万像素", SMALLER, "too-big")
    if image.format == "WEBP" and max(image.size) > _WEBP_SIDE:
        raise NotAPicture(PARTLY, WHOLE, "damaged")
    if frames > 1:
        raise NotAPicture("这是会动的图片，书里和网页上只放不动的", "请截取其中一幅，另存为 JPG 或 PNG")
    return image, "JPEG" if image.format == "MPO" else image.format


def _other(data: bytes) -> NotAPicture:
    """What a file is that is no picture of ours, as far as its beginning tells."""
    head = data[:4096]
    if _SVG.search(head):
        return NotAPicture("这是 SVG 矢量图，里面可能带有脚本，不会发布", "请用看图或绘图软件把它导出为 PNG，宽 2000 像素以上")
    for pattern, what, cure in _OTHERS:
        if pattern.match(head):
            return NotAPicture(f"{what}，不是 JPG、PNG 或 WebP", cure)
    if head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return NotAPicture(PARTLY, WHOLE, "damaged")
    return NotAPicture("这不是 JPG、PNG 或 WebP 图片")


def _is_whole(data: bytes, kind: str) -> bool:
    """Whether a picture ends as its format does; an upload that broke off does not. Nothing is decoded."""
    if kind == "PNG":
        return _png_is_whole(data)
    if kind == "WEBP":
        return int.from_bytes(data[4:8], "little") + 8 <= len(data)
    at = 2  # past the segments of a JPEG, which may hold a small picture of their own, to where its lines begin
    while data[at : at + 1] == b"\xff" and data[at + 1 : at + 2] != b"\xda":
        at += 1 if data[at + 1 : at + 2] == b"\xff" else 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return data.find(b"\xff\xd9", at) > 0


def _png_is_whole(data: bytes) -> bool:
    """Whether all chunks of a PNG are there, up to the last, and their sums are right: then it can be decoded."""
    try:
        with decoding():
            Image.open(io.BytesIO(data), formats=("PNG",)).verify()
    except NotAPicture:
        return False
    return True
