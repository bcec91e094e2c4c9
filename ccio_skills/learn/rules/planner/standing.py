"""Where a person stands against what they aim at, step by step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ccio_skills.vocabulary import Level, Slug


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person rated, what they aim at and how much each skill matters.

    Attributes:
        levels: Rated skills only; silence and "not part of my role" need nothing.
        targets: Level to reach.
        weights: What one level counts for: core 3, important 2, supporting 1; 0 leaves it out.

    Raises:
        ValueError: A level or target lies outside 0 to 5, or a rated skill with a target has no
            weight, or one below 0.
    """

    levels: Mapping[Slug, int]
    targets: Mapping[Slug, int]
    weights: Mapping[Slug, int]

    def __post_init__(self) -> None:
        """Refuse a need that cannot be weighed."""
        for skill, level in [*self.levels.items(), *self.targets.items()]:
            if not 0 <= level <= max(Level):
                raise ValueError(f"{skill}: level {level}")
        for skill in self.levels.keys() & self.targets.keys():
            if self.weights.get(skill, -1) < 0:
                raise ValueError(f"{skill}: weight {self.weights.get(skill)}")

    def level(self, skill: Slug) -> int:
        """Return the rated level; an unrated or not relevant skill counts as 0."""
        return self.levels.get(skill, 0)


def open_steps(standing: Standing) -> tuple[tuple[Slug, int, int], ...]:
    """Return every needed step; step n leads from level n-1 to n.

    Returns:
        (skill, step, weight): largest weight x remaining gap first, then by skill, then by step.
    """
    steps = []
    for skill in standing.levels.keys() & standing.targets.keys():
        level, target = standing.levels[skill], standing.targets[skill]
        weight = standing.weights[skill]
        if weight > 0:
            urgency = weight * (target - level)
            steps += [(-urgency, skill, step, weight) for step in range(level + 1, target + 1)]
    return tuple((skill, step, weight) for _, skill, step, weight in sorted(steps))
