"""Answers: what a form says, its values by field, the blocks of the case, and what a person must look at."""

import re
from dataclasses import dataclass, field

from casepress.facts.characters import PAUSES
from casepress.intake import ticks
from casepress.values.fields import TERMS, Field, Kind

_EDGES = "_＿" + "".join(filter(str.isspace, map(chr, range(0x3001))))  # blanks, and the lines to write on
EMPTY = re.compile(r"^[\s_＿\-—/\\.。…　]*$")
_PARTING = re.compile(r"[、，,；;/\s　]+")
_ITEM = re.compile(r"(?:^|(?<=[\s　]))[0-9０-９]{1,2}[.、．)）][ 　]*(?=[^\d\s])")  # the number of a person in a row of them
_ONE = re.compile(r"单选|限选一|只选一|选一项|任选一|仅选一|选填一|择一|选1|限1|限一")
# What stands in a cell that nobody has filled, by its verb or by what it wants alone, and what is written behind a value for a seal.
_PROMPT = re.compile(r"^[（(\[【]?(?:请|此处|在此|单击|点击)[^。]{0,20}(?:填写|输入|粘贴|选择|文字)[^。]{0,10}[）)\]】。]?$")
_WANTED = re.compile(
    r"^[（(\[【][^（）()\[\]【】。]{0,20}(?:字以内|字左右|不超过|不少于|必填|选填|多选|单选|限[选填报]|选一|全称|另附)[^（）()\[\]【】]{0,20}[）)\]】]$"
)
_SEAL = re.compile(r"[（(](?:盖章|公章|签[字名章]|加盖公章)[）)]$")


def is_prompt(text: str) -> bool:
    """Whether a text only asks for words, as a form does in a cell that nobody has filled."""
    return bool(_PROMPT.match(text) or _WANTED.match(text))


@dataclass
class Found:
    """What a form says: values by the field's name, each with where it stood, the blocks of the case, and what is doubtful as
    (field's label, what is wrong in one word, where), and the labels with a value that no field of the collection asks for."""

    values: dict[str, list[str]] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    body: list = field(default_factory=list)
    doubts: list[tuple[str, str, str]] = field(default_factory=list)
    unasked: list[str] = field(default_factory=list)

    def put(self, asked: Field, text: str, place: str, label: str = "") -> None:
        """Take a field's value from a text; the first that says something stays. `label` is how the form asks for it."""
        if asked.kind == Kind.PICTURES:
            return  # words are none
        if asked.kind in TERMS:
            chosen = ticks.ticked(text, [name for choice in asked.choices for name in (choice.label, *choice.aliases)])
            if chosen is not None:
                if not chosen:
                    self.doubts.append((asked.label, "no-tick", place))
                if len(chosen) > 1 and (not asked.many or _ONE.search(label)):
                    self.doubts.append((asked.label, "two-ticks", place))
                self._keep(asked, chosen, place)
                return
        text = _SEAL.sub("", text.strip(_EDGES).rstrip(PAUSES + ",;"))
        if EMPTY.match(text) or is_prompt(text) or ticks.only_marks(text):
            if asked.required or asked.private:  # others may stay empty
                self.doubts.append((asked.label, "no-value", place))
            return
        if asked.kind == Kind.PEOPLE:
            text = _ITEM.sub("", text)
        if asked.many or asked.kind == Kind.PEOPLE:
            self._keep(asked, [part for part in _PARTING.split(text) if part], place)
        else:
            self._keep(asked, [re.sub(r"\s*\n\s*", " ", text)], place)

    def put_several(self, asked: list[Field | None], text: str, place: str) -> None:
        """Take the values of several fields that a form asks for together, where as many are given."""
        parts = [part for part in _PARTING.split(text.strip("_＿ \n　")) if part]
        first = next(field for field in asked if field is not None)
        if len(parts) != len(asked):
            self.doubts.append((first.label, "joined" if parts else "no-value", place))
            return
        for field_, part in zip(asked, parts, strict=True):
            if field_ is not None:
                self.put(field_, part, place)

    def _keep(self, asked: Field, values: list[str], place: str) -> None:
        if values and asked.name not in self.values:
            self.values[asked.name], self.places[asked.name] = values, place
