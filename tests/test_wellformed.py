"""Well-formed pages are read by our own reader as HTML's parser reads them; what is not certainly well-formed is left to it."""

import random
import re
from io import StringIO

import pytest
import tinyhtml5

from casepress.markup import parsing, wellformed

WHOLE = '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n</head>\n<body class="k">{}</body>\n</html>\n'
TITLED = WHOLE.replace("</head>", '<title>{title}</title>\n<link rel="stylesheet" href="style.css">\n</head>').replace(
    '"k"', '"k" epub:type="x y"'
)
PART = "<!doctype html><body>{}"
TEXTS = ("文", "a b", "\n", "&amp;", "&lt;x&gt; &nbsp;", " ", "\n  ", "　")
STRAY = tuple(
    "<p> </p> <div> </div> <b> </b> <a> </a> <ul> </ul> <li> </li> <table> </table> <tbody> </tbody> <tr> </tr> <td> </td> <th> <h1> </h1> <h2> </h2>"
    " <br> <hr> <hr/> <img> x < & &amp; &copy; <em> </em> <span> </span> <caption> </caption> <colgroup> </colgroup> <col> <dl> </dl> <dt> </dt>"
    " <dd> </dd> <i> </i> <section> </section> <code> </code> <pre> </pre> <svg> </svg> <!--x--> <P> <select> <option> </body> </html> <head>".split(
        " "
    )
)


def flat(element) -> tuple:
    """All that a tree says."""
    return element.tag, list(element.attrib.items()), element.text, element.tail, [flat(child) for child in element]


def as_html(html: str) -> tuple:
    """What HTML's own parser makes of a page."""
    return flat(tinyhtml5.parse(StringIO(html), namespace_html_elements=False))


def grown(dice: random.Random, depth: int = 0) -> str:
    """Some HTML as templates write it, well-formed but for paragraphs, headings and links that may stand in each other."""

    def inner() -> str:
        return grown(dice, depth + 1)

    made = ""
    for _ in range(dice.randint(0, 3)):
        match dice.choice("p div b a ul table h1 h2 em span text text br i dl hr section code img".split()):
            case "text":
                made += dice.choice(TEXTS)
            case "br" | "hr" as name:
                made += f"<{name}>"
            case "img":
                made += '<img src="a&amp;b>c" alt="">'
            case _ if depth > 5:
                made += "深"
            case "ul":
                made += "<ul>\n" + "".join(f'<li class="x" id="y">{inner()}</li>\n' for _ in range(2)) + "</ul>"
            case "dl":
                made += f"<dl><dt>{inner()}</dt><dd>{inner()}</dd></dl>"
            case "table":
                head = dice.choice(["", f"<caption>{inner()}</caption>"]) + dice.choice(
                    ["", '<colgroup><col style="width: 3em"><col></colgroup>\n']
                )
                made += f"<table>{head}<tbody>\n<tr> <td>{inner()}</td><th>{inner()}</th></tr></tbody></table>"
            case name:
                made += f"<{name}>{inner()}</{name}>"
    return made


@pytest.mark.parametrize("seed", range(4))
def test_what_is_read_here_is_what_html_says(seed):
    """Pages grown by chance, with tags lost, moved and strewn in: whatever the reader takes, it takes as HTML's parser does."""
    dice, taken = random.Random(seed), 0
    for _ in range(250):
        parts = re.findall(r"<[^>]*>|[^<]+", grown(dice))
        for _ in range(dice.choice([0, 0, 1, 2, 3]) if parts else 0):
            at, other = dice.randrange(len(parts)), dice.randrange(len(parts))
            match dice.randrange(3):
                case 0:
                    parts[at] = ""
                case 1:
                    parts.insert(at, dice.choice(STRAY))
                case 2:
                    parts[at], parts[other] = parts[other], parts[at]
        html = dice.choice((WHOLE, TITLED, PART)).format("".join(parts), title=dice.choice(TEXTS))
        found = wellformed.document(html)
        if found is not None:
            assert flat(found) == as_html(html), html
            taken += 1
        assert flat(parsing.document(html)) == as_html(html), html
    assert taken > 80


@pytest.mark.parametrize(
    "body",
    [
        *(
            "<p>一<p>二",
            "<p>一<div>二</div></p>",
            "<h1>一<h2>二</h2></h1>",
            "<a>一<a>二</a></a>",
            "<li>一</li>",
            "<b><i>一</b></i>",
            "<p>一</p></p>",
        ),
        *(
            "<table><tr><td>一</td></tr></table>",
            "<table><tbody>一</tbody></table>",
            "<ul><li>一<li>二</ul>",
            "<br/>",
            "</br>",
            "<p/>",
            "<!-- 一 -->",
        ),
        *(
            "<pre>\n一</pre>",
            "<svg></svg>",
            "<P>一</P>",
            "<p class=a>一</p>",
            '<p id="a" id="b">一</p>',
            "<p hidden>一</p>",
            "一 < 二",
            "&copy;",
            "& 一",
        ),
        *(
            "一\r\n二",
            "一\0",
            "<title>一</title>",
            "<style>一</style>",
            "<body>一</body>",
            "<x-y>一</x-y>",
            "<textarea>\n</textarea>",
            "<p>一",
            "</div>",
        ),
    ],
)
def test_what_html_has_a_rule_for_is_left_to_html(body):
    """Tags that end or imply others, what stands where it may not, what is written carelessly: HTML's parser is asked."""
    for html in (WHOLE.format(body), PART.format(body)):
        if html != PART.format("<p>一"):
            assert wellformed.document(html) is None
        assert flat(parsing.document(html)) == as_html(html)


@pytest.mark.parametrize(
    "html", ["", "一", "<p>一</p>", "<html><body>一</body></html>", WHOLE.format("一").replace("</html>", ""), WHOLE.format("一") + "二"]
)
def test_other_pages_are_left_to_html(html):
    """What does not begin and end as our pages do is no page of ours."""
    assert wellformed.document(html) is None
    assert flat(parsing.document(html)) == as_html(html)
