"""Templates: the one door to jinja2.

Every value is escaped where it lands; a name that the template does not know is an error, never an empty text.
What a school sent is never a template.
"""

from collections.abc import Iterable, Set
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from types import CodeType

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.bccache import Bucket
from jinja2.meta import find_referenced_templates
from jinja2.nodes import Name
from markupsafe import Markup

from casepress.facts.borne import unsaid
from casepress.facts.renditions import shape
from casepress.facts.slugs import sound
from casepress.facts.titles import phrases
from casepress.values.problems import Failed


class BrokenTemplate(Failed):
    """A template of the theme cannot be used; the message is a Chinese sentence."""


Written = dict[str, tuple[str, str, str]]  # of each template the sum of its source, its file, and what jinja2 makes of it in Python


class Compiled(BytecodeCache):
    """Templates once compiled, for as long as the process lives, so that each build of `serve` need not do it anew.

    Each is held against the sum of its source. jinja2 tells templates apart by their files: one for each kind of environment.
    """

    def __init__(self) -> None:
        self._known: dict[str, tuple[str, CodeType]] = {}
        self._written: Written = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        source, code = self._known.get(bucket.key, ("", None))
        if source == bucket.checksum:
            bucket.code = code
        elif (written := self._written.get(bucket.key)) and written[0] == bucket.checksum:
            bucket.code = compile(written[2], written[1], "exec")
            self.dump_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._known[bucket.key] = bucket.checksum, bucket.code

    def know(self, written: Written) -> None:
        """Know templates that a copy of this process has turned into Python."""
        self._written = written

    def turned(self, env: Environment, first: Iterable[str]) -> Written:
        """Some templates, and all that they name, as Python, which is most of the work of compiling them. What is wrong with one is told
        of when it is used."""
        waiting, found = [*first], {}
        while waiting:
            name = waiting.pop()
            with suppress(TemplateError, UnicodeDecodeError, OSError):
                source, file, _ = env.loader.get_source(env, name)
                key = self.get_cache_key(name, file)
                if key not in found:
                    tree = env.parse(source, name, file)
                    waiting += filter(None, find_referenced_templates(tree))
                    found[key] = self.get_source_checksum(source), file, env.compile(tree, name, file, raw=True)
        return found


@lru_cache
def compiled(kind: str) -> Compiled:
    """The compiled templates of a kind of environment: ours, or MkDocs'."""
    return Compiled()


def environment(folders: Iterable[Path]) -> Environment:
    """An environment over folders of templates; a name is looked up in the first that has it."""
    loader = FileSystemLoader([str(folder) for folder in folders])
    env = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=compiled("casepress"),
    )
    env.filters["thousands"] = lambda number: f"{number:,}"
    env.filters["shape"] = lambda picture: shape(picture.get("width", ""), picture.get("height", ""))
    env.filters["megabytes"] = megabytes
    env.filters["unsaid"] = unsaid
    env.filters["letter"] = lambda name, surname=False: sound(name, surname)[0]
    env.filters["phrases"] = lambda title, place=None: Markup("<wbr>").join(phrases(title, place.path if place else ()))
    return env


def render(env: Environment, name: str, **values: object) -> str:
    """The text of a template filled with values. Raises BrokenTemplate."""
    try:
        return env.get_template(name).render(**values)
    except TemplateSyntaxError as reason:
        raise BrokenTemplate(f"模板 {reason.name or name} 第 {reason.lineno} 行写得不对：{reason.message}") from reason
    except UnicodeDecodeError as reason:
        raise BrokenTemplate(f"模板 {name} 或它引用的模板不是 UTF-8 编码，请另存为 UTF-8") from reason
    except TemplateError as reason:
        raise BrokenTemplate(f"模板 {name} 不能用：{reason.message or reason}") from reason


def compile_all(env: Environment) -> None:
    """Compile the pages of an environment before they are used; one that is broken is told of when it is."""
    for name in env.list_templates(extensions=("html",)):
        with suppress(TemplateError, UnicodeDecodeError):
            env.get_template(name)


def asks(source: bytes, names: Set[str]) -> bool:
    """Whether a template of MkDocs asks its page for one of these names; so does every template that cannot be read."""
    env = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"])
    try:
        return any(node.name in names for node in env.parse(source.decode("utf-8")).find_all(Name))
    except (TemplateError, UnicodeDecodeError):
        return True


def megabytes(size: int) -> str:
    """A file's size for people: 85 KB, 1.2 MB."""
    return f"{max(1, round(size / 1024))} KB" if size < 1024 * 1024 else f"{size / 1024 / 1024:.1f} MB"
