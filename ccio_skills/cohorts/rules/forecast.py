"""What to expect of a collection before it opens. Uses sizes alone; nobody is looked at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import comb

import numpy as np
from numpy.typing import NDArray

from ccio_skills.cohorts.rules.thresholds import Thresholds

ANSWERING = 0.8
"""Share of members who answer: an assumption, to be replaced once collections have been seen."""

_LARGE = 200
"""Beyond this size a larger group changes nothing that is said."""

Chances = NDArray[np.float64]


class Outlook(StrEnum):
    """How likely a chart is."""

    EXPECTED = "expected"
    LIKELY = "likely"
    NEARLY_EVERYONE = "nearly everyone"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Forecast:
    """What to expect of this collection, and of the next one with the same people.

    Attributes:
        members: Who count; reviewers among them do not.
        this_time, next_time: The chance of a chart, from 0 to 1.
    """

    members: int
    this_time: float
    next_time: float

    @property
    def this_outlook(self) -> Outlook:
        """Say what the chance this time means."""
        return outlook(self.this_time)

    @property
    def next_outlook(self) -> Outlook:
        """Say what the chance next time means."""
        return outlook(self.next_time)


def outlook(chance: float) -> Outlook:
    """Return a chart is expected from 8 in 10, likely from even chances."""
    if chance >= 0.8:
        return Outlook.EXPECTED
    if chance >= 0.5:
        return Outlook.LIKELY
    return Outlook.NEARLY_EVERYONE if chance > 0 else Outlook.NONE


def foresee(
    newcomers: int,
    *,
    classes: Iterable[int] = (),
    thresholds: Thresholds,
    answering: float = ANSWERING,
) -> Forecast:
    """Work out the chance of a chart of one cohort without breakdowns, now and the time after.

    Everybody answers or not by chance, independently, and nobody leaves or joins in between.

    Args:
        newcomers: Members who were never shown, without reviewers.
        classes: Sizes of the classes whose members are all in the cohort, without reviewers.
        thresholds: Of the collection.
        answering: Share of members who answer each time.
    """
    sizes = [*classes]
    members = newcomers + sum(sizes)
    fresh, old = min(newcomers, _LARGE), [min(one, _LARGE) for one in sizes]
    now = _chance([_first(fresh, answering, thresholds), *_shown(old, answering, thresholds)])
    after = _time_after(fresh, old, answering=answering, thresholds=thresholds)
    return Forecast(members, _drawn(now, thresholds), after)


def _time_after(
    newcomers: int, classes: Sequence[int], *, answering: float, thresholds: Thresholds
) -> float:
    """Return the chance of a second chart, over how the newcomers split at the first."""
    kept = [*_shown(classes, answering, thresholds)]
    chance = 0.0
    for sealed, likelihood in enumerate(_binomial(newcomers, answering)):
        is_block = sealed >= thresholds.smallest_group
        split = [sealed] if is_block else []
        waiting = newcomers - sealed if is_block else newcomers
        shown = [
            _first(waiting, answering, thresholds),
            *_shown(split, answering, thresholds),
            *kept,
        ]
        chance += float(likelihood) * _drawn(_chance(shown), thresholds)
    return min(1.0, chance)


def _first(people: int, answering: float, thresholds: Thresholds) -> Chances:
    """Return the chance of each number of people in a first block."""
    chances = _binomial(people, answering)
    chances[0] += chances[1 : thresholds.smallest_group].sum()
    chances[1 : thresholds.smallest_group] = 0
    return chances


def _shown(sizes: Iterable[int], answering: float, thresholds: Thresholds) -> Iterable[Chances]:
    """Yield, for each class, the chance of each number of people who are shown again."""
    for size in sizes:
        chances = np.zeros(size + 1)
        for answered, likelihood in enumerate(_binomial(size, answering)):
            out = size - answered
            rest = max(0, thresholds.smallest_group - out) if out else 0
            shown = answered - rest
            chances[shown if shown >= thresholds.smallest_group else 0] += likelihood
        yield chances


def _chance(groups: Sequence[Chances]) -> Chances:
    total = np.ones(1)
    for one in groups:
        total = np.convolve(total, one)
    return total


def _drawn(people: Chances, thresholds: Thresholds) -> float:
    return float(min(1.0, people[thresholds.smallest_chart :].sum()))


def _binomial(people: int, chance: float) -> Chances:
    return np.array(
        [
            comb(people, each) * chance**each * (1 - chance) ** (people - each)
            for each in range(people + 1)
        ]
    )
