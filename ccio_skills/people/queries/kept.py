"""Read who somebody is and everything that is kept about them. The person comes first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table as SqlTable
from sqlalchemy import or_, select
from sqlmodel import Session, col

from ccio_skills.people.tables import AccountRow, PersonRow
from ccio_skills.store import Table
from ccio_skills.vocabulary import PersonId, Slug

_SECRET = frozenset({"key", "fingerprint", "hash", "previous"})


@dataclass(frozen=True, slots=True)
class Settings:
    """The two answers of the first visit."""

    profile: Slug
    minutes_a_week: int


@dataclass(frozen=True, slots=True)
class Account:
    """What a person is called here."""

    name: str
    email: str
    created_at: datetime


def my_account(db: Session, person: PersonId) -> Account | None:
    """Return the person's account, or ``None`` on a personal installation."""
    query = select(col(AccountRow.name), col(AccountRow.email), col(AccountRow.created_at))
    row = db.execute(query.where(col(AccountRow.person_id) == person)).first()
    return Account(row.name, row.email, row.created_at) if row else None


def settings(db: Session, person: PersonId) -> Settings | None:
    """Return the person's role and weekly minutes, or ``None`` before the first visit is done."""
    query = select(col(PersonRow.profile), col(PersonRow.minutes_a_week))
    row = db.execute(query.where(col(PersonRow.person_id) == person)).first()
    return Settings(row.profile, row.minutes_a_week) if row and row.profile is not None else None


def everything(db: Session, person: PersonId) -> dict[str, list[dict[str, Any]]]:
    """Return every row that is kept about a person, by table.

    Reads the tables themselves, so a table added later cannot be forgotten.
    """
    kept: dict[str, list[dict[str, Any]]] = {}
    for table in personal_tables():
        rows = db.execute(select(table).where(table.c.person_id == person)).mappings()
        kept[table.name] = [{name: _plain(value) for name, value in row.items()} for row in rows]
    return kept


def personal_tables() -> Iterator[SqlTable]:
    """Yield every table of a person's own answers, parents before children.

    They are exported, brought in and erased. Roles, sign-ins and the like are not among them:
    nobody may bring those in with a file.
    """
    return (table for table in Table.metadata.sorted_tables if "again" in table.info)


def tables_that_go() -> Iterator[SqlTable]:
    """Yield every table that is not a person's answers, but whose rows go with their account."""
    tables = reversed(Table.metadata.sorted_tables)
    return (table for table in tables if table.info["goes"] and "again" not in table.info)


def account(db: Session, person: PersonId) -> dict[str, list[dict[str, Any]]]:
    """Return what is kept about a person besides their answers: account, sign-ins, roles, record.

    For the person to see and take. The keys of sign-ins and of links are left out: whoever had
    them would have the sign-in.
    """
    told: dict[str, list[dict[str, Any]]] = {}
    for table in Table.metadata.sorted_tables:
        named = [table.c[one] == person for one in table.info["people"]]
        if "again" in table.info or not named:
            continue
        columns = [one for one in table.c if one.name not in _SECRET]
        rows = db.execute(select(*columns).where(or_(*named))).mappings()
        told[table.name] = [{name: _plain(value) for name, value in row.items()} for row in rows]
    return told


def unused_accounts(db: Session, *, since: datetime) -> tuple[PersonId, ...]:
    """Return the accounts without a sign-in since a moment: for tidying."""
    query = select(col(AccountRow.person_id)).where(
        col(AccountRow.signed_in_at) < since, col(AccountRow.deleted_at).is_(None)
    )
    return tuple(PersonId(number) for number in db.execute(query).scalars())


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever the database keeps
    return value.isoformat() if isinstance(value, datetime) else value
