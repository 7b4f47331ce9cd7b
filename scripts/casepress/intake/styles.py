"""Styles: what a paragraph or run is by its style, through the chain of styles that each is based on."""

from dataclasses import dataclass, field

from casepress.intake import packages
from casepress.intake.wordxml import W, on, val, whole

_OUTLINES = tuple("012345678")  # a tenth is that of plain text
_LEVELS = {f"heading {n}": n - 1 for n in range(1, 10)} | {f"标题 {n}": n - 1 for n in range(1, 10)} | {"title": None}
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
PLAIN = (
    f'{_HEAD}<w:styles xmlns:w="{W[1:-1]}">'
    + "".join(f'<w:style w:type="paragraph" w:styleId="Heading{n}"><w:name w:val="heading {n}"/></w:style>' for n in range(1, 7))
    + '<w:style w:type="paragraph" w:styleId="Caption"><w:name w:val="caption"/></w:style></w:styles>'
).encode()
"""The styles that prepared documents have."""


@dataclass
class Styles:
    """The styles of a document by their ids."""

    elements: dict = field(default_factory=dict)

    def _chain(self, key: str):
        """A style and those that it is based on, the nearest first."""
        seen = set()
        while key in self.elements and key not in seen:
            seen.add(key)
            yield self.elements[key]
            key = val(self.elements[key].find(f"{W}basedOn"))

    def _own(self, element, kind: str):
        """The properties of a paragraph (`p`) or run (`r`): its own, then those of its styles."""
        about = element.find(f"{W}{kind}Pr")
        key = ""
        if about is not None:
            yield about
            key = val(about.find(f"{W}{kind}Style"))
        for style in self._chain(key):
            properties = style.find(f"{W}{kind}Pr")
            if properties is not None:
                yield properties

    def _paragraph_runs(self, paragraph):
        """The properties of runs that the styles of a paragraph give."""
        about = paragraph.find(f"{W}pPr")
        for style in self._chain(val(about.find(f"{W}pStyle")) if about is not None else ""):
            properties = style.find(f"{W}rPr")
            if properties is not None:
                yield properties

    def name(self, paragraph) -> str:
        """The name of a paragraph's style as Word shows it."""
        about = paragraph.find(f"{W}pPr")
        style = self.elements.get(val(about.find(f"{W}pStyle"))) if about is not None else None
        return val(style.find(f"{W}name")) if style is not None else ""

    def run_name(self, run) -> str:
        """The name of a run's style as Word shows it."""
        style = self.elements.get(val(run.find(f"{W}rPr/{W}rStyle")))
        return val(style.find(f"{W}name")) if style is not None else ""

    def level(self, paragraph) -> int | None:
        """The outline level, from 0; None for what is no heading."""
        for properties in self._own(paragraph, "p"):
            level = properties.find(f"{W}outlineLvl")
            if level is not None:
                return int(val(level)) if val(level) in _OUTLINES else None
        about = paragraph.find(f"{W}pPr")
        for style in self._chain(val(about.find(f"{W}pStyle")) if about is not None else ""):
            name = val(style.find(f"{W}name")).casefold()
            if name in _LEVELS:
                return _LEVELS[name]
        return None

    def number(self, paragraph) -> tuple[str, int] | None:
        """The list that a paragraph stands in, and its depth there from 0."""
        key, depth = "", None
        for properties in self._own(paragraph, "p"):
            number = properties.find(f"{W}numPr")
            if number is None:
                continue
            key = key or val(number.find(f"{W}numId"))
            if depth is None and number.find(f"{W}ilvl") is not None:
                depth = whole(val(number.find(f"{W}ilvl")), 0, 8)
        return (key, depth or 0) if key and key != "0" else None

    def is_contents(self, paragraph) -> bool:
        """Whether it is a line of a contents list."""
        return self.name(paragraph).casefold().startswith(("toc ", "目录 ", "table of figures")) or self.name(paragraph).casefold() in (
            "toc heading",
        )

    def has(self, run, *names: str) -> bool:
        """Whether a run has one of some properties, hidden (vanish) or struck out, by itself, by its style or by its paragraph's."""
        paragraph = next(run.iterancestors(f"{W}p"), None)
        above = self._paragraph_runs(paragraph) if paragraph is not None else ()
        every = [*self._own(run, "r"), *above]
        return any(on(next((found for one in every if (found := one.find(f"{W}{name}")) is not None), None)) for name in names)

    def font(self, run) -> str:
        """The font of a run's Latin letters, "" where nothing says one."""
        for properties in self._own(run, "r"):
            fonts = properties.find(f"{W}rFonts")
            if fonts is not None and (fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi")):
                return fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi")
        return ""


def read(part: bytes | None) -> Styles:
    """The styles of `word/styles.xml`."""
    if part is None:
        return Styles()
    return Styles({style.get(f"{W}styleId"): style for style in packages.tree(part).iter(f"{W}style")})
