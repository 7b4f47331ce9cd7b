"""Material: what our templates, scripts and styles hang on in the HTML that MkDocs and Material make, and whether it is there.

Flows in: a built site. Flows out: a Chinese sentence for each thing that is lost, so that a new Material is an error of
the build and not a site without its search box.
"""

from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from casepress.collection.links import page_address
from casepress.facts.maker import maker
from casepress.facts.store import NOTHING, Store, key
from casepress.facts.systems import files_below
from casepress.markup import parsing
from casepress.markup.skeleton import skeleton

KNOWN = {"mkdocs": "1.6.1", "mkdocs-material": "9.8.1"}  # with these it was seen to be right

# What must be there, in what it must stand, outermost first; an element by its tag, a class by a dot, an id by #.
_EVERYWHERE = {
    "页眉里的搜索框": ("body", ".md-header", "nav", "form.cp-box-head", "input"),  # main.html puts it before the first </nav>
    "窄屏上的搜索按钮": ("body", ".md-header", "nav", "a.cp-open"),
    "窄屏上的菜单按钮": ("body", ".md-header", "nav", "button.cp-menu"),
    "页眉的标题": ("body", ".md-header", ".md-header__inner", ".md-header__title"),
    "站名回首页的链接": ("body", ".md-header", ".md-header__title", "a.cp-name"),
    "正文的位置": ("body", ".md-main", ".md-main__inner", ".md-content", ".md-content__inner", "#cp-content"),
    "正文的样式": ("body", ".md-content", ".md-typeset"),
    "跳到正文的链接": ("body", "a.cp-skip"),
    "页脚": ("body", "footer.cp-footer", ".md-grid"),
    "网站的样式": ("head", "link"),
    "页面的标题": ("head", "title"),
}
_KIND = "good"
_SCRIPT = "assets/search"  # what the search box and its results begin with
# A page of each kind, and what of our own HTML must stand in the place of its text.
_PAGES = {"index.html": ".cp-home", "cases/index.html": ".cp-all", "cases/*.html": ".cp-case", "by/*/index.html": ".cp-index"}


def lost(site: Path, themes: Sequence[Path], name: str | None = "material", store: Store = NOTHING, docs: Path | None = None) -> Iterator[str]:
    """What our pages rely on and a site has not. A collection with a theme or a main.html of its own answers for how its pages look.

    `docs` is the docs tree, of which every page must be there; `themes` are the folders of the theme, the collection's own first, ours last.
    `store` knows pages that were found good.
    """
    there = set(_below(site)) if docs else set()
    pages = (unquote(page_address(name)) for name in _below(docs) if name.endswith(".md")) if docs else ()
    gone = sorted(page for page in pages if page not in there and f"{page[:-5]}/index.html" not in there)
    if gone:
        yield f"有 {len(gone)} 页没有做出来，例如 {gone[0]}，请看看 mkdocs.yml 里的 exclude_docs、hooks 和 plugins"
    if name != "material" or any((folder / "main.html").is_file() for folder in themes[:-1]):
        return
    for pattern, ours in _PAGES.items():
        page = next((path for path in sorted(site.glob(pattern)) if pattern.endswith("index.html") or path.name != "index.html"), None)
        if page is not None:
            data = page.read_bytes()
            good = key((maker("tinyhtml5"), ours, data))
            if store.get(_KIND, good) is None:
                found = tuple(_lost_on(data.decode("utf-8"), page.relative_to(site).as_posix(), ours))
                yield from found
                if not found:
                    store.put(_KIND, good, b"")
        elif any(site.glob(f"{pattern.removesuffix('.html')}/index.html")):
            yield "页面的地址变了，请在 mkdocs.yml 里写 use_directory_urls: false"


def _below(folder: Path) -> Iterator[str]:
    """The paths in a folder of all files below it."""
    return (entry.path[len(str(folder)) + 1 :] for entry in files_below(folder))


def advice() -> str:
    """Which versions are here and which are known to be right."""
    other = [f"{package} {version(package)}（认得的是 {known}）" for package, known in KNOWN.items() if version(package) != known]
    return f"装着的是 {'、'.join(other)}，请装回认得的版本" if other else "请看看 theme/site 里改过的文件，或把这句话交给技术人员"


def _lost_on(page: str, name: str, ours: str) -> Iterator[str]:
    root = skeleton(page)
    root = parsing.document(page) if root is None else root
    for what, path in {**_EVERYWHERE, "案例库自己的内容": (".md-content", "#cp-content", ours)}.items():
        if not _stands(root, path):
            yield f"{name} 上没有{what}（{' '.join(path)}）"
    if not any(_SCRIPT in script.get("src", "") for script in root.iter("script")):
        yield f"{name} 没有装入搜索用的 {_SCRIPT}.js，请在 mkdocs.yml 的 extra_javascript 里写上它"


def _stands(element: Element, path: Sequence[str]) -> bool:
    """Whether what a path names stands somewhere in an element."""
    if not path:
        return True
    return any(_is(inner, path[0]) and _stands(inner, path[1:]) for inner in element.iter() if inner is not element)


def _is(element: Element, named: str) -> bool:
    if not isinstance(element.tag, str):  # a comment
        return False
    if named.startswith("#"):
        return element.get("id") == named[1:]
    tag, _, kind = named.partition(".")
    return (not tag or element.tag == tag) and (not kind or kind in element.get("class", "").split())
