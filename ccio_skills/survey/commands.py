"""Change a person's answers to the role survey. One function, one transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col

from ccio_skills import store
from ccio_skills.library import Instrument, QuestionKind
from ccio_skills.survey.rules import answers
from ccio_skills.survey.rules.answers import Answer, AnswerError
from ccio_skills.survey.tables import AnswerRow, EqualityRow
from ccio_skills.vocabulary import PersonId, Slug


class TextNotKeptError(AnswerError):
    """No collection has said that it keeps free text, so none is stored."""


def answer(
    db: Session,
    person: PersonId,
    instrument: Instrument,
    code: str,
    given: Answer,
    *,
    at: datetime,
    keeps_text: bool = False,
) -> None:
    """Keep an answer in place of the one before.

    Args:
        db: An open session; committed here.
        person: Whose answer it is.
        instrument: The version that was read.
        code: Of the question.
        given: What was answered.
        at: Now; not kept with equality questions.
        keeps_text: Whether the collection this is answered for said that it keeps free text.

    Raises:
        AnswerError: There is no such question, or it has no such answer.
        TextNotKeptError: It is free text, and no collection keeps it.
    """
    question = instrument.question.get(code)
    if question is None:
        raise AnswerError(f"{instrument.slug} has no question {code}")
    answers.check(question, given)
    if question.kind is QuestionKind.TEXT and not keeps_text:
        raise TextNotKeptError(f"{code}: free text is not kept")
    value = answers.encode(question, given)

    def keep() -> None:
        key = (person, instrument.slug, code)
        if code in instrument.apart:
            db.merge(EqualityRow(**_named(*key), value=value))
        else:
            db.merge(AnswerRow(**_named(*key), value=value, answered_at=at))

    store.transact(db, keep)


def clear(db: Session, person: PersonId, instrument: Instrument, code: str) -> None:
    """Take an answer back: nothing of it stays."""
    for table in (AnswerRow, EqualityRow):
        db.execute(
            delete(table).where(
                col(table.person_id) == person,
                col(table.instrument) == instrument.slug,
                col(table.question) == code,
            )
        )
    db.commit()


def clear_all(db: Session, person: PersonId, instrument: Instrument) -> None:
    """Take back every answer to one version, equality questions included."""
    for table in (AnswerRow, EqualityRow):
        db.execute(
            delete(table).where(
                col(table.person_id) == person, col(table.instrument) == instrument.slug
            )
        )
    db.commit()


def _named(person: PersonId, instrument: Slug, question: str) -> dict[str, Any]:
    return {"person_id": person, "instrument": instrument, "question": question}
