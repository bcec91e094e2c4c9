"""Large pools: a ladder with one rung for each minute, each holding the best pick known."""

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
        row, column = np.divmod(np.flatnonzero(moves.worth > least), moves.worth.shape[1])
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
    rungs, swaps = _Rungs(pool, minutes=minutes), _Swaps(pool, fixed=start.members)
    for height in range(start.minutes, minutes + 1):
        if height > start.minutes and rungs.worth[height] <= best.worth:
            continue
        pick = start if height == start.minutes else rungs.pick(height)
        for _ in range(1 + _SWAPS):
            moves, looks = swaps.find_moves(pick), looks + 1
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


class _Swaps:
    """What can be left out of a pick, and what added instead.

    Attributes:
        fixed: Members that stay; the pool stands after them.
    """

    def __init__(self, pool: Pool, *, fixed: Sequence[int]) -> None:
        self.fixed, self._pool = fixed, pool
        members = np.array(list(pool.sharing), dtype=np.int64)
        self._number = {member: number for number, member in enumerate(pool.sharing)}
        # The last number, -1, stands for nobody.
        self._own = np.vstack([pool.question.gains(members), np.zeros_like(pool.question.need)])
        self._minutes = np.append(pool.question.layout.minutes[members], 0)

    def find_moves(self, pick: Pick) -> _Moves:
        """Return all moves from a pick."""
        later = self._pool.after(pick)
        cuts = find_cuts(later.question, pick, fixed=self.fixed)
        numbers = [-1, *(self._number[member] for cut in cuts for member in cut)]
        starts = np.cumsum([0, 1, *map(len, cuts)])[:-1]
        worth = _weigh(later, pick, own=np.add.reduceat(self._own[numbers], starts))
        back = [(row, self._pool.sharing[one]) for row, cut in enumerate(cuts, 1) for one in cut]
        # Whatever needs the cut would bring it back.
        rows = [row for row, columns in back for _ in columns]
        worth[rows, [column for _, columns in back for column in columns]] = 0
        saved = np.add.reduceat(self._minutes[numbers], starts)
        return _Moves(pick, ((), *cuts), worth, pick.minutes - saved[:, None] + later.minutes)


def _weigh(later: Pool, pick: Pick, *, own: Floats) -> Floats:
    """Return the worth of leaving out one cut (rows) and adding one module (columns).

    Args:
        later: The pool, standing after the pick.
        pick: What is moved away from.
        own: What each cut gives by itself, shape (cuts, places).
    """
    question = later.question
    missing = np.maximum(question.need - pick.cover, 0)
    reopened = np.maximum(question.need - (pick.cover - own), 0)
    # A module adds more than before only where a cut has reopened something.
    cut, place = np.nonzero(reopened > missing)
    gains = later.gains[place]
    more = np.minimum(gains, reopened[cut, place][:, None])
    more -= np.minimum(gains, missing[place][:, None], out=gains)
    belongs = np.where(np.arange(len(own))[:, None] == cut, question.weights[place], 0)
    adds = later.adds(pick) + belongs @ more
    rest = pick.worth - (reopened - missing) @ question.weights
    worth: Floats = (rest[:, None] + adds) * (adds > 0)
    return worth
