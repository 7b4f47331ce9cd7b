"""Chinese: Click's own words in simplified Chinese: its catalogue of messages, its headings, and what was not understood.

Click says everything through `gettext`; its modules get our catalogue in place of the system's, which has none of ours.
`tests/test_cli.py` holds the catalogue against Click's source.
"""

from collections.abc import Sequence
from gettext import NullTranslations

import click
from click import core, decorators, exceptions, parser, types

_MODULES = (core, decorators, exceptions, parser, types)
# Click's sentences as they stand in its source -> what a user reads. Names in braces are filled in by Click.
WORDS = {
    "Show this message and exit.": "显示这段说明",
    "Show the version and exit.": "显示版本号",
    "(dynamic)": "（自动）",
    "default: {default}": "默认：{default}",
    "env var: {var}": "环境变量：{var}",
    "required": "必须写",
    "file": "文件",
    "directory": "文件夹",
    "path": "路径",
    "Missing command.": "请写一个命令；用 --help 看有哪些",
    "No such command {name!r}.": "没有 {name!r} 这个命令；用 --help 看有哪些",
    "Got unexpected extra argument ({args})": "多写了参数（{args}）",
    "Got unexpected extra arguments ({args})": "多写了参数（{args}）",
    "Option {name!r} does not take a value.": "{name!r} 后面不用写值",
    "Option {name!r} requires an argument.": "{name!r} 后面要写一个值",
    "Option {name!r} requires {nargs} arguments.": "{name!r} 后面要写 {nargs} 个值",
    "Argument {name!r} takes {nargs} values.": "{name!r} 要写 {nargs} 个值",
    "Takes {nargs} values but 1 was given.": "要写 {nargs} 个值，只写了一个",
    "Takes {nargs} values but {len} were given.": "要写 {nargs} 个值，写了 {len} 个",
    "Value must be an iterable.": "值应当是几个",
    "Invalid value: {message}": "值不对：{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint} 的值不对：{message}",
    "Missing argument": "缺少参数",
    "Missing option": "缺少选项",
    "Missing parameter": "缺少参数",
    "Missing {param_type}": "缺少 {param_type}",
    "Missing parameter: {param_name}": "缺少参数：{param_name}",
    "No such option: {name}": "没有 {name} 这个选项",
    "Did you mean {possibility}?": "是不是 {possibility}",
    "(Possible options: {possibilities})": "是不是 {possibilities}",
    "Could not open file {filename!r}: {message}": "文件 {filename!r} 打不开：{message}",
    "unknown error": "原因不明",
    "Choose from:\n\t{choices}": "可用的有：{choices}",
    "{value!r} is not {choice}.": "{value!r} 不是 {choice}",
    "{value!r} is not one of {choices}.": "{value!r} 不是 {choices} 中的一个",
    "{name} {filename!r} does not exist.": "没有 {filename!r} 这个{name}",
    "{name} {filename!r} is a file.": "{filename!r} 是一个文件，不是{name}",
    "{name} {filename!r} is a directory.": "{filename!r} 是一个文件夹，不是{name}",
    "{name} {filename!r} is not readable.": "{name} {filename!r} 没有读取权限",
    "{name} {filename!r} is not writable.": "{name} {filename!r} 没有写入权限",
    "{name} {filename!r} is not executable.": "{name} {filename!r} 没有执行权限",
}


class _Catalogue(NullTranslations):
    """The words above; what is not among them stays as it is."""

    def gettext(self, message: str) -> str:
        return WORDS.get(message, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


for _module in _MODULES:
    for _name, _said in (("_", _Catalogue().gettext), ("ngettext", _Catalogue().ngettext)):
        if hasattr(_module, _name):
            setattr(_module, _name, _said)


class _Chinese:
    """A command whose help has Chinese headings and pieces of usage, which Click does not take from the catalogue."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        records = [record for p in self.get_params(ctx) if (record := p.get_help_record(ctx)) is not None]
        _listed(formatter, "选项：", records)
        if isinstance(self, click.Group):
            records = [(name, self.commands[name].get_short_help_str(80)) for name in self.list_commands(ctx)]
            _listed(formatter, "命令：", records)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        words = {"[OPTIONS]": "[选项]", "COMMAND": "命令", "[ARGS]...": "[参数]…"}
        return [words.get(w, w) for piece in super().collect_usage_pieces(ctx) for w in piece.split()]


def _listed(formatter: click.HelpFormatter, heading: str, records: Sequence[tuple[str, str]]) -> None:
    formatter.write(f"\n{heading}\n")
    with formatter.indentation():
        formatter.write_dl(records)


class Command(_Chinese, click.Command):
    """A command of ours."""


class Group(_Chinese, click.Group):
    """Commands of ours, in the order in which a newcomer needs them."""

    command_class = Command

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


def not_understood(reason: click.UsageError) -> str:
    """What a command line has wrong, as a sentence without its full stop: of what Click found, said for a clerk."""
    param = getattr(reason, "param", None)
    if isinstance(reason, click.NoSuchOption):
        near = f"，是不是 {'、'.join(reason.possibilities)}" if reason.possibilities else ""
        near = "（-C 文件夹 要写在命令前面）" if reason.option_name == "-C" else near
        return f"没有 {reason.option_name} 这个选项{near}；用 --help 看有哪些"
    if isinstance(reason, click.MissingParameter):
        return f"缺少{param.metavar if param is not None and param.metavar else '参数'}"
    if isinstance(reason, click.BadParameter) and param and isinstance(param.type, click.Choice):
        return f"{param.opts[-1]} 只能写 {'、'.join(map(str, param.type.choices))} 中的一个"
    if isinstance(reason, click.BadParameter) and param and isinstance(param.type, click.Path) and not param.type.dir_okay:
        return f"{param.opts[0]} 后面要写一个文件名，不能是文件夹"
    return reason.format_message().rstrip("。.")
