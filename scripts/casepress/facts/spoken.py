"""Spoken: what people say for the official names of places: 内蒙古, 武进, 黔东南."""

import re

# A name is a stem of two characters or more and an ending that people leave out in speech.
ENDED = re.compile(r"(.{2,}?)(特别行政区|自治区|自治州|自治县|自治旗|地区|新区|省|市|区|县|盟|旗)")
# The shorter ending that stands for the official one: 黔东南州, 三江县, 鄂伦春旗.
SHORTER_ENDINGS = {"自治州": "州", "自治县": "县", "自治旗": "旗", "新区": "区"}
# The stem of a self-governing area ends with its peoples, as the table writes them; some stand without 族.
PEOPLED = re.compile(
    "(.{2,}?)(土家族|柯尔克孜族?|达斡尔族|鄂温克族|哈萨克族?|维吾尔族?|塔吉克族?|蒙古族?|锡伯族?|哈尼族|傈僳族|拉祜族|布依族"
    "|布朗族|景颇族|仫佬族|毛南族|仡佬族|裕固族|撒拉族|保安族|东乡族|纳西族|普米族|独龙族|朝鲜族"
    "|[藏回苗侗彝白壮瑶傣黎羌土满畲佤水怒各]族)+"
)
# Where dropping the ending does not give what people say.
SPOKEN = {"神农架林区": "神农架", "六枝特区": "六枝", "峰峰矿区": "峰峰", "鹰手营子矿区": "鹰手营子"}


def spoken_names(name: str) -> tuple[str, ...]:
    """What people say for an official name, at least two characters long: 内蒙古, 武进, 黔东南 and 黔东南州."""
    if name in SPOKEN:
        return (SPOKEN[name],)
    if not (ended := ENDED.fullmatch(name)):
        return ()
    stem, ending = ended.groups()
    if ending.startswith("自治") or stem.endswith("族"):
        # A people's own name loses only its 族: 东乡族自治县 is 东乡.
        stem = peopled[1] if (peopled := PEOPLED.fullmatch(stem)) else stem.removesuffix("族")
    return stem, stem + SHORTER_ENDINGS.get(ending, ending)
