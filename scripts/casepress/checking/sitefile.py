"""Sitefile: whether mkdocs.yml will do for a site, before one is built.

Flows in: the file's bytes, and what else is there. Flows out: problems with their lines. MkDocs itself is not loaded, which takes longer
than all other checks; whatever else it finds it says when the site is built.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

from casepress.collection.settings import ADDRESS
from casepress.facts.wording import nearest
from casepress.markup import decoding, foreign_yaml
from casepress.markup.frontmatter import Node
from casepress.markup.typed_nodes import items
from casepress.values.problems import Problem, error, has_errors, warning

NAME, CHECK = "mkdocs.yml", "site_can_be_made"
_CURE = "请改正，或从用 casepress new 新建的案例库里复制一个来"
_ENOUGH = "请删去它，或从用 casepress new 新建的案例库里复制一个来"
# What MkDocs takes for each of its settings; the rest of its kinds it judges itself.
_TEXT, _LIST, _MAP = "一句话", "一个列表，一行一个、以 - 开头", "“名称: 值”的形式，一行一项"
_KINDS = (
    dict.fromkeys(
        "site_name site_url site_description site_author copyright docs_dir site_dir repo_url repo_name edit_uri dev_addr".split(), {_TEXT}
    )
    | dict.fromkeys("exclude_docs draft_docs not_in_nav remote_branch remote_name use_directory_urls strict".split(), {_TEXT})
    | dict.fromkeys("nav extra_css extra_javascript extra_templates hooks watch".split(), {_LIST})
    | {"plugins": {_LIST, _MAP}, "markdown_extensions": {_LIST, _MAP}, "theme": {_TEXT, _MAP}, "extra": {_MAP}}
)
_OTHER_KEYS = {"validation", "INHERIT", "edit_uri_template"}
_NONE = ("", "null", "~")
_NO, _FLAGS = ("false", "no", "off"), ("use_directory_urls", "strict")
_YES_NO = (*_NO, "true", "yes", "on")
# Settings that would hide what casepress has put into the tree: what is published is decided in one place (collection.webfiles).
_HIDING = ("exclude_docs", "draft_docs")
_SCRIPTS, _STYLES = ("search", "search-box", "casepress"), ("casepress", "search")
_STRANGE = re.compile(r"Config value '(\w+)': Unrecognised configuration name: \1")
_LOST = re.compile(r"A reference to '(.*)' is included in the 'nav' configuration, which is not found")
_ELSEWHERE = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
_RUNS = re.compile(r"\s*(?:javascript|data|vbscript|file):", re.IGNORECASE)
# Of Material: what brings scripts into pages, or asks other hosts, and no page may.
_LIVING_EXTRA, _LIVING_PLUGINS = ("analytics", "consent"), ("search", "offline", "privacy", "social")
_OTHER_THEMES = ("mkdocs", "readthedocs")


def check(data: bytes, root: Path = Path(), is_there: Callable[[str], bool] = lambda name: True) -> Iterator[Problem]:
    """What in mkdocs.yml stops a site. `root` is the collection's folder, `is_there` says whether the site has a file of this path."""
    text, problems = decoding.decode(data, NAME)
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")):  # MkDocs reads UTF-16 as well, and nothing else
        problems = tuple(error(NAME, 0, "文件不是 UTF-8 编码", each.cure, CHECK) if "GB18030" in each.what else each for each in problems)
    yield from problems
    if has_errors(problems):
        return
    try:
        root_node, twice = foreign_yaml.read(text)
    except foreign_yaml.Malformed as reason:
        yield error(NAME, reason.args[0], "不是写得对的 YAML", f"请看看这一行和上一行的缩进、冒号和括号，{_CURE}", CHECK)
        return
    for name, first, line in twice:
        yield warning(NAME, line, f"“{name[:40]}”写了两次，第 {first} 行已经有了，只有后一次算数", "请合成一处", CHECK)
    if not isinstance(root_node.value, Mapping):
        yield error(NAME, 1, "内容不是“名称: 值”的形式", _CURE, CHECK)
        return
    top = root_node.value
    wrong = dict(_of_kind(top))
    yield from wrong.values()
    for name in set(top) - {*_KINDS, *_OTHER_KEYS}:
        what = f"“{name[:40]}”不是 MkDocs 的设置，不起作用"
        guess = nearest(name, sorted((*_KINDS, *_OTHER_KEYS)))
        yield warning(NAME, top[name].line, what, f"是不是想写 {guess}" if guess else "请检查拼写，或删去它", CHECK)
    for name in _HIDING:
        if name in top and top[name].value:
            yield error(
                NAME, top[name].line, f"{name} 会把网站的页面藏起来", "请删去它；不公开的文件请移出 content，案例请写进 takedown", CHECK
            )
    if "INHERIT" not in top:  # else the rest may stand in another file
        yield from _whole(top)
    elif not isinstance(other := top["INHERIT"].value, str) or other == NAME or not (root / other).is_file():
        yield error(NAME, top["INHERIT"].line, f"INHERIT {_written(top['INHERIT'])}，不能用", "请删去它，或写另一个有的文件", CHECK)
    sound = {name: node for name, node in top.items() if name not in wrong}
    yield from _plugins(sound.get("plugins", Node(0, "")), "INHERIT" not in top and "plugins" not in wrong)
    if "INHERIT" not in top or "theme" in sound:
        yield from _theme(sound.get("theme", Node(0, "")), root, is_there, "theme" in wrong)
    yield from _texts(sound)
    nav = sound.get("nav", Node(0, ""))
    yield from _navigation(nav.value if isinstance(nav.value, tuple) else ())
    for name, needed, ending in (("extra_javascript", _SCRIPTS, "js"), ("extra_css", _STYLES, "css")):
        if "INHERIT" not in top or name in top:
            yield from _loaded(name, sound.get(name), [f"assets/{each}.{ending}" for each in needed], is_there)
    hooks = sound.get("hooks")
    for each in items(hooks) if hooks is not None and hooks.value != "" else ():
        if isinstance(each.value, str) and not (root / each.value).is_file():
            yield error(NAME, each.line, f"hooks 写了 {each.value[:60]}，没有这个文件", "请删去它，或把文件放好", CHECK)


def hints(said: Iterable[str], problems: Iterable[Problem]) -> Iterator[Problem]:
    """What MkDocs hints at when it builds, as warnings, less what has been told of the file."""
    told = {each.what for each in problems if each.path == NAME}
    for words in said:
        match = _STRANGE.match(words)
        if match and any(f"“{match[1]}”" in what for what in told):
            continue
        if match := _LOST.search(words):
            yield warning(NAME, 0, f"nav 里写了 {match[1]}，网站没有这一页", "请改正，或从 nav 里删去", "mkdocs_is_silent")
        else:
            yield warning(NAME, 0, f"MkDocs 提示：{words.rstrip('.')}", "请按提示改正", "mkdocs_is_silent")


def _of_kind(top: Mapping[str, Node]) -> Iterator[tuple[str, Problem]]:
    for name, node in top.items():
        kind = _TEXT if isinstance(node.value, str) else _LIST if isinstance(node.value, tuple) else _MAP
        kinds = _KINDS.get(name, {kind})
        if node.value in _NONE and kinds != {_MAP}:
            continue
        if kind not in kinds:
            yield name, error(NAME, node.line, f"{name} 写得不对", f"应当是{'，或'.join(sorted(kinds))}；{_CURE}", CHECK)
        elif name in _FLAGS and node.value.lower() not in _YES_NO:
            yield name, error(NAME, node.line, f"{name} 写了“{node.value[:40]}”", "请写 true 或 false", CHECK)


def _whole(top: Mapping[str, Node]) -> Iterator[Problem]:
    """What the file needs if no other one stands behind it."""
    name = top.get("site_name", Node(0, ""))
    if name.value in _NONE:
        yield error(NAME, name.line, "没有写 site_name", "请加上一行，例如 site_name: 案例库名称", CHECK)
    urls = top.get("use_directory_urls", Node(0, ""))
    if str(urls.value).lower() not in _NO:
        yield error(NAME, urls.line, "没有写 use_directory_urls: false，案例的网址会变", "请写上这一行", CHECK)


def _plugins(node: Node, is_needed: bool) -> Iterator[Problem]:
    """Named in a list, each with options below its name or without, or all as names of options."""
    seen: set[str] = set()
    for each in items(node):
        for name in each.value if isinstance(each.value, Mapping) else (each.value,):
            if not isinstance(name, str) or name == "":
                continue
            if name == "casepress" and name in seen:
                yield error(NAME, each.line, "plugins 里的 casepress 写了两次", "请只留一个", CHECK)
            elif name.removeprefix("material/") in _LIVING_PLUGINS:
                what = f"plugins 里的 {name} 会改页面里的脚本，或连别的服务器"
                yield error(NAME, each.line, what, "请删去它；检索、离线阅读，casepress 自己都有", CHECK)
            elif name != "casepress" and not {name, f"material/{name}"} & _installed("mkdocs.plugins"):
                yield error(NAME, each.line, f"plugins 里的 {name[:40]} 没有安装", "请删去它，或请技术人员安装", CHECK)
            seen.add(name)
    if is_needed and "casepress" not in seen:
        yield error(NAME, node.line, "plugins 里没有 casepress，网页做不出来", "请在 plugins 下面加上一行 - casepress", CHECK)


def _theme(node: Node, root: Path, is_there: Callable[[str], bool], is_told: bool) -> Iterator[Problem]:
    facts = node.value if isinstance(node.value, Mapping) else {"name": node}
    named, folder = facts.get("name", node), facts.get("custom_dir", Node(0, ""))
    name = named.value if isinstance(named.value, str) else ""
    cure = "请写成 theme: {name: material, language: zh-CN, font: false}"
    if name in _NONE and folder.value == "" and not is_told:
        yield error(NAME, named.line, "theme 里没有写主题的名称", cure, CHECK)
    elif name in _OTHER_THEMES:
        yield error(NAME, named.line, f"主题 {name} 要连别的服务器，网站不能用它", cure, CHECK)
    elif name not in (*_NONE, "material") and name not in _installed("mkdocs.themes"):
        yield error(NAME, named.line, f"没有叫 {name[:40]} 的主题", "请写成 theme: {name: material}", CHECK)
    if folder.value != "" and not (isinstance(folder.value, str) and (root / folder.value).is_dir()):
        yield error(NAME, folder.line, "custom_dir 写的文件夹没有", "请改成 theme/site，或删去这一项", CHECK)
    if name != "material":
        return
    font, language = facts.get("font", node), facts.get("language", Node(0, "en"))
    if str(font.value).lower() not in _NO:
        yield error(NAME, font.line, "theme 里没有写 font: false，网页会去别的服务器取字体", "请写上 font: false", CHECK)
    if not (isinstance(language.value, str) and _is_known(language.value, is_there)):
        yield error(NAME, language.line, f"theme 的 language {_written(language)}，没有这种语言", "请写 zh-CN", CHECK)
    for key in ("favicon", "logo"):
        if (each := facts.get(key)) and (not isinstance(each.value, str) or _ELSEWHERE.match(each.value) or set(each.value) & set("<>\"'")):
            yield error(NAME, each.line, f"theme 的 {key} 写了别处的图，或写得不对", "请把图存进 content，再写它的路径", CHECK)


def _is_known(language: str, is_there: Callable[[str], bool]) -> bool:
    """Whether there is a list of words in a language: of ours, or of Material's."""
    if not re.fullmatch(r"[A-Za-z-]+", language):
        return False
    found, name = find_spec("material"), f"partials/languages/{language}.html"
    return is_there(name) or any(Path(place, "templates", name).is_file() for place in (found and found.submodule_search_locations) or ())


def _written(node: Node) -> str:
    return f"写了“{node.value[:60]}”" if isinstance(node.value, str) else "写成了列表或小项"


def _texts(top: Mapping[str, Node]) -> Iterator[Problem]:
    """What Material writes into pages as it is."""
    for name in ("site_author", "site_description", "repo_name"):
        if (node := top.get(name)) and isinstance(node.value, str) and set(node.value) & set('<>"'):
            yield error(NAME, node.line, f"{name} 里有 < > 或引号", "这里只能写普通文字，请删去它们", CHECK)
    node = top.get("copyright", Node(0, ""))
    if re.search(r"<(?!/?(?:a|b|br|em|i|small|span|strong)\b)|\bon\w+\s*=|(?:javascript|data):", str(node.value), re.IGNORECASE):
        yield error(NAME, node.line, "copyright 里有不能用的 HTML", "这里只写文字和链接", CHECK)
    for name in ("site_url", "repo_url"):
        if (node := top.get(name)) and node.value not in _NONE and not ADDRESS.fullmatch(str(node.value)):
            yield error(NAME, node.line, f"{name} {_written(node)}，不是网址", "请写 https:// 开头的网址，或删去这一项", CHECK)
    extra = top["extra"].value if "extra" in top and isinstance(top["extra"].value, Mapping) else {}
    policy = extra.get("policy")
    if policy and not (isinstance(policy.value, str) and _is_policy(policy.value)):
        yield error(NAME, policy.line, "extra 里的 policy 写得不全，或放开得太多", "请照编辑手册“部署”里的样子写，或删去它", CHECK)
    for name in _LIVING_EXTRA:
        if node := extra.get(name):
            yield error(NAME, node.line, f"extra 里的 {name} 会改页面里的脚本，或连别的服务器", _ENOUGH, CHECK)


def _is_policy(words: str) -> bool:
    """Whether a policy says what scripts and styles may come from, and lets none that is written into pages run."""
    named = {part.split()[0]: part.split()[1:] for part in words.split(";") if part.split()}
    return {"default-src", "script-src", "style-src"} <= named.keys() and not (
        re.search(r"[\"<>]|'unsafe-", words)
        or any({"*", "data:", "http:", "https:"} & set(named[name]) for name in ("default-src", "script-src"))
    )


def _navigation(found: tuple[Node, ...]) -> Iterator[Problem]:
    """The navigation: names are text, and lead to pages."""
    for each in found:
        if isinstance(each.value, tuple) or each.value == {} or (isinstance(each.value, str) and re.fullmatch(r"[\d.]+|null|~", each.value)):
            yield error(NAME, each.line, "nav 里的这一项写得不对", "请写成 - 名称: 页面.md", CHECK)
            continue
        for name, node in each.value.items() if isinstance(each.value, Mapping) else (("", each),):
            if set(name) & set("<>"):
                yield error(NAME, node.line, f"nav 里的名称“{name[:40]}”有 < 或 >", "名称只能是普通文字，请删去它们", CHECK)
            if isinstance(node.value, tuple):
                yield from _navigation(node.value)
            elif _RUNS.match(str(node.value)):
                yield error(
                    NAME, node.line, f"nav 里的“{str(node.value)[:40]}”会运行程序", "请写 content 里的页面，或 https:// 开头的网址", CHECK
                )


def _loaded(name: str, node: Node | None, needed: list[str], is_there: Callable[[str], bool]) -> Iterator[Problem]:
    """The files that pages load are those of the site, and what search and look need is among them."""
    asked = []
    for each in items(node) if node is not None and node.value != "" else ():
        path = each.value.get("path", each).value if isinstance(each.value, Mapping) else each.value
        asked.append(path)
        if not isinstance(path, str) or not path or re.fullmatch(r"[\d.]+", path):
            yield error(NAME, each.line, f"{name} 的一项写得不对", "请写成 - assets/文件名", CHECK)
        elif _ELSEWHERE.match(path) or set(path) & set("<>\"'"):
            yield error(NAME, each.line, f"{name} 写了“{path[:60]}”，网页不从别处取文件", "请把文件放进 content，写它的路径；不要的删去", CHECK)
        elif not is_there(path):
            yield error(NAME, each.line, f"{name} 写了“{path[:60]}”，没有这个文件", "请把它放进 content 或 theme/site，或删去这一行", CHECK)
    for path in needed:
        if path not in asked:
            kind = error if path == "assets/search.js" else warning
            what = f"{name} 里没有 {path}，网页的{'检索不能用' if 'search' in path else '样子不对'}"
            yield kind(NAME, node.line if node else 0, what, f"请在 {name} 里加上一行 - {path}", CHECK)


def _installed(group: str) -> set[str]:
    return {entry.name for entry in entry_points(group=group)}
