"""Assembling: the pieces of a book put one behind the other into one file, with the ways between them (ISO 32000-1).

Objects get their numbers here, each face and each picture is written once, and the structure trees of the pieces become one.
Cases and what stands behind them may be written while the contents are still being laid out; they come first in the file then,
and in their place in the book.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from casepress.press import pdfx
from casepress.press.embedding import Shown, embedded
from casepress.press.furniture import HEAD, PLATES, furniture
from casepress.press.joining import File, array_of, dictionary, number, reference, text
from casepress.press.leaves import Finish, Leaf, Stretch
from casepress.press.outlines import Bookmark, labels, outline
from casepress.press.saying import About, information, metadata
from casepress.press.written.parts import Drawn, Part, Parts, Pattern
from casepress.press.written.pieces import Piece, faces_of, parts_of
from casepress.press.written.sheets import Sheet
from casepress.values.losses import Loss

_BRANCH = 64  # pages of a node


class Assembly:
    """A book while it is written, piece by piece; `folds` are as in `binding.bind`.

    Leaves that are given to `go_on` are written first, step by step or at last with the others.
    """

    def __init__(self, finish: Finish, about: About, folds: pdfx.Folds = pdfx.FLAT) -> None:
        self._finish, self._about, self._folds = finish, about, folds
        self._screen = finish.edition == "screen"
        self._file = File("1.7" if self._screen else "1.6")
        self._root = self._file.numbers()
        self._document = self._file.numbers() if self._screen else 0
        self._shown, self._faces = Shown(), {}
        self._heads: dict[tuple[str, str], int] = {}
        self._befores: dict[float, int] = {}
        self._pictures: dict[str, int] = {}
        self._places: dict[str, bytes] = {}
        self._leads: dict[str, None] = {}
        self._ways: list[bytes] = []  # from pages and links into the structure tree
        self._sum = hashlib.sha256()
        self._plates = 0
        self._early: list[Stretch] = []
        self._steps: Iterator[bool] = iter(())

    def go_on(self, leaves: Sequence[Leaf]) -> None:
        """Write these leaves behind those that were given before; the first of all stands on a right-hand page."""
        known = sum(len(each.leaves) for each in self._early)
        self._early.append(Stretch(leaves, bool(known % 2)))
        self._steps = chain(self._steps, self._written(self._early[-1]))

    def step(self) -> bool:
        """Write the next piece of what it goes on with, and say whether there was one."""
        return next(self._steps, False)

    def lost(self) -> tuple[Loss, ...]:
        """Links that lead nowhere, in WeasyPrint's words for it."""
        nowhere = (name for name in self._leads if name not in self._places)
        return tuple(Loss("piece", "", f"No anchor #{name} for internal URI reference") for name in nowhere)

    def file(self, leaves: Sequence[Leaf], bookmarks: Sequence[Bookmark]) -> bytes:
        """The whole PDF of these leaves, among which are those that it went on with, in their order."""
        early = [leaf for each in self._early for leaf in each.leaves]
        at = next((nth for nth, leaf in enumerate(leaves) if leaf is early[0]), -1) if early else 0
        end = at + len(early)
        if at % 2 or any(a is not b for a, b in zip(leaves[at:end], early, strict=True)):
            raise ValueError("what is written already stands elsewhere")
        before, behind = Stretch(leaves[:at], False), Stretch(leaves[end:], bool(end % 2))
        for _ in chain(self._steps, self._written(before), self._written(behind)):
            pass
        runs = [before, *self._early, behind]
        self._tree_of_pages(runs)
        make = self._finish.faces or (lambda faces: (embedded(face, self._finish.store) for face in faces))
        made = iter(make([self._shown.faces[name] for name in self._faces if name in self._shown.faces]))
        for name, font in self._faces.items():
            if name in self._shown.faces:
                self._put_parts(next(made), font)
            else:  # only what is not shown in this book names it
                self._file.put(font, b"null")
        return self._file.finish(self._catalog(runs, bookmarks), self._file.add(information(self._about, self._finish.edition)))

    def _written(self, run: Stretch) -> Iterator[bool]:
        """Write leaves that stand behind each other, a piece a step."""
        wanted = {(side, words) for side, words in map(run.headed, range(len(run.leaves))) if words}
        if self._finish.heads and wanted - self._heads.keys():
            self._put(self._finish.heads, None, wanted)
        for leaf in run.leaves:
            if leaf.index == 0:
                self._put(leaf.piece, run, wanted)
                yield True

    def _face(self, name: str) -> int:
        """The number of a face's font."""
        if name not in self._faces:
            self._faces[name] = self._file.numbers()
        return self._faces[name]

    def _put(self, piece: Piece, run: Stretch | None, wanted: set[tuple[str, str]]) -> None:
        """Write a piece behind what is written of a run, without one nothing but running heads; of its own those that are wanted."""
        data = piece.data
        parts, faces, facts = parts_of(data), faces_of(data), piece.facts
        heads = {nth: head for nth, head in enumerate(facts.running) if head in wanted and head not in self._heads}
        if run:
            self._shown.add(faces[0])
        for nth in heads:
            self._shown.add(faces[1 + nth])
        first = len(run.pages) if run else 0
        numbers, fresh = self._numbered(parts, run, heads)
        shown = parts.drawn[: parts.pages] if run else ()
        places = dict(place for index, drawn in enumerate(shown, first) for place in _moved(drawn, run, index))
        forms = {parts.drawn[parts.pages + nth].content: parts.pages + nth for nth in heads}
        for nth in fresh:
            part = parts.parts[nth - parts.pages]
            said = _filled(part.pattern, numbers)
            if nth in places:
                said = said.removesuffix(b">>") + places[nth] + b">>"
            elif nth in forms:
                said = self._form(said, facts.sheets[forms[nth]], parts.drawn[forms[nth]], numbers)
            self._write(numbers[nth], said, part.stream)
        for nth, head in heads.items():
            self._heads[head] = numbers[parts.drawn[parts.pages + nth].content]
        if run:
            self._leads |= dict.fromkeys(facts.leads)
            self._ways += [reference(numbers[element]) for element in parts.linked]
            run.kids += [numbers[kid] for kid in parts.kids]
            run.pages += numbers[: parts.pages]
            for at in range(parts.pages):
                self._page(run, first + at, parts.drawn[at], numbers)

    def _numbered(self, parts: Parts, run: Stretch | None, heads: Mapping[int, object]) -> tuple[list[int], list[int]]:
        """The number of each object of a piece, behind them those of what stands outside; and which objects are to be written.

        Of what gives only running heads, nothing else is.
        """
        forms = {parts.drawn[parts.pages + nth].content for nth in heads}
        unused = {drawn.content for drawn in parts.drawn[parts.pages :]} - forms
        if not self._screen:
            unused |= {number for drawn in parts.drawn for number, _ in drawn.links}
        if run:
            for at, drawn in enumerate(parts.drawn[: parts.pages], len(run.pages)):
                if drawn.left != drawn.content:
                    unused.add(drawn.left if not run.left(at) else drawn.content)
        first_page = self._file.numbers(parts.pages) if run else 0
        numbers, fresh = [first_page + at for at in range(parts.pages)], []
        next_number = self._file.numbers(0)
        for nth, part in enumerate(parts.parts, parts.pages):
            if nth in unused or not run and nth not in forms:
                numbers.append(0)
            elif part.sum in self._pictures:
                numbers.append(self._pictures[part.sum])
            else:
                numbers.append(next_number + len(fresh))
                fresh.append(nth)
                if part.sum:
                    self._pictures[part.sum] = numbers[-1]
        self._file.numbers(len(fresh))
        outside = [self._outside(*name.partition(" ")[::2]) for name in parts.outside]
        return [*numbers, *reversed(outside)], fresh

    def _outside(self, kind: str, name: str) -> int:
        """The number that stands for what a piece names but does not hold."""
        return self._document if kind == "document" else self._face(name) if kind == "face" else len(self._ways) + int(name)

    def _write(self, number: int, said: bytes, stream: bytes | None) -> None:
        if stream is None:
            self._file.put(number, said)
        else:
            self._sum.update(stream)
            self._file.stream(number, said, stream)

    def _put_parts(self, parts: Sequence[Part], first: int) -> None:
        """Write objects that stand by themselves; the first of them has its number already."""
        rest = self._file.numbers(len(parts) - 1) if len(parts) > 1 else 0
        numbers = [first, *range(rest, rest + len(parts) - 1)]
        for at, part in zip(numbers, parts, strict=True):
            said = _filled(part.pattern, numbers)
            if part.stream is None:
                self._file.put(at, said)
            else:
                self._file.stream(at, said, part.stream)

    def _form(self, said: bytes, sheet: Sheet, drawn: Drawn, numbers: Sequence[int]) -> bytes:
        """The dictionary of a content stream that is shown on other pages (ISO 32000-1, 8.10)."""
        area = array_of((-sheet.bleed, -sheet.bleed, sheet.width + sheet.bleed, sheet.height + sheet.bleed))
        resources = dictionary(self._resources(sheet, drawn, numbers))
        return said.removesuffix(b">>") + b"/Type/XObject/Subtype/Form/BBox%b/Resources%b>>" % (area, resources)

    def _resources(self, sheet: Sheet, drawn: Drawn, numbers: Sequence[int], faces: Sequence[str] = (), **more: bytes) -> dict[str, bytes]:
        """What a content names: its own and, by kind, what is laid over it."""
        found = {kind: _filled(pattern, numbers) for kind, pattern in drawn.resources.items()}
        found["Font"] = b"".join(b"/%b %d 0 R" % (name.encode(), self._face(name)) for name in dict.fromkeys((*sheet.faces, *faces)))
        for kind, entry in more.items():
            found[kind] = found.get(kind, b"") + entry
        return {kind: b"<<%b>>" % entries for kind, entries in found.items() if entries}

    def _page(self, run: Stretch, index: int, drawn: Drawn, numbers: Sequence[int]) -> None:
        """Write a page: what the piece shows, moved to its side, and over it what belongs to the book."""
        leaf, is_left = run.leaves[index], run.left(index)
        if index % _BRANCH == 0:
            run.nodes.append(self._file.numbers())
        sheet, shift = leaf.sheet, leaf.shift(is_left)
        head = self._heads.get(run.headed(index), 0)
        over = furniture(leaf, is_left, self._finish, bool(head), self._about.title, drawn.colored, self._folds)
        self._shown.add(over.faces)
        more = {"XObject": b"/%b %d 0 R" % (HEAD.encode(), head)} if head else {}
        if over.plates:
            more["ColorSpace"] = b"/%b %d 0 R" % (PLATES.encode(), self._all_plates())
        entries = {"Type": b"/Page", "Parent": reference(run.nodes[-1])}
        if self._screen:
            entries |= {"MediaBox": array_of((0, 0, sheet.width, sheet.height)), "Tabs": b"/S", "StructParents": b"%d" % len(self._ways)}
            self._ways.append(b"[%b]" % b" ".join(reference(numbers[each]) for each in drawn.marks))
            entries["Annots"] = b"[%b]" % b" ".join(reference(numbers[each]) for each, _ in drawn.links) if drawn.links else b""
        else:
            entries |= pdfx.boxes(sheet.width, sheet.height)
        content = [self._before(shift), reference(numbers[drawn.left if is_left else drawn.content])]
        content.append(reference(self._file.add_stream(f"Q {over.content}".encode("ascii"))))
        entries["Contents"] = b"[%b]" % b" ".join(content)
        entries["Resources"] = dictionary(self._resources(sheet, drawn, numbers, [face.name for face in over.faces], **more))
        for name, (x, y) in sheet.starts.items():
            self._places.setdefault(name, b"[%b/XYZ %b %b 0]" % (reference(run.pages[index]), number(x + shift), number(y)))
        self._file.put(run.pages[index], dictionary(entries))

    def _before(self, shift: float) -> bytes:
        """What stands before a page's content: it leaves its own coordinates behind, and is moved."""
        if shift not in self._befores:
            move = f" 1 0 0 1 {shift:.3f} 0 cm" if shift else ""
            self._befores[shift] = self._file.add_stream(f"q{move}".encode("ascii"))
        return reference(self._befores[shift])

    def _all_plates(self) -> int:
        self._plates = self._plates or self._file.add(pdfx.ALL_PLATES)
        return self._plates

    def _tree_of_pages(self, runs: Sequence[Stretch]) -> None:
        """Write the nodes above the pages (7.7.3)."""
        for run in runs:
            for nth, node in enumerate(run.nodes):
                kids = run.pages[nth * _BRANCH : (nth + 1) * _BRANCH]
                entries = {"Type": b"/Pages", "Parent": reference(self._root), "Count": b"%d" % len(kids)}
                self._file.put(node, dictionary(entries | {"Kids": b"[%b]" % b" ".join(map(reference, kids))}))
        nodes = b" ".join(reference(node) for run in runs for node in run.nodes)
        count = b"%d" % sum(len(run.pages) for run in runs)
        self._file.put(self._root, dictionary({"Type": b"/Pages", "Count": count, "Kids": b"[%b]" % nodes}))

    def _catalog(self, runs: Sequence[Stretch], bookmarks: Sequence[Bookmark]) -> int:
        """Write the catalog (7.7.2) and what it names."""
        file, leaves = self._file, [leaf for run in runs for leaf in run.leaves]
        pages = [page for run in runs for page in run.pages]
        said = metadata(self._about, self._finish.edition, self._sum.digest())
        entries = {
            "Type": b"/Catalog",
            "Pages": reference(self._root),
            "Lang": text(self._about.language),
            "Metadata": reference(file.add_stream(said, b"<</Type/Metadata/Subtype/XML>>")),
            "PageLabels": labels([leaf.label for leaf in leaves]),
            "PageLayout": b"/TwoPageRight" if len(leaves) > 2 else b"/SinglePage",
            "PageMode": b"/UseOutlines" if len(leaves) > 8 else b"/UseNone",
            "ViewerPreferences": b"<</DisplayDocTitle true>>",
            "Outlines": reference(outline(file, bookmarks, pages)) if bookmarks else b"",
        }
        if self._screen:
            names = sorted((_name(name), text(name), place) for name, place in self._places.items())
            if names:
                entries["Names"] = b"<</Dests %b>>" % reference(file.tree([(key, place) for _, key, place in names], "Names"))
            entries |= {"MarkInfo": b"<</Marked true>>", "StructTreeRoot": reference(self._structure(runs))}
        else:
            entries["OutputIntents"] = pdfx.intent(file, self._finish.color)
        return file.add(dictionary(entries))

    def _structure(self, runs: Sequence[Stretch]) -> int:
        """Write the root of the structure tree, the document's element and the ways from pages and links into it (14.7)."""
        file, root = self._file, self._file.numbers()
        kids = b" ".join(reference(kid) for run in runs for kid in run.kids)
        file.put(self._document, b"<</S/Document/P %b/K[%b]>>" % (reference(root), kids))
        parents = reference(file.tree([(b"%d" % at, way) for at, way in enumerate(self._ways)], "Nums"))
        file.put(root, b"<</Type/StructTreeRoot/K[%b]/ParentTree %b>>" % (reference(self._document), parents))
        return root


def _moved(drawn: Drawn, run: Stretch, index: int) -> Iterator[tuple[int, bytes]]:
    """Where the links and the figures of a page stand, moved with it, as entries of their dictionaries."""
    shift = run.leaves[index].shift(run.left(index))
    for kind, found in ((b"/Rect%b", drawn.links), (b"/A<</O/Layout/BBox%b>>", drawn.figures)):
        for nth, (left, bottom, right, top) in found:
            yield nth, kind % array_of((left + shift, bottom, right + shift, top))


def _filled(pattern: Pattern, numbers: Sequence[int]) -> bytes:
    return pattern.text % tuple(map(numbers.__getitem__, pattern.places))


def _name(words: str) -> bytes:
    """The bytes by which names are sorted."""
    return words.encode() if words.isascii() else b"\xfe\xff" + words.encode("utf-16-be")
