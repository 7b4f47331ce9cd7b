"""Sketch: the file of a new profile, which a bureau changes where it wants something else.

It stands on another one (`like`) and shows all that may be said with that one's measures, as comments: what is not changed goes on
following its model. Flows in: a `Profile` and the new name. Flows out: YAML.
"""

from collections.abc import Iterator

from casepress.book.measures import MM, Profile, Type
from casepress.book.profiles import FACES

_HEAD = """# 版式 {name}，照 {like} 来的。在 cases/collection.yml 的 book 里写 profile: {name}，就用它。
# 要改哪一项，删去那一行前面的“# ”，再改后面的值；没有改的都照 {like}。改完试排一份看看：
#   casepress book --profile {name} -o 试排.pdf
# 纸和页边距的单位是毫米，字号和行距的单位是磅；字号也可以写 三号、小四 等。
# face 是字体：{faces}；bold: yes 是加粗。
like: {like}
"""
# What each kind of text is called.
_TEXTS = {
    "title": "案例的标题", "subtitle": "副标题", "digest": "短文的标题", "quotation": "引文", "caption": "图注", "table": "表格里的字",
    "note": "脚注",
}  # fmt: skip


def sketch(name: str, model: Profile) -> str:
    """The file of a profile that is like a model."""
    faces = "、".join(f"{face} {label}" for face, label in FACES.items())
    return _HEAD.format(name=name, like=model.name, faces=faces) + "\n" + "".join(f"{line}\n" for line in _entries(model))


def _entries(model: Profile) -> Iterator[str]:
    yield "# 纸：宽，高"
    yield f"# paper: [{_number(model.width / MM)}, {_number(model.height / MM)}]"
    yield "# 页边距：top 是纸的上边到第一行字，inner 是订口到版心；下边和外侧是剩下的"
    yield f"# margins: {{top: {_number(model.top / MM)}, inner: {_number(model.inner / MM)}}}"
    yield "# 正文"
    yield f"# body: {_type(model.text)}"
    yield "# 行距：上一行到下一行，至少是字号的一倍半"
    yield f"# pitch: {_number(model.pitch)}"
    yield "# 每行几个字，每页几行"
    yield f"# characters: {model.characters}"
    yield f"# lines: {model.lines}"
    for kind, label in _TEXTS.items():
        yield f"# {label}"
        yield f"# {kind}: {_type(getattr(model, kind))}"
    yield "# 各级小标题，一级一行（要改就几行一起改）"
    yield "# headings:"
    yield from (f"#   - {_type(each)}" for each in model.headings)
    numbers = model.numbers
    yield "# 页码：style 是 dashes（— 12 —）或 plain（12），place 是 outside（外侧）或 centre（居中）"
    yield f"# numbers: {{style: {numbers.style}, place: {numbers.place}, size: {_number(numbers.size)}}}"
    yield "# 长文从哪一页起：right 右页，any 接着下一页"
    yield f"# opening: {model.opening}"
    yield "# 有没有书眉：yes，no"
    yield f"# heads: {'yes' if model.heads else 'no'}"


def _type(kind: Type) -> str:
    return f"{{face: {kind.face}, size: {_number(kind.size)}{', bold: yes' if kind.bold else ''}}}"


def _number(value: float) -> str:
    return f"{round(value, 3):g}"
