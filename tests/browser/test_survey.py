"""The role survey on a phone: answer a section, come back to it, by touch and by keyboard alone."""

import sqlite3

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, settle
from tests.browser.test_every_page import violations
from tests.browser.test_journeys import enter, press, tab_to


def kept(server):
    with sqlite3.connect(server.folder / "ccio-skills.db") as store:
        return dict(store.execute("SELECT question, value FROM survey_answer").fetchall())


@pytest.mark.browser
def test_a_section_answered_on_a_phone_is_there_after_a_reload(server, open_tab):
    tab = open_tab(f"{server.url}/survey", size=PHONE, scheme="dark")
    tab.get_by_text("Acute trust or hospital", exact=True).click()
    tab.get_by_text("Saved: Acute trust or hospital.").wait_for()
    settle(tab)
    tab.goto(f"{server.url}/survey?section=C")
    settle(tab)
    first = tab.locator("[class*='st-key-pick_C1'] button")
    first.get_by_text("Artificial intelligence").click()
    tab.get_by_text("Saved: Artificial intelligence.").wait_for()
    first.get_by_text("Procurement").click()
    tab.get_by_text("Saved: 2 chosen.").wait_for()
    settle(tab)
    second = tab.locator("[class*='st-key-pick_C2'] button")
    expect(second).to_have_count(2)
    second.get_by_text("Procurement").click()
    tab.get_by_text("Saved: Procurement.").wait_for()
    settle(tab)

    assert violations(tab) == []
    assert tab.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    tab.reload()
    settle(tab)

    expect(tab.locator(".cc-saved")).to_have_count(2)
    expect(tab.get_by_text("Saved: 2 chosen.")).to_be_visible()
    assert kept(server) == {"A2": "acute", "C1": "procurement ai", "C2": "procurement"}

    first.get_by_text("Quality", exact=True).click()
    tab.get_by_text("Saved: 3 chosen.").wait_for()
    settle(tab)

    assert kept(server)["C2"] == "procurement", "what stands below keeps its answer"


@pytest.mark.browser
def test_a_survey_is_answered_by_keyboard_alone(server, open_tab):
    tab = open_tab(f"{server.url}/survey?section=F", size=PHONE)
    tab_to(tab, "Strongly disagree")
    press(tab, "Space", "ArrowDown")
    tab.get_by_text("Saved: Disagree.").wait_for()
    enter(tab, "Next: Equality", then="kept apart from all your other answers")
    enter(tab, "See what is kept", then="Nowhere yet")

    assert kept(server) == {"F1": "disagree"}
