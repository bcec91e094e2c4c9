"""A week's plan in the terms of the library, and as a report for those without a screen."""

import json
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccio_skills import library, wording
from ccio_skills.assess.rules import gaps as gap_rules
from ccio_skills.assess.rules.ratings import Rating
from ccio_skills.learn.rules import report
from ccio_skills.learn.rules import week as rules
from ccio_skills.learn.rules.week import Wishes
from ccio_skills.vocabulary import Level
from tests.conftest import CONTENT, NOW
from tests.partly import partly_written

ROLE = "new-ccio"
CHANGE, ENGAGEMENT, RISK = "change-management", "clinical-engagement", "clinical-risk-management"
ROLE_OF, ESSENTIALS, STANDARDS, TIME, WORKS = (
    "what-a-ccio-is-and-does",
    "digital-clinical-safety-essentials",
    "dcb0129-and-dcb0160-who-does-what",
    "time-authority-and-support",
    "clinical-engagement-that-works",
)
# Loaded here for strategies; as an argument of a property it would be printed with each failure.
LIBRARY = partly_written(library.load(CONTENT))
thorough = settings(deadline=None, max_examples=40)
modules = st.sampled_from(sorted(LIBRARY.module))
profiles = st.sampled_from(sorted(LIBRARY.profile))
budgets = st.integers(1, 300)
some_levels = st.dictionaries(
    st.sampled_from(sorted(LIBRARY.skill)), st.none() | st.sampled_from(Level), max_size=45
)


def find_gaps(levels, *, profile=ROLE):
    ratings = {
        slug: Rating(slug, None if level is None else Level(level), NOW)
        for slug, level in levels.items()
    }
    return gap_rules.find_gaps(ratings, library=LIBRARY, profile=profile)


def plan(levels, *, minutes=60, profile=ROLE, **wishes):
    chosen = Wishes(**wishes) if wishes else None
    gaps = find_gaps(levels, profile=profile)
    return rules.plan_week(gaps, library=LIBRARY, minutes=minutes, wishes=chosen)


def slugs(week):
    return [item.slug for item in week.plan.items]


def why(week, levels, *, of):
    items = [*week.plan.items, *([week.plan.smallest] if week.plan.smallest else [])]
    [item] = [one for one in items if one.slug == of]
    return rules.why(item, gaps=find_gaps(levels), library=LIBRARY, role="New CCIO")


class TestAWeek:
    def test_closes_the_gap_with_the_module_that_teaches_it(self):
        """Risk 0 to 3: M17 (30 minutes) gives step 1; M18 (45) does not fit beside it in 60."""
        week = plan({RISK: 0}, minutes=60)

        assert slugs(week) == [ESSENTIALS]
        assert (week.open_gaps, week.unrated) == (1, 44)

    def test_reads_what_comes_first_first(self):
        week = plan({RISK: 0}, minutes=75)

        assert slugs(week) == [ESSENTIALS, STANDARDS]
        assert week.plan.minutes == 30 + 45

    def test_is_for_nothing_when_every_rated_target_is_met(self):
        week = plan({ENGAGEMENT: 4})

        assert slugs(week) == []
        assert (week.plan.smallest, week.at_work, week.open_gaps) == (None, (), 0)

    def test_counts_what_is_not_part_of_the_role_for_nothing(self):
        assert slugs(plan({RISK: None})) == []
        assert plan({RISK: None}).unrated == 44

    @given(levels=some_levels, profile=profiles, minutes=budgets, done=st.frozensets(modules))
    @thorough
    def test_is_never_empty_while_a_gap_is_open(self, levels, profile, minutes, done):
        week = plan(levels, profile=profile, minutes=minutes, done=done)

        assert week.plan.items or week.plan.smallest or week.at_work or not week.open_gaps

    def test_is_not_empty_either_when_what_comes_first_was_put_off(self):
        week = plan({CHANGE: 1}, minutes=120, not_now=frozenset({WORKS}))

        assert week.plan.items or week.plan.smallest or week.at_work

    @given(levels=some_levels, profile=profiles, minutes=budgets, data=st.data())
    @thorough
    def test_keeps_to_the_minutes_and_to_what_was_decided(self, levels, profile, minutes, data):
        done, not_now = data.draw(st.frozensets(modules)), data.draw(st.frozensets(modules))

        week = plan(levels, profile=profile, minutes=minutes, done=done, not_now=not_now)

        assert sum(item.minutes for item in week.plan.items) == week.plan.minutes <= minutes
        assert not set(slugs(week)) & (done | not_now)
        read = set(done)
        for item in week.plan.items:
            assert read >= set(LIBRARY.module[item.slug].prerequisites)
            read.add(item.slug)


class TestASmallBudget:
    def test_gives_the_module_to_begin_with_and_the_part(self):
        """M17 takes 30 minutes; its first part reads in 5."""
        week = plan({RISK: 0}, minutes=10)

        assert slugs(week) == []
        assert week.plan.smallest.slug == ESSENTIALS
        assert week.note.startswith(
            "Nothing useful is shorter than your 10 minutes; "
            "start with part 1 of Digital clinical safety essentials, 5 minutes."
        )

    def test_of_one_minute_still_gives_something(self):
        assert plan({RISK: 0}, minutes=1).plan.smallest.slug == ESSENTIALS

    def test_of_one_minute_is_said_in_good_english(self):
        assert "your 1 minute;" in plan({RISK: 0}, minutes=1).note

    def test_is_called_too_small_only_where_the_module_named_does_not_fit(self):
        """Change 1 to 3 needs M01, M09, M10: 100 minutes. M01 alone takes 25 of the 60."""
        week = plan({CHANGE: 1}, minutes=60)

        assert (week.plan.smallest.slug, week.plan.smallest.minutes) == (ROLE_OF, 25)
        assert "Nothing useful is shorter than your 60 minutes" not in week.note

    @given(levels=some_levels, minutes=budgets)
    @thorough
    def test_is_named_only_when_no_module_is_planned(self, levels, minutes):
        week = plan(levels, minutes=minutes)

        has_part = "start with part 1 of" in (week.note or "")
        assert has_part == (week.plan.smallest is not None)
        assert not (week.plan.smallest and week.plan.items)


class TestTheNote:
    def test_counts_the_skills_that_are_not_rated(self):
        assert plan({RISK: 0}).note == (
            "44 skills are not rated yet and count for nothing here: "
            "rating them could change this plan."
        )

    def test_counts_one_skill_as_one(self):
        levels = {slug: 5 for slug in LIBRARY.skill if slug != RISK}

        assert "1 skill is not rated yet and counts for nothing here" in plan(levels).note

    def test_names_the_one_skill_that_is_not_rated_beside_what_is_met(self):
        levels = {slug: 5 for slug in LIBRARY.skill if slug != RISK}

        assert plan(levels).note.startswith(
            "You meet every target you rated in this role. 1 skill is not rated yet"
        )

    def test_is_silent_when_all_is_rated_and_a_module_fits(self):
        assert plan(dict.fromkeys(LIBRARY.skill, 0)).note is None

    def test_says_when_every_target_is_met(self):
        levels = dict.fromkeys(LIBRARY.skill, 5)

        assert plan(levels).note == "You meet every target you rated in this role."


class TestWhy:
    def test_names_skill_now_target_and_importance(self):
        levels = {RISK: 0}

        assert why(plan(levels), levels, of=ESSENTIALS) == (
            'You said "None of these yet" for Clinical risk management (DCB0129/DCB0160); '
            "the role New CCIO asks for 3 Practising, and the skill is core to it."
        )

    def test_says_a_rated_level_by_its_number_and_name(self):
        levels = {RISK: 1}

        assert why(plan(levels, minutes=75), levels, of=STANDARDS) == (
            "You rated Clinical risk management (DCB0129/DCB0160) at 1 Aware; "
            "the role New CCIO asks for 3 Practising, and the skill is core to it."
        )

    def test_of_what_comes_first_names_what_it_leads_to(self):
        levels = {CHANGE: 1}

        assert why(plan(levels, minutes=100), levels, of=ROLE_OF) == (
            "You need it before Choosing and using a change model."
        )

    def test_of_what_many_need_names_three_and_counts_the_others(self):
        levels = {CHANGE: 0, ENGAGEMENT: 1, "self-leadership-and-role-negotiation": 1}

        assert why(plan(levels, minutes=300), levels, of=ROLE_OF) == (
            "You need it before Clinical engagement that works, Choosing and using a change model, "
            "First 100 days as a CCIO and 1 more in this plan."
        )

    def test_of_a_pin_that_closes_nothing_says_so(self):
        levels = {CHANGE: 1}
        week = plan(levels, minutes=45, pinned=("how-software-is-built-and-deployed",))

        assert why(week, levels, of="how-software-is-built-and-deployed") == (
            "You pinned it; it closes no gap that you have rated."
        )

    def test_of_what_a_useless_pin_needs_claims_no_gap(self):
        levels = {"market-awareness": 3}
        week = plan(levels, pinned=(TIME,))

        assert slugs(week) == [ROLE_OF, TIME]
        assert "closes more of your gaps" not in why(week, levels, of=ROLE_OF)

    @given(levels=some_levels, minutes=budgets, profile=profiles)
    @thorough
    def test_is_one_sentence_that_names_the_gap(self, levels, minutes, profile):
        week = plan(levels, minutes=minutes, profile=profile)
        gaps = find_gaps(levels, profile=profile)
        by_skill = {gap.skill: gap for gap in gaps}

        for item in [*week.plan.items, *filter(None, [week.plan.smallest])]:
            said = rules.why(item, gaps=gaps, library=LIBRARY, role="R")
            assert said.endswith(".")
            assert ". " not in said
            if not item.serves:
                gap = by_skill[item.reasons[0].skill]
                assert LIBRARY.skill[gap.skill].title in said
                assert wording.level_name(gap.now) in said
                assert f"asks for {wording.level_name(gap.target)}," in said
                assert f"is {gap.importance} to it" in said

    def test_also_names_the_other_skills_a_module_helps_with(self):
        """M09 teaches clinical engagement first, and communication and translation."""
        levels = {ENGAGEMENT: 0, "communication-and-translation": 0}
        week = plan(levels)
        [item] = [one for one in week.plan.items if one.slug == WORKS]

        assert rules.also_helps(item, LIBRARY) == ("Communication and translation",)


class TestAtWork:
    def test_is_offered_where_no_module_reaches_the_step(self):
        """Change 2 to 3: the only written module of change management is of level 2."""
        week = plan({CHANGE: 2})

        [one] = week.at_work
        assert slugs(week) == []
        assert (one.skill, one.step) == (CHANGE, 3)
        assert one.action == LIBRARY.action(CHANGE, 3)

    def test_names_the_module_that_is_still_to_be_written(self):
        [one] = plan({CHANGE: 2}).at_work

        assert one.unwritten.slug in LIBRARY.unwritten
        assert one.unwritten.slug not in LIBRARY.module
        assert (one.unwritten.skills[0], one.unwritten.level) == (CHANGE, 3)

    def test_names_no_module_where_none_is_planned(self):
        [one] = plan({ENGAGEMENT: 3}).at_work

        assert (one.skill, one.step, one.unwritten) == (ENGAGEMENT, 4, None)

    @pytest.mark.parametrize("wish", ["done", "not_now"])
    def test_is_offered_when_the_module_is_done_or_put_off(self, wish):
        week = plan({RISK: 0}, minutes=120, **{wish: frozenset({ESSENTIALS, STANDARDS})})

        assert [(one.skill, one.step) for one in week.at_work] == [(RISK, 1)]

    @given(levels=some_levels, profile=profiles, done=st.frozensets(modules))
    @thorough
    def test_is_the_next_step_of_an_open_skill_and_the_heaviest_comes_first(
        self, levels, profile, done
    ):
        week = plan(levels, profile=profile, done=done)

        gaps = {gap.skill: gap for gap in find_gaps(levels, profile=profile)}
        assert len({one.skill for one in week.at_work}) == len(week.at_work)
        for one in week.at_work:
            assert one.step == gaps[one.skill].now + 1 <= gaps[one.skill].target
            assert one.action.step == one.step
        worths = [gaps[one.skill].worth for one in week.at_work]
        assert worths == sorted(worths, reverse=True)


class TestWishes:
    def test_known_counts_as_done_and_pins_keep_their_order(self):
        decisions = {"d": "pinned", "b": "known", "c": "not_now", "a": "pinned"}

        assert rules.wishes_from(decisions, done=["e"]) == Wishes(
            done=frozenset({"b", "e"}), pinned=("d", "a"), not_now=frozenset({"c"})
        )

    def test_of_nobody_who_decided_anything_are_none(self):
        assert rules.wishes_from({}, done=()) == Wishes()

    def test_a_pin_stays_in_the_plan(self):
        assert slugs(plan({RISK: 0, CHANGE: 2}, pinned=(TIME,))) == [ROLE_OF, TIME]

    def test_what_was_put_off_or_is_known_stays_out(self):
        assert slugs(plan({RISK: 0}, not_now=frozenset({ESSENTIALS}))) == []
        assert slugs(plan({RISK: 1}, minutes=45, done=frozenset({ESSENTIALS}))) == [STANDARDS]


class TestPartsForToday:
    """A made-up module: parts of 5, 6 and 12 minutes, then the questions."""

    @pytest.fixture
    def module(self):
        body = "".join(
            f"## {title}\n\nAllow {minutes} minutes.\n\n"
            for title, minutes in [("One", 5), ("Two", 6), ("Three", 12)]
        )
        shipped = LIBRARY.module[ESSENTIALS]
        return library.Module(**{**shipped.model_dump(), "body": body})

    @pytest.mark.parametrize(
        ("minutes", "parts", "used"),
        [(1, [0], 5), (5, [0], 5), (10, [0], 5), (11, [0, 1], 11), (22, [0, 1], 11)],
    )
    def test_are_those_that_fit_and_at_least_one(self, module, minutes, parts, used):
        today, together = rules.parts_for(module, part=0, minutes=minutes)

        assert [number for number, _, _ in today] == parts
        assert together == used

    def test_begin_where_the_person_is(self, module):
        today, used = rules.parts_for(module, part=1, minutes=18)

        assert today == [(1, "Two", 6), (2, "Three", 12)]
        assert used == 18

    def test_end_with_the_questions(self, module):
        today, used = rules.parts_for(module, part=2, minutes=240)

        assert today == [(2, "Three", 12), (3, "Check yourself", module.check_minutes)]
        assert used == 12 + module.check_minutes

    def test_leave_the_questions_out_once_all_are_answered(self, module):
        answered = [check.id for check in module.checks]

        today, _ = rules.parts_for(module, part=2, minutes=240, answered=answered)

        assert [number for number, _, _ in today] == [2]

    @pytest.mark.parametrize("part", [3, 4, 99])
    def test_past_the_last_part_are_the_questions(self, module, part):
        today, _ = rules.parts_for(module, part=part, minutes=5)

        assert [title for _, title, _ in today] == ["Check yourself"]

    @given(slug=modules, part=st.integers(0, 9), minutes=st.integers(1, 120))
    def test_follow_each_other_and_fit(self, slug, part, minutes):
        today, used = rules.parts_for(LIBRARY.module[slug], part=part, minutes=minutes)

        assert all(b[0] == a[0] + 1 for a, b in pairwise(today))
        assert used == sum(size for _, _, size in today)
        assert used <= minutes or len(today) == 1


class TestTheReport:
    GIVEN = (
        Rating(CHANGE, Level(2), NOW),
        Rating(RISK, Level(0), NOW),
        Rating("market-awareness", None, NOW),
        Rating(ENGAGEMENT, Level(4), NOW),
    )

    def make(self, ratings=GIVEN, *, minutes=60, profile=ROLE):
        return report.make(ratings, library=LIBRARY, profile=profile, minutes=minutes)

    def test_has_exactly_the_keys_that_were_promised(self):
        said = self.make().as_json()

        assert list(said) == ["profile", "minutes", "note", "gaps", "plan"]
        for gap in said["gaps"]:
            assert list(gap) == ["skill", "code", "now", "target", "weight", "gap"]
        for item in said["plan"]:
            assert list(item) == ["module", "code", "minutes", "why"]

    def test_matches_values_worked_by_hand(self):
        """Weight x gap: risk 3 x 3 = 9, change 3 x 1 = 3; the rest 0, by code."""
        said = self.make().as_json()

        assert said["gaps"][:3] == [
            {"skill": RISK, "code": "SAFE-1", "now": 0, "target": 3, "weight": 3, "gap": 3},
            {"skill": CHANGE, "code": "CHANGE-2", "now": 2, "target": 3, "weight": 3, "gap": 1},
            {"skill": ENGAGEMENT, "code": "CHANGE-1", "now": 4, "target": 4, "weight": 3, "gap": 0},
        ]
        assert said["gaps"][3]["now"] is said["gaps"][3]["gap"] is None
        assert (said["profile"], said["minutes"]) == (ROLE, 60)
        [item] = said["plan"]
        assert (item["module"], item["code"], item["minutes"]) == (ESSENTIALS, "M17", 30)

    def test_leaves_out_what_is_not_part_of_the_role(self):
        said = self.make().as_json()

        assert len(said["gaps"]) == 44
        assert "market-awareness" not in {gap["skill"] for gap in said["gaps"]}

    def test_takes_the_newest_of_each_skill_in_whatever_order_they_come(self):
        old = Rating(RISK, Level(5), NOW.replace(year=2024))

        assert self.make((old, *self.GIVEN)) == self.make((*self.GIVEN, old)) == self.make()

    def test_says_null_when_there_is_nothing_to_say(self):
        ratings = [Rating(slug, Level(0), NOW) for slug in LIBRARY.skill]

        assert self.make(ratings).as_json()["note"] is None

    def test_of_a_small_budget_plans_the_module_to_begin_with(self):
        said = self.make(minutes=5).as_json()

        assert [item["code"] for item in said["plan"]] == ["M17"]
        assert "start with part 1 of Digital clinical safety essentials" in said["note"]

    def test_offers_at_most_three_things_to_do_at_work_in_words(self):
        ratings = [Rating(slug, Level(2), NOW) for slug in LIBRARY.skill]

        said = self.make(ratings).at_work

        assert len(said) == 3
        assert all("2 Contributing to 3 Practising)" in one for one in said)

    @pytest.mark.parametrize(
        ("level", "words"), [(None, "not rated"), (Level(2), "2 Contributing")]
    )
    def test_says_levels_in_words(self, level, words):
        assert self.make().level(level) == words

    @given(levels=some_levels, minutes=budgets, profile=profiles)
    @thorough
    def test_orders_gaps_by_weight_times_gap_then_code_and_can_be_written(
        self, levels, minutes, profile
    ):
        ratings = [Rating(slug, level, NOW) for slug, level in levels.items()]

        said = json.loads(
            json.dumps(self.make(ratings, minutes=minutes, profile=profile).as_json())
        )

        order = [(-gap["weight"] * (gap["gap"] or 0), gap["code"]) for gap in said["gaps"]]
        assert order == sorted(order)
        assert {gap["skill"] for gap in said["gaps"]} == {
            slug for slug in LIBRARY.skill if levels.get(slug, 0) is not None
        }
        for gap in said["gaps"]:
            level = levels.get(gap["skill"])
            assert gap["now"] == level
            assert gap["gap"] == (None if level is None else max(0, gap["target"] - level))
            assert gap["weight"] in (1, 2, 3)
        assert (
            said["plan"]
            or not any(gap["gap"] for gap in said["gaps"])
            or self.make(ratings, minutes=minutes, profile=profile).at_work
        )
