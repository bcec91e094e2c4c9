"""Surveys that are asked here: sections, questions, branches. One file for each version."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from ccio_skills.library._base import Code, Content, Frozen, Line
from ccio_skills.vocabulary import Slug

QuestionCode = Annotated[str, StringConstraints(pattern=r"^[A-Z][0-9]{1,2}[a-z]?$")]
HalfSteps = Annotated[float, Field(ge=0, le=400, multiple_of=0.5)]


class QuestionKind(StrEnum):
    """How a question is answered."""

    SINGLE = "single"
    AGREE = "agree"
    MULTIPLE = "multiple"
    RANK = "rank"
    NUMBER = "number"
    TEXT = "text"

    @property
    def has_choices(self) -> bool:
        """True where the answer is chosen from a list that the question gives."""
        return self not in (QuestionKind.NUMBER, QuestionKind.TEXT)

    @property
    def is_one_of(self) -> bool:
        """True where exactly one choice is the answer."""
        return self in (QuestionKind.SINGLE, QuestionKind.AGREE)


class Choice(Frozen):
    """One answer that can be chosen."""

    key: Slug
    """Kept with the answer; permanent. Put yes and no in quotation marks."""

    label: Line
    """What people read."""

    alone: bool = False
    """True for "none of these", which goes with no other choice."""


class Condition(Frozen):
    """When a question is asked."""

    question: QuestionCode
    """Code of an earlier question."""

    any: Annotated[tuple[Slug, ...], Field(min_length=1)]
    """Keys of its choices; one of them must be in the answer."""


class Trend(Frozen):
    """What an earlier survey said of the same idea."""

    beside: Line
    """Code of an item of the baseline, or key of the source of another survey."""

    match: Literal["E", "N"]
    """E: comparable in concept; N: near."""

    pairs: Mapping[Slug, tuple[Slug, ...]] = {}
    """Key of a result of the baseline to the keys of the choices that say the same."""


class Question(Frozen):
    """One question. Nothing but ``trends`` may change once its version has been shown."""

    code: QuestionCode
    """Permanent code: B1."""

    ask: Line
    """What is asked."""

    kind: QuestionKind
    """single, agree, multiple, rank, number or text."""

    choices: tuple[Choice, ...] = ()
    """What can be chosen; none for a number or a text."""

    at_most: Annotated[int, Field(ge=1)] | None = None
    """How many may be chosen: of a multiple question or a rank."""

    is_ordered: bool = False
    """True where the choices go from low to high, so that there is a middle answer."""

    lowest: HalfSteps | None = None
    """Of a number: the lowest answer."""

    highest: HalfSteps | None = None
    """Of a number: the highest answer."""

    or_more: bool = False
    """True where the highest answer stands for everything above it too."""

    step: Annotated[float, Field(ge=0.5, le=1, multiple_of=0.5)] = 0.5
    """Of a number: the distance between answers."""

    unit: Line | None = None
    """Of a number: days a week."""

    instead: Line | None = None
    """Of a number: an answer that is none, such as "No fixed time"."""

    bands: tuple[HalfSteps, ...] = ()
    """Of a number: the highest answer of each group that figures are given for."""

    when: Condition | None = None
    """Asked only then; always where there is none."""

    among: QuestionCode | None = None
    """An earlier multiple question: only what was chosen there is offered."""

    trends: tuple[Trend, ...] = ()
    """Where earlier surveys asked it."""

    @property
    def keys(self) -> tuple[Slug, ...]:
        """Keys of the choices, in their order."""
        return tuple(one.key for one in self.choices)

    @cached_property
    def words(self) -> int:
        """Words a person reads to answer it."""
        return len(" ".join([self.ask, *(one.label for one in self.choices)]).split())


class Chapter(Frozen):
    """Questions that stand together on one page."""

    code: Annotated[str, StringConstraints(pattern=r"^[A-Z]$")]
    """One letter, with which the codes of its questions start."""

    title: Line
    """Heading of its page."""

    intro: Line | None = None
    """One sentence before the questions."""

    apart: bool = False
    """True for equality questions: kept and counted apart from all other answers."""

    questions: Annotated[tuple[Question, ...], Field(min_length=1)]
    """In the order in which they are asked."""


class Workload(Frozen):
    """The two questions whose answers make a workload ratio."""

    given: QuestionCode
    """Days a week allocated."""

    spent: QuestionCode
    """Days a week worked."""

    beside: Line
    """Code of the item of the baseline that it is compared with."""


class Instrument(Content):
    """A survey as it is asked. Another wording is another version, in a file of its own."""

    code: Code
    """Code that its versions share: ROLE."""

    version: Annotated[int, Field(ge=1)]
    """Number of the version, from 1."""

    baseline: Slug
    """Slug of the published survey that its trends are compared with."""

    workload: Workload | None = None
    """Which questions make the workload ratio."""

    chapters: Annotated[tuple[Chapter, ...], Field(min_length=1)]
    """The sections, in order."""

    @cached_property
    def question(self) -> Mapping[str, Question]:
        """Questions by code, in order, those that are kept apart included."""
        return {one.code: one for chapter in self.chapters for one in chapter.questions}

    @cached_property
    def apart(self) -> frozenset[str]:
        """Codes of the questions that are kept apart."""
        return frozenset(q.code for one in self.chapters if one.apart for q in one.questions)

    @cached_property
    def wording(self) -> Mapping[str, str]:
        """Short hash of each question as people meet it: words, choices, order, conditions."""
        return {
            question.code: _hash(
                question, f"{chapter.code} {chapter.title} {chapter.intro} {place}"
            )
            for chapter in self.chapters
            for place, question in enumerate(chapter.questions)
        }


def _hash(question: Question, where: str) -> str:
    asked = json.dumps(question.model_dump(mode="json", exclude={"trends"}), sort_keys=True)
    return hashlib.sha256(f"{where}\n{asked}".encode()).hexdigest()[:12]
