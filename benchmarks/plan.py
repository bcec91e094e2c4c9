"""How good, how fast and how true plans are: ``python -m benchmarks.plan``.

Left out is the optimum among 10,000 modules: integer programming takes some 10 s a plan there.
"""

from __future__ import annotations

import os
import sys

# One core is what is judged; numpy asks for its threads when it is loaded.
os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1"))

import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from benchmarks import table, worlds
from benchmarks.table import Row
from ccio_skills import library
from ccio_skills.assess.rules.gaps import find_gaps
from ccio_skills.assess.rules.ratings import Rating
from ccio_skills.learn.rules import planner, week
from ccio_skills.vocabulary import Level

PEOPLE = 40
BUDGETS = (60, 120, 300, 600)
SIZES = (100, 1_000, 10_000)
MOST_SOLVED = 1_000
"""Modules of the largest catalogue for which the optimum is worked out."""

_CONTENT = Path(__file__).parent.parent / "content"
_NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
_REPEATS = 3
_FIRST_LIMITS = dict.fromkeys(BUDGETS, 10.0)
_POLISHED_LIMITS = {120: 80.0, 300: 150.0}
_EXPLAINED = (60, 120, 300)


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """A catalogue and the people who plan from it.

    Attributes:
        prepared: Milliseconds of CPU that it took to prepare the catalogue, once for all plans.
    """

    name: str
    catalogue: planner.Catalogue
    people: tuple[planner.Standing, ...]
    prepared: float


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """A plan, for whom it is, and the milliseconds that it took.

    Attributes:
        cpu, wall: The least of several tries, since others use the machine as well.
    """

    world: World
    standing: planner.Standing
    budget: int
    plan: planner.Plan
    cpu: float
    wall: float


def rows() -> list[Row]:
    """Measure the share of the optimum, the time, broken rules and reasons, in this order."""
    every = [real := _load_world(), *(_make_world(size) for size in SIZES)]
    first = {world.name: _make_plans(world, polish=False) for world in every}
    polished = {world.name: _make_plans(world, polish=True) for world in every}
    largest = every[-1].name
    solved = [one for one in every if len(one.catalogue.offers) <= MOST_SOLVED]
    plans = [made for each in (first, polished) for some in each.values() for made in some]
    over = sum(exceeds(made.plan, made.budget, made.world.catalogue.offers) for made in plans)
    broken = sum(count_unmet(made.plan, made.world.catalogue.offers) for made in plans)
    return [
        *(row for world in solved for row in _rate_shares(world, polished[world.name])),
        *_rate_times(f"first plan, {largest}", first[largest], limits=_FIRST_LIMITS),
        *_rate_times(f"polished plan, {largest}", polished[largest], limits=_POLISHED_LIMITS),
        *_rate_times(f"polished plan, {real.name}", polished[real.name], limits=_POLISHED_LIMITS),
        Row(f"catalogue prepared, {largest}", every[-1].prepared, "ms CPU"),
        Row(f"plans over their budget, of {len(plans):,}", over, "count", limit=0),
        Row(f"prerequisites not met, in {len(plans):,} plans", broken, "count", limit=0),
        *(_rate_reasons(world, polished[world.name]) for world in every),
    ]


def exceeds(plan: planner.Plan, budget: int, offers: Collection[planner.Offer]) -> bool:
    """Say whether the modules of a plan take more minutes than there are."""
    minutes = {offer.slug: offer.minutes for offer in offers}
    return sum(minutes[item.slug] for item in plan.items) > budget


def count_unmet(plan: planner.Plan, offers: Collection[planner.Offer]) -> int:
    """Count prerequisites on offer that do not come before the module that needs them."""
    needs = {offer.slug: offer.prerequisites for offer in offers}
    order = [item.slug for item in plan.items]
    return sum(
        need in needs and need not in order[:place]
        for place, slug in enumerate(order)
        for need in needs[slug]
    )


def is_faithful(
    item: planner.Item,
    place: int,
    *,
    catalogue: planner.Catalogue,
    standing: planner.Standing,
    budget: int,
) -> bool:
    """Say whether a module is dropped from a plan, or lowered, without its stated reason.

    The stated reason is the skill of the largest worth, or the modules that it is needed for. A
    module without either has no reason to take away: that is not faithful. Lowered is a module
    that comes later, or that was there for itself and now only serves another.

    Args:
        item: The module as the plan explains it.
        place: Where it stands in that plan, from 0.
        catalogue: What the plan was made from.
        standing: Whom it was made for.
        budget: The minutes it was made for.
    """
    banned = frozenset(item.serves)
    if not item.serves and not item.reasons:
        return False
    if not item.serves:
        standing = replace(standing, targets={**standing.targets, item.reasons[0].skill: 0})
    without = planner.make_plan(catalogue, standing, minutes=budget, banned=banned)
    found = {each.slug: (at, each) for at, each in enumerate(without.items)}
    if item.slug not in found:
        return True
    later, same = found[item.slug]
    return later > place or bool(same.serves and not item.serves)


def _load_world() -> World:
    """Return the real catalogue, and people with made-up ratings who take turns in its roles."""
    shipped = library.load(_CONTENT)
    roles = sorted(shipped.profile)
    people = []
    for seed in range(PEOPLE):
        random = np.random.default_rng([seed, 2])
        levels = np.clip(random.normal(1.8, 1.1, len(shipped.skill)).round(), 0, 5).astype(int)
        ratings = {
            skill: Rating(skill, Level(int(level)), _NOW)
            for skill, level in zip(shipped.skill, levels, strict=True)
            if random.random() < 0.85
        }
        gaps = find_gaps(ratings, library=shipped, profile=roles[seed % len(roles)])
        people.append(week.standing(gaps))
    return _prepare("real catalogue", week.catalogue(shipped).offers, people)


def _make_world(size: int) -> World:
    people = [worlds.make_standing(seed=seed) for seed in range(PEOPLE)]
    return _prepare(f"{size:,} modules", worlds.make_catalogue(size, seed=1), people)


def _prepare(
    name: str, offers: Sequence[planner.Offer], people: Sequence[planner.Standing]
) -> World:
    before = time.process_time()
    catalogue = planner.Catalogue(offers)
    return World(name, catalogue, tuple(people), (time.process_time() - before) * 1000)


def _make_plans(world: World, *, polish: bool) -> list[Made]:
    return [
        _time_plan(world, standing, budget, polish=polish)
        for budget in BUDGETS
        for standing in world.people
    ]


def _time_plan(world: World, standing: planner.Standing, budget: int, *, polish: bool) -> Made:
    tries = []
    for _ in range(_REPEATS):
        cpu, wall = time.process_time(), time.perf_counter()
        plan = planner.make_plan(world.catalogue, standing, minutes=budget, polish=polish)
        tries.append((time.process_time() - cpu, time.perf_counter() - wall))
    cpus, walls = zip(*tries, strict=True)
    return Made(world, standing, budget, plan, min(cpus) * 1000, min(walls) * 1000)


def _rate_shares(world: World, plans: Sequence[Made]) -> Iterator[Row]:
    for budget in BUDGETS:
        shares = []
        for made in [each for each in plans if each.budget == budget]:
            best = worlds.best_value(world.catalogue.offers, made.standing, minutes=budget)
            # Nothing to gain is gained in full.
            shares.append(made.plan.value / best if best else 1.0)
        for kind, share, limit in (
            ("mean", sum(shares) / len(shares), 0.99),
            ("minimum", min(shares), 0.95),
        ):
            name = f"plan share of optimum, {kind}, {world.name}, {budget} minutes"
            yield Row(name, share, "share", limit=limit, at_least=True)


def _rate_times(what: str, plans: Sequence[Made], *, limits: Mapping[int, float]) -> Iterator[Row]:
    for budget in BUDGETS:
        name, limit = f"{what}, {budget} minutes, p95", limits.get(budget)
        some = [made for made in plans if made.budget == budget]
        cpu, wall = np.percentile([(made.cpu, made.wall) for made in some], 95, axis=0)
        yield Row(name, float(cpu), "ms CPU", limit=limit)
        yield Row(name, float(wall), "ms wall")


def _rate_reasons(world: World, plans: Sequence[Made]) -> Row:
    found = [
        is_faithful(
            item, place, catalogue=world.catalogue, standing=made.standing, budget=made.budget
        )
        for made in plans
        if made.budget in _EXPLAINED
        for place, item in enumerate(made.plan.items)
    ]
    name = f"explanations faithful, {world.name}, of {len(found):,}"
    return Row(name, sum(found) / len(found), "share", limit=0.95, at_least=True)


if __name__ == "__main__":
    measured = rows()
    table.show(measured)
    sys.exit(not all(row.ok for row in measured))
