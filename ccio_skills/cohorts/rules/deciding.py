"""Who is shown with whom, when a collection closes. No answer comes near this module."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from random import Random

from ccio_skills.cohorts.rules import admission, atoms
from ccio_skills.cohorts.rules.admission import Admission
from ccio_skills.cohorts.rules.members import Block, Class, ClassId, Contributor, count
from ccio_skills.cohorts.rules.thresholds import Thresholds
from ccio_skills.vocabulary import PersonId

Admit = Callable[..., Admission | None]


@dataclass(frozen=True, slots=True)
class Draw:
    """A choice by chance, kept where no reviewer reads.

    Attributes:
        of: People among whom was chosen.
        rested: Those whose answers are not published this time. Nobody is told.
    """

    class_id: ClassId | None
    of: int
    rested: frozenset[PersonId]


@dataclass(frozen=True, slots=True)
class Decision:
    """What a closing does to people.

    Attributes:
        blocks: To be published, in this order.
        classes: The whole partition afterwards; an unchanged class is the one handed in.
        draws: Every choice by chance.
    """

    blocks: tuple[Block, ...]
    classes: tuple[Class, ...]
    draws: tuple[Draw, ...]


@dataclass(frozen=True, slots=True)
class _Proposal:
    block: Block
    was: Class | None
    out: frozenset[PersonId]
    draw: Draw | None

    def classes(self) -> tuple[Class, ...]:
        """Return what takes the place of the class."""
        if self.was is None:
            return (Class(self.block.members, self.block.groups),)
        if not self.out:
            return (self.was,)
        return tuple(Class(side, self.was.groups) for side in (self.block.members, self.out))


def decide(
    contributors: Iterable[Contributor],
    *,
    classes: Sequence[Class],
    reviewers: Set[PersonId],
    thresholds: Thresholds,
    rng: Random,
    admit: Admit = admission.admit,
) -> Decision:
    """Put people into blocks.

    Args:
        contributors: Everybody who answered in this collection, each once.
        classes: All classes of the store, whatever collection made them; no two overlap. Who was
            in one and has gone stays in it.
        reviewers: Everybody who may read a chart; they do not count towards the smallest group.
        thresholds: Of the collection.
        rng: Chooses companions: ``random.SystemRandom()`` outside of tests.
        admit: The rule for people who were shown before.

    Returns:
        Blocks of at least ``smallest_group`` who count, such that every class is again at least
        as large, and each block is in a chart of ``smallest_chart``.
    """
    can = {one.person: one for one in contributors if one.may_be_shown}
    before: set[PersonId] = set().union(*(one.members for one in classes))
    proposals: list[_Proposal] = []
    for one in classes:
        found = admit(
            one.members,
            can.keys(),
            reviewers=reviewers,
            smallest=thresholds.smallest_group,
            rng=rng,
        )
        if found:
            proposals.append(_again(one, found, can=can, reviewers=reviewers))
    newcomers = [one for one in can.values() if one.person not in before]
    for atom in atoms.group_newcomers(
        newcomers, reviewers=reviewers, smallest=thresholds.smallest_group
    ):
        block = _block(atom.members, atom.cohorts, atom.groups, reviewers)
        proposals.append(_Proposal(block, None, frozenset(), None))

    kept = _in_a_chart(proposals, smallest=thresholds.smallest_chart)
    return Decision(
        blocks=tuple(one.block for one in kept),
        classes=_partition(classes, kept),
        draws=tuple(one.draw for one in kept if one.draw),
    )


def _again(
    was: Class,
    found: Admission,
    *,
    can: Mapping[PersonId, Contributor],
    reviewers: Set[PersonId],
) -> _Proposal:
    cohorts = frozenset.intersection(*(can[one].cohorts for one in found.shown))
    block = _block(found.shown, cohorts, was.groups, reviewers)
    of = count(found.shown | found.rested, reviewers)
    draw = Draw(was.id, of, found.rested) if found.rested else None
    return _Proposal(block, was, found.out, draw)


def _block(
    members: frozenset[PersonId],
    cohorts: frozenset[str],
    groups: frozenset[str],
    reviewers: Set[PersonId],
) -> Block:
    return Block(members, cohorts, groups, reviewers=len(members) - count(members, reviewers))


def _in_a_chart(proposals: Sequence[_Proposal], *, smallest: int) -> list[_Proposal]:
    """Keep what some chart will hold: what nobody sees must not split a class."""
    people: Counter[str] = Counter()
    for one in proposals:
        for cohort in one.block.cohorts:
            people[cohort] += one.block.counted
    return [one for one in proposals if any(people[each] >= smallest for each in one.block.cohorts)]


def _partition(classes: Sequence[Class], kept: Sequence[_Proposal]) -> tuple[Class, ...]:
    instead = {one.was.members: one for one in kept if one.was}
    found: list[Class] = []
    for each in classes:
        found += instead[each.members].classes() if each.members in instead else (each,)
    for one in kept:
        found += one.classes() if one.was is None else ()
    return tuple(found)
