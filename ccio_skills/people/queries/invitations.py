"""Read invitations: one by its secret, or those of an organisation for its administrators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, Select, select
from sqlmodel import Session, col

from ccio_skills.people import rules
from ccio_skills.people.queries.visitors import check, may
from ccio_skills.people.tables import AccountRow, GrantRow, InvitationRow, OrganisationRow
from ccio_skills.vocabulary import OrganisationId, PersonId, Role


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation, and what has become of it.

    Attributes:
        number: Tells it from others on record.
        organisation: Where to.
        organisation_name: What it is called.
        role: What to.
        target: The part of the organisation; empty for all of it.
        by: Who made it; empty for whoever runs the installation.
        email: Whom it was sent to; shown to administrators only.
        uses: How many took it up.
        uses_allowed: How many may.
        expires_at: When it runs out.
        state: Whether it may be taken up now.
    """

    number: int
    organisation: OrganisationId
    organisation_name: str
    role: Role
    target: str
    by: str
    email: str
    uses: int
    uses_allowed: int
    expires_at: datetime
    state: rules.State


def invitation(db: Session, token: str, *, now: datetime) -> Invitation | None:
    """Return the invitation behind a link, or ``None``: whoever has the link may read it.

    The address it was sent to is left out.
    """
    row = db.execute(_asked().where(col(InvitationRow.fingerprint) == rules.fingerprint(token)))
    found = row.first()
    return None if found is None else _invitation(db, found, now=now, is_told=False)


def invitations(
    db: Session, person: PersonId, organisation: OrganisationId, *, now: datetime
) -> tuple[Invitation, ...]:
    """Return the invitations of an organisation, newest first.

    Raises:
        NotAllowedError: The person may not invite people there.
    """
    check(db, person, rules.Right.INVITE, organisation)
    query = _asked().where(col(InvitationRow.organisation_id) == organisation)
    rows = db.execute(query.order_by(col(InvitationRow.id).desc())).all()
    return tuple(_invitation(db, row, now=now, is_told=True) for row in rows)


def invitations_in_use() -> Select[int | None]:
    """Ask for the invitations that a role says it came from; those stay as long as the role."""
    return select(col(GrantRow.invitation_id)).where(col(GrantRow.invitation_id).is_not(None))


def _asked() -> Select[InvitationRow, str, str]:
    return (
        select(InvitationRow, col(OrganisationRow.name), col(AccountRow.name))
        .join(OrganisationRow, col(OrganisationRow.id) == col(InvitationRow.organisation_id))
        .outerjoin(AccountRow, col(AccountRow.person_id) == col(InvitationRow.invited_by))
    )


def _invitation(
    db: Session, found: Row[InvitationRow, str, str], *, now: datetime, is_told: bool
) -> Invitation:
    row, organisation, by = found
    return Invitation(
        number=row.id or 0,
        organisation=OrganisationId(row.organisation_id),
        organisation_name=organisation,
        role=Role(row.role),
        target=row.target,
        by=by or "",
        email=row.email if is_told else "",
        uses=row.uses,
        uses_allowed=row.uses_allowed,
        expires_at=row.expires_at,
        state=rules.state(terms_of(db, row), now=now),
    )


def terms_of(db: Session, row: InvitationRow) -> rules.Terms:
    """Return what an invitation allows, with whether its maker may still invite people."""
    where = OrganisationId(row.organisation_id)
    is_allowed = row.invited_by is None or may(
        db, PersonId(row.invited_by), rules.Right.INVITE, where, target=row.target
    )
    return rules.Terms(row.uses_allowed, row.uses, row.expires_at, row.revoked_at, is_allowed)
