"""Manuscripts for a second proof: invented cases with all that makes pages hard to set, each number always the same.

    python tests/manuscripts.py FOLDER NUMBER [PHOTOS]

Photos (pairs of landscapes, upright ones, panoramas, small ones), tables of 3 to 12 columns, 1 to 12 authors, addresses in
text and notes, notes in headings and cells, titles of up to 60 characters with Latin words, 学年度 and ——, units of 3 to 30
characters. Plainly an example: every school says so, and no sentence is anybody's.
"""

import io
import random
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from PIL import Image, ImageDraw

import generate_cases
from conftest import write_files

SETTINGS = """title: 二校样张案例库（虚构）
subtitle: 全部案例都是生成的
book:
  parts: theme
  omit: [封面]
  winners: yes
"""
# Name: pixels, and what a caption says; the first letter is the kind. Their bytes are their own.
PHOTOS = {
    **{f"h{n}": (1600, 1200) for n in range(6)},
    **{f"b{n}": (1600, 900) for n in range(3)},
    **{f"u{n}": (900, 1200) for n in range(4)},
    **{f"t{n}": (900, 1600) for n in range(2)},
    "p0": (1800, 600),
    "s0": (560, 420),
}
THEMES = ("课后服务", "作业管理", "课堂提质", "科学教育", "校本教研", "家校社协同与社区资源统筹", "教师减负")
WORDS = ("STEAM", "Scratch 3.0", "AI+教育", "5G", "Open Lesson", "KWL", "PISA", "PBL", "Moodle 平台", "iPad", "A/B 班", "GB/T 9704", "QQ 群")
ADDRESSES = (
    "https://www.example.com/",
    "https://www.example.edu.cn/kehou/2023-2024/fuwu/index.html?school=0412&term=2#anpai",
    "http://jy.example.gov.cn/art/2024/9/1/art_1229_5873.html",
    "https://zh.example.org/wiki/课后服务（试行）",
    "https://资源.example.cn/下载/第三批典型案例汇编.pdf",
    "keyan_zu@example-school.cn",
)
FAMILY, GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨", "明华秀英伟芳敏静丽强磊军洋勇艳杰娟涛超兰霞平刚桂文"
NAMES = ("阿依古丽·买买提", "努尔比亚·阿卜杜拉", "欧阳文秀", "巴特尔", "司马静", "扎西次仁")
PLACES = ("江苏省常州市武进区", "宁夏回族自治区银川市", "湖南省株洲市", "新疆维吾尔自治区喀什地区", "北京市", "四川省成都市武侯区", "海南省")
UNITS = (
    "示例小学", "示例一中", "示例幼儿园", "样张市第三小学（虚构）", "示例区教师发展中心", "示例县示例镇中心小学（生成）",
    "示例市示例区实验小学教育集团东校区", "示例自治州示例市第十二中学义务教育课后服务课题组", "示例师范大学附属实验学校（九年一贯制）城北分校小学部（虚构）",
    "示例", "样张镇小",
)  # fmt: skip
TITLES = (
    "{does}{what}", "“{what}”的{n}年", "{what}与{what2}：一所学校的{n}个学年度",
    "基于 {word} 的{what}{does}实践——以示例区 2023—2024 学年度为例",
    "从“有人管”到“有人教”——{what}视角下区域课后服务供给机制的{n}年探索（2019—2024 学年度）",
    "{word} 进课堂：{what}", "少一点，好一点——{what}{does}的校本路径", "小{what}，大文章",
    "让每一个孩子在 {word} 里找到自己：示例区统筹{what}、{what2}与家校社协同育人的 12 条具体做法——2022—2023 学年度报告",
    "“双减”背景下{what}的{does}与思考",
)  # fmt: skip
HEADINGS = (
    "背景", "做法", "一、为什么要改", "二、怎么改", "（一）摸清底数，分清责任", "成效", "三、几点体会与下一步打算", "思考",
    "从一张表开始：把全校教师每周的时间算清楚，再谈减负", "引进 {word} 之后",
)  # fmt: skip
_SPACED = re.compile(r"(?<=[一-龥]) (?=[一-龥])")
HEADS = "年级 人数 班级数 周课时 参与率（%） 满意度（%） 经费（元） 负责人 地点 起止时间 备注 学期".split()


def drawing(name: str) -> bytes:
    """A photo as far as its size goes: ground, hills and a sun, in colours of its own."""
    (width, height), number = PHOTOS[name], list(PHOTOS).index(name)
    image = Image.new("RGB", (width, height), (170 + number * 4, 200, 235 - number * 5))
    pen = ImageDraw.Draw(image)
    pen.ellipse((width * 0.7, height * 0.1, width * 0.7 + height * 0.15, height * 0.25), fill=(240, 200, 90 + number * 5))
    for n in range(4):
        top = height * (0.45 + 0.13 * n)
        pen.polygon([(0, top), (width * (0.2 + n * 0.17), top - height * 0.12), (width, top + height * 0.05), (width, height), (0, height)],
                    fill=(60 + n * 25, 120 + number * 5 - n * 15, 70))  # fmt: skip
    out = io.BytesIO()
    image.save(out, "JPEG", quality=40)
    return out.getvalue()


class _Writer:
    """Writes one case, with the chances of its number."""

    def __init__(self, number: int, photos: float = 1.0) -> None:
        self.number, self.chance, self.photos = number, random.Random(f"second proof {number}"), photos
        self.notes: list[str] = []
        self.pictures = 0

    def filled(self, shape: str) -> str:
        chance = self.chance
        return shape.format(
            what=chance.choice(generate_cases.WHAT), what2=chance.choice(generate_cases.WHAT), does=chance.choice(generate_cases.DOES),
            word=chance.choice(WORDS), n=chance.choice("二三四五六七八九"),
        )  # fmt: skip

    def name(self) -> str:
        chance = self.chance
        if chance.random() < 0.15:
            return chance.choice(NAMES)
        return chance.choice(FAMILY) + "".join(chance.choices(GIVEN, k=chance.choice((1, 2, 2, 2))))

    def title(self) -> str:
        return self.filled(self.chance.choice(TITLES))[:60].rstrip("—（“：、 ")

    def sentence(self) -> str:
        chance = self.chance
        if chance.random() < 0.55:
            return generate_cases.sentence(chance)
        shapes = (
            "2023—2024 学年度，{who}引进 {word}，与原有的《{what}》并用，学生周均作业时间由 {k} 分钟降到 {m} 分钟（降幅 {p}.{m}%）。",
            "{name}老师说：“先把{what}做好，再谈 {word}。”",
            "有关材料见 {url} ，其中《{what}（试行）》《{what2}》等 {m} 份可以下载。",
            "——这就是大家说的“{does}”：{so}，{so2}……",
            "对此，{who}有三点认识：第一，{what}要{does}；第二，{what2}不能少；第三，{word} 只是工具。",
            "这一年里，{name}、{name2}和{name3}等 {m} 人参加，累计 {k} 课时，人均 {p}.5 课时；{so}。",
            "{what}{does}以后，{so}。",
        )
        made = chance.choice(shapes).format(
            who=chance.choice(generate_cases.WHO), so=chance.choice(generate_cases.SO), so2=chance.choice(generate_cases.SO),
            what=chance.choice(generate_cases.WHAT), what2=chance.choice(generate_cases.WHAT), does=chance.choice(generate_cases.DOES),
            word=chance.choice(WORDS), url=chance.choice(ADDRESSES), name=self.name(), name2=self.name(), name3=self.name(),
            k=chance.randint(90, 1800), m=chance.randint(2, 60), p=chance.randint(3, 98),
        )  # fmt: skip
        return made

    def marked(self, words: str) -> str:
        """Words with a note, whose text is kept for the end."""
        chance = self.chance
        name = f"n{len(self.notes) + 1}"
        kinds = (f"见 {chance.choice(ADDRESSES)} 。", self.sentence(), self.sentence() + self.sentence(), f"按{chance.choice(HEADS)}统计。")
        self.notes.append(f"[^{name}]: {chance.choice(kinds)}")
        return f"{words}[^{name}]"

    def paragraph(self) -> str:
        chance = self.chance
        words = "".join(self.sentence() for _ in range(chance.choice((1, 1, 2, 3, 3, 4, 5))))
        if chance.random() < 0.12:
            words = self.marked(words.rstrip("。…")) + "。"
        if chance.random() < 0.1:
            words = f"**{chance.choice(generate_cases.WHAT)}。**" + words
        return words

    def photo(self, kind: str) -> str:
        self.pictures += 1
        name = self.chance.choice([name for name in PHOTOS if name[0] in kind])
        more = "" if self.chance.random() < 0.8 else "——" + self.sentence()[:40].rstrip("，、；：“（《—")
        said = self.chance.choice(("{what}{does}现场", "学生在{what}课上", "{what}展示", "教师研讨{what}")) + more
        return f'![示意画面]({name}.jpg "{self.filled(said)}")'

    def photographs(self) -> list[str]:
        """What stands between two paragraphs: of ten, three are landscape pairs and two are upright."""
        at = self.chance.random()
        if at < 0.3:
            return [self.photo("h"), self.photo("hb")]
        return [self.photo("ut" if at < 0.5 else "p" if at < 0.56 else "s" if at < 0.62 else "hb")]

    def table(self) -> str:
        chance = self.chance
        columns = chance.randint(3, 12)
        heads = chance.sample(HEADS, columns)
        rows = []
        for row in range(chance.randint(3, 9)):
            cells = [self.cell(head, row, columns) for head in heads]
            rows.append(cells)
        if chance.random() < 0.3:
            heads[-1] = self.marked(heads[-1])
        if chance.random() < 0.3:
            rows[0][-1] = self.marked(rows[0][-1])
        title = f"表1　{self.filled('{what}{does}情况')}\n\n" if chance.random() < 0.6 else ""
        lines = [heads, ["---"] * columns, *rows]
        source = f"\n\n资料来源：{chance.choice(UNITS)}" if chance.random() < 0.3 else ""
        return title + "\n".join(f"| {' | '.join(line)} |" for line in lines) + source

    def cell(self, head: str, row: int, columns: int) -> str:
        chance = self.chance
        if head == "年级":
            return "一二三四五六七八九"[row] + "年级"
        if head in ("备注", "地点", "起止时间"):
            words = {
                "备注": self.filled("{what}由{does}组负责，{what2}另行安排"),
                "地点": "综合楼三层录播教室",
                "起止时间": "9月1日至次年1月15日",
            }[head]
            return words if columns < 7 else words[: chance.randint(3, 9)]
        if head == "负责人":
            return self.name()
        if head == "学期":
            return chance.choice(("第一学期", "2023—2024 学年度第二学期"))
        return str(chance.randint(2, 4800)) if "%" not in head else f"{chance.randint(60, 99)}.{chance.randint(0, 9)}"

    def listed(self) -> str:
        ordered = self.chance.random() < 0.4
        return "\n".join(f"{f'{n}.' if ordered else '-'} {self.sentence()}" for n in range(1, self.chance.randint(3, 6)))

    def blocks(self, is_digest: bool) -> Iterator[str]:
        chance = self.chance
        sections = 2 if is_digest else chance.randint(3, 6)
        table_at = chance.randrange(sections) if chance.random() < 0.8 else -1
        for n, heading in enumerate(chance.sample(HEADINGS, sections)):
            heading = self.filled(heading)
            yield f"{'##' if n == 0 or chance.random() < 0.7 else '###'} {self.marked(heading) if chance.random() < 0.1 else heading}"
            for _ in range(chance.randint(1, 2) if is_digest else chance.randint(1, 4)):
                yield self.paragraph()
                if chance.random() < 0.35 * self.photos:
                    yield from self.photographs()
                elif chance.random() < 0.15:
                    yield self.listed()
                elif chance.random() < 0.07:
                    yield f"> {self.sentence()}"
            if n == table_at:
                yield self.table()
                if chance.random() < 0.7:
                    yield self.paragraph()

    def case(self) -> str:
        chance, number = self.chance, self.number
        is_digest = number % 8 == 0
        title = self.title()
        people = ", ".join(self.name() for _ in range(chance.randint(1, 12)))
        unit = chance.choice(UNITS)
        body = "\n\n".join(self.blocks(is_digest))
        more = f"subtitle: {self.filled('以{what}为抓手的 {word} 实践')}\n" if chance.random() < 0.3 else ""
        more += f"summary: {self.sentence().replace(': ', '：')}\n" if chance.random() < 0.7 else ""
        more += f"award: {chance.choice(generate_cases.AWARDS)}\n" if chance.random() < 0.8 else ""
        return (
            f"---\nid: proof-{number}\ntitle: {title}（之{number}）\n{more}region: {chance.choice(PLACES)}\nschool: {unit}\n"
            f"theme: {THEMES[number * 5 % 11 % len(THEMES)]}\nbatch: 第{'一二三'[number % 3]}批\nform: {'digest' if is_digest else 'full'}\n"
            f"authors: [{people}]\n---\n\n" + _SPACED.sub("", body + "\n\n" + "\n".join(self.notes)) + "\n"
        )  # fmt: skip


def case(number: int, photos: float = 1.0) -> str:
    """The file of a case; with `photos` 2, twice as many."""
    return _Writer(number, photos).case()


def digests(numbers: Iterable[int]) -> frozenset[str]:
    """The titles of the cases among them that run on below one another."""
    texts = map(case, numbers)
    return frozenset(re.search("title: (.*)", text)[1] for text in texts if "form: digest" in text)


def write(folder: Path, numbers: Iterable[int], photos: float = 1.0) -> Path:
    """A collection of the cases of these numbers, with their photos."""
    files = {f"cases/{n:03}.md": case(n, photos) for n in numbers}
    files |= {f"cases/{name}.jpg": drawing(name) for name in PHOTOS}
    return write_files(folder, {"cases/collection.yml": SETTINGS, **files})


if __name__ == "__main__":
    write(Path(sys.argv[1]), range(1, int(sys.argv[2]) + 1), float((sys.argv[3:] or ["1"])[0]))
