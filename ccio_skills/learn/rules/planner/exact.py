"""Small pools: the best plan there is.

For each situation and each number of minutes only the most worth counts, whichever way it was
reached. What is best is known after the last turn; the way to it is found backwards.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from ccio_skills.learn.rules.planner.catalogue import Floats, Ints
from ccio_skills.learn.rules.planner.pick import Pick, extend
from ccio_skills.learn.rules.planner.question import Question
from ccio_skills.learn.rules.planner.situations import Turn, list_turns


def find_best(question: Question, start: Pick, modules: Ints, *, minutes: int) -> Pick | None:
    """Return the best pick there is on top of another, of equals one of fewest minutes.

    Args:
        question: Of one person.
        start: What is taken already and stays.
        modules: Positions of what adds something to ``start`` and may be chosen for itself.
        minutes: Budget for the whole pick.

    Returns:
        Nothing where there are too many situations to go through: at every budget, or at none.
    """
    turns = list_turns(question, start, modules)
    if turns is None:
        return None
    pick = start
    for module in _choose(turns, left=minutes - start.minutes):
        pick = extend(question, pick.members, module)
    return pick


def _choose(turns: Sequence[Turn], *, left: int) -> list[int]:
    """Return the modules to take within the minutes left."""
    if not turns:
        return []
    unit = math.gcd(*(int(each) for turn in turns for each in turn.minutes.tolist()))
    longest = sum(int(turn.minutes.max()) for turn in turns)
    tables = [np.zeros((1, 1 + min(left, longest) // unit), dtype=np.float32)]
    for turn in turns:
        tables.append(_play(turn, tables[-1], unit=unit))
    # There is one situation left; its first column of most worth takes the fewest minutes.
    situation, column = 0, int(tables.pop().argmax())
    chosen = []
    for turn, table in zip(reversed(turns), reversed(tables), strict=True):
        worth = _weigh(turn, table, columns=np.array([column]), unit=unit)[:, 0]
        # Of equals the first counts, which leaves the module: those with earlier turns are taken.
        way = int(np.where(turn.target == situation, worth, -np.inf).argmax())
        if turn.minutes[way]:
            chosen.append(turn.module)
        situation, column = int(turn.source[way]), column - int(turn.minutes[way]) // unit
    return chosen[::-1]


def _play(turn: Turn, table: Floats, *, unit: int) -> Floats:
    """Return the most worth in each situation (rows) after a turn, within minutes (columns).

    Args:
        turn: The next turn.
        table: The same before the turn; minus infinity where the minutes do not suffice.
        unit: Minutes from one column to the next.
    """
    worth = _weigh(turn, table, columns=np.arange(table.shape[1]), unit=unit)
    by_target = np.argsort(turn.target, kind="stable")
    first = np.searchsorted(turn.target[by_target], np.arange(1 + turn.target.max()))
    most: Floats = np.maximum.reduceat(worth[by_target], first, axis=0)
    return most


def _weigh(turn: Turn, table: Floats, *, columns: Ints, unit: int) -> Floats:
    """Return the worth of each way (rows) of a turn at some columns of the table after it."""
    before = columns - turn.minutes[:, None] // unit
    earlier: Floats = table[turn.source[:, None], np.maximum(before, 0)]
    worth: Floats = earlier + turn.worth[:, None]
    worth[before < 0] = -np.inf
    return worth
