"""May people who were shown before be shown again? In and out must both be a group."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from random import Random

from ccio_skills.cohorts.rules.members import count
from ccio_skills.vocabulary import PersonId


@dataclass(frozen=True, slots=True)
class Admission:
    """Who of a class is shown.

    Attributes:
        shown: Enough people.
        out: Nobody, or enough people: those who could not be shown, and those who rest.
        rested: Companions, chosen by chance, so that nobody is found by comparing two charts.
    """

    shown: frozenset[PersonId]
    out: frozenset[PersonId]
    rested: frozenset[PersonId]


def admit(
    members: frozenset[PersonId],
    could_show: Set[PersonId],
    *,
    reviewers: Set[PersonId],
    smallest: int,
    rng: Random,
) -> Admission | None:
    """Show a class again, rest some of it with those who are out, or hold it.

    Args:
        members: Of the class.
        could_show: Everybody who could be shown now.
        reviewers: Members who do not count.
        smallest: People on either side.
        rng: Chooses who rests; the operating system's own source outside of tests.

    Returns:
        Both sides, or ``None``: hold the class, and it stays as it is.
    """
    shown = frozenset(one for one in members if one in could_show)
    out = members - shown
    missing = max(0, smallest - count(out, reviewers)) if out else 0
    counted = shown - reviewers
    if len(counted) - missing < smallest:
        return None
    rested = frozenset(rng.sample(sorted(counted), missing)) if missing else frozenset[PersonId]()
    return Admission(shown - rested, out | rested, rested)
