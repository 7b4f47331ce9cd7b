"""Calls: what a call for cases asks of its batches, held against the cases: length, sections, numbers, themes, period, deadline.

The rules stand in collection.yml (`collection.call`). A least number is not asked any more once a batch has winners: the others may be gone.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from casepress.checking.sections import missing
from casepress.collection.project import SETTINGS
from casepress.collection.standing import rules_by_batch
from casepress.collection.words import names
from casepress.facts import moments, periods, wording
from casepress.values.cases import Case, Collection
from casepress.values.problems import Problem, warning
from casepress.values.rules import POSTED, Quota, Rules

_LEVELS = {1: "省", 2: "市", 3: "县（市、区）"}


def check(collection: Collection, today: date | None = None) -> Iterator[Problem]:
    """Every rule of every batch; without rules nothing is looked at. `today` is asked where a 公示 should have ended."""
    if not collection.rules:
        return
    rules = rules_by_batch(collection.rules)
    batches: dict[str, list[Case]] = defaultdict(list)
    for case in collection.cases:
        batches[case.batch.label if case.batch else ""].append(case)
    for cases in batches.values():
        asked = rules(cases[0].batch)
        for truth in OF_A_BATCH:
            yield from truth(collection, asked, cases)
    yield from notices_end(collection, today or moments.today())


def of_arrivals(collection: Collection, today: date | None = None) -> Iterator[Problem]:
    """The same of cases that only just came in, and whether the deadline is over; a unit may send more, so no least number is asked."""
    rules, late = rules_by_batch(collection.rules), set()
    for case in collection.cases:
        asked, day = rules(case.batch), today or moments.today()
        if asked.deadline and day > asked.deadline and asked.batch not in late:
            late.add(asked.batch)
            what = f"{_batch(case)}的截稿日期是 {_day(asked.deadline)}，已经过了 {(day - asked.deadline).days} 天"
            yield warning(SETTINGS, 0, what, "要不要收，请按通知办；日期改了的，请改 rules 里的 deadline", "deadlines_are_kept")
    for problem in check(collection, date.min):
        if not (problem.path == SETTINGS and problem.check == "regions_keep_their_number"):
            yield problem


def lengths_keep_the_limit(collection: Collection, asked: Rules, cases: Iterable[Case]) -> Iterator[Problem]:
    """The body has as many 字, with punctuation, as the call says."""
    for case in cases if asked.length else ():
        count, span = case.characters, asked.length
        if span.most and count > span.most:
            what, cure = f"正文 {count} 字，超过 {span.most} 字的限制", f"请删去 {count - span.most} 字"
        elif count < span.least:
            what, cure = f"正文 {count} 字，不到 {span.least} 字", f"请补写 {span.least - count} 字以上"
        else:
            continue
        yield warning(case.path, case.body_line, what, cure, "lengths_keep_the_limit")


def sections_are_there(collection: Collection, asked: Rules, cases: Iterable[Case]) -> Iterator[Problem]:
    """A full case has the sections that the call asks for."""
    every = "、".join(section.name for section in asked.sections)
    for case in cases if asked.sections else ():
        if not case.is_digest and (found := missing(case, asked.sections)):
            shown = "、".join(f"“{section.name}”" for section in found)
            cure = f"请加上小标题，例如 ## {found[0].name}；已经有、只是叫法不同的，请在 rules 的 sections 里写上 aliases"
            yield warning(case.path, case.body_line, f"缺少{shown}一节，这一批要有：{every}", cure, "sections_are_there")


def units_keep_their_number(collection: Collection, asked: Rules, cases: Iterable[Case]) -> Iterator[Problem]:
    """A unit sends no more cases than it may, and cases of as many themes as it must."""
    quota = asked.unit
    if not (quota.cases or quota.themes):
        return
    units: dict[tuple[str, str], list[Case]] = defaultdict(list)
    judged = False
    for case in cases:
        judged = judged or case.award is not None
        if case.all("school") and (not quota.level or (case.place and len(case.place.path) == quota.level)):
            units[wording.plain(case.text("school")), case.place.code if case.place else ""].append(case)
    for own in units.values():
        yield from _of_unit(quota, own, judged)


def _of_unit(quota: Quota, own: list[Case], judged: bool) -> Iterator[Problem]:
    first, count = own[0], len(own)
    who, others = f"“{first.text('school')}”在{_batch(first)}", "、".join(case.path for case in own[:5]) + ("等" if count > 5 else "")
    themes = {term.slug for case in own for term in case.all("theme")}
    if quota.cases.most and count > quota.cases.most:
        case = own[quota.cases.most]
        what, cure = f"{who}有 {count} 个案例，一个单位最多 {quota.cases.most} 个", f"请和单位核对，留下 {quota.cases.most} 个：{others}"
        yield warning(case.path, case.lines.at("school"), what, cure, "units_keep_their_number")
    if quota.themes.most and len(themes) > quota.themes.most:
        what, cure = f"{who}的案例有 {len(themes)} 个主题，最多 {quota.themes.most} 个", f"请和单位核对：{others}"
        yield warning(own[-1].path, own[-1].lines.at("theme"), what, cure, "units_keep_their_number")
    if judged:
        return
    if count < quota.cases.least:
        what, cure = f"{who}只有 {count} 个案例，至少要 {quota.cases.least} 个", "请提醒单位补报；不用补的，请改 rules 里的 unit"
        yield warning(first.path, first.lines.at("school"), what, cure, "units_keep_their_number")
    if len(themes) < quota.themes.least:
        what, cure = f"{who}的 {count} 个案例只有 {len(themes)} 个主题，至少要 {quota.themes.least} 个", f"请和单位核对：{others}"
        yield warning(first.path, first.lines.at("theme"), what, cure, "units_keep_their_number")


def regions_keep_their_number(collection: Collection, asked: Rules, cases: Iterable[Case]) -> Iterator[Problem]:
    """A region sends as many cases as it may and must; where the call names the place around them, all regions in it."""
    quota, judged = asked.region, False
    if not quota.cases:
        return
    found: dict[str, list[Case]] = {code: [] for code, _ in quota.expected}
    labels = dict(quota.expected)
    for case in cases:
        judged = judged or case.award is not None
        if case.place and len(case.place.path) >= quota.level:
            code = case.place.codes[quota.level - 1]
            labels.setdefault(code, case.place.path[quota.level - 1])
            found.setdefault(code, []).append(case)
    batch = _batch(next(iter(cases)))
    for code, own in found.items():
        if quota.cases.most and len(own) > quota.cases.most:
            case, what = own[quota.cases.most], f"{labels[code]}在{batch}有 {len(own)} 个案例，最多 {quota.cases.most} 个"
            yield warning(
                case.path, case.lines.at("region"), what, f"请和{labels[code]}核对，留下 {quota.cases.most} 个", "regions_keep_their_number"
            )
    short = [f"{labels[code]} {len(own)} 个" for code, own in found.items() if len(own) < quota.cases.least]
    if short and not judged:
        line = collection.lines.at("rules", asked.written, "region")
        what = f"{batch}每个{_LEVELS[quota.level]}至少要 {quota.cases.least} 个案例，不够的有：{'、'.join(short[:20])}{f'等 {len(short)} 处' if len(short) > 20 else ''}"
        yield warning(SETTINGS, line, what, "请提醒他们补报；已经定下来的，请给获奖的案例写上等次，就不再提示", "regions_keep_their_number")


def themes_are_called_for(collection: Collection, asked: Rules, cases: Iterable[Case]) -> Iterator[Problem]:
    """A case's themes are among those of the call."""
    known = {wording.plain(theme) for theme in asked.themes}
    for case in cases if known else ():
        for term in case.all("theme"):
            if known.isdisjoint(map(wording.plain, names(term))):
                cure = wording.offer(str(term), asked.themes)
                yield warning(case.path, case.lines.at("theme"), f"{_batch(case)}没有“{term}”这个主题", cure, "themes_are_called_for")


def periods_are_kept(collection: Collection, asked: Rules, cases: Iterable[Case]) -> Iterator[Problem]:
    """The work of a case lies in the period of the call."""
    for case in cases if asked.period else ():
        for word in case.all(asked.field):
            said, line = periods.period(str(word)), case.lines.at(asked.field)
            if said is None:
                yield warning(
                    case.path, line, f"“{word}”认不出是哪一天", "请写成 2024-03-11、2024年3月 或 2023年9月至2024年6月", "periods_are_kept"
                )
            elif not said.meets(asked.period):
                what = f"“{word}”不在{_batch(case)}规定的时间里：{asked.period}"
                yield warning(case.path, line, what, "请核对日期；不在这段时间里的，不参加这一批", "periods_are_kept")


def deadlines_are_kept(collection: Collection, asked: Rules, cases: Iterable[Case]) -> Iterator[Problem]:
    """A case came in by the deadline, where a field says when it came."""
    for case in cases if asked.deadline and asked.arrived else ():
        for word in case.all(asked.arrived):
            if (said := periods.period(str(word))) and said.first > asked.deadline:
                what = f"{word} 收到，{_batch(case)}的截稿日期是 {_day(asked.deadline)}"
                yield warning(case.path, case.lines.at(asked.arrived), what, "要不要收，请按通知办", "deadlines_are_kept")


def notices_end(collection: Collection, today: date) -> Iterator[Problem]:
    """A 公示 whose days are over is announced, or somebody says why not."""
    for asked in collection.rules:
        if asked.stage == POSTED and asked.posting and asked.posting.last < today:
            line = collection.lines.at("rules", asked.written, "stage")
            what = f"{asked.batch or '各批'}的公示（{asked.posting}）已经满了"
            cure = "没有异议的，请把 stage 改成 公布；有异议的，在那个案例的表头里写 获奖状态: 异议"
            yield warning(SETTINGS, line, what, cure, "notices_end")


def _batch(case: Case) -> str:
    return str(case.batch) if case.batch else "这次征集"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


OF_A_BATCH: tuple[Callable[[Collection, Rules, list[Case]], Iterator[Problem]], ...] = (
    lengths_keep_the_limit,
    sections_are_there,
    units_keep_their_number,
    regions_keep_their_number,
    themes_are_called_for,
    periods_are_kept,
    deadlines_are_kept,
)
