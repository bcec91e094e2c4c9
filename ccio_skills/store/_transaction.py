"""One command, one transaction."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

T = TypeVar("T")


def transact(db: Session, work: Callable[[], T], *, tries: int = 2) -> T:
    """Do ``work``, commit it and return what it returns; do it again when another tab was first.

    Two tabs may both find that a row is missing and both add it. The second fails, and finds the
    row when it looks again.

    Args:
        db: An open session.
        work: Reads and changes; called once for each try.
        tries: How often in all.

    Raises:
        IntegrityError: The last try failed too.
    """
    for left in reversed(range(tries)):
        try:
            done = work()
            db.commit()
            return done
        except IntegrityError:
            db.rollback()
            if not left:
                raise
        except Exception:
            # Whoever waits for what this held need not wait until the refusal is drawn.
            db.rollback()
            raise
    raise ValueError(f"tries={tries}")
