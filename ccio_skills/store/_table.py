"""The base of all tables, and the one column type of our own."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import DateTime, Dialect, MetaData, TypeDecorator
from sqlmodel import SQLModel

_NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Table(SQLModel):
    """Base of all tables: one metadata, with a name for every constraint.

    SQLite can only change a constraint that has a name, so the names must exist before the
    first table does; inheriting them here makes the order of imports irrelevant.
    """

    metadata: ClassVar[MetaData] = MetaData(naming_convention=_NAMES)


def arrives(
    title: str,
    *,
    again: tuple[str, ...],
    newer: str | None = None,
    ends: tuple[str, str] | None = None,
) -> dict[str, Any]:
    """Say how rows of a person's table are recognised when an export is brought in.

    The last of ``__table_args__``.

    Args:
        title: What the rows are, in words for the person.
        again: Columns that, with the person, tell a row from every other; a row that has all of
            them is here already.
        newer: Moment by which a row that is here already may be replaced by a newer one.
        ends: (column, moment): a row that is open, the first column empty, ends at that moment
            where another one is open here.
    """
    whose = {"people": ("person_id",), "goes": True}
    return {"info": {"title": title, "again": again, "newer": newer, "ends": ends, **whose}}


def kept(
    title: str, *, people: tuple[str, ...] = (), goes: bool = False, is_answer: bool = False
) -> dict[str, Any]:
    """Say what rows have to do with people, where they are not a person's own answers.

    The last of ``__table_args__``. Such rows are never brought in from an export: a role or a
    consent that comes in a file would be worth nothing.

    Args:
        title: What the rows are, in words for the person.
        people: Columns that name a person, whom the rows concern first.
        goes: Whether the rows of the person named first go with their account.
        is_answer: Whether they go as soon as the person erases their answers.
    """
    told = {"title": title, "people": people, "goes": goes, "is_answer": is_answer}
    return {"info": told}


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC. Refuses naive values; SQLite would silently drop the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store in UTC."""
        if value is not None and value.tzinfo is None:
            raise ValueError(f"naive datetime: {value!r}")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back an aware datetime, whatever the database kept."""
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
