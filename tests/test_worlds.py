"""Small worlds: collections in `tests/collections/` with what they must come to beside them, as text.

`outline.txt` is the collection as read, `problems.txt` what is wrong with it, `book.txt` the book's outline, and
`pages.txt` every page of the site with the words on it. After a wanted change, rewrite them and read the difference:

    .venv/bin/python tests/test_worlds.py
"""

from html.parser import HTMLParser
from pathlib import Path

import pytest

from casepress import flow
from casepress.book.book import whole_book
from casepress.collection import project
from casepress.markup.templates import environment
from casepress.site.pages import site_pages

WORLDS = sorted(path for path in (Path(__file__).parent / "collections").iterdir() if path.is_dir())


class Words(HTMLParser):
    """The words of a page, a line for each block, with the addresses of its links."""

    def __init__(self) -> None:
        super().__init__()
        self.lines = [""]

    def handle_starttag(self, tag, attrs):
        if tag in {"p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "dt", "dd", "section", "article", "nav", "figure", "figcaption"}:
            self.lines.append("")
        href = dict(attrs).get("href")
        if tag == "a" and href:
            self.lines[-1] += f"<{href}>"
        if tag == "img":
            self.lines[-1] += f"<{dict(attrs).get('src')}|{dict(attrs).get('alt')}>"

    def handle_data(self, data):
        self.lines[-1] += data


def words(text: str) -> str:
    parser = Words()
    parser.feed(text)
    lines = (" ".join(line.split()) for line in parser.lines)
    return "\n".join(f"    {line}" for line in lines if line)


def expected(world: Path) -> dict[str, str]:
    """What a world comes to, by the name of the file that keeps it."""
    place = project.find(world)
    collection, problems = flow.check_project(place)
    found = {"problems.txt": "".join(f"{problem}\n" for problem in problems), "outline.txt": str(collection or "")}
    if collection is not None:
        found["book.txt"] = str(whole_book(collection))
        pages = site_pages(collection, environment(place.themes("pages")))
        found["pages.txt"] = "".join(f"{page.path}\n{words(page.text)}\n" for page in pages)
    return found


@pytest.mark.parametrize("world", WORLDS, ids=lambda world: world.name)
def test_world_is_as_expected(world):
    """A world's outline, problems, book and pages are those beside it, and nothing else is kept there."""
    found = expected(world)
    kept = {path.name: path.read_text("utf-8") for path in world.glob("*.txt")}

    assert sorted(kept) == sorted(found), "run: .venv/bin/python tests/test_worlds.py"
    for name, text in found.items():
        assert kept[name] == text, f"{world.name}/{name} differs; if that is wanted: .venv/bin/python tests/test_worlds.py"


if __name__ == "__main__":
    for each in WORLDS:
        for old in each.glob("*.txt"):
            old.unlink()
        for name, text in expected(each).items():
            (each / name).write_text(text, "utf-8")
        print(f"rewritten: {each.name}")
