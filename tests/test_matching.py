"""Rules that are remembered for elements that are alike are those that match each of them."""

import random

import pytest
import weasyprint

from casepress.press.patches import matching
from casepress.press.patches.matching import Matching, matched

SELECTORS = (
    "p; .a; .b.a; #x; p#y; *; [title]; [title=t]; [title~=t]; [lang|=zh]; [href^=h]; [href$=h]; [href*=h]; [class=A i]; :link; a:any-link; :root; :empty;"
    ":first-child; :last-child; :only-child; p:first-of-type; p:last-of-type; b:only-of-type; :lang(zh); :lang(en); p:nth-child(2n+1);"
    "b:nth-last-child(2); p:nth-of-type(2); b:nth-last-of-type(1); p:not(.a); :not(p, b); :is(.a, b); :where(p) > b; p:has(b); p:has(+ p); b:has(> a);"
    "div > p; div p; p + p; b ~ a; p + .b b; .a:not(:first-child) b; .b:first-child p b; :disabled; :checked; p::before; .a::after; b:first-child::before"
)
SHEET = "".join(f"{each} {{ color: red }}" for each in SELECTORS.split(";"))


def tree(chance: random.Random, depth: int = 0) -> str:
    """Some elements beside one another, with others in them."""
    made = ""
    for _ in range(chance.randrange(1, 5)):
        name = chance.choice(("p", "b", "a", "div", "section"))
        said = "".join(chance.choice(("", "", each)) for each in (" class='a'", " class='b a'", " title='t'", " lang='en'", " href='h'"))
        said = said.replace(" class='a' class='b a'", " class='a'")
        made += f"<{name}{said}>{tree(chance, depth + 1) if depth < 3 and chance.random() < 0.7 else chance.choice(('', 'x'))}</{name}>"
    return made


def sheets_of(text: str) -> tuple[weasyprint.CSS, ...]:
    html = weasyprint.HTML(string="<p>")
    return (*html._ua_stylesheets(False), weasyprint.CSS(string=text))


def differing(sheets: tuple[weasyprint.CSS, ...], pages: int = 40) -> tuple[int, int]:
    """How many elements of some pages were looked at, and how many of them are said to have other rules than they have."""
    chance, known = random.Random(7), Matching(sheets)
    looked_at = wrong = 0
    for _ in range(pages):
        html = weasyprint.HTML(
            string=f"<html lang='zh-CN'><body id='{chance.choice('xyz')}'>{tree(chance)}<p id='{chance.choice('xyz')}'></body>"
        )
        alike = {None: None}
        for element in html.wrapper_element.iter_subtree():
            like = alike[element.etree_element] = known.like(element, alike[element.parent and element.parent.etree_element])
            found = [rule[:-1] for rule in matched(element, like)]
            looked_at += 1
            wrong += found != [(nth, *rule) for nth, sheet in enumerate(sheets) for rule in sheet.matcher.match(element)]
    return looked_at, wrong


@pytest.mark.parametrize("of", ["p, .a { color: red }", "div > p + p { color: red }", SHEET])
def test_what_is_remembered_is_what_matches(of):
    """Over many pages and all kinds of selectors, element for element: by names, attributes, neighbours, places, content, languages."""
    looked_at, wrong = differing(sheets_of(of))
    assert looked_at > 1000 and wrong == 0


def test_elements_that_are_alike_are_looked_up_once():
    """A paragraph like the one before it is not asked again; one that leads elsewhere, or stands below another parent, is."""
    known = Matching(sheets_of(".a p { color: red }"))
    html = weasyprint.HTML(string="<div class='a'><p>1</p><p id='n'>2</p><p title='t'>3</p></div><div><p>4</p></div>")
    alike = {None: None}
    for element in html.wrapper_element.iter_subtree():
        alike[element.etree_element] = known.like(element, alike[element.parent and element.parent.etree_element])
    one, other, titled, elsewhere = (alike[each] for each in html.etree_element.iter("p"))
    assert one is other and one is not elsewhere and len(elsewhere.rules) < len(one.rules)
    assert titled.rules == one.rules


def test_no_more_is_remembered_than_has_room(monkeypatch):
    """What was remembered for too many kinds of elements is forgotten, and what comes after is right."""
    monkeypatch.setattr(matching, "_MANY", 5)
    looked_at, wrong = differing(sheets_of(SHEET), 5)
    assert looked_at > 100 and wrong == 0
