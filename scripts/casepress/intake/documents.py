"""Documents: what stands in a .docx, a pasted text or a PDF, as submissions."""

import re

from casepress.facts.places import Gazetteer
from casepress.intake import blocks, casetables, compilations, forms, guises, leftover, manuscripts, packages, prepared, sections
from casepress.intake.answers import Found
from casepress.intake.labels import Labels
from casepress.intake.refusals import Refused
from casepress.intake.submissions import AGAIN, Picture, Submission

_MOST = 2_000_000  # characters of a document; a compilation of a thousand cases has as many
_MOST_PAGES, _FEWEST = 500, 20  # pages of a PDF; characters that a page of text has at least
_NAMES = r"小学|中学|学校|幼儿园|学院|教育局|教体局|[（(][^（）()]*[校园局][）)]$"  # in the title of a case of a compilation
DRAFT = "【草稿】文字取自 PDF，分段和表格靠不住。请对照原件通读，改好以后删去这一行。"


def of_word(data: bytes, source: str, known: Labels, places: Gazetteer) -> list[Submission]:
    """The case of a Word file, or the cases of a compilation. Raises Refused."""
    package = packages.opened(data, "word")
    plain, remarks = prepared.prepared(package)
    read = blocks.read(plain, package.parts)
    if not read.blocks:
        raise Refused("empty", "这个文件里没有字", "请向学校再要一次")
    if all(isinstance(block, blocks.Shown) for block in read.blocks):
        raise Refused("scan", "这个文件里只有图片（扫描件或照片），没有字", "请向学校要能编辑的 Word 文件；照片请单独放进案例的文件夹")
    if sum(len(block.text) for block in read.blocks) > _MOST:
        raise Refused("too-big", f"文件里的字超过 {_MOST // 10000} 万，不像一份案例", "请把它分成几份，再收一次")
    made = _compiled(read, source, known, places)
    if made:
        _tell(made[0], leftover.left(read.blocks, _kept_of(made), known))
    else:
        made = _cases(read, source, known)
    for remark in package.left_out:
        made[0].warn(remark.what, remark.cure, remark.kind)
    for remark in remarks:  # each says its cure behind 请
        what, _, cure = remark.partition("，请")
        made[0].warn(what, f"请{cure}" if cure else AGAIN, kind="not-read")
    for name, text in read.notes.items():
        if not any(f"[^{name}]" in one.body for one in made):
            made[0].warn(f"第 {name} 条注“{leftover.quoted(text)}”没有收，它注的地方不在正文里", "请看原件，要用的请补进案例", "not-read")
    return made


def _cases(read: blocks.Read, source: str, known: Labels) -> list[Submission]:
    """The cases of the forms or of the manuscript of a document; what was not kept of it is told with the first."""
    found = forms.found_in(read, known)
    left = leftover.left(read.blocks, leftover.kept_of(found), known, [word for one in found for word in one.unasked])
    found[0].unasked += left.labels
    made = [_case(one, read, source) for one in found]
    _tell(made[0], left)
    return made


def _tell(made: Submission, left: leftover.Leftover) -> None:
    if left.texts:
        made.warn(f"{left.said()}没有收，不像案例的内容", "请看原件，要用的请补进案例")


def _compiled(read: blocks.Read, source: str, known: Labels, places: Gazetteer) -> list[Submission]:
    """The cases of a document that is a compilation, with their headings, tables and pictures; none for any other document."""
    tables = [block for block in read.blocks if isinstance(block, blocks.Grid)]
    if not all(
        casetables.is_data(one, known) or casetables.is_list(one, known) or casetables.gallery(one, known) is not None for one in tables
    ):
        return []
    at = [number for number, block in enumerate(read.blocks) if isinstance(block, blocks.Paragraph)]
    text = "\n".join(read.blocks[number].text.replace("\n", " ") for number in at)
    plain = of_compilation(text, source, places, "段")
    if not plain:
        return []
    pieces = compilations.pieces(text)
    if len(at) == len(read.blocks) and all(len(piece.body) < 2 for piece in pieces):
        return plain
    out = []
    ends = [at[piece.line - 1] for piece in pieces[1:]] + [len(read.blocks)]
    for piece, made, end in zip(pieces, plain, ends, strict=True):
        start = at[piece.line - 1]
        rest = read.blocks[start].text.partition("。")[2] if piece.title not in read.blocks[start].text[-len(piece.title) :] else ""
        body = [blocks.Paragraph(rest, blocks.escaped(rest))] if rest else []
        body += read.blocks[start + 1 : end]
        head = manuscripts.head([blocks.Paragraph(piece.title, ""), *body])
        found = Found({name: list(values) for name, values in made.values.items()}, dict(made.places), body[max(0, head.length - 1) :])
        forms.fill(found, known, (("school", [head.unit]), ("authors", head.people)), f"第 {piece.line} 段下")
        out.append(_case(found, read, source))
    return out


def _case(found: Found, read: blocks.Read, source: str) -> Submission:
    made = Submission(source, {name: tuple(values) for name, values in found.values.items()}, dict(found.places))
    shown: list[int] = []

    def picture(number: int, caption: str) -> str:
        shown.append(number)
        return f"![](picture:{len(shown) - 1} {_quoted(caption)})" if caption else f"![](picture:{len(shown) - 1})"

    body = sections.markdown(found.body, picture)
    notes = [f"[^{name}]: {text}" for name, text in read.notes.items() if f"[^{name}]" in body]
    made.body = "\n\n".join(filter(None, (body, *notes)))
    made.pictures = [Picture(read.pictures[number][0]) for number in shown]
    for label, kind, place in found.doubts:
        made.doubt(label, kind, place)
    if found.unasked:
        asked = list(dict.fromkeys(found.unasked))
        words = "、".join(asked[:20]) + (f"等 {len(asked)} 项" if len(asked) > 20 else "")
        cure = "要收的话，请在 collection.yml 的 fields 里加上（不公开的写 private: yes），或写成某个字段的 aliases"
        made.warn(f"表上的“{words}”不是案例库的字段，没有收", cure, "unknown-label")
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


def of_compilation(text: str, source: str, places: Gazetteer, unit_of_place: str = "行") -> list[Submission]:
    """The cases of a pasted notice or compilation; none where the text has no row of numbered ones that name places or units.

    The numbered sections or steps of a single case name none.
    """
    out = []
    pieces = compilations.pieces(text)
    if sum(_names_someone(piece, places) for piece in pieces) * 2 < len(pieces):
        return []
    for piece in pieces:
        (title, changed), body = compilations.mended(piece.title), [compilations.mended(paragraph) for paragraph in piece.body]
        place, unit = compilations.place_of(title, places)
        values = {"title": (title,), "region": (place,), "school": (unit,)}
        made = Submission(source, {name: value for name, value in values.items() if any(value)})
        made.places = dict.fromkeys(made.values, f"第 {piece.line} {unit_of_place}")
        made.body = "\n\n".join(blocks.escaped(paragraph) for paragraph, _ in body)
        count = sum(sum(counted.values()) for counted in (changed, *(counted for _, counted in body)))
        if count:
            made.warn(f"第 {piece.line} {unit_of_place}起的“{title[:20]}”里，{count} 处半角标点改成了全角", "请对照原文看一遍")
        for paragraph in piece.body:
            if (number := compilations.numbered(paragraph)) > piece.number and re.search(_NAMES, paragraph[:80]):
                what = f"第 {piece.line} {unit_of_place}起的“{title[:20]}”里有一段“{leftover.quoted(paragraph)}”，编号（{number}）接不上，没有另成一个案例"
                made.warn(what, "请看看它是不是另一个案例；是的话，请在原件里改好编号，再收一次")
        out.append(made)
    return out


def of_notice(text: str, source: str, known: Labels, places: Gazetteer) -> list[Submission]:
    """The cases of a pasted notice or compilation, with what stands around them told; none for another text."""
    made = of_compilation(text, source, places)
    if made:
        paragraphs = [blocks.Paragraph(line.strip(), blocks.escaped(line.strip())) for line in text.splitlines() if line.strip()]
        _tell(made[0], leftover.left(paragraphs, _kept_of(made), known))
    return made


def _kept_of(made: list[Submission]) -> leftover.Kept:
    lines = [line for one in made for line in (one.values["title"][0] + one.body.split("\n")[0], *one.body.split("\n"))]
    return leftover.kept((said for one in made for said in one.values.values()), lines)


def _names_someone(piece: compilations.Piece, places: Gazetteer) -> bool:
    """Whether a piece says in its title or right below it whose case it is."""
    return any((*compilations.place_of(piece.title, places), *manuscripts.signed(piece.body[0] if piece.body else "")[:1])) or bool(
        re.search(_NAMES, piece.title)
    )


def of_text(text: str, source: str, known: Labels) -> Submission:
    """A plain text as a manuscript: its first lines are its head."""
    read = blocks.Read([blocks.Paragraph(line.strip(), blocks.escaped(line.strip())) for line in text.splitlines() if line.strip()])
    if not read.blocks:
        raise Refused("empty", "这个文件里没有字", "请向学校再要一次")
    return _cases(read, source, known)[0]


def of_pdf(data: bytes, source: str, known: Labels) -> Submission:
    """The text of a PDF as a draft that somebody must read against it. Raises Refused for scans."""
    import pypdfium2

    if guises.guise(data) != "pdf":
        raise guises.told(data, "pdf")
    try:
        document = pypdfium2.PdfDocument(data)
        if len(document) > _MOST_PAGES:
            raise Refused("too-big", f"这个 PDF 有 {len(document)} 页，不像一份案例", "请把它分成几份，再收一次")
        pages = [page.get_textpage().get_text_bounded() for page in document]
    except pypdfium2.PdfiumError as reason:
        if "password" in str(reason).casefold():
            raise Refused("encrypted", "这个 PDF 加了密码", "请向学校要没有密码的文件，最好要 Word 文件") from reason
        raise Refused("damaged", "这个 PDF 坏了，或者没有传完", "请向学校要 Word 文件，或者再要一次") from reason
    text = "\n".join(pages)
    if len(re.sub(r"\s|\ufffd", "", text)) < _FEWEST * max(1, len(pages)):
        raise Refused("scan", "这个 PDF 是扫描的图片，里面没有字", "请向学校要 Word 文件")
    made = of_text(_joined(text), source, known)
    made.is_draft = True
    made.body = f"{DRAFT}\n\n{made.body}"
    made.warn(
        "文字是从 PDF 里取的，分段和表格靠不住，只能当草稿",
        "请对照 PDF 通读一遍，改好以后删去正文最前面那一行；最好向学校要 Word 文件",
        "draft",
    )
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
        open_ += " " * bool(re.search(r"[A-Za-z,.;:)]$", open_) and re.match(r"[A-Za-z(]", line)) + line
        if len(line) < usual - 2 or line.endswith(("。", "：", "！", "？")) and len(line) < usual:
            out.append(open_)
            open_ = ""
    return "\n".join([*out, open_])
