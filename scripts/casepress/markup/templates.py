"""Templates: the one door to jinja2.

Every value is escaped where it lands; a name that the template does not know is an error, never an empty text.
What a school sent is never a template.
"""

from collections.abc import Iterable, Iterator, Set
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from types import CodeType

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.bccache import Bucket
from jinja2.meta import find_referenced_templates
from jinja2.nodes import Const, Extends, FromImport, Import, Include, Name
from jinja2.sandbox import safe_range
from markupsafe import Markup

from casepress.facts.borne import unsaid
from casepress.facts.renditions import shape
from casepress.facts.slugs import sound
from casepress.facts.systems import files_below
from casepress.facts.titles import balanced, phrases
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
    env.globals["range"] = safe_range  # a slip of the pen must not count for ever
    env.filters["thousands"] = lambda number: f"{number:,}"
    env.filters["shape"] = lambda picture: shape(picture.get("width", ""), picture.get("height", ""))
    env.filters["megabytes"] = megabytes
    env.filters["unsaid"] = unsaid
    env.filters["letter"] = lambda name, surname=False: sound(name, surname)[0]
    env.filters["phrases"] = lambda title, place=None: Markup("<wbr>").join(phrases(title, place.path if place else ()))
    env.filters["narrow"] = lambda words: Markup("<wbr>").join(balanced(words, 4))  # for columns of four characters
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
    except (OverflowError, RecursionError) as reason:
        raise BrokenTemplate(f"模板 {name} 不能用：里面的循环或引用没完没了（{reason}）") from reason
    except (TypeError, ValueError, ArithmeticError, LookupError, AttributeError, MemoryError) as reason:  # what its own expressions come to
        raise BrokenTemplate(f"模板 {name} 不能用：里面有一处算不出来（{reason}）") from reason


def faults(folders: Iterable[Path], own: Path, by_mkdocs: bool) -> Iterator[tuple[str, int, str]]:
    """What is wrong with the templates of one of these folders before any is used: the name, the line, and what, in Chinese.

    Of those that MkDocs fills only the writing is judged: what else is there for them its theme decides.
    """
    env = _of_mkdocs() if by_mkdocs else environment(folders)
    for path in sorted(Path(entry.path) for entry in files_below(own) if entry.name.endswith(".html")):
        if path.exists() and not path.is_file() and not path.is_dir():
            continue  # a pipe would never end; it is told where files are looked at (collection/filenames)
        name = path.relative_to(own).as_posix()
        try:
            tree = env.parse(path.read_text("utf-8"), name, str(path))
            if by_mkdocs:
                continue
            env.compile(tree, name, str(path), raw=True)
            for node in tree.find_all((Extends, FromImport, Import, Include)):
                asked = node.template.value if isinstance(node.template, Const) else None
                if isinstance(asked, str) and not getattr(node, "ignore_missing", False) and not _is_there(env, asked):
                    yield name, node.lineno, f"要用的模板“{asked[:60]}”没有"
        except TemplateSyntaxError as reason:
            yield name, reason.lineno, f"模板写得不对：{reason.message}"
        except UnicodeDecodeError:
            yield name, 0, "模板不是 UTF-8 编码"
        except (OSError, RecursionError):
            yield name, 0, "模板读不出来"


def _is_there(env: Environment, name: str) -> bool:
    try:
        env.loader.get_source(env, name)
    except (TemplateError, UnicodeDecodeError) as reason:  # another file's fault is told of that file
        return not isinstance(reason, TemplateNotFound)
    return True


def _of_mkdocs() -> Environment:
    return Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"])


def compile_all(env: Environment) -> None:
    """Compile the pages of an environment before they are used; one that is broken is told of when it is."""
    for name in env.list_templates(extensions=("html",)):
        with suppress(TemplateError, UnicodeDecodeError):
            env.get_template(name)


def asks(source: bytes, names: Set[str]) -> bool:
    """Whether a template of MkDocs asks its page for one of these names; so does every template that cannot be read."""
    env = _of_mkdocs()
    try:
        return any(node.name in names for node in env.parse(source.decode("utf-8")).find_all(Name))
    except (TemplateError, UnicodeDecodeError):
        return True


def megabytes(size: int) -> str:
    """A file's size for people: 85 KB, 1.2 MB."""
    return f"{max(1, round(size / 1024))} KB" if size < 1024 * 1024 else f"{size / 1024 / 1024:.1f} MB"
