"""Where a collection stands: its dates say when answers are taken, its closing ends it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from ccio_skills import wording


class CollectionError(ValueError):
    """A collection does not allow this now; the message says why and what to do."""


class Stage(StrEnum):
    """How far a collection is."""

    PLANNED = "planned"
    """Nothing is locked yet."""
    WAITING = "waiting"
    """Locked; its first day has not come."""
    OPEN = "open"
    ENDED = "ended"
    """Its last moment is over; nothing is published yet."""
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Dates:
    """The moments of a collection, aware.

    Attributes:
        opens_at, closes_at: As planned.
        opened_at: When it was locked.
        closed_at: When it was published.
    """

    opens_at: datetime
    closes_at: datetime
    opened_at: datetime | None = None
    closed_at: datetime | None = None

    @property
    def last_day(self) -> date:
        """Return the day in which it ends."""
        return (self.closes_at - timedelta(microseconds=1)).date()


def stage(dates: Dates, *, now: datetime) -> Stage:
    """Return how far a collection is. Closed stays closed, whatever a clock says later."""
    if dates.closed_at is not None:
        return Stage.CLOSED
    if dates.opened_at is None:
        return Stage.PLANNED
    if now >= dates.closes_at:
        return Stage.ENDED
    return Stage.OPEN if now >= dates.opens_at else Stage.WAITING


def check_open(dates: Dates, *, now: datetime) -> None:
    """Say no unless answers are taken now.

    Raises:
        CollectionError: It has not begun, or it is over.
    """
    found = stage(dates, now=now)
    if found in (Stage.PLANNED, Stage.WAITING):
        raise CollectionError(
            f"This collection opens on {wording.day(dates.opens_at)}. Nothing was sent."
        )
    if found is not Stage.OPEN:
        raise CollectionError(
            f"This collection ended on {wording.day(dates.closed_at or dates.closes_at)}. "
            "Nothing was changed; what you rated is still yours."
        )


def check_plan(*, opens_at: datetime, closes_at: datetime, now: datetime) -> None:
    """Say no to dates between which nobody could answer.

    Raises:
        CollectionError: It would end before it begins, or has ended already.
    """
    if closes_at <= opens_at:
        raise CollectionError("The last day must come after the first. Choose a later last day.")
    if closes_at <= now:
        raise CollectionError("The last day is over already. Choose one that is still to come.")
