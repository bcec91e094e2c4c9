"""The first plan: three greedy climbs, each taking the best worth per minute."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ccio_skills.learn.rules.planner.pick import Pick, extend
from ccio_skills.learn.rules.planner.pool import EXPONENTS, Pool, choose_pool, find_useful


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
    picks = [_climb(pool, start, minutes=minutes, exponent=each) for each in EXPONENTS]
    return max([start, *picks], key=lambda pick: pick.worth)


def _climb(first: Pool, pick: Pick, *, minutes: int, exponent: float) -> Pick:
    pool, prices = first.copy(), _prices(first, exponent=exponent)
    end, last, highest = pick.members, -1, pick.worth
    while len(pool.modules):
        adds, left = pool.adds(pick), minutes - pick.minutes
        row = int((adds * (pool.minutes <= left)).argmax())
        if pool.minutes[row] <= left and pick.worth + adds[row] > highest:
            highest = pick.worth + float(adds[row])
            end, last = pick.members, int(pool.modules[row])
        row = int((adds / prices[pool.minutes]).argmax())
        if adds[row] <= 0:
            # A large budget outlives the pool: go on with those that were less promising.
            pool = choose_pool(pool.question, pick, find_useful(pool.question, pick))
            prices = _prices(pool, exponent=exponent)
        elif pool.minutes[row] <= left:
            pick = pool.take(pick, row)
        else:
            break
    return pick if last < 0 else extend(pool.question, end, last)


def _prices(pool: Pool, *, exponent: float) -> NDArray[np.float64]:
    """Return minutes**exponent for every whole number of minutes that can occur; 1 for none."""
    return np.maximum(1, np.arange(1 + pool.minutes.max(initial=0), dtype=np.float64)) ** exponent
