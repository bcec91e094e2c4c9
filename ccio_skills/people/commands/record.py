"""Put on record what somebody did. Entries are chained and never changed."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, insert, select, update
from sqlmodel import Session, col

from ccio_skills.people import rules
from ccio_skills.people.tables import AuditHeadRow, AuditRow
from ccio_skills.vocabulary import OrganisationId, PersonId


class _Head(NamedTuple):
    number: int
    hash: str


def record(
    db: Session,
    event: str,
    *,
    at: datetime,
    actor: PersonId | None = None,
    subject: PersonId | None = None,
    organisation: OrganisationId | None = None,
    detail: str = "",
) -> None:
    """Put something on record, in the transaction of the command that does it.

    Commits nothing: what is done and that it was done are kept together, or not at all. Call it
    last, for whoever records waits for the one before to be through.

    Args:
        db: The command's session.
        event: What was done; of ``rules.Event``, or of a room above, in kebab case.
        at: When.
        actor: Who did it; ``None`` is the command line or the program itself.
        subject: Whom it concerned, where that is somebody else.
        organisation: Where, if anywhere.
        detail: Our own words of at most 200 letters: a role, a number. Never what a person wrote.
    """
    db.flush()
    held = db.connection()
    head = _hold_head(held)
    entry = rules.Entry(head.number + 1, at, event, actor, subject, organisation, detail)
    hash_ = rules.seal(entry, after=head.hash)
    held.execute(
        insert(AuditRow).values(
            number=entry.number,
            at=at,
            event=event,
            actor=actor,
            subject=subject,
            organisation_id=organisation,
            detail=detail,
            previous=head.hash,
            hash=hash_,
        )
    )
    held.execute(update(AuditHeadRow).values(number=entry.number, hash=hash_))


def _hold_head(held: Connection) -> _Head:
    """Hold the one row that everybody who records has to change, and return where the trail is."""
    # A change that changes nothing: on either database others wait here until we are through.
    is_there = held.execute(update(AuditHeadRow).values(id=col(AuditHeadRow.id))).rowcount
    if not is_there:
        held.execute(insert(AuditHeadRow).values(id=1, number=0, hash=rules.START))
    row = held.execute(select(col(AuditHeadRow.number), col(AuditHeadRow.hash))).one()
    return _Head(row.number, row.hash)
