"""Plan a collection, open it, which locks it, and move its last day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import Session, col

from ccio_skills import store
from ccio_skills.cohorts import queries
from ccio_skills.cohorts.commands.record import Event
from ccio_skills.cohorts.queries import Collection
from ccio_skills.cohorts.rules import keys, packing, stage
from ccio_skills.cohorts.rules.items import Item
from ccio_skills.cohorts.rules.keys import CohortId, CollectionId
from ccio_skills.cohorts.rules.stage import CollectionError, Stage
from ccio_skills.cohorts.tables.office import CollectionRow, ScopeRow
from ccio_skills.people import commands as people_commands
from ccio_skills.people.rules import Right
from ccio_skills.vocabulary import OrganisationId, PersonId


def plan(
    db: Session,
    person: PersonId,
    cohorts: Sequence[CohortId],
    *,
    title: str,
    items: Sequence[Item],
    framework_version: str,
    opens_at: datetime,
    closes_at: datetime,
    at: datetime,
) -> CollectionId:
    """Plan a collection of one cohort, or of several whose members may overlap.

    Args:
        db: An open session; committed here.
        person: Who plans it: they run every one of the cohorts.
        cohorts: Of one organisation.
        title: What its charts are called.
        items: What is asked, with the targets it is compared with.
        framework_version: Of the skills among them.
        opens_at: From when answers are taken, once it is opened.
        closes_at: Until when.
        at: When.

    Raises:
        NotAllowedError: The person does not run all of the cohorts.
        CollectionError: No title, no questions, or dates between which nobody could answer.
    """
    title = " ".join(title.split())
    if not 0 < len(title) <= 120:
        raise CollectionError("Give the collection a title of 1 to 120 letters.")
    stage.check_plan(opens_at=opens_at, closes_at=closes_at, now=at)
    row = CollectionRow(
        organisation_id=0,
        title=title,
        framework_version=framework_version,
        items=packing.pack_items(items),
        created_by=person,
        created_at=at,
        opens_at=opens_at,
        closes_at=closes_at,
    )
    return store.transact(db, lambda: _add(db, person, cohorts, row))


def _add(
    db: Session, person: PersonId, cohorts: Sequence[CohortId], row: CollectionRow
) -> CollectionId:
    found = [queries.check_cohort(db, person, Right.RUN_COHORTS, one) for one in cohorts]
    if len({one.organisation for one in found}) != 1:
        raise CollectionError("Choose cohorts of one organisation.")
    row.organisation_id = found[0].organisation
    db.add(row)
    db.flush()
    number = CollectionId(row.id or 0)
    db.add_all(ScopeRow(collection_id=number, cohort_id=one.id) for one in found)
    _record(db, Event.PLANNED, person, found[0].organisation, number, at=row.created_at)
    return number


def open_collection(
    db: Session, person: PersonId, collection: CollectionId, *, at: datetime
) -> None:
    """Open a collection: its questions and numbers are locked. Done twice, it is done.

    The strictest numbers of its cohorts hold.

    Raises:
        NotAllowedError: The person does not run all of its cohorts.
        CollectionError: Its last day is over.
    """

    def lock() -> None:
        hold(db, collection)
        found, cohorts = queries.check(db, person, collection, now=at)
        if found.stage is not Stage.PLANNED:
            return
        stage.check_plan(opens_at=found.dates.opens_at, closes_at=found.dates.closes_at, now=at)
        strictest = packing.strictest(asdict(one.thresholds) for one in cohorts)
        _change(db, collection, opened_at=at, opened_by=person, **strictest)
        _record(db, Event.OPENED, person, found.organisation, collection, at=at)

    store.transact(db, lock)


def move_end(
    db: Session, person: PersonId, collection: CollectionId, *, closes_at: datetime, at: datetime
) -> None:
    """Move the end of a collection that is not closed, to a moment that is still to come.

    Raises:
        NotAllowedError: The person does not run all of its cohorts.
        CollectionError: It is closed, or the moment is over or before its first.
    """

    def move() -> None:
        hold(db, collection)
        found = _not_closed(db, person, collection, at=at)
        stage.check_plan(opens_at=found.dates.opens_at, closes_at=closes_at, now=at)
        _change(db, collection, closes_at=closes_at)
        _record(db, Event.MOVED, person, found.organisation, collection, at=at)

    store.transact(db, move)


def discard(db: Session, person: PersonId, collection: CollectionId, *, at: datetime) -> None:
    """Delete a plan that was never opened.

    Raises:
        NotAllowedError: The person does not run all of its cohorts.
        CollectionError: It was opened, so that somebody may have contributed.
    """

    def drop() -> None:
        hold(db, collection)
        found = _not_closed(db, person, collection, at=at)
        if found.stage is not Stage.PLANNED:
            raise CollectionError("It was opened already, so it can only be closed.")
        held = db.connection()
        held.execute(delete(ScopeRow).where(col(ScopeRow.collection_id) == collection))
        held.execute(delete(CollectionRow).where(col(CollectionRow.id) == collection))
        _record(db, Event.DISCARDED, person, found.organisation, collection, at=at)

    store.transact(db, drop)


def hold(db: Session, collection: CollectionId) -> None:
    """Hold a collection, so that contributing, changing and closing it wait for each other."""
    row = update(CollectionRow).where(col(CollectionRow.id) == collection)
    db.connection().execute(row.values(id=col(CollectionRow.id)))
    db.expire_all()


def _not_closed(
    db: Session, person: PersonId, collection: CollectionId, *, at: datetime
) -> Collection:
    found, _ = queries.check(db, person, collection, now=at)
    if found.stage is Stage.CLOSED:
        raise CollectionError("This collection is closed. Plan the next one instead.")
    return found


def _change(db: Session, collection: CollectionId, **values: object) -> None:
    row = update(CollectionRow).where(col(CollectionRow.id) == collection)
    db.connection().execute(row.values(**values))
    db.expire_all()


def _record(
    db: Session,
    event: Event,
    person: PersonId,
    organisation: OrganisationId,
    collection: CollectionId,
    *,
    at: datetime,
) -> None:
    people_commands.record(
        db,
        event,
        actor=person,
        organisation=organisation,
        detail=keys.collection_key(collection),
        at=at,
    )
