"""Delete an account, and what has been kept for long enough. Numbers and days stay, no words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlmodel import Session, col

from ccio_skills import store
from ccio_skills.people import queries, rules
from ccio_skills.people.commands.own import delete_answers, wipe
from ccio_skills.people.commands.record import record
from ccio_skills.people.tables import (
    AccountRow,
    AuditHeadRow,
    AuditRow,
    InvitationRow,
    SessionRow,
)
from ccio_skills.vocabulary import PersonId

_ENDED = timedelta(days=31)
"""A sign-in that ended is forgotten after this; its cookie is of no use long before."""


@dataclass(frozen=True, slots=True)
class Tidied:
    """What a tidying took away."""

    accounts: int
    sessions: int
    invitations: int
    entries: int


def delete_account(db: Session, person: PersonId, *, at: datetime) -> None:
    """Delete an account with every answer, role and name; it ends every sign-in of the person.

    Their number and the day stay, so that no number is ever given to somebody else, and what is on
    record under it stays. The keys of ended sign-ins stay for a month: they hold no name, and keep
    a cookie that is still somewhere from opening a new account by itself.
    """
    store.transact(db, lambda: _delete(db, person, by=person, at=at))
    db.expunge_all()
    wipe(db)


def tidy(db: Session, *, accounts: int, audit: int, at: datetime) -> Tidied:
    """Take away what has been kept for long enough.

    Args:
        db: An open session; committed here.
        accounts: Months without a sign-in after which an account is deleted; 0 is never.
        audit: Months for which the audit trail is kept; 0 is for ever.
        at: Now.
    """

    def take_away() -> Tidied:
        unused = queries.unused_accounts(db, since=rules.months_before(at, accounts))
        for person in unused if accounts else ():
            _delete(db, person, by=None, at=at)
        ended = delete(SessionRow).where(
            func.coalesce(col(SessionRow.ended_at), col(SessionRow.seen_at)) < at - _ENDED
        )
        old = delete(InvitationRow).where(
            col(InvitationRow.expires_at) < at - 2 * rules.LONGEST,
            col(InvitationRow.id).not_in(queries.invitations_in_use()),
        )
        return Tidied(
            accounts=len(unused) if accounts else 0,
            sessions=db.connection().execute(ended).rowcount,
            invitations=db.connection().execute(old).rowcount,
            entries=_shorten(db, before=rules.months_before(at, audit), at=at) if audit else 0,
        )

    tidied = store.transact(db, take_away)
    wipe(db)
    return tidied


def _delete(db: Session, person: PersonId, *, by: PersonId | None, at: datetime) -> None:
    left = queries.held(db, person)
    delete_answers(db, person)
    for table in queries.tables_that_go():
        db.connection().execute(delete(table).where(table.c[table.info["people"][0]] == person))
    db.connection().execute(
        update(SessionRow)
        .where(col(SessionRow.person_id) == person, col(SessionRow.ended_at).is_(None))
        .values(ended_at=at)
    )
    mine = update(AccountRow).where(col(AccountRow.person_id) == person)
    nothing = {"issuer": None, "subject": None, "name": "", "email": "", "deleted_at": at}
    db.connection().execute(mine.values(**nothing))
    _withdraw_addresses(db, person)
    _put_on_record(db, person, left, by=by, at=at)


def _withdraw_addresses(db: Session, person: PersonId) -> None:
    """Forget to whom the person sent invitations: the addresses are others', and of no more use."""
    sent = update(InvitationRow).where(col(InvitationRow.invited_by) == person)
    db.connection().execute(sent.values(email=""))


def _put_on_record(
    db: Session,
    person: PersonId,
    left: Iterable[queries.Held],
    *,
    by: PersonId | None,
    at: datetime,
) -> None:
    for one in left:
        detail = f"{one.role} {one.target}".strip() + ", account deleted"
        record(
            db,
            rules.Event.ROLE_ENDED,
            actor=by,
            subject=person,
            organisation=one.organisation,
            detail=detail,
            at=at,
        )
    record(db, rules.Event.ACCOUNT_DELETED, actor=by, subject=person, at=at)


def _shorten(db: Session, *, before: datetime, at: datetime) -> int:
    """Let the audit trail begin later: with the first entry that is not older than ``before``."""
    head = db.execute(select(AuditHeadRow)).scalar()
    kept = select(func.min(col(AuditRow.number))).where(col(AuditRow.at) >= before)
    first = db.execute(kept).scalar()
    if head is None or first is None or first <= head.kept_from:
        return 0
    last = select(col(AuditRow.hash)).where(col(AuditRow.number) == first - 1)
    begins = {"kept_from": first, "kept_after": db.execute(last).scalar_one()}
    db.connection().execute(update(AuditHeadRow).values(**begins))
    gone = db.connection().execute(delete(AuditRow).where(col(AuditRow.number) < first)).rowcount
    record(db, rules.Event.AUDIT_SHORTENED, detail=f"{gone} entries, kept from {first}", at=at)
    return gone
