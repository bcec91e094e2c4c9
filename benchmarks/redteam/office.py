"""The product's own rules over a store in memory: what the games are played against."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from ccio_skills.cohorts.rules import closing, coding, deciding, desk, reading
from ccio_skills.cohorts.rules.coding import Coded
from ccio_skills.cohorts.rules.collection import Cohort, Collection, Header, Part
from ccio_skills.cohorts.rules.deciding import Decision, Draw
from ccio_skills.cohorts.rules.desk import Sheet
from ccio_skills.cohorts.rules.items import Item
from ccio_skills.cohorts.rules.ledger import Row
from ccio_skills.cohorts.rules.members import Block, Class, Contributor
from ccio_skills.cohorts.rules.released import Released
from ccio_skills.cohorts.rules.thresholds import DEFAULT, Thresholds
from ccio_skills.vocabulary import PersonId

Record = tuple[PersonId, str]
"""One answer: whose, and in which wave."""

CLOSED_AT = datetime(2026, 11, 22, 17, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Wave:
    """One collection as it closes.

    Attributes:
        answers: Of each contributor, one code for each item.
        members: Everybody of each cohort, whether they answered or not.
        groups: Breakdowns declared of each cohort, and everybody in them.
        reviewers: Who does not count.
    """

    key: str
    items: tuple[Item, ...]
    contributors: tuple[Contributor, ...]
    answers: Mapping[PersonId, tuple[int, ...]]
    members: Mapping[str, int]
    groups: Mapping[str, Mapping[str, int]]
    reviewers: frozenset[PersonId] = frozenset()

    def header(self) -> Header:
        """Return what the ledger says of the collection."""
        cohorts = tuple(
            Cohort(
                key,
                f"Cohort {key}",
                members,
                tuple(Part(one, one, size) for one, size in self.groups.get(key, {}).items()),
            )
            for key, members in self.members.items()
        )
        return Header(self.key, f"Wave {self.key}", CLOSED_AT, DEFAULT, self.items, cohorts)


class Office:
    """Closes collections, and lays out the reviewer's desk. Mutants override what they break.

    Attributes:
        rows: The ledger.
        blocks: Who stands behind each row of a block; known to nobody but the referee and, so that
            the adversary has more than is promised, to the adversary.
        draws: Who rested, which no reviewer reads.
    """

    name = "as built"

    def __init__(self, rng: random.Random, thresholds: Thresholds = DEFAULT) -> None:
        self.rng = rng
        self.thresholds = thresholds
        self.rows: tuple[Row, ...] = ()
        self.classes: tuple[Class, ...] = ()
        self.blocks: dict[int, tuple[str, Block]] = {}
        self.draws: list[Draw] = []
        self.waves: dict[str, Wave] = {}

    def close(self, wave: Wave) -> None:
        """Close a collection: decide, code, seal."""
        made = self.decide(wave)
        coded = self.code(wave, made.blocks)
        after = self.rows[-1] if self.rows else None
        rows = closing.seal(wave.header(), made.blocks, coded, after=after)
        self.rows += rows
        self.classes = made.classes
        self.draws += made.draws
        self.waves[wave.key] = wave
        for row, block in zip(rows[1:], made.blocks, strict=True):
            self.blocks[row.number] = wave.key, block

    def glance(self, wave: Wave) -> Sequence[Released[Collection]]:
        """Return what a reviewer finds while a collection is open: what was closed before."""
        return self.collections()

    def decide(self, wave: Wave) -> Decision:
        """Put people into blocks."""
        return deciding.decide(
            wave.contributors,
            classes=self.classes,
            reviewers=wave.reviewers,
            thresholds=self.thresholds,
            rng=self.rng,
        )

    def code(self, wave: Wave, blocks: Sequence[Block]) -> Sequence[Sequence[Coded]]:
        """Read the answers."""
        return coding.coded_histograms(
            *arrays(wave, blocks), items=wave.items, blocks=blocks, thresholds=self.thresholds
        )

    def collections(self) -> Sequence[Released[Collection]]:
        """Read the ledger."""
        starts = [at for at, row in enumerate(self.rows) if row.number not in self.blocks]
        ends = [*starts, len(self.rows)][1:]
        return [
            reading.read_collection(self.rows[start:end])
            for start, end in zip(starts, ends, strict=True)
        ]

    def sheets(self, collections: Iterable[Released[Collection]]) -> tuple[Sheet, ...]:
        """Lay out the desk."""
        return desk.desk(collections)

    def csv(self, sheet: Sheet) -> bytes | None:
        """Return a download."""
        return sheet.csv()

    def behind(self, sheet: Sheet) -> frozenset[Record]:
        """Return the answers that a sheet is the sum of."""
        if sheet.chart is None:
            return frozenset()
        found = [self.blocks[one] for one in sheet.chart.value.caption.entries[1:]]
        return frozenset((person, key) for key, block in found for person in block.members)


def arrays(wave: Wave, blocks: Sequence[Block]) -> tuple[coding.Answers, coding.Places]:
    """Return a wave's answers and where each goes, as coding reads them."""
    where = {one: at for at, block in enumerate(blocks) for one in block.members}
    codes = np.array([*wave.answers.values()], dtype=np.int8).reshape(-1, len(wave.items))
    places = np.array([where.get(one, -1) for one in wave.answers], dtype=np.int64)
    return codes, places


def counts(wave: Wave, people: Set[PersonId], item: int = 0) -> tuple[list[int], int]:
    """Return the true histogram of some people, and how many did not answer."""
    given = [wave.answers[one][item] for one in people]
    names = range(len(wave.items[item].categories))
    return [given.count(one) for one in names], given.count(-1)
