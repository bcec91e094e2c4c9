"""How much of what a role asks for a person meets, by domain, and what that rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ccio_skills.assess.rules.gaps import under_names_now
from ccio_skills.assess.rules.ratings import Rating
from ccio_skills.learn.rules.basis import Basis, basis_of
from ccio_skills.library import Library
from ccio_skills.vocabulary import WEIGHTS, Slug

HONEST = (
    "This is not a prediction of appointment. It is your own rating beside a proposed profile: "
    "no panel has seen it, and no employer has agreed the targets."
)


@dataclass(frozen=True, slots=True)
class Share:
    """What is met of what some skills of a role ask for.

    All in weighted levels: one level of a core skill counts 3, of an important one 2, of a
    supporting one 1. Levels above the target count for nothing.

    Attributes:
        asked: Weight x target.
        resting: What is met, by the firmest thing it rests on.
        unrated: Weight x target of the skills without a rating: not known, so neither met nor open.
        skills: Relevant skills, rated or not.
        unrated_skills: Those without a rating.
    """

    asked: int = 0
    resting: Mapping[Basis, int] = field(default_factory=lambda: dict.fromkeys(Basis, 0))
    unrated: int = 0
    skills: int = 0
    unrated_skills: int = 0

    @property
    def met(self) -> int:
        """Weighted levels that are met, whatever they rest on."""
        return sum(self.resting.values())

    @property
    def left(self) -> int:
        """Weighted levels still to climb in the skills that are rated."""
        return self.asked - self.met - self.unrated

    @property
    def percent(self) -> int:
        """Met, of a hundred asked for."""
        return sum(self.percentages()[: len(Basis)])

    def percentages(self) -> tuple[int, ...]:
        """Return whole percentages that add up to 100: each basis, then left, then unrated.

        What is not nothing is at least 1, so that neither 0 nor 100 is said lightly.
        """
        return whole_percentages([*(self.resting[one] for one in Basis), self.left, self.unrated])


@dataclass(frozen=True, slots=True)
class Distance:
    """How far a person is from a role."""

    profile: Slug
    whole: Share
    domains: Mapping[Slug, Share]
    """By domain, in framework order; those of which nothing is asked are absent."""

    left_out: int
    """Skills that the person says are not part of their role."""


def measure(
    ratings: Mapping[Slug, Rating],
    *,
    library: Library,
    profile: Slug,
    answered: Mapping[Slug, int] | None = None,
) -> Distance:
    """Measure how much of a role's weighted target is met.

    The weights are the profile's own, whatever the person finds important: this is about the role.
    Skills that are "not part of my role" are left out, and counted.

    Args:
        ratings: Skill slug to newest rating. May be empty.
        library: Holds the skills and the profile.
        profile: Slug of the role.
        answered: By skill, the highest level whose questions were answered well.
    """
    known = under_names_now(ratings, library=library)
    shares: dict[Slug, list[Share]] = {domain: [] for domain in library.domain}
    left_out = 0
    for slug, target in library.profile[profile].targets.items():
        rating = known.get(slug)
        if rating and not rating.is_relevant:
            left_out += 1
            continue
        share = _share(
            rating,
            target=target.level,
            weight=WEIGHTS[target.importance],
            answered=(answered or {}).get(slug, 0),
        )
        shares[library.skill[slug].domain].append(share)
    domains = {domain: _sum(parts) for domain, parts in shares.items()}
    return Distance(
        profile,
        whole=_sum(domains.values()),
        domains={domain: share for domain, share in domains.items() if share.asked},
        left_out=left_out,
    )


def _share(rating: Rating | None, *, target: int, weight: int, answered: int) -> Share:
    asked = weight * target
    if rating is None or rating.level is None:
        return Share(asked, unrated=asked, skills=1, unrated_skills=1)
    resting = dict.fromkeys(Basis, 0)
    for step in range(1, min(rating.level, target) + 1):
        resting[basis_of(rating, step=step, answered=answered)] += weight
    return Share(asked, resting, skills=1)


def _sum(shares: Iterable[Share]) -> Share:
    parts = tuple(shares)
    return Share(
        asked=sum(one.asked for one in parts),
        resting={basis: sum(one.resting[basis] for one in parts) for basis in Basis},
        unrated=sum(one.unrated for one in parts),
        skills=sum(one.skills for one in parts),
        unrated_skills=sum(one.unrated_skills for one in parts),
    )


def whole_percentages(parts: Sequence[int]) -> tuple[int, ...]:
    """Return whole percentages of parts that add up to 100, or all 0 when there is nothing.

    A part above 0 gets at least 1. What rounding leaves over goes to the largest remainders; what
    it takes too much comes from the largest parts. Of equal remainders the last counts: what is met
    stands first, and is not to be said too high.

    Args:
        parts: Each 0 or more.
    """
    total = sum(parts)
    if not total:
        return tuple(0 for _ in parts)
    given = [max(1, part * 100 // total) if part else 0 for part in parts]
    rest = [part * 100 / total - share for part, share in zip(parts, given, strict=True)]
    while (missing := 100 - sum(given)) != 0:
        if missing > 0:
            place = max(reversed(range(len(parts))), key=lambda one: rest[one])
            given[place] += 1
            rest[place] -= 1
        else:
            given[given.index(max(given))] -= 1
    return tuple(given)
