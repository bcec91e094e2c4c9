"""Contribute to a collection while it is open, and take it back."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select
from sqlmodel import Session, col

from ccio_skills import store
from ccio_skills.cohorts import queries
from ccio_skills.cohorts.commands.running import hold
from ccio_skills.cohorts.rules import packing, receipts, stage
from ccio_skills.cohorts.rules.keys import CohortId, CollectionId
from ccio_skills.cohorts.tables.office import MembershipRow, ParticipationRow, ScopeRow
from ccio_skills.cohorts.tables.raw import AnswerRow, LinkRow
from ccio_skills.people import commands as people_commands
from ccio_skills.people.rules import NotAllowedError
from ccio_skills.vocabulary import PersonId


def contribute(
    db: Session,
    person: PersonId,
    collection: CollectionId,
    answers: Mapping[str, int],
    *,
    at: datetime,
) -> str:
    """Send answers to a collection and return the receipt code, which is kept nowhere.

    What was sent before is replaced, and its code counts no more. Nothing is put on record: who
    contributed is nobody's business.

    Args:
        db: An open session; committed here.
        person: Who contributes; a member of one of its cohorts.
        collection: Where to.
        answers: Question key to category.
        at: When.

    Raises:
        NotAllowedError: The person is in none of its cohorts.
        CollectionError: It is not open now, or an answer does not fit; nothing was changed.
    """
    code = receipts.write_code(secrets.randbits(receipts.BITS))

    store.transact(db, lambda: _send(db, person, collection, answers, code, at=at))
    people_commands.wipe(db)
    return code


def _send(
    db: Session,
    person: PersonId,
    collection: CollectionId,
    answers: Mapping[str, int],
    code: str,
    *,
    at: datetime,
) -> None:
    hold(db, collection)
    found = queries.load(db, collection, now=at)
    cohorts = _cohorts_of(db, person, collection)
    if not cohorts:
        raise NotAllowedError("There is no such collection, or it is not open to you.")
    stage.check_open(found.dates, now=at)
    codes = packing.pack_answers(answers, items=queries.items_of(db, collection))
    _delete(db, person, collection)
    number = secrets.token_hex(16)
    receipt = receipts.fingerprint(code) or ""
    link = LinkRow(contribution=number, collection_id=collection, person_id=person, receipt=receipt)
    db.add(link)
    db.flush()
    db.add_all(
        ParticipationRow(contribution=number, cohort_id=one, collection_id=collection)
        for one in cohorts
    )
    db.add(AnswerRow(contribution=number, collection_id=collection, codes=codes))


def withdraw(db: Session, person: PersonId, collection: CollectionId, *, at: datetime) -> bool:
    """Delete a person's own contribution, and say whether there was one.

    Raises:
        CollectionError: The collection is closed: what was sent is in sums already.
    """

    def take_back() -> bool:
        hold(db, collection)
        _check_not_closed(db, collection, at=at)
        return _delete(db, person, collection)

    done = store.transact(db, take_back)
    people_commands.wipe(db)
    return done


def withdraw_by_code(db: Session, code: str, *, at: datetime) -> bool:
    """Delete the contribution behind a receipt code, and say whether there was one.

    Raises:
        CollectionError: The collection is closed: what was sent is in sums already.
    """

    def take_back() -> bool:
        receipt = queries.find_receipt(db, code)
        if receipt is None:
            return False
        hold(db, receipt.collection)
        _check_not_closed(db, receipt.collection, at=at)
        mine = delete(LinkRow).where(col(LinkRow.receipt) == receipts.fingerprint(code))
        return bool(db.connection().execute(mine).rowcount)

    done = store.transact(db, take_back)
    people_commands.wipe(db)
    return done


def _check_not_closed(db: Session, collection: CollectionId, *, at: datetime) -> None:
    found = queries.load(db, collection, now=at)
    if found.dates.closed_at is not None:
        stage.check_open(found.dates, now=at)


def _delete(db: Session, person: PersonId, collection: CollectionId) -> bool:
    # Answers and what was counted go with the link, in the database itself.
    mine = delete(LinkRow).where(
        col(LinkRow.collection_id) == collection, col(LinkRow.person_id) == person
    )
    return bool(db.connection().execute(mine).rowcount)


def _cohorts_of(db: Session, person: PersonId, collection: CollectionId) -> list[CohortId]:
    query = (
        select(col(MembershipRow.cohort_id))
        .join(ScopeRow, col(ScopeRow.cohort_id) == col(MembershipRow.cohort_id))
        .where(
            col(ScopeRow.collection_id) == collection,
            col(MembershipRow.person_id) == person,
            col(MembershipRow.left_at).is_(None),
        )
    )
    return [CohortId(one) for one in db.execute(query).scalars()]
