"""The survey as a collection counts it: closed items, each with its categories.

Numbers become groups, a multiple question one item for each choice, a rank "among the first three"
for each choice. Free text is no item.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from ccio_skills.library import Chapter, Instrument, Question, QuestionKind
from ccio_skills.survey.rules.answers import INSTEAD, Answer
from ccio_skills.survey.rules.route import Answers

NOT_ANSWERED = -1
"""The code of an answer that was not given."""

WORKLOAD = "workload"
"""Key of the item that is worked out from days allocated and days worked."""

WORKLOAD_BANDS = (
    ("Less than allocated", 1.0),
    ("As allocated", 1.0),
    ("Up to a quarter more", 1.25),
    ("Over a quarter, up to half as much again", 1.5),
    ("Over half as much again, up to twice", 2.0),
    ("More than twice", float("inf")),
)
"""Name and highest ratio of each group; the first ends just below its ratio."""

_NO_YES = ("No", "Yes")


@dataclass(frozen=True, slots=True)
class ClosedItem:
    """One thing that a collection counts.

    Attributes:
        key: Tells items apart: A1, C1/strategy, B1/instead, workload.
        categories: What can be answered; an answer is coded as its position here.
        is_ordered: From low to high, so that there is a middle answer.
        section: Title of its chapter.
    """

    key: str
    title: str
    categories: tuple[str, ...]
    is_ordered: bool = False
    section: str = ""


def as_items(instrument: Instrument, *, apart: bool = False) -> tuple[ClosedItem, ...]:
    """Return what a collection counts, in the order of the questions.

    Args:
        instrument: The survey.
        apart: The equality questions instead of all others; the two never stand together.
    """
    found = [
        item
        for chapter in instrument.chapters
        if chapter.apart is apart
        for question in chapter.questions
        for item in _items(chapter, question)
    ]
    if instrument.workload and not apart:
        names = tuple(name for name, _ in WORKLOAD_BANDS)
        title = "Days worked beside days allocated"
        found.append(ClosedItem(WORKLOAD, title, names, is_ordered=True))
    return tuple(found)


def code(instrument: Instrument, answers: Answers, *, apart: bool = False) -> dict[str, int]:
    """Return the category of each item of :func:`as_items`, or ``NOT_ANSWERED``.

    Args:
        instrument: The survey.
        answers: Those that count; see :func:`route.find`.
        apart: The equality questions instead of all others.
    """
    pairs = chain.from_iterable(
        _codes(question, answers.get(question.code))
        for chapter in instrument.chapters
        if chapter.apart is apart
        for question in chapter.questions
    )
    coded = dict(pairs)
    if instrument.workload and not apart:
        ratio = workload_ratio(instrument, answers)
        coded[WORKLOAD] = NOT_ANSWERED if ratio is None else _workload_band(ratio)
    return coded


def workload_ratio(instrument: Instrument, answers: Answers) -> float | None:
    """Return days worked for each day allocated, of one person.

    Returns:
        ``None`` with no fixed time, no time allocated, or one of the two not answered.
    """
    if instrument.workload is None:
        return None
    given = answers.get(instrument.workload.given, Answer()).number
    spent = answers.get(instrument.workload.spent, Answer()).number
    return spent / given if given and spent is not None else None


def band_names(question: Question) -> tuple[str, ...]:
    """Return the names of a number's groups: "0", "½ to 1", "1½ to 2" ..."""
    lows = [question.lowest or 0.0, *(edge + question.step for edge in question.bands[:-1])]
    names = [
        days(high) if low == high else f"{days(low)} to {days(high)}"
        for low, high in zip(lows, question.bands, strict=True)
    ]
    if question.or_more:
        names[-1] = f"{days(lows[-1])} or more"
    return tuple(names)


def days(number: float) -> str:
    """Return "0", "½", "2" or "2½"."""
    whole, half = divmod(number, 1)
    return f"{whole:.0f}½" if half and whole else "½" if half else f"{whole:.0f}"


def _items(chapter: Chapter, question: Question) -> Iterator[ClosedItem]:
    code, ask, section = question.code, question.ask, chapter.title
    if question.kind.is_one_of:
        labels = tuple(one.label for one in question.choices)
        yield ClosedItem(code, ask, labels, is_ordered=question.is_ordered, section=section)
    elif question.kind is QuestionKind.NUMBER:
        yield ClosedItem(code, ask, band_names(question), is_ordered=True, section=section)
        if question.instead:
            title = f"{ask} {question.instead}"
            yield ClosedItem(f"{code}/{INSTEAD}", title, _NO_YES, section=section)
    else:
        for one in question.choices:
            key, title = f"{code}/{one.key}", f"{ask} {one.label}"
            yield ClosedItem(key, title, _NO_YES, section=section)


def _codes(question: Question, answer: Answer | None) -> Iterator[tuple[str, int]]:
    code = question.code
    if question.kind.is_one_of:
        yield code, question.keys.index(answer.keys[0]) if answer else NOT_ANSWERED
    elif question.kind is QuestionKind.NUMBER:
        is_number = answer is not None and answer.number is not None
        yield code, _band(question, answer) if is_number else NOT_ANSWERED
        if question.instead:
            yield f"{code}/{INSTEAD}", NOT_ANSWERED if answer is None else int(not is_number)
    else:
        for key in question.keys:
            yield f"{code}/{key}", int(key in answer.keys) if answer else NOT_ANSWERED


def _band(question: Question, answer: Answer | None) -> int:
    number = answer.number if answer and answer.number is not None else 0.0
    return next(place for place, edge in enumerate(question.bands) if number <= edge)


def _workload_band(ratio: float) -> int:
    if ratio < 1:
        return 0
    edges = [edge for _, edge in WORKLOAD_BANDS[1:]]
    return 1 + next(place for place, edge in enumerate(edges) if ratio <= edge)
