"""The arithmetic of the article of November 2012, and what may be said of seven people."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccio_skills import library
from ccio_skills.library import FigureStatus
from ccio_skills.survey.rules import baseline
from tests.conftest import CONTENT

FIRST = library.load(CONTENT).survey["ccio-survey-2012"]
ITEMS = {one.code: one for one in FIRST.items}
NO_NUMBER = (FigureStatus.RANK, FigureStatus.VERBAL, FigureStatus.THEMES, FigureStatus.FRACTION)


def said(code, key):
    [one] = [one for one in ITEMS[code].results if one.key == key]
    return baseline.say(ITEMS[code], one), baseline.status(FIRST, ITEMS[code], one)


class TestTheArticle:
    @pytest.mark.parametrize(
        ("count", "n", "percent"),
        [(6, 7, 85.7), (5, 7, 71.4), (4, 6, 66.7), (4, 7, 57.1), (2, 7, 28.6), (7, 22, 31.8)],
    )
    def test_counts_what_it_publishes(self, count, n, percent):
        assert baseline.percent(count, n) == percent

    def test_means_six_of_seven_by_86_per_cent(self):
        """6 of 7 is 85.7 %; no other number of seven people comes to 86 %."""
        fits = [count for count in range(8) if round(count / 7, 2) == 0.86]

        assert fits == [6]
        for one in ITEMS["V12-04"].results[:2]:
            assert (one.count, ITEMS["V12-04"].n, one.proportion) == (6, 7, 0.86)

    def test_cannot_mean_two_thirds_of_seven_people(self):
        two_thirds = Fraction(2, 3)

        assert not baseline.can_come_from(two_thirds, 7)
        assert baseline.can_come_from(two_thirds, 6)
        assert two_thirds * 6 == 4
        assert [n for n in range(1, 8) if baseline.can_come_from(two_thirds, n)] == [3, 6]

    def test_has_no_whole_number_of_seven_that_rounds_to_two_thirds(self):
        assert all(round(count / 7, 2) != 0.67 for count in range(8))

    def test_takes_three_days_for_two(self):
        [given_], [worked] = ITEMS["V12-02"].results, ITEMS["V12-03"].results
        [ratio] = ITEMS["V12-03r"].results

        assert worked.value / given_.value == ratio.value == 1.5

    def test_leaves_one_of_seven_unheard_on_qualifications(self):
        counts = {one.key: one.count for one in ITEMS["V12-14"].results}

        assert counts == {"no": 4, "yes": 2, "missing": 1}
        assert sum(counts.values()) == 7


class TestThePlausibleRange:
    @pytest.mark.parametrize(
        ("count", "n", "low", "high"),
        [
            (7, 7, 64.6, 100),
            (6, 7, 48.7, 97.4),
            (5, 7, 35.9, 91.8),
            (4, 7, 25.0, 84.2),
            (4, 6, 30.0, 90.3),
            (2, 7, 8.2, 64.1),
            (1, 7, 2.6, 51.3),
            (7, 22, 16.4, 52.7),
        ],
    )
    def test_is_that_of_wilson(self, count, n, low, high):
        found = [100 * share for share in baseline.plausible(count, n)]

        assert found == pytest.approx([low, high], abs=0.06)

    def test_is_said_in_whole_people(self):
        assert baseline.in_every(5, 7) == "about 3 to 6 in every 7"
        assert baseline.in_every(7, 7) == "about 5 to 7 in every 7"

    @given(n=st.integers(1, 200), data=st.data())
    def test_holds_what_was_seen_and_stays_a_share(self, n, data):
        count = data.draw(st.integers(0, n))

        low, high = baseline.plausible(count, n)

        assert 0 <= low <= count / n + 1e-12
        assert count / n - 1e-12 <= high <= 1

    def test_refuses_more_than_all(self):
        with pytest.raises(ValueError, match="count=8 of n=7"):
            baseline.plausible(8, 7)


class TestWords:
    @pytest.mark.parametrize(
        ("code", "key", "figure", "status"),
        [
            ("V12-02", "allocated", "2 days a week", "as published; out of how many is not known"),
            (
                "V12-05",
                "yes",
                "two-thirds",
                "published as a fraction; how many people is not known",
            ),
            ("V12-06", "medical-director", "most common", "only the order was published"),
            ("V12-06", "chief-executive", "named", "only the order was published"),
            ("V12-04", "quality", "named next", "only the order was published"),
            ("V12-08b", "under-12-months", "most", "published in words only"),
            ("V12-09", "over-20-years", "5 of 7", "as published"),
            (
                *("V12-15", "managing-software-development", "named"),
                "named; no numbers were published",
            ),
            (
                *("V12-08a", "under-3-years", "6 of 7"),
                "worked out, not published; that 7 answered is presumed",
            ),
            (
                *("V12-17", "online-peer-network", "7 of 7"),
                'published as "all"; that 7 answered is presumed',
            ),
            (
                *("V12-04", "clinical-engagement", "6 of 7"),
                "published as 86 %; the count is worked out; that 7 answered is presumed",
            ),
        ],
    )
    def test_say_the_figure_and_where_it_comes_from(self, code, key, figure, status):
        assert said(code, key) == (figure, status)

    def test_never_give_a_bare_percentage(self):
        figures = [baseline.say(item, one) for item in FIRST.items for one in item.results]

        assert not any("%" in one or "per cent" in one for one in figures)

    def test_give_no_derived_count_without_saying_so(self):
        for item in FIRST.items:
            for one in item.results:
                words = baseline.status(FIRST, item, one)
                if FigureStatus.DERIVED in (one.status, one.count_status):
                    assert "worked out" in words, (item.code, one.key)

    def test_fall_back_on_small_numbers_for_other_fractions(self):
        assert baseline.name_fraction(0.75) == "three-quarters"
        assert baseline.name_fraction(0.6) == "3 in 5"


class TestWhatMayBeDrawn:
    def test_is_a_number_of_people_and_nothing_else(self):
        drawn = {(one.code, one.key) for one in baseline.counted(FIRST)}
        statuses = {
            (item.code, one.key): one.status for item in FIRST.items for one in item.results
        }

        assert len(drawn) == 11
        assert not {statuses[one] for one in drawn} & set(NO_NUMBER)

    def test_and_the_rest_are_all_there_is(self):
        every = sum(len(item.results) for item in FIRST.items)
        rest = sum(len(results) for _, results in baseline.groups(FIRST))

        assert rest + len(baseline.counted(FIRST)) == every
