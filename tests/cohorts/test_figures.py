"""What a chart says: sums of leaves, middles and shares, in picture, table, file and words."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccio_skills.cohorts.rules import desk, export, forecast, measures, wording
from ccio_skills.cohorts.rules.cohort_chart import NoChart, Reason, cohort_chart
from ccio_skills.cohorts.rules.collection import Cohort
from ccio_skills.cohorts.rules.items import Item, level_item
from ccio_skills.cohorts.rules.measures import Between, Tier
from ccio_skills.cohorts.rules.thresholds import DEFAULT
from tests.cohorts import made
from tests.cohorts.made import NORTH, SKILL, SOUTH, TRIED

codes = st.lists(st.integers(-1, 4), min_size=7, max_size=30)
unhurried = settings(deadline=None, max_examples=60)


def regions(sizes):
    """North and south, numbered on."""
    north, south = sizes
    return [
        *made.contributors(range(north), groups=[NORTH]),
        *made.contributors(range(north, north + south), groups=[SOUTH]),
    ]


def chart(answers, **options):
    return cohort_chart(made.released(answers, **options), "all")


def bar(answers, **options):
    return chart(answers, **options).value.bars[0]


def rows_of(content):
    return [*csv.DictReader(io.StringIO(content.decode("utf-8-sig")))]


class TestACohortChart:
    def test_is_the_sum_of_its_leaves(self):
        answers = [one % 5 for one in range(10)] + [0, 1, 2, 3, 4, 4, 4]

        whole = made.released(answers, people=regions((10, 7)))
        parts = [cohort_chart(whole, "all", group=one).value.bars[0] for one in (NORTH, SOUTH)]
        total = cohort_chart(whole, "all").value.bars[0]

        assert [one.people for one in (*parts, total)] == [10, 7, 17]
        assert total.parts == {key: sum(one.parts[key] for one in parts) for key in total.parts}

    def test_adds_what_is_known_for_certain_and_says_how_much_is_hidden(self):
        """North all the same, south mixed: at least 5 of the 7 in the north are at level 3."""
        total = bar([2] * 7 + [0, 1, 2, 3, 4, 0, 1], people=regions((7, 7)))

        assert total.parts == {(0,): 2, (1,): 2, (2,): 6, (3,): 1, (4,): 1}
        assert (total.hidden, total.answered) == (2, 14)
        assert measures.bounds(total) == ((2, 4), (2, 4), (6, 8), (1, 3), (1, 3))

    def test_keeps_the_two_lowest_together_apart(self):
        total = bar([0, 0, 0, 1, 1, 1, 2])

        assert total.parts[0, 1] == 5
        assert measures.bounds(total)[:3] == ((0, 7), (0, 7), (0, 2))
        assert measures.lowest_two(total) == (5, 7)

    def test_of_a_breakdown_that_is_too_small_for_a_block_does_not_exist(self):
        whole = made.released([one % 5 for one in range(12)], people=regions((9, 3)))

        assert isinstance(cohort_chart(whole, "all", group=SOUTH), NoChart)
        assert cohort_chart(whole, "all").value.people == 12

    @pytest.mark.parametrize(("people", "is_drawn"), [(6, False), (7, True)])
    def test_is_drawn_from_seven(self, people, is_drawn):
        """Six in the north are a block; only the whole is a chart."""
        whole = made.released([one % 5 for one in range(people + 8)], people=regions((people, 8)))

        north = cohort_chart(whole, "all", group=NORTH)

        assert isinstance(north, NoChart) is not is_drawn
        assert cohort_chart(whole, "all").value.people == people + 8

    def test_shows_no_item_that_too_few_answered(self):
        unanswered = bar([-1] * 8 + [0, 1, 2, 3])

        assert not unanswered.is_shown
        assert (unanswered.answered, unanswered.not_answered, unanswered.hidden) == (0, 0, 0)

    def test_counts_reviewers_among_its_people_but_not_towards_its_size(self):
        answers = [one % 5 for one in range(8)]

        assert chart(answers, reviewers={0}).value.people == 8
        assert chart(answers, reviewers={0}).value.counted == 7
        assert chart(answers, reviewers={0, 1}).reason is Reason.TOO_FEW

    def test_of_a_cohort_that_was_not_asked_is_refused(self):
        with pytest.raises(KeyError):
            cohort_chart(made.released([1] * 8), "elsewhere")


class TestPublicUse:
    def test_needs_ten_in_each_block(self):
        whole = made.released([one % 5 for one in range(19)], people=regions((12, 7)))

        public = cohort_chart(whole, "all", for_public=True)

        assert cohort_chart(whole, "all").value.people == 19
        assert public.value.people == 12

    def test_is_refused_where_no_block_is_large_enough(self):
        none = cohort_chart(made.released([one % 5 for one in range(9)]), "all", for_public=True)

        assert none.reason is Reason.NOT_FOR_PUBLIC
        assert "groups of 10 or more" in wording.no_chart(none)

    def test_says_too_few_where_there_is_no_chart_at_all(self):
        none = cohort_chart(made.released([1, 2, 3]), "all", for_public=True)

        assert none.reason is Reason.TOO_FEW


class TestMiddles:
    def test_match_values_worked_by_hand(self):
        """Levels 1 2 2 3 3 3 4 5: fourth and fifth are 3; second is 2, sixth is 3."""
        eight = bar([0, 1, 1, 2, 2, 2, 3, 4])

        assert measures.median(eight) == Between(2, 2)
        assert measures.middle_half(eight) == Between(1, 2)

    def test_two_in_the_middle_are_a_range(self):
        assert measures.median(bar([0, 0, 1, 1, 2, 2, 3, 3])) == Between(1, 2)

    def test_a_guarded_middle_is_still_known_and_the_half_around_it_is_not(self):
        assert measures.median(bar([2] * 7)) == Between(2, 2)
        assert measures.middle_half(bar([2] * 7)) is None
        assert measures.middle_half(bar([2] * 12)) == Between(2, 2)

    def test_of_the_two_lowest_together_is_one_of_them(self):
        assert measures.median(bar([0, 0, 0, 1, 1, 1, 2])) == Between(0, 1)

    def test_of_a_question_without_order_is_not_said(self):
        people = {one: [one % 2] for one in range(8)}

        one = bar(people, head=made.header(items=[TRIED]))

        assert measures.median(one) is measures.middle_half(one) is None
        assert measures.share_at_target(one, members=8) is None

    @given(given_codes=codes)
    @unhurried
    def test_hold_the_true_ones_whatever_is_hidden(self, given_codes):
        one = bar(given_codes)
        answers = sorted(code for code in given_codes if code >= 0)
        if not one.is_shown:
            return

        middle, half = measures.median(one), measures.middle_half(one)
        share = measures.share_at_target(one, members=30)

        count = len(answers)
        assert middle.low <= answers[-(-count // 2) - 1] <= answers[count // 2] <= middle.high
        quartiles = answers[-(-count // 4) - 1], answers[-(-3 * count // 4) - 1]
        assert half is None or (half.low, half.high) == quartiles
        assert half or one.hidden
        assert share.least <= sum(code >= 2 for code in answers) <= share.most
        for category, (least, most) in enumerate(measures.bounds(one)):
            assert least <= answers.count(category) <= most


class TestShares:
    def test_match_a_value_worked_by_hand(self):
        """None of five of very many: high = z²/(n+z²) = 3.8416/8.8416."""
        low, high = measures.plausible_share(0, 5, members=10**9)

        assert low == 0
        assert high == pytest.approx(0.4345, abs=1e-4)

    def test_have_no_sampling_error_when_everyone_answered(self):
        assert measures.plausible_share(4, 7, members=7) == (4 / 7, 4 / 7)

    @given(answered=st.integers(1, 60), more=st.integers(0, 60), rng=st.randoms())
    def test_hold_the_observed_share_and_narrow_with_the_roster(self, answered, more, rng):
        met = rng.randint(0, answered)

        low, high = measures.plausible_share(met, answered, members=answered + more)
        wide_low, wide_high = measures.plausible_share(met, answered, members=10**6)

        assert wide_low - 1e-9 <= low <= met / answered + 1e-9
        assert met / answered - 1e-9 <= high <= wide_high + 1e-9
        assert 0 <= wide_low <= wide_high <= 1

    @pytest.mark.parametrize(("met", "answered"), [(0, 0), (-1, 5), (6, 5)])
    def test_of_what_cannot_be_are_refused(self, met, answered):
        with pytest.raises(ValueError, match=f"met={met}"):
            measures.plausible_share(met, answered, members=10)

    @pytest.mark.parametrize(
        ("answers", "tier"),
        [
            ([0] * 7 + [1] * 7 + [3], Tier.CLEAR),
            ([0, 0, 1, 1, 2, 3, 3, 4], Tier.MIXED),
            ([0] + [2] * 5 + [3] * 5 + [4] * 4, Tier.FINE),
        ],
    )
    def test_fall_into_tiers(self, answers, tier):
        share = measures.share_at_target(bar(answers), members=30)

        assert measures.tier(share) is tier


class TestWords:
    def test_say_how_many_answered_the_middle_and_how_sure_it_is(self):
        one = bar([0, 1, 1, 2, 2, 2, 3, -1])

        assert wording.bar(one, members=24) == (
            "7 answered, 1 did not. 1 Aware or below: 1; 2 Contributing: 2; 3 Practising: 3; "
            "4 Leading: 1. Middle answer: 3 Practising; the middle half of the answers: "
            "2 Contributing to 3 Practising. 4 of 7 meet the target; of all 24 members, plausibly "
            "2 to 6 in every 7. This is mixed: more or fewer than half may meet the target."
        )

    def test_say_at_least_and_no_more(self):
        said = wording.bar(bar([2] * 7), members=7)

        assert "At least 5 of 7: 3 Practising; the other 2 are not shown." in said
        assert "5 to 7 of 7 meet the target; everyone answered" in said

    def test_use_per_cent_from_twenty_answers(self):
        said = wording.bar(bar([one % 5 for one in range(20)]), members=40)

        assert "plausibly 44% to 74%." in said

    def test_say_why_an_item_is_not_shown(self):
        assert wording.bar(bar([-1] * 8), members=8) == wording.ITEM_NOT_SHOWN

    def test_say_why_there_is_no_chart(self):
        none = cohort_chart(made.released([1, 2, 3]), "all")

        assert wording.no_chart(none).startswith("No chart this time: fewer than 7 people")

    def test_say_whose_answers_a_chart_holds(self):
        assert wording.coverage(chart([1] * 18).value) == "Answers of 18 of 24 members."

    def test_name_groups_that_answered_alike_within_a_sum(self):
        said = wording.bar(bar([2] * 7 + [0, 1, 2, 3, 4, 0, 1], people=regions((7, 7))), members=14)

        assert "2 answers not shown, of groups that answered nearly alike." in said


class TestForecast:
    def test_says_what_the_issue_says_of_twelve(self):
        foreseen = forecast.foresee(12, thresholds=DEFAULT)

        assert wording.forecast(foreseen) == (
            "With 12 members, expect a chart this time; the next needs nearly everyone again."
        )

    def test_matches_a_value_worked_by_hand(self):
        """Seven members: all must answer, 0.8^7; the next needs all seven again, or a first one."""
        foreseen = forecast.foresee(7, thresholds=DEFAULT)

        assert foreseen.this_time == pytest.approx(0.8**7)

    def test_knows_when_no_chart_is_possible(self):
        assert wording.forecast(forecast.foresee(6, thresholds=DEFAULT)) == (
            "With 6 members, no chart is possible this time."
        )

    def test_grows_with_members_and_never_leaves_a_chance(self):
        chances = [forecast.foresee(one, thresholds=DEFAULT) for one in range(7, 40)]

        assert [one.this_time for one in chances] == sorted(one.this_time for one in chances)
        assert all(0 <= one.next_time <= one.this_time + 1e-9 <= 1 + 1e-9 for one in chances)

    def test_agrees_with_what_happens(self):
        """A class of 14: shown again if all answer, or if seven remain beside five who do not."""
        foreseen = forecast.foresee(0, classes=[14], thresholds=DEFAULT, answering=0.5)
        ways = {9: 2002, 10: 1001, 11: 364, 12: 91, 13: 14, 14: 1, 8: 3003, 7: 3432}

        assert foreseen.this_time == pytest.approx(sum(ways.values()) / 2**14)

    def test_costs_nothing_for_a_hundred_thousand(self):
        assert forecast.foresee(100_000, thresholds=DEFAULT).this_time == pytest.approx(1)


class TestTheTable:
    def test_has_the_same_rows_whatever_was_answered(self):
        def answers(rows):
            return [(one.question, one.answer) for one in rows]

        varied, alike, silent = (
            export.table(chart(codes))
            for codes in ([one % 5 for one in range(9)], [2] * 9, [-1] * 9)
        )

        assert answers(varied) == answers(alike) == answers(silent)
        assert len(varied) == 8

    def test_leaves_numbers_empty_where_an_item_is_not_shown(self):
        rows = export.table(chart([-1] * 9))

        assert {(one.at_least, one.at_most) for one in rows} == {(None, None)}
        assert rows[-1].words == wording.ITEM_NOT_SHOWN

    @given(given_codes=codes)
    @unhurried
    def test_says_what_the_chart_says(self, given_codes):
        released = chart(given_codes)
        [one] = released.value.bars

        rows = {row.answer: row for row in export.table(released)}

        for category, (least, most) in zip(SKILL.categories, measures.bounds(one), strict=True):
            row = rows[category]
            assert (row.at_least, row.at_most) == ((least, most) if one.is_shown else (None, None))


class TestTheCsv:
    @given(given_codes=codes)
    @unhurried
    def test_holds_the_rows_of_the_table_and_nothing_else(self, given_codes):
        released = chart(given_codes)

        rows = rows_of(export.as_csv(released))

        assert [(one["answer"], one["at_least"], one["at_most"], one["words"]) for one in rows] == [
            (
                one.answer,
                "" if one.at_least is None else str(one.at_least),
                "" if one.at_most is None else str(one.at_most),
                one.words,
            )
            for one in export.table(released)
        ]
        assert {one["people"] for one in rows} == {str(len(given_codes))}

    @given(many=st.lists(codes, min_size=2, max_size=2), people=st.integers(7, 30))
    @unhurried
    def test_is_as_long_whatever_was_answered(self, many, people):
        sizes = {
            len(export.as_csv(chart([one[place % len(one)] for place in range(people)])))
            for one in many
        }

        assert len(sizes) == 1

    @given(
        names=st.lists(st.text(min_size=1, max_size=40), min_size=2, max_size=6, unique=True),
        data=st.data(),
    )
    @unhurried
    def test_has_room_for_any_wording(self, names, data):
        item = Item("any", data.draw(st.text(max_size=30)), tuple(names), is_ordered=True, target=1)
        answers = {one: [data.draw(st.integers(-1, len(names) - 1))] for one in range(9)}

        content = export.as_csv(chart(answers, head=made.header(items=[item], members=10**7)))

        assert len(content) % 1024 == 0

    def test_runs_no_formula(self):
        item = level_item("sum", "=SUM(A1)", section="@home")
        answers = {one: [one % 5] for one in range(9)}

        [first, *_] = rows_of(export.as_csv(chart(answers, head=made.header(items=[item]))))

        assert (first["section"], first["question"]) == ("'@home", "'=SUM(A1)")


class TestTheDesk:
    def test_lays_out_every_cohort_and_breakdown(self):
        whole = made.released([one % 5 for one in range(16)], people=regions((10, 6)))

        sheets = desk.desk([whole])

        assert [(one.group, one.chart is not None) for one in sheets] == [
            (None, True),
            (NORTH, True),
            (SOUTH, False),
        ]
        assert [one.words[:7] for one in sheets] == ["Answers", "Answers", "No char"]
        assert sheets[2].table() == ()
        assert sheets[2].csv() is sheets[2].report() is None

    def test_says_the_same_in_report_table_and_file(self):
        sheet = desk.sheet(made.released([one % 5 for one in range(9)]), "all")

        words = [one.words for one in sheet.table() if one.words]

        report = sheet.report()
        assert [one.words for _, entries in report.sections for one in entries] == words
        assert [one["words"] for one in rows_of(sheet.csv()) if one["words"]] == words
        assert report.title == "Autumn, All CCIOs, closed on 22 November 2026"
        assert report.text.startswith(f"{report.title}\nAnswers of 9 of 24 members.\n")
        assert "Ledger rows 1 to 2; hash " in report.text

    def test_shows_a_cohort_that_covers_only_part_of_its_members(self):
        head = made.header(
            cohorts=(Cohort("all", "All CCIOs", 20), Cohort("network", "The network", 10))
        )
        people = [
            *made.contributors(range(7), cohorts=["all", "network"]),
            *made.contributors(range(7, 20), cohorts=["all"]),
        ]

        sheet = desk.sheet(
            made.released([one % 5 for one in range(20)], people=people, head=head), "network"
        )

        assert sheet.words == "Answers of 7 of 10 members."
