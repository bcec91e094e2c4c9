"""What administrators run: cohorts, breakdowns, memberships, collections."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, Text, UniqueConstraint, text
from sqlmodel import Field

from ccio_skills.store import Table, UtcDateTime, kept


class CohortRow(Table, table=True):
    """People of an organisation who are looked at together. Its numbers only ever get stricter."""

    __tablename__ = "cohorts_cohort"
    __table_args__ = (
        UniqueConstraint("organisation_id", "name"),
        kept("cohorts that you made", people=("created_by",)),
    )

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="people_organisation.id")
    name: str = Field(max_length=120)
    purpose: str = Field(max_length=600)
    smallest_group: int
    smallest_chart: int
    guard: int
    public_use: int
    created_by: int
    created_at: datetime = Field(sa_type=UtcDateTime)


class GroupRow(Table, table=True):
    """One part of a declared breakdown: North, of Region."""

    __tablename__ = "cohorts_group"
    __table_args__ = (
        UniqueConstraint("cohort_id", "breakdown", "name"),
        kept("breakdowns of cohorts"),
    )

    id: int | None = Field(default=None, primary_key=True)
    cohort_id: int = Field(foreign_key="cohorts_cohort.id")
    breakdown: str = Field(max_length=60)
    name: str = Field(max_length=60)


class MembershipRow(Table, table=True):
    """That somebody agreed to be in a cohort, and to which words; it ends, and is never changed.

    ``groups`` holds the numbers of the breakdowns they fall into, separated by spaces.
    """

    __tablename__ = "cohorts_membership"
    __table_args__ = (
        Index(
            "one_open_membership",
            "person_id",
            "cohort_id",
            unique=True,
            sqlite_where=text("left_at IS NULL"),
        ),
        kept("your cohorts and what you agreed to", people=("person_id",), goes=True),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int
    cohort_id: int = Field(foreign_key="cohorts_cohort.id", index=True)
    groups: str = Field(default="", max_length=100)
    promise: str = Field(max_length=12)
    joined_at: datetime = Field(sa_type=UtcDateTime)
    left_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class CollectionRow(Table, table=True):
    """A collection. From its opening its questions and numbers are locked."""

    __tablename__ = "cohorts_collection"
    __table_args__ = (
        kept("collections that you ran", people=("created_by", "opened_by", "closed_by")),
    )

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="people_organisation.id", index=True)
    title: str = Field(max_length=120)
    framework_version: str = Field(max_length=40)
    items: str = Field(sa_type=Text)
    smallest_group: int = 0
    smallest_chart: int = 0
    guard: int = 0
    public_use: int = 0
    created_by: int
    created_at: datetime = Field(sa_type=UtcDateTime)
    opens_at: datetime = Field(sa_type=UtcDateTime)
    closes_at: datetime = Field(sa_type=UtcDateTime)
    opened_by: int | None = None
    opened_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closed_by: int | None = None
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ScopeRow(Table, table=True):
    """A cohort of a collection; at the closing, how many were in it and how many contributed."""

    __tablename__ = "cohorts_scope"
    __table_args__ = (kept("cohorts of collections"),)

    collection_id: int = Field(foreign_key="cohorts_collection.id", primary_key=True)
    cohort_id: int = Field(foreign_key="cohorts_cohort.id", primary_key=True, index=True)
    members: int | None = None
    contributed: int | None = None


class ParticipationRow(Table, table=True):
    """That a contribution counts for a cohort: how many, never who."""

    __tablename__ = "cohorts_participation"
    __table_args__ = (
        Index("contributed", "collection_id", "cohort_id"),
        kept("how many contributed"),
    )

    contribution: str = Field(
        max_length=32,
        primary_key=True,
        foreign_key="cohorts_link.contribution",
        ondelete="CASCADE",
    )
    cohort_id: int = Field(foreign_key="cohorts_cohort.id", primary_key=True)
    collection_id: int
