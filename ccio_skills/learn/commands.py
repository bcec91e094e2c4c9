"""Change what a person reads, answers, finishes and decides. One function, one transaction."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, select

from ccio_skills import store
from ccio_skills.learn.queries import Decision
from ccio_skills.learn.tables import (
    ActionRow,
    AnswerRow,
    ChoiceRow,
    CompletionRow,
    FollowRow,
    ReadingRow,
)
from ccio_skills.library import Check, Module
from ccio_skills.vocabulary import PersonId, Slug

_LONGEST = 1440


class MinutesError(ValueError):
    """Nobody learns for that long in a day."""


def turn_to(db: Session, person: PersonId, module: Slug, *, part: int, at: datetime) -> None:
    """Remember the part of a module that a person is reading."""

    def keep() -> None:
        row = _reading(db, person, module, at)
        row.part, row.read_at = part, at
        db.add(row)

    store.transact(db, keep)


def keep_notes(db: Session, person: PersonId, module: Slug, *, notes: str, at: datetime) -> None:
    """Keep a person's notes on a module; an empty text clears them."""

    def keep() -> None:
        row = _reading(db, person, module, at)
        row.notes, row.read_at = notes, at
        db.add(row)

    store.transact(db, keep)


def answer_check(
    db: Session,
    person: PersonId,
    module: Slug,
    check: Check,
    *,
    option: int,
    sureness: str,
    at: datetime,
) -> None:
    """Keep an answer to a question, with the wording that was seen.

    Raises:
        IndexError: The question has no such option.
    """
    if not 0 <= option < len(check.options):
        raise IndexError(f"{check.id} has no option {option}")

    def keep() -> None:
        row = AnswerRow(
            person_id=person,
            module=module,
            check_id=check.id,
            option=option,
            is_best=check.options[option].best,
            sureness=sureness,
            wording=check.wording,
            answered_at=at,
        )
        db.add(row)

    store.transact(db, keep)


def finish(
    db: Session,
    person: PersonId,
    module: Module,
    *,
    minutes: int,
    reflection: tuple[str, str, str] = ("", "", ""),
    at: datetime,
) -> None:
    """Log a module as finished.

    Args:
        db: An open session; committed here.
        person: Who finished it.
        module: What was finished.
        minutes: Time it took, 1 to 1,440.
        reflection: What, so what, now what; each may be empty.
        at: When.

    Raises:
        MinutesError: ``minutes`` does not fit in a day.
    """
    if not 1 <= minutes <= _LONGEST:
        raise MinutesError(f"{minutes} minutes: give 1 to 1,440")
    what, so_what, now_what = reflection

    def keep() -> None:
        row = CompletionRow(
            person_id=person,
            module=module.slug,
            minutes=minutes,
            what=what,
            so_what=so_what,
            now_what=now_what,
            finished_at=at,
        )
        reading = _reading(db, person, module.slug, at)
        reading.part = 0
        db.add_all([row, reading])

    store.transact(db, keep)


def decide(
    db: Session,
    person: PersonId,
    module: Slug,
    decision: Decision | None,
    *,
    evidence: str = "",
    at: datetime,
) -> None:
    """Pin a module, put it off, or say that it is known; ``None`` takes the decision back."""

    def keep() -> None:
        row = db.get(ChoiceRow, (person, module))
        if decision is None:
            if row:
                db.delete(row)
            return
        row = row or ChoiceRow(person_id=person, module=module, choice=decision, chosen_at=at)
        row.choice, row.evidence, row.chosen_at = decision, evidence, at
        db.add(row)

    store.transact(db, keep)


def do_action(
    db: Session, person: PersonId, skill: Slug, *, step: int, evidence: str, at: datetime
) -> None:
    """Keep that a person did a workplace action, and what shows it."""

    def keep() -> None:
        db.add(ActionRow(person_id=person, skill=skill, step=step, evidence=evidence, done_at=at))

    store.transact(db, keep)


def follow(db: Session, person: PersonId, path: Slug, *, at: datetime) -> None:
    """Follow a path, or take it up again after a pause or after leaving it."""

    def keep() -> None:
        row = _follow(db, person, path) or FollowRow(person_id=person, path=path, started_at=at)
        row.paused_at, row.left_at, row.changed_at = None, None, at
        db.add(row)

    store.transact(db, keep)


def pause(db: Session, person: PersonId, path: Slug, *, at: datetime) -> None:
    """Pause a path: it stays one's own and stops asking for time."""

    def keep() -> None:
        if row := _follow(db, person, path):
            row.paused_at, row.left_at, row.changed_at = at, None, at
            db.add(row)

    store.transact(db, keep)


def leave(db: Session, person: PersonId, path: Slug, *, at: datetime) -> None:
    """Leave a path; modules done on it stay done."""

    def keep() -> None:
        if row := _follow(db, person, path):
            row.paused_at, row.left_at, row.changed_at = None, at, at
            db.add(row)

    store.transact(db, keep)


def _follow(db: Session, person: PersonId, path: Slug) -> FollowRow | None:
    query = select(FollowRow).where(FollowRow.person_id == person, FollowRow.path == path)
    return db.exec(query).first()


def _reading(db: Session, person: PersonId, module: Slug, at: datetime) -> ReadingRow:
    row = db.get(ReadingRow, (person, module))
    return row or ReadingRow(person_id=person, module=module, opened_at=at, read_at=at)
