"""The order of a stretch of a path: what comes first, then what closes most of one's own gaps."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from ccio_skills.assess.rules.gaps import Gap
from ccio_skills.learn.rules import planner, week
from ccio_skills.library import Library
from ccio_skills.vocabulary import Slug


def put_in_order(
    modules: Sequence[Slug],
    *,
    library: Library,
    worth: Mapping[Slug, float],
    last: Collection[Slug] = (),
) -> tuple[Slug, ...]:
    """Return modules so that each comes after all it needs, the most worthwhile first.

    A module counts for as much as the best of those that need it. Equals keep the order given.

    Args:
        modules: In the author's order, each once.
        library: Knows what each module needs.
        worth: What each module is worth to the person; 0 where absent.
        last: Modules that come as late as they can, with all that needs them.
    """
    needs = {slug: all_needs(slug, library) for slug in modules}
    urgency = {
        slug: max(worth.get(one, 0.0) for one in modules if one == slug or slug in needs[one])
        for slug in modules
    }
    place = {slug: number for number, slug in enumerate(modules)}
    order: list[Slug] = []
    left = set(modules)
    while left:
        ready = [slug for slug in left if not needs[slug] & left]
        first = min(ready, key=lambda slug: (slug in last, -urgency[slug], place[slug]))
        order.append(first)
        left.remove(first)
    return tuple(order)


def worth_to(
    gaps: Iterable[Gap], modules: Collection[Slug], *, library: Library
) -> dict[Slug, float]:
    """Return what each written module gives to the steps that a person still needs.

    Weight x step, as the plan counts it: a whole step to its main skill, half to its others.
    """
    needed = {
        (gap.skill, step): gap.weight
        for gap in gaps
        if gap.now is not None
        for step in range(gap.now + 1, gap.target + 1)
    }
    return {
        slug: sum(
            needed.get(element, 0) * quarters / planner.WHOLE
            for element, quarters in week.offer(library.module[slug]).gains().items()
        )
        for slug in modules
        if slug in library.module
    }


def all_needs(slug: Slug, library: Library) -> set[Slug]:
    """Return all that stands before a module, near and far."""
    found: set[Slug] = set()
    coming = [slug]
    while coming:
        module = library.module.get(coming.pop())
        new = set(module.prerequisites) - found if module else set()
        found |= new
        coming += new
    return found
