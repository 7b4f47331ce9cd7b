"""Recipes: all that shapes pieces but their own HTML, and the keys under which they are kept."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from casepress.book.measures import Profile
from casepress.facts.maker import maker
from casepress.facts.pictures import size_of
from casepress.facts.store import Store, key
from casepress.press.inks import ColorProfile
from casepress.type.engines import engines
from casepress.type.faces import Faces, shaping

Assets = Mapping[str, Callable[..., bytes]]
_CASE = ' id="case-'  # with which a case begins in the templates
_ASKED = re.compile(r'asset:([^"@]+)')
_LIBRARIES = ("weasyprint", "pydyf", "tinycss2", "cssselect2", "tinyhtml5", "fonttools", "pillow", "pikepdf")


@dataclass(frozen=True, eq=False)
class Recipe:
    """With what pieces are laid out: faces, a stylesheet, a profile, an edition and, for the press, its inks.

    `sum` stands for all of it: two recipes with one sum make the same of the same HTML.
    """

    sum: str
    faces: Faces
    style: str
    profile: Profile
    edition: str
    color: ColorProfile | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Recipe) and self.sum == other.sum

    def __hash__(self) -> int:
        return hash(self.sum)


@dataclass(frozen=True)
class Job:
    """One piece to be laid out: the key under which it is kept, its HTML, and the assets that it asks for."""

    key: str
    html: str
    assets: Assets

    @property
    def size(self) -> tuple[int, int, int]:
        """Its characters, its pictures, and its cases, of which one stands in most pieces."""
        return len(self.html), len(self.assets), max(1, self.html.count(_CASE))


def recipe(faces: Faces, style: str, profile: Profile, edition: str, color: ColorProfile | None, store: Store) -> Recipe:
    """A recipe with its sum. Raises OSError where a font file is not there any more."""
    parts = [maker(*_LIBRARIES), *engines(), style, repr(profile), edition, *shaping(faces, store)]
    parts += [color.name, color.data] if color else []
    return Recipe(key(parts), faces, style, profile, edition, color)


def job(made_with: Recipe, html: str, assets: Assets) -> Job:
    """The job of laying out a piece with a recipe. An address that is no asset is refused when it is done.

    In its key pictures are named after a hash of their bytes; of the others the bytes themselves are asked.
    """
    asked = [name for name in dict.fromkeys(_ASKED.findall(html)) if name in assets]
    others = {name: assets[name]() for name in sorted(asked) if not size_of(name)}
    name = key((made_with.sum, html, *(part for pair in others.items() for part in pair)))
    return Job(name, html, {name: partial(_same, others[name]) if name in others else assets[name] for name in asked})


def _same(data: bytes, *_: object) -> bytes:
    """An asset whose bytes are known, for whoever asks for it in another process."""
    return data
