"""A module: something to learn from, in parts of 5 to 12 minutes."""

from __future__ import annotations

import hashlib
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Annotated

from pydantic import Field, StringConstraints

from ccio_skills.library import _parts
from ccio_skills.library._base import Code, Content, FactId, Frozen, Line, Text
from ccio_skills.vocabulary import Slug


class Nation(StrEnum):
    """Where the content applies."""

    ENGLAND = "England"
    SCOTLAND = "Scotland"
    WALES = "Wales"
    NORTHERN_IRELAND = "Northern Ireland"


class Volatility(StrEnum):
    """How soon the facts may change: high 3 months, medium 6, low 12."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Option(Frozen):
    """One answer to choose from."""

    text: Text
    """What the reader would do."""

    reason: Text
    """Why it is, or is not, the best answer."""

    best: bool = False
    """True for exactly one option of a check."""


class Check(Frozen):
    """A scenario question: it asks for a decision, not for recall."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)+$", max_length=60)]
    """Permanent id; starts with the module's code in lower case."""

    objective: Annotated[int, Field(ge=1)]
    """Which objective it tests; the first is 1."""

    stem: Text
    """The situation and the question."""

    options: Annotated[tuple[Option, ...], Field(min_length=3, max_length=4)]
    """Three or four answers, one of them best, each with a reason."""

    @cached_property
    def wording(self) -> str:
        """Short hash of stem and options, kept with every answer."""
        text = "\n".join([self.stem, *(option.text for option in self.options)])
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    @cached_property
    def words(self) -> int:
        """Words a reader meets: stem, options and reasons."""
        texts = [self.stem, *(f"{o.text} {o.reason}" for o in self.options)]
        return len(" ".join(texts).split())


class Module(Content):
    """Something to learn from, 10 to 90 minutes long."""

    code: Code
    """Short code, kept for ever: M18."""

    level: Annotated[int, Field(ge=1, le=4)]
    """1 explains; 2 lets you contribute; 3 lets you do it alone; 4 prepares you to lead."""

    skills: Annotated[tuple[Slug, ...], Field(min_length=1)]
    """Slugs of the skills it helps with; the first is the main one."""

    prerequisites: tuple[Slug, ...] = ()
    """Slugs of modules to finish first; circles are refused."""

    minutes: Annotated[int, Field(ge=10, le=90)]
    """Time to take part, in minutes: reading, doing and questions."""

    minutes_reason: Line | None = None
    """Why it takes other minutes than catalogue.yml says, if it does."""

    nations: Annotated[tuple[Nation, ...], Field(min_length=1)]
    """Where it applies: England, Scotland, Wales, Northern Ireland."""

    volatility: Volatility
    """How soon the facts may change: high, medium or low."""

    last_checked: date
    """Day on which someone last compared the text with its sources."""

    review_by: date
    """Day after which the page shows a warning."""

    written_by: Line
    """Who wrote it."""

    reviewed_by: Line | None = None
    """The named clinician who reviewed it; ``null`` until one has. Needed for ``active``."""

    fiction: tuple[Line, ...] = ()
    """Made-up people, places and products: numbers told of them need no fact."""

    also: tuple[Line, ...] = ()
    """Other words under which people look for it, as they would say it; for the search alone."""

    answers: Annotated[tuple[Line, ...], Field(min_length=1)]
    """Questions the module answers, shown before it starts."""

    objectives: Annotated[tuple[Line, ...], Field(min_length=1, max_length=6)]
    """What a reader can do afterwards, each starting with a verb."""

    keypoints: Annotated[tuple[Line, ...], Field(min_length=1)]
    """What to remember, shown at the end."""

    facts: tuple[FactId, ...] = ()
    """Every fact that the text cites as [F44], and no other."""

    checks: Annotated[tuple[Check, ...], Field(min_length=5)]
    """At least five scenario questions."""

    @cached_property
    def parts(self) -> tuple[_parts.Part, ...]:
        """The body's ## sections, in order; the questions are a last part of their own."""
        return _parts.split(self.body)

    @cached_property
    def check_minutes(self) -> int:
        """Minutes the questions take, from their words, at least 1."""
        return _parts.reading_minutes(sum(check.words for check in self.checks))

    def check(self, check_id: str) -> Check | None:
        """Return the question with this id, if the module still has it."""
        return next((one for one in self.checks if one.id == check_id), None)
