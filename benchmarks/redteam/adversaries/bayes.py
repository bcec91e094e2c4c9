"""Adversary (iii): the exact posterior, by going through every histogram that could have been."""

from __future__ import annotations

import itertools
import math
from collections.abc import Hashable, Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from benchmarks.redteam.adversaries.cells import cells
from benchmarks.redteam.sightings import Rule, exact_counts

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Sets = Sequence[tuple[frozenset[Hashable], frozenset[Rule]]]

_MOST = 300_000
"""Combinations of histograms that are gone through for one posterior."""


@lru_cache(maxsize=256)
def histograms(people: int, width: int) -> Ints:
    """Return every histogram of some people, shape (histograms, width)."""
    bars = itertools.combinations(range(people + width - 1), width - 1)
    edges: Ints = np.array([(-1, *one, people + width - 1) for one in bars], dtype=np.int64)
    counts: Ints = edges[:, 1:] - edges[:, :-1] - 1
    return counts


@lru_cache(maxsize=256)
def chances(people: int, prior: tuple[float, ...]) -> Floats:
    """Return the chance of each of these histograms when everybody answers independently."""
    counts = histograms(people, len(prior))
    factorial = np.array([math.factorial(one) for one in range(people + 1)], dtype=float)
    ways = factorial[people] / factorial[counts].prod(axis=1)
    found: Floats = ways * (np.array(prior) ** counts).prod(axis=1)
    return found


def passes(counts: Ints, rules: frozenset[Rule]) -> NDArray[np.bool_]:
    """Say which histograms fit what was seen; categories beyond their width are empty."""
    fits = np.ones(counts.shape[:-1], dtype=bool)
    for rule in rules:
        inside = [one for one in rule.categories if one < counts.shape[-1]]
        total = counts[..., inside].sum(axis=-1)
        fits &= (total >= rule.low) & (total <= rule.high)
    return fits


def posterior(target: frozenset[Hashable], sets: Sets, *, prior: tuple[float, ...]) -> Floats:
    """Return how likely each category is for a member of a cell.

    Exact where the sets that hold the cell, and those inside them, can be gone through in full;
    else from as many of them as can.

    Args:
        target: A cell: no set holds some of it and not the rest.
        sets: What was seen, by set; several channels of one set may stand apart.
        prior: Of the categories; "not answered" is left out where everybody answered.
    """
    merged: dict[frozenset[Hashable], frozenset[Rule]] = {}
    for members, rules in sets:
        merged[members] = merged.get(members, frozenset()) | rules
    exact = {
        one: found for one, rules in merged.items() if (found := exact_counts(rules, len(prior)))
    }
    alone = _subtract(target, exact)
    if alone is not None:
        return np.array(alone, dtype=float) / len(target)
    return _enumerate(target, merged, prior)


def _subtract(
    target: frozenset[Hashable], exact: Mapping[frozenset[Hashable], tuple[int, ...]]
) -> tuple[int, ...] | None:
    """Return the target's own histogram if differences of known ones give it."""
    for members, counts in exact.items():
        if not target <= members:
            continue
        rest, left = members, list(counts)
        for other in sorted(exact, key=len, reverse=True):
            if other < rest and not other & target:
                rest -= other
                left = [one - two for one, two in zip(left, exact[other], strict=True)]
        if rest == target:
            return tuple(left)
    return None


def _enumerate(
    target: frozenset[Hashable],
    merged: Mapping[frozenset[Hashable], frozenset[Rule]],
    prior: tuple[float, ...],
) -> Floats:
    holding = sorted((one for one in merged if target <= one), key=len)
    used: list[frozenset[Hashable]] = []
    for one in holding:
        inside = [other for other in merged if other < one and not other & target]
        for trial in ([*used, one, *inside], [*used, one]):
            if _combinations(trial, len(prior)) <= _MOST:
                used = [*dict.fromkeys(trial)]
                break
    if not used:
        return np.array(prior)
    found = cells(used)
    order = sorted(found.values(), key=lambda cell: cell != target)
    seen = tuple(
        (tuple(at for at, cell in enumerate(order) if cell <= one), merged[one]) for one in used
    )
    return np.array(_marginal(tuple(map(len, order)), seen, prior))


def _combinations(sets: Sequence[frozenset[Hashable]], width: int) -> int:
    sizes = map(len, cells(sets).values())
    return math.prod(math.comb(one + width - 1, width - 1) for one in sizes)


@lru_cache(maxsize=100_000)
def _marginal(
    sizes: tuple[int, ...],
    seen: tuple[tuple[tuple[int, ...], frozenset[Rule]], ...],
    prior: tuple[float, ...],
) -> tuple[float, ...]:
    """Return the mean share of each category in the first cell."""
    counts = [histograms(one, len(prior)) for one in sizes]
    grids = np.meshgrid(*(np.arange(len(one)) for one in counts), indexing="ij")
    places = [grid.ravel() for grid in grids]
    weight = np.ones(len(places[0]))
    for at, size in enumerate(sizes):
        weight = weight * chances(size, prior)[places[at]]
    for which, rules in seen:
        total = sum((counts[at][places[at]] for at in which), np.zeros(1, dtype=np.int64))
        weight = weight * passes(total, rules)
    shares = weight @ counts[0][places[0]]
    return tuple(shares / shares.sum())
