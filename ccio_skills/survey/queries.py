"""Read a person's answers to the role survey. Every function asks for the person first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select
from sqlmodel import Session, col

from ccio_skills.library import Instrument
from ccio_skills.survey.rules import answers, items, route
from ccio_skills.survey.rules.answers import Answer
from ccio_skills.survey.tables import AnswerRow, EqualityRow
from ccio_skills.vocabulary import PersonId


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody has answered so far, equality questions left out.

    Attributes:
        answers: By code of the question; those of branches that were left since are among them.
        last: Code of the question that was answered last.
    """

    answers: dict[str, Answer]
    last: str | None


def draft(db: Session, person: PersonId, instrument: Instrument) -> Draft:
    """Return the answers of a person to one version of the survey."""
    query = (
        select(col(AnswerRow.question), col(AnswerRow.value))
        .where(col(AnswerRow.person_id) == person, col(AnswerRow.instrument) == instrument.slug)
        .order_by(col(AnswerRow.answered_at), col(AnswerRow.question))
    )
    found = _decode(instrument, db.execute(query).all())
    return Draft(found, next(reversed(found), None))


def apart(db: Session, person: PersonId, instrument: Instrument) -> dict[str, Answer]:
    """Return the answers of a person to the equality questions, to go on with them."""
    query = (
        select(col(EqualityRow.question), col(EqualityRow.value))
        .where(col(EqualityRow.person_id) == person, col(EqualityRow.instrument) == instrument.slug)
        .order_by(col(EqualityRow.question))
    )
    return _decode(instrument, db.execute(query).all())


def coded(db: Session, person: PersonId, instrument: Instrument) -> dict[str, int]:
    """Return what a collection takes: the category of each item of ``rules.as_items``.

    Free text is no item, and equality questions are not among them.
    """
    found = route.find(instrument, draft(db, person, instrument).answers, keeps_text=False)
    return items.code(instrument, found.answers)


def coded_apart(db: Session, person: PersonId, instrument: Instrument) -> dict[str, int]:
    """Return the categories of the equality questions, for a collection of their own."""
    return items.code(instrument, apart(db, person, instrument), apart=True)


def _decode(instrument: Instrument, rows: Iterable[Row[Any]]) -> dict[str, Answer]:
    """Leave out what the questions do not offer: an import may bring anything."""
    found: dict[str, Answer] = {}
    for row in rows:
        question = instrument.question.get(row.question)
        answer = answers.decode(question, row.value) if question else None
        if answer:
            found[row.question] = answer
    return found
