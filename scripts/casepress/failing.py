"""Failing: every failure that a user can mend becomes a Chinese sentence and an exit code, never a traceback."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

import click

from casepress.chinese import not_understood
from casepress.terminal import silence
from casepress.values.problems import Failed, Level, NotUnderstood, Problem, Stopped
from casepress.values.reasons import in_chinese


@contextmanager
def plain_words() -> Iterator[None]:
    """Say what is raised in the block and end the program: 1 where something must be mended, 2 where a word was not understood."""
    try:
        yield
    except Stopped as stopped:
        say(stopped.problems)
        _end("没有生成任何东西，上一次的结果还在。请先改正上面的错误。")
    except Failed as reason:
        _end(f"错误: {reason}。上一次的结果还在。")
    except NotUnderstood as reason:
        _end(f"错误: {reason}。", 2)
    except click.exceptions.NoArgsIsHelpError as reason:
        _end(reason.ctx.get_help(), 2)
    except click.UsageError as reason:
        usage = f"{reason.ctx.get_usage()}\n" if reason.ctx is not None else ""
        _end(f"{usage}错误: {not_understood(reason)}。", 2)
    except click.ClickException as reason:
        _end(f"错误: {reason.format_message()}")
    except BrokenPipeError:  # who read our words has read enough, as `head` does
        silence()
        sys.exit(1)
    except OSError as reason:
        _end(f"错误: {in_chinese(reason)}。" + ("上一次的结果还在。" if reason.filename else ""))
    except (click.Abort, KeyboardInterrupt):
        _end("已中断，上一次的结果还在。", 130)


def say(problems: Sequence[Problem]) -> None:
    """Every problem on the error output, and how many there are."""
    for problem in problems:
        click.echo(str(problem), err=True)
    if problems:
        click.echo(counted(problems), err=True)


def counted(problems: Sequence[Problem]) -> str:
    """How many errors and warnings there are, as a sentence."""
    errors = sum(p.level is Level.ERROR for p in problems)
    words = [f"{errors} 个错误"] if errors else []
    if errors < len(problems):
        words.append(f"{len(problems) - errors} 个警告")
    return f"共有 {'、'.join(words)}。"


def _end(words: str, code: int = 1) -> None:
    with suppress(OSError):
        click.echo(words, err=True)
    silence()
    sys.exit(code)
