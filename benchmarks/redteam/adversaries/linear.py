"""Adversary (iv): the best linear reconstruction of every answer from every sum that was seen."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from benchmarks.redteam.adversaries.bayes import Floats
from benchmarks.redteam.office import Record
from benchmarks.redteam.sightings import Sighting

_CORRELATION = 0.97


def reconstruct(
    sightings: Sequence[Sighting], *, prior: Sequence[float], width: int
) -> dict[Record, Floats]:
    """Return the posterior mean of "gave this answer", for every answer and category.

    A Gaussian model: answers of one person correlate between waves, those of two people do not.

    Args:
        sightings: What was seen; a set of answers may be seen several times.
        prior: Of the categories, "not answered" last.
        width: Categories, "not answered" included.

    Returns:
        Shape (width,) for each answer in any set.
    """
    distinct = [*{one.records: one for one in sightings}.values()]
    records = sorted({record for one in distinct for record in one.records})
    place = {record: at for at, record in enumerate(records)}
    matrix = np.zeros((len(distinct), len(records)))
    means, spreads = np.zeros((len(distinct), width)), np.zeros((len(distinct), width))
    for row, one in enumerate(distinct):
        matrix[row, [place[record] for record in one.records]] = 1
        means[row], spreads[row] = _estimate(one, width)
    people = np.array([person for person, _ in records])
    alike = np.where(people[:, None] == people[None, :], _CORRELATION, 0.0)
    np.fill_diagonal(alike, 1.0)
    found = np.zeros((len(records), width))
    for category, share in enumerate(prior):
        covariance = alike * share * (1 - share)
        cross = matrix @ covariance
        noise = np.diag(spreads[:, category] + 1e-7)
        residual = means[:, category] - matrix.sum(axis=1) * share
        found[:, category] = share + cross.T @ np.linalg.solve(cross @ matrix.T + noise, residual)
    return {record: found[at] for record, at in place.items()}


def _estimate(one: Sighting, width: int) -> tuple[Floats, Floats]:
    """Return the middle and the variance of what each category may hold."""
    low, high = np.zeros(width), np.full(width, float(len(one.records)))
    for rule in one.rules:
        if len(rule.categories) == 1:
            [at] = rule.categories
            low[at], high[at] = max(low[at], rule.low), min(high[at], rule.high)
    for rule in one.rules:
        if len(rule.categories) > 1:
            inside = sorted(rule.categories)
            low[inside] = np.maximum(low[inside], (rule.low - 1) / 2)
            outside = [at for at in range(width) if at not in inside]
            high[outside] = np.minimum(high[outside], len(one.records) - rule.low)
        else:
            [at] = rule.categories
            outside = [other for other in range(width) if other != at]
            high[outside] = np.minimum(high[outside], len(one.records) - rule.low)
    high = np.maximum(low, high)
    return (low + high) / 2, (high - low) ** 2 / 12
