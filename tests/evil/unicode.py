"""Encodings, and characters that hide, turn or break a text."""

from evil import MADE, REFUSED, WARNED, Evil, case


def _with(character: str) -> str:
    return f"字{character}字。"


BODIES = {
    "nul": (REFUSED, _with("\0"), "请删去它"), "override": (REFUSED, _with("\u202e"), "请删去它"), "embedding": (REFUSED, _with("\u202a"), "请删去它"),
    "isolate": (REFUSED, _with("\u2067"), "请删去它"), "noncharacter": (REFUSED, _with("\uffff"), "请删去它"), "noncharacter-2": (REFUSED, _with("\ufdd0"), "请删去它"),
    "noncharacter-17": (REFUSED, _with("\U0010ffff"), "请删去它"), "zero-width": (WARNED, _with("\u200b"), "看不见"), "soft-hyphen": (WARNED, _with("\u00ad"), "看不见"),
    "bom-inside": (WARNED, _with("\ufeff"), "看不见"), "escape": (WARNED, _with("\x1b[2J"), "看不见"), "backspace": (WARNED, _with("\b"), "看不见"),
    "c1": (WARNED, _with("\x9b"), "看不见"), "tag": (WARNED, _with("\U000e0041"), "看不见"), "vertical-tab": (WARNED, _with("\x0b"), "看不见"),
    "separator": (WARNED, _with("\u2028"), "看不见"), "replacement": (WARNED, _with("\ufffd"), "乱码"), "combining": ("any", "字" + "\u0301" * 200 + "。", ""),
    "emoji": ("any", "👩‍🏫和🇨🇳。", ""), "variation": (MADE, "葛\U000e0100和辻\U000e0101。", ""), "extension": ("any", "㐀𠀀𫝀𰀀𱍐。", ""), "wide-space": (MADE, "字\u3000字。", ""),
    "private-use": ("any", _with("\ue000"), ""), "rtl": ("any", "字שלום字。", ""),
}  # fmt: skip
FILES = {
    "bom": (MADE, b"\xef\xbb\xbf" + case("编码 bom").encode(), ""),
    "crlf": (MADE, case("编码 crlf").replace("\n", "\r\n").encode(), ""),
    "cr": (MADE, case("编码 cr").replace("\n", "\r").encode(), ""),
    "gb18030": ("any", case("编码 国标").encode("gb18030"), ""),
    "utf-16": ("any", case("编码 utf-16").encode("utf-16"), ""),
    "utf-16-without-mark": (REFUSED, case("编码 utf-16-le").encode("utf-16-le"), ""),
    "surrogate": (REFUSED, case("编码 surrogate", _with("\ud800")).encode("utf-8", "surrogatepass"), ""),
    "overlong": (REFUSED, case("编码 overlong").encode() + b"\xc0\xaf", ""),
    "noise": (REFUSED, bytes(range(128, 256)) * 20, ""),
    "title-override": (REFUSED, case("编码\u202egpj.exe").encode(), "请删去它"),
    "title-surrogate-escape": ("any", case("x", 标题='"甲\\ud800"').encode(), ""),
    "title-nul-escape": ("any", case("x", 标题='"乙\\0丙"').encode(), ""),
    "decomposed": (MADE, case("编码 e\u0301cole").encode(), ""),
    "big": (REFUSED, case("编码 big").encode() + "字".encode() * 400_000, ""),
}  # fmt: skip


def inputs() -> list[Evil]:
    found = [
        Evil("unicode", name, f"cases/uc-{name}.md", case(f"字符 {name}", body).encode("utf-8", "surrogatepass"), verdict, words)
        for name, (verdict, body, words) in BODIES.items()
    ]
    found += [Evil("unicode", f"file-{name}", f"cases/uf-{name}.md", data, verdict, words) for name, (verdict, data, words) in FILES.items()]
    return found
