"""Confidential: the private values of cases, which an import put beside them in `cases/.private/` and nothing that publishes reads."""

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from casepress.collection import project
from casepress.collection.project import Project
from casepress.markup.frontmatter import read_yaml
from casepress.markup.typed_nodes import items
from casepress.records.said import Private
from casepress.values.cases import Case, Collection
from casepress.values.fields import Field
from casepress.values.problems import Problem, warning

FOLDER = "cases/.private"


def path_of(case: Case) -> str:
    """Where the private values of a case stand: under its own path, in `cases/.private/`."""
    return f"{FOLDER}/{PurePosixPath(case.path).relative_to('cases').with_suffix('.yml')}"


def private_values(place: Project, collection: Collection, cases: Iterable[Case]) -> tuple[Private, tuple[Problem, ...]]:
    """The private values of some cases by their ids, and what in their files no private field of the collection asks for."""
    known = {word: field for field in reversed(collection.fields) if field.private for word in field.names}
    found: dict[str, Mapping[str, str]] = {}
    problems: list[Problem] = []
    for case in cases:
        path = path_of(case)
        if not project.is_there(place, path):
            continue
        text, wrong = project.read_text(place, path)
        problems += wrong
        node, wrong = read_yaml(text or "", path)
        problems += wrong
        if node is None or not isinstance(node.value, Mapping):
            continue
        values: dict[str, str] = {}
        for word, entry in node.value.items():
            field: Field | None = known.get(word)
            if field is None:
                cure = "要用它，请在 collection.yml 的 fields 里写上这个字段和 private: yes"
                problems.append(warning(path, entry.line, f"“{word[:40]}”不是案例库里不公开的字段，没有用", cure, "fields_are_declared"))
                continue
            values[field.name] = "、".join(item.value for item in items(entry) if isinstance(item.value, str))
        found[case.id] = values
    return found, tuple(problems)
