"""Answer the role survey: one section at a time, each answer kept as it is given."""

from __future__ import annotations

import html

import streamlit as st

from ccio_skills import ui, wording
from ccio_skills.library import Chapter, Instrument
from ccio_skills.survey import queries
from ccio_skills.survey.pages import ending, field
from ccio_skills.survey.rules import route
from ccio_skills.ui import Visit

_LEDE = "Skip what you like. Each answer is saved as you give it; you can stop and go on later."
_NO_TEXT = "Questions in free text are asked only where a collection has said that it keeps them."


def show(visit: Visit, *, keeps_text: bool = False) -> None:
    """Ask one section, or say at the end what is kept.

    Args:
        visit: Who is looking.
        keeps_text: Whether the collection this is answered for keeps free text.
    """
    instrument = next(iter(visit.library.instrument.values()), None)
    if instrument is None:
        with ui.page(visit, "The role survey", "This library asks no survey."):
            return
    draft = queries.draft(visit.db, visit.person.id, instrument)
    answered = draft.answers | queries.apart(visit.db, visit.person.id, instrument)
    found = route.find(instrument, answered, keeps_text=keeps_text)
    asked_for = visit.params.get("section", "")
    if asked_for == ending.SECTION:
        ending.show(visit, instrument, found)
        return
    named = [one for one in instrument.chapters if one.code == asked_for]
    here = named[0] if named else route.resume(instrument, found, last=draft.last)
    st.query_params.from_dict({"section": here.code})
    asking = field.Asking(visit, instrument, keeps_text)
    for question in found.of(here):
        before = found.answers.get(question.code)
        given = field.keep(asking, question, before)
        if given != before:
            answered.pop(question.code, None)
            answered |= {question.code: given} if given else {}
    _draw(asking, here, route.find(instrument, answered, keeps_text=keeps_text))


def _draw(asking: field.Asking, here: Chapter, found: route.Route) -> None:
    visit, instrument = asking.visit, asking.instrument
    with ui.page(visit, here.title, _LEDE, side=_counter(instrument, here, found)):
        main, aside = st.columns([5, 2], gap="large")
        with main:
            if here.intro:
                ui.note(here.intro)
            for question in found.of(here):
                field.ask(asking, question, found.answers.get(question.code))
            _onward(visit, instrument, here)
        with aside:
            _aside(asking, here)


def _counter(instrument: Instrument, here: Chapter, found: route.Route) -> str:
    place = instrument.chapters.index(here) + 1
    done = route.progress(found, apart=instrument.apart)
    left = f", {wording.minutes_left(done.minutes_left)} left" if done.answered < done.asked else ""
    words = f"{done.answered} of {wording.count(done.asked, 'question')} answered"
    share = done.answered / done.asked if done.asked else 1
    where = f"{instrument.title}: section {place} of {len(instrument.chapters)}"
    return (
        f'<p class="cc-eyebrow">{html.escape(where)}</p>'
        f"<p><b>{html.escape(words)}</b>{left}</p>"
        f'<div class="cc-steps" role="progressbar" aria-label="Questions answered" '
        f'aria-valuemin="0" aria-valuemax="{done.asked}" aria-valuenow="{done.answered}">'
        f'<i style="width:{share:.0%}"></i></div>'
    )


def _onward(visit: Visit, instrument: Instrument, here: Chapter) -> None:
    place = instrument.chapters.index(here)
    with st.container(horizontal=True, key="onward"):
        if place + 1 < len(instrument.chapters):
            after = instrument.chapters[place + 1]
            label, section = f"Next: {after.title}", after.code
        else:
            label, section = "See what is kept", ending.SECTION
        if st.button(label, type="primary", key="survey:next"):
            ui.go(visit, "survey", section=section)
        if place and st.button("Back", key="survey:back"):
            ui.go(visit, "survey", section=instrument.chapters[place - 1].code)


def _aside(asking: field.Asking, here: Chapter) -> None:
    visit, instrument = asking.visit, asking.instrument
    ui.note("Your answers stay with you: they go to nobody unless you hand them to a collection.")
    if not asking.keeps_text:
        ui.note(_NO_TEXT)
    names = {one.code: f"{one.code} {one.title}" for one in instrument.chapters}
    choice = st.selectbox(
        "Go to another section",
        list(names),
        index=list(names).index(here.code),
        format_func=names.__getitem__,
        key=f"survey:section:{here.code}",
    )
    if choice != here.code:
        ui.go(visit, "survey", section=choice)
    ui.link(visit, "survey-2012", "The first survey, 2012", key="survey_first")
