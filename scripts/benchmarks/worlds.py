"""The collections that are measured: generated full cases, the sample, and one case of them changed."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import generate_cases
import planted_cases
from casepress import scaffold

CHARACTERS = 2400
TITLE = "基准"
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Text:
    """A generated case as plain text: what the header says, and the body as (is it a heading, its words)."""

    id: str
    facts: dict[str, str]
    body: tuple[tuple[bool, str], ...]


def generated(folder: Path, number: int, known: generate_cases.Vocabulary | None = None) -> Path:
    """A collection made as `casepress new` makes one, filled with so many generated cases."""
    scaffold.new_collection(folder, TITLE)
    for example in (folder / "cases").glob("*.md"):
        example.unlink()
    generate_cases.fill(folder / "cases", number, CHARACTERS, known=known)
    return folder


def planted(folder: Path, number: int) -> Path:
    """The same, filled with cases among which copies stand, a twentieth of them of each kind."""
    scaffold.new_collection(folder, TITLE)
    for example in (folder / "cases").glob("*.md"):
        example.unlink()
    planted_cases.fill(folder / "cases", number, min(40, number // 20))
    return folder


def sample(folder: Path) -> Path:
    """A copy of this repository's own collection."""
    for part in ("cases", "content", "theme"):
        shutil.copytree(ROOT / part, folder / part)
    shutil.copyfile(ROOT / "mkdocs.yml", folder / "mkdocs.yml")
    return folder


def case_files(collection: Path) -> list[Path]:
    """The files of all cases, in the order in which generated ones are numbered."""
    return sorted((collection / "cases").rglob("*.md"), key=lambda path: (len(path.name), path.name))


def change(collection: Path, words: str) -> Path:
    """Write a sentence behind the last paragraph of the case in the middle; its file."""
    files = case_files(collection)
    path = files[len(files) // 2]
    path.write_text(path.read_text("utf-8").rstrip() + f"{words}\n", "utf-8")
    return path


def texts(collection: Path) -> list[Text]:
    """The generated cases, for tools that are given nothing but their text."""
    return [_text(path.read_text("utf-8")) for path in case_files(collection)]


def _text(content: str) -> Text:
    header, body = content.removeprefix("---\n").split("\n---\n", 1)
    facts = dict(line.split(": ", 1) for line in header.splitlines())
    blocks = [block for block in body.strip().split("\n\n") if block]
    return Text(facts.pop("id"), facts, tuple((block.startswith("## "), block.removeprefix("## ")) for block in blocks))


def selections(collection: Path) -> list[str]:
    """Every theme, batch and award of the generated cases, as `casepress book --only` takes them: twenty, if there are many cases."""
    headers = [text.facts for text in texts(collection)]
    return [f"{name}={value}" for name in ("theme", "batch", "award") for value in sorted({facts[name] for facts in headers})]


def megabytes(path: Path) -> float:
    """The size of a file, or of all files below a folder, in MB."""
    files = path.rglob("*") if path.is_dir() else (path,)
    return sum(file.stat().st_size for file in files if file.is_file()) / 1e6


def named(text: str) -> str:
    """A text fit to be part of a file's name."""
    return re.sub(r"\W+", "-", text)
