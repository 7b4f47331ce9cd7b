"""Word files that all tell the case of `wordcase`: FORMS as bytes by name, FAULTY with what is wrong, and what each should give."""

import io
import zipfile
from collections.abc import Callable

import wordlayouts as layouts
from wordcase import EXPECTED, FIELDS_000, FIELDS_001, FIELDS_MANUSCRIPT, SECTIONS, STAGES
from wordmanuscripts import MANUSCRIPTS
from wordparts import SPACES, p, package, tr, zipped
from wordplants import HINT, WAYS
from wordticks import BOXES, TICKS

Builder = Callable[[], bytes]
MAIL = [("mail", "hyperlink", "mailto:office@example.com", True)]


def ticks(name: str, layout: Callable = layouts.plain) -> Builder:
    """A layout with its boxes ticked one way."""
    return lambda: package(layout(TICKS[name]), BOXES)


def strict() -> bytes:
    """The form as Word saves it under "Strict Open XML": other names for the same things."""
    old = "http://schemas.openxmlformats.org/"
    swaps = {
        SPACES["w"]: "http://purl.oclc.org/ooxml/wordprocessingml/main",
        old + "officeDocument/2006/": "http://purl.oclc.org/ooxml/officeDocument/",
    }
    with zipfile.ZipFile(io.BytesIO(package(layouts.plain(TICKS["ballot-before"])))) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    for plain, other in swaps.items():
        parts = {name: text.replace(plain, other) for name, text in parts.items()}
    return zipped(parts)


def by_library() -> bytes:
    """The form made by python-docx, with its template's styles and merged cells."""
    from docx import Document

    made = Document()
    made.add_paragraph("“双减”优秀典型案例申报表")
    line = made.add_paragraph("案例名称：")
    line.add_run(f" {EXPECTED['案例名称']} ").underline = True
    table = made.add_table(rows=6, cols=4)
    value = layouts.value
    boxes = "  ".join(("☑" if stage in EXPECTED["学段"] else "□") + stage for stage in STAGES)
    cells = [["学校", value("学校"), "学段", boxes], ["负责人", value("负责人"), "电话", value("负责人电话")]]
    cells += [["联系人", value("联系人"), "电话", value("联系人电话")], ["邮箱", value("邮箱")]]
    cells += [["案例主题", "\n".join(("☑" if theme in EXPECTED["案例主题"] else "□") + theme for theme in layouts.THEMES_001)]]
    for row, texts in zip(table.rows, cells, strict=False):
        if len(texts) == 2:
            row.cells[1].merge(row.cells[3])
        for cell, text in zip(row.cells, texts, strict=False):
            cell.text = text
    wide = table.rows[5].cells[0].merge(table.rows[5].cells[3])
    for number, (name, paragraphs) in zip(layouts.NUMBERS, SECTIONS.items(), strict=True):
        for text in (layouts.heading(number, name), *paragraphs):
            wide.add_paragraph(text)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


FORMS: dict[str, Builder] = {
    **{f"001-{name}": ticks(name) for name in TICKS},
    **{f"000-{name}": ticks(name, layouts.form_000) for name in TICKS},
    "001-merged": ticks("enclosed", layouts.merged),
    "001-nested": ticks("sym-wingdings", layouts.nested),
    "001-joined": ticks("square-before", layouts.joined),
    "001-columns": ticks("run-wingdings-2", layouts.columns),
    "001-lines": ticks("root-before", layouts.lines),
    "001-scattered": lambda: package(layouts.scattered(), links=MAIL),
    **{f"001-controls-{level}": lambda level=level: package(layouts.controls(level), HINT) for level in ("inline", "block", "cell", "row")},
    "001-text-boxes": lambda: package(layouts.enclosed_boxes()),
    "001-text-boxes-old": lambda: package(layouts.enclosed_boxes(both=False)),
    "001-mail-field": lambda: package(layouts.mail_field()),
    "001-strict": strict,
    "001-python-docx": by_library,
    **{f"001-{name}": build for name, build in WAYS.items()},
    **{f"manuscript-{name}": build for name, build in MANUSCRIPTS.items()},
}


def fields(name: str) -> dict[str, str | list[str]]:
    """What a file of this name should give: label of the field → value."""
    asked = {"000": FIELDS_000, "001": FIELDS_001}.get(name[:3], FIELDS_MANUSCRIPT)
    return {label: EXPECTED[label] for label in asked}


def twice(name: str) -> Builder:
    """Both stages ticked where one is asked for."""
    both = "".join(TICKS[name](stage, True) for stage in STAGES)
    whole, once = layouts.plain(TICKS[name]), layouts.stages(TICKS[name])
    assert whole.count(once) == 1
    return lambda: package(whole.replace(once, p(both)), BOXES)


def without(label: str) -> bytes:
    """The form without a value for a label."""
    body = layouts.plain()
    old = tr("学校", layouts.value("学校"), "学段", layouts.stages(TICKS["w14"]))
    assert label == "学校" and body.count(old) == 1
    return package(body.replace(old, tr("学校", "", "学段", layouts.stages(TICKS["w14"]))))


# name → (builder, kind of fault, the label that the message must name)
FAULTY: dict[str, tuple[Builder, str, str]] = {
    **{f"two-ticks-{name}": (twice(name), "two-ticks", "学段") for name in TICKS},
    "no-tick": (lambda: package(layouts.plain(lambda word, on: TICKS["w14"](word, False))), "no-tick", "学段"),
    "no-value": (lambda: without("学校"), "no-value", "学校"),
}
