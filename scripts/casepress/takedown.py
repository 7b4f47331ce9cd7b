"""Takedown: a case that was taken down is nowhere any more: not in what is built, and not in what is kept for the next build.

Its file is not read (`collection.taken`). The first command after collection.yml takes one down empties the whole cache, for nobody can
tell of a kept page or a piece of a book what stands in it; it is made anew by the next build. What is built is searched for its
words before it is swapped in.
"""

import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from casepress.collection import project
from casepress.collection.manuscript import Manuscript
from casepress.collection.project import SETTINGS, Project, relative
from casepress.collection.settings import read_settings
from casepress.collection.taken import Gone, parted
from casepress.facts.characters import HAN
from casepress.facts.store import Store, key
from casepress.values.problems import Problem, error, warning

REPORTS = ("likeness.html", "compliance.json")  # of the last time: they quote cases
_KIND, _CHECK = "taken", "what_is_taken_down_is_gone"
_WORDS = re.compile(rf"[{HAN}，、“”（）0-9A-Za-z]{{12,}}")  # what is searched for: stretches of a line that Markdown leaves as they are
_MOST = 6
_NAMED = 5


def emptied(place: Project, source: bytes) -> bool:
    """See that nothing is kept of cases that collection.yml takes down; whether the cache was emptied for it."""
    if b"takedown" not in source:
        return False
    settings = read_settings(source)[0]
    taken = settings.privacy.taken_down if settings else ()
    store, name = Store(place.cache), _name(each.id for each in taken)
    if not taken or store.get(_KIND, name) is not None:
        return False
    store.clear()
    shutil.rmtree(place.stage.with_name(".stage.search.spare"), ignore_errors=True)  # of the last index but one
    for report in REPORTS:
        (place.build / report).unlink(missing_ok=True)
    store.put(_KIND, name, b"")
    return True


@contextmanager
def heeded(place: Project) -> Iterator[bytes]:
    """In the block nothing is kept of what was taken down before it. Gives collection.yml, which is read for that."""
    source = project.read(place, SETTINGS)
    emptied(place, source)
    yield source


def _name(ids: Iterable[str]) -> str:
    return key(("taken down", *sorted(ids)))


def gone(place: Project, manuscript: Manuscript, new: Mapping[Path, Path], words: Mapping[str, str]) -> Iterator[Problem]:
    """What is still there of a case that was taken down: a file of its own, its words in what is new (`words` by the path of its file)."""
    taken = manuscript.collection.privacy.taken_down
    if not taken:
        return
    ids = {each.id for each in taken}
    for target, folder in new.items():
        for path in sorted(folder.rglob("*")):
            if path.stem in ids and path.parent.name == "cases":
                yield _left(f"{relative(place, target)}/{path.relative_to(folder).as_posix()}", path.stem)
    files = parted(place, project.case_files(place)[0], taken)[1]
    sought = [(each, phrase) for each in files for phrase in phrases(each, manuscript)]
    for path, said in words.items():
        plain = re.sub(r"\s", "", said)
        for each, phrase in sought:
            if phrase in plain:
                yield _left(path, each.id)
                break
    for folder in (place.books, place.site):
        if folder not in new and folder.is_dir():
            names = sorted(path.name for path in folder.rglob("*") if path.stem in ids and path.parent.name == "cases")
            if names:
                what = f"{relative(place, folder)} 里上一次的结果还有撤下的案例（{'、'.join(names[:_NAMED])}）"
                yield warning(relative(place, folder), 0, what, "请运行 casepress build，全部重新生成", _CHECK)


def phrases(each: Gone, manuscript: Manuscript) -> list[str]:
    """Words that only a case that was taken down says: its title and some of its lines, without blanks."""
    found = [each.title, *sorted((match[0] for match in _WORDS.finditer(each.text)), key=len, reverse=True)[:_MOST]]
    others = re.sub(r"\s", "", "\n".join((*(f"{c.title}{c.markdown}" for c in manuscript.collection.cases), *_contents(manuscript))))
    found = [re.sub(r"\s", "", phrase)[:40] for phrase in found]
    return [phrase for phrase in found if len(phrase) > 3 and phrase not in others]


def _contents(manuscript: Manuscript) -> Iterator[str]:
    for data in (*manuscript.content.values(), *manuscript.texts.values()):
        yield data.decode("utf-8", "replace")


def _left(path: str, name: str) -> Problem:
    what = f"这里还有撤下的案例 {name}，没有换上新的结果"
    return error(path, 0, what, "请运行 casepress clean，再运行 casepress build；还这样，请把这句话交给技术人员", _CHECK)
