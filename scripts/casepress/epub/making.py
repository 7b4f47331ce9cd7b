"""Making: a book as an EPUB, from its chapters to its last byte.

Flows in: a `Book`, templates, pictures made small, faces for the cover. Flows out: the bytes of the file.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from jinja2 import Environment

from casepress.book.book import Book
from casepress.epub.archive import archive
from casepress.epub.chapters import COVER, NAV, Chapter, chapters
from casepress.epub.composing import Composer, language
from casepress.epub.drawing import drawn
from casepress.epub.package import FOLDER, PACKAGE, Item, Seen, container, ncx, package
from casepress.epub.pictures import Carried
from casepress.facts.store import Store
from casepress.type.faces import Faces, shaping
from casepress.values.progress import Progress, unwatched


@dataclass(frozen=True)
class Binder:
    """Makes EPUBs with one set of templates. `pictures` makes pictures small by their published names.

    `cover_picture` is the bureau's own, where it has one.
    """

    env: Environment
    pictures: Mapping[str, Callable[[], Carried]]
    faces: Faces
    cover_picture: bytes = b""

    def shaping(self, store: Store) -> tuple[str | bytes, ...]:
        """All that shapes its books but the books themselves and the templates. Raises OSError where a font file is not there any more."""
        return (*shaping(self.faces, store), self.cover_picture)

    def make(self, book: Book, progress: Progress = unwatched) -> bytes:
        """The EPUB of a book. Raises templates.BrokenTemplate, and what the pictures raise."""
        found = chapters(book)
        shown = [name for chapter in found.listed for name in _pictures(chapter)]
        made = {name: self.pictures[name]() for name in progress("图片", list(dict.fromkeys(shown)))}
        cover = "cover.jpg" if self.cover_picture else "cover.png"
        composer = Composer(self.env, {name: picture.file for name, picture in made.items()}, cover)

        is_read = any(chapter.file == NAV for chapter in found.listed)  # else it is there for programs only
        listed = (*found.listed, *(() if is_read else (Chapter(NAV, "contents", "目录", "frontmatter"),)))
        files = {chapter.file: composer.chapter(found, chapter) for chapter in listed}
        files["style.css"] = composer.style()
        if COVER in files:
            files[cover] = drawn(composer.cover(book, bool(self.cover_picture)), self.faces, self.cover_picture)
        files |= {picture.file: picture.data for picture in made.values()}
        files["toc.ncx"] = ncx(book, language(book), found.contents)

        items = [Item(each.file, each.id, "nav" * (each.file == NAV), each.file != NAV or is_read) for each in listed]
        items += [Item("style.css", "style"), Item("toc.ncx", "ncx")]
        items += [Item(cover, "cover-picture", "cover-image")] if COVER in files else []
        items += [Item(picture.file, f"picture-{picture.name}") for picture in made.values()]
        seen = Seen(bool(made) or COVER in files, all(map(_worded, found.listed)))
        packed = [(f"{FOLDER}/{name}", data) for name, data in files.items()]
        return archive([("META-INF/container.xml", container()), (PACKAGE, package(book, language(book), items, seen)), *packed])


def _pictures(chapter: Chapter) -> tuple[str, ...]:
    """The published names of a chapter's pictures."""
    owner = chapter.case or (chapter.piece and chapter.piece.text)
    if not owner:
        return ()
    return (*sorted(owner.body.pictures), *(photo.name for photo in (chapter.case.pictures if chapter.case else ())))


def _worded(chapter: Chapter) -> bool:
    """Whether every picture of a chapter has words of its own."""
    owner = chapter.case or (chapter.piece and chapter.piece.text)
    if not owner:
        return True
    photos = chapter.case.pictures if chapter.case else ()
    return all(photo.alt or photo.caption for photo in photos) and 'alt=""' not in owner.body.html
