"""The distance to a role: how much is met, by domain, what it rests on, and how it is said."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccio_skills import library
from ccio_skills.assess.rules.ratings import Rating
from ccio_skills.learn.rules import basis, distance, towards
from ccio_skills.learn.rules.basis import Basis
from ccio_skills.learn.rules.distance import Share
from ccio_skills.learn.rules.journey import Record
from ccio_skills.vocabulary import WEIGHTS, Level
from tests.conftest import CONTENT, NOW

LIBRARY = library.load(CONTENT)
ROLE = "new-ccio"
TARGETS = LIBRARY.profile[ROLE].targets
# All core (3) to a new CCIO: engagement asks for 4, risk and change for 3.
ENGAGEMENT, RISK, CHANGE = "clinical-engagement", "clinical-risk-management", "change-management"
skills = st.sampled_from(sorted(LIBRARY.skill))
some_ratings = st.dictionaries(
    skills,
    st.tuples(st.none() | st.sampled_from(Level), st.sampled_from(["", "A note."])),
)


def rated(evidence="", **levels):
    found = {}
    for name, level in levels.items():
        slug = name.replace("_", "-")
        found[slug] = Rating(slug, None if level is None else Level(level), NOW, evidence=evidence)
    return found


def measure(ratings, **answered):
    known = {name.replace("_", "-"): level for name, level in answered.items()}
    return distance.measure(ratings, library=LIBRARY, profile=ROLE, answered=known)


def asked(*slugs):
    return sum(WEIGHTS[TARGETS[slug].importance] * TARGETS[slug].level for slug in slugs)


class TestTheDistance:
    def test_of_somebody_who_rated_nothing_is_not_known(self):
        whole = measure({}).whole

        assert (whole.asked, whole.unrated) == (asked(*TARGETS), asked(*TARGETS))
        assert (whole.met, whole.left, whole.percent) == (0, 0, 0)
        assert (whole.skills, whole.unrated_skills) == (45, 45)

    def test_counts_weight_times_level_up_to_the_target(self):
        """3 x 2 of 3 x 4, and 3 x 3 of 3 x 3: the level above the target counts for nothing."""
        whole = measure(rated(clinical_engagement=2, clinical_risk_management=5)).whole

        assert whole.met == 3 * 2 + 3 * 3
        assert whole.left == 3 * 2
        assert whole.unrated == asked(*TARGETS) - asked(ENGAGEMENT, RISK)

    def test_keeps_domains_apart(self):
        found = measure(rated(clinical_engagement=2, clinical_risk_management=3))

        assert found.domains["change"].met == 6
        assert found.domains["clinical-safety"].met == 9
        assert found.domains["data"].met == 0
        assert list(found.domains) == list(LIBRARY.domain)

    def test_leaves_out_what_is_not_part_of_the_role_and_says_how_much(self):
        found = measure(rated(clinical_engagement=None))

        assert found.left_out == 1
        assert found.whole.asked == asked(*TARGETS) - asked(ENGAGEMENT)
        assert found.whole.skills == 44

    def test_goes_by_the_role_s_weights_whatever_the_person_finds_important(self):
        own = Rating(ENGAGEMENT, Level(2), NOW, importance="supporting")

        assert measure({ENGAGEMENT: own}) == measure(rated(clinical_engagement=2))

    def test_of_none_of_these_yet_is_known_and_open(self):
        whole = measure(rated(clinical_engagement=0)).whole

        assert (whole.met, whole.left) == (0, 12)


class TestWhatItRestsOn:
    def test_is_a_rating_alone_or_with_evidence(self):
        ratings = rated(clinical_engagement=2) | rated("A note.", change_management=1)

        assert measure(ratings).whole.resting == {
            Basis.QUESTIONS: 0,
            Basis.EVIDENCE: 3,
            Basis.RATING: 6,
        }

    def test_is_questions_up_to_the_level_they_were_about(self):
        """Rated 3, questions of level 2 answered: two steps on questions, one on the evidence."""
        ratings = rated("A note.", clinical_risk_management=3)

        resting = measure(ratings, clinical_risk_management=2).whole.resting

        assert resting == {Basis.QUESTIONS: 6, Basis.EVIDENCE: 3, Basis.RATING: 0}

    def test_is_never_more_than_what_is_rated(self):
        """Questions alone meet nothing: a level is what a person says of themselves."""
        assert measure({}, clinical_risk_management=4).whole.met == 0
        assert measure(rated(clinical_risk_management=1), clinical_risk_management=4).whole.met == 3


class TestQuestionsAnswered:
    """M18 asks eight questions at level 2, M17 at level 1; both about clinical risk."""

    M17, M18 = "digital-clinical-safety-essentials", "dcb0129-and-dcb0160-who-does-what"

    def levels(self, **answers):
        given = {getattr(self, code): counts for code, counts in answers.items()}
        return basis.levels_answered(given, library=LIBRARY)

    def test_need_all_of_a_module_and_four_in_five_right_first_time(self):
        count = len(LIBRARY.module[self.M18].checks)
        enough = -(-4 * count // 5)

        assert self.levels(M18=(enough, count)) == {RISK: 2}
        assert self.levels(M18=(enough - 1, count)) == {}
        assert self.levels(M18=(count - 1, count - 1)) == {}

    def test_count_by_the_highest_level(self):
        every = {
            code: (len(LIBRARY.module[getattr(self, code)].checks),) * 2 for code in ("M17", "M18")
        }

        assert self.levels(**every) == {RISK: 2}
        assert self.levels(M17=every["M17"]) == {RISK: 1}

    def test_of_a_module_that_is_gone_count_for_nothing(self):
        assert basis.levels_answered({"telepathy": (5, 5)}, library=LIBRARY) == {}


class TestPercentages:
    @pytest.mark.parametrize(
        ("parts", "shares"),
        [
            ([0, 0, 0], (0, 0, 0)),
            ([1, 1, 1], (33, 33, 34)),
            ([0, 7, 0], (0, 100, 0)),
            ([1, 999, 0], (1, 99, 0)),
            ([999, 1], (99, 1)),
            ([2, 2, 2, 1], (28, 29, 29, 14)),
        ],
    )
    def test_match_values_worked_by_hand(self, parts, shares):
        assert distance.whole_percentages(parts) == shares

    @given(st.lists(st.integers(0, 500), min_size=1, max_size=6))
    def test_add_up_to_a_hundred_and_hide_nothing(self, parts):
        shares = distance.whole_percentages(parts)

        assert sum(shares) == (100 if any(parts) else 0)
        for part, share in zip(parts, shares, strict=True):
            assert (share == 0) == (part == 0)
            assert abs(share - 100 * part / max(1, sum(parts))) < len(parts)


class TestEveryDistance:
    @given(given_ratings=some_ratings, answered=st.dictionaries(skills, st.integers(1, 4)))
    @settings(deadline=None)
    def test_adds_up(self, given_ratings, answered):
        ratings = {
            slug: Rating(slug, level, NOW, evidence=note)
            for slug, (level, note) in given_ratings.items()
        }

        found = distance.measure(ratings, library=LIBRARY, profile=ROLE, answered=answered)

        whole = found.whole
        assert whole.met + whole.left + whole.unrated == whole.asked
        assert min(whole.left, whole.unrated, *whole.resting.values()) >= 0
        assert whole.skills + found.left_out == len(TARGETS)
        assert whole.percent == 100 or whole.met < whole.asked
        for name in ("asked", "met", "left", "unrated", "skills", "unrated_skills"):
            assert sum(getattr(one, name) for one in found.domains.values()) == getattr(whole, name)

    @given(given_ratings=some_ratings, skill=skills)
    @settings(deadline=None)
    def test_never_grows_when_a_level_is_gained(self, given_ratings, skill):
        before = {slug: Rating(slug, level, NOW) for slug, (level, _) in given_ratings.items()}
        level = before[skill].level if skill in before else None
        if level is None or level is Level.SHAPING:
            return

        after = before | {skill: Rating(skill, Level(level + 1), NOW)}

        assert measure(after).whole.met >= measure(before).whole.met
        assert measure(after).whole.left <= measure(before).whole.left


class TestInWords:
    def say(self, ratings, answers=None):
        found = towards.look(Record(ratings, answers=answers or {}), library=LIBRARY, profile=ROLE)
        return towards.sentence(found.distance, library=LIBRARY)

    def test_says_that_nothing_is_rated(self):
        assert self.say({}) == "No skill that the role New CCIO asks for is rated yet."

    def test_says_what_is_met_on_what_it_rests_what_is_open_and_what_is_not_known(self):
        """Of 318 asked for: 6 on a rating, 3 with evidence, 12 open, 297 not known."""
        ratings = rated(clinical_engagement=2) | rated("A note.", change_management=1)

        assert self.say(ratings) == (
            "You meet 3% of what the role New CCIO asks for: 1% rests on a rating with evidence "
            "and 2% on a rating alone. 4% is still open. 93% is not known: 43 skills are not rated."
        )

    def test_says_what_is_left_out(self):
        skills = dict.fromkeys(LIBRARY.skill, 5) | {"clinical_engagement": None}
        del skills[ENGAGEMENT]

        assert self.say(rated(**skills)) == (
            "You meet 100% of what the role New CCIO asks for: 100% rests on a rating alone. "
            "1 skill is left out: not part of your role, you said."
        )

    def test_rests_on_the_questions_of_the_person_s_own_answers(self):
        m17 = TestQuestionsAnswered.M17
        count = len(LIBRARY.module[m17].checks)

        said = self.say(rated(clinical_risk_management=1), {m17: (count, count)})

        assert "1% rests on questions answered." in said

    def test_promises_nothing(self):
        assert "This is not a prediction of appointment." in distance.HONEST


def test_a_share_of_nothing_says_nothing():
    assert Share().percentages() == (0, 0, 0, 0, 0)
