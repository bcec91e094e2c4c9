"""The only way out for answers: histograms of blocks, guarded where nearly all are alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ccio_skills.cohorts.rules.items import NOT_ANSWERED, Item
from ccio_skills.cohorts.rules.members import Block
from ccio_skills.cohorts.rules.thresholds import Thresholds

Answers = NDArray[np.int8]
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Exact:
    """How many gave each answer, and how many none."""

    counts: tuple[int, ...]
    not_answered: int

    @property
    def answered(self) -> int:
        """Return how many answered."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class AtLeast:
    """All that is said where nearly all answers are alike.

    Attributes:
        categories: One category, or the two lowest together.
        least: At least so many of those who answered are in them.
    """

    categories: tuple[int, ...]
    least: int
    answered: int
    not_answered: int


@dataclass(frozen=True, slots=True)
class Withheld:
    """Too few answered this question for anything to be said."""


Coded = Exact | AtLeast | Withheld


def code(
    counts: Sequence[int], *, not_answered: int, item: Item, smallest: int, guard: int
) -> Coded:
    """Return what is published of one item of one block.

    Nearly all is measured among those who answered, not among all of the block: somebody who
    knows who skipped a question must not find that everybody else gave one answer.

    Args:
        counts: People in each category of the item.
        not_answered: People of the block who gave no answer; the block has the same people for
            every item, so that no two items differ by somebody.
        item: Says which categories there are and which sets of them are guarded.
        smallest: People who must have answered.
        guard: Of those who answered, more than so many must be outside a guarded set for the
            counts to be published.

    Returns:
        Too few, the first guarded set that nearly all are in, or the counts.
    """
    answered = sum(counts)
    if answered < smallest:
        return Withheld()
    least = answered - guard
    for categories in item.guarded:
        if sum(counts[one] for one in categories) >= least:
            return AtLeast(categories, least, answered, not_answered)
    return Exact(tuple(counts), not_answered)


def coded_histograms(
    answers: Answers,
    block_of: Places,
    *,
    items: Sequence[Item],
    blocks: Sequence[Block],
    thresholds: Thresholds,
) -> tuple[tuple[Coded, ...], ...]:
    """Read answers, and return what is published of them.

    No other function of the rules is given an answer, and this one gives none back. Reviewers who
    are members know answers of their own, so each raises what must stay unknown by one.

    Args:
        answers: Codes of categories or ``NOT_ANSWERED``, shape (contributions, items).
        block_of: The block of each contribution as a position in ``blocks``, or -1 for a
            contribution that is not published, shape (contributions,).
        items: In the order of the columns.
        blocks: In the order in which they are published.
        thresholds: Of the collection.

    Returns:
        For each block, in each block for each item, what is published.

    Raises:
        ValueError: Shapes do not fit, a code is none of its item, or a block does not have
            exactly one contribution of each member.
    """
    _check(answers, block_of, items=items, blocks=blocks)
    published = block_of >= 0
    where, shown = block_of[published], answers[published]
    columns = []
    for column, item in enumerate(items):
        width = len(item.categories) + 1
        cells = where * width + (shown[:, column].astype(np.int64) - NOT_ANSWERED)
        counts = np.bincount(cells, minlength=len(blocks) * width).reshape(len(blocks), width)
        columns.append(
            [
                code(
                    row[1:],
                    not_answered=row[0],
                    item=item,
                    smallest=thresholds.smallest_group + block.reviewers,
                    guard=thresholds.guard + block.reviewers,
                )
                for row, block in zip(counts.tolist(), blocks, strict=True)
            ]
        )
    return tuple(zip(*columns, strict=True)) if columns else ((),) * len(blocks)


def _check(
    answers: Answers, block_of: Places, *, items: Sequence[Item], blocks: Sequence[Block]
) -> None:
    if answers.shape != (len(block_of), len(items)):
        raise ValueError(f"answers {answers.shape}, {len(block_of)} people, {len(items)} items")
    for column, item in enumerate(items):
        codes = answers[:, column]
        if codes.size and not (codes.min() >= NOT_ANSWERED and codes.max() < len(item.categories)):
            raise ValueError(f"{item.key}: codes from {codes.min()} to {codes.max()}")
    if block_of.size and block_of.max() >= len(blocks):
        raise ValueError(f"block {block_of.max()} of {len(blocks)}")
    people = np.bincount(block_of[block_of >= 0], minlength=len(blocks)).tolist()
    if people != [len(one.members) for one in blocks]:
        raise ValueError("a block does not have exactly one contribution of each member")
