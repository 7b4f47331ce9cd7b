"""Inks: everything in a written PDF that has a colour of the screen gets the inks of the press, after an ICC profile.

What the stylesheet says in `device-cmyk()` stays as it is. Its other colours, and all pictures, are turned into inks
here; greys become black alone, so that four plates need not meet on the edges of a letter (ISO 32000-1, 8.6).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator, Pdf, Stream

from casepress.facts import inking
from casepress.facts.wording import nearest
from casepress.press import conditions
from casepress.values.problems import Failed

# Ghostscript's general profile of four inks: Debian's libgs-common, and where others install it.
GHOSTSCRIPT = (
    "/usr/share/color/icc/ghostscript/default_cmyk.icc",
    "/usr/share/ghostscript/*/iccprofiles/default_cmyk.icc",
    "/usr/local/share/ghostscript/*/iccprofiles/default_cmyk.icc",
    "/opt/homebrew/share/ghostscript/*/iccprofiles/default_cmyk.icc",
)
_NAMED = 8  # profiles that a message names
_RGB = {"rg": Operator("k"), "RG": Operator("K")}
_OURS = (Name.DeviceCMYK, Name.DeviceGray, Name.Pattern)


class NoInks(Failed):
    """There is no colour profile, or something has a colour that no ink can be found for; a Chinese sentence."""


@dataclass(frozen=True)
class ColorProfile:
    """An ICC profile of a press with four inks: what it calls itself, and its bytes."""

    name: str
    data: bytes


def color_profile(folders: Iterable[Path], wanted: str = "") -> ColorProfile:
    """What `wanted` names: a file in the first folder of templates that has it, or else a printing condition or a profile by its own
    name, in these folders or where systems keep them; without a name, the general one. Raises NoInks: nothing else is taken instead.
    """
    if not wanted:
        return general_profile()
    folders = tuple(folders)
    name = wanted.removeprefix("theme/print/")
    if Path(name).name != name or "\\" in name:
        raise NoInks(f"颜色特性文件要放在 theme/print 里，color_profile 只写它的文件名，不能是 {wanted}")
    found = next((path for folder in folders for path in folder.iterdir() if path.name == name and path.is_file()), None)
    if found is not None:
        return named_profile(name, found.read_bytes())
    if name != wanted or name.lower().endswith((".icc", ".icm")):
        raise NoInks(f"theme/print 里没有颜色特性文件 {name}，请向印刷厂要来放进去，或删去 color_profile 这一项，改用通用的")
    held = conditions.found(name, folders)
    if held is None:
        raise NoInks(_not_installed(name, folders))
    return named_profile(held.path.name, held.path.read_bytes())


def _not_installed(name: str, folders: Iterable[Path]) -> str:
    """That nothing of a name is there, what it would be, and what there is."""
    known = [each.name for each in conditions.CONDITIONS]
    names = [each.name for each in conditions.installed(folders)]
    own = f"这台电脑上装好的有：{'、'.join(names[:_NAMED])}" if names else "这台电脑上没有装四色印刷的颜色特性文件"
    if condition := conditions.called(name):
        what = f"这台电脑上没有 {condition.name}（{condition.paper}）的颜色特性文件，不会改用别的"
        return f"{what}。请向印刷厂要“{condition.profiles[0]}”，或者从{condition.source}得到，把 .icc 文件放进 theme/print；{own}"
    guess = nearest(name, (*known, *names))
    asked = f"是不是想写 {guess}？" if guess else ""
    return f"没有叫“{name}”的颜色特性文件，不会改用别的。{asked}可以写 {'、'.join(known)}，或者 theme/print 里 .icc 文件的名字；{own}"


def general_profile() -> ColorProfile:
    """Ghostscript's profile of four inks, for want of the print shop's own. Raises NoInks."""
    found = next((path for place in GHOSTSCRIPT for path in sorted(Path("/").glob(place.lstrip("/")))), None)
    if found is None:
        raise NoInks(
            "做印刷用的 PDF 需要一个四色印刷的颜色特性文件，这台电脑上没有。"
            "请向印刷厂要一个 .icc 文件放进 theme/print，在 collection.yml 的 book 里写 color_profile；"
            "或者装 Ghostscript 的通用文件（Debian：apt-get install libgs-common）"
        )
    return named_profile(found.name, found.read_bytes())


def named_profile(file: str, data: bytes) -> ColorProfile:
    """The profile that a file holds. Raises NoInks where it is none of a press."""
    try:
        return ColorProfile(inking.profile_name(data), data)
    except inking.NoColorProfile as reason:
        raise NoInks(f"颜色特性文件 {file} 不能用：{reason}，请向印刷厂要一个 .icc 文件") from reason


def ink(pdf: Pdf, profile: ColorProfile) -> None:
    """Turn every colour of a PDF that WeasyPrint wrote into inks. Raises NoInks where there is one that it cannot."""
    for item in list(pdf.objects):
        if not isinstance(item, Stream):
            continue
        if item.get("/Subtype") == Name.Image:
            _ink_picture(item, profile.data)
        elif item.get("/Subtype") == Name.Form or "/PatternType" in item:
            _ink_content(item, item, profile.data)
            if "/Group" in item and "/CS" in item.Group:
                item.Group.CS = Name.DeviceCMYK
    for page in pdf.pages:
        page.contents_coalesce()
        _ink_content(page, page.Contents, profile.data)
    for item in pdf.objects:
        if isinstance(item, Dictionary | Stream) and Name.DeviceRGB in (item.get("/ColorSpace"), item.get("/CS")):
            raise NoInks("版面里用了渐变色，印刷用的 PDF 里找不到对应的油墨，请在样式里改用单一颜色")


def is_colored(page: pikepdf.Page) -> bool:
    """Whether a page whose colours are inks needs another ink than black."""
    shown = page.Resources.get("/XObject", Dictionary())
    for operands, operator in pikepdf.parse_content_stream(page, "k K scn SCN sh cs CS Do"):
        if str(operator) == "Do":
            item = shown.get(str(operands[0]))
            if item is not None and item.get("/ColorSpace") != Name.DeviceGray:
                return True
        elif str(operator) in ("sh", "cs", "CS"):
            if str(operator) == "sh" or operands[0] == Name.Pattern:
                return True
        elif len(operands) == 4 and any(operands[:3]):
            return True
    return False


def _ink_content(content: pikepdf.Page | Stream, stream: Stream, profile: bytes) -> None:
    """Turn the colours that a page, form or pattern names into inks; one without any stays byte for byte. Raises NoInks."""
    instructions = pikepdf.parse_content_stream(content)
    for operands, operator in instructions:
        if str(operator) in ("cs", "CS") and operands[0] not in _OURS:
            raise NoInks(f"样式里有颜色写成了 lab、oklch 一类（{operands[0]}），印刷用的 PDF 里找不到对应的油墨，请改写成 #rrggbb")
    if any(str(operator) in _RGB for _, operator in instructions):
        inked = [
            (_ink(*map(float, operands), profile), _RGB[str(operator)]) if str(operator) in _RGB else (operands, operator)
            for operands, operator in instructions
        ]
        stream.write(pikepdf.unparse_content_stream(inked))


@cache
def _ink(red: float, green: float, blue: float, profile: bytes) -> tuple[Decimal, ...]:
    return tuple(Decimal(f"{value:g}") for value in inking.ink(red, green, blue, profile))


def _ink_picture(item: Stream, profile: bytes) -> None:
    """A picture of the PDF in inks, in its place; one that is grey and whole stays as it is."""
    if item.get("/ColorSpace") not in (Name.DeviceRGB, Name.DeviceGray) or (item.ColorSpace == Name.DeviceGray and "/SMask" not in item):
        return
    mask = item.get("/SMask")
    alpha = mask.read_bytes() if mask is not None else b""
    if item.get("/Filter") == Name.DCTDecode and not alpha:
        made = inking.in_inks(item.read_raw_bytes(), profile)
    else:
        mode = "RGB" if item.ColorSpace == Name.DeviceRGB else "L"
        made = inking.in_inks(item.read_bytes(), profile, (int(item.Width), int(item.Height)), mode, alpha)
    if "/SMask" in item:
        del item["/SMask"]
    for name in ("/DecodeParms", "/Decode"):
        if name in item:
            del item[name]
    item.ColorSpace = Name.DeviceGray if made.is_grey else Name.DeviceCMYK
    if made.is_jpeg:
        item.write(made.data, filter=Name.DCTDecode)
        if not made.is_grey:
            item.Decode = Array([1, 0] * 4)
    else:
        item.write(made.data)
    item.Interpolate = False
