"""The chart of a cohort: the sum of its leaves, or the reason why there is none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from ccio_skills.cohorts.rules._seal import SEAL
from ccio_skills.cohorts.rules.coding import AtLeast, Coded, Exact, Withheld
from ccio_skills.cohorts.rules.collection import Collection, Header, Leaf
from ccio_skills.cohorts.rules.items import Item
from ccio_skills.cohorts.rules.released import Released
from ccio_skills.cohorts.rules.thresholds import Thresholds


class Reason(StrEnum):
    """Why there is no chart. Depends on who took part, never on what they answered."""

    TOO_FEW = "too few"
    NOT_FOR_PUBLIC = "not for public"


@dataclass(frozen=True, slots=True)
class Bar:
    """One item of a chart.

    Attributes:
        people: In the blocks that show this item; 0 where none does.
        parts: People known to be in a category, or in the two lowest together, by these
            categories; one for each category at least.
        hidden: Answered, and what is not shown.
    """

    item: Item
    people: int
    answered: int
    not_answered: int
    parts: Mapping[tuple[int, ...], int]
    hidden: int

    @property
    def is_shown(self) -> bool:
        """False where fewer people than a group answered this item."""
        return self.people > 0


@dataclass(frozen=True, slots=True)
class Caption:
    """What a chart is of.

    Attributes:
        part: Name of the cohort, or of one of its breakdowns.
        members: Everybody in it when the collection closed.
        entries: Numbers of the ledger rows that it is made of.
        hash: Of the collection's last row that was read.
        targets: Whose targets it is compared with; empty for those that it was opened with.
    """

    header: Header
    cohort: str
    part: str
    members: int
    entries: tuple[int, ...]
    hash: str
    targets: str = ""

    @property
    def thresholds(self) -> Thresholds:
        """Return the numbers that the collection was closed under."""
        return self.header.thresholds


@dataclass(frozen=True, slots=True)
class CohortChart:
    """What is known of a cohort.

    Attributes:
        people: Whose answers are in it.
        counted: Of them, those who are no reviewers.
        bars: One for each item of the collection, in its order.
    """

    caption: Caption
    people: int
    counted: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class NoChart:
    """There is no chart, and why. Holds no figure but the number of members."""

    caption: Caption
    reason: Reason


def cohort_chart(
    collection: Released[Collection],
    cohort: str,
    *,
    group: str | None = None,
    for_public: bool = False,
) -> Released[CohortChart] | NoChart:
    """Add up what was published of a cohort, or of one of its breakdowns.

    Args:
        collection: As read from the ledger.
        cohort: Key of one of its cohorts.
        group: Key of a breakdown of that cohort.
        for_public: Use only blocks large enough to leave the cohort.

    Raises:
        KeyError: The collection knows no such cohort or breakdown.
    """
    whole = collection.value
    thresholds = whole.header.thresholds
    part = {one.key: one for one in whole.header.cohorts}[cohort].part(group)
    leaves = [
        one
        for one in whole.leaves
        if cohort in one.cohorts and (group is None or group in one.groups)
    ]
    enough = [one for one in leaves if _counted(one) >= thresholds.public_use]
    used = enough if for_public else leaves
    caption = Caption(
        whole.header,
        cohort,
        part.name,
        part.members,
        entries=(whole.entry, *(one.entry for one in used)),
        hash=whole.hash,
    )
    counted = sum(map(_counted, used))
    if counted < thresholds.smallest_chart:
        is_enough = for_public and sum(map(_counted, leaves)) >= thresholds.smallest_chart
        return NoChart(caption, Reason.NOT_FOR_PUBLIC if is_enough else Reason.TOO_FEW)
    bars = tuple(
        _add_up(item, [(one, one.coded[place]) for one in used], thresholds.smallest_chart)
        for place, item in enumerate(whole.header.items)
    )
    return Released(CohortChart(caption, sum(one.people for one in used), counted, bars), SEAL)


def against(
    chart: Released[CohortChart], targets: Mapping[str, int | None], *, name: str
) -> Released[CohortChart]:
    """Compare a chart with other targets. Its counts stay as they were published.

    Args:
        chart: Of any cohort.
        targets: First category that meets the target, by key of the item; items that it does not
            name have none.
        name: Whose targets they are.
    """
    bars = tuple(
        replace(one, item=replace(one.item, target=targets.get(one.item.key)))
        for one in chart.value.bars
    )
    caption = replace(chart.value.caption, targets=name)
    return Released(replace(chart.value, caption=caption, bars=bars), SEAL)


def _counted(leaf: Leaf) -> int:
    return leaf.people - leaf.reviewers


def _add_up(item: Item, leaves: Sequence[tuple[Leaf, Coded]], smallest: int) -> Bar:
    shown = [(leaf, coded) for leaf, coded in leaves if not isinstance(coded, Withheld)]
    if sum(_counted(leaf) for leaf, _ in shown) < smallest:
        shown = []
    parts: Counter[tuple[int, ...]] = Counter()
    answered = not_answered = hidden = 0
    for _, coded in shown:
        match coded:
            case Exact(counts):
                parts.update({(one,): people for one, people in enumerate(counts)})
            case AtLeast(categories, least):
                parts[categories] += least
                hidden += coded.answered - least
        answered += coded.answered
        not_answered += coded.not_answered
    every = [(one,) for one in range(len(item.categories))]
    people = sum(leaf.people for leaf, _ in shown)
    return Bar(
        item,
        people,
        answered,
        not_answered,
        {one: parts[one] for one in dict.fromkeys([*every, *parts])},
        hidden,
    )
