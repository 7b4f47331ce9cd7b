"""Marks: a bureau's own form with marks such as {{ 案例名称 }}, filled. The one door to docxtpl.

A form is a file of strangers: its marks may name values, choose with `if` and repeat with `for` over lists, and nothing else. So no
Python object is reached and nothing runs long, whatever it says; Jinja's sandbox stands behind that as a second wall.
"""

import io
import re
import zipfile
from collections.abc import Mapping

from casepress.records.answers import WHOLE, Answers
from casepress.values.problems import Failed

_LONGEST, _LONGEST_REPEATED = 5_000_000, 300_000  # characters of a part with marks; of one in which something is repeated
_ALLOWED = frozenset(
    "Template Output TemplateData Name Const If CondExpr Not And Or Compare Operand For Filter Test Getattr EvalContextModifier".split()
)
_FILTERS, _TESTS = frozenset(("join", "default", "d", "length")), frozenset(("defined", "undefined"))
_OF_LOOPS = frozenset(("index", "first", "last"))
_MOST, _WIDEST = 300, 10_000  # marks of a part; characters of its XML that one may take
_TORN = re.compile(r"(?<={)(?:<[^>]*>)+(?=[{%#])|(?<=[%}#])(?:<[^>]*>)+(?=})")  # as docxtpl joins what Word tears apart
_CLOSING = {"{{": "}}", "{%": "%}"}
_OPEN = re.compile(r"\{[{%#]")
_MARK = re.compile(r"\{\{|\{%")
LIST = "_list"  # behind a field's name: its values one by one


def has_marks(text: str) -> bool:
    """Whether the text of a form has marks."""
    return _MARK.search(text) is not None


def filled(form: bytes, said: Answers, name: str) -> tuple[bytes, tuple[str, ...]]:
    """The form with its marks filled, and the names in them that nothing has. Raises Failed where a mark is not understood or not allowed."""
    import docxtpl
    from jinja2 import TemplateError
    from jinja2.sandbox import SandboxedEnvironment, SecurityError

    class Guarded(SandboxedEnvironment):
        """Looks at each template before it is compiled."""

        def _parse(self, source, name, filename):
            tree = super()._parse(source, name, filename)
            _look(tree, len(source))
            return tree

    guarded = Guarded(autoescape=True)
    template = docxtpl.DocxTemplate(io.BytesIO(form))
    try:
        _bounded(form)
        values = _values(said)
        unknown = sorted(word for word in template.get_undeclared_template_variables(guarded) if word not in values)
        template.render(values, guarded, autoescape=True)
    except _NotAllowed as reason:
        raise Failed(f"{name} 里的记号用了这里不允许的写法（{reason}），请只写 {{{{ 字段名 }}}} 这样的记号") from reason
    except (TemplateError, SecurityError, SyntaxError, ValueError, TypeError, KeyError, RecursionError) as reason:
        what = f"{reason}".splitlines()[0][:80] if f"{reason}" else type(reason).__name__
        raise Failed(f"{name} 里有一个记号没有写对（{what}），请检查 {{{{ 和 }}}} 是不是成对") from reason
    out = io.BytesIO()
    template.save(out)
    return out.getvalue(), tuple(unknown)


class _NotAllowed(Exception):
    """A mark that no form needs."""


def _bounded(form: bytes) -> None:
    """See that marks are few and that each ends soon. Raises _NotAllowed, ValueError."""
    with zipfile.ZipFile(io.BytesIO(form)) as archive:
        for name in archive.namelist():
            if not name.startswith("word/") or not name.endswith(".xml"):
                continue
            text = _TORN.sub("", archive.read(name).decode("utf-8", "replace"))
            end = 0
            for number, found in enumerate(_OPEN.finditer(text)):
                if number >= _MOST:
                    raise _NotAllowed(f"记号超过 {_MOST} 个")
                if found.start() < end:
                    raise ValueError("记号里又有记号")
                if found[0] == "{#":
                    raise _NotAllowed("{#")
                close = text.find(_CLOSING[found[0]], found.end(), found.end() + _WIDEST)
                if close < 0:
                    raise ValueError(f"{found[0]} 没有结束")
                end = close + 2


def _look(tree, length: int) -> None:
    """Refuse what reaches further than values, or may run long. Raises _NotAllowed."""
    from jinja2 import nodes

    if length > _LONGEST:
        raise _NotAllowed("太长")
    for node in tree.find_all(nodes.Node):
        kind = type(node).__name__
        if kind not in _ALLOWED:
            raise _NotAllowed(kind)
        if isinstance(node, nodes.Getattr) and not (isinstance(node.node, nodes.Name) and node.node.name == "loop" and node.attr in _OF_LOOPS):
            raise _NotAllowed(f".{node.attr}")
        if isinstance(node, nodes.Filter) and node.name not in _FILTERS or isinstance(node, nodes.Test) and node.name not in _TESTS:
            raise _NotAllowed(node.name)
        if isinstance(node, nodes.For):
            if not (isinstance(node.iter, nodes.Name) and node.iter.name.endswith(LIST)) or node.recursive:
                raise _NotAllowed("for")
            if length > _LONGEST_REPEATED or any(inner is not node for inner in node.find_all(nodes.For)):
                raise _NotAllowed("for 套 for")


def _values(said: Answers) -> Mapping[str, object]:
    """What marks may name: each field by its name, label and aliases, its values one by one, and the text of the case."""
    values: dict[str, object] = {}
    text = said.text.replace("\n", "\a")  # docxtpl begins a paragraph there
    values |= {word: text for word in ("body", *WHOLE)}
    for field in reversed(said.fields):
        words = said.values.get(field.name, "")
        for word in field.names:
            values[word] = words
            values[f"{word}{LIST}"] = words.split("、") if words else []
    return values
