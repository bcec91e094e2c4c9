"""People as the rules see them: by membership alone, never by what they answered."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from typing import NewType

from ccio_skills.vocabulary import PersonId

ClassId = NewType("ClassId", int)


@dataclass(frozen=True, slots=True)
class Contributor:
    """Somebody who has answered in this collection.

    Attributes:
        cohorts: Keys of the cohorts of the collection that they are a member of, as it closes.
        groups: Keys of the declared breakdowns that they fall into ("region:north").
        is_verified: The account is known to be a person's own.
        made_by_reviewer: The account was created by somebody who reads the charts.
        consents: They agreed, and have not withdrawn.
    """

    person: PersonId
    cohorts: frozenset[str]
    groups: frozenset[str] = frozenset()
    is_verified: bool = True
    made_by_reviewer: bool = False
    consents: bool = True

    @property
    def may_be_shown(self) -> bool:
        """False for who withdrew, and for accounts that could pad a group with made-up people."""
        return self.consents and self.is_verified and not self.made_by_reviewer


@dataclass(frozen=True, slots=True)
class Class:
    """People who are in exactly the same releases; nothing tells one from another.

    Attributes:
        groups: Breakdowns that all fell into when they were first sealed; later edits are void.
        id: As stored; ``None`` for a class that this closing makes.
    """

    members: frozenset[PersonId]
    groups: frozenset[str] = frozenset()
    id: ClassId | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """People whose answers are published together, once.

    Attributes:
        cohorts: Cohorts that hold every member, at least one.
        groups: Breakdowns that hold every member.
        reviewers: Members who are reviewers. They are in the block and do not count.
    """

    members: frozenset[PersonId]
    cohorts: frozenset[str]
    groups: frozenset[str]
    reviewers: int

    @property
    def counted(self) -> int:
        """Return the members who count."""
        return len(self.members) - self.reviewers


def count(members: Set[PersonId], reviewers: Set[PersonId]) -> int:
    """Return how many of these people count towards the smallest group."""
    return len(members - reviewers)
