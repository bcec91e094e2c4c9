"""A word of a module opens in its place: by keyboard, by touch, and never on paper."""

import pytest

from tests.browser.conftest import DESK, PHONE, settle
from tests.browser.test_every_page import violations
from tests.browser.test_journeys import tab_to

PART = "module?module=dcb0129-and-dcb0160-who-does-what&part=2"


def opened(tab):
    return tab.locator(".cc-meaning:popover-open")


@pytest.mark.browser
@pytest.mark.parametrize(
    ("size", "scheme"), [(DESK, "light"), (PHONE, "dark")], ids=["desk-light", "phone-dark"]
)
def test_a_word_opens_and_closes_by_keyboard_alone(demo, open_tab, size, scheme):
    tab = open_tab(f"{demo.url}/{PART}", size=size, scheme=scheme)
    assert opened(tab).count() == 0

    tab_to(tab, "CSO")
    tab.keyboard.press("Enter")

    assert "CSO, clinical safety officer." in opened(tab).inner_text()
    assert violations(tab) == []
    box = opened(tab).bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= size["width"]
    assert tab.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.innerText") == "In the glossary (new tab)"
    tab.keyboard.press("Escape")

    assert opened(tab).count() == 0
    assert tab.evaluate("document.activeElement.innerText") == "CSO"


@pytest.mark.browser
def test_each_word_of_a_part_opens_within_a_phone(demo, open_tab):
    tab = open_tab(f"{demo.url}/{PART}", size=PHONE)
    words = tab.locator(".cc-term")
    assert words.count() > 5

    for place in range(words.count()):
        words.nth(place).click()
        box = opened(tab).bounding_box()
        assert opened(tab).count() == 1
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["width"]
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= PHONE["height"]
        tab.mouse.click(5, 5)
        assert opened(tab).count() == 0


@pytest.mark.browser
def test_an_open_word_leads_to_the_glossary(demo, open_tab):
    tab = open_tab(f"{demo.url}/{PART}")
    tab.locator(".cc-term", has_text="CSO").first.click()

    with tab.context.expect_page() as new:
        opened(tab).get_by_role("link").click()
    settle(new.value)

    assert new.value.get_by_label("Find a word").input_value() == "CSO"
    assert new.value.get_by_role("heading", level=1).inner_text() == "Glossary"


@pytest.mark.browser
def test_paper_shows_the_sentence_and_nothing_that_opens(demo, open_tab):
    tab = open_tab(f"{demo.url}/{PART}")
    word = tab.locator(".cc-term", has_text="CSO").first
    word.click()

    tab.emulate_media(media="print")

    assert tab.locator(".cc-meaning:visible").count() == 0
    assert word.is_visible()
    assert "none" in word.evaluate("one => getComputedStyle(one).textDecorationLine")
