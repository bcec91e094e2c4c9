"""Change what is a person's own: role and minutes, what an export brings, or erase it all."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from sqlalchemy import Table as SqlTable
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from ccio_skills import store
from ccio_skills.people import queries, rules
from ccio_skills.people.commands.record import record
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


def bring_in(db: Session, person: PersonId, unpacked: rules.Unpacked) -> Counter[queries.News]:
    """Add to the store what an export holds and the store does not: all of it, or nothing.

    Rows that are here already stay as they are, so that a second time doubles nothing; of a place
    in a module and of a decision the newer one stays. An empty text never replaces a written one.

    Returns:
        How many rows were new, newer, known.

    Raises:
        ArchiveError: A row does not fit; the store is as it was.
    """

    def keep() -> Counter[queries.News]:
        return _bring_in(db, person, unpacked)

    try:
        return store.transact(db, keep)
    except IntegrityError as error:
        raise rules.ArchiveError(f"A row does not fit into the store: {error.orig}") from error


def _bring_in(db: Session, person: PersonId, unpacked: rules.Unpacked) -> Counter[queries.News]:
    numbers: dict[tuple[str, int], int] = {}
    counts: Counter[queries.News] = Counter()
    for one in queries.compare(db, person, unpacked):
        counts[one.news] += 1
        if one.news is queries.News.NEW:
            _add(db, person, one, numbers)
        elif one.here and "id" in one.here and one.number is not None:
            numbers[one.table.name, one.number] = one.here["id"]
        if one.news is queries.News.NEWER and one.here:
            _replace(db, person, one)
    return counts


def _add(
    db: Session, person: PersonId, one: queries.Arrival, numbers: dict[tuple[str, int], int]
) -> None:
    values = dict(one.values)
    for column in one.table.c:
        for key in column.foreign_keys:
            values[column.name] = numbers[key.column.table.name, values[column.name]]
    if ends := one.table.info["ends"]:
        column, moment = ends
        if values[column] is None and _is_any_open(db, person, one.table, column):
            values[column] = values[moment]
    added = db.connection().execute(insert(one.table).values(person_id=person, **values))
    if one.number is not None and added.inserted_primary_key:
        numbers[one.table.name, one.number] = added.inserted_primary_key[0]


def _replace(db: Session, person: PersonId, one: queries.Arrival) -> None:
    table = one.table
    written = {name: value for name, value in one.values.items() if value != ""}
    same = [table.c[name] == one.values[name] for name in table.info["again"]]
    db.connection().execute(
        update(table).where(table.c.person_id == person, *same).values(**written)
    )


def _is_any_open(db: Session, person: PersonId, table: SqlTable, column: str) -> bool:
    query = select(table.c.person_id).where(table.c.person_id == person, table.c[column].is_(None))
    return db.connection().execute(query).first() is not None


def export(db: Session, person: PersonId, *, at: datetime) -> dict[str, list[dict[str, Any]]]:
    """Return everything that is kept about a person, and put on record that it was taken."""

    def take() -> dict[str, list[dict[str, Any]]]:
        kept = queries.everything(db, person)
        _put_on_record(db, person, rules.Event.EXPORTED, at)
        return kept

    return store.transact(db, take)


def erase(db: Session, person: PersonId, *, at: datetime) -> int:
    """Delete every answer of a person and return how many rows there were; their account stays."""

    def delete_all() -> int:
        gone = delete_answers(db, person)
        _put_on_record(db, person, rules.Event.ERASED, at)
        return gone

    gone = store.transact(db, delete_all)
    db.expunge_all()
    wipe(db)
    return gone


def delete_answers(db: Session, person: PersonId) -> int:
    """Delete every answer of a person and return how many rows there were; commits nothing."""
    gone = 0
    for table in reversed(list(queries.personal_tables())):
        rows = delete(table).where(table.c.person_id == person)
        gone += db.connection().execute(rows).rowcount
    return gone


def wipe(db: Session) -> None:
    """Take erased words out of SQLite's write-ahead log, where they could be read until reused."""
    if db.get_bind().dialect.name == "sqlite":
        db.connection().exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        db.rollback()


def _put_on_record(db: Session, person: PersonId, event: rules.Event, at: datetime) -> None:
    """Record what somebody with an account did; on a personal installation there is no record."""
    if queries.person(db, person) is not None:
        record(db, event, actor=person, at=at)
