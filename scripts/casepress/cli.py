"""The command line. Every command says in Chinese what it did, and what to do next.

Exit codes: 0 all is well, 1 something in the collection must be mended, 2 the command was not understood.
"""

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from casepress import __version__, delivering, incoming, likening, outgoing, starting
from casepress.bars import bar
from casepress.chinese import Group
from casepress.collection import project
from casepress.failing import counted, plain_words, say
from casepress.terminal import copied, is_address, mend_environment, mend_output, serving
from casepress.values.books import EDITIONS, KINDS, REPORT, FileKind
from casepress.values.cases import Collection
from casepress.values.problems import Problem, has_errors

# `flow` and what it brings are imported in the commands that need them: help, the version and a mistyped word come at once.
if TYPE_CHECKING:
    from casepress.flow import Built

_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(cls=Group, context_settings=_SETTINGS)
@click.option(
    "-C", "folder", type=click.Path(path_type=Path), default=Path(), metavar="文件夹", help="案例库所在的文件夹（不写就是当前文件夹）"
)
@click.version_option(__version__, "--version", message="casepress %(version)s", help="显示版本号")
@click.pass_context
def commands(ctx: click.Context, folder: Path) -> None:
    """把一个文件夹的案例（Markdown）做成可检索的网站和可付印的汇编。"""
    from casepress.facts import floors

    floors.hold()
    ctx.obj = folder


_SUBJECTS = (
    starting.new,
    starting.profile,
    incoming.import_,
    likening.likeness,
    outgoing.list_,
    outgoing.export,
    outgoing.schema,
    delivering.pack,
    delivering.verify,
)
for _command in _SUBJECTS:
    commands.add_command(_command)


@commands.command()
@click.option("--strict", is_flag=True, help="把警告也当作错误")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", metavar="text|json", help="输出的格式：text 给人看，json 给程序用"
)
@click.pass_obj
def check(folder: Path, strict: bool, form: str) -> None:
    """检查所有案例，一次列出全部问题：在哪里、是什么、怎么改。"""
    from casepress import flow

    collection, problems = flow.check_project(project.find(folder))
    if form == "json":
        click.echo(json.dumps([p.as_record() for p in problems], ensure_ascii=False, indent=1))
    else:
        for problem in problems:
            click.echo(str(problem))
        click.echo(_summary(collection, problems), err=bool(problems))
    if has_errors(problems, strict):
        sys.exit(1)


_elsewhere = click.option(
    "--executor", default="", metavar="地址", help="请别的机器一起排版：Dask 调度程序的地址，例如 tcp://10.0.0.5:8786（见 README）"
)


@commands.command()
@click.option("--strict", is_flag=True, help="有警告也停下来")
@_elsewhere
@click.pass_obj
def build(folder: Path, strict: bool, executor: str) -> None:
    """检查案例，生成汇编和网站；全部完成才替换上一次的结果。"""
    from casepress import clusters, flow

    place = project.find(folder)
    with clusters.executor_at(executor) as workers:
        _made(flow.build(place, bar, strict, executor=workers))


@commands.command()
@click.pass_obj
def site(folder: Path) -> None:
    """只生成网站（build/site）。"""
    from casepress import flow

    _made(flow.build(project.find(folder), bar, books=False))


@commands.command()
@click.option("--only", multiple=True, metavar="字段=值", help="只收这些案例，例如 --only batch=第三批；同一字段写几次是“或”，不同字段是“且”")
@click.option("--profile", default="", metavar="版式", help="用哪个版式，例如 gongwen；不写就用 collection.yml 里的")
@click.option(
    "--edition",
    type=click.Choice(EDITIONS),
    metavar="screen|print|word|epub",
    help="screen 是在屏幕上看的（默认），print 是交印刷厂的，另有一个封面文件，word 是给人批改的 .docx，epub 是手机上看的",
)
@click.option(
    "-o",
    "target",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="文件",
    help="写到哪个 PDF 文件（word 版是 .docx，epub 版是 .epub）；不写就更新 build/books 里的全部汇编",
)
@_elsewhere
@click.pass_obj
def book(folder: Path, only: tuple[str, ...], profile: str, edition: str | None, target: Path | None, executor: str) -> None:
    """装订汇编：全部案例，或用 --only 选出的案例。"""
    from casepress import clusters, flow
    from casepress.book.profiles import NoProfile

    place, kind = project.find(folder), KINDS[edition or "screen"]
    if target is None:
        given = [name for name, value in (("--only", only), ("--profile", profile), ("--edition", edition)) if value]
        if given:
            raise click.UsageError(f"用了 {'、'.join(given)}，请再用 -o 写明 {kind.name} 文件名，例如 -o 第三批{kind.suffix}")
        with clusters.executor_at(executor) as workers:
            _made(flow.build(place, bar, site=False, executor=workers))
        return
    target = Path(os.path.realpath(target)) if target.is_symlink() else target
    if target.suffix.lower() != kind.suffix and (kind.suffix != ".pdf" or target.suffix.lower() in (".docx", ".epub")):
        other = next((name for name, each in KINDS.items() if each.suffix == target.suffix.lower() and each.suffix != ".pdf"), "")
        ask = f"；要 {KINDS[other].name}，请再加 --edition {other}" if other else ""
        raise click.UsageError(f"{kind.name} 的文件名要以 {kind.suffix} 结尾，例如 -o {copied(target.with_suffix(kind.suffix))}{ask}")
    if edition == "epub" and profile:
        raise click.UsageError("EPUB 没有纸张，也就没有版式，请不要写 --profile")
    if not _may_be_written(target, kind):
        raise click.UsageError(f"{copied(target)} 已经有了，又不是 {kind.name}，不会覆盖它，请换一个文件名")
    report = target.with_name(f"{target.stem}{REPORT}")
    if edition == "print" and report.exists() and "印前说明\n" not in report.read_text("utf-8-sig", "replace"):
        raise click.UsageError(f"{copied(report)} 已经有了，又不是印前说明，不会覆盖它，请换一个文件名")
    try:
        with clusters.executor_at(executor) as workers:
            bound, problems = flow.bind(place, only, target, bar, profile, edition or "screen", workers)
    except NoProfile as reason:
        raise (click.UsageError(str(reason)) if profile else reason) from reason
    say(problems)
    cover = f"，封面是 {target.stem}-cover{target.suffix}" if edition == "print" else ""
    click.echo(f"装订好了：{copied(target)}（{len(bound.cases)} 个案例{cover}）")
    if edition == "print":
        _told(report)


@commands.command()
@click.argument("draft", metavar="稿子.docx", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
def compare(folder: Path, draft: Path) -> None:
    """列出改过的 Word 版（修订按接受算，批注另列）和案例不同的段落，按案例排，写明文件和行；什么都不改。"""
    from casepress import flow
    from casepress.word.telling import counted, listed

    if not draft.is_file():
        raise click.UsageError(f"没有 {copied(draft)} 这个文件，请检查文件名")
    found, remarks = flow.compare(project.find(folder), draft)
    for line in listed(found):
        click.echo(line)
    for remark in remarks:
        click.echo(f"{remark}。")
    click.echo(counted(found))


@commands.command()
@click.pass_obj
def fonts(folder: Path) -> None:
    """列出书里每一种字体用的是哪款、在哪个文件，哪些字改用了别的字体，哪些字没有字体。"""
    from casepress import workshop
    from casepress.type import coverage

    faces, lines, problems = workshop.fonts(project.find(folder))
    for line in coverage.report(lines, faces):
        click.echo(line)
    problems += tuple(coverage.characters_have_faces(lines, faces))
    say(problems)
    if has_errors(problems):
        sys.exit(1)


@commands.command()
@click.pass_obj
def stage(folder: Path) -> None:
    """只生成网站的页面源文件（build/stage），供 MkDocs 等工具使用。"""
    from casepress import flow

    staged = flow.stage(project.find(folder))
    say(staged.problems)
    click.echo(f"页面源文件在 {copied(staged.docs)}")


@commands.command()
@click.pass_obj
def clean(folder: Path) -> None:
    """清除缓存；网站、汇编和案例都不动，下一次生成会慢一些。"""
    from casepress.facts.store import Store

    place = project.find(folder)
    size = Store(place.cache).clear()
    click.echo(f"清除了 {_in_words(size)} 的缓存（{copied(place.cache)}），下一次生成会慢一些。" if size else "没有缓存，不用清除。")


@commands.command()
@click.option(
    "--address",
    default="127.0.0.1:8000",
    metavar="地址:端口",
    help="在哪个地址上看，默认 127.0.0.1:8000，只有这台电脑能看；0.0.0.0:8000 让同一网络的同事也能看",
)
@click.pass_obj
def serve(folder: Path, address: str) -> None:
    """在浏览器里边改边看；按 Ctrl+C 结束。"""
    from casepress import flow
    from casepress.site import website

    if not is_address(address):
        raise click.UsageError("--address 请写成“地址:端口”，例如 127.0.0.1:8000 或 0.0.0.0:8000")
    place = project.find(folder)
    flow.sound_collection(place, books=False)
    website.serve_site(place, address, lambda: click.echo(serving(address)))


def _may_be_written(path: Path, kind: FileKind) -> bool:
    """Whether a book may stand there: in a new file or over another of its kind, never over a case whose name slipped in."""
    if not path.is_file():
        return not path.exists()
    with path.open("rb") as file:
        return file.read(1) == b"" or (file.seek(kind.at), file.read(len(kind.begins)))[1] == kind.begins


def _made(built: "Built") -> None:
    say(built.problems)
    click.echo(f"完成：{_cases(built.collection)}。")
    if built.site:
        click.echo(f"  网站：{copied(built.site / 'index.html')}（双击就能打开）")
        click.echo(f"  要放到服务器、拷进优盘，请拷这个文件夹：{copied(built.site.resolve())}")
    if built.books:
        names = sorted(path.name for path in built.books.iterdir() if path.is_file() and path.suffix not in (".json", ".bin"))
        click.echo(f"  汇编：{copied(built.books)}（{'、'.join(names)}）")
        click.echo(f"  单篇：{copied(built.books / 'cases')}")
        for path in sorted(built.books.glob(f"*{REPORT}")):
            _told(path)


def _told(path: Path) -> None:
    """What the print shop is told first, of a printed edition."""
    click.echo(f"  印刷：{path.read_text('utf-8-sig').splitlines()[1]}详见 {copied(path)}")


def _summary(collection: Collection | None, problems: Sequence[Problem]) -> str:
    return counted(problems) if problems or collection is None else f"{_cases(collection)}，没有发现问题。"


def _cases(collection: Collection) -> str:
    waiting = len(collection.withheld)
    return f"{len(collection.cases)} 个案例{f'（另有 {waiting} 个还没有发布）' if waiting else ''}"


def _in_words(size: int) -> str:
    return f"{size / 1024**2:.1f} MB" if size >= 1024**2 else f"{size / 1024:.0f} KB"


def main() -> None:
    """The entry point."""
    mend_output()
    with plain_words():
        for words in mend_environment():
            click.echo(words, err=True)
        code = commands.main(prog_name="casepress", standalone_mode=False) or 0
        if sys.stdout is not None:  # it is None where the caller closed it
            sys.stdout.flush()  # what cannot be said is noticed here
        sys.exit(code)
