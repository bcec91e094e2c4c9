"""A made-up chart for people who have not agreed yet: what reviewers would see, by the same rules.

It goes the whole way of a real collection, so it cannot look better than a real one would.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime

import numpy as np

from ccio_skills.cohorts.rules import closing, coding, deciding, reading
from ccio_skills.cohorts.rules.collection import Cohort, Collection, Header
from ccio_skills.cohorts.rules.items import Item
from ccio_skills.cohorts.rules.members import Contributor
from ccio_skills.cohorts.rules.released import Released
from ccio_skills.cohorts.rules.thresholds import Thresholds
from ccio_skills.vocabulary import PersonId

KEY = "cohort:0"
_SPARE = 4
"""Members beyond the smallest chart."""


def sample(
    items: Sequence[Item], *, name: str, thresholds: Thresholds, now: datetime, seed: int = 2012
) -> Released[Collection]:
    """Return a made-up collection of a cohort.

    Args:
        items: What is asked.
        name: Of the cohort.
        thresholds: Of the cohort.
        now: When it is said to have closed.
        seed: Of the made-up answers.
    """
    chance = random.Random(seed)
    size = thresholds.smallest_chart + _SPARE
    people = [PersonId(one) for one in range(1, size + 1)]
    made = deciding.decide(
        [Contributor(one, frozenset({KEY})) for one in people],
        classes=(),
        reviewers=frozenset(),
        thresholds=thresholds,
        rng=chance,
    )
    answers = np.array([[_answer(item, chance) for item in items] for _ in people], dtype=np.int8)
    coded = coding.coded_histograms(
        answers,
        np.zeros(size, dtype=np.int64),
        items=items,
        blocks=made.blocks,
        thresholds=thresholds,
    )
    cohorts = (Cohort(KEY, name, size + _SPARE),)
    header = Header("sample", "Made-up example", now, thresholds, tuple(items), cohorts)
    return reading.read_collection(closing.seal(header, made.blocks, coded, after=None))


def _answer(item: Item, chance: random.Random) -> int:
    middle = (len(item.categories) - 1) / 2
    drawn = round(chance.gauss(middle, len(item.categories) / 4))
    return min(len(item.categories) - 1, max(0, drawn))
