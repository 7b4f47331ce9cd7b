"""Draws the small pictures of the guide, content/guide/*.png: `bash scripts/pictures [NAME …]`; those of the inbox are `guide_inbox`'s.

Each picture of its chapter on books shows pages of a book of a few example cases, side by side, each over the setting that made it so. A page is
found by words that must stand on it; if none has them, nothing is drawn: a picture cannot show another thing than it says.
"""

import random
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from PIL import Image, ImageDraw, ImageFont

sys.path.insert(0, str(Path(__file__).resolve().parent))

import generate_cases
import guide_inbox
from overview import book_page

HERE = Path(__file__).resolve().parents[1]
TARGET = HERE / "content" / "guide"
LABELS = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
PAPER, HAIRLINE, INK = "#efece4", "#cbc4b5", "#3a3631"
ROOM, GAP, TYPE = 300, 24, 26
"""Pixels: the width of a page, the air between pages, the labels beneath them. A picture is shown at half its size."""
ACROSS = 3
"""Pages in a row: more would be too small to see on a phone."""


@dataclass(frozen=True)
class Shot:
    """One page of a book: what is set, the label beneath it, and words that the page has."""

    label: str
    words: str
    settings: dict = field(default_factory=dict)
    edition: str = "screen"
    part: str = ""
    """`cover`: the sheet around the book instead of its pages."""
    nth: int = 0
    """Which of the pages that have the words, from 0: a divider may have them too."""
    height: float = 1.0
    """How much of the page is shown, from its head."""


COMMITTEE = {"编委会": {"主编": ["姓名甲"], "副主编": ["姓名乙", "姓名丙"], "编委": ["姓名丁", "姓名戊", "姓名己"]}}
INTERNAL = {
    "准印证号": "（示例）0000号", "编印单位": "示例市教育局", "发送对象": "本市各中小学校",
    "印刷单位": "示例印刷厂", "印刷日期": "2026年12月", "印数": "500册",
}  # fmt: skip
ISBN = {
    "ISBN": "978-7-000-00000-1", "出版社": "示例出版社", "CIP数据": "图书在版编目（CIP）数据\n示例汇编 / 示例市教育局编. -- 北京 : 示例出版社, 2026. 12\nISBN 978-7-000-00000-1\nⅠ. ①示… Ⅱ. ①示… Ⅲ. ①示例 Ⅳ. ①G00\n中国版本图书馆CIP数据核字（2026）第000000号",
    "责任编辑": "姓名甲", "责任校对": "姓名乙", "版次": "2026年12月第1版", "印次": "2026年12月第1次印刷", "定价": "50.00元",
}  # fmt: skip

PICTURES: dict[str, tuple[Shot, ...]] = {
    "cover": tuple(Shot(f"cover: {kind}", "示例汇编", {"cover": kind}) for kind in ("band", "seal", "slip")),
    "profile": tuple(
        Shot(f"profile: {name}", "第一种做法", {"profile": name, "parts": "no"}) for name in ("big16", "std16", "a4", "gongwen", "ningxia", "zhuzhou", "large")
    ),
    "parts": (
        Shot("opening: page", "课后服务", {"parts": {"by": "theme", "opening": "page"}}),
        Shot("opening: run-on", "办好家门口的学校", {"parts": {"by": "theme", "opening": "run-on"}}),
        Shot("parts: no", "办好家门口的学校", {"parts": "no"}),
    ),
    "texts": (
        Shot("1-凡例.md", "一、本书", {"parts": {"by": "theme", "opening": "page"}}),
        Shot("篇首语-作业管理.md", "这一篇", {"parts": {"by": "theme", "opening": "page"}}),
        Shot("附录1-通知.md", "附录是", {"parts": {"by": "theme", "opening": "page"}}),
    ),
    "digests": (
        Shot("columns: 1", "短文之一", {"parts": "no", "digests": {"columns": "1"}}),
        Shot("columns: 2", "短文之一", {"parts": "no", "digests": {"columns": "2"}}),
    ),
    "lists": (
        Shot("committee", "姓名丁", {"committee": COMMITTEE["编委会"]}),
        Shot("winners: yes", "获奖名单", {"winners": "yes"}),
        Shot("indexes: [theme]", "主题索引", {"indexes": ["theme"]}),
    ),
    "photos": (
        Shot("不写", "图片不写", {"parts": "no"}),
        Shot("{.half}", "图片半宽", {"parts": "no"}),
        Shot("{.full}", "图片通栏", {"parts": "no"}),
    ),
    "titles": (
        Shot("没有 ｜", "做实课后服务", {"parts": "no"}, height=0.4),
        Shot("有 ｜", "每个孩子都有舞台", {"parts": "no"}, height=0.4),
    ),
    "editions": (
        Shot("screen", "第一种做法", {"parts": "no"}),
        Shot("print", "第一种做法", {"parts": "no"}, "print"),
        Shot("print：封面", "", {}, "print", part="cover"),
    ),
    "publication": (
        Shot("web-only", "电子版", {}),
        Shot("internal", "准印证", {"publication": "internal", "imprint": INTERNAL}, "print"),
        Shot("isbn", "图书在版编目", {"publication": "isbn", "imprint": ISBN}, "print"),
    ),
}  # fmt: skip

SETTINGS = {
    "title": "示例案例库", "publisher": "示例市教育局", "date": "2026年11月", "publication": "web-only",
    "fields": {
        "batch": {"label": "批次", "kind": "ordinal", "facet": True},
        "award": {"label": "获奖等次", "kind": "rank", "facet": True},
        "theme": {"label": "主题", "kind": "choice", "facet": True},
    },
}  # fmt: skip
BOOK = {
    "title": "示例汇编",
    "subtitle": "第四批",
    "parts": {"by": "theme", "opening": "page"},
    "indexes": [],
    "omit": ["目录"],
    "digests": {"columns": "1"},
}
CASES = (
    ("第一种做法", "作业管理", "一等奖", ""),
    ("做实课后服务，办好家门口的学校", "课后服务", "一等奖", ""),
    ("做实课后服务｜让每个孩子都有舞台", "课后服务", "一等奖", ""),
    ("第二种做法", "课后服务", "二等奖", ""),
    ("图片不写", "科学教育", "二等奖", "![示例图片](picture.jpg)"),
    ("图片半宽", "科学教育", "三等奖", "![示例图片](picture.jpg){.half}"),
    ("图片通栏", "科学教育", "三等奖", "![示例图片](picture.jpg){.full}"),
    *((f"短文之{number}", "课后服务", "优秀奖", "") for number in "一二三四"),
)
"""Title, theme, prize, picture: examples, of which nothing is to be read but how they are set. 短文 are digests."""
TEXTS = {
    "1-凡例.md": "# 凡例\n\n一、本书收录示例案例，用来说明版面。\n\n二、文字和单位都是示例。\n",
    "篇首语-作业管理.md": "# 写在前面\n\n这一篇收录作业管理方面的案例。这里写一段话，说说这一篇的案例好在哪里、怎样读。\n",
    "附录1-通知.md": "# 关于征集案例的通知（示例）\n\n附录是书后的文字，例如通知、评审标准。\n",
}


def collection(root: Path) -> None:
    """A collection of example cases in a folder."""
    cases, texts = root / "cases", root / "content" / "book"
    for folder in (cases, texts, root / "theme"):
        folder.mkdir(parents=True)
    shutil.copy(HERE / "mkdocs.yml", root)
    chance = random.Random(1)
    picture = Image.new("RGB", (1800, 1200), "#b9c4bd")
    draw = ImageDraw.Draw(picture)
    draw.polygon([(0, 1200), (620, 420), (1050, 900), (1350, 600), (1800, 1200)], fill="#7d9184")
    draw.ellipse((1350, 160, 1550, 360), fill="#f2ead6")
    picture.save(cases / "picture.jpg", quality=85)
    for number, (title, theme, award, shown) in enumerate(CASES, 1):
        is_digest = title.startswith("短文")
        before, after = (generate_cases.body(chance, 250 if is_digest else 900) for _ in range(2))
        if shown:
            before = before.split("\n\n## ")[0]
        form = "digest" if is_digest else "full"
        (cases / f"example-{number}.md").write_text(
            f"---\ntitle: {title}\nregion: 武进区\nschool: 示例小学（虚构）\ntheme: {theme}\nbatch: 第四批\naward: {award}\nform: {form}\n"
            f"summary: 示例。\n---\n\n{before}\n\n{shown}\n\n{after}\n",
            "utf-8",
        )
    for name, text in TEXTS.items():
        (texts / name).write_text(text, "utf-8")


def bound(root: Path, shot: Shot) -> Path:
    """The PDF of a book made with a shot's settings. Raises SystemExit where casepress says no."""
    book = BOOK | {key: value for key, value in shot.settings.items() if key not in SETTINGS | {"imprint": {}}}
    whole = SETTINGS | {key: value for key, value in shot.settings.items() if key not in book} | {"book": book}
    (root / "cases" / "collection.yml").write_text(yaml.safe_dump(whole, allow_unicode=True, sort_keys=False), "utf-8")
    target = root / "book.pdf"
    command = [sys.executable, "-m", "casepress", "-C", str(root), "book", "--edition", shot.edition, "-o", str(target)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{shot.label}: {done.stdout}{done.stderr}")
    return root / "book-cover.pdf" if shot.part == "cover" else target


def drawn(pdf: Path, shot: Shot) -> Image.Image:
    """The page that a shot shows. Raises SystemExit where no page has its words."""
    texts = subprocess.run(["pdftotext", str(pdf), "-"], check=True, capture_output=True, text=True).stdout.split("\f")
    has = [number for number, text in enumerate(texts, 1) if shot.words in re.sub(r"\s", "", text)]
    if len(has) <= shot.nth:
        raise SystemExit(f"{shot.label}: 没有一页写着“{shot.words}”")
    page = book_page(has[shot.nth], pdf, 100)
    page = page.crop((0, 0, page.width, round(page.height * shot.height)))
    return page.resize((ROOM, round(page.height * ROOM / page.width)), Image.LANCZOS)


def mounted(shots: tuple[Shot, ...], pages: list[Image.Image]) -> Image.Image:
    """Pages on a ground, at most three in a row, each over its label."""
    type_ = ImageFont.truetype(str(LABELS), TYPE, index=2)
    across = min(len(pages), ACROSS)
    rows = [pages[at : at + ACROSS] for at in range(0, len(pages), ACROSS)]
    step = TYPE * 2 + GAP
    sheet = Image.new("RGB", ((ROOM + GAP) * across + GAP, sum(max(p.height for p in row) + step for row in rows) + GAP), PAPER)
    draw = ImageDraw.Draw(sheet)
    top = GAP
    for at, row in enumerate(rows):
        high = max(page.height for page in row)
        for column, page in enumerate(row):
            left, high_up = GAP + column * (ROOM + GAP), top + high - page.height
            sheet.paste(page, (left, high_up))
            draw.rectangle((left - 1, high_up - 1, left + page.width, high_up + page.height), outline=HAIRLINE)
            label = shots[at * ACROSS + column].label
            draw.text((left + ROOM / 2, top + high + TYPE // 2), label, INK, type_, anchor="ma")
        top += high + step
    return sheet


def saved(name: str, sheet: Image.Image) -> None:
    """Put a picture into the guide's folder."""
    path = TARGET / f"{name}.png"
    sheet.quantize(64, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"{path.relative_to(HERE)} {sheet.width}×{sheet.height}, {path.stat().st_size // 1024} KB")


def main(names: list[str]) -> None:
    known = (*PICTURES, *guide_inbox.NAMES)
    unknown = sorted(set(names) - set(known))
    if unknown:
        raise SystemExit(f"没有这幅图：{'、'.join(unknown)}；有：{'、'.join(known)}")
    TARGET.mkdir(exist_ok=True)
    wanted = names or known
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "collection"
        collection(root)
        for name in (name for name in PICTURES if name in wanted):
            shots = PICTURES[name]
            saved(name, mounted(shots, [drawn(bound(root, shot), shot) for shot in shots]))
        if set(wanted) & set(guide_inbox.NAMES):
            for name, sheet in guide_inbox.framed(guide_inbox.shots, Path(folder)).items():
                if name in wanted:
                    saved(name, sheet)


if __name__ == "__main__":
    main(sys.argv[1:])
