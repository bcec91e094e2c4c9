"""Every page: no violation of WCAG 2.2 A or AA, no request to anyone else, no sideways scroll."""

import contextlib
from urllib.parse import urlsplit

import psutil
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE

PAGES = {
    "home": "",
    "rate": "rate?domain=change",
    "quick": "rate?quick=1",
    "gaps": "gaps",
    "plan": "plan",
    "library": "library",
    "progress": "progress",
    "me": "me",
    "module": "module?module=how-software-is-built-and-deployed&part=1",
    "template": "module?module=how-software-is-built-and-deployed&part=4",
    "diagram": "module?module=architecture-cloud-integration-and-legacy&part=1",
    "diagram-wide": "module?module=buying-digital-law-frameworks-and-dtac&part=2",
    "questions": "module?module=what-a-ccio-is-and-does&part=99",
    "paths": "paths",
    "glossary": "glossary",
    "path": "path?path=aspiring-ccio-foundations",
    "path-followed": "path?path=new-ccio-first-100-days",
    "organisation": "organisation?as=administrator",
    "member": "organisation?as=learner",
    "audit": "audit?as=administrator",
    "charts": "charts?as=reviewer",
    "beside": "beside?as=reviewer",
    "training-needs": "training-needs?as=reviewer",
    "join": "join?token=nowhere",
    "not-open": "audit?as=learner",
    "about": "about",
    "privacy": "privacy",
    "help": "help",
    "impact": "data-protection-impact-assessment",
    "standards": "not-a-clinical-system",
    "health": "health",
    "survey": "survey?section=B",
    "survey-many": "survey?section=C",
    "survey-end": "survey?section=end",
    "first-survey": "survey-2012",
}
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def violations(tab):
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(tab, options={"runOnly": {"type": "tag", "values": _TAGS}})
    return [
        f"{one['id']}: {node['html'][:200]}"
        for one in found.response["violations"]
        for node in one["nodes"]
    ]


def hosts(tab):
    """Whom the page asked for anything; a picture that is written in the page asks nobody."""
    asked = (url.removeprefix("blob:") for url in tab.requested if not url.startswith("data:"))
    return {urlsplit(url).hostname for url in asked if "://" in url}


@pytest.mark.browser
@pytest.mark.parametrize(
    ("size", "scheme"), [(DESK, "light"), (PHONE, "dark")], ids=["desk-light", "phone-dark"]
)
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_is_accessible_and_keeps_to_itself(demo, open_tab, path, size, scheme):
    tab = open_tab(f"{demo.url}/{path}", size=size, scheme=scheme)
    tab.wait_for_timeout(300)
    # Streamlit's own placeholder, while a diagram is drawn, has a label where none may be.
    expect(tab.locator("[data-testid=stMermaidChart][aria-busy=true]")).to_have_count(0)

    assert violations(tab) == []
    assert tab.refused == []
    assert hosts(tab) == {"127.0.0.1"}
    assert _remote_addresses(demo.process.pid) <= {"127.0.0.1", "::1"}
    assert tab.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert tab.get_by_role("heading", level=1).count() == 1


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_floats_over_a_page_is_accessible(demo, open_tab, scheme):
    tab = open_tab(f"{demo.url}/plan", size=PHONE, scheme=scheme)
    tab.get_by_role("button", name="What would change it?").first.click()
    tab.locator("[data-testid=stPopoverBody] .cc-mute").first.wait_for()
    tab.wait_for_timeout(300)

    assert violations(tab) == []


@pytest.mark.browser
@pytest.mark.parametrize(
    ("size", "scheme"), [(DESK, "light"), (PHONE, "dark")], ids=["desk-light", "phone-dark"]
)
def test_what_a_path_folds_up_is_accessible(demo, open_tab, size, scheme):
    tab = open_tab(f"{demo.url}/path?path=digital-clinical-safety", size=size, scheme=scheme)
    for label in ("About this path", "The same numbers as a table", "Sources (3)"):
        tab.get_by_text(label, exact=True).first.click()
    tab.get_by_role("table").first.wait_for()
    tab.wait_for_timeout(300)

    assert violations(tab) == []
    assert tab.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.browser
def test_an_opened_table_is_accessible_and_scrolls_in_itself(demo, open_tab):
    tab = open_tab(f"{demo.url}/gaps", size=PHONE, scheme="dark")
    tab.get_by_text("The same numbers as a table").first.click()
    around = tab.get_by_role("region").filter(has=tab.get_by_role("table"))
    around.wait_for()
    tab.wait_for_timeout(300)

    assert violations(tab) == []
    assert tab.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    around.focus()
    tab.keyboard.press("ArrowRight")
    tab.wait_for_timeout(300)

    assert around.evaluate("region => region.scrollLeft") > 0


@pytest.mark.browser
def test_the_first_visit_is_accessible(server, open_tab):
    tab = open_tab(server.url)

    assert violations(tab) == []


@pytest.mark.browser
def test_nothing_of_streamlit_is_offered_to_visitors(demo, open_tab):
    tab = open_tab(demo.url)

    assert tab.get_by_text("Deploy", exact=True).count() == 0


def _remote_addresses(pid):
    parent = psutil.Process(pid)
    found = set()
    for process in [parent, *parent.children(recursive=True)]:
        with contextlib.suppress(psutil.NoSuchProcess):
            found |= {one.raddr.ip for one in process.net_connections("inet") if one.raddr}
    return found


@pytest.mark.browser
def test_a_network_that_blocks_websockets_is_named_after_ten_seconds(demo, chromium):
    context = chromium.new_context()
    tab = context.new_page()
    tab.route_web_socket("**/*", lambda socket: socket.close())
    tab.goto(demo.url)

    notice = tab.get_by_text("Your network blocks websockets.")
    assert not notice.is_visible()
    notice.wait_for(state="visible", timeout=15_000)
    context.close()
