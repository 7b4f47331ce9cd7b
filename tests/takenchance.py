"""Forms, lines and sheets out of pieces at random, always the same ones, as the intake takes them. See `taken`."""

import random
import struct

from casepress.intake import casetables, forms, grids, leftover, lines, oldsheets, sections, single, summaries
from casepress.intake.answers import Found
from casepress.intake.blocks import Cell, Grid, Listing, Paragraph, Read, Shown, escaped
from casepress.intake.cells import Sheet
from taken import KNOWN, block, found, grid, long, para

LABELS = ["案例名称", "学校", "学段", "负责人", "联系人", "电话", "姓名", "联系人及电话", "撰写人", "案例主题", "职务", "意见", "做法", "日期"]
WORDS = [
    "甲校",
    "李四 王五",
    "",
    "□小学 ☑初中",
    "☑",
    "□",
    "小学",
    "初中",
    "13900000000",
    "一、背景",
    "（不超过百字）",
    "短的话。",
    "承诺书",
    "学校：乙校",
    "课后服务√",
]


def cell_of(made: random.Random) -> list:
    """The blocks of a cell."""
    kind = made.random()
    if kind < 0.06:
        return [Shown(made.randrange(4)), *([para("图一", caption=True)] * made.randrange(2))]
    if kind < 0.12:
        return [para(made.choice(LABELS)), para(long(size=made.choice((20, 60, 61)))), para("二。")]
    if kind < 0.18:
        return [para(long(size=made.choice((59, 60, 61))) + "。")]
    if kind < 0.21:
        return [para("甲"), table_of(made, 2)]
    if kind < 0.24:
        return [Listing([(0, "1.", "学校：丙"), (1, "-", "别的")])]
    text = made.choice(LABELS if kind < 0.6 else WORDS)
    return [Paragraph(text, escaped(text), 0, made.random() < 0.1)] if text else []


def table_of(made: random.Random, most: int = 4) -> Grid:
    """A table with merged cells."""
    rows, columns = made.randint(1, most + 1), made.randint(1, most)
    taken, cells = set(), []
    for y in range(rows):
        for x in range(columns):
            if (y, x) in taken:
                continue
            high = made.choice((1, 1, 1, 2)) if y + 1 < rows else 1
            wide = made.choice((1, 1, 1, 2)) if x + 1 < columns and (y, x + 1) not in taken else 1
            taken |= {(y + dy, x + dx) for dy in range(high) for dx in range(wide)}
            cells.append(Cell(cell_of(made), y, x, high, wide))
    return Grid(cells, rows, columns)


def filled() -> dict[str, Grid]:
    """Tables with what a clerk meets: labels and values in one cell, answers with labels in them, pictures, hints, rows of several questions."""
    text, title, bold = long(size=70) + "。", ("案例名称", "题"), [para("题", bold=True)]
    return {
        "labels in their cells": grid(("案例名称\n题", "联系人及电话\n王五 13900000000"), ("学校\n甲校", "学段\n☑小学 □初中")),
        "a joined label in its cell": grid(title, (("联系人及电话（手机）\n王五 13900000000", 1, 2), None)),
        "a joined label in two lines": grid(title, ("联系人\n及电话", "王五 13900000000")),
        "a joined label of which one is known": grid(title, ("负责人\n和职务", "李四 主任")),
        "labels in an answer": grid(title, ("联系人", "姓名：王五 电话：13900000000"), ("负责人", "姓名：李四\n电话：13900000001")),
        "its label in an answer": grid(("案例名称", "学校：不一样的放学"), ("学校", "学校：甲校")),
        "labels in a joined answer": grid(title, ("联系人及电话", "联系人：王五 电话：13900000000")),
        "another question beside": grid(title, ("学段", "小学", "职务", "主任")),
        "another question beside boxes": grid(title, ("学段", "☑小学 □初中", "职务", "主任")),
        "options in cells": grid(title, ("案例主题", "课后服务", "作业减负", "班级数", "24")),
        "boxes in cells": grid(title, (("学段", 2, 1), "□小学", "☑初中"), (None, "□高中", "")),
        "hints": grid(("案例名称", "（30字以内）"), ("学校", "甲校（全称）"), ("负责人", "（不超过3人）"), ("撰写人", "（限填2人）")),
        "a hint before a value": grid(title, ("（不超过百字）", "别的"), ("学校：乙校", "又一句")),
        "a mark for an answer": grid(title, ("学校", "√"), ("负责人", "□")),
        "a picture over a text": grid(([Shown(0), para("图一", caption=True)],), (text,)),
        "a picture in an answer": grid(("案例名称", [para("题"), Shown(0), para("图一", caption=True)]), ("学校\n甲校", "学段\n小学"), ("照片", [Shown(1)])),
        "a picture in a labelled cell": grid(([para("学校"), para("甲校"), Shown(0)], "学段\n小学"), title),
        "a value before a text": grid(("学校：甲校", text), title),
        "a mark before a text": grid(title, ("☑", text)),
        "a bold answer before a remark": grid(("案例名称", bold, "要写全称，不写简称。"), ("学校", "甲")),
        "numbered people": grid(title, ("撰写人", "1、李四 2、王五\n3. 赵六"), ("负责人", "1.李四")),
        "a list for an answer": grid(title, ("撰写人", Listing([(0, "1.", "**李四**"), (0, "2.", "王五")]))),
    }  # fmt: skip


def of_tables():
    """Tables of forms, what is read out of each, and what of it is lost; at random, then as schools fill them."""
    for seed, table in [*((seed, table_of(random.Random(seed))) for seed in range(170)), *filled().items()]:
        made = Found()
        grids.read(table, KNOWN, made, "表")
        shown = casetables.gallery(table, KNOWN)
        left = leftover.left([table], leftover.kept_of([made]), KNOWN, made.unasked)
        yield f"{seed} {block(table)}".replace(long(size=59), "…")
        yield from (line.replace(long(size=59), "…") for line in found(made) if line not in ("  values {}", "  places {}"))
        yield f"  {casetables.is_data(table, KNOWN)} {shown and [block(one).replace(long(size=59), '…') for one in shown]} {left.labels} {left.said()}"
        yield f"  {[single.said(cell).replace(long(size=59), '…') + '|' + single.title_of(cell) for cell in table.cells if single.is_text(cell) or cell.grids]}"

    text = long(size=70) + "。"
    own = {
        "heads over long cells": grid(("环节", "教师活动", "学生活动"), ("导入", text, "看图"), ("新授", "讲解", "学生" + text)),
        "heads and an empty corner": grid(("", "教师活动", "学生活动"), ("导入", text, "看图")),
        "labels for heads": grid(("学段", "人数", "学校"), ("小学", "60", "3"), ("初中", "40", "2")),
        "labels beside numbers": grid(("学校", "人数"), ("甲校", "60"), ("乙校", "40")),
        "a list of schools": grid(("学校", "学段", "主要做法"), ("甲校", "小学", "课后"), ("乙校", "初中", "作业")),
        "a form of one answer": grid(("学校", "负责人", "邮箱"), ("甲校", "李四", "a@b.cn")),
        "opinions under heads": grid(("学校意见", "县意见", "市意见"), ("学校" + text, "同意", "同意")),
        "short opinions": grid(("学校意见（盖章）", "同意上报"), ("县教育局审核意见", "同意")),
        "opinions that are counted": grid(("家长意见", "比例"), ("满意", "九成"), ("一般", "一成")),
    }
    for name, table in own.items():
        for above in ([para("题目"), para("甲小学 李四")], [para("案例申报表"), para("案例名称：题目")]):
            for one in forms.found_in(Read([*above, para(text), table, para("一、成效"), para(text)]), KNOWN):
                yield f"{name}, {above[0].text} {one.values} {one.doubts} {one.unasked}"
                yield from ("  | " + line.replace(long(size=59), "…") for line in sections.markdown(one.body, None).split("\n"))


def of_documents():
    """Documents of lines, tables and pictures."""
    texts = ["申报表", "案例名称：甲的做法", "案例名称：乙的做法", "学校：甲校", "负责人：李四 电话：1", "职务：主任", "填表说明", "1.写清", "承诺书", "本人承诺真实", "一、背景", "（一）小节", "甲的做法", "——副题", "甲小学 李四", "（续表）", "短的一行", "特长：跑", "联系人：", "王五"]  # fmt: skip
    for seed in range(130):
        made = random.Random(seed)
        blocks: list = []
        for _ in range(made.randint(2, 9)):
            kind = made.random()
            if kind < 0.1:
                blocks.append(table_of(made, 2))
            elif kind < 0.15:
                blocks.append(Shown(0))
            elif kind < 0.3:
                blocks.append(para(long(size=made.choice((59, 60, 61)))))
            else:
                text = made.choice(texts)
                blocks.append(Paragraph(text, escaped(text), made.choice((0, 0, 0, 0, 1, 3)), made.random() < 0.1))
        yield f"{seed} " + " / ".join(block(one).strip() for one in blocks).replace(long(size=59), "…")
        several = forms.found_in(Read(blocks), KNOWN)
        for one in several:
            yield from (
                line.replace(long(size=59), "…") for line in found(one) if line not in ("  values {}", "  places {}") and "  body" not in line
            )
            yield "  " + sections.markdown(one.body, lambda number, caption: f"![{number} {caption}]").replace(long(size=59), "…").replace(
                "\n", "⏎"
            )
        left = leftover.left(blocks, leftover.kept_of(several), KNOWN, [word for one in several for word in one.unasked])
        yield f"  {left.labels} {left.said()}".replace(long(size=59), "…")
        alone = Found()
        lines.read(blocks[:3], KNOWN, alone, "行", body=seed % 2 == 0)
        yield f"  {alone.values} {len(alone.body)} {alone.doubts}".replace(long(size=59), "…")


def of_rows():
    """Sheets of heads and rows anywhere, with merged cells."""
    words = ["甲", "乙小学", "", "", "注：说明", "合计", "填表人：李", "1", "2026年汇总表", "李四"]
    heads = ["案例名称", "学校", "学段", "联系人", "电话", "姓名", "负责人", "序号", "职务", "学校名称", ""]
    for seed in range(150):
        made = random.Random(seed)
        sheet = Sheet("表")
        top, wide = made.randint(1, 4), made.randint(2, 5)
        for row in range(1, top):
            sheet.put(row, made.randint(1, wide), made.choice(words))
        for row in range(top, top + made.randint(1, 2)):
            for column in range(1, wide + 1):
                sheet.put(row, column, made.choice(heads))
        for row in range(top + 1 + made.randrange(2), top + made.randint(3, 7)):
            for column in range(1, wide + made.randint(1, 2)):
                sheet.put(row, column, made.choice(words))
        if made.random() < 0.5:
            y, x = made.randint(1, 6), made.randint(1, 4)
            sheet.merged.append((y, x, y + made.randrange(3), x + made.randrange(3)))
        done = summaries.summary(sheet, KNOWN)
        yield f"{seed} {sheet.cells} {sheet.merged}"
        if done is not None:
            yield f"  {[(row.place, row.values, row.places) for row in done.rows]} {done.unknown} {done.twice} {done.left}"


def container(
    shift: int, tables: list[int], directory: list[int], stream: list[int], name: str = "Workbook", length: int = 4096, before: int = 0
) -> bytes:
    """A container of Office ([MS-CFB]) whose tables, directory and stream lie in these sectors; `before` entries stand before the stream's."""
    size, count = 1 << shift, 1 + max(*tables, *directory, *stream)
    chain = [0xFFFFFFFF] * (size // 4 * len(tables))
    for several in (directory, stream):
        for one, after in zip(several, [*several[1:], 0xFFFFFFFE], strict=True):
            chain[one] = after
    head = bytearray(size)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HxxxxxxxxxxxxII", head, 30, shift, len(tables), directory[0])
    struct.pack_into("<109I", head, 76, *tables, *[0xFFFFFFFF] * (109 - len(tables)))
    sectors = {number: bytes([65 + number % 26]) * size for number in range(count)}
    whole = struct.pack(f"<{len(chain)}I", *chain)
    sectors |= {number: whole[at * size : (at + 1) * size] for at, number in enumerate(tables)}

    def entry(word, start, long_):
        return (word + "\0").encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H50xII4x", 2 * len(word) + 2, start, long_)

    listed = entry("Root", 0, 0) + entry("Other", 3, 9999) * before + entry(name, stream[0], length)
    listed = listed.ljust(size * len(directory), b"\0")
    sectors |= {number: listed[at * size : (at + 1) * size] for at, number in enumerate(directory)}
    return bytes(head) + b"".join(sectors[number] for number in range(count))


def of_containers():
    """The stream of a workbook wherever its sectors lie."""
    kinds = {
        "plain": container(9, [0], [1], list(range(2, 10))), "far": container(9, [3], [9, 1], [7, 5, 4, 12, 2, 11, 10, 13], before=4), "large sectors": container(12, [0], [1], [3, 2], length=5000),
        "two tables": container(9, [0, 1], [2], [130, 131, 3, 140, 4, 5, 6, 7, 200], length=4500), "book": container(9, [0], [1], list(range(2, 10)), "Book"), "another": container(9, [0], [1], list(range(2, 10)), "Workbooks"),
        "4095": container(9, [0], [1], list(range(2, 10)), length=4095), "longer than it is": container(9, [0], [1], [2, 3], length=9000), "no name": container(9, [0], [1], list(range(2, 10)), ""),
    }  # fmt: skip
    for name, data in kinds.items():
        for one in (data, data[:-1], data[: len(data) // 2]):
            stream = oldsheets._stream(one)
            yield f"{name} {len(one)} {len(stream)} {bytes(stream[at] for at in range(0, len(stream), 256)).decode('latin-1')}"
    looped = bytearray(container(9, [0], [1], list(range(2, 10))))
    struct.pack_into("<I", looped, 512 + 4 * 9, 2)
    yield f"looped {len(oldsheets._stream(bytes(looped)))}"


AREAS = {"tables": of_tables, "documents": of_documents, "rows": of_rows, "containers": of_containers}
