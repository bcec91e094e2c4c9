"""Tables of the people room. Private to it: other rooms ask ``queries``."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import DDL, CheckConstraint, Index, UniqueConstraint, event, text
from sqlmodel import Field

from ccio_skills.store import Table, UtcDateTime, arrives, kept


class PersonRow(Table, table=True):
    """One person, with the two answers of the first visit."""

    __tablename__ = "people_person"
    __table_args__ = (arrives("role and minutes", again=()),)

    person_id: int = Field(primary_key=True)
    profile: str | None = Field(default=None, max_length=60)
    minutes_a_week: int = 60
    created_at: datetime = Field(sa_type=UtcDateTime)


class AccountRow(Table, table=True):
    """Whom a provider's issuer and subject stand for here; e-mail and name may change.

    A number is never given twice: of a deleted account the number and the day stay, nothing else.
    """

    __tablename__ = "people_account"
    __table_args__ = (
        UniqueConstraint("issuer", "subject"),
        kept("your account", people=("person_id",)),
    )

    person_id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    issuer: str | None = Field(default=None, max_length=255)
    subject: str | None = Field(default=None, max_length=255)
    name: str = Field(default="", max_length=200)
    email: str = Field(default="", max_length=254)
    created_at: datetime = Field(sa_type=UtcDateTime)
    signed_in_at: datetime = Field(sa_type=UtcDateTime)
    deleted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SessionRow(Table, table=True):
    """One sign-in. The browser's cookie lives for 30 days; whether it still counts stands here."""

    __tablename__ = "people_session"
    __table_args__ = (kept("your sign-ins", people=("person_id",)),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="people_account.person_id", index=True)
    key: str = Field(max_length=64, unique=True)
    started_at: datetime = Field(sa_type=UtcDateTime)
    seen_at: datetime = Field(sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class OrganisationRow(Table, table=True):
    """An organisation whose people use this installation."""

    __tablename__ = "people_organisation"
    __table_args__ = (kept("organisations"),)

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=120, unique=True)
    created_at: datetime = Field(sa_type=UtcDateTime)


class InvitationRow(Table, table=True):
    """An invitation to take up a role. The link's secret is not kept, only its fingerprint."""

    __tablename__ = "people_invitation"
    __table_args__ = (
        CheckConstraint("uses BETWEEN 0 AND uses_allowed", name="uses_are_counted"),
        kept("invitations that you made", people=("invited_by", "revoked_by")),
    )

    id: int | None = Field(default=None, primary_key=True)
    fingerprint: str = Field(max_length=64, unique=True)
    organisation_id: int = Field(foreign_key="people_organisation.id", index=True)
    role: str = Field(max_length=20)
    target: str = Field(default="", max_length=40)
    email: str = Field(default="", max_length=254)
    uses_allowed: int = 1
    uses: int = 0
    invited_by: int | None = None
    invited_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    revoked_by: int | None = None
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class GrantRow(Table, table=True):
    """A role of a person in an organisation, or in one part of it. It ends; it is never changed.

    ``target`` names the part, for example ``cohort:12``; empty means the whole organisation.
    ``granted_by`` is empty where the command line gave the role.
    """

    __tablename__ = "people_grant"
    __table_args__ = (
        CheckConstraint("role IN ('member', 'reviewer', 'administrator')", name="role_is_known"),
        Index(
            "one_open_grant",
            "person_id",
            "organisation_id",
            "role",
            "target",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
        ),
        kept("your roles", people=("person_id", "granted_by", "ended_by"), goes=True),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="people_account.person_id")
    organisation_id: int = Field(foreign_key="people_organisation.id", index=True)
    role: str = Field(max_length=20)
    target: str = Field(default="", max_length=40)
    invitation_id: int | None = Field(default=None, foreign_key="people_invitation.id")
    granted_by: int | None = None
    granted_at: datetime = Field(sa_type=UtcDateTime)
    ended_by: int | None = None
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class AuditRow(Table, table=True):
    """What somebody did that others may have to answer for. Rows are added, never changed."""

    __tablename__ = "people_audit"
    __table_args__ = (kept("what you did that is on record", people=("actor", "subject")),)

    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime = Field(sa_type=UtcDateTime)
    event: str = Field(max_length=40)
    actor: int | None = Field(default=None, index=True)
    subject: int | None = None
    organisation_id: int | None = Field(default=None, index=True)
    detail: str = Field(default="", max_length=200)
    previous: str = Field(max_length=64)
    hash: str = Field(max_length=64)


class AuditHeadRow(Table, table=True):
    """Where the audit trail begins and ends. Whoever adds to it holds this one row meanwhile."""

    __tablename__ = "people_audit_head"
    __table_args__ = (kept("the ends of the audit trail"),)

    id: int = Field(default=1, primary_key=True, sa_column_kwargs={"autoincrement": False})
    number: int = 0
    hash: str = Field(default="", max_length=64)
    kept_from: int = 1
    kept_after: str = Field(default="", max_length=64)


# The database itself refuses to change what is on record, whoever asks it. Only what lies before
# the beginning of the trail may go: there the time for which it is kept is over. A migration that
# makes the table anew must make these anew too.
_SQLITE = (
    "CREATE TRIGGER people_audit_stands BEFORE UPDATE ON people_audit "
    "BEGIN SELECT RAISE(ABORT, 'the audit trail is never changed'); END",
    "CREATE TRIGGER people_audit_stays BEFORE DELETE ON people_audit "
    "WHEN OLD.number >= coalesce((SELECT kept_from FROM people_audit_head), 0) "
    "BEGIN SELECT RAISE(ABORT, 'the audit trail is never changed'); END",
)
_POSTGRESQL = (
    "CREATE OR REPLACE FUNCTION people_audit_stands() RETURNS trigger AS $$ BEGIN "
    "IF TG_OP = 'DELETE' AND OLD.number < (SELECT kept_from FROM people_audit_head) "
    "THEN RETURN OLD; END IF; "
    "RAISE EXCEPTION 'the audit trail is never changed'; END $$ LANGUAGE plpgsql",
    "CREATE TRIGGER people_audit_stands BEFORE UPDATE OR DELETE ON people_audit "
    "FOR EACH ROW EXECUTE FUNCTION people_audit_stands()",
)
for _dialect, _statements in (("sqlite", _SQLITE), ("postgresql", _POSTGRESQL)):
    for _statement in _statements:
        event.listen(
            AuditRow.__table__,  # type: ignore[attr-defined]
            "after_create",
            DDL(_statement).execute_if(dialect=_dialect),  # type: ignore[no-untyped-call]
        )
