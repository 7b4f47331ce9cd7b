"""Changing: a small collection that has a bit of everything, on the disk, and what changes it by chance."""

import io
import random
import re
import shutil
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import yaml
from fontTools import subset
from fontTools.ttLib import TTFont
from PIL import Image

from casepress import scaffold
from casepress.type.faces import shipped_faces
from conftest import ROOT, case_text, write_files

SETTINGS = """title: 小案例库
date: 2026年5月
publisher: 示例教育局（虚构）
book: {title: 案例汇编, parts: none, editions: [screen, word, epub], indexes: [school]}
books:
- {name: some, title: 选编, only: [theme=课后服务], omit: [扉页, 版权页, 目录, 封面], indexes: []}
fields:
  phone: {label: 电话, private: true}
places: []
"""
FULL = """## 背景

第一段有注[^1]，也有**重的**字，[见乙](b.md)。

![操场](p.png)

| 年级 | 场地 |
| --- | --- |
| 一 | 东侧 |

## 做法

第二段话。

[^1]: 注文一句。
"""
WORDS = (
    "学校重排了课表。",
    "教师分组备课，每周一次。",
    "家长来校参观。",
    "操场分作三块，轮流使用。",
    "“双减”以后，作业少了。",
    "全校有 36 个班。",
)
THEMES = ("课后服务", "作业管理", "科学教育", "自己的主题")
REGIONS = ("江苏省常州市", "山东省青岛市", "武进区", "新城")
# Few roles have a face, and small ones: the rest borrow from them. What is installed is not looked at but for symbols.
FACES = """biaosong: {label: 小标宋, weight: 900, words: [小标宋], names: [没有的字体]}
fang: {label: 仿宋, bold: 700, words: [仿宋], names: [没有的字体]}
kai: {label: 楷体, bold: 700, words: [楷], names: [没有的字体]}
hei: {label: 黑体, bold: 700, words: [黑], names: [没有的字体]}
song: {label: 宋体, bold: 700, words: [宋], names: [没有的字体]}
mono: {label: 等宽, bold: 700, words: [等宽], names: [没有的字体]}
symbols: {label: 符号, words: [符号], names: [没有的字体]}
"""


@dataclass
class World:
    """The folder of a collection, and chance. `count` makes new names, `past` are the states in which it could be built, the last of them the
    last; `first` is what is asked to be built before all is."""

    folder: Path
    chance: random.Random
    count: int = 0
    past: list[dict[str, bytes]] = field(default_factory=list)
    first: str = ""

    def new(self) -> int:
        self.count += 1
        return self.count

    def files(self, pattern: str) -> list[str]:
        return sorted(path.relative_to(self.folder).as_posix() for path in self.folder.glob(pattern) if path.is_file())

    def one(self, pattern: str) -> str:
        """One of the files of a pattern, by its path in the folder."""
        return self.chance.choice(self.files(pattern))

    def case(self) -> str:
        return self.one("cases/**/*.md")

    def has(self, name: str) -> bool:
        return (self.folder / name).exists()

    def read(self, name: str) -> str:
        return (self.folder / name).read_text("utf-8")

    def write(self, name: str, content: str | bytes) -> None:
        write_files(self.folder, {name: content})

    def remove(self, name: str) -> None:
        path = self.folder / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)

    def replace(self, name: str, old: str, new: str) -> None:
        """Put a text in the place of the first that a pattern finds in a file."""
        self.write(name, re.sub(old, lambda _: new, self.read(name), count=1))

    def set(self, name: str, value: object) -> None:
        """Write a setting of collection.yml; None takes it away. `book.cover` is one below another."""
        settings = yaml.safe_load(self.read("cases/collection.yml"))
        *above, last = name.split(".")
        place = settings
        for each in above:
            place = place.setdefault(each, {})
        place[last] = value
        if value is None:
            del place[last]
        self.write("cases/collection.yml", yaml.safe_dump(settings, allow_unicode=True, sort_keys=False))

    def setting(self, name: str) -> object:
        value = yaml.safe_load(self.read("cases/collection.yml"))
        for each in name.split("."):
            value = (value or {}).get(each)
        return value

    def turn(self, name: str, *values: object) -> None:
        """Give a setting another one of these values."""
        self.set(name, self.chance.choice([value for value in values if value != self.setting(name)]))

    def state(self) -> dict[str, bytes]:
        """Every file of the folder but what was built."""
        return {name: (self.folder / name).read_bytes() for name in self.files("**/*") if not name.startswith("build/")}

    def go_to(self, state: dict[str, bytes]) -> None:
        """Make the folder what it was, writing only what differs."""
        now = self.state()
        for name in now.keys() - state.keys():
            self.remove(name)
        write_files(self.folder, {name: data for name, data in state.items() if now.get(name) != data})


def new_world(folder: Path, seed: int) -> World:
    """A collection of four cases: one full with all that a case may have; a preface, a book by selection, small fonts."""
    scaffold.new_collection(folder)
    world = World(folder, random.Random(seed))
    for name in ("cases/example.md", "content/guide.md"):
        world.remove(name)
    world.replace("mkdocs.yml", "  - 编辑手册: guide.md\n", "")
    world.write("cases/collection.yml", SETTINGS)
    world.write(
        "cases/a.md", case_text("甲", body=FULL, summary="操场的事。").replace("digest", "full\n获奖等次: 一等奖\n电话: 8600\n撰写人: [王一]")
    )
    world.write("cases/b.md", case_text("乙", theme="作业管理", batch="第二批"))
    world.write("cases/c.md", case_text("丙", region="武进区"))
    world.write("cases/d.md", case_text("丁", theme="科学教育").replace("digest", "full\n照片: [{file: q.png, alt: 一张照片}]"))
    world.write("cases/p.png", picture_of(world))
    world.write("cases/q.png", picture_of(world))
    world.write("content/about.md", "# 关于\n\n见[甲](../cases/a.md)。\n")
    world.write("content/book/preface.md", "# 前言\n\n写几句，[见乙](../../cases/b.md)。\n")
    world.write("theme/print/faces.yml", FACES)
    world.write("theme/fonts/宋体.ttf", font_of("Song", 0))
    world.write("theme/fonts/黑体.ttf", font_of("Hei", 40))
    return world


@cache
def _characters() -> str:
    """Every character that our pages, templates and messages and these steps may show."""
    folders = (ROOT / "theme" / "print", ROOT / "theme" / "pages", ROOT / "scripts" / "casepress")
    files = [path for folder in folders for path in folder.rglob("*") if path.suffix in (".py", ".html", ".css", ".yml")]
    files.append(ROOT / "scripts" / "casepress" / "data" / "taxonomies" / "standard.csv")
    files += [Path(__file__).with_name(name) for name in ("changing.py", "steps.py", "conftest.py")]
    texts = [path.read_text("utf-8") for path in files]
    return "".join(sorted(set("".join(texts)) | set("ⅠⅡⅢ0123456789ivxlcdm")))


@cache
def _cut() -> bytes:
    """The face that this machine has for 楷体, with those characters alone."""
    source = shipped_faces().roles["kai"].faces[0].regular
    font = TTFont(source.path, fontNumber=source.index, recalcTimestamp=False)
    cutter = subset.Subsetter(subset.Options(notdef_outline=True, layout_features=[], hinting=False))
    cutter.populate(text=_characters())
    cutter.subset(font)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


@cache
def font_of(family: str, moved: int, without: str = "") -> bytes:
    """A font file of that family whose outlines are moved to the right by so many units, without some characters."""
    font = TTFont(io.BytesIO(_cut()), recalcTimestamp=False)
    font["name"].names = []
    for number, name in ((1, family), (2, "Regular"), (4, family), (6, family)):
        font["name"].setName(name, number, 3, 1, 0x409)
    for name, glyph in font["glyf"].glyphs.items():
        if moved and not font["glyf"][name].isComposite() and glyph.numberOfContours > 0:
            glyph.coordinates.translate((moved, 0))
            glyph.recalcBounds(font["glyf"])
    for table in font["cmap"].tables:
        for character in without:
            table.cmap.pop(ord(character), None)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def picture_of(world: World, kind: str = "PNG", size: tuple[int, int] = (40, 30)) -> bytes:
    """A picture of chance; those of one kind and size that are not compressed have the same number of bytes."""
    out = io.BytesIO()
    image = Image.frombytes("RGB", size, world.chance.randbytes(3 * size[0] * size[1]))
    image.save(out, kind, **({"compress_level": 0} if kind == "PNG" else {}))
    return out.getvalue()


def sentence(world: World) -> str:
    return f"{world.chance.choice(WORDS)}"
