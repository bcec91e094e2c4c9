"""Read the audit trail as a whole: for whoever runs the installation, at its command line."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlmodel import Session, col

from ccio_skills.people import rules
from ccio_skills.people.queries.organisations import entry_of
from ccio_skills.people.tables import AuditHeadRow, AuditRow

_AT_ONCE = 1000


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
