"""What scripts/mutate does with cosmic-ray's files of changes.

mutants.py sample NUMBER FILE...                 keeps NUMBER of the changes in all files together, always the same ones
mutants.py calm FILE TEST...                     runs the tests with nothing changed, and writes the processor seconds that they took
mutants.py notice FILE ORIGINAL MODULE TEST...   runs the tests that can notice what is changed in MODULE; ends as they do
mutants.py score FILE...                         how many of the changes the tests noticed

`notice` knows from the contexts of a run of coverage.py (its file in $COVERAGE_FOLDER) which test functions take the statement that is
changed. They are asked first, in the order in which their files are given (quick ones first); the others only where the statement is also taken outside of a test's own code: while a module is
imported, by a fixture, in another process. Whoever never takes a statement cannot notice what it says. Tests that go on for ever are
ended by the system after twice as much of the processor's time as `calm` found, however busy the machine is.
"""

import ast
import difflib
import os
import random
import resource
import sqlite3
import subprocess
import sys
from contextlib import closing
from math import sqrt
from pathlib import Path


def sample(number: int, paths: list[str]) -> None:
    """Keep `number` changes of those in `paths`, each as likely as any other, and drop the rest."""
    every = []
    for path in paths:
        with closing(sqlite3.connect(path)) as file:
            every += [
                (path, job)
                for (job,) in file.execute("SELECT job_id FROM mutation_specs ORDER BY start_pos_row, start_pos_col, operator_name, occurrence")
            ]
    dropped = set(every) - set(random.Random(1).sample(every, min(number, len(every))))
    for path in paths:
        with closing(sqlite3.connect(path)) as file:
            for table in ("mutation_specs", "work_items"):
                file.executemany(f"DELETE FROM {table} WHERE job_id = ?", [(job,) for where, job in dropped if where == path])
            file.commit()
    print(f"{len(every)} 处改动里做 {len(every) - len(dropped)} 处")


def changed(original: str, text: str) -> set[int]:
    """The lines of `original` (from 1) that belong to a statement of which `text` says something else."""
    blocks = difflib.SequenceMatcher(None, original.splitlines(), text.splitlines(), autojunk=False).get_opcodes()
    lines = {line + 1 for kind, start, end, _, _ in blocks if kind != "equal" for line in range(start, max(end, start + 1))}
    found = set(lines)
    for node in ast.walk(ast.parse(original)):
        if isinstance(node, ast.stmt):
            body = getattr(node, "body", None)
            span = range(node.lineno, body[0].lineno if body else node.end_lineno + 1)
            found |= set(span) if lines & set(span) else set()
    return found


def calm(found: Path, tests: list[str]) -> int:
    """Run `tests` and write what they took in `found`: 0 where all pass."""
    code = _asked(tests)
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    found.write_text(str(round(spent.ru_utime + spent.ru_stime)), "ascii")
    return code


def notice(found: Path, original: Path, module: Path, tests: list[str]) -> int:
    """Run those of `tests` that can notice what is changed in `module`: 0 where none does."""
    from coverage import CoverageData

    lines = changed(original.read_text("utf-8"), module.read_text("utf-8"))
    data = CoverageData(str(Path(os.environ["COVERAGE_FOLDER"], "data")))
    data.read()
    contexts = data.contexts_by_lineno(str(module.resolve()))
    taken = {context for line in lines for context in contexts.get(line, [])}
    asked = {"tests/{}.py::{}".format(*context.split(".")[-2:]) for context in taken if context}
    first = sorted(asked, key=lambda test: (tests.index(test.partition("::")[0]), test))
    rounds = [first] if first else []
    if "" in taken or not first:
        rounds.append(tests)
    limit = 30 + 2 * int(found.read_text("ascii"))
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
    return next(filter(None, map(_asked, rounds)), 0)


def _asked(tests: list[str]) -> int:
    return subprocess.run([sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests], check=False).returncode


def score(paths: list[str]) -> None:
    """Print how many of the changes were noticed, and between what bounds the share of all lies with 95 % (Wilson)."""
    noticed = asked = 0
    for path in paths:
        with closing(sqlite3.connect(path)) as file:
            outcomes = [outcome for (outcome,) in file.execute("SELECT test_outcome FROM work_results WHERE worker_outcome = 'NORMAL'")]
        asked += len(outcomes)
        noticed += sum(outcome != "SURVIVED" for outcome in outcomes)
    if asked:
        share, z = noticed / asked, 1.96
        middle, half = share + z * z / (2 * asked), z * sqrt(share * (1 - share) / asked + (z / (2 * asked)) ** 2)
        low, high = ((middle + sign * half) / (1 + z * z / asked) for sign in (-1, 1))
        print(
            f"测试发现了 {asked} 处改动里的 {noticed} 处：{share:.1%}（抽样时，全部改动里的比例有 95% 的把握在 {low:.1%} 到 {high:.1%} 之间）"
        )


if __name__ == "__main__":
    what, *given = sys.argv[1:]
    if what == "sample":
        sample(int(given[0]), given[1:])
    elif what == "calm":
        raise SystemExit(calm(Path(given[0]), given[1:]))
    elif what == "notice":
        raise SystemExit(notice(*map(Path, given[:3]), given[3:]))
    else:
        score(given)
