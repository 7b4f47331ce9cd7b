"""Every way of ticking a box that forms were found to use: each a function of a word and whether it is meant, that gives runs."""

from collections.abc import Callable

from wordparts import control, field, r

Tick = Callable[[str, bool], str]


def fonted(name: str) -> str:
    """Run properties that set a font."""
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'


def box14(word: str, on: bool) -> str:
    """Word's own checkbox control."""
    return box(on, "1" if on else "0", r("☒" if on else "☐")) + r(word)


def box14_true(word: str, on: bool) -> str:
    """The same with true and false, its glyph a symbol of Wingdings, the word before it."""
    return r(word) + box(on, "true" if on else "false", symbol("Wingdings", "F0FE" if on else "F0A8"))


def box(on: bool, value: str, glyph: str) -> str:
    """A checkbox control around its glyph."""
    states = '<w14:checkedState w14:val="2612" w14:font="MS Gothic"/><w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/>'
    return control(glyph, f'<w14:checkbox><w14:checked w14:val="{value}"/>{states}</w14:checkbox>')


def form(state: Callable[[bool], str]) -> Tick:
    """A legacy form field; state gives what stands in w:checkBox besides its size."""

    def tick(word: str, on: bool) -> str:
        data = f'<w:ffData><w:name w:val=""/><w:enabled/><w:checkBox><w:sizeAuto/>{state(on)}</w:checkBox></w:ffData>'
        return field(" FORMCHECKBOX ", "", data) + r(word)

    return tick


def symbol(font: str, code: str) -> str:
    """A run of one w:sym."""
    return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'


def symbols(font: str, on_code: str, off_code: str) -> Tick:
    """Symbols before the words."""
    return lambda word, on: symbol(font, on_code if on else off_code) + r(word)


def run(font: str, on_text: str, off_text: str) -> Tick:
    """Letters in a run whose font shows them as boxes."""
    return lambda word, on: r(on_text if on else off_text, fonted(font)) + r(word)


def before(mark: str, blank: str, gap: str = "") -> Tick:
    """Plain characters before the words."""
    return lambda word, on: r((mark if on else blank) + gap + word)


def after(mark: str, blank: str) -> Tick:
    """Plain characters behind the words."""
    return lambda word, on: r(word + (mark if on else blank))


def split(word: str, on: bool) -> str:
    """The mark bold in a run by itself, the word cut in two as Word does after a correction."""
    return r("☑" if on else "□", "<w:b/>") + '<w:proofErr w:type="spellStart"/>' + r(word[:1]) + r(word[1:], '<w:lang w:val="zh-CN"/>')


def enclosed(word: str, on: bool) -> str:
    """带圈字符: a field that draws √ over □."""
    return (field("eq \\o\\ac(□,√)") if on else r("□")) + r(word)


def enclosed_split(word: str, on: bool) -> str:
    """The same, its code in three runs, the inner mark with properties, as Word writes it."""
    code = "".join(
        f'<w:r><w:rPr><w:sz w:val="24"/></w:rPr><w:instrText xml:space="preserve">{text}</w:instrText></w:r>'
        for text in (" EQ \\o\\ac(", "□", ",√)")
    )
    whole = f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{code}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    return (whole if on else r("□")) + r(word)


def enclosed_simple(word: str, on: bool) -> str:
    """The same as a field of the short kind, behind the word."""
    return r(word) + ('<w:fldSimple w:instr=" eq \\o\\ac(□,√) "/>' if on else r("□"))


TICKS: dict[str, Tick] = {
    "w14": box14,
    "w14-true-behind": box14_true,
    "form-checked": form(lambda on: '<w:default w:val="0"/>' + ("<w:checked/>" if on else "")),
    "form-checked-value": form(lambda on: f'<w:default w:val="0"/><w:checked w:val="{int(on)}"/>'),
    "form-default": form(lambda on: f'<w:default w:val="{int(on)}"/>'),
    "form-default-taken-back": form(lambda on: '<w:default w:val="1"/>' + ("" if on else '<w:checked w:val="0"/>')),
    "sym-wingdings": symbols("Wingdings", "F0FE", "F0A8"),
    "sym-wingdings-short": symbols("Wingdings", "FE", "A8"),
    "sym-wingdings-2": symbols("Wingdings 2", "F052", "F0A3"),
    "sym-wingdings-2-short": symbols("Wingdings 2", "0052", "00A3"),
    "run-wingdings-2": run("Wingdings 2", "R", "£"),
    "run-wingdings-letters": run("Wingdings", "R", "£"),  # the letters of Wingdings 2 under the other name, as the forms have them
    "run-wingdings": run("Wingdings", "þ", "¨"),
    "run-private-use": run("Wingdings 2", "\uf052", "\uf0a3"),
    "run-by-style": lambda word, on: r("R" if on else "£", '<w:rStyle w:val="boxes"/>') + r(word),  # see BOXES
    "ballot-before": before("☑", "□"),
    "ballot-cross": before("☒", "☐", " "),
    "ballot-behind": after("☑", "☐"),
    "square-before": before("■", "□"),
    "square-behind": after("■", "□"),
    "round-before": before("●", "○"),
    "root-before": before("√", "□", " "),
    "root-behind": after("√", "□"),
    "root-beside-box": before("□√", "□"),
    "root-behind-alone": after("√", ""),
    "check-before": before("✓", "□"),
    "heavy-check-behind": after("✔", "□"),
    "brackets-before": before("（√）", "（　）"),
    "brackets-behind": after("（√）", "（ ）"),
    "square-brackets": before("[√]", "[ ]"),
    "split": split,
    "enclosed": enclosed,
    "enclosed-split": enclosed_split,
    "enclosed-simple": enclosed_simple,
}
# The style that run-by-style needs.
BOXES = f'<w:style w:type="character" w:styleId="boxes"><w:name w:val="方框"/><w:rPr>{fonted("Wingdings 2")}</w:rPr></w:style>'


def ticked(tick: Tick, words: tuple[str, ...], meant: list[str], gap: str = "  ") -> str:
    """All the words with their boxes, as runs of one paragraph."""
    return r(gap).join(tick(word, word in meant) for word in words)
