"""Training needs: the gaps of a cohort beside what the library offers, level by level."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from ccio_skills import wording
from ccio_skills.cohorts.rules import measures
from ccio_skills.cohorts.rules.cohort_chart import Bar, CohortChart
from ccio_skills.cohorts.rules.domains import shortfall
from ccio_skills.cohorts.rules.measures import Share, Tier
from ccio_skills.cohorts.rules.released import Released
from ccio_skills.library import Library, Module
from ccio_skills.vocabulary import Level, Slug

_TIERS = {Tier.CLEAR: "clear gap", Tier.MIXED: "mixed"}
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True, slots=True)
class Need:
    """A level of a skill that the role asks for and that a cohort may lack.

    Attributes:
        share: Who reaches this level.
        modules: Of this level and about this skill, by code.
        overdue: Of them, those whose review date has passed.
    """

    skill: Slug
    title: str
    level: Level
    share: Share
    modules: tuple[Module, ...]
    overdue: tuple[Module, ...]

    @property
    def tier(self) -> Tier:
        """Return how wide the gap is."""
        return measures.tier(self.share)

    @property
    def is_to_commission(self) -> bool:
        """True where nothing, or nothing in date, teaches it. The top level is learnt at work."""
        return self.level < Level.SHAPING and len(self.overdue) == len(self.modules)

    @property
    def words(self) -> str:
        """Return "level 3: clear gap, two modules, one overdue"."""
        return f"level {self.level:d}: {_TIERS[self.tier]}, {_offer(self)}"

    @property
    def reached(self) -> str:
        """Return "3 of 7 reach it", with bounds where answers are not shown."""
        share = self.share
        return f"{wording.spread(share.least, share.most)} of {share.answered} reach it"


def find_needs(chart: Released[CohortChart], *, library: Library, today: date) -> tuple[Need, ...]:
    """Return every level up to the target that a cohort may lack, in the order of the questions.

    Levels from 2 on: in cohorts 1 cannot be told from none. Questions that are no skills of the
    library, and skills that too few answered, are left out.
    """
    members = chart.value.caption.members
    return tuple(
        need
        for one in chart.value.bars
        for need in _needs(one, members=members, library=library, today=today)
        if need.tier is not Tier.FINE
    )


def to_commission(needs: tuple[Need, ...]) -> tuple[Need, ...]:
    """Return what to commission or renew, in order.

    Clear gaps first, then levels with no module at all, then the larger share below the level;
    equals keep their order.
    """
    chosen = [one for one in needs if one.is_to_commission]
    return tuple(
        sorted(
            chosen,
            key=lambda one: (one.tier is not Tier.CLEAR, bool(one.modules), -shortfall(one.share)),
        )
    )


def _needs(bar: Bar, *, members: int, library: Library, today: date) -> list[Need]:
    skill = library.skill.get(library.skill_now(bar.item.key))
    if skill is None or bar.item.target is None:
        return []
    found = []
    for category in range(1, bar.item.target + 1):
        reached = replace(bar, item=replace(bar.item, target=category))
        share = measures.share_at_target(reached, members=members)
        if share is None:
            continue
        level = Level(category + 1)
        modules = tuple(
            one
            for one in library.module.values()
            if one.level == level and skill.slug in one.skills
        )
        overdue = tuple(one for one in modules if one.review_by < today)
        found.append(Need(skill.slug, skill.title, level, share, modules, overdue))
    return found


def _offer(need: Need) -> str:
    if not need.modules:
        return "learnt at work, no module" if need.level == Level.SHAPING else "no module"
    number = len(need.modules)
    said = f"{_number(number)} {'module' if number == 1 else 'modules'}"
    return f"{said}, {_number(len(need.overdue))} overdue" if need.overdue else said


def _number(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)
