"""Bodies that cost more than anything that people write."""

from evil import MADE, REFUSED, WARNED, Evil, case

PARA = "从实际出发，教导处把分层练习和心理健康课程放在一起研究，家长看得见变化，学生也乐意参加。"
BODIES = {
    "open-square": "[" * 400_000, "open-angle": "<" * 400_000, "open-picture": "![" * 200_000, "cdata": "<![" * 100_000,
    "open-a": "<a" * 100_000, "open-a-space": "<a " * 100_000, "comments": "<!--" * 100_000, "comment": "<!--" + "a" * 400_000,
    "parens": "(" * 400_000, "heading-spaces": "## a" + " " * 100_000 + "b", "heading-hashes": "## a" + "#" * 100_000 + " b",
    "address": "http://a.cn/" + "a" * 100_000, "code": "```\n" + "x = 1;" * 80_000 + "\n```", "code-lines": "```\n" + "x = 1\n" * 80_000 + "```",
    "line": "字" * 500_000, "line-latin": "a" * 500_000, "paragraphs": "一段话。\n\n" * 20_000,
    "headings": "".join(f"## 标题{n}\n\n字。\n\n" for n in range(9_000)), "columns": "|" + "a|" * 5_000 + "\n|" + "-|" * 5_000 + "\n|" + "b|" * 5_000,
    "columns-100": "|" + "a|" * 100 + "\n|" + "-|" * 100 + "\n|" + "b|" * 100,
    "cells": "|a|b|c|d|e|f|g|h|i|j|\n|" + "-|" * 10 + "\n" + ("|" + "字|" * 10 + "\n") * 10_000,
    "references": "".join(f"[a{n}][r{n}] " for n in range(20_000)) + "\n\n" + "".join(f"[r{n}]: http://a.cn/{n}\n" for n in range(20_000)),
    "quotes": ">" * 5_000 + " a", "lists": "".join("  " * n + "- a\n" for n in range(1_000)), "stars": "*a **a " * 50_000,
    "underlines": "_a __a " * 50_000, "ticks": "".join("`" * n + " " for n in range(800)), "ampersands": "&" * 400_000,
    "slashes": "\\" * 400_000, "pipes": "|" * 200_000, "divisions": "<div>" * 20_000, "tables": "<table>" * 2_000, "dashes": "-" * 400_000,
    "tabs": "\t" * 200_000 + "a", "wide-spaces": "\u3000" * 200_000 + "a", "numbers": "".join(f"{n}. a\n" for n in range(20_000)),
    "joined": "👩" + "\u200d👩" * 3_000,
}  # fmt: skip
WORDS = {
    "columns-100": "100 列",
    "joined": "连成一串",
    "divisions": "",
    "tables": "",
    "dashes": "",
    "quotes": "",
    "lists": "",
    "heading-spaces": "",
    "tabs": "",
    "wide-spaces": "",
}
WITHIN = {
    "notes-200": (MADE, "".join(f"字[^n{n}]。\n\n" for n in range(200)) + "".join(f"[^n{n}]: 注{n}\n\n" for n in range(200)), ""),
    "headings-300": (MADE, "".join(f"## 标题{n}\n\n字字字。\n\n" for n in range(300)), ""),
    "cells-3000": (MADE, "|a|b|c|d|e|f|\n|" + "-|" * 6 + "\n" + ("|" + "字|" * 6 + "\n") * 500, ""),
    "parens-900": (WARNED, ("(" * 900 + " ") * 22, ""),
    "squares-900": (WARNED, ("[" * 900 + "甲") * 22, ""),
    "words-990": (MADE, ("a" * 990 + " ") * 20, ""),
    "long-cell": ("any", "|a|b|\n|-|-|\n|" + PARA * 400 + "|b|", ""),
    "links-190": (MADE, "".join(f"[链接{n}](http://a.cn/{n})、" for n in range(190)), ""),
}  # fmt: skip


def inputs() -> list[Evil]:
    found = [
        Evil("exhaustion", name, f"cases/ex-{name}.md", case(f"耗尽 {name}", body).encode(), REFUSED, WORDS.get(name, ""))
        for name, body in BODIES.items()
    ]
    found += [
        Evil("exhaustion", name, f"cases/ex-{name}.md", case(f"耗尽 {name}", body).encode(), verdict, words)
        for name, (verdict, body, words) in WITHIN.items()
    ]
    found.append(Evil("exhaustion", "spaces-first", "cases/ex-spaces-first.md", (" " * 3000 + case("耗尽 spaces-first")).encode(), REFUSED, ""))
    return found
