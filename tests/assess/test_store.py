"""Ratings survive, belong to a sitting, and stay private."""

import dataclasses
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from ccio_skills import library, store
from ccio_skills.assess import commands, queries
from ccio_skills.assess.rules.ratings import Rating
from ccio_skills.people import queries as people_queries
from ccio_skills.vocabulary import Confidence, Importance, Level, PersonId
from tests.conftest import CONTENT, NOW

CHANGE, ENGAGEMENT, DEPLOYMENT = "change-management", "clinical-engagement", "software-deployment"
SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
LIBRARY = library.load(CONTENT)
pytestmark = pytest.mark.both_databases


class Rater:
    """Somebody who rates, undoes and imports through the room's own commands."""

    def __init__(self, db, person=1):
        self.db, self.id = db, PersonId(person)

    def answer(self, skill, level, *, at=NOW, is_quick=False, **detail):
        rating = Rating(skill, None if level is None else Level(level), at, **detail)
        commands.answer(self.db, self.id, rating, library=LIBRARY, is_quick=is_quick)
        return rating

    def undo(self, skill, *, at):
        commands.clear(self.db, self.id, skill, library=LIBRARY, at=at)

    def end(self, *, at):
        commands.end_sitting(self.db, self.id, at=at)

    def bring(self, *rows, at=NOW):
        """Import (skill, level, moment) rows."""
        given_ratings = [Rating(skill, Level(level), moment) for skill, level, moment in rows]
        return commands.import_ratings(self.db, self.id, given_ratings, library=LIBRARY, at=at)

    def levels(self, **options):
        current = queries.current_ratings(self.db, self.id, **options)
        return {skill: one.level for skill, one in current.items()}

    def history(self):
        kept = queries.history(self.db, self.id)
        return [(one.skill, one.level, one.rated_at) for one in kept]

    def sitting(self, *, now=NOW):
        return queries.open_sitting(self.db, self.id, now=now)

    def rows(self, table):
        return people_queries.everything(self.db, self.id)[table]

    def open_sittings(self):
        return [one for one in self.rows("assess_sitting") if one["ended_at"] is None]


@pytest.fixture
def me(db, learner):
    return Rater(db, learner.id)


class TestTheNewestAnswer:
    def test_is_the_whole_of_what_was_said(self, me):
        rating = me.answer(
            CHANGE,
            3,
            confidence=Confidence.SURE,
            importance=Importance.SUPPORTING,
            evidence="Led the list change.",
            evidence_link="https://example.org/list",
        )

        assert queries.current_ratings(me.db, me.id) == {CHANGE: rating}

    def test_wins_within_a_sitting(self, me):
        for second, level in enumerate([1, 2, 3, 2]):
            me.answer(CHANGE, level, at=NOW + second * SECOND)

        assert me.levels() == {CHANGE: 2}
        assert me.history() == [(CHANGE, 2, NOW + 3 * SECOND)]
        assert len(me.rows("assess_rating")) == 4, "rows are only ever added"

    def test_wins_within_a_sitting_by_the_order_of_storing_whatever_the_clock_said(self, me):
        me.answer(CHANGE, 1, at=NOW)
        me.answer(CHANGE, 4, at=NOW - SECOND)

        assert me.levels() == {CHANGE: 4}

    def test_wins_across_sittings(self, me):
        me.answer(CHANGE, 3, at=NOW - 30 * DAY)
        me.answer(ENGAGEMENT, 5, at=NOW - 30 * DAY)
        me.answer(CHANGE, 2, at=NOW)

        assert me.levels() == {CHANGE: 2, ENGAGEMENT: 5}

    def test_none_of_these_yet_and_not_my_role_are_answers(self, me):
        me.answer(CHANGE, 0)
        me.answer(ENGAGEMENT, None)

        assert me.levels() == {CHANGE: Level.NONE, ENGAGEMENT: None}

    def test_as_it_stood_at_a_moment(self, me):
        me.answer(CHANGE, 1, at=NOW - 2 * DAY)
        me.answer(CHANGE, 2, at=NOW - 2 * DAY + HOUR)
        me.answer(CHANGE, 3, at=NOW)

        assert me.levels(until=NOW - 3 * DAY) == {}
        assert me.levels(until=NOW - 2 * DAY) == {CHANGE: 1}
        assert me.levels(until=NOW - 2 * DAY + HOUR) == {CHANGE: 2}
        assert me.levels(until=NOW - SECOND) == {CHANGE: 2}
        assert me.levels(until=NOW) == me.levels() == {CHANGE: 3}

    def test_as_it_stood_before_it_was_undone(self, me):
        me.answer(CHANGE, 1, at=NOW)
        me.undo(CHANGE, at=NOW + HOUR)

        assert me.levels(until=NOW) == {CHANGE: 1}
        assert me.levels(until=NOW + HOUR) == {}

    def test_without_the_open_sitting_are_those_of_earlier_ones(self, me):
        me.answer(CHANGE, 1, at=NOW - DAY)
        me.answer(CHANGE, 2, at=NOW)
        me.answer(ENGAGEMENT, 2, at=NOW)

        assert me.levels(without=me.sitting()) == {CHANGE: 1}


class TestUndo:
    def test_leaves_nothing_when_nothing_was_said_before(self, me):
        me.answer(CHANGE, 3)
        me.undo(CHANGE, at=NOW + SECOND)

        assert me.levels() == {}
        assert me.history() == []
        assert me.sitting().answers == {}

    def test_makes_the_earlier_sitting_count_again(self, me):
        me.answer(CHANGE, 2, at=NOW - DAY)
        me.answer(CHANGE, 4, at=NOW)
        me.undo(CHANGE, at=NOW + SECOND)

        assert me.levels() == {CHANGE: 2}
        assert me.history() == [(CHANGE, 2, NOW - DAY)]

    def test_takes_back_all_answers_of_the_sitting_to_that_skill_only(self, me):
        me.answer(CHANGE, 2)
        me.answer(CHANGE, 3, at=NOW + SECOND)
        me.answer(ENGAGEMENT, 1, at=NOW + SECOND)
        me.undo(CHANGE, at=NOW + 2 * SECOND)

        assert me.levels() == {ENGAGEMENT: 1}

    def test_is_a_new_row_and_may_be_answered_again(self, me):
        me.answer(CHANGE, 2)
        me.undo(CHANGE, at=NOW + SECOND)
        me.answer(CHANGE, 5, at=NOW + 2 * SECOND)

        assert [one["state"] for one in me.rows("assess_rating")] == ["rated", "cleared", "rated"]
        assert me.levels() == {CHANGE: 5}

    def test_in_a_new_sitting_takes_nothing_from_the_old_one(self, me):
        me.answer(CHANGE, 2, at=NOW - DAY)
        me.undo(CHANGE, at=NOW)

        assert me.levels() == {CHANGE: 2}


class TestASitting:
    def test_goes_on_for_twelve_hours_after_the_last_answer(self, me):
        me.answer(CHANGE, 2)
        me.answer(ENGAGEMENT, 2, at=NOW + 12 * HOUR)
        me.answer(CHANGE, 3, at=NOW + 24 * HOUR)

        assert len(me.rows("assess_sitting")) == 1
        assert me.sitting(now=NOW + 36 * HOUR).started_at == NOW
        assert me.sitting(now=NOW + 36 * HOUR + SECOND) is None

    def test_ends_after_twelve_quiet_hours(self, me):
        me.answer(CHANGE, 2)
        me.answer(CHANGE, 3, at=NOW + 12 * HOUR + SECOND)

        first, second = me.rows("assess_sitting")
        assert first["ended_at"] == first["last_answer_at"]
        assert second["ended_at"] is None
        assert me.history() == [(CHANGE, 2, NOW), (CHANGE, 3, NOW + 12 * HOUR + SECOND)]

    def test_ends_when_the_person_says_so(self, me):
        me.answer(CHANGE, 2)
        me.end(at=NOW + SECOND)

        assert me.sitting(now=NOW + SECOND) is None

        me.answer(CHANGE, 3, at=NOW + 2 * SECOND)

        assert len(me.history()) == 2
        assert me.sitting(now=NOW + 2 * SECOND).answers[CHANGE].level == 3

    def test_may_be_ended_when_there_is_none(self, me):
        me.end(at=NOW)

        assert me.rows("assess_sitting") == []

    def test_shows_its_own_answers_oldest_first(self, me):
        me.answer(DEPLOYMENT, 1, at=NOW - DAY)
        for second, skill in enumerate([CHANGE, ENGAGEMENT, CHANGE]):
            me.answer(skill, second, at=NOW + second * SECOND)

        answers = me.sitting().answers

        assert list(answers) == [ENGAGEMENT, CHANGE]
        assert answers[CHANGE].level == 2

    def test_stays_a_quick_start_whatever_is_answered_next(self, me):
        me.answer(CHANGE, 2, is_quick=True)
        me.answer(ENGAGEMENT, 2, at=NOW + SECOND)

        assert me.sitting().is_quick

        me.end(at=NOW + 2 * SECOND)
        me.answer(CHANGE, 3, at=NOW + 3 * SECOND)

        assert not me.sitting(now=NOW + 3 * SECOND).is_quick

    def test_a_second_open_one_is_refused_by_the_store_itself(self, me):
        me.answer(CHANGE, 2)
        moment = me.rows("assess_sitting")[0]["started_at"]
        insert = text(
            "INSERT INTO assess_sitting (person_id, is_quick, started_at, last_answer_at)"
            " VALUES (:person, false, :at, :at)"
        )

        with pytest.raises(IntegrityError):
            me.db.execute(insert, {"person": me.id, "at": moment})

    def test_each_person_has_one_of_their_own(self, me, stranger):
        other = Rater(me.db, stranger.id)
        me.answer(CHANGE, 2)
        other.answer(CHANGE, 4)

        assert me.sitting().answers[CHANGE].level == 2
        assert other.sitting().answers[CHANGE].level == 4
        assert me.sitting().id != other.sitting().id


class TestImport:
    def test_keeps_one_sitting_a_day_all_closed(self, me):
        count = me.bring(
            (CHANGE, 3, NOW - 30 * DAY),
            (CHANGE, 1, NOW - 400 * DAY),
            (ENGAGEMENT, 2, NOW - 400 * DAY + HOUR),
        )

        assert count == 3
        assert len(me.rows("assess_sitting")) == 2
        assert me.open_sittings() == []
        assert me.levels() == {CHANGE: 3, ENGAGEMENT: 2}
        assert [skill for skill, _, _ in me.history()] == [CHANGE, ENGAGEMENT, CHANGE]

    def test_never_mixes_with_the_open_sitting(self, me):
        me.answer(CHANGE, 4)
        me.bring((CHANGE, 1, NOW), (ENGAGEMENT, 1, NOW), at=NOW + SECOND)
        me.answer(DEPLOYMENT, 2, at=NOW + 2 * SECOND)

        sittings = {one["skill"]: set() for one in me.rows("assess_rating")}
        for one in me.rows("assess_rating"):
            sittings[one["skill"]].add(one["sitting_id"])
        assert len(sittings[CHANGE]) == 2
        assert not sittings[DEPLOYMENT] & sittings[ENGAGEMENT]
        assert list(me.sitting(now=NOW + 2 * SECOND).answers) == [DEPLOYMENT]

    def test_of_old_ratings_leaves_newer_answers_standing(self, me):
        me.answer(CHANGE, 4, at=NOW - DAY)
        me.bring((CHANGE, 1, NOW - 100 * DAY))

        assert me.levels() == {CHANGE: 4}
        assert me.levels(until=NOW - 50 * DAY) == {CHANGE: 1}

    def test_of_an_unknown_skill_keeps_nothing(self, me):
        with pytest.raises(KeyError, match="telegraphy"):
            me.bring((CHANGE, 1, NOW - HOUR), ("telegraphy", 1, NOW))
        me.db.rollback()

        assert me.levels() == {}
        assert me.rows("assess_sitting") == []

    def test_a_second_time_doubles_nothing_though_a_day_has_many_answers_to_a_skill(self, me):
        rows = [(CHANGE, n % 6, NOW - 30 * DAY + n * SECOND) for n in range(8)]
        me.bring(*rows)
        before = people_queries.everything(me.db, me.id)

        assert me.bring(*rows) == 0
        assert people_queries.everything(me.db, me.id) == before

    def test_of_a_hundred_thousand_ratings_keeps_every_one(self, me):
        skills = list(LIBRARY.skill)
        rows = [(skills[n % 45], n % 6, NOW - (n + 1) * HOUR) for n in range(100_000)]

        assert me.bring(*rows) == 100_000
        count = text("SELECT count(DISTINCT rated_at) FROM assess_rating")
        assert me.db.execute(count).scalar_one() == 100_000

    def test_of_nothing_is_nothing(self, me):
        assert me.bring() == 0
        assert me.history() == []


class TestPrivacy:
    def test_a_stranger_reads_nothing(self, me, stranger):
        me.answer(CHANGE, 3, evidence="Mine.")
        me.bring((ENGAGEMENT, 1, NOW - DAY))
        me.answer(CHANGE, 4, at=NOW + SECOND)

        other = Rater(me.db, stranger.id)

        assert other.levels() == {}
        assert other.history() == []
        assert other.sitting(now=NOW + SECOND) is None
        assert not any(people_queries.everything(me.db, stranger.id).values())

    def test_a_stranger_changes_nothing(self, me, stranger):
        me.answer(CHANGE, 3)
        before = people_queries.everything(me.db, me.id)

        other = Rater(me.db, stranger.id)
        other.end(at=NOW)
        other.undo(CHANGE, at=NOW)
        other.bring((CHANGE, 1, NOW))

        assert people_queries.everything(me.db, me.id) == before


class TestWhatIsKeptWithAnAnswer:
    @pytest.mark.parametrize("way", ["answer", "undo", "bring"])
    def test_is_the_wording_seen_and_the_version_of_the_framework(self, me, shipped, way):
        if way == "answer":
            me.answer(CHANGE, 3)
        elif way == "undo":
            me.undo(CHANGE, at=NOW)
        else:
            me.bring((CHANGE, 3, NOW))

        [row] = me.rows("assess_rating")

        assert row["wording"] == shipped.skill[CHANGE].wording
        assert row["framework_version"] == shipped.framework_version == "2026.1"

    def test_a_rewording_later_changes_no_old_answer(self, me, shipped):
        me.answer(CHANGE, 3)
        skill = shipped.skill[CHANGE]
        levels = {**skill.levels, Level.PRACTISING: "Something else."}
        reworded = library.Skill(**{**skill.model_dump(), "levels": levels})
        skills = tuple(reworded if one.slug == CHANGE else one for one in shipped.skills)
        later = library.Library(framework_version="2027.1", skills=skills)
        rating = Rating(CHANGE, Level.PRACTISING, NOW + DAY)
        commands.answer(me.db, me.id, rating, library=later)

        first, second = me.rows("assess_rating")

        assert (first["framework_version"], second["framework_version"]) == ("2026.1", "2027.1")
        assert first["wording"] == skill.wording != second["wording"]

    def test_moments_come_back_aware_and_in_utc(self, me):
        me.answer(CHANGE, 3)

        [rating] = queries.history(me.db, me.id)

        assert rating.rated_at.utcoffset() == timedelta()

    @pytest.mark.parametrize(
        ("state", "level"),
        [
            ("rated", 6),
            ("rated", -1),
            ("cleared", 2),
            ("not_relevant", 0),
            ("asleep", None),
            pytest.param(
                *("rated", None),
            ),
        ],
    )
    def test_a_level_that_does_not_fit_its_state_is_refused_by_the_store(self, me, state, level):
        me.answer(CHANGE, 3)

        with pytest.raises(IntegrityError, match="level_fits_state"):
            me.db.execute(
                text("UPDATE assess_rating SET state = :state, level = :level"),
                {"state": state, "level": level},
            )

    def test_an_answer_survives_the_end_of_its_session(self, me):
        me.answer(CHANGE, 3)

        with Session(me.db.get_bind()) as later:
            assert queries.current_ratings(later, me.id)[CHANGE].level == 3


STEP = st.tuples(
    st.sampled_from(["answer", "answer", "undo", "end"]),
    st.sampled_from([CHANGE, ENGAGEMENT]),
    st.none() | st.integers(0, 5),
    st.sampled_from([SECOND, HOUR, 12 * HOUR, 13 * HOUR]),
)


@dataclasses.dataclass
class Told:
    """A sitting as somebody would retell it: what was last said, and when."""

    last: object
    said: dict = dataclasses.field(default_factory=dict)
    is_open: bool = True


@given(steps=st.lists(STEP, max_size=12))
@settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_course_of_answers_is_told_as_it_happened(new_store, steps):
    """The store against a retelling of it in a list of dictionaries."""
    with new_store() as db:
        me, told, now = Rater(db), [], NOW
        for what, skill, level, pause in steps:
            now += pause
            if told and (what == "end" or now - told[-1].last > 12 * HOUR):
                told[-1].is_open = False
            if what == "end":
                me.end(at=now)
                continue
            if not (told and told[-1].is_open):
                told.append(Told(now))
            told[-1].last = now
            if what == "answer":
                me.answer(skill, level, at=now)
                told[-1].said[skill] = (skill, level, now)
            else:
                me.undo(skill, at=now)
                told[-1].said.pop(skill, None)

        history = [said for one in told for said in one.said.values()]
        assert me.history() == sorted(history, key=lambda said: said[2])
        newest = {skill: level for one in told for skill, level, _ in one.said.values()}
        assert me.levels() == newest
        assert len(me.open_sittings()) <= 1
        here = me.sitting(now=now)
        assert (here is not None) == bool(told and told[-1].is_open)
        assert here is None or set(here.answers) == set(told[-1].said)


def test_tabs_that_answer_at_the_same_moment_share_one_sitting(address):
    engine = store.open_engine(address)
    store.upgrade(engine)
    together = threading.Barrier(4)

    def answer(skill):
        with Session(engine) as db:
            together.wait()
            Rater(db).answer(skill, 2)

    for sitting in range(5):
        with Session(engine) as db:
            Rater(db).end(at=NOW + sitting * SECOND)
        with ThreadPoolExecutor(4) as tabs:
            list(tabs.map(answer, list(LIBRARY.skill)[:4]))

    with Session(engine) as db:
        assert len(Rater(db).open_sittings()) == 1
        assert len(db.execute(text("SELECT id FROM assess_rating")).all()) == 20
    engine.dispose()
