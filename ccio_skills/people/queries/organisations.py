"""Read organisations, and who has which role in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from ccio_skills.people import rules
from ccio_skills.people.queries.visitors import check, may
from ccio_skills.people.tables import AccountRow, GrantRow, OrganisationRow
from ccio_skills.vocabulary import OrganisationId, PersonId, Role

_OFFICERS = (Role.REVIEWER, Role.ADMINISTRATOR)


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


def alone_in(db: Session, person: PersonId) -> tuple[str, ...]:
    """Return the organisations whose only administrator a person is."""
    every = select(col(GrantRow.person_id)).where(
        col(GrantRow.role) == Role.ADMINISTRATOR,
        col(GrantRow.target) == "",
        col(GrantRow.ended_at).is_(None),
    )
    return tuple(
        one.organisation_name
        for one in held(db, person)
        if one.role is Role.ADMINISTRATOR
        and not one.target
        and len(db.execute(every.where(col(GrantRow.organisation_id) == one.organisation)).all())
        == 1
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
