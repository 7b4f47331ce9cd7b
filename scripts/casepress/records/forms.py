"""Forms: the application form (申报表) of a case again, as .docx: in the bureau's own form, by its marks or its labels, or in a plain one.
The one door to python-docx beside the plain form."""

import io
from collections.abc import Callable
from dataclasses import dataclass

from casepress.facts.moments import moment
from casepress.intake import packages
from casepress.intake.refusals import Refused
from casepress.records import blank, cells, marks, packing
from casepress.records.answers import Answers, answers
from casepress.records.said import Private
from casepress.records.wordml import W, text_of
from casepress.values.cases import Case, Collection
from casepress.values.problems import Failed, Problem, warning


@dataclass(frozen=True)
class Made:
    """A filled form: its bytes, whether it says what is never published, and what found no place in it."""

    data: bytes
    is_private: bool
    problems: tuple[Problem, ...] = ()


Filler = Callable[[Case, Private | None], Made]


def filler(form: bytes | None, name: str, collection: Collection) -> Filler:
    """What fills forms of a collection; `form` is a bureau's own blank one, called `name` in messages. Raises Failed."""
    when = moment(collection.date)
    if form is None:
        title = f"{collection.title.removesuffix('库')}申报表"
        required = tuple(field for field in collection.fields if field.required)

        def plain(case: Case, private: Private | None) -> Made:
            said = answers(case, collection, private)
            return Made(packing.packed(blank.form(title, said, required), when), bool(said.private))

        return plain
    try:
        parts = packages.opened(form, "word").parts
    except Refused as reason:
        raise Failed(f"{name} 不能用：{reason.what}，{reason.cure}") from reason
    if b"purl.oclc.org/ooxml" in parts.get("word/document.xml", b""):
        raise Failed(f"{name} 是“Strict Open XML”格式，填不了，请用 Word 或 WPS 打开，另存为普通的 .docx")
    safe = packages.packed(parts)
    document = _document(safe, name)
    whole = "".join(text_of(paragraph) for part in _roots(document) for paragraph in part.iter(f"{W}p"))

    def own(case: Case, private: Private | None) -> Made:
        said = answers(case, collection, private)
        if marks.has_marks(whole):
            data, unknown = marks.filled(safe, said, name)
            problems = tuple(
                warning(
                    name, 0, f"记号“{word}”不是案例库的字段，那里空着", "请写字段的名称，例如 {{ 标题 }}；全文写 {{ 正文 }}", "forms_are_filled"
                )
                for word in unknown
            )
            return Made(packing.packed(data, when), bool(said.private), problems)
        filled = _document(safe, name)
        found = [cells.fill(root, said) for root in _roots(filled)]
        out = io.BytesIO()
        filled.save(out)
        asked = frozenset().union(*(each.fields for each in found))
        return Made(packing.packed(out.getvalue(), when), bool(said.private & asked), tuple(_left(case, said, found)))

    return own


def _document(data: bytes, name: str):
    import docx

    try:
        return docx.Document(io.BytesIO(data))
    except (KeyError, ValueError) as reason:  # no document in it, or another kind of package
        raise Failed(f"{name} 不是 Word 文档，请用 Word 或 WPS 打开，另存为 .docx") from reason


def _roots(document) -> list:
    """The body, and the heads and feet of its pages."""
    parts = [document.element.body]
    for section in document.sections:
        parts += [part._element for part in (section.header, section.footer) if not part.is_linked_to_previous]
    return parts


def _left(case: Case, said: Answers, found: list[cells.Filled]):
    """What a case says and its form did not ask for, or has no box for."""
    asked = frozenset().union(*(each.fields for each in found))
    labels = [field.label for field in said.fields if field.name in said.values and field.name not in asked]
    if not asked:
        what = "这份空白表里认不出一个字段，没有填"
        yield warning(
            case.path,
            0,
            what,
            "请看看表里的名称，或在 collection.yml 里给字段加上别名 aliases，或在表里写上 {{ 标题 }} 这样的记号",
            "forms_are_filled",
        )
        return
    if labels:
        yield warning(case.path, 0, f"申报表里没有地方填：{'、'.join(labels)}", "表里没有这些栏目就不用管它", "forms_are_filled")
    for each in found:
        for field, word in each.boxless:
            cure = "请在表里补上这个选项，或在 collection.yml 里写明它和表里的哪个词是一回事（choices 的 aliases）"
            yield warning(case.path, 0, f"申报表的“{field.label}”里没有“{word}”的方框，没有勾", cure, "forms_are_filled")
    written = frozenset().union(*(each.sections for each in found))
    if missing := [section.name or "开头的几段" for section in said.sections if section.name not in written]:
        what = f"正文的“{'”“'.join(missing[:5])}”在申报表里没有地方放"
        yield warning(case.path, 0, what, "请在表里留出写着“案例正文”的一栏，或让表里的小标题和正文的一样", "forms_are_filled")
