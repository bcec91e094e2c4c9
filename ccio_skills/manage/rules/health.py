"""How well the library serves its skills, and what it leans on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ccio_skills.assess.rules.gaps import Gap
from ccio_skills.learn.rules import week
from ccio_skills.library import Fact, Library, Module, Status, Step
from ccio_skills.vocabulary import Level, Slug

LEVELS = tuple(level for level in Level if Level.NONE < level < Level.SHAPING)
"""Levels that a module may teach, 1 to 4; the fifth is reached at work."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What reaches one level of one skill.

    Attributes:
        main: Modules of this level that are about the skill.
        others: Modules of this level that help with it besides.
        is_at_work: There is something to do at work that reaches it.
    """

    main: int
    others: int
    is_at_work: bool

    @property
    def words(self) -> str:
        """Return "2 +1" (two modules, one more that helps), "at work" or "nothing"."""
        counts = [str(self.main) if self.main else "", f"+{self.others}" if self.others else ""]
        return " ".join(filter(None, counts)) or ("at work" if self.is_at_work else "nothing")

    @property
    def is_nothing(self) -> bool:
        """True when neither a module nor something at work reaches it."""
        return not (self.main or self.others or self.is_at_work)


@dataclass(frozen=True, slots=True)
class Leaning:
    """A fact that is not verified in a source, and the shown modules that cite it."""

    fact: Fact
    modules: tuple[Module, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A file that learners do not see yet."""

    kind: str
    """Its folder: modules, paths ..."""

    title: str


@dataclass(frozen=True, slots=True)
class Health:
    """The state of a library on one day.

    Attributes:
        coverage: Skill slug to what reaches its levels, in the order of ``LEVELS``.
        overdue: Shown modules past their review date, the longest first.
        next_due: The module that is to be reviewed next, if any is not overdue.
        unreviewed: Shown modules that no named clinician has reviewed.
        drafts: By folder, then title.
        weak: Facts of grade K, then Vs, each by number.
    """

    coverage: Mapping[Slug, tuple[Coverage, ...]]
    overdue: tuple[Module, ...]
    next_due: Module | None
    unreviewed: int
    drafts: tuple[Draft, ...]
    weak: tuple[Leaning, ...]


@dataclass(frozen=True, slots=True)
class Unserved:
    """A step of a person's own gap that no module serves, and what to do at work instead."""

    skill: Slug
    step: int
    action: Step | None


def examine(library: Library, *, today: date) -> Health:
    """Return the state of a library; a review is overdue the day after its date."""
    shown = sorted(library.module.values(), key=lambda one: (one.review_by, one.code))
    on_time = [one for one in shown if one.review_by >= today]
    return Health(
        coverage=_cover(library),
        overdue=tuple(one for one in shown if one.review_by < today),
        next_due=on_time[0] if on_time else None,
        unreviewed=sum(one.reviewed_by is None for one in shown),
        drafts=_list_drafts(library),
        weak=_find_weak(library),
    )


def find_unserved(gaps: Iterable[Gap], *, library: Library) -> tuple[Unserved, ...]:
    """Return the steps of open gaps that no module serves, in the order of the gaps.

    A module serves the level it teaches and, in part, the one below, as the plan counts it.
    """
    offers = week.catalogue(library).offers
    served = {element for offer in offers for element in offer.gains()}
    return tuple(
        Unserved(gap.skill, step, library.action(gap.skill, step))
        for gap in gaps
        if gap.levels and gap.now is not None
        for step in range(gap.now + 1, gap.target + 1)
        if (gap.skill, step) not in served
    )


def _cover(library: Library) -> dict[Slug, tuple[Coverage, ...]]:
    main: dict[tuple[Slug, int], int] = {}
    others: dict[tuple[Slug, int], int] = {}
    for module in library.module.values():
        for place, skill in enumerate(module.skills):
            counts = others if place else main
            counts[skill, module.level] = counts.get((skill, module.level), 0) + 1
    return {
        slug: tuple(
            Coverage(
                main=main.get((slug, level), 0),
                others=others.get((slug, level), 0),
                is_at_work=library.action(slug, level) is not None,
            )
            for level in LEVELS
        )
        for slug in library.skill
    }


def _list_drafts(library: Library) -> tuple[Draft, ...]:
    kinds = (
        "actions",
        "domains",
        "instruments",
        "modules",
        "pages",
        "paths",
        "profiles",
        "skills",
        "surveys",
    )
    return tuple(
        Draft(kind, one.title)
        for kind in kinds
        for one in sorted(getattr(library, kind), key=lambda one: one.title)
        if one.status is Status.DRAFT
    )


def _find_weak(library: Library) -> tuple[Leaning, ...]:
    leaning: dict[str, list[Module]] = {}
    for module in library.module.values():
        for fact in module.facts:
            leaning.setdefault(fact, []).append(module)
    weak = [one for one in library.facts if one.grade in ("K", "Vs") and one.id in leaning]
    return tuple(
        Leaning(fact, tuple(leaning[fact.id]))
        for fact in sorted(weak, key=lambda one: (one.grade, int(one.id[1:])))
    )
