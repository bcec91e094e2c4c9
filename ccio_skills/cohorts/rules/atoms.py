"""People who are shown for the first time: the smallest groups that cohorts cut them into."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass

from ccio_skills.cohorts.rules.members import Contributor, count
from ccio_skills.vocabulary import PersonId

_LOST = 0.5
"""What a member whom a merger takes out of a chart counts for, beside one whom it brings in."""


@dataclass(frozen=True, slots=True)
class Atom:
    """People with the same cohorts and breakdowns, or what is left of them after merging."""

    members: frozenset[PersonId]
    cohorts: frozenset[str]
    groups: frozenset[str]

    @property
    def labels(self) -> frozenset[str]:
        """Return all charts that can hold these people."""
        return self.cohorts | self.groups


def group_newcomers(
    newcomers: Iterable[Contributor], *, reviewers: Set[PersonId], smallest: int
) -> tuple[Atom, ...]:
    """Cut people into groups by their cohorts and breakdowns, and merge groups that are too small.

    A group that is too small joins the one with which it shares most, weighed by the people whom
    charts win and lose. One that shares no cohort with any other waits for another collection.

    Args:
        newcomers: People who are in no class yet and may be shown.
        reviewers: Members who do not count.
        smallest: People in a group.

    Returns:
        Groups that are large enough, in an order that depends on membership alone.
    """
    found: dict[tuple[frozenset[str], frozenset[str]], set[PersonId]] = {}
    for one in newcomers:
        found.setdefault((one.cohorts, one.groups), set()).add(one.person)
    ready: list[Atom] = []
    small: list[Atom] = []
    for (cohorts, groups), members in found.items():
        atom = Atom(frozenset(members), cohorts, groups)
        (ready if count(atom.members, reviewers) >= smallest else small).append(atom)
    while small:
        small.sort(key=_order, reverse=True)
        atom = small.pop()
        neighbours = [one for one in (*small, *ready) if atom.cohorts & one.cohorts]
        if not neighbours:
            continue
        best = max(neighbours, key=lambda one: _fit(atom, one))
        (small if best in small else ready).remove(best)
        merged = _merge(atom, best)
        (ready if count(merged.members, reviewers) >= smallest else small).append(merged)
    return tuple(sorted(ready, key=_order))


def _merge(one: Atom, other: Atom) -> Atom:
    return Atom(one.members | other.members, one.cohorts & other.cohorts, one.groups & other.groups)


def _fit(small: Atom, other: Atom) -> tuple[float, int, list[str], list[PersonId]]:
    won = len(small.labels & other.labels) * len(small.members)
    lost = len(other.labels - small.labels) * len(other.members)
    return won - _LOST * lost, -len(other.members), sorted(other.labels), sorted(other.members)


def _order(atom: Atom) -> tuple[int, list[str], list[PersonId]]:
    return len(atom.members), sorted(atom.labels), sorted(atom.members)
