"""The polished plan: a ladder with one rung for each minute, each holding the best pick known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ccio_skills.learn.rules.planner.catalogue import Floats, Ints
from ccio_skills.learn.rules.planner.pick import Pick, extend, find_cuts
from ccio_skills.learn.rules.planner.pool import Pool

WORK = 300
"""Picks that one ladder looks at: a count, not a clock, so that equal questions get equal plans."""

_SWAPS = 3
"""Times that the pick on one rung may give way to a better one of no more minutes."""


@dataclass(frozen=True, slots=True, eq=False)
class _Moves:
    """Ways from one pick to others: leave out nothing or one cut (rows), add one module (columns).

    Attributes:
        cuts: What is left out, per row; the first row leaves out nothing.
        worth, minutes: Of the whole pick after the move, shape (rows, pool). Worth is 0 where the
            move makes no sense.
    """

    pick: Pick
    cuts: Sequence[tuple[int, ...]]
    worth: Floats
    minutes: Ints


class _Rungs:
    """For each minute, the most that a pick known so far is worth, and the move that leads to it.

    Attributes:
        worth: 0 where nothing is known, shape (minutes + 1,).
    """

    def __init__(self, pool: Pool, *, minutes: int) -> None:
        self.worth = np.zeros(minutes + 1, dtype=np.float32)
        self._pool = pool
        self._source = np.zeros(minutes + 1, dtype=np.int64)
        self._column = np.zeros(minutes + 1, dtype=np.int64)
        self._sources: list[tuple[Pick, tuple[int, ...]]] = []

    def note(self, moves: _Moves, *, above: int, least: float) -> None:
        """Write down moves that end above a rung, worth more than ``least`` and than is known."""
        first = len(self._sources)
        self._sources += [(moves.pick, cut) for cut in moves.cuts]
        row, column = np.nonzero(moves.worth > least)
        minutes, worth = moves.minutes[row, column], moves.worth[row, column]
        fits = np.flatnonzero((minutes > above) & (minutes < len(self.worth)))
        better = fits[worth[fits] > self.worth[minutes[fits]]]
        np.maximum.at(self.worth, minutes[better], worth[better])
        # Of equal moves the first counts; the last assignment wins, so the order is turned round.
        wins = better[worth[better] == self.worth[minutes[better]]][::-1]
        self._source[minutes[wins]] = first + row[wins]
        self._column[minutes[wins]] = column[wins]

    def pick(self, minutes: int) -> Pick:
        """Return the pick on a rung of which something is known."""
        pick, cut = self._sources[int(self._source[minutes])]
        return _make(self._pool, pick, cut, int(self._column[minutes]))


def climb_ladder(pool: Pool, start: Pick, *, minutes: int) -> Pick:
    """Return the best pick on a ladder that is climbed minute by minute.

    Each rung's pick is tried with every module of the pool added, also after leaving one of its own
    out; what that is worth goes to the rung it reaches. What lies on a rung depends on lower rungs
    only and never on the budget, so the result cannot fall when the budget grows.

    Args:
        pool: Stands after ``start``.
        start: What is taken already and stays.
        minutes: Budget for the whole pick.
    """
    best, looks = start, 0
    if not len(pool.modules):
        return best
    rungs = _Rungs(pool, minutes=minutes)
    for height in range(start.minutes, minutes + 1):
        if height > start.minutes and rungs.worth[height] <= best.worth:
            continue
        pick = start if height == start.minutes else rungs.pick(height)
        for _ in range(1 + _SWAPS):
            moves, looks = _find_moves(pool, pick, fixed=start.members), looks + 1
            rungs.note(moves, above=height, least=best.worth)
            here = np.where(moves.minutes <= height, moves.worth, 0)
            row, column = divmod(int(here.argmax()), here.shape[1])
            if here[row, column] <= pick.worth:
                break
            pick = _make(pool, pick, moves.cuts[row], column)
        if pick.worth > best.worth:
            best = pick
        if looks >= WORK:
            break
    return best


def _make(pool: Pool, pick: Pick, cut: Sequence[int], column: int) -> Pick:
    rest = [member for member in pick.members if member not in cut]
    return extend(pool.question, rest, int(pool.modules[column]))


def _find_moves(pool: Pool, pick: Pick, *, fixed: Sequence[int]) -> _Moves:
    later = pool.after(pick)
    adds = later.adds(pick)
    cuts = find_cuts(pool.question, pick, fixed=fixed)
    worth = np.empty((1 + len(cuts), len(adds)), dtype=np.float32)
    minutes = np.empty(worth.shape, dtype=np.int64)
    worth[0] = np.where(adds > 0, pick.worth + adds, 0)
    minutes[0] = pick.minutes + later.minutes
    if cuts:
        worth[1:], minutes[1:] = _swap(later, pick, cuts, adds=adds)
    return _Moves(pick, ((), *cuts), worth, minutes)


def _swap(
    later: Pool, pick: Pick, cuts: Sequence[tuple[int, ...]], *, adds: Floats
) -> tuple[Floats, Ints]:
    """Return worth and minutes of leaving out one cut (rows) and adding one module (columns).

    Args:
        later: The pool, standing after the pick.
        pick: What is moved away from.
        cuts: What may be left out, at least one.
        adds: What each module adds when nothing is left out.
    """
    question = later.question
    numbers = np.array([member for cut in cuts for member in cut], dtype=np.int64)
    starts = np.cumsum([0, *(len(cut) for cut in cuts[:-1])])
    own = np.add.reduceat(question.gains(numbers), starts)
    missing = np.maximum(question.need - pick.cover, 0)
    reopened = np.maximum(question.need - (pick.cover - own), 0)
    # A module adds more than before only where a cut has reopened something.
    cut, place = np.nonzero(reopened > missing)
    gains = later.gains[place]
    more = np.minimum(gains, reopened[cut, place][:, None])
    more -= np.minimum(gains, missing[place][:, None], out=gains)
    belongs = np.where(np.arange(len(cuts))[:, None] == cut, question.weights[place], 0)
    adds = adds + belongs @ more
    rest = pick.worth - (reopened - missing) @ question.weights
    worth = np.where(adds > 0, rest[:, None] + adds, 0)
    for row, members in enumerate(cuts):
        for member in members:
            # Whatever needs the cut would bring it back.
            worth[row, later.sharing.get(member, ())] = 0
    saved = np.add.reduceat(question.layout.minutes[numbers], starts)
    return worth, pick.minutes - saved[:, None] + later.minutes
