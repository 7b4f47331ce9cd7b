"""Reading: what stands in one file, read in a process of its own (`facts.confined`), for a library may fail in any way at a stranger's file."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from casepress.facts.confined import Confined, Died
from casepress.facts.places import Gazetteer
from casepress.intake import documents, guises, leftover, sheets, summaries
from casepress.intake.labels import Labels
from casepress.intake.refusals import Refused, not_opened
from casepress.intake.submissions import Submission
from casepress.markup import decoding
from casepress.values.problems import Problem, warning

WORD, OLD_WORD = frozenset((".docx", ".docm", ".dotx", ".dotm")), frozenset((".doc", ".dot", ".wps", ".wpt", ".rtf", ".odt"))
SHEETS, OLD_SHEETS = frozenset((".xlsx", ".xlsm", ".xltx", ".csv", ".tsv")), frozenset((".xls", ".et", ".xlt"))
TEXTS, PDF = frozenset((".txt", ".md")), frozenset((".pdf",))
READ = WORD | OLD_WORD | SHEETS | OLD_SHEETS | TEXTS | PDF
MOST_ROWS = 5_000  # of the sheets of a file, each a case
_MOST_ALIKE = 20  # problems of a kind that are told of a table one by one
_AGAIN = "请用 Word、Excel 或 WPS 打开它，看看是不是好的，另存一份，再收一次；打不开的，请向学校再要一次"
_DIED = {
    "slow": ("too-slow", "这个文件读了很久也没有读完，不像一份文档，已经停下"),
    "large": ("too-big", "读这个文件要用的内存太多，不像一份文档，已经停下"),
    "broken": ("damaged", "这个文件坏了，读不出来"),
}


@dataclass(frozen=True)
class Job:
    """A file to be read: where it lies, what messages call it, and its converted bytes where it was of an old kind."""

    path: Path
    name: str
    converted: bytes | None = None


@dataclass
class Found:
    """What stood in a file: cases, tables of rows, and problems of the file as a whole."""

    submissions: list[Submission] = field(default_factory=list)
    tables: list[summaries.Summary] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    refused: Refused | None = None


class Readers:
    """The process that reads files, made when the first one comes."""

    def __init__(self, confined: Confined) -> None:
        self._confined = confined

    def read(self, job: Job) -> Found:
        """What stands in a file; whatever it does to the process that reads it is its own problem."""
        try:
            return self._confined.ask(job)
        except Died as died:
            kind, what = _DIED[died.kind]
            return Found(refused=Refused(kind, what, _AGAIN))


@contextmanager
def readers(known: Labels, places: Gazetteer) -> Iterator[Readers]:
    """Who reads files whose labels and places these are."""
    with Confined(_read, (known, places)) as confined:
        yield Readers(confined)


def _read(job: Job, known: Labels, places: Gazetteer) -> Found:
    try:
        return _found(job, known, places)
    except Refused as reason:
        return Found(refused=reason)
    except OSError as reason:
        return Found(refused=not_opened(reason))
    except RecursionError:
        return Found(refused=Refused("too-deep", "文件里一层套一层，太深了，不像一份文档", _AGAIN))


def _found(job: Job, known: Labels, places: Gazetteer) -> Found:
    ending = job.path.suffix.casefold()
    data = job.path.read_bytes() if job.converted is None else job.converted
    if not data:
        raise Refused("empty", "这个文件是空的（0 字节）", "请向学校再要一次")
    if ending in WORD | OLD_WORD:
        made = documents.of_word(data, job.name, known, places)
    elif ending in SHEETS | OLD_SHEETS:
        return _rows(data, job.path.name, job.name, known)
    elif ending in PDF:
        made = [documents.of_pdf(data, job.name, known)]
    else:
        return _text(data, job, known, places)
    if len(made) == 1:
        documents.named(made[0], job.path.stem, known)
    return Found(made)


def _text(data: bytes, job: Job, known: Labels, places: Gazetteer) -> Found:
    if guises.guise(data) not in ("text", "html", "xml"):
        raise guises.told(data, "text")
    text, problems = decoding.decode(data, job.name)
    if not text.strip():
        return Found(problems=[*problems]) if problems else Found(refused=Refused("empty", "这个文件里没有字", "请向学校再要一次"))
    made = documents.of_notice(text, job.name, known, places)
    if not made:
        made = [documents.of_text(text, job.name, known)]
        documents.named(made[0], job.path.stem, known)
    return Found(made, problems=[*problems])


def _rows(data: bytes, file: str, name: str, known: Labels) -> Found:
    """The rows of all sheets of a file that have a head."""
    out = Found()
    others: list[tuple[str, str]] = []  # sheets without a head
    for sheet in sheets.read(data, file):
        where = f"工作表“{sheet.name}”" if sheet.name else ""
        found = summaries.summary(sheet, known)
        for place, remark in sheet.remarks:
            place = f"{where}{place}" if place else where
            out.problems.append(
                warning(name, 0, f"{place}：{remark.what}" if place else remark.what, remark.cure, "sheets_are_read", remark.kind)
            )
        if found is None:
            if sheet.cells:
                others.append((sheet.name, " ".join(sheet.cells.values())))
            continue
        out.tables.append(found)
        if sum(len(each.rows) for each in out.tables) > MOST_ROWS:
            what = f"这个表格有 {MOST_ROWS} 行以上，不像一份汇总表"
            raise Refused("too-big", what, "请看看是不是整张表都填了格式或公式；真有这么多案例的，请分成几个文件")
        if found.unknown:
            names = list(dict.fromkeys(word.replace("\n", "") for word in found.unknown))
            words = "、".join(names[:20]) + (f"等 {len(names)} 列" if len(names) > 20 else "")
            cure = "要收的话，请在 collection.yml 的 fields 里加上，或写成某个字段的 aliases"
            out.problems.append(
                warning(name, 0, f"{where}：表头里的 {words} 不是案例库的字段，没有收", cure, "sheets_are_read", "unknown-column")
            )
        if found.twice:
            what = f"{where}：表头里的 {'、'.join(dict.fromkeys(found.twice))} 和前面的一列问的是同一项，只收了前面那一列"
            cure = "请看看后面那一列里有没有别的内容，要用的请并到前面那一列，再收一次"
            out.problems.append(warning(name, 0, what, cure, "sheets_are_read", "twice"))
        left = leftover.Leftover(texts=found.left)
        if left.texts:
            what = f"{where}{left.said()}没有收，不像案例" if where else f"{left.said()}没有收，不像案例"
            out.problems.append(warning(name, 0, what, "请看原件，要用的请补进案例", "sheets_are_read", "left"))
    if out.tables and not any(found.rows for found in out.tables):
        raise Refused("empty", "这个表格只有表头，一个案例也没有", "请向学校再要一次")
    if not out.tables:
        cure = "请看看表头的写法，或在 collection.yml 里给字段加上别名 aliases"
        raise Refused("no-head", "这个表格里找不到表头，至少要有两列是案例库的字段", cure)
    for called, words in others:
        what = f"工作表“{called}”里找不到表头，没有收：“{leftover.quoted(words)}”"
        out.problems.append(warning(name, 0, what, "要收的话，请给它加上表头，至少要有两列是案例库的字段", "sheets_are_read", "no-head"))
    out.problems = _bounded(out.problems)
    return out


def _bounded(problems: list[Problem]) -> list[Problem]:
    """Problems of which no more than so many of a kind stand there, and how many more of it there are."""
    out: list[Problem] = []
    all_of, told = Counter(problem.kind for problem in problems), Counter()
    for problem in problems:
        told[problem.kind] += 1
        if told[problem.kind] <= _MOST_ALIKE:
            out.append(problem)
        if told[problem.kind] == _MOST_ALIKE < all_of[problem.kind]:
            what = f"和上面 {_MOST_ALIKE} 处同类的，还有 {all_of[problem.kind] - _MOST_ALIKE} 处，没有一一列出"
            out.append(replace(problem, what=what, cure="请先照上面说的改好，再收一次"))
    return out
