"""A closed collection as the ledger tells it: what was asked, of whom, and its blocks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ccio_skills.cohorts.rules.coding import Coded
from ccio_skills.cohorts.rules.items import Item
from ccio_skills.cohorts.rules.thresholds import Thresholds


@dataclass(frozen=True, slots=True)
class Part:
    """A cohort, or a breakdown of one, as it was when the collection closed.

    Attributes:
        members: Everybody in it, whether they answered or not.
    """

    key: str
    name: str
    members: int


@dataclass(frozen=True, slots=True)
class Cohort:
    """A cohort and the breakdowns that were declared for it."""

    key: str
    name: str
    members: int
    groups: tuple[Part, ...] = ()

    def part(self, group: str | None) -> Part:
        """Return the whole cohort, or one of its breakdowns.

        Raises:
            KeyError: No such breakdown was declared.
        """
        if group is None:
            return Part(self.key, self.name, self.members)
        found = {one.key: one for one in self.groups}
        return found[group]


@dataclass(frozen=True, slots=True)
class Header:
    """What everybody may know of a collection.

    Attributes:
        closed_at: Aware moment.
        thresholds: Locked when it opened.
        items: As they were worded.
    """

    key: str
    title: str
    closed_at: datetime
    thresholds: Thresholds
    items: tuple[Item, ...]
    cohorts: tuple[Cohort, ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One published block.

    Attributes:
        people: In the block; the same for every item.
        reviewers: Of them, those who do not count.
        cohorts, groups: Those that hold all of it.
        coded: One for each item of the header.
        entry: Number of its ledger row.
    """

    people: int
    reviewers: int
    cohorts: frozenset[str]
    groups: frozenset[str]
    coded: tuple[Coded, ...]
    entry: int


@dataclass(frozen=True, slots=True)
class Collection:
    """A header and its leaves.

    Attributes:
        entry: Number of the header's ledger row.
        hash: Of the last of its rows.
    """

    header: Header
    leaves: tuple[Leaf, ...]
    entry: int
    hash: str
