"""Change ratings. One function, one transaction; rows are only ever added."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, update
from sqlmodel import Session, col, select

from ccio_skills import store
from ccio_skills.assess import queries
from ccio_skills.assess.rules.ratings import Rating
from ccio_skills.assess.tables import RatingRow, SittingRow
from ccio_skills.library import Library
from ccio_skills.vocabulary import PersonId, Slug

# One answer is asked for as statements, not objects: these cost twice as much.
_SITTINGS = store.Table.metadata.tables["assess_sitting"]
_RATINGS = store.Table.metadata.tables["assess_rating"]


def answer(
    db: Session, person: PersonId, rating: Rating, *, library: Library, is_quick: bool = False
) -> None:
    """Keep one answer in the open sitting, opening one where there is none.

    Args:
        db: An open session; committed here.
        person: Whose answer it is.
        rating: What was said, at ``rating.rated_at``.
        library: What the person read; its version and wording are kept with the answer.
        is_quick: Whether a new sitting is a quick start.
    """

    def keep() -> None:
        sitting = _sitting(db, person, at=rating.rated_at, is_quick=is_quick)
        db.connection().execute(insert(_RATINGS), _values(person, sitting, rating, library))

    store.transact(db, keep)


def clear(db: Session, person: PersonId, skill: Slug, *, library: Library, at: datetime) -> None:
    """Undo this sitting's answer to a skill, by a new row; earlier sittings count again."""

    def keep() -> None:
        sitting = _sitting(db, person, at=at, is_quick=False)
        values = _values(person, sitting, Rating(skill, None, at), library)
        db.connection().execute(insert(_RATINGS), values | {"state": "cleared"})

    store.transact(db, keep)


def end_sitting(db: Session, person: PersonId, *, at: datetime) -> None:
    """End the open sitting, if there is one: the person says that they are done."""

    def keep() -> None:
        if row := _open(db, person):
            row.ended_at = at
            db.add(row)

    store.transact(db, keep)


def import_ratings(
    db: Session, person: PersonId, ratings: Collection[Rating], *, library: Library, at: datetime
) -> int:
    """Keep ratings from a file as sittings of their own, all or none, and return how many are new.

    Ratings of one day make one sitting, which is closed at once: an import never mixes with what
    the person is answering now. What is known already is passed over, so that importing a file
    twice doubles nothing.
    """
    fresh: list[Rating] = []

    def keep() -> None:
        if row := _open(db, person):
            row.ended_at = at
            db.add(row)
        known = queries.every_answer(db, person)
        fresh[:] = sorted((one for one in ratings if one not in known), key=_moment)
        _add_days(db, person, fresh, library)

    store.transact(db, keep)
    return len(fresh)


def _moment(rating: Rating) -> datetime:
    return rating.rated_at


def _add_days(db: Session, person: PersonId, fresh: Sequence[Rating], library: Library) -> None:
    sittings: dict[object, SittingRow] = {}
    for rating in fresh:
        moment, key = rating.rated_at, rating.rated_at.date()
        sittings.setdefault(
            key,
            SittingRow(person_id=person, started_at=moment, last_answer_at=moment, ended_at=moment),
        )
    db.add_all(sittings.values())
    db.flush()
    if fresh:
        # Values, not objects: a hundred thousand rows are added in one go.
        rows = [
            _values(person, sittings[one.rated_at.date()].id or 0, one, library) for one in fresh
        ]
        db.execute(insert(RatingRow), rows)


def _open(db: Session, person: PersonId) -> SittingRow | None:
    query = select(SittingRow).where(
        SittingRow.person_id == person, col(SittingRow.ended_at).is_(None)
    )
    return db.exec(query).first()


def _sitting(db: Session, person: PersonId, *, at: datetime, is_quick: bool) -> int:
    """Return the id of the open sitting, which lasts until ``at`` now, or of a new one."""
    asked = select(_SITTINGS.c.id, _SITTINGS.c.last_answer_at)
    of_mine = asked.where(_SITTINGS.c.person_id == person, _SITTINGS.c.ended_at.is_(None))
    row = db.connection().execute(of_mine).first()
    if row is not None and at - row.last_answer_at <= queries.QUIET:
        if at > row.last_answer_at:
            _change(db, row.id, last_answer_at=at)
        return int(row.id)
    if row is not None:
        _change(db, row.id, ended_at=row.last_answer_at)
    values = {"person_id": person, "is_quick": is_quick, "started_at": at, "last_answer_at": at}
    made = insert(_SITTINGS).values(values).returning(_SITTINGS.c.id)
    return int(db.connection().execute(made).scalar_one())


def _change(db: Session, sitting: int, **values: datetime) -> None:
    db.connection().execute(update(_SITTINGS).where(_SITTINGS.c.id == sitting).values(values))


def _values(person: PersonId, sitting: int, rating: Rating, library: Library) -> dict[str, Any]:
    return {
        "person_id": person,
        "sitting_id": sitting,
        "skill": rating.skill,
        "state": "not_relevant" if rating.level is None else "rated",
        "level": rating.level,
        "confidence": rating.confidence,
        "importance": rating.importance,
        "evidence": rating.evidence,
        "evidence_link": rating.evidence_link,
        "framework_version": library.framework_version,
        "wording": library.skill[rating.skill].wording,
        "rated_at": rating.rated_at,
    }
