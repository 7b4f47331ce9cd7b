"""Proofreading: all that is looked for in the words of one text, and what a collection says of it.

Flows in: the words of each line of a text, and the text as it is written. Flows out: remarks in the order of their lines. They depend on
the text alone and are kept with it; what a collection allows, adds and leaves out is a `Wishes` value and is seen to afterwards.
"""

from collections.abc import Sequence

from casepress.language import characters, ended, pairs, terms
from casepress.language.paragraphs import paragraphs
from casepress.values.cases import Remark
from casepress.values.rules import Wishes

# What each check is called for those who leave it out.
CHECKS = {
    pairs.PAIRED: "引号、括号、书名号成对",
    pairs.NESTED: "引号套引号、书名号套书名号",
    "quotes_are_full_width": "半角的引号",
    "characters_are_simplified": "繁体字",
    "digits_are_half_width": "全角的数字和字母",
    "characters_are_not_doubled": "多打了一遍的字",
    "marks_are_single": "重复的标点",
    "paragraphs_are_ended": "段末没有标点",
    terms.RIGHT: "用词",
}
_HIDDEN = "某"  # in the place of what is allowed, so that places stay


def look(lines: Sequence[tuple[int, str]], source: str, letters: str = "") -> tuple[Remark, ...]:
    """Everything that is to be mended in a text, by the standard rules and terms; `letters` are its characters, where they are known."""
    text = "\n".join(words for _, words in lines)
    every, whole = frozenset(letters or text), tuple(paragraphs(lines, source))
    found = (
        *pairs.look(whole),
        *characters.look(whole, text, every),
        *ended.look(whole, source),
        *terms.look(whole, text, every, terms.standard()),
    )
    return tuple(sorted(found, key=lambda remark: remark.line))


def look_again(found: Sequence[Remark], lines: Sequence[tuple[int, str]], source: str, wishes: Wishes) -> tuple[Remark, ...]:
    """What remains of the remarks on a text under the wishes of a collection, and what its own terms find."""
    if not (wishes.allowed or wishes.terms or wishes.left_out):
        return tuple(found)
    text = "\n".join(words for _, words in lines)
    if found and any(word in text for word in wishes.allowed):
        lines = tuple((number, _without(words, wishes.allowed)) for number, words in lines)
        found = look(lines, source)
    if any(entry.wrong in text for entry in wishes.terms):
        own = {entry.wrong for entry in wishes.terms}
        found = [each for each in found if not (each.check == terms.RIGHT and any(f"“{word}”" in each.what for word in own))]
        text = "\n".join(words for _, words in lines)
        found = (*found, *terms.look(tuple(paragraphs(lines, source)), text, frozenset(text), terms.asked(wishes.terms)))
    return tuple(sorted((each for each in found if each.check not in wishes.left_out), key=lambda remark: remark.line))


def _without(words: str, allowed: Sequence[str]) -> str:
    for word in allowed:
        words = words.replace(word, _HIDDEN * len(word))
    return words
