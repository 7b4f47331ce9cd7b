"""Looks: how a run of text looks where it is not as its paragraph's style says."""

from dataclasses import dataclass
from math import floor
from xml.etree.ElementTree import Element

from casepress.word.xml import w

_TRUE = 1e-6  # by which a reckoned length may miss a whole one
# The faces as Word and WPS know them; behind each its other names, by which other programs find a substitute.
FACES = {
    "song": ("宋体", "SimSun"),
    "kai": ("楷体", "KaiTi"),
    "hei": ("黑体", "SimHei"),
    "fang": ("仿宋_GB2312", "仿宋"),
    "biaosong": ("方正小标宋简体", "FZXiaoBiaoSong-B05S"),
    "mono": ("等线", "DengXian"),
}


@dataclass(frozen=True)
class Look:
    """Differences from the style: `face` by its role, `size` in pt, `color` as RRGGBB, `vertical` as Word calls it, `style`
    the id of a style of characters."""

    face: str = ""
    size: float = 0
    bold: bool | None = None
    color: str = ""
    vertical: str = ""
    struck: bool = False
    style: str = ""

    def element(self) -> Element | None:
        """The properties of a run; None where it is as its style says."""
        found = [w("rStyle", {"val": self.style})] if self.style else []
        found += properties(self.face, self.bold, self.color, self.size, self.struck)
        if self.vertical:
            found.append(w("vertAlign", {"val": self.vertical}))
        return w("rPr", None, *found) if found else None


def properties(face: str = "", bold: bool | None = None, color: str = "", size: float = 0, struck: bool = False) -> list[Element]:
    """Properties of characters in the order of the standard."""
    found = []
    if face:
        name = FACES[face][0]
        found.append(w("rFonts", {"ascii": name, "hAnsi": name, "eastAsia": name, "cs": name}))
    if bold is not None:
        found += [w("b", {"val": int(bold)}), w("bCs", {"val": int(bold)})]
    if struck:
        found.append(w("strike"))
    if color:
        found.append(w("color", {"val": color}))
    if closer := floor((size - half_points(size) / 2) * 20 + _TRUE) if size else 0:
        found.append(
            w("spacing", {"val": closer})
        )  # 15.79 pt is 16 pt, each 0.25 pt nearer to the next, so that a line holds all its characters
    if size:
        found += [w("sz", {"val": half_points(size)}), w("szCs", {"val": half_points(size)})]
    return found


def half_points(size: float) -> int:
    """A size as Word measures it: whole half points, 15.79 pt is 32."""
    return max(2, int(size * 2 + 0.5))


def twips(length: float) -> int:
    """A length in pt as Word measures it, in twentieths."""
    return round(length * 20)


def whole_twips(length: float) -> int:
    """A length in pt in whole twentieths that it is not shorter than: 22 lines of 28.99 pt have room where 22 of 29 would not."""
    return floor(length * 20 + _TRUE)
