"""What an export would bring: what is new, what is newer than here, what is here already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Boolean, Column, Integer, select
from sqlalchemy import Table as SqlTable
from sqlmodel import Session

from ccio_skills.people import rules
from ccio_skills.people.queries.kept import personal_tables
from ccio_skills.store import UtcDateTime
from ccio_skills.vocabulary import PersonId

_SHOWN = 100
"""Faults shown; the total is always given."""
_LARGEST_NUMBER = 2**31 - 1
_YEARS = range(2000, 2100)
_WORDS = {"new": "new", "newer": "newer than here", "known": "here already"}
_KINDS = ((Boolean, bool), (Integer, int))
_KIND_NAMES = {bool: "yes or no", int: "whole number", str: "text"}


class News(StrEnum):
    """What a row of an export is to the store."""

    NEW = "new"
    NEWER = "newer"
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class Arrival:
    """One row of an export.

    Attributes:
        table: Where it belongs.
        values: Its columns, without its number and its person. A column that names a row of
            another table still holds the number which that row had where it comes from.
        number: The number it had there; ``None`` for rows without one.
        news: What it is to the store here.
        here: The row that is here already, with its number.
    """

    table: SqlTable
    values: Mapping[str, Any]
    number: int | None
    news: News
    here: Mapping[str, Any] | None = None


def compare(db: Session, person: PersonId, unpacked: rules.Unpacked) -> tuple[Arrival, ...]:
    """Compare an export with what is kept about a person here; changes nothing.

    Args:
        db: An open session.
        person: Who wants to bring it in; the export's own person number counts for nothing.
        unpacked: The export.

    Returns:
        One arrival for each row, parents before children, each table in its own order.

    Raises:
        ArchiveError: A row does not fit; all faults are named.
    """
    tables = {table.name: table for table in personal_tables()}
    faults = [f"{name}: no such table here" for name in unpacked.tables if name not in tables]
    arrivals: list[Arrival] = []
    numbers: dict[tuple[str, int], Any] = {}
    for name, table in tables.items():
        rows = list(_typed(table, unpacked.tables.get(name, ()), numbers, faults))
        arrivals += _classify(db, person, table, rows, numbers)
    if faults:
        more = [f"... and {len(faults) - _SHOWN} more"] if len(faults) > _SHOWN else []
        raise rules.ArchiveError("\n".join([*faults[:_SHOWN], *more]))
    return tuple(arrivals)


def summarise(arrivals: Iterable[Arrival]) -> tuple[tuple[str, str], ...]:
    """Return ("ratings", "40 new, 5 here already") for each table that an export has rows of."""
    counts: dict[str, Counter[str]] = {}
    for one in arrivals:
        counts.setdefault(one.table.info["title"], Counter())[one.news] += 1
    return tuple(
        (title, ", ".join(f"{news[kind]} {words}" for kind, words in _WORDS.items() if news[kind]))
        for title, news in counts.items()
    )


def _classify(
    db: Session,
    person: PersonId,
    table: SqlTable,
    rows: list[dict[str, Any]],
    numbers: dict[tuple[str, int], Any],
) -> Iterator[Arrival]:
    """Tell new rows from known ones; fill ``numbers``: (table, number there) to number here."""
    again, newer = table.info["again"], table.info["newer"]
    mine = db.execute(select(table).where(table.c.person_id == person)).mappings()
    here = {tuple(row[name] for name in again): dict(row) for row in mine}
    for row in rows:
        number = row.pop("id", None)
        key = tuple(_here(table.c[name], row[name], numbers) for name in again)
        found = here.get(key)
        if number is not None:
            # A row that will be added has no number here yet: its own stands for it, marked.
            numbers[table.name, number] = found["id"] if found else ("new", number)
        news = News.KNOWN if found else News.NEW
        if found and newer and _is_after(row[newer], found[newer]):
            news = News.NEWER
        here.setdefault(key, {**row, "id": ("new", number)})
        yield Arrival(table, row, number, news, found)


def _is_after(one: datetime | None, other: datetime | None) -> bool:
    """Say whether a moment is later; one that an earlier version did not keep is before all."""
    return one is not None and (other is None or one > other)


def _here(column: Column[Any], value: Any, numbers: Mapping[tuple[str, int], Any]) -> Any:  # noqa: ANN401
    for key in column.foreign_keys:
        return numbers.get((key.column.table.name, value))
    return value


def _typed(
    table: SqlTable,
    rows: Iterable[Mapping[str, Any]],
    numbers: Mapping[tuple[str, int], Any],
    faults: list[str],
) -> Iterator[dict[str, Any]]:
    """Yield rows with the values that the columns need; note what does not fit."""
    for place, row in enumerate(rows, start=1):
        found = [f"unknown column '{name}'" for name in row if name not in table.c]
        values: dict[str, Any] = {}
        for column in table.c:
            if column.name == "person_id":
                continue
            try:
                values[column.name] = value = _value(column, row.get(column.name))
                if any(
                    (key.column.table.name, value) not in numbers for key in column.foreign_keys
                ):
                    raise ValueError(f"no row {value}")
            except (ValueError, TypeError) as error:
                found.append(f"{column.name}: {error}")
        faults += [f"{table.name}, row {place}: {what}" for what in found]
        if not found:
            yield values


def _value(column: Column[Any], value: Any) -> Any:  # noqa: ANN401 - whatever the file holds
    if value is None:
        if not column.nullable:
            raise ValueError("is missing")
        return None
    if isinstance(column.type, UtcDateTime):
        return _moment(value)
    wanted = next((kind for sql, kind in _KINDS if isinstance(column.type, sql)), str)
    # Python takes true for a number; a column does not.
    if type(value) is not wanted:
        raise TypeError(f"{value!r:.40} is no {_KIND_NAMES[wanted]}")
    longest = getattr(column.type, "length", None)
    if isinstance(value, str) and longest and len(value) > longest:
        raise ValueError(f"{len(value)} characters; at most {longest}")
    if isinstance(value, str) and _is_unprintable(value):
        raise ValueError("holds a sign that no text has")
    if isinstance(value, int) and abs(value) > _LARGEST_NUMBER:
        raise ValueError(f"{value} is too large")
    return value


def _moment(value: str) -> datetime:
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError(f"{value} names no time zone")
    # Near the ends of the calendar no page could add a day.
    if moment.year not in _YEARS:
        raise ValueError(f"{value} is not in this century")
    return moment


def _is_unprintable(text: str) -> bool:
    """Say whether a text holds what no database takes: a zero byte, or half a character."""
    return "\0" in text or any("\ud800" <= sign <= "\udfff" for sign in text)
