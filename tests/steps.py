"""Steps: all that an editor, a designer or an accident may do to a collection.

Each step is a function that changes the folder of a `World`; what it does follows from the world's own random numbers alone.
"""

import os
import random
import re
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from casepress.press.inks import general_profile
from changing import REGIONS, THEMES, World, font_of, picture_of, sentence
from conftest import ROOT, case_text

STEPS: list[Callable[[World], object]] = []
MISTAKES: list[Callable[[World], object]] = []
GROWING: list[Callable[[World], object]] = []


def step(change: Callable[[World], object]) -> Callable[[World], object]:
    STEPS.append(change)
    return change


def mistake(change: Callable[[World], object]) -> Callable[[World], object]:
    """A step after which nothing can be built."""
    MISTAKES.append(change)
    return step(change)


def growing(change: Callable[[World], object]) -> Callable[[World], object]:
    """A step after which every build has more to do."""
    GROWING.append(change)
    return step(change)


# Cases


def _header(world: World, name: str, label: str, value: object) -> None:
    """Give a case a value in its header, in the place of the one that it has."""
    world.replace(name, f"(?m)^{label}: .*\n", "")
    world.replace(name, "(?m)^批次: ", f"{label}: {value}\n批次: ")


def _movable(world: World) -> list[str]:
    """The cases to which nobody's link leads."""
    return [name for name in world.files("cases/**/*.md") if Path(name).name not in ("a.md", "b.md")]


@growing
def a_case_comes(world: World) -> None:
    number, chance = world.new(), world.chance
    values = {"theme": chance.choice(THEMES), "region": chance.choice(REGIONS[:3]), "batch": chance.choice(("第一批", "第三批"))}
    text = case_text(f"新来的第{number}个", **values, body=f"{sentence(world)}\n\n- 一条\n- 又一条\n\n[见甲](a.md)。")
    world.write(f"cases/n{number}.md", text.replace("digest", chance.choice(("digest", "full"))))


@step
def a_body_changes_and_the_site_alone_is_made(world: World) -> None:
    name = world.case()
    world.write(name, f"{world.read(name)}\n{sentence(world)}\n")
    world.first = "site"


@step
def a_mark_changes(world: World) -> None:
    world.replace(world.case(), "。(?!.*。)", "！")


@step
def a_title_changes(world: World) -> None:
    world.replace(world.case(), "(?m)^标题: .*$", f"标题: 改过的第{world.new()}个")


@step
def a_theme_changes(world: World) -> None:
    world.replace(world.case(), "(?m)^主题: .*$", f"主题: {world.chance.choice(THEMES)}")


@step
def a_header_says_more(world: World) -> None:
    value = world.chance.choice(
        (("获奖等次", "二等奖"), ("获奖等次", "三等奖"), ("撰写人", "[王二]"), ("撰写人", "[李三, 王一]"), ("学段", "小学"))
    )
    _header(world, world.case(), *value)


@step
def a_private_word_changes(world: World) -> None:
    _header(world, world.case(), "电话", world.new())


@step
def a_case_is_renamed(world: World) -> None:
    name = Path(world.chance.choice(_movable(world)))
    (world.folder / name).rename(world.folder / name.with_name(f"r{world.new()}.md"))


@step
def two_cases_change_places(world: World) -> None:
    one, other = world.chance.sample(world.files("cases/*.md"), 2)
    texts = world.read(one), world.read(other)
    world.write(one, texts[1])
    world.write(other, texts[0])


@step
def a_case_moves_into_a_folder(world: World) -> None:
    """With its pictures; another of the same name may stay where it was."""
    number, name = world.new(), world.chance.choice([name for name in _movable(world) if name.count("/") == 1])
    text = world.read(name)
    for picture in re.findall(r"\w+\.(?:png|jpg)", text):
        world.write(f"cases/m{number}/{picture}", (world.folder / "cases" / picture).read_bytes())
    world.write(f"cases/m{number}/{Path(name).name}", text.replace("(a.md)", "(../a.md)").replace("(b.md)", "(../b.md)"))
    world.remove(name)


@step
def a_case_goes(world: World) -> None:
    world.remove(world.chance.choice(_movable(world)))


@growing
def a_body_is_copied(world: World) -> None:
    world.write(f"cases/k{world.new()}.md", world.read("cases/b.md"))
    world.replace(f"cases/k{world.count}.md", "(?m)^标题: .*$", f"标题: 抄来的第{world.count}个")


@step
def a_link_comes(world: World) -> None:
    name, other = world.chance.sample(world.files("cases/*.md"), 2)
    world.write(name, f"{world.read(name)}\n另见[那一个]({Path(other).name})。\n")


@mistake
def a_case_cannot_be_read(world: World) -> None:
    how = world.chance.choice(("no text", "no title", "the id of another one"))
    if how == "no text":
        world.write(world.case(), world.chance.randbytes(300))
    elif how == "no title":
        world.replace(world.case(), "(?m)^标题: .*\n", "")
    else:
        for name in world.chance.sample(world.files("cases/*.md"), 2):
            world.replace(name, "^---\n", "---\nid: same\n")


# Pictures


@step
def a_picture_is_replaced(world: World) -> None:
    world.write(world.one("cases/**/*.png"), picture_of(world, size=(world.chance.randrange(30, 90), 40)))


@step
def a_picture_is_replaced_and_nobody_sees_it(world: World) -> None:
    """In its place on the disk, with as many bytes and the same time."""
    path = world.folder / world.chance.choice(("cases/p.png", "cases/q.png"))
    time, (width, height) = path.stat().st_mtime_ns, Image.open(path).size
    data = picture_of(world, size=(width, height))
    assert len(data) == path.stat().st_size
    with path.open("r+b") as file:
        file.write(data)
    os.utime(path, ns=(time, time))


@step
def pictures_change_places(world: World) -> None:
    one, other = (world.folder / "cases" / name for name in ("p.png", "q.png"))
    between = one.with_name("between")
    one.rename(between), other.rename(one), between.rename(other)


@step
def a_photo_comes(world: World) -> None:
    number = world.new()
    world.write(f"cases/f{number}.jpg", picture_of(world, "JPEG"))
    _header(world, world.one("cases/*.md"), "照片", f"[{{file: f{number}.jpg, alt: 又一张, caption: 图注{number}}}]")


@step
def a_picture_is_renamed(world: World) -> None:
    number = world.new()
    world.write(f"cases/g{number}.png", (world.folder / "cases/p.png").read_bytes())
    for name in world.files("cases/*.md"):
        world.write(name, world.read(name).replace("(p.png)", f"(g{number}.png)"))


@mistake
def a_picture_goes(world: World) -> None:
    """Or half of it."""
    data = (world.folder / "cases/q.png").read_bytes()
    world.write("cases/e.md", case_text("缺图", body="![没有](q.png)"))
    world.remove("cases/q.png") if world.chance.random() < 0.5 else world.write("cases/q.png", data[:900])


@step
def the_cover_gets_a_picture(world: World) -> None:
    """Another one under the same name, with as many bytes."""
    world.write("theme/print/cover.png", picture_of(world, size=(60, 40)))


# Settings


@step
def the_collection_has_another_name(world: World) -> None:
    name = world.chance.choice(("title", "subtitle", "publisher", "book.title", "book.subtitle"))
    world.set(name, f"第{world.new()}案例库")


@step
def the_date_changes(world: World) -> None:
    world.turn("date", "2026年5月", "2026年6月", "2026年7月")


@step
def the_site_has_an_address(world: World) -> None:
    world.turn("address", "https://example.org/anli/", "https://example.com/")


@step
def a_field_is_declared_otherwise(world: World) -> None:
    world.set("fields.school", {"label": f"学校名{world.new()}", "aliases": ["单位"]})
    world.turn(world.chance.choice(("fields.stage.facet", "fields.phone.private", "fields.authors.facet")), True, False)


@step
def a_field_comes(world: World) -> None:
    world.set(f"fields.extra{world.new()}", {"label": f"另项{world.count}", "facet": True})
    _header(world, world.case(), f"另项{world.count}", "一个值")


@step
def a_vocabulary_stands_beside(world: World) -> None:
    world.turn("fields.usual", {"label": "通用主题", "kind": "choice", "from": "theme", "taxonomy": "standard", "facet": True}, None)


@step
def a_word_has_another_name(world: World) -> None:
    mine = {"label": "自己的主题", "aliases": [f"别名{world.new()}"], "slug": world.chance.choice(("mine", "own"))}
    world.set("fields.theme.choices", [*THEMES[:3], mine])


@step
def a_place_is_declared(world: World) -> None:
    world.set("places", [{"name": "新城", "parent": world.chance.choice(("江苏省", "山东省")), "aliases": [f"新区{world.new()}"]}])
    world.replace(world.case(), "(?m)^地区: .*$", "地区: 新城")


@mistake
def the_settings_are_wrong(world: World) -> None:
    if world.chance.random() < 0.5:
        world.set("fields.theme", {"choices": ["只有这个"]})
    else:
        world.write("cases/collection.yml", world.read("cases/collection.yml") + "\nbook: [")


# Books


@step
def a_book_is_of_another_profile(world: World) -> None:
    world.turn("book.profile", "big16", "std16", "a4")


@step
def a_profile_changes(world: World) -> None:
    for name in ("big16", "std16", "a4"):
        text = (ROOT / "theme" / "print" / "profiles" / f"{name}.yml").read_text("utf-8")
        world.write(f"theme/print/profiles/{name}.yml", f"{text}\nnote: {{size: {7 + world.new() % 20 / 10}}}\n")


@step
def a_book_has_other_parts(world: World) -> None:
    world.turn("book.parts", "theme", "batch", "none")


@step
def a_book_is_made_otherwise(world: World) -> None:
    name, *values = world.chance.choice((("book.cover", "band", "seal", "slip"), ("book.omit", ["扉页"], ["目录"], ["版权页"], [])))
    world.turn(name, *values)


@step
def the_selection_changes(world: World) -> None:
    only = world.chance.choice(("theme=作业管理", "batch=第二批"))
    omit = {"omit": ["扉页", "目录", "封面"], "indexes": []}
    world.set("books", [{"name": world.chance.choice(("some", "other")), "title": "选编", "only": [only], **omit}])


@growing
def a_book_goes_to_the_press(world: World) -> None:
    """In the inks of the print shop, whose profile may change as well, on a paper, bound and folded; the next time it does not."""
    if "editions" in world.setting("books")[0]:
        world.set("books", [{**world.setting("books")[0], "editions": ["screen"]}])
        return
    profile = bytearray(general_profile().data)
    profile[35] = world.new() % 60  # the second in which it was made
    world.write("theme/print/shop.icc", bytes(profile))
    how = {"paper": {"name": f"纸{world.new()}", "weight": 80, "bulk": 1.3}, "binding": world.chance.choice(("平装", "精装")), "signature": 4}
    world.set("books", [{**world.setting("books")[0], "editions": ["screen", "print"], "color_profile": "shop.icc", **how}])


@step
def the_preface_changes(world: World) -> None:
    world.write("content/book/preface.md", f"{world.read('content/book/preface.md')}\n{sentence(world)}\n")


@step
def an_appendix_comes_or_goes(world: World) -> None:
    name = "content/book/appendix-1-more.md"
    if world.has(name):
        world.remove(name)
    else:
        world.write("content/book/p.png", picture_of(world))
        world.write(name, f"# 附录\n\n{sentence(world)}\n\n![图](p.png)\n")


@step
def a_committee_is_named(world: World) -> None:
    world.set("book.committee", [{"主编": [f"王{world.chance.choice('一二三四')}"]}])


# What it looks like


def _own(world: World, name: str, change: Callable[[str], str]) -> None:
    """Change the collection's own copy of a file of the theme, made now if there is none."""
    if not world.has(f"theme/{name}"):
        world.write(f"theme/{name}", (ROOT / "theme" / name).read_bytes())
    world.write(f"theme/{name}", change(world.read(f"theme/{name}")))


@step
def a_template_of_pages_changes(world: World) -> None:
    name = world.chance.choice(("case.html", "home.html", "group.html"))
    _own(world, f"pages/{name}", lambda text: f"{text}<p>第{world.new()}次改</p>\n")


@step
def a_template_of_books_changes(world: World) -> None:
    _own(world, "print/case-end.html", lambda text: f"{text}<p>第{world.new()}次改</p>\n")


@step
def a_template_of_phones_changes(world: World) -> None:
    name, old, new = world.chance.choice(
        (
            ("case.html", "</h1>", f"{world.new()}</h1>"),
            ("cover.svg", r'height="1600" fill="#\w+"', f'height="1600" fill="#ffff{10 + world.new() % 80}"'),
            ("style.css", r"\Z", f"h1 {{ margin: {world.new()}px }}\n"),
        )
    )
    _own(world, f"epub/{name}", lambda text: re.sub(old, lambda _: new, text, count=1))


@step
def a_style_of_books_changes(world: World) -> None:
    _own(world, "print/case.css", lambda text: f"{text}\nh1 {{ margin-bottom: {world.new()}pt }}\n")


@step
def a_style_of_pages_changes(world: World) -> None:
    world.write("theme/styles/home.css", f"body {{ margin: {world.new()}px }}\n")


@step
def a_script_changes(world: World) -> None:
    _own(world, "scripts/marks.js", lambda text: f"{text}\n// {world.new()}\n")


@step
def the_frame_of_the_site_changes(world: World) -> None:
    number = world.new()
    world.write("theme/site/partials/logo.html", f"<b>标{number}</b>")
    world.write("theme/site/assets/favicon.svg", f"<svg xmlns='http://www.w3.org/2000/svg'><!-- {number} --></svg>")


@step
def the_theme_is_ours_again(world: World) -> None:
    for name in ("pages", "styles", "scripts", "site"):
        if world.has(f"theme/{name}"):
            world.remove(f"theme/{name}")


@mistake
def a_template_is_broken(world: World) -> None:
    world.write(world.chance.choice(("theme/pages/case.html", "theme/print/cases.html", "theme/site/partials/logo.html")), "{% broken %}")


# Faces


@step
def a_font_is_replaced(world: World) -> None:
    """By one of the same name and size whose outlines stand elsewhere, with the same time."""
    path = world.folder / "theme/fonts/宋体.ttf"
    time = path.stat().st_mtime_ns
    path.write_bytes(font_of("Song", 10 * world.new()))
    os.utime(path, ns=(time, time))


@step
def a_font_has_fewer_characters(world: World) -> None:
    world.write("theme/fonts/宋体.ttf", font_of("Song", 0, world.chance.choice(("甲乙", "。", "校", "“”"))))


@step
def a_font_comes_or_goes(world: World) -> None:
    name = world.chance.choice(("theme/fonts/小标宋.ttf", "theme/fonts/黑体.ttf", "theme/fonts/楷体.ttf"))
    world.remove(name) if world.has(name) else world.write(name, font_of("More", 60))


@step
def faces_are_looked_for_otherwise(world: World) -> None:
    bold = "bold: 0" if "bold: 700" in world.read("theme/print/faces.yml") else "bold: 700"
    world.write("theme/print/faces.yml", re.sub(r"bold: \d+", bold, world.read("theme/print/faces.yml")))


@mistake
def a_font_is_none(world: World) -> None:
    world.write("theme/fonts/仿宋.ttf", world.chance.randbytes(500))


# The site


@step
def a_page_of_prose_changes(world: World) -> None:
    name = world.chance.choice(("about", "index"))
    world.write(f"content/{name}.md", f"{world.read(f'content/{name}.md')}\n{sentence(world)}\n")


@step
def a_page_comes_or_goes(world: World) -> None:
    if world.has("content/more.md"):
        world.remove("content/more.md")
        world.replace("mkdocs.yml", "  - 更多: more.md\n", "")
    else:
        world.write("content/more.md", f"# 更多\n\n{sentence(world)}\n")
        world.replace("mkdocs.yml", "  - 关于", "  - 更多: more.md\n  - 关于")


@step
def a_name_in_the_navigation_changes(world: World) -> None:
    """In a file of its own, of which mkdocs.yml says nothing: the name that the page gives itself."""
    world.replace("mkdocs.yml", r"  - \S+: about.md", "  - about.md")
    world.write("content/about.md", re.sub("(?m)^title: .*$|^# .*$", "", world.read("content/about.md")) + f"\n# 关于{world.new()}\n")


@step
def a_setting_of_mkdocs_changes(world: World) -> None:
    text = re.sub("(?m)^copyright: .*\n", "", world.read("mkdocs.yml"))
    world.write("mkdocs.yml", f"{text.rstrip()}\ncopyright: 版权{world.new()}\n")


# Time, and accidents


@step
def all_is_as_it_was_once(world: World) -> None:
    world.go_to(world.chance.choice(world.past))


@step
def every_file_is_touched(world: World) -> None:
    for name in world.state():
        os.utime(world.folder / name)


@step
def what_was_built_is_damaged(world: World) -> None:
    _damage(world, "build/[bs]*/**/*", 12)
    world.write("build/site/cases/stranger.html", "外人")


@step
def what_was_kept_is_damaged(world: World) -> None:
    _damage(world, "build/.cache/**/*", len(world.files("build/.cache/**/*")) // 2)


def _damage(world: World, pattern: str, number: int) -> None:
    """Take away, cut, or empty so many files; which of them is no chance of the world's own, for their names may differ."""
    chance = random.Random(world.new())
    for name in chance.sample(world.files(pattern), number):
        path, how = world.folder / name, chance.randrange(3)
        path.unlink() if how == 0 else path.write_bytes(path.read_bytes()[:-7] if how == 1 else b"")


@step
def the_folder_moves(world: World) -> None:
    folder = world.folder.with_name(f"moved-{world.new()}")
    world.folder.rename(folder)
    world.folder = folder
