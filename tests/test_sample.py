"""The sample collection: 37 real cases, each whole, in the project's own words, and true to its source."""

import re
import subprocess
import unicodedata
from pathlib import Path

import pytest

from casepress import flow
from casepress.collection import project
from casepress.values.cases import Case
from conftest import ROOT, run
from readback import shared_tags

NOTICES = Path(__file__).parents[1].parent / "shared" / "notices"
LONGEST_RUN = 25
# What follows from the figures of the source by plain arithmetic, and is said so in the case.
ARITHMETIC = {
    "moe-3-01": {"342", "228"},
    "moe-3-03": {"0.5"},
    "moe-3-04": {"40"},
    "moe-3-08": {"20"},
    "moe-3-12": {"200"},
    "sd-2-02": {"70"},
    "sd-2-06": {"300"},
}
IDS = [*(f"moe-3-{nth:02}" for nth in range(1, 28)), *(f"sd-2-{nth:02}" for nth in range(1, 11))]


@pytest.fixture(scope="module")
def collection():
    return flow.sound_collection(project.find(ROOT))[0].collection


@pytest.fixture(scope="module")
def paragraphs() -> dict[str, str]:
    """The numbered paragraph of the notices that each case was made from, by the case's id."""
    if not NOTICES.is_dir():
        pytest.skip("未检查：没有 ../shared/notices，案例没有和来源对照")
    found = {}
    for prefix, name in (("moe-3", "003_*.txt"), ("sd-2", "004_*.txt")):
        (path,) = NOTICES.glob(name)
        texts = re.findall(r"^\s*[一二三四五六七八九十]+、.+$", path.read_text("utf-8"), re.MULTILINE)
        found |= {f"{prefix}-{nth:02}": text for nth, text in enumerate(texts, 1)}
    return found


def words(case: Case) -> str:
    """All that the project wrote of a case: its title, its summary and its body."""
    return "\n".join((case.title, case.text("summary"), case.body.text))


def test_there_are_37_cases(collection):
    """The sample is the 27 cases of the ministry's third batch and the 10 of Shandong's second, each under its number."""
    assert sorted(case.id for case in collection.cases) == IDS
    assert len({case.title for case in collection.cases}) == 37
    assert {case.id for case in collection.cases if case.text("batch") == "第三批"} == set(IDS[:27])
    assert {case.id for case in collection.cases if case.text("batch") == "第二批"} == set(IDS[27:])


@pytest.mark.parametrize("name", IDS)
def test_a_case_is_whole(name, collection):
    """A case has its place with its code, unit, theme, batch, real designation, summary and source."""
    case = collection.by_id[name]

    assert re.fullmatch(r"\d{6}", case.place.codes[0]) and case.place.path
    assert case.place.code.isdigit() or any(word in case.place.name for word in ("新区", "宁东"))
    assert case.text("school") and case.all("theme") and case.text("batch")
    assert case.text("award") == "典型案例", "the notices call them typical cases, which is no prize"
    assert 20 <= len(case.text("summary")) <= 80
    assert case.source.title and case.source.issuer
    assert not case.all("authors"), "the notices name no person"
    assert case.is_digest


@pytest.mark.parametrize("name", IDS)
def test_a_case_is_of_the_right_length(name, collection):
    """A body has 250 to 800 字, and at least two headings of level 2, each with text beneath."""
    case = collection.by_id[name]

    assert 250 <= case.characters <= 800
    assert len([heading for heading in case.body.headings if heading.level == 2]) >= 2
    assert not re.search(r"</h[2-6]>\s*(?:<h2|$)", case.body.html)


def test_the_sample_has_nothing_to_mend():
    """`casepress check --strict` finds no problem in the repository's own collection."""
    ran = run("-C", ROOT, "check", "--strict")

    assert (ran.code, ran.words) == (0, "37 个案例，没有发现问题。\n")


def test_the_sample_builds_without_a_warning(sample_build):
    """Building the repository's collection makes 37 pages, 37 PDFs and one book, and neither MkDocs nor the press warns."""
    folder, ran = sample_build

    assert (ran.code, ran.err) == (0, "")
    assert sorted(path.stem for path in (folder / "build" / "site" / "cases").glob("*.html")) == sorted([*IDS, "index"])
    for place in ("books", "site/books"):
        assert sorted(path.stem for path in (folder / "build" / place / "cases").glob("*.pdf")) == IDS
        assert (folder / "build" / place / "book.pdf").is_file()


def test_marks_are_full_width():
    """In no case does a half-width mark stand beside a Chinese character, nor a space between two."""
    for path in sorted((ROOT / "cases").glob("*.md")):
        _, header, body = path.read_text("utf-8").split("---\n", 2)
        values = "\n".join(line.partition(": ")[2] for line in header.splitlines() if not line.startswith("stage:"))
        for text in (values, re.sub(r"\]\([^()]*\)", "]", body)):  # where a link leads is no text
            assert not re.search(r"[一-鿿][,.;:?!()\"']|[,;:?!()\"'][一-鿿]|[一-鿿] [一-鿿]", text), path.name


def plain(text: str) -> str:
    """A text as it is compared: one width for every mark, no spaces, and no names of documents, bodies and programmes."""
    text = re.sub(r"《[^》]*》|“[^”]{1,25}”", "\0", text)
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text).replace("“", '"').replace("”", '"'))


def runs(text: str) -> set[str]:
    """Every run of one character more than may be in common; none reaches over a name that was taken out."""
    length = LONGEST_RUN + 1
    return {part[n : n + length] for part in plain(text).split("\0") for n in range(len(part) - length + 1)}


def test_no_sentence_is_copied(collection, paragraphs):
    """No case has a run of more than 25 characters in common with the notices, names of documents and the like aside."""
    notices = set().union(*(runs(path.read_text("utf-8")) for path in NOTICES.glob("00[34]_*.txt")))
    assert len(notices) > 8000

    copied = {case.id: found for case in collection.cases if (found := runs(words(case)) & notices)}

    assert copied == {}


def test_the_comparison_finds_a_copied_sentence(paragraphs):
    """The comparison above does see a sentence that is copied with other marks and spaces."""
    sentence = paragraphs["moe-3-01"][60:110]

    assert runs(sentence) & runs(sentence.replace(",", "，").replace("课", "课 "))


@pytest.mark.parametrize("name", IDS)
def test_every_figure_is_in_the_source(name, collection, paragraphs):
    """Every number in a case stands in its own paragraph of the notice, or follows from it by the arithmetic named above."""
    source = unicodedata.normalize("NFKC", paragraphs[name])
    given = set(re.findall(r"\d+(?:\.\d+)?", source))
    said = set(re.findall(r"\d+(?:\.\d+)?", unicodedata.normalize("NFKC", words(collection.by_id[name]))))

    assert said - given == ARITHMETIC.get(name, set())


def test_units_and_titles_are_those_of_the_source(collection, paragraphs):
    """A title is the case's official name or a shortening of it, and the place is named in the paragraph itself."""
    assert sorted(paragraphs) == sorted(IDS)
    for case in collection.cases:
        head = plain(paragraphs[case.id]).partition("。")[0]
        assert len(set(plain(case.title)) - set(head) - {"\0"}) <= 2, case.id
        assert case.place.name[:2] in paragraphs[case.id], case.id


def test_no_two_subsets_of_a_font_bear_one_tag(sample):
    """In every PDF of the sample each subset of a face has its own tag (ISO 32000-1, 9.6.4)."""
    for path in sorted((sample / "build" / "books").rglob("*.pdf")):
        assert shared_tags(path) == [], path


def test_words_whose_letters_are_set_apart_are_read_whole(sample):
    """What covers, title page and dividers set with air between the letters is copied and found as the words that it is."""
    said = subprocess.run(["pdftotext", sample / "build" / "books" / "book.pdf", "-"], check=True, capture_output=True, text=True).stdout

    assert said.count("教育部第三批") >= 2 and said.count("casepress 示例编写组") >= 2 and said.count("第一篇") == 2
    assert not re.search(r"教 育|山 东|c asepress|第 .篇", said)
