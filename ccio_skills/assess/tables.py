"""Tables of the assess room. Private to it: other rooms ask ``queries``."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from ccio_skills.store import Table, UtcDateTime, arrives


class SittingRow(Table, table=True):
    """One stretch of rating; it ends when the person says so, or after 12 quiet hours."""

    __tablename__ = "assess_sitting"
    __table_args__ = (
        Index(
            "one_open_sitting",
            "person_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
        ),
        arrives("sittings", again=("started_at", "is_quick"), ends=("ended_at", "last_answer_at")),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(index=True)
    is_quick: bool = False
    started_at: datetime = Field(sa_type=UtcDateTime)
    last_answer_at: datetime = Field(sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class RatingRow(Table, table=True):
    """One answer. Rows are only ever added; the last of a sitting and skill is the answer.

    ``state`` is ``rated`` (then ``level`` is 0 to 5), ``not_relevant``, or ``cleared`` (undone).
    """

    __tablename__ = "assess_rating"
    __table_args__ = (
        CheckConstraint(
            "(state = 'rated' AND level IS NOT NULL AND level BETWEEN 0 AND 5)"
            " OR (state IN ('not_relevant', 'cleared') AND level IS NULL)",
            name="level_fits_state",
        ),
        arrives(
            "ratings",
            again=(
                "sitting_id",
                "skill",
                "state",
                "level",
                "confidence",
                "importance",
                "evidence",
                "evidence_link",
                "rated_at",
            ),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(index=True)
    sitting_id: int = Field(foreign_key="assess_sitting.id", index=True)
    skill: str = Field(max_length=60)
    state: str = Field(max_length=12)
    level: int | None = None
    confidence: str | None = Field(default=None, max_length=10)
    importance: str | None = Field(default=None, max_length=10)
    evidence: str = Field(default="", max_length=4000)
    evidence_link: str = Field(default="", max_length=2000)
    framework_version: str = Field(max_length=20)
    wording: str = Field(max_length=12)
    rated_at: datetime = Field(sa_type=UtcDateTime)
