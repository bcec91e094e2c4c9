"""Signing in through a real provider, in real browsers: each person sees only their own."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import settle


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
    ada.locator("[class*='st-key-opt_'] [role=radiogroup] label").nth(2).click()
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
