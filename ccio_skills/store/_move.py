"""Copy every row of one store into another, so that it can be stopped and gone on with."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, Row, Table, func, insert, select, text

_OF_EACH = ("alembic_version", "store_receipt")
"""Tables that a store has for itself."""
_BATCH = 1000
"""Rows that are kept together: what a stop in the middle costs at most."""

Progress = Callable[[str, int, int], None]
"""Called with (table, rows done, rows in all)."""


class MoveError(RuntimeError):
    """The rows cannot be moved; the message says why and what to do. The source is as it was."""


def move(
    source: Engine, target: Engine, tables: MetaData, *, progress: Progress | None = None
) -> dict[str, int]:
    """Copy all rows, check that both stores hold the same, and return how many rows each table has.

    Both stores are in today's shape. A move that was stopped is gone on with: rows that are in the
    target already are left alone, if they are the same.

    Raises:
        MoveError: The target holds rows that the source does not, or differs in the end.
    """
    ordered = [one for one in tables.sorted_tables if one.name not in _OF_EACH]
    with source.connect() as here:
        with target.connect() as there:
            _refuse_strangers(here, there, ordered)
        for table in ordered:
            _copy(here, target, table, progress)
        with target.begin() as there:
            for table in ordered:
                _set_next_number(there, table)
        with target.connect() as there:
            return {table.name: _compare(here, there, table) for table in ordered}


def _refuse_strangers(here: Connection, there: Connection, tables: list[Table]) -> None:
    for table in tables:
        known = (
            {_key(table, row): row for row in _rows(here, table)} if _count(there, table) else {}
        )
        for row in _rows(there, table):
            if known.get(_key(table, row)) != row:
                raise MoveError(
                    f"The target holds rows of its own in {table.name}: nothing was moved. "
                    "Name an empty database, or the one that a stopped move began to fill."
                )


def _copy(here: Connection, target: Engine, table: Table, progress: Progress | None) -> None:
    with target.connect() as there:
        known = {_key(table, row) for row in _rows(there, table)}
    total, done = _count(here, table), len(known)
    batch: list[dict[str, Any]] = []

    def keep() -> None:
        if batch:
            with target.begin() as writing:
                writing.execute(insert(table), batch)
        if progress:
            progress(table.name, done, total)

    for row in _rows(here, table):
        if _key(table, row) in known:
            continue
        batch.append(dict(row._mapping))
        done += 1
        if len(batch) == _BATCH:
            keep()
            batch.clear()
    keep()


def _compare(here: Connection, there: Connection, table: Table) -> int:
    count = _count(here, table)
    if count != _count(there, table) or _sum(here, table) != _sum(there, table):
        raise MoveError(
            f"{table.name} differs in the two stores after the move. "
            "Empty the target and move again; go on working with the source until then."
        )
    return count


def _sum(connection: Connection, table: Table) -> str:
    """Return the SHA-256 of all rows in the order of their keys."""
    sum_ = hashlib.sha256()
    # Ordered here: two databases may order the same words differently.
    for row in sorted((_key(table, row), tuple(row)) for row in _rows(connection, table)):
        sum_.update(repr(row).encode())
    return sum_.hexdigest()


def _set_next_number(there: Connection, table: Table) -> None:
    # Rows came with their numbers, so the counter of the next one still stands at the start.
    column = table.autoincrement_column
    if there.dialect.name != "postgresql" or column is None:
        return
    highest = there.execute(select(func.max(column))).scalar()
    if highest is not None:
        setting = text("SELECT setval(pg_get_serial_sequence(:table, :column), :highest)")
        values = {"table": f'"{table.name}"', "column": column.name, "highest": highest}
        if column.default is None and column.identity is None:
            there.execute(setting, values)


def _rows(connection: Connection, table: Table) -> Iterator[Row[Any]]:
    query = select(table).order_by(*table.primary_key.columns)
    yield from connection.execution_options(yield_per=_BATCH).execute(query)


def _count(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def _key(table: Table, row: Row[Any]) -> tuple[Any, ...]:
    return tuple(row._mapping[column] for column in table.primary_key.columns)
