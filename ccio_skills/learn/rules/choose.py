"""Choose modules: three greedy climbs, a ladder of best picks, and all combinations of three."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ccio_skills.learn.rules.catalogue import Floats, Ints
from ccio_skills.learn.rules.pool import (
    EXPONENTS,
    Pick,
    Pool,
    drop,
    extend,
    gather,
    leaves,
    make_pool,
)
from ccio_skills.learn.rules.question import Question

WORK = 500
"""Rungs that a ladder may climb: a count and not a clock, so that the same question always gets
the same answer."""

_FEW = 3
_MOST_COMBINED = 60
_MOST_SWAPS = 4


def climb(question: Question, pool: Pool, start: Pick, *, minutes: int) -> Pick:
    """Return the best pick that three greedy climbs find: best worth per minutes**exponent first.

    Each climb is the same at every budget; only where it ends differs. At every height the one
    module that adds most and still fits may end it. So the result never falls as the budget grows.
    """
    picks = [_climb(question, pool, start, minutes=minutes, exponent=e) for e in EXPONENTS]
    return max([start, *picks], key=lambda pick: pick.worth)


def _climb(question: Question, pool: Pool, start: Pick, *, minutes: int, exponent: float) -> Pick:
    pick = best = start
    gains, costs = pool.gains.copy(), pool.minutes.copy()
    last: tuple[Pick, int] | None = None
    highest = start.worth
    while len(pool.modules):
        worth = (
            np.minimum(gains, question.need - np.minimum(pick.cover, question.need))
            @ question.weights
        )
        left = minutes - pick.minutes
        fits = np.where(costs <= left, worth, 0)
        row = int(fits.argmax())
        if pick.worth + fits[row] > highest:
            highest, last = pick.worth + float(fits[row]), (pick, int(pool.modules[row]))
        row = int((worth / np.maximum(costs, 1) ** exponent).argmax())
        if worth[row] <= 0:
            pool = make_pool(question, pick)
            gains, costs = pool.gains.copy(), pool.minutes.copy()
            continue
        if costs[row] > left:
            break
        before = pick
        cover = pick.cover + gains[row]
        new = [m for m in question.layout.needs[pool.modules[row]].tolist() if not pick.taken[m]]
        taken = pick.taken.copy()
        taken[new] = True
        pick = Pick(
            pick.members + tuple(new),
            pick.minutes + int(costs[row]),
            cover,
            float(question.worth(cover)),
            taken,
        )
        pool.refresh(gains, costs, taken=pick.taken, members=new)
    return best if last is None else extend(question, last[0], last[1])


def ladder(question, pool, start, *, minutes, stat=None):
    fixed = frozenset(start.members)
    room = minutes - start.minutes
    top = np.full(room + 1, -1.0, dtype=np.float32)
    src = np.zeros(room + 1, dtype=np.int64)
    row = np.zeros(room + 1, dtype=np.int64)
    sources = []
    best = start
    n = 0
    if not len(pool.modules):
        return start
    for height in range(room + 1):
        if height:
            if top[height] <= best.worth:
                continue
            members, taken_ = sources[src[height]], None
            ms = set(members)
            pick = gather(
                question,
                (
                    *members,
                    *(
                        m
                        for m in question.layout.needs[pool.modules[row[height]]].tolist()
                        if m not in ms and not question.done[m]
                    ),
                ),
            )
        else:
            pick = start
        for _ in range(_MOST_SWAPS):
            gains, costs = pool.after(pick)
            ls = leaves(question, pick, fixed=fixed)
            rests = [pick.members] + [drop(question, pick, leaf, fixed=fixed) for leaf in ls]
            gone = [sorted(set(pick.members) - set(r)) for r in rests]
            own = question.gains(np.array(pick.members, dtype=np.int64))
            at = {m: i for i, m in enumerate(pick.members)}
            cover = np.stack(
                [
                    pick.cover - own[[at[m] for m in g]].sum(axis=0) if g else pick.cover
                    for g in gone
                ]
            )
            spent = np.array(
                [
                    pick.minutes - start.minutes - int(question.layout.minutes[g].sum())
                    if g
                    else pick.minutes - start.minutes
                    for g in gone
                ]
            )
            missing = np.maximum(question.need - cover, 0)
            base = question.worth(cover)
            worth = np.minimum(gains[None], missing[:, None, :]) @ question.weights
            for i, g in enumerate(gone):
                if g:
                    worth[i, pool.rows(g)] = 0
            total = np.where(worth > 0, base[:, None] + worth, -1)
            target = spent[:, None] + costs[None]
            n += 1
            sources.extend(rests)
            first = len(sources) - len(rests)
            ok = (total > 0) & (target <= room) & (target > height)
            i, j = np.nonzero(ok)
            t, v = target[i, j], total[i, j]
            old = top.copy()
            np.maximum.at(top, t, v)
            win = (v == top[t]) & (v > old[t])
            src[t[win][::-1]] = first + i[win][::-1]
            row[t[win][::-1]] = j[win][::-1]
            now = np.where(target <= height, total, -1)
            k = int(now.argmax())
            i, j = divmod(k, now.shape[1])
            if now[i, j] <= pick.worth:
                break
            members = rests[i]
            ms = set(members)
            pick = gather(
                question,
                (
                    *members,
                    *(
                        m
                        for m in question.layout.needs[pool.modules[j]].tolist()
                        if m not in ms and not question.done[m]
                    ),
                ),
            )
        if pick.worth > best.worth:
            best = pick
    if stat is not None:
        stat.append(n)
    return best
