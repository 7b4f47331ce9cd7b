"""Standing: what is shown of an award on its way from 申报 over 公示 to 公布, and where it was revoked.

Flows in: the values of every case, and the rules of the batches. Flows out: the same, with the award as site and books may show it, and
a sentence that says why where it is not the plain award. Both make it of these values, so they say the same.

| standing | award | what the case says |
|---|---|---|
| 申报 | not shown | nothing |
| 公示 | 一等奖（公示中）, apart from those that were announced | from when to when it is posted |
| 公布 | as it is | its own note, if it has one (递补, 公示后调整) |
| 异议 | not shown | that it is looked into |
| 撤销 | not shown | that it was revoked, and why |
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from casepress.collection.agreeing import Origin
from casepress.collection.project import SETTINGS
from casepress.collection.settings import Settings
from casepress.facts import wording
from casepress.values.fields import POSTED_MARK, Term
from casepress.values.problems import Problem, error, warning
from casepress.values.rules import ANNOUNCED, ENTERED, OBJECTED, POSTED, REVOKED, Rules

STANDING, NOTE = "standing", "standing-note"
_CHECK = "awards_are_announced"


def rules_by_batch(rules: Sequence[Rules]) -> Callable[[Term | None], Rules]:
    """What tells the rules of a batch: its own, or those of every batch, or none."""
    called = rules_called(rules)
    return lambda batch: called((batch.label, *batch.aliases) if batch else ())


def rules_called(rules: Sequence[Rules]) -> Callable[[Iterable[str]], Rules]:
    """What tells the rules of a batch by the ways of writing it: its own, or those of every batch, or none."""
    general = next((each for each in rules if not each.batch), Rules())
    own = {wording.counted(name): each for each in rules for name in each.names}
    return lambda names: next((own[key] for name in names if (key := wording.counted(name)) in own), general)


def is_published(facts: Mapping[str, tuple], rules: Callable[[Term | None], Rules]) -> bool:
    """Whether the batch of a case is on the site and in books."""
    return rules(next(iter(facts.get("batch", ())), None)).publish


def standing(values: Sequence[dict[str, tuple]], origins: Sequence[Origin], settings: Settings) -> tuple[Problem, ...]:
    """Gives each case's values the award that may be shown. What it changes is in `values`; a note always says what became of an award."""
    rules = rules_by_batch(settings.rules)
    problems: list[Problem] = []
    kept_back: Counter[tuple[str, str]] = Counter()
    for facts, origin in zip(values, origins, strict=True):
        if not facts.get("award") and STANDING not in facts and NOTE not in facts:
            continue
        batch = next(iter(facts.get("batch", ())), None)
        asked = rules(batch)
        own = next(iter(facts.pop(STANDING, ())), None)
        state = own.label if own else asked.stage
        award = next(iter(facts.get("award", ())), None)
        said = "；".join(map(str, facts.pop(NOTE, ())))
        if state in (ENTERED, OBJECTED, REVOKED):
            facts.pop("award", None)
        if state == ENTERED and award:
            if own:
                what = f"等次“{award}”没有发布，获奖状态还是“{ENTERED}”"
                problems.append(warning(origin.path, origin.lines.at(STANDING), what, "评定以后，请改成 公示 或 公布", _CHECK))
            else:
                kept_back[asked.batch, asked.written] += 1
        elif state == POSTED and award:
            facts["award"] = (
                replace(award, slug=f"{award.slug}-posted", label=f"{award.label}{POSTED_MARK}", order=(*award.order, 1), aliases=()),
            )
            during = f"（{asked.posting}）" if asked.posting else ""
            said = f"获奖等次正在公示{during}，以公布的为准{f'；{said}' if said else ''}"
        elif state == OBJECTED:
            said = f"获奖等次待定，公示期间收到异议，正在核查{f'；{said}' if said else ''}"
        elif state == REVOKED:
            if not said:
                what, cure = f"{award or '获奖等次'}撤销了，没有写原因", "请加一行 获奖说明: 哪一天、因为什么撤销，读者在案例里看得到"
                problems.append(error(origin.path, origin.lines.at(STANDING), what, cure, _CHECK))
            said = f"{award or '获奖等次'}已撤销{f'：{said}' if said else ''}"
        if said:
            facts[NOTE] = (said,)
    for (batch, written), count in kept_back.items():
        what = f"{f'“{batch}”' if batch else '有的批次'}还在申报，{count} 个案例的获奖等次没有发布"
        cure = f"公示的时候，请把 stage 改成 {POSTED}；定了以后，改成 {ANNOUNCED}"
        problems.append(warning(SETTINGS, settings.lines.at("rules", written, "stage"), what, cure, _CHECK))
    return tuple(problems)
