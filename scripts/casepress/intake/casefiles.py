"""Case files: a submission as the files that the collection keeps: Markdown, pictures, and what is never published apart from both."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from casepress.facts.developing import publish
from casepress.facts.pictures import NotAPicture
from casepress.intake.submissions import Submission
from casepress.markup.frontmatter import write_header
from casepress.values.fields import Field, Kind

_LONG_TEXT = 1000  # characters from which a case is one of its own page (form: full)
_PLAIN = re.compile(r"[\u3400-\u9fffA-Za-z（《“][\u3400-\u9fff\w（）《》“”‘’、，。：；？！·…—.\- ]*(?<![ :])")  # needs no quotes in YAML
_WORDS = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null"))


@dataclass(frozen=True)
class CaseFile:
    """A case as it will be written: the name of its file without ending, its text, its pictures by their names, and its private
    values; `shown` are its public values by their labels. `made` are the names of its pictures in their order, empty for one that
    cannot be used."""

    name: str
    text: str
    pictures: Mapping[str, bytes]
    private: Mapping[str, str]
    shown: Mapping[str, str] = field(default_factory=dict)
    made: tuple[str, ...] = ()


def even(text: str) -> str:
    """A text as titles and units are compared: letters, digits and characters alone."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).casefold()


def identity(title: str, unit: str) -> str:
    """What stands for a case of a unit, however its title is spaced: sixteen letters."""
    return hashlib.sha256(f"{even(title) or title}\0{even(unit)}".encode()).hexdigest()[:16]


def sum_of(made: Submission) -> str:
    """What stands for all that a submission says: sixteen letters."""
    whole = hashlib.sha256(repr((sorted(made.values.items()), made.body)).encode("utf-8", "surrogatepass"))
    for picture in made.pictures:
        whole.update(hashlib.sha256(picture.data).digest())
    return whole.hexdigest()[:16]


def case_file(made: Submission, fields: Iterable[Field], name: str, id_: str = "", known: Sequence[str] = ()) -> CaseFile:
    """The files of a submission under a name. `known` are pictures of it that are there already, by their order. What is doubtful
    goes to its problems."""
    declared = {each.name: each for each in fields}
    public: dict[str, object] = {}
    private: dict[str, str] = {}
    for key, each in declared.items():
        values = made.values.get(key, ())
        if not values or each.derived:
            continue
        if each.private:
            private[each.label] = "、".join(values)
        elif each.many or each.kind == Kind.PEOPLE:
            public[each.label] = list(values) if len(values) > 1 else values[0]
        else:
            public[each.label] = values[0] if len(values) == 1 else "、".join(values)
    if "form" in declared and "form" not in made.values:
        public[declared["form"].label] = "full" if len(re.sub(r"\s", "", made.body)) >= _LONG_TEXT else "digest"
    if id_:
        public["编号"] = id_
    shown = {label: "、".join(value) if isinstance(value, list) else str(value) for label, value in public.items()}
    pictures, names, body = _pictures(made, name, known)
    return CaseFile(name, f"{header(public)}\n{body.strip()}\n", pictures, private, shown, names)


def header(values: Mapping[str, object]) -> str:
    """A header as people write it: without quotes wherever the words mean the same without."""
    lines = ["---"]
    for key, value in values.items():
        items = value if isinstance(value, list) else [value]
        if _bare(key) and all(isinstance(item, str) and _bare(item, ",，" if len(items) > 1 else "") for item in items):
            lines.append(f"{key}: [{', '.join(items)}]" if isinstance(value, list) else f"{key}: {value}")
        else:
            lines.append(write_header({key: value}).split("\n")[1])
    return "\n".join([*lines, "---", ""])


def _bare(text: str, without: str = "") -> bool:
    return _PLAIN.fullmatch(text) is not None and text.casefold() not in _WORDS and not set(without) & set(text)


def _ending(data: bytes) -> str:
    return "png" if data.startswith(b"\x89PNG") else "webp" if data[8:12] == b"WEBP" else "jpg"


def _pictures(made: Submission, name: str, known: Sequence[str]) -> tuple[dict[str, bytes], tuple[str, ...], str]:
    """The pictures written anew, upright, in sRGB and without metadata, their names, and the body with these."""
    out: dict[str, bytes] = {}
    names: list[str] = []
    body = made.body
    for number, picture in enumerate(made.pictures):
        mark = re.compile(rf"!\[\]\(picture:{number}( [^)]*)?\)")
        file = known[number] if number < len(known) else ""
        if not file:
            try:
                published = publish(picture.data)
            except NotAPicture as reason:
                made.warn(f"第 {number + 1} 幅图片没有收：{reason}", reason.cure, f"picture-{reason.kind}")
                body = mark.sub("", body)
                names.append("")
                continue
            file = f"{name}-{number + 1}.{_ending(published.data)}"
            out[file] = published.data
        names.append(file)
        body = mark.sub(lambda found, file=file: f"![]({file}{found[1] or ''})", body)
    return out, tuple(names), body
