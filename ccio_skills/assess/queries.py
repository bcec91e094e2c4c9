"""Read ratings. Every function asks for a person first, so nobody reads by accident."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from ccio_skills.assess.rules.ratings import Rating
from ccio_skills.assess.tables import RatingRow, SittingRow
from ccio_skills.vocabulary import Confidence, Importance, Level, PersonId, Slug

Ratings = Mapping[Slug, Rating]

QUIET = timedelta(hours=12)
"""A sitting ends after this long without an answer."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """The stretch of rating that is open now."""

    id: int
    is_quick: bool
    started_at: datetime
    answers: Mapping[Slug, Rating]
    """What was answered in it, by skill, oldest answer first."""


def current_ratings(
    db: Session,
    person: PersonId,
    *,
    until: datetime | None = None,
    without: Sitting | None = None,
) -> dict[Slug, Rating]:
    """Return the newest rating of each skill.

    Args:
        db: An open session.
        person: Whose ratings.
        until: As they stood at this moment; ``None`` means now.
        without: A sitting whose answers are left out.
    """
    known: dict[Slug, dict[int, RatingRow]] = {}
    for row in _rows(db, person):
        is_in_time = until is None or row.rated_at <= until
        if is_in_time and (without is None or row.sitting_id != without.id):
            known.setdefault(row.skill, {})[row.sitting_id] = row
    newest = {skill: _newest(list(rows.values())) for skill, rows in known.items()}
    return {skill: _rating(row) for skill, row in newest.items() if row is not None}


def history(db: Session, person: PersonId) -> tuple[Rating, ...]:
    """Return one rating for each skill and sitting, oldest first: the last answer given in it."""
    last: dict[tuple[int, Slug], RatingRow] = {}
    for row in _rows(db, person):
        last[row.sitting_id, row.skill] = row
    kept = [row for row in last.values() if row.state != "cleared"]
    return tuple(_rating(row) for row in sorted(kept, key=lambda row: (row.rated_at, row.id or 0)))


def every_answer(db: Session, person: PersonId) -> frozenset[Rating]:
    """Return every answer ever given, those that a later one of the same sitting replaced too."""
    return frozenset(_rating(row) for row in _rows(db, person) if row.state != "cleared")


def open_sitting(db: Session, person: PersonId, *, now: datetime) -> Sitting | None:
    """Return the sitting that is open at ``now``, with its answers."""
    row = db.exec(
        select(SittingRow).where(SittingRow.person_id == person, col(SittingRow.ended_at).is_(None))
    ).first()
    if row is None or row.id is None or now - row.last_answer_at > QUIET:
        return None
    answers: dict[Slug, RatingRow] = {}
    for one in _rows(db, person):
        if one.sitting_id == row.id:
            answers.pop(one.skill, None)
            answers[one.skill] = one
    given = {skill: _rating(one) for skill, one in answers.items() if one.state != "cleared"}
    return Sitting(row.id, row.is_quick, row.started_at, given)


def _rows(db: Session, person: PersonId) -> Iterator[RatingRow]:
    # By id: the order in which answers were stored, whatever a clock said.
    query = select(RatingRow).where(RatingRow.person_id == person).order_by(col(RatingRow.id))
    return iter(db.exec(query))


def _newest(rows: list[RatingRow]) -> RatingRow | None:
    """Pick the newest answer among the last rows of each sitting; an undone one gives way."""
    kept = [row for row in rows if row.state != "cleared"]
    return max(kept, key=lambda row: (row.rated_at, row.id or 0)) if kept else None


def _rating(row: RatingRow) -> Rating:
    return Rating(
        row.skill,
        level=None if row.level is None else Level(row.level),
        rated_at=row.rated_at,
        confidence=Confidence(row.confidence) if row.confidence else None,
        importance=Importance(row.importance) if row.importance else None,
        evidence=row.evidence,
        evidence_link=row.evidence_link,
    )
