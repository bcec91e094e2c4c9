"""The public page of 2012: founding facts on their own, each with its status."""

import html
import re

import pytest

from ccio_skills.library import Library


def words(page):
    """Return what our own HTML says, without markup."""
    said = [one.value for one in page.get("html") if not one.value.startswith("<style")]
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", " ".join(said))).split())


@pytest.fixture
def page(open_page):
    page = open_page("survey-2012")
    assert not page.exception
    return page


def test_says_who_was_asked_and_how_many_answered(page):
    assert page.title[0].value == "The first survey, 2012"
    assert "22 people were invited, 7 answered." in words(page)
    assert "7 people, 2012" in words(page)
    assert "7 of 22 answered." in words(page)


def test_needs_nobody_to_have_done_anything(page, visit):
    """No cohort, no rating, not even the two questions of the first visit."""
    assert len(page.get("vega_lite_chart")) == 1


def test_gives_time_with_what_is_not_known_of_it(page):
    said = words(page)

    assert "2 days a week Officially given As published; out of how many is not known." in said
    assert "One person had no fixed time" in said
    assert "It is not the mean or the middle of each person's own ratio" in said


def test_says_how_little_seven_say(page):
    said = words(page)

    assert "“5 of 7” would stand for about 3 to 6 in every 7" in said
    assert "“7 of 7” only for about 5 to 7 in every 7" in said


def test_draws_counts_and_no_order_no_word_and_no_fraction(page):
    [chart] = page.get("vega_lite_chart")

    assert "Clinical engagement: 6 of 7" in chart.proto.alt
    for undrawn in ("Quality", "Have enough authority", "Hold other senior posts", "Medical"):
        assert undrawn not in chart.proto.alt
    [table] = [one.value for one in page.get("html") if "<table" in one.value]
    assert table.count("<tr") == 1 + 11
    assert "published as 86 %; the count is worked out; that 7 answered is presumed" in table


def test_says_the_rest_in_words_with_its_status(page):
    said = words(page)

    assert "Have enough authority: two-thirds. Published as a fraction" in said
    assert "Hold other senior posts: most. Published in words only." in said
    assert "Medical director: most common; Chief executive;" in said
    assert "Managing software development. Named; no numbers were published." in said


def test_says_that_two_thirds_cannot_come_from_seven(page):
    said = " ".join(one.value for one in page.markdown)

    assert "Two-thirds cannot come from seven people" in said
    assert "Other surveys of the same years" in said
    assert re.search(r"114 answered.*\\\[4\\\]", said), "the companions cite their own facts"


def test_names_the_skills_that_answer_it(page, visit):
    for skill in visit.library.skills:
        assert not skill.survey_2012 or skill.title in words(page)


def test_is_reached_from_the_first_visit_the_library_and_about(open_page):
    for path in ("home", "library", "about"):
        links = [one.proto.page for one in open_page(path).get("page_link")]
        assert any(link.endswith("survey-2012") for link in links), path


def test_of_a_library_without_a_survey_says_so_and_is_linked_nowhere(open_page, shipped):
    held = {name: getattr(shipped, name) for name in Library.model_fields}
    without = Library(**{**held, "surveys": (), "instruments": ()})

    page = open_page("survey-2012", library=without)

    assert not page.exception
    assert "This library holds no published survey." in words(page)
    for path in ("home", "library", "about"):
        links = [one.proto.page for one in open_page(path, library=without).get("page_link")]
        assert not any(link.endswith("survey-2012") for link in links), path
