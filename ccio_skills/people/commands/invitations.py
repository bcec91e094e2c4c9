"""Take an invitation up, for oneself, or take it back."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select, update
from sqlmodel import Session, col

from ccio_skills import store
from ccio_skills.people import queries, rules
from ccio_skills.people.commands.record import record
from ccio_skills.people.commands.roles import add_grant, hold
from ccio_skills.people.tables import InvitationRow
from ccio_skills.vocabulary import OrganisationId, PersonId, Role


class Taken(NamedTuple):
    """What an invitation led to."""

    organisation: OrganisationId
    role: Role
    target: str


def take_up(db: Session, person: PersonId, token: str, *, at: datetime) -> Taken:
    """Take up an invitation; done twice by the same person, it counts once.

    Raises:
        InvitationError: There is no such invitation, or it may not be taken up any more.
    """
    try:
        return store.transact(db, lambda: use(db, person, token, at=at))
    except rules.InvitationError:
        # Whoever waits for the organisation need not wait until this page is drawn.
        db.rollback()
        raise


def use(db: Session, person: PersonId, token: str, *, at: datetime) -> Taken:
    """Take up an invitation as a part of a command of a room above; commits nothing.

    Raises:
        InvitationError: There is no such invitation, or it may not be taken up any more.
    """
    query = select(InvitationRow).where(col(InvitationRow.fingerprint) == rules.fingerprint(token))
    row = db.execute(query).scalar()
    if row is None:
        raise rules.InvitationError("There is no such invitation. Check the link.")
    taken = Taken(OrganisationId(row.organisation_id), Role(row.role), row.target)
    hold(db, taken.organisation)
    db.refresh(row)
    if queries.has_role(db, person, taken.organisation, taken.role, target=taken.target):
        return taken
    state = rules.state(queries.terms_of(db, row), now=at)
    if state is not rules.State.OPEN:
        raise rules.InvitationError(state)
    row.uses += 1
    db.add(row)
    _grant(db, person, row, at=at)
    return taken


def take_back(
    db: Session, person: PersonId, organisation: OrganisationId, invitation: int, *, at: datetime
) -> None:
    """Take an invitation back; what was taken up already stays. Done twice, it is done.

    Raises:
        NotAllowedError: ``person`` may not invite people there.
    """

    def end() -> None:
        queries.check(db, person, rules.Right.INVITE, organisation)
        theirs = update(InvitationRow).where(
            col(InvitationRow.id) == invitation,
            col(InvitationRow.organisation_id) == organisation,
            col(InvitationRow.revoked_at).is_(None),
        )
        done = db.connection().execute(theirs.values(revoked_at=at, revoked_by=person))
        if done.rowcount:
            record(
                db,
                rules.Event.INVITATION_REVOKED,
                actor=person,
                organisation=organisation,
                detail=f"invitation {invitation}",
                at=at,
            )

    store.transact(db, end)


def _grant(db: Session, person: PersonId, row: InvitationRow, *, at: datetime) -> None:
    organisation = OrganisationId(row.organisation_id)
    add_grant(
        db,
        organisation,
        to=person,
        role=Role(row.role),
        target=row.target,
        by=None if row.invited_by is None else PersonId(row.invited_by),
        invitation=row.id,
        at=at,
    )
    record(
        db,
        rules.Event.INVITATION_USED,
        actor=person,
        organisation=organisation,
        detail=f"invitation {row.id}",
        at=at,
    )
