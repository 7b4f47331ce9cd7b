"""Incoming: the commands that take in what schools sent, and look whether it was sent before."""

import sys
from pathlib import Path

import click

from casepress.bars import bar, counting
from casepress.chinese import Command
from casepress.collection import project
from casepress.failing import say
from casepress.terminal import copied
from casepress.values.problems import NotUnderstood, has_errors, in_order


@click.command("import", cls=Command)
@click.argument("paths", metavar="文件或文件夹…", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--write", "is_written", is_flag=True, help="写进 cases 文件夹；不写这一项，只列出会做成什么，什么都不动")
@click.option("--replace", "replaced", multiple=True, metavar="案例", help="已经有的案例，用新收到的换掉；要一个一个写出名字")
@click.option("--set", "given", multiple=True, metavar="字段=值", help="表上没有问、每个案例都一样的，在这里写一次，例如 --set 批次=第四批")
@click.option(
    "-o", "target", type=click.Path(path_type=Path, dir_okay=False), metavar="文件", help="报告写到哪里；不写就是案例库里的 收件报告.html"
)
@click.pass_obj
def import_(
    folder: Path, paths: tuple[Path, ...], is_written: bool, replaced: tuple[str, ...], given: tuple[str, ...], target: Path | None
) -> None:
    """把学校交来的 Word 申报表、Excel 汇总表、照片收成案例；先列出来看，加 --write 才写。"""
    from casepress import importing, publishing, receipts
    from casepress.collection.writing import write_all

    place = project.find(folder)
    target = target or place.root / receipts.NAME
    if target.suffix.lower() not in (".html", ".htm"):
        raise click.UsageError(f"报告是网页，文件名要以 .html 结尾，例如 -o {copied(target.with_suffix('.html'))}")
    if target.exists() and receipts.MARK not in target.read_bytes()[:1000]:
        raise click.UsageError(f"{copied(target)} 已经有了，又不是收件报告，不会覆盖它，请用 -o 换一个文件名")
    with publishing.alone(place.build):
        with counting("读收到的文件") as told:
            made = importing.arrive(place, paths, told, bar, given)
        names = {word for each in made.arrivals for word in (each.name, each.file.name)}
        if strange := [word for word in replaced if word.removeprefix("cases/").removesuffix(".md") not in names]:
            raise NotUnderstood(f"--replace 写的“{strange[0]}”，收到的文件里没有这个案例；名字请照下面列出的 cases/….md 写")
        if is_written:
            importing.settle(place, made, replaced, bar)
        write_all({target: receipts.page(place, made, is_written)}, {target})
    for line in receipts.table(made):
        click.echo(line)
    say(in_order(made.problems))
    click.echo(receipts.summary(made, is_written))
    click.echo(f"报告：{copied(target)}（双击就能打开，逐个列出收到了什么、哪里要看）")
    if made.unworded:
        when = "" if is_written else "写进 cases 以后，"
        click.echo(f"照片：{made.unworded} 幅还没有说明。{when}请在 cases/照片说明.xlsx 里填好、存好，再运行一次这个命令，就写进案例。")
    if has_errors(made.problems):
        sys.exit(1)
