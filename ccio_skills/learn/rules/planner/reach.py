"""What a catalogue opens up to a person, and what it leaves without an answer."""

from __future__ import annotations

import numpy as np

from ccio_skills.learn.rules.planner.catalogue import STEPS, Catalogue
from ccio_skills.learn.rules.planner.question import ask
from ccio_skills.learn.rules.planner.standing import Standing, open_steps
from ccio_skills.vocabulary import Slug


def unreached(
    catalogue: Catalogue,
    standing: Standing,
    *,
    done: frozenset[Slug] = frozenset(),
    banned: frozenset[Slug] = frozenset(),
) -> tuple[tuple[Slug, int, int], ...]:
    """Return the next needed step of each skill that no module helps with.

    Only the first needed step of a skill is judged: later ones may come into reach.

    Args:
        catalogue: What is on offer.
        standing: What the person needs.
        done: Modules that are finished and help no more.
        banned: Modules that may not be taken, nor what needs them.

    Returns:
        (skill, step, weight), in the order of ``open_steps``.
    """
    question = ask(catalogue, standing, done=done, banned=banned)
    layout = question.layout
    _, spot = layout.elements.places(np.flatnonzero(question.useful))
    reached = set(layout.elements.values[spot].tolist())

    def is_reached(skill: Slug, step: int) -> bool:
        return skill in layout.skills and layout.skills[skill] * STEPS + step - 1 in reached

    return tuple(
        (skill, step, weight)
        for skill, step, weight in open_steps(standing)
        if step == standing.levels[skill] + 1 and not is_reached(skill, step)
    )


def unlocks(
    catalogue: Catalogue, slug: Slug, *, done: frozenset[Slug] = frozenset()
) -> tuple[Slug, ...]:
    """Return the modules for which only this one is still missing, by code.

    They name it as a prerequisite, are not done themselves, and all else that stands before them
    is done. A module that is done or unknown unlocks nothing more.
    """
    layout = catalogue.layout
    if slug in done or slug not in layout.number:
        return ()
    missing = {
        offer.slug: {layout.offers[one].slug for one in before} - done
        for offer, before in zip(layout.offers, layout.before, strict=True)
        if slug in offer.prerequisites and offer.slug not in done
    }
    return tuple(each for each, needs in missing.items() if needs == {slug})
