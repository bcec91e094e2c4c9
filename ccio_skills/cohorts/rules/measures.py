"""What may be said of a bar: middle answer, share at the target, and how sure that is."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ccio_skills.cohorts.rules.cohort_chart import Bar

Z = 1.96
"""Half-width of an interval in standard errors: 95 %."""


@dataclass(frozen=True, slots=True)
class Between:
    """From one category to another, both included; the same twice where it is one."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Share:
    """Who meets a target, of those who answered.

    Attributes:
        least, most: People; they differ where answers are not shown.
        answered: Of so many.
        low, high: The share of all members that plausibly meets it, from 0 to 1.
        is_everyone: All members answered, so that only answers not shown leave it open.
    """

    least: int
    most: int
    answered: int
    low: float
    high: float
    is_everyone: bool


class Tier(StrEnum):
    """How wide a gap is. Tiers, not ranks: at seven people an item's place means nothing."""

    CLEAR = "clear"
    MIXED = "mixed"
    FINE = "fine"


def bounds(bar: Bar) -> tuple[tuple[int, int], ...]:
    """Return for each category the fewest and the most people who can be in it."""
    return tuple(
        (
            bar.parts[(one,)],
            sum(people for part, people in bar.parts.items() if one in part) + bar.hidden,
        )
        for one in range(len(bar.item.categories))
    )


def lowest_two(bar: Bar) -> tuple[int, int]:
    """Return the fewest and the most people who can be in the two lowest categories together."""
    known = sum(people for part, people in bar.parts.items() if {*part} <= {0, 1})
    return known, known + bar.hidden


def median(bar: Bar) -> Between | None:
    """Return the middle answer; a range where two stand in the middle or some are not shown.

    Returns:
        ``None`` where the item has no order or is not shown.
    """
    if not (bar.item.is_ordered and bar.is_shown):
        return None
    low, high = math.ceil(bar.answered / 2), bar.answered // 2 + 1
    return _between(bar, low, high)


def middle_half(bar: Bar) -> Between | None:
    """Return from where to where the middle half of the answers reaches.

    Quartiles by nearest rank: the answer at ceil(n/4) and at ceil(3n/4), counted from the lowest.

    Returns:
        ``None`` where the item has no order or is not shown, or what is hidden leaves it open.
    """
    if not (bar.item.is_ordered and bar.is_shown):
        return None
    low, high = (
        _between(bar, rank, rank)
        for rank in (math.ceil(bar.answered / 4), math.ceil(3 * bar.answered / 4))
    )
    is_known = low.low == low.high and high.low == high.high
    return Between(low.low, high.high) if is_known else None


def share_at_target(bar: Bar, *, members: int) -> Share | None:
    """Return who meets the item's target.

    Args:
        bar: Of an item.
        members: Of the cohort, whether they answered or not.

    Returns:
        ``None`` where there is no target or the item is not shown.
    """
    target = bar.item.target
    if target is None or not bar.is_shown:
        return None
    least = sum(people for part, people in bar.parts.items() if min(part) >= target)
    most = sum(people for part, people in bar.parts.items() if max(part) >= target) + bar.hidden
    low, _ = plausible_share(least, bar.answered, members=members)
    _, high = plausible_share(most, bar.answered, members=members)
    return Share(least, most, bar.answered, low, high, is_everyone=bar.answered >= members)


def tier(share: Share) -> Tier:
    """Return a clear gap where fewer than half meet the target even at the most hopeful reading."""
    if share.high < 0.5:
        return Tier.CLEAR
    return Tier.FINE if share.low > 0.5 else Tier.MIXED


def plausible_share(met: int, answered: int, *, members: int) -> tuple[float, float]:
    """Return the range in which the share among all members plausibly lies.

    Args:
        met: People who meet the target, ``0 <= met <= answered``.
        answered: People who answered, at least 1.
        members: Whom the answers speak for; with everybody there is no sampling error.

    Returns:
        ``(low, high)``, both from 0 to 1; 95 %.

    Raises:
        ValueError: ``answered`` is below 1, or ``met`` lies outside ``0..answered``.

    Source:
        Score interval, Wilson (1927), J. Am. Stat. Assoc. 22(158):209-212, with n(N-1)/(N-n) in
        place of n for a roster of N.
    """
    if not (answered >= 1 and 0 <= met <= answered):
        raise ValueError(f"met={met} of answered={answered}")
    share = met / answered
    if answered >= members:
        return share, share
    sample = answered * (members - 1) / (members - answered)
    scale = 1 + Z**2 / sample
    middle = (share + Z**2 / (2 * sample)) / scale
    reach = Z / scale * math.sqrt(share * (1 - share) / sample + Z**2 / (4 * sample**2))
    return max(0.0, middle - reach), min(1.0, middle + reach)


def _between(bar: Bar, low_rank: int, high_rank: int) -> Between:
    """Return the lowest answer that can stand at one rank and the highest at another."""
    lowest = _arranged(bar, to=min, hidden=0)
    highest = _arranged(bar, to=max, hidden=len(bar.item.categories) - 1)
    return Between(_at(lowest, low_rank), _at(highest, high_rank))


def _arranged(bar: Bar, *, to: Callable[[tuple[int, ...]], int], hidden: int) -> list[int]:
    counts = [0] * len(bar.item.categories)
    counts[hidden] = bar.hidden
    for part, people in bar.parts.items():
        counts[to(part)] += people
    return counts


def _at(counts: Sequence[int], rank: int) -> int:
    for category, people in enumerate(counts):
        rank -= people
        if rank <= 0:
            return category
    raise ValueError(f"rank beyond {sum(counts)} answers")
