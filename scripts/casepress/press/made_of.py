"""Made of: faces that casepress makes itself, by what stands for their file in what is written: nothing for the one that shows
nothing, `raised:GAIN:INDEX:PATH` for figures drawn from a face (type/raised.py).
"""

from pathlib import Path

from casepress.facts.filesums import sum_of
from casepress.facts.store import Store
from casepress.press import unseen
from casepress.type import raised as figures
from casepress.type.fontfiles import FontFile

_RAISED = "raised:"


def raised(face: FontFile, gain: int) -> str:
    """What stands for the file of figures drawn from a face."""
    return f"{_RAISED}{gain}:{face.index}:{face.path.resolve()}"


def is_made(file: str) -> bool:
    """Whether a face is made by ours."""
    return not file or file.startswith(_RAISED)


def data(file: str) -> bytes:
    """The face's file. Raises OSError where that which it is made of is not there any more."""
    if not file:
        return unseen.face()
    gain, index, path = file.removeprefix(_RAISED).split(":", 2)
    return figures.drawn(Path(path), int(index), int(gain), Store(None))


def sum_of_source(file: str, store: Store) -> str:
    """The sum of the file that a face stands in or is made of; empty where there is none."""
    path = file.removeprefix(_RAISED).split(":", 2)[2] if file.startswith(_RAISED) else file
    return sum_of(Path(path), store) if path else ""
