"""Give and end roles in organisations. Both are put on record; an end counts at once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select, update
from sqlmodel import Session, col

from ccio_skills import store
from ccio_skills.people import queries, rules
from ccio_skills.people.commands.record import record
from ccio_skills.people.tables import AccountRow, GrantRow, OrganisationRow
from ccio_skills.vocabulary import OrganisationId, PersonId, Role


class LastAdministratorError(ValueError):
    """Nobody would be left who could give roles in the organisation."""


class UnknownOrganisationError(LookupError):
    """There is no such organisation, or it goes by a name that is taken or none."""


def add_organisation(db: Session, name: str, *, at: datetime) -> OrganisationId:
    """Add an organisation: for whoever runs the installation, at its command line.

    Raises:
        UnknownOrganisationError: The name is empty, too long, or taken.
    """
    name = " ".join(name.split())
    if not 0 < len(name) <= 120:
        raise UnknownOrganisationError(f"'{name}': give a name of 1 to 120 letters.")

    def add() -> OrganisationId:
        if queries.find_organisation(db, name) is not None:
            raise UnknownOrganisationError(f"There is an organisation called {name} already.")
        row = OrganisationRow(name=name, created_at=at)
        db.add(row)
        db.flush()
        number = OrganisationId(row.id or 0)
        record(db, rules.Event.ORGANISATION_ADDED, organisation=number, at=at)
        return number

    return store.transact(db, add)


def appoint(
    db: Session, organisation: OrganisationId, *, to: PersonId, role: Role, at: datetime
) -> None:
    """Give a role on the word of whoever runs the installation, with nobody's permission.

    Raises:
        UnknownOrganisationError: There is no such organisation.
    """

    def give() -> None:
        hold(db, organisation)
        add_grant(db, organisation, to=to, role=role, target="", by=None, at=at)

    store.transact(db, give)


def give_role(
    db: Session,
    person: PersonId,
    organisation: OrganisationId,
    *,
    to: PersonId,
    role: Role,
    target: str = "",
    at: datetime,
) -> None:
    """Give somebody who belongs to an organisation a role in it; given twice, it is one.

    Args:
        db: An open session; committed here.
        person: Who gives it.
        organisation: Where.
        to: Who gets it.
        role: Of ``rules.GIVEN``.
        target: The part of the organisation it is for; empty means all of it.
        at: When.

    Raises:
        NotAllowedError: ``person`` may not give roles there, or ``to`` does not belong to it: who
            does not is invited.
    """

    def give() -> None:
        hold(db, organisation)
        queries.check(db, person, rules.Right.GIVE_ROLES, organisation)
        if not queries.roles_in(db, to, organisation, target=target):
            raise rules.NotAllowedError("They do not belong to the organisation: invite them.")
        add_grant(db, organisation, to=to, role=role, target=target, by=person, at=at)

    store.transact(db, give)


def revoke(
    db: Session, person: PersonId, organisation: OrganisationId, grant: int, *, at: datetime
) -> None:
    """End a role, at once; done twice, it is done. Everybody may end a role of their own.

    Raises:
        NotAllowedError: ``person`` may not end roles there, or it is no role there.
        LastAdministratorError: It is the role of the organisation's last administrator.
    """

    def end() -> None:
        hold(db, organisation)
        row = db.execute(
            select(GrantRow).where(
                col(GrantRow.id) == grant, col(GrantRow.organisation_id) == organisation
            )
        ).scalar()
        if row is None or row.person_id != person:
            queries.check(db, person, rules.Right.GIVE_ROLES, organisation)
        if row is None:
            raise rules.NotAllowedError("There is no such role there.")
        if row.ended_at is not None:
            return
        if row.role == Role.ADMINISTRATOR and not row.target and _administrators(db, row) < 2:
            raise LastAdministratorError(
                "This is the last administrator. Make somebody else administrator first."
            )
        row.ended_by, row.ended_at = person, at
        db.add(row)
        record(
            db,
            rules.Event.ROLE_ENDED,
            actor=person,
            subject=PersonId(row.person_id),
            organisation=organisation,
            detail=f"{row.role} {row.target}".strip(),
            at=at,
        )

    store.transact(db, end)


def hold(db: Session, organisation: OrganisationId) -> None:
    """Hold an organisation, so that two changes of who may do what in it wait for each other.

    Raises:
        UnknownOrganisationError: There is none.
    """
    row = update(OrganisationRow).where(col(OrganisationRow.id) == organisation)
    if not db.connection().execute(row.values(id=col(OrganisationRow.id))).rowcount:
        raise UnknownOrganisationError(f"There is no organisation {organisation}.")


def add_grant(
    db: Session,
    organisation: OrganisationId,
    *,
    to: PersonId,
    role: Role,
    target: str,
    by: PersonId | None,
    invitation: int | None = None,
    at: datetime,
) -> None:
    """Add a role that somebody does not have yet, and put it on record; commits nothing."""
    if queries.has_role(db, to, organisation, role, target=target):
        return
    db.add(
        GrantRow(
            person_id=to,
            organisation_id=organisation,
            role=role,
            target=target,
            invitation_id=invitation,
            granted_by=by,
            granted_at=at,
        )
    )
    record(
        db,
        rules.Event.ROLE_GIVEN,
        actor=by,
        subject=to,
        organisation=organisation,
        detail=f"{role} {target}".strip(),
        at=at,
    )


def end_grant(
    db: Session,
    organisation: OrganisationId,
    *,
    of: PersonId,
    role: Role,
    target: str,
    by: PersonId,
    at: datetime,
) -> None:
    """End the role that somebody has for one part of an organisation; commits nothing.

    For commands of rooms above, which check themselves whether ``by`` may.
    """
    theirs = update(GrantRow).where(
        col(GrantRow.person_id) == of,
        col(GrantRow.organisation_id) == organisation,
        col(GrantRow.role) == role,
        col(GrantRow.target) == target,
        col(GrantRow.ended_at).is_(None),
    )
    if db.connection().execute(theirs.values(ended_by=by, ended_at=at)).rowcount:
        record(
            db,
            rules.Event.ROLE_ENDED,
            actor=by,
            subject=of,
            organisation=organisation,
            detail=f"{role} {target}".strip(),
            at=at,
        )


def _administrators(db: Session, row: GrantRow) -> int:
    count = (
        select(func.count())
        .select_from(GrantRow)
        .join(AccountRow, col(AccountRow.person_id) == col(GrantRow.person_id))
        .where(
            col(GrantRow.organisation_id) == row.organisation_id,
            col(GrantRow.role) == Role.ADMINISTRATOR,
            col(GrantRow.target) == "",
            col(GrantRow.ended_at).is_(None),
            col(AccountRow.deleted_at).is_(None),
        )
    )
    return int(db.execute(count).scalar_one())
