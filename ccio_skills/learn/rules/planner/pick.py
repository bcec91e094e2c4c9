"""Picks: modules taken together, how they grow and what they can do without."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ccio_skills.learn.rules.planner.catalogue import Floats, Mask
from ccio_skills.learn.rules.planner.question import Question


@dataclass(frozen=True, slots=True, eq=False)
class Pick:
    """Modules taken together, each with all it needs.

    Attributes:
        members: Positions.
        cover: Quarters given to each place, not capped.
        worth: Quarters x weight, each step counted once at most.
        taken: Per module of the catalogue: in the pick, or done.
    """

    members: tuple[int, ...]
    minutes: int
    cover: Floats
    worth: float
    taken: Mask


def gather(question: Question, members: Sequence[int]) -> Pick:
    """Return the pick of exactly these modules."""
    numbers = np.array(members, dtype=np.int64)
    cover = question.gains(numbers).sum(axis=0)
    taken = question.done.copy()
    taken[numbers] = True
    return Pick(
        members=tuple(members),
        minutes=int(question.layout.minutes[numbers].sum()),
        cover=cover,
        worth=float(question.worth(cover)),
        taken=taken,
    )


def extend(question: Question, members: Sequence[int], module: int) -> Pick:
    """Return the pick of these modules, one more, and all it needs."""
    bundle = question.layout.needs[module].tolist()
    fresh = [one for one in bundle if not question.done[one] and one not in members]
    return gather(question, (*members, *fresh))


def leave_out(question: Question, pick: Pick, cut: Sequence[int]) -> Pick:
    """Return the pick without some of its members."""
    return gather(question, [member for member in pick.members if member not in cut])


def find_losses(question: Question, pick: Pick) -> Floats:
    """Return what each member alone holds of each place: what its going would cost.

    Returns:
        Quarters x weight, shape (members, places).
    """
    own = question.gains(np.array(pick.members, dtype=np.int64))
    kept = np.minimum(pick.cover - own, question.need)
    losses: Floats = (np.minimum(pick.cover, question.need) - kept) * question.weights
    return losses


def find_cuts(
    question: Question, pick: Pick, *, fixed: Sequence[int]
) -> tuple[tuple[int, ...], ...]:
    """Return what can be left out: a module that no other needs, with what hangs on it alone.

    What only the module needed goes with it unless it may be chosen for itself or is ``fixed``.
    """
    before = question.layout.before
    needed = frozenset[int]().union(*(before[one] for one in pick.members))
    cuts = []
    for leaf in pick.members:
        if leaf not in needed and leaf not in fixed:
            cuts.append((leaf, *_find_hanging(question, pick, leaf, fixed=fixed)))
    return tuple(cuts)


def _find_hanging(question: Question, pick: Pick, leaf: int, *, fixed: Sequence[int]) -> list[int]:
    before, gone = question.layout.before, {leaf}
    if not before[leaf]:
        return []
    hanging = []
    for one in reversed(question.layout.needs[leaf].tolist()[:-1]):
        loose = one in pick.members and one not in fixed and not question.useful[one]
        if loose and not any(one in before[m] for m in pick.members if m not in gone):
            gone.add(one)
            hanging.append(one)
    return hanging
