"""What is asked, and the categories that an answer falls into."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from ccio_skills.vocabulary import LEVEL_NAMES, Level

NOT_ANSWERED = -1
"""The code of an answer that was not given: a category that every item has beside its own."""


@dataclass(frozen=True, slots=True)
class Item:
    """One question of a collection.

    Attributes:
        key: Tells the items of a collection apart.
        categories: What can be answered, at least two, from low to high if they have an order.
            An answer is coded as its position here.
        is_ordered: The categories have an order, so that there is a middle answer.
        section: The domain or chapter that the item belongs to.
        target: The first category that meets the target, from 1; only where there is an order.

    Raises:
        ValueError: Too few categories, two alike, or a target that is none of them.
    """

    key: str
    title: str
    categories: tuple[str, ...]
    is_ordered: bool = False
    section: str = ""
    target: int | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be asked."""
        if len(self.categories) < 2 or len({*self.categories}) < len(self.categories):
            raise ValueError(f"{self.key}: {self.categories=}")
        if self.target is not None and not (
            self.is_ordered and 0 < self.target < len(self.categories)
        ):
            raise ValueError(f"{self.key}: {self.target=} {self.is_ordered=}")

    @property
    def guarded(self) -> tuple[tuple[int, ...], ...]:
        """Return the sets of categories of which it is never said that all are in it.

        Each category by itself; of levels in an order, the two lowest together as well, since
        "everybody is at the bottom" hurts even where it does not say who is lowest.
        """
        singles = [(one,) for one in range(len(self.categories))]
        lowest = [(0, 1)] if self.is_ordered and len(self.categories) > 2 else []
        return tuple(chain(singles, lowest))


def level_item(key: str, title: str, *, section: str = "", target: Level | None = None) -> Item:
    """Return the item of a skill. Levels 0 and 1 are one category.

    Args:
        key: Its slug.
        title: Its name.
        section: The name of its domain.
        target: What the role asks for; 1 or below cannot be told from an answer, so it is dropped.
    """
    lowest = f"1 {LEVEL_NAMES[Level.AWARE]} or below"
    higher = [f"{level:d} {LEVEL_NAMES[level]}" for level in Level if level > Level.AWARE]
    met = target - 1 if target is not None and target > Level.AWARE else None
    return Item(key, title, (lowest, *higher), is_ordered=True, section=section, target=met)


def code_level(level: Level | None) -> int:
    """Return the category of a level; "not part of my role" counts as not answered."""
    return NOT_ANSWERED if level is None else max(level, Level.AWARE) - 1
