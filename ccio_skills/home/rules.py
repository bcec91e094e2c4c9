"""What has changed over time, and what is within the noise of self-rating. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ccio_skills.assess.rules.ratings import Rating
from ccio_skills.library import Library
from ccio_skills.vocabulary import Level, Slug

REAL_MOVE = 0.8
"""Levels from which a domain mean has moved by more than noise.

Minimal detectable change of a mean of seven skills, 1.96 x sqrt(2) x SD x sqrt(1 - reliability)
with SD .75 and reliability .85, is .81; both figures are assumptions until they are measured.
"""


@dataclass(frozen=True, slots=True)
class Point:
    """The mean level of a domain's rated skills from one day on."""

    day: date
    mean: float
    rated: int


@dataclass(frozen=True, slots=True)
class Move:
    """How a domain moved between two moments, over the skills rated at both."""

    domain: Slug
    before: float
    now: float
    skills: int

    @property
    def change(self) -> float:
        """Levels up (+) or down (-)."""
        return self.now - self.before

    @property
    def is_real(self) -> bool:
        """True when the mean moved by more than the noise of self-rating."""
        return round(abs(self.change), 2) >= REAL_MOVE


@dataclass(frozen=True, slots=True)
class SkillMove:
    """A skill whose level differs between two moments."""

    skill: Slug
    before: Level
    now: Level


def domain_history(history: Iterable[Rating], *, library: Library) -> dict[Slug, tuple[Point, ...]]:
    """Return the mean level of each domain, one point for each day on which it was rated.

    Args:
        history: One rating for each skill and sitting, oldest first.
        library: Which skill belongs to which domain.

    Returns:
        Domain slug to points, oldest first; domains never rated are absent.
    """
    points: dict[Slug, list[Point]] = {}
    levels: dict[Slug, Level] = {}
    for rating in history:
        skill = library.skill.get(rating.skill)
        if skill is None:
            continue
        if rating.level is None:
            levels.pop(rating.skill, None)
        else:
            levels[rating.skill] = rating.level
        known = [levels[one.slug] for one in library.skills_of(skill.domain) if one.slug in levels]
        line = points.setdefault(skill.domain, [])
        if line and line[-1].day == rating.rated_at.date():
            line.pop()
        if known:
            line.append(Point(rating.rated_at.date(), sum(known) / len(known), len(known)))
    return {slug: tuple(points[slug]) for slug in library.domain if points.get(slug)}


def domain_moves(
    before: Mapping[Slug, Rating], now: Mapping[Slug, Rating], *, library: Library
) -> tuple[Move, ...]:
    """Compare domains at two moments over the skills that have a level at both."""
    moves = []
    for domain in library.domains:
        pairs = [
            (before[one.slug].level, now[one.slug].level)
            for one in library.skills_of(domain.slug)
            if one.slug in before and one.slug in now
        ]
        levels = [(a, b) for a, b in pairs if a is not None and b is not None]
        if levels:
            count = len(levels)
            old, new = sum(a for a, _ in levels) / count, sum(b for _, b in levels) / count
            moves.append(Move(domain.slug, old, new, count))
    return tuple(moves)


def skill_moves(
    before: Mapping[Slug, Rating], now: Mapping[Slug, Rating], *, library: Library
) -> tuple[SkillMove, ...]:
    """Return the skills whose level differs, the widest moves first, then framework order."""
    moves = []
    for skill in library.skills:
        old, new = before.get(skill.slug), now.get(skill.slug)
        if not old or not new or old.level is None or new.level is None:
            continue
        if old.level != new.level:
            moves.append(SkillMove(skill.slug, old.level, new.level))
    return tuple(sorted(moves, key=lambda one: -abs(one.now - one.before)))


def minutes_by_month(
    finished: Sequence[tuple[datetime, int]], *, now: datetime, months: int = 6
) -> tuple[tuple[str, int, int], ...]:
    """Return (month as 2026-11, minutes, modules) for the last ``months`` months, oldest first."""
    keys = []
    year, month = now.year, now.month
    for _ in range(months):
        keys.append(f"{year}-{month:02d}")
        year, month = (year - 1, 12) if month == 1 else (year, month - 1)
    totals = {key: [0, 0] for key in reversed(keys)}
    for moment, minutes in finished:
        key = f"{moment:%Y-%m}"
        if key in totals:
            totals[key][0] += minutes
            totals[key][1] += 1
    return tuple((key, minutes, modules) for key, (minutes, modules) in totals.items())
