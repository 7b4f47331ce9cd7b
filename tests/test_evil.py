"""The corpus of hostile inputs (`evil/`), all in one collection: each ends as it is declared, and nothing of what is made lives."""

import json
import re
import shutil
import time
from contextlib import closing
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from casepress.site import policy
from conftest import write_files
from evil import LEFT, MADE, REFUSED, WARNED, runner, settings
from test_received import apart

# Together they take 9 s of a quiet machine's processor, or 33 times what counting takes; with one hang of ten seconds it would be 70 times.
TIMES, MEMORY = 55, 500 * 2**20


def counting() -> float:
    """How long the processor counts to ten millions: what else the machine does makes it slower as it does our own work."""
    begun, sum_ = time.process_time(), 0
    for number in range(10_000_000):
        sum_ += number
    return time.process_time() - begun


@pytest.fixture(scope="module")
def outcome(tmp_path_factory):
    """What is said of each input in one check of all, what that took, and the site that is built of those that were accepted."""
    folder = runner.world(tmp_path_factory.mktemp("evil") / "collection")
    evils = runner.together()
    for each in evils:
        runner.place(folder, each)
    before = counting()
    (_, said), used = apart(runner.run, "-C", folder, "check")
    slow = (before + counting()) / 2
    verdicts = runner.judged(evils, said)
    runner.take_out(folder, verdicts)
    sent, took = apart(runner.imported, folder, runner.sent())
    _, said = runner.run("-C", folder, "check")
    runner.take_out(folder, (), said)
    built = runner.run("-C", folder, "site")
    yield verdicts, (slow, *used), built, folder / "build" / "site", (sent, took)
    shutil.rmtree(folder)


def test_the_corpus_is_large():
    """At least 300 inputs, of every kind, each under a name and at a path of its own."""
    evils = [*runner.together(), *runner.sent(), *settings.inputs()]
    assert len(evils) >= 300 and len({(each.group, each.name) for each in evils}) == len(evils)
    assert {each.group for each in evils} >= {
        "markdown",
        "headers",
        "names",
        "links",
        "pictures",
        "attachments",
        "unicode",
        "exhaustion",
        "content",
        "theme",
    }
    assert sum(each.verdict != "any" for each in evils) >= 250


def test_each_ends_as_declared(outcome):
    """Refused, warned of or made, with the words that help; what only one wrote of a text is not known for another."""
    wrong = [each for each in outcome[0] if not each.is_right]
    assert not wrong, runner.table(wrong)
    assert {each.found for each in outcome[0]} == {REFUSED, WARNED, MADE, LEFT}


def test_what_is_sent_ends_as_declared(outcome):
    """Files of Word, Excel and lists, imported: refused with the reason, or a case with or without something told."""
    sent = outcome[4][0]
    wrong = [each for each in sent if not each.is_right]
    assert not wrong, runner.table(wrong)
    assert len(sent) >= 60 and {each.evil.group for each in sent} == {"docx", "xlsx", "csv"}
    assert {each.found for each in sent} == {REFUSED, WARNED, MADE}


def test_settings_end_as_declared(tmp_path):
    """Each collection.yml by itself."""
    verdicts = runner.of_settings(runner.world(tmp_path / "collection"), settings.inputs())
    wrong = [each for each in verdicts if not each.is_right]
    assert not wrong, runner.table(wrong)


def test_none_takes_long_or_much(outcome):
    """All together take so little that none of them is a hang, and less memory than any one of them may."""
    slow, seconds, memory = outcome[1]
    assert seconds < TIMES * slow and memory < MEMORY, outcome[1]
    seconds, memory = outcome[4][1]
    assert seconds < TIMES * slow and memory < MEMORY, outcome[4][1]


def test_what_was_accepted_is_built_and_lives_nowhere(outcome):
    """The site has the good cases; no page has a script, a handler, a frame or a foreign address, no file what was private."""
    _, _, (code, said), site, (sent, _) = outcome
    assert code == 0, said
    assert all((site / "cases" / f"good-{nth}.html").is_file() for nth in (1, 2, 3))
    assert runner.living(site) == []


def test_of_content_only_what_is_linked_is_published(outcome):
    """What nobody links, what may run, and what programs leave behind is not on the site; what is linked is."""
    verdicts, _, _, site, _ = outcome
    published = {path.relative_to(site).as_posix() for path in site.rglob("*")}
    for each in (each for each in verdicts if each.evil.group in ("content", "theme")):
        name = each.evil.path.removeprefix("content/").removeprefix("theme/site/")
        name = f"{name[:-3]}.html" if name.endswith(".md") else name
        is_page = each.found == MADE or any(words in each.words for words in ("不起作用", "找不到图片"))  # told, and made
        assert (name in published) == (is_page or each.evil.verdict == "any"), (each.evil.path, each.words)
    for word in (b"<img src=x onerror", b"evil.example"):
        assert not [path for path in site.glob("ev-*.html") if word in path.read_bytes()]
    assert b"&lt;img src=x" in (site / "ev-title.html").read_bytes()


def test_what_lives_is_seen(tmp_path):
    """The look at a site sees what it is there to see."""
    pages = {
        "a.html": "<p onclick=x>", "b.html": "<script>x</script>", "c.html": "<a href=' javascript:x'>", "d.html": "<img src=//evil.example/x>",
        "e.html": "<iframe>", "f.html": "<p style='background:url(x)'>", "g.jpg": "GPSCANARY", "h.html": "62615533",
        "good.html": "<a href='https://example.org/'><img src=x.png>",
    }  # fmt: skip
    runner.put(tmp_path, {name: text.encode() for name, text in pages.items()})
    assert {line.partition(":")[0] for line in runner.living(tmp_path)} == pages.keys() - {"good.html"}


def test_what_is_named_in_other_places_is_published_as_well(make):
    """A page in the navigation, a style sheet of mkdocs.yml, a file that a template or a case names; without `nav` every page."""
    case = runner.case("甲", "见[表](../content/表 1.csv)。".replace(" ", "%20"))
    folder = make({"a.md": case}, site=True)
    files = {
        "content/更多 页.md": "# 更多\n",
        "content/草稿.md": "# 草稿\n",
        "content/own.css": "p {}",
        "content/表 1.csv": "a",
        "content/t.pdf": "%PDF-1.4\n%%EOF",
    }
    runner.put(folder, {name: text.encode() for name, text in {**files, "theme/site/partials/own.html": "<a href='t.pdf'>"}.items()})
    config = folder / "mkdocs.yml"
    text = config.read_text("utf-8").replace("关于: about.md\n", "关于: about.md\n  - 更多: 更多 页.md  # 草稿.md\n")
    config.write_text(text.replace("extra_css:\n", "extra_css:\n  - own.css\n"), "utf-8")

    assert [line.partition(":")[0] for line in runner.run("-C", folder, "check")[1].splitlines() if "不会发布" in line] == ["content/草稿.md"]
    config.write_text(re.sub(r"(?ms)^nav:.*?^(?=\w)", "", text), "utf-8")
    assert "草稿" not in runner.run("-C", folder, "check")[1]


def harms(chromium, web, folder: Path, pages: dict[str, str]) -> tuple[list[str], set[str]]:
    """What runs when pages are opened, each in a frame of its own, and whatever links of theirs lead to a script is followed: the
    dialogs, and the hosts that are asked. Nobody is let out."""
    write_files(folder, {f"{nth}.html": page for nth, page in enumerate(pages.values())})
    frames = "".join(f'<iframe src="{nth}.html" width=90 height=90></iframe>' for nth in range(len(pages)))
    write_files(folder, {"top.html": f"<!DOCTYPE html><meta charset=utf-8>{frames}"})
    home, dialogs, hosts = web(folder), [], set()
    with closing(chromium.new_context()) as context:
        page = context.new_page()
        page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))

        def asked(route) -> None:
            hosts.add(urlsplit(route.request.url).hostname)
            route.abort()

        page.route(re.compile(f"^(?!{re.escape(home)}/|data:|about:|blob:)"), asked)
        page.goto(f"{home}/top.html")
        page.evaluate(
            """async () => {
                for (const frame of document.querySelectorAll("iframe")) {
                    let page = null;
                    try { page = frame.contentDocument; } catch (gone) { }
                    const links = page ? page.querySelectorAll("a[href], button, input, textarea, details") : [];
                    for (const each of links) if (!each.href || !/^https?:|^mailto:/.test(each.protocol)) { each.focus(); each.click(); }
                }
                await new Promise(done => setTimeout(done, 300));
            }"""
        )
    return dialogs, hosts


def test_either_wall_is_enough(outcome, chromium, web, tmp_path):
    """Of the pages of hostile cases nothing runs and nobody else is asked where no page has a policy; nor of what was written, put into pages
    as it stands, where each has ours. Only a page that leads elsewhere by itself no policy can stop. Without both walls much runs."""
    site = outcome[3]
    built = {}
    for path in sorted(site.rglob("*.html")):
        if path.stat().st_size < 200_000 and path.name != "404.html":
            page = re.sub(r"<script[^>]* src=[^>]*></script>|<link[^>]*>", "", path.read_text("utf-8"))
            built[path.name] = re.sub(f'<meta http-equiv="{policy.HEADER}"[^>]*>', "", page)
    assert len(built) > 150
    assert harms(chromium, web, tmp_path / "built", built) == ([], set())

    texts = {each.name: each.data.decode("utf-8", "replace") for each in runner.together() if len(each.data) < 4000 and b"<" in each.data}
    refresh = {name for name, text in texts.items() if "refresh" in text.lower()}
    meta = f'<meta http-equiv="{policy.HEADER}" content="{policy.POLICY}">'
    guarded = {name: f"<!DOCTYPE html><meta charset=utf-8>{meta}<p>{text}" for name, text in texts.items() if name not in refresh}
    assert len(guarded) > 60
    assert harms(chromium, web, tmp_path / "guarded", guarded) == ([], set())

    dialogs, hosts = harms(chromium, web, tmp_path / "bare", {name: page.replace(meta, "") for name, page in guarded.items()})
    assert len(dialogs) > 20 and "evil.example" in hosts


# Each title is typed into the box of the list and into that of the header; the address that the header's box gives for another title is gone
# to. Found of each: the cases listed for it when typed and by its address, and the cases that were suggested.
SEARCHED = """async titles => {
    const all = document.querySelector(".cp-all"), hits = all.querySelector(".cp-hits"), list = document.querySelector(".cp-box-head .cp-suggest ul");
    const box = document.querySelector(".cp-query input"), head = document.querySelector(".cp-box-head input"), patient = setTimeout;
    window.setTimeout = done => patient(done);  // nobody types here for whom one would have to wait
    async function until(what) {
        for (let i = 0; i < 4000; i++) if (what()) return; else await new Promise(done => patient(done, 2));
        throw new Error("never: " + what);
    }
    function typed(input, text) {
        input.focus();
        input.value = text;
        input.dispatchEvent(new InputEvent("input", { data: text, inputType: "insertFromPaste" }));
    }
    async function listed(title) {
        await until(() => document.title.indexOf("“" + title + "”") === 0 && !all.hasAttribute("aria-busy") && !hits.classList.contains("cp-coming"));
        return Array.from(hits.querySelectorAll("[data-case]"), each => each.dataset.case);
    }
    const found = titles.map(() => []);
    for (let at = 0; at < titles.length; at++) {
        const other = (at + (titles.length >> 1)) % titles.length;
        typed(box, titles[at]);
        found[at].push(await listed(titles[at]));
        typed(head, titles[other]);
        await until(() => list.lastChild && list.lastChild.textContent.indexOf("“" + titles[other] + "”") > 0);
        found[other].push(Array.from(list.querySelectorAll("a"), each => decodeURI(each.pathname).replace(/^.*\\/(.*)\\.html$/, "$1")));
        history.pushState(null, "", list.lastChild.firstChild.href);
        dispatchEvent(new PopStateEvent("popstate"));
        found[other].push(await listed(titles[other]));
    }
    return found;
}"""
TITLE = "<img src=x onerror=alert(1)>"
SHOWN = """() => Array.from(document.querySelectorAll("a[href]")).filter(each => each.getClientRects().length).map(each => [each.href, each.textContent.trim()])"""


def test_every_title_is_searched(outcome, windows, web):
    """Whatever a title holds, it is found by its own text, typed into either box and as an address, and its case is suggested; so it is in the list
    for readers without JavaScript, as it was written. A case that was found so shows what was sought. Nothing runs, and nobody else is asked."""
    site = outcome[3]
    cases = {each["id"]: each["title"] for each in json.loads((site / "data" / "cases.json").read_text("utf-8"))["cases"]}
    assert len(cases) > 250 and cases.keys() == {path.stem for path in (site / "cases").glob("*.html")} - {"index"}
    assert {"</title><script>alert(1)</script>", TITLE} <= set(cases.values())
    home, window = web(site), windows()
    window.page.goto(f"{home}/cases/index.html")
    window.page.wait_for_function("document.querySelector('.cp-facet')")
    searched = dict(zip(cases, window.page.evaluate(SEARCHED, list(cases.values())), strict=True))
    assert {id_: ways for id_, ways in searched.items() if not (len(ways) == 3 and all(id_ in way for way in ways))} == {}

    strange = {id_: title for id_, title in cases.items() if re.search(r"[<&\"'%{\\\\]", title)}
    assert len(strange) > 12
    for id_, title in strange.items():
        window.page.goto(f"{home}/cases/{id_}.html?q={quote(title)}")
        assert window.page.locator(".cp-box-head input").input_value() == title and window.page.locator("h1 mark").count()
    requests, wrong = window.taken()
    assert wrong == [] and {urlsplit(each).netloc for each in requests} == {urlsplit(home).netloc}
    with window.page.expect_console_message(lambda said: "Content Security Policy" in said.text):  # what would run is noticed
        window.page.evaluate("title => document.body.insertAdjacentHTML('beforeend', title)", TITLE)

    window = windows(java_script_enabled=False)
    window.page.goto(f"{home}/cases/index.html?q={quote(TITLE)}")
    shown = {(urlsplit(address).path, words) for address, words in window.page.evaluate(SHOWN)}
    assert {(f"/cases/{id_}.html", title) for id_, title in cases.items()} <= shown
    assert window.wrong == []
