"""Outgoing: the commands that give out what a bureau keeps of its cases: lists for people and programs, tables, forms, the schema."""

import json
import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from casepress.bars import bar
from casepress.chinese import Command
from casepress.collection import project
from casepress.failing import counted, say
from casepress.terminal import copied
from casepress.values.problems import Failed, Problem, Stopped, has_errors, in_order

# `flow` and the libraries that write tables and forms are imported in the commands that need them.
if TYPE_CHECKING:
    from casepress.collection.project import Project
    from casepress.records.lists import ListKind, Wanted
    from casepress.values.cases import Collection

FORM = ("申报表", "form")
_KINDS = ("汇总表", "获奖名单", "公示名单", "证书", "申报表")
_BEGINS = {".xlsx": b"PK", ".docx": b"PK", ".csv": b"\xef\xbb\xbf", ".json": b"{"}
_SHOWN = 10  # forms that are named one by one


@dataclass(frozen=True)
class File:
    """A record to be written: where, its bytes, whether it holds what is never published, and what is in it, in a few words."""

    path: Path
    data: bytes
    is_private: bool
    about: str


_only = click.option("--only", multiple=True, metavar="字段=值", help="只要这些案例，例如 --only batch=第三批；写法和 casepress book 的一样")


@click.command("list", cls=Command)
@_only
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", metavar="text|json|csv", help="text 给人看，另两种给程序用"
)
@click.pass_obj
def list_(folder: Path, only: tuple[str, ...], form: str) -> None:
    """把案例列成一张表：编号、标题、批次、等次、单位；用 --only 挑选。"""
    from casepress.collection.manuscript import read_manuscript
    from casepress.collection.views import select
    from casepress.facts.heard import kept
    from casepress.facts.store import Store
    from casepress.records import commas, listing
    from casepress.records.said import with_withheld

    place = project.find(folder)
    with kept(Store(place.cache)):
        manuscript, problems = read_manuscript(place)
    if manuscript is None:
        raise Stopped(in_order(problems))
    collection = with_withheld(manuscript.collection)
    cases = select(collection, only) if only else collection.cases
    if form == "json":
        click.echo(json.dumps(listing.records(collection, cases), ensure_ascii=False, indent=1))
    elif form == "csv":
        click.echo(commas.written(listing.rows(collection, cases)).decode().replace("\r\n", "\n"), nl=False)
    else:
        room = shutil.get_terminal_size((80, 24)).columns if sys.stdout.isatty() else 80
        for line in listing.lines(collection, cases, room):
            click.echo(line)
        click.echo(f"共 {len(cases)} 个案例。", err=True)
    if has_errors(problems):
        click.echo(f"提示：有的案例没有读出来，或者读不全：{counted(problems)}请运行 casepress check。", err=True)


@click.command(cls=Command)
@click.argument("kinds", metavar="种类…", nargs=-1)
@_only
@click.option(
    "-o", "target", type=click.Path(path_type=Path), metavar="文件或文件夹", help="写到哪里；不写就写到 build/records，那里的东西不会发布"
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["xlsx", "csv"]),
    metavar="xlsx|csv",
    help="xlsx 是 Excel 表（默认），csv 给别的程序用；申报表总是 .docx",
)
@click.option("--with-private", is_flag=True, help="汇总表、证书和申报表里写上联系人、电话一类不公开的内容；写出的文件只有自己能读")
@click.option(
    "--per", type=click.Choice(["person", "case"]), default="person", metavar="person|case", help="证书：一人一行（默认），还是一个案例一行"
)
@click.option(
    "--form", "own", type=click.Path(path_type=Path, dir_okay=False), metavar="空表.docx", help="申报表：填进这份空白表；不写就用自带的表"
)
@click.pass_obj
def export(
    folder: Path,
    kinds: tuple[str, ...],
    only: tuple[str, ...],
    target: Path | None,
    form: str | None,
    with_private: bool,
    per: str,
    own: Path | None,
) -> None:
    """做出名册：汇总表（summary）、获奖名单（winners）、公示名单（notice）、证书（certificates），或者重做申报表（form）。"""
    from casepress import flow
    from casepress.collection.writing import write_all
    from casepress.facts.heard import kept
    from casepress.facts.store import Store
    from casepress.records import confidential
    from casepress.records.lists import KINDS, Wanted

    named = {word: kind for kind in KINDS for word in (kind.name, kind.english)}
    if unknown := [word for word in kinds if word not in named and word not in FORM]:
        raise click.UsageError(f"没有“{unknown[0]}”这一种，可以写：{'、'.join(_KINDS)}")
    if not kinds:
        raise click.UsageError(f"请写上要哪一种：{'、'.join(_KINDS)}，例如 casepress export 汇总表")
    wanted_kinds = tuple(dict.fromkeys("申报表" if word in FORM else named[word].name for word in kinds))
    if own is not None and "申报表" not in wanted_kinds:
        raise click.UsageError("--form 只用于申报表，例如 casepress export 申报表 --form 空表.docx")
    if own is not None and not own.is_file():
        raise click.UsageError(f"没有 {copied(own)} 这个文件，请检查文件名")
    place = project.find(folder)
    ending = _ending(target, wanted_kinds, form)
    _is_not_published(place, target)
    if own is not None and target is not None and own.resolve() == target.resolve():
        raise click.UsageError("-o 和 --form 是同一个文件，空白表会被盖掉，请在 -o 后面写另一个名字")
    with kept(Store(place.cache)):
        manuscript, _ = flow.sound_collection(place, books=False)
    collection = manuscript.collection
    private, problems = (
        confidential.private_values(place, collection, (*collection.cases, *collection.withheld)) if with_private else (None, ())
    )
    wanted = Wanted(collection, only, private, per == "person")
    where = target or place.build / "records"
    files = [_listed(kind, wanted, where, ending) for kind in KINDS if kind.name in wanted_kinds]
    if "申报表" in wanted_kinds:
        made, found = _forms(collection, wanted, where, own)
        files += made
        problems = (*problems, *found)
    if target is not None:
        for file in files:
            _may_replace(file.path)
    write_all({file.path: file.data for file in files}, [file.path for file in files if file.is_private])
    say(problems)
    _told(files)
    if with_private and not any(file.is_private for file in files):
        click.echo("没有写进不公开的内容：案例库里没有不公开的字段，或者 cases/.private 里没有这些案例的。")


@click.command(cls=Command)
@click.option("-o", "target", type=click.Path(path_type=Path, dir_okay=False), metavar="文件", help="写到哪个文件；不写就显示出来")
def schema(target: Path | None) -> None:
    """给编辑器用：collection.yml 能写哪些项、各是什么意思（JSON Schema）。"""
    from casepress.collection.schema import schema as made
    from casepress.collection.writing import write

    text = json.dumps(made(), ensure_ascii=False, indent=1) + "\n"
    if target is None:
        click.echo(text, nl=False)
        return
    _may_replace(target)
    write(target, text.encode())
    click.echo(f"写好了：{copied(target)}。在 cases/collection.yml 的第一行写上 # yaml-language-server: $schema=它的位置，编辑时就有提示。")


def _ending(target: Path | None, kinds: tuple[str, ...], form: str | None) -> str:
    """How the names of lists end: as the format says, or as the file that is asked for. A single file is for one kind only."""
    ending = target.suffix.lower() if target is not None and not target.is_dir() else ""
    if ending not in _BEGINS:
        return f".{form or 'xlsx'}"
    wants = {".docx" if kind == "申报表" else f".{form}" if form else ending if ending in (".xlsx", ".csv") else ".xlsx" for kind in kinds}
    if len(kinds) > 1:
        raise click.UsageError(f"{len(kinds)} 种放不进一个文件，请在 -o 后面写一个文件夹")
    if wants != {ending}:
        raise click.UsageError(f"{kinds[0]}的文件名要以 {wants.pop()} 结尾，例如 -o {copied(target.with_suffix(next(iter(wants), '.xlsx')))}")
    return ending


def _listed(kind: "ListKind", wanted: "Wanted", where: Path, ending: str) -> File:
    """A list as a file."""
    from casepress.records import commas, excel

    table = kind.make(wanted)
    data = commas.of_table(table) if ending == ".csv" else excel.workbook(table, wanted.collection.date)
    path = where if where.suffix.lower() in _BEGINS and not where.is_dir() else where / f"{kind.name}{ending}"
    return File(path, data, table.is_private, f"{table.count} 行{'；' if table.remark else ''}{table.remark}")


def _forms(collection: "Collection", wanted: "Wanted", where: Path, own: Path | None) -> tuple[list[File], Sequence[Problem]]:
    """The application forms of the selected cases, a file each."""
    from casepress.records import forms

    cases = wanted.cases
    is_file = where.suffix.lower() == ".docx" and not where.is_dir()
    if is_file and len(cases) != 1:
        raise click.UsageError(f"选出了 {len(cases)} 个案例，一个案例一份申报表，请在 -o 后面写一个文件夹，或用 --only 选出一个案例")
    filler = forms.filler(own.read_bytes() if own else None, own.name if own else "", collection)
    files: dict[Path, File] = {}
    problems: list[Problem] = []
    for case in bar("申报表", cases):
        made = filler(case, wanted.private)
        path = where if is_file else where / "申报表" / f"{Path(case.path).stem}.docx"
        path = path.with_name(f"{case.id}.docx") if path in files else path
        files[path] = File(path, made.data, made.is_private, case.title if len(case.title) <= 20 else f"{case.title[:19]}…")
        problems += made.problems
    return list(files.values()), in_order(problems)


def _told(files: Sequence[File]) -> None:
    """What was written; of many forms how many."""
    hidden = "；有不公开的内容，只有您能读，请不要发布或群发"
    forms = [file for file in files if file.path.suffix == ".docx"]
    for file in files:
        if file not in forms or len(forms) <= _SHOWN:
            click.echo(f"写好了：{copied(file.path)}（{file.about}{hidden if file.is_private else ''}）")
    if len(forms) > _SHOWN:
        is_private = any(file.is_private for file in forms)
        click.echo(f"写好了：{copied(forms[0].path.parent)}（{len(forms)} 份申报表{hidden if is_private else ''}）")


def _is_not_published(place: "Project", target: Path | None) -> None:
    """A record stands nowhere where a build takes it up or puts its own."""
    above = (target.resolve(), *target.resolve().parents) if target is not None else ()
    for where in (place.site, place.books, place.current, place.stage, place.content, place.root / "theme"):
        if Path(os.path.realpath(where)) in above:
            raise click.UsageError(f"{project.relative(place, where)} 里的东西是要发布的，名册请写到别处")


def _may_replace(path: Path) -> None:
    """A record may stand in a new file or over one of its kind, never over a case whose name slipped in."""
    if not path.exists():
        return
    begins = b""
    if path.is_file():
        with path.open("rb") as file:
            begins = file.read(4)
    if path.suffix.lower() not in _BEGINS or not begins.startswith(_BEGINS[path.suffix.lower()]):
        raise Failed(f"{copied(path)} 已经有了，又不是同一种文件，不会覆盖它，请换一个文件名")
