"""What the protection costs: answers that reach no chart, and cells that say "at least"."""

from __future__ import annotations

import random
from dataclasses import dataclass

from benchmarks.redteam.histories import Setting, history
from benchmarks.redteam.office import Office
from ccio_skills.cohorts.rules.coding import AtLeast

SIZES = (7, 15, 24, 48)
WAVES = 5
WORLDS = 100


@dataclass(frozen=True, slots=True)
class Cost:
    """For cohorts that begin with so many members.

    Attributes:
        coverage: Share of the answers of each wave that reach the ledger, first wave first.
        cells_coded: Share of published histograms that say "at least".
    """

    members: int
    coverage: tuple[float, ...]
    cells_coded: float


def measure(members: int, *, worlds: int = WORLDS) -> Cost:
    """Play histories of five waves; four in five answer, one in seventeen leaves each time."""
    shown, given = [0] * WAVES, [0] * WAVES
    coded = published = 0
    for seed in range(worlds):
        office = Office(random.Random(f"cost {members} {seed} office"))
        setting = Setting(people=members, waves=WAVES, joining=0.072)
        for at, wave in enumerate(history(random.Random(f"cost {members} {seed}"), setting)):
            office.close(wave)
            given[at] += len(wave.contributors)
        for key, block in office.blocks.values():
            shown[int(key)] += len(block.members)
        for one in office.collections():
            cells = [cell for leaf in one.value.leaves for cell in leaf.coded]
            published += len(cells)
            coded += sum(isinstance(cell, AtLeast) for cell in cells)
    coverage = tuple(round(one / all_, 3) for one, all_ in zip(shown, given, strict=True))
    return Cost(members, coverage, round(coded / published, 3) if published else 0.0)
