"""The command line: the one door to click. Every command says in Chinese what it did, and what to do next.

Exit codes: 0 all is well, 1 something in the collection must be mended, 2 the command was not understood.
"""

import errno
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from casepress import __version__, flow, scaffold
from casepress.book.profiles import NoProfile
from casepress.collection import project
from casepress.collection.book_settings import EDITIONS
from casepress.collection.views import UnknownSelection
from casepress.markup.templates import BrokenTemplate
from casepress.press.binding import BindingFailed
from casepress.press.inks import NoInks
from casepress.press.layout import Refused
from casepress.publishing import Busy
from casepress.site import website
from casepress.type import coverage
from casepress.type.faces import NoFaces
from casepress.values.problems import Level, Problem, has_errors

_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
_REASONS = {
    errno.ENOENT: "没有这个文件",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘满了",
    errno.EEXIST: "已经有同名的文件",
    errno.ENOTDIR: "上一级不是文件夹",
    errno.EISDIR: "这是一个文件夹",
    errno.EADDRINUSE: "这个端口已经有程序在用，请用 --address 换一个",
}


class _Chinese:
    """Click's own headings and messages, in Chinese."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        records = [record for p in self.get_params(ctx) if (record := p.get_help_record(ctx)) is not None]
        _listed(formatter, "选项：", records)
        if isinstance(self, click.Group):
            records = [(name, self.commands[name].get_short_help_str(80)) for name in self.list_commands(ctx)]
            _listed(formatter, "命令：", records)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示这段说明"
        return option

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        words = {"[OPTIONS]": "[选项]", "COMMAND": "命令", "[ARGS]...": "[参数]…"}
        return [words.get(w, w) for piece in super().collect_usage_pieces(ctx) for w in piece.split()]


def _listed(formatter: click.HelpFormatter, heading: str, records: Sequence[tuple[str, str]]) -> None:
    formatter.write(f"\n{heading}\n")
    with formatter.indentation():
        formatter.write_dl(records)


class _Command(_Chinese, click.Command):
    pass


class _Group(_Chinese, click.Group):
    command_class = _Command

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)  # in the order in which a newcomer needs them


@click.group(cls=_Group, context_settings=_SETTINGS)
@click.option(
    "-C", "folder", type=click.Path(path_type=Path), default=Path(), metavar="文件夹", help="案例库所在的文件夹（不写就是当前文件夹）"
)
@click.version_option(__version__, "--version", message="casepress %(version)s", help="显示版本号")
@click.pass_context
def commands(ctx: click.Context, folder: Path) -> None:
    """把一个文件夹的案例（Markdown）做成可检索的网站和可付印的汇编。"""
    ctx.obj = folder


@commands.command()
@click.argument("folder", metavar="新文件夹", type=click.Path(path_type=Path))
@click.option("--title", metavar="名称", default="", help="案例库的名称（不写就用文件夹名）")
@click.pass_obj
def new(where: Path, folder: Path, title: str) -> None:
    """新建一个案例库，里面有一个示例案例，马上就能生成。"""
    try:
        made = scaffold.new_collection(where / folder, title)
    except scaffold.Occupied as reason:
        raise click.UsageError(str(reason)) from reason
    click.echo(f"案例库建好了：{made}")
    click.echo(f"下一步：casepress -C {made} build 生成网站和汇编；casepress -C {made} serve 边改边看。")


@commands.command()
@click.option("--strict", is_flag=True, help="把警告也当作错误")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", metavar="text|json", help="输出的格式：text 给人看，json 给程序用"
)
@click.pass_obj
def check(folder: Path, strict: bool, form: str) -> None:
    """检查所有案例，一次列出全部问题：在哪里、是什么、怎么改。"""
    collection, problems = flow.check_project(project.find(folder))
    if form == "json":
        click.echo(json.dumps([p.as_record() for p in problems], ensure_ascii=False, indent=1))
    else:
        for problem in problems:
            click.echo(str(problem))
        click.echo(_summary(len(collection.cases) if collection else 0, problems), err=bool(problems))
    if has_errors(problems, strict):
        sys.exit(1)


@commands.command()
@click.option("--strict", is_flag=True, help="有警告也停下来")
@click.pass_obj
def build(folder: Path, strict: bool) -> None:
    """检查案例，生成汇编和网站；全部完成才替换上一次的结果。"""
    _made(flow.build(project.find(folder), _progress, strict))


@commands.command()
@click.pass_obj
def site(folder: Path) -> None:
    """只生成网站（build/site）。"""
    _made(flow.build(project.find(folder), _progress, books=False))


@commands.command()
@click.option("--only", multiple=True, metavar="字段=值", help="只收这些案例，例如 --only batch=第三批；同一字段写几次是“或”，不同字段是“且”")
@click.option("--profile", default="", metavar="版式", help="用哪个版式，例如 gongwen；不写就用 collection.yml 里的")
@click.option(
    "--edition", type=click.Choice(EDITIONS), metavar="screen|print", help="screen 是在屏幕上看的（默认），print 是交印刷厂的，另有一个封面文件"
)
@click.option(
    "-o",
    "target",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="文件",
    help="写到哪个 PDF 文件；不写就更新 build/books 里的全部 PDF",
)
@click.pass_obj
def book(folder: Path, only: tuple[str, ...], profile: str, edition: str | None, target: Path | None) -> None:
    """装订汇编：全部案例，或用 --only 选出的案例。"""
    place = project.find(folder)
    if target is None:
        given = [name for name, value in (("--only", only), ("--profile", profile), ("--edition", edition)) if value]
        if given:
            raise click.UsageError(f"用了 {'、'.join(given)}，请再用 -o 写明 PDF 文件名，例如 -o 第三批.pdf")
        _made(flow.build(place, _progress, site=False))
        return
    try:
        bound, problems = flow.bind(place, only, target, _progress, profile, edition or "screen")
    except NoProfile as reason:
        raise (click.UsageError(str(reason)) if profile else reason) from reason
    _say(problems)
    cover = f"，封面是 {target.stem}-cover{target.suffix}" if edition == "print" else ""
    click.echo(f"装订好了：{target}（{len(bound.cases)} 个案例{cover}）")


@commands.command()
@click.pass_obj
def fonts(folder: Path) -> None:
    """列出书里每一种字体用的是哪款、在哪个文件，哪些字改用了别的字体，哪些字没有字体。"""
    faces, lines, problems = flow.fonts(project.find(folder))
    for line in coverage.report(lines, faces):
        click.echo(line)
    problems += tuple(coverage.characters_have_faces(lines, faces))
    _say(problems)
    if has_errors(problems):
        sys.exit(1)


@commands.command()
@click.pass_obj
def stage(folder: Path) -> None:
    """只生成网站的页面源文件（build/stage），供 MkDocs 等工具使用。"""
    staged = flow.stage(project.find(folder))
    click.echo(f"页面源文件在 {staged.docs}")


@commands.command()
@click.option("--address", default="127.0.0.1:8000", metavar="地址:端口", help="在哪个地址上看，默认 127.0.0.1:8000")
@click.pass_obj
def serve(folder: Path, address: str) -> None:
    """在浏览器里边改边看；按 Ctrl+C 结束。"""
    place = project.find(folder)
    flow.sound_collection(place, books=False)
    click.echo(f"请在浏览器里打开 http://{address}/，改了案例会自动刷新。按 Ctrl+C 结束。")
    website.serve_site(place, address)


def _made(built: flow.Built) -> None:
    _say(built.problems)
    click.echo(f"完成：{len(built.collection.cases)} 个案例。")
    if built.site:
        click.echo(f"  网站：{built.site / 'index.html'}（双击就能打开，整个文件夹可以放到任何服务器上）")
    if built.books:
        click.echo(f"  汇编：{built.books}（{'、'.join(path.name for path in sorted(built.books.glob('*.pdf')))}）")
        click.echo(f"  单篇：{built.books / 'cases'}")


def _say(problems: Sequence[Problem]) -> None:
    for problem in problems:
        click.echo(str(problem), err=True)
    if problems:
        click.echo(_count(problems), err=True)


def _count(problems: Sequence[Problem]) -> str:
    errors = sum(p.level is Level.ERROR for p in problems)
    words = [f"{errors} 个错误"] if errors else []
    if errors < len(problems):
        words.append(f"{len(problems) - errors} 个警告")
    return f"共有 {'、'.join(words)}。"


def _summary(cases: int, problems: Sequence[Problem]) -> str:
    return _count(problems) if problems else f"{cases} 个案例，没有发现问题。"


def _progress(label: str, items: Sequence) -> Iterable:
    """A progress bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        return items
    return _bar(label, items)


def _bar(label: str, items: Sequence) -> Iterator:
    with click.progressbar(items, label=label, file=sys.stderr, show_pos=True) as bar:
        yield from bar


@contextmanager
def _plain_words() -> Iterator[None]:
    """Every failure that a user can mend becomes a sentence and an exit code, never a traceback."""
    try:
        yield
    except flow.Stopped as stopped:
        _say(stopped.problems)
        click.echo("没有生成任何东西，上一次的结果还在。请先改正上面的错误。", err=True)
        sys.exit(1)
    except (website.SiteFailed, BindingFailed, Refused, NoProfile, NoInks, NoFaces, BrokenTemplate, Busy) as reason:
        click.echo(f"错误: {reason}。上一次的结果还在。", err=True)
        sys.exit(1)
    except (project.NotACollection, UnknownSelection) as reason:
        click.echo(f"错误: {reason}。", err=True)
        sys.exit(2)
    except click.exceptions.NoArgsIsHelpError as reason:
        click.echo(reason.ctx.get_help(), err=True)
        sys.exit(2)
    except click.UsageError as reason:
        if reason.ctx is not None:
            click.echo(reason.ctx.get_usage(), err=True)
        click.echo(f"错误: {_usage_words(reason)}。", err=True)
        sys.exit(2)
    except click.ClickException as reason:
        click.echo(f"错误: {reason.format_message()}", err=True)
        sys.exit(1)
    except OSError as reason:
        what = f"{reason.filename} 读写不了" if reason.filename else "没有做成"
        click.echo(f"错误: {what}（{_REASONS.get(reason.errno, reason.strerror or reason)}）。上一次的结果还在。", err=True)
        sys.exit(1)
    except (click.Abort, KeyboardInterrupt):
        click.echo("已中断，上一次的结果还在。", err=True)
        sys.exit(130)


def _usage_words(reason: click.UsageError) -> str:
    if isinstance(reason, click.NoSuchOption):
        near = f"，是不是 {'、'.join(reason.possibilities)}" if reason.possibilities else ""
        near = "（-C 文件夹 要写在命令前面）" if reason.option_name == "-C" else near
        return f"没有 {reason.option_name} 这个选项{near}；用 --help 看有哪些"
    if isinstance(reason, click.MissingParameter):
        param = reason.param
        return f"缺少{param.metavar if param is not None and param.metavar else '参数'}"
    if isinstance(reason, click.BadParameter) and reason.param and isinstance(reason.param.type, click.Choice):
        return f"{reason.param.opts[-1]} 只能写 {'、'.join(map(str, reason.param.type.choices))} 中的一个"
    if isinstance(reason, click.BadParameter):
        name = reason.param.opts[0] if reason.param else ""
        is_file = reason.param and isinstance(reason.param.type, click.Path) and not reason.param.type.dir_okay
        return f"{name} 后面要写一个文件名，不能是文件夹" if is_file else f"{name} 的值不对：{reason.message}"
    words = reason.format_message()
    if words.startswith("No such command"):
        return f"没有 {words.split(maxsplit=3)[3].rstrip('.')} 这个命令；用 --help 看有哪些"
    if words.startswith("Missing command"):
        return "请写一个命令；用 --help 看有哪些"
    if words.startswith("Got unexpected extra argument"):
        return f"多写了参数 {words[words.index('(') :]}"
    if "does not take a value" in words:
        return f"{words.split()[1]} 后面不用写值"
    if "requires an argument" in words:
        return f"{words.split()[1]} 后面要写一个值"
    return words.rstrip("。.")


def main() -> None:
    """The entry point."""
    with _plain_words():
        sys.exit(commands.main(prog_name="casepress", standalone_mode=False) or 0)
