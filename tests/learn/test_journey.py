"""Where a person stands on a path: done, next, skippable, open, or still to be written."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccio_skills import library
from ccio_skills.assess.rules.ratings import Rating
from ccio_skills.learn.rules import journey
from ccio_skills.learn.rules.journey import State
from ccio_skills.vocabulary import Level
from tests.conftest import CONTENT, NOW
from tests.partly import partly_written

SHIPPED = library.load(CONTENT)
LIBRARY = partly_written(SHIPPED)
# Levels of the first four and their main skills: 1 governance, 2 engagement, 1 and 2 risk.
ROLE, ENGAGEMENT, ESSENTIALS, STANDARDS, SYSTEMS, SOFTWARE, UNWRITTEN = (
    "what-a-ccio-is-and-does",
    "clinical-engagement-that-works",
    "digital-clinical-safety-essentials",
    "dcb0129-and-dcb0160-who-does-what",
    "the-clinical-systems-landscape",
    "how-software-is-built-and-deployed",
    "snomed-ct-for-clinical-leaders",
)
FOUNDATIONS = LIBRARY.path["aspiring-ccio-foundations"]
modules = st.sampled_from(sorted({*LIBRARY.module, *LIBRARY.unwritten}))


def path_of(*slugs):
    """A path without milestones: one stretch."""
    return with_milestones(rest=slugs)


def with_milestones(*stretches, rest=()):
    milestones = [
        library.Milestone(title=f"M{place}", after=slugs[-1], means="Something.")
        for place, slugs in enumerate(stretches)
    ]
    slugs = [slug for stretch in stretches for slug in stretch] + list(rest)
    return FOUNDATIONS.model_copy(update={"modules": tuple(slugs), "milestones": tuple(milestones)})


def rated(skill, level, **detail):
    return {skill: Rating(skill, None if level is None else Level(level), NOW, **detail)}


def walk(path, *, library=LIBRARY, ratings=None, **said):
    given = {name: frozenset(slugs) for name, slugs in said.items() if name != "answers"}
    answers = said.get("answers", {})
    record = journey.Record(ratings or {}, answers=answers, **given)
    return journey.walk(path, record, library=library)


def stages_of(path, **said):
    return walk(path, **said).stages


def states(stages):
    return [stage.state.value for stage in stages]


class TestAPath:
    def test_begins_with_its_first_module_and_keeps_its_order(self):
        stages = stages_of(path_of(ROLE, ENGAGEMENT, ESSENTIALS))

        assert [stage.slug for stage in stages] == [ROLE, ENGAGEMENT, ESSENTIALS]
        assert states(stages) == ["next", "open", "open"]
        assert [stage.why for stage in stages] == ["", "", ""]

    def test_goes_on_with_the_first_that_is_not_done_after_what_is(self):
        stages = stages_of(path_of(ROLE, ENGAGEMENT, ESSENTIALS), done=[ROLE, ESSENTIALS])

        assert [stage.slug for stage in stages] == [ROLE, ESSENTIALS, ENGAGEMENT]
        assert states(stages) == ["done", "done", "next"]

    def test_says_why_what_is_left_is_worth_its_time(self):
        ratings = rated("clinical-engagement", 1) | rated("clinical-risk-management", 0)

        why = {
            one.slug: one.why
            for one in stages_of(path_of(ESSENTIALS, ENGAGEMENT, ROLE), ratings=ratings)
        }

        assert why == {
            ENGAGEMENT: "You rated Clinical engagement 1 Aware; the role asks for 2 Contributing.",
            ESSENTIALS: (
                'You said "None of these yet" for Clinical risk management (DCB0129/DCB0160); '
                "the role asks for 2 Contributing."
            ),
            ROLE: "",
        }

    def test_has_nothing_next_once_everything_is_done(self):
        stages = stages_of(path_of(ROLE, ENGAGEMENT), done=[ROLE, ENGAGEMENT])

        assert states(stages) == ["done", "done"]

    def test_knows_title_and_minutes_of_each_module(self):
        [stage] = stages_of(path_of(ENGAGEMENT))

        assert (stage.title, stage.minutes) == ("Clinical engagement that works", 35)

    def test_that_ships_has_each_of_its_modules_once_with_seven_to_read(self):
        stages = stages_of(FOUNDATIONS)

        assert [stage.slug for stage in stages] == list(FOUNDATIONS.modules)
        assert states(stages).count("next") == 1
        assert states(stages).count("open") == 6
        assert states(stages).count("unwritten") == 5


class TestSkipping:
    @pytest.mark.parametrize(
        ("level", "state"),
        [(None, "next"), (0, "next"), (1, "next"), (2, "skippable"), (5, "skippable")],
    )
    def test_is_offered_from_the_modules_own_level_on(self, level, state):
        [stage] = stages_of(path_of(ENGAGEMENT), ratings=rated("clinical-engagement", level))

        assert stage.state == state

    def test_says_what_was_rated(self):
        [stage] = stages_of(path_of(ENGAGEMENT), ratings=rated("clinical-engagement", 3))

        assert stage.why == (
            "You rated Clinical engagement 3 Practising; no evidence stands behind it."
        )

    @pytest.mark.parametrize(
        ("evidence", "right", "behind"),
        [
            ("", 4, "; no evidence stands behind it."),
            ("", 6, " and answered 6 of its 7 questions right first time."),
            ("Chaired the design group.", 5, " and have evidence."),
            (
                "Chaired the design group.",
                7,
                ", have evidence, and answered 7 of its 7 questions right first time.",
            ),
        ],
    )
    def test_says_what_stands_behind_it(self, evidence, right, behind):
        """M09 asks seven questions: four in five of them are six."""
        ratings = rated("clinical-engagement", 3, evidence=evidence)

        [stage] = stages_of(path_of(ENGAGEMENT), ratings=ratings, answers={ENGAGEMENT: (right, 7)})

        assert stage.why == f"You rated Clinical engagement 3 Practising{behind}"

    def test_counts_no_questions_while_one_is_not_answered(self):
        ratings = rated("clinical-engagement", 3)

        [stage] = stages_of(path_of(ENGAGEMENT), ratings=ratings, answers={ENGAGEMENT: (6, 6)})

        assert stage.why.endswith("; no evidence stands behind it.")

    def test_names_what_the_module_would_still_help_with(self):
        ratings = rated("clinical-engagement", 3) | rated("communication-and-translation", 1)

        [stage] = stages_of(path_of(ENGAGEMENT), ratings=ratings)

        assert stage.state is State.SKIPPABLE
        assert stage.why.endswith(" It would still help with Communication and translation.")

    def test_is_offered_for_what_one_said_to_know(self):
        stages = stages_of(path_of(ROLE, ENGAGEMENT), known=[ROLE])

        assert states(stages) == ["skippable", "next"]
        assert stages[0].why == "You said in your plan that you know this."

    def test_takes_no_minutes_of_what_is_left(self):
        """35, 25 and 30 minutes; the first may be skipped, the second is done."""
        ratings = rated("clinical-engagement", 2)

        walked = walk(path_of(ENGAGEMENT, ROLE, ESSENTIALS), ratings=ratings, done=[ROLE])

        assert walked.minutes_left == 30
        assert {state.value: walked.count(state) for state in State} == {
            "done": 1,
            "next": 1,
            "skippable": 1,
            "open": 0,
            "unwritten": 0,
        }

    def test_looks_at_the_main_skill_only(self):
        """M09 helps with communication too, but is there for engagement."""
        ratings = rated("communication-and-translation", 5)

        assert states(stages_of(path_of(ENGAGEMENT), ratings=ratings)) == ["next"]

    def test_leaves_the_next_to_another_module(self):
        ratings = rated("clinical-risk-management", 1)

        stages = stages_of(path_of(ESSENTIALS, ROLE, ENGAGEMENT), ratings=ratings)

        assert states(stages) == ["skippable", "next", "open"]

    def test_judges_each_module_by_its_own_level(self):
        """Both teach clinical risk management: level 1 and level 2."""
        ratings = rated("clinical-risk-management", 1)

        assert states(stages_of(path_of(ESSENTIALS, STANDARDS), ratings=ratings)) == [
            "skippable",
            "next",
        ]

    def test_is_not_offered_for_what_is_done(self):
        ratings = rated("clinical-engagement", 5)

        [stage] = stages_of(path_of(ENGAGEMENT), ratings=ratings, done=[ENGAGEMENT])

        assert (stage.state, stage.why) == (State.DONE, "")


class TestStillToBeWritten:
    def test_is_named_with_the_title_it_will_have_and_never_next(self):
        stages = stages_of(path_of(UNWRITTEN, ROLE))

        planned = LIBRARY.unwritten[UNWRITTEN]
        assert states(stages) == ["unwritten", "next"]
        assert (stages[0].title, stages[0].minutes) == (planned.title, planned.minutes)
        assert stages[0].why == "Not written yet: there is nothing to open."

    def test_is_shown_even_when_nobody_planned_it(self):
        [stage] = stages_of(path_of("a-module-of-tomorrow"))

        assert (stage.title, stage.minutes, stage.state) == (
            "a-module-of-tomorrow",
            0,
            State.UNWRITTEN,
        )

    def test_leaves_nothing_next_when_nothing_is_written(self):
        assert states(stages_of(path_of(UNWRITTEN))) == ["unwritten"]


class TestTheOrder:
    """To the aspiring role: software, systems and engagement are core (3), risk important (2)."""

    def test_is_the_author_s_where_nothing_is_rated(self):
        slugs = (ESSENTIALS, ROLE, STANDARDS, ENGAGEMENT)

        assert [one.slug for one in stages_of(path_of(*slugs))] == list(slugs)

    def test_puts_first_what_closes_more_of_one_s_own_gaps(self):
        ratings = (
            rated("software-deployment", 1)
            | rated("clinical-risk-management", 0)
            | rated("epr-and-clinical-systems-lifecycle", 0)
        )

        stages = stages_of(path_of(ROLE, ESSENTIALS, SYSTEMS, SOFTWARE), ratings=ratings)

        assert [one.slug for one in stages] == [SYSTEMS, SOFTWARE, ESSENTIALS, ROLE]
        assert states(stages) == ["next", "open", "open", "open"]

    def test_puts_what_is_needed_before_what_needs_it(self):
        """M18 is wanted, and needs M17."""
        ratings = rated("clinical-risk-management", 1)

        stages = stages_of(path_of(ROLE, ESSENTIALS, STANDARDS), ratings=ratings)

        assert [one.slug for one in stages] == [ESSENTIALS, STANDARDS, ROLE]
        assert states(stages) == ["skippable", "next", "open"]

    def test_puts_last_what_is_put_off_and_what_needs_it(self):
        slugs = (ESSENTIALS, STANDARDS, ROLE)

        stages = stages_of(path_of(*slugs), put_off=[ESSENTIALS])

        assert [one.slug for one in stages] == [ROLE, ESSENTIALS, STANDARDS]
        assert states(stages) == ["next", "open", "open"]
        assert stages[1].why == "You put it off in your plan."

    def test_comes_back_to_what_is_put_off_when_nothing_else_is_left(self):
        stages = stages_of(path_of(ROLE, ENGAGEMENT), put_off=[ROLE, ENGAGEMENT])

        assert states(stages) == ["next", "open"]

    def test_stays_within_each_stretch(self):
        """Software is wanted most, and stands behind the first milestone."""
        path = with_milestones((ROLE, ESSENTIALS), (SOFTWARE,))
        ratings = rated("software-deployment", 0)

        order = [one.slug for one in stages_of(path, ratings=ratings)]

        assert order == [ROLE, ESSENTIALS, SOFTWARE]


class TestMilestones:
    def test_cut_the_path_into_stretches(self):
        path = with_milestones((ROLE, ESSENTIALS), (ENGAGEMENT,), rest=(STANDARDS,))

        stretches = walk(path, done=[ROLE]).stretches

        assert [[one.slug for one in each.stages] for each in stretches] == [
            [ROLE, ESSENTIALS],
            [ENGAGEMENT],
            [STANDARDS],
        ]
        assert [each.milestone and each.milestone.title for each in stretches] == ["M0", "M1", None]

    def test_say_how_much_is_left_before_them(self):
        path = with_milestones((ROLE, ESSENTIALS), (ENGAGEMENT,))

        stretches = walk(path, done=[ROLE], ratings=rated("clinical-engagement", 4)).stretches

        assert [each.left for each in stretches] == [1, 0]

    def test_of_what_ships_end_every_path(self):
        for path in SHIPPED.path.values():
            stretches = walk(path, library=SHIPPED).stretches

            assert [each.milestone for each in stretches] == list(path.milestones)
            assert all(each.stages for each in stretches)


class TestTheFinish:
    @pytest.mark.parametrize(
        ("minutes", "a_week", "weeks"),
        [(0, 60, 0), (1, 60, 1), (60, 60, 1), (61, 60, 2), (240, 5, 48)],
    )
    def test_is_so_many_whole_weeks_away(self, minutes, a_week, weeks):
        day = journey.finish_day(minutes, minutes_a_week=a_week, today=NOW.date())

        assert day == NOW.date() + timedelta(weeks=weeks)

    def test_of_several_paths_counts_what_they_share_once(self):
        """25 and 35 minutes, 35 and 30 minutes: 90 together."""
        one, other = walk(path_of(ROLE, ENGAGEMENT)), walk(path_of(ENGAGEMENT, ESSENTIALS))

        assert journey.minutes_together([one, other]) == 90
        assert journey.minutes_together([]) == 0


class TestEveryJourney:
    @given(
        slugs=st.lists(modules, min_size=1, max_size=12, unique=True),
        done=st.frozensets(modules, max_size=12),
        known=st.frozensets(modules, max_size=4),
        put_off=st.frozensets(modules, max_size=4),
        levels=st.dictionaries(
            st.sampled_from(sorted(LIBRARY.skill)), st.none() | st.sampled_from(Level)
        ),
    )
    @settings(deadline=None)
    def test_keeps_to_its_rules(self, slugs, done, known, put_off, levels):
        ratings = {slug: Rating(slug, level, NOW) for slug, level in levels.items()}
        said = {"done": done, "known": known, "put_off": put_off}

        walked = walk(path_of(*slugs), ratings=ratings, **said)

        stages = walked.stages
        assert sorted(stage.slug for stage in stages) == sorted(slugs), "nothing lost or doubled"
        assert walked == walk(path_of(*slugs), ratings=dict(reversed(ratings.items())), **said)
        left = [stage for stage in stages if stage.is_left]
        assert walked.count(State.NEXT) == bool(left), "one next where anything is left"
        assert walked.minutes_left == sum(stage.minutes for stage in left)
        if left:
            wanted = [stage.slug for stage in left if stage.slug not in put_off]
            assert walked.next.slug == next(iter(wanted or [left[0].slug]))
            assert stages[walked.place(walked.next.slug) - 1] == walked.next
        for place, stage in enumerate(stages):
            module = LIBRARY.module.get(stage.slug)
            assert (stage.state is State.UNWRITTEN) == (module is None)
            assert (stage.state is State.DONE) == (stage.slug in done and module is not None)
            if stage.state in (State.SKIPPABLE, State.UNWRITTEN):
                assert stage.why
            if module and stage.state is not State.DONE:
                later = {one.slug for one in stages[place:] if one.state is not State.DONE}
                assert not later & set(module.prerequisites)
