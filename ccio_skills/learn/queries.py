"""Read what a person reads, answers, finishes and decides. The person always comes first."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Executable, bindparam, func
from sqlmodel import Session, col, or_, select

from ccio_skills.assess import queries as assess_queries
from ccio_skills.learn.rules.journey import Record
from ccio_skills.learn.tables import (
    ActionRow,
    AnswerRow,
    ChoiceRow,
    CompletionRow,
    FollowRow,
    ReadingRow,
)
from ccio_skills.library import Library
from ccio_skills.vocabulary import PersonId, Slug

Decision = Literal["pinned", "not_now", "known"]


@dataclass(frozen=True, slots=True)
class Reading:
    """Where a person is in a module. ``part`` counts from 0; after the parts come the questions."""

    part: int
    notes: str
    read_at: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """The last answer to one question; ``option`` counts from 0."""

    option: int
    is_best: bool
    sureness: str
    wording: str
    answered_at: datetime


@dataclass(frozen=True, slots=True)
class Completion:
    """One module finished once."""

    module: Slug
    minutes: int
    finished_at: datetime
    has_reflection: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person decided about a module in their plan."""

    decision: Decision
    evidence: str
    chosen_at: datetime


@dataclass(frozen=True, slots=True)
class Done:
    """Something done at work."""

    skill: Slug
    step: int
    evidence: str
    done_at: datetime


@dataclass(frozen=True, slots=True)
class Follow:
    """A path that a person follows, has paused or has left; at most one of the two is set."""

    started_at: datetime
    left_at: datetime | None = None
    paused_at: datetime | None = None

    @property
    def is_active(self) -> bool:
        """True while the path is followed: neither paused nor left."""
        return self.left_at is None and self.paused_at is None


def readings(db: Session, person: PersonId) -> dict[Slug, Reading]:
    """Return where the person is in each module they opened."""
    query = select(ReadingRow.module, ReadingRow.part, ReadingRow.notes, ReadingRow.read_at)
    rows = db.exec(query.where(ReadingRow.person_id == person))
    return {module: Reading(part, notes, read_at) for module, part, notes, read_at in rows}


def answers(db: Session, person: PersonId, module: Slug) -> dict[str, Answer]:
    """Return the last answer to each question of a module, by question id."""
    query = (
        select(AnswerRow)
        .where(AnswerRow.person_id == person, AnswerRow.module == module)
        .order_by(col(AnswerRow.id))
    )
    return {
        row.check_id: Answer(row.option, row.is_best, row.sureness, row.wording, row.answered_at)
        for row in db.exec(query)
    }


def first_answers_right(
    db: Session, person: PersonId, *, modules: Collection[Slug] | None = None
) -> dict[Slug, tuple[int, int]]:
    """Return (right first time, answered) for each module with answers, or of ``modules`` only."""
    asked = {"person": person, "modules": list(modules or ())}
    rows = db.execute(_first_answers(is_some=modules is not None), asked)
    return {module: (int(right), int(answered)) for module, right, answered in rows}


# Statements are built once: building one costs as much as asking it.
@functools.cache
def _first_answers(*, is_some: bool) -> Executable:
    first = select(func.min(AnswerRow.id)).where(col(AnswerRow.person_id) == bindparam("person"))
    if is_some:
        first = first.where(col(AnswerRow.module).in_(bindparam("modules", expanding=True)))
    first = first.group_by(col(AnswerRow.module), col(AnswerRow.check_id))
    right = func.count().filter(col(AnswerRow.is_best))
    answered = select(AnswerRow.module, right, func.count())
    return answered.where(col(AnswerRow.id).in_(first)).group_by(col(AnswerRow.module))


def record(
    db: Session,
    person: PersonId,
    ratings: assess_queries.Ratings,
    *,
    done: Iterable[Completion] | None = None,
    has_answers: bool = True,
) -> Record:
    """Return what a person did, said and rated, as a path takes it.

    ``done`` is what ``completions`` returned, where it has been asked already. What is next on a
    path does not depend on answers to questions: without them it costs less.
    """
    done = completions(db, person) if done is None else done
    decisions = {slug: one.decision for slug, one in choices(db, person).items()}
    return Record(
        ratings,
        done=frozenset(one.module for one in done),
        known=frozenset(slug for slug, one in decisions.items() if one == "known"),
        put_off=frozenset(slug for slug, one in decisions.items() if one == "not_now"),
        answers=first_answers_right(db, person) if has_answers else {},
    )


def completions(db: Session, person: PersonId) -> tuple[Completion, ...]:
    """Return every time a module was finished, oldest first."""
    query = (
        select(
            CompletionRow.module,
            CompletionRow.minutes,
            CompletionRow.finished_at,
            or_(
                col(CompletionRow.what) != "",
                col(CompletionRow.so_what) != "",
                col(CompletionRow.now_what) != "",
            ),
        )
        .where(CompletionRow.person_id == person)
        .order_by(col(CompletionRow.finished_at), col(CompletionRow.id))
    )
    return tuple(Completion(*row) for row in db.exec(query))


def finished(db: Session, person: PersonId) -> dict[Slug, datetime]:
    """Return when each finished module was last finished."""
    return last_finished(completions(db, person))


def last_finished(done: Iterable[Completion]) -> dict[Slug, datetime]:
    """Return when each module was last finished, of what was finished, oldest first."""
    return {one.module: one.finished_at for one in done}


def choices(db: Session, person: PersonId) -> dict[Slug, Choice]:
    """Return what the person decided about modules, oldest decision first."""
    query = (
        select(ChoiceRow).where(ChoiceRow.person_id == person).order_by(col(ChoiceRow.chosen_at))
    )
    return {
        row.module: Choice(_decision(row.choice), row.evidence, row.chosen_at)
        for row in db.exec(query)
    }


def actions_done(db: Session, person: PersonId) -> tuple[Done, ...]:
    """Return what the person did at work, oldest first."""
    query = select(ActionRow).where(ActionRow.person_id == person).order_by(col(ActionRow.id))
    return tuple(Done(row.skill, row.step, row.evidence, row.done_at) for row in db.exec(query))


def follows(db: Session, person: PersonId) -> dict[Slug, Follow]:
    """Return the paths the person follows, has paused or has left, the one changed last first."""
    rows = db.execute(_follows(), {"person": person})
    return {path: Follow(*moments) for path, *moments in rows}


@functools.cache
def _follows() -> Executable:
    changed = func.coalesce(col(FollowRow.changed_at), col(FollowRow.started_at))
    return (
        select(FollowRow.path, FollowRow.started_at, FollowRow.left_at, FollowRow.paused_at)
        .where(col(FollowRow.person_id) == bindparam("person"))
        .order_by(changed.desc(), col(FollowRow.path))
    )


def learnt_at(
    db: Session,
    person: PersonId,
    library: Library,
    *,
    done: Iterable[Completion] | None = None,
) -> Mapping[Slug, datetime]:
    """Return when a module or a workplace action for a skill was last finished, by skill.

    Args:
        db: An open session.
        person: Whose learning.
        library: Knows which skill a module is for.
        done: What ``completions`` returned, where it has been asked already.
    """
    latest: dict[Slug, datetime] = {}
    done = completions(db, person) if done is None else done
    for slug, moment in last_finished(done).items():
        module = library.module.get(slug)
        if module:
            skill = module.skills[0]
            latest[skill] = max(moment, latest.get(skill, moment))
    for one in actions_done(db, person):
        latest[one.skill] = max(one.done_at, latest.get(one.skill, one.done_at))
    return latest


def _decision(stored: str) -> Decision:
    if stored == "pinned":
        return "pinned"
    return "not_now" if stored == "not_now" else "known"
