"""Contents of files that are not what their names say, and XML that declares too much."""

ROWS = [["案例名称", "学校", "电话"], ["放学以后去哪里", "青禾县柳湾小学", "0519—80000000"]]
CSV = "\n".join(map(",".join, ROWS)) + "\n"
CELLS = "".join("<tr><td>" + "</td><td>".join(row) + "</td></tr>" for row in ROWS)
HTML = f'<html><head><meta charset="gb18030"></head><body><table>{CELLS}</table></body></html>'
RTF = b"{\\rtf1\\ansi\\ansicpg936\\uc1 \\u25918?\\u23398?\\par}"
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R/Size 4>>\n%%EOF\n"
)
JPG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00" + bytes(200) + b"\xff\xd9"
LAUGHS = (
    '<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">'
    + "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>\nBODY"
)
FILE = '<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/passwd">]>\nBODY'


def utf16(text: str) -> bytes:
    """The XML in UTF-16, in which no search of bytes finds its DOCTYPE."""
    return text.replace('version="1.0"', 'version="1.0" encoding="UTF-16"', 1).encode("utf-16")
