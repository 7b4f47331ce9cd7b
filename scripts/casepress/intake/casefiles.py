"""Case files: a submission as the files that the collection keeps: Markdown, pictures, and what is never published apart from both."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from casepress.facts.characters import HAN, QUOTES, STOPS
from casepress.facts.developing import publish
from casepress.facts.pictures import NotAPicture, published_name
from casepress.intake.submissions import Photo, Picture, Submission
from casepress.markup.frontmatter import write_header
from casepress.values.fields import Field, Kind

_LONG_TEXT = 1000  # characters from which a case is one of its own page (form: full)
_PLAIN = re.compile(rf"[{HAN}A-Za-z（《“][{HAN}\w（）{QUOTES}《》{STOPS}·…—.\- ]*(?<![ :])")  # needs no quotes in YAML
_WORDS = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null"))


@dataclass(frozen=True)
class CaseFile:
    """A case as it will be written: the name of its file without ending, its text, its new pictures by their names and as they were
    sent (`developed` makes them fit to be kept), and its private values. `made` are the names of all its pictures in their order,
    empty for one that cannot be used."""

    name: str
    text: str
    pictures: Mapping[str, Picture | Photo]
    private: Mapping[str, str]
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
    pictures, names, body = _pictures(made, name, known)
    return CaseFile(name, f"{header(public)}\n{body.strip()}\n", pictures, private, names)


def header(values: Mapping[str, object]) -> str:
    """A header as people write it: without quotes wherever the words mean the same without."""
    lines = ["---"]
    for key, value in values.items():
        items = value if isinstance(value, list) else [value]
        if _bare(key) and all(isinstance(item, str) and _bare(item, ",，" if len(items) > 1 else "") for item in items):
            lines.append(f"{key}: [{', '.join(items)}]" if isinstance(value, list) else f"{key}: {value}")
        else:
            quoted = write_header({key: value}).split("\n")[1]
            lines.append(f"{key}: " + quoted.partition('": ')[2] if _bare(key) and quoted.startswith('"') else quoted)
    return "\n".join([*lines, "---", ""])


def _bare(text: str, without: str = "") -> bool:
    return _PLAIN.fullmatch(text) is not None and text.casefold() not in _WORDS and not set(without) & set(text)


Developed = tuple[dict[str, bytes], tuple[tuple[str, str, str], ...]]


def developed(pictures: Mapping[str, Picture | Photo]) -> Developed:
    """Pictures written anew, upright, in sRGB and without metadata, by their names; and those that could not be, each with the
    reason and what to do."""
    made, lost = {}, []
    for name, picture in pictures.items():
        try:
            made[name] = publish(picture.data).data
        except NotAPicture as reason:
            lost.append((name, str(reason), reason.cure))
    return made, tuple(lost)


def without(text: str, picture: str) -> str:
    """The text of a case without a picture."""
    return re.sub(rf"!\[[^\]\n]*\]\({re.escape(picture)}[^)\n]*\)\n*", "", text)


def _pictures(made: Submission, name: str, known: Sequence[str]) -> tuple[dict[str, Picture | Photo], tuple[str, ...], str]:
    """The pictures by their names, all names, and the body with these."""
    out = {}
    names: list[str] = []
    body = made.body
    for number, picture in enumerate(made.pictures):
        mark = re.compile(rf"!\[\]\(picture:{number}( [^)]*)?\)")
        file = known[number] if number < len(known) else ""
        if not file:
            try:
                ending = published_name(picture.data).rpartition(".")[2]
            except NotAPicture as reason:
                made.warn(f"第 {number + 1} 幅图片没有收：{reason}", reason.cure, f"picture-{reason.kind}")
                body = mark.sub("", body)
                names.append("")
                continue
            file = f"{name}-{number + 1}.{ending}"
            out[file] = picture
        names.append(file)
        body = mark.sub(lambda found, file=file: f"![]({file}{found[1] or ''})", body)
    return out, tuple(names), body
