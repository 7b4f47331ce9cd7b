"""The same cases as one document for WeasyPrint and for Typst: on the same paper, in the same faces, with contents.

Both are given what makes them quickest: finished input, no tags, no running heads, no indexes, and no order by theme.
Measures are those of the profile big16, in which a new collection's book is set.
"""

import re
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from benchmarks.worlds import TITLE, Text

BODY, PITCH = 10.5, 18  # pt
WIDTH, HEIGHT = 210, 285  # mm
MM = 72 / 25.4
TOP, INNER = 31 * MM, 33 * MM  # pt
OUTER, BELOW = WIDTH * MM - INNER - 40 * BODY, HEIGHT * MM - TOP - 36 * PITCH
SONG, HEI, KAI = "Noto Serif CJK SC", "Noto Sans CJK SC", "LXGW WenKai"

STYLE = f"""
@page {{ size: {WIDTH}mm {HEIGHT}mm; margin: {TOP:.2f}pt {OUTER:.2f}pt {BELOW:.2f}pt {INNER:.2f}pt;
  @bottom-center {{ content: counter(page); font: {BODY}pt {SONG} }} }}
@page :left {{ margin-left: {OUTER:.2f}pt; margin-right: {INNER:.2f}pt }}
html {{ font: {BODY}pt/{PITCH}pt {SONG}, serif }}
h1, h2, p {{ margin: 0 }}
nav a {{ display: block; color: inherit; text-decoration: none }}
nav a::after {{ content: leader(".") target-counter(attr(href), page) }}
article {{ break-before: page; text-align: justify }}
h1 {{ font: 900 20pt/27pt {SONG}; text-align: center; padding: 18pt 0; bookmark-level: 1 }}
h2 {{ font: 700 12.6pt/18pt {HEI}; padding: 18pt 0 18pt 2em; break-after: avoid; bookmark-level: none }}
article p {{ text-indent: 2em; widows: 2; orphans: 2 }}
.facts, .summary {{ font-family: {KAI} }}
.facts {{ text-align: center; text-indent: 0 }}
"""
PREAMBLE = f"""
#set page(width: {WIDTH}mm, height: {HEIGHT}mm, numbering: "1", binding: left,
  margin: (top: {TOP:.2f}pt, bottom: {BELOW:.2f}pt, inside: {INNER:.2f}pt, outside: {OUTER:.2f}pt))
#set text(font: "{SONG}", size: {BODY}pt, lang: "zh", region: "cn", top-edge: 0.8em, bottom-edge: -0.2em)
#set par(justify: true, leading: {PITCH - BODY}pt, spacing: {PITCH - BODY}pt, first-line-indent: (amount: 2em, all: true))
#show heading.where(level: 1): it => {{ pagebreak(weak: true); align(center, block(above: 18pt, below: 18pt, text(20pt, weight: 900, it.body))) }}
#show heading.where(level: 2): it => block(above: 18pt, below: 18pt, inset: (left: 2em), text(12.6pt, font: "{HEI}", weight: 700, it.body))
#let facts(words) = align(center, text(font: "{KAI}", words))
#let summary(words) = text(font: "{KAI}", words)
#outline(title: [目录], depth: 1)
"""


def facts(text: Text) -> str:
    """Where a case comes from, in one line."""
    return "　".join(text.facts[name] for name in ("school", "region", "theme", "batch", "award"))


def write_html(cases: Sequence[Text], path: Path) -> None:
    """One HTML document with contents by `target-counter`."""
    contents = "".join(f'<a href="#{case.id}">{escape(case.facts["title"])}</a>\n' for case in cases)
    head = f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{TITLE}</title><style>{STYLE}</style>'
    path.write_text("".join((head, f"<nav><h1>目录</h1>{contents}</nav>\n", *map(_article, cases), "</html>\n")), "utf-8")


def _article(case: Text) -> str:
    return (
        f'<article id="{case.id}"><h1>{escape(case.facts["title"])}</h1><p class="facts">{escape(facts(case))}</p>'
        f'<p class="summary">摘要：{escape(case.facts["summary"])}</p>\n{html_body(case.body)}</article>\n'
    )


def html_body(body: Iterable[tuple[bool, str]]) -> str:
    """Headings and paragraphs as HTML."""
    return "".join(f"<h2>{escape(words)}</h2>\n" if heading else f"<p>{escape(words)}</p>\n" for heading, words in body)


def write_typst(cases: Sequence[Text], path: Path) -> None:
    """One Typst document with an outline of the cases."""
    path.write_text(PREAMBLE + "".join(map(_typst, cases)), "utf-8")


def _typst(case: Text) -> str:
    body = "\n\n".join(f"== {_plain(words)}" if heading else _plain(words) for heading, words in case.body)
    return f"\n= {_plain(case.facts['title'])}\n#facts[{_plain(facts(case))}]\n\n#summary[摘要：{_plain(case.facts['summary'])}]\n\n{body}\n"


def _plain(words: str) -> str:
    """Text that means nothing to Typst but itself."""
    return re.sub(r"""([\\#$*_@<>`~\[\]=+/"'-])""", r"\\\1", words)
