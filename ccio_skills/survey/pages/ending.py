"""The last screen of the role survey: what is kept, where, and who sees it."""

from __future__ import annotations

import streamlit as st

from ccio_skills import ui, wording
from ccio_skills.library import Instrument
from ccio_skills.survey import commands
from ccio_skills.survey.rules import baseline, items, route
from ccio_skills.ui import Visit

SECTION = "end"
"""What stands in the address in place of a section."""

_LEDE = "Your answers are kept with your other data, and nobody else sees them."
_ERASED = "Your answers to this survey are erased."


def show(visit: Visit, instrument: Instrument, found: route.Route) -> None:
    """Say what was answered, where it goes, and offer to erase it."""
    with ui.page(visit, "What is kept", _LEDE):
        main, aside = st.columns([5, 3], gap="large")
        with main:
            if st.session_state.pop("survey:erased", False):
                ui.saved(_ERASED)
            _sections(visit, instrument, found)
        with aside:
            _where(visit)
            _own_ratio(visit, instrument, found)
            _erase(visit, instrument, found)


def _sections(visit: Visit, instrument: Instrument, found: route.Route) -> None:
    for chapter in instrument.chapters:
        asked = found.of(chapter)
        answered = sum(one.code in found.answers for one in asked)
        apart = ", kept apart from the rest" if chapter.apart else ""
        with st.container(horizontal=True, vertical_alignment="center", key=f"dom_{chapter.code}"):
            ui.write(
                "<p><b>{title}</b><br><span>{counted}</span></p>",
                title=chapter.title,
                counted=f"{answered} of {len(asked)} answered{apart}",
            )
            ui.link(
                visit,
                "survey",
                "Open" if answered else "Answer",
                key=f"section_{chapter.code}",
                params={"section": chapter.code},
            )


def _where(visit: Visit) -> None:
    ui.heading("Where it goes")
    ui.bullets(
        "Nowhere yet",
        [
            "Your answers go to nobody unless you hand them to a collection, which is a step of "
            "its own that asks you first.",
            "A collection would take categories only: no free text, and days in groups.",
            "Equality questions are kept apart, without a time, and would be counted apart.",
            "You can change, export and erase all of it.",
        ],
    )
    ui.link(visit, "me", "Export or erase everything", key="survey_me")


def _own_ratio(visit: Visit, instrument: Instrument, found: route.Route) -> None:
    ratio = items.workload_ratio(instrument, found.answers)
    first = visit.library.survey.get(instrument.baseline)
    if ratio is None or first is None or instrument.workload is None:
        return
    ui.heading("Your own days")
    ui.note(f"You work {wording.decimal(ratio)} days for each day that is allocated.")
    item = next((one for one in first.items if one.code == instrument.workload.beside), None)
    if item:
        ui.note(
            f"{first.published.year}: {baseline.say(item, item.results[0])} "
            f"{item.results[0].label}. {item.note or ''}"
        )


def _erase(visit: Visit, instrument: Instrument, found: route.Route) -> None:
    if not found.answers:
        return
    ui.heading("Erase these answers")
    sure = st.checkbox("I want my answers to this survey erased", key="survey:sure")
    if st.button("Erase these answers", disabled=not sure, key="survey:erase"):
        commands.clear_all(visit.db, visit.person.id, instrument)
        for key in [one for one in st.session_state if str(one).startswith("survey:")]:
            del st.session_state[key]
        st.session_state["survey:erased"] = True
        st.rerun()
