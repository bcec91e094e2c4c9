"""Modules as a planner sees them: what each gives, what it costs, what stands before it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter

import numpy as np
from numpy.typing import NDArray

from ccio_skills.vocabulary import Level, Slug

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]
Prices = NDArray[np.float64]

STEPS = int(max(Level))
"""Steps of a skill: step n leads from level n-1 to n."""

WHOLE = 4
"""Gains are counted in quarters of a step, so every sum is exact whatever its order."""

EXPONENTS = (0.7, 1.0, 1.3)
"""Of minutes, in worth per minutes: below 1 favours long modules, above 1 short ones."""

_FIRST_SKILL = (4, 2)
_OTHER_SKILLS = (2, 1)


@dataclass(frozen=True, slots=True)
class Offer:
    """A module that may be planned.

    Attributes:
        code: Breaks ties, so that a plan never depends on the order of a dictionary.
        minutes: Time to take part, at least 1.
        level: 1 to 5; the level that its first skill reaches.
        skills: At least one; the first is the main one.
        prerequisites: Slugs to finish first; those that name no offer are passed over.
    """

    slug: Slug
    code: str
    minutes: int
    level: int
    skills: tuple[Slug, ...]
    prerequisites: tuple[Slug, ...]

    def __post_init__(self) -> None:
        """Refuse what cannot be planned."""
        if self.minutes < 1 or not 1 <= self.level <= STEPS or not self.skills:
            raise ValueError(f"{self.slug}: {self.minutes=} {self.level=} {self.skills=}")

    def gains(self) -> dict[tuple[Slug, int], int]:
        """Return what the module gives to each (skill, step), in quarters of a step."""
        given: dict[tuple[Slug, int], int] = {}
        for skill in self.skills:
            main = skill == self.skills[0]
            for back, quarters in enumerate(_FIRST_SKILL if main else _OTHER_SKILLS):
                if self.level > back:
                    given[skill, self.level - back] = quarters
        return given


@dataclass(frozen=True, slots=True, eq=False)
class Lists:
    """Many short lists of whole numbers, laid end to end."""

    starts: Ints
    values: Ints

    @classmethod
    def of(cls, lists: Sequence[Sequence[int]]) -> Lists:
        """Lay these lists end to end."""
        starts = np.zeros(len(lists) + 1, dtype=np.int64)
        np.cumsum([len(one) for one in lists], out=starts[1:])
        return cls(starts, np.array([each for one in lists for each in one], dtype=np.int64))

    def __getitem__(self, row: int) -> Ints:
        """Return one list."""
        return self.values[self.starts[row] : self.starts[row + 1]]

    def places(self, rows: Ints) -> tuple[Ints, Ints]:
        """Say where the values of some lists stand.

        Args:
            rows: Which lists, shape (n,).

        Returns:
            ``(which, place)`` of equal length: for each value, whose it is (0 to n-1, a position
            in ``rows``) and where it stands in ``values``.
        """
        counts = self.starts[rows + 1] - self.starts[rows]
        which = np.repeat(np.arange(len(rows)), counts)
        before = np.cumsum(counts) - counts
        return which, np.arange(len(which)) + (self.starts[rows] - before)[which]


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """The arrays behind a catalogue; modules are numbered by code, elements by skill and step.

    Attributes:
        offers: In order of code; their positions are the numbers used everywhere else.
        number: Slug to position.
        skills: Slug to position; element = position x STEPS + step - 1.
        minutes, levels, mains: Per module; ``mains`` is the position of its first skill.
        elements, quarters: What each module gives by itself, and how much of it.
        before: All that must be taken before a module.
        needs: The module and all that stands before it, in an order to take them.
        serves: The module and all that it stands before.
        givers: Per element, the modules that give to it by themselves.
        bundle_givers, bundle_quarters: Per element, the modules that give to it with all of
            ``needs``, and how much of it together, not capped.
        bundle_minutes: What all of ``needs`` cost.
        prices: For each exponent, minutes**exponent of every number of minutes that can occur.
    """

    offers: tuple[Offer, ...]
    number: Mapping[Slug, int]
    skills: Mapping[Slug, int]
    minutes: Ints
    levels: Ints
    mains: Ints
    elements: Lists
    quarters: Ints
    before: tuple[frozenset[int], ...]
    needs: Lists
    serves: Lists
    givers: Lists
    bundle_givers: Lists
    bundle_quarters: Floats
    bundle_minutes: Ints
    prices: tuple[Prices, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """All modules, prepared once so that a plan takes milliseconds.

    Raises:
        ValueError: Two offers share a slug, or modules need each other in a circle.
    """

    offers: Sequence[Offer]
    layout: Layout = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Prepare the arrays."""
        object.__setattr__(self, "layout", _lay_out(self.offers))

    def numbers(self, slugs: Iterable[Slug]) -> list[int]:
        """Return the positions of these modules, in the given order; unknown slugs are left out."""
        known = self.layout.number
        return [known[slug] for slug in slugs if slug in known]


def _lay_out(unordered: Sequence[Offer]) -> Layout:
    offers = tuple(sorted(unordered, key=lambda offer: (offer.code, offer.slug)))
    number = {offer.slug: place for place, offer in enumerate(offers)}
    if len(number) < len(offers):
        twice = [slug for slug, times in Counter(o.slug for o in offers).items() if times > 1]
        raise ValueError(f"slugs used twice: {', '.join(twice)}")
    skills = {slug: n for n, slug in enumerate(sorted({s for o in offers for s in o.skills}))}
    given = [
        {skills[skill] * STEPS + step - 1: q for (skill, step), q in offer.gains().items()}
        for offer in offers
    ]
    needs = _closures([[number[p] for p in o.prerequisites if p in number] for o in offers], offers)
    minutes = np.array([offer.minutes for offer in offers], dtype=np.int64)
    bundles = [_sum_up([given[member] for member in members]) for members in needs]
    bundle_minutes = np.array([int(minutes[one].sum()) for one in needs], dtype=np.int64)
    bundle_givers, bundle_quarters = _turn_round(bundles, size=len(skills) * STEPS)
    return Layout(
        offers=offers,
        number=number,
        skills=skills,
        minutes=minutes,
        levels=np.array([offer.level for offer in offers], dtype=np.int64),
        mains=np.array([skills[offer.skills[0]] for offer in offers], dtype=np.int64),
        elements=Lists.of([list(one) for one in given]),
        quarters=np.array([q for one in given for q in one.values()], dtype=np.int64),
        before=tuple(frozenset(one[:-1]) for one in needs),
        needs=Lists.of(needs),
        serves=_turn_round([dict.fromkeys(one, 1) for one in needs], size=len(offers))[0],
        givers=_turn_round(given, size=len(skills) * STEPS)[0],
        bundle_givers=bundle_givers,
        bundle_quarters=bundle_quarters,
        bundle_minutes=bundle_minutes,
        prices=tuple(_price(int(bundle_minutes.max(initial=0)), exponent=e) for e in EXPONENTS),
    )


def _price(longest: int, *, exponent: float) -> Prices:
    """Return the prices of 0 to ``longest`` minutes; none cost as much as one."""
    return np.maximum(1, np.arange(1 + longest, dtype=np.float64)) ** exponent


def _closures(before: Sequence[Sequence[int]], offers: Sequence[Offer]) -> list[list[int]]:
    """Return each module with all that stands before it, deepest first, then by code."""
    try:
        order = list(TopologicalSorter(dict(enumerate(before))).static_order())
    except CycleError as error:
        circle = " > ".join(offers[place].slug for place in error.args[1])
        raise ValueError(f"modules need each other: {circle}") from error
    depth: dict[int, int] = {}
    closure: dict[int, set[int]] = {}
    for one in order:
        depth[one] = 1 + max((depth[p] for p in before[one]), default=0)
        closure[one] = {one}.union(*(closure[p] for p in before[one]))
    return [sorted(closure[n], key=lambda m: (depth[m], m)) for n in range(len(before))]


def _turn_round(given: Sequence[Mapping[int, int]], *, size: int) -> tuple[Lists, Floats]:
    """Return who gives to each of ``size`` receivers, and how much."""
    givers: list[list[int]] = [[] for _ in range(size)]
    amounts: list[list[int]] = [[] for _ in range(size)]
    for giver, parts in enumerate(given):
        for receiver, amount in parts.items():
            givers[receiver].append(giver)
            amounts[receiver].append(amount)
    return Lists.of(givers), Lists.of(amounts).values.astype(np.float32)


def _sum_up(given: Sequence[Mapping[int, int]]) -> dict[int, int]:
    total: dict[int, int] = {}
    for one in given:
        for element, quarters in one.items():
            total[element] = total.get(element, 0) + quarters
    return total
