"""Signing in through a real provider, in real browsers: each person sees only their own."""

import os
import re
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE, settle
from tests.browser.test_every_page import violations
from tests.mailbox import open_mailbox


def sign_in(tab, name):
    """Choose whom to be at the provider, and wait for the page that was wanted."""
    tab.get_by_role("link", name="Sign in", exact=True).click()
    tab.get_by_role("link", name=name, exact=True).click()
    settle(tab)


def title(tab):
    return tab.get_by_role("heading", level=1).inner_text()


@pytest.mark.browser
def test_two_people_in_two_browsers_see_only_their_own(shared, open_tab):
    ada, sam = open_tab(shared.url), open_tab(shared.url)
    assert title(ada) == "Sign in to CCIO Skills"
    sign_in(ada, "Ada Learner")
    sign_in(sam, "Sam Stranger")

    ada.get_by_role("button", name="Start with ten questions").click()
    ada.locator("[class*='st-key-rate-'] [role=radiogroup] label").nth(2).click()
    ada.locator(".cc-saved").first.wait_for()
    settle(ada)
    sam.goto(f"{shared.url}/gaps")
    settle(sam)

    expect(ada.locator(".cc-foot")).to_contain_text("You are signed in as Ada Learner.")
    expect(sam.locator(".cc-foot")).to_contain_text("You are signed in as Sam Stranger.")
    assert sam.locator("[role=graphics-document]").count() == 0
    ada.goto(f"{shared.url}/gaps")
    ada.locator("[role=graphics-document]").first.wait_for()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("size", "scheme"), [(DESK, "light"), (PHONE, "dark")], ids=["desk-light", "phone-dark"]
)
def test_what_a_shared_installation_shows_is_accessible_and_keeps_to_itself(
    shared, provider, open_tab, size, scheme
):
    tab = open_tab(f"{shared.url}/gaps", size=size, scheme=scheme)
    assert violations(tab) == []

    # By keyboard alone.
    tab.get_by_role("link", name="Sign in", exact=True).press("Enter")
    tab.get_by_role("link", name="Ada Learner", exact=True).press("Enter")
    settle(tab)
    for path in ("me", "sign-out"):
        tab.goto(f"{shared.url}/{path}")
        settle(tab)
        assert violations(tab) == []
        assert tab.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert tab.refused == []
    assert {urlsplit(one).netloc for one in tab.requested if one.startswith("http")} == {
        urlsplit(one).netloc for one in (shared.url, provider)
    }


@pytest.mark.browser
def test_after_signing_in_one_is_where_the_link_pointed(shared, open_tab):
    address = "/module?module=what-a-ccio-is-and-does&part=2"
    tab = open_tab(shared.url + address)

    sign_in(tab, "Ada Learner")

    assert title(tab) == "What a CCIO is and does"
    assert tab.url == shared.url + address


@pytest.mark.browser
def test_whoever_changes_their_mind_at_the_provider_is_told_and_may_try_again(shared, open_tab):
    tab = open_tab(f"{shared.url}/gaps")

    sign_in(tab, "Nobody")
    expect(tab.get_by_text("The sign-in did not work")).to_be_visible()

    sign_in(tab, "Ada Learner")
    expect(tab.get_by_text("The sign-in did not work")).to_have_count(0)
    assert tab.url.endswith("/gaps")


@pytest.mark.browser
def test_signing_out_everywhere_ends_the_other_browser_at_its_next_click(shared, open_tab):
    here, there = open_tab(shared.url), open_tab(f"{shared.url}/library")
    sign_in(here, "Mary Manager")
    sign_in(there, "Mary Manager")

    here.get_by_role("link", name="Sign out").click()
    settle(here)
    here.get_by_role("button", name="Sign out everywhere").click()
    here.get_by_role("link", name="Sign in", exact=True).wait_for()
    there.get_by_role("link", name="Privacy").first.click()
    settle(there)
    there.go_back()
    settle(there)

    assert title(there) == "Sign in to CCIO Skills"
    assert title(here) == "Sign in to CCIO Skills"


@pytest.fixture(scope="module")
def box():
    with open_mailbox() as one:
        yield one


@pytest.fixture(scope="module")
def extra(box):
    """The shared server of this module sends letters."""
    return {"CCIO_MAIL": f"smtp://{box.address}", "CCIO_MAIL_FROM": "skills@example.test"}


def run(server, *words):
    """Do something at the command line of the server's installation."""
    command = [sys.executable, "-m", "ccio_skills.cli", *words, "--data", str(server.folder)]
    environment = os.environ | server.environment
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True)


@pytest.mark.browser
def test_from_a_letter_to_a_role_that_ends_while_its_page_is_open(shared, open_tab, box):
    link = run(shared, "organisation", "add", "Kingsbridge").stdout.split()[-1]
    mary = open_tab(link)
    sign_in(mary, "Mary Manager")
    click(mary, "button", "Join Kingsbridge", "You belong to Kingsbridge")
    mary.goto(f"{shared.url}/organisation")
    settle(mary)

    mary.get_by_label("E-mail address").fill("rhys.reviewer@example.test")
    mary.get_by_text("Reviewer", exact=True).click()
    click(mary, "button", "Send the invitation", "Sent to")
    [letter] = box.letters
    rhys = open_tab(re.search(r"https?://\S+", letter.get_body(("plain",)).get_content())[0])
    assert title(rhys) == "Join Kingsbridge"
    sign_in(rhys, "Rhys Reviewer")
    assert title(rhys) == "Join Kingsbridge"
    click(rhys, "button", "Join Kingsbridge", "You belong to Kingsbridge")
    click(rhys, "link", "See who is who", "You are a reviewer here.")

    mary.reload()
    settle(mary)
    choose(mary, "Whose?", "Rhys Reviewer")
    click(mary, "button", "End: reviewer", "Nobody else belongs here yet.")
    rhys.get_by_role("link", name="Help").first.click()
    settle(rhys)
    assert rhys.get_by_role("link", name="Organisation", exact=True).count() == 0
    rhys.go_back()
    settle(rhys)
    assert title(rhys) == "This page is not open to you"

    said = run(shared, "audit", "verify").stdout
    assert "0 faults" in said


def click(tab, role, name, then):
    tab.get_by_role(role, name=name).first.click()
    tab.get_by_text(then).first.wait_for()
    settle(tab)


def choose(tab, label, name):
    """Choose by keyboard: a list that was opened by mouse closes when the page scrolls to it."""
    box = tab.get_by_label(label)
    box.press("ArrowDown")
    box.press_sequentially(name)
    tab.get_by_role("option", name=re.compile(name)).wait_for()
    box.press("Enter")
    settle(tab)
