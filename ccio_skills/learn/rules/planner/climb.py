"""The first plan: three greedy climbs, each taking the best worth per minute."""

from __future__ import annotations

import numpy as np

from ccio_skills.learn.rules.planner.catalogue import Floats, Prices
from ccio_skills.learn.rules.planner.pick import Pick, extend, gather
from ccio_skills.learn.rules.planner.pool import Pool, choose_pool, find_useful


def climb(pool: Pool, start: Pick, *, minutes: int) -> Pick:
    """Return the best pick that three greedy climbs find.

    A climb takes what adds most per minutes**exponent, with all it needs. It is the same climb at
    every budget and only ends where the budget does; at each height the one module that adds most
    and still fits may end it. The best end therefore never falls when the budget grows.

    Args:
        pool: Stands after ``start``.
        start: What is taken already and stays.
        minutes: Budget for the whole pick.
    """
    price_lists = pool.question.layout.prices
    picks = [_climb(pool, start, minutes=minutes, prices=prices) for prices in price_lists]
    return max([start, *picks], key=lambda pick: pick.worth)


def _climb(pool: Pool, start: Pick, *, minutes: int, prices: Prices) -> Pick:
    slope = _Slope(pool, start, prices=prices)
    end, module, highest = start.members, -1, start.worth
    while len(slope.pool.modules):
        adds, left = slope.adds(), minutes - slope.minutes
        row = int((adds / slope.prices).argmax())
        if adds[row] <= 0:
            if not slope.missing.any():
                break
            # A large budget outlives the pool: go on with those that were less promising.
            slope = _renew(slope, prices=prices)
            continue
        last = int((adds * (slope.pool.minutes <= left)).argmax())
        if slope.pool.minutes[last] <= left and slope.worth + adds[last] > highest:
            highest = slope.worth + float(adds[last])
            end, module = tuple(slope.members), int(slope.pool.modules[last])
        if slope.pool.minutes[row] > left:
            break
        slope.take(row, adds=float(adds[row]))
    return extend(pool.question, end, module) if module >= 0 else start


class _Slope:
    """What a climb has taken, and what each row of its pool now adds and takes.

    Attributes:
        members, minutes, worth: Of what is taken.
        pool: Stands after what is taken.
        missing: Quarters that each place can still take.
        prices: What the minutes of each row count for.
    """

    def __init__(self, pool: Pool, pick: Pick, *, prices: Prices) -> None:
        self.members, self.minutes, self.worth = list(pick.members), pick.minutes, pick.worth
        self.pool = pool.copy()
        self.prices, self._price_list = prices[pool.minutes], prices
        self.missing = np.maximum(pool.question.need - pick.cover, 0)
        self._capped = np.minimum(pool.gains, self.missing[:, None])

    def adds(self) -> Floats:
        """Return what each row is worth on top of what is taken."""
        adds: Floats = self.pool.question.weights @ self._capped
        return adds

    def take(self, row: int, *, adds: float) -> None:
        """Take a row, which adds so much, and all it still needs."""
        self.minutes += int(self.pool.minutes[row])
        self.worth += adds
        given = self._capped[:, row].copy()
        self.missing -= given
        self._capped[:, row] = 0
        for place in given.nonzero()[0].tolist():
            capped = self._capped[place]
            np.minimum(capped, self.missing[place], out=capped)
        fresh, lighter = self.pool.take(row, taken=self.members)
        self.members += fresh
        for other in lighter:
            self._capped[:, other] = np.minimum(self.pool.gains[:, other], self.missing)
            self.prices[other] = self._price_list[self.pool.minutes[other]]


def _renew(slope: _Slope, *, prices: Prices) -> _Slope:
    question = slope.pool.question
    pick = gather(question, slope.members)
    return _Slope(choose_pool(question, pick, find_useful(question, pick)), pick, prices=prices)
