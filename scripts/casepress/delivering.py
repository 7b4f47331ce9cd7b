"""Delivering: the commands that make one zip of the built site, and that hold a copy against what was released."""

import sys
from pathlib import Path

import click

from casepress.bars import bar
from casepress.chinese import Command
from casepress.collection import project
from casepress.terminal import copied
from casepress.values.problems import Failed

_TOLD = 30  # files of a kind that are told one by one


@click.command(cls=Command)
@click.option("-o", "target", type=click.Path(path_type=Path, dir_okay=False), metavar="文件.zip", help="写到哪里；不写就写到 build/site.zip")
@click.pass_obj
def pack(folder: Path, target: Path | None) -> None:
    """把做好的网站打成一个压缩包，拷进优盘或内网共享，解压后双击“打开我.html”就能看。"""
    from casepress import packing, publishing

    place = project.find(folder)
    target = target or place.build / "site.zip"
    if target.suffix.lower() != ".zip":
        raise click.UsageError(f"压缩包的名字要以 .zip 结尾，例如 -o {copied(target.with_suffix('.zip'))}")
    if {place.current.resolve(), place.site.resolve()} & {*target.resolve().parents}:
        raise click.UsageError(f"{copied(place.site)} 里的东西是要发布的，压缩包请写到别处")
    if target.exists() and not (target.is_file() and target.read_bytes()[:2] in (b"PK", b"")):
        raise Failed(f"{copied(target)} 已经有了，又不是压缩包，不会覆盖它，请换一个文件名")
    if not (place.site / "index.html").is_file():
        raise Failed("还没有网站可以打包，请先运行 casepress build（只要网站就用 casepress site）")
    if not target.parent.is_dir():
        raise Failed(f"没有 {copied(target.parent)} 这个文件夹，请先新建它，或换一个地方")
    with publishing.alone(place.build):  # no build puts another release there meanwhile
        found = packing.pack(place.site, target, lambda names: bar("打包", names))
    if found:
        raise Failed("压缩包没有写：从优盘打开时有的地方会不对：\n" + "\n".join(f"  {words}" for words in found))
    size = target.stat().st_size
    shown = f"{size / 1024**2:.1f} MB" if size >= 1024**2 else f"{size / 1024:.0f} KB"
    click.echo(f"写好了：{copied(target)}（{shown}，文件和链接都检查过）。拷到优盘或内网，全部解压，双击里面的“{packing.OPEN_ME}”。")


@click.command(cls=Command)
@click.argument("copy", type=click.Path(path_type=Path), metavar="文件夹")
@click.option(
    "--release",
    "target",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="release.json",
    help="和哪一次发布核对；不写就是 build/release.json",
)
@click.pass_obj
def verify(folder: Path, copy: Path, target: Path | None) -> None:
    """核对服务器上或优盘里的那一份，和发布时是不是一模一样：改了、少了、多了哪些文件。"""
    from casepress.release import manifest

    released = manifest.read(target or project.find(folder).released(manifest.FILE))
    found = manifest.compared(released, copy)
    for words, names in (("和发布时不同", found.changed), ("少了", found.missing), ("多出来", found.added)):
        for name in names[:_TOLD]:
            click.echo(f"{words}：{name}")
        if len(names) > _TOLD:
            click.echo(f"……还有 {len(names) - _TOLD} 个文件{words}")
    if found:
        counts = f"{len(found.changed)} 个不同，少 {len(found.missing)} 个，多 {len(found.added)} 个，{found.same} 个相同"
        click.echo(f"{copied(copy)} 和发布时（{released.title}）不一样：{counts}。请重新上传；不是自己改的，请查一查谁动过那里", err=True)
        sys.exit(1)
    click.echo(f"核对好了：{copied(copy)} 里的 {found.same} 个文件和发布时（{released.title}）一模一样。")
