"""The figures of 2012 beside those of a new wave: two columns of words. Nothing is tested.

Seven people of 2012 and whoever answers now are other people with another mix of titles, asked in
other words. A difference between the columns is not shown to be a change, and is not called one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ccio_skills.library import Instrument, Question, QuestionKind, Survey, SurveyItem, Trend
from ccio_skills.survey.rules import baseline
from ccio_skills.survey.rules.answers import INSTEAD
from ccio_skills.survey.rules.items import WORKLOAD
from ccio_skills.survey.rules.waves import Wave, count_words, middle_words

Waves = Mapping[str, Wave]
"""Released counts by the key of their item."""

CAUTIONS = (
    "The wording of 2012 was not published: the same idea was asked, not the same words.",
    "Other people with another mix of titles answer now.",
    "The two columns stand side by side; no test was made, and a difference need not be a change.",
)
RATIO_NOTE = (
    "2012 published the ratio of the two mean values. Here each person's own ratio is put into a "
    "group, and the middle person and the range are read from the groups. The two can differ even "
    "for the same people: nobody's own ratio was published in 2012."
)
_NOT_SHOWN = "not shown"
_MATCH = {"E": "the same idea", "N": "a near idea"}


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of 2012 and the figure beside it.

    Attributes:
        then: "6 of 7", with no percentage.
        then_status: Where it comes from.
        now: In words, "at least" where not all is shown.
    """

    label: str
    then: str
    then_status: str
    now: str


@dataclass(frozen=True, slots=True)
class Beside:
    """A question of the new wave beside an item of 2012.

    Attributes:
        match: "the same idea" or "a near idea".
        base: "7 people, 2012", or that the number is not known.
        cautions: What has to be read with it.
    """

    code: str
    title: str
    item: str
    match: str
    base: str
    lines: tuple[Line, ...]
    cautions: tuple[str, ...]


def beside(survey: Survey, instrument: Instrument, waves: Waves) -> tuple[Beside, ...]:
    """Return everything that 2012 can be read beside, in the order of the questions.

    Args:
        survey: The baseline.
        instrument: What was asked in the new wave.
        waves: What was released of it, by the keys of :func:`items.as_items`.
    """
    items = {item.code: item for item in survey.items}
    found = [
        _beside(survey, items[trend.beside], question, trend, waves)
        for question in instrument.question.values()
        for trend in question.trends
        if trend.beside in items and (trend.pairs or question.kind is QuestionKind.NUMBER)
    ]
    if instrument.workload and instrument.workload.beside in items:
        item = items[instrument.workload.beside]
        found.append(_workload(survey, item, instrument.workload.given, waves))
    return tuple(found)


def _beside(
    survey: Survey, item: SurveyItem, question: Question, trend: Trend, waves: Waves
) -> Beside:
    lines = tuple(
        Line(
            one.label,
            baseline.say(item, one),
            baseline.status(survey, item, one),
            "; ".join(_now(question, trend.pairs.get(one.key, ()), waves)) or _NOT_SHOWN,
        )
        for one in item.results
        if one.key in trend.pairs or question.kind is QuestionKind.NUMBER
    )
    cautions = (*([item.note] if item.note else []), *CAUTIONS)
    match, base = _MATCH[trend.match], _base(survey, item)
    return Beside(question.code, question.ask, item.code, match, base, lines, cautions)


def _now(question: Question, keys: tuple[str, ...], waves: Waves) -> Iterator[str]:
    if question.kind is QuestionKind.NUMBER:
        if question.code in waves:
            yield middle_words(waves[question.code])
        return
    if question.kind.is_one_of:
        if question.code in waves:
            places = [question.keys.index(key) for key in keys]
            yield count_words(waves[question.code], places)
        return
    # Of a multiple question nobody can say how many chose one or the other.
    labels = {one.key: one.label for one in question.choices}
    for key in keys:
        wave = waves.get(f"{question.code}/{key}")
        said = count_words(wave, [1]) if wave else _NOT_SHOWN
        yield said if len(keys) == 1 else f"{labels[key]}: {said}"


def _workload(survey: Survey, item: SurveyItem, given: str, waves: Waves) -> Beside:
    [ratio] = item.results
    wave, no_time = waves.get(WORKLOAD), waves.get(f"{given}/{INSTEAD}")
    now = middle_words(wave) if wave else _NOT_SHOWN
    left_out = f"{count_words(no_time, [1])} have no fixed time and no ratio" if no_time else ""
    lines = (
        Line(
            ratio.label,
            baseline.say(item, ratio),
            baseline.status(survey, item, ratio),
            "; ".join(filter(None, [now, left_out])),
        ),
    )
    cautions = (RATIO_NOTE, *CAUTIONS)
    title, base = "Days worked beside days allocated", _base(survey, item)
    return Beside(WORKLOAD, title, item.code, _MATCH["E"], base, lines, cautions)


def _base(survey: Survey, item: SurveyItem) -> str:
    year = survey.published.year
    if item.n is None:
        return f"{year}; how many of {survey.answered} people answered is not known"
    return f"{item.n} people, {year}"
