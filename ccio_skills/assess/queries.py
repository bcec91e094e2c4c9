"""Read ratings. Every function asks for a person first, so nobody reads by accident."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Executable, Row, bindparam, func, select
from sqlmodel import Session, col

from ccio_skills.assess.rules.ratings import Rating
from ccio_skills.assess.tables import RatingRow, SittingRow
from ccio_skills.vocabulary import Confidence, Importance, Level, PersonId, Slug

Ratings = Mapping[Slug, Rating]

# Columns, not rows of the class: a page reads hundreds, and objects cost four times as much.
_COLUMNS = (
    col(RatingRow.id),
    col(RatingRow.sitting_id),
    col(RatingRow.skill),
    col(RatingRow.state),
    col(RatingRow.level),
    col(RatingRow.confidence),
    col(RatingRow.importance),
    col(RatingRow.evidence),
    col(RatingRow.evidence_link),
    col(RatingRow.rated_at),
)

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
    query = _standing(is_until=until is not None, is_without=without is not None)
    asked = {"person": person, "until": until, "without": without.id if without else None}
    return {row.skill: _rating(row) for row in db.execute(query, asked)}


@functools.cache
def _standing(*, is_until: bool, is_without: bool) -> Executable:
    """Build the question for the newest ratings once; building it costs as much as asking it."""
    given = select(func.max(RatingRow.id).label("id")).where(
        col(RatingRow.person_id) == bindparam("person")
    )
    if is_until:
        given = given.where(col(RatingRow.rated_at) <= bindparam("until"))
    if is_without:
        given = given.where(col(RatingRow.sitting_id) != bindparam("without"))
    last = given.group_by(col(RatingRow.skill), col(RatingRow.sitting_id)).subquery()
    place = func.row_number().over(
        partition_by=col(RatingRow.skill),
        order_by=[col(RatingRow.rated_at).desc(), col(RatingRow.id).desc()],
    )
    # An undone answer gives way to those of earlier sittings.
    standing = (
        select(col(RatingRow.id), place.label("place"))
        .join(last, col(RatingRow.id) == last.c.id)
        .where(col(RatingRow.state) != "cleared")
        .subquery()
    )
    newest = select(*_COLUMNS).join(standing, col(RatingRow.id) == standing.c.id)
    return newest.where(standing.c.place == 1).order_by(col(RatingRow.id))


def history(db: Session, person: PersonId) -> tuple[Rating, ...]:
    """Return one rating for each skill and sitting, oldest first: the last answer given in it."""
    last: dict[tuple[int, Slug], Row[Any]] = {}
    for row in _rows(db, person):
        last[row.sitting_id, row.skill] = row
    kept = [row for row in last.values() if row.state != "cleared"]
    return tuple(_rating(row) for row in sorted(kept, key=lambda row: (row.rated_at, row.id)))


def every_answer(db: Session, person: PersonId) -> frozenset[Rating]:
    """Return every answer ever given, those that a later one of the same sitting replaced too."""
    return frozenset(_rating(row) for row in _rows(db, person) if row.state != "cleared")


def open_sitting(db: Session, person: PersonId, *, now: datetime) -> Sitting | None:
    """Return the sitting that is open at ``now``, with its answers."""
    row = db.execute(_open_one(), {"person": person}).first()
    if row is None or now - row.last_answer_at > QUIET:
        return None
    answers = db.execute(_last_in_sitting(), {"person": person, "sitting": row.id})
    given = {one.skill: _rating(one) for one in answers}
    return Sitting(row.id, row.is_quick, row.started_at, given)


@functools.cache
def _open_one() -> Executable:
    columns = (SittingRow.id, SittingRow.is_quick, SittingRow.started_at, SittingRow.last_answer_at)
    return select(*(col(one) for one in columns)).where(
        col(SittingRow.person_id) == bindparam("person"), col(SittingRow.ended_at).is_(None)
    )


@functools.cache
def _last_in_sitting() -> Executable:
    """Build the question for the last answer to each skill: somebody may change one often."""
    last = (
        select(func.max(RatingRow.id))
        .where(
            col(RatingRow.person_id) == bindparam("person"),
            col(RatingRow.sitting_id) == bindparam("sitting"),
        )
        .group_by(col(RatingRow.skill))
    )
    answers = select(*_COLUMNS).where(col(RatingRow.id).in_(last))
    return answers.where(col(RatingRow.state) != "cleared").order_by(col(RatingRow.id))


def _rows(db: Session, person: PersonId) -> Iterable[Row[Any]]:
    # By id: the order in which answers were stored, whatever a clock said.
    query = select(*_COLUMNS).where(col(RatingRow.person_id) == person).order_by(col(RatingRow.id))
    return db.execute(query).all()


def _rating(row: Row[Any]) -> Rating:
    return Rating(
        row.skill,
        level=None if row.level is None else Level(row.level),
        rated_at=row.rated_at,
        confidence=Confidence(row.confidence) if row.confidence else None,
        importance=Importance(row.importance) if row.importance else None,
        evidence=row.evidence,
        evidence_link=row.evidence_link,
    )
