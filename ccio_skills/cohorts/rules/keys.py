"""What cohorts, breakdowns and collections are called in grants and in the ledger."""

from __future__ import annotations

from typing import NewType

CohortId = NewType("CohortId", int)
CollectionId = NewType("CollectionId", int)
GroupId = NewType("GroupId", int)

_COHORT = "cohort:"
_COLLECTION = "collection:"


def cohort_key(cohort: CohortId) -> str:
    """Return the key of a cohort; a role for this part of an organisation has it as target."""
    return f"{_COHORT}{cohort}"


def cohort_of(target: str) -> CohortId | None:
    """Return the cohort that a role is for, or ``None`` where it is for something else."""
    number = target.removeprefix(_COHORT)
    is_one = target.startswith(_COHORT) and number.isascii() and number.isdigit()
    return CohortId(int(number)) if is_one else None


def group_key(group: GroupId) -> str:
    """Return the key of a breakdown."""
    return f"group:{group}"


def collection_key(collection: CollectionId) -> str:
    """Return the key of a collection."""
    return f"{_COLLECTION}{collection}"


def collection_of(key: str) -> CollectionId:
    """Return the collection that the ledger calls so.

    Raises:
        ValueError: It is the key of no collection.
    """
    return CollectionId(int(key.removeprefix(_COLLECTION)))
