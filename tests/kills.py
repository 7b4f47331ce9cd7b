"""Kills: builds are killed at every named moment and at random, while a reader reads the release all the time.

`bash scripts/kills` kills 300 of them, fills a disk up and takes the right to write away, and prints a table, whose sums stand in
SECURITY.md; `test_killed.py` does it with a few. The reader knows nothing of casepress but the paths that the guide promises.
"""

import contextlib
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from casepress import scaffold

PARTS = ("site", "books")


@dataclass
class Reader:
    """Reads all files of site and books in `build`, again and again, and holds them against the manifest that stands there.

    `whole` counts the sights of a whole release (the files that the last one named are in `named`), `turned` those during which it became another one (each file is then one of either),
    `gone` those that found nothing (where a system switches in two steps), `broken` says what was neither.
    """

    build: Path
    pause: float = 0.1
    whole: int = 0
    turned: int = 0
    gone: int = 0
    files: int = 0
    named: dict[str, str] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)

    def look(self) -> None:
        """Read all of it once."""
        before, found = self._manifest(), dict(self._found())
        after = self._manifest()
        self.files += len(found)
        if before == after and not before:
            self.gone += 1
        elif before == after:
            self.whole += 1
            wanted = self.named = before[1]
            self.broken += [
                f"{path}: {'is not there' if path not in found else 'is of no release'}" for path in wanted if found.get(path) != wanted[path]
            ]
            self.broken += [f"{path}: is not in the manifest" for path in found if path not in wanted]
        else:
            self.turned += 1
            either = [each[1] for each in (before, after) if each]
            self.broken += [f"{path}: is of neither release" for path, sum_ in found.items() if all(each.get(path) != sum_ for each in either)]

    @contextmanager
    def reading(self) -> Iterator["Reader"]:
        """In the block it reads all the time."""
        end = threading.Event()

        def read() -> None:
            while not end.wait(self.pause):
                self.look()

        thread = threading.Thread(target=read)
        thread.start()
        try:
            yield self
        finally:
            end.set()
            thread.join()
            self.look()

    def _manifest(self) -> tuple[tuple[int, ...], dict[str, str]] | None:
        """Which manifest stands there, and what it names."""
        try:
            with (self.build / "release.json").open("rb") as file:
                said = os.fstat(file.fileno())
                return (said.st_ino, said.st_mtime_ns), json.loads(file.read())["files"]
        except (FileNotFoundError, NotADirectoryError):
            return None

    def _found(self) -> Iterator[tuple[str, str]]:
        for part in PARTS:
            for folder, _, names in os.walk(self.build / part):
                for name in names:
                    path = os.path.join(folder, name)
                    with contextlib.suppress(FileNotFoundError, NotADirectoryError), open(path, "rb") as file:
                        yield os.path.relpath(path, self.build), hashlib.file_digest(file, "sha256").hexdigest()


def left(build: Path, temporary: Path | None = None) -> list[str]:
    """What a build should have taken away: drafts, folders that were taken out of the way, temporary folders."""
    found = [str(path.relative_to(build)) for ending in ("new", "old") for path in build.rglob(f".*.{ending}")]
    return sorted(found + [path.name for path in (temporary.iterdir() if temporary else ())])


@contextmanager
def small_disk(place: Path, size: str = "24m") -> Iterator[Callable[..., None]]:
    """A disk of its own on a folder; what it gives mounts it again with other words (`ro`). Raises PermissionError where one may not."""

    def mount(*words: str) -> None:
        ran = subprocess.run(["mount", *words], capture_output=True, text=True, check=False)
        if ran.returncode:
            raise PermissionError(ran.stderr.strip())

    mount("-t", "tmpfs", "-o", f"size={size}", "casepress", str(place))
    try:
        yield lambda word: mount("-o", f"remount,{word}", str(place))
    finally:
        subprocess.run(["umount", "-l", place], check=True)


def filled(folder: Path, rest: int) -> Path:
    """A file that leaves only so many bytes of a disk."""
    path = folder / "ballast"
    said = os.statvfs(folder)
    with path.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, said.f_bavail * said.f_frsize - rest)
    return path


@dataclass
class Row:
    """What kills at one moment came to."""

    name: str
    kills: int = 0
    stands: list[str] = field(default_factory=list)
    clean: int = 0
    reader: Reader | None = None

    def told(self) -> str:
        made = [self.stands.count(each) for each in ("old", "new", "nothing", "broken")]
        reader = self.reader
        return f"| {self.name} | {self.kills} | {' | '.join(map(str, made))} | {reader.whole} | {reader.turned} | {reader.gone} | {len(reader.broken)} | {self.clean} |"


HEAD = "| 在哪里强行结束 | 次数 | 还是上一版 | 已是新的一版 | 什么都没有 | 坏的、混的 | 一直在读：完整 | 正好换版 | 没有 | 坏的、混的 | 下一次不用清理 |"


def killed(row: Row, world, temporary: Path, words: str, **order: object) -> None:
    """Kill one command, look what stands there, and see that the next build works and leaves nothing lying about, while a reader reads.

    Where the command had ended before, nothing is counted.
    """
    with row.reader.reading():
        old = world.turn()
        code, said = world.run(words, temp=str(temporary), **order)
        if code != -signal.SIGKILL:
            if "after" in order and not code:
                world.run("build", temp=str(temporary))
                return
            raise SystemExit(f"{row.name}：没有走到这一步（{code}）\n{said}")
        row.kills += 1
        row.stands.append(_stands(world, old))
        code, said = world.run("build", temp=str(temporary))
        lies = left(world.build, temporary)
        row.clean += code == 0 and world.published() == 1 - old and not lies
        if code or lies:
            print(f"{row.name}: {code} {said if code else ''}{lies}", file=sys.stderr)


def _stands(world, old: int) -> str:
    reader = Reader(world.build)
    reader.look()
    if not reader.whole or reader.broken:
        return "broken" if reader.files or reader.broken else "nothing"
    return "old" if reader.named == world.released(old) else "new"


def _all(world, temporary: Path, number: int) -> Iterator[Row]:
    """Kill so many commands: at each named moment as often, the rest at random."""
    from dying import IN_TWO_STEPS, MOMENTS, TAKEN_OVER
    from test_killed import command

    chance, done, rounds = random.Random(number), 0, max(1, number // 60)

    def row(name: str, times: int, words: str, before: Callable[[], object] = lambda: None, **order: object) -> Row:
        made = Row(name, reader=Reader(world.build))
        while made.kills < times:
            before()
            killed(made, world, temporary, words, **{name: each() if callable(each) else each for name, each in order.items()})
        return made

    for moment in MOMENTS:
        yield row(moment, rounds, command(moment), moment=moment, signal=signal.SIGKILL)
        done += rounds
    for moment in TAKEN_OVER:
        yield row(f"taking over: {moment}", 2, "build", world.grow_old, moment=moment, signal=signal.SIGKILL, is_old=True)
        done += 2
    for moment in IN_TWO_STEPS:
        yield row(f"two steps: {moment}", 2, "build", moment=moment, signal=signal.SIGKILL, two_steps=True)
        done += 2
    for nth, words in enumerate(("build", "site", "book")):
        begun = time.monotonic()
        world.turn()
        world.run(words, temp=str(temporary))
        took = time.monotonic() - begun
        world.run("build", temp=str(temporary))
        yield row(f"at random: {words}", (number - done + nth) // 3, words, after=lambda took=took: chance.random() * took)


def _full(world, place: Path, times: int = 20) -> str:
    """What builds come to where a disk has less and less room, and where it may only be read."""
    with small_disk(place) as mount:
        shutil.copytree(world.build, place / "build", symlinks=True)
        shutil.rmtree(world.build)
        world.build.symlink_to(place / "build")
        reader, said, whole = Reader(world.build), 0, 0
        with reader.reading():
            for nth in range(times):
                old = world.turn()
                ballast = filled(place, 2_000_000 * nth // times)
                code, words = world.run("build")
                ballast.unlink()
                said += (code, "磁盘满了" in words) in ((1, True), (0, False))
                whole += world.published() == (old if code else 1 - old) and world.is_clean()
            old = world.turn()
            mount("ro")
            code, words = world.run("build")
            mount("rw")
            is_said = code == 1 and "磁盘是只读的" in words and world.published() == old
            works = world.run("build")[0] == 0 and world.is_whole(1 - old)
        return (
            f"磁盘满：{times} 次，{said} 次做完或说了“磁盘满了”，{whole} 次留下完整的一版；只读：{'说了，上一版还在' if is_said else '没有说'}；"
            f"腾出地方：{'做成' if works else '没有做成'}。一直在读：完整 {reader.whole} 次，正好换版 {reader.turned} 次，坏的、混的 {len(reader.broken)} 次"
        )


def main(number: int) -> int:
    """Kill so many builds of a small collection and print the table; 1 where something was broken."""
    from dying import Mother
    from test_killed import made_world

    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for name in ("temporary", "disk"):
            (place / name).mkdir()
        mother = Mother(place / "faces")
        scaffold.new_collection(place / "mother")
        mother.run("-C", place / "mother", "build", here=True)
        world = made_world(place / "collection", mother)
        print(f"{HEAD}\n|{'---|' * 11}", flush=True)
        rows = []
        for row in _all(world, place / "temporary", number):
            rows.append(row)
            print(row.told(), flush=True)
            for words in row.reader.broken[:5]:
                print(words, file=sys.stderr)
        kills, files = sum(row.kills for row in rows), sum(row.reader.files for row in rows)
        broken = sum(len(row.reader.broken) + row.stands.count("broken") for row in rows)
        clean = sum(row.clean for row in rows)
        print(
            f"\n强行结束 {kills} 次；一直在读的人读了 {files} 个文件，{broken} 处坏的或混的；{clean} 次的下一次生成不用清理，什么都没有留下。"
        )
        try:
            print(_full(world, place / "disk"))
        except PermissionError as reason:
            print(f"磁盘满、只读没有测：要有权限挂载一个小磁盘（{reason}）")
        mother.end()
        return int(broken > 0 or clean < kills)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 300))
