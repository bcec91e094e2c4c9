"""How small a group may be. Stricter is possible, looser never."""

from __future__ import annotations

from dataclasses import dataclass, fields

SMALLEST_GROUP = 5
SMALLEST_CHART = 7
GUARD = 2
PUBLIC_USE = 10


class LooserError(ValueError):
    """A threshold is looser than the rules allow."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The numbers that a collection is closed under; locked when it opens.

    Attributes:
        smallest_group: People in a block, and people by whom two charts differ. Reviewers who are
            members do not count.
        smallest_chart: People in a chart that is drawn; again without reviewers.
        guard: Answers that stay unknown where nearly all are alike: "all 7" becomes "at least 5
            of 7". It withstands one member fewer who tells the reviewer their answer.
        public_use: People in each block of a chart that leaves the cohort.

    Raises:
        LooserError: A number is below its floor, or the guard could hide a majority.
    """

    smallest_group: int = SMALLEST_GROUP
    smallest_chart: int = SMALLEST_CHART
    guard: int = GUARD
    public_use: int = PUBLIC_USE

    def __post_init__(self) -> None:
        """Refuse what is looser."""
        for one in fields(self):
            value, floor = getattr(self, one.name), one.default
            if value < floor:
                name = one.name.replace("_", " ")
                raise LooserError(f"The {name} is {value}; it must be {floor} or more.")
        if 2 * self.guard >= self.smallest_group:
            raise LooserError(
                f"A guard of {self.guard} needs groups of {2 * self.guard + 1} or more, "
                f"not {self.smallest_group}."
            )


DEFAULT = Thresholds()
