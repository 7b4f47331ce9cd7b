"""Chains: the fonts that may stand for each role of type, in order, as `theme/print/faces.yml` names them."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from casepress.markup.frontmatter import Node
from casepress.markup.typed_nodes import Typer, read_map
from casepress.values.problems import Failed, error

SYMBOLS = "symbols"  # the role that has what no other has; a collection's own chains may be older than it
_FILE = "theme/print/faces.yml"
_CHECK = "fonts_can_be_used"
_NEEDED = ("song", "kai", "hei", "fang", "biaosong", "mono")
_ENTRIES = ("label", "weight", "bold", "words", "names", "lent")


class NoFaces(Failed):
    """`faces.yml` is not as it must be."""


@dataclass(frozen=True)
class Chain:
    """What is asked for a role: names in order, weights from 100 to 900; without a `bold` it is never made bolder.

    `lent` are the names of fonts that lend it characters which those of `names` lack.
    """

    role: str
    label: str
    names: tuple[str, ...]
    words: tuple[str, ...]
    weight: int
    bold: int = 0
    lent: tuple[str, ...] = ()


def read_chains(folders: Iterable[Path]) -> tuple[Chain, ...]:
    """The chains of the first folder that has a `faces.yml`, that of symbols from a later one if it has none. Raises NoFaces."""
    files = [file for folder in folders if (file := folder / "faces.yml").is_file()]
    if not files:
        raise NoFaces(f"没有找到 {_FILE}", [error(_FILE, 0, "没有找到这个文件", "请重新安装 casepress", _CHECK)])
    chains = _chains(files[0])
    if len(files) > 1 and SYMBOLS not in {each.role for each in chains}:
        chains += tuple(each for each in _chains(files[-1]) if each.role == SYMBOLS)
    return chains


def _chains(file: Path) -> tuple[Chain, ...]:
    node, typer, sound = read_map(file.read_bytes(), _FILE, _CHECK)
    chains = tuple(_chain(typer, role, entry) for role, entry in node.value.items())
    if sound and (lacking := [role for role in _NEEDED if role not in node.value]):
        typer.report(node, f"没有写 {'、'.join(lacking)}", "请照随 casepress 来的 faces.yml 补上；删去自己的这个文件，就用它")
    typer.stop(NoFaces, f"字体表 {_FILE} 有误")
    return chains


def _chain(typer: Typer, role: str, entry: Node) -> Chain:
    facts = typer.known(entry, _ENTRIES, role)
    label, names, words = (
        typer.text(facts.get("label"), "label"),
        typer.texts(facts.get("names"), "names"),
        typer.texts(facts.get("words"), "words"),
    )
    weight = typer.whole(facts.get("weight"), f"{role} 的 weight", 1, 1000, 400, 400)
    bold = typer.whole(facts.get("bold"), f"{role} 的 bold", 0, 1000, 0, 700)
    if not names:
        typer.report(entry, f"{role} 没有 names", "请写上一列字体的名称，例如 names: [方正仿宋_GBK, 仿宋]")
    return Chain(role, label or role, names, words, weight, bold, typer.texts(facts.get("lent"), "lent"))
