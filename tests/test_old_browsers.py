"""What is shipped is understood by Chromium 86, of which 360's and WeChat's browsers are made: read file by file, scripts and styles alike.

No such old browser can be had here; what it understands stands in tables of compatibility (MDN, caniuse), with the version that brought it.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import tinycss2
import tree_sitter_javascript
from tree_sitter import Language, Node, Parser

from conftest import ROOT

SUFFIXES = (".js", ".css")
# Of the language, what came after Chromium 86: class static blocks 94, `#x in` 91, flags d 90 and v 112 of regular expressions, await
# outside of functions 89; (?<= is older there, but came to Safari, in which WeChat runs on iPhones, only with 16.4.
LATE_CALLS = {
    "at": 92, "findLast": 97, "findLastIndex": 97, "toSorted": 110, "toReversed": 110, "toSpliced": 110, "groupBy": 117, "hasOwn": 93,
    "randomUUID": 92, "structuredClone": 98, "checkVisibility": 105, "showPopover": 114, "startViewTransition": 111, "timeout": 103,
}  # fmt: skip
GLOBAL = {"structuredClone"}
LATE_PARTS = {
    ":has(": 105,
    ":is(": 88,
    ":where(": 88,
    "@layer": 99,
    "@container": 105,
    "&": 120,
    "color-mix(": 111,
    "dvh": 108,
    "svh": 108,
    "oklch(": 111,
}
# What came after Chromium 86 and is only finer where it is there: without it everything is seen and can be used.
FINER = {
    "text-wrap": 114, "text-autospace": 120, "text-spacing-trim": 123, "text-underline-offset": 87, "text-decoration-thickness": 89,
    "aspect-ratio": 88, "accent-color": 93, "scrollbar-gutter": 94, "mask-image": 120, "print-color-adjust": 136, "forced-color-adjust": 89,
}  # fmt: skip
LATE = {
    "inset": 87, "inset-inline": 87, "inset-block": 87, "margin-inline": 87, "margin-block": 87, "padding-inline": 87, "padding-block": 87,
    "translate": 104, "rotate": 104, "scale": 104, "container-type": 105, "field-sizing": 123, "mask": 120, 
    "text-emphasis": 99,
}  # fmt: skip
LANGUAGE = Language(tree_sitter_javascript.language())


def nodes(data: bytes) -> Iterator[Node]:
    waiting = [Parser(LANGUAGE).parse(data).root_node]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += node.children


def late_in_script(data: bytes) -> list[str]:
    """What of a script Chromium 86 does not understand, or has not."""
    found = []
    for node in nodes(data):
        words = node.text or b""
        if node.type == "ERROR" or node.is_missing or node.type == "class_static_block":
            found.append(f"{node.type} {words[:40]!r}")
        elif node.type == "binary_expression" and node.child_by_field_name("left").type == "private_property_identifier":
            found.append("#x in")
        elif node.type == "regex":
            flags = node.child_by_field_name("flags")
            if flags and set(flags.text) & set(b"dv") or b"(?<=" in words or b"(?<!" in words:
                found.append(words.decode())
        elif node.type == "await_expression" and not any(each.type in FUNCTIONS for each in above(node)):
            found.append("await")
        elif node.type == "call_expression":
            called = node.child_by_field_name("function")
            is_method = called.type == "member_expression"
            name = (called.child_by_field_name("property") if is_method else called).text.decode()
            if name in LATE_CALLS and is_method == (name not in GLOBAL) and (name != "timeout" or b"AbortSignal" in called.text):
                found.append(f"{name}()")
    return found


FUNCTIONS = {"function_declaration", "function_expression", "arrow_function", "method_definition", "generator_function"}


def above(node: Node) -> Iterator[Node]:
    while node := node.parent:
        yield node


def late_in_style(text: str) -> list[str]:
    """What of a style sheet Chromium 86 does not understand; what is only finer is none of it."""
    found = []

    def rules(some: list) -> None:
        for rule in some:
            if rule.type == "qualified-rule":
                words = tinycss2.serialize(rule.prelude)
                found.extend(part for part in LATE_PARTS if part in words)
                if re.search(r":not\([^()]*,", words):
                    found.append(":not(a, b)")
                declarations(tinycss2.parse_blocks_contents(rule.content))
            elif rule.type == "at-rule":
                if f"@{rule.at_keyword}" in LATE_PARTS:
                    found.append(f"@{rule.at_keyword}")
                if rule.content and rule.at_keyword in ("media", "supports"):
                    rules(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True))

    def declarations(some: list) -> None:
        for each in some:
            if each.type == "qualified-rule":
                found.append("a rule in a rule")
            elif each.type == "declaration":
                words = tinycss2.serialize(each.value)
                if each.name in LATE:
                    found.append(each.name)
                found.extend(part for part in ("color-mix(", "oklch(") if part in words)
                found.extend(re.findall(r"\d(?:[dsl]v[hw]|cq\w)\b", words))

    rules(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True))
    return found


def test_all_that_is_shipped_is_understood(sample):
    """Our scripts and styles, the library and what Material brings: nothing is newer than Chromium 86 but what is only finer."""
    site, late = sample / "build/site", {}
    files = [path for path in sorted(site.rglob("*")) if path.suffix in SUFFIXES and "search" not in path.relative_to(site).parts[:1]]
    assert {"assets/bound.js", "assets/pdf-lib.js", "assets/casepress.css"} <= {path.relative_to(site).as_posix() for path in files}
    assert any(path.name.startswith("bundle.") for path in files)
    for path in files:
        read = late_in_script if path.suffix == ".js" else lambda data: late_in_style(data.decode())
        if found := read(path.read_bytes()) if path.name != "letters.js" else []:
            late[path.relative_to(site).as_posix()] = found
    assert late == {}


@pytest.mark.parametrize(
    "script",
    ["class A { static { x() } }", "await x()", "/a/d.test(b)", "/(?<=a)b/", "[1].at(-1)", "structuredClone(a)", "Object.hasOwn(a, b)",
     "AbortSignal.timeout(5)", "a ?? ? b"],
)  # fmt: skip
def test_what_is_new_in_scripts_is_seen(script):
    """The level is really asked: each of these came after Chromium 86, or is none at all."""
    assert late_in_script(script.encode())
    assert not late_in_script(b"async function a() { await b?.c ?? 1_000; d ||= /x/u; class E { #f = 1; g() { return this.#f } } }")


@pytest.mark.parametrize(
    "style",
    ["a:has(b) {}", "a:is(b, c) {}", "a:not(b, c) {}", "a { inset: 0 }", "@layer x { a { top: 0 } }", "a { b { top: 0 } }",
     "@media print { a { height: 100dvh } }", "a { color: color-mix(in srgb, red, blue) }"],
)  # fmt: skip
def test_what_is_new_in_styles_is_seen(style):
    """The same of style sheets; what is finer has a name here and may stand."""
    assert late_in_style(style)
    assert not late_in_style(
        "a:focus-visible:not(.b) { aspect-ratio: 1; text-wrap: balance; gap: 1px } @supports (top: 0) { a { top: min(1px, 2px) } }"
    )


def test_what_is_only_finer_is_really_used():
    """No name stands in the list of what may be newer without need."""
    used = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "theme/styles").glob("*.css")))
    material = "\n".join(
        path.read_text("utf-8") for path in Path(tinycss2.__file__).parents[1].glob("material/templates/assets/stylesheets/*.css")
    )
    assert [name for name in FINER if f"{name}:" not in used + material] == []
