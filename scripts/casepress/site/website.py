"""Website: the door to MkDocs, which makes the site of a staged docs tree, or serves it."""

import logging
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from pathlib import Path

from casepress.collection.project import Project
from casepress.facts import passing
from casepress.facts.store import NOTHING, Store
from casepress.site import indexed, material, shipped
from casepress.site.menu import Entry, completed
from casepress.site.onward import OnwardExtension
from casepress.site.policy import POLICY
from casepress.site.themed import lighten
from casepress.values.footers import Footer
from casepress.values.problems import Failed, Problem, Stopped
from casepress.values.reasons import in_chinese

# Material prints an advertisement for its successor on import unless told not to.
_NO_ADVERTISEMENT = ("NO_MKDOCS_2_WARNING", "true")
# What of a message is no sentence: the lines of a traceback, and the folders of this machine.
_HERE = re.compile(r"(?m)^[ \t]+.*\n?|(?<=['\"])/(?:[^/'\"\n]+/)+(?=[^/'\"\n]+['\"])")
_ADVICE = "请看看 mkdocs.yml、theme/site 里最近改过的地方，或从用 casepress new 新建的案例库里复制一个来"


class SiteFailed(Failed):
    """MkDocs could not build the site; the message is a Chinese sentence with MkDocs' own words behind it."""


@dataclass(frozen=True)
class Staged:
    """A staged docs tree, the site's name, publisher, date and address, and the folders of the theme, the collection's own first.

    `lead` gives a link on a page that people wrote (its path in the tree, the link) as MkDocs understands it.
    `problems` are what was found on the way, `found` what the cases have before. `store` remembers how each page of the last site was made.
    `index` puts the search index into the tree, and into a site that MkDocs has made of it; it is called once. Where it is given
    a second value, which says whether that is still wanted, it may give up, and says so (False). `menu` has the pages that the navigation is to name.
    """

    docs: Path
    site_name: str
    themes: tuple[Path, ...]
    publisher: str = ""
    date: str = ""
    address: str = ""
    lead: Callable[[str, str], str] = lambda name, target: target
    problems: tuple[Problem, ...] = ()
    found: tuple[Problem, ...] = ()
    store: Store = NOTHING
    index: Callable[..., bool] = lambda *_: True
    footer: Footer = Footer()
    menu: tuple[Entry, ...] = ()


def configure(config, staged: Staged, is_serving: bool = False):
    """MkDocs' configuration turned to a staged tree; used by the MkDocs plugin, with MkDocs' own config object.

    The site's address is the collection's, and while it is served MkDocs' own.
    """
    config.docs_dir = str(staged.docs)
    # Material writes these into HTML as they are.
    config.site_name = escape(staged.site_name)
    config.extra.update(publisher=escape(staged.publisher), date=escape(staged.date))
    if staged.address and not is_serving:
        config.site_url = staged.address.rstrip("/") + "/"
    config.extra.update(feed="feeds/all.xml" if staged.address else "")
    config.extra.setdefault("policy", POLICY)
    config.extra["footer"] = {name: escape(str(text)) for name, text in (*vars(staged.footer).items(), ("number", staged.footer.police_number))}
    config.nav = completed(config.nav, staged.menu)
    config.markdown_extensions.append(OnwardExtension(staged.lead))
    _dress(config.theme, staged.themes)
    return config


def templates(project: Project):
    """The environment of the site's own templates as MkDocs makes it. Raises SiteFailed."""
    with _listening() as messages:
        theme = _config(project, messages).theme
    _dress(theme, project.themes("site"))
    return theme.get_env()


def _dress(theme, folders: Iterable[Path]) -> None:
    """Put our folders behind the one that mkdocs.yml names, and before Material's."""
    at = 1 if theme.custom_dir else 0
    theme.dirs[at:at] = [str(folder) for folder in folders if str(folder) not in theme.dirs]
    lighten(theme)


def build_site(project: Project, staged: Staged, target: Path) -> tuple[str, ...]:
    """Build the site of a staged tree into an empty folder, with MkDocs and the project's mkdocs.yml.

    Returns MkDocs' warnings. Raises SiteFailed.
    """
    with _listening() as messages, indexed.returning(staged.docs):
        config = _config(project, messages, site_dir=str(target), docs_dir=str(staged.docs), watch=[])
        from mkdocs.commands.build import build

        try:
            if (plugin := config.plugins.get("casepress")) is not None:
                plugin.staged, plugin.before = staged, project.site
            else:
                staged.index(None)
                configure(config, staged)
            config.plugins.on_startup(command="build", dirty=False)
            try:
                build(config)
            finally:
                config.plugins.on_shutdown()
                if plugin is not None:
                    plugin.staged = plugin.before = None  # MkDocs keeps the plugin for as long as the process lives
            if plugin is not None:
                staged.index(target)
        except Stopped:
            raise
        except (Exception, SystemExit) as reason:  # MkDocs lets through whatever its plugins, extensions and templates raise
            raise SiteFailed(f"网站没有生成：{_words(messages, reason)}。{_ADVICE}") from reason
    if words := lost(config, staged):
        raise SiteFailed(f"网站没有生成，{words}")
    shipped.clean(target, bool(config.site_url))
    return tuple(messages)


def lost(config, staged: Staged) -> str:
    """What a site that MkDocs has built lacks that our pages rely on, as a Chinese sentence; nothing where all is there."""
    found = tuple(material.lost(Path(config.site_dir), staged.themes, config.theme.name, staged.store, staged.docs))
    return f"页面上缺了东西：{'；'.join(found)}。{material.advice()}" if found else ""


def serve_site(project: Project, address: str, ready: Callable[[], None] = lambda: None) -> None:
    """Serve the site at an address (`127.0.0.1:8000`) until interrupted; an edit shows in the browser by itself.

    `ready` is called when all is sound and the serving begins. Raises SiteFailed.
    """
    with _listening() as messages:
        config = _config(project, messages)
    if "casepress" not in config.plugins:
        raise SiteFailed("mkdocs.yml 的 plugins 里没有 casepress，不能边改边看，请在 plugins 下面加上一行 - casepress")
    from mkdocs.commands.serve import serve
    from mkdocs.exceptions import Abort, MkDocsException

    ready()
    try:
        with passing.within():  # MkDocs keeps the site that it serves in a temporary folder
            serve(config_file=str(project.config), dev_addr=address)
    except Abort as reason:  # MkDocs has said why
        raise SiteFailed("网站没有生成，原因写在上面") from reason
    except MkDocsException as reason:
        raise SiteFailed(f"网站没有生成：{_words((), reason)}") from reason


def _config(project: Project, messages: Sequence[str], **given: object):
    """MkDocs' configuration, read from mkdocs.yml. Raises SiteFailed; `messages` are what MkDocs says meanwhile."""
    os.environ.setdefault(*_NO_ADVERTISEMENT)
    from mkdocs.config import load_config

    if not project.config.is_file():
        raise SiteFailed("网站没有生成：这里没有 mkdocs.yml，请从用 casepress new 新建的案例库里复制一个来")
    try:
        return load_config(config_file=str(project.config), **given)
    except (Exception, SystemExit) as reason:  # what plugins and hooks raise as they are loaded comes through, and what they end
        lost = [name for name in ("content", "theme") if not (project.root / name).is_dir()]
        hint = f"（这里没有 {'、'.join(lost)} 文件夹，可以新建空的）" if lost else ""
        raise SiteFailed(f"网站没有生成，mkdocs.yml 不能用：{_words(messages, reason)}{hint}。{_ADVICE}") from reason


def _words(messages: Sequence[str], reason: Exception) -> str:
    """What MkDocs said, or else what it raised; what the system refused is said in our words."""
    if isinstance(reason, OSError) and reason.errno:
        return in_chinese(reason)
    if isinstance(reason, SystemExit):
        return "里面的插件、脚本或标签把程序关掉了"
    return "；".join(filter(None, (_HERE.sub("", line).strip() for line in messages or (f"{reason}" or type(reason).__name__,)))).rstrip("。.")


@contextmanager
def _listening() -> Iterator[list[str]]:
    """Keep MkDocs' warnings instead of printing them."""
    messages: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            messages.append(record.getMessage())

    log, keeper = logging.getLogger("mkdocs"), Keep(logging.WARNING)
    log.addHandler(keeper)
    try:
        yield messages
    finally:
        log.removeHandler(keeper)
