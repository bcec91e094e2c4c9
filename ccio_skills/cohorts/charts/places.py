"""Where the marks of diverging bars stand: the same for the screen, the picture and the report."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ccio_skills.cohorts.rules import measures, telling
from ccio_skills.cohorts.rules.cohort_chart import Bar, CohortChart
from ccio_skills.cohorts.rules.domains import Domain, domains, shortfall
from ccio_skills.cohorts.rules.measures import Tier
from ccio_skills.cohorts.rules.released import Released

_APART = 0.012
"""Room before what is not shown, as a share of the width."""
_NARROW = 0.045
"""Share of the width below which a number has no room; it stands in the table."""


@dataclass(frozen=True, slots=True)
class Line:
    """One bar with the words above it.

    Attributes:
        parts: Known people or answers by category, or by the two lowest together.
        hidden: Answered, and not shown.
    """

    title: str
    words: str
    tier: Tier | None
    categories: tuple[str, ...]
    is_ordered: bool
    parts: Mapping[tuple[int, ...], int]
    hidden: int

    @property
    def pivot(self) -> int:
        """Return the first category that stands right of the line: of levels, the third."""
        return len(self.categories) // 2 if self.is_ordered else 0


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a bar; ``left`` and ``right`` are shares of the width.

    Attributes:
        level: Which colour of the level scale, 1 to 5; 0 for what is not shown.
        label: What stands in it.
    """

    left: float
    right: float
    level: int
    people: int
    label: str
    is_joint: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """A line, its boxes from left to right, and where the line between the sides stands."""

    line: Line
    boxes: tuple[Box, ...]
    middle: float


def domains_of(chart: Released[CohortChart], *, is_as_asked: bool = False) -> tuple[Domain, ...]:
    """Return the domains whose skills add up, in the order of the questions if that is wanted."""
    found = [one for one in domains(chart) if one.categories]
    if is_as_asked:
        asked = [one.item.section for one in chart.value.bars]
        found.sort(key=lambda one: asked.index(one.name))
    return tuple(found)


def domain_lines(chart: Released[CohortChart], *, is_as_asked: bool = False) -> tuple[Line, ...]:
    """Return a line for each domain whose skills add up."""
    return tuple(
        Line(
            one.name,
            telling.short_domain(one),
            None,
            one.categories,
            one.is_ordered,
            one.parts,
            one.hidden,
        )
        for one in domains_of(chart, is_as_asked=is_as_asked)
    )


def bars_of(chart: Released[CohortChart], section: str | None = None) -> tuple[Bar, ...]:
    """Return the bars of a domain, or all: those with the largest share below the target first."""
    members = chart.value.caption.members
    chosen = [one for one in chart.value.bars if section in (None, one.item.section)]
    return tuple(
        sorted(chosen, key=lambda one: -shortfall(measures.share_at_target(one, members=members)))
    )


def skill_lines(chart: Released[CohortChart], section: str | None = None) -> tuple[Line, ...]:
    """Return a line for each question of a domain, or of all."""
    members = chart.value.caption.members
    found = []
    for one in bars_of(chart, section):
        share = measures.share_at_target(one, members=members)
        found.append(
            Line(
                one.item.title,
                telling.short(one, members=members),
                measures.tier(share) if share else None,
                one.item.categories,
                one.item.is_ordered,
                one.parts if one.is_shown else {},
                one.hidden,
            )
        )
    return tuple(found)


def place(lines: Sequence[Line]) -> tuple[Placed, ...]:
    """Put lines on one common scale, so that a person is as wide in each."""
    sides = [_sides(one) for one in lines]
    left = max((low for low, _ in sides), default=0)
    right = max((high for _, high in sides), default=0)
    unit = (1 - _APART) / max(1, left + right)
    return tuple(_place(one, left * unit, unit) for one in lines)


def _sides(line: Line) -> tuple[int, int]:
    low = sum(people for part, people in line.parts.items() if max(part) < line.pivot)
    return low, sum(line.parts.values()) - low + line.hidden


def _place(line: Line, middle: float, unit: float) -> Placed:
    at = middle - _sides(line)[0] * unit
    boxes = []
    # Of two parts that begin alike, the joint one stands between its categories.
    for part, people in sorted(line.parts.items(), key=lambda one: sum(one[0]) / len(one[0])):
        if not people:
            continue
        level = _level(part[0], len(line.categories))
        words = f"{people} at 1 or 2" if len(part) > 1 else str(people)
        boxes.append(_box(at, people * unit, level, people, words, is_joint=len(part) > 1))
        at = boxes[-1].right
    if line.hidden:
        words = f"{line.hidden} not shown"
        boxes.append(_box(at + _APART, line.hidden * unit, 0, line.hidden, words))
    return Placed(line, tuple(boxes), middle)


def _box(
    at: float, width: float, level: int, people: int, words: str, *, is_joint: bool = False
) -> Box:
    # A letter takes about a fiftieth of a phone's width.
    fits = width >= max(_NARROW, len(words) / 50)
    number = str(people) if width >= _NARROW else ""
    return Box(at, at + width, level, people, words if fits else number, is_joint)


def _level(category: int, categories: int) -> int:
    return 1 + math.floor(4 * category / (categories - 1) + 0.5)
