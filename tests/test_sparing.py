"""What the layout spares itself changes nothing: the same pages as when WeasyPrint does all of it."""

import re
from contextlib import nullcontext
from dataclasses import replace

import pytest
from weasyprint.formatting_structure import boxes

from casepress import flow
from casepress.collection import project
from casepress.press import laying, layout
from casepress.press.patches import sparing, writing
from casepress.press.patches.fontconfig import configured
from casepress.press.recipes import job
from conftest import ROOT

SHEET = """
    @page { size: 9cm 12cm; margin: 1cm; background: #eee }
    @page named { margin: 2cm 10%; @top-left { content: string(name) } @top-right { content: "右"; width: 30% } @bottom-center { content: counter(page) } }
    @page :blank { @left-middle { content: "空" } }
    html { font: 10pt/16pt sans-serif; overflow-wrap: break-word } body { background: #ffe }
    .named { page: named; break-before: page; string-set: name content(text) } .blank { break-before: left }
    .share { width: 40%; margin: 5% auto; padding: 2% 1em; min-height: 10%; max-width: 50% } .high { height: 3em } .high > * { height: 50%; max-height: 20px }
    .box { display: inline-block; padding: 1px 3px; border: 1px solid; margin: auto 2px } .round { border-radius: 3px 50% / 2px; background: #ccd }
    .inner { box-sizing: border-box; width: 6em; padding: 1em; border: 2px solid } .gone { visibility: hidden; background: red }
    .shadow { box-shadow: 1px 1px red } .picture { background: linear-gradient(red, blue) no-repeat; border: 3px solid; border-image: linear-gradient(red, blue) 1 }
    table { margin: 10px 0 } .collapsed { border-collapse: collapse } .collapsed td { border: 1px solid; background: #eef; padding: 5% }
    .float { float: right; width: 30% } .over { position: absolute; right: 0; top: 1em; background: #fcc } p::first-line { color: blue }
    .narrow { width: 5em } .fixed { display: inline-block; width: 100%; max-width: 4em }
"""
BODY = """
    <p>一段文字，写得长一些，为的是看它怎样折行。<span class=box>短</span><span class="box round">这一块放不下，要折成好几行才行，写得很长很长很长很长很长</span></p>
    <div class=share>按比例<div class=box>里面</div></div><div class=high><div>一半</div></div><div class=inner>在里面</div>
    <p class="gone round">看不见</p><p class=shadow>影</p><p class=picture>图</p><div class=float>浮动<span class=box>块</span></div><div class=over>盖在上面</div>
    <table><tr><td>一<td class=round>二</table><table class=collapsed><tr><td>三<td>四 five six</table>
    <div class=narrow><span class=box>Supercalifragilistic</span><span class=fixed>定宽</span></div><ul><li class=round>项</ul>
    <div class=named>有书眉的一页</div><p>下一页</p><div class=blank>左页</div>
"""


def drawn(fonts, body: str) -> tuple[list, set[str]]:
    """What is written of a document that is laid out twice in one style, with nothing known and with all that is; and what is known then."""
    style = layout.read_style(SHEET, fonts)
    made, known = [], set()
    for _ in range(2):
        laid = layout.lay_out(f"<html lang='zh-CN'><body>{body}</body></html>", {}, fonts, style)
        made.append(list(writing.written(laid.document).objects()))
        known |= {name for page in laid.pages for box in page._page_box.descendants() for name, value in vars(box.style).items() if value}
    assert made[0] == made[1]
    return made[0], known & {"resolved", "is_bare"}


@pytest.mark.parametrize("body", [BODY, "<p>一</p>", f"<div class=named>二{BODY}</div>"])
def test_what_is_spared_changes_nothing(body, monkeypatch):
    """Shares of what holds a box, boxes that do not fit, backgrounds, round corners, margin boxes: each stands as without us."""
    fonts = configured(())
    spared, known = drawn(fonts, body)
    monkeypatch.setattr(layout, "spared", nullcontext)
    assert drawn(fonts, body) == (spared, set())
    assert known == {"resolved", "is_bare"}


def test_what_is_in_the_flow_is_found_without_asking():
    """Every place that a style can give a box: in the flow or not as WeasyPrint says, which is asked for odd ones only."""
    asked = []

    def long_way(box) -> bool:
        asked.append(box)
        return boxes.Box.is_in_normal_flow(box)

    flowing = sparing._flowing(long_way)
    for place in ("static", "relative", "absolute", "fixed", ("running()", "head"), ("note()", "a")):
        for float_ in ("none", "left", "right", "inline-start", "inline-end", "footnote"):
            box = boxes.Box("p", {"float": float_, "position": place}, None)
            asked.clear()
            assert flowing(box) == boxes.Box.is_in_normal_flow(box)
            assert bool(asked) == (float_ != "none" or place not in ("static", "relative"))


HEADS_IN_MARGINS = """.running { break-before: page; height: 1pt; string-set: running attr(data-head) }
    .running-left { page: running-left } .running-right { page: running-right }
    @page running-left { @top-left { LOOK; text-align: left } }
    @page running-right { @top-right { LOOK; text-align: right } }"""


def test_running_heads_stand_as_boxes_of_margins_would():
    """A head of one, two or three lines ends where the margin's box would have it end, at the outer edge, and looks the same."""
    place = project.find(ROOT)
    collection, _ = flow.check_project(place)
    recipe = flow.press_of(place, collection).recipe
    start, end = recipe.style.index(".running {"), recipe.style.index("html {")
    (font,), (color,), (foot,) = (
        re.findall(rf"(?<=[ ;]){name}: ([^;}}]+)", recipe.style[start:end]) for name in ("font", "color", "padding-bottom")
    )
    look = f"content: string(running); width: 100%; font: {font}; color: {color}; vertical-align: bottom; padding-bottom: {foot}"
    margins = replace(recipe, sum="margins", style=recipe.style[:start] + HEADS_IN_MARGINS.replace("LOOK", look) + recipe.style[end:])
    titles = ["一行", "两行的标题“很长”，AB" * 5, "三行的标题，更长一些" * 12]
    articles = "".join(f"<article id='a-{n}' data-left='左{title}' data-right='{title}'><p>文</p></article>" for n, title in enumerate(titles))
    html = f"<!doctype html><html lang='zh-CN'><head><meta charset='utf-8'></head><body>{articles}</body></html>"
    ours, theirs = (_heads(laying.laid(each, job(each, html, {}))) for each in (recipe, margins))
    assert [len(lines) for lines in ours] == [1, 1, 2, 2, 3, 3]
    assert ours == theirs
    assert len({lines[-1][1] for lines in ours}) == 1


def _heads(laid) -> list[list[tuple]]:
    """The lines of each running head: its words, where they stand, and how they look."""
    found = []
    for page in laid.document.pages[laid.length :]:
        texts = [box for box in page._page_box.descendants() if isinstance(box, boxes.TextBox)]
        lines = {}
        for box in texts:
            where = round(box.position_y + box.baseline, 3), round(box.position_x, 3), round(box.width, 3)
            lines.setdefault(where[0], []).append((box.text, *where, box.style["font_size"], str(box.style["color"])))
        found.append([line[0] for _, line in sorted(lines.items())])
    return found


def test_a_stylesheet_is_read_once():
    """A stylesheet without faces of its own is read once for whatever fonts; what is kept with it is not shared, and one with faces is read for each."""
    one, other = layout.read_style(SHEET, configured(())), layout.read_style(SHEET, configured(()))
    assert one.css.matcher is other.css.matcher and one.css is not other.css and one.counters is not other.counters

    faced = SHEET + "@Font-Face { font-family: x; src: local(x) }"
    one, other = layout.read_style(faced, configured(())), layout.read_style(faced, configured(()))
    assert one.css.matcher is not other.css.matcher
