"""Read collections: what is asked, when, and how many took part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlmodel import Session, col

from ccio_skills.cohorts.queries import office
from ccio_skills.cohorts.queries.office import Cohort
from ccio_skills.cohorts.rules import packing, stage
from ccio_skills.cohorts.rules.forecast import Forecast, foresee
from ccio_skills.cohorts.rules.items import Item
from ccio_skills.cohorts.rules.keys import CohortId, CollectionId
from ccio_skills.cohorts.rules.stage import Dates, Stage
from ccio_skills.cohorts.rules.thresholds import Thresholds
from ccio_skills.cohorts.tables.ledger import ClassMemberRow
from ccio_skills.cohorts.tables.office import (
    CollectionRow,
    MembershipRow,
    ParticipationRow,
    ScopeRow,
)
from ccio_skills.people import queries as people_queries
from ccio_skills.people.rules import NotAllowedError, Right
from ccio_skills.vocabulary import OrganisationId, PersonId, Role


@dataclass(frozen=True, slots=True)
class Collection:
    """A collection as everybody in its cohorts may know it.

    Attributes:
        stage: At the moment that was asked about.
        thresholds: Locked; ``None`` until it opens.
        cohorts: That it covers.
    """

    id: CollectionId
    organisation: OrganisationId
    title: str
    dates: Dates
    stage: Stage
    thresholds: Thresholds | None
    framework_version: str
    cohorts: tuple[CohortId, ...]


@dataclass(frozen=True, slots=True)
class Participation:
    """How many took part, for those who run a cohort and those who review it; never who.

    Attributes:
        members: In the cohort: as it closed, or now.
        contributed: Of them.
    """

    members: int
    contributed: int


def collections_of(
    db: Session, person: PersonId, cohort: CohortId, *, now: datetime
) -> tuple[Collection, ...]:
    """Return the collections of a cohort, newest first, for those who run it.

    Raises:
        NotAllowedError: The person does not run the cohort.
    """
    office.check(db, person, Right.RUN_COHORTS, cohort)
    return of_cohort(db, cohort, now=now)


def of_cohort(db: Session, cohort: CohortId, *, now: datetime) -> tuple[Collection, ...]:
    """Return the collections of a cohort, newest first; whoever calls this checks first."""
    query = _asked().join(ScopeRow, col(ScopeRow.collection_id) == col(CollectionRow.id))
    query = query.where(col(ScopeRow.cohort_id) == cohort)
    return _read(db, query, now=now)


def to_contribute(db: Session, person: PersonId, *, now: datetime) -> tuple[Collection, ...]:
    """Return what a person may contribute to, now or from a day to come, soonest end first."""
    query = (
        _asked()
        .join(ScopeRow, col(ScopeRow.collection_id) == col(CollectionRow.id))
        .join(MembershipRow, col(MembershipRow.cohort_id) == col(ScopeRow.cohort_id))
        .where(
            col(MembershipRow.person_id) == person,
            col(MembershipRow.left_at).is_(None),
            col(CollectionRow.opened_at).is_not(None),
            col(CollectionRow.closed_at).is_(None),
            col(CollectionRow.closes_at) > now,
        )
        .distinct()
    )
    found = _read(db, query, now=now)
    return tuple(sorted(found, key=lambda one: (one.dates.closes_at, one.id)))


def items_of(db: Session, collection: CollectionId) -> tuple[Item, ...]:
    """Return what a collection asks; no secret.

    Raises:
        NotAllowedError: There is no such collection.
    """
    query = select(col(CollectionRow.items)).where(col(CollectionRow.id) == collection)
    text = db.execute(query).scalar()
    if text is None:
        raise NotAllowedError("There is no such collection.")
    return packing.read_items(text)


def load(db: Session, collection: CollectionId, *, now: datetime) -> Collection:
    """Return a collection; whoever calls this checks first whether it may be shown.

    Raises:
        NotAllowedError: There is no such collection.
    """
    found = _read(db, _asked().where(col(CollectionRow.id) == collection), now=now)
    if not found:
        raise NotAllowedError("There is no such collection, or it is not open to you.")
    return found[0]


def check(
    db: Session, person: PersonId, collection: CollectionId, *, now: datetime
) -> tuple[Collection, tuple[Cohort, ...]]:
    """Return a collection and its cohorts when a person runs every one of them.

    Raises:
        NotAllowedError: They do not, or there is no such collection.
    """
    found = load(db, collection, now=now)
    cohorts = [office.check(db, person, Right.RUN_COHORTS, one) for one in found.cohorts]
    return found, tuple(cohorts)


def forecast(db: Session, person: PersonId, cohort: CohortId) -> Forecast:
    """Return what to expect of a collection of a cohort, from numbers of people alone.

    Raises:
        NotAllowedError: The person does not run the cohort.
    """
    found = office.check(db, person, Right.RUN_COHORTS, cohort)
    readers = people_queries.holders(db, found.organisation, Role.REVIEWER, target=found.key)
    query = (
        select(col(MembershipRow.person_id), col(ClassMemberRow.class_id))
        .outerjoin(ClassMemberRow, col(ClassMemberRow.person_id) == col(MembershipRow.person_id))
        .where(col(MembershipRow.cohort_id) == cohort, col(MembershipRow.left_at).is_(None))
    )
    here: dict[int | None, int] = {}
    for row in db.execute(query):
        if row.person_id not in readers:
            here[row.class_id] = here.get(row.class_id, 0) + 1
    newcomers = here.pop(None, 0)
    return foresee(newcomers, classes=here.values(), thresholds=found.thresholds)


def count_sizes(db: Session, cohort: CohortId, collection: CollectionId) -> Participation:
    """Return how many took part; whoever calls this checks first."""
    query = select(col(ScopeRow.members), col(ScopeRow.contributed)).where(
        col(ScopeRow.cohort_id) == cohort, col(ScopeRow.collection_id) == collection
    )
    row = db.execute(query).first()
    if row is None:
        raise NotAllowedError("There is no such collection of this cohort.")
    if row.members is not None:
        return Participation(row.members, row.contributed or 0)
    return Participation(office.count_members(db, cohort), _contributed(db, cohort, collection))


def _contributed(db: Session, cohort: CohortId, collection: CollectionId) -> int:
    query = select(func.count()).where(
        col(ParticipationRow.collection_id) == collection,
        col(ParticipationRow.cohort_id) == cohort,
    )
    return int(db.execute(query).scalar_one())


def _asked() -> Select[CollectionRow]:
    return select(CollectionRow)


def _read(db: Session, query: Select[CollectionRow], *, now: datetime) -> tuple[Collection, ...]:
    rows = db.execute(query.order_by(col(CollectionRow.id).desc())).scalars().all()
    scopes: dict[int, list[CohortId]] = {}
    if rows:
        scope = select(col(ScopeRow.collection_id), col(ScopeRow.cohort_id)).where(
            col(ScopeRow.collection_id).in_([row.id for row in rows])
        )
        for one in db.execute(scope.order_by(col(ScopeRow.cohort_id))):
            scopes.setdefault(one.collection_id, []).append(CohortId(one.cohort_id))
    return tuple(_collection(row, scopes.get(row.id or 0, []), now=now) for row in rows)


def _collection(row: CollectionRow, cohorts: list[CohortId], *, now: datetime) -> Collection:
    dates = Dates(row.opens_at, row.closes_at, row.opened_at, row.closed_at)
    locked = row.opened_at is not None
    numbers = (row.smallest_group, row.smallest_chart, row.guard, row.public_use)
    return Collection(
        CollectionId(row.id or 0),
        OrganisationId(row.organisation_id),
        row.title,
        dates,
        stage.stage(dates, now=now),
        Thresholds(*numbers) if locked else None,
        row.framework_version,
        tuple(cohorts),
    )
