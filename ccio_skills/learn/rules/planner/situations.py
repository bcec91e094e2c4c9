"""Small pools: the situations to which taking or leaving one module after the other can lead.

Two ways are one situation if the modules still to come need the same beforehand and can add the
same: it does not matter how it came about. So some hundred situations stand for all the plans
there are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ccio_skills.learn.rules.planner.catalogue import Floats, Ints
from ccio_skills.learn.rules.planner.notation import Notation
from ccio_skills.learn.rules.planner.pick import Pick
from ccio_skills.learn.rules.planner.question import Question

MOST_MODULES = 80
MOST_SITUATIONS = 5_000
"""After all turns together: a count, not a clock, so that equal questions get equal plans."""

_Way = tuple[int, int, int, float]


@dataclass(frozen=True, slots=True, eq=False)
class Turn:
    """One module's turn: the ways from the situations before it to those after it.

    Attributes:
        module: Position.
        source, target: Per way, the number of the situation before and of the one after, from 0.
        minutes, worth: Per way, what taking the module with all it still needs costs and adds;
            both are 0 where it is left.
    """

    module: int
    source: Ints
    target: Ints
    minutes: Ints
    worth: Floats


def list_turns(question: Question, start: Pick, modules: Ints) -> tuple[Turn, ...] | None:
    """Return the turns of these modules, in an order that keeps situations few.

    There is one situation before the first turn, and one after the last.

    Args:
        question: Of one person.
        start: What is taken already and stays.
        modules: Positions of what may be chosen for itself.

    Returns:
        Nothing where there are too many modules or situations. No budget has a say in that.
    """
    if len(modules) > MOST_MODULES:
        return None
    notation = Notation(question, start, modules)
    order = _put_in_order([notation.find_touched(bundle) for bundle in notation.bundles])
    rests = [0]
    for row in reversed(order):
        rests.append(rests[-1] | notation.bundles[row])
    situations = {notation.write_first(rests.pop()): 0}
    turns, count = [], 0
    for row in order:
        ways, situations = _play(
            notation, situations, bundle=notation.bundles[row], rest=rests.pop()
        )
        turns.append(_note(int(modules[row]), ways))
        count += len(situations)
        if count > MOST_SITUATIONS:
            return None
    return tuple(turns)


def _put_in_order(touched: Sequence[int]) -> list[int]:
    """Return rows so that little is open at a time: touched by one before and by one to come.

    Args:
        touched: Per row, a bit for each thing.
    """
    order, opened, left = [], 0, dict(enumerate(touched))
    while left:
        row, opened = _find_next(left, opened)
        order.append(row)
        del left[row]
    return order


def _find_next(left: Mapping[int, int], opened: int) -> tuple[int, int]:
    """Return the row that touches most of what is open, and what it leaves open."""
    once = twice = 0
    for bits in left.values():
        once, twice = once | bits, twice | once & bits
    # What no other row touches closes.
    open_after = {row: (opened | bits) & (twice | once & ~bits) for row, bits in left.items()}
    row = min(left, key=lambda r: (-(left[r] & opened).bit_count(), open_after[r].bit_count()))
    return row, open_after[row]


def _play(
    notation: Notation, situations: Mapping[int, int], *, bundle: int, rest: int
) -> tuple[list[_Way], dict[int, int]]:
    """Leave a bundle and take it, in each situation.

    Args:
        notation: In which situations are written.
        situations: Before the turn, each with its number.
        bundle: Whose turn it is.
        rest: The members of all bundles still to come.

    Returns:
        The ways, first those that leave it, and the situations after the turn with their numbers.
    """
    settle = notation.make_settle(bundle, rest=rest)
    leave: list[_Way] = []
    take: list[_Way] = []
    after: dict[int, int] = {}
    for situation, number in situations.items():
        leave.append((number, after.setdefault(settle(situation), len(after)), 0, 0.0))
        if fresh := bundle & ~situation:
            larger, minutes, worth = notation.take(situation, fresh)
            take.append((number, after.setdefault(settle(larger), len(after)), minutes, worth))
    return leave + take, after


def _note(module: int, ways: Sequence[_Way]) -> Turn:
    source, target, minutes, worth = zip(*ways, strict=True)
    return Turn(
        module=module,
        source=np.array(source, dtype=np.int64),
        target=np.array(target, dtype=np.int64),
        minutes=np.array(minutes, dtype=np.int64),
        worth=np.array(worth, dtype=np.float32),
    )
