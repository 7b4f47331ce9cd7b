"""Binding: laid-out pieces to one PDF with page numbers, page labels, bookmarks and links that are true.

Pages are joined and written once; the numbers, which no piece knows, are stamped on the finished file as text of one
small font. What is stamped is marked as an artifact, as page furniture must be in a tagged PDF (ISO 14289-1, 7.1).
"""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from casepress.press.fonts import bare, small_subsets
from casepress.press.layout import LaidOut, spoken
from casepress.press.setting import readable
from casepress.profiles import MM, Profile

_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


class BindingFailed(Exception):
    """The bound book is not what was asked for; the message is a Chinese sentence."""


@dataclass(frozen=True)
class Leaf:
    """One page of the book: where it comes from, the number that it counts as, and whether that is printed on it."""

    piece: LaidOut
    index: int
    label: str
    numbered: bool


@dataclass(frozen=True)
class Numerals:
    """A font that holds the characters of page numbers: its PDF, its name there, and each character's glyph and width.

    Widths are in thousandths of the font's size.
    """

    pdf: bytes
    font: str
    glyphs: dict[str, tuple[str, float]]

    def width(self, text: str, size: float) -> float:
        """The length of a text in pt."""
        return sum(self.glyphs[c][1] for c in text) * size / 1000


def roman(number: int) -> str:
    """1 -> i, 4 -> iv, 12 -> xii."""
    out = ""
    for value, letters in _ROMAN:
        while number >= value:
            out, number = out + letters, number - value
    return out


def numerals(page: LaidOut) -> Numerals:
    """The page-number font from a page that shows its characters; glyph numbers are those of the whole font."""
    with small_subsets():
        data = page.document.write_pdf()
    with Pdf.open(io.BytesIO(data)) as pdf:
        for name, font in pdf.pages[0].Resources.Font.items():
            glyphs = _glyphs(font)
            if set("0123456789ivx—") <= set(glyphs):
                return Numerals(data, name, glyphs)
    raise BindingFailed("页码的字体里缺少数字")


def _glyphs(font: pikepdf.Object) -> dict[str, tuple[str, float]]:
    cmap = bytes(font.ToUnicode.read_bytes()).decode("latin-1")
    widths = _widths(font.DescendantFonts[0])
    found = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, text in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", block):
            character = bytes.fromhex(text).decode("utf-16-be")
            found[character] = (code.zfill(4), widths.get(int(code, 16), 1000.0))
    return found


def _widths(font: pikepdf.Object) -> dict[int, float]:
    """The W array of a CID font (ISO 32000-1, 9.7.4.3), both of its forms."""
    items, found, at = list(font.get("/W", [])), {}, 0
    while at < len(items):
        first, second = int(items[at]), items[at + 1]
        if isinstance(second, Array):
            found.update({first + n: float(width) for n, width in enumerate(second)})
            at += 2
        else:
            found.update({code: float(items[at + 2]) for code in range(first, int(second) + 1)})
            at += 3
    return found


def bind(
    leaves: Sequence[Leaf],
    profile: Profile,
    font: Numerals,
    title: str,
    author: str,
    language: str,
    outline: Sequence[tuple[int, str]],
) -> tuple[bytes, tuple[str, ...]]:
    """The PDF of these leaves, and what WeasyPrint said while writing it.

    `outline` is what the bookmarks below the front matter must be, in order. Raises BindingFailed where they are not.
    """
    first = leaves[0].piece.document
    joined = first.copy([leaf.piece.document.pages[leaf.index] for leaf in leaves])
    joined.metadata.title, joined.metadata.authors, joined.metadata.lang = title, [author] if author else [], language
    joined.metadata.generator = "casepress"
    with spoken() as messages, small_subsets(), readable():
        data = joined.write_pdf()
    with Pdf.open(io.BytesIO(data)) as pdf, Pdf.open(io.BytesIO(font.pdf)) as source:
        _outline_is(pdf, outline)
        pdf.Root.PageLabels = Dictionary(Nums=_labels(leaves))
        pdf.Root.PageLayout = Name.TwoPageRight if len(leaves) > 2 else Name.SinglePage
        pdf.Root.PageMode = Name.UseOutlines if len(leaves) > 8 else Name.UseNone
        pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        _stamp(pdf, source, leaves, profile, font)
        _strip_fonts(pdf)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue(), tuple(dict.fromkeys(messages))


def _stamp(pdf: Pdf, source: Pdf, leaves: Sequence[Leaf], profile: Profile, font: Numerals) -> None:
    """Print each numbered leaf's number at its foot as the profile has it: “— 12 —” one character in (GB/T 9704-2012, 7.5)."""
    face = pdf.copy_foreign(source.pages[0].Resources.Font[font.font])
    size = profile.numbers.size
    base = profile.below - 7 * MM - size * 0.4  # the dash stands 7 mm below the text area
    for page, leaf, index in zip(pdf.pages, leaves, range(len(leaves)), strict=True):
        if not leaf.numbered:
            continue
        text = f"— {leaf.label} —" if profile.numbers.style == "dashes" else leaf.label
        is_right = index % 2 == 0
        width = font.width(text.replace(" ", ""), size) + text.count(" ") * size / 2
        left, right = (profile.inner, profile.outer) if is_right else (profile.outer, profile.inner)
        x = profile.width - right - size - width if is_right else left + size
        if profile.numbers.place == "centre":
            x = left + (profile.measure - width) / 2
        page.Resources = Dictionary(page.Resources)
        fonts = Dictionary(page.Resources.get("/Font", Dictionary()))
        fonts["/CasepressNumerals"] = face
        page.Resources.Font = fonts
        ops = [f"Q /Artifact <</Type /Pagination>> BDC q 0 0 0 rg BT /CasepressNumerals {size:g} Tf"]
        for word in text.split(" "):
            codes = "".join(font.glyphs[c][0] for c in word)
            ops.append(f"1 0 0 1 {x:.3f} {base:.3f} Tm <{codes}> Tj")
            x += font.width(word, size) + size / 2
        ops.append("ET Q EMC")
        page.contents_add(b"q", prepend=True)  # WeasyPrint leaves its own coordinates behind
        page.contents_add(" ".join(ops).encode("ascii"))


def _strip_fonts(pdf: Pdf) -> None:
    """OpenType fonts become bare CFF ones, smaller and older: a PDF never looks into their other tables."""
    for item in pdf.objects:
        if isinstance(item, Dictionary) and item.get("/Subtype") == Name.CIDFontType0:
            file = item.FontDescriptor.get("/FontFile3")
            if file is not None and file.get("/Subtype") == Name.OpenType:
                file.write(bare(file.read_bytes()))
                file.Subtype = Name.CIDFontType0C


def _labels(leaves: Sequence[Leaf]) -> Array:
    """Page labels (ISO 32000-1, 12.4.2) that say what the leaves are called: numbers in two styles, and names (封面)."""
    romans = {roman(number): number for number in range(1, len(leaves) + 1)}
    nums, before = [], ("", 0)
    for index, leaf in enumerate(leaves):
        style = "/D" if leaf.label.isdigit() else "/r" if leaf.label in romans else ""
        number = int(leaf.label) if style == "/D" else romans.get(leaf.label, 0)
        if not style:
            nums += [index, Dictionary(P=leaf.label)]
        elif (style, number - 1) != before:
            nums += [index, Dictionary(S=Name(style), St=number)]
        before = (style, number)
    return Array(nums)


def _outline_is(pdf: Pdf, wanted: Sequence[tuple[int, str]]) -> None:
    """Every chosen case is in the outline exactly once and in its place; before it stands the front matter only."""
    with pdf.open_outline() as outline:
        found = list(_walk(outline.root, 0))
    front, body = found[: -len(wanted)], found[-len(wanted) :]
    titles = {title for _, title in wanted}
    if body == list(wanted) and not any(title in titles for _, title in front):
        return
    lost = [title for depth, title in wanted if (depth, title) not in found]
    detail = f"书签里缺少：{'、'.join(lost)}" if lost else "书签的次序或层级不对，或有重复"
    raise BindingFailed(f"装订出错，{detail}")


def _walk(items, depth: int):
    for item in items:
        yield depth, str(item.title)
        yield from _walk(item.children, depth + 1)
