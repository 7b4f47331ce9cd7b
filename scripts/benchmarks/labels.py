"""The words of the README's table and picture, in both languages: what was done, and by whom."""

from dataclasses import dataclass

LANGUAGES = ("en", "zh")


@dataclass(frozen=True)
class Row:
    """A task of a tool, and its name in each language; `ours` marks casepress, whose rows lead."""

    task: str
    tool: str
    names: tuple[str, str]

    @property
    def ours(self) -> bool:
        return self.tool == "casepress"

    def name(self, language: str) -> str:
        return self.names[LANGUAGES.index(language)]


@dataclass(frozen=True)
class Group:
    """Rows that may be compared with each other."""

    names: tuple[str, str]
    rows: tuple[Row, ...]

    def name(self, language: str) -> str:
        return self.names[LANGUAGES.index(language)]


BOOK = Group(
    ("The book", "汇编"),
    (
        Row("book-cold", "casepress", ("casepress, first time", "casepress，第一次")),
        Row("book-changed", "casepress", ("casepress, one case changed", "casepress，改了一个案例")),
        Row("book-unchanged", "casepress", ("casepress, nothing changed", "casepress，什么也没改")),
        Row("book-selected", "casepress", ("casepress, a further selected book", "casepress，再选编一册")),
        Row("book-cold", "weasyprint", ("WeasyPrint, one document", "WeasyPrint，单个文档")),
        Row("book-cold", "typst", ("Typst, one document", "Typst，单个文档")),
    ),
)
SITE = Group(
    ("The website", "网站"),
    (
        Row("site-cold", "casepress", ("casepress, first time", "casepress，第一次")),
        Row("site-changed", "casepress", ("casepress, one case changed", "casepress，改了一个案例")),
        Row("serve-changed", "casepress", ("casepress serve, a change seen", "casepress serve，改动多久看得见")),
        Row("site-cold", "mkdocs", ("MkDocs with Material, bare", "MkDocs 加 Material，光页面")),
        Row("site-cold", "hugo", ("Hugo, bare", "Hugo，光页面")),
    ),
)
CHECK = Group(
    ("Checking", "检查"),
    (
        Row("check-cold", "casepress", ("casepress check, first time", "casepress check，第一次")),
        Row("check-changed", "casepress", ("casepress check, one case changed", "casepress check，改了一个案例")),
    ),
)
SEARCH = Group(
    ("The search index", "检索"),
    (
        Row("search-index", "casepress", ("casepress, built and proven", "casepress，做成并验明")),
        Row("search-index", "pagefind", ("Pagefind", "Pagefind")),
    ),
)
FIXED = Group(
    ("Of any size", "与篇数无关"),
    (
        Row("version", "casepress", ("casepress --version", "casepress --version")),
        Row("sample-cold", "casepress", ("this repository's six books and site, first time", "本仓库的六册书和网站，第一次")),
        Row("sample-changed", "casepress", ("the same, one case changed", "同上，改了一个案例")),
    ),
)
WORDS = {
    "cases": ("{} cases", "{} 个案例"),
    "growth": ("growth", "增长"),
    "unmeasured": ("not measured", "未测量"),
    "seconds": ("{} s", "{} 秒"),
    "and": (", ", "，"),
    "file": ("{pages} pages in {size} MB", "{pages} 页，文件 {size} MB"),
    "time": ("time, s", "时间（秒）"),
    "memory": ("memory, MB", "内存（MB）"),
    "title": ("{} cases of 2,400 characters: the book and the website", "{} 个 2400 字的案例：做汇编，做网站"),
    "picture": ("Time and memory of casepress beside other tools", "casepress 与别的工具用的时间和内存"),
}


def words(name: str, language: str) -> str:
    """A word of the table or picture; where it takes a number, with `{}`."""
    return WORDS[name][LANGUAGES.index(language)]
