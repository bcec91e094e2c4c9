"""Tables of the people room. Private to it: other rooms ask ``queries``."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field

from ccio_skills.store import Table, UtcDateTime, arrives


class PersonRow(Table, table=True):
    """One person, with the two answers of the first visit."""

    __tablename__ = "people_person"
    __table_args__ = (arrives("role and minutes", again=()),)

    person_id: int = Field(primary_key=True)
    profile: str | None = Field(default=None, max_length=60)
    minutes_a_week: int = 60
    created_at: datetime = Field(sa_type=UtcDateTime)
