"""Small budgets in large pools: all combinations of up to three modules."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ccio_skills.learn.rules.planner.catalogue import Floats
from ccio_skills.learn.rules.planner.pick import Pick, extend
from ccio_skills.learn.rules.planner.pool import Finds, Pool, make_pool
from ccio_skills.learn.rules.planner.question import Question

_FEW = 3
_MOST_COMBINED = 60


@dataclass(slots=True, eq=False)
class _Search:
    """All combinations of some modules within a budget.

    Attributes:
        pool: Stands after what is taken already.
        minutes: Budget for the whole pick.
        most: What one more module can add at most, by the minutes left, shape (minutes left + 1,).
        best: The best pick so far.
    """

    pool: Pool
    minutes: int
    most: Floats
    best: Pick

    def extend(self, pick: Pick, later: Pool, *, count: int, above: int = -1) -> None:
        """Try up to ``count`` modules more, all but the last from rows ``above`` a row."""
        question, modules = self.pool.question, self.pool.modules
        adds, left = later.adds(pick), self.minutes - pick.minutes
        worth = np.where((later.minutes <= left) & (adds > 0), pick.worth + adds, 0)
        last = int(worth.argmax())
        if worth[last] > self.best.worth:
            self.best = extend(question, pick.members, int(modules[last]))
        if count == 1:
            return
        rows = np.flatnonzero(worth > 0)
        rows = rows[rows > above]
        hopes = worth[rows] + (count - 1) * self.most[left - later.minutes[rows]]
        for place in np.argsort(-hopes, kind="stable"):
            if hopes[place] <= self.best.worth:
                break
            row = int(rows[place])
            larger = extend(question, pick.members, int(modules[row]))
            self.extend(larger, self.pool.after(larger), count=count - 1, above=row)


def combine(question: Question, start: Pick, finds: Finds, *, minutes: int, rival: Pick) -> Pick:
    """Return the best pick of up to three modules on top of another, or the rival if no worse.

    Tried is what fits a budget that holds at most three modules whichever they are: less than the
    four shortest take. A larger budget tries the same again, so that it cannot do worse. Of very
    many modules only the 60 of most worth are combined.

    Args:
        question: Of one person.
        start: What is taken already and stays.
        finds: What adds something to ``start``.
        minutes: Budget for the whole pick.
        rival: The best pick known.
    """
    room = _room_for_few(question, start, finds)
    left = min(minutes - start.minutes, room)
    fits = np.flatnonzero(finds.minutes <= room)
    if not len(fits) or left <= 0:
        return rival
    # The sort is stable and modules stand by code, so code decides between equals.
    best = fits[np.argsort(-finds.worth[fits], kind="stable")][:_MOST_COMBINED]
    pool = make_pool(question, start, finds.modules[np.sort(best)])
    most = _most_by_minutes(pool, start, room=left)
    search = _Search(pool, minutes=start.minutes + left, most=most, best=rival)
    search.extend(start, pool, count=_FEW)
    return search.best


def _room_for_few(question: Question, start: Pick, finds: Finds) -> int:
    """Return the most minutes that cannot hold four modules."""
    _, place = question.layout.needs.places(finds.modules)
    members = np.unique(question.layout.needs.values[place])
    minutes = np.sort(question.layout.minutes[members[~start.taken[members]]])
    return int(minutes[: _FEW + 1].sum()) - (len(minutes) > _FEW)


def _most_by_minutes(pool: Pool, start: Pick, *, room: int) -> Floats:
    own = pool.question.layout.minutes[pool.modules]
    fits = own <= room
    most = np.zeros(room + 1, dtype=np.float32)
    np.maximum.at(most, own[fits], pool.adds(start)[fits])
    return np.maximum.accumulate(most)
