"""Faces: which font stands for each role of type (宋体, 黑体 …), and in which order characters are looked for.

Flows in: the `chains` of names, the bureau's own files in `theme/fonts`, what this machine
has, and the characters to be shown. Flows out: `Faces`, the same for the same of these.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from casepress.collection import project
from casepress.facts.filesums import sum_of
from casepress.facts.store import Store
from casepress.type import fontfiles, glyphs, raised
from casepress.type.chains import SYMBOLS, Chain, read_chains
from casepress.type.fontfiles import NO_STORE, FontFile, Installed, NotAFont, plain
from casepress.values.problems import Problem, error, warning

MOST = 3  # faces of one role: its own and those that lend it characters
_CHECK = "fonts_can_be_used"


@dataclass(frozen=True)
class Face:
    """A face that was found. `bold` is a file of its own, or None where strokes must be drawn thicker or stay as they are.

    `own` is the bureau's; one that is `lent` has another design than its role, and is there for characters that this lacks.
    """

    regular: FontFile
    bold: FontFile | None = None
    own: bool = False
    lent: bool = False

    @property
    def files(self) -> tuple[FontFile, ...]:
        return (self.regular, self.bold) if self.bold else (self.regular,)


@dataclass(frozen=True)
class Role:
    """A role with its faces, the best first; none where nothing was found."""

    chain: Chain
    faces: tuple[Face, ...]


@dataclass(frozen=True)
class Faces:
    """The faces of all roles by name; `taken` are the plain names of what is installed, `installed` its files as they are now:
    what no role has is borrowed from there by Pango.
    """

    roles: Mapping[str, Role]
    taken: frozenset[str] = frozenset()
    installed: tuple[str, ...] = ()

    def order(self, role: str) -> tuple[tuple[str, Face], ...]:
        """Where a role's characters are looked for: its own faces, then those of the others, each with its role."""
        names = dict.fromkeys((role, *BORROWED, *self.roles))
        return tuple((name, face) for name in names if name in self.roles for face in self.roles[name].faces)

    def families(self) -> tuple[str, ...]:
        """What the faces are called, each once."""
        return tuple(dict.fromkeys(face.regular.family for role in self.roles.values() for face in role.faces))

    def lacking(self, wanted: frozenset[int]) -> frozenset[int]:
        """Those of some code points that no face has; none where no face has any."""
        faces = dict.fromkeys(face.regular for role in self.roles.values() for face in role.faces)
        has = [glyphs.characters(face) for face in faces]
        has += [frozenset(map(ord, raised.made(role.faces[0].regular))) for role in self.roles.values() if role.faces]
        return wanted.difference(*has) if any(has) else frozenset()

    def shunned(self, file: FontFile) -> frozenset[str]:
        """The marks that a face draws too narrow for Chinese and that another face has as they must be."""
        others = {each.regular for role in self.roles.values() for each in role.faces}
        fit = {mark for each in others for mark in glyphs.unfit(file) - glyphs.unfit(each) if ord(mark) in glyphs.characters(each)}
        return frozenset(fit)

    def of(self, role: str, character: str) -> tuple[str, Face] | None:
        """The face that shows a character in a role, with the role that it comes from; None where no face has it."""
        for name, face in self.order(role):
            if face is self.roles[name].faces[0] and character in raised.made(face.regular):
                return name, face
            if ord(character) in glyphs.characters(face.regular) and character not in self.shunned(face.regular):
                return name, face
        return None


# Who lends characters to the others, as the sets of theme/print/book.css say it again.
BORROWED = ("song", "hei", "kai", "fang", "mono", SYMBOLS)


def find_faces(
    print_folders: Iterable[Path], font_folders: Iterable[Path], shown: frozenset[str] = frozenset(), store: Store = NO_STORE
) -> tuple[Faces, tuple[Problem, ...]]:
    """The faces of every role, as many as the shown characters need, and what is wrong with the bureau's own files.

    What was once found out about a font file is in the store.

    Raises NoFaces.
    """
    chains = read_chains(print_folders)
    own, problems = _own(chains, font_folders, store)
    here = fontfiles.installed(store)
    needed = frozenset(map(ord, shown))
    roles = {}
    for each in chains:
        faces, missing = [], needed
        for face in chain(own[each.role], _groups(each, here, store)):
            has = glyphs.characters(face.regular)
            if len(faces) < MOST and (not faces or missing & has):
                faces.append(face)
                missing -= has
        roles[each.role] = Role(each, tuple(faces))
    for name, role in roles.items():
        if role.faces and role.chain.lent:
            roles[name] = replace(role, faces=(*role.faces, *_lent(role, roles["song"], here, needed, store))[:MOST])
    if not (roles["song"].faces or roles["hei"].faces):
        cure = "请运行 bash scripts/build 安装字体，或把宋体、黑体的字体文件放进 theme/fonts"
        problems.append(error("theme/fonts", 0, "这台电脑上没有找到可以排中文的字体", cure, _CHECK))
    return Faces(roles, frozenset(name for each in here for name in each.names), _as_they_are(here)), tuple(problems)


def shipped_faces() -> Faces:
    """The faces of this machine alone, by the chains that come with casepress. Raises NoFaces."""
    return find_faces([project.shipped_folder("theme") / "print"], [])[0]


def _as_they_are(here: Iterable[Installed]) -> tuple[str, ...]:
    """The files of installed faces, each with what tells it from another one of the same name."""
    found = []
    for path in sorted({each.path for each in here}):
        with suppress(OSError):  # it has just gone
            stat = path.stat()
            found.append(f"{path} {stat.st_size} {stat.st_mtime_ns}")
    return tuple(found)


def _own(chains: Sequence[Chain], folders: Iterable[Path], store: Store) -> tuple[dict[str, list[Face]], list[Problem]]:
    """The faces of the bureau's own files by role, the best first."""
    ranked: dict[str, dict[tuple, list[FontFile]]] = {each.role: {} for each in chains}
    problems: list[Problem] = []
    for place, folder in enumerate(folders):  # a collection's own folder goes before the shipped one
        for path in fontfiles.others(folder):
            what = "这个文件夹里的字体不会用" if path.is_dir() else "这不是能用的字体文件，不会用"
            cure = f"请把字体文件直接放在 theme/fonts 里，可用的有 {'、'.join(fontfiles.SUFFIXES)}；别的请移走"
            problems.append(warning(f"theme/fonts/{path.name}", 0, what, cure, _CHECK))
        for path in fontfiles.font_paths(folder):
            name = f"theme/fonts/{path.name}"
            if path.is_symlink() and not path.resolve().is_relative_to(folder.resolve()):
                problems.append(error(name, 0, "这是通向案例库之外的链接（快捷方式），不会读取", "请把文件本身复制进来", "files_stay_inside"))
                continue
            try:
                files = fontfiles.read_faces(path, store)
                for file in files:
                    glyphs.characters(file)
            except NotAFont as reason:
                problems.append(error(name, 0, f"字体用不了：{reason}", "请换一个好的文件，或把它移走", _CHECK))
                continue
            if obstacles := {file.obstacle for file in files} - {""}:
                problems.append(
                    error(
                        name, 0, f"字体“{files[0].family}”不能用：{'；'.join(sorted(obstacles))}", "请换一个可以嵌入的版本，或把它移走", _CHECK
                    )
                )
                continue
            placed = [(file, rank) for file in files if (rank := _rank(chains, path.stem, file))]
            for file, (role, *rank) in placed:
                ranked[role].setdefault((place, *rank), []).append(file)
            if not placed:
                cure = f"请把文件名改成它的种类：{'、'.join(each.label for each in chains)}"
                problems.append(warning(name, 0, f"认不出“{files[0].family}”是哪一种字体，没有用它", f"{cure}，例如 仿宋{path.suffix}", _CHECK))
    found = {each.role: [_face(each, ranked[each.role][rank], own=True) for rank in sorted(ranked[each.role])] for each in chains}
    return found, problems


def _rank(chains: Sequence[Chain], stem: str, file: FontFile) -> tuple | None:
    """Which role a file plays, and how sure that is: by its file's name, by a name of the chain, by a word in its names."""
    called = plain(stem)
    for each in chains:
        if any(called.startswith(plain(word)) and called[len(plain(word)) :] in _WEIGHTS for word in (each.label, each.role)):
            return each.role, 0, 0, ""
    for each in chains:
        if places := [at for at, name in enumerate(each.names) if plain(name) in file.names]:
            return each.role, 1, places[0], file.family
    for each in chains:
        if any(plain(word) in name for word in each.words for name in file.names):
            return each.role, 2, 0, file.family
    return None


_WEIGHTS = ("", "粗", "粗体", "常规", "bold", "regular", "medium", "heavy", "black")


def shaping(faces: Faces, store: Store) -> tuple[str, ...]:
    """All of some faces that shapes what is set in them, their files by their bytes. Raises OSError where one is not there any more."""
    files = sorted({(file.path, file.index) for role in faces.roles.values() for face in role.faces for file in face.files})
    roles = [f"{role.chain} {[(str(f.path), f.index) for face in role.faces for f in face.files]}" for role in faces.roles.values()]
    return (*roles, *sorted(faces.taken), *faces.installed, *(sum_of(path, store) for path, _ in files))


def _groups(wanted: Chain, here: Sequence[Installed], store: Store) -> Iterable[Face]:
    """The installed faces of a chain, in its order; those that a book cannot be set with are passed over."""
    for name in map(plain, wanted.names):
        files = []
        for each in here:
            if name in each.names:
                with suppress(NotAFont, OSError):
                    files.append(fontfiles.read_face(each.path, each.index, store))
        if usable := [file for file in files if not file.obstacle]:
            face, has = _face(wanted, usable, own=False), frozenset()
            with suppress(NotAFont, OSError):
                has = glyphs.characters(face.regular)
            if has:
                yield face


def _lent(role: Role, usual: Role, here: Sequence[Installed], needed: frozenset[int], store: Store) -> Iterable[Face]:
    """The faces that lend a role what it lacks of the characters that are needed: those whose strokes are nearest to its own in thickness,
    and nearer than those of the role that lends to all.
    """
    own = glyphs.stem(role.faces[0].regular)
    missing = needed.difference(*(glyphs.characters(face.regular) for face in role.faces))
    found = {face.regular: replace(face, lent=True) for face in _groups(replace(role.chain, names=role.chain.lent), here, store)}

    def far(file: FontFile) -> float:
        return abs(glyphs.stem(file) - own)

    least = far(usual.faces[0].regular) if usual.faces else 1.0
    for file in sorted((file for file in found if far(file) < least), key=lambda file: (far(file), file.path, file.index)):
        if missing & glyphs.characters(file):
            missing -= glyphs.characters(file)
            yield found[file]


def _face(wanted: Chain, files: Sequence[FontFile], own: bool) -> Face:
    """The files of one family as regular and bold: the weights nearest to those wanted, the lighter of two alike."""
    regular = min(files, key=lambda file: (abs(file.weight - wanted.weight), file.weight, file.path, file.index))
    heavier = [file for file in files if wanted.bold and file.weight >= max(600, regular.weight + 100)]
    bold = min(heavier, key=lambda file: (abs(file.weight - wanted.bold), file.path, file.index), default=None)
    return Face(regular, bold, own)
