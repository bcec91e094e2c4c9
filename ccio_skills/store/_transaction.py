"""One command, one transaction."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session


def transact(db: Session, work: Callable[[], None]) -> None:
    """Do ``work`` and commit it; do it once more when another tab was first.

    Two tabs may both find that a row is missing and both add it. The second fails, and finds the
    row when it looks again.
    """
    try:
        work()
        db.commit()
    except IntegrityError:
        db.rollback()
        work()
        db.commit()
