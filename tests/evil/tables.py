"""Files of Excel and lists of text that schools send, as `documents` those of Word."""

import io
import zipfile

from badparts import member, sheets, with_names
from evil import MADE, REFUSED, WARNED, Evil
from evil.documents import MARK, TAG
from evil.pictures import CANARY

HEAD = ["标题", "单位", "地区", "主题", "批次", "摘要"]
ROW = ["表里的案例", "示例小学（虚构）", "江苏省常州市", "课后服务", "第一批", "一句话。"]


def rows(title: str, **values: str) -> list[list[str]]:
    return [HEAD, [{"标题": title, **values}.get(name, usual) for name, usual in zip(HEAD, ROW, strict=True)]]


def sheet(title: str, change: tuple[str, str], name: str = "xl/worksheets/sheet1.xml", more: dict[str, bytes] | None = None) -> bytes:
    """A sheet with one row, and something of a part's XML changed; with further parts."""
    data = sheets(rows(title))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        text = archive.read(name).decode()
    assert change[0] in text, change[0]
    data = member(data, name, text.replace(*change))
    for other, content in (more or {}).items():
        data = with_names([other], data, content=content)
    return data


def cell(of: str, inside: str) -> tuple[str, str]:
    """A change of the cell at an address."""
    text = {"F2": ROW[5], "E2": ROW[4]}[of]
    return f'<c r="{of}" t="inlineStr"><is><t>{text}</t></is></c>', inside


def books() -> dict[str, tuple[str, bytes, str]]:
    """Excel files."""
    strings = "xl/sharedStrings.xml"
    many = "".join(f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>案例{n}</t></is></c></row>' for n in range(3, 30_003))
    return {
        "formula": (WARNED, sheet("公式", cell("F2", '<c r="F2"><f>HYPERLINK("http://evil.example","x")</f></c>')), "公式"),
        "formula-dde": (MADE, sheet("公式二", cell("F2", "<c r=\"F2\"><f>cmd|' /C calc'!A0</f><v>0</v></c>")), ""),
        "formula-text": (MADE, sheet("公式三", cell("F2", '<c r="F2" t="inlineStr"><is><t>=cmd|calc</t></is></c>')), ""),
        "string-far": (REFUSED, sheet("串一", cell("F2", '<c r="F2" t="s"><v>999999</v></c>')), ""),
        "string-negative": (REFUSED, sheet("串二", cell("F2", '<c r="F2" t="s"><v>-7</v></c>')), ""),
        "string-none": (REFUSED, sheet("串三", cell("F2", '<c r="F2" t="s"><v>x</v></c>')), ""),
        "strings-bomb": ("any", member(sheets(rows("串炸弹")), strings, f'<sst xmlns="{SHEET}">' + "<si><t>" + "长" * 100_000 + "</t></si>" + "<si><t/></si>" * 20_000 + "</sst>"), ""),
        "string-long": (WARNED, sheet("长格", cell("F2", f'<c r="F2" t="inlineStr"><is><t>{"长" * 200_000}</t></is></c>')), "64 KB"),
        "string-refers": (REFUSED, sheet("重用", ("</sheetData>", "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(3, 5_000)) + "</sheetData>"), more={}), ""),
        "rows-30000": (REFUSED, sheet("十万行", ("</sheetData>", many + "</sheetData>")), "行"),
        "rows-back": ("any", sheet("倒行", ("</sheetData>", f'<row r="1"><c r="A1" t="inlineStr"><is><t>{MARK[:3]}</t></is></c></row></sheetData>')), ""),
        "address-none": (MADE, sheet("没有地址", cell("F2", '<c t="inlineStr"><is><t>字</t></is></c>')), ""),
        "address-zero": (WARNED, sheet("零地址", cell("F2", '<c r="A0" t="inlineStr"><is><t>字</t></is></c>')), ""),
        "address-far": (REFUSED, sheet("远地址", cell("F2", '<c r="ZZZZ99999999" t="inlineStr"><is><t>字</t></is></c>')), ""),
        "number-huge": (REFUSED, sheet("大数", cell("F2", f'<c r="F2"><v>{"9" * 5_000}</v></c>')), ""),
        "number-endless": ("any", sheet("无穷", cell("F2", '<c r="F2"><v>1e999</v></c>')), ""),
        "number-none": (REFUSED, sheet("非数", cell("F2", '<c r="F2"><v>NaN</v></c>')), ""),
        "error": (WARNED, sheet("错值", cell("F2", '<c r="F2" t="e"><v>#REF!</v></c>')), "错误值"),
        "date-far": (REFUSED, sheet("远日", cell("F2", '<c r="F2" t="d"><v>99999-99-99</v></c>')), ""),
        "kind-none": (MADE, sheet("怪类", cell("F2", '<c r="F2" t="zzz"><v>1</v></c>')), ""),
        "style-far": (REFUSED, sheet("远式", cell("F2", '<c r="F2" s="999999"><v>1</v></c>')), ""),
        "merged-all": (MADE, sheet("全并", ("</sheetData>", '</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')), ""),
        "merged-many": (MADE, sheet("多并", ("</sheetData>", "</sheetData><mergeCells>" + "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(3, 5_000)) + "</mergeCells>")), ""),
        "merged-bad": (MADE, sheet("坏并", ("</sheetData>", '</sheetData><mergeCells><mergeCell ref="::"/><mergeCell/></mergeCells>')), ""),
        "sheet-name": (MADE, sheet("表名", ("汇总表", f"&lt;script&gt;{'x' * 500}"), "xl/workbook.xml"), ""),
        "sheet-turned": (MADE, sheet("表名二", ("汇总表", "汇\u202e总"), "xl/workbook.xml"), ""),
        "sheet-of-itself": (REFUSED, sheet("自己", ("worksheets/sheet1.xml", "workbook.xml"), "xl/_rels/workbook.xml.rels"), "这个表格是空的"),
        "sheet-elsewhere": (REFUSED, sheet("别处", ("worksheets/sheet1.xml", "../../../etc/passwd"), "xl/_rels/workbook.xml.rels"), ""),
        "sheets-many": ("any", sheet("多表", ("</sheets>", "".join(f'<sheet name="表{n}" sheetId="{n}" r:id="s1"/>' for n in range(2, 100)) + "</sheets>"), "xl/workbook.xml"), ""),
        "hidden-sheet": (REFUSED, sheet("藏表", ('sheetId="1"', 'sheetId="1" state="veryHidden"'), "xl/workbook.xml"), "隐藏"),
        "hidden-column": (WARNED, sheet("藏列", ("<sheetData>", '<cols><col min="6" max="6" hidden="1"/></cols><sheetData>')), "隐藏"),
        "columns-endless": (MADE, sheet("万列", ("<sheetData>", '<cols><col min="1" max="4000000000" width="9"/></cols><sheetData>')), ""),
        "escapes": (MADE, sheet("转义", cell("F2", '<c r="F2" t="inlineStr"><is><t>甲_x0000_乙_xD800_丙_xFFFF_丁_x202E_戊</t></is></c>')), ""),
        "external": (MADE, sheet("外链", ("</sheets>", "</sheets>"), "xl/workbook.xml", {"xl/externalLinks/externalLink1.xml": b"<x>" + CANARY + b"</x>", "xl/connections.xml": b"<x>" + CANARY + b"</x>"}), ""),
        "comment": (MADE, sheet("批注表", ("</sheets>", "</sheets>"), "xl/workbook.xml", {"xl/comments1.xml": f"<x>{MARK}</x>".encode(), "docProps/core.xml": f"<x>{MARK}</x>".encode()}), ""),
        "macro": (MADE, sheet("宏表", ("</sheets>", "</sheets>"), "xl/workbook.xml", {"xl/vbaProject.bin": CANARY}), ""),
        "names": (MADE, sheet("名称", ("</sheets>", '</sheets><definedNames><definedName name="Auto_Open">cmd|calc!A0</definedName></definedNames>'), "xl/workbook.xml"), ""),
        "head-wide": ("any", sheets([[*HEAD, *[f"列{n}" for n in range(60)]], [*ROW[:1], *ROW[1:]]]), ""),
        "title-long": (WARNED, sheets(rows("题" * 20_000)), "200"),
        "broken-xml": (REFUSED, sheet("坏", ("</sheetData>", "<sheetData>")), "坏了"),
    }  # fmt: skip


SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def text(title: str, parting: str = ",", end: str = "\n") -> str:
    return "".join(parting.join(row) + end for row in rows(title))


def lists() -> dict[str, tuple[str, bytes, str]]:
    """Tables of text."""
    taiwan = "標題,單位,摘要\n繁體的案例,示例小學,一句話。\n"
    return {
        "gbk": (MADE, text("国标").encode("gbk"), ""), "gb18030": (MADE, text("国标㐀𠀀").encode("gb18030"), ""),
        "utf-16-le": (MADE, text("十六", "\t").encode("utf-16"), ""), "utf-16-be": (MADE, b"\xfe\xff" + text("十六大", "\t").encode("utf-16-be"), ""),
        "utf-16-bare": (REFUSED, text("十六光").encode("utf-16-le"), ""), "utf-32": (REFUSED, text("三十二").encode("utf-32"), ""),
        "big5": (REFUSED, taiwan.encode("big5"), "表头"), "shift-jis": (REFUSED, "標題,単位\n日本,学校\n".encode("shift-jis"), ""),
        "utf-7": (REFUSED, text("七").encode("utf-7"), "表头"), "half-gbk": (REFUSED, text("半个").encode("gbk") + b"\x81", "认不出"),
        "nul": (REFUSED, text("零").encode() + b"a\0b", ""), "surrogate": (REFUSED, text("代").encode() + b"\xed\xa0\x80", ""),
        "mixed": (REFUSED, text("混").encode() + text("合").encode("gbk")[:-3] + b"\xff", ""), "formula": (MADE, text("=cmd|' /C calc'!A0").encode(), ""),
        "formula-plus": (MADE, text("+cmd|calc").encode(), ""), "formula-at": (MADE, text("@SUM(1)").encode(), ""), "override": (WARNED, text("甲\u202e乙").encode(), "U+202E"),
        "quote-open": ("any", text("引号").encode() + b'"' + "没有关上".encode() * 100, ""), "quotes": ("any", text("引号二").encode() + b'"' * 100_001, ""),
        "field-huge": (REFUSED, text("大格").encode() + b"a" * 3_000_000, "长得不像话"), "commas": (MADE, text("逗号").encode() + b"," * 100_000, ""),
        "rows-100000": (REFUSED, text("十万").encode() + "".join(f"案例{n}\n" for n in range(100_000)).encode(), ""),
        "separator": (MADE, b"sep=;\r\n" + text("分号", ";", "\r\n").encode(), ""), "returns": (MADE, text("回车", end="\r").encode(), ""),
        "tag": (MADE, text(TAG).encode(), ""), "ragged": ("any", text("参差").encode() + b"a\nb,c,d,e,f,g,h,i,j\n", ""),
        "twice-marked": (MADE, b"\xef\xbb\xbf" * 2 + text("双标").encode(), ""), "only-head": (REFUSED, text("x").splitlines()[0].encode(), ""),
    }  # fmt: skip


def inputs() -> list[Evil]:
    made = {"xlsx": books(), "csv": lists()}
    return [
        Evil(kind, name, f"in/{kind}/{name}.{kind}", data, verdict, words)
        for kind, found in made.items()
        for name, (verdict, data, words) in found.items()
    ]
