"""One answer: what it may be, and how it is kept."""

from __future__ import annotations

from dataclasses import dataclass

from ccio_skills.library import Question, QuestionKind
from ccio_skills.vocabulary import Slug

INSTEAD: Slug = "instead"
"""The key of "No fixed time" and the like, given in place of a number."""

LONGEST_TEXT = 1000
"""Characters of an answer in free text."""


class AnswerError(ValueError):
    """A question has no such answer; nothing of it is kept."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody answered: chosen keys, a number, or words.

    Attributes:
        keys: In the order of a rank; in any order of a multiple question.
        number: In the question's unit.
        text: As it was written.
    """

    keys: tuple[Slug, ...] = ()
    number: float | None = None
    text: str = ""


def check(question: Question, answer: Answer) -> None:
    """Refuse what the question does not offer.

    Raises:
        AnswerError: The answer is of another kind, empty, none of the choices, or too much.
    """
    if question.kind is QuestionKind.TEXT:
        is_fit = 0 < len(answer.text) <= LONGEST_TEXT
    elif question.kind is QuestionKind.NUMBER:
        is_fit = _is_number(question, answer)
    else:
        is_fit = _is_choice(question, answer.keys)
    is_other = (bool(answer.keys), answer.number is not None, bool(answer.text)).count(True) != 1
    if not is_fit or is_other:
        raise AnswerError(f"{question.code}: {answer}")


def numbers(question: Question) -> tuple[float, ...]:
    """Return the numbers that can be answered, from low to high; none for another question."""
    if question.lowest is None or question.highest is None:
        return ()
    steps = round((question.highest - question.lowest) / question.step)
    return tuple(question.lowest + step * question.step for step in range(steps + 1))


def encode(question: Question, answer: Answer) -> str:
    """Return an answer as it is kept: keys with spaces between them, a number, or the words."""
    if question.kind is QuestionKind.TEXT:
        return answer.text
    return " ".join(answer.keys) if answer.number is None else f"{answer.number:g}"


def decode(question: Question, kept: str) -> Answer | None:
    """Return an answer that was kept, or ``None`` where the question has no such answer."""
    if question.kind is QuestionKind.TEXT:
        answer = Answer(text=kept)
    elif question.kind is QuestionKind.NUMBER and kept != INSTEAD:
        try:
            answer = Answer(number=float(kept))
        except ValueError:
            return None
    else:
        answer = Answer(keys=tuple(kept.split()))
    try:
        check(question, answer)
    except AnswerError:
        return None
    return answer


def alone(question: Question, now: tuple[Slug, ...], before: tuple[Slug, ...]) -> tuple[Slug, ...]:
    """Return what is chosen once "none of these" and the like have been told from the rest.

    Of the two the newer stays: choosing "none" drops the others, choosing another drops "none".
    """
    lone = {one.key for one in question.choices if one.alone}
    added = set(now) - set(before)
    if newest := [key for key in now if key in lone & added]:
        return (newest[-1],)
    if any(key not in lone for key in now):
        return tuple(key for key in now if key not in lone)
    return now


def _is_choice(question: Question, keys: tuple[Slug, ...]) -> bool:
    most = 1 if question.kind.is_one_of else question.at_most or len(question.choices)
    lone = {one.key for one in question.choices if one.alone}
    return (
        0 < len(keys) <= most
        and len(set(keys)) == len(keys)
        and set(keys) <= set(question.keys)
        and (len(keys) == 1 or not lone & set(keys))
    )


def _is_number(question: Question, answer: Answer) -> bool:
    if answer.keys:
        return answer.keys == (INSTEAD,) and question.instead is not None
    return answer.number in numbers(question)
