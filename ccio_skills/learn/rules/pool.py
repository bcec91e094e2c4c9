"""Picks of modules, and the pool of promising modules from which they grow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ccio_skills.learn.rules.catalogue import STEPS, Floats, Ints, Mask
from ccio_skills.learn.rules.question import Question

EXPONENTS = (0.7, 1.0, 1.3)
"""Worth per minutes**exponent: below 1 favours long modules, above 1 short ones."""

_MOST_PROMISING = 60
_OF_EACH_KIND = 3


@dataclass(frozen=True, slots=True, eq=False)
class Pick:
    """Modules taken together, each with all it needs.

    Attributes:
        members: Positions.
        cover: Quarters given to each place, not capped.
        worth: Quarters x weight, each step counted once at most.
        taken: Per module of the catalogue: in the pick, or done.
    """

    members: tuple[int, ...]
    minutes: int
    cover: Floats
    worth: float
    taken: Mask


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """Modules worth trying after a first pick, and what each would add with all it needs.

    Attributes:
        modules: Positions, by code, shape (n,).
        gains: Quarters, not capped, shape (n, places).
        minutes: Shape (n,).
        sharing: Member to the rows of ``modules`` that need it or are it.
    """

    question: Question
    modules: Ints
    gains: Floats
    minutes: Ints
    sharing: Mapping[int, Sequence[int]]

    def rows(self, members: Iterable[int]) -> list[int]:
        """Return the rows whose gains or minutes depend on any of these modules."""
        return sorted({row for member in members for row in self.sharing.get(member, ())})

    def after(self, pick: Pick) -> tuple[Floats, Ints]:
        """Return gains and minutes of every row once the pick is taken; fresh arrays."""
        gains, minutes = self.gains.copy(), self.minutes.copy()
        self.refresh(gains, minutes, taken=pick.taken, members=pick.members)
        return gains, minutes

    def refresh(self, gains: Floats, minutes: Ints, *, taken: Mask, members: Iterable[int]) -> None:
        """Bring gains and minutes up to date, in place, after these members were taken."""
        if rows := self.rows(members):
            gains[rows], minutes[rows] = self.question.bundles(self.modules[rows], taken=taken)


def gather(question: Question, members: Sequence[int]) -> Pick:
    """Return the pick of exactly these modules."""
    numbers = np.array(members, dtype=np.int64)
    cover = question.gains(numbers).sum(axis=0)
    taken = question.done.copy()
    taken[numbers] = True
    return Pick(
        members=tuple(members),
        minutes=int(question.layout.minutes[numbers].sum()),
        cover=cover,
        worth=float(question.worth(cover)),
        taken=taken,
    )


def extend(question: Question, pick: Pick, module: int) -> Pick:
    """Return the pick with one more module and all it needs."""
    bundle = question.layout.needs[module].tolist()
    return gather(question, (*pick.members, *(one for one in bundle if not pick.taken[one])))


def drop(question: Question, pick: Pick, leaf: int, *, fixed: frozenset[int]) -> tuple[int, ...]:
    """Return the members without one that no other needs.

    What the leaf alone needed goes too, unless it may be chosen for itself or is ``fixed``.
    """
    before = question.layout.before
    rest = set(pick.members) - {leaf}
    for one in reversed(question.layout.needs[leaf].tolist()[:-1]):
        stays = one in fixed or question.useful[one] or any(one in before[m] for m in rest)
        if not stays:
            rest.discard(one)
    return tuple(member for member in pick.members if member in rest)


def leaves(question: Question, pick: Pick, *, fixed: frozenset[int]) -> list[int]:
    """Return the members that no other member needs and that are not ``fixed``."""
    needed = frozenset[int]().union(*(question.layout.before[one] for one in pick.members))
    return [one for one in pick.members if one not in needed and one not in fixed]


def make_pool(question: Question, pick: Pick) -> Pool:
    """Choose the modules worth trying after a pick.

    The choice does not look at the budget: a plan may only grow better when the budget grows.
    """
    worth, minutes = question.rate(
        taken=pick.taken, missing=np.maximum(question.need - pick.cover, 0)
    )
    useful = np.flatnonzero(question.useful & ~pick.taken & (worth > 0))
    worth, minutes = worth[useful], minutes[useful]
    chosen = _best_of_each_kind(question, useful, worth / minutes)
    for exponent in EXPONENTS:
        chosen |= _best(worth / minutes**exponent, count=_MOST_PROMISING)
    modules = useful[chosen]
    gains, minutes = question.bundles(modules, taken=pick.taken)
    sharing: dict[int, list[int]] = {}
    for row, module in enumerate(modules.tolist()):
        for member in question.layout.needs[module].tolist():
            sharing.setdefault(member, []).append(row)
    return Pool(question, modules, gains, minutes, sharing)


def _best(score: Floats, *, count: int) -> Mask:
    """Mark the highest scores; equal ones at the border all stay, so that no order decides."""
    if len(score) <= count:
        return np.ones(len(score), dtype=bool)
    return score >= np.partition(score, -count)[-count]


def _best_of_each_kind(question: Question, modules: Ints, score: Floats) -> Mask:
    """Mark the best few of each main skill and level, so that no need is left without an offer."""
    kind = question.layout.mains[modules] * STEPS + question.layout.levels[modules] - 1
    order = np.lexsort((-score, kind))
    rank = np.arange(len(order))
    is_first = np.diff(kind[order], prepend=-1) > 0
    rank -= np.maximum.accumulate(np.where(is_first, rank, 0))
    marked = np.zeros(len(modules), dtype=bool)
    marked[order[rank < _OF_EACH_KIND]] = True
    return marked
