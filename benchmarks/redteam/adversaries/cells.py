"""Answers, or people, that nothing seen tells apart."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import TypeVar

Unit = TypeVar("Unit", bound=Hashable)


def cells(sets: Sequence[frozenset[Unit]]) -> dict[tuple[int, ...], frozenset[Unit]]:
    """Return the cells that some sets cut their members into.

    Returns:
        Positions of the sets that hold all of a cell and nothing outside it, to the cell.
    """
    where: dict[Unit, list[int]] = {}
    for at, members in enumerate(sets):
        for one in members:
            where.setdefault(one, []).append(at)
    found: dict[tuple[int, ...], set[Unit]] = {}
    for one, places in where.items():
        found.setdefault(tuple(places), set()).add(one)
    return {places: frozenset(members) for places, members in found.items()}


def smallest(sets: Iterable[frozenset[Unit]], spared: frozenset[Unit]) -> frozenset[Unit]:
    """Return the smallest cell, leaving out those whose answer is known already."""
    found = [cell - spared for cell in cells(list(sets)).values()]
    return min(
        (one for one in found if one),
        key=lambda one: (len(one), repr(sorted(one, key=repr))),
        default=frozenset(),
    )
