"""2012 beside a new wave: counts, "at least", middle groups, and no claim of a change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccio_skills import library
from ccio_skills.survey.rules import ClosedItem, Wave, as_items, beside
from ccio_skills.survey.rules.comparing import RATIO_NOTE
from ccio_skills.survey.rules.waves import count_words, middle_words
from tests.conftest import CONTENT

LIBRARY = library.load(CONTENT)
FIRST = LIBRARY.survey["ccio-survey-2012"]
ROLE = LIBRARY.instrument["role-survey-2026"]
ITEMS = {item.key: item for item in as_items(ROLE)}


def wave(key, *counts, answered=None):
    parts = {(place,): people for place, people in enumerate(counts)}
    return {key: Wave(ITEMS[key], parts, answered or sum(counts))}


def lines(waves, code, item=None):
    [found] = [
        one for one in beside(FIRST, ROLE, waves) if one.code == code and item in (None, one.item)
    ]
    return {line.label: (line.then, line.now) for line in found.lines}


class TestBeside:
    def test_stands_a_count_by_a_count_and_no_percentage_by_either(self):
        years = wave("A5", 1, 2, 3, 5, 3)

        assert lines(years, "A5") == {"Over 20 years as a clinician": ("5 of 7", "8 of 14")}

    def test_says_at_least_where_not_all_is_shown(self):
        """Nearly everybody of a group answered alike: only "at least" is known of it."""
        years = {"A5": Wave(ITEMS["A5"], {(4,): 5, (0,): 1}, 9)}

        [(_, now)] = lines(years, "A5").values()

        assert now == "5 to 8 of 9"

    def test_gives_two_thirds_no_count_that_was_never_published(self):
        authority = wave("B5", 6, 3, 1)

        assert lines(authority, "B5") == {"Have enough authority": ("two-thirds", "6 of 10")}

    def test_reads_each_choice_of_many_by_itself(self):
        work = wave("C1/strategy", 4, 10) | wave("C1/clinical-engagement", 1, 13)

        found = lines(work, "C1")

        assert found["Information strategy"] == ("6 of 7", "10 of 14")
        assert found["Clinical engagement"] == ("6 of 7", "13 of 14")
        assert found["Procurement"] == ("named next", "not shown")

    def test_reads_tenure_beside_both_results_of_2012(self):
        tenure = wave("A6", 4, 3, 5, 1, 1)

        assert lines(tenure, "A6", "V12-08a") == {
            "Under 3 years in the role": ("6 of 7", "7 of 14")
        }
        assert lines(tenure, "A6", "V12-08b") == {
            "Under 12 months in the role": ("most", "4 of 14")
        }

    def test_puts_a_mean_beside_a_middle_group_and_says_so(self):
        days = wave("B1", 0, 3, 5, 2, 1, 0)

        assert lines(days, "B1") == {
            "officially given": (
                "2 days a week",
                "the middle answer is in the group “1½ to 2”; "
                "the answers go from “½ to 1” to “3½ to 4” (11 answered)",
            )
        }

    def test_explains_the_ratio_of_means_beside_each_person_s_own(self):
        waves = wave("workload", 0, 2, 1, 4, 2, 1) | wave("B1/instead", 10, 3)

        [found] = [one for one in beside(FIRST, ROLE, waves) if one.code == "workload"]

        [line] = found.lines
        assert line.then == "1.5"
        assert "“Over a quarter, up to half as much again”" in line.now
        assert "3 of 13 have no fixed time and no ratio" in line.now
        assert found.cautions[0] == RATIO_NOTE

    def test_covers_every_trend_that_was_asked_for(self):
        pairs = {(one.code, one.item) for one in beside(FIRST, ROLE, {})}

        assert pairs == {
            *{("A5", "V12-09"), ("A6", "V12-08a"), ("A6", "V12-08b"), ("A7", "V12-07")},
            *{("A8", "V12-10"), ("B1", "V12-02"), ("B2", "V12-03"), ("B4", "V12-06")},
            *{("B5", "V12-05"), ("C1", "V12-04"), ("D2", "V12-12"), ("D3", "V12-13")},
            *{("D4", "V12-14"), ("D5", "V12-15"), ("E2", "V12-17"), ("workload", "V12-03r")},
        }

    def test_shows_2012_alone_where_nothing_was_released(self):
        for one in beside(FIRST, ROLE, {}):
            assert all(line.now == "not shown" for line in one.lines), one.code

    def test_labels_every_figure_of_2012_with_its_people_and_its_status(self):
        for one in beside(FIRST, ROLE, {}):
            assert one.base.startswith(("7 people, 2012", "2012; how many of 7 people"))
            assert all(line.then_status for line in one.lines)

    def test_claims_no_change_and_no_test(self):
        for one in beside(FIRST, ROLE, wave("A5", 0, 0, 0, 0, 14)):
            said = " ".join([*one.cautions, *(line.now for line in one.lines)]).casefold()
            assert "no test was made" in said
            assert not any(word in said for word in ("significant", "increase", "improve", "risen"))
            assert "%" not in said.replace("86 %", "")


LOW = ClosedItem("x", "X", ("a", "b", "c"), is_ordered=True)
parts = st.dictionaries(st.sampled_from([(0,), (1,), (2,), (0, 1)]), st.integers(0, 9), min_size=1)


class TestAWave:
    @given(parts=parts, hidden=st.integers(0, 9))
    def test_never_says_fewer_than_none_or_more_than_all(self, parts, hidden):
        one = Wave(LOW, parts, sum(parts.values()) + hidden)

        for categories in ([0], [1], [2], [0, 1], [1, 2], [0, 1, 2]):
            least, most = one.between(categories)
            assert 0 <= least <= most <= one.answered

    @given(parts=parts, hidden=st.integers(0, 9), data=st.data())
    def test_holds_the_true_middle_whatever_is_hidden(self, parts, hidden, data):
        one = Wave(LOW, parts, sum(parts.values()) + hidden)
        true = sorted(
            [
                data.draw(st.sampled_from(part))
                for part, people in parts.items()
                for _ in range(people)
            ]
            + [data.draw(st.integers(0, 2)) for _ in range(hidden)]
        )
        if not true:
            assert one.middle() is None
            return

        low, high = one.middle()

        assert low <= true[(len(true) - 1) // 2] <= true[len(true) // 2] <= high

    @pytest.mark.parametrize(
        ("parts", "answered", "words"),
        [
            ({(0,): 3, (1,): 4}, 7, "3 of 7"),
            ({(0,): 3}, 7, "at least 3 of 7"),
            ({(0, 1): 5}, 7, "not shown, of 7"),
            ({(1,): 5}, 7, "at most 2 of 7"),
            ({(0,): 2, (1,): 3}, 7, "2 to 4 of 7"),
            ({(0,): 0}, 0, "0 of 0"),
        ],
    )
    def test_is_said_as_it_is_known(self, parts, answered, words):
        assert count_words(Wave(LOW, parts, answered), [0]) == words

    def test_hides_the_range_where_answers_are_hidden(self):
        assert "go from" not in middle_words(Wave(LOW, {(0,): 3, (1,): 2}, 7))
        assert middle_words(Wave(LOW, {}, 0)) == "nobody answered"

    @pytest.mark.parametrize(("parts", "answered"), [({(3,): 1}, 1), ({(0,): 2}, 1)])
    def test_refuses_what_cannot_be(self, parts, answered):
        with pytest.raises(ValueError, match="x: "):
            Wave(LOW, parts, answered)
