"""Closing in the store: published once, whole or not at all, and nothing raw is left."""

import hashlib
import inspect

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import ProgrammingError

from ccio_skills.cohorts import commands, queries
from ccio_skills.cohorts.commands import closing as closing_commands
from ccio_skills.cohorts.queries.reader import as_reader
from ccio_skills.cohorts.rules import desk
from ccio_skills.cohorts.rules.ledger import AlteredError
from ccio_skills.cohorts.rules.stage import CollectionError
from ccio_skills.people import commands as people_commands
from ccio_skills.people import queries as people_queries
from ccio_skills.people.rules import NotAllowedError
from ccio_skills.store import StoreError
from ccio_skills.vocabulary import Role
from tests.cohorts.college import DAY, College
from tests.cohorts.test_store import count
from tests.conftest import NOW, ROOT

both_databases = pytest.mark.both_databases


@pytest.fixture
def college(db):
    return College(db)


@pytest.fixture
def closed(college):
    """A cohort of nine whose first collection is closed: (cohort, people, collection)."""
    cohort = college.cohort(breakdowns={"Region": ["North", "South"]})
    people = college.members(cohort, 9)
    collection = college.opened(cohort)
    college.send(people[:8], collection)
    college.close(collection)
    return cohort, people, collection


def sheets(college, cohort):
    every = queries.published(college.db, college.cast.reviewer.id, cohort)
    return desk.desk(every)


@both_databases
class TestClosing:
    def test_publishes_what_was_sent_to_reviewers(self, college, closed):
        cohort, _, _ = closed

        whole = sheets(college, cohort)[0]

        assert whole.words == "Answers of 8 of 9 members."
        vision = whole.chart.value.bars[0]
        assert [people for _, people in sorted(vision.parts.items())] == [0, 3, 3, 2, 0]

    def test_leaves_nothing_raw_and_keeps_receipts_without_people(self, db, closed):
        for table in ("cohorts_answer", "cohorts_link", "cohorts_participation"):
            assert count(db, table) == 0
        assert count(db, "cohorts_receipt") == 8
        assert count(db, "cohorts_class_member") == 8

    def test_says_how_many_and_not_who(self, db, college, closed):
        cohort, _, collection = closed
        told = queries.participation(db, college.cast.reviewer.id, cohort, collection)

        assert (told.members, told.contributed) == (9, 8)

    def test_keeps_a_receipt_good(self, db, college):
        cohort = college.cohort()
        people = college.members(cohort, 8)
        collection = college.opened(cohort)
        code, *_ = college.send(people, collection)

        college.close(collection)

        assert queries.find_receipt(db, code).is_open is False

    def test_twice_publishes_once(self, db, college, closed):
        _, _, collection = closed
        before = count(db, "cohorts_ledger")

        again = college.close(collection)

        assert (again.is_first, again.contributed) == (False, 8)
        assert count(db, "cohorts_ledger") == before

    def test_of_what_was_never_opened_is_refused(self, db, college):
        collection = college.plan(college.cohort())

        with pytest.raises(CollectionError, match="never opened"):
            college.close(collection)
        assert count(db, "cohorts_ledger") == 0

    def test_of_nobody_publishes_that_there_is_no_chart(self, college):
        cohort = college.cohort()
        collection = college.opened(cohort)

        college.close(collection)

        [one] = sheets(college, cohort)
        assert one.chart is None
        assert "fewer than 7" in one.words

    def test_with_a_clock_that_was_put_back_ends_no_earlier_than_it_began(self, college):
        cohort = college.cohort()
        people = college.members(cohort, 8)
        collection = college.opened(cohort)
        college.send(people, collection)

        college.close(collection, at=NOW - DAY)

        [one] = college.published(cohort)
        assert one.header.closed_at == NOW

    def test_tells_how_far_it_is(self, college):
        cohort = college.cohort()
        people = college.members(cohort, 8)
        collection = college.opened(cohort)
        college.send(people, collection)
        told = []

        college.close(collection, progress=lambda share, words: told.append((share, words)))

        assert [share for share, _ in told] == sorted(share for share, _ in told)
        assert told[-1] == (1.0, "Closed")
        assert all(words for _, words in told)

    def test_that_breaks_off_publishes_nothing_and_loses_nothing(self, db, college):
        cohort = college.cohort()
        people = college.members(cohort, 8)
        collection = college.opened(cohort)
        college.send(people, collection)

        for stop in (0.0, 0.1, 0.4, 0.6, 0.9):

            def break_off(share, _words, stop=stop):
                if share >= stop:
                    raise InterruptedError

            with pytest.raises(InterruptedError):
                college.close(collection, progress=break_off)

            assert count(db, "cohorts_ledger") == count(db, "cohorts_class_member") == 0
            assert count(db, "cohorts_answer") == 8
        college.close(collection)
        assert sheets(college, cohort)[0].chart


class TestWhoIsShown:
    def test_the_same_people_are_shown_again(self, college, closed):
        cohort, people, _ = closed
        again = college.opened(cohort, title="Spring")
        college.send(people[:8], again)

        college.close(again)

        assert [one.chart is not None for one in sheets(college, cohort) if not one.group] == [
            True,
            True,
        ]

    def test_one_who_left_takes_companions_along_or_holds_the_chart(self, db, college, closed):
        cohort, people, _ = closed
        commands.leave(db, people[0], cohort, at=NOW)
        again = college.opened(cohort, title="Spring")
        college.send(people[1:8], again)

        college.close(again)

        newest = sheets(college, cohort)[0]
        assert newest.chart is None
        assert count(db, "cohorts_class") == 1

    def test_a_role_that_was_ended_elsewhere_counts_as_having_left(self, db, college):
        cohort = college.cohort()
        people = college.members(cohort, 8)
        collection = college.opened(cohort)
        college.send(people, collection)
        for grant in people_queries.members(db, college.runner, college.where):
            if grant.person in people[:2]:
                people_commands.revoke(db, college.runner, college.where, grant.id, at=NOW)

        college.close(collection)

        assert sheets(college, cohort)[0].chart is None

    def test_reviewers_among_the_members_do_not_count(self, db, college):
        cohort = college.cohort()
        people = college.members(cohort, 7)
        people_commands.give_role(
            db,
            college.runner,
            college.where,
            to=people[0],
            role=Role.REVIEWER,
            target=f"cohort:{cohort}",
            at=NOW,
        )
        collection = college.opened(cohort)
        college.send(people, collection)

        college.close(collection)

        assert sheets(college, cohort)[0].chart is None

    def test_members_of_two_cohorts_are_in_both_charts_once(self, db, college):
        first, second = college.cohort(), college.cohort("South")
        both = college.members(first, 7)
        for one in both:
            college.join(one, second)
        only = college.members(first, 7, start=20)
        collection = college.opened(first, second)
        college.send(both + only, collection)

        college.close(collection)

        assert sheets(college, first)[0].words == "Answers of 14 of 14 members."
        assert sheets(college, second)[0].words == "Answers of 7 of 7 members."

    def test_joining_after_the_close_changes_nothing(self, college, closed):
        cohort, _, _ = closed
        before = [one.csv() for one in sheets(college, cohort)]

        college.members(cohort, 5, start=50)

        assert [one.csv() for one in sheets(college, cohort)] == before


class TestReading:
    @pytest.mark.parametrize("name", ["administrator", "member", "former", "stranger", "alone"])
    def test_is_for_reviewers_only(self, db, college, closed, name):
        cohort, _, collection = closed
        who = getattr(college.cast, name).id

        assert queries.reviewed_by(db, who) == ()
        for refused in (
            lambda: queries.published(db, who, cohort),
            lambda: queries.participation(db, who, cohort, collection),
            lambda: queries.open_now(db, who, cohort, now=NOW),
        ):
            with pytest.raises(NotAllowedError):
                refused()

    def test_of_one_cohort_shows_nothing_of_another(self, db, college):
        first, second = college.cohort(), college.cohort("South")
        college.members(first, 8)
        people = college.members(second, 8, start=20)
        collection = college.opened(first, second)
        college.send(people, collection)

        college.close(collection)

        [one] = college.published(first)
        assert one.leaves == ()
        assert sheets(college, first)[0].chart is None

    def test_a_role_for_one_cohort_opens_no_other(self, db, college):
        first, second = college.cohort(), college.cohort("South")
        who = college.cast.member.id
        people_commands.give_role(
            db,
            college.runner,
            college.where,
            to=who,
            role=Role.REVIEWER,
            target=f"cohort:{first}",
            at=NOW,
        )

        assert [one.id for one in queries.reviewed_by(db, who)] == [first]
        with pytest.raises(NotAllowedError):
            queries.published(db, who, second)

    def test_while_it_is_open_gives_numbers_only(self, db, college):
        cohort = college.cohort()
        people = college.members(cohort, 3)
        collection = college.opened(cohort)
        college.send(people[:2], collection)
        reviewer = college.cast.reviewer.id

        assert [one.id for one in queries.open_now(db, reviewer, cohort, now=NOW)] == [collection]
        told = queries.participation(db, reviewer, cohort, collection)
        assert (told.members, told.contributed) == (3, 2)
        assert queries.published(db, reviewer, cohort) == ()


@both_databases
class TestTheLedger:
    def alter(self, db, statement, **values):
        """Change what the database refuses to change, as somebody with the file could."""
        off = {
            "sqlite": [
                "DROP TRIGGER cohorts_ledger_no_update",
                "DROP TRIGGER cohorts_ledger_no_delete",
            ],
            "postgresql": ["ALTER TABLE cohorts_ledger DISABLE TRIGGER USER"],
        }
        for one in off[db.get_bind().dialect.name]:
            db.execute(text(one))
        db.execute(text(statement), values)

    def test_is_changed_by_no_statement(self, db, closed):
        for statement in (
            "UPDATE cohorts_ledger SET payload = ''",
            "DELETE FROM cohorts_ledger WHERE number = 1",
        ):
            with pytest.raises(Exception, match="never changed"), db.begin_nested():
                db.execute(text(statement))
        assert queries.verify(db).number == count(db, "cohorts_ledger")

    def test_that_was_altered_is_named_and_nothing_is_shown_or_added(self, db, college, closed):
        cohort, _, _ = closed
        again = college.opened(cohort, title="Spring")
        self.alter(
            db, "UPDATE cohorts_ledger SET payload = replace(payload, '3', '4') WHERE number = 2"
        )

        with pytest.raises(AlteredError, match="Row 2 of the ledger"):
            queries.verify(db)
        with pytest.raises(AlteredError, match="Row 2 of the ledger"):
            queries.published(db, college.cast.reviewer.id, cohort)
        with pytest.raises(AlteredError, match="Row 2 of the ledger"):
            college.close(again)

    def test_that_was_altered_with_its_own_hash_is_named_too(self, db, college, closed):
        cohort, _, _ = closed
        [row] = db.execute(text("SELECT * FROM cohorts_ledger WHERE number = 2")).all()
        payload = row.payload.replace('"people":8', '"people":7')
        forged = hashlib.sha256(f"2\n{row.previous}\n{payload}".encode()).hexdigest()
        self.alter(
            db,
            "UPDATE cohorts_ledger SET payload = :payload, hash = :hash WHERE number = 2",
            payload=payload,
            hash=forged,
        )

        with pytest.raises(AlteredError, match="Row 2"):
            queries.published(db, college.cast.reviewer.id, cohort)
        with pytest.raises(AlteredError):
            queries.verify(db)

    def test_that_was_cut_off_is_noticed(self, db, closed):
        db.execute(text("DELETE FROM cohorts_leaf WHERE number = 2"))
        self.alter(db, "DELETE FROM cohorts_ledger WHERE number = 2")

        with pytest.raises(AlteredError, match="Row 2"):
            queries.verify(db)


@pytest.mark.parametrize("database", ["postgresql"])
class TestTheReadersRole:
    """On PostgreSQL reviewers' pages read under a role that may not read answers."""

    @pytest.fixture
    def reader(self, db, closed):
        return db

    @pytest.mark.parametrize(
        "table",
        [
            "cohorts_answer",
            "cohorts_link",
            "cohorts_receipt",
            "cohorts_class_member",
            "cohorts_membership",
            "people_account",
            "assess_rating",
        ],
    )
    def test_reads_nothing_about_any_person(self, reader, table):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            reader.begin_nested(),
            as_reader(reader),
        ):
            reader.execute(text(f"SELECT * FROM {table}"))

    def test_reads_all_that_a_reviewer_is_shown(self, reader, college, closed):
        cohort, _, collection = closed
        statements = []
        event.listen(
            reader.get_bind(),
            "before_cursor_execute",
            lambda *args: statements.append(args[2]),
        )

        queries.published(reader, college.cast.reviewer.id, cohort)
        queries.participation(reader, college.cast.reviewer.id, cohort, collection)

        roles = [one for one in statements if "ROLE" in one]
        assert roles == ["SET LOCAL ROLE ccio_skills_reader", "SET LOCAL ROLE NONE"] * 2
        for start in (at for at, one in enumerate(statements) if one.endswith("_reader")):
            assert "cohorts_" in statements[start + 1]

    def test_is_given_back_afterwards(self, reader, college, closed):
        queries.published(reader, college.cast.reviewer.id, closed[0])

        assert count(reader, "cohorts_answer") == 0

    def test_that_is_missing_shows_no_chart_and_says_what_to_do(self, reader, monkeypatch):
        monkeypatch.setattr("ccio_skills.cohorts.queries.reader.ROLE", "ccio_skills_nobody")

        with pytest.raises(StoreError, match="no role ccio_skills_nobody"), as_reader(reader):
            pass


class TestAnswers:
    def test_are_read_by_exactly_one_function(self):
        """Two files name the table: one writes it, one reads it, in one place."""
        package = ROOT / "ccio_skills"
        naming = {
            str(one.relative_to(package))
            for one in package.rglob("*.py")
            if "cohorts.tables.raw import AnswerRow" in one.read_text()
            or "cohorts_answer" in one.read_text()
        }
        closing = (package / "cohorts/commands/closing.py").read_text()

        assert {one for one in naming if "versions" not in one} == {
            "cohorts/tables/raw.py",
            "cohorts/commands/contributing.py",
            "cohorts/commands/closing.py",
        }
        assert closing.count("AnswerRow.codes") == 1
        assert "AnswerRow.codes" in inspect.getsource(closing_commands._coded_histograms)
        contributing = (package / "cohorts/commands/contributing.py").read_text()
        assert "AnswerRow.codes" not in contributing
