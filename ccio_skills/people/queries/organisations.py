"""Read organisations, who has which role in them, and what is on record of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from ccio_skills.people import rules
from ccio_skills.people.queries.visitors import check, may
from ccio_skills.people.tables import AccountRow, AuditRow, GrantRow, OrganisationRow
from ccio_skills.vocabulary import OrganisationId, PersonId, Role

_OFFICERS = (Role.REVIEWER, Role.ADMINISTRATOR)
_TOLD_OF_OFFICERS = (
    rules.Event.SIGNED_IN,
    rules.Event.SIGNED_OUT_EVERYWHERE,
    rules.Event.EXPORTED,
    rules.Event.ERASED,
    rules.Event.ACCOUNT_DELETED,
)


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation, and the roles that the person who asked has in it."""

    id: OrganisationId
    name: str
    roles: frozenset[Role]
    """Roles for the whole organisation; roles for a part of it are not among them."""


@dataclass(frozen=True, slots=True)
class Held:
    """A role that the person who asked has now."""

    id: int
    organisation: OrganisationId
    organisation_name: str
    role: Role
    target: str
    granted_at: datetime


@dataclass(frozen=True, slots=True)
class OnRecord:
    """An entry of the audit trail, with what those in it are called now; empty for nobody."""

    entry: rules.Entry
    actor: str
    subject: str


@dataclass(frozen=True, slots=True)
class Grant:
    """A role that somebody has now."""

    id: int
    person: PersonId
    name: str
    email: str
    role: Role
    target: str
    granted_at: datetime


def organisations(db: Session, person: PersonId) -> tuple[Organisation, ...]:
    """Return the organisations in which a person has any role now, by name."""
    found: dict[tuple[OrganisationId, str], set[Role]] = {}
    for one in held(db, person):
        roles = found.setdefault((one.organisation, one.organisation_name), set())
        if not one.target:
            roles.add(one.role)
    return tuple(Organisation(*which, frozenset(roles)) for which, roles in found.items())


def held(db: Session, person: PersonId) -> tuple[Held, ...]:
    """Return every role that a person has now, by organisation."""
    query = (
        select(
            col(GrantRow.id),
            col(GrantRow.organisation_id),
            col(OrganisationRow.name),
            col(GrantRow.role),
            col(GrantRow.target),
            col(GrantRow.granted_at),
        )
        .join(OrganisationRow, col(OrganisationRow.id) == col(GrantRow.organisation_id))
        .where(col(GrantRow.person_id) == person, col(GrantRow.ended_at).is_(None))
        .order_by(col(OrganisationRow.name), col(GrantRow.id))
    )
    return tuple(
        Held(number, OrganisationId(where), name, Role(role), target, at)
        for number, where, name, role, target, at in db.execute(query)
    )


def every_organisation(db: Session) -> tuple[str, ...]:
    """Return the names of all organisations: for whoever runs the installation."""
    query = select(col(OrganisationRow.name)).order_by(col(OrganisationRow.name))
    return tuple(db.execute(query).scalars())


def find_organisation(db: Session, name: str) -> OrganisationId | None:
    """Return the organisation with a name: for whoever runs the installation."""
    query = select(col(OrganisationRow.id)).where(col(OrganisationRow.name) == name)
    number = db.execute(query).scalar()
    return None if number is None else OrganisationId(number)


def officers(db: Session, person: PersonId, organisation: OrganisationId) -> tuple[Grant, ...]:
    """Return who administers and who reviews an organisation: every member may know that.

    Raises:
        NotAllowedError: The person does not belong to the organisation.
    """
    check(db, person, rules.Right.SEE_OFFICERS, organisation)
    return _grants(
        db, organisation, _OFFICERS, is_told=may(db, person, rules.Right.SEE_MEMBERS, organisation)
    )


def members(db: Session, person: PersonId, organisation: OrganisationId) -> tuple[Grant, ...]:
    """Return who belongs to an organisation, with their e-mail addresses.

    Raises:
        NotAllowedError: The person does not administer the organisation.
    """
    check(db, person, rules.Right.SEE_MEMBERS, organisation)
    return _grants(db, organisation, (Role.MEMBER,), is_told=True)


def trail(
    db: Session,
    person: PersonId,
    organisation: OrganisationId,
    *,
    before: int | None = None,
    limit: int = 50,
) -> tuple[OnRecord, ...]:
    """Return what is on record of an organisation, newest first.

    That is what was done in it, and the sign-ins, exports and deletions of its administrators and
    reviewers while they were that. When a member signs in is nobody's business.

    Args:
        db: An open session.
        person: Who reads it.
        organisation: Of which.
        before: Only entries with smaller numbers: the next page.
        limit: How many at most.

    Raises:
        NotAllowedError: The person does not administer the organisation.
    """
    check(db, person, rules.Right.READ_AUDIT, organisation)
    held = (
        select(col(GrantRow.id))
        .where(
            col(GrantRow.organisation_id) == organisation,
            col(GrantRow.person_id) == col(AuditRow.actor),
            col(GrantRow.role).in_(_OFFICERS),
            col(GrantRow.granted_at) <= col(AuditRow.at),
            or_(col(GrantRow.ended_at).is_(None), col(GrantRow.ended_at) >= col(AuditRow.at)),
        )
        .exists()
    )
    of_officers = and_(col(AuditRow.event).in_(_TOLD_OF_OFFICERS), held)
    actor, subject = aliased(AccountRow), aliased(AccountRow)
    query = (
        select(AuditRow, col(actor.name), col(subject.name))
        .outerjoin(actor, col(actor.person_id) == col(AuditRow.actor))
        .outerjoin(subject, col(subject.person_id) == col(AuditRow.subject))
        .where(or_(col(AuditRow.organisation_id) == organisation, of_officers))
        .order_by(col(AuditRow.number).desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(col(AuditRow.number) < before)
    return tuple(
        OnRecord(entry_of(row), by or "", whom or "") for row, by, whom in db.execute(query)
    )


def entry_of(row: AuditRow) -> rules.Entry:
    """Return an entry of the trail from its row."""
    return rules.Entry(
        number=row.number,
        at=row.at,
        event=row.event,
        actor=None if row.actor is None else PersonId(row.actor),
        subject=None if row.subject is None else PersonId(row.subject),
        organisation=None if row.organisation_id is None else OrganisationId(row.organisation_id),
        detail=row.detail,
    )


def named(
    db: Session, organisation: OrganisationId, role: Role, *, target: str
) -> tuple[Grant, ...]:
    """Return who has a role for a part of an organisation or for all of it, with addresses.

    For rooms above, which check themselves whether whoever asks may know.
    """
    held = _grants(db, organisation, (role,), is_told=True)
    return tuple(one for one in held if one.target in ("", target))


def _grants(
    db: Session, organisation: OrganisationId, roles: Iterable[Role], *, is_told: bool
) -> tuple[Grant, ...]:
    query = (
        select(
            col(GrantRow.id),
            col(GrantRow.person_id),
            col(AccountRow.name),
            col(AccountRow.email),
            col(GrantRow.role),
            col(GrantRow.target),
            col(GrantRow.granted_at),
        )
        .join(AccountRow, col(AccountRow.person_id) == col(GrantRow.person_id))
        .where(
            col(GrantRow.organisation_id) == organisation,
            col(GrantRow.role).in_(list(roles)),
            col(GrantRow.ended_at).is_(None),
        )
        .order_by(col(GrantRow.role), col(AccountRow.name), col(GrantRow.id))
    )
    return tuple(
        Grant(
            row.id,
            PersonId(row.person_id),
            row.name,
            row.email if is_told else "",
            Role(row.role),
            row.target,
            row.granted_at,
        )
        for row in db.execute(query)
    )
