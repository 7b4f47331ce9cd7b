"""Generated cases for benchmarks and tests: plainly artificial, but of the length, words and shape of real ones.

    python scripts/generate_cases.py FOLDER NUMBER [--characters 2500] [--vocabulary DICTIONARY]

The same number always gives the same files. Sentences are put together from small lists, so that the vocabulary is
that of the field and no sentence is anybody's. Search is measured with a dictionary of words and their frequencies
(one `word frequency …` a line): then most sentences are drawn from it, as various in their characters as real text.
"""

import argparse
import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from casepress.facts.places import gazetteer
from casepress.values.fields import Place

THEMES = "课后服务 作业管理 课堂提质 科学教育 校本教研 身心健康 教师减负 评价改革 家校社协同 教育督导".split()
BATCHES = "第一批 第二批 第三批 第四批 第五批".split()
AWARDS = "特等奖 一等奖 二等奖 三等奖 优秀奖".split()
WHO = "学校 教研组 年级组 班主任 备课组 家长委员会 少先队 教导处 后勤处 体育组 美术组 社团导师 志愿者 任课教师 区教研室".split()
WHEN = "每学期初 每周三下午 开学第一周 期中前后 放学以后 寒暑假里 每月末 课间 试行一年后 新学年开始时".split()
DOES = "梳理 公布 修订 试行 记录 调整 分析 研究 推行 评议 汇总 展示 检查 改进 征集".split()
WHAT = (
    "作业清单 分层练习 弹性离校办法 课程菜单 活动场地安排 学生成长档案 错题档案 实验器材目录 阅读书单 劳动任务单 "
    "听评课记录 家长意见表 科普讲座计划 社团章程 午休管理办法 STEAM项目手册 心理健康课程 AB岗轮换表 资源包 题库"
).split()
SO = (
    "教师心里更有数 学生有了自己支配的时间 家长看得见变化 各班之间的差别小了 重复的事务少了 课堂留出了讨论的时间 "
    "问题能在当天解决 经验可以在全区推广 数据每周都能核对 参加活动的人多了"
).split()
LINKS = "同时 随后 为此 在这个基础上 从实际出发 经过讨论 一个月后 与此相应".split()
HEADINGS = ("背景", "做法", "成效", "思考")


@dataclass(frozen=True)
class Vocabulary:
    """Words and the running sum of their frequencies."""

    words: tuple[str, ...]
    sums: tuple[int, ...]


def vocabulary(dictionary: Path) -> Vocabulary:
    """The words of a dictionary file: `word frequency`, whatever follows, one a line."""
    rows = [line.split() for line in dictionary.read_text("utf-8").splitlines()]
    rows = [row for row in rows if len(row) > 1 and row[1].isdecimal()]
    return Vocabulary(tuple(row[0] for row in rows), tuple(accumulate(int(row[1]) for row in rows)))


def sentence(chance: random.Random, known: Vocabulary | None = None) -> str:
    """One sentence of 25 to 70 characters; with a vocabulary, five of six are drawn from it."""
    if known and chance.random() < 5 / 6:
        words = chance.choices(known.words, cum_weights=known.sums, k=chance.randint(10, 26))
        for at in range(chance.randint(5, 8), len(words) - 3, chance.randint(6, 9)):
            words[at] += chance.choice("，，，，、；：")
        return "".join(words) + chance.choice("。。。。。！？")
    shapes = (
        "{who}{when}{does}{what}，{so}。",
        "{link}，{who}把{what}和{what2}放在一起{does}，{so}。",
        "{when}，{n}名教师分成{m}个小组，{does}{what}{k}份；{who}负责核对，{so}。",
        "“{what}”由{who}{does}，全校{n}个班参加，占{p}%。",
        "{who}先{does}{what}，再{does2}{what2}：一要有人管，二要有记录，三要能改正。",
        "参加“5+2”服务的学生有{k}人，平均每人每周{m}次，费用每生每学期{n}元。",
    )
    return chance.choice(shapes).format(
        who=chance.choice(WHO), when=chance.choice(WHEN), link=chance.choice(LINKS), so=chance.choice(SO),
        what=chance.choice(WHAT), what2=chance.choice(WHAT), does=chance.choice(DOES), does2=chance.choice(DOES),
        n=chance.randint(12, 680), m=chance.randint(2, 9), k=chance.randint(20, 1800), p=chance.randint(35, 99),
    )  # fmt: skip


def body(chance: random.Random, characters: int, known: Vocabulary | None = None) -> str:
    """A body of about so many characters under four headings."""
    parts = []
    for heading in HEADINGS:
        parts.append(f"## {heading}")
        left = characters // len(HEADINGS)
        while left > 0:
            paragraph = "".join(sentence(chance, known) for _ in range(chance.randint(3, 6)))
            parts.append(paragraph)
            left -= len(paragraph)
    return "\n\n".join(parts)


def case(number: int, counties: Sequence[Place], characters: int = 2500, form: str = "full", known: Vocabulary | None = None) -> str:
    """The text of one case file; its school lies in one of the counties."""
    chance = random.Random(number)
    place = counties[(number * 7919) % len(counties)]
    school = f"{place.name}第{number}小学（生成）"
    title = f"{chance.choice(WHEN)}{chance.choice(DOES)}{chance.choice(WHAT)}的第{number}种做法"
    if known:
        title = "".join(chance.choices(known.words, cum_weights=known.sums, k=3)) + title
    return (
        f"---\nid: gen-{number}\ntitle: {title}\nregion: {place.full_name}\nschool: {school}\n"
        f"theme: {chance.choice(THEMES)}\nbatch: {chance.choice(BATCHES)}\naward: {chance.choice(AWARDS)}\nform: {form}\n"
        f"summary: {sentence(chance, known)}\n---\n\n{body(chance, characters, known)}\n"
    )


def fill(folder: Path, number: int, characters: int = 2500, form: str = "full", known: Vocabulary | None = None) -> None:
    """Write so many cases into a collection's `cases/` folder."""
    folder.mkdir(parents=True, exist_ok=True)
    counties = [place for place in gazetteer().places.values() if len(place.path) == 3]
    for n in range(1, number + 1):
        (folder / f"gen-{n}.md").write_text(case(n, counties, characters, form, known), "utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("number", type=int)
    parser.add_argument("--characters", type=int, default=2500)
    parser.add_argument("--vocabulary", type=Path)
    arguments = parser.parse_args()
    known = vocabulary(arguments.vocabulary) if arguments.vocabulary else None
    fill(arguments.folder, arguments.number, arguments.characters, known=known)
