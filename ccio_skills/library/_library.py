"""All content at one moment, and the questions the rooms ask it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from pydantic import BaseModel, ConfigDict

from ccio_skills.library._base import Content
from ccio_skills.library._evidence import Fact, Source, Synonym, Term
from ccio_skills.library._framework import (
    Action,
    Agreed,
    Domain,
    Page,
    Planned,
    Profile,
    Skill,
    Step,
)
from ccio_skills.library._instrument import Instrument
from ccio_skills.library._module import Module
from ccio_skills.library._path import Path
from ccio_skills.library._survey import Survey
from ccio_skills.vocabulary import WEIGHTS, Slug

# Among equals these come first: they answer what the 2012 survey asked for.
_FIRST = ("CHANGE-1", "CHANGE-2", "TECH-1", "TECH-2", "VALUE-1")
_SECONDS_PER_ANSWER = 3
_WORDS_PER_MINUTE = 200
QUICK_START = 10
"""Skills in a quick start: one in each domain and one more."""


class Library(BaseModel):
    """All content at one moment."""

    model_config = ConfigDict(frozen=True)

    def __hash__(self) -> int:
        """Tell libraries apart by identity, so that what is worked out from one can be kept."""
        return id(self)

    framework_version: str = "0"
    domains: tuple[Domain, ...] = ()
    skills: tuple[Skill, ...] = ()
    profiles: tuple[Profile, ...] = ()
    modules: tuple[Module, ...] = ()
    paths: tuple[Path, ...] = ()
    actions: tuple[Action, ...] = ()
    surveys: tuple[Survey, ...] = ()
    instruments: tuple[Instrument, ...] = ()
    pages: tuple[Page, ...] = ()
    planned: tuple[Planned, ...] = ()
    agreed: tuple[Agreed, ...] = ()
    facts: tuple[Fact, ...] = ()
    sources: tuple[Source, ...] = ()
    terms: tuple[Term, ...] = ()
    synonyms: tuple[Synonym, ...] = ()

    @cached_property
    def skill(self) -> Mapping[Slug, Skill]:
        """Skills by slug, in framework order."""
        return {one.slug: one for one in self.skills}

    @cached_property
    def domain(self) -> Mapping[Slug, Domain]:
        """Domains by slug, in framework order."""
        return {one.slug: one for one in self.domains}

    @cached_property
    def profile(self) -> Mapping[Slug, Profile]:
        """Profiles by slug, in order."""
        return {one.slug: one for one in self.profiles}

    @cached_property
    def module(self) -> Mapping[Slug, Module]:
        """Shown modules by slug, ordered by code."""
        return {one.slug: one for one in self.modules if one.status.is_shown}

    @cached_property
    def path(self) -> Mapping[Slug, Path]:
        """Shown paths by slug."""
        return {one.slug: one for one in self.paths if one.status.is_shown}

    @cached_property
    def page(self) -> Mapping[Slug, Page]:
        """Plain pages by slug."""
        return {one.slug: one for one in self.pages}

    @cached_property
    def survey(self) -> Mapping[Slug, Survey]:
        """Shown surveys that were published elsewhere, by slug."""
        return {one.slug: one for one in self.surveys if one.status.is_shown}

    @cached_property
    def instrument(self) -> Mapping[Slug, Instrument]:
        """Shown surveys that are asked here, by slug, newest version first."""
        newest_first = sorted(self.instruments, key=lambda one: (one.code, -one.version))
        return {one.slug: one for one in newest_first if one.status.is_shown}

    @cached_property
    def unwritten(self) -> Mapping[Slug, Planned]:
        """Modules still to be written, by slug."""
        return {one.slug: one for one in self.planned}

    @cached_property
    def fact(self) -> Mapping[str, Fact]:
        """Facts by id."""
        return {one.id: one for one in self.facts}

    @cached_property
    def source(self) -> Mapping[str, Source]:
        """Sources by key."""
        return {one.key: one for one in self.sources}

    @cached_property
    def _slugs(self) -> Mapping[str, Slug]:
        kinds: tuple[Iterable[Content], ...] = (self.skills, self.profiles)
        names: dict[str, Slug] = {}
        for one in (item for kind in kinds for item in kind):
            code = getattr(one, "code", one.slug)
            names |= dict.fromkeys((one.slug, code.casefold(), *one.formerly), one.slug)
        return names

    def skill_now(self, slug: Slug) -> Slug:
        """Return what a skill is called now: stored answers keep the slug of their day."""
        return self._slugs.get(slug, slug)

    def find_skill(self, name: str) -> Skill | None:
        """Return the skill with this slug, earlier slug or code, whatever its case."""
        return self.skill.get(self._slugs.get(name.strip().casefold(), ""))

    def find_profile(self, name: str) -> Profile | None:
        """Return the profile with this slug or code, whatever its case."""
        return self.profile.get(self._slugs.get(name.strip().casefold(), ""))

    def skills_of(self, domain: Slug) -> tuple[Skill, ...]:
        """Return the skills of one domain, in framework order."""
        return tuple(one for one in self.skills if one.domain == domain)

    def action(self, skill: Slug, step: int) -> Step | None:
        """Return what to do at work to reach level ``step`` of a skill."""
        for action in self.actions:
            if action.skill == skill:
                return next((one for one in action.steps if one.step == step), None)
        return None

    def quick_start(self, profile: Slug) -> tuple[Skill, ...]:
        """Return the ten skills that say most about a role, in framework order.

        The highest weight x target in each domain, then the next highest of all.
        """
        targets = self.profile[profile].targets

        def worth(skill: Skill) -> tuple[int, int, str]:
            target = targets[skill.slug]
            rank = _FIRST.index(skill.code) if skill.code in _FIRST else len(_FIRST)
            return -WEIGHTS[target.importance] * target.level, rank, skill.code

        best_first = sorted(self.skills, key=worth)
        chosen = {skill.domain: skill for skill in reversed(best_first)}
        picked = {skill.slug for skill in chosen.values()}
        for skill in best_first:
            if len(picked) >= QUICK_START:
                break
            picked.add(skill.slug)
        return tuple(one for one in self.skills if one.slug in picked)

    def rating_minutes(self, skills: Iterable[Slug]) -> float:
        """Return the minutes it takes to read and answer these skills.

        200 words a minute and 3 seconds a skill; level names and the fixed choices are read once
        and not counted.
        """
        chosen = [self.skill[slug] for slug in skills]
        words = sum(skill.words for skill in chosen)
        return words / _WORDS_PER_MINUTE + len(chosen) * _SECONDS_PER_ANSWER / 60
