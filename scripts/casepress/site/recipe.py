"""Recipe: what shapes every page of a site alike: mkdocs.yml, the theme, the navigation and the versions, as one key.

Flows in: MkDocs' own configuration and navigation. Flows out: a key, or none where something may take part in pages that
we do not know: another plugin, a hook, an extension, a template that asks for other pages. Then each page is made anew.
"""

import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path

from casepress.facts.maker import maker
from casepress.facts.store import key
from casepress.markup.templates import asks
from casepress.site import material
from casepress.site.finished import BEGINNING

_LIBRARIES = ("mkdocs", "mkdocs-material", "Markdown", "pymdown-extensions", "Jinja2", "MarkupSafe", "PyYAML", "tinyhtml5")
# Extensions that look at nothing but the page. `pymdownx.snippets` and `b64` read files.
_EXTENSIONS = frozenset(
    "abbr admonition attr_list codehilite def_list extra fenced_code footnotes md_in_html meta nl2br sane_lists smarty tables toc "
    "pymdownx.arithmatex pymdownx.betterem pymdownx.caret pymdownx.critic pymdownx.details pymdownx.emoji pymdownx.escapeall "
    "pymdownx.highlight pymdownx.inlinehilite pymdownx.keys pymdownx.magiclink pymdownx.mark pymdownx.progressbar "
    "pymdownx.saneheaders pymdownx.smartsymbols pymdownx.superfences pymdownx.tabbed pymdownx.tasklist pymdownx.tilde "
    "casepress.finished".split()
)
_CODE = re.compile(rb"!!python/[a-z/]*:([\w.]+)")
_KNOWN_CODE = (b"material.", b"pymdownx.", b"markdown.")
_PARENT = re.compile(rb"(?m)^INHERIT\s*:")
# Of the configuration: what no page shows (where things stand in this machine), and what is looked at by itself.
_ASIDE = frozenset(("site_dir", "docs_dir", "config_file_path", "watch", "dev_addr", "strict", "plugins", "theme"))
# What a template may ask for that tells of other pages, or of the moment.
_OTHERS = frozenset(("pages", "nav", "build_date_utc"))
_HEAD = re.compile(r"\ufeff?---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
FINISHED = re.compile(rf"---\n(?:[^\n]+\n)+---\n\n?{BEGINNING}")  # a page of ours: it says its title
_NO_TEMPLATES = frozenset((".icons", "assets"))


def recipe(config, nav, own: Iterable[Path]) -> str | None:
    """The key of all that a page outside the navigation shows beside its own text; None where that is not known.

    `own` are the folders of templates that are neither Material's nor MkDocs'. Raises OSError.
    """
    source = Path(config.config_file_path).read_bytes()
    if not (_known_versions() and _known_config(config, source)):
        return None
    own = {folder.resolve() for folder in own} | ({Path(config.theme.custom_dir).resolve()} if config.theme.custom_dir else set())
    dirs = [Path(folder).resolve() for folder in config.theme.dirs]
    files = [*_files(dirs, own)]
    if any(asks(data, _OTHERS) for folder, name, data in files if folder in own and name.endswith((".html", ".xml"))):
        return None
    theme = (config.theme.name, str(config.theme.locale), _said(dict(config.theme)))
    plain = _said({name: value for name, value in config.items() if name not in _ASIDE})
    shown = (part for folder, name, data in files for part in (str(dirs.index(folder)), name, data))
    return key((maker(*_LIBRARIES), source, plain, *theme, "\n".join(_navigation(nav.items)), *shown))


def _known_versions() -> bool:
    return all(version(package) == known for package, known in material.KNOWN.items())


def _known_config(config, source: bytes) -> bool:
    """Whether nothing but casepress and well-known extensions take part, and no warning is given that a page left out would keep back."""
    names = (name.removeprefix("markdown.extensions.") for name in config.markdown_extensions if isinstance(name, str))
    return (
        config.theme.name == "material"
        and set(config.plugins) == {"casepress"}
        and not (config.hooks or config.extra_templates or _PARENT.search(source))
        and _EXTENSIONS.issuperset(names)
        and all(name.startswith(_KNOWN_CODE) for name in _CODE.findall(source))
        and config.validation.links.anchors < logging.WARNING
    )


def _files(dirs: Iterable[Path], own: set[Path]) -> Iterator[tuple[Path, str, bytes]]:
    """What templates can be made of: every file of our own folders, and of the others each template."""
    for folder in dirs:
        for path in sorted(folder.rglob("*") if folder in own else _templates(folder)):
            if path.is_file():
                yield folder, path.relative_to(folder).as_posix(), path.read_bytes()


def _templates(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.is_dir():
            if path.name not in _NO_TEMPLATES:
                yield from _templates(path)
        elif path.suffix in (".html", ".xml"):
            yield path


def _said(value: object) -> str:
    """A value of the configuration in words: plain data whole, of anything else its type, for mkdocs.yml itself is in the key."""
    if isinstance(value, Mapping):
        return "{" + ",".join(sorted(f"{name!r}:{_said(each)}" for name, each in value.items())) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(_said, value)) + "]"
    return repr(value) if value is None or isinstance(value, str | int | float) else type(value).__qualname__


def _navigation(items: Iterable, depth: int = 0) -> Iterator[str]:
    """What the navigation says: titles and addresses; of its pages also the header, and where they name themselves the whole text."""
    for item in items:
        yield f"{depth} {item.title!r} {getattr(item, 'url', '')!r}"
        if item.is_page:
            source = item.file.content_string
            head = _HEAD.match(source)
            named = item.title is not None or FINISHED.match(source)
            yield repr((head[0] if head else source.partition("\n\n")[0]) if named else source)
        yield from _navigation(item.children or (), depth + 1)
