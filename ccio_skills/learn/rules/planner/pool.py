"""The pool of promising modules from which picks grow."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ccio_skills.learn.rules.planner.catalogue import STEPS, Floats, Ints, Mask, Prices
from ccio_skills.learn.rules.planner.pick import Pick
from ccio_skills.learn.rules.planner.question import Question

_MOST_PROMISING = 60
_OF_EACH_KIND = 2


@dataclass(frozen=True, slots=True, eq=False)
class Finds:
    """Modules that add something to a pick, each counted with all it still needs.

    Attributes:
        modules: Positions, by code.
        worth, minutes: What each adds and takes.
    """

    modules: Ints
    worth: Floats
    minutes: Ints

    def densest(self) -> int:
        """Return the position of what adds most per minute; there must be one."""
        return int(self.modules[(self.worth / self.minutes).argmax()])

    def largest(self, *, minutes: int) -> int | None:
        """Return the position of what adds most within so many minutes, if anything does."""
        fits = np.flatnonzero(self.minutes <= minutes)
        return int(self.modules[fits[self.worth[fits].argmax()]]) if len(fits) else None


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """Modules worth trying after a first pick, and what each gives with all it still needs.

    Attributes:
        modules: Positions, by code, shape (n,).
        gains: Quarters, not capped, shape (places, n).
        minutes: Shape (n,).
        sharing: Member to the rows of ``modules`` that need it or are it.
        shared: Member to what it gives by itself, for those that two rows or more need or are.
    """

    question: Question
    modules: Ints
    gains: Floats
    minutes: Ints
    sharing: Mapping[int, Sequence[int]]
    shared: Mapping[int, Floats]

    def copy(self) -> Pool:
        """Return a pool that may take modules while this one stays as it is."""
        gains, minutes = self.gains.copy(), self.minutes.copy()
        return Pool(self.question, self.modules, gains, minutes, self.sharing, self.shared)

    def after(self, pick: Pick) -> Pool:
        """Return the pool once a pick is taken."""
        later = self.copy()
        later._forget(pick.members, taken=pick.taken)
        return later

    def adds(self, pick: Pick) -> Floats:
        """Return what each row is worth on top of the pick that the pool stands after."""
        missing = np.maximum(self.question.need - pick.cover, 0)
        adds: Floats = self.question.weights @ np.minimum(self.gains, missing[:, None])
        return adds

    def take(self, row: int, *, taken: Collection[int]) -> tuple[list[int], set[int]]:
        """Let a row, with all it needs, neither give nor cost anything any more.

        Args:
            row: Not taken yet.
            taken: Members taken since the pool was made.

        Returns:
            The members that are new, in an order to take them; the other rows that changed.
        """
        bundle = self.question.layout.needs[self.modules[row]].tolist()
        fresh = [one for one in bundle if one not in taken and not self.question.done[one]]
        lighter = set()
        self.gains[:, row], self.minutes[row] = 0, 0
        for member in self.shared.keys() & fresh:
            for other in self.sharing[member]:
                if other != row:
                    self.gains[:, other] -= self.shared[member]
                    self.minutes[other] -= self.question.layout.minutes[member]
                    lighter.add(other)
        return fresh, lighter

    def _forget(self, members: Iterable[int], *, taken: Mask) -> None:
        """Let these members, now taken, neither give nor cost anything any more."""
        rows = sorted({row for member in members for row in self.sharing.get(member, ())})
        spent = [row for row in rows if taken[self.modules[row]]]
        self.gains[:, spent], self.minutes[spent] = 0, 0
        if lighter := [row for row in rows if not taken[self.modules[row]]]:
            gains, minutes = self.question.bundles(self.modules[lighter], taken=taken)
            self.gains[:, lighter], self.minutes[lighter] = gains.T, minutes


def find_useful(question: Question, pick: Pick) -> Finds:
    """Find every module that may be chosen for itself and adds something to a pick."""
    worth, minutes = question.rate(
        taken=pick.taken, missing=np.maximum(question.need - pick.cover, 0)
    )
    modules = np.flatnonzero(question.useful & ~pick.taken & (worth > 0))
    return Finds(modules, worth[modules], minutes[modules])


def make_pool(question: Question, pick: Pick, modules: Ints) -> Pool:
    """Return the pool of these modules, standing after a pick."""
    gains, minutes = question.bundles(modules, taken=pick.taken)
    sharing: dict[int, list[int]] = {}
    which, place = question.layout.needs.places(modules)
    members = question.layout.needs.values[place]
    for row, member in zip(which.tolist(), members.tolist(), strict=True):
        sharing.setdefault(member, []).append(row)
    shared = [member for member, rows in sharing.items() if len(rows) > 1]
    own = dict(zip(shared, question.gains(np.array(shared, dtype=np.int64)), strict=True))
    return Pool(question, modules, np.ascontiguousarray(gains.T), minutes, sharing, own)


def choose_pool(question: Question, pick: Pick, finds: Finds) -> Pool:
    """Return the pool of the finds most worth trying after a pick.

    The choice does not look at the budget: a larger one has the same pool.
    """
    chosen = _best_of_each_kind(question, finds)
    for prices in question.layout.prices:
        chosen |= _best(finds.worth / prices[finds.minutes], count=_MOST_PROMISING)
    return make_pool(question, pick, finds.modules[chosen])


def _best(score: Prices, *, count: int) -> Mask:
    """Mark the highest scores; equal ones at the border all stay, so that no order decides."""
    if len(score) <= count:
        return np.ones(len(score), dtype=bool)
    least = float(np.partition(score, -count)[-count])
    return score >= least


def _best_of_each_kind(question: Question, finds: Finds) -> Mask:
    """Mark the best few of each main skill and level, so that no need is left without an offer."""
    layout, modules = question.layout, finds.modules
    kind = layout.mains[modules] * STEPS + layout.levels[modules] - 1
    density = finds.worth / finds.minutes
    marked = np.zeros(len(modules), dtype=bool)
    for _ in range(_OF_EACH_KIND):
        highest = np.zeros(len(layout.skills) * STEPS)
        np.maximum.at(highest, kind, density)
        rows = np.flatnonzero((density > 0) & (density == highest[kind]))
        # Of equals the first by code; the last assignment wins, so the order is turned round.
        first = np.zeros(len(highest), dtype=np.int64)
        first[kind[rows[::-1]]] = rows[::-1]
        winners = first[highest > 0]
        marked[winners] = True
        density[winners] = 0
    return marked
