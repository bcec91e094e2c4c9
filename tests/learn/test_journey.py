"""Where a person stands on a path: done, next, skippable, open, or still to be written."""

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

LIBRARY = partly_written(library.load(CONTENT))
# Levels of the first four and their main skills: 1 governance, 2 engagement, 1 and 2 risk.
ROLE, ENGAGEMENT, ESSENTIALS, STANDARDS, UNWRITTEN = (
    "what-a-ccio-is-and-does",
    "clinical-engagement-that-works",
    "digital-clinical-safety-essentials",
    "dcb0129-and-dcb0160-who-does-what",
    "snomed-ct-for-clinical-leaders",
)
FOUNDATIONS = LIBRARY.path["aspiring-ccio-foundations"]
modules = st.sampled_from(sorted({*LIBRARY.module, *LIBRARY.unwritten}))


def path_of(*slugs):
    shipped = FOUNDATIONS.model_dump()
    return library.Path(**{**shipped, "modules": slugs})


def rated(skill, level, **detail):
    return {skill: Rating(skill, None if level is None else Level(level), NOW, **detail)}


def walk(path, *, ratings=None, done=()):
    return journey.walk(path, library=LIBRARY, ratings=ratings or {}, done=frozenset(done))


def states(stages):
    return [stage.state.value for stage in stages]


class TestAPath:
    def test_begins_with_its_first_module_and_keeps_its_order(self):
        stages = walk(path_of(ROLE, ENGAGEMENT, ESSENTIALS))

        assert [stage.slug for stage in stages] == [ROLE, ENGAGEMENT, ESSENTIALS]
        assert states(stages) == ["next", "open", "open"]
        assert [stage.why for stage in stages] == ["", "", ""]

    def test_goes_on_with_the_first_that_is_not_done(self):
        stages = walk(path_of(ROLE, ENGAGEMENT, ESSENTIALS), done=[ROLE, ESSENTIALS])

        assert states(stages) == ["done", "next", "done"]

    def test_has_nothing_next_once_everything_is_done(self):
        stages = walk(path_of(ROLE, ENGAGEMENT), done=[ROLE, ENGAGEMENT])

        assert states(stages) == ["done", "done"]

    def test_knows_title_and_minutes_of_each_module(self):
        [stage] = walk(path_of(ENGAGEMENT))

        assert (stage.title, stage.minutes) == ("Clinical engagement that works", 35)

    def test_that_ships_has_each_of_its_modules_once_with_seven_to_read(self):
        stages = walk(FOUNDATIONS)

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
        [stage] = walk(path_of(ENGAGEMENT), ratings=rated("clinical-engagement", level))

        assert stage.state == state

    def test_says_what_was_rated(self):
        [stage] = walk(path_of(ENGAGEMENT), ratings=rated("clinical-engagement", 3))

        assert stage.why == "You rated Clinical engagement 3 Practising."

    def test_says_whether_evidence_stands_behind_it(self):
        ratings = rated("clinical-engagement", 3, evidence="Chaired the design group.")

        [stage] = walk(path_of(ENGAGEMENT), ratings=ratings)

        assert stage.why == "You rated Clinical engagement 3 Practising and have evidence."

    def test_looks_at_the_main_skill_only(self):
        """M09 helps with communication too, but is there for engagement."""
        ratings = rated("communication-and-translation", 5)

        assert states(walk(path_of(ENGAGEMENT), ratings=ratings)) == ["next"]

    def test_leaves_the_next_to_another_module(self):
        ratings = rated("clinical-engagement", 2)

        stages = walk(path_of(ENGAGEMENT, ROLE, ESSENTIALS), ratings=ratings)

        assert states(stages) == ["skippable", "next", "open"]

    def test_judges_each_module_by_its_own_level(self):
        """Both teach clinical risk management: level 1 and level 2."""
        ratings = rated("clinical-risk-management", 1)

        assert states(walk(path_of(ESSENTIALS, STANDARDS), ratings=ratings)) == [
            "skippable",
            "next",
        ]

    def test_is_not_offered_for_what_is_done(self):
        ratings = rated("clinical-engagement", 5)

        [stage] = walk(path_of(ENGAGEMENT), ratings=ratings, done=[ENGAGEMENT])

        assert (stage.state, stage.why) == (State.DONE, "")


class TestStillToBeWritten:
    def test_is_named_with_the_title_it_will_have_and_never_next(self):
        stages = walk(path_of(UNWRITTEN, ROLE))

        planned = LIBRARY.unwritten[UNWRITTEN]
        assert states(stages) == ["unwritten", "next"]
        assert (stages[0].title, stages[0].minutes) == (planned.title, planned.minutes)
        assert stages[0].why == "Not written yet: there is nothing to open."

    def test_is_shown_even_when_nobody_planned_it(self):
        [stage] = walk(path_of("a-module-of-tomorrow"))

        assert (stage.title, stage.minutes, stage.state) == (
            "a-module-of-tomorrow",
            0,
            State.UNWRITTEN,
        )

    def test_leaves_nothing_next_when_nothing_is_written(self):
        assert states(walk(path_of(UNWRITTEN))) == ["unwritten"]


class TestEveryJourney:
    @given(
        slugs=st.lists(modules, min_size=1, max_size=12, unique=True),
        done=st.frozensets(modules),
        levels=st.dictionaries(
            st.sampled_from(sorted(LIBRARY.skill)), st.none() | st.sampled_from(Level)
        ),
    )
    @settings(deadline=None)
    def test_has_one_next_where_anything_is_left_and_it_comes_before_the_open(
        self, slugs, done, levels
    ):
        ratings = {slug: Rating(slug, level, NOW) for slug, level in levels.items()}

        stages = walk(path_of(*slugs), ratings=ratings, done=done)

        assert [stage.slug for stage in stages] == slugs
        left = [stage.state for stage in stages if stage.state in (State.NEXT, State.OPEN)]
        assert left == [State.NEXT, *[State.OPEN] * (len(left) - 1)][: len(left)]
        for stage in stages:
            assert (stage.state is State.UNWRITTEN) == (stage.slug not in LIBRARY.module)
            assert (stage.state is State.DONE) == (
                stage.slug in done and stage.slug in LIBRARY.module
            )
            assert bool(stage.why) == (stage.state in (State.SKIPPABLE, State.UNWRITTEN))
