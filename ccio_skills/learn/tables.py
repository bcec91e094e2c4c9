"""Tables of the learn room. Private to it: other rooms ask ``queries``."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from ccio_skills.store import Table, UtcDateTime, arrives


class ReadingRow(Table, table=True):
    """Where a person is in a module, and their notes on it."""

    __tablename__ = "learn_reading"
    __table_args__ = (arrives("places and notes in modules", again=("module",), newer="read_at"),)

    person_id: int = Field(primary_key=True)
    module: str = Field(primary_key=True, max_length=60)
    part: int = 0
    notes: str = Field(default="", max_length=10_000)
    opened_at: datetime = Field(sa_type=UtcDateTime)
    read_at: datetime = Field(sa_type=UtcDateTime)


class AnswerRow(Table, table=True):
    """One answer to a scenario question. Rows are only added; the last one counts."""

    __tablename__ = "learn_answer"
    __table_args__ = (
        arrives(
            "answers to questions",
            again=("module", "check_id", "option", "sureness", "answered_at"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(index=True)
    module: str = Field(max_length=60)
    check_id: str = Field(max_length=60)
    option: int
    is_best: bool
    sureness: str = Field(max_length=10)
    wording: str = Field(max_length=12)
    answered_at: datetime = Field(sa_type=UtcDateTime)


class CompletionRow(Table, table=True):
    """One module finished once, with the minutes it took and what the person made of it."""

    __tablename__ = "learn_completion"
    __table_args__ = (
        CheckConstraint("minutes BETWEEN 1 AND 1440", name="minutes_in_a_day"),
        arrives("finished modules", again=("module", "minutes", "finished_at")),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(index=True)
    module: str = Field(max_length=60)
    minutes: int
    what: str = Field(default="", max_length=4000)
    so_what: str = Field(default="", max_length=4000)
    now_what: str = Field(default="", max_length=4000)
    finished_at: datetime = Field(sa_type=UtcDateTime)


class ChoiceRow(Table, table=True):
    """What a person decided about a module in their plan: pinned, not now, or known already."""

    __tablename__ = "learn_choice"
    __table_args__ = (
        CheckConstraint("choice IN ('pinned', 'not_now', 'known')", name="choice_is_known"),
        arrives("decisions about modules", again=("module",), newer="chosen_at"),
    )

    person_id: int = Field(primary_key=True)
    module: str = Field(primary_key=True, max_length=60)
    choice: str = Field(max_length=10)
    evidence: str = Field(default="", max_length=2000)
    chosen_at: datetime = Field(sa_type=UtcDateTime)


class ActionRow(Table, table=True):
    """Something done at work for one step of one skill."""

    __tablename__ = "learn_action"
    __table_args__ = (arrives("things done at work", again=("skill", "step", "done_at")),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(index=True)
    skill: str = Field(max_length=60)
    step: int
    evidence: str = Field(default="", max_length=2000)
    done_at: datetime = Field(sa_type=UtcDateTime)


class FollowRow(Table, table=True):
    """A path that a person follows, has paused, or has left: whichever they said last."""

    __tablename__ = "learn_follow"
    __table_args__ = (
        UniqueConstraint("person_id", "path"),
        arrives("paths", again=("path",), newer="changed_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(index=True)
    path: str = Field(max_length=60)
    started_at: datetime = Field(sa_type=UtcDateTime)
    left_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    paused_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # Empty only in rows that an export of an earlier version brought.
    changed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
