"""What was published in 2012: figures in words, with where each comes from and how sure it is."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from ccio_skills.library import BaseStatus, FigureStatus, Survey, SurveyItem, SurveyResult

Z = 1.96
"""Half-width of an interval in standard errors: 95 %."""

_FRACTIONS = MappingProxyType(
    {
        Fraction(1, 4): "a quarter",
        Fraction(1, 3): "a third",
        Fraction(1, 2): "half",
        Fraction(2, 3): "two-thirds",
        Fraction(3, 4): "three-quarters",
    }
)
_STATUS = MappingProxyType(
    {
        FigureStatus.PUBLISHED: "as published",
        FigureStatus.FRACTION: "published as a fraction; how many people is not known",
        FigureStatus.ALL: 'published as "all"',
        FigureStatus.DERIVED: "worked out, not published",
        FigureStatus.RANK: "only the order was published",
        FigureStatus.VERBAL: "published in words only",
        FigureStatus.THEMES: "named; no numbers were published",
    }
)


@dataclass(frozen=True, slots=True)
class Counted:
    """A result that is a number of people, and may be drawn as one.

    Attributes:
        count, n: "6 of 7".
        status: Where the count comes from, in words.
        is_derived: The count itself was not published.
    """

    code: str
    key: str
    label: str
    count: int
    n: int
    status: str
    is_derived: bool


def counted(survey: Survey) -> tuple[Counted, ...]:
    """Return the results that are numbers of people; an order, a word or a fraction is none."""
    return tuple(
        Counted(
            item.code,
            one.key,
            one.label,
            one.count,
            item.n,
            status(survey, item, one),
            FigureStatus.DERIVED in (one.status, one.count_status),
        )
        for item in survey.items
        for one in item.results
        if one.count is not None and item.n is not None
    )


def say(item: SurveyItem, one: SurveyResult) -> str:
    """Return the figure in words: "6 of 7", "two-thirds", "2 days a week", "most", "named next"."""
    if one.count is not None and item.n is not None:
        return f"{one.count} of {item.n}"
    if one.value is not None:
        return f"{one.value:g} {item.unit}" if item.unit else f"{one.value:g}"
    if one.proportion is not None:
        return name_fraction(one.proportion)
    if one.verbal is not None:
        return one.verbal
    if one.rank is not None:
        return "most common" if one.rank == 1 else "named next"
    return "named"


def status(survey: Survey, item: SurveyItem, one: SurveyResult) -> str:
    """Say where a figure comes from; no derived count and no presumed base goes unsaid."""
    said = [_STATUS[one.status]]
    if one.count_status is FigureStatus.DERIVED and one.proportion is not None:
        said = [f"published as {one.proportion:.0%}; the count is worked out".replace("%", " %")]
    base = item.n_status or survey.base_status
    if one.count is not None and base is BaseStatus.PRESUMED:
        said.append(f"that {item.n} answered is presumed")
    if one.value is not None and base is BaseStatus.UNKNOWN:
        said.append("out of how many is not known")
    return "; ".join(said)


def name_fraction(share: float) -> str:
    """Return "two-thirds" for 0.667, or "3 in 5" where there is no word for it."""
    found = Fraction(share).limit_denominator(8)
    return _FRACTIONS.get(found, f"{found.numerator} in {found.denominator}")


def can_come_from(share: Fraction, people: int) -> bool:
    """Say whether a share is a whole number of so many people: two-thirds of 7 is not."""
    return (share * people).denominator == 1


def percent(count: int, n: int) -> float:
    """Return a share in per cent to one decimal, halves up: 5 of 7 is 71.4."""
    return math.floor(count / n * 1000 + 0.5) / 10


def plausible(count: int, n: int) -> tuple[float, float]:
    """Return the range in which a share plausibly lies, if those asked were a fair sample.

    Args:
        count: People, ``0 <= count <= n``.
        n: Of so many, at least 1.

    Returns:
        ``(low, high)``, both from 0 to 1; 95 %.

    Raises:
        ValueError: ``n`` is below 1, or ``count`` lies outside ``0..n``.

    Source:
        Score interval, Wilson (1927), J. Am. Stat. Assoc. 22(158):209-212.
    """
    if not (n >= 1 and 0 <= count <= n):
        raise ValueError(f"count={count} of n={n}")
    share = count / n
    scale = 1 + Z**2 / n
    middle = (share + Z**2 / (2 * n)) / scale
    reach = Z / scale * math.sqrt(share * (1 - share) / n + Z**2 / (4 * n**2))
    return max(0.0, middle - reach), min(1.0, middle + reach)


def in_every(count: int, n: int) -> str:
    """Return "about 3 to 6 in every 7", the plausible range in whole people."""
    low, high = (round(share * n) for share in plausible(count, n))
    return f"about {low} to {high} in every {n}"


def groups(survey: Survey) -> Iterator[tuple[SurveyItem, tuple[SurveyResult, ...]]]:
    """Yield each item with those of its results that are no number of people."""
    for item in survey.items:
        rest = tuple(one for one in item.results if one.count is None)
        if rest:
            yield item, rest
