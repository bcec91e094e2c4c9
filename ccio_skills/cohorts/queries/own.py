"""Read whether somebody's own contribution is here: to withdraw it, and for nobody else."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session, col

from ccio_skills.cohorts.rules import receipts
from ccio_skills.cohorts.rules.keys import CollectionId
from ccio_skills.cohorts.tables.ledger import ReceiptRow
from ccio_skills.cohorts.tables.office import CollectionRow
from ccio_skills.cohorts.tables.raw import LinkRow
from ccio_skills.vocabulary import PersonId


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a receipt code proves.

    Attributes:
        is_open: The contribution can still be taken back.
    """

    collection: CollectionId
    title: str
    is_open: bool


def has_contributed(db: Session, person: PersonId, collection: CollectionId) -> bool:
    """Say whether a contribution of a person's own can be withdrawn."""
    query = select(col(LinkRow.contribution)).where(
        col(LinkRow.collection_id) == collection, col(LinkRow.person_id) == person
    )
    return db.execute(query).first() is not None


def find_receipt(db: Session, code: str) -> Receipt | None:
    """Return what a code proves, for whoever has it, or ``None``.

    ``None`` means that it is no code, or that the contribution was withdrawn or replaced. Whether
    somebody rested is not among what it says: that is never said.
    """
    fingerprint = receipts.fingerprint(code)
    if fingerprint is None:
        return None
    asked = select(col(CollectionRow.id), col(CollectionRow.title))
    sent = asked.join(LinkRow, col(LinkRow.collection_id) == col(CollectionRow.id))
    closed = asked.join(ReceiptRow, col(ReceiptRow.collection_id) == col(CollectionRow.id))
    if row := db.execute(sent.where(col(LinkRow.receipt) == fingerprint)).first():
        return Receipt(CollectionId(row.id or 0), row.title, is_open=True)
    if row := db.execute(closed.where(col(ReceiptRow.fingerprint) == fingerprint)).first():
        return Receipt(CollectionId(row.id or 0), row.title, is_open=False)
    return None
