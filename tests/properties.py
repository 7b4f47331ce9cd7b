"""What properties are asked with: profiles of Hypothesis, and texts as people, programs and strangers write them.

In the suite every property is asked few questions, always the same; `CASEPRESS_PROPERTIES=nightly` asks ten thousand (fewer where each
makes a whole site and book), each time others, and remembers what failed.
"""

import os

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

_USUAL = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]}
NIGHTLY = os.environ.get("CASEPRESS_PROPERTIES") == "nightly"


def asked(times: int, at_night: int = 10_000):
    """How often a property is asked in the suite, and at night."""
    if NIGHTLY:
        return settings(max_examples=at_night, **_USUAL)
    return settings(max_examples=times, derandomize=True, database=None, **_USUAL)


# Every character that may stand in a text: no control characters, no halves of characters, none that is none or turns others round.
SIGNS = st.characters(exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
PIECES = (
    "大课间", "“双减”", "《规程》", "课后服务", "Ａ班", "STEAM", "5+2", "C#", "*重点*", "<b>", "&amp;", "_x_", "{{ y }}", "[乙](c.md)", "——", "……", "（一）", "1.", "#",
    "`z`", "\\", "'", '"', "𠮷", "㐀", "𱍐", "é", "e\u0301", "葛\U000e0100", "👩‍🏫", "％", "：", ": ", "|", "·", "①", "ﬁ", "---", "- ", "!!", "&a", "*a", "%", "@", "no", "null", "0110",
    "2024-02-30", "a" * 40, "~", "=", "课後", "麵", "　", " ", "\u00a0",
)  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), SIGNS, st.text(SIGNS, max_size=6)), min_size=1, max_size=8).map("".join)
LINES = st.lists(TEXTS, max_size=6).map("\n".join)
RAW = st.one_of(
    st.text(max_size=80),
    LINES,
    st.lists(st.one_of(TEXTS, st.sampled_from(["---\n", "标题: ", "\n- ", "\n  ", "[", "{", "\t", "\r", "\0", "\u202e"]))).map("".join),
)
