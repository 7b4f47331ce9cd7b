"""Dismantling: a written document to parts that can be put into any PDF, whatever numbers its objects have there.

An object is a pattern with a place for each number of another; see `joining`. What is printed on paper gets its inks here.
"""

import hashlib
import io
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping

import pikepdf
import pydyf

from casepress.press.inks import ColorProfile, ink, is_colored
from casepress.press.patches.writing import Paper
from casepress.press.written.parts import Drawn, Part, Parts, Pattern

Objects = Mapping[int, tuple[bytes, bytes | None]]  # texts, and of streams their bytes, by number
_REFERENCE = re.compile(rb"\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f\s]*>|(\d+) 0 R\b", re.S)


def dismantled(paper: Paper, plain: int, profile: ColorProfile | None) -> Parts:
    """The parts of a document whose last `plain` sheets are furniture, in inks where there is a profile. Raises inks.NoInks."""
    return _Dismantler(paper, plain, profile).parts()


class _Numbering:
    """Objects while they are numbered anew, in the order in which they are met."""

    def __init__(self, objects: Objects, numbers: Mapping[int, int]) -> None:
        self._objects, self._numbers, self._first = objects, dict(numbers), len(numbers)
        self._waiting: list[int] = []

    def number(self, number: int) -> int:
        """The new number of an object."""
        if number not in self._numbers:
            self._numbers[number] = self._first + len(self._waiting)
            self._waiting.append(number)
        return self._numbers[number]

    def place(self, number: int) -> int:
        """What stands for an object in a pattern."""
        return self.number(number)

    def pattern(self, text: bytes) -> Pattern:
        """A text with places for the numbers in it."""
        places: list[int] = []

        def numbered(found: re.Match) -> bytes:
            if found[1] is None:
                return found[0]
            places.append(self.place(int(found[1])))
            return b"%d 0 R"

        return Pattern(_REFERENCE.sub(numbered, text.replace(b"%", b"%%")), tuple(places))

    def part(self, number: int) -> Part:
        """An object with a new number."""
        text, stream = self._objects[number]
        known = hashlib.sha256(text + b"\0" + stream).hexdigest() if stream is not None and b"/Image" in text else ""
        return Part(self.pattern(text), stream, known)

    def all(self) -> Iterator[Part]:
        """All objects that are met from those numbered so far, in the order of their new numbers."""
        at = 0
        while at < len(self._waiting):
            yield self.part(self._waiting[at])
            at += 1


class _Dismantler(_Numbering):
    """The same for a document of WeasyPrint's."""

    def __init__(self, paper: Paper, plain: int, profile: ColorProfile | None) -> None:
        self._paper, self._pdf = paper, paper.pdf
        self._links, self._sides = paper.links, paper.sides
        objects, self._colored = _inked(paper, profile) if profile else (_Asked(paper), frozenset())
        self._pages = [int(reference.split()[0]) for reference in paper.pdf.page_references]
        self._own = len(paper.sheets) - plain
        super().__init__(objects, {number: nth for nth, number in enumerate(self._pages[: self._own])})
        self._outside: dict[str, int] = {}
        self._faces = dict(self._named_faces())

    def parts(self) -> Parts:
        kids, marks, linked = self._tree()
        drawn = tuple(self._drawn(nth, sheet, marks.get(nth, ())) for nth, sheet in enumerate(self._paper.sheets))
        return Parts(self._own, tuple(self.all()), drawn, kids, linked, tuple(self._outside))

    def _named_faces(self) -> Iterable[tuple[int, str]]:
        """The objects that stand for faces."""
        for item in self._pdf.objects:
            if isinstance(item, pydyf.Dictionary) and item.get("Type") == "/Font":
                yield item.number, f"face {item['Name'][1:]}"

    def _named(self, name: str) -> int:
        return -1 - self._outside.setdefault(name, len(self._outside))

    def place(self, number: int) -> int:
        if number in self._faces:
            return self._named(self._faces[number])
        if number == self._top:
            return self._named("document")
        return self.number(number)

    def part(self, number: int) -> Part:
        part = super().part(number)
        if number not in self._links:
            return part
        places = (*part.pattern.places, self._named(f"link {self._links[number]}"))
        return part._replace(pattern=Pattern(part.pattern.text.removesuffix(b">>") + b"/StructParent %d>>", places))

    def _drawn(self, nth: int, sheet, marks: Iterable[int]) -> Drawn:
        page = self._pdf.objects[self._pages[sheet.number]]
        left = self._pdf.objects[self._pages[sheet.left]] if sheet.left is not None else page
        resources = {
            kind: self.pattern(value.data.removeprefix(b"<<").removesuffix(b">>"))
            for kind, value in page["Resources"].items()
            if value and kind != "Font"
        }
        links = tuple((self.number(_at(each)), self._sides[_at(each)]) for each in page.get("Annots", ()))
        content, other = (self.number(_at(each["Contents"])) for each in (page, left))
        colored = bool({sheet.number, sheet.left} & self._colored)
        figures = tuple((self.number(each), sides) for each, (page, sides) in self._paper.figures.items() if page == sheet.number)
        return Drawn(content, other, resources, links, tuple(marks), colored, figures)

    def _tree(self) -> tuple[tuple[int, ...], dict[int, tuple[int, ...]], tuple[int, ...]]:
        """The elements at the top of the structure tree, those of each page's marked content, and those of the links."""
        self._top = -1
        if "StructTreeRoot" not in self._pdf.catalog:
            return (), {}, ()
        root = self._pdf.objects[_at(self._pdf.catalog["StructTreeRoot"])]
        top = self._pdf.objects[_at(root["K"][0])]
        self._top = top.number
        nums = self._pdf.objects[_at(root["ParentTree"])]["Nums"]
        kids = tuple(self.number(_at(kid)) for kid in top["K"])
        marks, linked = {}, []
        for number, of in zip(nums[::2], nums[1::2], strict=True):
            if isinstance(of, list):
                marks[number] = tuple(self.number(_at(each)) for each in of)
            else:
                linked.append(self.number(_at(of)))
        return kids, marks, tuple(linked)


def _at(reference: bytes) -> int:
    return int(reference.split(b" ", 1)[0])


class _Asked(dict):
    """The same of a document that was written: each object when it is asked for, for many are left out."""

    def __init__(self, paper: Paper) -> None:
        super().__init__()
        self._paper = paper

    def __missing__(self, number: int) -> tuple[bytes, bytes | None]:
        text, stream = self._paper.object(number)
        return (text, None) if stream is None else _packed(text, stream)


def _packed(text: bytes, data: bytes) -> tuple[bytes, bytes]:
    """A stream's dictionary and bytes, packed where they are not."""
    if b"/Filter" not in text:
        data = zlib.compress(data, 6)
        text = text.removesuffix(b">>") + b"/Filter /FlateDecode>>"
    return text, data


def _inked(paper: Paper, profile: ColorProfile) -> tuple[Objects, frozenset[int]]:
    """The same of a document in inks, and which of its pages need more than black. Raises inks.NoInks."""
    with pikepdf.open(io.BytesIO(paper.data)) as pdf:
        ink(pdf, profile)
        colored = frozenset(number for number, page in enumerate(pdf.pages) if is_colored(page))
        return _read(pdf), colored


def taken(pdf: pikepdf.Pdf, first: Iterable[pikepdf.Object]) -> tuple[Part, ...]:
    """These objects of a PDF and all that they lead to, as parts; theirs are the first numbers."""
    numbering = _Numbering(_read(pdf), {})
    for item in first:
        numbering.number(item.objgen[0])
    return tuple(numbering.all())


def _read(pdf: pikepdf.Pdf) -> Objects:
    """Each object's text, and of a stream its bytes packed."""
    found: dict[int, tuple[bytes, bytes | None]] = {}
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream):
            said = pikepdf.Dictionary({key: value for key, value in item.stream_dict.items() if key != "/Length"})
            found[item.objgen[0]] = _packed(said.unparse(resolved=True), item.read_raw_bytes())
        elif isinstance(item, pikepdf.Dictionary | pikepdf.Array):
            found[item.objgen[0]] = item.unparse(resolved=True), None
    return found
