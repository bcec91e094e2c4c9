"""One answer about one skill, and when it is time to ask again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from ccio_skills.vocabulary import Confidence, Importance, Level, Slug

MONTHS_TO_RERATE = 12
MONTHS_TO_RERATE_SOON = 6
_FADES_SOON = ("SAFE", "TRUST")
_MONTH = timedelta(days=30.4375)


@dataclass(frozen=True, slots=True)
class Rating:
    """What a person says about one skill.

    Attributes:
        level: 0 to 5; ``None`` means "not part of my role".
        importance: The person's own; ``None`` leaves it to the profile.
    """

    skill: Slug
    level: Level | None
    rated_at: datetime
    confidence: Confidence | None = None
    importance: Importance | None = None
    evidence: str = ""
    evidence_link: str = ""

    @property
    def is_relevant(self) -> bool:
        """False when the person says that the skill is not part of their role."""
        return self.level is not None

    @property
    def has_evidence(self) -> bool:
        """True when a note or a link stands behind the level."""
        return bool(self.evidence or self.evidence_link)


def is_due(rating: Rating, *, code: str, now: datetime, learnt_at: datetime | None = None) -> bool:
    """Say whether it is worth rating a skill again.

    Args:
        rating: The newest one.
        code: The skill's code; safety and trust skills fade sooner.
        now: Aware moment.
        learnt_at: When a module for this skill was last finished, if ever.

    Returns:
        True 12 months after the rating (6 for SAFE and TRUST), or after a module finished since.
    """
    if not rating.is_relevant:
        return False
    months = MONTHS_TO_RERATE_SOON if code.startswith(_FADES_SOON) else MONTHS_TO_RERATE
    is_old = now - rating.rated_at >= months * _MONTH
    return is_old or (learnt_at is not None and learnt_at > rating.rated_at)


def count_relevant(ratings: Iterable[Rating]) -> int:
    """Return how many skills are rated with a level."""
    return sum(rating.is_relevant for rating in ratings)
