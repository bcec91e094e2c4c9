"""One command, one transaction, tried again when something passing was in the way."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlmodel import Session

T = TypeVar("T")

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
    number: str | None = None
    began: float | None = None
    done: list[T] = []
    waits = iter(_WAITS)
    while True:
        try:
            if number and _was_kept(db, number):
                return done[-1]
            done.append(work())
            db.flush()
            number = _number(db)
            db.commit()
        except IntegrityError:
            db.rollback()
            tries, number = tries - 1, None
            if tries < 1:
                raise
        except (DBAPIError, PoolTimeoutError) as error:
            db.rollback()
            began = began or time.monotonic()
            wait = next(waits, None)
            if wait is None or time.monotonic() - began > _LONGEST or not is_away(error):
                raise
            time.sleep(wait)
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


def _number(db: Session) -> str | None:
    """Return the number by which PostgreSQL knows this transaction, if it has written anything."""
    if db.get_bind().dialect.name != "postgresql":
        return None
    return db.connection().execute(text("SELECT pg_current_xact_id_if_assigned()::text")).scalar()


def _was_kept(db: Session, number: str) -> bool:
    query = text("SELECT pg_xact_status(CAST(:number AS xid8))")
    return db.connection().execute(query, {"number": number}).scalar() == "committed"
