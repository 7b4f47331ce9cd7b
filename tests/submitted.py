"""Submissions by the hundred: forms built in many ways, each of a school of its own, photos beside them, a summary; ten faulty in ten ways.

    PYTHONPATH=scripts:tests python tests/submitted.py FOLDER [NUMBER]

makes a collection with an inbox of so many. `FAULTS` says what must be told of it, and nothing else.
"""

import io
import random
import sys
from pathlib import Path
from unittest.mock import patch

from PIL import Image

import wordforms
import wordplants
from badfiles import BAD
from badparts import sheets
from planted_cases import Writer
from wordcase import COLLECTION, EXPECTED, SECTIONS, STAGES

# Ways that a form may be built, but for those that have the words of the one case written into them.
WAYS = [name for name in wordforms.FORMS if name.startswith("001-") and name[4:] not in (*wordplants.WAYS, "python-docx", "scattered")]
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0heicmif1" + bytes(200)
ONE_STAGE = COLLECTION.replace("stage:    {label: 学段,", "stage:    {label: 学段, many: no,")
# What is wrong: the file → words of the one problem that is told of it.
FAULTS = {
    "收件/坏了.docx": "坏了，或者没有传完",
    "收件/加密.docx": "密码",
    "收件/其实是照片.docx": "这其实是图片",
    "收件/夹带.docx": "不安全",
    "收件/~$打开着.docx": "临时文件",
    "收件/没有勾.docx": "“学段”一个也没有勾",
    "收件/勾了两个.docx": "“学段”只能选一个",
    "收件/没有单位.docx": "“学校”是空的",
    "收件/学校1的第1种做法说给大家听.heic": "HEIC",
    "收件/汇总表.xlsx": "没有对应的文件",
}
ROW = "没有交来的做法"


def form(number: int, way: str, build=None) -> bytes:
    """The form of the case of one school, built one way."""
    said = {"案例名称": f"学校{number}的第{number}种做法说给大家听", "学校": f"青禾县第{number}小学"}
    with patch.dict(EXPECTED, said), patch.dict(SECTIONS, told(number)):
        return (build or wordforms.FORMS[way])()


def told(number: int) -> dict[str, list[str]]:
    """What a school writes, something of its own, by the headings of the form."""
    writer = Writer(random.Random(number), 400, 100)
    return {part: [writer.filled([[writer.sentence(), writer.sentence()]]) for _ in texts] for part, texts in SECTIONS.items()}


def title(number: int) -> str:
    return f"学校{number}的第{number}种做法说给大家听"


def photo(number: int, size: tuple[int, int]) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").point(lambda value: (value + number * 7) % 256).save(out, "JPEG", quality=85)
    return out.getvalue()


def inbox(number: int, size: tuple[int, int] = (320, 240)) -> dict[str, bytes]:
    """The files of an inbox with so many forms, three of them faulty, and seven other faults; every third school sends a photo."""
    files: dict[str, bytes] = {}
    for n in range(1, number - 2):
        files[f"申报表{n}.docx"] = form(n, WAYS[n % len(WAYS)])
        if n % 3 == 0:
            files[f"{title(n)}-活动.jpg"] = photo(n, size)
    files["没有勾.docx"] = form(number - 2, "", no_tick)
    files["勾了两个.docx"] = form(number - 1, "", lambda: wordforms.twice("w14")())
    files["没有单位.docx"] = form(number, "", wordforms.FAULTY["no-value"][0])
    files |= {"坏了.docx": BAD["truncated"].make(), "加密.docx": BAD["encrypted"].make(), "其实是照片.docx": BAD["jpg-as-docx"].make()}
    files |= {"夹带.docx": BAD["entities"].make(), "~$打开着.docx": BAD["lock-file"].make()}
    files[f"{title(1)}.heic"] = HEIC
    rows = [
        ["案例名称", "学校", "学段"],
        *([title(n), f"青禾县第{n}小学", "小学"] for n in range(1, number - 2)),
        [ROW, "青禾县某小学", "小学"],
    ]
    rows += [[title(n), "", ""] for n in range(number - 2, number + 1)]
    files["汇总表.xlsx"] = sheets(rows)
    return files


def no_tick() -> bytes:
    """The form on which no stage is ticked, and all else is."""
    tick = wordforms.TICKS["w14"]
    return wordforms.package(wordforms.layouts.plain(lambda word, on: tick(word, on and word not in STAGES)), wordforms.BOXES)


def collection(folder: Path, number: int, size: tuple[int, int] = (320, 240)) -> Path:
    """A collection with an inbox."""
    for name, data in {
        "cases/collection.yml": ONE_STAGE.encode(),
        **{f"收件/{key}": value for key, value in inbox(number, size).items()},
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


if __name__ == "__main__":
    print(collection(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 200, (1600, 1067)))
