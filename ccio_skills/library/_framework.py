"""The framework as content: domains, skills, role profiles and workplace actions."""

from __future__ import annotations

import hashlib
from functools import cached_property
from typing import Annotated

from pydantic import Field

from ccio_skills.library._base import Code, Content, FactId, Frozen, Line, Text
from ccio_skills.vocabulary import Importance, Level, Slug


class Domain(Content):
    """A group of skills."""

    code: Code
    """Short code, kept for ever: LEAD, CHANGE ..."""

    short: Line
    """Name of one to four words for charts."""

    order: Annotated[int, Field(ge=1)]
    """Place among the domains, from 1."""


class Skill(Content):
    """One thing a person can get better at, with a behaviour for each level."""

    code: Code
    """Short code, kept for ever: CHANGE-1."""

    domain: Slug
    """Slug of its domain."""

    definition: Line
    """What the skill is, in one sentence."""

    levels: dict[Level, Line]
    """One behaviour for each level from 1 to 5; level 0, "None of these yet", has none."""

    also: tuple[Line, ...] = ()
    """Other words under which people look for it."""

    survey_2012: Text | None = None
    """The finding of the 2012 survey that this skill answers, in one sentence, if any."""

    @cached_property
    def words(self) -> int:
        """Words a person reads to rate it: title, definition and five behaviours."""
        return len(" ".join([self.title, self.definition, *self.levels.values()]).split())

    @cached_property
    def wording(self) -> str:
        """Short hash of what a person reads, so that a later rewording changes no old answer."""
        text = "\n".join([self.definition, *(self.levels[k] for k in sorted(self.levels))])
        return hashlib.sha256(text.encode()).hexdigest()[:12]


class Target(Frozen):
    """What a role asks of one skill."""

    level: Level
    """Level the role asks for, 0 to 5."""

    importance: Importance
    """core, important or supporting."""


class Profile(Content):
    """A role: the level it asks for in every skill."""

    code: Code
    """Short code, kept for ever: NEW."""

    says: Line
    """How a person in this role answers "Where are you?"."""

    order: Annotated[int, Field(ge=1)]
    """Place among the profiles, from 1."""

    description: Text
    """Who the profile describes."""

    next: tuple[Slug, ...] = ()
    """Profiles of the roles that commonly follow."""

    targets: dict[Slug, Target]
    """Skill slug to level and importance; all skills, each once."""


class Step(Frozen):
    """Something to do at work that moves one skill up by one level."""

    step: Annotated[int, Field(ge=1, le=5)]
    """The level it leads to; it starts one below."""

    title: Line
    """What to do, as an imperative."""

    minutes: Annotated[int, Field(ge=5, le=240)]
    """The first sitting, in minutes."""

    do: Text
    """What to do, with whom, and when it is done."""

    proves: Text
    """What having done it would show."""

    keep: Text
    """What to keep as evidence, without names of patients or staff."""


class Action(Content):
    """Things to do at work for one skill, one for each level."""

    skill: Slug
    """Slug of the skill."""

    steps: Annotated[tuple[Step, ...], Field(min_length=1)]
    """One entry for each level, in order."""


class Page(Content):
    """A page of plain text: about, privacy, help."""

    facts: tuple[FactId, ...] = ()
    """Every fact that the text cites as [F44], and no other."""


class Planned(Frozen):
    """A module that is still to be written."""

    slug: Slug
    """Slug it will have."""

    code: Code
    """Code it will have."""

    title: Line
    """Title it will have."""

    level: Annotated[int, Field(ge=1, le=4)]
    """Level it will teach."""

    skills: Annotated[tuple[Slug, ...], Field(min_length=1)]
    """Skills it will help with; the first is the main one."""

    minutes: Annotated[int, Field(ge=5, le=120)]
    """Minutes it will take."""


class Agreed(Frozen):
    """The minutes that were agreed for a module when it was first shown."""

    slug: Slug
    """Slug of the module."""

    minutes: Annotated[int, Field(ge=5, le=120)]
    """Minutes it was to take; a module that takes others says why in ``minutes_reason``."""
