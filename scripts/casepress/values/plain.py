"""Plain: values as JSON and back, for what is kept from one run to the next. Nothing but the values listed here is read.

A text, a number, True, False and None stand for themselves, a list for a tuple, an object with one entry for a value:
its name, and its parts in the order of their declaration; with the empty name it is a mapping, each key before its value.
"""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from types import MappingProxyType
from typing import Any

from casepress.values.cases import Counted, Fragment, Heading, Reference, Remark, Settled
from casepress.values.fields import Enclosure, Person, Picture, Place, Source, Term
from casepress.values.lines import Lines
from casepress.values.personal import Minors, Personal
from casepress.values.problems import Level, Problem

KNOWN = (
    Counted, Fragment, Heading, Reference, Remark, Settled, Enclosure, Person, Picture, Place, Source, Term, Lines, Level, Problem, Minors,
    Personal,
)  # fmt: skip
_BY_NAME = {each.__name__: each for each in KNOWN}
_BARE = frozenset((str, int, float, bool, type(None)))
_PARTS = {each: tuple(part.name for part in fields(each)) for each in KNOWN if is_dataclass(each)}


class NotPlain(TypeError):
    """Something is no value that can be kept, or no bytes that were."""


def packed(value: Any) -> bytes:
    """A value as bytes: a text, a number, a tuple, a mapping, or one of those that are KNOWN. Raises NotPlain."""
    return json.dumps(_flat(value), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def unpacked(data: bytes) -> Any:
    """The value that `packed` made bytes of. Raises NotPlain."""
    try:
        return _raised(json.loads(data.decode("utf-8", "surrogatepass")))
    except (ValueError, KeyError, TypeError, RecursionError) as reason:
        raise NotPlain("not what was packed") from reason


def _flat(value: Any) -> Any:
    kind = type(value)
    if kind in _PARTS:
        parts = [getattr(value, name) for name in _PARTS[kind]]
        return {kind.__name__: [each if type(each) in _BARE else _flat(each) for each in parts]}
    if kind is Level:
        return {kind.__name__: [value.value]}
    if kind is tuple:
        return [each if type(each) in _BARE else _flat(each) for each in value]
    if isinstance(value, Mapping):
        return {"": [_flat(part) for pair in value.items() for part in pair]}
    if value is None or isinstance(value, str | int | float):
        return value
    raise NotPlain(kind.__name__)


def _raised(found: Any) -> Any:
    if type(found) is list:
        return tuple([each if type(each) in _BARE else _raised(each) for each in found])
    if type(found) is dict:
        ((name, parts),) = found.items()
        raised = [each if type(each) in _BARE else _raised(each) for each in parts]
        return _BY_NAME[name](*raised) if name else MappingProxyType(dict(zip(raised[::2], raised[1::2], strict=True)))
    return found
