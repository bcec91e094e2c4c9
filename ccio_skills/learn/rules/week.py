"""A week's plan in the terms of the library: which modules, why, and what to do at work instead."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ccio_skills import wording
from ccio_skills.assess.rules.gaps import Gap, Tier
from ccio_skills.learn.rules import planner
from ccio_skills.library import Library, Module, Planned, Step
from ccio_skills.vocabulary import Level, Slug

_NAMED = 3
"""Modules that a sentence names before it only counts."""


@dataclass(frozen=True, slots=True)
class AtWork:
    """A step that no module reaches, and what to do at work instead."""

    skill: Slug
    step: int
    action: Step
    unwritten: Planned | None
    """The module that will teach it, if one is planned."""


@dataclass(frozen=True, slots=True)
class Week:
    """What to do with the minutes of one week."""

    plan: planner.Plan
    at_work: tuple[AtWork, ...]
    """Most worthwhile first; empty when modules reach every open step."""

    unrated: int
    open_gaps: int
    note: str | None
    """What a person must know about the plan, in one or two sentences."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person decided about modules."""

    done: frozenset[Slug] = frozenset()
    pinned: tuple[Slug, ...] = ()
    not_now: frozenset[Slug] = frozenset()


def wishes_from(decisions: Mapping[Slug, str], *, done: Iterable[Slug]) -> Wishes:
    """Return what a person decided, as the plan takes it; what is known counts as done.

    Args:
        decisions: Module slug to ``pinned``, ``not_now`` or ``known``, oldest decision first.
        done: Modules finished.
    """

    def those(decision: str) -> tuple[Slug, ...]:
        return tuple(slug for slug, one in decisions.items() if one == decision)

    return Wishes(
        done=frozenset(done) | frozenset(those("known")),
        pinned=those("pinned"),
        not_now=frozenset(those("not_now")),
    )


@functools.lru_cache(maxsize=2)
def catalogue(library: Library) -> planner.Catalogue:
    """Return the shown modules as the planner takes them."""
    return planner.Catalogue([offer(one) for one in library.module.values()])


def offer(module: Module) -> planner.Offer:
    """Return a module as the planner takes it."""
    return planner.Offer(
        module.slug,
        module.code,
        module.minutes,
        module.level,
        module.skills,
        module.prerequisites,
    )


def standing(gaps: Sequence[Gap]) -> planner.Standing:
    """Return a person's gaps as the planner takes them; unrated skills need nothing."""
    return planner.Standing(
        levels={gap.skill: int(gap.now) for gap in gaps if gap.now is not None},
        targets={gap.skill: int(gap.target) for gap in gaps},
        weights={gap.skill: gap.weight for gap in gaps},
    )


def plan_week(
    gaps: Sequence[Gap], *, library: Library, minutes: int, wishes: Wishes | None = None
) -> Week:
    """Choose what to do in a week.

    Args:
        gaps: Where the person stands against a role.
        library: What there is to learn.
        minutes: The week's budget, more than 0.
        wishes: Modules done, pinned and put off.

    Returns:
        A plan that is never empty while a gap is open: modules, or the one to start with, or
        something to do at work.
    """
    wishes = wishes or Wishes()
    offers, stands = catalogue(library), standing(gaps)
    plan = planner.make_plan(
        offers,
        stands,
        minutes=minutes,
        done=wishes.done,
        banned=wishes.not_now,
        pinned=wishes.pinned,
    )
    unreached = planner.unreached(offers, stands, done=wishes.done, banned=wishes.not_now)
    at_work = tuple(
        AtWork(skill, step, action, _unwritten(library, skill, step))
        for skill, step, _ in unreached
        if (action := library.action(skill, step))
    )
    unrated = sum(gap.tier is Tier.UNRATED for gap in gaps)
    open_gaps = sum(bool(gap.levels) for gap in gaps)
    note = _note(plan, library, minutes, open_gaps=open_gaps, unrated=unrated)
    return Week(plan, at_work, unrated, open_gaps, note)


def why(item: planner.Item, *, gaps: Sequence[Gap], library: Library, role: str) -> str:
    """Say in one sentence why a module is in the plan: read off what it adds, nothing else."""
    if item.serves:
        return f"You need it before {_name(item.serves, library)}."
    if not item.reasons:
        return "You pinned it; it closes no gap that you have rated."
    main = item.reasons[0]
    gap = next(one for one in gaps if one.skill == main.skill)
    title = library.skill[main.skill].title
    now = f"rated {title} at {_level(main.now)}"
    if main.now == Level.NONE:
        now = f'said "{_level(main.now)}" for {title}'
    return (
        f"You {now}; the role {role} asks for {_level(main.target)}, "
        f"and the skill is {gap.importance} to it."
    )


def also_helps(item: planner.Item, library: Library) -> tuple[str, ...]:
    """Return the titles of the other skills that an item helps with in this plan."""
    return tuple(library.skill[reason.skill].title for reason in item.reasons[1:])


def parts_for(
    module: Module, *, part: int, minutes: int, answered: Collection[str] = ()
) -> tuple[list[tuple[int, str, int]], int]:
    """Return what to read today.

    Args:
        module: What is being read.
        part: Where the person is, from 0.
        minutes: What they have today; at least one part is always returned.
        answered: Ids of questions already answered.

    Returns:
        ``[(number from 0, title, minutes), ...]`` and the minutes they take together.
    """
    sizes = [(number, one.title, one.minutes) for number, one in enumerate(module.parts)]
    sizes.append((len(module.parts), "Check yourself", module.check_minutes))
    left = sizes[min(part, len(sizes) - 1) :]
    if len(answered) >= len(module.checks):
        left = [one for one in left if one[0] < len(module.parts)] or left
    today, used = [left[0]], left[0][2]
    for one in left[1:]:
        if used + one[2] > minutes:
            break
        today.append(one)
        used += one[2]
    return today, used


def _note(
    plan: planner.Plan, library: Library, minutes: int, *, open_gaps: int, unrated: int
) -> str | None:
    said = []
    if plan.smallest and not plan.items:
        module = library.module[plan.smallest.slug]
        budget = wording.count(minutes, "minute")
        begin = (
            f"start with part 1 of {module.title}, "
            f"{wording.count(module.parts[0].minutes, 'minute')}."
        )
        if module.minutes > minutes:
            said.append(f"Nothing useful is shorter than your {budget}; {begin}")
        else:
            said.append(f"What closes a gap takes more than your {budget} in all; {begin}")
    if not open_gaps:
        said.append("You meet every target you rated in this role.")
    if unrated:
        are, it = ("skill is", "it") if unrated == 1 else ("skills are", "them")
        counts = "counts" if unrated == 1 else "count"
        said.append(
            f"{unrated} {are} not rated yet and {counts} for nothing here: "
            f"rating {it} could change this plan."
        )
    return " ".join(said) or None


def _unwritten(library: Library, skill: Slug, step: int) -> Planned | None:
    fitting = (one for one in library.planned if one.skills[0] == skill and one.level == step)
    return next(fitting, None)


def _name(modules: Sequence[Slug], library: Library) -> str:
    titles = [library.module[slug].title for slug in modules[:_NAMED]]
    more = len(modules) - len(titles)
    return wording.listed([*titles, f"{more} more in this plan"] if more else titles)


def _level(level: int) -> str:
    return wording.level_name(Level(level))
