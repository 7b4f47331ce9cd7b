"""What characters there are comes through whole, from a school's Word file into the case, the site, its search and the book; what is no
character of a text is refused with its place."""

import html
import re
import shutil
import subprocess
import unicodedata

import pytest

from casepress import importing
from casepress.collection import project
from casepress.facts.characters import IGNORABLE
from casepress.facts.folding import fold
from casepress.search import proving
from conftest import run, write_files
from evil.documents import form
from test_properties import found
from wordparts import package

# Every block of 汉字 from extension A to H, and the signs of compatibility between them: one in a few hundred.
HAN = [chr(point) for first, last in ((0x3400, 0x9FFF), (0xF900, 0xFAD9), (0x20000, 0x323AF)) for point in range(first, last + 1, 389)]
TITLE = (
    "从“双减”到“三增”：㐀字𠮷姓葛\U000e0100老师带着👩‍🏫班的课後服务怎样走过九年——一所乡村小学" + "的课堂、家庭与村庄一起生长的做法与反思" * 2
)
WORDS = {
    "selectors": "葛\U000e0100城的葛\U000e0101老师姓辻\U000e0100，写作辻\ufe00也可以。",
    "marks": "拼音a\u0304 e\u0301 ǚ n\u030c写在字上，课\u0303也有人写。",
    "emoji": "✔和❤以外，☎、☀️也常写进材料。",
    "compatibility": "㎡、℃、①、㈠、〇、々、ㄅㄆㄇ、ﬁ、Ａ，都照原样。",
    "names": "𠮷野家、㛃老师、䶮校长、堃、喆、昇、邨、垚。",
}
REFUSED = {"NUL 字符": "\0", "Unicode 保留的非字符": "\U0002fffe", "改变文字方向的控制字符": "\u2066"}
UNSEEN = rf"[\s{IGNORABLE}]"
SETTINGS = "title: 小案例库\nbook: {omit: [扉页, 目录, 封面, 版权页], indexes: []}\n"


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """A case that came as a Word file, built: its folder, its text, which of HAN no face has, and what its check and build said."""
    folder = tmp_path_factory.mktemp("survives") / "collection"
    assert run("new", folder).code == 0
    (folder / "cases" / "example.md").unlink()
    shutil.rmtree(folder / "content" / "guide")
    write_files(folder, {"content/guide.md": "# 编写指南\n\n字。\n", "cases/collection.yml": SETTINGS})
    place = project.find(folder)
    lacking: set[str] = set()
    for _ in range(2):  # what no face has is left out the second time
        rows = ["".join(c for c in HAN[at : at + 10] if c not in lacking) for at in range(0, len(HAN), 10)]
        paragraphs = [f"{nth}行{row}止。" for nth, row in enumerate(rows)] + list(WORDS.values())
        write_files(folder, {"in/a.docx": package(form(TITLE, *paragraphs))})
        shutil.rmtree(folder / "cases" / ".private", ignore_errors=True)
        for path in (folder / "cases").glob("*.md"):
            path.unlink()
        made = importing.arrive(place, [folder / "in"])
        importing.settle(place, made)
        checked = run("-C", folder, "check")
        lacking |= {chr(int(point, 16)) for point in re.findall(r"没有一款字体有[^。]*?U\+([0-9A-F]+)", checked.out)}
    built = run("-C", folder, "build")
    assert built.code == 0, built.words
    return folder, paragraphs, lacking, checked


def test_which_characters_no_face_has_is_told_with_its_place(world):
    """Of all blocks of 汉字: what faces have is printed, and each of the others is an error of its line that names it."""
    _, _, lacking, checked = world
    assert {"㐀", "䶮", "𠮷"} & lacking == set()
    assert lacking <= set(HAN) and len(HAN) - len(lacking) > 70
    assert not re.findall("错误", checked.out)


def test_every_character_stands_on_the_page(world):
    """Title and paragraphs of the Word file stand in the case's file and on its page as they were written, composed as Unicode has it."""
    folder, paragraphs, _, _ = world
    (path,) = (folder / "cases").glob("*.md")
    written = path.read_text("utf-8")
    every = (folder / "build" / "site" / "cases").glob("*.html")
    article = next(found[0] for path in every if (found := re.search(r"<article.*?</article>", path.read_text("utf-8"), re.DOTALL)))
    shown = html.unescape(re.sub(r"<[^>]*>", "", article))
    for words in (TITLE, *paragraphs):
        whole = unicodedata.normalize("NFC", words)
        assert whole in unicodedata.normalize("NFC", re.sub(r"\\(?=[^\w\s])", "", written)), words
        assert re.sub(r"\s", "", whole) in re.sub(r"\s", "", unicodedata.normalize("NFC", shown)), words


def test_every_character_is_found_by_search(world):
    """The index that was published finds each two characters that stand beside each other, and none that do not."""
    folder, paragraphs, _, _ = world
    made = proving._Index(lambda name: (folder / "build" / "site" / name).read_bytes())
    for words in (TITLE, *paragraphs):
        text = fold(words)
        pairs = {text[at : at + 2] for at in range(len(text) - 1)}
        assert all(found(made, pair) == [True] for pair in pairs if " " not in pair), words
    assert found(made, "㐀㐁") == [False]


def test_every_character_can_be_copied_out_of_the_book(world):
    """The text of the book's PDF is that of the case, every character that shows anything, read back by a program that knows nothing of us."""
    folder, paragraphs, _, _ = world
    if not shutil.which("pdftotext"):
        pytest.skip("未检查：没有 pdftotext（Debian：apt-get install poppler-utils）")
    pdf = folder / "build" / "books" / "book.pdf"
    out = subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, check=True).stdout.decode()
    text = re.sub(UNSEEN, "", unicodedata.normalize("NFC", out))
    for words in (TITLE, *paragraphs):
        assert re.sub(UNSEEN, "", unicodedata.normalize("NFC", words)) in text, words


@pytest.mark.parametrize("where", ["case", "header", "settings", "content"])
def test_what_is_no_character_is_refused_with_its_place(where, make):
    """NUL, what Unicode keeps for no character, what turns a text round, and half a character: in whatever file, by its line."""
    name = {"settings": "cases/collection.yml", "content": "content/about.md"}.get(where, "cases/a.md")
    case = "---\n标题: 甲HEADER\n单位: 示例小学（虚构）\n---\n\n正文。\n第二行CASE字。\n"
    usual = {"cases/a.md": case, "cases/collection.yml": "title: 库\n# SETTINGS\n", "content/about.md": "# 关于\n\n一行\nCONTENT行\n"}
    line = {"case": 7, "header": 2, "settings": 2, "content": 4}[where]
    folder = make({}, site=True)
    for kind, sign in REFUSED.items():
        write_files(folder, {path: text.replace(where.upper(), sign) for path, text in usual.items()})
        assert f"{name}:{line}: 错误: 文字里有{kind}" in run("-C", folder, "check").out
    write_files(folder, {path: text.replace(where.upper(), "\ud800").encode("utf-8", "surrogatepass") for path, text in usual.items()})
    said = run("-C", folder, "check").out
    assert re.search(rf"^{re.escape(name)}(?::{line})?: 错误: ", said, re.MULTILINE), said
