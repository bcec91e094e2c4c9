"""People who are shown for the first time: the smallest groups that cohorts cut them into."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

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

    def merged(self, other: Atom) -> Atom:
        """Return both together: in the charts only that hold them both."""
        return Atom(
            self.members | other.members, self.cohorts & other.cohorts, self.groups & other.groups
        )


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
    atoms = sorted(
        (Atom(frozenset(members), *labels) for labels, members in found.items()), key=_order
    )
    sizes = [count(one.members, reviewers) for one in atoms]
    kept = _Merging(atoms, sizes, smallest=smallest).run()
    return tuple(sorted(kept, key=_order))


class _Merging:
    """Merges the smallest group with its best neighbour until all are large enough.

    Labels are columns of a matrix, so that a group is weighed against all others in one step:
    many overlapping cohorts cut a network into thousands of groups.
    """

    def __init__(self, atoms: Sequence[Atom], sizes: Sequence[int], *, smallest: int) -> None:
        self.atoms: list[Atom | None] = [*atoms]
        self.sizes = [*sizes]
        self.smallest = smallest
        self.people = np.array([len(one.members) for one in atoms], dtype=np.float32)
        self.cohorts = _matrix([one.cohorts for one in atoms])
        self.groups = _matrix([one.groups for one in atoms])

    def run(self) -> list[Atom]:
        """Return what is large enough in the end."""
        small = [(size, at) for at, size in enumerate(self.sizes) if size < self.smallest]
        heapq.heapify(small)
        while small:
            size, at = heapq.heappop(small)
            atom = self.atoms[at]
            if atom is None or size != self.sizes[at]:
                continue
            best = self._best(at)
            self._remove(at)
            if best is not None and (other := self.atoms[best]) is not None:
                self.atoms[best] = atom.merged(other)
                self.sizes[best] += size
                self.people[best] += len(atom.members)
                self.cohorts[best] *= self.cohorts[at]
                self.groups[best] *= self.groups[at]
                if self.sizes[best] < self.smallest:
                    heapq.heappush(small, (self.sizes[best], best))
        return [one for one in self.atoms if one is not None]

    def _best(self, at: int) -> int | None:
        """Return the neighbour with the best balance; of equals the smallest, then the first."""
        cohorts = self.cohorts @ self.cohorts[at]
        shared = cohorts + self.groups @ self.groups[at]
        others = self.cohorts.sum(axis=1) + self.groups.sum(axis=1) - shared
        balance = shared * self.people[at] - _LOST * others * self.people
        may = (cohorts > 0) & (self.people > 0)
        may[at] = False
        if not may.any():
            return None
        equals = np.flatnonzero(may & (balance == balance[may].max()))
        return int(equals[np.argmin(self.people[equals])])

    def _remove(self, at: int) -> None:
        self.atoms[at] = None
        self.people[at] = 0


def _matrix(labels: Sequence[frozenset[str]]) -> NDArray[np.float32]:
    """Return one row for each set of labels, one column for each label."""
    names = sorted(frozenset[str]().union(*labels))
    place = {name: at for at, name in enumerate(names)}
    found = np.zeros((len(labels), len(names)), dtype=np.float32)
    for row, one in enumerate(labels):
        found[row, [place[name] for name in one]] = 1
    return found


def _order(atom: Atom) -> tuple[int, list[str], list[str], list[PersonId]]:
    return len(atom.members), sorted(atom.cohorts), sorted(atom.groups), sorted(atom.members)
