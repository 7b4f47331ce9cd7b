"""Starting: the commands that begin something of a bureau's own, a collection or a profile."""

from pathlib import Path

import click

from casepress.chinese import Command, Group
from casepress.collection import project
from casepress.terminal import copied


@click.command(cls=Command)
@click.argument("folder", metavar="新文件夹", type=click.Path(path_type=Path))
@click.option("--title", metavar="名称", default="", help="案例库的名称（不写就用文件夹名）")
@click.option("--with-submissions", is_flag=True, help="放一个“收件”文件夹，里面是示例学校交来的申报表、汇总表和照片，用来练习导入")
@click.pass_obj
def new(where: Path, folder: Path, title: str, with_submissions: bool) -> None:
    """新建一个案例库，里面有一个示例案例，马上就能生成。"""
    from casepress import scaffold

    try:
        made = scaffold.new_collection(where / folder, title, with_submissions)
    except scaffold.Occupied as reason:
        raise click.UsageError(str(reason)) from reason
    click.echo(f"案例库建好了：{made}")
    if with_submissions:
        click.echo("“收件”里是示例学校交来的材料，学校、人名、内容都是虚构的。")
        click.echo(f"下一步：cd {copied(made)}，然后 casepress import 收件 看看会收成什么，casepress import 收件 --write 写进 cases。")
        return
    click.echo(f"下一步：casepress -C {copied(made)} build 生成网站和汇编；casepress -C {copied(made)} serve 边改边看。")


@click.group(cls=Group)
def profile() -> None:
    """版式：做一个本单位自己的。"""


@profile.command("new")
@click.argument("name", metavar="名字")
@click.option("--from", "model", metavar="版式", default="big16", help="照哪个版式做，例如 gongwen；不写就照 big16")
@click.pass_obj
def new_profile(folder: Path, name: str, model: str) -> None:
    """照一个版式做一个新的：在 theme/print/profiles 里建一个文件，写好能改的各项和现在的值。"""
    from casepress import scaffold
    from casepress.book.profiles import NoProfile

    place = project.find(folder)
    try:
        made = project.relative(place, scaffold.new_profile(place, name, model))
    except (scaffold.Occupied, NoProfile) as reason:
        raise click.UsageError(str(reason)) from reason
    click.echo(f"版式建好了：{made}（照 {model}）。里面写明了哪些可以改、怎么改。")
    click.echo(f"下一步：在 cases/collection.yml 的 book 里写 profile: {name}；试排一份：casepress book --profile {name} -o 试排.pdf")
