"""Report: what a print shop must know of a book to quote for it and to check it, in Chinese, as it is true of its very PDFs.

Flows in: the PDFs of a book and of its cover, and what only the settings know: paper and binding. Flows out: a text, of which the second
line says the most needful, and what does not hold in print, as problems.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import PurePosixPath

from casepress.book import colophon
from casepress.book.book import Book
from casepress.book.measures import MM, Profile
from casepress.collection.printshop import SIGNATURES
from casepress.collection.project import SETTINGS
from casepress.facts.inking import LEAST
from casepress.facts.maker import maker
from casepress.facts.store import Store, key
from casepress.press import conditions
from casepress.press.covers import Spread, spread
from casepress.press.inspecting import INKS, Inspected, Page, inspected
from casepress.press.making import Made
from casepress.press.sharpness import SHARP
from casepress.press.written.sheets import Placed
from casepress.values.problems import Level, Problem, error, warning

_WORDS, _KIND = "、", "press"
_NEAR = 0.1  # pt
Names = dict[tuple[int, int, int], list[str]]  # the files of pictures by the index of their page and their pixels


def report(
    book: Book, profile: Profile, pages: bytes, cover: bytes, placed: Iterable[Placed], files: Mapping[str, str]
) -> tuple[str, tuple[Problem, ...]]:
    """The report of a book, from the PDFs of its pages and its cover; `placed` tells the names of pictures, `files` their files."""
    inner, outer = inspected(pages), inspected(cover)
    names: Names = {}
    for each in placed:
        names.setdefault((each.page, each.width, each.height), []).append(files.get(each.name, each.name))
    lines = [
        f"《{book.title}》印前说明",
        f"{summary(book, inner, outer)}。",
        "",
        "内文",
        *_told(_of_pages(book, profile, inner, names)),
        "",
        "封面",
        *_told(_of_cover(book, profile, len(inner.pages), outer)),
        "",
        "面是纸的一面，从扉页数起；括号里是那一面印着的页码。以上各项都从做好的 PDF 里读出，纸张和装订照 collection.yml。",
    ]
    return "\n".join(lines) + "\n", (*_sheet_fits(spread(book, len(inner.pages), profile), outer), *_tints_hold(inner, outer))


def reported(store: Store, book: Book, profile: Profile, made: Made, cover: Made, files: Mapping[str, str]) -> tuple[Made, tuple[Problem, ...]]:
    """A book for the press with its report, and what does not hold in print; of the same PDFs it is kept."""
    sums = (hashlib.sha256(each.pdf).digest() for each in (made, cover))
    named = [(each.page, each.width, each.height, files.get(each.name, each.name)) for each in made.pictures]
    name = key((maker("pikepdf"), *sums, book.title, repr((book.settings, profile, named))))
    if data := store.get(_KIND, name):
        words, said = json.loads(data)
        return replace(made, report=words), tuple(Problem(*each[:2], Level(each[2]), *each[3:]) for each in said)
    words, problems = report(book, profile, made.pdf, cover.pdf, made.pictures, files)
    store.put(_KIND, name, json.dumps([words, [list(vars(each).values()) for each in problems]], ensure_ascii=False).encode())
    return replace(made, report=words), problems


def summary(book: Book, inner: Inspected, outer: Inspected) -> str:
    """The most needful in one sentence without its full stop."""
    blank, colored = (sum(getattr(page, name) for page in inner.pages) for name in ("is_blank", "is_colored"))
    words = [f"内文 {len(inner.pages)} 面", f"其中空白 {blank} 面" if blank else "没有空白面"]
    if book.settings.signature:
        words.append(_padding(book.settings.signature, inner.pages))
    words.append(f"彩色 {colored} 面" if colored else "全部单色（黑）")
    words.append(f"书脊 {_spine(book, inner, outer):.1f} mm")
    words.append(f"颜色特性文件是 {inner.intent[1]}")
    return "，".join(words)


def _told(facts: Iterable[tuple[str, str]]) -> Iterator[str]:
    return (f"  {label}：{value}" if label else f"    {value}" for label, value in facts if value)


def _of_pages(book: Book, profile: Profile, inner: Inspected, names: Names) -> Iterator[tuple[str, str]]:
    pages, signature = inner.pages, book.settings.signature
    blank = [nth for nth, page in enumerate(pages) if page.is_blank]
    colored = [nth for nth, page in enumerate(pages) if page.is_colored]
    yield "标准", inner.version
    yield "成品尺寸", f"{_mm(inner.width)} × {_mm(inner.height)} mm（{_name(profile)}），左边装订"
    yield "出血", f"四边各 {_mm(inner.bleed)} mm"
    yield "面数", f"{len(pages)} 面，{-(-len(pages) // 2)} 张，{colophon.sheets(profile, len(pages))} 印张"
    yield "空白", f"{len(blank)} 面：{_ranges(blank, pages)}" if blank else "没有"
    if signature:
        yield "折手", f"{signature} 面一帖，{len(pages) / signature:g} 帖；{_padding(signature, pages)}"
    yield "单色", f"{len(pages) - len(blank) - len(colored)} 面，只用黑"
    yield "彩色", f"{len(colored)} 面，{_inks(pages)}：{_ranges(colored, pages)}" if colored else "没有"
    if colored and signature:
        yield "彩色所在的帖", f"第 {_WORDS.join(map(str, dict.fromkeys(nth // signature + 1 for nth in colored)))} 帖"
    yield "纸张", _paper(book)
    yield from _shared(inner)
    yield from _coarse(inner, names)


def _of_cover(book: Book, profile: Profile, length: int, outer: Inspected) -> Iterator[tuple[str, str]]:
    how, sheet, binding = spread(book, length, profile), outer.pages[0], book.settings.binding
    turned = f"，四边包边 {_mm(how.around)} mm 在内" if binding.is_hard else ""
    yield "标准", outer.version
    yield "装订", f"精装，纸板厚 {binding.board:g} mm，飘口 {binding.square:g} mm" if binding.is_hard else "平装"
    yield "展开尺寸", f"{_mm(outer.width)} × {_mm(outer.height)} mm{turned}，四边另有出血 {_mm(outer.bleed)} mm"
    panels = [("封底", how.face - how.groove), ("书脊", outer.width - how.width + how.spine), ("封面", how.face - how.groove)]
    if how.groove:
        panels[1:2] = [("书槽", how.groove), panels[1], ("书槽", how.groove)]
    ends = [("包边", how.around)] if binding.is_hard else [("勒口", how.flap)] if how.flap else []
    yield "从左到右", "，".join(f"{label} {_mm(side)} mm" for label, side in (*ends, *panels, *ends))
    yield "书脊怎样算", _reckoned(book, length)
    yield "用色", _inks([sheet])
    yield from _shared(outer)
    if low := [picture for picture in sheet.pictures if picture.dpi < SHARP - 0.5]:
        yield "图片", f"封面图片印出来只有 {low[0].dpi:.0f} dpi"


def _shared(file: Inspected) -> Iterator[tuple[str, str]]:
    """What is told of pages and cover alike."""
    bare = [name for name, is_there in file.faces.items() if not is_there]
    yield "字体", f"{len(file.faces)} 款，{'没有嵌入的：' + _WORDS.join(bare) if bare else '都已嵌入'}：{_WORDS.join(file.faces)}"
    identifier, profile = file.intent
    condition = conditions.of_profile(profile)
    name = f"{condition.name}（{condition.paper}）" if condition else "没有指明哪一种印刷条件"
    yield "输出意图", f"{name}，颜色特性文件是 {profile}" + (f"，登记名 {identifier}" if identifier != profile else "")


def _spine(book: Book, inner: Inspected, outer: Inspected) -> float:
    """How wide the spine of a cover is in mm: what its sheet has beside back and front and what is folded behind them."""
    binding = book.settings.binding
    return outer.width / MM - 2 * (inner.width / MM + binding.board + binding.square + binding.flap + binding.turn_in)


def _reckoned(book: Book, length: int) -> str:
    binding, leaves = book.settings.binding, -(-length // 2)
    words = f"{leaves} 张 × {book.settings.calliper:g} mm"
    if binding.is_hard:
        return f"{words} + 纸板 {binding.board:g} mm × 2；环衬和裱纸不在内"
    return words + (f" + 封面纸 {binding.cover:g} mm × 2" if binding.cover else "；封面纸的厚度不在内")


def _paper(book: Book) -> str:
    paper, words = book.settings.paper, []
    words.append(" ".join(filter(None, (paper.name, f"{paper.weight:g} g/m²" if paper.weight else ""))))
    words.append(f"松厚度 {paper.bulk:g} cm³/g" if paper.bulk else "")
    return "，".join(filter(None, (*words, f"一张厚 {book.settings.calliper:g} mm")))


def _padding(signature: int, pages: Sequence[Page]) -> str:
    """How many blank pages stand behind the last one, so that the last signature is whole."""
    last = max((nth for nth, page in enumerate(pages) if not page.is_blank), default=-1)
    count = len(pages) - 1 - last
    if not count:
        return f"正好是 {signature} 面的倍数，不用补空白"
    words = f"为凑足 {signature} 面的倍数，书末最后一页之后有空白 {count} 面（第 {_span(last + 2, len(pages))} 面"
    fewer = {-(last + 1) % other: other for other in sorted(SIGNATURES) if other < signature}
    least = min(fewer, default=count)
    if count * 2 >= signature and least < count:
        words += f"；按 {fewer[least]} 面一帖，{f'只要空 {least} 面' if least else '就不用补'}"
    return f"{words}）"


def _coarse(inner: Inspected, names: Names) -> Iterator[tuple[str, str]]:
    """The pictures under 300 dpi, each with its case, its file and its page."""
    left = {key: list(found) for key, found in names.items()}  # of one size on one page, in the order in which they are drawn
    shown = []
    for nth, page in enumerate(inner.pages):
        for picture in page.pictures:
            known = left.get((nth, picture.width, picture.height))
            shown.append((nth, picture, known.pop(0) if known else f"{picture.width}×{picture.height} 像素的一幅"))
    low = [each for each in shown if each[1].dpi < SHARP - 0.5]
    if not shown:
        return
    yield "图片", f"{len(shown)} 幅，" + (f"印出来不到 {SHARP} dpi 的 {len(low)} 幅：" if low else f"印出来都不少于 {SHARP} dpi")
    for nth, picture, name in low:
        before = [title for page, y, _, title in inner.bookmarks if page < nth or page == nth and y >= picture.y]
        of = f"《{before[-1]}》" if before else ""
        yield "", f"{of}{PurePosixPath(name)}：{picture.dpi:.0f} dpi，{_ranges([nth], inner.pages)}"


def _sheet_fits(wanted: Spread, outer: Inspected) -> Iterator[Problem]:
    """The sheet of the cover is as large as it was reckoned, whatever a bureau's own style makes of it."""
    if max(abs(wanted.width - outer.width), abs(wanted.height - outer.height)) > _NEAR:
        sizes = [f"{_mm(each.width)} × {_mm(each.height)} mm" for each in (wanted, outer)]
        what = f"封面展开应当是 {sizes[0]}，排出来却是 {sizes[1]}"
        yield error(SETTINGS, 0, what, "自己的 theme/print/cover.css 是旧的，请删去，或者照现在的改", "covers_are_as_reckoned")


def _tints_hold(*files: Inspected) -> Iterator[Problem]:
    """No ink is asked for in so small a part that it does not hold on a plate."""
    tints = {tint for file in files for page in file.pages for tint in page.tints}
    weak = sorted({(part, ink) for tint in tints for part, ink in zip(tint, INKS, strict=True) if 0 < part < LEAST - 1e-6})
    if weak:
        words = _WORDS.join(f"{ink} {100 * part:.3g}%" for part, ink in weak)
        what = f"印刷版里有太淡的油墨：{words}，网点太小，印不稳"
        yield warning(SETTINGS, 0, what, f"请在 theme/print 的样式里改成 {100 * LEAST:.0f}% 以上，或者改成 0", "tints_hold")


def _inks(pages: Iterable[Page]) -> str:
    used = {ink for page in pages for ink in page.inks}
    return _WORDS.join(ink for ink in INKS if ink in used)


def _ranges(found: Sequence[int], pages: Sequence[Page]) -> str:
    """Pages by their places from 1, those that follow one another as one range, each with the numbers printed there."""
    runs = [[nth for _, nth in run] for _, run in groupby(enumerate(found), key=lambda pair: pair[1] - pair[0])]
    words = _WORDS.join(_place(run[0], run[-1], pages) for run in runs)
    return f"第 {words}面" if words.endswith("）") else f"第 {words} 面"


def _place(first: int, last: int, pages: Sequence[Page]) -> str:
    numbers = [page.label for page in pages[first : last + 1] if page.is_numbered]
    return _span(first + 1, last + 1) + (f"（{_span(numbers[0], numbers[-1])}）" if numbers else "")


def _span(first: object, last: object) -> str:
    return f"{first}" if first == last else f"{first}—{last}"


def _name(profile: Profile) -> str:
    return colophon.paper(profile).partition("（")[2].removesuffix("）")


def _mm(points: float) -> str:
    return f"{round(points / MM, 1):g}"
