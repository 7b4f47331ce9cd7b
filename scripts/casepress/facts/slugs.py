"""Pinyin: ASCII names for addresses, and the order of indexes. The one door to pypinyin.

Ids and slugs are `[a-z0-9-]`, at most 64 characters, and never a name that Windows keeps for itself or that pages and
books keep for what they make themselves.
"""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Container, Iterable
from functools import cache, lru_cache

from casepress.facts.heard import heard, knows_nothing
from casepress.facts.systems import is_device
from casepress.values.fields import NUMBER, number

LONGEST = 64
_COUNTS = re.compile(f"(?<![0-9])[0-9]{{1,18}}(?![0-9])|(?<=第)(?:{NUMBER.pattern})|(?:{NUMBER.pattern})(?=[中小]学|年级|[批期届]|[中小]$)")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_OTHER = re.compile(r"[^a-z0-9]+")
_RESERVED = frozenset(["index", "404", "search"])  # the page that lists a folder, a host's page for what is missing, and search
# With `case-`, `part-` or `text-` before them they would be ids of headings and notes inside a case or a text.
_INNER = re.compile(r"(?:h|ref|note)[0-9]+|text-.*")


def is_id(text: str) -> bool:
    """Whether the text can stand as an id as it is."""
    return len(text) <= LONGEST and _ID.fullmatch(text) is not None and not _is_kept(text)


def _is_kept(name: str) -> bool:
    return name in _RESERVED or is_device(name) or _INNER.fullmatch(name) is not None


@lru_cache(65_536)
def slug(text: str) -> str:
    """A readable ASCII name for any text: 大课间的一小时 -> da-ke-jian-de-yi-xiao-shi.

    Empty where the text holds nothing that can be written so (emoji, punctuation).
    """
    words = heard("plain", unicodedata.normalize("NFKC", text), _plain)
    name = _OTHER.sub("-", "-".join(words).lower()).strip("-")
    if len(name) > LONGEST:
        name = name[: LONGEST + 1].rpartition("-")[0] or name[:LONGEST]
    if _is_kept(name):
        name = f"{name}-1" if not name.startswith("text-") else f"about-{name}"[:LONGEST].rstrip("-")
    return name


def load() -> None:
    """Load the dictionaries where nothing is known of any word, for copies of this process that would each load them."""
    if knows_nothing():
        import pypinyin  # noqa: F401


def _plain(text: str) -> list[str]:
    from pypinyin import Style, lazy_pinyin  # its dictionaries take a fifth of a second to load

    return lazy_pinyin(text, style=Style.NORMAL, errors=lambda other: list(_ascii(other)))


def syllables(character: str) -> list[str]:
    """What a Chinese character may sound like, without tone: 重 chong, zhong; ü is v. Empty for what is none."""
    return heard("each", character, _each) if "\u4e00" <= character <= "\u9fff" else []


def _each(character: str) -> list[str]:
    from pypinyin import Style, pinyin

    (found,) = pinyin(character, style=Style.NORMAL, heteronym=True)
    return sorted({syllable for syllable in found if syllable.isascii() and syllable.isalpha()})


def hashed(text: str, name: str = "") -> str:
    """A name that no other text has: the first `name`, 53 characters at most, then ten of a SHA-256 of the text."""
    return f"{name[: LONGEST - 11].rstrip('-') or 'x'}-{hashlib.sha256(text.encode()).hexdigest()[:10]}"


def named(label: str) -> str:
    """The slug of a value: its pinyin, or a hash where nothing in it can be written so."""
    return slug(label) or hashed(label)


def distinct(labels: Iterable[str], taken: Container[str] = ()) -> dict[str, str]:
    """A slug for each of different labels, all different, and none of those that are `taken`.

    Labels that sound alike all bear a hash, so that no name depends on the order of files. Raises ValueError where two
    are alike even so, which is not to be expected before the sun goes out.
    """
    plain = {label: named(label) for label in labels}
    counts = Counter(plain.values())
    found = {label: name if counts[name] == 1 and name not in taken else hashed(label, name) for label, name in plain.items()}
    if len(set(found.values())) < len(found):
        raise ValueError("two slugs are alike")
    return found


def _ascii(text: str) -> list[str]:
    decomposed = unicodedata.normalize("NFKD", text)
    return ["".join(c if c.isascii() else "" if unicodedata.combining(c) else "-" for c in decomposed)]


# Surnames whose sound is not that of the character elsewhere (《现代汉语词典》), and beginnings of places (those of
# GB/T 2260 were looked through) and themes that a dictionary of phrases reads wrongly. Syllables carry their tone.
_SURNAMES = """
    单 shan4 曾 zeng1 仇 qiu2 解 xie4 任 ren2 查 zha1 朴 piao2 区 ou1 盖 ge3 翟 zhai2 乐 yue4 员 yun4 黑 he4 秘 bi4
    缪 miao4 覃 qin2 种 chong2 折 she2 华 hua4 纪 ji3 宁 ning4 冼 xian3 洗 xian3 燕 yan1 应 ying1 祭 zhai4 召 shao4 繁 po2
    佴 nai4 那 na1 哈 ha3 葛 ge3 牟 mu4 曲 qu1 相 xiang4 车 che1 柏 bai3 卜 bu3 隗 wei3 薄 bo2 能 nai4 句 gou1 谌 chen2
    撒 sa3 沈 shen3 角 jue2 都 du1 尉 wei4 宓 mi4 么 yao1 盛 sheng4 干 gan1 仝 tong2 藏 zang1 洪 hong2 冯 feng2 郗 xi1
    郇 xun2 晟 cheng2 教 jiao4 长 zhang3 重 chong2 缴 jiao3 逄 pang2 適 di2 塞 sai4 石 shi2 谷 gu3 贾 jia3 俞 yu2 过 guo1
    尉迟 yu4-chi2 万俟 mo4-qi2 单于 chan2-yu2 长孙 zhang3-sun1 澹台 tan2-tai2 令狐 ling2-hu2 宰父 zai3-fu3 夏侯 xia4-hou2
    皇甫 huang2-fu3 鲜于 xian1-yu2 亓官 qi2-guan1 濮阳 pu2-yang2 钟离 zhong1-li2 呼延 hu1-yan2 乐正 yue4-zheng4
    """
_WORDS = """
    任丘 ren2-qiu1 任泽 ren2-ze2 任县 ren2-xian4 任城 ren2-cheng2 单县 shan4-xian4 解州 hai4-zhou1 浚县 xun4-xian4
    曾都 zeng1-du1 都匀 du1-yun2 什邡 shi2-fang1 洪洞 hong2-tong2 乐陵 lao4-ling2 会稽 kuai4-ji1 曾厝垵 zeng1-cuo4-an1
    长 chang2 长子 zhang3-zi3 长大 zhang3-da4 长辈 zhang3-bei4 长者 zhang3-zhe3 朝阳 chao2-yang2 漯河 luo4-he2
    荥经 ying2-jing1 覃塘 qin2-tang2 筠连 jun1-lian2 召陵 shao4-ling2 伽师 jia1-shi1 泊头 bo2-tou2 涡阳 guo1-yang2
    大城 dai4-cheng2 校本 xiao4-ben3
    """


@lru_cache(32_768)
def sound(text: str, surname: bool = False) -> tuple[str, tuple[tuple[str, str], ...]]:
    """How a name sorts wherever readers see a list, on the site, in its search and in books: its letter (A–Z, or # for figures), and a key that orders it among others.

    The key is by syllable, then tone, then character; figures count, and so do numerals behind 第 or before what is counted:
    第4中学 before 第39中学, 二中 before 十中. With `surname` the text is a person's name, whose first character or two are read
    as a surname: 单 shàn, 尉迟 yù chí. Marks before the first word do not count.
    """
    plain = re.sub(r"[^\w]+", "", unicodedata.normalize("NFKC", text)) or text
    table = _read(_SURNAMES if surname else _WORDS)
    syllables = list(heard("tones", plain, _tones))
    known = next((known for n in (3, 2, 1) if (known := table.get(plain[:n]))), ())
    syllables[: len(known)] = known
    initial = unicodedata.normalize("NFKD", syllables[0])[:1].upper() if syllables else ""  # Á is under A
    key = [(syllable.lower(), character) for syllable, character in zip(syllables, plain, strict=False)]
    for match in reversed([*_COUNTS.finditer(plain)]):  # before all letters, by what they count
        key[match.start() : match.end()] = [(f"{number(match[0]):020d}", "")]
    return initial if "A" <= initial <= "Z" else "#", tuple(key)


def _tones(text: str) -> list[str]:
    from pypinyin import Style, lazy_pinyin

    return lazy_pinyin(text, style=Style.TONE3, neutral_tone_with_five=True, errors=list)


@cache
def _read(table: str) -> dict[str, list[str]]:
    words = table.split()
    return {name: syllables.split("-") for name, syllables in zip(words[::2], words[1::2], strict=True)}
