"""Read what was published of a cohort: rows of the ledger, checked, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Executable, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from ccio_skills.cohorts.queries import collections, office
from ccio_skills.cohorts.queries.collections import Participation
from ccio_skills.cohorts.queries.office import Cohort
from ccio_skills.cohorts.queries.reader import as_reader
from ccio_skills.cohorts.rules import ledger, reading
from ccio_skills.cohorts.rules.collection import Collection as Published
from ccio_skills.cohorts.rules.keys import CohortId, CollectionId
from ccio_skills.cohorts.rules.ledger import AlteredError, Row
from ccio_skills.cohorts.rules.released import Released
from ccio_skills.cohorts.tables.ledger import LeafRow, LedgerHeadRow, LedgerRow
from ccio_skills.cohorts.tables.office import CohortRow
from ccio_skills.people import queries as people_queries
from ccio_skills.people.rules import Right
from ccio_skills.vocabulary import OrganisationId, PersonId

_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A cohort that somebody may review."""

    id: CohortId
    organisation: OrganisationId
    key: str
    name: str
    purpose: str


def reviewed_by(db: Session, person: PersonId) -> tuple[Reviewed, ...]:
    """Return the cohorts whose charts a person may read, by name."""
    found: list[Cohort] = []
    for one in people_queries.organisations(db, person):
        query = select(col(CohortRow.id)).where(col(CohortRow.organisation_id) == one.id)
        every = [office.load(db, CohortId(number or 0)) for number in db.execute(query).scalars()]
        found += [
            each
            for each in every
            if people_queries.may(db, person, Right.READ_CHARTS, one.id, target=each.key)
        ]
    chosen = [Reviewed(one.id, one.organisation, one.key, one.name, one.purpose) for one in found]
    return tuple(sorted(chosen, key=lambda one: (one.name, one.id)))


def published(db: Session, person: PersonId, cohort: CohortId) -> tuple[Released[Published], ...]:
    """Return the closed collections of a cohort, newest first, with the blocks of its charts.

    Raises:
        NotAllowedError: The person is no reviewer of the cohort, at this moment.
        AlteredError: Names the row of the ledger that is not what was written.
    """
    key = office.check(db, person, Right.READ_CHARTS, cohort).key
    with as_reader(db):
        found = _rows_of(db, cohort)
    return tuple(reading.read_collection(rows, cohort=key) for rows in reversed(found.values()))


def participation(
    db: Session, person: PersonId, cohort: CohortId, collection: CollectionId
) -> Participation:
    """Return how many of a cohort contributed, for its reviewers.

    Raises:
        NotAllowedError: The person is no reviewer of the cohort, or it has no such collection.
    """
    office.check(db, person, Right.READ_CHARTS, cohort)
    with as_reader(db):
        return collections.count_sizes(db, cohort, collection)


def open_now(
    db: Session, person: PersonId, cohort: CohortId, *, now: datetime
) -> tuple[collections.Collection, ...]:
    """Return the collections of a cohort that are not published yet, for its reviewers.

    Raises:
        NotAllowedError: The person is no reviewer of the cohort.
    """
    office.check(db, person, Right.READ_CHARTS, cohort)
    with as_reader(db):
        every = collections.of_cohort(db, cohort, now=now)
    return tuple(one for one in every if one.dates.opened_at and not one.dates.closed_at)


def verify(db: Session) -> Row | None:
    """Check the whole ledger, for closings and the command line, and return its newest row.

    Raises:
        AlteredError: Names the first row that was altered, is missing, or stands elsewhere.
    """
    last = ledger.verify(_whole(db))
    head = _head(db)
    if head is None:
        return last
    number, hash_ = (last.number, last.hash) if last else (0, ledger.BEGINNING)
    if (number, hash_) != head:
        raise AlteredError(number + 1, "is missing, or was never closed over")
    return last


def _whole(db: Session) -> Iterator[Row]:
    query = select(
        col(LedgerRow.number), col(LedgerRow.previous), col(LedgerRow.payload), col(LedgerRow.hash)
    ).order_by(col(LedgerRow.number))
    for row in db.execute(query.execution_options(yield_per=_AT_ONCE)):
        yield Row(row.number, row.previous, row.payload, row.hash)


def _head(db: Session) -> tuple[int, str] | None:
    row = db.execute(select(col(LedgerHeadRow.number), col(LedgerHeadRow.hash))).first()
    return (row.number, row.hash or ledger.BEGINNING) if row else None


def _rows_of(db: Session, cohort: CohortId) -> dict[int, list[Row]]:
    """Return the rows of a cohort by collection, each held against the row after it.

    A row that was altered together with its own hash no longer is what the next row follows from.
    """
    after = aliased(LedgerRow)
    query: Executable = (
        select(
            col(LedgerRow.collection_id),
            col(LedgerRow.number),
            col(LedgerRow.previous),
            col(LedgerRow.payload),
            col(LedgerRow.hash),
            col(after.previous).label("told"),
        )
        .join(LeafRow, col(LeafRow.number) == col(LedgerRow.number))
        .outerjoin(after, col(after.number) == col(LedgerRow.number) + 1)
        .where(col(LeafRow.cohort_id) == cohort)
        .order_by(col(LedgerRow.number))
    )
    found: dict[int, list[Row]] = {}
    end = _head(db)
    for row in db.execute(query):
        told = row.told if row.told is not None else end and end[1]
        if told != row.hash:
            raise AlteredError(row.number, "is not what the row after it follows from")
        one = Row(row.number, row.previous, row.payload, row.hash)
        found.setdefault(row.collection_id, []).append(one)
    return found
