"""Lines: paragraphs of labels and values, behind a colon or a tab, and behind them the case itself."""

import re
from collections.abc import Sequence

from casepress.facts.characters import COLONS, HAN
from casepress.intake import sections
from casepress.intake.answers import EMPTY, Found
from casepress.intake.blocks import Listing, Paragraph, Shown, plain
from casepress.intake.labels import Labels, even
from casepress.values.fields import TERMS, Field

LONG = 60  # characters from which a paragraph is no answer to a label
LONGER = frozenset(("title", "subtitle", "summary"))  # in what they say a colon behind a blank begins nothing
_UNKNOWN = re.compile(rf"^[{HAN} 　（）()/]{{2,14}}[{COLONS}]")
# What forms print below their lines, seals, blank dates, the name of the next form: no answer to the label above it.
_PRINTED = re.compile(
    r"[^。]{0,8}(?:盖章|公章|签[字名章])|续[表页]?|附件?[\d一二三四五六七八九十]*|年?月?日|.{0,40}(?:申报|推荐|登记|报名|征集|申请|报送|信息|基本情况)[表书]"
)
_NEXT = re.compile(rf"(?<![\s　])[\s　]+[{HAN}]{{2,8}}[{COLONS}]")


def read(blocks: Sequence, known: Labels, made: Found, place: str = "表格外", body: bool = True, under: str = "") -> None:
    """Take lines of labels and values, and what stands behind the first heading or long paragraph as the case; `under` is the label
    before them all."""
    waiting = None
    gathered: list[str] = []
    begun = asked_before = is_others = False
    before: list[str] = [under] * bool(under)
    blocks = list(_unlisted(sections.parted(blocks), known))
    asking = _last_asking(blocks, known)
    for at, block in enumerate(blocks):
        text = block.text if isinstance(block, Paragraph) else ""
        head = isinstance(block, Paragraph) and sections.heading(block) and not known.pattern.search(text)
        answers = _answers(text, known, before, asked_before) if not begun and _may_ask(block, known) else None
        if answers is not None:
            asked_before, is_others = True, False
            if waiting:
                made.put(waiting, "\n".join(gathered), place)
            waiting = None
            for nth, (asked, said, label) in enumerate(answers, 1):
                if asked is not None and nth == len(answers) and EMPTY.match(said):
                    waiting, gathered = asked, [said]
                elif asked is not None:
                    made.put(asked, said, place, label)
            continue
        unknown = _UNKNOWN.match(text) if asked_before and not begun and not head and len(text) < LONG else None
        if unknown and waiting and waiting.name in LONGER and not "".join(gathered).strip() and not EMPTY.match(text[unknown.end() :]):
            unknown = None  # a title may have a colon
        if asked_before and not begun and not (waiting and waiting.name in LONGER) and _is_printed(text):
            if waiting:
                made.put(waiting, "\n".join(gathered), place)
            waiting = None
            continue
        if waiting and isinstance(block, Paragraph) and not head and not unknown and len(text) < LONG:
            gathered.append(text)
            continue
        if waiting:
            made.put(waiting, "\n".join(gathered), place)
            waiting, gathered = None, []
        if unknown or is_others and text and not head and len(text) < LONG and not begun:
            is_others = unknown is None or bool(EMPTY.match(text[unknown.end() :]))
            continue  # what no field asks for, and its answer, are nobody's
        if not body:
            continue
        begun = begun or (head or isinstance(block, Shown)) and at > asking or not isinstance(block, (Paragraph, Shown)) or len(text) >= LONG
        if begun or text or isinstance(block, Shown):
            made.body.append(block)
    if waiting:
        made.put(waiting, "\n".join(gathered), place)


def _last_asking(blocks: Sequence, known: Labels) -> int:
    """Which block is the last that begins with a label, before anything long: what looks like a heading above it is the form's; -1."""
    last = -1
    for at, block in enumerate(blocks):
        if not isinstance(block, (Paragraph, Shown)) or len(block.text) >= LONG:
            break
        if _may_ask(block, known) and known.pattern.match(block.text.lstrip()):
            last = at
    return last


def _may_ask(block, known: Labels) -> bool:
    """Whether a block may be a label with its value: any line but a heading, of these only one that says what a field asks for, as on a
    cover that is set in headings."""
    if not isinstance(block, Paragraph) or not block.level:
        return isinstance(block, Paragraph)
    found = known.pattern.match(block.text.strip())
    asked = known.match(found[1]) if found else None
    return asked is not None and asked.kind not in TERMS and not EMPTY.match(block.text.strip()[found.end() :])


def _is_printed(text: str) -> bool:
    return bool(_PRINTED.fullmatch(re.sub(r"[\s　（）()]", "", text)))


def _unlisted(blocks: Sequence, known: Labels):
    """Blocks of which a list of labels and values is paragraphs: forms number their lines."""
    for block in blocks:
        texts = [plain(words) for _, _, words in block.items] if isinstance(block, Listing) else []
        if any(found.start() == 0 for text in texts if (found := known.pattern.search(text))):
            yield from (Paragraph(text, words) for text, (_, _, words) in zip(texts, block.items, strict=True))
        else:
            yield block


def _answers(text: str, known: Labels, before: list[str], asked_before: bool) -> list[tuple[Field | None, str, str]] | None:
    """The fields that a line asks for, each with what it says behind the label, and the label; None for a line that asks for none."""
    pieces = list(known.pattern.finditer(text))
    if not pieces or pieces[0].start() and len(text) >= LONG:
        return _tabbed(text, known, before, asked_before)
    out = []
    for number, piece in enumerate(pieces):
        end = pieces[number + 1].start() if number + 1 < len(pieces) else len(text)
        asked = known.match(piece[1], before)
        _asked(before, piece[1])
        said = text[piece.end() : end]
        if asked is not None and asked.name not in LONGER and (other := _NEXT.search(said.rstrip())) and not EMPTY.match(said[: other.start()]):
            said = said[: other.start()]
        out.append((asked, said, piece[0]))
    return out


def _asked(before: list[str], label: str) -> None:
    """Put a label in front of those that were asked for, each of them once: the nearest counts."""
    word = even(label)
    if word in before:
        before.remove(word)
    before.insert(0, word)


def _tabbed(text: str, known: Labels, before: list[str], asked_before: bool) -> list[tuple[Field | None, str, str]] | None:
    """The same for labels that only a tab or a wide gap parts from their values, or that stand in a line of their own below others."""
    parts = [part.strip() for part in re.split(r"\t+|[ 　]{3,}", text) if part.strip()]
    asked = known.match(parts[0], before) if parts and len(text) < LONG * 2 else None
    if asked is None or len(parts) == 1 and not asked_before and (asked.name != "title" or even(parts[0]) != asked.label):
        return None
    out = []
    for part in parts:
        asked = known.match(part, before)
        if asked is not None:
            _asked(before, part)
            out.append((asked, "", part))
        else:
            field, said, label = out[-1]
            out[-1] = (field, f"{said}  {part}" if said else part, label)
    return out
