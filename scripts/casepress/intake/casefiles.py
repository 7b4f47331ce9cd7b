"""Case files: a submission as the files that the collection keeps: Markdown, pictures, and what is never published apart from both."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from casepress.facts.developing import publish
from casepress.facts.pictures import NotAPicture
from casepress.intake.submissions import Submission
from casepress.markup.frontmatter import write_header
from casepress.values.fields import Field, Kind

_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f#%&{}$!\'@+`=]+')  # in names of files, on Windows or in addresses
_LONGEST = 40
_LONG_TEXT = 1000  # characters from which a case is one of its own page (form: full)


@dataclass(frozen=True)
class CaseFile:
    """A case as it will be written: the name of its file without ending, its text, its pictures by their names, and its private values."""

    name: str
    text: str
    pictures: Mapping[str, bytes]
    private: Mapping[str, str]


def case_file(made: Submission, fields: Iterable[Field], taken: set[str]) -> CaseFile:
    """The files of a submission; `taken` are names in use, to which its own is added. What is doubtful goes to its problems."""
    known = {field.name: field for field in fields}
    public: dict[str, object] = {}
    private: dict[str, str] = {}
    for name, field in known.items():
        values = made.values.get(name, ())
        if not values or field.derived:
            continue
        if field.private:
            private[field.label] = "、".join(values)
        elif field.many or field.kind == Kind.PEOPLE:
            public[field.label] = list(values) if len(values) > 1 else values[0]
        else:
            public[field.label] = values[0] if len(values) == 1 else "、".join(values)
    if "form" in known and "form" not in made.values:
        public[known["form"].label] = "full" if len(re.sub(r"\s", "", made.body)) >= _LONG_TEXT else "digest"
    name = _name(made.values.get("title", ("",))[0] or "案例", made.values.get("school", ("",))[0], taken)
    pictures, body = _pictures(made, name)
    return CaseFile(name, f"{write_header(public)}\n{body.strip()}\n", pictures, private)


def _name(title: str, unit: str, taken: set[str]) -> str:
    """A name for a file that no other has, whatever the letters' case: the title, then with the unit, then with a number."""
    short = _FORBIDDEN.sub("", re.sub(r"\s+", "", title))[:_LONGEST].strip(". ") or "案例"
    longer = f"{short}-{_FORBIDDEN.sub('', unit)[:20]}" if unit else short
    for tried in chain((short, longer), (f"{short}-{number}" for number in range(2, 10_000))):
        if tried.casefold() not in taken:
            taken.add(tried.casefold())
            return tried
    raise AssertionError("ten thousand cases of one name")


def _ending(data: bytes) -> str:
    return "png" if data.startswith(b"\x89PNG") else "webp" if data[8:12] == b"WEBP" else "jpg"


def _pictures(made: Submission, name: str) -> tuple[dict[str, bytes], str]:
    """The pictures written anew, upright, in sRGB and without metadata, and the body with their names."""
    out: dict[str, bytes] = {}
    body = made.body
    for number, picture in enumerate(made.pictures):
        mark = re.compile(rf"!\[\]\(picture:{number}( [^)]*)?\)")
        try:
            published = publish(picture.data)
        except NotAPicture as reason:
            made.warn(f"第 {number + 1} 幅图片没有收：{reason}", reason.cure, f"picture-{reason.kind}")
            body = mark.sub("", body)
            continue
        file = f"{name}-{number + 1}.{_ending(published.data)}"
        out[file] = published.data
        body = mark.sub(lambda found, file=file: f"![]({file}{found[1] or ''})", body)
        made.warn(f"第 {number + 1} 幅图片还没有说明（{file}）", "请在方括号里写上画面上有什么；照片里有学生的，要先有监护人同意")
    return out, body
