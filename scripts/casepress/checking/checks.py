"""Checks: the truths that a collection should fulfil, one small generator each, in a list.

A check is named as the truth it guards. What cannot be read at all is reported by `reading`; here are the rules about
what was read.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator

from casepress.checking import calls
from casepress.checking.sizes import bodies_keep_the_bounds
from casepress.checking.texts import texts_are_proofread
from casepress.collection.standing import rules_by_batch
from casepress.facts.characters import CLOSING, FULL_OF, HAN, OPENING
from casepress.markup import counted, titled
from casepress.markup.prose import remarks
from casepress.values.cases import Case, Collection
from casepress.values.problems import Problem, error, warning

_HALF_WIDTH = re.compile(rf"(?<=[{HAN}])([,;:?!]|[.](?!\w))(?=\s*(?:[{HAN}{OPENING}{CLOSING}]|$))|(?<=[{HAN}])[()](?=[{HAN}])")
_MARKS = re.compile("[,;:?!.()]")


def check(collection: Collection) -> Iterator[Problem]:
    """Every problem of a collection that its reading did not report already; file order is up to the caller."""
    for truth in CHECKS:
        yield from truth(collection)
    yield from calls.check(collection)


def titles_are_unique(collection: Collection) -> Iterator[Problem]:
    """Two cases with one title cannot be told apart in contents and search; from one unit it is a case sent twice."""
    owners: dict[str, list[Case]] = defaultdict(list)
    for case in collection.cases:
        owners["".join(case.title.split()).casefold()].append(case)
    for cases in owners.values():
        senders: dict[str, Case] = {}
        for case in cases:
            first = senders.setdefault(case.text("school"), case)
            if first is not case:
                yield error(
                    case.path,
                    case.lines.at("title"),
                    f"标题和 {first.path} 相同，单位也相同",
                    "如果是重复提交，请删去一个；否则请改标题",
                    "titles_are_unique",
                )
            elif case is not cases[0]:
                yield warning(
                    case.path,
                    case.lines.at("title"),
                    f"标题和 {cases[0].path} 相同",
                    "请改得能互相区分，例如加上单位的特色",
                    "titles_are_unique",
                )


def pictures_have_words(collection: Collection) -> Iterator[Problem]:
    """Every picture has an alternative text (WCAG 2.1, 1.1.1; 无障碍环境建设法 第三十二条)."""
    cure = "请用一句话写出图里是什么，例如 ![操场上的大课间](dakejian.jpg)"
    for case in collection.cases:
        for reference in case.body.references:
            if reference.kind == "picture" and not reference.text.strip():
                yield warning(
                    case.path, case.body_line + reference.line - 1, f"图片“{reference.target}”没有替代文字", cure, "pictures_have_words"
                )
        for picture in case.pictures:
            if not (picture.alt or picture.caption):
                yield warning(
                    case.path,
                    case.lines.at("photos"),
                    f"照片“{picture.file}”没有替代文字",
                    "请写成 {file: 文件名, alt: 图里是什么}",
                    "pictures_have_words",
                )


def headings_are_in_order(collection: Collection) -> Iterator[Problem]:
    """Headings of a body start at level 2 (level 1 is the title), skip no level, and have text beneath."""
    for case in collection.cases:
        depth = 1
        for heading in case.body.headings:
            line, level, text = case.body_line + heading.line - 1, heading.level, heading.text
            if level == 1:
                yield warning(case.path, line, f"正文里的“# {text}”和标题同级", "正文的小标题请从 ## 开始", "headings_are_in_order")
            elif level > depth + 1:
                yield warning(
                    case.path,
                    line,
                    f"小标题“{text}”跳了级（{'#' * level} 前面没有 {'#' * (level - 1)}）",
                    f"请改成 {'#' * (depth + 1)}",
                    "headings_are_in_order",
                )
            depth = max(level, 1)


def lengths_keep_the_limit(collection: Collection) -> Iterator[Problem]:
    """The body is no longer than its batch allows, counted as 字 with punctuation."""
    general = collection.by_field["batch"].limit if "batch" in collection.by_field else 0
    rules = rules_by_batch(collection.rules)
    for case in collection.cases:
        if rules(case.batch).length:
            continue  # what the rules of its batch say goes before (`calls`)
        limit = case.batch.limit if case.batch else general
        if limit and case.characters > limit:
            yield warning(
                case.path,
                case.body_line,
                f"正文 {case.characters} 字，超过 {limit} 字的限制",
                f"请删去 {case.characters - limit} 字",
                "lengths_keep_the_limit",
            )


def bodies_are_written(collection: Collection) -> Iterator[Problem]:
    """A case has a body."""
    for case in collection.cases:
        if not case.body.text.strip():
            yield warning(case.path, case.body_line, "没有正文", "请在第二个 --- 下面写正文", "bodies_are_written")


def punctuation_is_full_width(collection: Collection) -> Iterator[Problem]:
    """Between Chinese characters stand full-width marks (GB/T 15834-2011)."""
    for case in collection.cases:
        for number, text in case.body.lines:
            if not _MARKS.search(text):  # most have none: it is faster to ask that first
                continue
            line = case.body_line + number - 1
            if found := [match[0] for match in _HALF_WIDTH.finditer(text)]:
                shown = "、".join(f"“{mark}”" for mark in dict.fromkeys(found))
                cure = "、".join(f"“{FULL_OF[mark]}”" for mark in dict.fromkeys(found))
                yield warning(case.path, line, f"汉字之间用了半角标点{shown}（{len(found)} 处）", f"请改成{cure}", "punctuation_is_full_width")


def numbers_of_tables_differ(collection: Collection) -> Iterator[Problem]:
    """No two tables of a case bear one number, for 见表 1 would mean either."""
    for case in collection.cases:
        found = [each.label[1:] for each in case.body.counted if each.label.startswith("表")]
        for number in sorted({each for each in found if found.count(each) > 1}):
            written = [line for line, text in case.body.lines if (match := titled.NUMBERED.match(text)) and match["number"] == number]
            line = case.body_line + (written[-1] if written else 1) - 1
            cure = "请改成不同的号；写成“表：…”的，号会自动接着编"
            yield warning(case.path, line, f"有 {found.count(number)} 个表的号都是“表{number}”", cure, "numbers_of_tables_differ")


def numbers_of_figures_differ(collection: Collection) -> Iterator[Problem]:
    """Nor any two figures."""
    for case in collection.cases:
        body = [each.label for each in case.body.counted if each.label.startswith("图") and "-photo" not in each.id]
        found = [*body, *(label for _, caption, _ in counted.photos(case) if (label := counted.own(caption)))]
        for label in sorted({each for each in found if found.count(each) > 1}):
            in_photos = any(counted.own(photo.caption) == label for photo in case.pictures)
            written = [ref.line for ref in case.body.references if ref.kind == "picture" and counted.own(ref.title) == label]
            line = case.lines.at("photos") if in_photos else case.body_line + (written[-1] if written else 1) - 1
            cure = "请改成不同的号；图注里不写号的，号会自动接着编"
            yield warning(case.path, line, f"有 {found.count(label)} 幅图的号都是“{label}”", cure, "numbers_of_figures_differ")


def bodies_are_markdown(collection: Collection) -> Iterator[Problem]:
    """What a body says is what it is read as: near-misses of Markdown, HTML that is not obeyed, and what is too tangled."""
    for case in collection.cases:
        yield from remarks(case.path, case.body_line, case.body)


CHECKS: tuple[Callable[[Collection], Iterator[Problem]], ...] = (
    titles_are_unique,
    bodies_are_written,
    bodies_keep_the_bounds,
    headings_are_in_order,
    pictures_have_words,
    lengths_keep_the_limit,
    punctuation_is_full_width,
    numbers_of_tables_differ,
    numbers_of_figures_differ,
    bodies_are_markdown,
    texts_are_proofread,
)
