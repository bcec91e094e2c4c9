"""The first visit, from two questions to progress: by mouse on a desk and a phone, by keyboard."""

import re
import sqlite3

import pytest

from tests.browser.conftest import DESK, PHONE, settle


def click(tab, role, name, then):
    """Click, and wait until the page shows the words that must follow."""
    tab.get_by_role(role, name=name).first.click()
    tab.get_by_text(then).first.wait_for()
    settle(tab)


def menu(tab, name):
    """Open a page by the menu, which a phone hides behind a button."""
    if tab.viewport_size["width"] == PHONE["width"]:
        tab.get_by_test_id("stExpandSidebarButton").click()
    tab.get_by_role("link", name=name, exact=True).first.click()
    settle(tab)


def answer_all(tab):
    groups = tab.locator("[class*='st-key-rate-'] [role=radiogroup]")
    for place in range(groups.count()):
        group = groups.nth(place)
        group.locator("label").nth(place % 3 + 1).click()
        tab.locator(".cc-saved").nth(place).wait_for()
    settle(tab)


@pytest.mark.browser
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_first_visit_leads_from_two_questions_to_progress(server, open_tab, size):
    tab = open_tab(server.url, size=size)
    tab.get_by_text("I am a CCIO in my first year").click()
    settle(tab)
    click(tab, "button", "Start with ten questions", "Ten quick questions")
    assert tab.get_by_role("radiogroup").count() == 10

    answer_all(tab)
    click(tab, "button", "See my gaps", "Compare me with")
    assert "New CCIO" in tab.locator(".cc-lede").inner_text()
    tab.locator("[role=graphics-document]").wait_for()

    click(tab, "button", "Plan my time", "Why this:")
    assert "You have 60 minutes this week" in tab.locator(".cc-lede").inner_text()
    click(tab, "button", "Start reading", "Part 1 of")

    parts = int(re.search(r"Part 1 of (\d+)", tab.locator(".cc-eyebrow").first.inner_text())[1])
    for part in range(2, parts + 1):
        click(tab, "button", f"Next: part {part}", f"Part {part} of")
    click(tab, "button", "Check yourself", "Choose what you would do")
    card = tab.locator("[class*='st-key-askcard_']").first
    card.locator("[role=radiogroup] label").first.click()
    card.get_by_role("button", name="I am fairly sure").click()
    tab.get_by_text("You chose (fairly sure)").first.wait_for()

    click(tab, "button", "Finish and reflect", "Key points")
    click(tab, "button", "Finish this module", "Finished on")
    click(tab, "button", "Rate again", "Re-rating")
    tab.locator("[class*='st-key-rate-'] [role=radiogroup] label").nth(4).click()
    tab.get_by_text("Saved:").first.wait_for()

    menu(tab, "Progress")
    tab.get_by_role("heading", level=1, name="Progress").wait_for()
    assert "finished 1 module" in tab.locator(".cc-lede").inner_text()


@pytest.mark.browser
def test_the_first_visit_works_by_keyboard_alone(server, open_tab):
    tab = open_tab(server.url)
    tab_to(tab, "I want to become a CCIO")
    press(tab, "ArrowDown", "ArrowDown")
    checked = tab.locator("label", has=tab.locator("input:checked")).first
    assert "CCIO in my first year" in checked.inner_text()
    enter(tab, "Start with ten questions", then="Ten quick questions")

    for _ in range(10):
        tab_to(tab, "None of these yet")
        press(tab, "Space", "ArrowDown")
        settle(tab)
    enter(tab, "See my gaps", then="Compare me with")
    enter(tab, "Plan my time", then="Why this:")
    enter(tab, "Start reading", then="Part 1 of")
    enter(tab, "Next: part 2", then="Part 2 of")
    enter(tab, "Check yourself (", then="Choose what you would do")
    tab_to(tab, tab.locator("[class*='st-key-choice_'] [role=radiogroup] label").first.inner_text())
    press(tab, "Space")
    enter(tab, "I am fairly sure", then="You chose (fairly sure)")
    enter(tab, "Finish and reflect", then="Key points")
    enter(tab, "Finish this module", then="Finished on")
    enter(tab, "Rate again", then="Re-rating")
    tab_to(tab, "None of these yet")
    press(tab, "ArrowDown", "ArrowDown", "ArrowDown")
    tab.get_by_text("Saved: 3 Practising").first.wait_for()
    enter(tab, "Progress", then="Level per domain")

    # Arrow keys pass through options: each passing is a row, the last of the sitting the answer.
    with sqlite3.connect(server.folder / "ccio-skills.db") as store:
        rows = store.execute(
            "SELECT skill, level, max(id) FROM assess_rating GROUP BY sitting_id, skill"
        ).fetchall()
    assert len(rows) in (10, 11)
    assert {level for _, level, _ in rows} == {1, 3}


def enter(tab, words, *, then):
    tab_to(tab, words)
    tab.keyboard.press("Enter")
    tab.get_by_text(then).first.wait_for()
    settle(tab)


def press(tab, *keys):
    for key in keys:
        tab.keyboard.press(key)
        tab.wait_for_timeout(60)
    settle(tab)


def tab_to(tab, words, most=120):
    """Press Tab until the control with these words has the focus."""
    for _ in range(most):
        tab.keyboard.press("Tab")
        # Not the scrolling page itself, which browsers let one focus and which holds every word.
        said = tab.evaluate(
            "() => { const e = document.activeElement;"
            " return e.matches('a, button, input, textarea, summary, select')"
            " ? (e.getAttribute('aria-label') || '') + ' ' +"
            " ((e.closest('label') || e).innerText || '') : '' }"
        )
        if words in said:
            return
    raise AssertionError(f"no way to '{words}' by keyboard")
