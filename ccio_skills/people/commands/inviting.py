"""Invite people: one, a list, an administrator. A link's secret is shown once, never kept."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlmodel import Session, col

from ccio_skills import store
from ccio_skills.people import queries, rules
from ccio_skills.people.commands.record import record
from ccio_skills.people.commands.roles import hold
from ccio_skills.people.tables import InvitationRow
from ccio_skills.vocabulary import OrganisationId, PersonId, Role

WEEK = timedelta(days=7)


def invite(
    db: Session,
    person: PersonId,
    organisation: OrganisationId,
    *,
    role: Role,
    target: str = "",
    email: str = "",
    uses: int = 1,
    lasts: timedelta = WEEK,
    at: datetime,
) -> str:
    """Invite somebody and return the secret of the link.

    Args:
        db: An open session; committed here.
        person: Who invites.
        organisation: Where to.
        role: What to.
        target: The part of the organisation; empty for all of it.
        email: Whom the link will be sent to; empty for a link to be handed on.
        uses: How many may take it up; only a link for members may serve more than one.
        lasts: How long, up to 60 days.
        at: When.

    Raises:
        NotAllowedError: ``person`` may not invite people there.
        InvitationError: It would be too open, or too many were made lately.
    """
    email = email.strip()
    rules.check_terms(role, email=email, uses=uses, lasts=lasts)
    row = _row(organisation, role, at=at, lasts=lasts)
    row.target, row.email, row.uses_allowed, row.invited_by = target, email, uses, person

    def may_invite() -> None:
        queries.check(db, person, rules.Right.INVITE, organisation, target=target)
        _check_rate(db, person, organisation, at)

    return _add(db, row, may_invite)


def invite_list(
    db: Session,
    person: PersonId,
    organisation: OrganisationId,
    emails: Sequence[str],
    *,
    target: str,
    lasts: timedelta = WEEK,
    at: datetime,
) -> dict[str, str]:
    """Invite a list of members to a part of an organisation, each by a link of their own.

    All of them, or nobody. Who has an open invitation to it already is passed over.

    Returns:
        Address to the secret of the link.

    Raises:
        NotAllowedError: ``person`` may not invite people there.
        InvitationError: An address is none, or the list is more than may be invited in a day.
    """
    for one in emails:
        rules.check_terms(Role.MEMBER, email=one, uses=1, lasts=lasts)

    def add() -> dict[str, str]:
        hold(db, organisation)
        queries.check(db, person, rules.Right.INVITE, organisation, target=target)
        known = _invited(db, organisation, target, at)
        wanted = [one for one in dict.fromkeys(emails) if one not in known]
        _check_day(db, organisation, len(wanted), at)
        made = {}
        for one in wanted:
            row = _row(organisation, Role.MEMBER, at=at, lasts=lasts)
            row.target, row.email, row.invited_by = target, one, person
            made[one] = _insert(db, row)
        return made

    return store.transact(db, add)


def invite_administrator(db: Session, organisation: OrganisationId, *, at: datetime) -> str:
    """Invite an administrator on the word of whoever runs the installation; return the secret.

    Raises:
        UnknownOrganisationError: There is no such organisation.
    """
    row = _row(organisation, Role.ADMINISTRATOR, at=at, lasts=WEEK)
    return _add(db, row, lambda: None)


def _row(
    organisation: OrganisationId, role: Role, *, at: datetime, lasts: timedelta
) -> InvitationRow:
    return InvitationRow(
        fingerprint="",
        organisation_id=organisation,
        role=role,
        invited_at=at,
        expires_at=at + lasts,
    )


def _add(db: Session, row: InvitationRow, check: Callable[[], None]) -> str:
    """Add an invitation, unless ``check`` says no, and return the secret of its link."""

    def add() -> str:
        hold(db, OrganisationId(row.organisation_id))
        check()
        return _insert(db, row)

    return store.transact(db, add)


def _insert(db: Session, row: InvitationRow) -> str:
    token = secrets.token_urlsafe(32)
    row.fingerprint = rules.fingerprint(token)
    how = "by e-mail" if row.email else f"link for {row.uses_allowed}"
    db.add(row)
    db.flush()
    record(
        db,
        rules.Event.INVITED,
        actor=None if row.invited_by is None else PersonId(row.invited_by),
        organisation=OrganisationId(row.organisation_id),
        detail=f"invitation {row.id}: {row.role} {row.target}".rstrip() + f", {how}",
        at=row.invited_at,
    )
    return token


def _invited(
    db: Session, organisation: OrganisationId, target: str, at: datetime
) -> frozenset[str]:
    query = select(col(InvitationRow.email)).where(
        col(InvitationRow.organisation_id) == organisation,
        col(InvitationRow.target) == target,
        col(InvitationRow.role) == Role.MEMBER,
        col(InvitationRow.revoked_at).is_(None),
        col(InvitationRow.uses) < col(InvitationRow.uses_allowed),
        col(InvitationRow.expires_at) > at,
    )
    return frozenset(one.lower() for one in db.execute(query).scalars())


def _check_rate(db: Session, person: PersonId, organisation: OrganisationId, at: datetime) -> None:
    by_person = (
        select(func.count())
        .select_from(InvitationRow)
        .where(
            col(InvitationRow.invited_by) == person,
            col(InvitationRow.invited_at) > at - timedelta(hours=1),
        )
    )
    if db.execute(by_person).scalar_one() >= rules.MOST_IN_AN_HOUR:
        raise rules.InvitationError(
            f"You made {rules.MOST_IN_AN_HOUR} invitations in the last hour. Try again later, or "
            "make one link that serves several members."
        )
    _check_day(db, organisation, 1, at)


def _check_day(db: Session, organisation: OrganisationId, wanted: int, at: datetime) -> None:
    query = (
        select(func.count())
        .select_from(InvitationRow)
        .where(
            col(InvitationRow.organisation_id) == organisation,
            col(InvitationRow.invited_at) > at - timedelta(days=1),
        )
    )
    made = db.execute(query).scalar_one()
    if made + wanted <= rules.MOST_IN_A_DAY:
        return
    if wanted > 1:
        raise rules.InvitationError(
            f"These are {wanted:,}; {rules.MOST_IN_A_DAY - made} more may be invited one by one "
            f"today. Nobody was invited. Make one link that serves up to {rules.MOST_USES} instead."
        )
    raise rules.InvitationError(
        f"{rules.MOST_IN_A_DAY} invitations were made here in the last day. Try tomorrow."
    )
