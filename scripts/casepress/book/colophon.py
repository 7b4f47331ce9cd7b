"""Colophon: the facts of the imprint page (版权页, 编印信息): those that the bureau gives, and those that are counted.

Flows in: a book's imprint, its cases, its paper and its number of pages. Flows out: labels and values, in order.
"""

from collections.abc import Iterable

from casepress.book.measures import MM, Profile
from casepress.collection.imprint import rows
from casepress.values.books import Imprint
from casepress.values.cases import Case

# Pages of one size that a printed sheet holds on one side (开数), by the longest that their width may be in mm, and the
# usual names of sizes (GB/T 788-1999 and the paper trade: 正16开 is cut from 787 × 1092 mm, 大16开 from 889 × 1194 mm).
_SHEETS = ((105, 64), (155, 32), (225, 16), (325, 8))
_NAMES = {(185, 260): "16开", (210, 285): "大16开", (210, 297): "A4", (148, 210): "A5", (140, 203): "大32开", (130, 184): "32开"}
WEB_ONLY = "电子版，以正式印发为准"


def title(imprint: Imprint) -> str:
    """What the page is called: a 版权页 belongs to books with a book number."""
    return "版权页" if imprint.publication == "isbn" else "编印信息"


def facts(
    imprint: Imprint,
    publisher: str,
    date: str,
    cases: Iterable[Case],
    profile: Profile | None = None,
    pages: int = 0,
    full: float = 0,
    counted: Iterable[str] = ("layout",),
) -> tuple[tuple[str, str], ...]:
    """The lines of the page: who made the book, the bureau's facts in their order, then 开本, 印张, 字数 and the date where not given.

    `pages` counts the pages between the covers, `full` those that count as full of text, 0 where that is not known; what has no paper,
    without a profile, has neither 开本 nor 印张. `counted` says which of its lengths is its 字数: see `words`. A CIP block of several lines (GB/T 12451) is none of these: see `cip`. Who publishes with a book number is the 出版社; the
    bureau is its 编者.
    """
    given = {label: value for label, value in rows(imprint) if value != imprint.facts.get("cip") or not cip(imprint)}
    maker = "编者" if imprint.publication == "isbn" else "编印单位"
    given = {maker if label == "编印单位" else label: value for label, value in given.items()}
    found = {maker: publisher, **given}
    paged = {"开本": paper(profile), "印张": sheets(profile, pages) if pages else ""} if profile else {}
    counted = {**paged, "字数": words(cases, profile, full, counted)}
    found |= {label: value for label, value in counted.items() if label not in found}
    if not any("日期" in label or "时间" in label for label in given):
        found["日期"] = date
    return tuple((label, value) for label, value in found.items() if value)


def cip(imprint: Imprint) -> tuple[str, ...]:
    """The CIP block (图书在版编目数据) as the office prints it, line by line; empty where only its number is given."""
    lines = tuple(line.strip() for line in imprint.facts.get("cip", "").splitlines() if line.strip())
    return lines if imprint.publication == "isbn" and len(lines) > 1 else ()


def press(imprint: Imprint) -> str:
    """The 出版社 of a book that has a book number: it stands on cover, spine and title page. Empty for all others."""
    return imprint.facts.get("press", "") if imprint.publication == "isbn" else ""


def paper(profile: Profile) -> str:
    """The size of the page (开本): 210mm×285mm（大16开）."""
    size = (round(profile.width / MM), round(profile.height / MM))
    return f"{size[0]}mm×{size[1]}mm（{_NAMES.get(size, f'{_folded(profile)}开')}）"


def sheets(profile: Profile, pages: int) -> str:
    """The printed sheets (印张): one side of a whole sheet, so that in 16开 sixteen pages are one (trade rule, 印张 = 面数 ÷ 开数).

    A4 is cut sixteen from a sheet too (889 × 1194 mm and larger), so it counts as 16开.
    """
    return f"{pages / _folded(profile):.3f}".rstrip("0").rstrip(".")


def words(cases: Iterable[Case], profile: Profile | None, full: float, counted: Iterable[str]) -> str:
    """The length of a book (字数): that of its layout (版面字数), that of its text (正文字数), or the first with the second behind it.

    What has no pages, as an EPUB, has a text alone.
    """
    text = thousands(sum(case.characters for case in cases))
    lengths = {"layout": thousands(of_layout(profile, full)), "text": text} if profile and full else {"text": text}
    found = [lengths[name] for name in dict.fromkeys(counted) if name in lengths] or [text]
    return found[0] if len(found) < 2 else f"{lengths['layout']}（正文{text}）"


def of_layout(profile: Profile, full: float) -> int:
    """The length of a layout (版面字数): characters of a line × lines of a page × pages, as imprints count it.

    图书质量管理规定 (2004), annex 图书编校质量差错率的计算方法, 2: all pages that are numbered through count as full, whatever
    stands on them, with contents, texts and indexes; the imprint as well, the title page (扉页) half, blank pages not.
    """
    return round(profile.characters * profile.lines * full)


def thousands(characters: int) -> str:
    """A length in thousands, as imprints give it; at least one."""
    return f"{max(1, round(characters / 1000))}千字"


def _folded(profile: Profile) -> int:
    return next((count for width, count in _SHEETS if profile.width / MM <= width), 4)
