"""Pictures, drawings, films and documents that are not what they seem, beside a case that shows or encloses them."""

import io
import struct
import zipfile
import zlib

import pikepdf
from pikepdf import Dictionary, Name
from PIL import Image

from badparts import picture_bomb
from evil import MADE, REFUSED, WARNED, Evil, case

CANARY = b"GPSCANARY"


def saved(kind: str = "PNG", size: tuple[int, int] = (64, 48), mode: str = "RGB", seed: int = 0, **options: object) -> bytes:
    data = io.BytesIO()
    Image.new(mode, size, 7 + seed % 200 if mode in ("L", "1", "I;16", "P") else None or (seed % 250, 90, 7, 9)[: len(mode)]).save(
        data, kind, **options
    )
    return data.getvalue()


def chunk(data: bytes, name: bytes, inside: bytes) -> bytes:
    """A PNG with one more chunk behind its head."""
    return data[:33] + struct.pack(">I", len(inside)) + name + inside + struct.pack(">I", zlib.crc32(name + inside)) + data[33:]


def stretched() -> bytes:
    """A WebP that calls itself 30,000 pixels high and has one picture of 32 by 32."""

    def part(name: bytes, *inside: bytes) -> bytes:
        return name + struct.pack("<I", len(b"".join(inside))) + b"".join(inside)

    frame = saved("WEBP", size=(32, 32))[12:]
    place = bytes(6) + (31).to_bytes(3, "little") * 2 + bytes(4)
    head = part(b"VP8X", b"\2\0\0\0", (31).to_bytes(3, "little"), (29_999).to_bytes(3, "little"))
    return part(b"RIFF", b"WEBP", head, part(b"ANIM", bytes(6)), part(b"ANMF", place, frame))


def tagged(tag: int, kind: int, count: int, value: bytes) -> bytes:
    """A JPEG whose Exif has this one entry."""
    return saved("JPEG", seed=tag % 199, exif=b"Exif\0\0II*\0\x08\0\0\0\x01\0" + struct.pack("<HHI", tag, kind, count) + value + bytes(4))


def moving(kind: str, frames: int = 3) -> bytes:
    """A picture of several."""
    data = io.BytesIO()
    first, *others = (Image.new("RGB", (32, 32), (n * 60, 0, 9)) for n in range(frames))
    first.save(data, kind, save_all=True, append_images=others)
    return data.getvalue()


def located() -> bytes:
    """A JPEG with a place in its Exif, XMP, a comment and a second picture behind it."""
    exif = Image.Exif()
    exif[0x010E] = CANARY.decode()
    exif[0x8825] = {1: "N", 2: (31.0, 46.0, 7.0), 29: CANARY.decode()}
    return saved("JPEG", exif=exif.tobytes(), comment=CANARY, xmp=b"<x>" + CANARY + b"</x>") + CANARY


def office(kind: str = "docx", main: str = "word/document.xml", **parts: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
        core = b"<c><dc:creator>" + CANARY + b"</dc:creator></c>"
        for name, part in {"[Content_Types].xml": b"<Types/>", main: b"<w/>", "docProps/core.xml": core, **parts}.items():
            package.writestr(name, part)
    return data.getvalue()


SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><script>alert(1)</script></svg>"


def pdf(change) -> bytes:
    """A PDF of one page after something was done to it."""
    data = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        change(made)
        made.save(data)
    return data.getvalue()


def script(made) -> None:
    made.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")


def unpacks(made) -> None:
    """A stream of half a megabyte that promises half a gigabyte."""
    packer = zlib.compressobj(9)
    made.Root.X = made.make_stream(b"")
    made.Root.X.write(b"".join([*(packer.compress(bytes(2**20)) for _ in range(500)), packer.flush()]), filter=Name.FlateDecode)


def external(kind: str, target: str) -> bytes:
    types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return f'<Relationships><Relationship Id="rId9" Type="{types}/{kind}" Target="{target}" TargetMode="External"/></Relationships>'.encode()


PICTURES = {
    "gps-jpeg": (MADE, "jpg", located(), ""),
    "gps-png": (MADE, "png", chunk(saved(), b"tEXt", b"Comment\0" + CANARY), ""),
    "gps-webp": (MADE, "webp", saved("WEBP", exif=b"Exif\0\0II*\0\x08\0\0\0\0\0" + CANARY), ""),
    "text-bomb": (REFUSED, "png", chunk(saved(seed=1), b"zTXt", b"a\0\0" + zlib.compress(bytes(50 * 2**20))), "不完整"),
    "trailing-php": (MADE, "jpg", saved("JPEG", seed=2) + b"<?php system('id'); ?>" + CANARY, ""),
    "turned": (MADE, "jpg", saved("JPEG", seed=3, exif=b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0"), ""),
    "cmyk": (MADE, "jpg", saved("JPEG", mode="CMYK", seed=4), ""),
    "sixteen-bits": (MADE, "png", saved(mode="I;16", seed=5), ""),
    "one-bit": (MADE, "png", saved(mode="1", seed=6), ""),
    "one-pixel": ("any", "png", saved(size=(1, 1), seed=7), ""),
    "very-wide": ("any", "png", saved(size=(20_000, 1), seed=8), ""),
    "wrong-ending": (MADE, "jpg", saved("PNG", seed=9), ""),
    "bomb": (REFUSED, "png", picture_bomb(60_000, 60_000), "像素"),
    "bomb-12000": (REFUSED, "png", picture_bomb(12_000, 12_000), "像素"),
    "no-lines": (REFUSED, "png", saved(seed=41)[:33] + saved(seed=41)[-12:], "不完整"),
    "no-palette": ("any", "png", saved(mode="P", seed=42).replace(b"PLTE", b"pLTE"), ""),
    "short-clear": (REFUSED, "png", chunk(saved(seed=43), b"tRNS", b"\0"), "不完整"),
    "profile-bomb": (REFUSED, "png", chunk(saved(seed=44), b"iCCP", b"x\0\0" + zlib.compress(bytes(60 * 2**20))), "不完整"),
    "profile-noise": (MADE, "jpg", saved("JPEG", seed=45, icc_profile=bytes(n * 7919 % 256 for n in range(3000))), ""),
    "many-texts": (MADE, "png", chunk(saved(seed=46), b"tEXt", b"k\0" + CANARY)[:-12] + b"".join(chunk(bytes(33), b"tEXt", b"k%d\0v" % n)[33:] for n in range(20_000)) + saved()[-12:], ""),
    "frames-lied": (MADE, "png", chunk(saved(seed=47), b"acTL", b"\xff" * 4 + bytes(4)), ""),
    "frames-short": (REFUSED, "png", chunk(saved(seed=48), b"acTL", b"\0"), "不完整"),
    "moving-png": (REFUSED, "png", moving("PNG"), "会动"),
    "moving-gif": (REFUSED, "png", moving("GIF"), "GIF"),
    "several": (MADE, "jpg", moving("MPO", 9), ""),
    "large-webp": (REFUSED, "webp", saved("WEBP", size=(5_000, 5_000), lossless=True, quality=0, method=0, seed=49), "2400 万像素"),
    "turned-endless": (MADE, "jpg", tagged(0x112, 3, 0x7FFFFFFF, b"\x08\0\0\0"), ""),
    "turned-words": (MADE, "jpg", tagged(0x113, 2, 4, b"6\0\0\0"), ""),
    "exif-circle": (MADE, "jpg", tagged(0x8769, 4, 1, b"\x08\0\0\0"), ""),
    "tall": ("any", "png", saved(size=(1, 60_000), seed=50), ""),
    "empty": (REFUSED, "png", b"", "空"),
    "half-jpeg": (REFUSED, "jpg", saved("JPEG", seed=10, size=(400, 300))[:-200], "不完整"),
    "half-png": (REFUSED, "png", saved(seed=11)[:-20], "不完整"),
    "half-webp": (REFUSED, "webp", saved("WEBP", seed=12)[:-10], "不完整"),
    "stretched-webp": (REFUSED, "webp", stretched(), "不完整"),
    "noise": (REFUSED, "jpg", b"\xff\xd8\xff" + bytes(n * 7919 % 256 for n in range(3000)), "不完整"),
    "svg": (REFUSED, "svg", SVG, "SVG"),
    "svg-as-png": (REFUSED, "png", SVG, "SVG"),
    "html-as-jpg": (REFUSED, "jpg", b"<html><script>alert(1)</script></html>", "网页"),
    "php-as-png": (REFUSED, "png", b"<?php system('id'); ?>", "不是"),
    "gif": (REFUSED, "gif", saved("GIF", mode="P"), "GIF"),
    "animated": (REFUSED, "webp", b"", "空"),
    "bmp": (REFUSED, "bmp", saved("BMP"), "BMP"),
    "tiff-as-jpg": (REFUSED, "jpg", saved("TIFF"), "TIFF"),
    "ico-as-png": (REFUSED, "png", saved("ICO", size=(32, 32)), "不是"),
    "eps-as-jpg": (REFUSED, "jpg", b"%!PS-Adobe-3.0 EPSF-3.0\n(/etc/passwd) run\n", "不是"),
    "fits-as-png": (REFUSED, "png", b"SIMPLE  =                    T" + bytes(3000), "不是"),
    "heic": (REFUSED, "jpg", b"\0\0\0\x18ftypheic" + bytes(500), "HEIC"),
    "mp4-as-jpg": (REFUSED, "jpg", b"\0\0\0\x18ftypisom" + bytes(500), "不是"),
    "pdf-as-png": (REFUSED, "png", b"%PDF-1.4\n", "PDF"),
    "zip-as-png": (REFUSED, "png", b"PK\x03\x04" + bytes(100), "压缩包"),
}  # fmt: skip
FILES = {
    "author": (MADE, "docx", office(), ""),
    "macro": (REFUSED, "docx", office(**{"word/vbaProject.bin": b"x"}), "宏"),
    "embedded": (REFUSED, "docx", office(**{"word/embeddings/oleObject1.bin": b"x"}), "嵌入的对象"),
    "not-office": (REFUSED, "docx", b"PK\x03\x04", ""),
    "wrong-office": (REFUSED, "xlsx", office(), "真正"),
    "bomb": (REFUSED, "docx", office(**{"word/x.xml": bytes(410 * 2**20)}), "太大"),
    "slip": (REFUSED, "docx", office(**{"../../x.xml": b"x"}), "文件外面"),
    "pdf-script": (REFUSED, "pdf", b"%PDF-1.4\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF", ""),
    "pdf-launch": (REFUSED, "pdf", b"%PDF-1.4\n1 0 obj<</Type/Catalog/OpenAction<</S/Launch/F(cmd.exe)>>>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF", ""),
    "pdf-escaped": (REFUSED, "pdf", pdf(script).replace(b"/JavaScript", b"/Jav#61Script"), "脚本"),
    "pdf-form": (REFUSED, "pdf", pdf(lambda made: made.Root.__setitem__("/AcroForm", Dictionary(Fields=[Dictionary(FT=Name.Tx)]))), "表单"),
    "pdf-odd": ("any", "pdf", pdf(lambda made: made.Root.update({"/Names": 3, "/AcroForm": 4, "/Outlines": 5})), ""),
    "pdf-unpacks": (REFUSED, "pdf", pdf(unpacks), "解不开"),
    "pdf-elsewhere": (REFUSED, "pdf", pdf(lambda made: made.Root.__setitem__("/X", made.make_indirect(Dictionary(S=Name.GoToR, F="/etc/passwd")))), "别的文件"),
    "pdf-scan": (MADE, "pdf", pdf(lambda made: made.Root.__setitem__("/X", made.make_stream(b"/JS /Launch /Encrypt /Author(x)"))), ""),
    "office-template": (MADE, "docx", office(**{"word/_rels/settings.xml.rels": external("attachedTemplate", "file:///C:/Users/" + CANARY.decode())}), ""),
    "office-fetches": (REFUSED, "docx", office(**{"word/_rels/document.xml.rels": external("image", "https://evil.example/1.png")}), "打不开"),
    "office-photo": (MADE, "docx", office(**{"word/media/1.jpg": located()}), ""),
    "pdf-none": (REFUSED, "pdf", b"<html><script>alert(1)</script>", ""),
    "film-none": (REFUSED, "mp4", b"<html><script>alert(1)</script>", "MP4"),
}  # fmt: skip


def animated() -> bytes:
    data = io.BytesIO()
    frames = [Image.new("RGB", (32, 32), (n * 60, 0, 0)) for n in range(3)]
    frames[0].save(data, "WEBP", save_all=True, append_images=frames[1:], duration=100)
    return data.getvalue()


def inputs() -> list[Evil]:
    found = []
    for name, (verdict, kind, data, words) in PICTURES.items():
        if name == "animated":
            data, words = animated(), "会动"
        text = case(f"图片 {name}", f"![图](pc-{name}.{kind})").encode()
        found.append(Evil("pictures", name, f"cases/pc-{name}.md", text, verdict, words, {f"cases/pc-{name}.{kind}": data}))
    for name, (verdict, kind, data, words) in FILES.items():
        text = case(f"附件 {name}", 附件=f"[fl-{name}.{kind}]").encode()
        beside = {f"cases/fl-{name}.{kind}": data}
        found.append(Evil("attachments", name, f"cases/fl-{name}.md", text, REFUSED if verdict == REFUSED else "any", words, beside))
    found.append(Evil("pictures", "office-left", "cases/pc-左.docx", office(), WARNED, "不是 Markdown"))
    return found
