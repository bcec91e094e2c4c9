"""How far a person is from a role, skill by skill."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ccio_skills.assess.rules.ratings import Rating
from ccio_skills.library import Library
from ccio_skills.vocabulary import WEIGHTS, Importance, Level, Slug

TOP = 10
"""Skills shown first."""


class Tier(StrEnum):
    """How wide a gap is. Tiers, not ranks: a self-rating is good to about one level."""

    CLEAR = "clear"
    SOME = "some"
    MET = "met"
    UNRATED = "unrated"


@dataclass(frozen=True, slots=True)
class Gap:
    """How far one skill is from what the role asks for."""

    skill: Slug
    code: str
    now: Level | None
    target: Level
    importance: Importance
    has_evidence: bool = False

    @property
    def weight(self) -> int:
        """What one level counts for: core 3, important 2, supporting 1."""
        return WEIGHTS[self.importance]

    @property
    def levels(self) -> int | None:
        """Levels still to climb, 0 when met; ``None`` when unrated: silence is not a gap."""
        return None if self.now is None else max(0, self.target - self.now)

    @property
    def worth(self) -> int:
        """Weight x levels; 0 when met or unrated. What gaps are ordered by."""
        return self.weight * (self.levels or 0)

    @property
    def tier(self) -> Tier:
        """Clear gap from two levels on, some gap at one, met at none."""
        if self.levels is None:
            return Tier.UNRATED
        return (Tier.MET, Tier.SOME, Tier.CLEAR)[min(self.levels, 2)]


def find_gaps(
    ratings: Mapping[Slug, Rating], *, library: Library, profile: Slug
) -> tuple[Gap, ...]:
    """Compare a person's ratings with a role.

    A skill without a rating stays unrated. One that is "not part of my role" is left out. The
    person's own importance replaces the profile's. Ratings of skills that the library no longer
    has are passed over: they stay in the store, but no role asks for them.

    Args:
        ratings: Skill slug to newest rating. May be empty.
        library: Holds the skills and the profile.
        profile: Slug of the role to compare with.

    Returns:
        One gap for each relevant skill of the framework, by weight x gap, then code.
    """
    known = under_names_now(ratings, library=library)
    gaps = (
        gap_in(slug, known, library=library, profile=profile)
        for slug in library.profile[profile].targets
    )
    return tuple(sorted((gap for gap in gaps if gap), key=lambda gap: (-gap.worth, gap.code)))


def gap_in(
    skill: Slug, known: Mapping[Slug, Rating], *, library: Library, profile: Slug
) -> Gap | None:
    """Compare one skill with a role; ``None`` when it is "not part of my role".

    Args:
        skill: One of the framework.
        known: Ratings ``under_names_now``.
        library: Holds the skills and the profile.
        profile: Slug of the role.
    """
    rating, target = known.get(skill), library.profile[profile].targets[skill]
    if rating and not rating.is_relevant:
        return None
    return Gap(
        skill,
        code=library.skill[skill].code,
        now=rating.level if rating else None,
        target=target.level,
        importance=(rating and rating.importance) or target.importance,
        has_evidence=bool(rating and rating.has_evidence),
    )


def under_names_now(ratings: Mapping[Slug, Rating], *, library: Library) -> dict[Slug, Rating]:
    """Return ratings under the slugs that skills have now; of two for one skill, the newer."""
    known: dict[Slug, Rating] = {}
    for slug, rating in ratings.items():
        name = library.skill_now(slug)
        if name not in known or known[name].rated_at < rating.rated_at:
            known[name] = rating
    return known


def most_important(gaps: Sequence[Gap]) -> tuple[Gap, ...]:
    """Return the ten gaps that matter most: open ones by worth, then unrated, then met.

    Unrated skills follow by weight x target, because what is not known may matter most.
    """

    def order(gap: Gap) -> tuple[int, int, str]:
        group = {Tier.UNRATED: 1, Tier.MET: 2}.get(gap.tier, 0)
        return group, -gap.worth if group == 0 else -gap.weight * gap.target, gap.code

    return tuple(sorted(gaps, key=order)[:TOP])


def count_tiers(gaps: Sequence[Gap]) -> Mapping[Tier, int]:
    """Return how many gaps stand in each tier, all four tiers present."""
    counted = Counter(gap.tier for gap in gaps)
    return {tier: counted[tier] for tier in Tier}
