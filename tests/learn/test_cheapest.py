"""The three cheapest steps towards a role: what they are, what they cost, and why."""

from hypothesis import given, settings
from hypothesis import strategies as st

from ccio_skills import library
from ccio_skills.assess.rules.ratings import Rating
from ccio_skills.learn.rules import cheapest, towards
from ccio_skills.vocabulary import WEIGHTS, Level
from tests.conftest import CONTENT, NOW

LIBRARY = library.load(CONTENT)
ROLE = "new-ccio"
TARGETS = LIBRARY.profile[ROLE].targets
MET = {slug: Level.SHAPING for slug in TARGETS}
M18 = "dcb0129-and-dcb0160-who-does-what"
M43, M44 = "how-software-is-built-and-deployed", "agile-scrum-and-kanban-in-clinical-projects"
M19, M24 = "hazard-workshops-and-risk-scoring", "safety-at-go-live-change-and-retirement"
RISK, SOFTWARE, MANAGING = (
    "clinical-risk-management",
    "software-deployment",
    "software-development",
)
skills = st.sampled_from(sorted(LIBRARY.skill))


def find(levels, **said):
    ratings = {slug: Rating(slug, level, NOW) for slug, level in (MET | levels).items()}
    return cheapest.cheapest_steps(ratings, library=LIBRARY, profile=ROLE, **said)


class TestOneStep:
    def test_is_the_module_that_teaches_the_next_level(self):
        """M18 teaches level 2 of clinical risk, core to the role; M17 is behind the person."""
        [step] = find({RISK: Level(1)})

        assert (step.skill, step.now, step.modules) == (RISK, 1, (M18,))
        assert (step.gain, step.minutes) == (3, LIBRARY.module[M18].minutes)
        assert step.action is None

    def test_costs_what_must_be_read_before_it(self):
        """M44 (35 minutes) needs M43 (45), about a skill that is not part of this role."""
        levels = {MANAGING: Level(1), SOFTWARE: None}

        [step] = find(levels)
        assert (step.modules, step.minutes, step.gain) == ((M43, M44), 80, 3)

        [step] = find(levels, done=[M43])
        assert (step.modules, step.minutes) == ((M44,), 35)

    def test_costs_nothing_for_what_is_rated_at_its_level(self):
        """M43 teaches level 2 of software deployment."""
        steps = find({MANAGING: Level(1), SOFTWARE: Level(2)})

        assert [one.modules for one in steps if one.skill == MANAGING] == [(M44,)]

    def test_is_the_shortest_of_several_modules(self):
        """M10 (40 minutes) and M11 (30) both teach level 2 of change management."""
        [step] = find({"change-management": Level(1)})

        assert step.modules == ("improvement-as-the-vehicle-nhs-impact",)

    def test_is_something_to_do_at_work_where_no_module_is_left(self):
        [step] = find({RISK: Level(1)}, done=[M18])

        action = LIBRARY.action(RISK, 2)
        assert (step.action, step.modules) == (action, ())
        assert (step.gain, step.minutes) == (3, action.minutes)

    def test_is_not_offered_again_once_done_at_work(self):
        assert find({RISK: Level(1)}, done=[M18], acted=[(RISK, 2)]) == ()

    def test_is_for_nothing_that_nobody_rated(self):
        assert cheapest.cheapest_steps({}, library=LIBRARY, profile=ROLE) == ()

    def test_is_for_nothing_that_is_met_or_not_part_of_the_role(self):
        assert find({}) == ()
        assert find({RISK: None}) == ()


class TestThreeSteps:
    def test_are_those_that_gain_most_for_their_minutes(self):
        steps = find({slug: Level(max(0, target.level - 1)) for slug, target in TARGETS.items()})

        assert len(steps) == 3
        prices = [step.minutes / step.gain for step in steps]
        assert prices == sorted(prices)

    def test_are_for_three_skills(self):
        steps = find(dict.fromkeys(TARGETS, Level(0)))

        raised = [skill for step in steps for skill in (step.skill, *step.also)]
        assert len(set(raised)) == len(raised)

    def test_say_what_is_gained_where_it_leads_and_what_comes_first(self):
        steps = find({RISK: Level(0)})

        said = cheapest.why(steps[0], library=LIBRARY, left=9)

        assert said.startswith(
            'Clinical risk management (DCB0129/DCB0160), from "None of these yet" to 1 Aware: '
            "core to the role, 3 of the 9 weighted levels still open."
        )

    def test_say_what_they_come_to(self):
        steps = find({RISK: Level(1), SOFTWARE: Level(1)})
        minutes = sum(step.minutes for step in steps)

        said = towards.together(steps, left=12)

        assert said.startswith(
            f"Together 6 of the 12 weighted levels still open, in {minutes // 60} hour"
        )
        assert "Reading alone moves no level" in said
        assert towards.together((), left=12) == ""


class TestABundle:
    """Somebody at level 3 in clinical risk and 2 in hazard logs: M24 needs M19, and both help."""

    @staticmethod
    def look():
        targets = LIBRARY.profile["clinical-safety-officer"].targets
        levels = {slug: Level.SHAPING for slug in targets}
        levels |= {RISK: Level(3), "hazard-log-and-safety-case-practice": Level(2)}
        ratings = {slug: Rating(slug, level, NOW) for slug, level in levels.items()}
        return cheapest.cheapest_steps(ratings, library=LIBRARY, profile="clinical-safety-officer")

    def test_is_paid_for_once_and_gains_what_all_of_it_gains(self):
        [step] = self.look()

        assert (step.skill, step.modules) == (RISK, (M19, M24))
        assert (step.gain, step.minutes) == (3 + 3, 50 + 40)

    def test_names_what_it_raises_on_the_way(self):
        [step] = self.look()

        assert cheapest.why(step, library=LIBRARY, left=9).endswith(
            "6 of the 9 weighted levels still open. Read Hazard workshops and risk scoring first; "
            "those minutes are counted. On the way, a level in Hazard log and safety case practice."
        )


class TestEveryStep:
    @given(
        levels=st.dictionaries(skills, st.none() | st.sampled_from(Level)),
        done=st.sets(st.sampled_from(sorted(LIBRARY.module)), max_size=20),
    )
    @settings(deadline=None, max_examples=60)
    def test_shortens_the_distance_by_what_it_says(self, levels, done):
        steps = find(levels, done=done)

        before = MET | levels
        assert len(steps) <= cheapest.SHOWN
        assert steps == find(dict(reversed(levels.items())), done=done)
        for step in steps:
            assert step.minutes > 0
            assert bool(step.modules) != bool(step.action)
            assert not set(step.modules) & done
            raised = [step.skill, *step.also]
            assert step.gain == sum(WEIGHTS[TARGETS[slug].importance] for slug in raised)
            for slug in raised:
                assert before[slug] < TARGETS[slug].level
            order = list(step.modules)
            for place, slug in enumerate(order):
                assert not set(LIBRARY.module[slug].prerequisites) & set(order[place:])
