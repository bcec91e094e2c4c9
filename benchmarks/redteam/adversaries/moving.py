"""Adversary (iii) where answers move between two waves: exact Bayes by convolution."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from benchmarks.redteam.adversaries.bayes import Floats, chances, histograms, passes
from benchmarks.redteam.sightings import Rule


@lru_cache(maxsize=64)
def transitions(people: int, width: int, same: float) -> Floats:
    """Return the chance of each second histogram, given each first one.

    An answer stays with the chance ``same``; else it moves one up (three in four) or down, and
    stays where there is no further.

    Returns:
        Shape (histograms, histograms), in the order of :func:`histograms`.
    """
    order = {tuple(one): at for at, one in enumerate(histograms(people, width).tolist())}
    found = np.zeros((len(order), len(order)))
    for first, at in order.items():
        spread: dict[tuple[int, ...], float] = {(0,) * width: 1.0}
        for category, count in enumerate(first):
            for _ in range(count):
                spread = _spread(spread, category, width=width, same=same)
        for second, chance in spread.items():
            found[at, order[second]] = chance
    return found


def _spread(
    before: dict[tuple[int, ...], float], category: int, *, width: int, same: float
) -> dict[tuple[int, ...], float]:
    to = [
        (category, same),
        (min(width - 1, category + 1), (1 - same) * 0.75),
        (max(0, category - 1), (1 - same) * 0.25),
    ]
    after: dict[tuple[int, ...], float] = {}
    for counts, chance in before.items():
        for place, share in to:
            key = tuple(one + (at == place) for at, one in enumerate(counts))
            after[key] = after.get(key, 0.0) + chance * share
    return after


@lru_cache(maxsize=100_000)
def left_posterior(
    out: int,
    again: int,
    first: frozenset[Rule],
    second: frozenset[Rule],
    prior: tuple[float, ...],
    same: float,
) -> tuple[float, ...]:
    """Return how likely each category is for somebody who was in the first chart only.

    Args:
        out: People who were in the first chart and not in the second.
        again: People who were in both.
        first: What was seen of the first chart.
        second: What was seen of the second.
        prior: Of the categories, in the first wave.
        same: How often an answer is given again.
    """
    width = len(prior)
    left, stayed = histograms(out, width), histograms(again, width)
    fits_second = passes(stayed, second)
    weight = chances(again, prior) * (transitions(again, width, same) @ fits_second)
    likelihood = passes(left[:, None, :] + stayed[None, :, :], first) @ weight
    shares = (chances(out, prior) * likelihood) @ left
    return tuple(shares / shares.sum())
