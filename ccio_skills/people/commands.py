"""Change who you are here, or erase it all. One function, one transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session

from ccio_skills import store
from ccio_skills.people import queries
from ccio_skills.people.tables import PersonRow
from ccio_skills.vocabulary import PersonId, Slug

SHORTEST_WEEK, LONGEST_WEEK = 5, 2400


class MinutesError(ValueError):
    """A week has no such number of minutes for learning."""


def settle(
    db: Session, person: PersonId, *, profile: Slug, minutes_a_week: int, at: datetime
) -> None:
    """Keep the role a person compares themselves with and the minutes they have in a week.

    Raises:
        MinutesError: ``minutes_a_week`` is not between 5 and 2,400.
    """
    if not SHORTEST_WEEK <= minutes_a_week <= LONGEST_WEEK:
        raise MinutesError(f"{minutes_a_week} minutes a week: give 5 to 2,400")

    def keep() -> None:
        row = db.get(PersonRow, person) or PersonRow(person_id=person, created_at=at)
        row.profile, row.minutes_a_week = profile, minutes_a_week
        db.add(row)

    store.transact(db, keep)


def erase(db: Session, person: PersonId) -> int:
    """Delete every row that is kept about a person and return how many there were."""
    gone = 0
    for table in reversed(list(queries.personal_tables())):
        gone += db.connection().execute(delete(table).where(table.c.person_id == person)).rowcount
    db.commit()
    db.expunge_all()
    if db.get_bind().dialect.name == "sqlite":
        # Erased words would stay readable in the write-ahead log until it is reused.
        db.connection().exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        db.rollback()
    return gone
