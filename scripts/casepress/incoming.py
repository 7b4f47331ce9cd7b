"""Incoming: the commands that take in what schools sent, and look whether it was sent before."""

import sys
from pathlib import Path

import click

from casepress.chinese import Command
from casepress.collection import project
from casepress.failing import say
from casepress.values.problems import has_errors


@click.command("import", cls=Command)
@click.argument("paths", metavar="文件或文件夹…", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--write", "is_written", is_flag=True, help="写进 cases 文件夹；不写这一项，只列出会做成什么，什么都不动")
@click.option("--replace", "replaced", multiple=True, metavar="案例", help="已经有的案例，用新收到的换掉；要一个一个写出名字")
@click.pass_obj
def import_(folder: Path, paths: tuple[Path, ...], is_written: bool, replaced: tuple[str, ...]) -> None:
    """把学校交来的 Word 申报表、Excel 汇总表、照片收成案例；先列出来看，加 --write 才写。"""
    from casepress import importing

    place = project.find(folder)
    made = importing.arrive(place, paths)
    if is_written:
        importing.settle(place, made, replaced)
    for arrival in made.arrivals:
        state = {"new": "新的", "same": "已有，一样", "other": "已有，不一样"}[arrival.state]
        click.echo(f"{arrival.path}  {state}  ← {arrival.submission.source}")
    say(made.problems)
    click.echo(
        f"看了 {made.files} 个文件，{len(made.arrivals)} 个案例"
        + (f"，写了 {made.written} 个。" if is_written else "；要写进 cases，请加 --write。")
    )
    if has_errors(made.problems):
        sys.exit(1)
