"""What a collection released of one item, and what may be said of it."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from ccio_skills.survey.rules.items import ClosedItem


@dataclass(frozen=True, slots=True)
class Wave:
    """Released counts of one item.

    Attributes:
        parts: People known to be in one category, or in one of several, by these categories.
            Where a group answered nearly alike only "at least" is known; the rest is not here.
        answered: People who answered, those whose answers are not shown included.

    Raises:
        ValueError: A category that the item does not have, or more people than answered.
    """

    item: ClosedItem
    parts: Mapping[tuple[int, ...], int]
    answered: int

    def __post_init__(self) -> None:
        """Refuse counts that cannot be those of the item."""
        known = {one for part in self.parts for one in part}
        if not known <= set(range(len(self.item.categories))) or self.hidden < 0:
            raise ValueError(f"{self.item.key}: {self.parts}, {self.answered} answered")

    @property
    def hidden(self) -> int:
        """People who answered and whose answers are not shown."""
        return self.answered - sum(self.parts.values())

    def between(self, categories: Collection[int]) -> tuple[int, int]:
        """Return the fewest and the most people who can be in these categories."""
        wanted = set(categories)
        least = sum(people for part, people in self.parts.items() if set(part) <= wanted)
        most = sum(people for part, people in self.parts.items() if set(part) & wanted)
        return least, most + (self.hidden if wanted else 0)

    def middle(self) -> tuple[int, int] | None:
        """Return the lowest and the highest category that the middle answer can be in.

        Returns:
            ``None`` where nobody answered or the item has no order. With an even number of answers
            both middle ones are meant.
        """
        if not self.answered or not self.item.is_ordered:
            return None
        low, high = math.ceil(self.answered / 2), self.answered // 2 + 1
        return self._at(low, to_highest=False), self._at(high, to_highest=True)

    def reach(self) -> tuple[int, int] | None:
        """Return the lowest and the highest category that somebody is known to be in."""
        known = [part for part, people in self.parts.items() if people]
        if not known or not self.item.is_ordered:
            return None
        return min(max(part) for part in known), max(min(part) for part in known)

    def _at(self, rank: int, *, to_highest: bool) -> int:
        """Return the category at a rank, with everybody as low, or as high, as is possible."""
        last = len(self.item.categories) - 1
        counts = [0] * (last + 1)
        counts[last if to_highest else 0] += self.hidden
        for part, people in self.parts.items():
            counts[max(part) if to_highest else min(part)] += people
        for category, people in enumerate(counts):
            rank -= people
            if rank <= 0:
                return category
        return last


def count_words(wave: Wave, categories: Collection[int]) -> str:
    """Return "9 of 14", "at least 9 of 14", "at most 3 of 14" or "5 to 8 of 14"."""
    least, most = wave.between(categories)
    of = f"of {wave.answered}"
    if least == most:
        return f"{least} {of}"
    if most == wave.answered:
        return f"at least {least} {of}" if least else f"not shown, {of}"
    return f"{least} to {most} {of}" if least else f"at most {most} {of}"


def middle_words(wave: Wave) -> str:
    """Return the group or groups that the middle answer is in, and from where to where it goes."""
    middle, reach = wave.middle(), wave.reach()
    if middle is None:
        return "nobody answered"
    said = f"the middle answer is in the group {_span(wave.item, middle)}"
    if reach and not wave.hidden:
        said += f"; the answers go from {_span(wave.item, reach)}"
    return f"{said} ({wave.answered} answered)"


def _span(item: ClosedItem, span: tuple[int, int]) -> str:
    low, high = (item.categories[one] for one in span)
    return f"“{low}”" if low == high else f"“{low}” to “{high}”"
