"""Make a plan: the most worth that fits the minutes, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ccio_skills.learn.rules.planner.catalogue import WHOLE, Catalogue
from ccio_skills.learn.rules.planner.choosing import choose
from ccio_skills.learn.rules.planner.pick import Pick, extend, gather
from ccio_skills.learn.rules.planner.pool import Pool, choose_pool, find_useful
from ccio_skills.learn.rules.planner.question import Question, ask
from ccio_skills.learn.rules.planner.reasons import Item, find_smallest, list_items
from ccio_skills.learn.rules.planner.standing import Standing
from ccio_skills.vocabulary import Slug

_RUNNERS_UP = 3


@dataclass(frozen=True, slots=True)
class Plan:
    """What to learn in the minutes there are.

    Attributes:
        items: In reading order.
        minutes: What the items take together.
        value: Weight x needed steps covered, each step once at most.
        runners_up: Useful modules that did not fit or lost, best first.
        smallest: What to begin with although nothing useful fits; only when items are empty.
    """

    items: tuple[Item, ...]
    minutes: int
    value: float
    runners_up: tuple[Slug, ...]
    smallest: Item | None


def make_plan(
    catalogue: Catalogue,
    standing: Standing,
    *,
    minutes: int,
    done: frozenset[Slug] = frozenset(),
    banned: frozenset[Slug] = frozenset(),
    pinned: tuple[Slug, ...] = (),
    polish: bool = True,
) -> Plan:
    """Choose modules so that the needed steps they cover count for most.

    Equal input in any order gives an equal plan. Without pins, more minutes are never worth less.
    Unknown slugs are passed over.

    Args:
        catalogue: What is on offer.
        standing: What the person needs.
        minutes: Budget, at least 0.
        done: Never offered; taken already, but without gain. What stood before them stays needed.
        banned: "Not now": never in the plan, not even as a prerequisite.
        pinned: Taken in this order with all they need while they fit, whatever they give and
            however far ahead; not if done, nor if they need a banned one.
        polish: Look for the best plan there is, and where that is out of reach for a good one on
            a ladder: slower than the first plan that three greedy climbs find.

    Raises:
        ValueError: ``minutes`` is below 0.
    """
    if minutes < 0:
        raise ValueError(f"minutes={minutes}")
    question = ask(catalogue, standing, done=done, banned=banned)
    start = _take_pins(question, catalogue.numbers(pinned), minutes=minutes)
    finds = find_useful(question, start)
    pool = choose_pool(question, start, finds)
    pick = choose(pool, start, finds, minutes=minutes, polish=polish)
    is_empty = len(finds.modules) and not pick.members
    smallest = find_smallest(question, standing, finds.densest()) if is_empty else None
    return Plan(
        items=list_items(question, standing, pick),
        minutes=pick.minutes,
        value=pick.worth / WHOLE,
        runners_up=_find_runners_up(pool, pick, smallest=smallest),
        smallest=smallest,
    )


def _take_pins(question: Question, pins: Sequence[int], *, minutes: int) -> Pick:
    pick = gather(question, ())
    for pin in pins:
        if question.allowed[pin]:
            larger = extend(question, pick.members, pin)
            pick = larger if larger.minutes <= minutes else pick
    return pick


def _find_runners_up(pool: Pool, pick: Pick, *, smallest: Item | None) -> tuple[Slug, ...]:
    """Return what would add most per minute to the plan; of equals what would add most alone."""
    later = pool.after(pick)
    more = later.adds(pick) / np.maximum(later.minutes, 1)
    alone = np.minimum(pool.gains.T, pool.question.need) @ pool.question.weights / pool.minutes
    rows = np.lexsort((-alone, -more)).tolist()
    modules = [module for module in pool.modules[rows].tolist() if not pick.taken[module]]
    slugs = [pool.question.layout.offers[module].slug for module in modules[: _RUNNERS_UP + 1]]
    return tuple(slug for slug in slugs if not smallest or slug != smallest.slug)[:_RUNNERS_UP]
