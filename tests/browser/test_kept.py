"""What a page said is saved stays saved: reload, a killed server, two tabs."""

import re
import sqlite3

import pytest
from playwright.sync_api import expect

from ccio_skills.people import rules
from tests.browser.conftest import settle


def begin(tab):
    tab.get_by_role("button", name="Start with ten questions").click()
    tab.locator("[class*='st-key-rate-']").first.wait_for()
    settle(tab)


def choose(tab, place, option):
    tab.locator("[class*='st-key-rate-'] [role=radiogroup]").nth(place).locator("label").nth(
        option
    ).click()


def levels(server):
    with sqlite3.connect(server.folder / "ccio-skills.db") as store:
        rows = store.execute("SELECT skill, level FROM assess_rating ORDER BY id").fetchall()
    return dict(rows)


@pytest.mark.browser
def test_a_reload_shows_every_answer_of_the_sitting_again(server, open_tab):
    tab = open_tab(server.url)
    begin(tab)
    for place in range(3):
        choose(tab, place, 2)
        tab.locator(".cc-saved").nth(place).wait_for()

    tab.reload()
    settle(tab)

    expect(tab.locator(".cc-saved")).to_have_count(3)
    expect(tab.locator("[class*='st-key-rate-'] input:checked")).to_have_count(3)


@pytest.mark.browser
def test_a_killed_server_loses_no_answer_that_was_marked_saved(server, open_tab):
    tab = open_tab(server.url)
    begin(tab)
    choose(tab, 0, 3)
    tab.locator(".cc-saved").first.wait_for()
    before = levels(server)
    server.kill()
    server.start()

    tab.goto(f"{server.url}/rate")
    settle(tab)

    assert levels(server) == before
    expect(tab.locator(".cc-saved")).to_have_count(1)


@pytest.mark.browser
def test_undo_takes_an_answer_back_and_says_so_nowhere_else(server, open_tab):
    tab = open_tab(server.url)
    begin(tab)
    choose(tab, 0, 3)
    tab.locator(".cc-saved").first.wait_for()

    tab.get_by_role("button", name="Undo").first.click()
    tab.locator(".cc-saved").first.wait_for(state="detached")

    expect(tab.locator("[class*='st-key-rate-'] input:checked")).to_have_count(0)


@pytest.mark.browser
def test_an_idle_second_tab_does_not_put_its_old_answer_back(server, open_tab):
    first = open_tab(server.url)
    begin(first)
    choose(first, 0, 1)
    first.locator(".cc-saved").first.wait_for()
    second = open_tab(f"{server.url}/rate")
    choose(second, 0, 4)
    second.get_by_text("Saved: 4 Leading").wait_for()

    choose(first, 1, 1)
    first.locator(".cc-saved").nth(1).wait_for()
    settle(first)

    assert sorted(levels(server).values()) == [1, 4]


@pytest.mark.browser
def test_files_are_made_when_they_are_asked_for(demo, open_tab, tmp_path):
    tab = open_tab(f"{demo.url}/me")
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Export everything").click()
    download.value.save_as(tmp_path / "mine.zip")
    tab.goto(f"{demo.url}/gaps")
    settle(tab)
    tab.get_by_text("The same numbers as a table").first.click()
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Download as CSV").first.click()
    download.value.save_as(tmp_path / "gaps.csv")

    assert rules.unpack((tmp_path / "mine.zip").read_bytes()).tables["assess_rating"]
    assert download.value.suggested_filename == "my-gaps.csv"
    assert (tmp_path / "gaps.csv").read_text("utf-8-sig").startswith("Domain,Skill,Now,Target")


@pytest.mark.browser
def test_what_would_change_a_plan_is_said_when_it_is_asked(demo, open_tab):
    tab = open_tab(f"{demo.url}/plan")
    answer = tab.locator("[data-testid=stPopoverBody] .cc-mute")
    expect(answer).to_have_count(0)

    button = tab.get_by_role("button", name="What would change it?").first
    button.focus()
    tab.keyboard.press("Enter")

    expect(answer.first).to_contain_text(re.compile("would|removes it"))
