"""What is published of answers: counts, or "at least", or nothing."""

import itertools
import time

import numpy as np
import pytest

from ccio_skills.cohorts.rules import coding
from ccio_skills.cohorts.rules.coding import AtLeast, Exact, Withheld
from ccio_skills.cohorts.rules.items import NOT_ANSWERED, Item, code_level, level_item
from ccio_skills.cohorts.rules.members import Block, Contributor
from ccio_skills.cohorts.rules.thresholds import DEFAULT, Thresholds
from ccio_skills.vocabulary import Level
from tests.cohorts import made
from tests.cohorts.made import SKILL, TRIED


def code(counts, *, item=SKILL, not_answered=0, smallest=5, guard=2):
    return coding.code(counts, not_answered=not_answered, item=item, smallest=smallest, guard=guard)


def block(people, reviewers=0):
    return Block(frozenset(range(people)), frozenset({"all"}), frozenset(), reviewers)


class TestItems:
    def test_levels_none_and_one_are_one_category(self):
        assert [code_level(level) for level in Level] == [0, 0, 1, 2, 3, 4]
        assert SKILL.categories[:2] == ("1 Aware or below", "2 Contributing")
        assert len(SKILL.categories) == 5

    def test_not_part_of_my_role_is_not_answered(self):
        assert code_level(None) == NOT_ANSWERED

    def test_a_target_is_the_first_category_that_meets_it(self):
        assert SKILL.categories[SKILL.target] == "3 Practising"

    def test_a_target_of_one_cannot_be_told(self):
        assert level_item("a", "A", target=Level.AWARE).target is None

    def test_guarded_are_single_categories_and_the_two_lowest_levels(self):
        assert SKILL.guarded == ((0,), (1,), (2,), (3,), (4,), (0, 1))
        assert Item("a", "A", ("x", "y", "z")).guarded == ((0,), (1,), (2,))

    def test_two_levels_together_are_everything_so_they_are_not_guarded(self):
        assert Item("a", "A", ("no", "yes"), is_ordered=True).guarded == ((0,), (1,))

    @pytest.mark.parametrize(
        "wrong",
        [
            {"categories": ("one",)},
            {"categories": ("x", "x")},
            {"categories": ("x", "y"), "target": 1},
            {"categories": ("x", "y"), "is_ordered": True, "target": 0},
            {"categories": ("x", "y"), "is_ordered": True, "target": 2},
        ],
    )
    def test_what_cannot_be_asked_is_refused(self, wrong):
        with pytest.raises(ValueError, match="a: "):
            Item("a", "A", **wrong)


class TestCode:
    def test_all_seven_becomes_at_least_five_of_seven(self):
        assert code([0, 0, 7, 0, 0]) == AtLeast((2,), least=5, answered=7, not_answered=0)

    @pytest.mark.parametrize("alike", [5, 6, 7])
    def test_says_the_same_for_five_six_and_seven(self, alike):
        assert code([7 - alike, 0, alike, 0, 0]) == code([0, 0, 7, 0, 0])

    def test_gives_the_counts_when_three_differ(self):
        assert code([1, 1, 4, 1, 0]) == Exact((1, 1, 4, 1, 0), 0)

    def test_guards_the_two_lowest_together(self):
        assert code([3, 3, 1, 0, 0]) == AtLeast((0, 1), least=5, answered=7, not_answered=0)

    def test_does_not_guard_the_three_lowest(self):
        """A cohort wholly below a target of 4 says so of each member: what a chart is for."""
        assert code([2, 2, 3, 0, 0]) == Exact((2, 2, 3, 0, 0), 0)

    def test_measures_among_those_who_answered(self):
        """Whoever knows which three skipped it must not find that all others said the same."""
        assert code([0, 0, 5, 0, 0], not_answered=3) == AtLeast(
            (2,), least=3, answered=5, not_answered=3
        )

    def test_says_nothing_where_fewer_than_five_answered(self):
        assert code([1, 1, 1, 1, 0], not_answered=9) == Withheld()

    def test_works_for_a_question_without_levels(self):
        assert code([4, 3], item=TRIED) == Exact((4, 3), 0)
        assert code([5, 2], item=TRIED) == AtLeast((0,), least=5, answered=7, not_answered=0)


class TestCodedHistograms:
    def test_count_the_members_of_each_block(self):
        answers = {one: [one % 5] for one in range(20)}
        made_up = made.decide(
            [
                *made.contributors(range(10), groups=[made.NORTH]),
                *made.contributors(range(10, 20), groups=[made.SOUTH]),
            ]
        )

        assert made.code(made_up.blocks, answers) == ((Exact((2,) * 5, 0),),) * 2

    def test_leave_out_who_is_not_published(self):
        answers = {one: [one % 5] for one in range(20)}

        assert made.code([block(10)], answers) == ((Exact((2,) * 5, 0),),)

    def test_a_reviewer_in_the_block_raises_what_must_stay_unknown(self):
        """The reviewer knows their own answer, so one more must stay unknown."""
        answers = dict(enumerate([[2]] * 5 + [[0], [1], [3]]))

        assert made.code([block(8)], answers) == ((Exact((1, 1, 5, 1, 0), 0),),)
        assert made.code([block(8, reviewers=1)], answers) == (
            (AtLeast((2,), least=5, answered=8, not_answered=0),),
        )

    def test_a_reviewer_does_not_count_towards_those_who_answered(self):
        answers = {one: [one] if one < 5 else [NOT_ANSWERED] for one in range(8)}

        assert made.code([block(8)], answers) == ((Exact((1,) * 5, 3),),)
        assert made.code([block(8, reviewers=1)], answers) == ((Withheld(),),)

    def test_follow_stricter_thresholds(self):
        strict = Thresholds(smallest_group=8, guard=3)
        answers = {one: [0] if one < 6 else [one % 5] for one in range(9)}

        assert made.code([block(9)], answers, thresholds=strict) == (
            (AtLeast((0,), least=6, answered=9, not_answered=0),),
        )

    @pytest.mark.parametrize("wrong", [[[5]], [[-2]]])
    def test_refuse_a_code_that_is_no_category(self, wrong):
        with pytest.raises(ValueError, match="vision: codes from"):
            made.code([], {0: wrong[0]})

    def test_refuse_a_block_with_a_member_missing_or_a_stranger_in_it(self):
        codes = np.zeros((6, 1), dtype=np.int8)

        with pytest.raises(ValueError, match="exactly one contribution of each member"):
            coding.coded_histograms(
                codes,
                np.zeros(6, dtype=np.int64),
                items=[SKILL],
                blocks=[block(7)],
                thresholds=DEFAULT,
            )

    def test_refuse_arrays_that_do_not_fit(self):
        with pytest.raises(ValueError, match="1 items"):
            coding.coded_histograms(
                np.zeros((6, 2), dtype=np.int8),
                np.full(6, -1),
                items=[SKILL],
                blocks=[],
                thresholds=DEFAULT,
            )


def test_a_hundred_thousand_contributions_are_put_into_blocks_and_coded_in_seconds():
    """The closing has a minute for this and for the database; here it takes about two seconds."""
    rng = np.random.default_rng(1)
    number, items = 100_000, [level_item(f"skill-{one}", f"Skill {one}") for one in range(45)]
    networks = rng.random((number, 4)) < 0.3
    people = [
        Contributor(
            one,
            frozenset(["all", *(f"network {at}" for at in np.flatnonzero(networks[one]))]),
            frozenset({f"region:{one % 12}"}),
        )
        for one in range(number)
    ]
    answers = rng.integers(-1, 5, (number, 45), dtype=np.int8)
    start = time.process_time()

    blocks = made.decide(people).blocks
    coded = coding.coded_histograms(
        answers, made.place(blocks, range(number)), items=items, blocks=blocks, thresholds=DEFAULT
    )

    assert time.process_time() - start < 20
    assert len(coded) == len(blocks) > 100
    assert sum(one[0].answered + one[0].not_answered for one in coded) == number


def compositions(people, categories):
    """Every way in which so many people can fall into so many categories."""
    for bars in itertools.combinations(range(people + categories - 1), categories - 1):
        edges = (-1, *bars, people + categories - 1)
        yield tuple(right - left - 1 for left, right in itertools.pairwise(edges))


def item_of(categories, *, is_ordered):
    return Item("a", "A", tuple(map(str, range(categories))), is_ordered=is_ordered)


class TestTheGuardOnEveryPreimage:
    """For each output and each guarded set, some histogram with that output has enough outside."""

    @pytest.mark.parametrize(
        ("item", "answered", "guard"),
        [
            *((SKILL, answered, guard) for answered in range(5, 16) for guard in (1, 2)),
            *((SKILL, answered, 3) for answered in range(7, 13)),
            *((item_of(3, is_ordered=True), answered, 2) for answered in range(5, 16)),
            *((item_of(2, is_ordered=False), answered, 2) for answered in range(5, 16)),
            *((item_of(4, is_ordered=False), answered, 2) for answered in range(5, 16)),
            # A reviewer in the block: one more to answer, one more unknown.
            *((SKILL, answered, 3) for answered in (6,)),
            *((SKILL, answered, 4) for answered in range(7, 13)),
        ],
    )
    def test_leaves_enough_outside(self, item, answered, guard):
        fewest = {}
        for counts in compositions(answered, len(item.categories)):
            output = code(counts, item=item, guard=guard)
            for categories in item.guarded:
                inside = sum(counts[one] for one in categories)
                key = output, categories
                fewest[key] = min(fewest.get(key, answered), inside)

        assert max(fewest.values()) <= answered - guard
