"""Figures of published surveys: none may say more than was published."""

from __future__ import annotations

from collections.abc import Iterator

from ccio_skills.library._findings import Finding
from ccio_skills.library._read import Reading
from ccio_skills.library._survey import (
    FigureStatus,
    Survey,
    SurveyItem,
    SurveyKind,
    SurveyResult,
)

_ROUNDING = 0.005
"""How far a share published in whole per cent may be from the share of the counts."""


def check(reading: Reading) -> Iterator[Finding]:
    """Find figures that their status does not carry, that do not add up, or that stand twice."""
    for survey in reading.library.surveys:
        where = f"surveys/{survey.slug}.md"
        raw = reading.raw[where]
        codes = [item.code for item in survey.items]
        for place, item in enumerate(survey.items):
            for fault in _item_faults(survey, item):
                yield Finding(where, raw.line("items", place), "figure", f"{item.code}: {fault}")
            if item.code in codes[:place]:
                yield Finding(where, raw.line("items", place), "twice", item.code)
            keys = [one.key for one in item.results]
            for number, one in enumerate(item.results):
                line = raw.line("items", place, "results", number)
                if one.key in keys[:number]:
                    yield Finding(where, line, "twice", f"{item.code} {one.key}")
                for fault in _result_faults(item, one):
                    yield Finding(where, line, "figure", f"{item.code} {one.key}: {fault}")


def _item_faults(survey: Survey, item: SurveyItem) -> Iterator[str]:
    if item.n is not None and item.n > survey.answered:
        yield f"n: {item.n}, but {survey.answered} answered the survey"
    counts = [one.count for one in item.results if one.count is not None]
    is_whole = item.kind is SurveyKind.SINGLE and len(counts) == len(item.results)
    if is_whole and sum(counts) != item.n:
        yield f"counts come to {sum(counts)}, n: {item.n}"
    is_number = item.kind in (SurveyKind.MEAN, SurveyKind.RATIO)
    if is_number != any(one.value is not None for one in item.results):
        yield "value: belongs to a mean or a ratio, and to nothing else"


def _result_faults(item: SurveyItem, one: SurveyResult) -> Iterator[str]:
    figures = [one.value, one.proportion, one.count]
    has_figure = any(figure is not None for figure in figures)
    if has_figure and not one.status.has_figure:
        yield f"{one.status} carries no number"
    if one.status.has_figure and not has_figure:
        yield f"{one.status} needs a number"
    if (one.status is FigureStatus.VERBAL) != (one.verbal is not None):
        yield "verbal: needed where the status is verbal, and nowhere else"
    if one.rank is not None and one.status is not FigureStatus.RANK:
        yield "rank: only where the status is rank_only"
    if one.count is not None:
        yield from _count_faults(item, one, one.count)
    if one.status is FigureStatus.FRACTION:
        yield from _fraction_faults(one)


def _count_faults(item: SurveyItem, one: SurveyResult, count: int) -> Iterator[str]:
    if item.n is None:
        yield "a count needs the n of its item"
        return
    if count > item.n:
        yield f"{count} of {item.n}"
    if one.status is FigureStatus.ALL and count != item.n:
        yield f"published_all, but {count} of {item.n}"
    if one.proportion is not None:
        if one.count_status is None:
            yield "count_status: needed, so that no derived count stands without its label"
        if item.n and abs(count / item.n - one.proportion) > _ROUNDING:
            yield f"{count} of {item.n} is not {one.proportion}"


def _fraction_faults(one: SurveyResult) -> Iterator[str]:
    if one.count is not None:
        yield "published_fraction: the count is not known; give candidates"
    if not one.candidates:
        yield "candidates: needed where only a fraction was published"
    for count, base in one.candidates:
        if not 0 < count <= base:
            yield f"candidates: {count} of {base}"
