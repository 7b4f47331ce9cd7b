"""Documents: what stands in a .docx, a pasted text or a PDF, as submissions."""

import re

from casepress.facts.places import Gazetteer
from casepress.intake import blocks, compilations, forms, manuscripts, packages, prepared, sections
from casepress.intake.labels import Labels
from casepress.intake.packages import Refused
from casepress.intake.submissions import Picture, Submission

_ASCII = {"docx", "docm"}


def of_word(data: bytes, source: str, known: Labels) -> Submission:
    """The case of a Word file. Raises Refused."""
    package = packages.opened(data)
    plain, remarks = prepared.prepared(package)
    read = blocks.read(plain)
    if not read.blocks:
        raise Refused("empty", "这个文件里没有字", "请向学校再要一次")
    found = forms.found_in(read, known)
    made = Submission(source, {name: tuple(values) for name, values in found.values.items()}, dict(found.places))
    shown: list[int] = []

    def picture(number: int, caption: str) -> str:
        shown.append(number)
        return f"![](picture:{len(shown) - 1} {_quoted(caption)})" if caption else f"![](picture:{len(shown) - 1})"

    body = sections.markdown(found.body, picture)
    notes = [f"[^{name}]: {text}" for name, text in read.notes.items() if f"[^{name}]" in body]
    made.body = "\n\n".join(filter(None, (body, *notes)))
    made.pictures = [Picture(read.pictures[number][0]) for number in shown]
    for remark in (*package.left_out, *remarks):
        made.warn(remark)
    for label, kind, place in found.doubts:
        made.doubt(label, kind, place)
    return made


def _quoted(text: str) -> str:
    return '"' + text.replace('"', "”") + '"'


def named(made: Submission, stem: str, known: Labels) -> None:
    """Fill what a submission lacks by the name of its file (案例名称+单位+撰写人)."""
    head = manuscripts.of_name(stem)
    if head is None:
        return
    for name, values in (("title", (head.title,)), ("school", (head.unit,)), ("authors", tuple(head.people))):
        if any(values) and name not in made.values and name in {field.name for field in known.fields.values()}:
            made.values[name], made.places[name] = values, "文件名"


def of_compilation(text: str, source: str, places: Gazetteer) -> list[Submission]:
    """The cases of a pasted notice or compilation; none where the text has no row of numbered ones."""
    out = []
    for piece in compilations.pieces(text):
        title, body = compilations.mended(piece.title)[0], [compilations.mended(paragraph) for paragraph in piece.body]
        place, unit = compilations.place_of(title, places)
        values = {"title": (title,), "region": (place,), "school": (unit,)}
        made = Submission(source, {name: value for name, value in values.items() if any(value)})
        made.places = dict.fromkeys(made.values, f"第 {piece.line} 行")
        made.body = "\n\n".join(blocks.escaped(paragraph) for paragraph, _ in body)
        count = sum(sum(counted.values()) for _, counted in body)
        if count:
            made.warn(f"第 {piece.line} 行起的“{title[:20]}”里，{count} 处半角标点改成了全角", "请对照原文看一遍")
        out.append(made)
    return out


def of_text(text: str, source: str, known: Labels) -> Submission:
    """A plain text as a manuscript: its first lines are its head."""
    read = blocks.Read([blocks.Paragraph(line.strip(), blocks.escaped(line.strip())) for line in text.splitlines() if line.strip()])
    if not read.blocks:
        raise Refused("empty", "这个文件里没有字", "请向学校再要一次")
    found = forms.found_in(read, known)
    made = Submission(source, {name: tuple(values) for name, values in found.values.items()}, dict(found.places))
    made.body = sections.markdown(found.body, lambda number, caption: "")
    for label, kind, place in found.doubts:
        made.doubt(label, kind, place)
    return made


def of_pdf(data: bytes, source: str, known: Labels) -> Submission:
    """The text of a PDF as a draft that somebody must read against it. Raises Refused for scans."""
    import pypdfium2

    try:
        pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(data)]
    except pypdfium2.PdfiumError as reason:
        raise Refused(
            "encrypted" if "password" in str(reason).lower() else "damaged", "这个 PDF 打不开，加了密码或者坏了", "请向学校要 Word 文件"
        ) from reason
    text = "\n".join(pages)
    if len(re.sub(r"\s", "", text)) < 20 * len(pages):
        raise Refused("scan", "这个 PDF 是扫描的图片，里面没有字", "请向学校要 Word 文件")
    made = of_text(_joined(text), source, known)
    made.is_draft = True
    made.warn("文字是从 PDF 里取的，分段和表格靠不住，只能当草稿", "请对照 PDF 通读一遍，最好向学校要 Word 文件")
    return made


def _joined(text: str) -> str:
    """The lines of pages as paragraphs: a line that is as long as most goes on in the next."""
    lines = [line.strip() for line in text.replace("\r", "").split("\n")]
    long = sorted(map(len, filter(None, lines)))
    usual = long[len(long) * 3 // 4] if long else 0
    out, open_ = [], ""
    for line in lines:
        if not line or re.fullmatch(r"[—–\-\s]*\d{1,4}[—–\-\s]*", line):
            continue
        open_ += line
        if len(line) < usual - 2 or line.endswith(("。", "：", "！", "？")) and len(line) < usual:
            out.append(open_)
            open_ = ""
    return "\n".join([*out, open_])
