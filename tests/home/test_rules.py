"""What has changed over time, and what is within the noise of self-rating."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccio_skills import library
from ccio_skills.assess.rules.ratings import Rating
from ccio_skills.home import rules
from ccio_skills.home.rules import Move, Point
from ccio_skills.vocabulary import Level
from tests.conftest import CONTENT, NOW

LIBRARY = library.load(CONTENT)
DAY = timedelta(days=1)
CHANGE = [one.slug for one in LIBRARY.skills_of("change")]
DATA = [one.slug for one in LIBRARY.skills_of("data")]
skills = st.sampled_from(sorted(LIBRARY.skill))
some_levels = st.dictionaries(skills, st.none() | st.sampled_from(Level))
unhurried = settings(deadline=None)


def rated(skill, level, *, at=NOW):
    return Rating(skill, None if level is None else Level(level), at)


def at_once(levels, *, at=NOW):
    """Ratings by skill, all given at one moment."""
    return {slug: rated(slug, level, at=at) for slug, level in levels.items()}


def history_of(*history):
    return rules.domain_history(history, library=LIBRARY)


class TestDomainHistory:
    def test_matches_a_course_worked_by_hand(self):
        """1 alone; 1 and 4 the same day; later 3 and 4."""
        lines = history_of(
            rated(CHANGE[0], 1, at=NOW - 90 * DAY),
            rated(CHANGE[1], 4, at=NOW - 90 * DAY + timedelta(minutes=1)),
            rated(CHANGE[0], 3, at=NOW),
        )

        assert lines == {
            "change": (Point(date(2026, 8, 24), 2.5, 2), Point(date(2026, 11, 22), 3.5, 2))
        }

    def test_a_day_has_one_point_with_what_stood_at_its_end(self):
        lines = history_of(
            *(
                rated(CHANGE[0], level, at=NOW + n * timedelta(hours=1))
                for n, level in enumerate([0, 5, 2])
            )
        )

        assert lines == {"change": (Point(NOW.date(), 2.0, 1),)}

    def test_a_domain_stays_as_it_was_while_another_is_rated(self):
        lines = history_of(rated(DATA[0], 4, at=NOW - 9 * DAY), rated(CHANGE[0], 1, at=NOW))

        assert lines["data"] == (Point(date(2026, 11, 13), 4.0, 1),)
        assert list(lines) == ["change", "data"], "in framework order"

    def test_none_of_these_yet_counts_as_nought(self):
        lines = history_of(rated(CHANGE[0], 0), rated(CHANGE[1], 3))

        assert lines["change"][-1].mean == 1.5

    def test_what_is_not_part_of_the_role_leaves_the_mean(self):
        lines = history_of(
            rated(CHANGE[0], 1, at=NOW - DAY),
            rated(CHANGE[1], 5, at=NOW - DAY),
            rated(CHANGE[0], None, at=NOW),
        )

        assert lines["change"] == (
            Point(date(2026, 11, 21), 3.0, 2),
            Point(date(2026, 11, 22), 5.0, 1),
        )

    def test_a_domain_without_a_level_has_no_line(self):
        assert history_of(rated(CHANGE[0], None), rated("telegraphy", 3)) == {}
        assert history_of() == {}

    def test_taking_back_the_days_only_level_leaves_no_point_on_that_day(self):
        lines = history_of(
            rated(CHANGE[0], 2, at=NOW), rated(CHANGE[0], None, at=NOW + timedelta(hours=1))
        )

        assert lines == {}

    @given(
        answers=st.lists(
            st.tuples(skills, st.none() | st.sampled_from(Level), st.integers(0, 30)), max_size=30
        )
    )
    @unhurried
    def test_days_go_up_means_are_levels_and_the_last_one_is_now(self, answers):
        ordered = sorted(answers, key=lambda one: one[2])

        lines = history_of(
            *(rated(slug, level, at=NOW + day * DAY) for slug, level, day in ordered)
        )

        newest = {slug: level for slug, level, _ in ordered}
        for domain, points in lines.items():
            slugs = {one.slug for one in LIBRARY.skills_of(domain)}
            known = [newest[one] for one in slugs if newest.get(one) is not None]
            assert all(before.day < after.day for before, after in pairwise(points))
            assert all(0 <= one.mean <= 5 and 1 <= one.rated <= len(slugs) for one in points)
            if known:
                assert points[-1].mean == pytest.approx(sum(known) / len(known))
                assert points[-1].rated == len(known)
        assert set(lines) >= {
            LIBRARY.skill[slug].domain for slug, level in newest.items() if level is not None
        }


class TestDomainMoves:
    def test_match_a_move_worked_by_hand(self):
        """Five skills, four of them up by one: 2.0 to 2.8."""
        before = at_once(dict.fromkeys(CHANGE, 2))
        now = at_once(dict.fromkeys(CHANGE, 3) | {CHANGE[0]: 2})

        [move] = rules.domain_moves(before, now, library=LIBRARY)

        assert (move.domain, move.before, move.now, move.skills) == ("change", 2, 2.8, 5)
        assert move.change == pytest.approx(0.8)
        assert move.is_real

    def test_compare_only_what_has_a_level_at_both_moments(self):
        before = at_once({CHANGE[0]: 2, CHANGE[1]: 5, CHANGE[2]: 0, DATA[0]: 3})
        now = at_once({CHANGE[0]: 1, CHANGE[2]: None, CHANGE[3]: 5, DATA[1]: 3})

        moves = rules.domain_moves(before, now, library=LIBRARY)

        assert moves == (Move("change", 2, 1, 1),)

    def test_of_nothing_are_none(self):
        assert rules.domain_moves({}, {}, library=LIBRARY) == ()

    @pytest.mark.parametrize(
        ("before", "now", "is_real"),
        [
            (2.0, 2.8, True),
            (2.8, 2.0, True),
            (2.2, 3.0, True),
            (2.0, 2.79, False),
            (2.0, 2.75, False),
            (3.0, 3.0, False),
            (0.0, 5.0, True),
        ],
    )
    def test_eight_tenths_of_a_level_are_more_than_noise(self, before, now, is_real):
        """2.2 to 3.0 is 0.7999999999999998 for the machine and 0.8 for everybody else."""
        assert Move("change", before, now, 5).is_real is is_real

    @pytest.mark.parametrize(("moved", "is_real"), [(3, False), (4, True), (5, True)])
    def test_four_of_five_skills_up_by_one_are_more_than_noise(self, moved, is_real):
        before = at_once(dict.fromkeys(CHANGE, 2))
        now = at_once({slug: 3 if place < moved else 2 for place, slug in enumerate(CHANGE)})

        [move] = rules.domain_moves(before, now, library=LIBRARY)

        assert move.is_real is is_real

    @given(before=some_levels, now=some_levels)
    @unhurried
    def test_looking_back_turns_every_move_round(self, before, now):
        there = rules.domain_moves(at_once(before), at_once(now), library=LIBRARY)
        back = rules.domain_moves(at_once(now), at_once(before), library=LIBRARY)

        assert [one.domain for one in there] == [one.domain for one in back]
        for one, other in zip(there, back, strict=True):
            assert one.change == pytest.approx(-other.change)
            assert one.is_real == other.is_real

    @given(levels=some_levels)
    @unhurried
    def test_the_same_answers_again_move_nothing(self, levels):
        moves = rules.domain_moves(at_once(levels), at_once(levels), library=LIBRARY)

        assert not any(one.change or one.is_real for one in moves)


class TestSkillMoves:
    def test_are_the_widest_first_then_in_framework_order(self):
        before = at_once({CHANGE[0]: 2, CHANGE[1]: 2, CHANGE[2]: 4, DATA[0]: 1, DATA[1]: 3})
        now = at_once({CHANGE[0]: 3, CHANGE[1]: 2, CHANGE[2]: 1, DATA[0]: 0, DATA[1]: None})

        moves = rules.skill_moves(before, now, library=LIBRARY)

        assert [(one.skill, one.before, one.now) for one in moves] == [
            (CHANGE[2], 4, 1),
            (CHANGE[0], 2, 3),
            (DATA[0], 1, 0),
        ]

    @given(before=some_levels, now=some_levels)
    @unhurried
    def test_name_every_skill_with_another_level_once(self, before, now):
        moves = rules.skill_moves(at_once(before), at_once(now), library=LIBRARY)

        both = {
            slug
            for slug in before.keys() & now.keys()
            if None not in (before[slug], now[slug]) and before[slug] != now[slug]
        }
        assert sorted(one.skill for one in moves) == sorted(both)
        widths = [abs(one.now - one.before) for one in moves]
        assert widths == sorted(widths, reverse=True)


class TestMinutesByMonth:
    def test_match_months_worked_by_hand_over_a_year_boundary(self):
        finished = [
            (datetime(2026, 8, 31, 23, 59, tzinfo=UTC), 99),
            (datetime(2026, 9, 1, tzinfo=UTC), 10),
            (datetime(2026, 12, 31, 23, 59, tzinfo=UTC), 20),
            (datetime(2026, 12, 1, tzinfo=UTC), 5),
            (datetime(2027, 1, 1, tzinfo=UTC), 40),
            (datetime(2027, 2, 14, tzinfo=UTC), 30),
        ]

        months = rules.minutes_by_month(finished, now=datetime(2027, 2, 14, 9, tzinfo=UTC))

        assert months == (
            ("2026-09", 10, 1),
            ("2026-10", 0, 0),
            ("2026-11", 0, 0),
            ("2026-12", 25, 2),
            ("2027-01", 40, 1),
            ("2027-02", 30, 1),
        )

    def test_without_a_module_are_empty_months(self):
        months = rules.minutes_by_month([], now=NOW, months=3)

        assert months == (("2026-09", 0, 0), ("2026-10", 0, 0), ("2026-11", 0, 0))

    @given(
        finished=st.lists(
            st.tuples(
                st.timedeltas(timedelta(), 1500 * DAY).map(lambda ago: NOW - ago),
                st.integers(1, 1440),
            ),
            max_size=20,
        ),
        months=st.integers(1, 60),
    )
    @unhurried
    def test_follow_each_other_and_lose_nothing_that_falls_in_them(self, finished, months):
        by_month = rules.minutes_by_month(finished, now=NOW, months=months)

        names = [name for name, _, _ in by_month]
        assert names == sorted(set(names))
        assert len(names) == months
        assert names[-1] == "2026-11"
        inside = [minutes for at, minutes in finished if at.isoformat()[:7] >= names[0]]
        assert sum(minutes for _, minutes, _ in by_month) == sum(inside)
        assert sum(modules for _, _, modules in by_month) == len(inside)
