"""Gaps and a plan as one value, for those who work without a screen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ccio_skills import wording
from ccio_skills.assess.rules.gaps import Gap, find_gaps
from ccio_skills.assess.rules.ratings import Rating
from ccio_skills.learn.rules import week as week_rules
from ccio_skills.library import Library
from ccio_skills.vocabulary import Level, Slug

_AT_WORK = 3


@dataclass(frozen=True, slots=True)
class Planned:
    """One module of the plan."""

    module: Slug
    code: str
    title: str
    minutes: int
    why: str


@dataclass(frozen=True, slots=True)
class Report:
    """Where somebody stands and what to do with the minutes of a week."""

    profile: Slug
    role: str
    minutes: int
    note: str | None
    gaps: tuple[Gap, ...]
    plan: tuple[Planned, ...]
    at_work: tuple[str, ...]
    titles: Mapping[Slug, str]

    def level(self, level: Level | None) -> str:
        """Return a level in words."""
        return "not rated" if level is None else wording.level_name(level)

    def as_json(self) -> dict[str, Any]:
        """Return plain values: profile, minutes, note, gaps and plan."""
        return {
            "profile": self.profile,
            "minutes": self.minutes,
            "note": self.note,
            "gaps": [
                {
                    "skill": gap.skill,
                    "code": gap.code,
                    "now": None if gap.now is None else int(gap.now),
                    "target": int(gap.target),
                    "weight": gap.weight,
                    "gap": gap.levels,
                }
                for gap in self.gaps
            ],
            "plan": [
                {"module": one.module, "code": one.code, "minutes": one.minutes, "why": one.why}
                for one in self.plan
            ],
        }


def make(ratings: Iterable[Rating], *, library: Library, profile: Slug, minutes: int) -> Report:
    """Compare ratings with a role and plan a week.

    Args:
        ratings: In any order; the newest of each skill counts.
        library: Skills, profiles and modules.
        profile: Slug of the role.
        minutes: Budget of the week, at least 1. When nothing useful fits, the plan holds the one
            module to start with, and the note says so.
    """
    newest = {one.skill: one for one in sorted(ratings, key=lambda one: one.rated_at)}
    gaps = find_gaps(newest, library=library, profile=profile)
    week = week_rules.plan_week(gaps, library=library, minutes=minutes)
    items = week.plan.items or ((week.plan.smallest,) if week.plan.smallest else ())
    role = library.profile[profile].title
    planned = tuple(
        Planned(
            item.slug,
            item.code,
            library.module[item.slug].title,
            item.minutes,
            week_rules.why(item, gaps=gaps, library=library, role=role),
        )
        for item in items
    )
    at_work = tuple(
        f"{one.action.title} ({library.skill[one.skill].title}, "
        f"{wording.level_name(Level(one.step - 1))} to {wording.level_name(Level(one.step))})"
        for one in week.at_work[:_AT_WORK]
    )
    return Report(
        profile=profile,
        role=role,
        minutes=minutes,
        note=week.note,
        gaps=gaps,
        plan=planned,
        at_work=at_work,
        titles={slug: skill.title for slug, skill in library.skill.items()},
    )
