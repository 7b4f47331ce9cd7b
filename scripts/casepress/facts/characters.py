"""Characters: the one table of the sets of characters that readers, checks, search and press decide by, with sources.

What has ranges is written as the inside of a class of a pattern (`f"[{HAN}]"`), and no such set begins with ^ or holds
a bare ], so that sets may stand beside each other. Sets of single marks are plain strings, good for both uses.
"""

# Kinds of letters

# 汉字 (Unicode 17, 18.1; GB 18030-2022): of the first block alone, for patterns that must be fast and in which rare ones change nothing;
# with radicals and all other ideographs (planes 2 and 3 hold nothing else); and with the numerals, 〇 and 苏州码子. The second set is for
# words of forms and for names, where 〇 is a box or hides a character.
EVERYDAY = "\u4e00-\u9fff"
WORDED = "\u2e80-\u2fdf\u3400-\u4dbf" + EVERYDAY + "\uf900-\ufaff\U00020000-\U0002fffd\U00030000-\U0003fffd"
HAN = WORDED + "\u3007\u3021-\u3029"
# Letters and figures that stand a little apart from 汉字 (CLREQ 3.2.2): Latin, Greek, Cyrillic.
LATIN = "0-9A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff"
RIGHT_TO_LEFT = "\u0590-\u08ff\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff"  # UAX #9: R, AL and what turns text

# Marks (names of GB/T 15834-2011)

QUOTES = "“”‘’"  # 引号; the same characters as in Latin text, so their width is the face's
QUOTED, WITHIN_QUOTES = "“”„‟〝〞〟「」『』«»", "‘’‚‛‹›"  # double and single ones of all languages, which search takes for one
PAIRS = dict(zip("“‘（《〈【「『〔［｛〖", "”’）》〉】」』〕］｝〗", strict=True))  # 引号, 括号, 书名号
BRACKETS = r"()（）\[\]［］【】〔〕"  # around a label or a remark
OPENING, CLOSERS = "".join(PAIRS), "".join(PAIRS.values())
PAUSES = "，、；："  # 句内点号
SET_OFF_BEFORE, SET_OFF_BEHIND = "、：“‘《「『", "、”’》」』"  # between these stands a word by itself: a name, an item of a list
SENTENCES = "。！？"  # 句末点号
ENDS = SENTENCES + "．"  # and the full stop of scientific texts
STOPS = PAUSES + ENDS
CLOSING = STOPS + CLOSERS
COLONS = "：:﹕∶︰"  # 冒号 behind a label, and what keyboards and programs give for it
MIDDLE = "·・‧"  # 间隔号, and what keyboards give for it
DOTS = "·•・"  # within a name: 间隔号, and what keyboards give for it there
LINKING = "～〜"  # 连接号 one em wide
BETWEEN_NUMBERS = "—–～"  # as people write 2—3
DASHES = "‐‑‒–—―−－─"  # dashes, and what keyboards and programs give for them besides the ASCII hyphen
SEPARATING = "、，,；;"  # between the values that one line gives
# 标点避头尾 (CLREQ 3.1.3): what begins no line, and what ends none. Dashes and dots are judged by their neighbours.
NOT_FIRST = CLOSING + MIDDLE + LINKING + "％"
NOT_LAST = OPENING
# One em wide whatever stands around them: the marks without the quotes.
FULL_WIDTH = "".join(mark for mark in OPENING + CLOSING if mark not in QUOTES)
# What a keyboard in Latin mode leaves behind where the mark of one em is meant.
FULL_OF = {",": "，", ".": "。", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
# The forms of marks in vertical lines (CLREQ 3.1.4; Unicode, Vertical Forms and CJK Compatibility Forms).
VERTICAL = dict(
    zip(
        "（）｛｝〔〕【】《》〈〉「」『』“”‘’［］〖〗，、。：；！？…—",
        "︵︶︷︸︹︺︻︼︽︾︿﹀﹁﹂﹃﹄﹁﹂﹃﹄﹇﹈︗︘︐︑︒︓︔︕︖︙︱",
        strict=True,
    )
)

# Marks that begin a line

# 项目符号, the last five as word processors leave those of their fonts Symbol and Wingdings (private use).
BULLETS = "•‣◦▪" + MIDDLE + "\uf06c\uf0a7\uf0b7\uf0d8\uf0fc"
ORNAMENTS = "●○◆◇■►▶➢➤"  # bullets too, but one alone may adorn a title
SIGNS = "✓✔☑☐□★☆▲△❤✅"  # say something by themselves, and stay where they stand
RAISED, LOWERED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₒₓₕₖₗₘₙₚₛₜ"  # above and below the line (Superscripts and Subscripts)
ENCLOSED = "①-⑳⑴-⒇⒈-⒛㈠-㈩Ⅰ-Ⅻ❶-❿"  # numbers in one character

# Marks of forms

STARS = "*＊★☆※●◆▲"  # at a label that must be answered
CHECKS = "√✓✔🗸"  # 勾, typed or drawn beside a word
FILLED = "☑■●▣◉✅⬛◼◆🗹⊙"  # boxes with something in them
CROSSES = "☒×✗✘✕✖❌"
BOXES = "☐□○◯▢◻"  # empty boxes, and nothing else
BOX_LIKE = "⬜◇❏❑▯〇"  # empty boxes where a form has them for choices, elsewhere bullets, ornaments and a number

# Widths and spaces

# One em wide when set: 汉字, kana, bopomofo, and the marks of the CJK and full-width blocks (UAX #11), but not full-width
# digits and letters, which hold together as their narrow kin do, nor dashes, dots and quotes.
SQUARE = HAN + "\u3000-\u312f\u31a0-\u31bf\u3200-\u33ff\ufe30-\ufe4f！-／：-＠［-｀｛-･￠-￦"
# Written without a space between: where a source's line ends between two of these, none is meant. Without the wide space.
CLOSE = HAN + "\u2fe0-\u2fff\u3001-\u33ff\u4dc0-\u4dff\ufe30-\ufe4f\uff00-\uffef“”‘’…—·"
BLANKS = " \t\u00a0\u2002\u2003\u3000"  # the spaces that people type within a line, and what &ensp; and &emsp; leave
# White space as Python's str.split and \s have it, written out for other languages (Unicode, White_Space, and \x1c-\x1f).
SPACES = "\t-\r\x1c- \x85\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
# Of the white space and the hidden characters, those that part lines or words where nobody meant a line.
LINE_LIKE = "\x0b\x0c\x1c-\x1e\x85\u2028\u2029"

# What has no shape of its own

VARIATIONS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"  # Variation_Selector: which form the character before has
COMBINING = "\u0300-\u036f\u20d0-\u20ff\u302a-\u302f\u3099\u309a\ufe20-\ufe2f"  # marks over and under the character before
ATTACHED = COMBINING + VARIATIONS + "\u200d"  # nothing comes between these and what stands before
UNSHAPED = "\u00ad\u200b-\u200d\u2060\ufeff"  # Pango gives them no glyph that could carry a width
SKIN_TONES = "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"  # Emoji_Modifier (UTS #51); in black there is none to show
# Default_Ignorable_Code_Point (UAX #44): shows nothing where a face has nothing for it.
IGNORABLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)

# What no text should hold

TURNING = "\u202a-\u202e\u2066-\u2069"  # make a text read otherwise than it is stored (CVE-2021-42574)
NONCHARACTERS = "\ufdd0-\ufdef" + "".join(f"{chr(plane | 0xFFFE)}{chr(plane | 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
SURROGATES = "\ud800-\udfff"
NOT_IN_XML = "\0-\x08\x0b\x0c\x0e-\x1f" + SURROGATES + "\ufffe\uffff"  # written or as a number (XML 1.0, 2.2)
LOW_CONTROLS = "\0-\x08\x0e-\x1f"  # the ASCII ones (C0) that no file of text has
CONTROLS = LOW_CONTROLS + "\x7f-\x84\x86-\x9f"  # without those that part words: \t to \r and \x85
# Left behind by word processors and web pages: nobody sees them, and search and typesetting stumble over them.
HIDDEN = "\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u200b\u200c\u200e\u200f\u2028\u2029\u2060\ufeff\U000e0000-\U000e007f"
# What may not reach a page, nor count in a search (facts/folding.py, and search/folding.js with it).
UNFIT = CONTROLS + "\u061c\u200b\u200e\u200f" + TURNING + SURROGATES + "\ufdd0-\ufdef\ufeff\ufffe\uffff"
