"""The append-only list of what was published: each row holds the hash of the one before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

BEGINNING = "0" * 64
"""What stands in place of a hash before the first row."""


class AlteredError(ValueError):
    """A row of the ledger is not what was written; ``number`` names the first such row."""

    def __init__(self, number: int, what: str) -> None:
        self.number = number
        super().__init__(f"Row {number} of the ledger {what}.")


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    Attributes:
        number: Counts from 1, without gaps.
        previous: Hash of the row before, or ``BEGINNING``.
        payload: What is published, as canonical JSON.
        hash: SHA-256 of the other three, in hexadecimal.
    """

    number: int
    previous: str
    payload: str
    hash: str


def canonical(payload: Mapping[str, object]) -> str:
    """Return the one way in which a payload is written."""
    return json.dumps(
        payload, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    )


def append(payloads: Iterable[Mapping[str, object]], *, after: Row | None) -> tuple[Row, ...]:
    """Return the rows that these payloads become.

    Args:
        payloads: In the order in which they are published.
        after: The newest row that there is; ``None`` begins a ledger.
    """
    rows: list[Row] = []
    for payload in payloads:
        last = rows[-1] if rows else after
        number, previous = (last.number + 1, last.hash) if last else (1, BEGINNING)
        text = canonical(payload)
        rows.append(Row(number, previous, text, _hash(number, previous, text)))
    return tuple(rows)


def verify(rows: Iterable[Row]) -> Row | None:
    """Check a whole ledger.

    Args:
        rows: All rows, in order.

    Returns:
        The newest row. Whoever keeps its hash can tell later that nothing before it was changed.

    Raises:
        AlteredError: Names the first row that was altered, is missing, or stands elsewhere.
    """
    last: Row | None = None
    for row in rows:
        number, previous = (last.number + 1, last.hash) if last else (1, BEGINNING)
        if row.number != number:
            raise AlteredError(number, f"is missing: row {row.number} stands in its place")
        check(row)
        if row.previous != previous:
            raise AlteredError(number, "does not follow from the row before it")
        last = row
    return last


def check(row: Row) -> None:
    """Check one row by itself.

    Raises:
        AlteredError: Its hash is not that of what it says.
    """
    if row.hash != _hash(row.number, row.previous, row.payload):
        raise AlteredError(row.number, "is not what was written")


def _hash(number: int, previous: str, payload: str) -> str:
    return hashlib.sha256(f"{number}\n{previous}\n{payload}".encode()).hexdigest()
