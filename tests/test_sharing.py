"""What a site holds for other programs: data, metadata in heads, feeds, maps; each read back as such a program reads it."""

import csv
import io
import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
import zxingcpp
from lxml import etree
from PIL import Image

import linked
import schemas
from casepress import flow
from casepress.collection import project
from casepress.collection.settings import read_settings
from casepress.facts import schema_org
from casepress.site import heads
from conftest import BRIEF, picture, run, write_files

HOME = "https://cases.example.cn/lib/"
SECRET = "联系人李保密"
SETTINGS = (
    f"{BRIEF}address: {HOME}\nemail: anli@example.cn\npublisher: 示例教育局\ndate: 2026年11月\n"
    "fields:\n  contact: {label: 联系人, kind: text, private: yes, schema: author}\n"
)
ATTACK = "</script><b>甲</b>\"乙\" & '丙'"
CASES = {
    "a.md": f"---\nid: a\ntitle: '{ATTACK.replace(chr(39), chr(39) * 2)}'\nregion: 江苏省\nschool: '=SUM(1)'\ntheme: 课后服务\nbatch: 第一批\nsummary: 一句话。\ncontact: {SECRET}\n---\n\n正文。\n",
    "b.md": "---\nid: b\ntitle: 第二个\nregion: 南京市\nschool: 示例小学\ntheme: [课后服务, 作业管理]\nbatch: 第二批\n---\n\n没有摘要的正文这样开头。\n",
}
TOLD = {  # all that a case can say of itself to other programs, in settings, and in a case
    "collection.yml": SETTINGS.replace("private: yes, ", "").replace(
        "\nfields:\n", "\nfields:\n  held: {label: 举办时间, kind: date, schema: dateCreated}\n"
    ),
    "whole.md": "---\nid: whole\ntitle: 什么都说的案例\nsubtitle: 手记\nshort_title: 短\nregion: 江苏省南京市\nschool: 示例小学\nstage: [小学, 初中]\n"
    "theme: [课后服务, 作业管理]\nbatch: 第一批\naward: 一等奖\nsummary: 一句话。\ncontact: 张某\nheld: 开学以后\nvideo: https://example.cn/v?a={1}\n"
    "photos: [{file: p.png, alt: 教室, caption: 上课}]\nsource: {title: 文件, issuer: 示例局, number: 〔2025〕1号, date: 2025年3月, url: 'https://example.cn/'}\n"
    "---\n\n正文。\n",
    "p.png": picture(),
}


def built(folder: Path, settings: str) -> Path:
    assert run("new", folder).code == 0
    (folder / "cases" / "example.md").unlink()
    write_files(folder / "cases", {"collection.yml": settings, **CASES})
    ran = run("-C", folder, "site")
    assert ran.code == 0, ran.words
    return folder / "build" / "site"


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    return built(tmp_path_factory.mktemp("sharing") / "collection", SETTINGS)


@pytest.fixture(scope="module")
def nameless(tmp_path_factory) -> Path:
    """The same site without an address."""
    return built(tmp_path_factory.mktemp("nameless") / "collection", SETTINGS.replace(f"address: {HOME}\n", ""))


class Head(HTMLParser):
    """What the head of a page says: metas and links by name, and the texts of scripts that are data."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.metas: dict[str, list[str]] = {}
        self.links: dict[str, list[str]] = {}
        self.data: list[str] = []
        self._is_data = False
        self.feed(path.read_text("utf-8").partition("</head>")[0])

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        self._is_data = tag == "script" and said.get("type") == "application/ld+json"
        if tag == "meta":
            self.metas.setdefault(said.get("name") or said.get("property") or "", []).append(said.get("content", ""))
        if tag == "link":
            self.links.setdefault(said["rel"], []).append(said["href"])

    def handle_data(self, data):
        if self._is_data:
            self.data.append(data)
            self._is_data = False


def pages(site: Path) -> list[Path]:
    return [path for path in sorted(site.rglob("*.html")) if path.name != "404.html"]


def test_data_read_back(site):
    """JSON, CSV and Excel hold the same rows; the CSV has the mark of UTF-8, and nothing in it is a formula."""
    data = json.loads((site / "data" / "cases.json").read_bytes())
    raw = (site / "data" / "cases.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    sheet = [[cell.value or "" for cell in row] for row in openpyxl.load_workbook(site / "data" / "cases.xlsx").active.rows]
    assert rows[0] == sheet[0] == [field["label"] for field in data["fields"]]
    assert [row[0] for row in rows[1:]] == [row[0] for row in sheet[1:]] == [case["id"] for case in data["cases"]] == ["a", "b"]
    at = rows[0].index("单位")
    assert rows[1][at] == "'=SUM(1)" and sheet[1][at] == data["cases"][0]["school"] == "=SUM(1)"
    assert data["cases"][1]["theme"] == ["课后服务", "作业管理"] and rows[2][rows[0].index("主题")] == "课后服务、作业管理"
    assert data["cases"][1]["region"].startswith("江苏省") and data["cases"][0]["url"] == f"{HOME}cases/a.html"


def test_data_package(site):
    """datapackage.json keeps the rules of Frictionless Data Package and Table Schema, and its schema fits the CSV."""
    package = json.loads((site / "data" / "datapackage.json").read_bytes())
    assert package["profile"] == "tabular-data-package" and re.fullmatch("[-a-z0-9._/]+", package["name"])
    (resource,) = package["resources"]
    raw = (site / "data" / resource["path"]).read_bytes()
    assert re.fullmatch("[-a-z0-9._/]+", resource["name"]) and resource["profile"] == "tabular-data-resource" and resource["bytes"] == len(raw)
    head, *rows = csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""))
    fields = resource["schema"]["fields"]
    assert [field["name"] for field in fields] == head and len(set(head)) == len(head) and resource["schema"]["primaryKey"] in head
    for at, field in enumerate(fields):
        rules = field.get("constraints", {})
        assert field["type"] == "string" and set(rules) <= {"required", "unique", "enum"}
        values = [row[at] for row in rows]
        assert not rules.get("required") or all(values)
        assert not rules.get("unique") or len(set(values)) == len(values)
        assert "enum" not in rules or set(values) <= {*rules["enum"], ""}


def test_data_package_is_judged(site, tmp_path):
    """Frictionless, the standard's own validator, finds the package and every row of its CSV valid; and it is awake."""
    import frictionless  # half a second, which none of the processes that read this file for other tests should wait

    assert (judged := frictionless.validate(str(site / "data" / "datapackage.json"))).valid, judged.flatten(["type", "note"])
    assert [task.stats["rows"] for task in judged.tasks] == [len(CASES)]
    shutil.copytree(site / "data", tmp_path / "data")
    with (tmp_path / "data" / "cases.csv").open("a", encoding="utf-8") as table:
        table.write("a\r\n")
    assert {"primary-key", "constraint-error"} <= {
        kind for (kind,) in frictionless.validate(str(tmp_path / "data" / "datapackage.json")).flatten(["type"])
    }


def test_nothing_private(site):
    """No file of the site has a private field's value, its label in what is for programs, or the name of one."""
    for path in site.rglob("*"):
        if path.is_file() and path.suffix in (".html", ".json", ".js", ".csv", ".xml"):
            assert SECRET not in path.read_text("utf-8-sig"), path
    for name in ("cases.json", "cases.csv", "datapackage.json", "codebook.html"):
        text = (site / "data" / name).read_text("utf-8-sig")
        assert "联系人" not in text and "contact" not in text


def test_codebook(site):
    """The page of fields says of each its name, what may be written, what others call it, and how many cases have it."""
    text = (site / "data" / "codebook.html").read_text("utf-8")
    row = re.search('<tr><th scope="row"><a href="../by/theme/index.html">主题</a></th>(.*?)</tr>', text)[1]
    assert re.findall("<td>(.*?)</td>", row)[0] == "<code>theme</code>" and "<code>about</code>" in row and "<code>subject</code>" in row
    assert re.search('<tr><th scope="row">摘要</th>.*?<td>1</td></tr>', text)


def test_linked_data(site):
    """A case's JSON-LD is parsed, names its fields as schema.org does, and a title cannot end it; Dublin Core says the same."""
    head = Head(site / "cases" / "a.html")
    (said,) = map(json.loads, head.data)
    assert said["@context"] == "https://schema.org" and said["headline"] == ATTACK and said["@id"] == said["url"] == f"{HOME}cases/a.html"
    assert (
        said["spatialCoverage"] == {"@type": "Place", "name": "江苏省"}
        and said["isPartOf"]["name"] == "第一批"
        and said["datePublished"] == "2026-11"
    )
    assert "author" not in said and not re.search("[<>]", head.data[0])
    assert (
        head.metas["DC.title"] == [ATTACK] and head.metas["DC.coverage"] == ["江苏省"] and f"{HOME}cases/a.html" in head.metas["DC.identifier"]
    )


def test_linked_data_is_judged(make, site):
    """PyLD reads what pages and cases say of themselves, and in schema.org's own vocabulary there are such types and properties, they
    belong together, and values are of the kind that is asked for; and the judge is awake."""
    said = [text for path in pages(site) for text in Head(path).data]
    collection, problems = flow.check_project(project.find(make(TOLD, TOLD["collection.yml"])))
    whole = heads.thing(collection, collection.cases[0])
    told = {field.schema for field in collection.fields if field.schema} - {"dateCreated"}  # a date in words is no date
    assert told | {"publisher", "datePublished", "url", "identifier", "inLanguage"} <= set(whole) and "dateCreated" not in whole, problems
    said += [json.dumps(whole), json.dumps({**whole, **{name: {"@type": kind, "name": "甲"} for name, kind in heads.THINGS.items()}})]
    assert len(said) == len(CASES) + 2 and [reason for text in said for reason in linked.judge(text)] == []
    wrong = {"headlin": "甲", "priceCurrency": "元", "author": "乙", "about": {"@type": "Thign"}, "publisher": {"@type": "Place", "name": " "}}
    found = [reason.partition(":")[0] for reason in linked.judge(json.dumps({**whole, **wrong}))]
    assert sorted(found) == ["about", "author", "headlin", "priceCurrency", "publisher", "publisher/name"]


def test_heads(site, nameless):
    """Every page has one description and Open Graph; with an address a canonical one and the same for sharing, without one neither."""
    for path in pages(site):
        head, here = Head(path), HOME + path.relative_to(site).as_posix().removesuffix("index.html")
        assert len(head.metas["description"]) == 1 and head.metas["description"][0], path
        assert head.metas["og:description"] == head.metas["description"] and head.metas["og:title"][0], path
        assert [link.removesuffix("index.html") for link in head.links["canonical"] + head.metas["og:url"]] == [here, here]
        assert "generator" not in head.metas and len(head.metas["renderer"]) == 1
    assert Head(site / "cases" / "b.html").metas["description"] == ["没有摘要的正文这样开头。"]
    for path in pages(nameless):
        head = Head(path)
        assert not {"canonical", "alternate"} & set(head.links) and not {"og:url", "og:image"} & set(head.metas) and head.metas["description"]


def test_maps(site, nameless):
    """The map of a site with an address names every page by it once and robots.txt names the map; without an address there is none."""
    root = ElementTree.parse(site / "sitemap.xml").getroot()
    ns = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    assert root.tag == f"{ns}urlset" and {each.tag for url in root for each in url} == {f"{ns}loc"}
    found = [each.text.removesuffix("index.html") for each in root.iter(f"{ns}loc")]
    assert sorted(found) == sorted(HOME + path.relative_to(site).as_posix().removesuffix("index.html") for path in pages(site))
    assert (site / "robots.txt").read_text() == f"User-agent: *\nDisallow:\nSitemap: {HOME}sitemap.xml\n"
    assert not list(nameless.glob("sitemap*")) and not (nameless / "feeds").exists()
    assert (nameless / "robots.txt").read_text() == "User-agent: *\nDisallow:\n"


def test_feeds(site):
    """Each feed keeps the rules of RFC 4287 (4.1.1, 4.1.2): ids once, times, authors, links; of all, of each batch, of each theme."""
    feeds = sorted((site / "feeds").rglob("*.xml"))
    assert len(feeds) == 1 + 2 + 2
    atom, moment = "{http://www.w3.org/2005/Atom}", re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
    for path in feeds:
        root = ElementTree.parse(path).getroot()
        assert root.tag == f"{atom}feed" and root.find(f"{atom}author/{atom}name").text == "示例教育局"
        rels = {link.get("rel", "alternate"): link.get("href") for link in root.findall(f"{atom}link")}
        assert rels["self"] == HOME + path.relative_to(site).as_posix()
        page = rels["alternate"].removeprefix(HOME) or "index.html"
        assert (site / page).is_file()
        for each in (root, *root.findall(f"{atom}entry")):
            assert all(len(each.findall(f"{atom}{name}")) == 1 for name in ("id", "title", "updated"))
            assert moment.fullmatch(each.find(f"{atom}updated").text)
        ids = [each.text for each in root.iter(f"{atom}id")]
        assert len(set(ids)) == len(ids)
        assert all((site / entry.find(f"{atom}link").get("href").removeprefix(HOME)).is_file() for entry in root.findall(f"{atom}entry"))
    whole = ElementTree.parse(site / "feeds" / "all.xml").getroot()
    assert [each.text for each in whole.findall(f"{atom}entry/{atom}title")] == ["第二个", ATTACK]  # the newest batch first


@pytest.mark.parametrize("settings", [SETTINGS, SETTINGS.replace("publisher: 示例教育局\ndate: 2026年11月\n", "")])
def test_official_schemas(site, settings, tmp_path):
    """Feeds, the map and what a gateway answers from the harvest keep their standards' own schemas; and these are awake."""
    folder = site if settings == SETTINGS else built(tmp_path / "collection", settings)
    judges = {name: make() for name, make in (("feeds/*.xml", schemas.atom), ("sitemap.xml", schemas.sitemap))}
    judges["feeds/*/*.xml"] = judges["feeds/*.xml"]
    for pattern, judge in judges.items():
        for path in (paths := sorted(folder.glob(pattern))):
            whole = etree.parse(path)
            assert judge.validate(whole), f"{path}: {judge.error_log}"
            (first := next(whole.iter("{*}updated", "{*}loc"))).getparent().remove(first)
            assert not judge.validate(whole), path
        assert paths, pattern
    judge = schemas.harvest()
    for answer in (said := schemas.answers(folder / "data" / "oai.xml")):
        assert judge.validate(answer), f"{answer[1].attrib}: {judge.error_log}"
        next(answer.iter("{*}dc"), answer[2]).append(etree.Element("other"))
        assert not judge.validate(answer)
    assert [etree.QName(answer[2]).localname for answer in said] == ["Identify", "ListMetadataFormats", "ListRecords"]
    assert len(said[2][2]) == len(CASES)


def test_harvest(site, nameless):
    """data/oai.xml keeps what static-repository.xsd, OAI-PMH.xsd and oai_dc.xsd ask: order, number and form of elements; only with an address."""
    oai = "http://www.openarchives.org/OAI/2.0/"
    own, base, dc = f"{{{oai}static-repository}}", f"{{{oai}}}", "{http://purl.org/dc/elements/1.1/}"
    root = ElementTree.parse(site / "data" / "oai.xml").getroot()
    assert root.tag == f"{own}Repository"
    identify, forms, records = root
    assert [part.tag for part in root] == [f"{own}{name}" for name in ("Identify", "ListMetadataFormats", "ListRecords")]
    order = ("repositoryName", "baseURL", "protocolVersion", "adminEmail", "earliestDatestamp", "deletedRecord", "granularity")
    assert [each.tag for each in identify] == [base + name for name in order]
    said = dict(zip(order, (each.text for each in identify), strict=True))
    assert (said["baseURL"], said["adminEmail"]) == (f"{HOME}data/oai.xml", "anli@example.cn")
    assert (said["protocolVersion"], said["deletedRecord"], said["granularity"]) == ("2.0", "no", "YYYY-MM-DD")
    assert [[each.tag for each in form] for form in forms] == [[base + name for name in ("metadataPrefix", "schema", "metadataNamespace")]]
    assert [each.text for each in forms[0]] == ["oai_dc", f"{oai}oai_dc.xsd", f"{oai}oai_dc/"]
    assert records.attrib == {"metadataPrefix": "oai_dc"} and len(records) == len(CASES)
    fifteen = "title creator subject description publisher contributor date type format identifier source language relation coverage rights"
    for record, name in zip(records, "ab", strict=True):
        assert record.tag == f"{base}record"
        header, metadata = record
        assert (header.tag, metadata.tag) == (f"{base}header", f"{base}metadata")
        assert [(each.tag, each.text) for each in header] == [
            (f"{base}identifier", f"{HOME}cases/{name}.html"),
            (f"{base}datestamp", "2026-11-01"),
        ]
        (whole,) = metadata
        assert whole.tag == f"{{{oai}oai_dc/}}dc" and {each.tag for each in whole} <= {dc + each for each in fifteen.split()}
    assert records[0].find(f".//{dc}title").text == ATTACK and not list(records.iter(f"{dc}creator"))  # private, as the author is here
    assert not (nameless / "data" / "oai.xml").exists()


@pytest.mark.parametrize("word", ["办公室", "a@b", "a@b.cn c@d.cn", "a@@b.cn"])
def test_an_email_that_is_none(word):
    """What harvesters would refuse (OAI-PMH.xsd, emailType) is told with its line, and left out."""
    settings, problems = read_settings(f"title: 试\nemail: '{word}'\n".encode())
    assert settings.email == "" and [problem.line for problem in problems] == [2] and "不像邮箱" in str(problems[0])


@pytest.mark.parametrize(
    ("word", "cure"), [("autor", "author"), ("awards", "award"), ("作者", "schema.org/Article"), ("@type", "schema.org/Article")]
)
def test_a_property_that_is_none(word, cure):
    """What no other program would understand is told with its line, and left out."""
    settings, problems = read_settings(f"title: 试\nfields:\n  held: {{label: 举办, kind: text,\n    schema: '{word}'}}\n".encode())
    assert settings.fields[-1].schema == "" and [problem.line for problem in problems] == [4] and cure in str(problems[0])


def test_known_properties():
    """The list of properties is that of schema.org's vocabulary."""
    assert linked.properties("Article") == schema_org.PROPERTIES


def test_nothing_of_the_makers(site):
    """No maps of sources, no word of them in scripts and styles, and icons for all who ask."""
    assert not list(site.rglob("*.map"))
    assert not [path for ending in ("js", "css") for path in site.rglob(f"*.{ending}") if b"sourceMappingURL" in path.read_bytes()]
    with Image.open(site / "assets" / "favicon.ico") as icon:
        assert icon.format == "ICO"
    with Image.open(site / "assets" / "apple-touch-icon.png") as icon:
        assert icon.size == (180, 180)


def test_cards(site):
    """A case is shown in messengers by a picture of its own, 300 × 300, small, at a whole address; what differs in words differs in it."""
    found = {}
    for name in "ab":
        (address,) = Head(site / "cases" / f"{name}.html").metas["og:image"]
        data = (site / address.removeprefix(HOME)).read_bytes()
        assert address.startswith(HOME) and len(data) < 32_000
        with Image.open(io.BytesIO(data)) as picture:
            assert (picture.format, picture.size, picture.mode) == ("PNG", (300, 300), "P")
            colours = {colour for _, colour in picture.convert("RGB").getcolors()}
        assert (0xFB, 0xFA, 0xF6) in colours and len(colours) > 12  # paper, ink and red, and the edges of letters
        found[name] = data
    assert found["a"] != found["b"] and len(list((site / "cards").iterdir())) == 2


@pytest.mark.parametrize("where", ["server", "disk"])
def test_a_case_shows_its_address_as_a_code(site, web, windows, where):
    """Asked for by keyboard it stands over the page in both colour schemes, a decoder reads the case's address from it, Escape shuts it and the
    focus is where it was; what draws it was not loaded before."""
    window = windows("codes", viewport={"width": 390, "height": 844}, locale="zh-CN")
    page = window.page
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.goto(f"{web(site) if where == 'server' else site.as_uri()}/cases/a.html")
        assert page.locator('script[src$="assets/code.js"]').count() == 0
        for _ in range(2):
            page.get_by_role("button", name="二维码").focus()
            page.keyboard.press("Enter")
            shown = page.locator(".cp-code[open] svg")
            shown.wait_for()
            (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(shown.screenshot())))
            assert code.text == f"{HOME.rstrip('/')}/cases/a.html" and code.text in page.inner_text(".cp-code")
            page.keyboard.press("Escape")
            assert page.locator(".cp-code[open]").count() == 0
            assert page.get_by_role("button", name="二维码").evaluate("each => each === document.activeElement")
        assert page.locator('script[src$="assets/code.js"]').count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 390 and window.taken()[1] == []


def test_without_an_address_there_is_no_code(nameless, windows):
    """Where nobody said at which address the site is, no code is offered: it would lead nowhere."""
    page = windows("codes", viewport={"width": 390, "height": 844}, locale="zh-CN").page
    page.goto(f"{nameless.as_uri()}/cases/a.html")
    page.get_by_role("button", name="复制引用").wait_for()
    assert page.get_by_role("button", name="二维码").count() == 0


def test_a_missing_page_knows_the_address(site):
    """The page that a server shows for a missing address leads home from any depth by itself, without scripts, where the site's address is declared."""
    page = (site / "404.html").read_text("utf-8")
    assert set(re.findall(r'<(?:a href|form role="search" action)="([^"]+)"', page)) == {"/lib/index.html", "/lib/cases/index.html"}
    assert 'said = "/lib/' in page
