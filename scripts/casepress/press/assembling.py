"""Assembling: the pieces of a book put one behind the other into one file, with the ways between them (ISO 32000-1).

Objects get their numbers here, each face and each picture is written once, and the structure trees of the pieces become one.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence

from casepress.press import pdfx
from casepress.press.embedding import Shown, embedded
from casepress.press.furniture import HEAD, PLATES, furniture
from casepress.press.joining import File, array_of, dictionary, number, reference, text
from casepress.press.leaves import Finish, Leaf
from casepress.press.outlines import Bookmark, labels, outline
from casepress.press.saying import About, information, metadata
from casepress.press.written.parts import Drawn, Part, Parts, Pattern
from casepress.press.written.pieces import Piece, faces_of, parts_of
from casepress.press.written.sheets import Sheet
from casepress.values.losses import Loss

_BRANCH = 64  # pages of a node


class Assembly:
    """A book while it is written, piece by piece; `folds` are as in `binding.bind`."""

    def __init__(self, leaves: Sequence[Leaf], finish: Finish, about: About, folds: Sequence[float]) -> None:
        self._leaves, self._finish, self._about, self._folds = leaves, finish, about, folds
        self._screen = finish.edition == "screen"
        self._file = File("1.7" if self._screen else "1.6")
        self._pages = self._file.numbers(len(leaves))
        self._nodes = self._file.numbers(1 + -(-len(leaves) // _BRANCH))
        self._document = self._file.numbers() if self._screen else 0
        self._shown, self._faces = Shown(), {}
        self._heads: dict[tuple[str, str], int] = {}
        self._befores: dict[float, int] = {}
        self._pictures: dict[str, int] = {}
        self._places: dict[str, bytes] = {}
        self._leads: dict[str, None] = {}
        self._kids: list[int] = []
        self._marks: list[tuple[bytes, bytes]] = []
        self._linked: list[int] = []
        self._sum = hashlib.sha256()
        self._plates = 0

    def lost(self) -> tuple[Loss, ...]:
        """Links that lead nowhere, in WeasyPrint's words for it."""
        nowhere = (name for name in self._leads if name not in self._places)
        return tuple(Loss("piece", "", f"No anchor #{name} for internal URI reference") for name in nowhere)

    def file(self, bookmarks: Sequence[Bookmark]) -> bytes:
        """The whole PDF."""
        wanted = {(side, words) for side, words in map(self._headed, range(len(self._leaves))) if words}
        if self._finish.heads:
            self._put(self._finish.heads, -1, wanted)
        for index, leaf in enumerate(self._leaves):
            if leaf.index == 0:
                self._put(leaf.piece, index, wanted)
        self._tree_of_pages()
        make = self._finish.faces or (lambda faces: (embedded(face, self._finish.store) for face in faces))
        made = iter(make([self._shown.faces[name] for name in self._faces if name in self._shown.faces]))
        for name, font in self._faces.items():
            if name in self._shown.faces:
                self._put_parts(next(made), font)
            else:  # only what is not shown in this book names it
                self._file.put(font, b"null")
        return self._file.finish(self._catalog(bookmarks), self._file.add(information(self._about, self._finish.edition)))

    def _headed(self, index: int) -> tuple[str, str]:
        """The running head of a page: its side and its words, which may be none."""
        side = "left" if index % 2 else "right"
        return side, self._leaves[index].head(side)

    def _face(self, name: str) -> int:
        """The number of a face's font."""
        if name not in self._faces:
            self._faces[name] = self._file.numbers()
        return self._faces[name]

    def _put(self, piece: Piece, first: int, wanted: set[tuple[str, str]]) -> None:
        """Write a piece whose first page is the one of this index, and those of its running heads that are wanted."""
        data = piece.data
        parts, faces, facts = parts_of(data), faces_of(data), piece.facts
        heads = {nth: head for nth, head in enumerate(facts.running) if head in wanted and head not in self._heads}
        if first >= 0:
            self._shown.add(faces[0])
        for nth in heads:
            self._shown.add(faces[1 + nth])
        numbers, fresh = self._numbered(parts, first, heads)
        shown = parts.drawn[: parts.pages] if first >= 0 else ()
        places = dict(place for index, drawn in enumerate(shown, first) for place in self._moved(drawn, index))
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
        if first >= 0:
            self._leads |= dict.fromkeys(facts.leads)
            self._kids += [numbers[kid] for kid in parts.kids]
            self._linked += [numbers[element] for element in parts.linked]
            for at in range(parts.pages):
                self._page(first + at, parts.drawn[at], numbers)

    def _numbered(self, parts: Parts, first: int, heads: Mapping[int, object]) -> tuple[list[int], list[int]]:
        """The number of each object of a piece, behind them those of what stands outside; and which objects are to be written.

        Of what gives only running heads, nothing else is.
        """
        forms = {parts.drawn[parts.pages + nth].content for nth in heads}
        unused = {drawn.content for drawn in parts.drawn[parts.pages :]} - forms
        if not self._screen:
            unused |= {number for drawn in parts.drawn for number, _ in drawn.links}
        for at, drawn in enumerate(parts.drawn[: parts.pages]):
            if drawn.left != drawn.content:
                unused.add(drawn.content if (first + at) % 2 else drawn.left)
        numbers, fresh = [self._pages + first + at for at in range(parts.pages)], []
        next_number = self._file.numbers(0)
        for nth, part in enumerate(parts.parts, parts.pages):
            if nth in unused or first < 0 and nth not in forms:
                numbers.append(0)
            elif part.sum in self._pictures:
                numbers.append(self._pictures[part.sum])
            else:
                numbers.append(next_number + len(fresh))
                fresh.append(nth)
                if part.sum:
                    self._pictures[part.sum] = numbers[-1]
        self._file.numbers(len(fresh))
        links = len(self._leaves) + len(self._linked)
        outside = [self._outside(*name.partition(" ")[::2], links) for name in parts.outside]
        return [*numbers, *reversed(outside)], fresh

    def _outside(self, kind: str, name: str, links: int) -> int:
        """The number that stands for what a piece names but does not hold."""
        return self._document if kind == "document" else self._face(name) if kind == "face" else links + int(name)

    def _moved(self, drawn: Drawn, index: int) -> Iterator[tuple[int, bytes]]:
        """Where the links and the figures of a page stand, moved with it, as entries of their dictionaries."""
        shift = self._leaves[index].shift(bool(index % 2))
        for kind, found in ((b"/Rect%b", drawn.links), (b"/A<</O/Layout/BBox%b>>", drawn.figures)):
            for nth, (left, bottom, right, top) in found:
                yield nth, kind % array_of((left + shift, bottom, right + shift, top))

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

    def _page(self, index: int, drawn: Drawn, numbers: Sequence[int]) -> None:
        """Write a page: what the piece shows, moved to its side, and over it what belongs to the book."""
        leaf, is_left = self._leaves[index], bool(index % 2)
        sheet, shift = leaf.sheet, leaf.shift(is_left)
        head = self._heads.get(self._headed(index), 0)
        over = furniture(leaf, is_left, self._finish, bool(head), self._about.title, drawn.colored, self._folds)
        self._shown.add(over.faces)
        more = {"XObject": b"/%b %d 0 R" % (HEAD.encode(), head)} if head else {}
        if over.plates:
            more["ColorSpace"] = b"/%b %d 0 R" % (PLATES.encode(), self._all_plates())
        entries = {"Type": b"/Page", "Parent": reference(self._nodes + 1 + index // _BRANCH)}
        if self._screen:
            entries |= {"MediaBox": array_of((0, 0, sheet.width, sheet.height)), "Tabs": b"/S", "StructParents": b"%d" % index}
            self._marks.append((b"%d" % index, b"[%b]" % b" ".join(reference(numbers[each]) for each in drawn.marks)))
            entries["Annots"] = b"[%b]" % b" ".join(reference(numbers[each]) for each, _ in drawn.links) if drawn.links else b""
        else:
            entries |= pdfx.boxes(sheet.width, sheet.height)
        content = [self._before(shift), reference(numbers[drawn.left if is_left else drawn.content])]
        content.append(reference(self._file.add_stream(f"Q {over.content}".encode("ascii"))))
        entries["Contents"] = b"[%b]" % b" ".join(content)
        entries["Resources"] = dictionary(self._resources(sheet, drawn, numbers, [face.name for face in over.faces], **more))
        for name, (x, y) in sheet.starts.items():
            self._places.setdefault(name, b"[%b/XYZ %b %b 0]" % (reference(self._pages + index), number(x + shift), number(y)))
        self._file.put(self._pages + index, dictionary(entries))

    def _before(self, shift: float) -> bytes:
        """What stands before a page's content: it leaves its own coordinates behind, and is moved."""
        if shift not in self._befores:
            move = f" 1 0 0 1 {shift:.3f} 0 cm" if shift else ""
            self._befores[shift] = self._file.add_stream(f"q{move}".encode("ascii"))
        return reference(self._befores[shift])

    def _all_plates(self) -> int:
        self._plates = self._plates or self._file.add(pdfx.ALL_PLATES)
        return self._plates

    def _tree_of_pages(self) -> None:
        """Write the nodes above the pages (7.7.3)."""
        total = len(self._leaves)
        for node, at in enumerate(range(0, total, _BRANCH), self._nodes + 1):
            kids = range(self._pages + at, self._pages + min(at + _BRANCH, total))
            entries = {"Type": b"/Pages", "Parent": reference(self._nodes), "Count": b"%d" % len(kids)}
            self._file.put(node, dictionary(entries | {"Kids": b"[%b]" % b" ".join(map(reference, kids))}))
        nodes = range(self._nodes + 1, self._nodes + 1 + -(-total // _BRANCH))
        self._file.put(self._nodes, dictionary({"Type": b"/Pages", "Count": b"%d" % total, "Kids": b"[%b]" % b" ".join(map(reference, nodes))}))

    def _catalog(self, bookmarks: Sequence[Bookmark]) -> int:
        """Write the catalog (7.7.2) and what it names."""
        file, leaves = self._file, self._leaves
        said = metadata(self._about, self._finish.edition, self._sum.digest())
        entries = {
            "Type": b"/Catalog",
            "Pages": reference(self._nodes),
            "Lang": text(self._about.language),
            "Metadata": reference(file.add_stream(said, b"<</Type/Metadata/Subtype/XML>>")),
            "PageLabels": labels([leaf.label for leaf in leaves]),
            "PageLayout": b"/TwoPageRight" if len(leaves) > 2 else b"/SinglePage",
            "PageMode": b"/UseOutlines" if len(leaves) > 8 else b"/UseNone",
            "ViewerPreferences": b"<</DisplayDocTitle true>>",
            "Outlines": reference(outline(file, bookmarks, self._pages)) if bookmarks else b"",
        }
        if self._screen:
            names = sorted((_name(name), text(name), place) for name, place in self._places.items())
            if names:
                entries["Names"] = b"<</Dests %b>>" % reference(file.tree([(key, place) for _, key, place in names], "Names"))
            entries |= {"MarkInfo": b"<</Marked true>>", "StructTreeRoot": reference(self._structure())}
        else:
            entries["OutputIntents"] = pdfx.intent(file, self._finish.color)
        return file.add(dictionary(entries))

    def _structure(self) -> int:
        """Write the root of the structure tree, the document's element and the ways from pages and links into it (14.7)."""
        file, root = self._file, self._file.numbers()
        kids = b" ".join(map(reference, self._kids))
        file.put(self._document, b"<</S/Document/P %b/K[%b]>>" % (reference(root), kids))
        links = [(b"%d" % at, reference(element)) for at, element in enumerate(self._linked, len(self._leaves))]
        parents = reference(file.tree([*self._marks, *links], "Nums"))
        file.put(root, b"<</Type/StructTreeRoot/K[%b]/ParentTree %b>>" % (reference(self._document), parents))
        return root


def _filled(pattern: Pattern, numbers: Sequence[int]) -> bytes:
    return pattern.text % tuple(map(numbers.__getitem__, pattern.places))


def _name(words: str) -> bytes:
    """The bytes by which names are sorted."""
    return words.encode() if words.isascii() else b"\xfe\xff" + words.encode("utf-16-be")
