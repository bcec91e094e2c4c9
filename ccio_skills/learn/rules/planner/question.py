"""One person's question to a catalogue: what they need and which modules may answer."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from ccio_skills.learn.rules.planner.catalogue import (
    STEPS,
    WHOLE,
    Catalogue,
    Floats,
    Ints,
    Layout,
    Mask,
)
from ccio_skills.learn.rules.planner.standing import Standing, open_steps
from ccio_skills.vocabulary import Slug


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """What one person needs from one catalogue.

    Needed steps have places 0 to n-1; place n gathers all that is not needed and weighs nothing.
    Worth is counted in quarters of a step x weight: whole numbers, so sums are exact.

    Attributes:
        column: Element to its place, shape (elements,).
        weights: What a quarter counts for, shape (places,).
        need: Quarters that each place can take, shape (places,).
        done: Per module.
        allowed: May be in the plan: not done, and neither it nor what it needs is banned.
        useful: May be chosen for itself: allowed, not too far ahead, gives something needed.
    """

    layout: Layout
    column: Ints
    weights: Floats
    need: Floats
    done: Mask
    allowed: Mask
    useful: Mask

    def worth(self, cover: Floats) -> Floats:
        """Return what quarters given to each place are worth, each step counted once at most."""
        return np.minimum(cover, self.need) @ self.weights

    def gains(self, modules: Ints) -> Floats:
        """Return what modules give by themselves, in quarters, shape (modules, places)."""
        which, spot = self.layout.elements.places(modules)
        return self._spread(which, spot, size=len(modules))

    def bundles(self, modules: Ints, *, taken: Mask) -> tuple[Floats, Ints]:
        """Add up what modules give and cost together with all they need that is not yet taken.

        Args:
            modules: Positions, shape (n,).
            taken: Per module of the catalogue; those marked give and cost nothing.

        Returns:
            Quarters, not capped, shape (n, places); minutes, shape (n,).
        """
        layout = self.layout
        which, place = layout.needs.places(modules)
        member = layout.needs.values[place]
        fresh = ~taken[member]
        which, member = which[fresh], member[fresh]
        minutes = np.bincount(which, layout.minutes[member], len(modules)).astype(np.int64)
        inner, spot = layout.elements.places(member)
        return self._spread(which[inner], spot, size=len(modules)), minutes

    def rate(self, *, taken: Mask, missing: Floats) -> tuple[Floats, Ints]:
        """Return worth and minutes of every module with all it needs that is not yet taken.

        Args:
            taken: Per module.
            missing: Quarters that each place can still take.

        Returns:
            Both per module of the catalogue; the minutes only count where the worth is above 0.
        """
        layout = self.layout
        wanted = np.flatnonzero(missing[self.column])
        which, spot = layout.bundle_givers.places(wanted)
        column = self.column[wanted]
        parts = np.minimum(layout.bundle_quarters[spot], missing[column][which])
        parts *= self.weights[column][which]
        givers = layout.bundle_givers.values[spot]
        worth = np.bincount(givers, parts, len(layout.offers)).astype(np.float32)
        minutes = layout.bundle_minutes.copy()
        _, place = layout.serves.places(np.flatnonzero(taken))
        served = layout.serves.values[place]
        if len(lighter := np.unique(served[worth[served] > 0])):
            gains, minutes[lighter] = self.bundles(lighter, taken=taken)
            worth[lighter] = np.minimum(gains, missing) @ self.weights
        return worth, minutes

    def _spread(self, which: Ints, spot: Ints, *, size: int) -> Floats:
        width = len(self.weights)
        cell = which * width + self.column[self.layout.elements.values[spot]]
        flat = np.bincount(cell, self.layout.quarters[spot], size * width)
        return flat.reshape(size, width).astype(np.float32)


def ask(
    catalogue: Catalogue,
    standing: Standing,
    *,
    done: Collection[Slug] = (),
    banned: Collection[Slug] = (),
) -> Question:
    """Say what a person needs from a catalogue; slugs it does not hold are passed over.

    A module that is done counts as done even if it is banned as well.
    """
    layout = catalogue.layout
    column, weights = _places(layout, standing)
    is_done = _mark(catalogue.numbers(done), size=len(layout.offers))
    is_banned = _mark(catalogue.numbers(banned), size=len(layout.offers)) & ~is_done
    _, place = layout.serves.places(np.flatnonzero(is_banned))
    allowed = ~is_done
    allowed[layout.serves.values[place]] = False
    levels = np.array([standing.level(skill) for skill in layout.skills], dtype=np.int64)
    in_reach = levels[layout.mains] >= layout.levels - 2
    _, spot = layout.givers.places(np.flatnonzero(weights[column]))
    givers = layout.givers.values[spot]
    return Question(
        layout=layout,
        column=column,
        weights=weights,
        need=np.where(weights > 0, WHOLE, 0).astype(np.float32),
        done=is_done,
        allowed=allowed,
        useful=allowed & in_reach & _mark(givers, size=len(layout.offers)),
    )


def _places(layout: Layout, standing: Standing) -> tuple[Ints, Floats]:
    elements, weights = [], []
    for skill, step, weight in open_steps(standing):
        if skill in layout.skills:
            elements.append(layout.skills[skill] * STEPS + step - 1)
            weights.append(weight)
    column = np.full(len(layout.skills) * STEPS, len(elements), dtype=np.int64)
    column[elements] = np.arange(len(elements))
    return column, np.array([*weights, 0], dtype=np.float32)


def _mark(positions: Ints | list[int], *, size: int) -> Mask:
    marked = np.zeros(size, dtype=bool)
    marked[positions] = True
    return marked
