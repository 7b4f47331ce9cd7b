"""The page of a case, in Chromium: text first on a phone, contents that follow, the way back to where one came from, a citation."""

import pytest

from casepress import flow
from casepress.collection import project
from casepress.site.citing import cited
from conftest import case_text


@pytest.fixture(scope="module")
def homes(sample, web) -> dict[str, str]:
    site = sample / "build" / "site"
    return {"server": web(site), "disk": site.as_uri()}


@pytest.fixture(params=["server", "disk"])
def home(request, homes) -> str:
    return homes[request.param]


@pytest.fixture(scope="module")
def phone(windows):
    return windows("phone", viewport={"width": 390, "height": 844}, locale="zh-CN").page


def test_a_phone_shows_the_text_first(homes, phone):
    """Title, summary and the first lines of the text stand on the first screen, facts behind the text, without the code of the place."""
    phone.goto(f"{homes['server']}/cases/moe-3-03.html")
    top = "name => document.querySelector(name).getBoundingClientRect().top"
    assert phone.evaluate(top, ".cp-summary") < 430 and phone.evaluate(top, ".cp-body p") < 844
    assert phone.evaluate(top, ".cp-facts") > phone.evaluate(top, ".cp-source")
    assert "代码" not in phone.locator(".cp-facts").inner_text()
    ends = phone.locator(".cp-toc a:visible").evaluate_all(
        "all => all.map(a => a.getBoundingClientRect()).map(box => [box.top, box.left, box.right])"
    )
    assert all(left - right >= 16 for (top, _, right), (line, left, _) in zip(ends, ends[1:], strict=False) if line == top)


def test_the_contents_say_where_one_is(homes, windows):
    """On a wide screen they stay beside the text, and the heading that one reads is told, for eyes and for programs."""
    page = windows("desk", viewport={"width": 1440, "height": 900}, locale="zh-CN").page
    page.goto(f"{homes['server']}/cases/moe-3-03.html")
    assert page.locator(".cp-toc a[aria-current]").count() == 0
    for nth in (0, 1):
        link = page.locator(".cp-toc a").nth(nth)
        page.evaluate("id => document.getElementById(id).scrollIntoView()", link.get_attribute("href")[1:])
        page.wait_for_function("nth => document.querySelectorAll('.cp-toc a')[nth].hasAttribute('aria-current')", arg=nth)
    assert page.locator(".cp-toc a[aria-current]").count() == 1 and page.locator(".cp-toc").bounding_box()["y"] >= 0
    page.locator("#cp-related").scroll_into_view_if_needed()
    contents, onward = page.locator(".cp-toc").bounding_box(), page.locator(".cp-onward").bounding_box()
    assert contents["y"] + contents["height"] <= onward["y"] and onward["y"] < 800, "they stay beside the text, and cover nothing behind it"


def test_a_case_leads_back_to_where_it_was_opened(home, phone):
    """From a list or from results: back to the very address, and on to the case before and after it there; not from anywhere else."""
    phone.goto(f"{home}/cases/moe-3-03.html")
    phone.evaluate("sessionStorage.clear()")
    phone.goto(f"{home}/cases/index.html?q=作业")
    phone.wait_for_selector(".cp-card-title mark")
    titles = phone.locator(".cp-card-title a").all_inner_texts()
    address = phone.url
    phone.locator(".cp-card-title a").nth(1).click()
    phone.wait_for_selector(".cp-back")
    assert phone.locator(".cp-back a").first.get_attribute("href") == address and "第 2 个" in phone.locator(".cp-back").inner_text()
    phone.get_by_role("link", name="下一个").click()
    phone.wait_for_selector(".cp-back >> text=第 3 个")
    assert phone.locator("h1").inner_text() == titles[2]
    phone.locator(".cp-back a").first.click()
    phone.wait_for_selector(".cp-card-title mark")
    assert phone.url == address


def test_a_citation_is_copied_with_the_day(homes, phone):
    """As GB/T 7714 has it: who, title, what it is, publisher and year, the day, the address."""
    phone.goto(f"{homes['server']}/cases/moe-3-03.html")
    phone.context.grant_permissions(["clipboard-read", "clipboard-write"])
    phone.get_by_role("button", name="复制引用").click()
    phone.wait_for_selector(".cp-acts [role=status] >> text=已复制")
    copied = phone.evaluate("navigator.clipboard.readText()")
    said = phone.locator(".cp-cite-text").inner_text().rstrip(".")
    assert copied.startswith(f"{said}[20") and copied.endswith("/cases/moe-3-03.html.")
    assert phone.locator("h1").inner_text() + "[EB/OL]. " in copied


def test_who_is_cited(make):
    """Authors go before the unit; of more than three the first three and 等; a private field is never told; the address where there is one."""
    text = case_text("甲")
    folder = make({"a.md": text, "b.md": case_text("乙").replace("标题: 乙", "标题: 乙\n撰写人: [甲一, 乙二, 丙三, 丁四]")})
    collection, _ = flow.check_project(project.find(folder))
    one, other = collection.cases
    assert cited(collection, one).startswith("示例小学（虚构）. 甲[EB/OL]. ") and "http" not in cited(collection, one)
    assert cited(collection, other).startswith("甲一, 乙二, 丙三, 等. 乙[EB/OL]. ")
