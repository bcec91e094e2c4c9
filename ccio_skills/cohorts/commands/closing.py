"""Close a collection: decide, read the answers once, publish, delete them. All, or nothing."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from sqlalchemy import delete, func, insert, select, update
from sqlmodel import Session, col

from ccio_skills import store
from ccio_skills.cohorts import queries
from ccio_skills.cohorts.commands import sealing
from ccio_skills.cohorts.commands.record import Event
from ccio_skills.cohorts.commands.running import hold
from ccio_skills.cohorts.queries import Cohort, Collection
from ccio_skills.cohorts.rules import closing as rules
from ccio_skills.cohorts.rules import coding, deciding, keys
from ccio_skills.cohorts.rules.collection import Header
from ccio_skills.cohorts.rules.items import Item
from ccio_skills.cohorts.rules.keys import CollectionId
from ccio_skills.cohorts.rules.members import Block
from ccio_skills.cohorts.rules.stage import CollectionError, Stage
from ccio_skills.cohorts.rules.thresholds import Thresholds
from ccio_skills.cohorts.tables.ledger import ReceiptRow
from ccio_skills.cohorts.tables.office import CollectionRow, ParticipationRow, ScopeRow
from ccio_skills.cohorts.tables.raw import AnswerRow, LinkRow
from ccio_skills.people import commands as people_commands
from ccio_skills.people import queries as people_queries
from ccio_skills.vocabulary import PersonId, Role

Progress = Callable[[float, str], object]
"""Called with (share of the way, from 0 to 1; what is being done, in words for the person)."""


@dataclass(frozen=True, slots=True)
class Closed:
    """What a closing did, as far as its administrator is told.

    Attributes:
        is_first: Somebody else had closed it already where this is false.
        contributed: How many, over all cohorts.
    """

    is_first: bool
    contributed: int


def close(
    db: Session,
    person: PersonId,
    collection: CollectionId,
    *,
    at: datetime,
    rng: random.Random | None = None,
    progress: Progress = lambda _share, _words: None,
) -> Closed:
    """Close a collection, for good. Done twice, or by two at once, it is done once.

    One transaction: after a crash half-way the collection is open as it was, nothing is published
    and nobody's answers are lost.

    Args:
        db: An open session; committed here.
        person: Who closes it: they run every one of its cohorts.
        collection: Which.
        at: When; a clock that was put back never makes it end before it began.
        rng: Chooses who rests; the operating system's own source outside of tests.
        progress: Told how far it is.

    Raises:
        NotAllowedError: The person does not run all of its cohorts.
        CollectionError: It was never opened.
        AlteredError: The ledger is not what was written, so nothing may be added to it.
    """
    choose = rng or random.SystemRandom()
    done = store.transact(db, lambda: _close(db, person, collection, choose, progress, at=at))
    db.expire_all()
    people_commands.wipe(db)
    progress(1.0, "Closed")
    return done


def _close(
    db: Session,
    person: PersonId,
    collection: CollectionId,
    rng: random.Random,
    progress: Progress,
    *,
    at: datetime,
) -> Closed:
    progress(0.0, "Checking what was published before")
    after = sealing.hold_ledger(db)
    hold(db, collection)
    found, cohorts = queries.check(db, person, collection, now=at)
    if found.stage is Stage.CLOSED:
        return Closed(is_first=False, contributed=_contributed(db, collection))
    if found.thresholds is None or found.dates.opened_at is None:
        raise CollectionError("This collection was never opened. Discard the plan instead.")
    queries.verify(db)
    closed_at = max(at, found.dates.opened_at)
    closing = _Closing(db, found, cohorts, found.thresholds, closed_at, progress)
    contributed = closing.publish(after, rng)
    progress(0.9, "Deleting the answers")
    _delete(db, collection)
    row = update(CollectionRow).where(col(CollectionRow.id) == collection)
    db.connection().execute(row.values(closed_at=closed_at, closed_by=person))
    people_commands.record(
        db,
        Event.CLOSED,
        actor=person,
        organisation=found.organisation,
        detail=keys.collection_key(collection),
        at=at,
    )
    return Closed(is_first=True, contributed=contributed)


@dataclass(frozen=True)
class _Closing:
    db: Session
    found: Collection
    cohorts: tuple[Cohort, ...]
    thresholds: Thresholds
    closed_at: datetime
    progress: Progress

    def publish(self, after: sealing.End, rng: random.Random) -> int:
        """Put people into blocks, code the blocks and append them; return how many contributed."""
        db, collection = self.db, self.found.id
        items = queries.items_of(db, collection)
        self.progress(0.1, "Putting people into groups, by membership alone")
        who = _contributors_of(db, collection)
        people = sealing.People.read(db, self.cohorts)
        made = deciding.decide(
            people.contributors(who),
            classes=sealing.read_classes(db),
            reviewers=self._reviewers(),
            thresholds=self.thresholds,
            rng=rng,
        )
        self.progress(0.4, "Adding up answers, group by group")
        coded = _coded_histograms(
            db, collection, items=items, blocks=made.blocks, thresholds=self.thresholds
        )
        self.progress(0.6, "Publishing the sums")
        header = Header(
            keys.collection_key(collection),
            self.found.title,
            self.closed_at,
            self.thresholds,
            items,
            people.parts(self.cohorts),
        )
        rows = rules.seal(header, made.blocks, coded, after=after.row)
        sealing.append(db, rows, collection, header=header, blocks=made.blocks)
        sealing.save_classes(db, made.classes)
        self._save_sizes(people.sizes(who))
        return len(who)

    def _reviewers(self) -> frozenset[PersonId]:
        where = self.found.organisation
        return frozenset().union(
            *(
                people_queries.holders(self.db, where, Role.REVIEWER, target=one.key)
                for one in self.cohorts
            )
        )

    def _save_sizes(self, sizes: Mapping[str, tuple[int, int]]) -> None:
        for one in self.cohorts:
            members, contributed = sizes[one.key]
            row = update(ScopeRow).where(
                col(ScopeRow.collection_id) == self.found.id, col(ScopeRow.cohort_id) == one.id
            )
            self.db.connection().execute(row.values(members=members, contributed=contributed))


def _contributors_of(db: Session, collection: CollectionId) -> list[PersonId]:
    query = select(col(LinkRow.person_id)).where(col(LinkRow.collection_id) == collection)
    return sorted(map(PersonId, db.execute(query).scalars()))


def _coded_histograms(
    db: Session,
    collection: CollectionId,
    *,
    items: Sequence[Item],
    blocks: Sequence[Block],
    thresholds: Thresholds,
) -> Sequence[Sequence[coding.Coded]]:
    """Read the answers. No other function of the app reads them, and this one gives none back."""
    where = {person: at for at, block in enumerate(blocks) for person in block.members}
    query = (
        select(col(LinkRow.person_id), col(AnswerRow.codes))
        .join(AnswerRow, col(AnswerRow.contribution) == col(LinkRow.contribution))
        .where(col(LinkRow.collection_id) == collection)
    )
    rows = db.execute(query).all()
    codes = np.frombuffer(b"".join(row.codes for row in rows), dtype=np.int8)
    places = np.array([where.get(PersonId(row.person_id), -1) for row in rows], dtype=np.int64)
    return coding.coded_histograms(
        codes.reshape(len(rows), len(items)),
        places,
        items=items,
        blocks=blocks,
        thresholds=thresholds,
    )


def _contributed(db: Session, collection: CollectionId) -> int:
    query = select(func.count()).where(col(ReceiptRow.collection_id) == collection)
    return int(db.execute(query).scalar_one())


def _delete(db: Session, collection: CollectionId) -> None:
    """Delete all that was sent; the fingerprints of the receipts stay, without a person."""
    held = db.connection()
    receipts = select(col(LinkRow.receipt), col(LinkRow.collection_id)).where(
        col(LinkRow.collection_id) == collection
    )
    # By fingerprint, so that their order says nothing about who came when.
    sorted_ = receipts.order_by(col(LinkRow.receipt))
    held.execute(insert(ReceiptRow).from_select(["fingerprint", "collection_id"], sorted_))
    # First what hangs on a link: row by row, as the database would do it, takes longer.
    held.execute(delete(AnswerRow).where(col(AnswerRow.collection_id) == collection))
    held.execute(delete(ParticipationRow).where(col(ParticipationRow.collection_id) == collection))
    held.execute(delete(LinkRow).where(col(LinkRow.collection_id) == collection))
