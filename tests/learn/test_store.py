"""What a person reads, answers, finishes and decides survives, and stays private."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from ccio_skills import library
from ccio_skills.learn import commands, queries
from ccio_skills.people import queries as people_queries
from tests.conftest import NOW

ROLE, ENGAGEMENT, RISK = (
    "what-a-ccio-is-and-does",
    "clinical-engagement-that-works",
    "digital-clinical-safety-essentials",
)
PATH = "aspiring-ccio-foundations"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
pytestmark = pytest.mark.both_databases


class Reader:
    """Somebody who reads, answers and decides through the room's own commands."""

    def __init__(self, db, person, content):
        self.db, self.id, self.library = db, person, content

    def turn_to(self, module, part, *, at=NOW):
        commands.turn_to(self.db, self.id, module, part=part, at=at)

    def note(self, module, notes, *, at=NOW):
        commands.keep_notes(self.db, self.id, module, notes=notes, at=at)

    def answer(self, module, number, option, *, check=None, sureness="fairly", at=NOW):
        check = check or self.library.module[module].checks[number]
        commands.answer_check(
            self.db, self.id, module, check, option=option, sureness=sureness, at=at
        )
        return check

    def finish(self, module, minutes=30, *, reflection=("", "", ""), at=NOW):
        one = self.library.module[module]
        commands.finish(self.db, self.id, one, minutes=minutes, reflection=reflection, at=at)

    def decide(self, module, decision, *, evidence="", at=NOW):
        commands.decide(self.db, self.id, module, decision, evidence=evidence, at=at)

    def act(self, skill, step, evidence="", *, at=NOW):
        commands.do_action(self.db, self.id, skill, step=step, evidence=evidence, at=at)

    def rows(self, table):
        return people_queries.everything(self.db, self.id)[table]

    def readings(self):
        return queries.readings(self.db, self.id)

    def decisions(self):
        return {slug: one.decision for slug, one in queries.choices(self.db, self.id).items()}

    def completions(self):
        return queries.completions(self.db, self.id)

    def learnt_at(self):
        return queries.learnt_at(self.db, self.id, self.library)


@pytest.fixture
def me(db, learner, shipped):
    return Reader(db, learner.id, shipped)


@pytest.fixture
def other(db, stranger, shipped):
    return Reader(db, stranger.id, shipped)


def best(check):
    return next(place for place, option in enumerate(check.options) if option.best)


def worst(check):
    return next(place for place, option in enumerate(check.options) if not option.best)


class TestWhereOneReads:
    def test_is_the_part_turned_to_last(self, me):
        me.turn_to(ROLE, 2)
        me.turn_to(ROLE, 1, at=NOW + HOUR)

        assert me.readings() == {ROLE: queries.Reading(1, "", NOW + HOUR)}

    def test_is_kept_for_each_module_by_itself(self, me):
        me.turn_to(ROLE, 2)
        me.turn_to(ENGAGEMENT, 3)

        assert {slug: one.part for slug, one in me.readings().items()} == {ROLE: 2, ENGAGEMENT: 3}

    def test_keeps_the_notes_while_turning_and_the_part_while_noting(self, me):
        me.turn_to(ROLE, 2)
        me.note(ROLE, "Ask Marian.", at=NOW + HOUR)
        me.turn_to(ROLE, 3, at=NOW + 2 * HOUR)

        assert me.readings()[ROLE] == queries.Reading(3, "Ask Marian.", NOW + 2 * HOUR)

    def test_remembers_when_a_module_was_opened_first(self, me):
        me.turn_to(ROLE, 0)
        me.turn_to(ROLE, 1, at=NOW + DAY)

        [row] = me.rows("learn_reading")
        assert row["opened_at"] == NOW.isoformat()

    def test_may_begin_with_a_note_and_an_empty_note_clears_it(self, me):
        me.note(ROLE, "Ask Marian.")
        me.note(ROLE, "", at=NOW + HOUR)

        assert me.readings()[ROLE].notes == ""


class TestAnswers:
    def test_keep_the_option_how_sure_one_was_and_the_wording_seen(self, me):
        check = me.answer(ROLE, 0, 1, sureness="guess")

        assert queries.answers(me.db, me.id, ROLE) == {
            check.id: queries.Answer(1, check.options[1].best, "guess", check.wording, NOW)
        }

    def test_count_by_the_last_one(self, me):
        check = me.library.module[ROLE].checks[0]
        me.answer(ROLE, 0, worst(check))
        me.answer(ROLE, 0, best(check), sureness="sure", at=NOW + HOUR)

        last = queries.answers(me.db, me.id, ROLE)[check.id]
        assert (last.option, last.is_best, last.sureness) == (best(check), True, "sure")
        assert len(me.rows("learn_answer")) == 2, "rows are only ever added"

    def test_count_right_by_the_first_one(self, me):
        first, second = me.library.module[ROLE].checks[:2]
        me.answer(ROLE, 0, worst(first))
        me.answer(ROLE, 0, best(first))
        me.answer(ROLE, 1, best(second))
        me.answer(ROLE, 1, worst(second))
        me.answer(ENGAGEMENT, 0, best(me.library.module[ENGAGEMENT].checks[0]))

        assert queries.first_answers_right(me.db, me.id) == {ROLE: (1, 2), ENGAGEMENT: (1, 1)}

    def test_belong_to_their_module(self, me):
        me.answer(ROLE, 0, 0)

        assert queries.answers(me.db, me.id, ENGAGEMENT) == {}

    def test_to_a_question_reworded_later_keep_the_old_wording(self, me):
        check = me.library.module[ROLE].checks[0]
        reworded = library.Check(**{**check.model_dump(), "stem": "Something else?"})
        me.answer(ROLE, 0, 0)
        me.answer(ROLE, 0, 0, check=reworded)

        kept = [row["wording"] for row in me.rows("learn_answer")]
        assert kept == [check.wording, reworded.wording]
        assert check.wording != reworded.wording

    @pytest.mark.parametrize("past", [0, 1, 99])
    def test_refuse_an_option_that_was_not_offered(self, me, past):
        check = me.library.module[ROLE].checks[0]
        option = len(check.options) + past

        with pytest.raises(IndexError, match=f"{check.id} has no option {option}"):
            me.answer(ROLE, 0, option)
        with pytest.raises(IndexError):
            me.answer(ROLE, 0, -1 - past)

        assert me.rows("learn_answer") == []


class TestFinishing:
    def test_logs_minutes_and_the_day(self, me):
        me.finish(ROLE, 25)

        assert me.completions() == (queries.Completion(ROLE, 25, NOW, has_reflection=False),)
        assert queries.finished(me.db, me.id) == {ROLE: NOW}

    @pytest.mark.parametrize("reflection", [("a", "", ""), ("", "b", ""), ("", "", "c")])
    def test_keeps_any_word_of_reflection(self, me, reflection):
        me.finish(ROLE, reflection=reflection)

        [one] = me.completions()
        [row] = me.rows("learn_completion")
        assert one.has_reflection
        assert (row["what"], row["so_what"], row["now_what"]) == reflection

    def test_twice_is_twice_and_the_last_counts(self, me):
        me.finish(ROLE, 20, at=NOW + DAY)
        me.finish(ROLE, 25, at=NOW)

        assert [one.minutes for one in me.completions()] == [25, 20], "oldest first"
        assert queries.finished(me.db, me.id) == {ROLE: NOW + DAY}

    def test_begins_the_module_anew_and_keeps_the_notes(self, me):
        me.turn_to(ROLE, 4)
        me.note(ROLE, "Ask Marian.")
        me.finish(ROLE)

        assert (me.readings()[ROLE].part, me.readings()[ROLE].notes) == (0, "Ask Marian.")

    @pytest.mark.parametrize("minutes", [1, 1440])
    def test_takes_what_fits_in_a_day(self, me, minutes):
        me.finish(ROLE, minutes)

        assert [one.minutes for one in me.completions()] == [minutes]

    @pytest.mark.parametrize("minutes", [0, -5, 1441])
    def test_refuses_what_does_not(self, me, minutes):
        with pytest.raises(commands.MinutesError, match=f"^{minutes} minutes: give 1 to 1,440$"):
            me.finish(ROLE, minutes)

        assert me.completions() == ()
        assert me.readings() == {}

    def test_of_a_day_and_a_minute_is_refused_by_the_store_itself(self, me):
        me.finish(ROLE)

        with pytest.raises(IntegrityError, match="minutes_in_a_day"):
            me.db.execute(text("UPDATE learn_completion SET minutes = 1441"))


class TestDeciding:
    def test_keeps_what_was_decided_last(self, me):
        me.decide(ROLE, "pinned")
        me.decide(ROLE, "not_now", at=NOW + HOUR)

        assert queries.choices(me.db, me.id) == {ROLE: queries.Choice("not_now", "", NOW + HOUR)}

    def test_keeps_the_line_that_shows_it_is_known(self, me):
        me.decide(ROLE, "known", evidence="In post since 2023.")

        assert queries.choices(me.db, me.id)[ROLE] == queries.Choice(
            "known", "In post since 2023.", NOW
        )

    def test_may_be_taken_back(self, me):
        me.decide(ROLE, "known", evidence="In post since 2023.")
        me.decide(ENGAGEMENT, "pinned")
        me.decide(ROLE, None)

        assert me.decisions() == {ENGAGEMENT: "pinned"}

    def test_takes_back_nothing_where_nothing_was_decided(self, me):
        me.decide(ROLE, None)

        assert me.decisions() == {}

    def test_lists_the_oldest_decision_first(self, me):
        me.decide(ROLE, "pinned", at=NOW + HOUR)
        me.decide(ENGAGEMENT, "pinned", at=NOW)
        me.decide(RISK, "pinned", at=NOW - HOUR)
        me.decide(RISK, "pinned", at=NOW + DAY)

        assert list(me.decisions()) == [ENGAGEMENT, ROLE, RISK]

    def test_of_another_kind_is_refused_by_the_store_itself(self, me):
        me.decide(ROLE, "pinned")

        with pytest.raises(IntegrityError, match="choice_is_known"):
            me.db.execute(text("UPDATE learn_choice SET choice = 'perhaps'"))


class TestWorkplaceActions:
    def test_keep_step_evidence_and_day_oldest_first(self, me):
        me.act("clinical-engagement", 4, "Design log, three changes.")
        me.act("change-management", 3, at=NOW + DAY)

        assert queries.actions_done(me.db, me.id) == (
            queries.Done("clinical-engagement", 4, "Design log, three changes.", NOW),
            queries.Done("change-management", 3, "", NOW + DAY),
        )


class TestAPath:
    def test_is_followed_until_it_is_left(self, me):
        commands.follow(me.db, me.id, PATH, at=NOW)
        assert queries.follows(me.db, me.id) == {PATH: queries.Follow(NOW, None)}

        commands.leave(me.db, me.id, PATH, at=NOW + DAY)

        assert queries.follows(me.db, me.id) == {PATH: queries.Follow(NOW, NOW + DAY)}

    def test_may_be_taken_up_again(self, me):
        commands.follow(me.db, me.id, PATH, at=NOW)
        commands.leave(me.db, me.id, PATH, at=NOW + DAY)
        commands.follow(me.db, me.id, PATH, at=NOW + 2 * DAY)

        assert queries.follows(me.db, me.id) == {PATH: queries.Follow(NOW, None)}
        assert len(me.rows("learn_follow")) == 1

    def test_that_is_not_followed_may_be_left_or_paused(self, me):
        commands.leave(me.db, me.id, PATH, at=NOW)
        commands.pause(me.db, me.id, PATH, at=NOW)

        assert queries.follows(me.db, me.id) == {}

    def test_may_be_paused_and_gone_on_with(self, me):
        commands.follow(me.db, me.id, PATH, at=NOW)
        commands.pause(me.db, me.id, PATH, at=NOW + DAY)

        [paused] = queries.follows(me.db, me.id).values()
        assert paused == queries.Follow(NOW, paused_at=NOW + DAY)
        assert not paused.is_active

        commands.follow(me.db, me.id, PATH, at=NOW + 2 * DAY)

        [again] = queries.follows(me.db, me.id).values()
        assert again == queries.Follow(NOW)
        assert again.is_active

    @pytest.mark.parametrize(
        ("first", "then", "left", "paused"),
        [
            (commands.pause, commands.leave, NOW + 2 * DAY, None),
            (commands.leave, commands.pause, None, NOW + 2 * DAY),
        ],
    )
    def test_is_what_was_said_last_of_it(self, me, first, then, left, paused):
        commands.follow(me.db, me.id, PATH, at=NOW)
        first(me.db, me.id, PATH, at=NOW + DAY)
        then(me.db, me.id, PATH, at=NOW + 2 * DAY)

        assert queries.follows(me.db, me.id) == {PATH: queries.Follow(NOW, left, paused)}

    def test_stands_beside_others_the_one_changed_last_first(self, me):
        for day, path in enumerate(("p-b", "p-c", "p-a", "p-d")):
            commands.follow(me.db, me.id, path, at=NOW + (day // 2) * DAY)
        commands.pause(me.db, me.id, "p-c", at=NOW + 3 * DAY)

        assert list(queries.follows(me.db, me.id)) == ["p-c", "p-a", "p-d", "p-b"]


class TestLearntAt:
    def test_is_when_a_module_was_finished_for_its_main_skill_only(self, me):
        """M09 helps with communication too; only engagement is worth rating again for it."""
        me.finish(ENGAGEMENT)

        assert me.learnt_at() == {"clinical-engagement": NOW}

    def test_is_when_something_was_done_at_work(self, me):
        me.act("change-management", 3)

        assert me.learnt_at() == {"change-management": NOW}

    @pytest.mark.parametrize(("module", "work"), [(0, 1), (1, 0)])
    def test_is_the_later_of_the_two(self, me, module, work):
        me.finish(ENGAGEMENT, at=NOW + module * DAY)
        me.act("clinical-engagement", 4, at=NOW + work * DAY)

        assert me.learnt_at() == {"clinical-engagement": NOW + DAY}

    def test_is_the_later_of_two_modules_of_a_skill(self, me):
        me.finish("dcb0129-and-dcb0160-who-does-what", at=NOW)
        me.finish(RISK, at=NOW - DAY)

        assert me.learnt_at() == {"clinical-risk-management": NOW}

    def test_passes_over_a_module_that_is_gone(self, me):
        me.finish(ENGAGEMENT)

        assert queries.learnt_at(me.db, me.id, library.Library()) == {}


class TestPrivacy:
    @pytest.fixture
    def full(self, me):
        """Everything this room can keep."""
        me.turn_to(ROLE, 2)
        me.note(ROLE, "Mine.")
        me.answer(ROLE, 0, 0)
        me.finish(ENGAGEMENT, reflection=("Mine.", "", ""))
        me.decide(RISK, "pinned")
        me.act("change-management", 3, "Mine.")
        commands.follow(me.db, me.id, PATH, at=NOW)
        return me

    def test_a_stranger_reads_nothing(self, full, other):
        assert other.readings() == {}
        assert queries.answers(other.db, other.id, ROLE) == {}
        assert queries.first_answers_right(other.db, other.id) == {}
        assert other.completions() == ()
        assert queries.finished(other.db, other.id) == {}
        assert other.decisions() == {}
        assert queries.actions_done(other.db, other.id) == ()
        assert queries.follows(other.db, other.id) == {}
        assert other.learnt_at() == {}

    def test_a_stranger_changes_nothing(self, full, other):
        before = people_queries.everything(full.db, full.id)

        other.turn_to(ROLE, 0)
        other.note(ROLE, "Theirs.")
        other.answer(ROLE, 0, 1)
        other.finish(ENGAGEMENT)
        other.decide(RISK, None)
        other.decide(RISK, "not_now")
        other.act("change-management", 3)
        commands.leave(other.db, other.id, PATH, at=NOW)
        commands.pause(other.db, other.id, PATH, at=NOW)
        commands.follow(other.db, other.id, PATH, at=NOW)

        assert people_queries.everything(full.db, full.id) == before

    def test_all_of_it_survives_the_end_of_its_session(self, full):
        before = people_queries.everything(full.db, full.id)
        assert all(before[name] for name in before if name.startswith("learn_"))

        with Session(full.db.get_bind()) as later:
            assert people_queries.everything(later, full.id) == before
