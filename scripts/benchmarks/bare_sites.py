"""The same cases as the barest site of MkDocs with Material, and of Hugo: a page each, a list, no search, no plugin."""

from collections.abc import Sequence
from html import escape
from pathlib import Path

from benchmarks.documents import facts
from benchmarks.worlds import Text

_MKDOCS = "site_name: bare\ntheme: {name: material, language: zh, font: false}\nplugins: []\nnav: [index.md]\nuse_directory_urls: false\n"
_HUGO = 'baseURL = "/"\nlanguageCode = "zh-CN"\ntitle = "bare"\ndisableKinds = ["taxonomy", "term", "RSS", "sitemap"]\nuglyURLs = true\n'
_PAGE = (
    '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{{ .Title }}</title><main><h1>{{ .Title }}</h1>{{ .Content }}</main></html>'
)
_LIST = (
    '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{{ .Title }}</title>'
    '<ul>{{ range .Site.RegularPages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul></html>'
)


def write_mkdocs(cases: Sequence[Text], folder: Path) -> None:
    """A folder in which `mkdocs build` makes the site."""
    links = "".join(f"- [{case.facts['title']}](cases/{case.id}.md)\n" for case in cases)
    _write(folder / "mkdocs.yml", _MKDOCS)
    _write(folder / "docs" / "index.md", f"# bare\n\n{links}")
    for case in cases:
        _write(folder / "docs" / "cases" / f"{case.id}.md", f"# {case.facts['title']}\n\n{_markdown(case)}")


def write_hugo(cases: Sequence[Text], folder: Path) -> None:
    """A folder in which `hugo` makes the site."""
    _write(folder / "config.toml", _HUGO)
    _write(folder / "layouts" / "_default" / "single.html", _PAGE)
    _write(folder / "layouts" / "_default" / "list.html", _LIST)
    for case in cases:
        _write(folder / "content" / "cases" / f"{case.id}.md", f'---\ntitle: "{case.facts["title"]}"\n---\n\n{_markdown(case)}')


def _markdown(case: Text) -> str:
    body = "\n\n".join(f"## {words}" if heading else escape(words, quote=False) for heading, words in case.body)
    return f"{facts(case)}\n\n{case.facts['summary']}\n\n{body}\n"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
