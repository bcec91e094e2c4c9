"""Who contributed, and what, until a collection closes. Whoever may import this stands in a list.

Answers hang on a random number. The link from a person to that number is a table of its own; where
a link goes, with an account or a withdrawal, the database lets the answers go with it.
"""

from __future__ import annotations

from sqlalchemy import LargeBinary, UniqueConstraint
from sqlmodel import Field

from ccio_skills.store import Table, kept


class LinkRow(Table, table=True):
    """Whose contribution it is: read to withdraw it, and as the collection closes."""

    __tablename__ = "cohorts_link"
    __table_args__ = (
        UniqueConstraint("collection_id", "person_id"),
        kept(
            "what you contributed to collections that are open",
            people=("person_id",),
            goes=True,
            is_answer=True,
        ),
    )

    contribution: str = Field(max_length=32, primary_key=True)
    collection_id: int = Field(foreign_key="cohorts_collection.id")
    person_id: int = Field(index=True)
    receipt: str = Field(max_length=64, unique=True)


class AnswerRow(Table, table=True):
    """One contribution: a byte for each question of the collection."""

    __tablename__ = "cohorts_answer"
    __table_args__ = (kept("answers to collections that are open"),)

    contribution: str = Field(
        max_length=32,
        primary_key=True,
        foreign_key="cohorts_link.contribution",
        ondelete="CASCADE",
    )
    collection_id: int = Field(foreign_key="cohorts_collection.id", index=True)
    codes: bytes = Field(sa_type=LargeBinary)
