"""Read the audit trail: of an organisation, or as a whole for whoever runs the installation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from ccio_skills.people import rules
from ccio_skills.people.queries.visitors import check
from ccio_skills.people.tables import AccountRow, AuditHeadRow, AuditRow, GrantRow
from ccio_skills.vocabulary import OrganisationId, PersonId, Role

_AT_ONCE = 1000
_OFFICERS = (Role.REVIEWER, Role.ADMINISTRATOR)
_TOLD_OF_OFFICERS = (
    rules.Event.SIGNED_IN,
    rules.Event.SIGNED_OUT_EVERYWHERE,
    rules.Event.EXPORTED,
    rules.Event.ERASED,
    rules.Event.ACCOUNT_DELETED,
)


@dataclass(frozen=True, slots=True)
class OnRecord:
    """An entry of the audit trail, with what those in it are called now; empty for nobody."""

    entry: rules.Entry
    actor: str
    subject: str


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


def whole_trail(db: Session) -> Iterator[rules.Entry]:
    """Yield everything that is on record, oldest first."""
    return (entry_of(row) for row in _rows(db))


def find_faults(db: Session) -> tuple[rules.Fault, ...]:
    """Return every place where the audit trail was changed, cut or added to."""
    head = db.get(AuditHeadRow, 1) or AuditHeadRow()
    return rules.find_faults(
        ((entry_of(row), row.previous, row.hash) for row in _rows(db)),
        first=head.kept_from,
        after=head.kept_after,
        last=head.number,
        end=head.hash,
    )


def _rows(db: Session) -> Iterator[AuditRow]:
    query = select(AuditRow).order_by(col(AuditRow.number))
    yield from db.execute(query.execution_options(yield_per=_AT_ONCE)).scalars()


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
