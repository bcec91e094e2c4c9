"""What would change a plan: the smallest change that removes one of its modules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ccio_skills.learn.rules.planner.catalogue import Catalogue
from ccio_skills.learn.rules.planner.planning import Plan, make_plan
from ccio_skills.learn.rules.planner.reasons import Item
from ccio_skills.learn.rules.planner.standing import Standing
from ccio_skills.vocabulary import WEIGHTS, Slug

_MINUTES = (-30, -60, 30, 60)


@dataclass(frozen=True, slots=True)
class Change:
    """The first change of each kind that removes a module; ``None`` where none does.

    Attributes:
        minutes: The new budget.
        weight: A skill and its new weight.
        level: A skill and its new level.
    """

    minutes: int | None = None
    weight: tuple[Slug, int] | None = None
    level: tuple[Slug, int] | None = None


def what_changes(
    catalogue: Catalogue,
    standing: Standing,
    slug: Slug,
    *,
    minutes: int,
    done: frozenset[Slug] = frozenset(),
    banned: frozenset[Slug] = frozenset(),
    pinned: tuple[Slug, ...] = (),
) -> Change:
    """Find out what would remove a module from the plan.

    Tried are 30 and 60 minutes less and more and, for the skill that is the main reason for the
    module (or for the one it serves), a weight one lower or higher and a level one higher.

    Returns:
        Nothing but ``None`` if the module is not in the plan.
    """

    def plan(who: Standing, budget: int) -> Plan:
        return make_plan(catalogue, who, minutes=budget, done=done, banned=banned, pinned=pinned)

    def removes(who: Standing, budget: int) -> bool:
        return all(item.slug != slug for item in plan(who, budget).items)

    today = {item.slug: item for item in plan(standing, minutes).items}
    if slug not in today:
        return Change()
    budgets = (minutes + more for more in _MINUTES if minutes + more >= 0)
    skill = _find_main_skill(today, slug)
    weights = _vary_weight(standing, skill) if skill else {}
    levels = _vary_level(standing, skill) if skill else {}
    return Change(
        minutes=next((each for each in budgets if removes(standing, each)), None),
        weight=next((each for each, who in weights.items() if removes(who, minutes)), None),
        level=next((each for each, who in levels.items() if removes(who, minutes)), None),
    )


def _find_main_skill(items: Mapping[Slug, Item], slug: Slug) -> Slug | None:
    """Return the skill of the largest reason, of what the module serves first if it serves."""
    [first, *_] = items[slug].serves or (slug,)
    reasons = items[first].reasons
    return reasons[0].skill if reasons else None


def _vary_weight(standing: Standing, skill: Slug) -> dict[tuple[Slug, int], Standing]:
    weight = standing.weights[skill]
    return {
        (skill, other): replace(standing, weights={**standing.weights, skill: other})
        for other in (weight - 1, weight + 1)
        if other in WEIGHTS.values()
    }


def _vary_level(standing: Standing, skill: Slug) -> dict[tuple[Slug, int], Standing]:
    # A reason stands for a needed step, so the level is below the target and can rise.
    level = standing.levels[skill] + 1
    return {(skill, level): replace(standing, levels={**standing.levels, skill: level})}
