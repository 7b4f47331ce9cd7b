"""There: the cases that a collection has already, and which of them came from which submission.

`cases/.private/received.json` keeps, by the case's path below `cases/`, what stood for the submission when it was written, its
pictures, and the words of these that came from the list of photos. Without it all still works, only less is known.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from casepress.collection import project
from casepress.collection.project import Project
from casepress.collection.settings import Settings
from casepress.collection.writing import write_all
from casepress.facts import slugs, wording
from casepress.facts.systems import same
from casepress.intake.casefiles import identity
from casepress.markup.frontmatter import read_header

FOLDER = "cases/.private"
_RECORD = f"{FOLDER}/received.json"


@dataclass(frozen=True)
class Came:
    """How a case came in: whose it is, what it said, its pictures by their paths below `cases/`, and the words they got from us."""

    identity: str
    sum: str
    pictures: tuple[str, ...] = ()
    words: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass
class There:
    """The cases by their paths below `cases/` without ending: their texts, identities and ids; and how those that came in did."""

    texts: dict[str, str] = field(default_factory=dict)
    identities: dict[str, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    came: dict[str, Came] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._names = {same(name): name for name in self.texts}

    def called(self, name: str) -> str | None:
        """The case of a name, whatever the letters' case."""
        return self._names.get(same(name))


def read(place: Project, settings: Settings) -> There:
    """The cases of a project; what cannot be read is passed over, for `check` tells of it."""
    texts, identities, ids = {}, {}, {}
    for path in project.case_files(place)[0]:
        name = path.removeprefix("cases/")[: -len(".md")]
        text = project.read_text(place, path)[0] or ""
        texts[name] = text
        values: dict[str, str] = {}
        for word, node in (read_header(text, path)[0] if text else {}).items():
            asked = "id" if wording.plain(word) in ("id", "编号") else getattr(settings.field_called(word), "name", "")
            if asked in ("id", "title", "school") and isinstance(node.value, str):
                values[asked] = node.value.replace("｜", "")
        identities[name] = identity(values.get("title", ""), values.get("school", ""))
        ids[name] = values.get("id") or slugs.slug(name)
    return There(texts, identities, ids, _came(place.root / _RECORD))


def _came(path: Path) -> dict[str, Came]:
    try:
        said = json.loads(path.read_bytes())
        return {
            name: Came(
                one["identity"], one["sum"], tuple(one["pictures"]), {file: (alt, caption) for file, (alt, caption) in one["words"].items()}
            )
            for name, one in said.items()
        }
    except (OSError, ValueError, TypeError, KeyError, AttributeError):  # there is none, or somebody has changed it
        return {}


def remember(place: Project, came: Mapping[str, Came]) -> None:
    """Keep how cases came in. Raises OSError."""
    data = json.dumps({name: asdict(one) for name, one in sorted(came.items())}, ensure_ascii=False, indent=1).encode()
    path = place.root / _RECORD
    if not path.is_file() or path.read_bytes() != data:
        ready(place)
        write_all({path: data}, {path})


def ready(place: Project) -> None:
    """See that the folder of private values is there, for its owner alone and out of git. Raises OSError."""
    folder = place.root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        write_all({ignore: b"*\n"}, {ignore})


def worded(came: Came, words: Mapping[str, tuple[str, str]]) -> Came:
    """How a case came in, with words of its pictures that we wrote."""
    return replace(came, words={**came.words, **words})
