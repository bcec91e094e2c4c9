"""Which modules a plan takes: the best there are, or where the pool is too large, good ones."""

from __future__ import annotations

from collections.abc import Sequence

from ccio_skills.learn.rules.planner.climb import climb
from ccio_skills.learn.rules.planner.combine import combine
from ccio_skills.learn.rules.planner.exact import find_best
from ccio_skills.learn.rules.planner.ladder import climb_ladder
from ccio_skills.learn.rules.planner.pick import Pick, extend, find_cuts, find_losses, leave_out
from ccio_skills.learn.rules.planner.pool import Finds, Pool
from ccio_skills.learn.rules.planner.question import Question


def choose(pool: Pool, start: Pick, finds: Finds, *, minutes: int, polish: bool) -> Pick:
    """Return what to take.

    Args:
        pool: Stands after ``start``.
        start: What is taken already and stays.
        finds: What adds something to ``start``.
        minutes: Budget for the whole pick.
        polish: Do better than the greedy climbs, which takes longer.
    """
    if polish:
        best = find_best(pool.question, start, finds.modules, minutes=minutes)
        if best is not None:
            return best
    return search(pool, start, finds, minutes=minutes, polish=polish)


def search(pool: Pool, start: Pick, finds: Finds, *, minutes: int, polish: bool) -> Pick:
    """Return something good to take from a pool of any size; arguments as for ``choose``."""
    picks = [start, climb(pool, start, minutes=minutes)]
    if (single := finds.largest(minutes=minutes - start.minutes)) is not None:
        picks.append(extend(pool.question, start.members, single))
    if polish:
        picks.append(climb_ladder(pool, start, minutes=minutes))
    best = max(picks, key=lambda pick: (pick.worth, -pick.minutes))
    if polish:
        best = combine(pool.question, start, finds, minutes=minutes, rival=best)
    return _trim(pool.question, best, fixed=start.members)


def _trim(question: Question, pick: Pick, *, fixed: Sequence[int]) -> Pick:
    """Leave out what costs minutes and adds nothing, the longest first."""
    while True:
        losses = find_losses(question, pick).sum(axis=1).tolist()
        idle = {member for member, loss in zip(pick.members, losses, strict=True) if not loss}
        if not idle:
            return pick
        cuts = [cut for cut in find_cuts(question, pick, fixed=fixed) if idle.issuperset(cut)]
        smaller = [leave_out(question, pick, cut) for cut in cuts]
        as_good = [each for each in smaller if each.worth == pick.worth]
        if not as_good:
            return pick
        pick = min(as_good, key=lambda each: each.minutes)
