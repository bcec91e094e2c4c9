"""Why a module is in a plan, read off the plan's worth, and in which order to read the plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ccio_skills.learn.rules.planner.catalogue import STEPS, WHOLE
from ccio_skills.learn.rules.planner.pick import Pick, find_losses, gather
from ccio_skills.learn.rules.planner.question import Question
from ccio_skills.learn.rules.planner.standing import Standing
from ccio_skills.vocabulary import Slug

ALMOST_NOTHING = 0.25
"""A module worth no more than a quarter of the lightest step is there for what it leads to."""


@dataclass(frozen=True, slots=True)
class Reason:
    """What one module does for one skill in one plan.

    Attributes:
        now: Rated level.
        reaches: Highest needed step of the skill that the module covers, in whole or in part.
        target: Level aimed at.
        weight: What one level counts for.
        worth: What the plan would lose without the module's part in this skill; above 0.
    """

    skill: Slug
    now: int
    reaches: int
    target: int
    weight: int
    worth: float


@dataclass(frozen=True, slots=True)
class Item:
    """A module in a plan.

    Attributes:
        reasons: Largest worth first; empty when the plan would lose nothing without the module.
        serves: The modules that it is there for, in reading order, when it gives nothing or
            almost nothing by itself.
    """

    slug: Slug
    code: str
    minutes: int
    reasons: tuple[Reason, ...]
    serves: tuple[Slug, ...]


def list_items(question: Question, standing: Standing, pick: Pick) -> tuple[Item, ...]:
    """Return the modules of a pick as items, in the order in which to read them.

    What a module needs comes before it; otherwise the best worth per minute comes first, a module
    counted together with what must come before it and has not.
    """
    losses = find_losses(question, pick).tolist()
    reasons = {
        member: _find_reasons(question, standing, member, losses=losses[row])
        for row, member in enumerate(pick.members)
    }
    worth = {member: sum(each.worth for each in reasons[member]) for member in pick.members}
    order = _put_in_order(question, worth)
    offers = question.layout.offers
    return tuple(
        Item(
            slug=offers[member].slug,
            code=offers[member].code,
            minutes=offers[member].minutes,
            reasons=reasons[member],
            serves=_find_served(question, order[place + 1 :], member, worth=worth),
        )
        for place, member in enumerate(order)
    )


def _find_reasons(
    question: Question, standing: Standing, member: int, *, losses: Sequence[float]
) -> tuple[Reason, ...]:
    offer = question.layout.offers[member]
    worth = dict.fromkeys(offer.skills, 0.0)
    reaches = dict.fromkeys(offer.skills, 0)
    for skill, step in offer.gains():
        place = question.column.item(question.layout.skills[skill] * STEPS + step - 1)
        if question.weights.item(place) > 0:
            worth[skill] += losses[place] / WHOLE
            reaches[skill] = max(reaches[skill], step)
    reasons = [
        Reason(
            skill=skill,
            now=standing.levels[skill],
            reaches=reaches[skill],
            target=standing.targets[skill],
            weight=standing.weights[skill],
            worth=worth[skill],
        )
        for skill in worth
        if worth[skill] > 0
    ]
    return tuple(sorted(reasons, key=lambda each: (-each.worth, each.skill)))


def _put_in_order(question: Question, worth: Mapping[int, float]) -> tuple[int, ...]:
    layout = question.layout
    minutes = {member: layout.minutes.item(member) for member in worth}
    bundles: dict[int, list[int]] = {
        member: [one for one in layout.needs[member].tolist() if one in worth]
        for member in sorted(worth)
    }
    order: dict[int, None] = {}

    def density(member: int) -> float:
        bundle = [one for one in bundles[member] if one not in order]
        return sum(worth[one] for one in bundle) / sum(minutes[one] for one in bundle)

    left = {member: density(member) for member in bundles}
    needy = [member for member, bundle in bundles.items() if len(bundle) > 1]
    while left:
        # Of equals max keeps the first, which is first by code.
        bundle = bundles[max(left, key=left.__getitem__)]
        order |= dict.fromkeys(bundle)
        for member in bundle:
            left.pop(member, None)
        for member in needy:
            if member in left and not layout.before[member].isdisjoint(bundle):
                left[member] = density(member)
    return tuple(order)


def _find_served(
    question: Question, later: Sequence[int], member: int, *, worth: Mapping[int, float]
) -> tuple[Slug, ...]:
    """Return the later modules that need this one; if some give something, only those."""
    if worth[member] > ALMOST_NOTHING:
        return ()
    served = [one for one in later if member in question.layout.before[one]]
    worthy = [one for one in served if worth[one] > ALMOST_NOTHING]
    return tuple(question.layout.offers[one].slug for one in worthy or served)


def find_smallest(question: Question, standing: Standing, module: int) -> Item:
    """Return the item to begin with when no module fits: the first that this one needs, or it."""
    bundle = [one for one in question.layout.needs[module].tolist() if not question.done[one]]
    [item] = list_items(question, standing, gather(question, bundle[:1]))
    serves = () if bundle[0] == module else (question.layout.offers[module].slug,)
    gives = sum(each.worth for each in item.reasons) > ALMOST_NOTHING
    return Item(item.slug, item.code, item.minutes, item.reasons, () if gives else serves)
