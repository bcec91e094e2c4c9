"""Surveys that were published elsewhere: each figure with the status it has."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from ccio_skills.library._base import Code, Content, FactId, Frozen, Line
from ccio_skills.vocabulary import Slug

ItemCode = Annotated[str, StringConstraints(pattern=r"^[A-Z][0-9]{2}-[0-9]{2}[a-z]?$")]
People = Annotated[int, Field(ge=0)]


class FigureStatus(StrEnum):
    """Where a figure comes from. Only the first four may carry a number."""

    PUBLISHED = "published"
    FRACTION = "published_fraction"
    ALL = "published_all"
    DERIVED = "derived"
    RANK = "rank_only"
    VERBAL = "verbal"
    THEMES = "themes_only"

    @property
    def has_figure(self) -> bool:
        """False where only an order, a word or a theme was published."""
        return self not in (FigureStatus.RANK, FigureStatus.VERBAL, FigureStatus.THEMES)


class BaseStatus(StrEnum):
    """How it is known out of how many people a count is."""

    PUBLISHED = "published"
    PRESUMED = "presumed"
    UNKNOWN = "unknown"


class SurveyKind(StrEnum):
    """What sort of result an item has."""

    MEAN = "mean"
    RATIO = "ratio"
    SINGLE = "single"
    MULTIPLE = "multiple"
    THRESHOLD = "threshold"
    COUNT = "count"
    RANK = "rank"
    VERBAL = "verbal"
    THEMES = "themes"
    LIST = "list"


class SurveyResult(Frozen):
    """One figure, place in an order, word or theme that was published."""

    key: Slug
    """Tells the results of an item apart; permanent."""

    label: Line
    """What it is a result for, in words that can follow "6 of 7:"."""

    status: FigureStatus
    """published, published_fraction, published_all, derived, rank_only, verbal or themes_only."""

    value: float | None = None
    """A mean or a ratio, in the item's unit."""

    proportion: Annotated[float, Field(ge=0, le=1)] | None = None
    """Share as published, from 0 to 1."""

    count: People | None = None
    """People; null where it cannot be known."""

    count_status: FigureStatus | None = None
    """Needed beside a proportion: which of the two was published."""

    rank: Annotated[int, Field(ge=1)] | None = None
    """Place in the order of the text; there may be ties."""

    verbal: Line | None = None
    """The word that was published instead of a number: most."""

    candidates: tuple[tuple[People, People], ...] = ()
    """Counts and bases that a fraction may stand for: [4, 6]."""


class SurveyItem(Frozen):
    """One question of a published survey, with all that was published of it."""

    code: ItemCode
    """Permanent code: V12-04."""

    question: Line
    """What was asked; reconstructed where the wording was not published."""

    kind: SurveyKind
    """mean, ratio, single, multiple, threshold, count, rank, verbal, themes or list."""

    unit: Line | None = None
    """Of a mean: days a week."""

    n: People | None = None
    """People who answered it; null where it was not published and cannot be presumed."""

    n_status: BaseStatus | None = None
    """Only where it differs from the survey's: published, presumed or unknown."""

    results: Annotated[tuple[SurveyResult, ...], Field(min_length=1)]
    """What was published."""

    note: Line | None = None
    """Reasons for caution."""


class Survey(Content):
    """A published survey that the framework answers.

    The text says what cannot be known from it.
    """

    code: Code
    """Short code: S2012."""

    published: date
    """Day of publication."""

    mode: Line
    """How people were asked."""

    invited: Annotated[int, Field(ge=1)]
    """People invited."""

    answered: Annotated[int, Field(ge=0)]
    """People who answered."""

    base_status: BaseStatus
    """How it is known that an item was answered by all of them."""

    wording_published: bool
    """Whether the questions are known as they were worded."""

    source: Line
    """Key of the source it was read in."""

    facts: tuple[FactId, ...] = ()
    """Every fact that the text cites as [F44], and no other."""

    items: Annotated[tuple[SurveyItem, ...], Field(min_length=1)]
    """What was published, question by question."""
