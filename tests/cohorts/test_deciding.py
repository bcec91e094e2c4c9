"""Who is shown with whom: blocks, companions, and those who do not count."""

import random

import pytest

from ccio_skills.cohorts.rules import admission
from ccio_skills.cohorts.rules.members import Class
from ccio_skills.cohorts.rules.thresholds import DEFAULT, LooserError, Thresholds
from tests.cohorts.made import NORTH, SOUTH, Fixed, contributors, decide


def blocks(decision):
    return [sorted(one.members) for one in decision.blocks]


def classes(decision):
    return sorted(sorted(one.members) for one in decision.classes)


def everyone(number, start=0):
    return frozenset(range(start, start + number))


class TestThresholds:
    def test_are_five_seven_two_and_ten(self):
        assert Thresholds(5, 7, 2, 10) == DEFAULT

    @pytest.mark.parametrize(
        ("name", "value"),
        [("smallest_group", 4), ("smallest_chart", 6), ("guard", 1), ("public_use", 9)],
    )
    def test_are_never_looser(self, name, value):
        with pytest.raises(LooserError, match=f"{name.replace('_', ' ')} is {value}; it must"):
            Thresholds(**{name: value})

    def test_may_be_stricter(self):
        assert Thresholds(smallest_group=8, smallest_chart=12, guard=3, public_use=20)

    def test_keep_a_guard_from_hiding_a_majority(self):
        with pytest.raises(LooserError, match="guard of 3 needs groups of 7 or more, not 5"):
            Thresholds(guard=3)


class TestAFirstCollection:
    def test_is_one_block_without_breakdowns(self):
        made = decide(contributors(range(12)))

        assert blocks(made) == classes(made) == [[*range(12)]]
        assert made.draws == ()

    @pytest.mark.parametrize(("people", "number"), [(6, 0), (7, 1)])
    def test_needs_seven_for_a_chart(self, people, number):
        """Six would be a group, but no chart would show them; they stay free for the next time."""
        made = decide(contributors(range(people)))

        assert len(made.blocks) == len(made.classes) == number

    def test_cuts_people_by_breakdown(self):
        made = decide(
            [
                *contributors(range(6), groups=[NORTH]),
                *contributors(range(6, 14), groups=[SOUTH]),
            ]
        )

        assert [(len(one.members), one.groups) for one in made.blocks] == [
            (6, {NORTH}),
            (8, {SOUTH}),
        ]

    def test_merges_what_is_too_small_with_what_it_shares_most_with(self):
        """Four who are in the network too join others of the network, not the larger rest."""
        made = decide(
            [
                *contributors(range(4), cohorts=["all", "network"], groups=[NORTH]),
                *contributors(range(4, 10), cohorts=["all", "network"], groups=[SOUTH]),
                *contributors(range(10, 20)),
            ]
        )

        assert {one.cohorts: one.members for one in made.blocks} == {
            frozenset({"all", "network"}): everyone(10),
            frozenset({"all"}): everyone(10, start=10),
        }
        assert not any(one.groups for one in made.blocks)

    def test_lets_those_wait_who_share_no_cohort_with_anybody(self):
        made = decide([*contributors(range(8)), *contributors(range(8, 12), cohorts=["elsewhere"])])

        assert blocks(made) == classes(made) == [[*range(8)]]

    def test_does_not_depend_on_the_order_in_which_people_come(self):
        people = [
            *contributors(range(4), groups=[NORTH]),
            *contributors(range(4, 8), groups=[SOUTH]),
            *contributors(range(8, 12)),
            *contributors(range(12, 20), cohorts=["all", "network"]),
        ]
        shuffled = random.Random(7).sample(people, len(people))

        assert decide(people).blocks == decide(shuffled).blocks


class TestWhoDoesNotCount:
    @pytest.mark.parametrize("others", [6, 7])
    def test_a_reviewer_who_is_a_member_is_shown_and_not_counted(self, others):
        made = decide(contributors(range(others + 1)), reviewers={0})

        assert blocks(made) == ([[*range(8)]] if others == 7 else [])
        assert all((one.reviewers, one.counted) == (1, 7) for one in made.blocks)

    @pytest.mark.parametrize(
        "detail", [{"is_verified": False}, {"made_by_reviewer": True}, {"consents": False}]
    )
    def test_unverified_made_up_and_withdrawn_accounts_are_not_shown(self, detail):
        made = decide([*contributors(range(6)), *contributors(range(6, 20), **detail)])

        assert made.blocks == ()

    def test_a_reviewer_is_no_companion(self):
        """One of 13 left; four of the eleven others rest, never the reviewer."""
        was = Class(everyone(13))

        for seed in range(20):
            made = decide(
                contributors(range(1, 13)),
                classes=[was],
                reviewers={5},
                rng=random.Random(seed),
            )

            [block] = made.blocks
            [draw] = made.draws
            assert 5 in block.members
            assert (len(draw.rested), draw.of) == (4, 11)

    def test_a_reviewer_who_is_missing_is_not_missing_alone(self):
        """Another reviewer must not find their answer by comparing two charts either."""
        made = decide(
            contributors(range(1, 13)), classes=[Class(everyone(13))], reviewers={0}, rng=Fixed()
        )

        [draw] = made.draws
        assert draw.rested == {8, 9, 10, 11, 12}

    def test_a_class_in_which_somebody_has_become_a_reviewer_counts_one_fewer(self):
        was = Class(everyone(7))

        assert blocks(decide(contributors(range(7)), classes=[was])) == [[*range(7)]]
        assert decide(contributors(range(7)), classes=[was], reviewers={0}).blocks == ()


class TestLater:
    was = Class(everyone(12))

    def test_everyone_again_is_shown_again_and_the_class_stays(self):
        made = decide(contributors(range(12)), classes=[self.was])

        assert blocks(made) == [[*range(12)]]
        assert made.classes == (self.was,)
        assert made.classes[0] is self.was

    def test_one_leaver_rests_with_four_others(self):
        made = decide(contributors(range(1, 12)), classes=[self.was], rng=Fixed())

        assert blocks(made) == [[1, 2, 3, 4, 5, 6, 7]]
        assert classes(made) == [[0, 8, 9, 10, 11], [1, 2, 3, 4, 5, 6, 7]]
        [draw] = made.draws
        assert (draw.rested, draw.of) == (frozenset({8, 9, 10, 11}), 11)

    def test_five_leavers_need_no_companions(self):
        made = decide(contributors(range(5, 12)), classes=[self.was])

        assert blocks(made) == [[*range(5, 12)]]
        assert made.draws == ()

    def test_a_class_that_would_fall_below_five_is_held_as_it_is(self):
        made = decide(contributors(range(1, 9)), classes=[Class(everyone(9))])

        assert made.blocks == made.draws == ()
        assert classes(made) == [[*range(9)]]

    def test_a_block_that_no_chart_would_show_splits_no_class(self):
        """Eleven, one out: six could be shown, too few for a chart."""
        made = decide(contributors(range(1, 11)), classes=[Class(everyone(11))])

        assert made.blocks == made.draws == ()
        assert classes(made) == [[*range(11)]]

    def test_joiners_wait_until_they_are_a_group(self):
        for joiners, number in ((4, 1), (5, 2)):
            made = decide(contributors(range(12 + joiners)), classes=[self.was])

            assert len(made.blocks) == number

    def test_a_person_in_a_class_is_no_newcomer_when_the_class_is_held(self):
        made = decide([*contributors(range(3)), *contributors(range(20, 24))], classes=[self.was])

        assert made.blocks == ()

    def test_breakdowns_are_those_of_the_first_time(self):
        """Moving north one by one would otherwise single out who moves."""
        was = Class(everyone(8), frozenset({SOUTH}))

        made = decide(
            [
                *contributors([0], groups=[NORTH]),
                *contributors(range(1, 8), groups=[SOUTH]),
            ],
            classes=[was],
        )

        [block] = made.blocks
        assert block.members == was.members
        assert block.groups == {SOUTH}

    def test_a_chart_holds_only_those_who_are_all_in_its_cohort_now(self):
        made = decide(
            [
                *contributors(range(11), cohorts=["all", "network"]),
                *contributors([11], cohorts=["all"]),
            ],
            classes=[self.was],
        )

        assert made.blocks[0].cohorts == {"all"}

    def test_chance_is_asked_for_exactly_the_companions_that_are_missing(self):
        found = admission.admit(
            everyone(14), everyone(12), reviewers=frozenset(), smallest=5, rng=Fixed()
        )

        assert found.rested == {9, 10, 11}
        assert found.out == {9, 10, 11, 12, 13}
