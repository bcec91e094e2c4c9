"""Instruments: every question can be asked, and every branch leads somewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from ccio_skills.library._findings import Finding
from ccio_skills.library._instrument import Instrument, Question, QuestionKind, Trend
from ccio_skills.library._read import Reading
from ccio_skills.library._survey import Survey

_MANY = (QuestionKind.MULTIPLE, QuestionKind.RANK)
_FEWEST = 2
"""Choices below which nothing is asked."""


def check(reading: Reading) -> Iterator[Finding]:
    """Find questions without choices, branches to nowhere, and trends without a counterpart."""
    surveys = {one.slug: one for one in reading.library.surveys}
    sources = reading.names.get("sources.yml")
    versions: dict[tuple[str, int], str] = {}
    for instrument in reading.library.instruments:
        where = f"instruments/{instrument.slug}.md"
        raw = reading.raw[where]
        first = versions.setdefault((instrument.code, instrument.version), where)
        if first != where:
            detail = f"{instrument.code} version {instrument.version}, also in {first}"
            yield Finding(where, raw.line("version"), "twice", detail)
        for place, (code, fault) in _faults(instrument):
            yield Finding(where, raw.line(*place), "question", f"{code}: {fault}")
        for place, question in _placed(instrument):
            for number, trend in enumerate(question.trends):
                baseline = surveys.get(instrument.baseline)
                for fault in _trend_faults(question, trend, baseline, sources):
                    line = raw.line(*place, "trends", number)
                    yield Finding(where, line, "question", f"{question.code}: {fault}")


Place = tuple[str | int, ...]


def _placed(instrument: Instrument) -> Iterator[tuple[Place, Question]]:
    for number, chapter in enumerate(instrument.chapters):
        for place, question in enumerate(chapter.questions):
            yield ("chapters", number, "questions", place), question


def _faults(instrument: Instrument) -> Iterator[tuple[Place, tuple[str, str]]]:
    earlier: dict[str, Question] = {}
    for place, question in _placed(instrument):
        letter = instrument.chapters[int(place[1])].code
        faults = [*_shape(question), *_branches(question, earlier)]
        if question.code in earlier:
            faults.append("the code stands twice")
        if not question.code.startswith(letter):
            faults.append(f"the code must start with {letter}")
        yield from ((place, (question.code, fault)) for fault in faults)
        earlier[question.code] = question
    if instrument.workload:
        for code in (instrument.workload.given, instrument.workload.spent):
            if code not in earlier or earlier[code].kind is not QuestionKind.NUMBER:
                yield ("workload",), (code, "workload needs a question for a number")


def _shape(question: Question) -> Iterator[str]:
    kind = question.kind
    if kind.has_choices and len(question.choices) < _FEWEST:
        yield f"choices: {kind} needs at least {_FEWEST}"
    if not kind.has_choices and question.choices:
        yield f"choices: {kind} has none"
    if len(set(question.keys)) < len(question.choices):
        yield "choices: a key stands twice"
    if len({one.label for one in question.choices}) < len(question.choices):
        yield "choices: a label stands twice"
    if question.at_most is not None and kind not in _MANY:
        yield f"at_most: not for {kind}"
    if kind is QuestionKind.RANK and question.at_most is None:
        yield "at_most: needed for a rank"
    is_number = kind is QuestionKind.NUMBER
    if is_number:
        yield from _bands(question)
    elif question.bands or question.lowest is not None or question.highest is not None:
        yield f"lowest, highest, bands: not for {kind}"


def _bands(question: Question) -> Iterator[str]:
    if question.lowest is None or question.highest is None or len(question.bands) < _FEWEST:
        yield f"a number needs lowest, highest and at least {_FEWEST} bands"
        return
    edges = [question.lowest, *question.bands]
    rising = edges[0] <= edges[1] and all(low < high for low, high in pairwise(edges[1:]))
    if not rising or edges[-1] != question.highest:
        yield "bands: must rise from lowest to highest"


def _branches(question: Question, earlier: Mapping[str, Question]) -> Iterator[str]:
    if question.when:
        asked = earlier.get(question.when.question)
        if asked is None:
            yield f"when: {question.when.question} is no earlier question"
        elif odd := set(question.when.any) - set(asked.keys):
            yield f"when: {question.when.question} has no choice {', '.join(sorted(odd))}"
    if question.among:
        asked = earlier.get(question.among)
        if asked is None or asked.kind is not QuestionKind.MULTIPLE:
            yield f"among: {question.among} is no earlier multiple question"
        elif odd := set(question.keys) - set(asked.keys):
            yield f"among: {question.among} has no choice {', '.join(sorted(odd))}"


def _trend_faults(
    question: Question, trend: Trend, baseline: Survey | None, sources: set[str] | None
) -> Iterator[str]:
    items = {item.code: item for item in baseline.items} if baseline else {}
    item = items.get(trend.beside)
    if item is None and baseline and sources is not None and trend.beside not in sources:
        yield f"trend: {trend.beside} is no item of {baseline.slug} and no source"
    results = {one.key for one in item.results} if item else set()
    for key, choices in trend.pairs.items():
        if baseline and key not in results:
            yield f"trend: {trend.beside} has no result {key}"
        for odd in sorted(set(choices) - set(question.keys)):
            yield f"trend: no choice {odd}"
