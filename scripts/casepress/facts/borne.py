"""Borne: which steps of a place need no words beside the name of a unit, because the name bears them.

常州市武进区实验小学 stands in 江苏省 常州市 武进区: only 江苏省 is worth saying. The script `cases/cards` knows the same rule.
"""

import re
from collections.abc import Sequence

_KIND = re.compile(r"(?<=..)(?:特别行政区|自治[区州县旗]|地区|新区|[省市区县盟旗])$")


def unsaid(path: Sequence[str], unit: str) -> tuple[str, ...]:
    """The steps of a place that a unit's name does not bear, with or without 省, 市, 区, 县."""
    return tuple(step for step in path if not unit or stem(step) not in unit)


def stem(place: str) -> str:
    """A place's name without what kind of place it is, where two characters are left: 武进区 -> 武进, 赵县 stays."""
    return _KIND.sub("", place)
