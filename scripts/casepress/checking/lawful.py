"""Lawful: what the law asks of a printed book and of one that is posted to the web, each rule a small generator.

内部资料性出版物管理办法 (2015), 14 and 15; 地图管理条例 (2015), 15 and 22; GB/T 5795-2006. The words of the rules stand in
`data/imprint.yml`.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from urllib.parse import unquote

from casepress.collection.imprint import PUBLICATIONS, isbn_is_true, rules
from casepress.collection.project import SETTINGS
from casepress.collection.views import select
from casepress.collection.webpages import INDEX
from casepress.facts import captions
from casepress.markup import prose
from casepress.values.cases import Collection
from casepress.values.problems import Problem, error, warning

# What stands in a book of what is written in `content/`.
_IN_BOOKS = "book/"
References = Callable[[str], Iterable[prose.Reference]]


def check(collection: Collection, content: Mapping[str, bytes], read: References = prose.references) -> Iterator[Problem]:
    """Every problem of the imprint, of the words of the books, and of maps; `content` are the files of `content/`, `read` reads them."""
    yield from imprints_are_complete(collection)
    yield from imprints_are_printed(collection)
    yield from imprints_fit_the_publication(collection)
    yield from isbns_are_true(collection)
    yield from lists_have_winners(collection)
    yield from words_fit_the_publication(collection, content)
    yield from maps_are_approved(collection, content, read)


def imprints_are_complete(collection: Collection) -> Iterator[Problem]:
    """The imprint says what its publication requires; an internal one is made to be printed."""
    imprint, lines = collection.imprint, collection.lines
    kind, line = imprint.publication, lines.at("imprint") or lines.at("publication")
    given = {*imprint.facts, *(["compiler"] if collection.publisher else [])}  # who publishes is who compiled it
    missing = [f"{item.label}（{item.name}）" for item in rules().items if kind in item.required and item.name not in given]
    if missing:
        what = f"publication 是 {kind}（{PUBLICATIONS[kind]}），版权页还缺少：{'、'.join(missing)}"
        yield error(SETTINGS, line, what, "请在 imprint 里补上，一行一项，例如 " + missing[0].split("（")[0] + ": …", "imprints_are_complete")
    if kind == "internal" and not any("print" in book.editions for book in collection.all_books):
        what = "内部资料凭准印证印刷，但没有一本书要做印刷版；网上的电子版不写准印证号"
        yield warning(SETTINGS, lines.at("publication"), what, "请在 book 里写 editions: [screen, print]", "imprints_are_complete")


def imprints_are_printed(collection: Collection) -> Iterator[Problem]:
    """What is printed on paper says who made it; only a web edition may be without its imprint page and its cover."""
    for book in collection.all_books:
        is_list = "cases" in book.omit  # to be posted, no book
        if collection.imprint.publication != "web-only" and {"imprint", "covers"} & set(book.omit) and not is_list:
            line = collection.line_of(book, "omit")
            yield error(SETTINGS, line, "印刷的书不能没有版权页和封面", "请从 omit 里去掉 imprint 和 covers", "imprints_are_printed")


def imprints_fit_the_publication(collection: Collection) -> Iterator[Problem]:
    """No fact stands on the imprint page that its publication must not have: no price on what is not for sale."""
    kind = collection.imprint.publication
    for item in rules().items:
        if item.name in collection.imprint.facts and kind not in item.allowed:
            others = "、".join(f"{word}（{PUBLICATIONS[word]}）" for word in PUBLICATIONS if word in item.allowed)
            what = f"publication 是 {kind}（{PUBLICATIONS[kind]}），版权页不能写{item.label}"
            line = collection.lines.at("imprint", item.name)
            yield error(SETTINGS, line, what, f"请删去；能写它的是 {others}", "imprints_fit_the_publication")


def isbns_are_true(collection: Collection) -> Iterator[Problem]:
    """An ISBN has 13 digits, and the last one is right."""
    isbn = collection.imprint.facts.get("isbn", "")
    if isbn and not isbn_is_true(isbn):
        cure = "请照出版社给的书号逐位核对，例如 978-7-302-51102-1 这样的 13 位数"
        yield error(SETTINGS, collection.lines.at("imprint", "isbn"), f"ISBN“{isbn}”不对，位数或最后一位校验码有误", cure, "isbns_are_true")


def lists_have_winners(collection: Collection) -> Iterator[Problem]:
    """A list that is to be posted (公示) names somebody."""
    for book in collection.all_books:
        if "cases" in book.omit and not any(case.award for case in select(collection, book.only)):
            line = collection.line_of(book, "omit")
            what = "omit 里写了案例，只剩获奖名单，可是选出的案例都没有获奖等次"
            yield error(SETTINGS, line, what, "请在案例的表头里填上获奖等次，或从 omit 里去掉案例", "lists_have_winners")


def words_fit_the_publication(collection: Collection, content: Mapping[str, bytes]) -> Iterator[Problem]:
    """No book calls itself what its publication is not: an internal one no periodical, one on the web no internal print."""
    kind, lines = collection.imprint.publication, collection.lines
    labels = {item.name: item.label for item in rules().items}
    places = [("titles", SETTINGS, line, label, text) for line, label, text in _titles(collection)]
    places += [
        ("imprint", SETTINGS, lines.at("imprint", name), labels[name], text)
        for name, text in collection.imprint.facts.items()
        if kind in next(item.allowed for item in rules().items if item.name == name)  # else it was said above
    ]
    for name, data in content.items():
        if name.startswith(_IN_BOOKS) and name.endswith(".md"):
            texts = enumerate(data.decode().split("\n"), 1)
            places += [("texts", f"content/{name}", line, "", text) for line, text in texts]
    for where, path, line, label, text in places:
        for rule in rules().words:
            if kind in rule.publications and where in rule.where and (found := rule.pattern.search(text)):
                shown = f"{label}“{text}”里有“{found[0]}”" if label else f"这里写了“{found[0]}”"
                yield error(path, line, f"{rule.what}，{shown}", rule.cure, "words_fit_the_publication")


def maps_are_approved(collection: Collection, content: Mapping[str, bytes], read: References = prose.references) -> Iterator[Problem]:
    """A map is shown with its approval number (审图号) where readers see it.

    The words and the file name of a picture say whether it is a map.
    """
    for case in collection.cases:
        for picture in case.pictures:
            visible = f"{picture.caption} {picture.credit}"
            line, file = case.lines.at("photos"), picture.file.rpartition("/")[2]
            yield from _approved(case.path, line, f"{picture.alt} {visible}", visible, file)
        for reference in case.body.references:
            yield from _shown(case.path, case.body_line + reference.line - 1, reference)
    for name, data in content.items():
        if name.endswith(".md"):
            source, ours = data.decode(), name == INDEX or name.startswith(_IN_BOOKS)
            found = read(source)
            beside = "" if ours else _numbers_beside(source, found)
            for reference in found:
                yield from _shown(f"content/{name}", reference.line, reference, None if ours else beside)


def _numbers_beside(source: str, found: Iterable[prose.Reference]) -> str:
    """The approval numbers that the text of a page says, those in the words of its pictures left out."""
    number = rules().maps.number
    hidden = Counter(match[0] for each in found for match in number.finditer(f"{each.text} {each.title}"))
    return " ".join(Counter(match[0] for match in number.finditer(source)) - hidden)


def _shown(path: str, line: int, reference: prose.Reference, visible: str | None = None) -> Iterator[Problem]:
    """Of a picture in a text; `visible` says what readers see of its words where the page is not of our making."""
    if reference.kind == "picture":
        words, file = f"{reference.text} {reference.title}", unquote(reference.target).rpartition("/")[2]
        printed = captions.caption(reference.text, reference.title) if visible is None else visible
        yield from _approved(path, line, words, printed, file, visible is None)


def _approved(path: str, line: int, words: str, visible: str, file: str, has_caption: bool = True) -> Iterator[Problem]:
    maps = rules().maps
    if maps.words.search(maps.other.sub("", f"{words} {file}")) and not maps.number.search(visible):
        where = "图片的说明里" if has_caption else "图片下面的正文里（这一页上，方括号里的字读者看不到）"
        cure = f"请在{where}写明，例如 审图号：GS(2024)1234号；没有审图号的地图不能用，不是地图的，请换一个说法"
        yield error(path, line, f"图片“{file}”看来是地图，没有写审图号", cure, "maps_are_approved")


def _titles(collection: Collection) -> Iterator[tuple[int, str, str]]:
    """Every title that stands on a book, with its line and what it is."""
    yield collection.lines.at("publisher"), "编者", collection.publisher
    for book in collection.all_books:
        yield collection.line_of(book, "title"), "书名", collection.title_of(book)
        yield collection.line_of(book, "subtitle"), "副题", book.subtitle
