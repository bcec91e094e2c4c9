"""Tables of the survey room. Private to it: other rooms ask ``queries``.

Drafts: they hang on the person, and nobody else can read them. What a collection takes of them is
the collection's matter.
"""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field

from ccio_skills.store import Table, UtcDateTime, arrives


class AnswerRow(Table, table=True):
    """What somebody answers to one question of one version; the newest answer replaces it."""

    __tablename__ = "survey_answer"
    __table_args__ = (
        arrives(
            "answers to the role survey", again=("instrument", "question"), newer="answered_at"
        ),
    )

    person_id: int = Field(primary_key=True)
    instrument: str = Field(primary_key=True, max_length=60)
    question: str = Field(primary_key=True, max_length=8)
    value: str = Field(max_length=1000)
    answered_at: datetime = Field(sa_type=UtcDateTime)


class EqualityRow(Table, table=True):
    """An answer to an equality question: apart, and with no moment to tie it to other answers."""

    __tablename__ = "survey_equality"
    __table_args__ = (arrives("answers to equality questions", again=("instrument", "question")),)

    person_id: int = Field(primary_key=True)
    instrument: str = Field(primary_key=True, max_length=60)
    question: str = Field(primary_key=True, max_length=8)
    value: str = Field(max_length=60)
