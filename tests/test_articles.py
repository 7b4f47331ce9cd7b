"""Sixty articles as schools write and paste them: what their sources say is on the page and in the book, or it is told why not.

`tests/articles/` holds them: Word's and web pages' leavings, code, tables of every kind, notes, near-misses of Markdown.
The sources are read here by another, cruder way than casepress reads them, so that the two cannot agree in a mistake.
"""

import html
import re
import shutil
import subprocess
import unicodedata
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import pikepdf
import pytest

import nu
from casepress import flow
from casepress.book.book import whole_book
from casepress.collection import project
from casepress.values.losses import Loss
from conftest import picture, run

ARTICLES = sorted((Path(__file__).parent / "articles").rglob("*.md"))
FOLDER = Path(__file__).parent / "articles"

# What a reader does not see by rights: addresses, marks of notes, the language of a code block, tags, hints of size.
_UNSEEN = (
    re.compile(r"^ {0,3}\[[^\]\^][^\]]*\]: .*$"),  # where a reference leads
    re.compile(r"\]\(<?(?:[^()\s\"]|\([^()]*\))*|\]（[^）]*）|!\[\[[^\]]*\]\]"),  # a target in brackets, less its title
    re.compile(r"\[[^\]]*\]\[([^\]]+)\]"),
    re.compile(r"\[\^[^\]]+\]:?"),
    re.compile(r"^\s*(?:```|~~~)\s*\w*"),
    re.compile(r"</?[A-Za-z][^>]*>"),
    re.compile(r"\{width=[^}]*\}"),
    re.compile(r"^\s*[-*+] \[[ xX]\]"),  # a box, or a tick
)
_ATOM = re.compile(r"[\u3400-\u9fff]+|[A-Za-z0-9]+")


class Text(HTMLParser):
    """The text of a page's article, alternative texts included."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.words += [value for name, value in attrs if name in ("alt", "title", "href") and value]

    def handle_data(self, data):
        self.words.append(data)


@dataclass(frozen=True)
class Made:
    """What became of an article: the text of its page and of its PDF, without blanks, and the lines that were told."""

    page: str
    paper: str
    told: frozenset[int]
    file: Path  # the page


def plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def spoken(pdf: Path) -> str:
    """What a PDF says to who cannot see its pictures: the alternative texts of its structure."""
    with pikepdf.open(pdf) as document:
        return " ".join(str(each.Alt) for each in document.objects if isinstance(each, pikepdf.Dictionary) and "/Alt" in each)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Made]:
    """Every article, in one collection: the site, and the PDF of each."""
    folder = tmp_path_factory.mktemp("articles") / "collection"
    assert run("new", folder).code == 0
    (folder / "cases" / "example.md").unlink()
    shutil.copytree(FOLDER, folder / "cases", dirs_exist_ok=True)
    for name in ("photo.png", "甲校/图片/公示.png"):
        (folder / "cases" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "cases" / name).write_bytes(picture())
    ran = run("-C", folder, "site")
    assert ran.code == 0, ran.words
    collection, problems = flow.check_project(place := project.find(folder))
    found = {}
    for case, printed in flow.press_of(place, collection).make_cases(whole_book(collection), collection.cases):
        assert not [message for message in printed.messages if isinstance(message, Loss)], case.path
        page = Text()
        file = folder / "build" / "site" / "cases" / f"{case.id}.html"
        page.feed(file.read_text("utf-8"))
        pdf = folder / f"{case.id}.pdf"
        pdf.write_bytes(printed.pdf)
        paper = subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, check=True).stdout.decode() + spoken(pdf)
        told = frozenset(problem.line for problem in problems if problem.path == case.path)
        found[case.path.removeprefix("cases/")] = Made(plain("".join(page.words)), plain(paper), told, file)
    return found


def test_pages_are_sound(made):
    """The Nu HTML checker finds no error in the page of any article."""
    said = nu.judge(article.file for article in made.values())
    assert len(said) == 60 and {path.stem: lines for path, lines in said.items() if lines} == {}


def lines(path: Path) -> list[tuple[int, str]]:
    """The lines of an article's body with their numbers in the file, less what no reader is meant to see."""
    text = path.read_text("utf-8-sig").replace("\r\n", "\n").split("\n")
    end = text.index("---", 1)
    found = []
    for number, line in enumerate(text[end + 1 :], end + 2):
        for pattern in _UNSEEN:
            line = pattern.sub(" ", line)
        found.append((number, html.unescape(line)))
    return found


def test_there_are_sixty():
    """The articles are sixty, and every one is in the collection."""
    assert len(ARTICLES) == 60


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.relative_to(FOLDER).as_posix())
def test_what_the_source_says_is_there(path, made):
    """Every word of the source stands on the page and in the PDF, or its line is told."""
    article = made[path.relative_to(FOLDER).as_posix()]
    for number, line in lines(path):
        for atom in _ATOM.findall(unicodedata.normalize("NFKC", line)):
            for where, text in (("page", article.page), ("paper", article.paper)):
                assert atom in text or number in article.told, f"{path.name}:{number}: “{atom}” is not on the {where} and not told: {line}"
