"""Forms: the values and the long texts of application forms, wherever their labels stand.

What no label of the collection asks for and is long, or stands under headings, is the case itself; what a form prints besides
(学校盖章, 年 月 日, 填表说明) is nobody's.
"""

import re

from casepress.facts.characters import HAN, SENTENCES
from casepress.intake import casetables, grids, lines, manuscripts, sections, single
from casepress.intake.answers import Found
from casepress.intake.blocks import Grid, Paragraph, Read
from casepress.intake.labels import Labels

_NAMED = re.compile(r"(?:申报|推荐|登记|报名|征集|申请|报送|信息|基本情况)[表书](?:[（(][^（）()]*[）)])?\s*$")  # what a form calls itself
_NOTES = re.compile(r"^(?:填[表报写]说明|填[表报写]要求|注意事项|说明|备注|注)[：:]?$|^(?:填[表报写]说明|填[表报写]要求|注意事项|备注|注)[：:]")
SAYS = re.compile(rf"^([{HAN}]{{2,8}})[：:]\s*(?![\s_＿]*$)\S")  # a label with a value behind it
ITEM = re.compile(r"^[（(]?[0-9０-９①-⑩]{1,2}[)）.．、]?")
_PROMISE = re.compile(r"^.{0,12}(?:承诺书?|声明)$")
PROMISED = re.compile(r"承诺|声明|真实|抄袭|剽窃|知识产权|著作权|版权|授权|国家秘密|签[字名章]|盖章")  # what promises speak of


def found_in(document: Read, known: Labels) -> list[Found]:
    """What a document says, form or manuscript, or several forms one behind another."""
    return [_found(blocks, known) for blocks in _forms(document.blocks, known)]


def _found(blocks: list, known: Labels) -> Found:
    made = Found()
    loose: list = []
    tables, tables_asked = 0, False
    for block in blocks:
        if not isinstance(block, Grid):
            loose.append(block)
            continue
        tables += 1
        if (pictures := casetables.gallery(block, known)) is not None:
            loose += pictures
            continue
        if casetables.is_data(block, known) or casetables.is_list(block, known) and not _is_a_form(blocks, known):
            loose.append(block)
            continue
        is_forms = made.values or any(single.asks(cell, known) for cell in block.cells)
        lines.read(_without_notes(loose) if is_forms else loose, known, made)
        loose = []
        before = len(made.values) + len(made.doubts)
        grids.read(block, known, made, f"第 {tables} 个表格")
        tables_asked = tables_asked or len(made.values) + len(made.doubts) > before
    lines.read(_without_notes(loose) if made.values else loose, known, made)
    first = next((block.text for block in made.body if isinstance(block, Paragraph)), "")
    is_form = tables_asked or "title" in made.values or bool(_NAMED.search(first)) or first.endswith("表")
    _with_its_end(made, known)
    if made.values and is_form:
        _titled_below(made, known)
        _with_manuscript(made, known)
        _without_the_forms_words(made)
    else:
        _by_its_head(made, known)
    made.doubts = [doubt for doubt in dict.fromkeys(made.doubts) if doubt[1] in ("two-ticks", "picture") or not _has(made, known, doubt[0])]
    return made


def _is_a_form(blocks: list, known: Labels) -> bool:
    """Whether a document calls itself a form, or asks for its title."""
    return any(
        isinstance(block, Paragraph)
        and bool(_NAMED.search(block.text.strip()))
        or isinstance(block, (Grid, Paragraph))
        and bool(_title_in(block, known))
        for block in blocks
    )


def _forms(blocks: list, known: Labels) -> list[list]:
    """The blocks of each form: where another title is asked for and given, another form has begun, with the lines right above it."""
    words = [word for word, field in known.fields.items() if field.name == "title"]
    asking = {at for at, block in enumerate(blocks) if any(word in re.sub(r"\s", "", block.text) for word in words)}
    if len(asking) < 2:
        return [blocks]
    starts, title = [0], ""
    first = blocks[0].text.strip() if blocks and isinstance(blocks[0], Paragraph) else ""
    for at, block in enumerate(blocks):
        said = _title_in(block, known) if at in asking and isinstance(block, (Grid, Paragraph)) else ""
        if said and title and said != title:
            above = at
            while above > starts[-1] + 1 and isinstance(blocks[above - 1], Paragraph) and len(blocks[above - 1].text) < lines.LONG:
                above -= 1
                if blocks[above].text.strip() == first:
                    break
            starts.append(above if blocks[above].text.strip() == first else at)
        title = said or title
    return [blocks[start:end] for start, end in zip(starts, [*starts[1:], len(blocks)], strict=True)]


def _title_in(block, known: Labels) -> str:
    made = Found()
    if isinstance(block, Grid):
        grids.read(block, known, made, "")
    else:
        lines.read([block], known, made)
    return re.sub(r"\W", "", made.values.get("title", [""])[0])


def _without_notes(loose: list) -> list:
    """Blocks outside of the tables of a form without how it is to be filled, and without promises to be signed."""
    out: list = []
    in_notes = in_promise = False
    for block in loose:
        text = block.text.strip() if isinstance(block, Paragraph) else ""
        in_promise = bool(text) and bool(_PROMISE.match(text)) or in_promise and not _is_the_cases(block)
        if in_promise:
            continue
        if (
            text
            and _NOTES.match(text)
            and (not out or in_notes or not any(isinstance(one, Paragraph) and len(one.text) >= lines.LONG for one in out))
        ):
            in_notes = True
            continue
        in_notes = in_notes and bool(ITEM.match(text))
        if not in_notes:
            out.append(block)
    return out


def _is_the_cases(block) -> bool:
    """Whether a block behind a promise is the case again: a heading or a long paragraph that speaks of something else."""
    if not isinstance(block, Paragraph) or PROMISED.search(block.text):
        return False
    return bool(sections.heading(block)) or len(block.text) >= lines.LONG


def _without_the_forms_words(made: Found) -> None:
    """What stands before the first heading or long paragraph of a form is the form's own: 申报表, （续表）."""
    first = next(
        (at for at, block in enumerate(made.body) if _is_of_a_case(block)),
        0,
    )
    said = {re.sub(r"\W", "", "".join(made.values.get(name, ()))) for name in ("title", "school", "authors")}
    made.unasked += [found[1] for block in made.body[:first] if isinstance(block, Paragraph) and (found := SAYS.match(block.text.strip()))]
    made.body = [block for block in made.body[first:] if not (isinstance(block, Paragraph) and _is_the_forms(block, said))]
    if not any(map(_is_of_a_case, made.body)):
        made.body = []


def _is_of_a_case(block) -> bool:
    """Whether a case may begin with a block, and no form says it: a picture or table, a heading, a long paragraph, a whole sentence."""
    if not isinstance(block, Paragraph):
        return True
    text = block.text.strip()
    is_said = len(text) >= 15 and text[-1] in SENTENCES and not any(found.search(text) for found in (PROMISED, _NOTES, SAYS, ITEM))
    return len(text) >= lines.LONG or is_said or bool(sections.heading(block)) and not _NAMED.search(text)


def _with_manuscript(made: Found, known: Labels) -> None:
    """Where a manuscript stands behind a form, its title is not said twice, and the line below it tells unit and writers."""
    title = re.sub(r"\W", "", "".join(made.values.get("title", ())))
    for at, block in enumerate(made.body):
        if not isinstance(block, Paragraph) or len(block.text) >= lines.LONG and re.sub(r"\W", "", block.text) != title:
            return
        if title and re.sub(r"\W", "", block.text) == title:
            head = manuscripts.head(made.body[at:])
            fill(made, known, (("subtitle", [head.subtitle]), ("school", [head.unit]), ("authors", head.people)), "正文开头")
            made.body = made.body[at + max(1, head.length) :]
            return


def _titled_below(made: Found, known: Labels) -> None:
    """Where a form asks for no title, the first line of the manuscript behind it is the title."""
    title = known.fields.get("title")
    body = [block for block in made.body if not (isinstance(block, Paragraph) and _is_the_forms(block, set()))]
    first = body[0] if body and isinstance(body[0], Paragraph) and len(body) > 1 else None
    if title is None or first is None or title.name in made.values or any(label == title.label for label, _, _ in made.doubts):
        return
    text = first.text
    if len(text) < lines.LONG and not (
        sections.heading(first) or ITEM.match(text) or SAYS.match(text) or known.match(text) or grids.TEXT.match(text)
    ):
        made.body = body
        _by_its_head(made, known)


def _with_its_end(made: Found, known: Labels) -> None:
    """Lines of labels and values at the end of a text, who wrote it and how to reach them, are taken like those above it."""
    start = len(made.body)
    while start and isinstance(block := made.body[start - 1], Paragraph) and len(block.text) < lines.LONG and not sections.heading(block):
        asks = known.pattern.match(block.text)
        asked = known.match(asks[1]) if asks else None
        if asked is not None and asked.name == "title" or not asks and not any(manuscripts.signed(block.text)):
            break
        start -= 1
    end = made.body[start:]
    if start and any(known.pattern.match(block.text) for block in end):
        lines.read([block for block in end if known.pattern.match(block.text)], known, made, "末尾", body=False)
        signed = [manuscripts.signed(block.text) for block in end]
        people = list(dict.fromkeys(name for _, names in signed for name in names))
        fill(made, known, (("school", [next((unit for unit, _ in signed if unit), "")]), ("authors", people)), "末尾")
        made.body = made.body[:start]


def _is_the_forms(block: Paragraph, said: set[str]) -> bool:
    text = block.text.strip()
    words = re.sub(r"\W", "", text)
    return bool(re.fullmatch(r"[（(]续[表页]?[）)]", text)) or words in said or text.endswith(("申报表", "推荐表", "登记表", "申请表"))


def _by_its_head(made: Found, known: Labels) -> None:
    """A manuscript says by its first lines what a form asks for."""
    head = manuscripts.head(made.body)
    values = (("title", [head.title]), ("subtitle", [head.subtitle]), ("school", [head.unit]), ("authors", head.people))
    fill(made, known, values, "开头")
    made.body = made.body[head.length :]
    last = made.body[-1] if made.body else None
    if isinstance(last, Paragraph) and not head.unit and not head.people:
        unit, people = manuscripts.signed(last.text)
        if unit:
            fill(made, known, (("school", [unit]), ("authors", people)), "末尾")
            made.body.pop()


def fill(made: Found, known: Labels, values: tuple, place: str) -> None:
    """Give fields that nothing was said of their values."""
    for name, texts in values:
        if any(texts) and name not in made.values and name in {field.name for field in known.fields.values()}:
            made.values[name], made.places[name] = texts, place


def _has(made: Found, known: Labels, label: str) -> bool:
    asked = known.match(label)
    return asked is not None and asked.name in made.values
