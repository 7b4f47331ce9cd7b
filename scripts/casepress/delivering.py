"""Delivering: the command that makes one zip of the built site, for a USB stick or an intranet share."""

from pathlib import Path

import click

from casepress.bars import bar
from casepress.chinese import Command
from casepress.collection import project
from casepress.terminal import copied
from casepress.values.problems import Failed


@click.command(cls=Command)
@click.option("-o", "target", type=click.Path(path_type=Path, dir_okay=False), metavar="文件.zip", help="写到哪里；不写就写到 build/site.zip")
@click.pass_obj
def pack(folder: Path, target: Path | None) -> None:
    """把做好的网站打成一个压缩包，拷进优盘或内网共享，解压后双击“打开我.html”就能看。"""
    from casepress import packing

    place = project.find(folder)
    target = target or place.build / "site.zip"
    if target.suffix.lower() != ".zip":
        raise click.UsageError(f"压缩包的名字要以 .zip 结尾，例如 -o {copied(target.with_suffix('.zip'))}")
    if place.site.resolve() in target.resolve().parents:
        raise click.UsageError(f"{copied(place.site)} 里的东西是要发布的，压缩包请写到别处")
    if target.exists() and not (target.is_file() and target.read_bytes()[:2] in (b"PK", b"")):
        raise Failed(f"{copied(target)} 已经有了，又不是压缩包，不会覆盖它，请换一个文件名")
    if not (place.site / "index.html").is_file():
        raise Failed("还没有网站可以打包，请先运行 casepress build（只要网站就用 casepress site）")
    if not target.parent.is_dir():
        raise Failed(f"没有 {copied(target.parent)} 这个文件夹，请先新建它，或换一个地方")
    if found := packing.pack(place.site, target, lambda names: bar("打包", names)):
        raise Failed("压缩包没有写：从优盘打开时有的地方会不对：\n" + "\n".join(f"  {words}" for words in found))
    size = target.stat().st_size
    shown = f"{size / 1024**2:.1f} MB" if size >= 1024**2 else f"{size / 1024:.0f} KB"
    click.echo(f"写好了：{copied(target)}（{shown}，文件和链接都检查过）。拷到优盘或内网，全部解压，双击里面的“{packing.OPEN_ME}”。")
