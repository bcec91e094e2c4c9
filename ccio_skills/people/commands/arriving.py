"""Come in and go: a sign-in becomes a person here, for as long as it counts."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlmodel import Session, col

from ccio_skills import store
from ccio_skills.people import queries, rules
from ccio_skills.people.commands.record import record
from ccio_skills.people.tables import AccountRow, SessionRow
from ccio_skills.vocabulary import Person, PersonId

_SEEN_EVERY = timedelta(minutes=1)
"""That somebody is here is written down at most this often, not at every click."""
_TRIES = 20
"""As many may sign in for the first time at the same moment, and all get numbers of their own."""


def enter(
    db: Session, sign_in: rules.SignIn, *, limits: rules.Limits, at: datetime
) -> Person | rules.Closed:
    """Return who is behind a sign-in, with the roles they have now, or why it does not count.

    Whoever signs in for the first time becomes a person here, and a learner.

    Args:
        db: An open session; committed here where something is new.
        sign_in: What the provider said.
        limits: How long a sign-in counts.
        at: Now.
    """
    found = queries.visitor(db, sign_in.key)
    if found is None:
        if not rules.is_fresh(sign_in, now=at):
            return rules.Closed.UNKNOWN
        found = store.transact(db, lambda: _open(db, sign_in, at), tries=_TRIES)
    if found is None:
        return rules.Closed.UNKNOWN
    if closed := rules.why_closed(found.times, now=at, limits=limits):
        return closed
    if at - found.times.seen_at > _SEEN_EVERY:
        seen = update(SessionRow).where(col(SessionRow.id) == found.session)
        db.connection().execute(seen.values(seen_at=at))
        db.commit()
    return found.person


def sign_out(db: Session, person: PersonId, key: str, *, at: datetime) -> None:
    """End one sign-in of a person, in every tab that uses it."""
    mine = update(SessionRow).where(col(SessionRow.person_id) == person)
    mine = mine.where(col(SessionRow.key) == key, col(SessionRow.ended_at).is_(None))
    db.connection().execute(mine.values(ended_at=at))
    db.commit()


def sign_out_everywhere(db: Session, person: PersonId, *, at: datetime) -> int:
    """End every sign-in of a person, on every device, and return how many there were."""

    def end() -> int:
        mine = update(SessionRow).where(col(SessionRow.person_id) == person)
        mine = mine.where(col(SessionRow.ended_at).is_(None))
        ended = db.connection().execute(mine.values(ended_at=at))
        record(db, rules.Event.SIGNED_OUT_EVERYWHERE, actor=person, at=at)
        return ended.rowcount

    return store.transact(db, end)


def _open(db: Session, sign_in: rules.SignIn, at: datetime) -> queries.Visitor | None:
    """Open a sign-in, and an account where there is none, unless another tab was first."""
    if found := queries.visitor(db, sign_in.key):
        return found
    known = select(AccountRow).where(
        col(AccountRow.issuer) == sign_in.issuer, col(AccountRow.subject) == sign_in.subject
    )
    account = db.execute(known).scalar()
    if account is None:
        account = AccountRow(
            person_id=_next_number(db),
            issuer=sign_in.issuer,
            subject=sign_in.subject,
            created_at=at,
            signed_in_at=at,
        )
    account.name, account.email, account.signed_in_at = sign_in.name, sign_in.email, at
    db.add(account)
    db.flush()
    db.add(SessionRow(person_id=account.person_id, key=sign_in.key, started_at=at, seen_at=at))
    record(db, rules.Event.SIGNED_IN, actor=PersonId(account.person_id), at=at)
    return queries.visitor(db, sign_in.key)


def _next_number(db: Session) -> int:
    """Return a number that nobody ever had. 1 is the one person of a personal installation."""
    highest = db.execute(select(func.max(col(AccountRow.person_id)))).scalar()
    return max(highest or 0, 1) + 1
