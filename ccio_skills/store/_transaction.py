"""One command, one transaction, tried again when something passing was in the way."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlmodel import Field, Session, col

from ccio_skills.store._table import Table, UtcDateTime, kept

T = TypeVar("T")


class ReceiptRow(Table, table=True):
    """That a transaction was kept. A server that crashed may use a transaction's number again."""

    __tablename__ = "store_receipt"
    __table_args__ = (kept("receipts of what was saved, kept for a day"),)

    receipt: str = Field(primary_key=True, max_length=32)
    kept_at: datetime = Field(sa_type=UtcDateTime, index=True)


_LEAVE = text("""
WITH old AS (
    SELECT receipt FROM store_receipt WHERE kept_at < now() - interval '1 day'
    LIMIT 2 FOR UPDATE SKIP LOCKED
), gone AS (
    DELETE FROM store_receipt USING old WHERE store_receipt.receipt = old.receipt
)
INSERT INTO store_receipt (receipt, kept_at) VALUES (:receipt, now())
""")

_WAITS = (0.05, 0.25, 0.7, 1.5, 2.5, 4.0)
"""Seconds before each further try: nine in all, for that is how long a person waits."""
_LONGEST = sum(_WAITS)
"""A server that lets each try wait too gets fewer of them."""

_PASSING = frozenset({"40001", "40P01", "57P01", "57P02", "57P03", "53300", None})
"""SQLSTATEs: not serialisable, deadlock, server stops, crashed, starts, has no connection left;
none without a server."""


def transact(db: Session, work: Callable[[], T], *, tries: int = 2) -> T:
    """Do ``work``, commit it, return what it returns; do it again when it could not be kept.

    Two tabs may both find that a row is missing and both add it. The second fails, and finds the
    row when it looks again. A server of the shared store may stop at any moment, also between a
    commit and its answer: then it is asked, when it is back, whether it kept the transaction.

    Args:
        db: An open session; committed here.
        work: What to do; it looks everything up afresh, so that it can be done a second time.
        tries: How often in all when another tab was first.

    Raises:
        IntegrityError: The last try failed too.
        DBAPIError: The store did not come back in time, or has another fault.
        PoolTimeoutError: Every connection to it was in use for as long.
    """
    receipt: str | None = None
    began: float | None = None
    done: list[T] = []
    waits = iter(_WAITS)
    while True:
        try:
            if receipt and _was_kept(db, receipt):
                return done[-1]
            done.append(work())
            receipt = _leave_receipt(db)
            db.commit()
        except IntegrityError:
            db.rollback()
            tries, receipt = tries - 1, None
            if tries < 1:
                raise
        except (DBAPIError, PoolTimeoutError) as error:
            db.rollback()
            began = began or time.monotonic()
            wait = next(waits, None)
            if wait is None or time.monotonic() - began > _LONGEST or not is_away(error):
                raise
            time.sleep(wait)
        except Exception:
            # Whoever waits for what this held need not wait until the refusal is drawn.
            db.rollback()
            raise
        else:
            return done[-1]


def is_away(error: BaseException) -> bool:
    """Say whether a store does not answer now, or every connection is in use, and may soon."""
    if isinstance(error, PoolTimeoutError):
        return True
    # SQLite waits by itself (busy_timeout), and its other faults do not go away.
    if not isinstance(error, OperationalError):
        return False
    return getattr(error.orig, "sqlstate", "of SQLite") in _PASSING


def _leave_receipt(db: Session) -> str | None:
    """Write into the transaction a word by which it is found again; two old ones go for it."""
    if db.get_bind().dialect.name != "postgresql":
        return None
    receipt = secrets.token_hex(16)
    db.connection().execute(_LEAVE, {"receipt": receipt})
    return receipt


def _was_kept(db: Session, receipt: str) -> bool:
    found = select(col(ReceiptRow.receipt)).where(col(ReceiptRow.receipt) == receipt)
    return db.connection().execute(found).first() is not None
