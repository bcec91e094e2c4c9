"""The survey of 2012 as it was published, and the questions of 2026 as they will be asked."""

import pytest

from ccio_skills.library import FigureStatus, QuestionKind


@pytest.fixture(scope="module")
def first(shipped):
    return shipped.survey["ccio-survey-2012"]


@pytest.fixture(scope="module")
def role(shipped):
    return shipped.instrument["role-survey-2026"]


class TestTheSurveyOf2012:
    def test_asked_22_and_heard_7(self, first):
        assert (first.invited, first.answered) == (22, 7)
        assert not first.wording_published

    def test_holds_every_item_of_the_article(self, first):
        assert [one.code for one in first.items] == [
            *("V12-01", "V12-02", "V12-03", "V12-03r", "V12-04", "V12-05", "V12-06", "V12-07"),
            *("V12-08a", "V12-08b", "V12-09", "V12-10", "V12-11", "V12-12", "V12-13", "V12-14"),
            *("V12-15", "V12-16", "V12-17"),
        ]

    def test_uses_every_status_there_is(self, first):
        assert {one.status for item in first.items for one in item.results} == set(FigureStatus)

    def test_gives_no_count_for_two_thirds(self, first):
        thirds = [
            one
            for item in first.items
            for one in item.results
            if one.status is FigureStatus.FRACTION
        ]

        assert len(thirds) == 2
        assert all(one.count is None and one.candidates == ((4, 6), (5, 7)) for one in thirds)


class TestTheQuestionsOf2026:
    CODES = (
        *(f"A{n}" for n in range(1, 9)),
        *(f"B{n}" for n in range(1, 9)),
        *(f"C{n}" for n in range(1, 5)),
        *(f"D{n}" for n in range(1, 8)),
        *(f"E{n}" for n in range(1, 4)),
        *("F1", "F2"),
    )

    def test_are_all_there_in_order(self, role):
        main = [code for code in role.question if code in self.CODES]

        assert tuple(main) == self.CODES
        assert [one.code for one in role.chapters] == list("ABCDEFG")

    def test_of_equality_stand_apart_and_can_be_declined(self, role):
        assert {code[0] for code in role.apart} == {"G"}
        for code in role.apart:
            assert "not-said" in role.question[code].keys

    def test_name_the_domains_of_the_framework(self, shipped, role):
        named = {one.key: one.label for one in role.question["D1b"].choices}

        assert set(named) == set(shipped.domain)

    def test_stand_beside_2012_wherever_both_asked(self, role):
        trends = {
            (code, one.beside, one.match)
            for code, question in role.question.items()
            for one in question.trends
        }

        assert {code for code, _, match in trends if match == "E"} == {
            *("A5", "A6", "A7", "A8", "B1", "B2", "B4", "B5", "C1"),
            *("D1", "D1b", "D2", "D3", "D4", "D5", "E1", "E2"),
        }
        assert {code: beside for code, beside, match in trends if match == "N"} == {
            **{"A1": "V12-01", "A4": "SEP12", "B6": "POLL18", "B8": "SUR13", "C3": "V12-04"}
        }

    def test_in_free_text_are_few_and_none_is_kept_apart(self, role):
        text = {code for code, one in role.question.items() if one.kind is QuestionKind.TEXT}

        assert text == {"A1b", "A8b", "B5b", "C4", "D1", "D4b", "D5c", "E1b"}
        assert not text & role.apart

    def test_ask_for_days_in_half_steps_and_for_no_fixed_time(self, role):
        allocated, spent = role.question["B1"], role.question["B2"]

        assert (allocated.lowest, allocated.highest, allocated.step) == (0, 5, 0.5)
        assert allocated.instead == "No fixed time"
        assert (spent.lowest, spent.highest, spent.step, spent.instead) == (0, 7, 0.5, None)
