"""Pieces: laid out once whatever they go into, by whom and wherever, kept, and joined to the same bytes."""

import ast
import io
import os
import shutil
import signal
from collections import Counter
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pikepdf
import pytest

from casepress import clusters, flow
from casepress.book.book import book_of, whole_book
from casepress.collection import project
from casepress.collection.selections import selected
from casepress.press import workers
from casepress.press.joining import File, array_of, dictionary, number, reference, text
from casepress.press.layout import Refused
from casepress.press.making import Press
from casepress.press.written.pieces import Facts, facts_of
from casepress.values.losses import Loss
from casepress.values.problems import Failed, Stopped, error
from conftest import ROOT, case_text, run, write_files
from readback import read_lines

PACKAGE = Path(__file__).parents[1] / "scripts" / "casepress"
SETTINGS = "title: 小案例库\nbook: {parts: theme}\n"
LONG = "\n\n".join(f"第{n}段，写得长一些，为的是让这个案例排满两页，好看一看左页和右页。" * 6 for n in range(16))


@pytest.fixture
def world(tmp_path) -> Path:
    """A small book of two full cases, one of them of several pages and with an award, and a digest."""
    cases = {
        "a.md": case_text("甲的标题", body=LONG).replace("篇幅: digest", "篇幅: full\n奖项: 一等奖"),
        "b.md": case_text("乙的标题", theme="作业管理", body="乙写一段，[见甲](a.md)。").replace("篇幅: digest", "篇幅: full"),
        "c.md": case_text("丙的标题", theme="作业管理", body="丙写一段。"),
    }
    write_files(tmp_path / "world" / "cases", {"collection.yml": SETTINGS, **cases})
    return tmp_path / "world"


def press_of(folder: Path, executor: Executor | None = None) -> tuple[Press, object]:
    place = project.find(folder)
    collection, problems = flow.check_project(place)
    assert not any(problem.level == "error" for problem in problems), problems
    return flow.press_of(place, collection, executor=executor), collection


def kept(press: Press) -> dict[str, Facts]:
    """The facts of the pieces that are kept, by their names."""
    files = (path for path in (press.store.folder / "piece").rglob("*") if path.is_file())
    return {path.name: facts_of(press.store.get("piece", path.name)) for path in files}


def layouts(press: Press) -> dict[str, int]:
    """How often each case is laid out in what is kept."""
    return dict(Counter(anchor for facts in kept(press).values() for anchor in facts.anchors if anchor in ("case-a", "case-b", "case-c")))


def test_a_case_is_laid_out_once(world):
    """The whole book, a selection in which cases stand elsewhere, and the PDFs of cases share one layout of each case."""
    press, collection = press_of(world)
    whole = press.make_book(whole_book(collection))
    some = press.make_book(book_of(collection, selected(collection, ["theme=课后服务"])))
    mine = {case.id: made for case, made in press.make_cases(whole_book(collection), collection.cases)}
    assert whole.messages == some.messages == () and sorted(mine) == ["a", "b", "c"]
    # Only what links to a case that is not bound with it says something else: then its HTML differs
    assert layouts(press) == {"case-a": 1, "case-b": 2, "case-c": 1}


def test_a_changed_comma_lays_out_one_piece(world):
    """After a change that moves nothing only the changed case is laid out again."""
    press, collection = press_of(world)
    press.make_book(whole_book(collection))
    before = kept(press)
    file = world / "cases" / "c.md"
    file.write_text(file.read_text("utf-8").replace("丙写一段。", "丙写一段！"), "utf-8")
    press, collection = press_of(world)
    press.make_book(whole_book(collection))
    (fresh,) = (facts for name, facts in kept(press).items() if name not in before)
    assert "case-c" in fresh.anchors


def test_the_side_is_the_binders(world):
    """On a left-hand page margins, award and running head are mirrored; on a right-hand page they are as they were laid out."""
    press, collection = press_of(world)
    profile = press.composer.profile
    case = next(made for case, made in press.make_cases(whole_book(collection), collection.cases) if case.id == "a")
    (world / "case.pdf").write_bytes(case.pdf)
    lines = read_lines(world / "case.pdf")
    for page, left, right in ((1, profile.inner, profile.outer), (2, profile.outer, profile.inner)):
        full = [line for line in lines if line.page == page and len(line.text) > 30]
        assert full and all(line.glyphs[0].x0 == pytest.approx(left, abs=0.5) or line.glyphs[0].x0 > left for line in full)
        assert min(line.glyphs[0].x0 for line in full) == pytest.approx(left, abs=0.5)
        assert max(line.glyphs[-1].x1 for line in full) == pytest.approx(profile.width - right, abs=0.5)


def test_the_same_bytes_by_whomever(world):
    """One process, two workers, and a warm cache give the same bytes; so does a cache that is damaged, which is noticed."""
    press, collection = press_of(world)
    book = whole_book(collection)
    alone = press.make_book(book).pdf
    assert press.make_book(book).pdf == alone
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        cold = Press(press.composer, press.assets, press.faces, executor=pool)
        assert cold.make_book(book).pdf == alone
    for path in list(press.store.folder.rglob("*")):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:-3] + b"???")
    press, collection = press_of(world)
    assert press.make_book(whole_book(collection)).pdf == alone


def test_the_workers_of_a_cluster_make_the_same(world, tmp_path, figures):
    """Pieces laid out by two workers of a Dask scheduler are bound to the same bytes; what cannot be used is said."""
    import distributed

    run("-C", world, "book", "-o", tmp_path / "here.pdf")
    shutil.rmtree(world / "build")
    shutil.copytree(figures, world / "build" / ".cache")  # what faces draw is no matter here
    with distributed.LocalCluster(n_workers=2, threads_per_worker=2, dashboard_address=None) as cluster:
        done = run("-C", world, "book", "-o", tmp_path / "there.pdf", "--executor", cluster.scheduler_address)
        assert done.code == 0, done.words
    assert (tmp_path / "there.pdf").read_bytes() == (tmp_path / "here.pdf").read_bytes()
    with pytest.raises(clusters.NoCluster, match="连不上"), clusters.executor_at("tcp://127.0.0.1:9", 0.5):
        pass


def killed(_: object) -> bytes:
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_killed_worker_is_said():
    """A worker that the system kills ends the book with a sentence, not with a traceback."""
    with ProcessPoolExecutor(1, get_context("fork")) as pool, pytest.raises(workers.WorkerLost, match="内存"):
        list(workers.done(killed, [1, 2], pool))


def wrong(job: int) -> int:
    if job == 3:
        raise Refused(f"第 {job} 件做不成")
    return job


def test_an_error_in_one_job_is_raised():
    """What goes wrong in a worker is raised here as it was said there, and the results before it came in their order."""
    found = []
    with ProcessPoolExecutor(2, get_context("fork")) as pool, pytest.raises(Refused, match="第 3 件做不成"):
        found.extend(workers.done(wrong, range(9), pool))
    with pytest.raises(Refused, match="第 3 件做不成"):
        for result in workers.done(wrong, range(9)):
            found.append(result)
    assert found == [0, 1, 2] * 2


def test_problems_travel():
    """A failure keeps its problems on its way between processes."""
    import pickle

    problem = error("cases/a.md", 3, "有错", "请改")
    assert pickle.loads(pickle.dumps(Stopped([problem]))).problems == (problem,)
    assert pickle.loads(pickle.dumps(Failed("不行", [problem]))).problems == (problem,)


def test_nothing_is_unpickled():
    """No module of the package reads what could run: pickles, marshalled code, shelves."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [node.module]
                if isinstance(node, ast.ImportFrom)
                else []
            )
            assert not {"pickle", "marshal", "shelve", "dill", "joblib", "cloudpickle"} & {(name or "").partition(".")[0] for name in names}, (
                path
            )


def test_a_page_names_only_what_it_shows(world):
    """The resources of a page are those that it draws with: its faces, its running head, its pictures."""
    press, collection = press_of(world)
    with pikepdf.open(io.BytesIO(press.make_book(whole_book(collection)).pdf)) as pdf:
        for page in pdf.pages:
            drawn = pikepdf.parse_content_stream(page)
            for kind, operator in (("/Font", "Tf"), ("/XObject", "Do"), ("/ExtGState", "gs")):
                used = {str(operands[0]) for operands, found in drawn if str(found) == operator}
                assert used == set(page.Resources.get(kind, {}).keys())


def test_a_link_to_nowhere_is_said(world):
    """A template that leads to an id that no piece of the book has is a loss: no such link is printed in silence."""
    (world / "theme" / "print").mkdir(parents=True)
    template = (ROOT / "theme" / "print" / "divider.html").read_text("utf-8")
    assert "<li>{{ case.title }}</li>" in template
    changed = template.replace("<li>{{ case.title }}</li>", '<li><a href="#gone">{{ case.title }}</a></li>')
    (world / "theme" / "print" / "divider.html").write_text(changed, "utf-8")
    press, collection = press_of(world)
    said = press.make_book(whole_book(collection)).messages
    assert [message.what for message in said if isinstance(message, Loss)] == ["No anchor #gone for internal URI reference"]


def test_a_file_of_many_objects_is_sound():
    """Trees of hundreds of names and thousands of objects are read back as they were written (ISO 32000-1, 7.5 and 7.9.6)."""
    file = File("1.7")
    pages, root = file.numbers(), file.numbers()
    leaf = file.add(dictionary({"Type": b"/Page", "Parent": reference(pages), "MediaBox": array_of((0, 0, 9.5, 9)), "Resources": b"<<>>"}))
    file.put(pages, dictionary({"Type": b"/Pages", "Count": b"1", "Kids": b"[%b]" % reference(leaf)}))
    names = sorted(f"n{n:05d}" for n in range(5000))
    places = [(text(name), reference(file.add(b"<</At %d>>" % nth))) for nth, name in enumerate(names)]
    counted = [(b"%d" % n, reference(file.add(array_of((n, n / 3))))) for n in range(5000)]
    tree, nums = file.tree(places, "Names"), file.tree(counted, "Nums")
    stream = file.add_stream(b"x" * 70_000, packed=True)
    entries = {"Type": b"/Catalog", "Pages": reference(pages), "A": reference(tree), "B": reference(nums), "S": reference(stream)}
    file.put(root, dictionary(entries))
    data = file.finish(root, file.add(dictionary({"Title": text("名（一）(b)\\")})))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert str(pdf.docinfo.Title) == "名（一）(b)\\" and pdf.Root.S.read_bytes() == b"x" * 70_000
        found = pikepdf.NameTree(pdf.Root.A)
        assert [int(found[name].At) for name in names] == list(range(5000))
        kept_numbers = pikepdf.NumberTree(pdf.Root.B)
        assert all(int(kept_numbers[n][0]) == n for n in range(5000)) and pdf.check_pdf_syntax() == []


@pytest.mark.parametrize("value, words", [(0, b"0"), (-0.0001, b"0"), (1.5, b"1.5"), (-2.0004, b"-2"), (100, b"100"), (0.1234, b"0.123")])
def test_numbers_are_short(value, words):
    """A number is written to a thousandth, without what says nothing."""
    assert number(value) == words
