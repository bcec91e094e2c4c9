"""Situations written as whole numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from ccio_skills.learn.rules.planner.catalogue import WHOLE, Ints
from ccio_skills.learn.rules.planner.pick import Pick
from ccio_skills.learn.rules.planner.question import Question

_WIDTH = WHOLE.bit_length()
_DIGIT = (1 << _WIDTH) - 1


class Notation:
    """What a situation holds, and where: a bit for each member, above them three for each place.

    A member's bit says that it is taken, and is kept while a module to come needs it. A place's
    bits are the quarters that it still can take, or what all modules to come give if that is less.

    Attributes:
        bundles: Per module, the bits of all that it needs or is and that is not taken yet.
    """

    def __init__(self, question: Question, start: Pick, modules: Ints) -> None:
        which, place = question.layout.needs.places(modules)
        members = question.layout.needs.values[place]
        fresh = ~start.taken[members]
        known, bit = np.unique(members[fresh], return_inverse=True)
        self.bundles = [0] * len(modules)
        for row, number in zip(which[fresh].tolist(), bit.tolist(), strict=True):
            self.bundles[row] |= 1 << number
        missing = np.maximum(question.need - start.cover, 0)
        shifts = (len(known) + _WIDTH * np.arange(len(missing))).tolist()
        self._missing = dict(zip(shifts, map(int, missing.tolist()), strict=True))
        self._weights = dict(zip(shifts, question.weights.tolist(), strict=True))
        self._minutes = question.layout.minutes[known].tolist()
        self._gives = [
            {shift: int(quarters) for shift, quarters in zip(shifts, row, strict=True) if quarters}
            for row in np.where(missing > 0, question.gains(known), 0).tolist()
        ]
        self._sums: dict[int, tuple[int, Mapping[int, int]]] = {}

    def find_touched(self, bundle: int) -> int:
        """Return the members of a bundle and the places to which it gives, a bit for each."""
        return bundle | sum(1 << shift for shift in self._add_up(bundle)[1])

    def write_first(self, rest: int) -> int:
        """Return the situation before the first turn; ``rest`` are the members of all bundles."""
        gives = self._add_up(rest)[1]
        return sum(min(self._missing[shift], most) << shift for shift, most in gives.items())

    def make_settle(self, bundle: int, *, rest: int) -> Callable[[int], int]:
        """Return what rewrites a situation after the turn of a bundle: without what is no matter.

        Args:
            bundle: Whose turn it was.
            rest: The members of all bundles still to come.
        """
        gone = bundle & ~rest
        most = self._add_up(rest)[1]
        limits = [(shift, most.get(shift, 0)) for shift in self._add_up(gone)[1]]

        def settle(situation: int) -> int:
            situation &= ~gone
            for shift, limit in limits:
                if (missing := situation >> shift & _DIGIT) > limit:
                    situation -= (missing - limit) << shift
            return situation

        return settle

    def take(self, situation: int, fresh: int) -> tuple[int, int, float]:
        """Take members that are not taken yet.

        Returns:
            The situation with them, not yet settled; the minutes they cost; the worth they add.
        """
        minutes, gives = self._add_up(fresh)
        worth = 0.0
        for shift, quarters in gives.items():
            added = min(quarters, situation >> shift & _DIGIT)
            situation -= added << shift
            worth += added * self._weights[shift]
        return situation | fresh, minutes, worth

    def _add_up(self, members: int) -> tuple[int, Mapping[int, int]]:
        """Return the minutes of some members, and the quarters that they give to each place."""
        if members not in self._sums:
            minutes, gives, left = 0, dict[int, int](), members
            while left:
                number = left.bit_length() - 1
                left ^= 1 << number
                minutes += self._minutes[number]
                for shift, quarters in self._gives[number].items():
                    gives[shift] = gives.get(shift, 0) + quarters
            self._sums[members] = minutes, gives
        return self._sums[members]
