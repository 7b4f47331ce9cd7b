"""Answers: what a form is filled with: the values of a case by the words that ask for them, and its text by its headings."""

from collections.abc import Mapping
from dataclasses import dataclass

from casepress.records.bodies import Block, Section, blocks, sections
from casepress.records.said import Private, is_listed, said, word
from casepress.values.cases import Case, Collection
from casepress.values.fields import TERMS, Field

# The words by which forms ask for the whole text of a case.
WHOLE = ("正文", "案例正文", "案例内容", "案例全文", "案例文本", "主要内容", "具体内容", "案例详细内容")


@dataclass(frozen=True)
class Answers:
    """What a case says: its fields with their words, which of a field's choices it has and which of its values are no
    choice, its blocks and sections, pictures left out, and the private fields among them."""

    values: Mapping[str, str]
    chosen: Mapping[str, tuple[int, ...]]
    strange: Mapping[str, tuple[str, ...]]
    fields: tuple[Field, ...]
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]
    private: frozenset[str]

    @property
    def text(self) -> str:
        """The whole text, a line a paragraph."""
        return "\n".join("　".join(cells) for block in self.blocks for cells in (block.rows or ((block.words,),)))


def answers(case: Case, collection: Collection, private: Private | None) -> Answers:
    """What a form may be told of a case; of private fields only what is asked for."""
    fields = tuple(field for field in collection.fields if is_listed(field) and (private is not None or not field.private))
    values = {field.name: words for field in fields if (words := said(case, field, private))}
    found = blocks(case)
    terms = {field.name: (field, _terms(field, case, values.get(field.name, ""))) for field in fields if field.kind in TERMS and field.choices}
    return Answers(
        values,
        {name: tuple(nth for nth, choice in enumerate(field.choices) if choice.label in has) for name, (field, has) in terms.items()},
        {name: tuple(each for each in has if each not in {choice.label for choice in field.choices}) for name, (field, has) in terms.items()},
        fields,
        found,
        sections(found),
        frozenset(field.name for field in fields if field.private and field.name in values),
    )


def _terms(field: Field, case: Case, words: str) -> tuple[str, ...]:
    """The values of a case, each by itself; of private ones nothing but their words is known."""
    return tuple(filter(None, words.split("、"))) if field.private else tuple(map(word, case.all(field.name)))
