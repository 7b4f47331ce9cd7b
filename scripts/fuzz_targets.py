"""What scripts/fuzz does: inputs that a machine makes up, coverage-guided (Atheris) where it is installed, else by Hypothesis.

    fuzz_targets.py TARGET SECONDS FOLDER

Each target reads one kind of thing that strangers send. A finding is an exception that no reader expects, a promise that does not
hold, or an input that takes too long. It is made as small as it goes, printed, and kept in FOLDER; the search goes on.
"""

import io
import sys
import time
import traceback
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

SLOW = 5.0  # seconds of the processor for an input of at most MOST bytes
MOST = 20_000
PATIENCE = 20.0  # seconds for making one finding small


def header(data: bytes) -> None:
    """A file's header: every problem has its line and a cure, and what was read is read again from what is written of it."""
    text, problems = decoding.decode(data, "x.md")
    values, body, line, found = frontmatter.read_header(text, "x.md")
    lines = max(text.count("\n"), data.count(b"\n"), data.count(b"\r")) + 2
    assert all(0 <= each.line <= lines and each.what and each.cure for each in (*problems, *found)), "a problem without its place"
    plain = {key: node.value for key, node in values.items() if isinstance(node.value, str)}
    if not plain:
        return
    again, _, _, wrong = frontmatter.read_header(frontmatter.write_header(plain) + "\n", "x.md")
    assert not wrong and {key: node.value for key, node in again.items()} == plain, "what was written is read as something else"


def body(data: bytes) -> None:
    """The text of a case: whatever it says, nothing of it lives in the HTML."""
    text, _ = decoding.decode(data, "x.md")
    fragment = prose.render(text, "x-", {})
    page = Living()
    page.feed(fragment.html)
    assert not page.found, f"this would live: {page.found[:3]}"
    list(prose.remarks("x.md", 1, fragment))


def document(data: bytes) -> None:
    """The text of a Word file."""
    with zipfile.ZipFile(io.BytesIO(PACKAGES["docx"])) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    documents.of_word(packages.packed(parts | {"word/document.xml": data}), "x.docx", *KNOWN)


def sheet(data: bytes) -> None:
    """The cells of an Excel file."""
    with zipfile.ZipFile(io.BytesIO(PACKAGES["xlsx"])) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for each in sheets.read(packages.packed(parts | {"xl/worksheets/sheet1.xml": data}), "x.xlsx"):
        summaries.summary(each, KNOWN[0])


def picture(data: bytes) -> None:
    """A photo: it is refused, or written anew as one of ours."""
    developing.publish(data)


def private(data: bytes) -> None:
    """The look for personal data: each finding lies in the text."""
    text = data.decode("utf-8", "replace")
    for is_built in (False, True):
        for found in scanning.scan(text, is_built):
            assert 0 <= found.start < found.end <= len(text), "a finding outside the text"


def seeds(target: str) -> Iterator[bytes]:
    """What the search begins with: the corpus of hostile inputs, and a good one of each kind."""
    from evil import exhaustion, headers, markdown, pictures, runner, unicode

    if target in ("header", "prose", "privacy"):
        every = [each.data for part in (markdown, headers, unicode, exhaustion) for each in part.inputs()]
        yield from (data for data in (*every, *runner.GOOD.values()) if len(data) < 3_000)
        if target == "privacy":
            yield from _lines()
    elif target == "pictures":
        yield from (data for each in pictures.inputs() for data in each.beside.values() if len(data) < MOST)
    else:
        name, kind = {"docx": ("word/document.xml", "docx"), "xlsx": ("xl/worksheets/sheet1.xml", "xlsx")}[target]
        for each in runner.sent():
            if each.group == kind:
                try:
                    with zipfile.ZipFile(io.BytesIO(each.data)) as archive:
                        if archive.getinfo(name).file_size < MOST:
                            yield archive.read(name)
                except (zipfile.BadZipFile, KeyError, NotImplementedError):
                    continue


def _lines() -> Iterator[bytes]:
    for path in sorted((Path(__file__).parents[1] / "tests" / "privacy").glob("*.tsv")):
        yield from path.read_bytes().splitlines()[::5]


def _is_ours(frame: traceback.FrameSummary) -> bool:
    return "/casepress/" in frame.filename or frame.filename.endswith("fuzz_targets.py")


class Search:
    """One search: what it tries, what it found, and where that is kept."""

    def __init__(self, name: str, target: Callable[[bytes], None], folder: Path, expected: tuple[type[Exception], ...]) -> None:
        self.name, self.target, self.folder, self.expected = name, target, folder, expected
        self.found: set[tuple[str, str]] = set()
        self.tried = 0

    def fault(self, data: bytes) -> tuple[tuple[str, str], str] | None:
        """What is wrong with an input: its kind and place, and its words."""
        begun = time.process_time()
        try:
            self.target(data)
        except self.expected:
            pass
        except Exception as reason:
            if self.name in CONFINED and not _is_ours(traceback.extract_tb(reason.__traceback__)[-1]):
                return None
            frames = list(filter(_is_ours, traceback.extract_tb(reason.__traceback__)))
            place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
            return (type(reason).__name__, place), f"{type(reason).__name__} at {place}: {str(reason)[:200]}"
        if (took := time.process_time() - begun) > SLOW:
            return ("slow", ""), f"{took:.1f} s for {len(data)} bytes"
        return None

    def one(self, data: bytes) -> None:
        """Try an input; tell and keep a fault of a kind that was not met yet."""
        self.tried += 1
        found = self.fault(data)
        if found is None or found[0] in self.found:
            return
        self.found.add(found[0])
        data = self.smaller(data, found[0])
        path = self.folder / f"finding-{self.name}-{len(self.found)}"
        path.write_bytes(data)
        print(f"{self.name}: {found[1]}\n  {path} ({len(data)} bytes): {data[:300]!r}", flush=True)

    def smaller(self, data: bytes, kind: tuple[str, str]) -> bytes:
        """The input without all that its fault does not need."""
        end, size = time.process_time() + PATIENCE, max(1, len(data) // 2)
        while size and time.process_time() < end:
            at = 0
            while at < len(data) and time.process_time() < end:
                shorter = data[:at] + data[at + size :]
                found = self.fault(shorter)
                if found and found[0] == kind:
                    data = shorter
                else:
                    at += size
            size //= 2
        return data


def guided(search: Search, seconds: int, begun: list[bytes]) -> None:
    """Atheris' search. It ends the process by itself."""
    corpus = search.folder / f"corpus-{search.name}"
    corpus.mkdir(parents=True, exist_ok=True)
    for nth, data in enumerate(begun):
        (corpus / f"seed-{nth}").write_bytes(data)
    words = [
        sys.argv[0],
        f"-max_total_time={seconds}",
        f"-max_len={MOST}",
        "-timeout=60",
        "-report_slow_units=600",
        "-rss_limit_mb=1024",
        "-verbosity=0",
        "-print_final_stats=1",
    ]
    atheris.Setup([*words, f"-artifact_prefix={search.folder}/finding-{search.name}-", str(corpus)], search.one)
    atheris.Fuzz()


def by_chance(search: Search, seconds: int, begun: list[bytes]) -> None:
    """Hypothesis' search: pieces of what it begins with, cut, joined and spoilt."""
    from hypothesis import HealthCheck, Phase, given, settings, target
    from hypothesis import strategies as st

    piece = st.one_of(st.sampled_from(begun), st.binary(max_size=200), st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")))
    cut = st.tuples(piece, st.integers(0, MOST), st.integers(0, MOST)).map(lambda parts: parts[0][min(parts[1:]) : max(parts[1:])])
    end = time.monotonic() + seconds

    @settings(max_examples=10**6, deadline=None, database=None, phases=[Phase.generate, Phase.target], suppress_health_check=list(HealthCheck))
    @given(st.lists(st.one_of(piece, cut), min_size=1, max_size=6).map(b"".join))
    def tried(data: bytes) -> None:
        if time.monotonic() > end:
            raise KeyboardInterrupt
        begin = time.process_time()
        search.one(data[:MOST])
        target(time.process_time() - begin)

    try:
        tried()
    except KeyboardInterrupt:
        print(f"{search.name}: {search.tried} inputs, {len(search.found)} findings")


try:
    import atheris

    guarded = atheris.instrument_imports(include=["casepress", "markdown", "mammoth"])
except ImportError:
    from contextlib import nullcontext

    atheris, guarded = None, nullcontext()
with guarded:
    from casepress.collection.settings import read_settings
    from casepress.facts import developing
    from casepress.facts.pictures import NotAPicture
    from casepress.intake import documents, labels, packages, sheets, summaries
    from casepress.intake.refusals import Refused
    from casepress.markup import decoding, frontmatter, prose
    from casepress.privacy import scanning
from badparts import sheets as sheets_of  # noqa: E402  what the tests make hostile files with; it is not looked into
from evil import documents as forms  # noqa: E402
from evil.runner import Living  # noqa: E402
from evil.tables import rows  # noqa: E402

TARGETS = {
    "header": (header, ()),
    "prose": (body, ()),
    "docx": (document, (Refused, RecursionError)),
    "xlsx": (sheet, (Refused, RecursionError)),
    "pictures": (picture, (NotAPicture,)),
    "privacy": (private, ()),
}
CONFINED = ("docx", "xlsx")  # read in a process of their own: what a library fails at is the file's fault, and told so (intake/reading)
KNOWN: tuple = ()
PACKAGES: dict[str, bytes] = {}


def ready() -> None:
    """What the targets need besides an input."""
    global KNOWN
    settings = read_settings("title: 库\n".encode())[0]
    KNOWN = labels.labels(settings.fields), settings.places
    PACKAGES.update(docx=forms.package(forms.form("甲")), xlsx=sheets_of(rows("甲")))


def main() -> None:
    name, seconds, folder = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    folder.mkdir(parents=True, exist_ok=True)
    ready()
    target, expected = TARGETS[name]
    search = Search(name, target, folder, expected)
    begun = list(dict.fromkeys(data for data in seeds(name) if data))
    print(f"{name}: {len(begun)} seeds, {seconds} s, {'Atheris' if atheris else 'Hypothesis'}", flush=True)
    (guided if atheris else by_chance)(search, seconds, begun)


if __name__ == "__main__":
    main()
