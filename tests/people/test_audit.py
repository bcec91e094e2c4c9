"""The audit trail is only ever added to, and says so when somebody got round that."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from ccio_skills.people import commands, queries, rules
from ccio_skills.vocabulary import OrganisationId, PersonId
from tests.conftest import NOW

both = pytest.mark.both_databases


def chain(count):
    """A sound trail: (entry, hash before it, its hash)."""
    told, after = [], rules.START
    for number in range(1, count + 1):
        entry = rules.Entry(number, NOW + timedelta(minutes=number), "signed-in", PersonId(number))
        own = rules.seal(entry, after=after)
        told.append((entry, after, own))
        after = own
    return told


def faults(told, *, last=None, end=None, first=1, after=rules.START):
    return rules.find_faults(
        told,
        first=first,
        after=after,
        last=len(told) if last is None else last,
        end=(told[-1][2] if told else rules.START) if end is None else end,
    )


class TestFindFaults:
    @pytest.mark.parametrize("count", [0, 1, 5])
    def test_finds_none_in_a_trail_as_it_was_written(self, count):
        assert faults(chain(count)) == ()

    def test_finds_none_where_the_beginning_went_by_rule(self):
        told = chain(5)

        assert faults(told[2:], first=3, after=told[1][2], last=5) == ()

    @given(place=st.integers(0, 4))
    def test_finds_an_entry_that_was_changed(self, place):
        told = chain(5)
        entry, before, own = told[place]
        told[place] = (rules.Entry(entry.number, entry.at, "exported", entry.actor), before, own)

        assert [one.number for one in faults(told)] == [place + 1]

    @given(place=st.integers(0, 4))
    def test_finds_an_entry_that_was_taken_out(self, place):
        told = chain(5)
        end = told[-1][2]
        del told[place]

        assert faults(told, last=5, end=end) != ()

    @given(place=st.integers(0, 4))
    def test_finds_an_entry_that_was_sealed_anew_after_a_change(self, place):
        told = chain(5)
        end = told[-1][2]
        entry, before, _ = told[place]
        forged = rules.Entry(entry.number, entry.at, "exported", entry.actor)
        told[place] = (forged, before, rules.seal(forged, after=before))

        assert faults(told, end=end) != ()

    def test_finds_that_the_end_is_missing(self):
        told = chain(5)

        assert faults(told[:3], last=5, end=told[-1][2]) != ()


@both
class TestTheStore:
    def record(self, db, count=3):
        for number in range(count):
            commands.record(
                db,
                rules.Event.EXPORTED,
                at=NOW + timedelta(microseconds=number),
                actor=PersonId(7),
                subject=PersonId(8),
                organisation=OrganisationId(1),
                detail="reviewer",
            )
            db.commit()

    def test_keeps_entries_in_order_without_gaps(self, db):
        self.record(db)

        assert [one.number for one in queries.whole_trail(db)] == [1, 2, 3]
        assert queries.find_faults(db) == ()

    def test_keeps_nothing_of_what_was_not_done(self, db):
        self.record(db, 1)
        commands.record(db, rules.Event.EXPORTED, at=NOW)
        db.rollback()
        self.record(db, 1)

        assert [one.number for one in queries.whole_trail(db)] == [1, 2]
        assert queries.find_faults(db) == ()

    @pytest.mark.parametrize(
        "attempt",
        [
            "UPDATE people_audit SET event = 'signed-in' WHERE number = 2",
            "DELETE FROM people_audit",
        ],
    )
    def test_refuses_to_change_what_is_on_record(self, db, attempt):
        self.record(db)

        with pytest.raises(DBAPIError, match="never changed"):
            db.execute(text(attempt))

        db.rollback()
        assert len(list(queries.whole_trail(db))) == 3

    def test_says_where_somebody_changed_it_behind_its_back(self, db):
        self.record(db)
        table = "people_audit"
        off = {
            "sqlite": "DROP TRIGGER people_audit_stands",
            "postgresql": f"ALTER TABLE {table} DISABLE TRIGGER ALL",
        }
        db.execute(text(off[db.get_bind().dialect.name]))
        db.execute(text(f"UPDATE {table} SET actor = 9 WHERE number = 2"))

        assert [str(one.number) + one.what for one in queries.find_faults(db)] == [
            "2was changed after it was written"
        ]

    def test_says_that_the_end_is_missing(self, db):
        self.record(db)
        db.execute(text("UPDATE people_audit_head SET kept_from = 99"))
        db.execute(text("DELETE FROM people_audit WHERE number = 3"))
        db.execute(text("UPDATE people_audit_head SET kept_from = 1"))

        assert [one.number for one in queries.find_faults(db)] == [2]
