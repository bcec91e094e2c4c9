"""Answers are kept, replaced, taken back, exported and erased; nobody else reads them."""

from datetime import timedelta

import pytest

from ccio_skills import library
from ccio_skills.people import commands as people
from ccio_skills.people import queries as people_queries
from ccio_skills.people import rules as people_rules
from ccio_skills.survey import commands, queries
from ccio_skills.survey.rules import NOT_ANSWERED, Answer, AnswerError, as_items
from tests.conftest import CONTENT, NOW

pytestmark = pytest.mark.both_databases
ROLE = library.load(CONTENT).instrument["role-survey-2026"]
MINUTE = timedelta(minutes=1)


def one(*keys):
    return Answer(keys=keys)


class Somebody:
    def __init__(self, db, person):
        self.db, self.id = db, person.id

    def answer(self, code, given, *, at=NOW, **options):
        commands.answer(self.db, self.id, ROLE, code, given, at=at, **options)

    def draft(self):
        return queries.draft(self.db, self.id, ROLE)

    def apart(self):
        return queries.apart(self.db, self.id, ROLE)

    def coded(self):
        return queries.coded(self.db, self.id, ROLE)

    def rows(self):
        kept = people_queries.everything(self.db, self.id)
        return {name: kept[name] for name in ("survey_answer", "survey_equality")}


@pytest.fixture
def me(db, learner):
    return Somebody(db, learner)


@pytest.fixture
def other(db, stranger):
    return Somebody(db, stranger)


class TestAnAnswer:
    def test_is_kept_and_replaced_by_the_next(self, me):
        me.answer("A2", one("acute"))
        me.answer("A2", one("community"), at=NOW + MINUTE)

        assert me.draft().answers == {"A2": one("community")}
        assert len(me.rows()["survey_answer"]) == 1

    def test_of_every_kind_comes_back_as_it_was_given(self, me):
        every = {
            "A2": one("acute"),
            "B1": Answer(number=2.5),
            "C1": one("ai", "cyber"),
            "E2": one("mentoring", "site-visits"),
            "F1": one("agree"),
        }
        for code, given in every.items():
            me.answer(code, given)

        assert me.draft().answers == every

    def test_leaves_nothing_when_it_is_taken_back(self, me):
        me.answer("A2", one("acute"))
        me.answer("G1", one("under-35"))

        commands.clear(me.db, me.id, ROLE, "A2")
        commands.clear(me.db, me.id, ROLE, "G1")

        assert me.rows() == {"survey_answer": [], "survey_equality": []}

    def test_says_where_to_go_on(self, me):
        assert me.draft().last is None

        me.answer("C1", one("ai"))
        me.answer("A2", one("acute"), at=NOW + MINUTE)

        assert me.draft().last == "A2"

    def test_is_nobody_else_s(self, me, other):
        me.answer("A2", one("acute"))
        me.answer("G1", one("under-35"))

        assert other.draft().answers == other.apart() == {}
        assert set(other.coded().values()) == {NOT_ANSWERED}

        commands.clear_all(other.db, other.id, ROLE)

        assert me.draft().answers
        assert me.apart()

    @pytest.mark.parametrize(
        ("code", "given"), [("Z9", one("yes")), ("A2", one("moon")), ("B1", Answer(number=9))]
    )
    def test_that_no_question_has_is_refused(self, me, code, given):
        with pytest.raises(AnswerError):
            me.answer(code, given)

        assert me.rows() == {"survey_answer": [], "survey_equality": []}


class TestFreeText:
    def test_is_stored_nowhere_unless_a_collection_keeps_it(self, me):
        with pytest.raises(commands.TextNotKeptError, match="C4: free text is not kept"):
            me.answer("C4", Answer(text="Our lists"))

        assert me.rows()["survey_answer"] == []

    def test_is_kept_where_a_collection_said_so_and_is_handed_to_none_as_it_was_typed(self, me):
        me.answer("C4", Answer(text="Our lists"), keeps_text=True)

        assert me.draft().answers == {"C4": Answer(text="Our lists")}
        assert set(me.coded()) == {item.key for item in as_items(ROLE)}
        assert not any(key.startswith("C4") for key in me.coded())


class TestEquality:
    def test_stands_in_a_table_of_its_own_without_a_moment(self, me):
        me.answer("G1", one("under-35"))

        [row] = me.rows()["survey_equality"]
        assert set(row) == {"person_id", "instrument", "question", "value"}
        assert me.rows()["survey_answer"] == []
        assert me.apart() == {"G1": one("under-35")}

    def test_is_not_among_what_a_collection_of_the_rest_is_handed(self, me):
        me.answer("G1", one("under-35"))
        me.answer("A2", one("acute"))

        assert "G1" not in me.coded()
        assert me.coded()["A2"] == 0
        assert queries.coded_apart(me.db, me.id, ROLE)["G1"] == 0
        assert "A2" not in queries.coded_apart(me.db, me.id, ROLE)


class TestADraft:
    def test_is_handed_over_without_the_branches_that_were_left(self, me):
        me.answer("A7", one("yes"))
        me.answer("A7b", one("project-team"))
        me.answer("A7", one("no"), at=NOW + MINUTE)

        assert me.draft().answers["A7b"] == one("project-team"), "still there, should they return"
        assert me.coded()["A7b/project-team"] == NOT_ANSWERED

    def test_goes_with_the_person_s_export_and_comes_back_once(self, me, other):
        me.answer("A2", one("acute"))
        me.answer("G1", one("under-35"))
        packed = people_rules.archive(people_queries.everything(me.db, me.id), at=NOW)

        for _ in range(2):
            people.bring_in(other.db, other.id, people_rules.unpack(packed))

        assert other.draft().answers == {"A2": one("acute")}
        assert other.apart() == {"G1": one("under-35")}

    def test_gives_way_to_a_newer_one_of_an_export_and_to_no_older(self, me, other):
        me.answer("A2", one("acute"))
        older = people_rules.archive(people_queries.everything(me.db, me.id), at=NOW)
        me.answer("A2", one("ambulance"), at=NOW + 2 * MINUTE)
        newer = people_rules.archive(people_queries.everything(me.db, me.id), at=NOW)
        other.answer("A2", one("community"), at=NOW + MINUTE)

        people.bring_in(other.db, other.id, people_rules.unpack(older))
        assert other.draft().answers == {"A2": one("community")}

        people.bring_in(other.db, other.id, people_rules.unpack(newer))
        assert other.draft().answers == {"A2": one("ambulance")}

    def test_of_an_export_that_was_tampered_with_is_not_believed(self, me, other):
        me.answer("A2", one("acute"))
        kept = people_queries.everything(me.db, me.id)
        kept["survey_answer"][0]["value"] = "palace"

        people.bring_in(other.db, other.id, people_rules.unpack(people_rules.archive(kept, at=NOW)))

        assert other.draft().answers == {}

    def test_is_erased_with_the_person(self, me):
        me.answer("A2", one("acute"))
        me.answer("G1", one("under-35"))

        people.erase(me.db, me.id, at=NOW)

        assert me.rows() == {"survey_answer": [], "survey_equality": []}
