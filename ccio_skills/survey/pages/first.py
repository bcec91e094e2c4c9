"""The survey of 2012 on its own: the founding facts, each with its status and its limits."""

from __future__ import annotations

import html

import streamlit as st

from ccio_skills import ui, wording
from ccio_skills.library import FigureStatus, Survey, SurveyItem, SurveyResult
from ccio_skills.survey import charts
from ccio_skills.survey.rules import baseline
from ccio_skills.ui import Visit

_TITLE = "The first survey, 2012"
_OTHERS = "other-surveys"
_RANGE = (
    "Seven is few. If the seven were a fair sample of all such clinicians, which nobody knows, "
    "“5 of 7” would stand for {five}, and even “7 of 7” only for {seven}."
)


def show(visit: Visit) -> None:
    """Show what was published, in what words, and what cannot be known."""
    survey = next(iter(visit.library.survey.values()), None)
    if survey is None:
        with ui.page(visit, _TITLE, "This library holds no published survey."):
            return
    lede = (
        f"{survey.invited} people were invited, {survey.answered} answered. "
        "This tool answers what they asked for."
    )
    with ui.page(visit, _TITLE, lede, side=_side(survey)):
        _time(survey)
        _people(survey)
        _words(survey)
        others = visit.library.page.get(_OTHERS)
        facts = (*survey.facts, *(others.facts if others else ()))
        with st.container(key="prose"):
            ui.prose(survey.body, facts)
            if others:
                ui.prose(f"## {others.title}\n\n{others.body}", facts)
        ui.sources(visit, facts)
        _answered_by(visit)
        if visit.library.instrument:
            ui.link(visit, "survey", "Answer the same questions today", key="first_survey")
        ui.link(visit, "about", "About CCIO Skills", key="first_about")


def _side(survey: Survey) -> str:
    people = f"{survey.answered} people, {survey.published.year}"
    return (
        f'<p class="cc-eyebrow">{html.escape(people)}</p>'
        f"<p>{html.escape(survey.mode)}; published on {wording.day(survey.published)}. "
        f"{survey.answered} of {survey.invited} answered.</p>"
    )


def _time(survey: Survey) -> None:
    values = [(item, one) for item in survey.items for one in item.results if one.value is not None]
    if values:
        ui.heading("Time")
        ui.rows(
            (
                baseline.say(item, one),
                one.label.capitalize(),
                ". ".join(filter(None, [_sentence(survey, item, one), item.note])),
            )
            for item, one in values
        )


def _people(survey: Survey) -> None:
    counted = baseline.counted(survey)
    if not counted:
        return
    ui.heading("What can be counted")
    n = survey.answered
    ui.note(_RANGE.format(five=baseline.in_every(n - 2, n), seven=baseline.in_every(n, n)))
    year = survey.published.year
    title = f"{survey.answered} people, {year}; each circle is one, filled if it is true of them"
    ui.note(
        f"{title}. A count marked “worked out” was not published itself; "
        "the table says where each comes from."
    )
    ui.draw(charts.people_figure(counted, title=title), key="survey-2012")


def _words(survey: Survey) -> None:
    ui.heading("What was published in words only")
    ui.note(
        "An order, a word or a fraction is no number of people, so none of these is drawn. "
        "The questions are reconstructed: their wording was not published."
    )
    entries = [_entry(survey, item, rest) for item, rest in baseline.groups(survey)]
    st.html(f'<div class="cc"><dl class="cc-words">{"".join(filter(None, entries))}</dl></div>')


def _answered_by(visit: Visit) -> None:
    asked = [skill for skill in visit.library.skills if skill.survey_2012]
    if asked:
        ui.heading("Which skills answer it")
        ui.rows((skill.code, skill.title, skill.survey_2012 or "") for skill in asked)


def _entry(survey: Survey, item: SurveyItem, results: tuple[SurveyResult, ...]) -> str:
    if any(one.value is not None for one in results):
        return ""
    said = "; ".join(_named(item, one) for one in results)
    status = baseline.status(survey, item, results[0])
    small = ". ".join(filter(None, [status[0].upper() + status[1:], item.note])).rstrip(".")
    return (
        f"<dt>{html.escape(item.question)}</dt><dd>{html.escape(said)}."
        f'<br><span class="cc-mute">{html.escape(small)}.</span></dd>'
    )


def _named(item: SurveyItem, one: SurveyResult) -> str:
    if one.status is FigureStatus.THEMES or (one.status is FigureStatus.RANK and not one.rank):
        return one.label
    return f"{one.label}: {baseline.say(item, one)}"


def _sentence(survey: Survey, item: SurveyItem, one: SurveyResult) -> str:
    said = baseline.status(survey, item, one)
    return said[0].upper() + said[1:]
