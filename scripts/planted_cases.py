"""Planted cases: generated ones among which some were copied in known ways, to measure how many of them are found.

    python scripts/planted_cases.py FOLDER NUMBER

Sentences are put together from thousands of made-up words, by their frequency as in real text, so that two cases that have nothing
to do with each other share what real ones share: words, set expressions, and the phrases of official documents.
The same number always gives the same cases.
"""

import argparse
import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

PHRASES = (
    "深入贯彻落实中共中央办公厅、国务院办公厅《关于进一步减轻义务教育阶段学生作业负担和校外培训负担的意见》",
    "坚持以习近平新时代中国特色社会主义思想为指导", "全面贯彻党的教育方针，落实立德树人根本任务", "培养德智体美劳全面发展的社会主义建设者和接班人",
    "切实减轻学生过重的作业负担和校外培训负担", "着眼建设高质量教育体系，强化学校教育主阵地作用", "构建教育良好生态，有效缓解家长焦虑情绪",
    "促进学生全面发展、健康成长", "坚持学生为本、回应关切，遵循教育规律", "充分发挥学校的育人主阵地作用", "不断增强人民群众的教育获得感",
    "形成了家庭、学校、社会协同育人的良好局面", "取得了阶段性的明显成效，得到了家长和社会的广泛认可", "为办好人民满意的教育贡献力量",
    "结合学校实际，制定了切实可行的实施方案", "成立了以校长为组长的工作领导小组",
)  # fmt: skip
KINDS = ("verbatim", "kept-80", "kept-50", "reordered", "changed", "digest", "merged", "paraphrased")
"""How a copy was made: as it is, with four fifths or half of its sentences kept, its paragraphs in another order, its names and
numbers changed, a fifth of a long case, the halves of two cases, most words put otherwise (which no run of characters tells)."""
_JOINS = ("的", "的", "了", "和", "在", "把", "对", "与", "从", "为", "以", "让", "，", "，", "，", "、")
_NAME, _NUMBER = "\ue000", "\ue001"  # a person, a number: filled in for each case


@dataclass(frozen=True)
class Planted:
    """Bodies of cases, and the copies among them: kind, place of the copy, place of what it was made of."""

    bodies: tuple[str, ...]
    copies: tuple[tuple[str, int, int], ...]


class Writer:
    """Writes sentences from one stock of words."""

    def __init__(self, chance: random.Random, words: int = 9000, expressions: int = 4000) -> None:
        self.chance = chance
        signs = [bytes((high, low)).decode("gb2312", "ignore") for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF)]
        signs = [sign for sign in signs if sign]
        self.words = ["".join(chance.choices(signs, k=chance.choice((1, 2, 2, 2, 2, 2, 3)))) for _ in range(words)]
        self.sums = list(accumulate(1 / (nth + 12) for nth in range(words)))
        self.expressions = ["".join(chance.choices(self.words, cum_weights=self.sums, k=chance.randint(3, 6))) for _ in range(expressions)]
        self.weights = list(accumulate(1 / (nth + 25) for nth in range(expressions)))
        self.other = dict(zip(self.words, chance.sample(self.words, words), strict=True))

    def sentence(self) -> list[str]:
        """The words of a sentence of 20 to 60 characters."""
        chance = self.chance
        if chance.random() < 0.06:
            return [chance.choice(PHRASES), "。"]
        out: list[str] = []
        for word in chance.choices(self.words, cum_weights=self.sums, k=chance.randint(7, 18)):
            out.append(word)
            roll = chance.random()
            if roll < 0.4:
                out.append(chance.choice(_JOINS))
            elif roll < 0.46:
                out.append(chance.choices(self.expressions, cum_weights=self.weights)[0])
            elif roll < 0.5:
                out += (_NUMBER, chance.choice("名个次项节份"))
            elif roll < 0.53:
                out.append(f"{_NAME}老师")
        while out[-1] in _JOINS:
            out.pop()
        return [*out, "。"]

    def text(self, characters: int) -> list[list[list[str]]]:
        """Paragraphs of sentences of words, about so many characters."""
        out: list[list[list[str]]] = []
        while sum(len(word) for part in out for sentence in part for word in sentence) < characters:
            out.append([self.sentence() for _ in range(self.chance.randint(3, 6))])
        return out

    def paraphrased(self, text: list[list[list[str]]]) -> list[list[list[str]]]:
        return [[[self.other.get(word, word) if self.chance.random() < 0.7 else word for word in each] for each in part] for part in text]

    def filled(self, text: list[list[list[str]]]) -> str:
        """A text as it is written, with names and numbers of its own."""
        names = ["".join(self.chance.choices(self.words, k=2))[:3] for _ in range(4)]
        out = "\n\n".join("".join("".join(each) for each in part) for part in text)
        parts = out.split(_NAME)
        out = parts[0] + "".join(self.chance.choice(names) + part for part in parts[1:])
        parts = out.split(_NUMBER)
        return parts[0] + "".join(str(self.chance.randint(2, 3000)) + part for part in parts[1:])


def planted(number: int, each: int = 40, kinds: Sequence[str] = KINDS, seed: int = 1, lengths: tuple[int, int] = (1400, 3200)) -> Planted:
    """So many cases, of which `each` of every kind are copies; the rest have nothing to do with one another."""
    chance = random.Random(seed)
    writer = Writer(chance)
    originals = number - each * len(kinds)
    texts = [writer.text(chance.randint(*lengths)) for _ in range(originals)]
    bodies = [writer.filled(text) for text in texts]
    free = list(range(originals))
    chance.shuffle(free)
    copies: list[tuple[str, int, int]] = []
    for kind in kinds:
        for _ in range(each):
            source = free.pop()
            copies.append((kind, len(bodies), source))
            if kind == "merged":
                copies.append((kind, len(bodies), free[-1]))
            bodies.append(_copied(writer, kind, bodies[source], texts[source], bodies[free.pop()] if kind == "merged" else ""))
    return Planted(tuple(bodies), tuple(copies))


def _copied(writer: Writer, kind: str, body: str, text: list[list[list[str]]], other: str) -> str:
    chance, parts = writer.chance, body.split("\n\n")
    if kind in ("kept-80", "kept-50"):
        kept = 0.8 if kind == "kept-80" else 0.5
        sentences = [[each + "。" for each in part.split("。") if each] for part in parts]
        flat = [each for part in sentences for each in part]
        gone = set(chance.sample(range(len(flat)), round(len(flat) * (1 - kept))))
        new = (writer.filled([[writer.sentence()]]) if at in gone else each for at, each in enumerate(flat))
        return "\n\n".join("".join(next(new) for _ in part) for part in sentences)
    if kind == "reordered":
        chance.shuffle(parts)
        return "\n\n".join(parts)
    if kind == "changed":
        return writer.filled(text)
    if kind == "digest":
        sentences = [each + "。" for each in body.replace("\n\n", "").split("。") if each]
        return "".join(sentences[at] for at in sorted(chance.sample(range(len(sentences)), max(6, len(sentences) // 5))))
    if kind == "merged":
        others = other.split("\n\n")
        return "\n\n".join([*parts[: len(parts) // 2], *others[len(others) // 2 :]])
    return writer.filled(writer.paraphrased(text)) if kind == "paraphrased" else body


def fill(folder: Path, number: int, each: int = 40) -> Planted:
    """Write a planted set into a collection's `cases/` folder: `c-1.md`, `c-2.md`, …"""
    folder.mkdir(parents=True, exist_ok=True)
    made = planted(number, each)
    for nth, body in enumerate(made.bodies, 1):
        header = (
            f"id: c-{nth}\ntitle: 第{nth}种做法\nregion: 江苏省常州市\nschool: 第{nth}小学（生成）\ntheme: 课后服务\nbatch: 第{nth % 5 + 1}批"
        )
        (folder / f"c-{nth}.md").write_text(f"---\n{header}\nsummary: 一句话。\nform: full\n---\n\n{body}\n", "utf-8")
    return made


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("number", type=int)
    arguments = parser.parse_args()
    for copy in fill(arguments.folder, arguments.number).copies:
        print(*copy)
