"""Likening: the command that tells which cases are like one another, or like what was awarded before."""

from pathlib import Path

import click

from casepress.bars import bar
from casepress.chinese import Command
from casepress.collection import project
from casepress.failing import say
from casepress.terminal import copied

_MOST = 20
REPORT = "likeness.html"


@click.command(cls=Command)
@click.option(
    "--against",
    multiple=True,
    metavar="文件或文件夹",
    type=click.Path(path_type=Path),
    help="再和这里的旧材料比（往批的 Word、PDF、文本文件），只读不收；可以写几次",
)
@click.pass_obj
def likeness(folder: Path, against: tuple[Path, ...]) -> None:
    """查重：列出成段相同的案例，越像越靠前；对照写进 build/likeness.html，只给自己看，不会发布。"""
    from casepress import publishing
    from casepress.against import compared
    from casepress.likeness import saying
    from casepress.side_by_side import report

    for path in against:
        if not path.exists():
            raise click.UsageError(f"没有 {copied(path)} 这个文件或文件夹，请检查 --against 后面写的")
    place = project.find(folder)
    with publishing.alone(place.build):
        found = compared(place, against, bar)
        target = place.build / REPORT
        publishing.write(target, report(place, found).encode())
    for crowd in found.judged.crowds:
        click.echo(f"{saying.crowd(crowd)}。")
    for number, match in enumerate(found.judged.open[:_MOST], 1):
        words = "；".join(filter(None, (f"{saying.called(match.earlier)} 和 {saying.called(match.later)}", saying.entered_before(match))))
        click.echo(f"{number:>3}. {saying.percent(match):>4} 相同  {words}")
    if len(found.judged.open) > _MOST:
        click.echo(f"     另有 {len(found.judged.open) - _MOST} 对，见对照表。")
    for text, each in found.unmet:
        click.echo(f"{text.name}:{each.line}: 提示: 查重说明里的“{each.other}”现在没有用上。对方改过、删去了，或这次没有比，可以删去这一项。")
    say(found.problems)
    settled = len(found.judged.matches) - len(found.judged.open)
    outside = f"，又和 {found.outside:,} 份旧材料比" if against else ""
    click.echo(
        f"比了 {found.cases:,} 个案例{outside}：{_result(len(found.judged.open), len(found.judged.crowds))}"
        + (f"，另有 {settled} 对已经写了查重说明。" if settled else "。")
    )
    click.echo(f"对照表：{copied(target)}（双击打开，只给自己看；换了说法重写的，电脑查不出来）")


def _result(pairs: int, crowds: int) -> str:
    words = [f"{pairs} 对成段相同"] if pairs else []
    words += [f"{crowds} 组几乎一样"] if crowds else []
    return "、".join(words) or "没有成段相同的"
