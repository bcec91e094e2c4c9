"""The way through a survey: which questions are asked, and which answers therefore count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from ccio_skills.library import Chapter, Choice, Instrument, Question, QuestionKind
from ccio_skills.survey.rules.answers import Answer

Answers = Mapping[str, Answer]
"""Answers by the code of their question."""

_FEWEST = 2
"""Choices below which there is nothing to choose between."""
_WORDS_PER_SECOND = 200 / 60
_SECONDS = {
    QuestionKind.SINGLE: 5,
    QuestionKind.AGREE: 5,
    QuestionKind.MULTIPLE: 10,
    QuestionKind.RANK: 15,
    QuestionKind.NUMBER: 8,
    QuestionKind.TEXT: 40,
}
"""Seconds to decide and to touch the screen, besides reading."""


@dataclass(frozen=True, slots=True)
class Route:
    """Questions that are asked, and the answers that count.

    Attributes:
        asked: Questions with the choices they offer, in order.
        answers: By code. What was answered on a branch that was left since is not among them.
    """

    asked: tuple[Question, ...]
    answers: Answers

    def of(self, chapter: Chapter) -> tuple[Question, ...]:
        """Return what is asked in one chapter."""
        codes = {one.code for one in chapter.questions}
        return tuple(one for one in self.asked if one.code in codes)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far somebody is."""

    answered: int
    asked: int
    minutes_left: float


def find(instrument: Instrument, answers: Answers, *, keeps_text: bool) -> Route:
    """Follow the branches, question by question.

    Args:
        instrument: The survey.
        answers: All that was ever answered.
        keeps_text: Whether questions in free text are asked at all.
    """
    asked: list[Question] = []
    counted: dict[str, Answer] = {}
    for question in instrument.question.values():
        if question.kind is QuestionKind.TEXT and not keeps_text:
            continue
        if question.when and not _holds(question, counted):
            continue
        choices = _offered(question, counted)
        if question.kind.has_choices and len(choices) < _FEWEST:
            continue
        asked.append(question.model_copy(update={"choices": choices}))
        if found := _within(choices, answers.get(question.code), question):
            counted[question.code] = found
    return Route(tuple(asked), counted)


def progress(route: Route, *, apart: frozenset[str]) -> Progress:
    """Count what is answered; what is kept apart is not counted."""
    asked = [one for one in route.asked if one.code not in apart]
    open_ = [one for one in asked if one.code not in route.answers]
    return Progress(len(asked) - len(open_), len(asked), minutes(open_))


def minutes(questions: Iterable[Question]) -> float:
    """Return the minutes that questions take.

    200 words a minute, and some seconds to decide by the kind of question: 5 for one choice, 8 for
    a number, 10 for several choices, 15 for a rank, 40 for free text. Not measured with people.
    """
    seconds = sum(one.words / _WORDS_PER_SECOND + _SECONDS[one.kind] for one in questions)
    return seconds / 60


def resume(instrument: Instrument, route: Route, *, last: str | None) -> Chapter:
    """Return the chapter to go on with: that of the last answer, or the next if it is complete.

    Args:
        instrument: The survey.
        route: Where its branches lead.
        last: Code of the question that was answered last; ``None`` before the first.
    """
    places = {q.code: n for n, one in enumerate(instrument.chapters) for q in one.questions}
    place = places.get(last or "", 0)
    here = instrument.chapters[place]
    is_complete = all(one.code in route.answers for one in route.of(here))
    is_last = place + 1 == len(instrument.chapters)
    return instrument.chapters[place + 1] if is_complete and not is_last else here


def _holds(question: Question, counted: Answers) -> bool:
    when = question.when
    return when is not None and bool(set(when.any) & set(counted.get(when.question, Answer()).keys))


def _offered(question: Question, counted: Answers) -> tuple[Choice, ...]:
    if question.among is None or question.among not in counted:
        return question.choices
    chosen = counted[question.among].keys
    return tuple(one for one in question.choices if one.key in chosen)


def _within(
    choices: tuple[Choice, ...], answer: Answer | None, question: Question
) -> Answer | None:
    if answer is None or not question.kind.has_choices:
        return answer
    offered = {one.key for one in choices}
    keys = tuple(key for key in answer.keys if key in offered)
    return replace(answer, keys=keys) if keys else None
