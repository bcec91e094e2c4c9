"""Read who is behind a sign-in, which roles they have at this moment, and what these allow."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from sqlalchemy import Executable, bindparam, select
from sqlmodel import Session, col

from ccio_skills.people import rules
from ccio_skills.people.tables import AccountRow, GrantRow, SessionRow
from ccio_skills.vocabulary import OrganisationId, Person, PersonId, Role


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is behind a sign-in, and what the store says of the sign-in itself."""

    person: Person
    session: int
    times: rules.Session


def visitor(db: Session, key: str) -> Visitor | None:
    """Return who is behind a sign-in, or ``None`` when it was never used here.

    Asked at every run of every page, in one statement: a role that was ended a moment ago counts
    no more. Whether the sign-in itself still counts is for ``rules.why_closed``.
    """
    rows = db.execute(_behind_a_sign_in(), {"key": key}).all()
    if not rows:
        return None
    first = rows[0]
    roles = {Role.LEARNER, *(Role(row.role) for row in rows if row.role)}
    person = Person(PersonId(first.person_id), first.name, frozenset(roles))
    times = rules.Session(first.started_at, first.seen_at, first.ended_at)
    return Visitor(person, first.id, times)


@functools.cache
def _behind_a_sign_in() -> Executable:
    """Build the question once; building it costs more than asking it."""
    open_grant = (col(GrantRow.person_id) == col(SessionRow.person_id)) & col(
        GrantRow.ended_at
    ).is_(None)
    return (
        select(
            col(SessionRow.id),
            col(SessionRow.person_id),
            col(SessionRow.started_at),
            col(SessionRow.seen_at),
            col(SessionRow.ended_at),
            col(AccountRow.name),
            col(GrantRow.role),
        )
        .join(AccountRow, col(AccountRow.person_id) == col(SessionRow.person_id))
        .outerjoin(GrantRow, open_grant)
        .where(col(SessionRow.key) == bindparam("key"))
    )


def accounts_of(db: Session, issuer: str) -> dict[str, PersonId]:
    """Return the people of one provider by its name for them: for the demonstration's switch."""
    query = select(col(AccountRow.subject), col(AccountRow.person_id)).where(
        col(AccountRow.issuer) == issuer
    )
    return {subject: PersonId(number) for subject, number in db.execute(query) if subject}


def person(db: Session, person: PersonId) -> Person | None:
    """Return a person with an account, and the roles they have now."""
    name = db.execute(
        select(col(AccountRow.name)).where(
            col(AccountRow.person_id) == person, col(AccountRow.deleted_at).is_(None)
        )
    ).scalar()
    if name is None:
        return None
    held = db.execute(
        select(col(GrantRow.role)).where(
            col(GrantRow.person_id) == person, col(GrantRow.ended_at).is_(None)
        )
    ).scalars()
    return Person(person, name, frozenset({Role.LEARNER, *map(Role, held)}))


def may(
    db: Session,
    person: PersonId,
    right: rules.Right,
    organisation: OrganisationId,
    *,
    target: str = "",
) -> bool:
    """Say whether a person's roles allow something in an organisation, at this moment.

    Args:
        db: An open session.
        person: Who wants to.
        right: What they want to do.
        organisation: Where.
        target: Part of the organisation; a role for all of it counts there too.
    """
    return rules.allows(roles_in(db, person, organisation, target=target), right)


def roles_in(
    db: Session, person: PersonId, organisation: OrganisationId, *, target: str = ""
) -> frozenset[Role]:
    """Return the roles a person has in an organisation, or in a part of it, at this moment."""
    query = select(col(GrantRow.role)).where(
        col(GrantRow.person_id) == person,
        col(GrantRow.organisation_id) == organisation,
        col(GrantRow.target).in_({"", target}),
        col(GrantRow.ended_at).is_(None),
    )
    return frozenset(map(Role, db.execute(query).scalars()))


def has_role(
    db: Session, person: PersonId, organisation: OrganisationId, role: Role, *, target: str
) -> bool:
    """Say whether a person has exactly this role for exactly this part, at this moment."""
    query = select(col(GrantRow.id)).where(
        col(GrantRow.person_id) == person,
        col(GrantRow.organisation_id) == organisation,
        col(GrantRow.role) == role,
        col(GrantRow.target) == target,
        col(GrantRow.ended_at).is_(None),
    )
    return db.execute(query).first() is not None


def check(
    db: Session,
    person: PersonId,
    right: rules.Right,
    organisation: OrganisationId,
    *,
    target: str = "",
) -> None:
    """Return when a person's roles allow something, at this moment.

    Raises:
        NotAllowedError: They do not.
    """
    if not may(db, person, right, organisation, target=target):
        raise rules.NotAllowedError(f"To {right} you need a role there that you do not have.")
