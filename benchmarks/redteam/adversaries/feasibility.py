"""Adversary (i): is any answer forced? Exact, by integer programming over all that was seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain

import numpy as np
from scipy.optimize import LinearConstraint, milp

from benchmarks.redteam.adversaries.cells import cells
from benchmarks.redteam.office import Record
from benchmarks.redteam.sightings import Rule, Sighting, exact_counts
from ccio_skills.cohorts.rules.items import Item

Rules = frozenset[Rule]
Seen = tuple[tuple[int, ...], Rules]
"""Positions of cells, and what is said of all of them together."""


def count_forced(sightings: Iterable[Sighting], *, item: Item) -> int:
    """Count answers that must lie in one guarded set, whatever the hidden ones are.

    Args:
        sightings: Of one item, through whatever channels; answers known from elsewhere taken out.
        item: Says which sets are guarded.
    """
    said: dict[frozenset[Record], Rules] = {}
    for one in sightings:
        said[one.records] = said.get(one.records, frozenset()) | one.rules
    kept = {records: rules for records, rules in said.items() if not _is_implied(records, said)}
    sets = list(kept)
    forced = 0
    for component in _components(sets):
        part = [sets[at] for at in component]
        order = list(cells(part).values())
        seen = tuple(
            (tuple(at for at, cell in enumerate(order) if cell <= records), kept[records])
            for records in part
        )
        forced += _forced(
            tuple(map(len, order)), seen, item.guarded, width=len(item.categories) + 1
        )
    return forced


def _is_implied(records: frozenset[Record], said: Mapping[frozenset[Record], Rules]) -> bool:
    """Say whether a set is a sum of others, and nothing is said of it beyond their sum."""
    parts = [other for other in said if other < records]
    if sum(map(len, parts)) != len(records) or len(frozenset(chain(*parts))) != len(records):
        return False
    for rule in said[records]:
        bounds = [_bound(said[one], rule.categories, len(one)) for one in parts]
        if sum(low for low, _ in bounds) < rule.low or sum(high for _, high in bounds) > rule.high:
            return False
    return True


def _bound(rules: Rules, categories: frozenset[int], people: int) -> tuple[int, int]:
    own = [one for one in rules if one.categories == categories]
    single = {min(one.categories): one for one in rules if len(one.categories) == 1}
    each = [single[one] for one in categories if one in single]
    low = max([sum(one.low for one in each), *(one.low for one in own)])
    highs = [people, *(one.high for one in own)]
    if len(each) == len(categories):
        highs.append(sum(one.high for one in each))
    return low, min(highs)


def _components(sets: Sequence[frozenset[Record]]) -> list[list[int]]:
    left, found = set(range(len(sets))), []
    while left:
        component, edge = [], [left.pop()]
        while edge:
            at = edge.pop()
            component.append(at)
            near = [other for other in left if sets[at] & sets[other]]
            left.difference_update(near)
            edge += near
        found.append(sorted(component))
    return found


@lru_cache(maxsize=200_000)
def _forced(
    sizes: tuple[int, ...],
    seen: tuple[Seen, ...],
    guarded: tuple[tuple[int, ...], ...],
    *,
    width: int,
) -> int:
    """Count forced answers of one component.

    Args:
        sizes: People in each cell.
        seen: Positions of cells, and what is said of them together.
        guarded: Sets of categories that nobody must be known to be in.
        width: Categories, "not answered" included.
    """
    if len(sizes) == 1 and (counts := exact_counts(seen[0][1], width)):
        is_forced = any(sum(counts[one] for one in inside) == sizes[0] for inside in guarded)
        return sizes[0] * is_forced
    parts: list[tuple[tuple[int, ...], list[int], int, int]]
    parts = [((at,), [*range(width)], people, people) for at, people in enumerate(sizes)]
    parts += [
        (places, [*rule.categories], rule.low, rule.high)
        for places, rules in seen
        for rule in rules
    ]
    matrix = np.zeros((len(parts), len(sizes) * width))
    for row, (places, categories, _, _) in enumerate(parts):
        matrix[row, [at * width + one for at in places for one in categories]] = 1
    limits = LinearConstraint(matrix, [one[2] for one in parts], [one[3] for one in parts])
    forced = 0
    for at, people in enumerate(sizes):
        for inside in guarded:
            if len(sizes) == 1 and _is_outside(seen[0][1], inside):
                continue
            aim = np.zeros(len(sizes) * width)
            aim[[at * width + one for one in range(width) if one not in inside]] = -1
            if _most(aim, limits) == 0:
                forced += people
                break
    return forced


def _is_outside(rules: Rules, inside: tuple[int, ...]) -> bool:
    """Say whether somebody is known to be elsewhere, which makes going through worlds needless."""
    return any(rule.low > 0 and not rule.categories & {*inside} for rule in rules)


def _most(aim: np.ndarray[tuple[int], np.dtype[np.float64]], limits: LinearConstraint) -> int:
    """Return the most people that can be where the aim is -1."""
    found = milp(aim, constraints=limits, integrality=np.ones(len(aim), dtype=np.int64))
    if found.status != 0:
        raise ValueError(f"what was seen contradicts itself: {found.message}")
    return round(-found.fun)
